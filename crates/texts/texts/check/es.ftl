### Spanish. What the check says: on the page, in the report, in the request.
###
### Fluent (projectfluent.org), of which docs/texts.md says what is read. What stands in braces is filled in, and every
### language has the same of it, in an order of its own. Whole sentences: nothing is put together from pieces. The build
### says what is missing, and where.

## Ui
## Fixed words of the page, the report and the request.

ui-title = Prueba de conexión
ui-start = Iniciar la prueba
ui-start-again = Repetir
ui-cancel = Cancelar
ui-copy-report = Copiar el informe
ui-download-report = Descargar el informe
ui-copied = Copiado. Péguelo en su tique o mensaje a soporte.
ui-copy-failed = El navegador no permitió copiar. El informe está seleccionado abajo: pulse Ctrl+C (en un Mac, ⌘C) y péguelo en su tique.
ui-language = Idioma
ui-regions-title = Regiones
ui-network-title = Esta red
ui-findings-title = Lo que encontramos
ui-report-title = Informe para soporte
ui-report-hint = Esto es exactamente lo que el botón Copiar pone en el portapapeles. Nada se envía hasta que usted lo pegue o lo envíe.
ui-show-report = Mostrar el informe
ui-show-or-leave-out = Mostrar el informe, o quitar algo de él
ui-region = Región
ui-sign-on-https = Inicio de sesión (HTTPS)
ui-call-events-tcp = Eventos de llamada (TCP)
ui-result = Resultado
ui-running = Comprobando la conexión…
ui-idle-title = Todo listo para comprobar su conexión
ui-idle-hint = Pulse Iniciar. Tarda unos segundos y no cambia nada en este equipo.
ui-cancelled-title = La prueba se canceló
ui-cancelled-hint = No hay resultado. Pulse Repetir cuando quiera.
ui-testing = probando…
ui-so-far = por ahora
ui-no-answer-so-far = sin respuesta por ahora
ui-what = Qué
ui-means = Significa
ui-do = Hacer
ui-ticket = Tique
ui-tested-addresses = ¿Qué direcciones se prueban?
ui-privacy-note = La página solo se comunica con las direcciones de abajo y con el relé de su servicio de asistencia. No guarda nada ni envía ningún informe por sí sola.
ui-contact-support = Soporte
ui-stop-browser = Este navegador
ui-stop-network = Su red o proxy
ui-stop-internet = Internet
ui-stop-relay = Relé
ui-report-heading = informe de conexión para
ui-report-cancelled = CANCELADA antes del final: no hay resultado.
ui-report-result = RESULTADO
ui-report-network = ESTA RED
ui-report-findings = LO QUE ENCONTRAMOS
ui-report-no-findings = Nada que señalar.
ui-report-for-it = PARA SU DEPARTAMENTO DE TI
ui-report-outbound-only = Permitir solo la SALIDA, por nombre. Nunca hace falta nada de entrada, y las direcciones detrás de los nombres cambian:
ui-report-confirm = Confirmar desde un equipo de la misma red:
ui-report-expected = esperado
ui-report-purpose-https = inicio de sesión
ui-report-purpose-tcp = llamadas, sigue abierta
ui-report-limits = LÍMITES DE ESTA PRUEBA
ui-report-measurements = MEDICIONES (en ms)
ui-report-measurements-key = f: fetch, primero en frío, luego en caliente; ws: WebSocket; out: visto desde fuera (TCP, TLS, HTTP), next-out: por el relé siguiente. x: fallo, con su código de cierre; -: sin respuesta; way: consulta, TCP, TLS y petición al relé; clock: el nuestro menos el suyo; 80, 5222: el propio host en estos puertos, donde no se sabe si algo escucha (un rechazo que tarda lo que una ida y vuelta ha salido de esta red).
ui-report-personal = DATOS PERSONALES
ui-report-address = Dirección
ui-report-browser = Navegador
ui-report-computer = Equipo
ui-report-relay = Relé
ui-report-next-relay = Relé siguiente, consultado sobre
ui-report-notices = AVISOS
ui-request-purpose80 = sesión por HTTP
ui-request-purpose5222 = presencia (XMPP)
ui-request-title = SOLICITUD PARA EL CORTAFUEGOS
ui-request-direction = Sentido
ui-request-outbound = salida
ui-request-port = Puerto
ui-request-host = Host
ui-request-purpose = Finalidad
ui-request-exempt = Eximir de la inspección TLS (nadie abre la conexión cifrada por el camino):
ui-request-any-protocol = Permitir ahí cualquier protocolo, no solo TLS:
ui-request-no-login = Dejarlos pasar por el proxy sin inicio de sesión:
ui-request-idle = No cortar las conexiones silenciosas con estos hosts: un tiempo de inactividad de una hora o más.
ui-request-web-socket = Permitir WebSocket y las conexiones de larga duración en el puerto 443.
ui-request-presence = La lista del proveedor no nombra ningún host propio para la presencia; hasta entonces, estos son los hosts de sus regiones.
ui-request-unlisted = El informe nombra también hosts que no están en la lista de esta página. Quedan fuera de esta solicitud y de sus líneas listas. Averigüe de quién son antes de permitirlos:
ui-confirm-power-shell = PowerShell, sin proxy:
ui-expect-power-shell = TcpTestSucceeded : True (donde solo un proxy puede salir, falla de todos modos)
ui-confirm-curl = curl, sin proxy (en PowerShell: curl.exe):
ui-expect-http = una línea que empieza por «< HTTP/»; su número no importa
ui-expect-connected = una línea con «Connected to»; lo que sigue no importa
ui-confirm-curl-proxy = curl, por su proxy (ponga su nombre y su puerto):
ui-expect-proxy = una línea con 200 tras «CONNECT»; 403 o 407 es un rechazo del proxy
ui-confirm-openssl = openssl, sin proxy (con proxy: -proxy PROXY:8080):
ui-expect-certificate = «CONNECTED», y como emisor una autoridad pública, no su empresa ni su cortafuegos
ui-expect-no-tls = «CONNECTED»; el error que sigue es correcto, en este puerto no hay TLS
ui-expect-perhaps-tls = «CONNECTED»; un error después puede ser correcto, no todos estos puertos usan TLS
ui-lines-squid = SQUID (squid.conf, antes del primer «http_access deny» y del primer «ssl_bump»):
ui-lines-squid-unlike-tls = SQUID QUE INTERCEPTA CONEXIONES, para las que no son TLS (busca estos nombres al leer su configuración, y no arranca si no encuentra alguno; haga que la lea de nuevo cada día: squid -k reconfigure):
ui-lines-pac = ARCHIVO PAC (al principio de FindProxyForURL, si se puede llegar a estos hosts sin proxy):
ui-lines-windows = CORTAFUEGOS DE WINDOWS (PowerShell como administrador, donde la salida está bloqueada por omisión; los nombres requieren Windows 11 o Server 2022 y posteriores, con la protección de red de Microsoft Defender):
ui-lines-nftables = NFTABLES (ponga su tabla y su cadena en lugar de «inet filter» y «forward»; los conjuntos se llenan por nombre, abajo, y olvidan una dirección al cabo de un día):
ui-lines-dnsmasq = DNSMASQ 2.87 o posterior, como servidor de nombres de la red, los llena:
ui-report-code = Código
ui-report-page = Página
ui-report-left-out = omitido a petición
ui-report-data = --- datos para soporte: pegue todo esto en «Leer un informe» ---
ui-report-data-end = --- fin de los datos ---
ui-copy-request = Copiar la solicitud
ui-request-page-title = Para su departamento de TI
ui-request-hint = Qué hay que permitir para que el servicio funcione, cómo confirmarlo y líneas listas para los cortafuegos y proxies habituales. Entréguelo a quien administra su red.
ui-show-request = Mostrar la solicitud
ui-request-copied = Copiada. Péguela en un mensaje para su departamento de TI.
ui-text-copy-failed = El navegador no permitió copiar. El texto está seleccionado: pulse Ctrl+C (⌘C en un Mac).
ui-leave-out = Datos personales en el informe
ui-include-address = Mi dirección pública
ui-include-browser = Mi navegador, su idioma y lo que muestra de este equipo
ui-include-watch = Lo que encontró la vigilancia de esta conexión hasta las
ui-copy-link = Copiar como enlace
ui-link-copied = Enlace copiado. Contiene todo el informe; no se guarda nada en ninguna parte.
ui-send-by-mail = Enviar por correo
ui-send-direct = Enviar a soporte
ui-sending = Enviando…
ui-sent = Enviado. Soporte ha recibido el informe.
ui-send-failed = No se pudo enviar el informe. Cópielo y péguelo en su tique.
ui-mail-paste = (Copie el informe en la página y péguelo aquí.)
ui-mail-whole = El informe completo:
ui-for-helpdesk = Para el servicio de asistencia
ui-read-report = Leer un informe
ui-build-copied = Enlace copiado.
ui-build-title = Crear un enlace de asistencia
ui-source-embedded = Según el artículo 63242 del proveedor sobre la configuración del cortafuegos.
ui-watch-offer = ¿Las llamadas dejan de llegar al cabo de un rato? Vigile la conexión mientras trabaja.
ui-what-happened = Qué ha pasado
ui-what-it-means = Qué significa para usted
ui-what-to-do = Qué hacer
ui-how-we-know = Cómo lo sabemos
ui-how-sure = Con qué seguridad
ui-more-ways = Otras formas de enviarlo
ui-steps-title = Qué permite decidir, lo más revelador primero
ui-step-agent = Usted
ui-step-helpdesk = Su servicio de asistencia
ui-step-it = Su departamento de TI
ui-network-well = Todo lo que se probó aquí pasa.
ui-network-not-all = No todo se pudo probar aquí.

