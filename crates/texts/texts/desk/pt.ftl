### Portuguese (Brazil). What the helpdesk's program says, beside what the check says: Read a report, the support link, the
### watch. docs/texts.md says how these files are read.

## HelpdeskUi
## Fixed words of the helpdesk's views.

helpdesk-ui-back-to-check = Para o teste de conexão
helpdesk-ui-read-hint = Cole relatórios, links ou códigos curtos, um só ou vários. Esta página os lê sozinha, mesmo sem rede, e não envia nada.
helpdesk-ui-read-anybody = Qualquer pessoa pode escrever um relatório, ou um link para um, e nada nele prova quem o fez. Compare os hosts e endereços com o que você sabe antes de agir.
helpdesk-ui-read-label = Relatório, link ou código
helpdesk-ui-read-button = Ler
helpdesk-ui-read-clear = Limpar
helpdesk-ui-read-made = Feito
helpdesk-ui-read-took = Duração
helpdesk-ui-read-version = Versão
helpdesk-ui-read-from-code = De um código curto: ele contém os resultados e a constatação principal, nada mais.
helpdesk-ui-read-pending = Quando isto foi feito, ainda faltavam evidências tardias.
helpdesk-ui-not-tested = não testada
helpdesk-ui-not-listed = não está na lista desta página
helpdesk-ui-no-finding = nenhuma constatação
helpdesk-ui-compare-title = Diferenças entre dois relatórios
helpdesk-ui-compare-what = O que se compara
helpdesk-ui-compare-differs = difere
helpdesk-ui-compare-certainty = só a certeza
helpdesk-ui-compare-yes = constatado
helpdesk-ui-compare-no = não constatado
helpdesk-ui-read-files = Escolher arquivos de texto
helpdesk-ui-read-drop = Ou solte arquivos de texto aqui.
helpdesk-ui-read-full = Havia mais do que esta página lê de uma vez; foram lidos os primeiros 500.
helpdesk-ui-pattern-title = O que eles têm em comum
helpdesk-ui-matrix-title = Quem e onde
helpdesk-ui-matrix-name = Nome
helpdesk-ui-matrix-name-hint = Os nomes digitados aqui ficam nesta página e somem quando ela é fechada.
helpdesk-ui-matrix-when = Quando
helpdesk-ui-matrix-first = Primeira constatação
helpdesk-ui-matrix-doubtful = duvidoso
helpdesk-ui-matrix-earlier = um relatório anterior da mesma pessoa
helpdesk-ui-group-by = Agrupar por
helpdesk-ui-group-result = mesmos resultados
helpdesk-ui-group-finding = primeira constatação
helpdesk-ui-group-address = endereço público
helpdesk-ui-group-network = parte da rede
helpdesk-ui-group-browser = navegador e versão
helpdesk-ui-group-program = navegador
helpdesk-ui-group-system = sistema
helpdesk-ui-group-relay = relay
helpdesk-ui-group-hour = horário
helpdesk-ui-group-not-known = desconhecido
helpdesk-ui-group-different = todos diferentes
helpdesk-ui-export-text = Texto para o chamado
helpdesk-ui-export-text-copy = Copiar o texto
helpdesk-ui-export-text-save = Baixar o texto
helpdesk-ui-export-csv-copy = Copiar a tabela
helpdesk-ui-export-csv-save = Baixar a tabela (CSV)
helpdesk-ui-export-copied = Copiado.
helpdesk-ui-compare-one = Relatório
helpdesk-ui-compare-other = Outro relatório
helpdesk-ui-each-report = Cada relatório
helpdesk-ui-build-hint = Envie este link ao agente. Ele abre o teste com o número do chamado preenchido.
helpdesk-ui-build-any-language = O do navegador do agente
helpdesk-ui-build-regions = Regiões a testar
helpdesk-ui-build-link = Link
helpdesk-ui-build-qr = O link como código QR
helpdesk-ui-build-bad-ticket = Um número de chamado tem no máximo 64 letras, algarismos, espaços e - _ . / # :

## Refusal
## Why a pasted report was refused.

