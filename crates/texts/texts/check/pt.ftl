### Portuguese (Brazil). What the check says: on the page, in the report, in the request.
###
### Fluent (projectfluent.org), of which docs/texts.md says what is read. What stands in braces is filled in, and every
### language has the same of it, in an order of its own. Whole sentences: nothing is put together from pieces. The build
### says what is missing, and where.

## Ui
## Fixed words of the page, the report and the request.

ui-title = Teste de conexão
ui-start = Iniciar o teste
ui-start-again = Repetir
ui-cancel = Cancelar
ui-copy-report = Copiar o relatório
ui-download-report = Baixar o relatório
ui-copied = Copiado. Cole-o no seu chamado ou na mensagem ao suporte.
ui-copy-failed = O navegador não permitiu copiar. O relatório está selecionado abaixo: pressione Ctrl+C (no Mac, ⌘C) e cole-o no seu chamado.
ui-language = Idioma
ui-regions-title = Regiões
ui-network-title = Esta rede
ui-findings-title = O que encontramos
ui-report-title = Relatório para o suporte
ui-report-hint = É exatamente isto que o botão Copiar põe na área de transferência. Nada é enviado até você colar ou enviar.
ui-show-report = Mostrar o relatório
ui-show-or-leave-out = Mostrar o relatório, ou retirar algo dele
ui-region = Região
ui-sign-on-https = Login (HTTPS)
ui-call-events-tcp = Eventos de chamada (TCP)
ui-result = Resultado
ui-running = Testando a conexão…
ui-idle-title = Tudo pronto para testar sua conexão
ui-idle-hint = Clique em Iniciar. Leva alguns segundos e não muda nada neste computador.
ui-cancelled-title = O teste foi cancelado
ui-cancelled-hint = Não há resultado. Clique em Repetir quando quiser.
ui-testing = testando…
ui-so-far = até agora
ui-no-answer-so-far = sem resposta até agora
ui-what = O quê
ui-means = Significa
ui-do = Fazer
ui-ticket = Chamado
ui-tested-addresses = Quais endereços são testados?
ui-privacy-note = A página só se comunica com os endereços abaixo e com o relay da sua central de suporte. Ela não guarda nada e não envia nenhum relatório sozinha.
ui-contact-support = Suporte
ui-stop-browser = Este navegador
ui-stop-network = Sua rede ou proxy
ui-stop-internet = Internet
ui-stop-relay = Relay
ui-report-heading = relatório de conexão para
ui-report-cancelled = CANCELADO antes do fim: não há resultado.
ui-report-result = RESULTADO
ui-report-network = ESTA REDE
ui-report-findings = O QUE ENCONTRAMOS
ui-report-no-findings = Nada a relatar.
ui-report-for-it = PARA O SEU DEPARTAMENTO DE TI
ui-report-outbound-only = Permitir só a SAÍDA, por nome. Nunca é preciso permitir entrada, e os endereços por trás dos nomes mudam:
ui-report-confirm = Confirmar a partir de um computador da mesma rede:
ui-report-expected = esperado
ui-report-purpose-https = login e status
ui-report-purpose-tcp = chamadas, fica aberta
ui-report-limits = LIMITES DESTE TESTE
ui-report-measurements = MEDIÇÕES (em ms)
ui-report-measurements-key = f: fetch, primeiro a frio, depois a quente; ws: WebSocket; out: visto de fora (TCP, TLS, HTTP), next-out: pelo relay seguinte. x: falhou, com o código de fechamento; -: sem resposta; way: consulta, TCP, TLS e requisição ao relay; clock: o nosso menos o dele; 80, 5222: o próprio host nessas portas, onde não se sabe se algo escuta (uma recusa que demora uma ida e volta saiu desta rede).
ui-report-personal = DADOS PESSOAIS
ui-report-address = Endereço
ui-report-browser = Navegador
ui-report-computer = Computador
ui-report-relay = Relay
ui-report-next-relay = Relay seguinte, consultado sobre
ui-report-notices = AVISOS
ui-request-purpose80 = login por HTTP
ui-request-purpose5222 = presença (XMPP)
ui-request-title = SOLICITAÇÃO PARA O FIREWALL
ui-request-direction = Sentido
ui-request-outbound = saída
ui-request-port = Porta
ui-request-host = Host
ui-request-purpose = Finalidade
ui-request-exempt = Isentar da inspeção TLS (ninguém abre a conexão criptografada no caminho):
ui-request-any-protocol = Permitir ali qualquer protocolo, não só TLS:
ui-request-no-login = Deixar estes passarem pelo proxy sem login:
ui-request-idle = Não cortar conexões silenciosas com estes hosts: tempo limite de inatividade de uma hora ou mais.
ui-request-web-socket = Permitir WebSocket e conexões de longa duração na porta 443.
ui-request-presence = A lista do provedor não indica nenhum host próprio para a presença; até que indique, estes são os hosts das suas regiões.
ui-request-unlisted = O relatório também cita hosts que não estão na lista desta página. Eles ficam fora desta solicitação e das suas linhas prontas. Descubra de quem são antes de permiti-los:
ui-confirm-power-shell = PowerShell, sem proxy:
ui-expect-power-shell = TcpTestSucceeded : True (onde só um proxy pode sair, falha mesmo assim)
ui-confirm-curl = curl, sem proxy (no PowerShell: curl.exe):
ui-expect-http = uma linha que começa com “< HTTP/”; o número não importa
ui-expect-connected = uma linha com “Connected to”; o que vem depois não importa
ui-confirm-curl-proxy = curl, pelo seu proxy (informe o nome e a porta dele):
ui-expect-proxy = uma linha com 200 após “CONNECT”; 403 ou 407 é uma recusa do proxy
ui-confirm-openssl = openssl, sem proxy (com proxy: -proxy PROXY:8080):
ui-expect-certificate = “CONNECTED”, e como emissor uma autoridade pública, não a sua empresa nem o seu firewall
ui-expect-no-tls = “CONNECTED”; o erro depois dele está certo, não há TLS nesta porta
ui-expect-perhaps-tls = “CONNECTED”; um erro depois dele pode estar certo, nem toda porta dessas fala TLS
ui-lines-squid = SQUID (squid.conf, antes do primeiro “http_access deny” e do primeiro “ssl_bump”):
ui-lines-squid-unlike-tls = SQUID QUE INTERCEPTA CONEXÕES, para as que não são TLS (ele consulta estes nomes ao ler a configuração e não inicia se algum não for encontrado; faça-o ler de novo todo dia: squid -k reconfigure):
ui-lines-pac = ARQUIVO PAC (no início de FindProxyForURL, onde se pode chegar a estes hosts sem o proxy):
ui-lines-windows = FIREWALL DO WINDOWS (PowerShell como administrador, onde a saída é bloqueada por padrão; nomes exigem Windows 11 ou Server 2022 e posteriores, com a proteção de rede do Microsoft Defender ligada):
ui-lines-nftables = NFTABLES (use a sua tabela e a sua cadeia no lugar de “inet filter” e “forward”; os conjuntos são preenchidos por nome, abaixo, e esquecem um endereço depois de um dia):
ui-lines-dnsmasq = DNSMASQ 2.87 ou posterior, como servidor de nomes da rede, os preenche:
ui-report-code = Código
ui-report-page = Página
ui-report-left-out = omitido a pedido
ui-report-data = --- dados para o suporte: cole tudo isto em “Ler um relatório” ---
ui-report-data-end = --- fim dos dados ---
ui-copy-request = Copiar a solicitação
ui-request-page-title = Para o seu departamento de TI
ui-request-hint = O que permitir para que o serviço funcione, como confirmar e linhas prontas para firewalls e proxies comuns. Entregue a quem administra a sua rede.
ui-show-request = Mostrar a solicitação
ui-request-copied = Copiada. Cole-a em uma mensagem ao seu departamento de TI.
ui-text-copy-failed = O navegador não permitiu copiar. O texto está selecionado: pressione Ctrl+C (no Mac, ⌘C).
ui-leave-out = Dados pessoais no relatório
ui-include-address = Meu endereço público
ui-include-browser = Meu navegador, o idioma dele e o que ele mostra deste computador
ui-include-watch = O que o monitoramento desta conexão encontrou até
ui-copy-link = Copiar como link
ui-link-copied = Link copiado. Ele contém o relatório inteiro; nada fica guardado em lugar nenhum.
ui-send-by-mail = Enviar por e-mail
ui-send-direct = Enviar ao suporte
ui-sending = Enviando…
ui-sent = Enviado. O suporte recebeu o relatório.
ui-send-failed = Não foi possível enviar o relatório. Copie-o e cole-o no seu chamado.
ui-mail-paste = (Copie o relatório na página e cole-o aqui.)
ui-mail-whole = O relatório completo:
ui-for-helpdesk = Para a central de suporte
ui-read-report = Ler um relatório
ui-build-copied = Link copiado.
ui-build-title = Criar um link de suporte
ui-source-embedded = Conforme o artigo 63242 do provedor sobre a configuração do firewall.
ui-watch-offer = As chamadas param de chegar depois de um tempo? Monitore a conexão enquanto trabalha.
ui-what-happened = O que aconteceu
ui-what-it-means = O que isso significa para você
ui-what-to-do = O que fazer
ui-how-we-know = Como sabemos
ui-how-sure = Quão certo é
ui-more-ways = Outras formas de enviar
ui-steps-title = O que esclarece o caso, o mais decisivo primeiro
ui-step-agent = Você
ui-step-helpdesk = Seu suporte
ui-step-it = Seu departamento de TI
ui-network-well = Tudo o que foi testado aqui passa.
ui-network-not-all = Nem tudo pôde ser testado aqui.

