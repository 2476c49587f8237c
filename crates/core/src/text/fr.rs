//! French (Canada).

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
        Ui::Title => "Vérification de la connexion",
        Ui::Start => "Lancer la vérification",
        Ui::StartAgain => "Recommencer",
        Ui::Cancel => "Annuler",
        Ui::CopyReport => "Copier le rapport",
        Ui::DownloadReport => "Télécharger le rapport",
        Ui::Copied => "Copié. Collez-le dans votre billet ou votre message au soutien technique.",
        Ui::CopyFailed => {
            "Le navigateur a refusé de copier. Le rapport est sélectionné ci-dessous : appuyez sur Ctrl+C (⌘C sur un Mac), puis collez-le dans votre billet."
        }
        Ui::Language => "Langue",
        Ui::RegionsTitle => "Régions",
        Ui::NetworkTitle => "Ce réseau",
        Ui::FindingsTitle => "Ce que nous avons constaté",
        Ui::ReportTitle => "Rapport pour le soutien technique",
        Ui::ReportHint => {
            "C’est exactement ce que le bouton Copier place dans le presse-papiers. Rien n’est envoyé tant que vous ne le collez ou ne l’envoyez pas."
        }
        Ui::ShowReport => "Afficher le rapport",
        Ui::Region => "Région",
        Ui::SignOnHttps => "Ouverture de session (HTTPS)",
        Ui::CallEventsTcp => "Événements d’appel (TCP)",
        Ui::Result => "Résultat",
        Ui::Running => "Vérification de la connexion…",
        Ui::RunningHint => "Cela prend quelques secondes. Vous pouvez continuer à travailler.",
        Ui::IdleTitle => "Prêt à vérifier votre connexion",
        Ui::IdleHint => {
            "Appuyez sur Lancer. Cela prend quelques secondes et ne change rien sur cet ordinateur."
        }
        Ui::CancelledTitle => "La vérification a été annulée",
        Ui::CancelledHint => {
            "Il n’y a pas de résultat. Appuyez sur Recommencer quand vous serez prêt."
        }
        Ui::Testing => "en cours…",
        Ui::What => "Constat",
        Ui::Means => "Sens",
        Ui::Do => "À faire",
        Ui::Ticket => "Billet",
        Ui::TestedAddresses => "Quelles adresses sont vérifiées?",
        Ui::PrivacyNote => {
            "La page ne communique qu’avec les adresses ci-dessous et le relais de votre centre d’assistance. Elle ne conserve rien et n’envoie aucun rapport d’elle-même."
        }
        Ui::ContactSupport => "Soutien technique",
        Ui::StopBrowser => "Ce navigateur",
        Ui::StopNetwork => "Votre réseau ou mandataire",
        Ui::StopInternet => "Internet",
        Ui::StopRelay => "Relais",
        Ui::ReportHeading => "rapport de connexion pour",
        Ui::ReportCancelled => "ANNULÉE avant la fin : il n’y a pas de résultat.",
        Ui::ReportResult => "RÉSULTAT",
        Ui::ReportNetwork => "CE RÉSEAU",
        Ui::ReportFindings => "CONSTATS",
        Ui::ReportNoFindings => "Rien à signaler.",
        Ui::ReportForIt => "POUR VOTRE SERVICE INFORMATIQUE",
        Ui::ReportOutboundOnly => {
            "Autoriser la SORTIE seulement, par nom. Rien n’est jamais nécessaire en entrée, et les adresses derrière les noms changent :"
        }
        Ui::ReportConfirm => "Confirmer depuis un ordinateur du même réseau :",
        Ui::ReportExpected => "attendu",
        Ui::ReportPurposeHttps => "ouverture de session",
        Ui::ReportPurposeTcp => "appels, reste ouverte",
        Ui::ReportLimits => "LIMITES DE CETTE VÉRIFICATION",
        Ui::ReportMeasurements => "MESURES (en ms)",
        Ui::ReportMeasurementsKey => {
            "f : fetch, d’abord à froid, puis à chaud; ws : WebSocket; out : vu de l’extérieur (TCP, TLS, HTTP). x : échec, avec son code de fermeture; - : aucune réponse; way : recherche, TCP, TLS et requête vers le relais; clock : la nôtre moins la leur; 80, 5222 : l’hôte lui-même sur ces ports, où l’on ne sait pas si quelque chose écoute (un refus qui prend le temps d’un aller-retour a franchi ce réseau)."
        }
        Ui::ReportPersonal => "RENSEIGNEMENTS PERSONNELS",
        Ui::ReportAddress => "Adresse",
        Ui::ReportBrowser => "Navigateur",
        Ui::ReportRelay => "Relais",
        Ui::ReportNotices => "AVIS",
        Ui::RequestPurpose80 => "session par HTTP",
        Ui::RequestPurpose5222 => "présence (XMPP)",
        Ui::RequestTitle => "DEMANDE POUR LE PARE-FEU",
        Ui::RequestDirection => "Sens",
        Ui::RequestOutbound => "sortie",
        Ui::RequestPort => "Port",
        Ui::RequestHost => "Hôte",
        Ui::RequestPurpose => "Objet",
        Ui::RequestExempt => {
            "Exempter de l’inspection TLS (personne n’ouvre la connexion chiffrée en chemin) :"
        }
        Ui::RequestAnyProtocol => "Y autoriser tout protocole, pas seulement TLS :",
        Ui::RequestNoLogin => "Les laisser passer le serveur mandataire sans authentification :",
        Ui::RequestIdle => {
            "Ne pas couper les connexions silencieuses vers ces hôtes : un délai d’inactivité d’une heure ou plus."
        }
        Ui::RequestWebSocket => {
            "Autoriser WebSocket et les connexions de longue durée sur le port 443."
        }
        Ui::RequestPresence => {
            "La liste du fournisseur ne nomme aucun hôte propre à la présence; d’ici là, voici les hôtes de ses régions."
        }
        Ui::ConfirmPowerShell => "PowerShell, sans serveur mandataire :",
        Ui::ExpectPowerShell => {
            "TcpTestSucceeded : True (là où seul un serveur mandataire peut sortir, l’échec est normal)"
        }
        Ui::ConfirmCurl => "curl, sans serveur mandataire (dans PowerShell : curl.exe) :",
        Ui::ExpectHttp => "une ligne qui commence par « < HTTP/ »; son numéro est sans importance",
        Ui::ExpectConnected => "une ligne avec « Connected to »; la suite est sans importance",
        Ui::ConfirmCurlProxy => "curl, par votre serveur mandataire (mettre son nom et son port) :",
        Ui::ExpectProxy => {
            "une ligne avec 200 après « CONNECT »; 403 ou 407 est un refus du serveur mandataire"
        }
        Ui::ConfirmOpenssl => "openssl, sans serveur mandataire (avec : -proxy PROXY:8080) :",
        Ui::ExpectCertificate => {
            "« CONNECTED », et comme émetteur une autorité publique, non votre entreprise ou votre pare-feu"
        }
        Ui::ExpectNoTls => "« CONNECTED »; l’erreur qui suit est normale, ce port ne parle pas TLS",
        Ui::ExpectPerhapsTls => {
            "« CONNECTED »; une erreur ensuite peut être normale, ces ports ne parlent pas tous TLS"
        }
        Ui::LinesSquid => {
            "SQUID (squid.conf, avant le premier « http_access deny » et le premier « ssl_bump ») :"
        }
        Ui::LinesPac => {
            "FICHIER PAC (en tête de FindProxyForURL, si ces hôtes peuvent être joints sans serveur mandataire) :"
        }
        Ui::LinesWindows => {
            "PARE-FEU WINDOWS (PowerShell en administrateur, là où la sortie est bloquée par défaut; les noms demandent Windows 11 ou Server 2022 et suivants, avec la protection réseau de Microsoft Defender) :"
        }
        Ui::LinesNftables => {
            "NFTABLES (mettre votre table et votre chaîne pour « inet filter » et « forward »; les ensembles se remplissent par nom, ci-dessous) :"
        }
        Ui::LinesDnsmasq => "DNSMASQ 2.87 ou suivant, serveur de noms du réseau, les remplit :",
        Ui::ReportCode => "Code",
        Ui::ReportPage => "Page",
        Ui::ReportLeftOut => "omis sur demande",
        Ui::ReportData => {
            "--- données pour le soutien : coller tout ceci dans « Lire un rapport » ---"
        }
        Ui::ReportDataEnd => "--- fin des données ---",
        Ui::CopyRequest => "Copier la demande",
        Ui::RequestPageTitle => "Pour votre service informatique",
        Ui::RequestHint => {
            "Ce qu’il faut autoriser pour que le service fonctionne, comment le confirmer, et des lignes prêtes pour les pare-feu et serveurs mandataires courants. À remettre aux responsables de votre réseau."
        }
        Ui::ShowRequest => "Afficher la demande",
        Ui::RequestCopied => "Copiée. Collez-la dans un message à votre service informatique.",
        Ui::TextCopyFailed => {
            "Le navigateur a refusé de copier. Le texte est sélectionné : appuyez sur Ctrl+C (⌘C sur un Mac)."
        }
        Ui::LeaveOut => "Renseignements personnels dans le rapport",
        Ui::IncludeAddress => "Mon adresse publique",
        Ui::IncludeBrowser => "Mon navigateur et sa langue",
        Ui::CopyLink => "Copier comme lien",
        Ui::LinkCopied => "Lien copié. Il contient tout le rapport; rien n’est conservé ailleurs.",
        Ui::SendByMail => "Envoyer par courriel",
        Ui::SendDirect => "Envoyer au soutien technique",
        Ui::Sending => "Envoi…",
        Ui::Sent => "Envoyé. Le soutien technique a reçu le rapport.",
        Ui::SendFailed => {
            "Le rapport n’a pas pu être envoyé. Copiez-le et collez-le plutôt dans votre billet."
        }
        Ui::MailPaste => "(Copiez le rapport dans la page et collez-le ici.)",
        Ui::MailWhole => "Le rapport complet :",
        Ui::ForHelpdesk => "Pour le centre d’assistance",
        Ui::ReadReport => "Lire un rapport",
        Ui::BackToCheck => "Vers la vérification de la connexion",
        Ui::ReadHint => {
            "Collez des rapports, des liens ou un code court. Cette page les lit elle-même, même sans réseau, et n’envoie rien."
        }
        Ui::ReadLabel => "Rapport, lien ou code",
        Ui::ReadButton => "Lire",
        Ui::ReadClear => "Effacer",
        Ui::ReadMade => "Établi",
        Ui::ReadTook => "Durée",
        Ui::ReadVersion => "Version",
        Ui::ReadFromCode => {
            "D’après un code court : il contient les verdicts et la constatation principale, rien de plus."
        }
        Ui::ReadPending => "Quand ceci a été établi, des indices tardifs manquaient encore.",
        Ui::NotTested => "non testée",
        Ui::NoFinding => "aucune constatation",
        Ui::CompareTitle => "Côte à côte",
        Ui::CompareWhat => "Ce qui est comparé",
        Ui::CompareDiffers => "diffère",
        Ui::CompareCommon => "En mots",
        Ui::CompareYes => "constatée",
        Ui::CompareNo => "non constatée",
        Ui::BuildTitle => "Créer un lien d’assistance",
        Ui::BuildHint => {
            "Envoyez ce lien à l’agent. Il ouvre la vérification avec le numéro de billet."
        }
        Ui::BuildAnyLanguage => "Celle du navigateur de l’agent",
        Ui::BuildRegions => "Régions à tester",
        Ui::BuildLink => "Lien",
        Ui::BuildQr => "Le lien sous forme de code QR",
        Ui::BuildCopied => "Lien copié.",
        Ui::BuildBadTicket => {
            "Un numéro de billet a au plus 64 lettres, chiffres, espaces et - _ . / # :"
        }
        Ui::SourceEmbedded => {
            "D’après l’article 63242 du fournisseur sur la configuration du pare-feu."
        }
    }
}

