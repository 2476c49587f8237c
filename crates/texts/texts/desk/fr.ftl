### French (Canada). What the helpdesk's program says, beside what the check says: Read a report, the support link, the
### watch. docs/texts.md says how these files are read.

## HelpdeskUi
## Fixed words of the helpdesk's views.

helpdesk-ui-back-to-check = Vers la vérification de la connexion
helpdesk-ui-read-hint = Collez des rapports, des liens ou des codes courts, un seul ou plusieurs. Cette page les lit elle-même, même sans réseau, et n’envoie rien.
helpdesk-ui-read-anybody = N’importe qui peut écrire un rapport, ou un lien vers un rapport, et rien n’y prouve qui l’a fait. Comparez ses hôtes et ses adresses avec ce que vous savez avant d’agir.
helpdesk-ui-read-label = Rapport, lien ou code
helpdesk-ui-read-button = Lire
helpdesk-ui-read-clear = Effacer
helpdesk-ui-read-made = Établi
helpdesk-ui-read-took = Durée
helpdesk-ui-read-version = Version
helpdesk-ui-read-from-code = D’après un code court : il contient les verdicts et le constat principal, rien de plus.
helpdesk-ui-read-pending = Quand ceci a été établi, des indices tardifs manquaient encore.
helpdesk-ui-not-tested = non vérifiée
helpdesk-ui-not-listed = pas dans la liste de cette page
helpdesk-ui-no-finding = aucun constat
helpdesk-ui-compare-title = Différences entre deux rapports
helpdesk-ui-compare-what = Ce qui est comparé
helpdesk-ui-compare-differs = diffère
helpdesk-ui-compare-certainty = certitude seulement
helpdesk-ui-compare-yes = constaté
helpdesk-ui-compare-no = non constaté
helpdesk-ui-read-files = Choisir des fichiers texte
helpdesk-ui-read-drop = Ou déposez des fichiers texte ici.
helpdesk-ui-read-full = Il y en avait plus que cette page n’en lit à la fois; les 500 premiers ont été lus.
helpdesk-ui-pattern-title = Ce qu’ils ont en commun
helpdesk-ui-matrix-title = Qui et où
helpdesk-ui-matrix-name = Nom
helpdesk-ui-matrix-name-hint = Les noms que vous tapez ici restent dans cette page et disparaissent quand elle est fermée.
helpdesk-ui-matrix-when = Quand
helpdesk-ui-matrix-first = Premier constat
helpdesk-ui-matrix-doubtful = douteux
helpdesk-ui-matrix-earlier = un rapport antérieur de la même personne
helpdesk-ui-group-by = Grouper par
helpdesk-ui-group-result = mêmes verdicts
helpdesk-ui-group-finding = premier constat
helpdesk-ui-group-address = adresse publique
helpdesk-ui-group-network = partie du réseau
helpdesk-ui-group-browser = navigateur et version
helpdesk-ui-group-program = navigateur
helpdesk-ui-group-system = système
helpdesk-ui-group-relay = relais
helpdesk-ui-group-hour = heure
helpdesk-ui-group-not-known = inconnu
helpdesk-ui-group-different = tous différents
helpdesk-ui-export-text = Texte pour le billet
helpdesk-ui-export-text-copy = Copier le texte
helpdesk-ui-export-text-save = Télécharger le texte
helpdesk-ui-export-csv-copy = Copier le tableau
helpdesk-ui-export-csv-save = Télécharger le tableau (CSV)
helpdesk-ui-export-copied = Copié.
helpdesk-ui-compare-one = Rapport
helpdesk-ui-compare-other = Autre rapport
helpdesk-ui-each-report = Chaque rapport
helpdesk-ui-build-hint = Envoyez ce lien à l’agent. Il ouvre la vérification avec le numéro de billet.
helpdesk-ui-build-any-language = Celle du navigateur de l’agent
helpdesk-ui-build-regions = Régions à vérifier
helpdesk-ui-build-link = Lien
helpdesk-ui-build-qr = Le lien sous forme de code QR
helpdesk-ui-build-bad-ticket = Un numéro de billet a au plus 64 lettres, chiffres, espaces et - _ . / # :

## Refusal
## Why a pasted report was refused.