## Verdict
## A verdict as one word, lower case.

verdict-offline = sem conexão
verdict-blocked = bloqueado
verdict-down = fora do ar
verdict-unknown = indefinido
verdict-degraded = prejudicado
verdict-reachable = acessível

## Outcome
## A check's outcome as one or two words, lower case.

outcome-ok = ok
outcome-failed = falhou
outcome-unknown = indefinido
outcome-not-run = não testado

## Proof
## How sure, as one word, lower case.

proof-confirmed = confirmado
proof-inferred = deduzido

## Proofs
## How sure it is that a check or finding is so, and how sure where it broke, or who answered.

proofs-broke = { $proof }; onde: { $where }
proofs-answered = { $proof }; quem respondeu: { $where }
proofs-detail = { $detail } ({ $where })

## Check
## Names of checks.

check-https = Login (HTTPS)
check-tcp = Eventos de chamada (TCP)
check-internet = Internet
check-socket = Conexão ao vivo (WebSocket)
check-events = Eventos do servidor
check-port80 = Porta 80 (HTTP)
check-port5222 = Porta 5222 (presença)
check-hold = Conexão silenciosa

## Detail
## What a check rests on, without a full stop; short enough for a table's cell.

detail-pending = testando…
detail-not-tried = não tentado
detail-answered-sometimes = { $answered } de { $tries } tentativas com resposta
detail-connected = conexão estabelecida
detail-as-from-outside = igual a de fora
detail-too-fast = outra coisa respondeu, em { $time }
detail-answers-unlike-outside = responde diferente de fora
detail-not-resolved = nome desconhecido, após { $time }
detail-not-offered = o relay não oferece isso
detail-port-open = aberta, { $time }
detail-port-refused = recusada após { $time }
detail-port-silent = sem resposta
detail-behind-proxy = atrás de um proxy não dá para saber
detail-port-taken = outra coisa responde ali
detail-port-cut = conectou, e a criptografia foi cortada
detail-held = ficou aberta durante { $seconds } s de silêncio
detail-hold-cut = cortada após { $seconds } s de silêncio
detail-hold-cut-unseen = sem sinal de vida após o silêncio
detail-no-answer = sem resposta em { $seconds } s
detail-refused-nearby = recusado bem perto, após { $time }
detail-refused-far = recusado na outra ponta, após { $time }
detail-refused = recusado, após { $time }
detail-tls-failed = sem conexão segura, após { $time }
detail-cut = cortado ao conectar, após { $time }
detail-closed-after-tls = fechado sem resposta, após { $time }
detail-failed = falhou após { $time }
detail-needs-outside = precisa de uma visão de fora
detail-silent-here-and-outside = silencioso, de fora também
detail-ambiguous = mais de uma explicação
detail-origin-answered = o servidor desta página responde
detail-relay-answered = o relay responde
detail-control-answered = um endereço de controle responde
detail-endpoint-answered = o serviço responde
detail-nothing-answered = nada respondeu fora deste computador
detail-no-relay = nenhum relay configurado
detail-relay-unreachable = o relay não respondeu
detail-relay-refused = o relay estava sem vaga ou não conhece esta página
detail-relay-inside = o relay não está do lado de fora
detail-relay-lost-its-way = o próprio relay não tem saída
detail-no-word = nenhuma notícia do relay
detail-relay-on-this-computer = o relay roda neste computador, então isto não diz nada sobre a rede
detail-socket-open = aberta
detail-socket-failed = falhou duas vezes, embora HTTPS para o mesmo lugar funcione
detail-events = { $arrived } de { $expected } chegaram, no máximo { $time } atrasados
detail-events-cut = a conexão caiu
detail-no-socket = sem conexão ao vivo para recebê-los
detail-stood-still = este computador parou por { $time } nesse meio-tempo, então isto não diz nada sobre a rede
detail-network-changed = a rede deste computador mudou nesse meio-tempo, então isto não diz nada
detail-permission-waits = o navegador espera a sua permissão