refusal-no-data = Neste texto não há relatório, nem link para um, nem código curto.
refusal-no-block = É um relatório, mas a última parte, os dados para o suporte, está faltando ou ilegível. Peça o texto completo, até a última linha.
refusal-truncated = Os dados do relatório estão cortados: linhas presentes, { $have } de { $of }. Peça o texto completo, até a última linha.
refusal-link-truncated = O link está cortado. Peça-o de novo, ou peça o texto do relatório.
refusal-characters-replaced = Um gateway de e-mail (urldefense.com/v3) substituiu caracteres deste link, por isso ele não pode ser lido. Peça o texto do relatório ou o código curto.
refusal-beginning-missing = Falta o começo dos dados do relatório. Peça o texto completo.
refusal-altered-line = A linha { $line } dos dados do relatório foi alterada ou se perdeu no caminho. Peça o relatório de novo, como arquivo ou link.
refusal-altered-lines = As linhas { $lines } dos dados do relatório foram alteradas ou se perderam no caminho. Peça o relatório de novo, como arquivo ou link.
refusal-damaged = Os dados do relatório foram alterados no caminho e não batem com a soma de verificação. Peça o relatório de novo, como arquivo ou link.
refusal-newer = Este relatório é de uma versão mais nova desta página. Recarregue esta página ou abra a mais nova.

## Caution
## Why a report that was read may not be what it seems. A name stands in it as the report has it.

caution-name = “{ $name }”
caution-provider = O relatório é sobre um serviço que ele chama de { $name }, não sobre o desta página.
caution-names = Nomes que a lista desta página não tem: { $names }.
caution-hosts = Hosts que não estão na lista desta página: { $hosts }. A solicitação para a TI os deixa de fora. Descubra de quem são antes que alguém os permita.
caution-headline = Uma contradição: o resultado é “{ $says }”, e das regiões e do teste da internet resulta “{ $follows }”. Nenhuma versão desta página escreve isso.
caution-region = Uma contradição: { $region } está “{ $says }”, e dos seus testes e constatações resulta “{ $follows }”. Nenhuma versão desta página escreve isso.

## CodeRefusal
## Why a short code was refused; it stands after the code and a colon.

code-refusal-length = um código desta página tem { $first } ou { $second } caracteres.
code-refusal-character = o caractere { $place } não existe em nenhum código.
code-refusal-check = o caractere de verificação não bate: algo foi ouvido ou digitado errado.
code-refusal-other-catalogue = ele é de uma página com outras regiões, ou de uma versão mais nova.
code-refusal-newer-finding = ele cita uma constatação que só uma versão mais nova desta página conhece. Recarregue esta página ou abra a mais nova.

## Remark
## What several reports have in common, or not.

remark-alike = Não diferem em nenhum resultado, teste ou constatação.
remark-same-verdict = Todos dizem: { $verdict }.
remark-regions-alike = Em todos, { $verdict }: { $regions }.
remark-verdict-in = { $verdict } em { $reports }
remark-region-differs = { $region } difere: { $groups }.
remark-findings-shared = Constatado em todos: { $findings }.
remark-no-finding-shared = Eles não têm nenhuma constatação em comum.
remark-finding-only-in = Só em { $reports }: { $findings }.
remark-only-certainty = { $what }: o mesmo, com outra certeza: { $groups }.
remark-certainty-in = { $certainty } em { $reports }
remark-same-address = Todos vêm do mesmo endereço público, então muito provavelmente da mesma rede.
remark-other-addresses = Eles vêm de endereços públicos diferentes.
remark-same-browser = Todos foram feitos no { $browser }.
remark-other-browsers = Eles foram feitos em navegadores diferentes.
remark-reports-read =
    { $count ->
        [0] Nada foi lido.
        [one] Um relatório foi lido.
       *[other] { $count } relatórios foram lidos.
    }

