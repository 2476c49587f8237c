### Spanish. What the helpdesk's program says, beside what the check says: Read a report, the support link, the
### watch. docs/texts.md says how these files are read.

## HelpdeskUi
## Fixed words of the helpdesk's views.

helpdesk-ui-back-to-check = A la prueba de conexión
helpdesk-ui-read-hint = Pegue informes, enlaces o códigos cortos, uno o varios. Esta página los lee por sí misma, también sin red, y no envía nada.
helpdesk-ui-read-anybody = Cualquiera puede escribir un informe, o un enlace a uno, y nada demuestra quién lo hizo. Compare sus hosts y direcciones con lo que usted sabe antes de actuar.
helpdesk-ui-read-label = Informe, enlace o código
helpdesk-ui-read-button = Leer
helpdesk-ui-read-clear = Borrar
helpdesk-ui-read-made = Hecho
helpdesk-ui-read-took = Duración
helpdesk-ui-read-version = Versión
helpdesk-ui-read-from-code = De un código corto: contiene los resultados y el hallazgo principal, nada más.
helpdesk-ui-read-pending = Cuando se hizo, aún faltaban indicios tardíos.
helpdesk-ui-not-tested = no probada
helpdesk-ui-not-listed = no está en la lista de esta página
helpdesk-ui-no-finding = ningún hallazgo
helpdesk-ui-compare-title = Diferencias entre dos informes
helpdesk-ui-compare-what = Qué se compara
helpdesk-ui-compare-differs = difiere
helpdesk-ui-compare-certainty = solo la certeza
helpdesk-ui-compare-yes = hallado
helpdesk-ui-compare-no = no hallado
helpdesk-ui-read-files = Elegir archivos de texto
helpdesk-ui-read-drop = O suelte archivos de texto aquí.
helpdesk-ui-read-full = Había más de los que esta página lee a la vez; se leyeron los primeros 500.
helpdesk-ui-pattern-title = Lo que tienen en común
helpdesk-ui-matrix-title = Quién y dónde
helpdesk-ui-matrix-name = Nombre
helpdesk-ui-matrix-name-hint = Los nombres que escriba aquí se quedan en esta página y desaparecen al cerrarla.
helpdesk-ui-matrix-when = Cuándo
helpdesk-ui-matrix-first = Primer hallazgo
helpdesk-ui-matrix-doubtful = dudoso
helpdesk-ui-matrix-earlier = un informe anterior de la misma persona
helpdesk-ui-group-by = Agrupar por
helpdesk-ui-group-result = los mismos resultados
helpdesk-ui-group-finding = primer hallazgo
helpdesk-ui-group-address = dirección pública
helpdesk-ui-group-network = parte de la red
helpdesk-ui-group-browser = navegador y versión
helpdesk-ui-group-program = navegador
helpdesk-ui-group-system = sistema
helpdesk-ui-group-relay = relé
helpdesk-ui-group-hour = hora
helpdesk-ui-group-not-known = desconocido
helpdesk-ui-group-different = todos distintos
helpdesk-ui-export-text = Texto para el tique
helpdesk-ui-export-text-copy = Copiar el texto
helpdesk-ui-export-text-save = Descargar el texto
helpdesk-ui-export-csv-copy = Copiar la tabla
helpdesk-ui-export-csv-save = Descargar la tabla (CSV)
helpdesk-ui-export-copied = Copiado.
helpdesk-ui-compare-one = Informe
helpdesk-ui-compare-other = Otro informe
helpdesk-ui-each-report = Cada informe
helpdesk-ui-build-hint = Envíe este enlace al agente. Abre la prueba con el número de tique puesto.
helpdesk-ui-build-any-language = La del navegador del agente
helpdesk-ui-build-regions = Regiones que probar
helpdesk-ui-build-link = Enlace
helpdesk-ui-build-qr = El enlace como código QR
helpdesk-ui-build-bad-ticket = Un número de tique tiene como máximo 64 letras, cifras, espacios y - _ . / # :

## Refusal
## Why a pasted report was refused.