## Headline
## The headline of a run: one line, what it means, what to do now.

headline-offline-title = Sem conexão com a internet
headline-offline-means = Nada respondeu fora deste computador, nem o serviço nem qualquer outro endereço.
headline-offline-do = Verifique o cabo ou o Wi-Fi, identifique-se se a sua rede tem uma página de acesso e repita o teste.
headline-blocked-title = Esta rede bloqueia { $provider }
headline-blocked-some-title =
    { $passing ->
        [one] Esta rede deixa passar { $passing } região de { $total }
       *[other] Esta rede deixa passar { $passing } regiões de { $total }
    }
headline-blocked-means = Esta rede, ou este computador, barra o que responde de fora: { $affected }.
headline-blocked-do = Copie o relatório e envie-o ao suporte: ele contém a solicitação exata para o seu departamento de TI.
headline-down-title = { $provider } não responde: { $affected }
headline-down-means = Falha daqui e de fora do mesmo jeito; portanto, a sua rede não é a causa.
headline-down-do = Copie o relatório e envie-o ao suporte; não há nada a mudar do seu lado.
headline-unknown-title = O teste não conseguiu decidir
headline-unknown-means = As evidências não mostram se a falha é da sua rede ou do serviço.
headline-unknown-some-means = { $affected }: as evidências não mostram se a falha é da sua rede ou do serviço.
headline-send-report = Copie o relatório e envie-o ao suporte.
headline-degraded-one-title = { $affected } responde, mas não bem
headline-degraded-title = { $provider } responde, mas não bem
headline-degraded-means = Algo vai atrapalhar o seu trabalho em { $affected }; o que é está abaixo.
headline-reachable-one-title = { $affected } está acessível
headline-reachable-title = Todas as { $total } regiões estão acessíveis
headline-reachable-means = Este navegador alcança tudo o que foi testado de { $provider }.
headline-reachable-do = Se você ainda tiver problemas, copie o relatório e envie-o ao suporte: ele mostra onde não é preciso procurar.

## FindingPart
## What the sentences of several findings name.

finding-part-outside = De fora, o nosso relay chegou lá em { $time }.
finding-part-nobody-outside = Não foi possível consultar ninguém de fora, então o próprio serviço não está descartado.
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
        [one] { $count } dia
       *[other] { $count } dias
    }
finding-part-expired = o certificado dele expirou
finding-part-not-yet-valid = o certificado dele ainda não é válido
finding-part-wrong-name = o certificado dele é de outro nome
finding-part-untrusted = o certificado dele é de uma autoridade não confiável
finding-part-other-fault = o certificado dele não é aceitável

## Finding
## Findings by their tokens: a title, what happened, what it means, who does what. An attribute with a further word is said in
## place of the plain one where the evidence is such.

finding-offline =
    .title = Sem saída
    .what = Nada respondeu fora deste computador: nenhuma região e nenhum outro endereço.
    .means = Sem cabo ou Wi-Fi, uma página de acesso da rede esperando por você, ou um firewall que bloqueia tudo.
    .do = Verifique o cabo ou o Wi-Fi; abra qualquer site para ver se há uma página de acesso; depois repita.
finding-proxy-login =
    .title = Um proxy pede login
    .what = { $hosts }: o navegador fica esperando, enquanto uma conexão ao vivo é recusada na hora. É assim que se parece a janela de login de um proxy.
    .means = O proxy da sua rede quer o seu usuário e a sua senha para estes endereços, e não os recebeu.
    .do = Se uma janela pedir usuário e senha, preencha e repita. Senão, o seu departamento de TI deixa estes hosts passarem sem login (solicitação no relatório).