pub(super) const fn first(key: First) -> &'static str {
    match key {
        First::Loading => "Chargement de la vérification de la connexion…",
        First::WasmLate => {
            "C’est plus long que prévu : le réseau est lent, ou quelque chose retient le fichier. La page continue d’essayer."
        }
        First::WasmBlocked => {
            "Votre réseau bloque les fichiers WebAssembly. La vérification elle-même n’est pas arrivée telle qu’elle a été envoyée ; elle ne peut donc pas s’exécuter. Les responsables du réseau doivent autoriser les fichiers de type application/wasm de ce site. Montrez-leur cette page."
        }
        First::ScriptBlocked => {
            "Votre réseau, ou une extension de ce navigateur, bloque le script de cette page. La vérification ne peut pas s’exécuter. Autorisez les fichiers JavaScript de ce site, ou essayez un autre navigateur. Montrez cette page à votre service informatique."
        }
        First::BrowserTooOld => {
            "Ce navigateur ne peut pas exécuter la vérification : il est trop ancien, ou WebAssembly y est désactivé. Ouvrez ce lien dans une version à jour d’Edge, de Chrome, de Firefox ou de Safari."
        }
        First::NoScript => {
            "Cette page exige JavaScript. Veuillez l’activer ou consulter votre centre d’assistance."
        }
        First::ForIt => {
            "Pour votre service informatique : les adresses dont les agents ont besoin, en sortie seulement"
        }
    }
}

pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Offline => "hors ligne",
        Verdict::Blocked => "bloqué",
        Verdict::Down => "en panne",
        Verdict::Unknown => "indéterminé",
        Verdict::Degraded => "perturbé",
        Verdict::Reachable => "accessible",
    }
}

pub(super) const fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Ok => "réussi",
        CheckOutcome::Failed => "échec",
        CheckOutcome::Unknown => "indéterminé",
        CheckOutcome::NotRun => "non vérifié",
    }
}

pub(super) const fn proof(proof: Proof) -> &'static str {
    match proof {
        Proof::Confirmed => "confirmé",
        Proof::Inferred => "déduit",
        Proof::None => "",
    }
}

pub(super) const fn check(name: CheckName) -> &'static str {
    match name {
        CheckName::Https => "Ouverture de session (HTTPS)",
        CheckName::Tcp => "Événements d’appel (TCP)",
        CheckName::Internet => "Internet",
        CheckName::Socket => "Connexion en direct (WebSocket)",
        CheckName::Events => "Événements du serveur",
        CheckName::Port80 => "Port 80 (HTTP)",
        CheckName::Port5222 => "Port 5222 (présence)",
        CheckName::Hold => "Connexion silencieuse",
    }
}

pub(super) fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Pending => "en cours…".to_owned(),
        Detail::NotTried => "non tenté".to_owned(),
        Detail::Answered { ms: time } => ms(*time),
        Detail::AnsweredSometimes { answered, failed } => {
            format!("{answered} réponses sur {} essais", answered + failed)
        }
        Detail::Connected => "connexion établie".to_owned(),
        Detail::AsFromOutside => "comme de l’extérieur".to_owned(),
        Detail::TooFast { ms: time, .. } => format!("réponse venue d’ailleurs, en {}", ms(*time)),
        Detail::AnswersUnlikeOutside => "répond autrement que de l’extérieur".to_owned(),
        Detail::NotResolved { ms: time } => format!("nom inconnu, après {}", ms(*time)),
        Detail::NotOffered => "le relais ne l’offre pas".to_owned(),
        Detail::PortOpen { ms: time } => format!("ouvert, {}", ms(*time)),
        Detail::PortRefused { ms: time } => format!("refusé après {}", ms(*time)),
        Detail::PortSilent => "aucune réponse".to_owned(),
        Detail::BehindProxy => "indécidable derrière un proxy".to_owned(),
        Detail::PortTaken => "autre chose y répond".to_owned(),
        Detail::PortCut => "connecté, puis chiffrement coupé".to_owned(),
        Detail::Held { seconds } => format!("restée ouverte pendant {seconds} s de silence"),
        Detail::HoldCut {
            seconds: Some(seconds),
        } => format!("coupée après {} s de silence", decimal_comma(*seconds)),
        Detail::HoldCut { seconds: None } => "morte en silence, sans signe".to_owned(),
        Detail::NoAnswer => format!("aucune réponse en {ENDPOINT_DEADLINE_S} s"),
        Detail::RefusedNearby { ms: time } => format!("refusé tout près, après {}", ms(*time)),
        Detail::RefusedFar { ms: time } => format!("refusé à l’autre bout, après {}", ms(*time)),
        Detail::TlsFailed { ms: time } => {
            format!("pas de connexion sécurisée, après {}", ms(*time))
        }
        Detail::Cut { ms: time } => format!("coupé pendant la connexion, après {}", ms(*time)),
        Detail::ClosedAfterTls { ms: time } => format!("fermé sans réponse, après {}", ms(*time)),
        Detail::Failed { ms: time } => format!("échec après {}", ms(*time)),
        Detail::NeedsOutside(_) => "exige un regard de l’extérieur".to_owned(),
        Detail::SilentHereAndOutside => "silencieux, de l’extérieur aussi".to_owned(),
        Detail::Ambiguous => "plus d’une explication".to_owned(),
        Detail::Internet(internet) => match internet {
            Internet::Pending => "en cours…".to_owned(),
            Internet::OriginAnswered => "le serveur de cette page répond".to_owned(),
            Internet::RelayAnswered => "le relais répond".to_owned(),
            Internet::ControlAnswered => "une adresse témoin répond".to_owned(),
            Internet::EndpointAnswered => "le service répond".to_owned(),
            Internet::NothingAnswered => "rien n’a répondu hors de cet ordinateur".to_owned(),
        },
        Detail::NoRelay(why) => match why {
            WhyNot::NoRelay => "aucun relais n’est configuré".to_owned(),
            WhyNot::RelayUnreachable => "le relais n’a pas répondu".to_owned(),
            WhyNot::RelayRefused => {
                "le relais était occupé ou ne connaît pas cette page".to_owned()
            }
            WhyNot::RelayInside => "le relais n’est pas à l’extérieur".to_owned(),
            WhyNot::RelayLostItsWay => "le relais lui-même n’a pas d’accès".to_owned(),
            WhyNot::NoWord => "aucune nouvelle du relais".to_owned(),
        },
        Detail::RelayOnThisComputer => {
            "le relais tourne sur cet ordinateur et ne dit donc rien du réseau".to_owned()
        }
        Detail::SocketOpen { ms: Some(time) } => ms(*time),
        Detail::SocketOpen { ms: None } => "ouverte".to_owned(),
        Detail::SocketFailed => {
            "deux échecs, bien que HTTPS vers le même endroit fonctionne".to_owned()
        }
        Detail::Events {
            expected,
            arrived,
            late_ms_max,
        } => format!(
            "{arrived} sur {expected} reçus, retard maximal de {}",
            ms(*late_ms_max)
        ),
        Detail::EventsCut => "la connexion s’est rompue".to_owned(),
        Detail::NoSocket => "aucune connexion en direct pour les recevoir".to_owned(),
    }
}

