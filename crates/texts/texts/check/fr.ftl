### French (Canada). What the check says: on the page, in the report, in the request.
###
### Fluent (projectfluent.org), of which docs/texts.md says what is read. What stands in braces is filled in, and every
### language has the same of it, in an order of its own. Whole sentences: nothing is put together from pieces. The build
### says what is missing, and where.

## Ui
## Fixed words of the page, the report and the request.

ui-title = Vérification de la connexion
ui-start = Lancer la vérification
ui-start-again = Recommencer
ui-cancel = Annuler
ui-copy-report = Copier le rapport
ui-download-report = Télécharger le rapport
ui-copied = Copié. Collez-le dans votre billet ou votre message au soutien technique.
ui-copy-failed = Le navigateur a refusé de copier. Le rapport est sélectionné ci-dessous : appuyez sur Ctrl+C (⌘C sur un Mac), puis collez-le dans votre billet.
ui-language = Langue
ui-regions-title = Régions
ui-network-title = Ce réseau
ui-findings-title = Ce que nous avons constaté
ui-report-title = Rapport pour le soutien technique
ui-report-hint = C’est exactement ce que le bouton Copier place dans le presse-papiers. Rien n’est envoyé tant que vous ne le collez ou ne l’envoyez pas.
ui-show-report = Afficher le rapport
ui-show-or-leave-out = Afficher le rapport, ou en retirer quelque chose
ui-region = Région
ui-sign-on-https = Ouverture de session (HTTPS)
ui-call-events-tcp = Événements d’appel (TCP)
ui-result = Résultat
ui-running = Vérification de la connexion…
ui-idle-title = Prêt à vérifier votre connexion
ui-idle-hint = Appuyez sur Lancer. Cela prend quelques secondes et ne change rien sur cet ordinateur.
ui-cancelled-title = La vérification a été annulée
ui-cancelled-hint = Il n’y a pas de résultat. Appuyez sur Recommencer quand vous serez prêt.
ui-testing = en cours…
ui-so-far = jusqu’ici
ui-no-answer-so-far = aucune réponse jusqu’ici
ui-what = Constat
ui-means = Sens
ui-do = À faire
ui-ticket = Billet
ui-tested-addresses = Quelles adresses sont vérifiées?
ui-privacy-note = La page ne communique qu’avec les adresses ci-dessous et le relais de votre centre d’assistance. Elle ne conserve rien et n’envoie aucun rapport d’elle-même.
ui-contact-support = Soutien technique
ui-stop-browser = Ce navigateur
ui-stop-network = Votre réseau ou proxy
ui-stop-internet = Internet
ui-stop-relay = Relais
ui-report-heading = rapport de connexion pour
ui-report-cancelled = ANNULÉE avant la fin : il n’y a pas de résultat.
ui-report-result = RÉSULTAT
ui-report-network = CE RÉSEAU
ui-report-findings = CONSTATS
ui-report-no-findings = Rien à signaler.
ui-report-for-it = POUR VOTRE SERVICE INFORMATIQUE
ui-report-outbound-only = Autoriser la SORTIE seulement, par nom. Rien n’est jamais nécessaire en entrée, et les adresses derrière les noms changent :
ui-report-confirm = Confirmer depuis un ordinateur du même réseau :
ui-report-expected = attendu
ui-report-purpose-https = ouverture de session
ui-report-purpose-tcp = appels, reste ouverte
ui-report-limits = LIMITES DE CETTE VÉRIFICATION
ui-report-measurements = MESURES (en ms)
ui-report-measurements-key = f : fetch, d’abord à froid, puis à chaud; ws : WebSocket; out : vu de l’extérieur (TCP, TLS, HTTP), next-out : par le relais suivant. x : échec, avec son code de fermeture; - : aucune réponse; way : recherche, TCP, TLS et requête vers le relais; clock : la nôtre moins la leur; 80, 5222 : l’hôte lui-même sur ces ports, où l’on ne sait pas si quelque chose écoute (un refus qui prend le temps d’un aller-retour a franchi ce réseau).
ui-report-personal = RENSEIGNEMENTS PERSONNELS
ui-report-address = Adresse
ui-report-browser = Navigateur
ui-report-computer = Ordinateur
ui-report-relay = Relais
ui-report-next-relay = Relais suivant, interrogé sur
ui-report-notices = AVIS
ui-request-purpose80 = session par HTTP
ui-request-purpose5222 = présence (XMPP)
ui-request-title = DEMANDE POUR LE PARE-FEU
ui-request-direction = Sens
ui-request-outbound = sortie
ui-request-port = Port
ui-request-host = Hôte
ui-request-purpose = Objet
ui-request-exempt = Exempter de l’inspection TLS (personne n’ouvre la connexion chiffrée en chemin) :
ui-request-any-protocol = Y autoriser tout protocole, pas seulement TLS :
ui-request-no-login = Les laisser passer le proxy sans authentification :
ui-request-idle = Ne pas couper les connexions silencieuses vers ces hôtes : un délai d’inactivité d’une heure ou plus.
ui-request-web-socket = Autoriser WebSocket et les connexions de longue durée sur le port 443.
ui-request-presence = La liste du fournisseur ne nomme aucun hôte propre à la présence; d’ici là, voici les hôtes de ses régions.
ui-request-unlisted = Le rapport nomme aussi des hôtes qui ne sont pas dans la liste de cette page. Ils sont exclus de cette demande et de ses lignes prêtes. Trouvez à qui ils sont avant de les autoriser :
ui-confirm-power-shell = PowerShell, sans proxy :
ui-expect-power-shell = TcpTestSucceeded : True (là où seul un proxy peut sortir, l’échec est normal)
ui-confirm-curl = curl, sans proxy (dans PowerShell : curl.exe) :
ui-expect-http = une ligne qui commence par « < HTTP/ »; son numéro est sans importance
ui-expect-connected = une ligne avec « Connected to »; la suite est sans importance
ui-confirm-curl-proxy = curl, par votre proxy (mettre son nom et son port) :
ui-expect-proxy = une ligne avec 200 après « CONNECT »; 403 ou 407 est un refus du proxy
ui-confirm-openssl = openssl, sans proxy (avec : -proxy PROXY:8080) :
ui-expect-certificate = « CONNECTED », et comme émetteur une autorité publique, non votre entreprise ou votre pare-feu
ui-expect-no-tls = « CONNECTED »; l’erreur qui suit est normale, ce port ne parle pas TLS
ui-expect-perhaps-tls = « CONNECTED »; une erreur ensuite peut être normale, ces ports ne parlent pas tous TLS
ui-lines-squid = SQUID (squid.conf, avant le premier « http_access deny » et le premier « ssl_bump ») :
ui-lines-squid-unlike-tls = SQUID QUI INTERCEPTE LES CONNEXIONS, pour celles qui ne sont pas TLS (il cherche ces noms en lisant sa configuration, et ne démarre pas si l’un d’eux manque; la lui faire relire chaque jour : squid -k reconfigure) :
ui-lines-pac = FICHIER PAC (en tête de FindProxyForURL, si ces hôtes peuvent être joints sans proxy) :
ui-lines-windows = PARE-FEU WINDOWS (PowerShell en administrateur, là où la sortie est bloquée par défaut; les noms demandent Windows 11 ou Server 2022 et suivants, avec la protection réseau de Microsoft Defender) :
ui-lines-nftables = NFTABLES (mettre votre table et votre chaîne pour « inet filter » et « forward »; les ensembles se remplissent par nom, ci-dessous, et oublient une adresse après un jour) :
ui-lines-dnsmasq = DNSMASQ 2.87 ou suivant, serveur de noms du réseau, les remplit :
ui-report-code = Code
ui-report-page = Page
ui-report-left-out = omis sur demande
ui-report-data = --- données pour le soutien : coller tout ceci dans « Lire un rapport » ---
ui-report-data-end = --- fin des données ---
ui-copy-request = Copier la demande
ui-request-page-title = Pour votre service informatique
ui-request-hint = Ce qu’il faut autoriser pour que le service fonctionne, comment le confirmer, et des lignes prêtes pour les pare-feu et proxys courants. À remettre aux responsables de votre réseau.
ui-show-request = Afficher la demande
ui-request-copied = Copiée. Collez-la dans un message à votre service informatique.
ui-text-copy-failed = Le navigateur a refusé de copier. Le texte est sélectionné : appuyez sur Ctrl+C (⌘C sur un Mac).
ui-leave-out = Renseignements personnels dans le rapport
ui-include-address = Mon adresse publique
ui-include-browser = Mon navigateur, sa langue et ce qu’il montre de cet ordinateur
ui-include-watch = Ce que la surveillance de cette connexion a constaté jusqu’à
ui-copy-link = Copier comme lien
ui-link-copied = Lien copié. Il contient tout le rapport; rien n’est conservé ailleurs.
ui-send-by-mail = Envoyer par courriel
ui-send-direct = Envoyer au soutien technique
ui-sending = Envoi…
ui-sent = Envoyé. Le soutien technique a reçu le rapport.
ui-send-failed = Le rapport n’a pas pu être envoyé. Copiez-le et collez-le plutôt dans votre billet.
ui-mail-paste = (Copiez le rapport dans la page et collez-le ici.)
ui-mail-whole = Le rapport complet :
ui-for-helpdesk = Pour le centre d’assistance
ui-read-report = Lire un rapport
ui-build-copied = Lien copié.
ui-build-title = Créer un lien d’assistance
ui-source-embedded = D’après l’article 63242 du fournisseur sur la configuration du pare-feu.
ui-watch-offer = Les appels cessent d’arriver au bout d’un moment? Surveillez la connexion pendant que vous travaillez.
ui-what-happened = Ce qui s’est passé
ui-what-it-means = Ce que cela veut dire pour vous
ui-what-to-do = Que faire
ui-how-we-know = Comment nous le savons
ui-how-sure = Avec quelle certitude
ui-more-ways = Autres façons de l’envoyer
ui-steps-title = Ce qui permet de trancher, le plus décisif d’abord
ui-step-agent = Vous
ui-step-helpdesk = Votre centre d’assistance
ui-step-it = Votre service informatique
ui-network-well = Tout ce qui a été vérifié ici passe.
ui-network-not-all = Tout n’a pas pu être vérifié ici.

