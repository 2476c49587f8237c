//! Spanish.

use reachcheck_wire::{Ending, Quiet};

use super::{FindingText, WatchUi, duration};
use crate::watch::{Cause, Closer, Cut, Lane, What};

pub(super) const fn ui(key: WatchUi) -> &'static str {
    match key {
        WatchUi::Title => "Vigilar la conexión",
        WatchUi::Lead => {
            "¿Las llamadas dejan de llegar al cabo de un rato? Deje esta pestaña abierta mientras trabaja. Averigua si algo en el camino corta una conexión silenciosa, y después de cuánto tiempo. No envía casi nada."
        }
        WatchUi::Start => "Empezar a vigilar",
        WatchUi::Stop => "Dejar de vigilar",
        WatchUi::Running => "Vigilando desde hace",
        WatchUi::NoRelay => {
            "Para vigilar hace falta un relé que responda. Haga antes la comprobación."
        }
        WatchUi::NothingYet => "Hasta ahora no se ha cortado nada.",
        WatchUi::LogTitle => "Qué ha pasado",
        WatchUi::When => "Cuándo",
        WatchUi::Happened => "Qué",
        WatchUi::Patterns => "Qué silencios pasan",
        WatchUi::Pattern => "Silencio",
        WatchUi::Longest => "El más largo que pasó",
        WatchUi::Shortest => "El más corto que se cortó",
        WatchUi::None => "-",
        WatchUi::Copy => "Copiar el informe de la vigilancia",
        WatchUi::Copied => "Copiado.",
        WatchUi::Csv => "Descargar como CSV",
        WatchUi::Forget => "Olvidar este registro",
        WatchUi::ReportTitle => "VIGILANCIA",
        WatchUi::Closer => "Acercar",
        WatchUi::Farther => "Alejar",
        WatchUi::Earlier => "Antes",
        WatchUi::Later => "Después",
        WatchUi::Whole => "Todo",
        WatchUi::Offer => {
            "¿Las llamadas dejan de llegar al cabo de un rato? Vigile la conexión mientras trabaja."
        }
        WatchUi::Loopback => {
            "El relé está en este mismo equipo: lo que pasa aquí no dice nada de la red."
        }
        WatchUi::Away => {
            "No responde ningún relé que tenga sitio para esta página. Se vuelve a intentar solo."
        }
        WatchUi::Reconnected => "Conexiones rehechas tras un corte",
        WatchUi::NetworkRow => "Red",
        WatchUi::Kept => {
            "El registro queda en este navegador hasta que usted lo olvide. Forma parte del próximo informe que copie."
        }
        WatchUi::NotKept => {
            "Este navegador no guarda nada para esta página: el registro se pierde al cerrar la pestaña."
        }
        WatchUi::InReport => "Texto para soporte",
        WatchUi::KeptAlive => {
            "Chrome y Edge mantienen por sí mismos cada conexión, cada 45 segundos. Un cortafuegos que olvide las conexiones silenciosas más tarde solo se ve en Firefox; el programa de llamadas puede sufrirlo igualmente. Vigile también con Firefox antes de decir que la red está bien."
        }
        WatchUi::Timeline => "Cronología de la vigilancia",
    }
}

pub(super) const fn quiet(quiet: Quiet) -> &'static str {
    match quiet {
        Quiet::Both => "Nadie dice nada",
        Quiet::Page => "Este equipo no dice nada",
        Quiet::Relay => "El servidor no dice nada",
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "una vez".to_owned(),
        2 => "dos veces".to_owned(),
        _ => format!("{count} veces"),
    }
}

fn how(cut: Cut) -> String {
    match cut {
        Cut::Code(code) => format!("cerrada con el código {code}"),
        Cut::Broken => "terminada".to_owned(),
        Cut::Silent => "muerta sin aviso".to_owned(),
    }
}

