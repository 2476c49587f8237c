//! French, as in Canada.

use reachcheck_wire::{Ending, Quiet};

use super::{FindingText, WatchUi, duration};
use crate::watch::{Cause, Closer, Cut, Lane, What};

pub(super) const fn ui(key: WatchUi) -> &'static str {
    match key {
        WatchUi::Title => "Surveiller la connexion",
        WatchUi::Lead => {
            "Les appels cessent d’arriver au bout d’un moment? Laissez cet onglet ouvert pendant que vous travaillez. Il cherche si quelque chose sur le chemin coupe une connexion silencieuse, et après combien de temps. Il n’envoie presque rien."
        }
        WatchUi::Start => "Commencer la surveillance",
        WatchUi::Stop => "Arrêter la surveillance",
        WatchUi::Running => "En surveillance depuis",
        WatchUi::NoRelay => {
            "La surveillance demande un relais qui répond. Faites d’abord la vérification."
        }
        WatchUi::NothingYet => "Rien n’a été coupé jusqu’ici.",
        WatchUi::LogTitle => "Ce qui s’est passé",
        WatchUi::When => "Quand",
        WatchUi::Happened => "Quoi",
        WatchUi::Patterns => "Quels silences passent",
        WatchUi::Pattern => "Silence",
        WatchUi::Longest => "Le plus long qui a passé",
        WatchUi::Shortest => "Le plus court qui a été coupé",
        WatchUi::None => "-",
        WatchUi::Copy => "Copier le rapport de surveillance",
        WatchUi::Copied => "Copié.",
        WatchUi::Csv => "Télécharger en CSV",
        WatchUi::Forget => "Effacer ce journal",
        WatchUi::ReportTitle => "SURVEILLANCE",
        WatchUi::Closer => "Rapprocher",
        WatchUi::Farther => "Éloigner",
        WatchUi::Earlier => "Plus tôt",
        WatchUi::Later => "Plus tard",
        WatchUi::Whole => "Tout",
        WatchUi::Offer => {
            "Les appels cessent d’arriver au bout d’un moment? Surveillez la connexion pendant que vous travaillez."
        }
        WatchUi::Loopback => {
            "Le relais est sur cet ordinateur même : ce qui passe ici ne dit rien du réseau."
        }
        WatchUi::Away => {
            "Aucun relais ne répond qui ait de la place pour cette page. Un nouvel essai se fait de lui-même."
        }
        WatchUi::Reconnected => "Connexions refaites après une coupure",
        WatchUi::NetworkRow => "Réseau",
        WatchUi::Kept => {
            "Le journal reste dans ce navigateur jusqu’à ce que vous l’effaciez. Il fait partie du prochain rapport que vous copiez."
        }
        WatchUi::NotKept => {
            "Ce navigateur ne garde rien pour cette page : le journal disparaît avec l’onglet."
        }
        WatchUi::InReport => "Texte pour le soutien technique",
        WatchUi::KeptAlive => {
            "Chrome et Edge maintiennent d’eux-mêmes chaque connexion, toutes les 45 secondes. Un pare-feu qui oublie plus tard les connexions silencieuses ne se voit que dans Firefox; le programme d’appels peut le subir quand même. Surveillez aussi dans Firefox avant de dire que le réseau va bien."
        }
        WatchUi::Timeline => "Chronologie de la surveillance",
    }
}

pub(super) const fn quiet(quiet: Quiet) -> &'static str {
    match quiet {
        Quiet::Both => "Personne ne dit rien",
        Quiet::Page => "Cet ordinateur ne dit rien",
        Quiet::Relay => "Le serveur ne dit rien",
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "une fois".to_owned(),
        2 => "deux fois".to_owned(),
        _ => format!("{count} fois"),
    }
}