trouble-offline-one = 1 de { $total } está sem conexão: { $who }.
trouble-offline-some = { $count } de { $total } estão sem conexão.
trouble-offline-both = Os dois estão sem conexão.
trouble-offline-all = Todos os { $total } estão sem conexão.
trouble-blocked-one = 1 de { $total } está bloqueado em { $regions }: { $who }.
trouble-blocked-some = { $count } de { $total } estão bloqueados em { $regions }.
trouble-blocked-both = Os dois estão bloqueados em { $regions }.
trouble-blocked-all = Todos os { $total } estão bloqueados em { $regions }.
trouble-down-one = 1 de { $total } encontrou { $regions } fora do ar: { $who }.
trouble-down-some = { $count } de { $total } encontraram { $regions } fora do ar.
trouble-down-both = Os dois encontraram { $regions } fora do ar.
trouble-down-all = Todos os { $total } encontraram { $regions } fora do ar.
trouble-unknown-one = Em 1 de { $total }, o resultado de { $regions } é indefinido: { $who }.
trouble-unknown-some = Em { $count } de { $total }, o resultado de { $regions } é indefinido.
trouble-unknown-both = Nos dois, o resultado de { $regions } é indefinido.
trouble-unknown-all = Em todos os { $total }, o resultado de { $regions } é indefinido.
trouble-degraded-one = 1 de { $total } está prejudicado em { $regions }: { $who }.
trouble-degraded-some = { $count } de { $total } estão prejudicados em { $regions }.
trouble-degraded-both = Os dois estão prejudicados em { $regions }.
trouble-degraded-all = Todos os { $total } estão prejudicados em { $regions }.
trouble-finding-one = 1 de { $total } mostra: { $findings } ({ $who }).
trouble-finding-some = { $count } de { $total } mostram: { $findings }.
trouble-finding-both = Os dois mostram: { $findings }.
trouble-finding-all = Todos os { $total } mostram: { $findings }.
trouble-none-both = Os dois alcançam tudo o que testaram.
trouble-none-all = Todos os { $total } alcançam tudo o que testaram.
apart-namely = São estes: { $who }.
apart-untested = Não testado por { $count }.
apart-all = Todos os { $count } estão { $what }.
apart-both = Os dois estão { $what }.
apart-part = { $with } dos { $count } estão { $what }.
apart-only-one = É o único { $what }.
apart-other-not = O outro não.
apart-others-not = Dos outros { $others }, nenhum.
apart-others-known-not = Dos outros em que isso é conhecido ({ $count }), nenhum.
apart-one-other-too = Dos outros { $others }, 1 também.
apart-others-too = Dos outros { $others }, { $with } também.
apart-others-unknown = Em { $count } dos outros, isso é desconhecido.
apart-others-have = Todos os outros { $others } estão { $what }.
apart-this-not = Este está { $what }.
apart-these-not = Destes { $count }, nenhum.
apart-pair = { $who }: { $what }. { $other }: { $that }.
apart-found = Só ali: { $findings }.
apart-found-everywhere = Em todos: { $findings }.
apart-nothing = Nada do que os relatórios dizem os distingue.
apart-nothing-shared = Os relatórios não dizem mais nada que seja comum a todos.
apart-address-unknown-one = 1 de { $total } não informa o endereço público.
apart-addresses-unknown = Endereço público não informado: { $count } de { $total }.
shared-trait-address = atrás de { $value }
shared-trait-network = atrás de um endereço de { $value }
shared-trait-browser = no { $value }
shared-trait-system = no { $value }
shared-trait-relay = vistos pelo relay { $value }
shared-trait-hour = no horário { $value }
story-title = { $who }, { $before }, depois { $after }
story-mended = Resolvido: { $regions }.
story-mended-nothing = Resolvido: nada.
story-new = Problema novo: { $regions }.
story-new-nothing = Problema novo: nenhum.
story-otherwise = { $region }: { $before }, agora { $after }.
story-still = Ainda { $verdict }: { $regions }.
story-gone = Não mais constatado: { $findings }.
story-came = Constatado agora: { $findings }.
matrix-offline = S
matrix-blocked = B
matrix-down = F
matrix-unknown = I
matrix-degraded = P
matrix-reachable = A
matrix-name-of = Nome do relatório { $number }
matrix-duplicate = 1 relatório repetido não é mostrado de novo.
matrix-duplicates = { $count } relatórios repetidos não são mostrados de novo.
matrix-in-trouble = { $count } de { $total } com problemas
matrix-none-in-trouble = { $total }, nenhum com problema
matrix-legend = { $letter } = { $verdict }
matrix-where = { $verdict }: { $regions }
matrix-columns = Regiões, da esquerda para a direita: { $regions }.

## WatchUi
## Fixed words of the watch.

