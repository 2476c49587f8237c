### Portuguese (Brazil). What `index.html` says before there is Wasm, and `404.html`, in every language at once; the build writes it there.
### docs/texts.md says how these files are read.

## First
## The first screen.

first-loading = Carregando o teste de conexão…
first-wasm-late = Está demorando mais do que deveria: a rede está lenta, ou algo segura o arquivo. A página continua tentando.
first-wasm-blocked = A sua rede bloqueia arquivos WebAssembly. O próprio teste não chegou como foi enviado, por isso não pode rodar. Quem administra a rede deve liberar arquivos do tipo application/wasm deste site. Mostre-lhe esta página.
first-script-blocked = A sua rede, ou uma extensão deste navegador, bloqueia o script desta página. O teste não pode rodar. Permita arquivos JavaScript deste site, ou tente outro navegador. Mostre esta página ao seu departamento de TI.
first-browser-too-old = Este navegador não consegue rodar o teste: é antigo demais, ou o WebAssembly está desligado nele. Abra este link em um Edge, Chrome, Firefox ou Safari atualizado.
first-no-script = Esta página precisa de JavaScript. Ative-o ou fale com a sua central de suporte.
first-for-it = Para o seu departamento de TI: os endereços de que os agentes precisam, só de saída
first-settings-late = As configurações desta página estão demorando a chegar. O teste espera alguns segundos por elas e depois segue sem elas.
first-stalled = Se nada mudar aqui: a página foi alterada no caminho até você, ou os scripts dela foram parados. Tente outro navegador ou outra rede, e mostre esta página à sua central de suporte.
first-wasm-missing = O site que hospeda este teste não entregou o arquivo do programa. A falha é do site, não da sua rede. Recarregue a página daqui a alguns minutos; se isso não ajudar, avise a sua central de suporte.
first-wasm-changed = O programa deste teste não chegou como foi construído: algo o alterou no caminho, como um programa de segurança, um proxy ou um serviço à frente do site. O teste não pode rodar. Mostre esta página ao seu departamento de TI e à sua central de suporte.
first-wasm-off = O WebAssembly está desligado neste navegador, e o teste precisa dele. No Edge: Configurações, Privacidade, “Aumente sua segurança na Web”: inclua este site como exceção. Em um iPhone ou Mac: Modo de Isolamento, exclua este site. No trabalho pode ser uma política sobre o JIT de JavaScript: pergunte ao seu departamento de TI, ou abra este link em outro navegador.
first-new-version = Há uma versão mais nova desta página, e esta parte da antiga não existe mais. Recarregue a página. O que o teste encontrou se perde então: copie antes o relatório.
first-crash = O teste parou sozinho: um erro desta página, não da sua rede. O que foi medido até então está abaixo. Copie para o suporte e recarregue a página para tentar de novo.
first-crash-copy = Copiar para o suporte
first-no-such-page = Não há página neste endereço. Ele pode ter sido digitado errado ou ter chegado cortado.
