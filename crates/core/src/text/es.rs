//! Spanish.

use super::{
    FindingText, FindingWords, First, Headline, HeadlineText, Limit, Ui, decimal_comma, list, ms,
    names, numbers,
};
use crate::analysis::{
    CheckOutcome, Detail, GaveUp, Inspection, Internet, OutsideFailure, Proof, Way, WhyNot,
};
use crate::code::CodeRefusal;
use crate::codec::Refusal;
use crate::compare::Remark;
use crate::config::ConfigError;
use crate::diagnosis::{CheckName, Verdict};
use crate::figures::whole;
use crate::finding::Cause;
use crate::link::LinkProblem;
use crate::picture::{Reach, Route, Stop};
use crate::thresholds::ENDPOINT_DEADLINE_S;
use crate::wire::CertificateFault;

pub(super) const fn ui(key: Ui) -> &'static str {
    match key {
        Ui::Title => "Prueba de conexión",
        Ui::Start => "Iniciar la prueba",
        Ui::StartAgain => "Repetir",
        Ui::Cancel => "Cancelar",
        Ui::CopyReport => "Copiar el informe",
        Ui::DownloadReport => "Descargar el informe",
        Ui::Copied => "Copiado. Péguelo en su tique o mensaje a soporte.",
        Ui::CopyFailed => {
            "El navegador no permitió copiar. El informe está seleccionado abajo: pulse Ctrl+C (en un Mac, ⌘C) y péguelo en su tique."
        }
        Ui::Language => "Idioma",
        Ui::RegionsTitle => "Regiones",
        Ui::NetworkTitle => "Esta red",
        Ui::FindingsTitle => "Lo que encontramos",
        Ui::ReportTitle => "Informe para soporte",
        Ui::ReportHint => {
            "Esto es exactamente lo que el botón Copiar pone en el portapapeles. Nada se envía hasta que usted lo pegue o lo envíe."
        }
        Ui::ShowReport => "Mostrar el informe",
        Ui::Region => "Región",
        Ui::SignOnHttps => "Inicio de sesión (HTTPS)",
        Ui::CallEventsTcp => "Eventos de llamada (TCP)",
        Ui::Result => "Resultado",
        Ui::Running => "Comprobando la conexión…",
        Ui::RunningHint => "Tarda unos segundos. Puede seguir trabajando.",
        Ui::IdleTitle => "Todo listo para comprobar su conexión",
        Ui::IdleHint => "Pulse Iniciar. Tarda unos segundos y no cambia nada en este equipo.",
        Ui::CancelledTitle => "La prueba se canceló",
        Ui::CancelledHint => "No hay resultado. Pulse Repetir cuando quiera.",
        Ui::Testing => "probando…",
        Ui::What => "Qué",
        Ui::Means => "Significa",
        Ui::Do => "Hacer",
        Ui::Ticket => "Tique",
        Ui::TestedAddresses => "¿Qué direcciones se prueban?",
        Ui::PrivacyNote => {
            "La página solo se comunica con las direcciones de abajo y con el relé de su servicio de asistencia. No guarda nada ni envía ningún informe por sí sola."
        }
        Ui::ContactSupport => "Soporte",
        Ui::StopBrowser => "Este navegador",
        Ui::StopNetwork => "Su red o proxy",
        Ui::StopInternet => "Internet",
        Ui::StopRelay => "Relé",
        Ui::ReportHeading => "informe de conexión para",
        Ui::ReportCancelled => "CANCELADA antes del final: no hay resultado.",
        Ui::ReportResult => "RESULTADO",
        Ui::ReportNetwork => "ESTA RED",
        Ui::ReportFindings => "LO QUE ENCONTRAMOS",
        Ui::ReportNoFindings => "Nada que señalar.",
        Ui::ReportForIt => "PARA SU DEPARTAMENTO DE TI",
        Ui::ReportOutboundOnly => {
            "Permitir solo la SALIDA, por nombre. Nunca hace falta nada de entrada, y las direcciones detrás de los nombres cambian:"
        }
        Ui::ReportConfirm => "Confirmar desde un equipo de la misma red:",
        Ui::ReportExpected => "esperado",
        Ui::ReportPurposeHttps => "inicio de sesión",
        Ui::ReportPurposeTcp => "llamadas, sigue abierta",
        Ui::ReportLimits => "LÍMITES DE ESTA PRUEBA",
        Ui::ReportMeasurements => "MEDICIONES (en ms)",
        Ui::ReportMeasurementsKey => {
            "f: fetch, primero en frío, luego en caliente; ws: WebSocket; out: visto desde fuera (TCP, TLS, HTTP). x: fallo, con su código de cierre; -: sin respuesta; way: consulta, TCP, TLS y petición al relé; clock: el nuestro menos el suyo; 80, 5222: el propio servidor en estos puertos, donde no se sabe si algo escucha (un rechazo que tarda lo que una ida y vuelta ha salido de esta red)."
        }
        Ui::ReportPersonal => "DATOS PERSONALES",
        Ui::ReportAddress => "Dirección",
        Ui::ReportBrowser => "Navegador",
        Ui::ReportRelay => "Relé",
        Ui::ReportNotices => "AVISOS",
        Ui::RequestPurpose80 => "sesión por HTTP",
        Ui::RequestPurpose5222 => "presencia (XMPP)",
        Ui::RequestTitle => "SOLICITUD PARA EL CORTAFUEGOS",
        Ui::RequestDirection => "Sentido",
        Ui::RequestOutbound => "salida",
        Ui::RequestPort => "Puerto",
        Ui::RequestHost => "Host",
        Ui::RequestPurpose => "Finalidad",
        Ui::RequestExempt => {
            "Eximir de la inspección TLS (nadie abre la conexión cifrada por el camino):"
        }
        Ui::RequestAnyProtocol => "Permitir ahí cualquier protocolo, no solo TLS:",
        Ui::RequestNoLogin => "Dejarlos pasar por el proxy sin autenticación:",
        Ui::RequestIdle => {
            "No cortar las conexiones inactivas con estos hosts: un tiempo de inactividad de una hora o más."
        }
        Ui::RequestWebSocket => {
            "Permitir WebSocket y las conexiones de larga duración en el puerto 443."
        }
        Ui::RequestPresence => {
            "La lista del proveedor no nombra ningún host propio para la presencia; hasta entonces, estos son los hosts de sus regiones."
        }
        Ui::ConfirmPowerShell => "PowerShell, sin proxy:",
        Ui::ExpectPowerShell => {
            "TcpTestSucceeded : True (donde solo un proxy puede salir, falla de todos modos)"
        }
        Ui::ConfirmCurl => "curl, sin proxy (en PowerShell: curl.exe):",
        Ui::ExpectHttp => "una línea que empieza por «< HTTP/»; su número no importa",
        Ui::ExpectConnected => "una línea con «Connected to»; lo que sigue no importa",
        Ui::ConfirmCurlProxy => "curl, por su proxy (ponga su nombre y su puerto):",
        Ui::ExpectProxy => "una línea con 200 tras «CONNECT»; 403 o 407 es un rechazo del proxy",
        Ui::ConfirmOpenssl => "openssl, sin proxy (con proxy: -proxy PROXY:8080):",
        Ui::ExpectCertificate => {
            "«CONNECTED», y como emisor una autoridad pública, no su empresa ni su cortafuegos"
        }
        Ui::ExpectNoTls => "«CONNECTED»; el error que sigue es correcto, en este puerto no hay TLS",
        Ui::ExpectPerhapsTls => {
            "«CONNECTED»; un error después puede ser correcto, no todos estos puertos usan TLS"
        }
        Ui::LinesSquid => {
            "SQUID (squid.conf, antes del primer «http_access deny» y del primer «ssl_bump»):"
        }
        Ui::LinesPac => {
            "ARCHIVO PAC (al principio de FindProxyForURL, si se puede llegar a estos hosts sin proxy):"
        }
        Ui::LinesWindows => {
            "CORTAFUEGOS DE WINDOWS (PowerShell como administrador, donde la salida está bloqueada por omisión; los nombres requieren Windows 11 o Server 2022 y posteriores, con la protección de red de Microsoft Defender):"
        }
        Ui::LinesNftables => {
            "NFTABLES (ponga su tabla y su cadena en lugar de «inet filter» y «forward»; los conjuntos se llenan por nombre, abajo):"
        }
        Ui::LinesDnsmasq => {
            "DNSMASQ 2.87 o posterior, como servidor de nombres de la red, los llena:"
        }
        Ui::ReportCode => "Código",
        Ui::ReportPage => "Página",
        Ui::ReportLeftOut => "omitido a petición",
        Ui::ReportData => "--- datos para soporte: pegue todo esto en «Leer un informe» ---",
        Ui::ReportDataEnd => "--- fin de los datos ---",
        Ui::CopyRequest => "Copiar la solicitud",
        Ui::RequestPageTitle => "Para su departamento de TI",
        Ui::RequestHint => {
            "Qué hay que permitir para que el servicio funcione, cómo confirmarlo y líneas listas para los cortafuegos y proxies habituales. Entréguelo a quien administra su red."
        }
        Ui::ShowRequest => "Mostrar la solicitud",
        Ui::RequestCopied => "Copiada. Péguela en un mensaje para su departamento de TI.",
        Ui::TextCopyFailed => {
            "El navegador no permitió copiar. El texto está seleccionado: pulse Ctrl+C (⌘C en un Mac)."
        }
        Ui::LeaveOut => "Datos personales en el informe",
        Ui::IncludeAddress => "Mi dirección pública",
        Ui::IncludeBrowser => "Mi navegador y su idioma",
        Ui::CopyLink => "Copiar como enlace",
        Ui::LinkCopied => {
            "Enlace copiado. Contiene todo el informe; no se guarda nada en ninguna parte."
        }
        Ui::SendByMail => "Enviar por correo",
        Ui::SendDirect => "Enviar a soporte",
        Ui::Sending => "Enviando…",
        Ui::Sent => "Enviado. Soporte ha recibido el informe.",
        Ui::SendFailed => "No se pudo enviar el informe. Cópielo y péguelo en su tique.",
        Ui::MailPaste => "(Copie el informe en la página y péguelo aquí.)",
        Ui::MailWhole => "El informe completo:",
        Ui::ForHelpdesk => "Para el servicio de asistencia",
        Ui::ReadReport => "Leer un informe",
        Ui::BackToCheck => "A la prueba de conexión",
        Ui::ReadHint => {
            "Pegue informes, enlaces o un código corto. Esta página los lee por sí misma, también sin red, y no envía nada."
        }
        Ui::ReadLabel => "Informe, enlace o código",
        Ui::ReadButton => "Leer",
        Ui::ReadClear => "Borrar",
        Ui::ReadMade => "Hecho",
        Ui::ReadTook => "Duración",
        Ui::ReadVersion => "Versión",
        Ui::ReadFromCode => {
            "De un código corto: contiene los resultados y el hallazgo principal, nada más."
        }
        Ui::ReadPending => "Cuando se hizo, aún faltaban indicios tardíos.",
        Ui::NotTested => "no probada",
        Ui::NoFinding => "ningún hallazgo",
        Ui::CompareTitle => "Lado a lado",
        Ui::CompareWhat => "Qué se compara",
        Ui::CompareDiffers => "difiere",
        Ui::CompareCommon => "En palabras",
        Ui::CompareYes => "hallado",
        Ui::CompareNo => "no hallado",
        Ui::BuildTitle => "Crear un enlace de asistencia",
        Ui::BuildHint => {
            "Envíe este enlace al agente. Abre la prueba con el número de tique puesto."
        }
        Ui::BuildAnyLanguage => "La del navegador del agente",
        Ui::BuildRegions => "Regiones que probar",
        Ui::BuildLink => "Enlace",
        Ui::BuildQr => "El enlace como código QR",
        Ui::BuildCopied => "Enlace copiado.",
        Ui::BuildBadTicket => {
            "Un número de tique tiene como máximo 64 letras, cifras, espacios y - _ . / # :"
        }
        Ui::SourceEmbedded => {
            "Según el artículo 63242 del proveedor sobre la configuración del cortafuegos."
        }
    }
}