watch-ui-title = Monitorar a conexão
watch-ui-lead = As chamadas param de chegar depois de um tempo? Deixe esta guia aberta enquanto trabalha. Ela descobre se algo no caminho corta uma conexão silenciosa, e depois de quanto tempo. Não envia quase nada.
watch-ui-start = Começar a monitorar
watch-ui-stop = Parar de monitorar
watch-ui-running = Monitorando há
watch-ui-no-relay = O monitoramento precisa de um relay que responda. Faça o teste primeiro.
watch-ui-nothing-yet = Nada foi cortado até agora.
watch-ui-log-title = O que aconteceu
watch-ui-when = Quando
watch-ui-happened = O quê
watch-ui-patterns = Que silêncios passam
watch-ui-pattern = Silêncio
watch-ui-longest = O mais longo que passou
watch-ui-shortest = O mais curto que foi cortado
watch-ui-none = -
watch-ui-copy = Copiar o relatório do monitoramento
watch-ui-copied = Copiado.
watch-ui-csv = Baixar como CSV
watch-ui-forget = Esquecer este registro
watch-ui-report-title = MONITORAMENTO
watch-ui-closer = Aproximar
watch-ui-farther = Afastar
watch-ui-earlier = Antes
watch-ui-later = Depois
watch-ui-whole = Tudo
watch-ui-loopback = O relay roda neste mesmo computador: o que passa aqui não diz nada sobre a rede.
watch-ui-away = Nenhum relay que tenha vaga para esta página responde. Uma nova tentativa é feita sozinha.
watch-ui-reconnected = Conexões refeitas após um corte
watch-ui-network-row = Rede
watch-ui-kept = O registro fica neste navegador até você esquecê-lo. Ele faz parte do próximo relatório que você copiar.
watch-ui-not-kept = Este navegador não guarda nada para esta página: o registro some quando a guia é fechada.
watch-ui-in-report = Texto para o suporte
watch-ui-kept-alive = O Chrome e o Edge mantêm sozinhos cada conexão viva, a cada 45 segundos. Um firewall que esquece conexões silenciosas depois disso só aparece no Firefox; o programa de chamadas pode sofrer com ele mesmo assim. Monitore também no Firefox antes de dizer que a rede está bem.
watch-ui-timeline = Linha do tempo do monitoramento

## Quiet
## Who says nothing.

quiet-both = Ninguém diz nada
quiet-page = Este computador não diz nada
quiet-relay = O servidor não diz nada

## Cut
## How a connection ended; it stands in the sentences below.

cut-code = fechada com o código { $code }
cut-broken = encerrada
cut-silent = morta sem aviso
cut-somehow = cortada

## Lane
## What is tried on a connection.

lane-growing = silêncio crescente
lane-narrowing = silêncio ajustado
lane-events = eventos
lane-words = palavras

## Ending
## How the relay saw it end.

ending-open = ainda aberta
ending-closed = fechada em ordem
ending-finished = encerrada
ending-reset = redefinida
ending-timed-out = expirada
ending-by-relay = encerrada por ele mesmo
ending-not-known = desconhecida

## Spot
## Who did it, as far as a watch tells, and how sure that is.

spot-this-computer = este computador
spot-between = no caminho
spot-relay = o relay

## WatchProofs

watch-proofs-at = { $proof }; onde: { $place }, { $where }

## WatchFinding
## Findings of the watch: a title, what happened, what it means, who does what.

watch-finding-times =
    { $count ->
        [1] uma vez
        [2] duas vezes
       *[other] { $count } vezes
    }