## Verdict
## A verdict as one word, lower case.

verdict-offline = sin conexión
verdict-blocked = bloqueado
verdict-down = caído
verdict-unknown = indeterminado
verdict-degraded = deficiente
verdict-reachable = accesible

## Outcome
## A check's outcome as one or two words, lower case.

outcome-ok = bien
outcome-failed = fallo
outcome-unknown = indeterminado
outcome-not-run = sin probar

## Proof
## How sure, as one word, lower case.

proof-confirmed = confirmado
proof-inferred = deducido

## Proofs
## How sure it is that a check or finding is so, and how sure where it broke, or who answered.

proofs-broke = { $proof }; dónde: { $where }
proofs-answered = { $proof }; quién respondió: { $where }
proofs-detail = { $detail } ({ $where })

## Check
## Names of checks.

check-https = Inicio de sesión (HTTPS)
check-tcp = Eventos de llamada (TCP)
check-internet = Internet
check-socket = Conexión en vivo (WebSocket)
check-events = Eventos del servidor
check-port80 = Puerto 80 (HTTP)
check-port5222 = Puerto 5222 (presencia)
check-hold = Conexión silenciosa

## Detail
## What a check rests on, without a full stop; short enough for a table's cell.

detail-pending = probando…
detail-not-tried = no se intentó
detail-answered-sometimes =
    { $answered ->
        [one] { $answered } respuesta en { $tries } intentos
       *[other] { $answered } respuestas en { $tries } intentos
    }