pub(super) const fn first(key: First) -> &'static str {
    match key {
        First::Loading => "Cargando la prueba de conexión…",
        First::WasmLate => {
            "Tarda más de lo debido: la red es lenta, o algo retiene el archivo. La página sigue intentándolo."
        }
        First::WasmBlocked => {
            "Su red bloquea los archivos WebAssembly. La prueba misma no llegó tal como se envió, así que no puede ejecutarse. Quien administra la red debe permitir los archivos de tipo application/wasm de este sitio. Muéstrele esta página."
        }
        First::ScriptBlocked => {
            "Su red, o una extensión de este navegador, bloquea el script de esta página. La prueba no puede ejecutarse. Permita los archivos JavaScript de este sitio, o pruebe con otro navegador. Muestre esta página a su departamento de TI."
        }
        First::BrowserTooOld => {
            "Este navegador no puede ejecutar la prueba: es demasiado antiguo, o WebAssembly está desactivado en él. Abra este enlace en una versión actualizada de Edge, Chrome, Firefox o Safari."
        }
        First::NoScript => {
            "Esta página necesita JavaScript. Actívelo o consulte a su servicio de asistencia."
        }
        First::ForIt => {
            "Para su departamento de TI: las direcciones que necesitan los agentes, solo de salida"
        }
    }
}

pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Offline => "sin conexión",
        Verdict::Blocked => "bloqueado",
        Verdict::Down => "caído",
        Verdict::Unknown => "indeterminado",
        Verdict::Degraded => "deficiente",
        Verdict::Reachable => "accesible",
    }
}

pub(super) const fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Ok => "bien",
        CheckOutcome::Failed => "fallo",
        CheckOutcome::Unknown => "indeterminado",
        CheckOutcome::NotRun => "sin probar",
    }
}

pub(super) const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Confirmed => "confirmado",
        Proof::Inferred => "deducido",
        Proof::None => "",
    }
}

pub(super) const fn check(name: CheckName) -> &'static str {
    match name {
        CheckName::Https => "Inicio de sesión (HTTPS)",
        CheckName::Tcp => "Eventos de llamada (TCP)",
        CheckName::Internet => "Internet",
        CheckName::Socket => "Conexión en vivo (WebSocket)",
        CheckName::Events => "Eventos del servidor",
        CheckName::Port80 => "Puerto 80 (HTTP)",
        CheckName::Port5222 => "Puerto 5222 (presencia)",
        CheckName::Hold => "Conexión en silencio",
    }
}

pub(super) fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Pending => "probando…".to_owned(),
        Detail::NotTried => "no se intentó".to_owned(),
        Detail::Answered { ms: time } => ms(*time),
        Detail::AnsweredSometimes { answered, failed } => {
            format!("{answered} respuestas en {} intentos", answered + failed)
        }
        Detail::Connected => "conexión establecida".to_owned(),
        Detail::AsFromOutside => "igual que desde fuera".to_owned(),
        Detail::TooFast { ms: time, .. } => format!("respondió otra cosa, en {}", ms(*time)),
        Detail::AnswersUnlikeOutside => "responde distinto que desde fuera".to_owned(),
        Detail::NotResolved { ms: time } => format!("nombre desconocido, tras {}", ms(*time)),
        Detail::NotOffered => "el relé no lo ofrece".to_owned(),
        Detail::PortOpen { ms: time } => format!("abierto, {}", ms(*time)),
        Detail::PortRefused { ms: time } => format!("rechazado tras {}", ms(*time)),
        Detail::PortSilent => "sin respuesta".to_owned(),
        Detail::BehindProxy => "no se puede saber detrás de un proxy".to_owned(),
        Detail::PortTaken => "otra cosa responde ahí".to_owned(),
        Detail::PortCut => "conectado, y se cortó el cifrado".to_owned(),
        Detail::Held { seconds } => format!("siguió abierta durante {seconds} s de silencio"),
        Detail::HoldCut {
            seconds: Some(seconds),
        } => format!("cortada tras {} s de silencio", decimal_comma(*seconds)),
        Detail::HoldCut { seconds: None } => "murió en silencio, sin señal".to_owned(),
        Detail::NoAnswer => format!("ninguna respuesta en {ENDPOINT_DEADLINE_S} s"),
        Detail::RefusedNearby { ms: time } => format!("rechazado muy cerca, tras {}", ms(*time)),
        Detail::RefusedFar { ms: time } => {
            format!("rechazado en el otro extremo, tras {}", ms(*time))
        }
        Detail::TlsFailed { ms: time } => format!("sin conexión segura, tras {}", ms(*time)),
        Detail::Cut { ms: time } => format!("cortado al conectar, tras {}", ms(*time)),
        Detail::ClosedAfterTls { ms: time } => format!("cerrado sin respuesta, tras {}", ms(*time)),
        Detail::Failed { ms: time } => format!("falló tras {}", ms(*time)),
        Detail::NeedsOutside(_) => "hace falta una vista desde fuera".to_owned(),
        Detail::SilentHereAndOutside => "callado, también desde fuera".to_owned(),
        Detail::Ambiguous => "más de una explicación".to_owned(),
        Detail::Internet(internet) => match internet {
            Internet::Pending => "probando…".to_owned(),
            Internet::OriginAnswered => "responde el servidor de esta página".to_owned(),
            Internet::RelayAnswered => "responde el relé".to_owned(),
            Internet::ControlAnswered => "responde una dirección de control".to_owned(),
            Internet::EndpointAnswered => "responde el servicio".to_owned(),
            Internet::NothingAnswered => "nada respondió fuera de este equipo".to_owned(),
        },
        Detail::NoRelay(why) => match why {
            WhyNot::NoRelay => "no hay relé configurado".to_owned(),
            WhyNot::RelayUnreachable => "el relé no respondió".to_owned(),
            WhyNot::RelayRefused => "el relé estaba ocupado o no conoce esta página".to_owned(),
            WhyNot::RelayInside => "el relé no está fuera".to_owned(),
            WhyNot::RelayLostItsWay => "el propio relé no tiene salida".to_owned(),
            WhyNot::NoWord => "sin noticias del relé".to_owned(),
        },
        Detail::RelayOnThisComputer => {
            "el relé funciona en este equipo, así que esto no dice nada de la red".to_owned()
        }
        Detail::SocketOpen { ms: Some(time) } => ms(*time),
        Detail::SocketOpen { ms: None } => "abierta".to_owned(),
        Detail::SocketFailed => "falló dos veces, aunque HTTPS al mismo sitio funciona".to_owned(),
        Detail::Events {
            expected,
            arrived,
            late_ms_max,
        } => format!(
            "llegaron {arrived} de {expected}, con {} de retraso como máximo",
            ms(*late_ms_max)
        ),
        Detail::EventsCut => "la conexión se rompió".to_owned(),
        Detail::NoSocket => "no hay conexión en vivo para recibirlos".to_owned(),
    }
}