## Verdict
## A verdict as one word, lower case.

verdict-offline = hors ligne
verdict-blocked = bloqué
verdict-down = en panne
verdict-unknown = indéterminé
verdict-degraded = perturbé
verdict-reachable = accessible

## Outcome
## A check's outcome as one or two words, lower case.

outcome-ok = réussi
outcome-failed = échec
outcome-unknown = indéterminé
outcome-not-run = non vérifié

## Proof
## How sure, as one word, lower case.

proof-confirmed = confirmé
proof-inferred = déduit

## Proofs
## How sure it is that a check or finding is so, and how sure where it broke, or who answered.

proofs-broke = { $proof }; où : { $where }
proofs-answered = { $proof }; qui a répondu : { $where }
proofs-detail = { $detail } ({ $where })

## Check
## Names of checks.

check-https = Ouverture de session (HTTPS)
check-tcp = Événements d’appel (TCP)
check-internet = Internet
check-socket = Connexion en direct (WebSocket)
check-events = Événements du serveur
check-port80 = Port 80 (HTTP)
check-port5222 = Port 5222 (présence)
check-hold = Connexion silencieuse

## Detail
## What a check rests on, without a full stop; short enough for a table's cell.

detail-pending = en cours…
detail-not-tried = non tenté
detail-answered-sometimes =
    { $answered ->
        [one] { $answered } réponse sur { $tries } essais
       *[other] { $answered } réponses sur { $tries } essais
    }