refusal-no-data = Ce texte ne contient ni rapport, ni lien vers un rapport, ni code court.
refusal-no-block = C’est un rapport, mais sa dernière partie, les données pour le soutien, manque ou est illisible. Demandez le texte complet, jusqu’à sa dernière ligne.
refusal-truncated = Les données du rapport sont coupées : lignes présentes, { $have } sur { $of }. Demandez le texte complet, jusqu’à sa dernière ligne.
refusal-link-truncated = Le lien est coupé. Demandez-le de nouveau, ou demandez le texte du rapport.
refusal-characters-replaced = Une passerelle de courriel (urldefense.com/v3) a remplacé des caractères dans ce lien, qui est donc illisible. Demandez le texte du rapport ou son code court.
refusal-beginning-missing = Le début des données du rapport manque. Demandez le texte complet.
refusal-altered-line = La ligne { $line } des données du rapport a été modifiée ou perdue en chemin. Demandez de nouveau le rapport, en fichier ou en lien.
refusal-altered-lines = Les lignes { $lines } des données du rapport ont été modifiées ou perdues en chemin. Demandez de nouveau le rapport, en fichier ou en lien.
refusal-damaged = Les données du rapport ont été modifiées en chemin et ne correspondent pas à leur somme de contrôle. Demandez de nouveau le rapport, en fichier ou en lien.
refusal-newer = Ce rapport vient d’une version plus récente de cette page. Rechargez cette page ou ouvrez la plus récente.

## Caution
## Why a report that was read may not be what it seems. A name stands in it as the report has it.

caution-name = « { $name } »
caution-provider = Le rapport porte sur un service qu’il appelle { $name }, non sur celui de cette page.
caution-names = Noms que la liste de cette page n’a pas : { $names }.
caution-hosts = Hôtes qui ne sont pas dans la liste de cette page : { $hosts }. La demande pour l’informatique les exclut. Trouvez à qui ils sont avant que quiconque les autorise.
caution-headline = Une contradiction : le résultat est « { $says } », et les régions et la vérification d’Internet donnent « { $follows } ». Aucune version de cette page n’écrit cela.
caution-region = Une contradiction : { $region } est « { $says } », et ses vérifications et constats donnent « { $follows } ». Aucune version de cette page n’écrit cela.

## CodeRefusal
## Why a short code was refused; it stands after the code and a colon.

code-refusal-length = un code de cette page a { $first } ou { $second } caractères.
code-refusal-character = le caractère { $place } n’existe dans aucun code.
code-refusal-check = le caractère de contrôle ne correspond pas : quelque chose a été mal entendu ou mal tapé.
code-refusal-other-catalogue = il vient d’une page qui a d’autres régions, ou d’une version plus récente.
code-refusal-newer-finding = il nomme un constat que seule une version plus récente de cette page connaît. Rechargez cette page ou ouvrez la plus récente.

## Remark
## What several reports have in common, or not.

remark-alike = Ils ne diffèrent par aucun verdict, aucune vérification, aucun constat.
remark-same-verdict = Tous disent : { $verdict }.
remark-regions-alike = Dans tous, { $verdict } : { $regions }.
remark-verdict-in = { $verdict } dans { $reports }
remark-region-differs = { $region } diffère : { $groups }.
remark-findings-shared = Constaté dans tous : { $findings }.
remark-no-finding-shared = Ils n’ont aucun constat en commun.
remark-finding-only-in = Seulement dans { $reports } : { $findings }.
remark-only-certainty = { $what } : la même chose, avec une autre certitude : { $groups }.
remark-certainty-in = { $certainty } dans { $reports }
remark-same-address = Tous viennent de la même adresse publique, donc sans doute du même réseau.
remark-other-addresses = Ils viennent d’adresses publiques différentes.
remark-same-browser = Tous ont été faits avec { $browser }.
remark-other-browsers = Ils ont été faits avec des navigateurs différents.
remark-reports-read =
    { $count ->
        [0] Rien n’a été lu.
        [one] Un rapport a été lu.
       *[other] { $count } rapports ont été lus.
    }