pub(super) fn headline(headline: &Headline<'_>) -> HeadlineText {
    let provider = headline.provider;
    let affected = names(&headline.affected, "y");
    let total = headline.all.len();
    let passing = headline.passing;
    match headline.verdict {
        Verdict::Offline => HeadlineText {
            title: "Sin conexión a Internet".to_owned(),
            means: "Nada respondió fuera de este equipo, ni el servicio ni ninguna otra dirección.".to_owned(),
            action: "Revise el cable o la Wi-Fi. Si su red tiene una página de acceso, abra cualquier sitio web, identifíquese y repita la prueba.".to_owned(),
        },
        Verdict::Blocked => HeadlineText {
            title: if passing == 0 {
                format!("Esta red bloquea {provider}")
            } else if passing == 1 {
                format!("Esta red deja pasar 1 región de {total}")
            } else {
                format!("Esta red deja pasar {passing} regiones de {total}")
            },
            means: format!("Detenido aquí, pero accesible desde fuera: {affected}. El obstáculo está en esta red o en este equipo."),
            action: "Copie el informe y envíelo a soporte. Contiene la solicitud exacta para su departamento de TI.".to_owned(),
        },
        Verdict::Down => HeadlineText {
            title: format!("{provider} no responde: {affected}"),
            means: "Falla igual desde aquí y desde fuera; su red no es la causa.".to_owned(),
            action: "No hay nada que cambiar por su parte. Copie el informe y envíelo a soporte.".to_owned(),
        },
        Verdict::Unknown => HeadlineText {
            title: "La prueba no pudo decidir".to_owned(),
            means: if total == headline.affected.len() {
                "No hay pruebas de si la causa es su red o el servicio. Lo que faltó figura abajo.".to_owned()
            } else {
                format!("{affected}: no hay pruebas de si la causa es su red o el servicio. Lo que faltó figura abajo.")
            },
            action: "Copie el informe y envíelo a soporte.".to_owned(),
        },
        Verdict::Degraded => HeadlineText {
            title: if total == 1 {
                format!("{affected} responde, pero no bien")
            } else {
                format!("{provider} responde, pero no bien")
            },
            means: format!("Algo perturbará su trabajo: {affected}. La causa figura abajo."),
            action: "Copie el informe y envíelo a soporte.".to_owned(),
        },
        Verdict::Reachable => HeadlineText {
            title: if total == 1 {
                format!("{affected} es accesible")
            } else {
                format!("Las {total} regiones son accesibles")
            },
            means: format!("Este navegador alcanza todo lo que se probó de {provider}."),
            action: "Si sigue teniendo problemas, copie el informe y envíelo a soporte: indica dónde no hace falta buscar.".to_owned(),
        },
    }
}

fn outside(words: &FindingWords<'_>) -> String {
    match words.outside_ms {
        Some(time) => format!(" Desde fuera, nuestro relé llegó en {}.", ms(time)),
        None => {
            " No se pudo preguntar a nadie de fuera, así que no se descarta el propio servicio."
                .to_owned()
        }
    }
}

/// Una duración en palabras.
fn seconds_in_words(seconds: f64) -> String {
    let seconds = seconds.abs();
    if seconds < 5400.0 {
        format!("{} minutos", whole(seconds / 60.0))
    } else if seconds < 129_600.0 {
        format!("{} horas", whole(seconds / 3600.0))
    } else {
        format!("{} días", whole(seconds / 86_400.0))
    }
}