detail-connected = conexión establecida
detail-as-from-outside = igual que desde fuera
detail-too-fast = respondió otra cosa, en { $time }
detail-answers-unlike-outside = responde distinto que desde fuera
detail-not-resolved = nombre desconocido, tras { $time }
detail-not-offered = el relé no lo ofrece
detail-port-open = abierto, { $time }
detail-port-refused = rechazado tras { $time }
detail-port-silent = sin respuesta
detail-behind-proxy = no se puede saber detrás de un proxy
detail-port-taken = otra cosa responde ahí
detail-port-cut = conectado, y se cortó el cifrado
detail-held = siguió abierta durante { $seconds } s de silencio
detail-hold-cut = cortada tras { $seconds } s de silencio
detail-hold-cut-unseen = sin señales de vida tras el silencio
detail-no-answer = ninguna respuesta en { $seconds } s
detail-refused-nearby = rechazado muy cerca, tras { $time }
detail-refused-far = rechazado en el otro extremo, tras { $time }
detail-refused = rechazado, tras { $time }
detail-tls-failed = sin conexión segura, tras { $time }
detail-cut = cortado al conectar, tras { $time }
detail-closed-after-tls = cerrado sin respuesta, tras { $time }
detail-failed = falló tras { $time }
detail-needs-outside = hace falta una vista desde fuera
detail-silent-here-and-outside = callado, también desde fuera
detail-ambiguous = más de una explicación
detail-origin-answered = responde el servidor de esta página
detail-relay-answered = responde el relé
detail-control-answered = responde una dirección de control
detail-endpoint-answered = responde el servicio
detail-nothing-answered = nada respondió fuera de este equipo
detail-no-relay = no hay relé configurado
detail-relay-unreachable = el relé no respondió
detail-relay-refused = el relé estaba ocupado o no conoce esta página
detail-relay-inside = el relé no está fuera
detail-relay-lost-its-way = el propio relé no tiene salida
detail-no-word = sin noticias del relé
detail-relay-on-this-computer = el relé funciona en este equipo, así que esto no dice nada de la red
detail-socket-open = abierta
detail-socket-failed = falló dos veces, aunque HTTPS al mismo sitio funciona
detail-events = llegaron { $arrived } de { $expected }, con { $time } de retraso como máximo
detail-events-cut = la conexión se rompió
detail-no-socket = no hay conexión en vivo para recibirlos
detail-stood-still = este equipo se detuvo { $time } mientras tanto: esto no dice nada de la red
detail-network-changed = la red de este equipo cambió mientras tanto: esto no dice nada
detail-permission-waits = el navegador espera su permiso

## Headline
## The headline of a run: one line, what it means, what to do now.

headline-offline-title = Sin conexión a Internet
headline-offline-means = Nada respondió fuera de este equipo, ni el servicio ni ninguna otra dirección.
headline-offline-do = Revise el cable o la Wi-Fi, identifíquese si su red tiene una página de acceso y repita la prueba.
headline-blocked-title = Esta red bloquea { $provider }
headline-blocked-some-title =
    { $passing ->
        [one] Esta red deja pasar { $passing } región de { $total }
       *[other] Esta red deja pasar { $passing } regiones de { $total }
    }
headline-blocked-means = Esta red, o este equipo, detiene lo que responde desde fuera: { $affected }.
headline-blocked-do = Copie el informe y envíelo a soporte: contiene la solicitud exacta para su departamento de TI.
headline-down-title = { $provider } no responde: { $affected }
headline-down-means = Falla igual desde aquí y desde fuera; su red no es la causa.
headline-down-do = Copie el informe y envíelo a soporte; no hay nada que cambiar por su parte.
headline-unknown-title = La prueba no pudo decidir
headline-unknown-means = No hay pruebas de si la causa es su red o el servicio.
headline-unknown-some-means = { $affected }: no hay pruebas de si la causa es su red o el servicio.
headline-send-report = Copie el informe y envíelo a soporte.
headline-degraded-one-title = { $affected } responde, pero no bien
headline-degraded-title = { $provider } responde, pero no bien
headline-degraded-means = Algo perturbará su trabajo: { $affected }; la causa figura abajo.
headline-reachable-one-title = { $affected } es accesible
headline-reachable-title = Las { $total } regiones son accesibles
headline-reachable-means = Este navegador alcanza todo lo que se probó de { $provider }.
headline-reachable-do = Si sigue teniendo problemas, copie el informe y envíelo a soporte: indica dónde no hace falta buscar.

## FindingPart
## What the sentences of several findings name.

finding-part-outside = Desde fuera, nuestro relé llegó en { $time }.
finding-part-nobody-outside = No se pudo preguntar a nadie de fuera, así que no se descarta el propio servicio.
finding-part-minutes =
    { $count ->
        [one] { $count } minuto
       *[other] { $count } minutos
    }
finding-part-hours =
    { $count ->
        [one] { $count } hora
       *[other] { $count } horas
    }
finding-part-days =
    { $count ->
        [one] { $count } día
       *[other] { $count } días
    }
finding-part-expired = su certificado ha caducado
finding-part-not-yet-valid = su certificado aún no es válido
finding-part-wrong-name = su certificado es de otro nombre
finding-part-untrusted = su certificado es de una autoridad no reconocida
finding-part-other-fault = su certificado no es aceptable

## Finding
## Findings by their tokens: a title, what happened, what it means, who does what. An attribute with a further word is said in
## place of the plain one where the evidence is such.

finding-offline =
    .title = No hay salida
    .what = Nada respondió fuera de este equipo: ninguna región ni ninguna otra dirección.
    .means = Sin cable ni Wi-Fi, una página de acceso de la red que le espera, o un cortafuegos que lo bloquea todo.
    .do = Revise el cable o la Wi-Fi; abra un sitio web para ver si hay página de acceso; luego repita.
finding-proxy-login =
    .title = Un proxy pide iniciar sesión
    .what = { $hosts }: el navegador espera, mientras que una conexión en vivo se rechaza al instante. Así se ve la ventana de inicio de sesión de un proxy.
    .means = El proxy de su red quiere su usuario y contraseña para estas direcciones, y no los ha recibido.
    .do = Si una ventana pide usuario y contraseña, complétela y repita la prueba. Si no, su departamento de TI deja pasar estos hosts sin inicio de sesión (solicitud en el informe).