trouble-offline-one = 1 sur { $total } est hors ligne : { $who }.
trouble-offline-some = { $count } sur { $total } sont hors ligne.
trouble-offline-both = Les deux sont hors ligne.
trouble-offline-all = Les { $total } sont tous hors ligne.
trouble-blocked-one = 1 sur { $total } est bloqué à { $regions } : { $who }.
trouble-blocked-some = { $count } sur { $total } sont bloqués à { $regions }.
trouble-blocked-both = Les deux sont bloqués à { $regions }.
trouble-blocked-all = Les { $total } sont tous bloqués à { $regions }.
trouble-down-one = 1 sur { $total } a trouvé { $regions } en panne : { $who }.
trouble-down-some = { $count } sur { $total } ont trouvé { $regions } en panne.
trouble-down-both = Les deux ont trouvé { $regions } en panne.
trouble-down-all = Les { $total } ont tous trouvé { $regions } en panne.
trouble-unknown-one = Chez 1 sur { $total }, le verdict pour { $regions } est indéterminé : { $who }.
trouble-unknown-some = Chez { $count } sur { $total }, le verdict pour { $regions } est indéterminé.
trouble-unknown-both = Chez les deux, le verdict pour { $regions } est indéterminé.
trouble-unknown-all = Chez les { $total }, le verdict pour { $regions } est indéterminé.
trouble-degraded-one = 1 sur { $total } a un service perturbé à { $regions } : { $who }.
trouble-degraded-some = { $count } sur { $total } ont un service perturbé à { $regions }.
trouble-degraded-both = Les deux ont un service perturbé à { $regions }.
trouble-degraded-all = Les { $total } ont tous un service perturbé à { $regions }.
trouble-finding-one = 1 sur { $total } montre : { $findings } ({ $who }).
trouble-finding-some = { $count } sur { $total } montrent : { $findings }.
trouble-finding-both = Les deux montrent : { $findings }.
trouble-finding-all = Les { $total } montrent tous : { $findings }.
trouble-none-both = Les deux atteignent tout ce qu’ils ont vérifié.
trouble-none-all = Les { $total } atteignent tout ce qu’ils ont vérifié.
apart-namely = Ce sont { $who }.
apart-untested = Non vérifié par { $count }.
apart-all = Les { $count } sont tous { $what }.
apart-both = Les deux sont { $what }.
apart-part = { $with } des { $count } sont { $what }.
apart-only-one = C’est le seul { $what }.
apart-other-not = L’autre ne l’est pas.
apart-others-not = Aucun des { $others } autres ne l’est.
apart-others-known-not = Parmi les autres pour qui on le sait ({ $count }), aucun ne l’est.
apart-one-other-too = 1 des { $others } autres l’est aussi.
apart-others-too = { $with } des { $others } autres le sont aussi.
apart-others-unknown = Pour { $count } des autres, on ne le sait pas.
apart-others-have = Les { $others } autres sont tous { $what }.
apart-this-not = Celui-ci est { $what }.
apart-these-not = Aucun de ces { $count } ne l’est.
apart-pair = { $who } : { $what }. { $other } : { $that }.
apart-found = Constaté seulement là : { $findings }.
apart-found-everywhere = Constaté dans tous : { $findings }.
apart-nothing = Rien de ce que disent les rapports ne les distingue.
apart-nothing-shared = Les rapports ne disent rien d’autre qui soit commun à tous.
apart-address-unknown-one = 1 sur { $total } ne dit pas son adresse publique.
apart-addresses-unknown = Adresse publique non indiquée : { $count } sur { $total }.
shared-trait-address = derrière { $value }
shared-trait-network = derrière une adresse de { $value }
shared-trait-browser = avec { $value }
shared-trait-system = sous { $value }
shared-trait-relay = vus par le relais { $value }
shared-trait-hour = du { $value }
story-title = { $who }, { $before }, puis { $after }
story-mended = Rétabli : { $regions }.
story-mended-nothing = Rétabli : rien.
story-new = Nouveau problème : { $regions }.
story-new-nothing = Nouveau problème : aucun.
story-otherwise = { $region } : { $before }, maintenant { $after }.
story-still = Toujours { $verdict } : { $regions }.
story-gone = Plus constaté : { $findings }.
story-came = Nouvellement constaté : { $findings }.
matrix-offline = H
matrix-blocked = B
matrix-down = E
matrix-unknown = I
matrix-degraded = P
matrix-reachable = A
matrix-name-of = Nom du rapport { $number }
matrix-duplicate = 1 rapport en double n’est pas montré de nouveau.
matrix-duplicates = { $count } rapports en double ne sont pas montrés de nouveau.
matrix-in-trouble = { $count } sur { $total } en difficulté
matrix-none-in-trouble = { $total }, aucun en difficulté
matrix-legend = { $letter } = { $verdict }
matrix-where = { $verdict } : { $regions }
matrix-columns = Régions, à partir de la gauche : { $regions }.

## WatchUi
## Fixed words of the watch.