finding-answer-not-from-service =
    .title = Outra coisa respondeu no lugar do serviço
    .what = { $hosts } responde aqui diferente de fora, e um nome que não existe também responde.
    .what-too-fast = { $hosts } respondeu em { $time }; só o caminho leva pelo menos { $floor }.
    .means = Quem responde é um filtro, um produto de segurança ou um proxy perto de você, provavelmente com uma página de “bloqueado”.
    .do = O seu departamento de TI isenta estes hosts de filtragem e inspeção (solicitação no relatório).
finding-not-resolved =
    .title = O nome não é conhecido aqui
    .what = { $hosts }: o navegador desistiu após o tempo que espera por uma consulta de nome que ninguém responde.
    .what-timed = { $hosts } falhou após { $time }, o tempo de uma consulta de nome que não encontra nada.
    .means = Os servidores de nomes desta rede não conhecem o nome ou não respondem por ele. { $outside }
    .do = O seu departamento de TI verifica como os servidores de nomes e os filtros tratam estes nomes (solicitação no relatório).
finding-permission-waits =
    .title = O navegador espera a sua permissão
    .what = { $hosts }: o seu navegador pergunta se esta página pode acessar dispositivos da sua rede local, e segura tudo até você responder.
    .means = O nome leva a um endereço privado, como quando a sua empresa leva o serviço pela própria rede. Ainda não se sabe se o serviço funciona.
    .do = Responda à pergunta que o navegador faz no alto da janela: Permitir. Depois repita.
finding-private-address =
    .title = O nome leva a um endereço privado
    .what = { $hosts }: o navegador retém as requisições como faz com endereços internos de uma rede, enquanto as conexões ao vivo se abrem.
    .what-everywhere = { $hosts }: o nosso relay encontra um endereço privado por trás do nome.
    .means = A sua empresa talvez leve o serviço pela própria rede. Os navegadores pedem permissão para ir até lá; o cliente pode funcionar mesmo assim.
    .do = Se o navegador perguntar se esta página pode acessar dispositivos da sua rede, permita e repita. O seu departamento de TI sabe se o endereço é intencional.
finding-refused-nearby =
    .title = Recusado bem perto
    .what = { $hosts } foi recusado após { $time }, mais rápido do que o caminho até o serviço permite.
    .means = Um firewall, proxy, programa de segurança ou filtro de nomes perto de você diz não, ou um bloqueador de conteúdo deste navegador. { $outside }
    .do = O seu departamento de TI libera (solicitação no relatório). Se funcionar em uma janela privada sem extensões, quem barra é um bloqueador deste navegador.
finding-dropped =
    .title = Sem resposta
    .what = Sem resposta de { $hosts } em { $seconds } s.
    .what-handshake = Sem resposta de { $hosts } em { $seconds } s. Deixado sozinho, o navegador desistiu após cerca de 30 s, como costuma fazer quando a conexão existe e a negociação segura fica sem resposta.
    .what-connection = Sem resposta de { $hosts } em { $seconds } s. Deixado sozinho, o navegador desistiu após cerca de 21 s, como o Windows faz quando nada responde a uma tentativa de conexão.
    .what-later = Sem resposta de { $hosts } em { $seconds } s, e após meio minuto o navegador ainda esperava.
    .means = Um firewall descarta, ou o serviço está em silêncio. Não foi possível consultar ninguém de fora.
    .means-outside = O mais provável: um firewall descarta no caminho. De fora, o nosso relay chegou lá em { $time }.
    .means-handshake = As conexões se estabelecem, e o que vem depois fica sem resposta: pacotes grandes somem em uma VPN ou túnel (MTU), ou um firewall descarta a negociação. { $outside }
    .do = O seu departamento de TI libera (solicitação no relatório). Nada a fazer neste computador.
finding-tls-rejected =
    .title = Sem conexão segura
    .what = { $hosts }: a conexão segura falhou após { $time }.
    .what-said = { $hosts }: o navegador informa que a negociação segura falhou, após { $time }.
    .means = Algo mostra um certificado em que este navegador não confia (um firewall que inspeciona, ou o relógio deste computador errado), ou interrompe a negociação. { $outside }
    .do = O seu departamento de TI isenta estes hosts da inspeção (solicitação no relatório). Abra o endereço em uma nova guia: o código da página de erro diz qual é o caso. Se falhar em outra rede também (a de um celular), o suporte avisa o provedor: um servidor que os navegadores recusam tem a mesma aparência.
finding-cut-in-handshake =
    .title = Cortado ao conectar
    .what = { $hosts } aceitou a conexão e a cortou após { $time }.
    .means = Um firewall que olha dentro das conexões a corta assim que vê o nome. { $outside }
    .do = O seu departamento de TI libera (solicitação no relatório). Nada a fazer neste computador.
finding-closed-after-tls =
    .title = Fechado sem resposta
    .what = { $hosts }: conexão segura estabelecida e fechada após { $time } sem resposta.
    .means = Um proxy ou um firewall que inspeciona encerra a conexão, ou o próprio serviço. { $outside }
    .do = O seu departamento de TI libera (solicitação no relatório). Nada a fazer neste computador.
finding-refused-far =
    .title = Recusado na outra ponta
    .what = { $hosts } foi recusado após { $time }, uma ida e volta até o serviço.
    .means = O serviço, ou um firewall logo à frente dele, não aceita conexões do seu endereço. { $outside }
    .do = O suporte pergunta ao provedor se o endereço da sua empresa está bloqueado lá; o seu departamento de TI verifica o próprio firewall (solicitação no relatório).