pub(super) fn headline(headline: &Headline<'_>) -> HeadlineText {
    let provider = headline.provider;
    let affected = names(&headline.affected, "et");
    let total = headline.all.len();
    let passing = headline.passing;
    match headline.verdict {
        Verdict::Offline => HeadlineText {
            title: "Aucune connexion à Internet".to_owned(),
            means: "Rien n’a répondu hors de cet ordinateur, ni le service ni aucune autre adresse.".to_owned(),
            action: "Vérifiez le câble ou le Wi-Fi. Si votre réseau a une page de connexion, ouvrez n’importe quel site Web, identifiez-vous, puis recommencez.".to_owned(),
        },
        Verdict::Blocked => HeadlineText {
            title: if passing == 0 {
                format!("Ce réseau bloque {provider}")
            } else if passing == 1 {
                format!("Ce réseau laisse passer 1 région sur {total}")
            } else {
                format!("Ce réseau laisse passer {passing} régions sur {total}")
            },
            means: format!("Arrêté ici, mais accessible de l’extérieur : {affected}. C’est ce réseau, ou cet ordinateur, qui fait obstacle."),
            action: "Copiez le rapport et envoyez-le au soutien technique. Il contient la demande exacte pour votre service informatique.".to_owned(),
        },
        Verdict::Down => HeadlineText {
            title: format!("{provider} ne répond pas : {affected}"),
            means: "L’échec est le même d’ici et de l’extérieur; votre réseau n’est pas en cause.".to_owned(),
            action: "Rien à changer de votre côté. Copiez le rapport et envoyez-le au soutien technique.".to_owned(),
        },
        Verdict::Unknown => HeadlineText {
            title: "La vérification n’a pas pu trancher".to_owned(),
            means: if total == headline.affected.len() {
                "Rien ne permet de dire si votre réseau ou le service est en cause. Ce qui manquait est indiqué ci-dessous.".to_owned()
            } else {
                format!("{affected} : rien ne permet de dire si votre réseau ou le service est en cause. Ce qui manquait est indiqué ci-dessous.")
            },
            action: "Copiez le rapport et envoyez-le au soutien technique.".to_owned(),
        },
        Verdict::Degraded => HeadlineText {
            title: if total == 1 {
                format!("{affected} répond, mais mal")
            } else {
                format!("{provider} répond, mais mal")
            },
            means: format!("Quelque chose perturbera votre travail : {affected}. La cause est indiquée ci-dessous."),
            action: "Copiez le rapport et envoyez-le au soutien technique.".to_owned(),
        },
        Verdict::Reachable => HeadlineText {
            title: if total == 1 {
                format!("{affected} est accessible")
            } else {
                format!("Les {total} régions sont accessibles")
            },
            means: format!("Ce navigateur atteint tout ce qui a été vérifié de {provider}."),
            action: "Si vous avez encore des ennuis, copiez le rapport et envoyez-le au soutien technique : il indique où il est inutile de chercher.".to_owned(),
        },
    }
}

fn outside(words: &FindingWords<'_>) -> String {
    match words.outside_ms {
        Some(time) => format!(" De l’extérieur, notre relais l’a atteint en {}.", ms(time)),
        None => " Personne à l’extérieur n’a pu être consulté; le service lui-même n’est donc pas exclu.".to_owned(),
    }
}

/// Une durée en mots.
fn seconds_in_words(seconds: f64) -> String {
    let seconds = seconds.abs();
    if seconds < 5400.0 {
        format!("{} minutes", whole(seconds / 60.0))
    } else if seconds < 129_600.0 {
        format!("{} heures", whole(seconds / 3600.0))
    } else {
        format!("{} jours", whole(seconds / 86_400.0))
    }
}