watch-ui-title = Surveiller la connexion
watch-ui-lead = Les appels cessent d’arriver au bout d’un moment? Laissez cet onglet ouvert pendant que vous travaillez. Il cherche si quelque chose en chemin coupe une connexion silencieuse, et après combien de temps. Il n’envoie presque rien.
watch-ui-start = Commencer la surveillance
watch-ui-stop = Arrêter la surveillance
watch-ui-running = En surveillance depuis
watch-ui-no-relay = La surveillance demande un relais qui répond. Faites d’abord la vérification.
watch-ui-nothing-yet = Rien n’a été coupé jusqu’ici.
watch-ui-log-title = Ce qui s’est passé
watch-ui-when = Quand
watch-ui-happened = Quoi
watch-ui-patterns = Quels silences passent
watch-ui-pattern = Silence
watch-ui-longest = Le plus long qui a passé
watch-ui-shortest = Le plus court qui a été coupé
watch-ui-none = -
watch-ui-copy = Copier le rapport de surveillance
watch-ui-copied = Copié.
watch-ui-csv = Télécharger en CSV
watch-ui-forget = Effacer ce journal
watch-ui-report-title = SURVEILLANCE
watch-ui-closer = Rapprocher
watch-ui-farther = Éloigner
watch-ui-earlier = Plus tôt
watch-ui-later = Plus tard
watch-ui-whole = Tout
watch-ui-loopback = Le relais est sur cet ordinateur même : ce qui passe ici ne dit rien du réseau.
watch-ui-away = Aucun relais ne répond qui ait de la place pour cette page. Un nouvel essai se fait de lui-même.
watch-ui-reconnected = Connexions refaites après une coupure
watch-ui-network-row = Réseau
watch-ui-kept = Le journal reste dans ce navigateur jusqu’à ce que vous l’effaciez. Il fait partie du prochain rapport que vous copiez.
watch-ui-not-kept = Ce navigateur ne garde rien pour cette page : le journal disparaît avec l’onglet.
watch-ui-in-report = Texte pour le soutien technique
watch-ui-kept-alive = Chrome et Edge maintiennent d’eux-mêmes chaque connexion, toutes les 45 secondes. Un pare-feu qui oublie plus tard les connexions silencieuses ne se voit que dans Firefox; le programme d’appels peut le subir quand même. Surveillez aussi dans Firefox avant de dire que le réseau va bien.
watch-ui-timeline = Chronologie de la surveillance

## Quiet
## Who says nothing.

quiet-both = Personne ne dit rien
quiet-page = Cet ordinateur ne dit rien
quiet-relay = Le serveur ne dit rien

## Cut
## How a connection ended; it stands in the sentences below.

cut-code = fermée avec le code { $code }
cut-broken = terminée
cut-silent = morte sans un mot
cut-somehow = coupée

## Lane
## What is tried on a connection.

lane-growing = silence croissant
lane-narrowing = silence resserré
lane-events = événements
lane-words = mots

## Ending
## How the relay saw it end.

ending-open = encore ouverte
ending-closed = fermée dans les règles
ending-finished = terminée
ending-reset = réinitialisée
ending-timed-out = expirée
ending-by-relay = terminée par lui-même
ending-not-known = inconnue

## Spot
## Who did it, as far as a watch tells, and how sure that is.

spot-this-computer = cet ordinateur
spot-between = en chemin
spot-relay = le relais

## WatchProofs

watch-proofs-at = { $proof }; où : { $place }, { $where }

## WatchFinding
## Findings of the watch: a title, what happened, what it means, who does what.

watch-finding-times =
    { $count ->
        [1] une fois
        [2] deux fois
       *[other] { $count } fois
    }