refusal-no-data = En este texto no hay ningún informe, ni un enlace a uno, ni un código corto.
refusal-no-block = Es un informe, pero su última parte, los datos para soporte, falta o no se puede leer. Pida el texto completo, hasta la última línea.
refusal-truncated = Los datos del informe están cortados: líneas presentes, { $have } de { $of }. Pida el texto completo, hasta la última línea.
refusal-link-truncated = El enlace está cortado. Pídalo otra vez, o pida el texto del informe.
refusal-characters-replaced = Una pasarela de correo (urldefense.com/v3) reemplazó caracteres de este enlace, así que no se puede leer. Pida el texto del informe o su código corto.
refusal-beginning-missing = Falta el principio de los datos del informe. Pida el texto completo.
refusal-altered-line = La línea { $line } de los datos del informe se cambió o se perdió por el camino. Pida el informe otra vez, como archivo o enlace.
refusal-altered-lines = Las líneas { $lines } de los datos del informe se cambiaron o se perdieron por el camino. Pida el informe otra vez, como archivo o enlace.
refusal-damaged = Los datos del informe se cambiaron por el camino y no coinciden con su suma de control. Pida el informe otra vez, como archivo o enlace.
refusal-newer = Este informe es de una versión más reciente de esta página. Recargue esta página o abra la más reciente.

## Caution
## Why a report that was read may not be what it seems. A name stands in it as the report has it.

caution-name = «{ $name }»
caution-provider = El informe trata de un servicio que llama { $name }, no del de esta página.
caution-names = Nombres que no están en la lista de esta página: { $names }.
caution-hosts = Hosts que no están en la lista de esta página: { $hosts }. La solicitud para TI los omite. Averigüe de quién son antes de que nadie los permita.
caution-headline = Una contradicción: el resultado es «{ $says }», y de las regiones y la prueba de Internet se sigue «{ $follows }». Ninguna versión de esta página escribe eso.
caution-region = Una contradicción: { $region } es «{ $says }», y de sus pruebas y hallazgos se sigue «{ $follows }». Ninguna versión de esta página escribe eso.

## CodeRefusal
## Why a short code was refused; it stands after the code and a colon.

code-refusal-length = un código de esta página tiene { $first } o { $second } caracteres.
code-refusal-character = el carácter { $place } no existe en ningún código.
code-refusal-check = el carácter de control no coincide: algo se oyó o se escribió mal.
code-refusal-other-catalogue = es de una página con otras regiones, o de una versión más reciente.
code-refusal-newer-finding = nombra un hallazgo que solo conoce una versión más reciente de esta página. Recargue esta página o abra la más reciente.

## Remark
## What several reports have in common, or not.

remark-alike = No difieren en ningún resultado, ninguna prueba ni ningún hallazgo.
remark-same-verdict = Todos dicen: { $verdict }.
remark-regions-alike = En todos, { $verdict }: { $regions }.
remark-verdict-in = { $verdict } en { $reports }
remark-region-differs = { $region } difiere: { $groups }.
remark-findings-shared = Hallado en todos: { $findings }.
remark-no-finding-shared = No tienen ningún hallazgo en común.
remark-finding-only-in = Solo en { $reports }: { $findings }.
remark-only-certainty = { $what }: lo mismo, con otra certeza: { $groups }.
remark-certainty-in = { $certainty } en { $reports }
remark-same-address = Todos vienen de la misma dirección pública, así que seguramente de la misma red.
remark-other-addresses = Vienen de direcciones públicas distintas.
remark-same-browser = Todos se hicieron con { $browser }.
remark-other-browsers = Se hicieron con navegadores distintos.
remark-reports-read =
    { $count ->
        [0] No se leyó nada.
        [one] Se leyó un informe.
       *[other] Se leyeron { $count } informes.
    }