const fn certificate(fault: CertificateFault) -> &'static str {
    match fault {
        CertificateFault::Expired => "su certificado ha caducado",
        CertificateFault::NotYetValid => "su certificado aún no es válido",
        CertificateFault::WrongName => "su certificado es de otro nombre",
        CertificateFault::Untrusted => "su certificado es de una autoridad no reconocida",
        CertificateFault::Other => "su certificado no es aceptable",
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm per finding, each a text of its own"
)]
pub(super) fn finding(cause: &Cause, words: &FindingWords<'_>) -> FindingText {
    let hosts = list(&words.hosts, "y");
    let provider = words.provider;
    let it_allows =
        "Su departamento de TI lo permite (solicitud en el informe). No hay nada que hacer en este equipo."
            .to_owned();
    match cause {
        Cause::Offline => FindingText {
            title: "No hay salida".to_owned(),
            what: "Nada respondió fuera de este equipo: ninguna región ni ninguna otra dirección.".to_owned(),
            means: "Sin cable ni Wi-Fi, una página de acceso de la red que le espera, o un cortafuegos que lo bloquea todo.".to_owned(),
            action: "Revise el cable o la Wi-Fi; abra un sitio web para ver si hay página de acceso; luego repita.".to_owned(),
        },
        Cause::AnswerNotFromService { ms: time, floor_ms } => FindingText {
            title: "Otra cosa respondió en lugar del servicio".to_owned(),
            what: match (time, floor_ms) {
                (Some(time), Some(floor)) => format!("{hosts} respondió en {}; solo el camino tarda al menos {}.", ms(*time), ms(*floor)),
                _ => format!("{hosts} responde aquí distinto que desde fuera, igual que un nombre que no existe."),
            },
            means: "Responde un filtro, un producto de seguridad o un proxy cercano, probablemente con una página de «bloqueado».".to_owned(),
            action: "Su departamento de TI exime a estos hosts del filtrado y la inspección (solicitud en el informe).".to_owned(),
        },
        Cause::ProxyLogin => FindingText {
            title: "Un proxy pide iniciar sesión".to_owned(),
            what: format!("{hosts}: el navegador espera, mientras que una conexión en vivo se rechaza al instante. Así se ve la ventana de inicio de sesión de un proxy."),
            means: "El proxy de su red quiere su usuario y contraseña para estas direcciones, y no los ha recibido.".to_owned(),
            action: "Si una ventana pide usuario y contraseña, complétela y repita la prueba. Si no, su departamento de informática deja pasar estos hosts sin inicio de sesión (solicitud en el informe).".to_owned(),
        },
        Cause::NotResolved { ms: time } => FindingText {
            title: "Aquí no se conoce el nombre".to_owned(),
            what: match time {
                Some(time) => format!("{hosts}: cada intento falló tras {}, lo que tarda una consulta de nombre.", ms(*time)),
                None => format!("{hosts}: el navegador desistió mientras consultaba el nombre."),
            },
            means: format!("Los servidores de nombres de esta red no conocen el nombre, o no responden por él.{}", outside(words)),
            action: "Su departamento de informática revisa cómo tratan estos nombres sus servidores de nombres y filtros (solicitud en el informe).".to_owned(),
        },
        Cause::PrivateAddress { everywhere } => FindingText {
            title: "El nombre lleva a una dirección privada".to_owned(),
            what: if *everywhere {
                format!("{hosts}: nuestro relé encuentra una dirección privada detrás del nombre.")
            } else {
                format!("{hosts}: el navegador retiene las peticiones como hace con las direcciones internas de una red, mientras que las conexiones en vivo se abren.")
            },
            means: "Puede que su empresa lleve el servicio por su propia red. Los navegadores piden permiso para ir allí; el cliente puede funcionar de todos modos.".to_owned(),
            action: "Si el navegador pregunta si esta página puede acceder a dispositivos de su red, acepte y repita la prueba. Su departamento de informática sabe si esa dirección es la prevista.".to_owned(),
        },
        Cause::Plain443Blocked => FindingText {
            title: "Por el puerto 443 solo pasa tráfico web cifrado".to_owned(),
            what: "Hacia nuestro relé, TLS pasa por el puerto 443; bytes de otro tipo no pasan.".to_owned(),
            means: if words.hosts.is_empty() {
                "Un cortafuegos mira lo que se dice en el puerto 443 y solo deja pasar TLS. Un cliente que diga otra cosa fallará.".to_owned()
            } else {
                format!("Un cortafuegos mira lo que se dice en el puerto 443 y solo deja pasar TLS. Visto desde fuera, {hosts} no habla TLS: los avisos de llamada no llegarán.")
            },
            action: "Su departamento de informática permite cualquier protocolo TCP hacia estos hosts en el puerto 443 (solicitud en el informe).".to_owned(),
        },
        Cause::HoldCut { seconds, is_round } => FindingText {
            title: "Se cortan las conexiones en silencio".to_owned(),
            what: match seconds {
                Some(seconds) => format!("Una conexión a nuestro relé en la que no se decía nada se cortó tras {} s.", decimal_comma(*seconds)),
                None => "Una conexión a nuestro relé en la que no se decía nada murió sin señal.".to_owned(),
            },
            means: if *is_round {
                "Un cortafuegos, proxy o enrutador termina las conexiones en silencio pasado ese tiempo: un número redondo, o sea un temporizador. Las llamadas se anuncian por esas conexiones y se perderán.".to_owned()
            } else {
                "Algo en el camino termina las conexiones que están un rato en silencio. Las llamadas se anuncian por esas conexiones y se perderán.".to_owned()
            },
            action: format!("Su departamento de informática sube el tiempo de inactividad para los hosts de {provider} a una hora o más."),
        },
        Cause::Port80Closed { refused_ms } => FindingText {
            title: "El puerto 80 está cerrado".to_owned(),
            what: match refused_ms {
                Some(time) => format!("Nuestro relé escucha en el puerto 80; desde aquí se rechazó tras {}.", ms(*time)),
                None => "Nuestro relé escucha en el puerto 80; desde aquí no hubo respuesta.".to_owned(),
            },
            means: "El cliente también usa el puerto 80. Se probó hacia nuestro relé, no hacia el servicio.".to_owned(),
            action: format!("Su departamento de informática permite el puerto 80 de salida hacia los hosts de {provider}."),
        },
        Cause::Port5222Closed { refused_ms } => FindingText {
            title: "El puerto 5222 (presencia) está cerrado".to_owned(),
            what: match refused_ms {
                Some(time) => format!("Nuestro relé escucha en el puerto 5222; desde aquí se rechazó tras {}.", ms(*time)),
                None => "Nuestro relé escucha en el puerto 5222; desde aquí no hubo respuesta.".to_owned(),
            },
            means: "El cliente usa el puerto 5222 para la presencia. Se probó hacia nuestro relé, no hacia el servicio.".to_owned(),
            action: format!("Su departamento de informática permite el puerto 5222 de salida hacia los hosts de {provider}."),
        },
        Cause::ClockWrong { ahead_s, witnesses } => FindingText {
            title: if *witnesses > 1 { "El reloj de este equipo está mal".to_owned() } else { "Dos relojes difieren".to_owned() },
            what: format!("El reloj de este equipo {} {} respecto {}.", if *ahead_s > 0.0 { "adelanta" } else { "atrasa" }, seconds_in_words(*ahead_s), if *witnesses > 1 { "a los del relé y del servidor de la página" } else { "al del otro servidor" }),
            means: "Con un reloj equivocado se rechaza el inicio de sesión y los certificados parecen caducados.".to_owned(),
            action: "Ponga en hora este equipo (fecha, hora y zona horaria) y repita la prueba.".to_owned(),
        },
        Cause::ProxyInPath { way } => FindingText {
            title: "Hay un proxy en el camino".to_owned(),
            what: match way {
                Way::Proxy => "El navegador pide a un proxy que se conecte en su lugar.".to_owned(),
                Way::EndsNearby | Way::Direct | Way::Unknown => "Algo cercano toma las conexiones en lugar del otro extremo.".to_owned(),
            },
            means: "No es un fallo en sí. Lo que aquí se rechaza puede rechazarlo el proxy, y el cliente puede ir por otro camino.".to_owned(),
            action: "Soporte compara los ajustes de proxy de este navegador con los del cliente.".to_owned(),
        },
        Cause::SplitEgress => FindingText {
            title: "Dos salidas".to_owned(),
            what: "HTTPS y las conexiones en vivo llegan a nuestro relé desde dos direcciones distintas.".to_owned(),
            means: "Su red las envía por dos líneas o proxies. Un servicio que espera una sola dirección puede terminar la sesión.".to_owned(),
            action: "Soporte lo comenta con su departamento de informática si las sesiones terminan sin razón visible.".to_owned(),
        },
        Cause::Ipv6Broken { lost_ms } => FindingText {
            title: "IPv6 no lleva a ninguna parte".to_owned(),
            what: format!("Conectarse tardó {} más que una ida y vuelta, como ocurre cuando se prueba primero IPv6 y nada responde.", ms(*lost_ms)),
            means: "Esta red ofrece IPv6 y no lo transporta. Cada primera conexión pierde un momento; IPv4 funciona.".to_owned(),
            action: "Su departamento de informática repara IPv6 o deja de ofrecerlo.".to_owned(),
        },
        Cause::RefusedNearby { ms: time } => FindingText {
            title: "Rechazado muy cerca".to_owned(),
            what: format!("{hosts}: rechazado tras {}, antes de lo que permite el camino hasta el servicio.", ms(*time)),
            means: format!("Un cortafuegos, un proxy, un programa de seguridad o un filtro de nombres cercano dice que no.{}", outside(words)),
            action: it_allows,
        },
        Cause::RefusedFar { ms: time } => FindingText {
            title: "Rechazado en el otro extremo".to_owned(),
            what: format!("{hosts}: rechazado tras {}, una ida y vuelta hasta el servicio.", ms(*time)),
            means: format!("El servicio, o un cortafuegos justo delante, no acepta conexiones de su dirección.{}", outside(words)),
            action: "Soporte pregunta al proveedor si bloquea la dirección de su empresa; su departamento de TI revisa su cortafuegos (solicitud en el informe).".to_owned(),
        },
        Cause::Dropped { seconds, gave_up } => FindingText {
            title: "Sin respuesta".to_owned(),
            what: match gave_up {
                Some(GaveUp::Handshake) => format!("Ninguna respuesta de {hosts} en {seconds} s. A solas, el navegador desistió como lo hace cuando la conexión existe y la negociación segura queda sin respuesta."),
                Some(GaveUp::Later) => format!("Ninguna respuesta de {hosts} en {seconds} s, ni tras medio minuto: ni siquiera se tomó la conexión."),
                Some(GaveUp::Lookup) | None => format!("Ninguna respuesta de {hosts} en {seconds} s."),
            },
            means: match words.outside_ms {
                Some(time) => format!("Un cortafuegos lo descarta por el camino. Desde fuera, nuestro relé llegó en {}.", ms(time)),
                None => "Un cortafuegos lo descarta, o el servicio calla. No se pudo preguntar a nadie de fuera.".to_owned(),
            },
            action: it_allows,
        },
        Cause::TlsRejected { ms: time, said_by_browser } => FindingText {
            title: "Sin conexión segura".to_owned(),
            what: if *said_by_browser {
                format!("{hosts}: el navegador indica que falló la negociación segura, tras {}.", ms(*time))
            } else {
                format!("{hosts}: falló tras {}, lo que tarda una negociación segura rechazada.", ms(*time))
            },
            means: format!("Algo muestra un certificado en el que este navegador no confía (un cortafuegos que inspecciona, o el reloj de este equipo mal ajustado), o interrumpe la negociación.{}", outside(words)),
            action: "Su departamento de TI exime a estos hosts de la inspección (solicitud en el informe). Abra la dirección en una pestaña nueva: el código de la página de error dice qué es.".to_owned(),
        },
        Cause::CutInHandshake { ms: time } => FindingText {
            title: "Cortado al conectar".to_owned(),
            what: format!("{hosts} aceptó la conexión y se cortó tras {}.", ms(*time)),
            means: format!("Un cortafuegos que mira dentro de las conexiones la corta al ver el nombre.{}", outside(words)),
            action: it_allows,
        },
        Cause::ClosedAfterTls { ms: time } => FindingText {
            title: "Cerrado sin respuesta".to_owned(),
            what: format!("{hosts}: conexión segura establecida y cerrada tras {} sin respuesta.", ms(*time)),
            means: format!("Un proxy o un cortafuegos que inspecciona termina la conexión, o lo hace el servicio.{}", outside(words)),
            action: it_allows,
        },
        Cause::NotConnected { ms: time } => FindingText {
            title: "Sin conexión".to_owned(),
            what: format!("{hosts}: falló tras {}.", ms(*time)),
            means: format!("Su red no conoce el nombre, la conexión se rechaza o falla la negociación segura: el tiempo no permite distinguirlo.{}", outside(words)),
            action: "Abra la dirección en una pestaña nueva y envíe a soporte el código de la página de error. Su departamento de TI comprueba que esté permitida (solicitud en el informe).".to_owned(),
        },
        Cause::ServiceDown { outside: failure } => FindingText {
            title: "El servicio no responde".to_owned(),
            what: match failure {
                OutsideFailure::Refused => format!("{hosts} falla desde aquí y también rechaza conexiones desde fuera."),
                OutsideFailure::NoAnswer => format!("{hosts} falla desde aquí y tampoco responde desde fuera."),
                OutsideFailure::NoRoute => format!("{hosts} falla desde aquí y tampoco hay camino desde fuera."),
                OutsideFailure::NotResolved => format!("{hosts} falla desde aquí y su nombre tampoco se conoce fuera."),
                OutsideFailure::NoTls => format!("{hosts} falla desde aquí y tampoco establece conexión segura desde fuera."),
                OutsideFailure::NoHttp => format!("{hosts} falla desde aquí y tampoco da respuesta desde fuera."),
                OutsideFailure::Certificate(fault) => format!("{hosts} falla desde aquí; también desde fuera {}.", certificate(*fault)),
            },
            means: format!("El fallo es de {provider}, no de su red."),
            action: "Soporte avisa al proveedor. No hay nada que hacer por su parte.".to_owned(),
        },
        Cause::SocketBlocked => FindingText {
            title: "Las conexiones en vivo están bloqueadas".to_owned(),
            what: "HTTPS a nuestro relé funciona; un WebSocket al mismo sitio falló dos veces.".to_owned(),
            means: "Un proxy o un cortafuegos que inspecciona elimina WebSocket. Las conexiones de larga duración, por las que se anuncian las llamadas, sufrirán por el mismo aparato.".to_owned(),
            action: "Su departamento de TI permite WebSocket y conexiones de larga duración en el puerto 443.".to_owned(),
        },
        Cause::EventsLost { expected, arrived, late_ms_max } => FindingText {
            title: "Se pierden eventos del servidor".to_owned(),
            what: match late_ms_max {
                Some(late) => format!("Llegaron {arrived} de {expected} eventos de prueba, el último con {} de retraso.", ms(*late)),
                None => "La conexión se rompió con eventos de prueba en camino.".to_owned(),
            },
            means: "Las llamadas y los cambios de cola le llegarán tarde o no le llegarán.".to_owned(),
            action: "Soporte examina la calidad de la red con su departamento de TI.".to_owned(),
        },
        Cause::Unsteady { answered, failed } => FindingText {
            title: "Inestable".to_owned(),
            what: format!("{hosts}: intentos con respuesta {answered}, intentos fallidos {failed}."),
            means: "El camino pierde conexiones: Wi-Fi débil, línea o aparato sobrecargado.".to_owned(),
            action: "Pruebe con cable en lugar de Wi-Fi y repita; envíe los dos informes a soporte.".to_owned(),
        },
        Cause::Slow { ms: time, limit_ms } => FindingText {
            title: "Lento".to_owned(),
            what: format!("{hosts} suele responder en {}; más de {} se nota.", ms(*time), ms(*limit_ms)),
            means: "El inicio de sesión y los cambios de estado irán con retraso.".to_owned(),
            action: "Pruebe con cable en lugar de Wi-Fi y repita; envíe los dos informes a soporte.".to_owned(),
        },
        Cause::ExtensionInterferes { replaced } => FindingText {
            title: "Una extensión interfiere con esta página".to_owned(),
            what: format!("En el navegador, algo puso su propia función en lugar de la del navegador: {}.", replaced.join(", ")),
            means: "Una extensión de privacidad, seguridad o bloqueo, o la protección del navegador contra el rastreo, está entre esta página y la red. Lo que midió la página puede venir de ahí y no de su red.".to_owned(),
            action: "Abra este enlace en una ventana privada sin extensiones, o en otro navegador, y compare.".to_owned(),
        },
        Cause::Inspected { how } => FindingText {
            title: "Las conexiones cifradas se abren por el camino".to_owned(),
            what: match how {
                Inspection::NameThatCannotExist => "Una dirección que no puede existir respondió por una conexión segura de confianza.".to_owned(),
                Inspection::Handshake => "Nuestro relé vio una negociación segura que este navegador no hace.".to_owned(),
                Inspection::Headers(headers) => format!("Dentro de la conexión cifrada, nuestro relé encontró cabeceras que los navegadores no envían: {}.", headers.join(", ")),
            },
            means: "Un proxy o producto de seguridad inspecciona el tráfico cifrado, así que una respuesta aquí no prueba que venga del servicio.".to_owned(),
            action: format!("Su departamento de TI exime de la inspección a los hosts de {provider}."),
        },
        Cause::RelayMisconfigured { origin } => FindingText {
            title: "El relé no conoce esta página".to_owned(),
            what: format!("El relé responde, pero no atiende a páginas de {origin}."),
            means: "No se le pudo preguntar cómo se ve desde fuera. No es un fallo de su red.".to_owned(),
            action: format!("El operador de esta página añade {origin} a los orígenes del relé."),
        },
        Cause::RelayBusy => FindingText {
            title: "El relé está ocupado".to_owned(),
            what: "El relé responde, pero ahora no tiene sitio para otra prueba.".to_owned(),
            means: "No se le pudo preguntar cómo se ve desde fuera. No es un fallo de su red.".to_owned(),
            action: "Repita dentro de un minuto.".to_owned(),
        },
        Cause::RelayUnreachable { relay, wrong_answer } => FindingText {
            title: "No se pudo llegar al relé".to_owned(),
            what: if *wrong_answer {
                format!("Algo que no es el relé respondió en {relay}.")
            } else {
                format!("{relay} no respondió.")
            },
            means: "Sin él nadie puede decir si lo que falla aquí responde desde fuera. Su red bloquea el relé, o el relé está apagado.".to_owned(),
            action: "Soporte comprueba que el relé funcione. Su departamento de TI puede permitirlo.".to_owned(),
        },
        Cause::RelayNotOutside { why } => FindingText {
            title: "No hay vista desde fuera".to_owned(),
            what: match why {
                WhyNot::RelayLostItsWay => "El relé responde, pero a él no le responde ninguna de sus direcciones de control.".to_owned(),
                WhyNot::RelayInside => "El relé funciona en este equipo o dentro de esta red.".to_owned(),
                WhyNot::NoRelay | WhyNot::RelayUnreachable | WhyNot::RelayRefused | WhyNot::NoWord => "El relé no dijo cómo se ve desde donde está.".to_owned(),
            },
            means: "Lo que falla aquí no se puede comparar con cómo se ve desde fuera, así que no se da ni por bloqueado ni por caído.".to_owned(),
            action: "El operador de esta página pone en Internet un relé que llegue al servicio.".to_owned(),
        },
        Cause::NoRelay => FindingText {
            title: "No hay relé configurado".to_owned(),
            what: "Esta página no conoce ningún relé.".to_owned(),
            means: "Lo que falla aquí no se puede comparar con cómo se ve desde fuera, así que no se da ni por bloqueado ni por caído.".to_owned(),
            action: "El operador de esta página indica un relé en config.json.".to_owned(),
        },
    }
}