finding-answer-not-from-service =
    .title = Otra cosa respondió en lugar del servicio
    .what = { $hosts } responde aquí distinto que desde fuera, igual que un nombre que no existe.
    .what-too-fast = { $hosts } respondió en { $time }; solo el camino tarda al menos { $floor }.
    .means = Responde un filtro, un producto de seguridad o un proxy cercano, probablemente con una página de «bloqueado».
    .do = Su departamento de TI exime a estos hosts del filtrado y la inspección (solicitud en el informe).
finding-not-resolved =
    .title = Aquí no se conoce el nombre
    .what = { $hosts }: el navegador desistió tras el tiempo que espera una consulta de nombre que nadie responde.
    .what-timed = { $hosts } falló tras { $time }, lo que tarda una consulta de nombre que no encuentra nada.
    .means = Los servidores de nombres de esta red no conocen el nombre, o no responden por él. { $outside }
    .do = Su departamento de TI revisa cómo tratan estos nombres sus servidores de nombres y filtros (solicitud en el informe).
finding-permission-waits =
    .title = El navegador espera su permiso
    .what = { $hosts }: su navegador pregunta si esta página puede acceder a dispositivos de su red local, y lo retiene todo hasta que responda.
    .means = El nombre lleva a una dirección privada, como cuando su empresa lleva el servicio por su propia red. Aún no se sabe si el servicio funciona.
    .do = Responda a la pregunta que el navegador hace en la parte superior de la ventana: Permitir. Después repita la prueba.
finding-private-address =
    .title = El nombre lleva a una dirección privada
    .what = { $hosts }: el navegador retiene las peticiones como hace con las direcciones internas de una red, mientras que las conexiones en vivo se abren.
    .what-everywhere = { $hosts }: nuestro relé encuentra una dirección privada detrás del nombre.
    .means = Puede que su empresa lleve el servicio por su propia red. Los navegadores piden permiso para ir allí; el cliente puede funcionar de todos modos.
    .do = Si el navegador pregunta si esta página puede acceder a dispositivos de su red, acepte y repita la prueba. Su departamento de TI sabe si esa dirección es la prevista.
finding-refused-nearby =
    .title = Rechazado muy cerca
    .what = { $hosts }: rechazado tras { $time }, antes de lo que permite el camino hasta el servicio.
    .means = Un cortafuegos, un proxy, un programa de seguridad o un filtro de nombres cercano dice que no, o un bloqueador de contenido de este navegador. { $outside }
    .do = Su departamento de TI lo permite (solicitud en el informe). Si funciona en una ventana privada sin extensiones, lo detiene un bloqueador de este navegador.
finding-dropped =
    .title = Sin respuesta
    .what = Ninguna respuesta de { $hosts } en { $seconds } s.
    .what-handshake = Ninguna respuesta de { $hosts } en { $seconds } s. A solas, el navegador desistió tras unos 30 s, como suele hacerlo cuando la conexión existe y la negociación segura queda sin respuesta.
    .what-connection = Ninguna respuesta de { $hosts } en { $seconds } s. A solas, el navegador desistió tras unos 21 s, como lo hace Windows cuando nada responde a un intento de conexión.
    .what-later = Ninguna respuesta de { $hosts } en { $seconds } s, y tras medio minuto el navegador seguía esperando.
    .means = Un cortafuegos lo descarta, o el servicio calla. No se pudo preguntar a nadie de fuera.
    .means-outside = Lo más probable: un cortafuegos lo descarta por el camino. Desde fuera, nuestro relé llegó en { $time }.
    .means-handshake = La conexión se establece y lo que sigue queda sin respuesta: los paquetes grandes se pierden en una VPN o un túnel (MTU), o un cortafuegos descarta la negociación. { $outside }
    .do = Su departamento de TI lo permite (solicitud en el informe). No hay nada que hacer en este equipo.
finding-tls-rejected =
    .title = Sin conexión segura
    .what = { $hosts }: la conexión segura falló tras { $time }.
    .what-said = { $hosts }: el navegador indica que falló la negociación segura, tras { $time }.
    .means = Algo muestra un certificado en el que este navegador no confía (un cortafuegos que inspecciona, o el reloj de este equipo mal ajustado), o interrumpe la negociación. { $outside }
    .do = Su departamento de TI exime a estos hosts de la inspección (solicitud en el informe). Abra la dirección en una pestaña nueva: el código de la página de error dice qué es. Si también falla en otra red (la de un teléfono), soporte avisa al proveedor: un servidor que los navegadores rechazan se ve igual.
finding-cut-in-handshake =
    .title = Cortado al conectar
    .what = { $hosts } aceptó la conexión y se cortó tras { $time }.
    .means = Un cortafuegos que mira dentro de las conexiones la corta al ver el nombre. { $outside }
    .do = Su departamento de TI lo permite (solicitud en el informe). No hay nada que hacer en este equipo.
finding-closed-after-tls =
    .title = Cerrado sin respuesta
    .what = { $hosts }: conexión segura establecida y cerrada tras { $time } sin respuesta.
    .means = Un proxy o un cortafuegos que inspecciona termina la conexión, o lo hace el servicio. { $outside }
    .do = Su departamento de TI lo permite (solicitud en el informe). No hay nada que hacer en este equipo.
finding-refused-far =
    .title = Rechazado en el otro extremo
    .what = { $hosts }: rechazado tras { $time }, una ida y vuelta hasta el servicio.
    .means = El servicio, o un cortafuegos justo delante, no acepta conexiones de su dirección. { $outside }
    .do = Soporte pregunta al proveedor si bloquea la dirección de su empresa; su departamento de TI revisa su cortafuegos (solicitud en el informe).