finding-refused =
    .title = Recusado
    .what = { $hosts } foi recusado; este computador só diz isso depois de tentar de novo, { $time } ao todo.
    .means = Um firewall ou filtro da sua rede, ou o próprio serviço, não aceita a conexão: o tempo não diz qual deles. { $outside }
    .do = O seu departamento de TI libera (solicitação no relatório). Se já estiver liberado, o suporte pergunta ao provedor se o endereço da sua empresa está bloqueado lá.
finding-not-connected =
    .title = Sem conexão
    .what = { $hosts } falhou após { $time }.
    .means = O nome não é conhecido na sua rede, a conexão é recusada ou a negociação segura falha: o tempo não diz qual dos casos. { $outside }
    .means-proxy = O proxy que se conecta no lugar deste navegador recusa, não alcança o host ou não conhece o nome dele; ou o serviço encerra a negociação. O tempo não diz qual dos casos. { $outside }
    .do = Abra o endereço em uma nova guia e envie ao suporte o código da página de erro. O seu departamento de TI verifica se está liberado (solicitação no relatório).
    .do-proxy = O seu departamento de TI procura estes hosts no log do proxy e os libera lá (solicitação no relatório). Abra o endereço em uma nova guia: o código da página de erro diz se foi o proxy que recusou.
finding-service-down =
    .title = O serviço não responde
    .what = { $hosts } falha daqui e também não responde de fora.
    .what-refused = { $hosts } falha daqui e também recusa conexões de fora.
    .what-no-route = { $hosts } falha daqui e também não há caminho até lá de fora.
    .what-not-resolved = { $hosts } falha daqui e o nome também não é conhecido de fora.
    .what-no-tls = { $hosts } falha daqui e também não estabelece conexão segura de fora.
    .what-no-http = { $hosts } falha daqui e também não dá resposta de fora.
    .what-certificate = { $hosts } falha daqui; de fora também, { $fault }.
    .means = A falha é de { $provider }, não da sua rede.
    .do = O suporte avisa o provedor. Nada a fazer do seu lado.
finding-plain-443-blocked =
    .title = Talvez só TLS passe pela porta 443
    .what = Até o nosso relay, TLS passa pela porta 443; STUN, outro protocolo, não passa.
    .means = Ou um firewall só deixa passar TLS ali, e clientes que dizem outra coisa vão falhar. Ou ele barra só STUN, e nada se perde: a página não consegue distinguir os dois casos.
    .means-hosts = Ou um firewall só deixa passar TLS ali, e os eventos de chamada não vão chegar, pois { $hosts } não fala TLS, visto de fora. Ou ele barra só STUN, e nada se perde: a página não consegue distinguir os dois casos.
    .do = O seu departamento de TI olha o que o firewall diz da porta 443 até o nosso relay e permite qualquer protocolo TCP até estes hosts (solicitação no relatório).
finding-socket-blocked =
    .title = Conexões ao vivo estão bloqueadas
    .what = HTTPS até o nosso relay funciona; um WebSocket para o mesmo lugar falhou duas vezes.
    .means = Um proxy ou um firewall que inspeciona remove o WebSocket, ou um bloqueador de conteúdo ou serviço de privacidade deste navegador. As conexões de longa duração, pelas quais as chamadas são anunciadas, também vão sofrer com um aparelho no caminho.
    .do = O seu departamento de TI permite WebSocket e conexões de longa duração na porta 443. Se funcionar em uma janela privada sem extensões ou em outro navegador, é este navegador.
finding-hold-cut =
    .title = Conexões silenciosas são cortadas
    .what = Uma conexão com o nosso relay na qual nada foi dito não deu sinal de vida depois.
    .what-after = Uma conexão com o nosso relay na qual nada foi dito foi cortada após { $seconds } s.
    .means = Algo no caminho encerra conexões que ficam silenciosas por um tempo. As chamadas são anunciadas por essas conexões e serão perdidas.
    .means-round = Um firewall, proxy ou roteador encerra conexões que ficam silenciosas por esse tempo: um número redondo, portanto um temporizador. As chamadas são anunciadas por essas conexões e serão perdidas.
    .do = O seu departamento de TI aumenta o tempo limite de inatividade para os hosts de { $provider } para uma hora ou mais.
finding-events-lost =
    .title = Eventos do servidor se perdem
    .what = A conexão caiu com eventos de teste a caminho.
    .what-counted = Chegaram { $arrived } de { $expected } eventos de teste, o mais atrasado com { $time } de atraso.
    .means = Chamadas e mudanças de fila vão chegar atrasadas ou nem vão chegar.
    .do = O suporte analisa a qualidade da rede com o seu departamento de TI.
finding-port-80-closed =
    .title = A porta 80 está fechada
    .what = O nosso relay escuta na porta 80; daqui não houve resposta.
    .what-refused = O nosso relay escuta na porta 80; daqui ela foi recusada após { $time }.
    .means = O cliente também usa a porta 80. O teste foi até o nosso relay, não até o serviço.
    .do = O seu departamento de TI permite a saída pela porta 80 até os hosts de { $provider }.
finding-port-5222-closed =
    .title = A porta 5222 (presença) está fechada
    .what = O nosso relay escuta na porta 5222; daqui não houve resposta.
    .what-refused = O nosso relay escuta na porta 5222; daqui ela foi recusada após { $time }.
    .means = O cliente usa a porta 5222 para a presença. O teste foi até o nosso relay, não até o serviço.
    .do = O seu departamento de TI permite a saída pela porta 5222 até os hosts de { $provider }.
finding-unsteady =
    .title = Instável
    .what = { $hosts }: tentativas com resposta { $answered }, tentativas sem sucesso { $failed }.
    .means = O caminho até lá perde conexões: Wi-Fi fraco, linha ou aparelho sobrecarregado.
    .means-alone = Só aqui: todas as outras regiões responderam sempre, então dificilmente é a linha. Um dos servidores por trás deste nome não funciona, ou algo no caminho até ele barra algumas conexões.
    .do = Tente um cabo em vez do Wi-Fi e repita; envie os dois relatórios ao suporte.
    .do-alone = Repita alguns minutos depois; se só este host continuar instável, o suporte avisa o provedor, com os dois relatórios.