const fn certificate(fault: CertificateFault) -> &'static str {
    match fault {
        CertificateFault::Expired => "son certificat est expiré",
        CertificateFault::NotYetValid => "son certificat n’est pas encore valide",
        CertificateFault::WrongName => "son certificat est à un autre nom",
        CertificateFault::Untrusted => "son certificat vient d’une autorité non reconnue",
        CertificateFault::Other => "son certificat n’est pas acceptable",
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm per finding, each a text of its own"
)]
pub(super) fn finding(cause: &Cause, words: &FindingWords<'_>) -> FindingText {
    let hosts = list(&words.hosts, "et");
    let provider = words.provider;
    let it_allows = "Votre service informatique l’autorise (demande dans le rapport). Rien à faire sur cet ordinateur.".to_owned();
    match cause {
        Cause::Offline => FindingText {
            title: "Aucun accès à l’extérieur".to_owned(),
            what: "Rien n’a répondu hors de cet ordinateur : aucune région ni aucune autre adresse.".to_owned(),
            means: "Pas de câble ni de Wi-Fi, une page de connexion du réseau qui vous attend, ou un pare-feu qui bloque tout.".to_owned(),
            action: "Vérifiez le câble ou le Wi-Fi; ouvrez un site Web pour voir s’il y a une page de connexion; puis recommencez.".to_owned(),
        },
        Cause::AnswerNotFromService { ms: time, floor_ms } => FindingText {
            title: "Autre chose a répondu à la place du service".to_owned(),
            what: match (time, floor_ms) {
                (Some(time), Some(floor)) => format!("{hosts} a répondu en {}; le trajet seul prend au moins {}.", ms(*time), ms(*floor)),
                _ => format!("{hosts} répond ici autrement que de l’extérieur, tout comme un nom qui n’existe pas."),
            },
            means: "Un filtre, un produit de sécurité ou un serveur mandataire près de vous répond, sans doute par une page « bloqué ».".to_owned(),
            action: "Votre service informatique exempte ces hôtes du filtrage et de l’inspection (demande dans le rapport).".to_owned(),
        },
        Cause::ProxyLogin => FindingText {
            title: "Un proxy demande une connexion".to_owned(),
            what: format!("{hosts} : le navigateur attend, alors qu’une connexion en direct est refusée tout de suite. C’est l’effet de la fenêtre de connexion d’un proxy."),
            means: "Le proxy de votre réseau veut votre nom d’utilisateur et votre mot de passe pour ces adresses, et ne les a pas reçus.".to_owned(),
            action: "Si une fenêtre demande un nom d’utilisateur et un mot de passe, remplissez-la et relancez. Sinon, votre service informatique laisse passer ces hôtes sans connexion (demande dans le rapport).".to_owned(),
        },
        Cause::NotResolved { ms: time } => FindingText {
            title: "Le nom est inconnu ici".to_owned(),
            what: match time {
                Some(time) => format!("{hosts} : chaque essai a échoué après {}, le temps d’une recherche de nom.", ms(*time)),
                None => format!("{hosts} : le navigateur a abandonné pendant la recherche du nom."),
            },
            means: format!("Les serveurs de noms de ce réseau ne connaissent pas le nom, ou ne répondent pas à son sujet.{}", outside(words)),
            action: "Votre service informatique vérifie comment ses serveurs de noms et ses filtres traitent ces noms (demande dans le rapport).".to_owned(),
        },
        Cause::PrivateAddress { everywhere } => FindingText {
            title: "Le nom mène à une adresse privée".to_owned(),
            what: if *everywhere {
                format!("{hosts} : notre relais trouve une adresse privée derrière le nom.")
            } else {
                format!("{hosts} : le navigateur retient les requêtes comme il le fait pour les adresses internes d’un réseau, alors que les connexions en direct s’ouvrent.")
            },
            means: "Votre entreprise fait peut-être passer le service par son propre réseau. Les navigateurs demandent la permission d’y aller; le client peut fonctionner quand même.".to_owned(),
            action: "Si le navigateur demande si cette page peut joindre des appareils de votre réseau, acceptez et relancez. Votre service informatique sait si cette adresse est voulue.".to_owned(),
        },
        Cause::Plain443Blocked => FindingText {
            title: "Seul le trafic web chiffré passe sur le port 443".to_owned(),
            what: "Vers notre relais, TLS passe sur le port 443; des octets d’une autre sorte ne passent pas.".to_owned(),
            means: if words.hosts.is_empty() {
                "Un pare-feu regarde ce qui se dit sur le port 443 et ne laisse passer que TLS. Un client qui y dit autre chose échouera.".to_owned()
            } else {
                format!("Un pare-feu regarde ce qui se dit sur le port 443 et ne laisse passer que TLS. Vu de l’extérieur, {hosts} ne parle pas TLS : les événements d’appel n’arriveront pas.")
            },
            action: "Votre service informatique autorise tout protocole TCP vers ces hôtes sur le port 443 (demande dans le rapport).".to_owned(),
        },
        Cause::HoldCut { seconds, is_round } => FindingText {
            title: "Les connexions silencieuses sont coupées".to_owned(),
            what: match seconds {
                Some(seconds) => format!("Une connexion à notre relais sur laquelle rien n’était dit a été coupée après {} s.", decimal_comma(*seconds)),
                None => "Une connexion à notre relais sur laquelle rien n’était dit est morte sans un signe.".to_owned(),
            },
            means: if *is_round {
                "Un pare-feu, un proxy ou un routeur met fin aux connexions silencieuses après ce temps : un nombre rond, donc une minuterie. Les appels sont annoncés sur de telles connexions et seront manqués.".to_owned()
            } else {
                "Quelque chose en chemin met fin aux connexions silencieuses. Les appels sont annoncés sur de telles connexions et seront manqués.".to_owned()
            },
            action: format!("Votre service informatique porte le délai d’inactivité pour les hôtes de {provider} à une heure ou plus."),
        },
        Cause::Port80Closed { refused_ms } => FindingText {
            title: "Le port 80 est fermé".to_owned(),
            what: match refused_ms {
                Some(time) => format!("Notre relais écoute sur le port 80; d’ici, il a été refusé après {}.", ms(*time)),
                None => "Notre relais écoute sur le port 80; d’ici, aucune réponse.".to_owned(),
            },
            means: "Le client utilise aussi le port 80. Ceci a été vérifié vers notre relais, pas vers le service.".to_owned(),
            action: format!("Votre service informatique autorise le port 80 sortant vers les hôtes de {provider}."),
        },
        Cause::Port5222Closed { refused_ms } => FindingText {
            title: "Le port 5222 (présence) est fermé".to_owned(),
            what: match refused_ms {
                Some(time) => format!("Notre relais écoute sur le port 5222; d’ici, il a été refusé après {}.", ms(*time)),
                None => "Notre relais écoute sur le port 5222; d’ici, aucune réponse.".to_owned(),
            },
            means: "Le client utilise le port 5222 pour la présence. Ceci a été vérifié vers notre relais, pas vers le service.".to_owned(),
            action: format!("Votre service informatique autorise le port 5222 sortant vers les hôtes de {provider}."),
        },
        Cause::ClockWrong { ahead_s, witnesses } => FindingText {
            title: if *witnesses > 1 { "L’horloge de cet ordinateur est fausse".to_owned() } else { "Deux horloges diffèrent".to_owned() },
            what: format!("L’horloge de cet ordinateur {} {} {}.", if *ahead_s > 0.0 { "avance de" } else { "retarde de" }, seconds_in_words(*ahead_s), if *witnesses > 1 { "sur celles du relais et du serveur de la page" } else { "sur celle de l’autre serveur" }),
            means: "Avec une horloge fausse, la connexion est refusée et les certificats semblent expirés.".to_owned(),
            action: "Réglez l’horloge de cet ordinateur (date, heure et fuseau) et relancez.".to_owned(),
        },
        Cause::ProxyInPath { way } => FindingText {
            title: "Un proxy se trouve en chemin".to_owned(),
            what: match way {
                Way::Proxy => "Le navigateur demande à un proxy de se connecter à sa place.".to_owned(),
                Way::EndsNearby | Way::Direct | Way::Unknown => "Les connexions sont prises par quelque chose de proche, à la place de l’autre bout.".to_owned(),
            },
            means: "Ce n’est pas une panne en soi. Ce qui est refusé ici l’est peut-être par le proxy, et le client passe peut-être ailleurs.".to_owned(),
            action: "Le soutien compare les réglages de proxy de ce navigateur avec ceux du client.".to_owned(),
        },
        Cause::SplitEgress => FindingText {
            title: "Deux sorties".to_owned(),
            what: "HTTPS et les connexions en direct arrivent à notre relais de deux adresses différentes.".to_owned(),
            means: "Votre réseau les envoie par deux lignes ou deux proxys. Un service qui attend une seule adresse peut mettre fin à la session.".to_owned(),
            action: "Le soutien en parle à votre service informatique si des sessions se terminent sans raison visible.".to_owned(),
        },
        Cause::Ipv6Broken { lost_ms } => FindingText {
            title: "IPv6 ne mène nulle part".to_owned(),
            what: format!("La connexion a pris {} de plus qu’un aller-retour, comme lorsque IPv6 est essayé d’abord et que rien ne répond.", ms(*lost_ms)),
            means: "Ce réseau offre IPv6 sans l’acheminer. Chaque première connexion perd un moment; IPv4 fonctionne.".to_owned(),
            action: "Votre service informatique répare IPv6 ou cesse de l’offrir.".to_owned(),
        },
        Cause::RefusedNearby { ms: time } => FindingText {
            title: "Refusé tout près".to_owned(),
            what: format!("{hosts} : refus après {}, plus vite que le trajet jusqu’au service ne le permet.", ms(*time)),
            means: format!("Un pare-feu, un serveur mandataire, un logiciel de sécurité ou un filtre de noms près de vous refuse.{}", outside(words)),
            action: it_allows,
        },
        Cause::RefusedFar { ms: time } => FindingText {
            title: "Refusé à l’autre bout".to_owned(),
            what: format!("{hosts} : refus après {}, un aller-retour jusqu’au service.", ms(*time)),
            means: format!("Le service, ou un pare-feu juste devant lui, n’accepte pas les connexions de votre adresse.{}", outside(words)),
            action: "Le soutien technique demande au fournisseur si l’adresse de votre entreprise y est bloquée; votre service informatique vérifie son pare-feu (demande dans le rapport).".to_owned(),
        },
        Cause::Dropped { seconds, gave_up } => FindingText {
            title: "Aucune réponse".to_owned(),
            what: match gave_up {
                Some(GaveUp::Handshake) => format!("Aucune réponse de {hosts} en {seconds} s. Laissé à lui-même, le navigateur a abandonné comme il le fait quand la connexion tient et que la négociation sécurisée reste sans réponse."),
                Some(GaveUp::Later) => format!("Aucune réponse de {hosts} en {seconds} s, ni après une demi-minute : la connexion n’a même pas été prise."),
                Some(GaveUp::Lookup) | None => format!("Aucune réponse de {hosts} en {seconds} s."),
            },
            means: match words.outside_ms {
                Some(time) => format!("Un pare-feu l’élimine en chemin. De l’extérieur, notre relais l’a atteint en {}.", ms(time)),
                None => "Un pare-feu l’élimine, ou le service se tait. Personne à l’extérieur n’a pu être consulté.".to_owned(),
            },
            action: it_allows,
        },
        Cause::TlsRejected { ms: time, said_by_browser } => FindingText {
            title: "Pas de connexion sécurisée".to_owned(),
            what: if *said_by_browser {
                format!("{hosts} : le navigateur signale l’échec de la négociation sécurisée, après {}.", ms(*time))
            } else {
                format!("{hosts} : échec après {}, le temps d’une négociation sécurisée refusée.", ms(*time))
            },
            means: format!("Quelque chose présente un certificat que ce navigateur ne reconnaît pas (un pare-feu qui inspecte, ou l’horloge de cet ordinateur mal réglée), ou réinitialise la négociation.{}", outside(words)),
            action: "Votre service informatique exempte ces hôtes de l’inspection (demande dans le rapport). Ouvrez l’adresse dans un nouvel onglet : le code de la page d’erreur dit ce qu’il en est.".to_owned(),
        },
        Cause::CutInHandshake { ms: time } => FindingText {
            title: "Coupé pendant la connexion".to_owned(),
            what: format!("{hosts} a accepté la connexion, puis elle a été coupée après {}.", ms(*time)),
            means: format!("Un pare-feu qui regarde dans les connexions la coupe dès qu’il voit le nom.{}", outside(words)),
            action: it_allows,
        },
        Cause::ClosedAfterTls { ms: time } => FindingText {
            title: "Fermé sans réponse".to_owned(),
            what: format!("{hosts} : connexion sécurisée établie, puis fermée après {} sans réponse.", ms(*time)),
            means: format!("Un serveur mandataire ou un pare-feu qui inspecte met fin à la connexion, ou bien le service.{}", outside(words)),
            action: it_allows,
        },
        Cause::NotConnected { ms: time } => FindingText {
            title: "Pas de connexion".to_owned(),
            what: format!("{hosts} : échec après {}.", ms(*time)),
            means: format!("Le nom est inconnu de votre réseau, la connexion est refusée, ou la négociation sécurisée échoue : le temps ne permet pas de trancher.{}", outside(words)),
            action: "Ouvrez l’adresse dans un nouvel onglet et envoyez au soutien technique le code de la page d’erreur. Votre service informatique vérifie qu’elle est autorisée (demande dans le rapport).".to_owned(),
        },
        Cause::ServiceDown { outside: failure } => FindingText {
            title: "Le service ne répond pas".to_owned(),
            what: match failure {
                OutsideFailure::Refused => format!("{hosts} échoue d’ici et refuse aussi les connexions de l’extérieur."),
                OutsideFailure::NoAnswer => format!("{hosts} échoue d’ici et ne répond pas non plus de l’extérieur."),
                OutsideFailure::NoRoute => format!("{hosts} échoue d’ici et aucun chemin n’y mène de l’extérieur."),
                OutsideFailure::NotResolved => format!("{hosts} échoue d’ici et son nom est inconnu de l’extérieur aussi."),
                OutsideFailure::NoTls => format!("{hosts} échoue d’ici et n’établit pas de connexion sécurisée de l’extérieur non plus."),
                OutsideFailure::NoHttp => format!("{hosts} échoue d’ici et ne donne aucune réponse de l’extérieur non plus."),
                OutsideFailure::Certificate(fault) => format!("{hosts} échoue d’ici; de l’extérieur aussi, {}.", certificate(*fault)),
            },
            means: format!("La panne est du côté de {provider}, pas de votre réseau."),
            action: "Le soutien technique avise le fournisseur. Rien à faire de votre côté.".to_owned(),
        },
        Cause::SocketBlocked => FindingText {
            title: "Les connexions en direct sont bloquées".to_owned(),
            what: "HTTPS vers notre relais fonctionne; un WebSocket vers le même endroit a échoué deux fois.".to_owned(),
            means: "Un serveur mandataire ou un pare-feu qui inspecte supprime WebSocket. Les connexions de longue durée, par lesquelles les appels sont annoncés, souffriront du même appareil.".to_owned(),
            action: "Votre service informatique autorise WebSocket et les connexions de longue durée sur le port 443.".to_owned(),
        },
        Cause::EventsLost { expected, arrived, late_ms_max } => FindingText {
            title: "Des événements du serveur se perdent".to_owned(),
            what: match late_ms_max {
                Some(late) => format!("{arrived} événements d’essai sur {expected} sont arrivés, le plus tardif avec {} de retard.", ms(*late)),
                None => "La connexion s’est rompue pendant que des événements d’essai étaient en route.".to_owned(),
            },
            means: "Les appels et les changements de file vous parviendront en retard, ou pas du tout.".to_owned(),
            action: "Le soutien technique examine la qualité du réseau avec votre service informatique.".to_owned(),
        },
        Cause::Unsteady { answered, failed } => FindingText {
            title: "Instable".to_owned(),
            what: format!("{hosts} : essais réussis {answered}, essais manqués {failed}."),
            means: "Le trajet perd des connexions : Wi-Fi faible, ligne ou appareil surchargé.".to_owned(),
            action: "Essayez un câble au lieu du Wi-Fi et recommencez; envoyez les deux rapports au soutien technique.".to_owned(),
        },
        Cause::Slow { ms: time, limit_ms } => FindingText {
            title: "Lent".to_owned(),
            what: format!("{hosts} répond d’ordinaire en {}; au-delà de {}, cela se remarque.", ms(*time), ms(*limit_ms)),
            means: "L’ouverture de session et les changements d’état traîneront.".to_owned(),
            action: "Essayez un câble au lieu du Wi-Fi et recommencez; envoyez les deux rapports au soutien technique.".to_owned(),
        },
        Cause::ExtensionInterferes { replaced } => FindingText {
            title: "Une extension intervient dans cette page".to_owned(),
            what: format!("Dans le navigateur, quelque chose a mis sa propre fonction à la place de la sienne : {}.", replaced.join(", ")),
            means: "Une extension de confidentialité, de sécurité ou de blocage, ou la protection du navigateur contre le pistage, s’interpose entre cette page et le réseau. Ce que la page a mesuré vient peut-être de là, et non de votre réseau.".to_owned(),
            action: "Ouvrez ce lien dans une fenêtre privée sans extensions, ou dans un autre navigateur, puis comparez.".to_owned(),
        },
        Cause::Inspected { how } => FindingText {
            title: "Les connexions chiffrées sont ouvertes en chemin".to_owned(),
            what: match how {
                Inspection::NameThatCannotExist => "Une adresse qui ne peut pas exister a répondu par une connexion sécurisée de confiance.".to_owned(),
                Inspection::Handshake => "Notre relais a vu une négociation sécurisée que ce navigateur ne fait pas.".to_owned(),
                Inspection::Headers(headers) => format!("Dans la connexion chiffrée, notre relais a trouvé des en-têtes que les navigateurs n’envoient pas : {}.", headers.join(", ")),
            },
            means: "Un serveur mandataire ou un produit de sécurité inspecte le trafic chiffré; une réponse ici ne prouve donc pas qu’elle vient du service.".to_owned(),
            action: format!("Votre service informatique exempte de l’inspection les hôtes de {provider}."),
        },
        Cause::RelayMisconfigured { origin } => FindingText {
            title: "Le relais ne connaît pas cette page".to_owned(),
            what: format!("Le relais répond, mais ne sert pas les pages de {origin}."),
            means: "Il n’a pas pu dire ce qu’il en est de l’extérieur. Ce n’est pas une faute de votre réseau.".to_owned(),
            action: format!("L’exploitant de cette page ajoute {origin} aux origines du relais."),
        },
        Cause::RelayBusy => FindingText {
            title: "Le relais est occupé".to_owned(),
            what: "Le relais répond, mais n’a pas de place pour un essai de plus en ce moment.".to_owned(),
            means: "Il n’a pas pu dire ce qu’il en est de l’extérieur. Ce n’est pas une faute de votre réseau.".to_owned(),
            action: "Recommencez dans une minute.".to_owned(),
        },
        Cause::RelayUnreachable { relay, wrong_answer } => FindingText {
            title: "Le relais est inaccessible".to_owned(),
            what: if *wrong_answer {
                format!("Autre chose que le relais a répondu à {relay}.")
            } else {
                format!("{relay} n’a pas répondu.")
            },
            means: "Sans lui, nul ne peut dire si ce qui échoue ici répond de l’extérieur. Votre réseau bloque le relais, ou le relais est arrêté.".to_owned(),
            action: "Le soutien technique vérifie que le relais fonctionne. Votre service informatique peut l’autoriser.".to_owned(),
        },
        Cause::RelayNotOutside { why } => FindingText {
            title: "Aucun regard de l’extérieur".to_owned(),
            what: match why {
                WhyNot::RelayLostItsWay => "Le relais répond, mais aucune de ses propres adresses témoins ne lui répond.".to_owned(),
                WhyNot::RelayInside => "Le relais tourne sur cet ordinateur ou à l’intérieur de ce réseau.".to_owned(),
                WhyNot::NoRelay | WhyNot::RelayUnreachable | WhyNot::RelayRefused | WhyNot::NoWord => "Le relais n’a pas dit ce qu’il en est de là où il se trouve.".to_owned(),
            },
            means: "Ce qui échoue ici ne peut être comparé à ce qu’il en est de l’extérieur et n’est donc dit ni bloqué ni en panne.".to_owned(),
            action: "L’exploitant de cette page installe un relais sur Internet qui peut atteindre le service.".to_owned(),
        },
        Cause::NoRelay => FindingText {
            title: "Aucun relais n’est configuré".to_owned(),
            what: "Cette page ne connaît aucun relais.".to_owned(),
            means: "Ce qui échoue ici ne peut être comparé à ce qu’il en est de l’extérieur et n’est donc dit ni bloqué ni en panne.".to_owned(),
            action: "L’exploitant de cette page indique un relais dans config.json.".to_owned(),
        },
    }
}

