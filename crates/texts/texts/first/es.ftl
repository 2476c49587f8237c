### Spanish. What `index.html` says before there is Wasm, and `404.html`, in every language at once; the build writes it there.
### docs/texts.md says how these files are read.

## First
## The first screen.

first-loading = Cargando la prueba de conexión…
first-wasm-late = Tarda más de lo debido: la red es lenta, o algo retiene el archivo. La página sigue intentándolo.
first-wasm-blocked = Su red bloquea los archivos WebAssembly. La prueba misma no llegó tal como se envió, así que no puede ejecutarse. Quien administra la red debe permitir los archivos de tipo application/wasm de este sitio. Muéstrele esta página.
first-script-blocked = Su red, o una extensión de este navegador, bloquea el script de esta página. La prueba no puede ejecutarse. Permita los archivos JavaScript de este sitio, o pruebe con otro navegador. Muestre esta página a su departamento de TI.
first-browser-too-old = Este navegador no puede ejecutar la prueba: es demasiado antiguo, o WebAssembly está desactivado en él. Abra este enlace en una versión actualizada de Edge, Chrome, Firefox o Safari.
first-no-script = Esta página necesita JavaScript. Actívelo o consulte a su servicio de asistencia.
first-for-it = Para su departamento de TI: las direcciones que necesitan los agentes, solo de salida
first-settings-late = Los ajustes de esta página tardan en llegar. La prueba los espera unos segundos y después sigue sin ellos.
first-stalled = Si aquí no cambia nada: la página se modificó en el camino, o se detuvieron sus scripts. Pruebe con otro navegador u otra red, y muestre esta página a su servicio de asistencia.
first-wasm-missing = El sitio web que aloja esta prueba no entregó su programa. El fallo es del sitio, no de su red. Vuelva a cargar la página en unos minutos; si eso no ayuda, avise a su servicio de asistencia.
first-wasm-changed = El programa de esta prueba no llegó tal como se construyó: algo lo modificó en el camino, como un programa de seguridad, un proxy o un servicio delante del sitio. La prueba no puede ejecutarse. Muestre esta página a su departamento de TI y a su servicio de asistencia.
first-wasm-off = WebAssembly está desactivado en este navegador, y la prueba lo necesita. En Edge: Configuración, Privacidad, «Mejorar la seguridad en la Web»: agregue este sitio como excepción. En un iPhone o un Mac: modo de aislamiento, excluya este sitio. En el trabajo puede ser una directiva sobre el JIT de JavaScript: pregunte a su departamento de TI, o abra este enlace en otro navegador.
first-new-version = Hay una versión más reciente de esta página, y esta parte de la anterior ya no está. Vuelva a cargar la página. Lo que la prueba encontró se pierde entonces: copie antes su informe.
first-crash = La prueba se detuvo por sí sola: un error de esta página, no de su red. Lo que se midió hasta entonces está abajo. Cópielo para el soporte y vuelva a cargar la página para intentarlo otra vez.
first-crash-copy = Copiar para el soporte
first-no-such-page = No hay ninguna página en esta dirección. Quizá esté mal escrita o llegó cortada.