finding-slow-at-first =
    .title = A primeira resposta demora muito
    .what = { $hosts } respondeu, mas só após { $time }; esta página espera { $seconds } s.
    .means = É possível chegar lá. O que atrasa é algo consultado antes: uma configuração de proxy que consulta nomes, um programa de segurança ou um serviço que precisou acordar. { $outside }
    .do = Repita o teste: se for rápido, é só o primeiro contato. Senão, o seu departamento de TI verifica a configuração de proxy e os programas de segurança (solicitação no relatório).
finding-slow =
    .title = Lento
    .what = { $hosts } costuma responder em { $time }; mais de { $limit } já se nota.
    .means = O login e as mudanças de status vão demorar.
    .do = Tente um cabo em vez do Wi-Fi e repita; envie os dois relatórios ao suporte.
finding-clock-wrong =
    .title = O relógio deste computador está errado
    .title-differ = Dois relógios divergem
    .what = O relógio deste computador está { $span } adiantado em relação aos do relay e do servidor da página.
    .what-ahead-of-other = O relógio deste computador está { $span } adiantado em relação ao do outro servidor consultado.
    .what-behind = O relógio deste computador está { $span } atrasado em relação aos do relay e do servidor da página.
    .what-behind-other = O relógio deste computador está { $span } atrasado em relação ao do outro servidor consultado.
    .means = Com o relógio errado, o login é recusado e os certificados parecem expirados.
    .do = Acerte o relógio deste computador (data, hora e fuso horário) e repita.
finding-extension-interferes =
    .title = Uma extensão interfere nesta página
    .what = No navegador, algo pôs uma função própria no lugar da do navegador: { $replaced }.
    .means = Uma extensão de privacidade, segurança ou bloqueio, ou a proteção do navegador contra rastreamento, está entre esta página e a rede. O que a página mediu pode vir disso, e não da sua rede.
    .do = Abra este link em uma janela privada sem extensões, ou em outro navegador, e compare.
finding-inspected =
    .title = Conexões criptografadas são abertas no caminho
    .what = Um endereço que não pode existir respondeu por uma conexão segura confiável.
    .what-handshake = O nosso relay viu uma negociação segura que este navegador não faz.
    .what-headers = Dentro da conexão criptografada, o nosso relay encontrou cabeçalhos que navegadores não enviam: { $headers }.
    .means = Um proxy ou produto de segurança inspeciona o tráfego criptografado, então uma resposta aqui não prova que veio do serviço.
    .do = O seu departamento de TI isenta da inspeção os hosts de { $provider }.
finding-proxy-in-path =
    .title = Há um proxy no caminho
    .what = Algo próximo aceita as conexões no lugar da outra ponta.
    .what-asked = O navegador pede a um proxy que se conecte por ele.
    .means = Não é uma falha em si. O que é recusado aqui pode ser recusado pelo proxy, e o cliente pode ir por outro caminho.
    .do = O suporte compara as configurações de proxy deste navegador com as do cliente.
finding-split-egress =
    .title = Duas saídas
    .what = HTTPS e conexões ao vivo chegam ao nosso relay de dois endereços diferentes.
    .means = A sua rede os envia por duas linhas ou proxies. Serviços que esperam um só endereço podem encerrar a sessão.
    .do = O suporte comenta com o seu departamento de TI se sessões terminarem sem motivo visível.
finding-ways-differ =
    .title = Chega-se ao serviço por outro caminho
    .what = O serviço responde antes do que permitiria o caminho pelo qual se chega a esta página e ao relay.
    .means = Ele sai do seu computador por outro caminho que o resto (uma VPN que deixa o serviço de fora, um desvio), ou algo perto de você responde no lugar dele. Não se sabe quem respondeu.
    .do = Nada a fazer se o seu departamento de TI configurou assim. Senão, ele verifica por onde estes nomes saem da rede (solicitação no relatório).
finding-ipv6-broken =
    .title = O IPv6 não leva a lugar nenhum
    .what = Conectar levou { $time } a mais que uma ida e volta, como acontece quando o IPv6 é tentado primeiro e nada responde.
    .means = Esta rede oferece IPv6 e não o transporta. Cada primeira conexão perde um momento; o IPv4 funciona.
    .do = O seu departamento de TI conserta o IPv6 ou deixa de oferecê-lo.
finding-relay-misconfigured =
    .title = O relay não conhece esta página
    .what = O relay responde, mas não atende páginas de { $origin }.
    .means = Não foi possível perguntar a ele como é a situação de fora. Isto não é falha da sua rede.
    .do = O operador desta página acrescenta { $origin } às origens do relay.
finding-relay-busy =
    .title = O relay está ocupado
    .what = O relay responde, mas não tem vaga para mais um teste agora.
    .means = Não foi possível perguntar a ele como é a situação de fora. Isto não é falha da sua rede.
    .do = Repita daqui a um minuto.
finding-relay-unreachable =
    .title = Não foi possível chegar ao relay
    .what = { $relay } não respondeu.
    .what-wrong = Algo que não é o relay respondeu em { $relay }.
    .means = Sem ele ninguém pode dizer se o que falha aqui responde de fora. A sua rede bloqueia o relay, ou o relay está desligado.
    .do = O suporte verifica se o relay está funcionando. O seu departamento de TI pode liberá-lo.