pub(super) fn limit(limit: Limit<'_>) -> String {
    match limit {
        Limit::Browser(browser) => format!("Faite avec {browser} et les réglages de serveur mandataire de ce navigateur; le client peut en utiliser d’autres."),
        Limit::SomeBrowser => "Faite avec un navigateur et ses réglages de serveur mandataire; le client peut en utiliser d’autres.".to_owned(),
        Limit::FirefoxProxy => "Firefox a ses propres réglages de serveur mandataire : pour comparer, ouvrez la page dans Edge ou Chrome.".to_owned(),
        Limit::SocketIsNotTcp => "Un WebSocket qui passe sur le port 443 ne prouve pas qu’un autre protocole y passe.".to_owned(),
        Limit::TcpFromBrowser => "Un navigateur ne peut pas parler aux points TCP le protocole du client; il voit s’ils peuvent être atteints.".to_owned(),
        Limit::OtherPorts => "Les ports 80 et 5222 (présence) n’ont été vérifiés que vers le relais, ou pas du tout; cela prouve le port, pas le service.".to_owned(),
        Limit::StillOut => "Une connexion silencieuse, ou un essai sans réponse, était encore sous observation à l’écriture de ce rapport; la page continue et en sait peut-être davantage.".to_owned(),
        Limit::Ping => "Le ping ne prouve rien et n’a pas été utilisé.".to_owned(),
    }
}