finding-refused =
    .title = Rechazado
    .what = { $hosts }: rechazado; este equipo lo dice solo tras nuevos intentos, { $time } en total.
    .means = Un cortafuegos o un filtro de su red, o el propio servicio, no acepta la conexión: el tiempo no dice cuál. { $outside }
    .do = Su departamento de TI lo permite (solicitud en el informe). Si está permitido, soporte pregunta al proveedor si bloquea la dirección de su empresa.
finding-not-connected =
    .title = Sin conexión
    .what = { $hosts }: falló tras { $time }.
    .means = Su red no conoce el nombre, la conexión se rechaza o falla la negociación segura: el tiempo no permite distinguirlo. { $outside }
    .means-proxy = El proxy que se conecta en lugar de este navegador lo rechaza, no llega hasta él o no conoce su nombre; o bien el servicio termina la negociación. El tiempo no dice cuál de los casos es. { $outside }
    .do = Abra la dirección en una pestaña nueva y envíe a soporte el código de la página de error. Su departamento de TI comprueba que esté permitida (solicitud en el informe).
    .do-proxy = Su departamento de TI busca estos hosts en el registro del proxy y los permite allí (solicitud en el informe). Abra la dirección en una pestaña nueva: el código de la página de error dice si fue el proxy quien rechazó.
finding-service-down =
    .title = El servicio no responde
    .what = { $hosts } falla desde aquí y tampoco responde desde fuera.
    .what-refused = { $hosts } falla desde aquí y también rechaza conexiones desde fuera.
    .what-no-route = { $hosts } falla desde aquí y tampoco hay camino desde fuera.
    .what-not-resolved = { $hosts } falla desde aquí y su nombre tampoco se conoce fuera.
    .what-no-tls = { $hosts } falla desde aquí y tampoco establece conexión segura desde fuera.
    .what-no-http = { $hosts } falla desde aquí y tampoco da respuesta desde fuera.
    .what-certificate = { $hosts } falla desde aquí; también desde fuera { $fault }.
    .means = El fallo es de { $provider }, no de su red.
    .do = Soporte avisa al proveedor. No hay nada que hacer por su parte.
finding-plain-443-blocked =
    .title = Puede que por el puerto 443 solo pase TLS
    .what = Hacia nuestro relé, TLS pasa por el puerto 443; STUN, otro protocolo, no pasa.
    .means = O bien un cortafuegos solo deja pasar TLS allí, y un cliente que diga otra cosa fallará. O bien detiene solo STUN, y no se pierde nada: la página no puede distinguir los dos casos.
    .means-hosts = O bien un cortafuegos solo deja pasar TLS allí, y los avisos de llamada no llegarán, pues, visto desde fuera, { $hosts } no habla TLS. O bien detiene solo STUN, y no se pierde nada: la página no puede distinguir los dos casos.
    .do = Su departamento de TI mira lo que el cortafuegos dice del puerto 443 hacia nuestro relé, y permite cualquier protocolo TCP hacia estos hosts (solicitud en el informe).
finding-socket-blocked =
    .title = Las conexiones en vivo están bloqueadas
    .what = HTTPS a nuestro relé funciona; un WebSocket al mismo sitio falló dos veces.
    .means = Un proxy o un cortafuegos que inspecciona elimina WebSocket, o lo hace un bloqueador de contenido o un relé de privacidad de este navegador. Las conexiones de larga duración, por las que se anuncian las llamadas, sufrirán también por un aparato en el camino.
    .do = Su departamento de TI permite WebSocket y conexiones de larga duración en el puerto 443. Si funciona en una ventana privada sin extensiones o en otro navegador, es este navegador.
finding-hold-cut =
    .title = Se cortan las conexiones silenciosas
    .what = Una conexión a nuestro relé en la que no se decía nada no volvió a dar señales de vida.
    .what-after = Una conexión a nuestro relé en la que no se decía nada se cortó tras { $seconds } s.
    .means = Algo en el camino termina las conexiones que están un rato en silencio. Las llamadas se anuncian por esas conexiones y se perderán.
    .means-round = Un cortafuegos, proxy o enrutador termina las conexiones silenciosas pasado ese tiempo: un número redondo, o sea un temporizador. Las llamadas se anuncian por esas conexiones y se perderán.
    .do = Su departamento de TI sube el tiempo de inactividad para los hosts de { $provider } a una hora o más.
finding-events-lost =
    .title = Se pierden eventos del servidor
    .what = La conexión se rompió con eventos de prueba en camino.
    .what-counted = Llegaron { $arrived } de { $expected } eventos de prueba, el último con { $time } de retraso.
    .means = Las llamadas y los cambios de cola le llegarán tarde o no le llegarán.
    .do = Soporte examina la calidad de la red con su departamento de TI.
finding-port-80-closed =
    .title = El puerto 80 está cerrado
    .what = Nuestro relé escucha en el puerto 80; desde aquí no hubo respuesta.
    .what-refused = Nuestro relé escucha en el puerto 80; desde aquí se rechazó tras { $time }.
    .means = El cliente también usa el puerto 80. Se probó hacia nuestro relé, no hacia el servicio.
    .do = Su departamento de TI permite el puerto 80 de salida hacia los hosts de { $provider }.
finding-port-5222-closed =
    .title = El puerto 5222 (presencia) está cerrado
    .what = Nuestro relé escucha en el puerto 5222; desde aquí no hubo respuesta.
    .what-refused = Nuestro relé escucha en el puerto 5222; desde aquí se rechazó tras { $time }.
    .means = El cliente usa el puerto 5222 para la presencia. Se probó hacia nuestro relé, no hacia el servicio.
    .do = Su departamento de TI permite el puerto 5222 de salida hacia los hosts de { $provider }.