pub(super) fn limit(limit: Limit<'_>) -> String {
    match limit {
        Limit::Browser(browser) => format!("Hecha con {browser} y los ajustes de proxy de ese navegador; el cliente puede usar otros."),
        Limit::SomeBrowser => "Hecha con un navegador y sus ajustes de proxy; el cliente puede usar otros.".to_owned(),
        Limit::FirefoxProxy => "Firefox tiene sus propios ajustes de proxy: para comparar, abra la página en Edge o Chrome.".to_owned(),
        Limit::SocketIsNotTcp => "Que un WebSocket pase por el puerto 443 no prueba que otro protocolo pase por él.".to_owned(),
        Limit::TcpFromBrowser => "Un navegador no puede hablar el protocolo del cliente con los puntos TCP; ve si se puede llegar a ellos.".to_owned(),
        Limit::OtherPorts => "Los puertos 80 y 5222 (presencia) se probaron solo hacia el relé, o no se probaron; eso prueba el puerto, no el servicio.".to_owned(),
        Limit::StillOut => "Una conexión en silencio, o un intento sin respuesta, seguía en observación al escribir este informe; la página continúa y puede que ya sepa más.".to_owned(),
        Limit::Ping => "El ping no prueba nada y no se usó.".to_owned(),
    }
}

