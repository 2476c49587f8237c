### French (Canada). What `index.html` says before there is Wasm, and `404.html`, in every language at once; the build writes it there.
### docs/texts.md says how these files are read.

## First
## The first screen.

first-loading = Chargement de la vérification de la connexion…
first-wasm-late = C’est plus long que prévu : le réseau est lent, ou quelque chose retient le fichier. La page continue d’essayer.
first-wasm-blocked = Votre réseau bloque les fichiers WebAssembly. La vérification elle-même n’est pas arrivée telle qu’elle a été envoyée; elle ne peut donc pas s’exécuter. Les responsables du réseau doivent autoriser les fichiers de type application/wasm de ce site. Montrez-leur cette page.
first-script-blocked = Votre réseau, ou une extension de ce navigateur, bloque le script de cette page. La vérification ne peut pas s’exécuter. Autorisez les fichiers JavaScript de ce site, ou essayez un autre navigateur. Montrez cette page à votre service informatique.
first-browser-too-old = Ce navigateur ne peut pas exécuter la vérification : il est trop ancien, ou WebAssembly y est désactivé. Ouvrez ce lien dans une version à jour d’Edge, de Chrome, de Firefox ou de Safari.
first-no-script = Cette page exige JavaScript. Veuillez l’activer ou consulter votre centre d’assistance.
first-for-it = Pour votre service informatique : les adresses dont les agents ont besoin, en sortie seulement
first-settings-late = Les réglages de cette page tardent à arriver. La vérification les attend quelques secondes, puis continue sans eux.
first-stalled = Si rien ne change ici : la page a été modifiée en chemin, ou ses scripts ont été arrêtés. Essayez un autre navigateur ou un autre réseau, et montrez cette page à votre centre d’assistance.
first-wasm-missing = Le site Web qui héberge cette vérification n’a pas fourni son programme. La faute est au site, pas à votre réseau. Rechargez la page dans quelques minutes; si cela n’aide pas, dites-le à votre centre d’assistance.
first-wasm-changed = Le programme de cette vérification n’est pas arrivé tel qu’il a été construit : quelque chose l’a modifié en chemin, comme un logiciel de sécurité, un proxy ou un service placé devant le site. La vérification ne peut pas s’exécuter. Montrez cette page à votre service informatique et à votre centre d’assistance.
first-wasm-off = WebAssembly est désactivé dans ce navigateur, et la vérification en a besoin. Dans Edge : Paramètres, Confidentialité, « Améliorez votre sécurité sur le Web » : ajoutez ce site aux exceptions. Sur un iPhone ou un Mac : mode Isolement, excluez ce site. Au travail, cela peut venir d’une stratégie sur le JIT de JavaScript : demandez à votre service informatique, ou ouvrez ce lien dans un autre navigateur.
first-new-version = Il existe une version plus récente de cette page, et cette partie de l’ancienne n’est plus là. Rechargez la page. Ce que la vérification a trouvé est alors perdu : copiez d’abord son rapport.
first-crash = La vérification s’est arrêtée d’elle-même : une erreur de cette page, pas de votre réseau. Ce qui a été mesuré jusque-là se trouve ci-dessous. Copiez-le pour le soutien technique, puis rechargez la page pour réessayer.
first-crash-copy = Copier pour le soutien technique
first-no-such-page = Il n’y a pas de page à cette adresse. Elle a peut-être été mal tapée, ou coupée en chemin.