fn how(cut: Cut) -> String {
    match cut {
        Cut::Code(code) => format!("fermée avec le code {code}"),
        Cut::Broken => "terminée".to_owned(),
        Cut::Silent => "morte sans un mot".to_owned(),
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
                format!(" Un silence de {} a passé.", duration(ms))
            });
            let who = match quiet {
                Quiet::Both => "sur laquelle personne n’a rien dit",
                Quiet::Page => "sur laquelle cet ordinateur n’a rien dit",
                Quiet::Relay => "sur laquelle le serveur n’a rien dit",
            };
            FindingText {
                title: format!("Une connexion silencieuse est coupée après environ {at}"),
                what: format!(
                    "Une connexion {who} pendant {killed} a été {}, {}.{survived}",
                    known.how.map_or_else(|| "coupée".to_owned(), how),
                    times(known.times)
                ),
                means: format!(
                    "{}{} Les appels sont annoncés sur une telle connexion, et cessent d’arriver.",
                    match closer {
                        Closer::Between => "Aucun des deux bouts ne l’a fait : un pare-feu, un proxy ou un répartiteur de charge sur le chemin oublie les connexions silencieuses.",
                        Closer::Unknown => "Un pare-feu, un proxy ou un répartiteur de charge sur le chemin oublie sans doute les connexions silencieuses.",
                    },
                    timer_s.map_or("", |_| " C’est un nombre rond : une minuterie est réglée à cette valeur."),
                ),
                action: "Votre service informatique augmente le délai d’inactivité de ces connexions (TCP 443 sortant vers le service), ou les en exempte.".to_owned(),
            }
        }
        Cause::AllAtOnce { times: count, restarts } => FindingText {
            title: "Toutes les connexions se sont terminées au même moment".to_owned(),
            what: format!("C’est arrivé {}.", times(*count)),
            means: if restarts == count {
                "Le relais a été redémarré; cela ne dit rien de ce réseau.".to_owned()
            } else {
                "La connexion entière a disparu un moment, ou bien le relais. Ce n’est pas une minuterie pour connexions silencieuses.".to_owned()
            },
            action: if restarts == count {
                "Rien.".to_owned()
            } else {
                "Si cela revient : notez les heures ci-dessous et donnez-les à votre service informatique.".to_owned()
            },
        },
        Cause::Events { lost, late, latest_ms, twice } => FindingText {
            title: "Des événements du serveur se sont perdus ou sont arrivés en retard".to_owned(),
            what: format!("Perdus : {lost}. En retard : {late}{}. En double : {twice}.", if *late > 0 { format!(" (au plus {})", duration(*latest_ms)) } else { String::new() }),
            means: "Les appels sont annoncés comme ces événements.".to_owned(),
            action: "Votre service informatique examine le chemin vers Internet à ces heures : Wi-Fi, ligne chargée, proxy qui inspecte.".to_owned(),
        },
        Cause::Unreachable { times: count, longest_ms } => FindingText {
            title: "Le relais est resté injoignable un moment".to_owned(),
            what: format!("C’est arrivé {}, pendant {} au plus.", times(*count), duration(*longest_ms)),
            means: "Ce réseau, le chemin vers le relais ou le relais lui-même avait disparu. Ce n’est pas une minuterie pour connexions silencieuses.".to_owned(),
            action: "Comparez avec les régions aux mêmes heures; si elles avaient disparu aussi, c’est la connexion à Internet.".to_owned(),
        },
        Cause::RegionOut { region: id, times: count, longest_ms } => FindingText {
            title: format!("{} n’a pas répondu pendant un moment", region(id)),
            what: format!("C’est arrivé {}, pendant {} au plus.", times(*count), duration(*longest_ms)),
            means: "La région, ou le chemin vers elle, était en panne. Les autres connexions ont continué.".to_owned(),
            action: "Donnez les heures ci-dessous au soutien technique.".to_owned(),
        },
        Cause::Busy { times: count } => FindingText {
            title: "Le relais n’avait plus de place".to_owned(),
            what: format!("Il l’a dit {}.", times(*count)),
            means: "Trop de postes surveillent en même temps; cela ne dit rien de ce réseau.".to_owned(),
            action: "La personne qui exploite le relais augmente ses limites.".to_owned(),
        },
        Cause::NetworkChanged { times: count } => FindingText {
            title: "Le réseau a changé".to_owned(),
            what: format!("Une autre adresse, ou aucune pendant un moment : {}.", times(*count)),
            means: "Un autre Wi-Fi, un VPN, ou une ligne renouvelée. Les connexions qui se sont alors terminées ne comptent pas autrement.".to_owned(),
            action: "Si ce n’était pas vous : dites-le à votre service informatique.".to_owned(),
        },
        Cause::Slept { times: count, longest_ms } => FindingText {
            title: "Cet ordinateur était en veille".to_owned(),
            what: format!("Il était en veille, ou le navigateur a figé cet onglet, {}, pendant {} au plus.", times(*count), duration(*longest_ms)),
            means: "Les connexions se terminent pendant la veille. Celles-là ne comptent pas autrement.".to_owned(),
            action: "Gardez l’ordinateur éveillé et cet onglet ouvert pendant la surveillance.".to_owned(),
        },
        Cause::Throttled { times: count } => FindingText {
            title: "Le navigateur a ralenti cet onglet".to_owned(),
            what: format!("C’est arrivé {}.", times(*count)),
            means: "Un onglet à l’arrière-plan ne travaille que par moments. Ce qui est arrivé en retard pendant ce temps ne dit rien du réseau.".to_owned(),
            action: "Rien; une fenêtre séparée se surveille mieux.".to_owned(),
        },
    }
}