pub(super) fn link_problem(problem: &LinkProblem) -> String {
    match problem {
        LinkProblem::Ticket(value) => {
            format!("El número de tique del enlace, «{value}», no es válido y se omitió.")
        }
        LinkProblem::Lang(value) => {
            format!("El enlace pide el idioma «{value}», que esta página no tiene.")
        }
        LinkProblem::Region(value) => {
            format!("El enlace nombra la región «{value}», que no existe; se omitió.")
        }
        LinkProblem::Autostart(value) => {
            format!("«autostart» vale «{value}» en el enlace; solo puede ser 0 o 1.")
        }
        LinkProblem::Encoding(value) => {
            format!("Una parte del enlace no se pudo leer y se omitió: «{value}».")
        }
    }
}

pub(super) fn config_problem(error: &ConfigError) -> String {
    format!(
        "El archivo de ajustes config.json tiene un error y no se usó; rigen los ajustes incorporados. Lugar y error, en inglés: {error}"
    )
}

pub(super) fn route(route: Route, far_end: &str) -> String {
    let is_sure = route.proof == Proof::Confirmed;
    match route.reach {
        Reach::Waiting => String::new(),
        Reach::Through if is_sure => format!("La conexión llega a su destino: {far_end}."),
        Reach::Through => format!("Todo indica que la conexión llega a su destino: {far_end} (deducido)."),
        Reach::BreaksAt(Stop::Browser) => "La conexión se corta en este equipo.".to_owned(),
        Reach::BreaksAt(Stop::Network) if is_sure => "La conexión se corta en su red, en un proxy o en este equipo.".to_owned(),
        Reach::BreaksAt(Stop::Network) => "Todo indica que la conexión se corta en su red, en un proxy o en este equipo (deducido).".to_owned(),
        Reach::BreaksAt(Stop::Internet) => "La conexión se corta en Internet, más allá de su red.".to_owned(),
        Reach::BreaksAt(Stop::FarEnd) if is_sure => format!("La conexión se corta en el otro extremo: {far_end}."),
        Reach::BreaksAt(Stop::FarEnd) => format!("Todo indica que la conexión se corta en el otro extremo: {far_end} (deducido)."),
        Reach::Unclear => "No está claro dónde se corta la conexión.".to_owned(),
    }
}