trouble-offline-one = 1 de { $total } está sin conexión: { $who }.
trouble-offline-some = { $count } de { $total } están sin conexión.
trouble-offline-both = Los dos están sin conexión.
trouble-offline-all = Los { $total } están sin conexión.
trouble-blocked-one = 1 de { $total } está bloqueado en { $regions }: { $who }.
trouble-blocked-some = { $count } de { $total } están bloqueados en { $regions }.
trouble-blocked-both = Los dos están bloqueados en { $regions }.
trouble-blocked-all = Los { $total } están bloqueados en { $regions }.
trouble-down-one = 1 de { $total } encontró caído el servicio en { $regions }: { $who }.
trouble-down-some = { $count } de { $total } encontraron caído el servicio en { $regions }.
trouble-down-both = Los dos encontraron caído el servicio en { $regions }.
trouble-down-all = Los { $total } encontraron caído el servicio en { $regions }.
trouble-unknown-one = En 1 de { $total }, el resultado de { $regions } es indeterminado: { $who }.
trouble-unknown-some = En { $count } de { $total }, el resultado de { $regions } es indeterminado.
trouble-unknown-both = En los dos, el resultado de { $regions } es indeterminado.
trouble-unknown-all = En los { $total }, el resultado de { $regions } es indeterminado.
trouble-degraded-one = 1 de { $total } tiene un servicio deficiente en { $regions }: { $who }.
trouble-degraded-some = { $count } de { $total } tienen un servicio deficiente en { $regions }.
trouble-degraded-both = Los dos tienen un servicio deficiente en { $regions }.
trouble-degraded-all = Los { $total } tienen un servicio deficiente en { $regions }.
trouble-finding-one = 1 de { $total } muestra: { $findings } ({ $who }).
trouble-finding-some = { $count } de { $total } muestran: { $findings }.
trouble-finding-both = Los dos muestran: { $findings }.
trouble-finding-all = Los { $total } muestran: { $findings }.
trouble-none-both = Los dos llegan a todo lo que probaron.
trouble-none-all = Los { $total } llegan a todo lo que probaron.
apart-namely = Son estos: { $who }.
apart-untested = No probado por { $count }.
apart-all = Los { $count } están { $what }.
apart-both = Los dos están { $what }.
apart-part = { $with } de los { $count } están { $what }.
apart-only-one = Es el único { $what }.
apart-other-not = El otro no.
apart-others-not = De los otros { $others }, ninguno.
apart-others-known-not = De los otros de los que se sabe ({ $count }), ninguno.
apart-one-other-too = De los otros { $others }, 1 también.
apart-others-too = De los otros { $others }, { $with } también.
apart-others-unknown = De { $count } de los otros no se sabe.
apart-others-have = Los otros { $others } están todos { $what }.
apart-this-not = Este está { $what }.
apart-these-not = De estos { $count }, ninguno.
apart-pair = { $who }: { $what }. { $other }: { $that }.
apart-found = Hallado solo ahí: { $findings }.
apart-found-everywhere = Hallado en todos: { $findings }.
apart-nothing = Nada de lo que dicen los informes los distingue.
apart-nothing-shared = Los informes no dicen nada más que sea común a todos.
apart-address-unknown-one = 1 de { $total } no dice su dirección pública.
apart-addresses-unknown = Dirección pública no indicada: { $count } de { $total }.
shared-trait-address = detrás de { $value }
shared-trait-network = detrás de una dirección de { $value }
shared-trait-browser = en { $value }
shared-trait-system = en { $value }
shared-trait-relay = vistos por el relé { $value }
shared-trait-hour = en la hora { $value }
story-title = { $who }, { $before }, luego { $after }
story-mended = Arreglado: { $regions }.
story-mended-nothing = Arreglado: nada.
story-new = Problema nuevo: { $regions }.
story-new-nothing = Problema nuevo: ninguno.
story-otherwise = { $region }: { $before }, ahora { $after }.
story-still = Todavía { $verdict }: { $regions }.
story-gone = Ya no hallado: { $findings }.
story-came = Hallado ahora: { $findings }.
matrix-offline = S
matrix-blocked = B
matrix-down = C
matrix-unknown = I
matrix-degraded = D
matrix-reachable = A
matrix-name-of = Nombre del informe { $number }
matrix-duplicate = 1 informe repetido no se muestra de nuevo.
matrix-duplicates = { $count } informes repetidos no se muestran de nuevo.
matrix-in-trouble = { $count } de { $total } con problemas
matrix-none-in-trouble = { $total }, ninguno con problemas
matrix-legend = { $letter } = { $verdict }
matrix-where = { $verdict }: { $regions }
matrix-columns = Regiones, desde la izquierda: { $regions }.

## WatchUi
## Fixed words of the watch.