finding-relay-not-outside =
    .title = Não há visão de fora
    .what = O relay não disse como é a situação de onde ele está.
    .what-lost-its-way = O relay responde, mas nenhum dos seus próprios endereços de controle responde a ele.
    .what-inside = O relay roda neste computador ou dentro desta rede.
    .means = O que falha aqui não pode ser comparado com a situação de fora; por isso não é dado como bloqueado nem como fora do ar.
    .do = O operador desta página põe na internet aberta um relay que consiga alcançar o serviço.
finding-no-relay =
    .title = Nenhum relay configurado
    .what = Esta página não conhece nenhum relay.
    .means = O que falha aqui não pode ser comparado com a situação de fora; por isso não é dado como bloqueado nem como fora do ar.
    .do = O operador desta página indica um relay em config.json.
finding-relay-turned-away =
    .title = O serviço não deixa o relay entrar
    .what = { $hosts } responde aqui, mas recusa o relay de fora ou o deixa sem resposta.
    .means = O mais provável é que { $provider } só deixe entrar algumas redes (uma lista de permissões, um filtro contra data centers), e a do relay não está entre elas. Por isso, o que o relay não alcança não é dado como fora do ar. A sua rede não tem culpa.
    .means-undecided = O mais provável é que { $provider } só deixe entrar algumas redes (uma lista de permissões, um filtro contra data centers), e a do relay não está entre elas. Assim, ninguém de fora pôde dizer, do que falha aqui, se a sua rede bloqueia ou se o serviço está fora do ar.
    .do = Nada a fazer do seu lado. O operador desta página põe o relay em uma rede que o serviço deixe entrar.
    .do-undecided = O suporte abre o que falha aqui a partir de outra rede que o serviço deixe entrar (um colega em outro lugar, um celular): se responder lá, a sua rede bloqueia; se não, o serviço está fora do ar.

finding-answers-then-stalls =
    .title = As respostas não chegam inteiras
    .what = { $hosts } responde, mas o fim de uma resposta não chegou em { $seconds } s.
    .what-whole = { $hosts } aceita conexões e responde a uma pergunta curta; a resposta que esta página pediu não chegou inteira em { $seconds } s.
    .means = Algo no caminho detém as respostas longas ou as retém para examiná-las: um filtro de conteúdo ou um programa de segurança, uma VPN ou um túnel que perde os pacotes grandes (MTU). Ou um servidor do serviço está travado. { $outside }
    .do = Tente uma vez sem VPN ou pelo celular (roteador Wi-Fi). Se assim funcionar, o seu departamento de TI verifica os filtros de conteúdo e a MTU (pedido no relatório); se não, o suporte avisa o provedor.

finding-one-of-several-servers =
    .title = Um de vários servidores não funciona
    .what = { $hosts }: tentativas com resposta { $answered }, tentativas que falharam { $failed }; o nome tem { $addresses } endereços, e todos os outros hosts responderam sempre.
    .means = O mais provável: um dos servidores por trás deste nome está com defeito, e você cai nele de vez em quando. Menos provável: algo no caminho detém alguns dos seus endereços. Dificilmente é a sua linha.
    .do = Execute de novo alguns minutos depois. Se só este host falhar de novo, o suporte avisa o provedor, com os dois relatórios.

finding-mtu =
    .title = Pacotes grandes se perdem no caminho
    .what = { $hosts }: as conexões se estabelecem, e a negociação segura fica sem resposta.
    .means = Vários hosts do mesmo modo: o mais provável é que os pacotes de tamanho completo se percam numa VPN, num túnel ou numa linha DSL (MTU). Senão, um firewall descarta as negociações. { $outside }
    .do = Tente uma vez sem VPN ou pelo celular (roteador Wi-Fi). Se assim funcionar, o seu departamento de TI reduz a MTU (ou limita o MSS) nesse caminho, ou libera os hosts (pedido no relatório).

finding-network-changed-in-run =
    .title = A rede deste computador mudou durante o teste
    .what = Uma conexão deste computador surgiu ou caiu durante o teste (cabo, Wi-Fi, VPN). O que falhou nesse momento não conta.
    .means = Não diz nada sobre o serviço. Se isso se repetir, as chamadas também caem.
    .do = Espere até a rede ficar estável e execute de novo. Se ela continuar indo e vindo, o seu departamento de TI verifica cabo, dock, Wi-Fi e VPN.
finding-requests-wait =
    .title = As requisições esperam, embora se chegue ao host
    .what = { $hosts }: uma requisição ficou sem resposta por { $seconds } s, enquanto outra conexão deste navegador passou na hora.
    .means = O mais provável: este navegador ainda espera conexões que começou quando o host não respondia, por exemplo em um teste logo antes; ele desiste delas depois de alguns minutos. Se o host já respondia antes, algo no caminho retém as respostas ou só deixa passar algumas conexões.
    .do = Espere cinco minutos, ou feche o navegador por completo, e repita. Se as requisições esperarem de novo, envie os dois relatórios ao suporte.

## Limit
## The report's "limits of this test".

limit-browser = Feito no { $browser }, com as configurações de proxy desse navegador; o cliente pode usar outras.
limit-some-browser = Feito em um navegador, com as configurações de proxy dele; o cliente pode usar outras.
limit-firefox-proxy = O Firefox tem as suas próprias configurações de proxy: para comparar, abra a página no Edge ou no Chrome.
limit-own-names = O navegador pode consultar nomes por conta própria (DNS sobre HTTPS) ou usar uma VPN própria; o cliente pode receber outras respostas.
limit-engine-place = Medido onde roda o motor do navegador: com um navegador remoto ou uma área de trabalho virtual, nem sempre é onde roda o cliente.
limit-in-frame = A página estava em um quadro de outra página, onde os navegadores proíbem mais do que em uma guia; para comparar, abra-a em uma guia própria.
limit-http-status = Uma recusa escrita em HTTP (403, 429) parece uma resposta qualquer, e no Chrome e no Edge também uma que se interrompe: uma página não pode ler o que o serviço diz.
limit-ipv6 = O relay viu este navegador por IPv6; um cliente que só fala IPv4 toma outro caminho, ou não encontra nenhum.
limit-socket-is-not-tcp = Um WebSocket que passa pela porta 443 não prova que outro protocolo passa por ela.
limit-tcp-from-browser = Um navegador não consegue falar o protocolo do cliente com os pontos TCP; ele vê se é possível chegar a eles.
limit-other-ports = As portas 80 e 5222 (presença) foram testadas só até o relay, ou nem foram testadas; isso prova a porta, não o serviço.
limit-sockets-kept = Alguns WebSockets são os do teste anterior, de até um minuto antes: o navegador teria retido os novos.
limit-still-out = Uma conexão silenciosa, ou uma tentativa sem resposta, ainda estava em observação quando isto foi escrito; a página continua e talvez já saiba mais.
limit-ping = O ping não prova nada e não foi usado.