pub(super) fn link_problem(problem: &LinkProblem) -> String {
    match problem {
        LinkProblem::Ticket(value) => {
            format!("Le numéro de billet du lien, « {value} », n’en est pas un et a été omis.")
        }
        LinkProblem::Lang(value) => {
            format!("Le lien demande la langue « {value} », que cette page n’a pas.")
        }
        LinkProblem::Region(value) => {
            format!("Le lien nomme la région « {value} », qui n’existe pas; elle a été omise.")
        }
        LinkProblem::Autostart(value) => {
            format!("« autostart » vaut « {value} » dans le lien; ce ne peut être que 0 ou 1.")
        }
        LinkProblem::Encoding(value) => {
            format!("Une partie du lien n’a pu être lue et a été omise : « {value} ».")
        }
    }
}

pub(super) fn config_problem(error: &ConfigError) -> String {
    format!(
        "Le fichier de réglages config.json contient une erreur et n’a pas été utilisé; les réglages intégrés sont en vigueur. Emplacement et erreur, en anglais : {error}"
    )
}

pub(super) fn route(route: Route, far_end: &str) -> String {
    let is_sure = route.proof == Proof::Confirmed;
    match route.reach {
        Reach::Waiting => String::new(),
        Reach::Through if is_sure => format!("La connexion parvient à destination : {far_end}."),
        Reach::Through => format!("Tout indique que la connexion parvient à destination : {far_end} (déduit)."),
        Reach::BreaksAt(Stop::Browser) => "La connexion s’arrête sur cet ordinateur.".to_owned(),
        Reach::BreaksAt(Stop::Network) if is_sure => "La connexion s’arrête dans votre réseau, dans un serveur mandataire ou sur cet ordinateur.".to_owned(),
        Reach::BreaksAt(Stop::Network) => "Tout indique que la connexion s’arrête dans votre réseau, dans un serveur mandataire ou sur cet ordinateur (déduit).".to_owned(),
        Reach::BreaksAt(Stop::Internet) => "La connexion s’arrête sur Internet, au-delà de votre réseau.".to_owned(),
        Reach::BreaksAt(Stop::FarEnd) if is_sure => format!("La connexion s’arrête à l’autre bout : {far_end}."),
        Reach::BreaksAt(Stop::FarEnd) => format!("Tout indique que la connexion s’arrête à l’autre bout : {far_end} (déduit)."),
        Reach::Unclear => "L’endroit où la connexion s’arrête n’est pas établi.".to_owned(),
    }
}