detail-connected = connexion établie
detail-as-from-outside = comme de l’extérieur
detail-too-fast = réponse venue d’ailleurs, en { $time }
detail-answers-unlike-outside = répond autrement que de l’extérieur
detail-not-resolved = nom inconnu, après { $time }
detail-not-offered = le relais ne l’offre pas
detail-port-open = ouvert, { $time }
detail-port-refused = refusé après { $time }
detail-port-silent = aucune réponse
detail-behind-proxy = indécidable derrière un proxy
detail-port-taken = autre chose y répond
detail-port-cut = connecté, puis chiffrement coupé
detail-held = restée ouverte pendant { $seconds } s de silence
detail-hold-cut = coupée après { $seconds } s de silence
detail-hold-cut-unseen = aucun signe de vie après le silence
detail-no-answer = aucune réponse en { $seconds } s
detail-refused-nearby = refusé tout près, après { $time }
detail-refused-far = refusé à l’autre bout, après { $time }
detail-refused = refusé, après { $time }
detail-tls-failed = pas de connexion sécurisée, après { $time }
detail-cut = coupé pendant la connexion, après { $time }
detail-closed-after-tls = fermé sans réponse, après { $time }
detail-failed = échec après { $time }
detail-needs-outside = exige un regard de l’extérieur
detail-silent-here-and-outside = silencieux, de l’extérieur aussi
detail-ambiguous = plus d’une explication
detail-origin-answered = le serveur de cette page répond
detail-relay-answered = le relais répond
detail-control-answered = une adresse témoin répond
detail-endpoint-answered = le service répond
detail-nothing-answered = rien n’a répondu hors de cet ordinateur
detail-no-relay = aucun relais n’est configuré
detail-relay-unreachable = le relais n’a pas répondu
detail-relay-refused = le relais était occupé ou ne connaît pas cette page
detail-relay-inside = le relais n’est pas à l’extérieur
detail-relay-lost-its-way = le relais lui-même n’a pas d’accès
detail-no-word = aucune nouvelle du relais
detail-relay-on-this-computer = le relais tourne sur cet ordinateur et ne dit donc rien du réseau
detail-socket-open = ouverte
detail-socket-failed = deux échecs, bien que HTTPS vers le même endroit fonctionne
detail-events = { $arrived } sur { $expected } reçus, retard maximal de { $time }
detail-events-cut = la connexion s’est rompue
detail-no-socket = aucune connexion en direct pour les recevoir
detail-stood-still = cet ordinateur s’est figé { $time } pendant ce temps : cela ne dit rien du réseau
detail-network-changed = le réseau de cet ordinateur a changé pendant ce temps : cela ne dit rien
detail-permission-waits = le navigateur attend votre permission

## Headline
## The headline of a run: one line, what it means, what to do now.

headline-offline-title = Aucune connexion à Internet
headline-offline-means = Rien n’a répondu hors de cet ordinateur, ni le service ni aucune autre adresse.
headline-offline-do = Vérifiez le câble ou le Wi-Fi, identifiez-vous si votre réseau a une page de connexion, puis recommencez.
headline-blocked-title = Ce réseau bloque { $provider }
headline-blocked-some-title =
    { $passing ->
        [one] Ce réseau laisse passer { $passing } région sur { $total }
       *[other] Ce réseau laisse passer { $passing } régions sur { $total }
    }
headline-blocked-means = Ce réseau, ou cet ordinateur, arrête ce qui répond de l’extérieur : { $affected }.
headline-blocked-do = Copiez le rapport et envoyez-le au soutien technique : il contient la demande exacte pour votre service informatique.
headline-down-title = { $provider } ne répond pas : { $affected }
headline-down-means = L’échec est le même d’ici et de l’extérieur; votre réseau n’est pas en cause.
headline-down-do = Copiez le rapport et envoyez-le au soutien technique; il n’y a rien à changer de votre côté.
headline-unknown-title = La vérification n’a pas pu trancher
headline-unknown-means = Rien ne permet de dire si votre réseau ou le service est en cause.
headline-unknown-some-means = { $affected } : rien ne permet de dire si votre réseau ou le service est en cause.
headline-send-report = Copiez le rapport et envoyez-le au soutien technique.
headline-degraded-one-title = { $affected } répond, mais mal
headline-degraded-title = { $provider } répond, mais mal
headline-degraded-means = Quelque chose perturbera votre travail : { $affected }; la cause est indiquée ci-dessous.
headline-reachable-one-title = { $affected } est accessible
headline-reachable-title = Les { $total } régions sont accessibles
headline-reachable-means = Ce navigateur atteint tout ce qui a été vérifié de { $provider }.
headline-reachable-do = Si vous avez encore des ennuis, copiez le rapport et envoyez-le au soutien technique : il indique où il est inutile de chercher.

## FindingPart
## What the sentences of several findings name.