pub(super) fn finding(cause: &Cause, region: &dyn Fn(&str) -> String) -> FindingText {
    match cause {
        Cause::QuietCut {
            quiet,
            known,
            closer,
            timer_s,
        } => {
            let killed = duration(known.killed_ms.unwrap_or_default());
            let at = timer_s.map_or_else(
                || killed.clone(),
                |seconds| duration(f64::from(seconds) * 1000.0),
            );
            let survived = known.survived_ms.map_or_else(String::new, |ms| {
                format!(" Un silencio de {} pasó.", duration(ms))
            });
            let who = match quiet {
                Quiet::Both => "en la que nadie dijo nada",
                Quiet::Page => "en la que este equipo no dijo nada",
                Quiet::Relay => "en la que el servidor no dijo nada",
            };
            FindingText {
                title: format!("Una conexión silenciosa se corta al cabo de unos {at}"),
                what: format!(
                    "Una conexión {who} durante {killed} quedó {}, {}.{survived}",
                    known.how.map_or_else(|| "cortada".to_owned(), how),
                    times(known.times)
                ),
                means: format!(
                    "{}{} Las llamadas se anuncian por una conexión así, y dejan de llegar.",
                    match closer {
                        Closer::Between => "No fue ninguno de los dos extremos: un cortafuegos, proxy o balanceador de carga en el camino olvida las conexiones silenciosas.",
                        Closer::Unknown => "Un cortafuegos, proxy o balanceador de carga en el camino probablemente olvida las conexiones silenciosas.",
                    },
                    timer_s.map_or("", |_| " Es un número redondo: hay un temporizador ajustado a él."),
                ),
                action: "Su departamento de informática aumenta el tiempo de inactividad de estas conexiones (TCP 443 saliente hacia el servicio), o las exime.".to_owned(),
            }
        }
        Cause::AllAtOnce { times: count, restarts } => FindingText {
            title: "Todas las conexiones terminaron en el mismo momento".to_owned(),
            what: format!("Ocurrió {}.", times(*count)),
            means: if restarts == count {
                "El relé se reinició; eso no dice nada de esta red.".to_owned()
            } else {
                "La conexión entera desapareció un momento, o el relé. No es un temporizador para conexiones silenciosas.".to_owned()
            },
            action: if restarts == count {
                "Nada.".to_owned()
            } else {
                "Si vuelve a ocurrir: anote las horas de abajo y déselas a su departamento de informática.".to_owned()
            },
        },
        Cause::Events { lost, late, latest_ms, twice } => FindingText {
            title: "Se perdieron o retrasaron eventos del servidor".to_owned(),
            what: format!("Perdidos: {lost}. Tarde: {late}{}. Repetidos: {twice}.", if *late > 0 { format!(" (como mucho {})", duration(*latest_ms)) } else { String::new() }),
            means: "Las llamadas se anuncian como estos eventos.".to_owned(),
            action: "Su departamento de informática revisa el camino a Internet a esas horas: wifi, línea ocupada, proxy que inspecciona.".to_owned(),
        },
        Cause::Unreachable { times: count, longest_ms } => FindingText {
            title: "No se pudo llegar al relé durante un rato".to_owned(),
            what: format!("Ocurrió {}, durante {} como máximo.", times(*count), duration(*longest_ms)),
            means: "Esta red, el camino al relé o el propio relé desapareció. No es un temporizador para conexiones silenciosas.".to_owned(),
            action: "Compare con las regiones a las mismas horas; si también habían desaparecido, es la conexión a Internet.".to_owned(),
        },
        Cause::RegionOut { region: id, times: count, longest_ms } => FindingText {
            title: format!("{} no respondió durante un rato", region(id)),
            what: format!("Ocurrió {}, durante {} como mucho.", times(*count), duration(*longest_ms)),
            means: "La región, o el camino hacia ella, tuvo una caída. Las demás conexiones siguieron.".to_owned(),
            action: "Dé las horas de abajo a soporte.".to_owned(),
        },
        Cause::Busy { times: count } => FindingText {
            title: "El relé no tenía sitio".to_owned(),
            what: format!("Lo dijo {}.", times(*count)),
            means: "Vigilan demasiados a la vez; eso no dice nada de esta red.".to_owned(),
            action: "Quien administra el relé aumenta sus límites.".to_owned(),
        },
        Cause::NetworkChanged { times: count } => FindingText {
            title: "La red cambió".to_owned(),
            what: format!("Otra dirección, o ninguna durante un rato: {}.", times(*count)),
            means: "Otra wifi, una VPN, o una línea renovada. Las conexiones que terminaron entonces no cuentan para nada más.".to_owned(),
            action: "Si no fue usted: avise a su departamento de informática.".to_owned(),
        },
        Cause::Slept { times: count, longest_ms } => FindingText {
            title: "Este equipo estuvo en reposo".to_owned(),
            what: format!("Estuvo en reposo, o el navegador congeló esta pestaña, {}, durante {} como mucho.", times(*count), duration(*longest_ms)),
            means: "Las conexiones terminan durante el reposo. Esas no cuentan para nada más.".to_owned(),
            action: "Mantenga el equipo despierto y esta pestaña abierta mientras vigila.".to_owned(),
        },
        Cause::Throttled { times: count } => FindingText {
            title: "El navegador ralentizó esta pestaña".to_owned(),
            what: format!("Ocurrió {}.", times(*count)),
            means: "Una pestaña en segundo plano puede trabajar solo de vez en cuando. Lo que llegó tarde mientras tanto no dice nada de la red.".to_owned(),
            action: "Nada; una ventana propia se vigila mejor.".to_owned(),
        },
    }
}