pub(super) fn spread(count: usize, fastest_ms: f64, slowest_ms: f64) -> String {
    if count == 1 {
        format!("una respuesta, en {}", ms(fastest_ms))
    } else {
        format!(
            "{count} respuestas, en {} a {}",
            ms(fastest_ms),
            ms(slowest_ms)
        )
    }
}

pub(super) fn progress(done: usize, total: usize) -> String {
    format!("{done} de {total} sondas terminadas")
}

pub(super) fn announcement(title: &str) -> String {
    format!("La prueba ha terminado. {title}.")
}

pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoData => "En este texto no hay ningún informe, ni un enlace a uno, ni un código corto.".to_owned(),
        Refusal::NoBlock => "Es un informe, pero su última parte, los datos para soporte, falta o no se puede leer. Pida el texto completo, hasta la última línea.".to_owned(),
        Refusal::Truncated { have, of: Some(of) } => format!("Los datos del informe están cortados: líneas presentes, {have} de {of}. Pida el texto completo, hasta la última línea."),
        Refusal::Truncated { have: 0, of: None } => "El enlace está cortado. Pídalo otra vez, o pida el texto del informe.".to_owned(),
        Refusal::Truncated { of: None, .. } => "Falta el principio de los datos del informe. Pida el texto completo.".to_owned(),
        Refusal::Altered { lines } => match &lines[..] {
            [line] => format!("La línea {line} de los datos del informe se cambió o se perdió por el camino. Pida el informe otra vez, como archivo o enlace."),
            lines => format!("Las líneas {} de los datos del informe se cambiaron o se perdieron por el camino. Pida el informe otra vez, como archivo o enlace.", numbers(lines, "y")),
        },
        Refusal::Damaged => "Los datos del informe se cambiaron por el camino y no coinciden con su suma de control. Pida el informe otra vez, como archivo o enlace.".to_owned(),
        Refusal::Newer => "Este informe es de una versión más reciente de esta página. Recargue esta página o abra la más reciente.".to_owned(),
    }
}

pub(super) fn code_refusal(refusal: CodeRefusal) -> String {
    match refusal {
        CodeRefusal::Length { wanted } => {
            format!("un código de esta página tiene {wanted} caracteres.")
        }
        CodeRefusal::Character { place } => {
            format!("el carácter {place} no existe en ningún código.")
        }
        CodeRefusal::Check => {
            "el carácter de control no coincide: algo se oyó o se escribió mal.".to_owned()
        }
        CodeRefusal::OtherCatalogue => {
            "es de una página con otras regiones, o de una versión más reciente.".to_owned()
        }
    }
}

pub(super) fn remark(remark: &Remark, titles: &[String]) -> String {
    match remark {
        Remark::Alike => {
            "No difieren en ningún resultado, ninguna prueba ni ningún hallazgo.".to_owned()
        }
        Remark::SameVerdict(same) => format!("Todos dicen: {}.", verdict(*same)),
        Remark::RegionsAlike(same, regions) => {
            let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
            format!("En todos, {}: {}.", verdict(*same), names(&regions, "y"))
        }
        Remark::RegionDiffers(region, groups) => {
            let groups: Vec<String> = groups
                .iter()
                .map(|(found, reports)| format!("{} en {}", verdict(*found), numbers(reports, "y")))
                .collect();
            format!("{region} difiere: {}.", groups.join("; "))
        }
        Remark::FindingsShared(_) => format!("Hallado en todos: {}.", titles.join("; ")),
        Remark::NoFindingShared => "No tienen ningún hallazgo en común.".to_owned(),
        Remark::FindingOnlyIn(_, _, reports) => {
            format!("Solo en {}: {}.", numbers(reports, "y"), titles.join("; "))
        }
        Remark::SameAddress(true) => {
            "Todos vienen de la misma dirección pública, así que seguramente de la misma red."
                .to_owned()
        }
        Remark::SameAddress(false) => "Vienen de direcciones públicas distintas.".to_owned(),
        Remark::SameBrowser(browser) => format!("Todos se hicieron con {browser}."),
        Remark::OtherBrowsers => "Se hicieron con navegadores distintos.".to_owned(),
    }
}

pub(super) fn reports_read(count: usize) -> String {
    match count {
        0 => "No se leyó nada.".to_owned(),
        1 => "Se leyó un informe.".to_owned(),
        count => format!("Se leyeron {count} informes."),
    }
}