finding-part-outside = De l’extérieur, notre relais l’a atteint en { $time }.
finding-part-nobody-outside = Personne à l’extérieur n’a pu être consulté; le service lui-même n’est donc pas exclu.
finding-part-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
finding-part-hours =
    { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
finding-part-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
finding-part-expired = son certificat est expiré
finding-part-not-yet-valid = son certificat n’est pas encore valide
finding-part-wrong-name = son certificat est à un autre nom
finding-part-untrusted = son certificat vient d’une autorité non reconnue
finding-part-other-fault = son certificat n’est pas acceptable

## Finding
## Findings by their tokens: a title, what happened, what it means, who does what. An attribute with a further word is said in
## place of the plain one where the evidence is such.

finding-offline =
    .title = Aucun accès à l’extérieur
    .what = Rien n’a répondu hors de cet ordinateur : aucune région ni aucune autre adresse.
    .means = Pas de câble ni de Wi-Fi, une page de connexion du réseau qui vous attend, ou un pare-feu qui bloque tout.
    .do = Vérifiez le câble ou le Wi-Fi; ouvrez un site Web pour voir s’il y a une page de connexion; puis recommencez.
finding-proxy-login =
    .title = Un proxy demande une authentification
    .what = { $hosts } : le navigateur attend, alors qu’une connexion en direct est refusée tout de suite. C’est l’effet de la fenêtre d’authentification d’un proxy.
    .means = Le proxy de votre réseau veut votre nom d’utilisateur et votre mot de passe pour ces adresses, et ne les a pas reçus.
    .do = Si une fenêtre demande un nom d’utilisateur et un mot de passe, remplissez-la et recommencez. Sinon, votre service informatique laisse passer ces hôtes sans authentification (demande dans le rapport).
finding-answer-not-from-service =
    .title = Autre chose a répondu à la place du service
    .what = { $hosts } répond ici autrement que de l’extérieur, tout comme un nom qui n’existe pas.
    .what-too-fast = { $hosts } a répondu en { $time }; le trajet seul prend au moins { $floor }.
    .means = Un filtre, un produit de sécurité ou un proxy près de vous répond, sans doute par une page « bloqué ».
    .do = Votre service informatique exempte ces hôtes du filtrage et de l’inspection (demande dans le rapport).
finding-not-resolved =
    .title = Le nom est inconnu ici
    .what = { $hosts } : le navigateur a abandonné après le temps qu’il accorde à une recherche de nom restée sans réponse.
    .what-timed = { $hosts } a échoué après { $time }, le temps d’une recherche de nom qui ne trouve rien.
    .means = Les serveurs de noms de ce réseau ne connaissent pas le nom, ou ne répondent pas à son sujet. { $outside }
    .do = Votre service informatique vérifie comment ses serveurs de noms et ses filtres traitent ces noms (demande dans le rapport).
finding-permission-waits =
    .title = Le navigateur attend votre permission
    .what = { $hosts } : votre navigateur demande si cette page peut joindre des appareils de votre réseau local, et retient tout jusqu’à votre réponse.
    .means = Le nom mène à une adresse privée, comme lorsque votre entreprise fait passer le service par son propre réseau. On ne sait pas encore si le service fonctionne.
    .do = Répondez à la question que le navigateur pose en haut de la fenêtre : Autoriser. Puis recommencez.
finding-private-address =
    .title = Le nom mène à une adresse privée
    .what = { $hosts } : le navigateur retient les requêtes comme il le fait pour les adresses internes d’un réseau, alors que les connexions en direct s’ouvrent.
    .what-everywhere = { $hosts } : notre relais trouve une adresse privée derrière le nom.
    .means = Votre entreprise fait peut-être passer le service par son propre réseau. Les navigateurs demandent la permission d’y aller; le client peut fonctionner quand même.
    .do = Si le navigateur demande si cette page peut joindre des appareils de votre réseau, acceptez et recommencez. Votre service informatique sait si cette adresse est voulue.
finding-refused-nearby =
    .title = Refusé tout près
    .what = { $hosts } : refus après { $time }, plus vite que le trajet jusqu’au service ne le permet.
    .means = Un pare-feu, un proxy, un logiciel de sécurité ou un filtre de noms près de vous refuse, ou bien un bloqueur de contenu dans ce navigateur. { $outside }
    .do = Votre service informatique l’autorise (demande dans le rapport). Si cela fonctionne dans une fenêtre privée sans extensions, c’est un bloqueur de ce navigateur qui l’arrête.
finding-dropped =
    .title = Aucune réponse
    .what = Aucune réponse de { $hosts } en { $seconds } s.
    .what-handshake = Aucune réponse de { $hosts } en { $seconds } s. Laissé à lui-même, le navigateur a abandonné après environ 30 s, comme il le fait le plus souvent quand la connexion tient et que la négociation sécurisée reste sans réponse.
    .what-connection = Aucune réponse de { $hosts } en { $seconds } s. Laissé à lui-même, le navigateur a abandonné après environ 21 s, comme le fait Windows quand rien ne répond à une tentative de connexion.
    .what-later = Aucune réponse de { $hosts } en { $seconds } s, et après une demi-minute le navigateur attendait encore.
    .means = Un pare-feu l’élimine, ou le service se tait. Personne à l’extérieur n’a pu être consulté.
    .means-outside = Le plus probable : un pare-feu l’élimine en chemin. De l’extérieur, notre relais l’a atteint en { $time }.
    .means-handshake = La connexion s’établit, et la suite reste sans réponse : de gros paquets se perdent dans un VPN ou un tunnel (MTU), ou un pare-feu élimine la négociation. { $outside }
    .do = Votre service informatique l’autorise (demande dans le rapport). Rien à faire sur cet ordinateur.
finding-tls-rejected =
    .title = Pas de connexion sécurisée
    .what = { $hosts } : la connexion sécurisée a échoué après { $time }.
    .what-said = { $hosts } : le navigateur signale l’échec de la négociation sécurisée, après { $time }.
    .means = Quelque chose présente un certificat que ce navigateur ne reconnaît pas (un pare-feu qui inspecte, ou l’horloge de cet ordinateur mal réglée), ou réinitialise la négociation. { $outside }
    .do = Votre service informatique exempte ces hôtes de l’inspection (demande dans le rapport). Ouvrez l’adresse dans un nouvel onglet : le code de la page d’erreur dit ce qu’il en est. Si elle échoue aussi sur un autre réseau (celui d’un téléphone), le soutien technique en informe le fournisseur : un serveur que les navigateurs refusent a le même aspect.
finding-cut-in-handshake =
    .title = Coupé pendant la connexion
    .what = { $hosts } a accepté la connexion, puis elle a été coupée après { $time }.
    .means = Un pare-feu qui regarde dans les connexions la coupe dès qu’il voit le nom. { $outside }
    .do = Votre service informatique l’autorise (demande dans le rapport). Rien à faire sur cet ordinateur.
finding-closed-after-tls =
    .title = Fermé sans réponse
    .what = { $hosts } : connexion sécurisée établie, puis fermée après { $time } sans réponse.
    .means = Un proxy ou un pare-feu qui inspecte met fin à la connexion, ou bien le service. { $outside }
    .do = Votre service informatique l’autorise (demande dans le rapport). Rien à faire sur cet ordinateur.
finding-refused-far =
    .title = Refusé à l’autre bout
    .what = { $hosts } : refus après { $time }, un aller-retour jusqu’au service.
    .means = Le service, ou un pare-feu juste devant lui, n’accepte pas les connexions de votre adresse. { $outside }
    .do = Le soutien technique demande au fournisseur si l’adresse de votre entreprise y est bloquée; votre service informatique vérifie son pare-feu (demande dans le rapport).
finding-refused =
    .title = Refusé
    .what = { $hosts } : refus; cet ordinateur ne le dit qu’après de nouveaux essais, { $time } en tout.
    .means = Un pare-feu ou un filtre de votre réseau, ou le service lui-même, n’accepte pas la connexion : le temps ne dit pas lequel. { $outside }
    .do = Votre service informatique l’autorise (demande dans le rapport). Si c’est autorisé, le soutien technique demande au fournisseur si l’adresse de votre entreprise y est bloquée.
finding-not-connected =
    .title = Pas de connexion
    .what = { $hosts } : échec après { $time }.
    .means = Le nom est inconnu de votre réseau, la connexion est refusée, ou la négociation sécurisée échoue : le temps ne permet pas de trancher. { $outside }
    .means-proxy = Le proxy qui se connecte à la place de ce navigateur le refuse, ne l’atteint pas ou ne connaît pas son nom; ou bien le service met fin à la négociation. La durée ne dit pas lequel des cas. { $outside }
    .do = Ouvrez l’adresse dans un nouvel onglet et envoyez au soutien technique le code de la page d’erreur. Votre service informatique vérifie qu’elle est autorisée (demande dans le rapport).
    .do-proxy = Votre service informatique cherche ces hôtes dans le journal du proxy et les y autorise (demande dans le rapport). Ouvrez l’adresse dans un nouvel onglet : le code de la page d’erreur dit si le proxy a refusé.
finding-service-down =
    .title = Le service ne répond pas
    .what = { $hosts } échoue d’ici et ne répond pas non plus de l’extérieur.
    .what-refused = { $hosts } échoue d’ici et refuse aussi les connexions de l’extérieur.
    .what-no-route = { $hosts } échoue d’ici et aucun chemin n’y mène de l’extérieur.
    .what-not-resolved = { $hosts } échoue d’ici et son nom est inconnu de l’extérieur aussi.
    .what-no-tls = { $hosts } échoue d’ici et n’établit pas de connexion sécurisée de l’extérieur non plus.
    .what-no-http = { $hosts } échoue d’ici et ne donne aucune réponse de l’extérieur non plus.
    .what-certificate = { $hosts } échoue d’ici; de l’extérieur aussi, { $fault }.
    .means = La panne est du côté de { $provider }, pas de votre réseau.
    .do = Le soutien technique avise le fournisseur. Rien à faire de votre côté.
finding-plain-443-blocked =
    .title = Le port 443 est peut-être fermé à tout ce qui n’est pas TLS
    .what = Vers notre relais, TLS passe sur le port 443; STUN, un autre protocole, ne passe pas.
    .means = Ou bien un pare-feu n’y laisse passer que TLS, et un client qui y dit autre chose échouera. Ou bien il n’arrête que STUN, et rien n’est perdu : la page ne peut pas distinguer les deux.
    .means-hosts = Ou bien un pare-feu n’y laisse passer que TLS, et les événements d’appel n’arriveront pas, car, vu de l’extérieur, { $hosts } ne parle pas TLS. Ou bien il n’arrête que STUN, et rien n’est perdu : la page ne peut pas distinguer les deux.
    .do = Votre service informatique regarde ce que le pare-feu dit du port 443 vers notre relais, et autorise tout protocole TCP vers ces hôtes (demande dans le rapport).
finding-socket-blocked =
    .title = Les connexions en direct sont bloquées
    .what = HTTPS vers notre relais fonctionne; un WebSocket vers le même endroit a échoué deux fois.
    .means = Un proxy ou un pare-feu qui inspecte supprime WebSocket, ou bien un bloqueur de contenu ou un relais de confidentialité de ce navigateur. Les connexions de longue durée, par lesquelles les appels sont annoncés, souffriront elles aussi d’un appareil en chemin.
    .do = Votre service informatique autorise WebSocket et les connexions de longue durée sur le port 443. Si cela fonctionne dans une fenêtre privée sans extensions ou dans un autre navigateur, c’est ce navigateur.
finding-hold-cut =
    .title = Les connexions silencieuses sont coupées
    .what = Une connexion à notre relais sur laquelle rien n’était dit n’a plus donné signe de vie ensuite.
    .what-after = Une connexion à notre relais sur laquelle rien n’était dit a été coupée après { $seconds } s.
    .means = Quelque chose en chemin met fin aux connexions silencieuses. Les appels sont annoncés sur de telles connexions et seront manqués.
    .means-round = Un pare-feu, un proxy ou un routeur met fin aux connexions silencieuses après ce temps : un nombre rond, donc une minuterie. Les appels sont annoncés sur de telles connexions et seront manqués.
    .do = Votre service informatique porte le délai d’inactivité pour les hôtes de { $provider } à une heure ou plus.
finding-events-lost =
    .title = Des événements du serveur se perdent
    .what = La connexion s’est rompue pendant que des événements d’essai étaient en route.
    .what-counted =
        { $arrived ->
            [one] { $arrived } événement d’essai sur { $expected } est arrivé, avec { $time } de retard.
           *[other] { $arrived } événements d’essai sur { $expected } sont arrivés, le plus tardif avec { $time } de retard.
        }
    .means = Les appels et les changements de file vous parviendront en retard, ou pas du tout.
    .do = Le soutien technique examine la qualité du réseau avec votre service informatique.
finding-port-80-closed =
    .title = Le port 80 est fermé
    .what = Notre relais écoute sur le port 80; d’ici, aucune réponse.
    .what-refused = Notre relais écoute sur le port 80; d’ici, il a été refusé après { $time }.
    .means = Le client utilise aussi le port 80. Ceci a été vérifié vers notre relais, pas vers le service.
    .do = Votre service informatique autorise le port 80 sortant vers les hôtes de { $provider }.
finding-port-5222-closed =
    .title = Le port 5222 (présence) est fermé
    .what = Notre relais écoute sur le port 5222; d’ici, aucune réponse.
    .what-refused = Notre relais écoute sur le port 5222; d’ici, il a été refusé après { $time }.
    .means = Le client utilise le port 5222 pour la présence. Ceci a été vérifié vers notre relais, pas vers le service.
    .do = Votre service informatique autorise le port 5222 sortant vers les hôtes de { $provider }.
finding-unsteady =
    .title = Instable
    .what = { $hosts } : essais réussis { $answered }, essais manqués { $failed }.
    .means = Le trajet perd des connexions : Wi-Fi faible, ligne ou appareil surchargé.
    .means-alone = Ici seulement : toutes les autres régions ont répondu chaque fois, ce n’est donc guère la ligne. Un des serveurs derrière ce nom ne fonctionne pas, ou quelque chose en chemin arrête certaines connexions.
    .do = Essayez un câble au lieu du Wi-Fi et recommencez; envoyez les deux rapports au soutien technique.
    .do-alone = Recommencez quelques minutes plus tard; si seul cet hôte est encore instable, le soutien technique en informe le fournisseur, avec les deux rapports.
finding-slow-at-first =
    .title = La première réponse est très longue
    .what = { $hosts } a répondu, mais seulement après { $time }; cette page attend { $seconds } s.
    .means = On peut le joindre. Ce qui le retarde est interrogé d’abord : des réglages de proxy qui cherchent des noms, un logiciel de sécurité, ou un service qui a dû se réveiller. { $outside }
    .do = Recommencez la vérification : si elle est rapide, seul le premier contact est en cause. Sinon, votre service informatique regarde les réglages de proxy et les logiciels de sécurité (demande dans le rapport).
finding-slow =
    .title = Lent
    .what = { $hosts } répond d’ordinaire en { $time }; au-delà de { $limit }, cela se remarque.
    .means = L’ouverture de session et les changements d’état traîneront.
    .do = Essayez un câble au lieu du Wi-Fi et recommencez; envoyez les deux rapports au soutien technique.
finding-clock-wrong =
    .title = L’horloge de cet ordinateur est fausse
    .title-differ = Deux horloges diffèrent
    .what = L’horloge de cet ordinateur avance de { $span } sur celles du relais et du serveur de la page.
    .what-ahead-of-other = L’horloge de cet ordinateur avance de { $span } sur celle de l’autre serveur.
    .what-behind = L’horloge de cet ordinateur retarde de { $span } sur celles du relais et du serveur de la page.
    .what-behind-other = L’horloge de cet ordinateur retarde de { $span } sur celle de l’autre serveur.
    .means = Avec une horloge fausse, l’ouverture de session est refusée et les certificats semblent expirés.
    .do = Réglez l’horloge de cet ordinateur (date, heure et fuseau) et recommencez.
finding-extension-interferes =
    .title = Une extension intervient dans cette page
    .what = Dans le navigateur, quelque chose a mis sa propre fonction à la place de la sienne : { $replaced }.
    .means = Une extension de confidentialité, de sécurité ou de blocage, ou la protection du navigateur contre le pistage, s’interpose entre cette page et le réseau. Ce que la page a mesuré vient peut-être de là, et non de votre réseau.
    .do = Ouvrez ce lien dans une fenêtre privée sans extensions, ou dans un autre navigateur, puis comparez.
finding-inspected =
    .title = Les connexions chiffrées sont ouvertes en chemin
    .what = Une adresse qui ne peut pas exister a répondu par une connexion sécurisée de confiance.
    .what-handshake = Notre relais a vu une négociation sécurisée que ce navigateur ne fait pas.
    .what-headers = Dans la connexion chiffrée, notre relais a trouvé des en-têtes que les navigateurs n’envoient pas : { $headers }.
    .means = Un proxy ou un produit de sécurité inspecte le trafic chiffré; une réponse ici ne prouve donc pas qu’elle vient du service.
    .do = Votre service informatique exempte de l’inspection les hôtes de { $provider }.
finding-proxy-in-path =
    .title = Un proxy se trouve en chemin
    .what = Les connexions sont prises par quelque chose de proche, à la place de l’autre bout.
    .what-asked = Le navigateur demande à un proxy de se connecter à sa place.
    .means = Ce n’est pas une panne en soi. Ce qui est refusé ici l’est peut-être par le proxy, et le client passe peut-être ailleurs.
    .do = Le soutien technique compare les réglages de proxy de ce navigateur avec ceux du client.
finding-split-egress =
    .title = Deux sorties
    .what = HTTPS et les connexions en direct arrivent à notre relais de deux adresses différentes.
    .means = Votre réseau les envoie par deux lignes ou deux proxys. Un service qui attend une seule adresse peut mettre fin à la session.
    .do = Le soutien technique en parle à votre service informatique si des sessions se terminent sans raison visible.
finding-ways-differ =
    .title = Le service est joint par un autre chemin
    .what = Le service répond plus tôt que le chemin par lequel cette page et le relais sont joints ne le permettrait.
    .means = Il quitte votre ordinateur par un autre chemin que le reste (un VPN dont le service est exclu, un contournement), ou quelque chose près de vous répond à sa place. On ne sait pas qui a répondu.
    .do = Rien à faire si votre service informatique l’a voulu ainsi. Sinon, il vérifie par où ces noms quittent le réseau (demande dans le rapport).
finding-ipv6-broken =
    .title = IPv6 ne mène nulle part
    .what = La connexion a pris { $time } de plus qu’un aller-retour, comme lorsque IPv6 est essayé d’abord et que rien ne répond.
    .means = Ce réseau offre IPv6 sans l’acheminer. Chaque première connexion perd un moment; IPv4 fonctionne.
    .do = Votre service informatique répare IPv6 ou cesse de l’offrir.
finding-relay-misconfigured =
    .title = Le relais ne connaît pas cette page
    .what = Le relais répond, mais ne sert pas les pages de { $origin }.
    .means = Il n’a pas pu dire ce qu’il en est de l’extérieur. Ce n’est pas une faute de votre réseau.
    .do = L’exploitant de cette page ajoute { $origin } aux origines du relais.
finding-relay-busy =
    .title = Le relais est occupé
    .what = Le relais répond, mais n’a pas de place pour une vérification de plus en ce moment.
    .means = Il n’a pas pu dire ce qu’il en est de l’extérieur. Ce n’est pas une faute de votre réseau.
    .do = Recommencez dans une minute.
finding-relay-unreachable =
    .title = Le relais est inaccessible
    .what = { $relay } n’a pas répondu.
    .what-wrong = Autre chose que le relais a répondu à { $relay }.
    .means = Sans lui, nul ne peut dire si ce qui échoue ici répond de l’extérieur. Votre réseau bloque le relais, ou le relais est arrêté.
    .do = Le soutien technique vérifie que le relais fonctionne. Votre service informatique peut l’autoriser.
finding-relay-not-outside =
    .title = Aucun regard de l’extérieur
    .what = Le relais n’a pas dit ce qu’il en est de là où il se trouve.
    .what-lost-its-way = Le relais répond, mais aucune de ses propres adresses témoins ne lui répond.
    .what-inside = Le relais tourne sur cet ordinateur ou à l’intérieur de ce réseau.
    .means = Ce qui échoue ici ne peut être comparé à ce qu’il en est de l’extérieur et n’est donc dit ni bloqué ni en panne.
    .do = L’exploitant de cette page installe un relais sur Internet qui peut atteindre le service.
finding-no-relay =
    .title = Aucun relais n’est configuré
    .what = Cette page ne connaît aucun relais.
    .means = Ce qui échoue ici ne peut être comparé à ce qu’il en est de l’extérieur et n’est donc dit ni bloqué ni en panne.
    .do = L’exploitant de cette page indique un relais dans config.json.
finding-relay-turned-away =
    .title = Le service n’admet pas le relais
    .what = { $hosts } répond ici, mais refuse le relais à l’extérieur ou le laisse sans réponse.
    .means = Très probablement, { $provider } n’admet que certains réseaux (une liste d’autorisation, un filtre contre les centres de données), et celui du relais n’en est pas. Ce que le relais ne peut joindre n’est donc pas dit en panne. Votre réseau n’est pas en cause.
    .means-undecided = Très probablement, { $provider } n’admet que certains réseaux (une liste d’autorisation, un filtre contre les centres de données), et celui du relais n’en est pas. Personne à l’extérieur n’a donc pu dire, de ce qui échoue ici, si votre réseau le bloque ou si le service est en panne.
    .do = Rien à faire de votre côté. L’exploitant de cette page place le relais dans un réseau que le service admet.
    .do-undecided = Le soutien technique ouvre ce qui échoue ici depuis un autre réseau que le service admet (un collègue ailleurs, un téléphone mobile) : si cela répond, votre réseau le bloque; sinon, le service est en panne.
finding-answers-then-stalls =
    .title = Les réponses n’arrivent pas entières
    .what = { $hosts } répond, mais la fin d’une réponse n’est pas arrivée en { $seconds } s.
    .what-whole = { $hosts } accepte les connexions et répond à une question courte; la réponse demandée par cette page n’est pas arrivée entière en { $seconds } s.
    .means = Quelque chose en chemin arrête les longues réponses ou les retient pour les examiner : un filtre de contenu ou un logiciel de sécurité, un VPN ou un tunnel qui perd les gros paquets (MTU). Ou bien un serveur du service est bloqué. { $outside }
    .do = Essayez une fois sans VPN, ou avec le partage de connexion d’un téléphone. Si cela fonctionne, votre service informatique vérifie les filtres de contenu et le MTU (demande dans le rapport); sinon, le soutien technique en informe le fournisseur.
finding-one-of-several-servers =
    .title = Un serveur parmi plusieurs ne fonctionne pas
    .what = { $hosts } : essais réussis { $answered }, essais manqués { $failed }; le nom a { $addresses } adresses, et tous les autres hôtes ont répondu chaque fois.
    .means = Le plus probable : un des serveurs derrière ce nom est en panne, et vous tombez dessus de temps en temps. Moins probable : quelque chose en chemin arrête certaines de ses adresses. Ce n’est guère votre ligne.
    .do = Recommencez quelques minutes plus tard. Si seul cet hôte échoue encore, le soutien technique en informe le fournisseur, avec les deux rapports.
finding-mtu =
    .title = Les gros paquets se perdent en chemin
    .what = { $hosts } : les connexions s’établissent, et la négociation sécurisée reste sans réponse.
    .means = Plusieurs hôtes de la même façon : le plus probable est que les paquets de pleine taille se perdent dans un VPN, un tunnel ou une ligne DSL (MTU). Sinon, un pare-feu élimine les négociations. { $outside }
    .do = Essayez une fois sans VPN, ou avec le partage de connexion d’un téléphone. Si cela fonctionne, votre service informatique réduit le MTU (ou limite le MSS) sur ce trajet, ou autorise les hôtes (demande dans le rapport).
finding-network-changed-in-run =
    .title = Le réseau de cet ordinateur a changé pendant le test
    .what = Une connexion de cet ordinateur est apparue ou a disparu pendant le test (câble, Wi-Fi, VPN). Ce qui a échoué à ce moment ne compte pas.
    .means = Cela ne dit rien du service. Si cela se répète, les appels coupent aussi.
    .do = Attendez que le réseau soit stable et recommencez. S’il continue d’aller et venir, votre service informatique vérifie le câble, la station d’accueil, le Wi-Fi et le VPN.
finding-requests-wait =
    .title = Des requêtes attendent, bien que l’hôte soit joignable
    .what = { $hosts } : une requête est restée sans réponse pendant { $seconds } s, alors qu’une autre connexion de ce navigateur est passée tout de suite.
    .means = Le plus probable : ce navigateur attend encore des connexions qu’il a commencées quand l’hôte ne répondait pas, par exemple lors d’un test juste avant; il les abandonne après quelques minutes. Si l’hôte répondait déjà avant, quelque chose en chemin retient les réponses ou ne laisse passer que certaines connexions.
    .do = Attendez cinq minutes, ou fermez complètement le navigateur, et recommencez. Si des requêtes attendent encore, envoyez les deux rapports au soutien technique.

## Limit
## The report's "limits of this test".

limit-browser = Faite avec { $browser } et les réglages de proxy de ce navigateur; le client peut en utiliser d’autres.
limit-some-browser = Faite avec un navigateur et ses réglages de proxy; le client peut en utiliser d’autres.
limit-firefox-proxy = Firefox a ses propres réglages de proxy : pour comparer, ouvrez la page dans Edge ou Chrome.
limit-own-names = Le navigateur résout peut-être les noms lui-même (DNS sur HTTPS) ou passe par son propre VPN; le client peut obtenir d’autres réponses.
limit-engine-place = Mesuré là où tourne le moteur du navigateur : avec un navigateur distant ou un bureau virtuel, ce n’est pas toujours là où tourne le client.
limit-in-frame = La page était dans un cadre d’une autre page, où les navigateurs interdisent plus que dans un onglet; pour comparer, ouvrez-la dans son propre onglet.
limit-http-status = Un refus écrit en HTTP (403, 429) ressemble à n’importe quelle réponse, et dans Chrome et Edge une réponse qui s’interrompt aussi : une page ne peut pas lire ce que dit le service.
limit-ipv6 = Le relais a vu ce navigateur en IPv6; un client qui ne parle qu’IPv4 prend un autre chemin, ou n’en trouve aucun.
limit-socket-is-not-tcp = Un WebSocket qui passe sur le port 443 ne prouve pas qu’un autre protocole y passe.
limit-tcp-from-browser = Un navigateur ne peut pas parler aux points TCP le protocole du client; il voit s’ils peuvent être atteints.
limit-other-ports = Les ports 80 et 5222 (présence) n’ont été vérifiés que vers le relais, ou pas du tout; cela prouve le port, pas le service.
limit-sockets-kept = Certains WebSockets sont ceux de la vérification précédente, une minute plus tôt au plus : le navigateur aurait retenu les nouveaux.
limit-still-out = Une connexion silencieuse, ou un essai sans réponse, était encore sous observation à l’écriture de ce rapport; la page continue et en sait peut-être davantage.
limit-ping = Le ping ne prouve rien et n’a pas été utilisé.

## Computer
## What a run showed of the computer it was made on: one line.

computer-clock = horloge par pas de { $time }
computer-own-delay = le navigateur lui-même en retard jusqu’à { $time }
computer-stalled = figé jusqu’à { $time }
computer-network-changed = son réseau a changé pendant la vérification

## LinkProblem
## Bad values of the support link.

link-problem-ticket = Le numéro de billet du lien, « { $value } », n’en est pas un et a été omis.
link-problem-lang = Le lien demande la langue « { $value } », que cette page n’a pas.
link-problem-region = Le lien nomme la région « { $value } », qui n’existe pas; elle a été omise.
link-problem-autostart = « autostart » vaut « { $value } » dans le lien; ce ne peut être que 0 ou 1.

## Route
## How far a way goes: what its drawing shows.

route-through = La connexion parvient à destination : { $far_end }.
route-through-inferred = Tout indique que la connexion parvient à destination : { $far_end }.
route-browser = La connexion s’arrête sur cet ordinateur.
route-network = La connexion s’arrête dans votre réseau, dans un proxy ou sur cet ordinateur.
route-network-inferred = Tout indique que la connexion s’arrête dans votre réseau, dans un proxy ou sur cet ordinateur (déduit).
route-internet = La connexion s’arrête sur Internet, au-delà de votre réseau.
route-far-end = La connexion s’arrête à l’autre bout : { $far_end }.
route-far-end-inferred = Tout indique que la connexion s’arrête à l’autre bout : { $far_end }.
route-unclear = L’endroit où la connexion s’arrête n’est pas établi.

## Settings
## Settings in force in place of the file beside the page: which, and why. After Broken stand place and error, in English.

settings-kept = La vérification utilise les réglages de cette page tels que ce navigateur les a lus la dernière fois, le { $since }.
settings-build = La vérification utilise les réglages avec lesquels cette page a été construite.
settings-embedded = La vérification utilise sa liste d’adresses intégrée, celle de { $provider }; les réglages de votre centre d’assistance ne sont pas en vigueur.
settings-late = Le fichier de réglages config.json n’était pas arrivé après { $seconds } s.
settings-no-answer = Le fichier de réglages config.json n’est pas arrivé : la requête a échoué.
settings-status = Au lieu du fichier de réglages config.json, le serveur de la page a répondu par le code { $status }.
settings-web-page = Une page Web est arrivée à la place du fichier de réglages config.json.
settings-broken = Le fichier de réglages config.json contient une erreur et n’a pas été utilisé. Emplacement et erreur, en anglais :
settings-forbidden = La politique de sécurité de la page elle-même ne permet pas au navigateur de vérifier ces adresses des réglages; elles n’ont donc pas été vérifiées : { $addresses }. Ce n’est pas la faute de votre réseau : la page a été construite avec d’autres réglages et doit être reconstruite.
settings-came = Les réglages de cette page sont arrivés. La prochaine vérification les utilise.
running-all = Vérification de toutes les régions de { $provider } et de ce réseau.
running-some = Régions accessibles jusqu’ici : { $passing } sur { $total }. Encore en cours : { $names }.
running-network = Toutes les régions sont vérifiées. Reste la connexion en direct et les ports de ce réseau.
running-soon = Cela prend en général quelques secondes, { $seconds } s au plus.
running-at-most = Quelque chose répond lentement : encore { $seconds } s au plus.
running-silent = Pas encore de réponse de { $host }; l’attente dure au plus { $seconds } s.
step-sign-in = Ouvrez n’importe quel site Web dans ce navigateur : si une page de connexion apparaît, identifiez-vous, puis recommencez la vérification.
step-allow = Regardez en haut de la fenêtre du navigateur : s’il demande si cette page peut joindre votre réseau local, choisissez Autoriser et recommencez.
step-hotspot = Refaites cette vérification sur un autre réseau, comme le point d’accès de votre téléphone : ce qui passe là-bas et non ici est arrêté par ce réseau.
step-other-browser = Refaites cette vérification dans un autre navigateur, ou dans une fenêtre privée sans extensions : ce qui passe là-bas est arrêté par ce navigateur.
step-tab = Ouvrez { $url } dans un nouvel onglet et dites au soutien technique ce que vous voyez : toute réponse montre que l’adresse est accessible, et un code sur la page d’erreur du navigateur dit ce qui l’arrête.
step-colleagues = Demandez si des collègues au même endroit sont aussi hors ligne : si oui, c’est le réseau, sinon, cet ordinateur.
step-elsewhere = Ouvrez cette page depuis un réseau à vous : ce qui échoue là aussi n’est pas la faute du réseau de l’agent.
step-relay = Faites installer ou réparer le relais par l’exploitant de cette page : seul un regard de l’extérieur distingue ce qui est bloqué de ce qui est en panne.
step-logs = Cherchez { $hosts } dans les journaux du pare-feu et du serveur mandataire à l’heure de cette vérification : ce qui l’a arrêté y figure.
step-let-out = Vérifiez si un pare-feu arrête tout ce qui sort de cet ordinateur, et quel serveur mandataire il doit utiliser.

## Sentence
## Single sentences.

sentence-one-answer = une réponse, en { $time }
sentence-answers = { $count } réponses, en { $fastest } à { $slowest }
sentence-network-fails = Ne passe pas : { $names }.
sentence-announcement = La vérification est terminée. { $title }.

## Format
## What joins the last two of a list, and the sign before tenths.

format-and = et
format-decimal = ,

## Always
## What is in the program in every language: that this one did not come.

always-words-missing = Les textes en français n’ont pas pu être chargés. Choisissez de nouveau la langue pour réessayer, ou rechargez la page.