pub(super) fn spread(count: usize, fastest_ms: f64, slowest_ms: f64) -> String {
    if count == 1 {
        format!("une réponse, en {}", ms(fastest_ms))
    } else {
        format!(
            "{count} réponses, en {} à {}",
            ms(fastest_ms),
            ms(slowest_ms)
        )
    }
}

pub(super) fn progress(done: usize, total: usize) -> String {
    format!("{done} sondes terminées sur {total}")
}

pub(super) fn announcement(title: &str) -> String {
    format!("La vérification est terminée. {title}.")
}

pub(super) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoData => "Ce texte ne contient ni rapport, ni lien vers un rapport, ni code court.".to_owned(),
        Refusal::NoBlock => "C’est un rapport, mais sa dernière partie, les données pour le soutien, manque ou est illisible. Demandez le texte complet, jusqu’à sa dernière ligne.".to_owned(),
        Refusal::Truncated { have, of: Some(of) } => format!("Les données du rapport sont coupées : lignes présentes, {have} sur {of}. Demandez le texte complet, jusqu’à sa dernière ligne."),
        Refusal::Truncated { have: 0, of: None } => "Le lien est coupé. Demandez-le de nouveau, ou demandez le texte du rapport.".to_owned(),
        Refusal::Truncated { of: None, .. } => "Le début des données du rapport manque. Demandez le texte complet.".to_owned(),
        Refusal::Altered { lines } => match &lines[..] {
            [line] => format!("La ligne {line} des données du rapport a été modifiée ou perdue en chemin. Demandez de nouveau le rapport, en fichier ou en lien."),
            lines => format!("Les lignes {} des données du rapport ont été modifiées ou perdues en chemin. Demandez de nouveau le rapport, en fichier ou en lien.", numbers(lines, "et")),
        },
        Refusal::Damaged => "Les données du rapport ont été modifiées en chemin et ne correspondent pas à leur somme de contrôle. Demandez de nouveau le rapport, en fichier ou en lien.".to_owned(),
        Refusal::Newer => "Ce rapport vient d’une version plus récente de cette page. Rechargez cette page ou ouvrez la plus récente.".to_owned(),
    }
}

pub(super) fn code_refusal(refusal: CodeRefusal) -> String {
    match refusal {
        CodeRefusal::Length { wanted } => format!("un code de cette page a {wanted} caractères."),
        CodeRefusal::Character { place } => format!("le caractère {place} n’existe dans aucun code."),
        CodeRefusal::Check => "le caractère de contrôle ne correspond pas : quelque chose a été mal entendu ou mal tapé.".to_owned(),
        CodeRefusal::OtherCatalogue => "il vient d’une page qui a d’autres régions, ou d’une version plus récente.".to_owned(),
    }
}

pub(super) fn remark(remark: &Remark, titles: &[String]) -> String {
    match remark {
        Remark::Alike => {
            "Ils ne diffèrent par aucun verdict, aucune vérification, aucune constatation."
                .to_owned()
        }
        Remark::SameVerdict(same) => format!("Tous disent : {}.", verdict(*same)),
        Remark::RegionsAlike(same, regions) => {
            let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
            format!("Dans tous, {} : {}.", verdict(*same), names(&regions, "et"))
        }
        Remark::RegionDiffers(region, groups) => {
            let groups: Vec<String> = groups
                .iter()
                .map(|(found, reports)| {
                    format!("{} dans {}", verdict(*found), numbers(reports, "et"))
                })
                .collect();
            format!("{region} diffère : {}.", groups.join("; "))
        }
        Remark::FindingsShared(_) => format!("Constaté dans tous : {}.", titles.join("; ")),
        Remark::NoFindingShared => "Ils n’ont aucune constatation en commun.".to_owned(),
        Remark::FindingOnlyIn(_, _, reports) => format!(
            "Seulement dans {} : {}.",
            numbers(reports, "et"),
            titles.join("; ")
        ),
        Remark::SameAddress(true) => {
            "Tous viennent de la même adresse publique, donc sans doute du même réseau.".to_owned()
        }
        Remark::SameAddress(false) => "Ils viennent d’adresses publiques différentes.".to_owned(),
        Remark::SameBrowser(browser) => format!("Tous ont été faits avec {browser}."),
        Remark::OtherBrowsers => "Ils ont été faits avec des navigateurs différents.".to_owned(),
    }
}

pub(super) fn reports_read(count: usize) -> String {
    match count {
        0 => "Rien n’a été lu.".to_owned(),
        1 => "Un rapport a été lu.".to_owned(),
        count => format!("{count} rapports ont été lus."),
    }
}