finding-unsteady =
    .title = Inestable
    .what = { $hosts }: intentos con respuesta { $answered }, intentos fallidos { $failed }.
    .means = El camino pierde conexiones: Wi-Fi débil, línea o aparato sobrecargado.
    .means-alone = Solo aquí: todas las demás regiones respondieron siempre, así que difícilmente es la línea. Uno de los servidores detrás de este nombre no funciona, o algo en el camino detiene algunas conexiones.
    .do = Pruebe con cable en lugar de Wi-Fi y repita; envíe los dos informes a soporte.
    .do-alone = Repita unos minutos después; si solo este host vuelve a ser inestable, soporte avisa al proveedor, con los dos informes.
finding-slow-at-first =
    .title = La primera respuesta tarda mucho
    .what = { $hosts } respondió, pero solo tras { $time }; esta página espera { $seconds } s.
    .means = Se puede llegar. Lo que lo retrasa se consulta antes: unos ajustes de proxy que busca nombres, un programa de seguridad o un servicio que tuvo que despertar. { $outside }
    .do = Repita la prueba: si va rápida, es solo el primer contacto. Si no, su departamento de TI revisa los ajustes de proxy y los programas de seguridad (solicitud en el informe).
finding-slow =
    .title = Lento
    .what = { $hosts } suele responder en { $time }; más de { $limit } se nota.
    .means = El inicio de sesión y los cambios de estado irán con retraso.
    .do = Pruebe con cable en lugar de Wi-Fi y repita; envíe los dos informes a soporte.
finding-clock-wrong =
    .title = El reloj de este equipo está mal
    .title-differ = Dos relojes difieren
    .what = El reloj de este equipo adelanta { $span } respecto a los del relé y del servidor de la página.
    .what-ahead-of-other = El reloj de este equipo adelanta { $span } respecto al del otro servidor.
    .what-behind = El reloj de este equipo atrasa { $span } respecto a los del relé y del servidor de la página.
    .what-behind-other = El reloj de este equipo atrasa { $span } respecto al del otro servidor.
    .means = Con un reloj equivocado se rechaza el inicio de sesión y los certificados parecen caducados.
    .do = Ponga en hora este equipo (fecha, hora y zona horaria) y repita la prueba.
finding-extension-interferes =
    .title = Una extensión interfiere con esta página
    .what = En el navegador, algo puso su propia función en lugar de la del navegador: { $replaced }.
    .means = Una extensión de privacidad, seguridad o bloqueo, o la protección del navegador contra el rastreo, está entre esta página y la red. Lo que midió la página puede venir de ahí y no de su red.
    .do = Abra este enlace en una ventana privada sin extensiones, o en otro navegador, y compare.
finding-inspected =
    .title = Las conexiones cifradas se abren por el camino
    .what = Una dirección que no puede existir respondió por una conexión segura de confianza.
    .what-handshake = Nuestro relé vio una negociación segura que este navegador no hace.
    .what-headers = Dentro de la conexión cifrada, nuestro relé encontró cabeceras que los navegadores no envían: { $headers }.
    .means = Un proxy o producto de seguridad inspecciona el tráfico cifrado, así que una respuesta aquí no prueba que venga del servicio.
    .do = Su departamento de TI exime de la inspección a los hosts de { $provider }.
finding-proxy-in-path =
    .title = Hay un proxy en el camino
    .what = Algo cercano toma las conexiones en lugar del otro extremo.
    .what-asked = El navegador pide a un proxy que se conecte en su lugar.
    .means = No es un fallo en sí. Lo que aquí se rechaza puede rechazarlo el proxy, y el cliente puede ir por otro camino.
    .do = Soporte compara los ajustes de proxy de este navegador con los del cliente.
finding-split-egress =
    .title = Dos salidas
    .what = HTTPS y las conexiones en vivo llegan a nuestro relé desde dos direcciones distintas.
    .means = Su red las envía por dos líneas o proxies. Un servicio que espera una sola dirección puede terminar la sesión.
    .do = Soporte lo comenta con su departamento de TI si las sesiones terminan sin razón visible.
finding-ways-differ =
    .title = Al servicio se llega por otro camino
    .what = El servicio responde antes de lo que permitiría el camino por el que se llega a esta página y al relé.
    .means = Sale de su equipo por otro camino que el resto (una VPN que excluye el servicio, una excepción), o algo cercano responde en su lugar. No se sabe quién respondió.
    .do = No hay nada que hacer si su departamento de TI lo ha dispuesto así. Si no, comprueba por dónde salen esos nombres de la red (solicitud en el informe).
finding-ipv6-broken =
    .title = IPv6 no lleva a ninguna parte
    .what = Conectarse tardó { $time } más que una ida y vuelta, como ocurre cuando se prueba primero IPv6 y nada responde.
    .means = Esta red ofrece IPv6 y no lo transporta. Cada primera conexión pierde un momento; IPv4 funciona.
    .do = Su departamento de TI repara IPv6 o deja de ofrecerlo.
finding-relay-misconfigured =
    .title = El relé no conoce esta página
    .what = El relé responde, pero no atiende a páginas de { $origin }.
    .means = No se le pudo preguntar cómo se ve desde fuera. No es un fallo de su red.
    .do = El operador de esta página añade { $origin } a los orígenes del relé.
finding-relay-busy =
    .title = El relé está ocupado
    .what = El relé responde, pero ahora no tiene sitio para otra prueba.
    .means = No se le pudo preguntar cómo se ve desde fuera. No es un fallo de su red.
    .do = Repita dentro de un minuto.
finding-relay-unreachable =
    .title = No se pudo llegar al relé
    .what = { $relay } no respondió.
    .what-wrong = Algo que no es el relé respondió en { $relay }.
    .means = Sin él nadie puede decir si lo que falla aquí responde desde fuera. Su red bloquea el relé, o el relé está apagado.
    .do = Soporte comprueba que el relé funcione. Su departamento de TI puede permitirlo.