pub(super) const fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Growing => "silence croissant",
        Lane::Narrowing => "silence resserré",
        Lane::Events => "événements",
        Lane::Words => "mots",
    }
}

const fn ending(how: Ending) -> &'static str {
    match how {
        Ending::Open => "encore ouverte",
        Ending::Closed => "fermée dans les règles",
        Ending::Finished => "terminée",
        Ending::Reset => "réinitialisée",
        Ending::TimedOut => "expirée",
        Ending::ByRelay => "terminée par lui-même",
        Ending::NotKnown => "inconnue",
    }
}

pub(super) fn entry(what: &What, region: &dyn Fn(&str) -> String) -> String {
    match what {
        What::Began => "La surveillance a commencé.".to_owned(),
        What::Stopped => "La surveillance a été arrêtée.".to_owned(),
        What::Opened {
            lane: of,
            ms,
            again,
        } => format!(
            "{} : connexion{} en {}.",
            lane(*of),
            if *again { " de nouveau" } else { "" },
            duration(*ms)
        ),
        What::NotOpened { lane: of } => format!("{} : connexion impossible.", lane(*of)),
        What::Busy { lane: of } => format!("{} : le relais n’avait plus de place.", lane(*of)),
        What::Survived { lane: of, quiet_ms } => {
            format!(
                "{} : {} de silence ont passé.",
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
            "{} : {} après {} de silence.",
            lane(*of),
            how(*cut),
            duration(*quiet_ms)
        ),
        What::RelaySaw { lane: of, how } => {
            format!("{} : le relais l’a vue {}.", lane(*of), ending(*how))
        }
        What::Late { ms } => format!("Un événement est arrivé avec {} de retard.", duration(*ms)),
        What::Lost { count } => format!("Événements perdus : {count}."),
        What::Twice { count } => format!("Événements reçus en double : {count}."),
        What::Slept { ms } => format!(
            "L’ordinateur était en veille, ou l’onglet figé, pendant {}.",
            duration(*ms)
        ),
        What::Throttled { ms } => format!(
            "Le navigateur a retenu cet onglet pendant {}.",
            duration(*ms)
        ),
        What::Offline => "Le réseau a disparu.".to_owned(),
        What::Online => "Le réseau est revenu.".to_owned(),
        What::Address { address } => format!("Une autre adresse publique : {address}."),
        What::RegionOut { region: id } => format!("{} ne répond pas.", region(id)),
        What::RegionBack { region: id, ms } => {
            format!("{} répond de nouveau, après {}.", region(id), duration(*ms))
        }
    }
}