watch-finding-quiet-cut-title = Une connexion silencieuse est coupée après environ { $at }
watch-finding-quiet-cut-both = Une connexion sur laquelle personne n’a rien dit pendant { $killed } a été { $how }, { $times }.
watch-finding-quiet-cut-page = Une connexion sur laquelle cet ordinateur n’a rien dit pendant { $killed } a été { $how }, { $times }.
watch-finding-quiet-cut-relay = Une connexion sur laquelle le serveur n’a rien dit pendant { $killed } a été { $how }, { $times }.
watch-finding-quiet-cut-passed = Un silence de { $time } a passé.
watch-finding-quiet-cut-between = Aucun des deux bouts ne l’a fait : un pare-feu, un proxy ou un répartiteur de charge en chemin oublie les connexions silencieuses.
watch-finding-quiet-cut-between-inferred = Selon tous les signes, ce n’est aucun des deux bouts, mais un pare-feu, un proxy ou un répartiteur de charge en chemin qui oublie les connexions silencieuses.
watch-finding-quiet-cut-unknown = Un pare-feu, un proxy ou un répartiteur de charge en chemin oublie sans doute les connexions silencieuses.
watch-finding-quiet-cut-round = C’est un nombre rond : une minuterie est réglée à cette valeur.
watch-finding-quiet-cut-means = Les appels sont annoncés sur une telle connexion, et cessent d’arriver.
watch-finding-quiet-cut-do = Votre service informatique augmente le délai d’inactivité de ces connexions (TCP 443 sortant vers le service), ou les en exempte.
watch-finding-all-at-once-title = Toutes les connexions se sont terminées au même moment
watch-finding-happened = C’est arrivé { $times }.
watch-finding-all-at-once-restarted-means = Le relais a été redémarré; cela ne dit rien de ce réseau.
watch-finding-all-at-once-means = La connexion entière a disparu un moment, ou bien le relais. Ce n’est pas une minuterie pour connexions silencieuses.
watch-finding-nothing = Rien.
watch-finding-all-at-once-do = Si cela revient : notez les heures ci-dessous et donnez-les à votre service informatique.
watch-finding-events-title = Des événements du serveur se sont perdus ou sont arrivés en retard
watch-finding-events-what = Perdus : { $lost }. En retard : { $late }. En double : { $twice }.
watch-finding-events-late-what = Perdus : { $lost }. En retard : { $late } (au plus { $latest }). En double : { $twice }.
watch-finding-events-means = Les appels sont annoncés comme ces événements.
watch-finding-events-do = Votre service informatique examine le chemin vers Internet à ces heures : Wi-Fi, ligne chargée, proxy qui inspecte.
watch-finding-unreachable-title = Le relais est resté inaccessible un moment
watch-finding-unreachable-what = C’est arrivé { $times }, pendant { $time } au plus.
watch-finding-unreachable-means = Ce réseau, le chemin vers le relais ou le relais lui-même avait disparu. Ce n’est pas une minuterie pour connexions silencieuses.
watch-finding-unreachable-do = Comparez avec les régions aux mêmes heures; si elles avaient disparu aussi, c’est la connexion à Internet.
watch-finding-region-out-title = { $region } n’a pas répondu pendant un moment
watch-finding-region-out-what = C’est arrivé { $times }, pendant { $time } au plus.
watch-finding-region-out-means = La région, ou le chemin vers elle, était en panne. Les autres connexions ont continué.
watch-finding-region-out-do = Donnez les heures ci-dessous au soutien technique.
watch-finding-busy-title = Le relais n’avait plus de place
watch-finding-busy-what = Il l’a dit { $times }.
watch-finding-busy-means = Trop de postes surveillent en même temps; cela ne dit rien de ce réseau.
watch-finding-busy-do = La personne qui exploite le relais augmente ses limites.
watch-finding-network-changed-title = Le réseau a changé
watch-finding-network-changed-what = Une autre adresse, ou aucune pendant un moment : { $times }.
watch-finding-network-changed-means = Un autre Wi-Fi, un VPN, ou une ligne renouvelée. Les connexions qui se sont alors terminées ne comptent pas autrement.
watch-finding-network-changed-do = Si ce n’était pas vous : dites-le à votre service informatique.
watch-finding-slept-title = Cet ordinateur était en veille
watch-finding-slept-what = Il était en veille, ou le navigateur a figé cet onglet, { $times }, pendant { $time } au plus.
watch-finding-slept-means = Les connexions se terminent pendant la veille. Celles-là ne comptent pas autrement.
watch-finding-slept-do = Gardez l’ordinateur éveillé et cet onglet ouvert pendant la surveillance.
watch-finding-throttled-title = Le navigateur a ralenti cet onglet
watch-finding-throttled-means = Un onglet à l’arrière-plan ne travaille que par moments. Ce qui est arrivé en retard pendant ce temps ne dit rien du réseau.
watch-finding-throttled-do = Rien; une fenêtre séparée se surveille mieux.

## Entry
## Lines of the log.

entry-began = La surveillance a commencé.
entry-stopped = La surveillance a été arrêtée.
entry-opened = { $lane } : connexion en { $time }.
entry-opened-again = { $lane } : connexion de nouveau en { $time }.
entry-not-opened = { $lane } : connexion impossible.
entry-busy = { $lane } : le relais n’avait plus de place.
entry-survived = { $lane } : { $time } de silence ont passé.
entry-cut = { $lane } : { $how } après { $time } de silence.
entry-relay-saw = { $lane } : le relais l’a vue { $how }.
entry-late = Un événement est arrivé avec { $time } de retard.
entry-lost = Événements perdus : { $count }.
entry-twice = Événements reçus en double : { $count }.
entry-slept = L’ordinateur était en veille, ou l’onglet figé, pendant { $time }.
entry-throttled = Le navigateur a retenu cet onglet pendant { $time }.
entry-offline = Le réseau a disparu.
entry-online = Le réseau est revenu.
entry-address = Une autre adresse publique : { $address }.
entry-region-out = { $region } ne répond pas.
entry-region-back = { $region } répond de nouveau, après { $time }.