finding-relay-not-outside =
    .title = No hay vista desde fuera
    .what = El relé no dijo cómo se ve desde donde está.
    .what-lost-its-way = El relé responde, pero a él no le responde ninguna de sus direcciones de control.
    .what-inside = El relé funciona en este equipo o dentro de esta red.
    .means = Lo que falla aquí no se puede comparar con cómo se ve desde fuera, así que no se da ni por bloqueado ni por caído.
    .do = El operador de esta página pone en Internet un relé que llegue al servicio.
finding-no-relay =
    .title = No hay relé configurado
    .what = Esta página no conoce ningún relé.
    .means = Lo que falla aquí no se puede comparar con cómo se ve desde fuera, así que no se da ni por bloqueado ni por caído.
    .do = El operador de esta página indica un relé en config.json.
finding-relay-turned-away =
    .title = El servicio no admite el relé
    .what = { $hosts } responde aquí, y en cambio rechaza el relé de fuera o lo deja sin respuesta.
    .means = Lo más probable es que { $provider } solo admita algunas redes (una lista de permitidos, un filtro contra centros de datos) y que la del relé no esté entre ellas. Por eso lo que el relé no alcanza no se da por caído. La culpa no es de su red.
    .means-undecided = Lo más probable es que { $provider } solo admita algunas redes (una lista de permitidos, un filtro contra centros de datos) y que la del relé no esté entre ellas. Así que nadie de fuera pudo decir, de lo que falla aquí, si lo bloquea su red o si el servicio está caído.
    .do = No hay nada que hacer por su parte. El operador de esta página pone el relé en una red que el servicio admita.
    .do-undecided = Soporte abre lo que falla aquí desde otra red que el servicio admita (un compañero en otro lugar, un teléfono móvil): si responde allí, lo bloquea su red; si no, el servicio está caído.
finding-answers-then-stalls =
    .title = Las respuestas no llegan enteras
    .what = { $hosts } responde, pero el final de una respuesta no llegó en { $seconds } s.
    .what-whole = { $hosts } acepta conexiones y responde a una pregunta corta; la respuesta que pidió esta página no llegó entera en { $seconds } s.
    .means = Algo en el camino detiene las respuestas largas o las retiene para examinarlas: un filtro de contenido o un programa de seguridad, una VPN o un túnel que pierde los paquetes grandes (MTU). O un servidor del servicio está atascado. { $outside }
    .do = Pruebe una vez sin VPN o con los datos de un móvil. Si así funciona, su departamento de TI revisa los filtros de contenido y la MTU (solicitud en el informe); si no, soporte avisa al proveedor.
finding-one-of-several-servers =
    .title = Uno de varios servidores no funciona
    .what = { $hosts }: intentos con respuesta { $answered }, intentos fallidos { $failed }; el nombre tiene { $addresses } direcciones, y todos los demás hosts respondieron siempre.
    .means = Lo más probable: uno de los servidores detrás de este nombre está averiado y usted da con él de vez en cuando. Menos probable: algo en el camino detiene algunas de sus direcciones. Difícilmente es su línea.
    .do = Repita unos minutos después. Si solo este host vuelve a fallar, soporte avisa al proveedor, con los dos informes.
finding-mtu =
    .title = Los paquetes grandes se pierden por el camino
    .what = { $hosts }: las conexiones se establecen y la negociación segura queda sin respuesta.
    .means = Varios hosts igual: lo más probable es que los paquetes de tamaño completo se pierdan en una VPN, un túnel o una línea DSL (MTU). Si no, un cortafuegos descarta las negociaciones. { $outside }
    .do = Pruebe una vez sin VPN o con los datos de un móvil. Si así funciona, su departamento de TI reduce la MTU (o limita el MSS) en ese camino, o permite los hosts (solicitud en el informe).
finding-network-changed-in-run =
    .title = La red de este equipo cambió durante la prueba
    .what = Una conexión de este equipo apareció o desapareció durante la prueba (cable, Wi-Fi, VPN). Lo que falló en ese momento no cuenta.
    .means = No dice nada del servicio. Si se repite, las llamadas también se cortan.
    .do = Espere a que la red sea estable y repita. Si sigue yendo y viniendo, su departamento de TI revisa el cable, la base, el Wi-Fi y la VPN.
finding-requests-wait =
    .title = Las peticiones esperan, aunque se llega al host
    .what = { $hosts }: una petición quedó sin respuesta durante { $seconds } s, mientras que otra conexión de este navegador pasó enseguida.
    .means = Lo más probable: este navegador todavía espera conexiones que empezó cuando el host no respondía, por ejemplo en una prueba justo antes; las abandona tras unos minutos. Si el host ya respondía antes, algo en el camino retiene las respuestas o solo deja pasar algunas conexiones.
    .do = Espere cinco minutos, o cierre del todo el navegador, y repita. Si las peticiones vuelven a esperar, envíe los dos informes a soporte.

## Limit
## The report's "limits of this test".

limit-browser = Hecha con { $browser } y los ajustes de proxy de ese navegador; el cliente puede usar otros.
limit-some-browser = Hecha con un navegador y sus ajustes de proxy; el cliente puede usar otros.
limit-firefox-proxy = Firefox tiene sus propios ajustes de proxy: para comparar, abra la página en Edge o Chrome.
limit-own-names = El navegador puede resolver los nombres por su cuenta (DNS sobre HTTPS) o usar una VPN propia; el cliente puede recibir otras respuestas.
limit-engine-place = Medido donde funciona el motor del navegador: con un navegador remoto o un escritorio virtual, no siempre es donde funciona el cliente.
limit-in-frame = La página estaba en un marco de otra página, donde los navegadores prohíben más que en una pestaña; para comparar, ábrala en su propia pestaña.
limit-http-status = Un rechazo escrito en HTTP (403, 429) parece una respuesta cualquiera, y en Chrome y Edge también una que se interrumpe: una página no puede leer lo que dice el servicio.
limit-ipv6 = El relé vio este navegador por IPv6; un cliente que solo habla IPv4 toma otro camino, o no encuentra ninguno.
limit-socket-is-not-tcp = Que un WebSocket pase por el puerto 443 no prueba que otro protocolo pase por él.
limit-tcp-from-browser = Un navegador no puede hablar el protocolo del cliente con los puntos TCP; ve si se puede llegar a ellos.
limit-other-ports = Los puertos 80 y 5222 (presencia) se probaron solo hacia el relé, o no se probaron; eso prueba el puerto, no el servicio.
limit-sockets-kept = Algunos WebSockets son los de la prueba anterior, de hace un minuto como máximo: el navegador habría retenido los nuevos.
limit-still-out = Una conexión silenciosa, o un intento sin respuesta, seguía en observación al escribir este informe; la página continúa y puede que ya sepa más.
limit-ping = El ping no prueba nada y no se usó.