watch-ui-title = Vigilar la conexión
watch-ui-lead = ¿Las llamadas dejan de llegar al cabo de un rato? Deje esta pestaña abierta mientras trabaja. Averigua si algo en el camino corta una conexión silenciosa, y después de cuánto tiempo. No envía casi nada.
watch-ui-start = Empezar a vigilar
watch-ui-stop = Dejar de vigilar
watch-ui-running = Vigilando desde hace
watch-ui-no-relay = Para vigilar hace falta un relé que responda. Haga antes la prueba.
watch-ui-nothing-yet = Hasta ahora no se ha cortado nada.
watch-ui-log-title = Qué ha pasado
watch-ui-when = Cuándo
watch-ui-happened = Qué
watch-ui-patterns = Qué silencios pasan
watch-ui-pattern = Silencio
watch-ui-longest = El más largo que pasó
watch-ui-shortest = El más corto que se cortó
watch-ui-none = -
watch-ui-copy = Copiar el informe de la vigilancia
watch-ui-copied = Copiado.
watch-ui-csv = Descargar como CSV
watch-ui-forget = Olvidar este registro
watch-ui-report-title = VIGILANCIA
watch-ui-closer = Acercar
watch-ui-farther = Alejar
watch-ui-earlier = Antes
watch-ui-later = Después
watch-ui-whole = Todo
watch-ui-loopback = El relé está en este mismo equipo: lo que pasa aquí no dice nada de la red.
watch-ui-away = No responde ningún relé que tenga sitio para esta página. Se vuelve a intentar solo.
watch-ui-reconnected = Conexiones rehechas tras un corte
watch-ui-network-row = Red
watch-ui-kept = El registro queda en este navegador hasta que usted lo olvide. Forma parte del próximo informe que copie.
watch-ui-not-kept = Este navegador no guarda nada para esta página: el registro se pierde al cerrar la pestaña.
watch-ui-in-report = Texto para soporte
watch-ui-kept-alive = Chrome y Edge mantienen por sí mismos cada conexión, cada 45 segundos. Un cortafuegos que olvide las conexiones silenciosas más tarde solo se ve en Firefox; el programa de llamadas puede sufrirlo igualmente. Vigile también con Firefox antes de decir que la red está bien.
watch-ui-timeline = Cronología de la vigilancia

## Quiet
## Who says nothing.

quiet-both = Nadie dice nada
quiet-page = Este equipo no dice nada
quiet-relay = El servidor no dice nada

## Cut
## How a connection ended; it stands in the sentences below.

cut-code = cerrada con el código { $code }
cut-broken = terminada
cut-silent = muerta sin aviso
cut-somehow = cortada

## Lane
## What is tried on a connection.

lane-growing = silencio creciente
lane-narrowing = silencio acotado
lane-events = eventos
lane-words = palabras

## Ending
## How the relay saw it end.

ending-open = todavía abierta
ending-closed = cerrada en orden
ending-finished = terminada
ending-reset = reiniciada
ending-timed-out = vencida
ending-by-relay = terminada por él mismo
ending-not-known = desconocida

## Spot
## Who did it, as far as a watch tells, and how sure that is.

spot-this-computer = este equipo
spot-between = en el camino
spot-relay = el relé

## WatchProofs

watch-proofs-at = { $proof }; dónde: { $place }, { $where }

## WatchFinding
## Findings of the watch: a title, what happened, what it means, who does what.

watch-finding-times =
    { $count ->
        [1] una vez
        [2] dos veces
       *[other] { $count } veces
    }