watch-finding-quiet-cut-title = Uma conexão silenciosa é cortada após cerca de { $at }
watch-finding-quiet-cut-both = Uma conexão em que ninguém disse nada por { $killed } foi { $how }, { $times }.
watch-finding-quiet-cut-page = Uma conexão em que este computador não disse nada por { $killed } foi { $how }, { $times }.
watch-finding-quiet-cut-relay = Uma conexão em que o servidor não disse nada por { $killed } foi { $how }, { $times }.
watch-finding-quiet-cut-passed = Um silêncio de { $time } passou.
watch-finding-quiet-cut-between = Não foi nenhuma das pontas: um firewall, proxy ou balanceador de carga no caminho esquece conexões silenciosas.
watch-finding-quiet-cut-between-inferred = Tudo indica que não foi nenhuma das pontas, mas um firewall, proxy ou balanceador de carga no caminho que esquece conexões silenciosas.
watch-finding-quiet-cut-unknown = Um firewall, proxy ou balanceador de carga no caminho provavelmente esquece conexões silenciosas.
watch-finding-quiet-cut-round = É um número redondo: há um temporizador ajustado nele.
watch-finding-quiet-cut-means = As chamadas são anunciadas por uma conexão assim, e param de chegar.
watch-finding-quiet-cut-do = O seu departamento de TI aumenta o tempo limite de inatividade destas conexões (TCP 443 de saída até o serviço), ou as isenta.
watch-finding-all-at-once-title = Todas as conexões terminaram no mesmo momento
watch-finding-happened = Isso aconteceu { $times }.
watch-finding-all-at-once-restarted-means = O relay foi reiniciado; isso não diz nada sobre esta rede.
watch-finding-all-at-once-means = A conexão inteira sumiu por um momento, ou o relay. Não é um temporizador para conexões silenciosas.
watch-finding-nothing = Nada.
watch-finding-all-at-once-do = Se acontecer de novo: anote os horários abaixo e passe-os ao seu departamento de TI.
watch-finding-events-title = Eventos do servidor se perderam ou atrasaram
watch-finding-events-what = Perdidos: { $lost }. Atrasados: { $late }. Repetidos: { $twice }.
watch-finding-events-late-what = Perdidos: { $lost }. Atrasados: { $late } (no máximo { $latest }). Repetidos: { $twice }.
watch-finding-events-means = As chamadas são anunciadas como estes eventos.
watch-finding-events-do = O seu departamento de TI verifica o caminho até a internet nesses horários: Wi-Fi, linha ocupada, proxy que inspeciona.
watch-finding-unreachable-title = Não foi possível chegar ao relay por um tempo
watch-finding-unreachable-what = Isso aconteceu { $times }, por no máximo { $time }.
watch-finding-unreachable-means = Esta rede, o caminho até o relay ou o próprio relay sumiu. Não é um temporizador para conexões silenciosas.
watch-finding-unreachable-do = Compare com as regiões nos mesmos horários; se elas também sumiram, é a conexão com a internet.
watch-finding-region-out-title = { $region } não respondeu por um tempo
watch-finding-region-out-what = Isso aconteceu { $times }, por no máximo { $time }.
watch-finding-region-out-means = A região, ou o caminho até ela, ficou fora do ar. As outras conexões continuaram.
watch-finding-region-out-do = Passe os horários abaixo ao suporte.
watch-finding-busy-title = O relay não tinha vaga
watch-finding-busy-what = Ele disse isso { $times }.
watch-finding-busy-means = Há gente demais monitorando ao mesmo tempo; isso não diz nada sobre esta rede.
watch-finding-busy-do = Quem administra o relay aumenta os limites dele.
watch-finding-network-changed-title = A rede mudou
watch-finding-network-changed-what = Outro endereço, ou nenhum por um tempo: { $times }.
watch-finding-network-changed-means = Outro Wi-Fi, uma VPN ou uma linha renovada. As conexões que terminaram nessa hora não contam para mais nada.
watch-finding-network-changed-do = Se não foi você: avise o seu departamento de TI.
watch-finding-slept-title = Este computador ficou em suspensão
watch-finding-slept-what = Ele ficou em suspensão, ou o navegador congelou esta guia, { $times }, por no máximo { $time }.
watch-finding-slept-means = Conexões terminam durante a suspensão. As que terminaram assim não contam para mais nada.
watch-finding-slept-do = Mantenha o computador acordado e esta guia aberta durante o monitoramento.
watch-finding-throttled-title = O navegador desacelerou esta guia
watch-finding-throttled-means = Uma guia em segundo plano só pode trabalhar de vez em quando. O que chegou atrasado nesse meio-tempo não diz nada sobre a rede.
watch-finding-throttled-do = Nada; uma janela própria é melhor para monitorar.

## Entry
## Lines of the log.

entry-began = O monitoramento começou.
entry-stopped = O monitoramento foi parado.
entry-opened = { $lane }: conectou em { $time }.
entry-opened-again = { $lane }: conectou de novo em { $time }.
entry-not-opened = { $lane }: não foi possível conectar.
entry-busy = { $lane }: o relay não tinha vaga.
entry-survived = { $lane }: passou um silêncio de { $time }.
entry-cut = { $lane }: { $how } após { $time } de silêncio.
entry-relay-saw = { $lane }: o relay a viu { $how }.
entry-late = Um evento chegou { $time } atrasado.
entry-lost = Eventos perdidos: { $count }.
entry-twice = Eventos repetidos: { $count }.
entry-slept = O computador ficou em suspensão, ou a guia congelada, por { $time }.
entry-throttled = O navegador segurou esta guia por { $time }.
entry-offline = A rede sumiu.
entry-online = A rede voltou.
entry-address = Outro endereço público: { $address }.
entry-region-out = { $region } não responde.
entry-region-back = { $region } responde de novo, após { $time }.