## Computer
## What a run showed of the computer it was made on: one line.

computer-clock = reloj en pasos de { $time }
computer-own-delay = el propio navegador con hasta { $time } de retraso
computer-stalled = detenido hasta { $time }
computer-network-changed = su red cambió durante la prueba

## LinkProblem
## Bad values of the support link.

link-problem-ticket = El número de tique del enlace, «{ $value }», no es válido y se omitió.
link-problem-lang = El enlace pide el idioma «{ $value }», que esta página no tiene.
link-problem-region = El enlace nombra la región «{ $value }», que no existe; se omitió.
link-problem-autostart = «autostart» vale «{ $value }» en el enlace; solo puede ser 0 o 1.

## Route
## How far a way goes: what its drawing shows.

route-through = La conexión llega a su destino: { $far_end }.
route-through-inferred = Todo indica que la conexión llega a su destino: { $far_end }.
route-browser = La conexión se corta en este equipo.
route-network = La conexión se corta en su red, en un proxy o en este equipo.
route-network-inferred = Todo indica que la conexión se corta en su red, en un proxy o en este equipo.
route-internet = La conexión se corta en Internet, más allá de su red.
route-far-end = La conexión se corta en el otro extremo: { $far_end }.
route-far-end-inferred = Todo indica que la conexión se corta en el otro extremo: { $far_end }.
route-unclear = No está claro dónde se corta la conexión.

## Settings
## Settings in force in place of the file beside the page: which, and why. After Broken stand place and error, in English.

settings-kept = La prueba usa los ajustes de esta página tal como este navegador los leyó por última vez, el { $since }.
settings-build = La prueba usa los ajustes con los que se construyó esta página.
settings-embedded = La prueba usa su lista de direcciones incorporada, la de { $provider }; los ajustes de su servicio de asistencia no están en vigor.
settings-late = El archivo de ajustes config.json no había llegado después de { $seconds } s.
settings-no-answer = El archivo de ajustes config.json no llegó: la petición falló.
settings-status = En lugar del archivo de ajustes config.json, el servidor de la página respondió con el código { $status }.
settings-web-page = En lugar del archivo de ajustes config.json llegó una página web.
settings-broken = El archivo de ajustes config.json tiene un error y no se usó. Lugar y error, en inglés:
settings-forbidden = La política de seguridad de la propia página no permite que el navegador pruebe estas direcciones de los ajustes; por eso no se probaron: { $addresses }. No es culpa de su red: la página se construyó con otros ajustes y hay que construirla de nuevo.
settings-came = Los ajustes de esta página han llegado. La próxima prueba los usa.
running-all = Probando todas las regiones de { $provider } y esta red.
running-some = Regiones accesibles por ahora: { $passing } de { $total }. En prueba todavía: { $names }.
running-network = Todas las regiones están probadas. Faltan la conexión en directo y los puertos de esta red.
running-soon = Suele tardar unos segundos, { $seconds } s como máximo.
running-at-most = Algo responde despacio: { $seconds } s más como máximo.
running-silent = Aún sin respuesta de { $host }; se espera { $seconds } s más como máximo.
step-sign-in = Abra cualquier sitio web en este navegador: si aparece una página de acceso, identifíquese y repita la prueba.
step-allow = Mire la parte superior de la ventana del navegador: si pregunta si esta página puede acceder a su red local, elija Permitir y repita la prueba.
step-hotspot = Haga esta prueba en otra red, como el punto de acceso de su teléfono: lo que pasa allí y aquí no, lo detiene esta red.
step-other-browser = Haga esta prueba en otro navegador, o en una ventana privada sin extensiones: lo que pasa allí, lo detiene este navegador.
step-tab = Abra { $url } en una pestaña nueva y diga a soporte qué ve: cualquier respuesta muestra que se puede alcanzar, y un código en la página de error del navegador dice qué lo detiene.
step-colleagues = Pregunte si los compañeros del mismo lugar tampoco tienen conexión: si es así, es la red; si no, este equipo.
step-elsewhere = Abra esta página desde una red propia: lo que también falla allí no es culpa de la red del agente.
step-relay = Pida al operador de esta página que instale o repare su relé: solo una vista desde fuera distingue lo bloqueado de lo caído.
step-logs = Busque { $hosts } en los registros del cortafuegos y del proxy a la hora de esta prueba: lo que lo detuvo figura allí.
step-let-out = Compruebe si un cortafuegos detiene todo lo que sale de este equipo, y qué proxy debe usar.

## Sentence
## Single sentences.

sentence-one-answer = una respuesta, en { $time }
sentence-answers = { $count } respuestas, en { $fastest } a { $slowest }
sentence-network-fails = No pasa: { $names }.
sentence-announcement = La prueba ha terminado. { $title }.

## Format
## What joins the last two of a list, and the sign before tenths.

format-and = y
format-decimal = ,

## Always
## What is in the program in every language: that this one did not come.

always-words-missing = No se pudieron cargar los textos en español. Elija otra vez el idioma para volver a intentarlo, o recargue la página.