watch-finding-quiet-cut-title = Una conexión silenciosa se corta al cabo de unos { $at }
watch-finding-quiet-cut-both = Una conexión en la que nadie dijo nada durante { $killed } quedó { $how }, { $times }.
watch-finding-quiet-cut-page = Una conexión en la que este equipo no dijo nada durante { $killed } quedó { $how }, { $times }.
watch-finding-quiet-cut-relay = Una conexión en la que el servidor no dijo nada durante { $killed } quedó { $how }, { $times }.
watch-finding-quiet-cut-passed = Un silencio de { $time } pasó.
watch-finding-quiet-cut-between = No fue ninguno de los dos extremos: un cortafuegos, proxy o balanceador de carga en el camino olvida las conexiones silenciosas.
watch-finding-quiet-cut-between-inferred = Según todos los indicios no fue ninguno de los extremos, sino un cortafuegos, proxy o balanceador de carga en el camino que olvida las conexiones silenciosas.
watch-finding-quiet-cut-unknown = Un cortafuegos, proxy o balanceador de carga en el camino probablemente olvida las conexiones silenciosas.
watch-finding-quiet-cut-round = Es un número redondo: hay un temporizador ajustado a él.
watch-finding-quiet-cut-means = Las llamadas se anuncian por una conexión así, y dejan de llegar.
watch-finding-quiet-cut-do = Su departamento de TI aumenta el tiempo de inactividad de estas conexiones (TCP 443 saliente hacia el servicio), o las exime.
watch-finding-all-at-once-title = Todas las conexiones terminaron en el mismo momento
watch-finding-happened = Ocurrió { $times }.
watch-finding-all-at-once-restarted-means = El relé se reinició; eso no dice nada de esta red.
watch-finding-all-at-once-means = La conexión entera desapareció un momento, o el relé. No es un temporizador para conexiones silenciosas.
watch-finding-nothing = Nada.
watch-finding-all-at-once-do = Si vuelve a ocurrir: anote las horas de abajo y déselas a su departamento de TI.
watch-finding-events-title = Se perdieron o retrasaron eventos del servidor
watch-finding-events-what = Perdidos: { $lost }. Tarde: { $late }. Repetidos: { $twice }.
watch-finding-events-late-what = Perdidos: { $lost }. Tarde: { $late } (como máximo { $latest }). Repetidos: { $twice }.
watch-finding-events-means = Las llamadas se anuncian como estos eventos.
watch-finding-events-do = Su departamento de TI revisa el camino a Internet a esas horas: Wi-Fi, línea ocupada, proxy que inspecciona.
watch-finding-unreachable-title = No se pudo llegar al relé durante un rato
watch-finding-unreachable-what = Ocurrió { $times }, durante { $time } como máximo.
watch-finding-unreachable-means = Esta red, el camino al relé o el propio relé desapareció. No es un temporizador para conexiones silenciosas.
watch-finding-unreachable-do = Compare con las regiones a las mismas horas; si también habían desaparecido, es la conexión a Internet.
watch-finding-region-out-title = { $region } no respondió durante un rato
watch-finding-region-out-what = Ocurrió { $times }, durante { $time } como máximo.
watch-finding-region-out-means = La región, o el camino hacia ella, tuvo una caída. Las demás conexiones siguieron.
watch-finding-region-out-do = Dé las horas de abajo a soporte.
watch-finding-busy-title = El relé no tenía sitio
watch-finding-busy-what = Lo dijo { $times }.
watch-finding-busy-means = Vigilan demasiados a la vez; eso no dice nada de esta red.
watch-finding-busy-do = Quien administra el relé aumenta sus límites.
watch-finding-network-changed-title = La red cambió
watch-finding-network-changed-what = Otra dirección, o ninguna durante un rato: { $times }.
watch-finding-network-changed-means = Otra Wi-Fi, una VPN, o una línea renovada. Las conexiones que terminaron entonces no cuentan para nada más.
watch-finding-network-changed-do = Si no fue usted: avise a su departamento de TI.
watch-finding-slept-title = Este equipo estuvo en reposo
watch-finding-slept-what = Estuvo en reposo, o el navegador congeló esta pestaña, { $times }, durante { $time } como máximo.
watch-finding-slept-means = Las conexiones terminan durante el reposo. Esas no cuentan para nada más.
watch-finding-slept-do = Mantenga el equipo despierto y esta pestaña abierta mientras vigila.
watch-finding-throttled-title = El navegador ralentizó esta pestaña
watch-finding-throttled-means = Una pestaña en segundo plano puede trabajar solo de vez en cuando. Lo que llegó tarde mientras tanto no dice nada de la red.
watch-finding-throttled-do = Nada; una ventana propia se vigila mejor.

## Entry
## Lines of the log.

entry-began = Empezó la vigilancia.
entry-stopped = Se detuvo la vigilancia.
entry-opened = { $lane }: conexión en { $time }.
entry-opened-again = { $lane }: conexión de nuevo en { $time }.
entry-not-opened = { $lane }: no se pudo conectar.
entry-busy = { $lane }: el relé no tenía sitio.
entry-survived = { $lane }: pasó un silencio de { $time }.
entry-cut = { $lane }: { $how } tras { $time } de silencio.
entry-relay-saw = { $lane }: el relé la vio { $how }.
entry-late = Un evento llegó con { $time } de retraso.
entry-lost = Eventos perdidos: { $count }.
entry-twice = Eventos repetidos: { $count }.
entry-slept = El equipo estuvo en reposo, o la pestaña congelada, durante { $time }.
entry-throttled = El navegador frenó esta pestaña durante { $time }.
entry-offline = La red ha desaparecido.
entry-online = La red ha vuelto.
entry-address = Otra dirección pública: { $address }.
entry-region-out = { $region } no responde.
entry-region-back = { $region } responde de nuevo, tras { $time }.