## Computer
## What a run showed of the computer it was made on: one line.

computer-clock = relógio em passos de { $time }
computer-own-delay = o próprio navegador até { $time } atrasado
computer-stalled = parado por até { $time }
computer-network-changed = a rede dele mudou durante o teste

## LinkProblem
## Bad values of the support link.

link-problem-ticket = O número do chamado no link, “{ $value }”, não é válido e foi omitido.
link-problem-lang = O link pede o idioma “{ $value }”, que esta página não tem.
link-problem-region = O link indica a região “{ $value }”, que não existe; ela foi omitida.
link-problem-autostart = “autostart” no link é “{ $value }”; só pode ser 0 ou 1.

## Route
## How far a way goes: what its drawing shows.

route-through = A conexão chega até o fim: { $far_end }.
route-through-inferred = Tudo indica que a conexão chega até o fim: { $far_end }.
route-browser = A conexão para neste computador.
route-network = A conexão para na sua rede, em um proxy ou neste computador.
route-network-inferred = Tudo indica que a conexão para na sua rede, em um proxy ou neste computador.
route-internet = A conexão para na internet, além da sua rede.
route-far-end = A conexão para na outra ponta: { $far_end }.
route-far-end-inferred = Tudo indica que a conexão para na outra ponta: { $far_end }.
route-unclear = Não está claro onde a conexão para.

## Settings
## Settings in force in place of the file beside the page: which, and why. After Broken stand place and error, in English.

settings-kept = O teste usa as configurações desta página como este navegador as leu pela última vez, { $since }.
settings-build = O teste usa as configurações com que esta página foi construída.
settings-embedded = O teste usa a sua lista de endereços embutida, a de { $provider }; as configurações da sua central de suporte não estão em vigor.
settings-late = O arquivo de configurações config.json não tinha chegado após { $seconds } s.
settings-no-answer = O arquivo de configurações config.json não chegou: a requisição falhou.
settings-status = No lugar do arquivo de configurações config.json, o servidor da página respondeu com o código { $status }.
settings-web-page = No lugar do arquivo de configurações config.json veio uma página da web.
settings-broken = O arquivo de configurações config.json tem um erro e não foi usado. Lugar e erro, em inglês:
settings-forbidden = A política de segurança da própria página não deixa o navegador testar estes endereços das configurações; por isso eles não foram testados: { $addresses }. Não é falha da sua rede: a página foi construída com outras configurações e precisa ser construída de novo.
settings-came = As configurações desta página chegaram. O próximo teste vai usá-las.
running-all = Testando todas as regiões de { $provider } e esta rede.
running-some = { $passing } de { $total } regiões acessíveis até agora. Ainda em teste: { $names }.
running-network = Todas as regiões foram testadas. Agora a conexão ao vivo e as portas desta rede.
running-soon = Costuma levar alguns segundos, { $seconds } s no máximo.
running-at-most = Algo responde devagar: mais { $seconds } s no máximo.
running-silent = Ainda sem resposta de { $host }; espera de até mais { $seconds } s.
step-sign-in = Abra qualquer site neste navegador: se aparecer uma página de acesso, identifique-se nela e repita o teste.
step-allow = Olhe o alto da janela do navegador: se ele perguntar se esta página pode acessar a sua rede local, escolha Permitir e repita.
step-hotspot = Faça este teste em outra rede, como a do seu celular: o que funciona lá e aqui não é barrado por esta rede.
step-other-browser = Faça este teste em outro navegador, ou em uma janela privada sem extensões: o que funciona lá é barrado por este navegador.
step-tab = Abra { $url } em uma nova aba e diga ao suporte o que aparece: qualquer resposta significa que há acesso, e um código na página de erro do navegador diz o que o impede.
step-colleagues = Pergunte se colegas no mesmo lugar também estão sem conexão: se sim, é a rede; se não, é este computador.
step-elsewhere = Abra esta página a partir de uma rede sua: o que falha lá também não é culpa da rede do agente.
step-relay = Peça ao operador desta página que instale ou conserte o relay: só uma visão de fora distingue o que está barrado do que está fora do ar.
step-logs = Procure { $hosts } nos registros do firewall e do proxy na hora deste teste: lá está o que impediu o acesso.
step-let-out = Veja se um firewall barra tudo deste computador e qual proxy ele deve usar.

## Sentence
## Single sentences.

sentence-one-answer = uma resposta, em { $time }
sentence-answers = { $count } respostas, em { $fastest } a { $slowest }
sentence-network-fails = Não passa: { $names }.
sentence-announcement = O teste terminou. { $title }.

## Format
## What joins the last two of a list, and the sign before tenths.

format-and = e
format-decimal = ,

## Always
## What is in the program in every language: that this one did not come.

always-words-missing = Não foi possível carregar os textos em português. Escolha o idioma de novo para tentar outra vez, ou recarregue a página.