pub(super) const fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Growing => "silencio creciente",
        Lane::Narrowing => "silencio acotado",
        Lane::Events => "eventos",
        Lane::Words => "palabras",
    }
}

const fn ending(how: Ending) -> &'static str {
    match how {
        Ending::Open => "todavía abierta",
        Ending::Closed => "cerrada en orden",
        Ending::Finished => "terminada",
        Ending::Reset => "reiniciada",
        Ending::TimedOut => "vencida",
        Ending::ByRelay => "terminada por él mismo",
        Ending::NotKnown => "desconocida",
    }
}

pub(super) fn entry(what: &What, region: &dyn Fn(&str) -> String) -> String {
    match what {
        What::Began => "Empezó la vigilancia.".to_owned(),
        What::Stopped => "Se detuvo la vigilancia.".to_owned(),
        What::Opened {
            lane: of,
            ms,
            again,
        } => format!(
            "{}: conexión{} en {}.",
            lane(*of),
            if *again { " de nuevo" } else { "" },
            duration(*ms)
        ),
        What::NotOpened { lane: of } => format!("{}: no se pudo conectar.", lane(*of)),
        What::Busy { lane: of } => format!("{}: el relé no tenía sitio.", lane(*of)),
        What::Survived { lane: of, quiet_ms } => {
            format!(
                "{}: pasó un silencio de {}.",
                lane(*of),
                duration(*quiet_ms)
            )
        }
        What::Cut {
            lane: of,
            quiet_ms,
            how: cut,
            ..
        } => format!(
            "{}: {} tras {} de silencio.",
            lane(*of),
            how(*cut),
            duration(*quiet_ms)
        ),
        What::RelaySaw { lane: of, how } => {
            format!("{}: el relé la vio {}.", lane(*of), ending(*how))
        }
        What::Late { ms } => format!("Un evento llegó con {} de retraso.", duration(*ms)),
        What::Lost { count } => format!("Eventos perdidos: {count}."),
        What::Twice { count } => format!("Eventos repetidos: {count}."),
        What::Slept { ms } => format!(
            "El equipo estuvo en reposo, o la pestaña congelada, durante {}.",
            duration(*ms)
        ),
        What::Throttled { ms } => {
            format!("El navegador frenó esta pestaña durante {}.", duration(*ms))
        }
        What::Offline => "La red ha desaparecido.".to_owned(),
        What::Online => "La red ha vuelto.".to_owned(),
        What::Address { address } => format!("Otra dirección pública: {address}."),
        What::RegionOut { region: id } => format!("{} no responde.", region(id)),
        What::RegionBack { region: id, ms } => {
            format!("{} responde de nuevo, tras {}.", region(id), duration(*ms))
        }
    }
}
