### English. What the check says: on the page, in the report, in the request.
###
### Fluent (projectfluent.org), of which docs/texts.md says what is read. What stands in braces is filled in, and every
### language has the same of it, in an order of its own. Whole sentences: nothing is put together from pieces. The build
### says what is missing, and where.

## Ui
## Fixed words of the page, the report and the request.

ui-title = Connection check
ui-start = Start the check
ui-start-again = Run again
ui-cancel = Cancel
ui-copy-report = Copy report
ui-download-report = Download report
ui-copied = Copied. Paste it into your ticket or message to support.
ui-copy-failed = The browser refused to copy. The report is selected below: press Ctrl+C (on a Mac ⌘C), then paste it into your ticket.
ui-language = Language
ui-regions-title = Regions
ui-network-title = This network
ui-findings-title = What we found
ui-report-title = Report for support
ui-report-hint = This is exactly what Copy puts on the clipboard. Nothing is sent until you paste or send it.
ui-show-report = Show the report
ui-show-or-leave-out = Show the report, or leave something out
ui-region = Region
ui-sign-on-https = Sign-on (HTTPS)
ui-call-events-tcp = Call events (TCP)
ui-result = Result
ui-running = Checking the connection…
ui-idle-title = Ready to check your connection
ui-idle-hint = Press Start. It takes a few seconds and changes nothing on this computer.
ui-cancelled-title = The check was cancelled
ui-cancelled-hint = There is no result. Press Run again when you are ready.
ui-testing = testing…
ui-so-far = so far
ui-no-answer-so-far = no answer so far
ui-what = What
ui-means = Means
ui-do = Do
ui-ticket = Ticket
ui-tested-addresses = Which addresses are tested?
ui-privacy-note = The page talks only to the addresses below and to the relay of your helpdesk. It stores nothing and sends no report by itself.
ui-contact-support = Support
ui-stop-browser = This browser
ui-stop-network = Your network or proxy
ui-stop-internet = Internet
ui-stop-relay = Relay
ui-report-heading = connection report for
ui-report-cancelled = CANCELLED before the end: there is no result.
ui-report-result = RESULT
ui-report-network = THIS NETWORK
ui-report-findings = WHAT WE FOUND
ui-report-no-findings = Nothing to report.
ui-report-for-it = FOR YOUR IT DEPARTMENT
ui-report-outbound-only = Allow OUTBOUND only, by name. Nothing inbound is ever needed, and the addresses behind the names change:
ui-report-confirm = Confirm from a computer in the same network:
ui-report-expected = expected
ui-report-purpose-https = sign-on and status
ui-report-purpose-tcp = call events, kept open
ui-report-limits = LIMITS OF THIS TEST
ui-report-measurements = MEASUREMENTS (in ms)
ui-report-measurements-key = f: fetch, first cold, then warm; ws: WebSocket; out: seen from outside (TCP, TLS, HTTP), next-out: by the next relay. x: failed, with its close code; -: no answer; way: lookup, TCP, TLS and request to the relay; clock: ours minus theirs; 80, 5222: the host itself on these ports, where nothing is known to listen (a refusal as late as a round trip has passed this network).
ui-report-personal = PERSONAL DETAILS
ui-report-address = Address
ui-report-browser = Browser
ui-report-computer = Computer
ui-report-relay = Relay
ui-report-next-relay = Next relay, asked about
ui-report-notices = NOTICES
ui-request-purpose80 = sign-on over HTTP
ui-request-purpose5222 = presence (XMPP)
ui-request-title = FIREWALL REQUEST
ui-request-direction = Direction
ui-request-outbound = outbound
ui-request-port = Port
ui-request-host = Host
ui-request-purpose = Purpose
ui-request-exempt = Exempt from TLS inspection (nobody opens the encrypted connection on the way):
ui-request-any-protocol = Allow any protocol there, not TLS alone:
ui-request-no-login = Let these pass the proxy without a login:
ui-request-idle = Do not cut connections to these hosts that are quiet: an idle timeout of one hour or more.
ui-request-web-socket = Allow WebSocket and long-lived connections on port 443.
ui-request-presence = The provider’s list names no host of its own for presence; until it does, these are the hosts of its regions.
ui-request-unlisted = The report also names hosts that are not in this page’s list. They are left out of this request and of its ready lines. Find out whose they are before you allow them:
ui-confirm-power-shell = PowerShell, without a proxy:
ui-expect-power-shell = TcpTestSucceeded : True (where only a proxy may go out, it fails all the same)
ui-confirm-curl = curl, without a proxy (in PowerShell: curl.exe):
ui-expect-http = a line that begins with “< HTTP/”; its number does not matter
ui-expect-connected = a line with “Connected to”; what comes after it does not matter
ui-confirm-curl-proxy = curl, through your proxy (put its name and port in):
ui-expect-proxy = a line with 200 after “CONNECT”; 403 or 407 is the proxy’s refusal
ui-confirm-openssl = openssl, without a proxy (with one: -proxy PROXY:8080):
ui-expect-certificate = “CONNECTED”, and as issuer a public authority, not your own company or firewall
ui-expect-no-tls = “CONNECTED”; the error after it is right, there is no TLS at this port
ui-expect-perhaps-tls = “CONNECTED”; an error after it may be right, not every such port speaks TLS
ui-lines-squid = SQUID (squid.conf, before the first “http_access deny” and the first “ssl_bump”):
ui-lines-squid-unlike-tls = SQUID THAT INTERCEPTS CONNECTIONS, for those that are not TLS (it looks these names up when it reads its settings, and does not start where one is not found; have it read them again each day: squid -k reconfigure):
ui-lines-pac = PAC FILE (first in FindProxyForURL, where these hosts may be reached without the proxy):
ui-lines-windows = WINDOWS FIREWALL (PowerShell as administrator, where outbound is blocked by default; names need Windows 11 or Server 2022 and later, with network protection of Microsoft Defender on):
ui-lines-nftables = NFTABLES (put your own table and chain for “inet filter” and “forward”; the sets are filled by name, below, and forget an address after a day):
ui-lines-dnsmasq = DNSMASQ 2.87 or later, as the network’s name server, fills them:
ui-report-code = Code
ui-report-page = Page
ui-report-left-out = left out on request
ui-report-data = --- data for support: paste all of this at the page’s “Read a report” ---
ui-report-data-end = --- end of data ---
ui-copy-request = Copy the request
ui-request-page-title = For your IT department
ui-request-hint = What to allow so that the service works, how to confirm it, and ready lines for common firewalls and proxies. Give it to whoever runs your network.
ui-show-request = Show the request
ui-request-copied = Copied. Paste it into a message to your IT department.
ui-text-copy-failed = The browser refused to copy. The text is selected: press Ctrl+C (on a Mac ⌘C).
ui-leave-out = Personal details in the report
ui-include-address = My public address
ui-include-browser = My browser, its language, and what it shows of this computer
ui-include-watch = What the watch of this connection found until
ui-copy-link = Copy as link
ui-link-copied = Link copied. It holds the whole report; nothing is stored anywhere.
ui-send-by-mail = Send by e-mail
ui-send-direct = Send to support
ui-sending = Sending…
ui-sent = Sent. Support has received the report.
ui-send-failed = The report could not be sent. Copy it and paste it into your ticket instead.
ui-mail-paste = (Copy the report on the page and paste it here.)
ui-mail-whole = The whole report:
ui-for-helpdesk = For the helpdesk
ui-read-report = Read a report
ui-build-copied = Link copied.
ui-build-title = Make a support link
ui-source-embedded = From the provider’s article 63242 on firewall configuration.
ui-watch-offer = Calls stop coming in after a while? Watch the connection while you work.
ui-what-happened = What happened
ui-what-it-means = What it means for you
ui-what-to-do = What to do
ui-how-we-know = How we know
ui-how-sure = How sure this is
ui-more-ways = Other ways to send it
ui-steps-title = What settles it, most telling first
ui-step-agent = You
ui-step-helpdesk = Your helpdesk
ui-step-it = Your IT department
ui-network-well = Everything that was tested here passes.
ui-network-not-all = Not everything could be tested here.

## Verdict
## A verdict as one word, lower case.

verdict-offline = offline
verdict-blocked = blocked
verdict-down = down
verdict-unknown = unknown
verdict-degraded = degraded
verdict-reachable = reachable

## Outcome
## A check's outcome as one or two words, lower case.

outcome-ok = ok
outcome-failed = failed
outcome-unknown = unknown
outcome-not-run = not tested

## Proof
## How sure, as one word, lower case.

proof-confirmed = confirmed
proof-inferred = inferred

## Proofs
## How sure it is that a check or finding is so, and how sure where it broke, or who answered.

proofs-broke = { $proof }; where: { $where }
proofs-answered = { $proof }; who answered: { $where }
proofs-detail = { $detail } ({ $where })

## Check
## Names of checks.

check-https = Sign-on (HTTPS)
check-tcp = Call events (TCP)
check-internet = Internet
check-socket = Live connection (WebSocket)
check-events = Server events
check-port80 = Port 80 (HTTP)
check-port5222 = Port 5222 (presence)
check-hold = Quiet connection

## Detail
## What a check rests on, without a full stop; short enough for a table's cell.

detail-pending = testing…
detail-not-tried = not tried
detail-answered-sometimes = { $answered } of { $tries } tries answered
detail-connected = connection established
detail-as-from-outside = same as from outside
detail-too-fast = answered by something else, in { $time }
detail-answers-unlike-outside = answers unlike from outside
detail-not-resolved = name not known, after { $time }
detail-not-offered = the relay does not offer it
detail-port-open = open, { $time }
detail-port-refused = refused after { $time }
detail-port-silent = no answer
detail-behind-proxy = behind a proxy this cannot be told
detail-port-taken = something else answers there
detail-port-cut = connected, and encryption was cut
detail-held = stayed open through { $seconds } s of silence
detail-hold-cut = cut after { $seconds } s of silence
detail-hold-cut-unseen = no sign of life after the silence
detail-no-answer = no answer in { $seconds } s
detail-refused-nearby = refused close by, after { $time }
detail-refused-far = refused at the far end, after { $time }
detail-refused = refused, after { $time }
detail-tls-failed = no secure connection, after { $time }
detail-cut = cut while connecting, after { $time }
detail-closed-after-tls = closed without answer, after { $time }
detail-failed = failed after { $time }
detail-needs-outside = needs a view from outside
detail-silent-here-and-outside = silent, from outside too
detail-ambiguous = more than one explanation
detail-origin-answered = this page's server answers
detail-relay-answered = the relay answers
detail-control-answered = a control address answers
detail-endpoint-answered = the service answers
detail-nothing-answered = nothing outside this computer answered
detail-no-relay = no relay is set up
detail-relay-unreachable = the relay did not answer
detail-relay-refused = the relay had no room or does not know this page
detail-relay-inside = the relay is not outside
detail-relay-lost-its-way = the relay itself has no way out
detail-no-word = no word from the relay
detail-relay-on-this-computer = the relay runs on this computer, so this says nothing about the network
detail-socket-open = open
detail-socket-failed = failed twice, though HTTPS to the same place works
detail-events = { $arrived } of { $expected } arrived, at most { $time } late
detail-events-cut = the connection broke
detail-no-socket = no live connection to send them on
detail-stood-still = this computer stood still for { $time } meanwhile, so this says nothing about the network
detail-network-changed = the network of this computer changed meanwhile, so this says nothing
detail-permission-waits = the browser waits for your permission

## Headline
## The headline of a run: one line, what it means, what to do now.

headline-offline-title = No connection to the internet
headline-offline-means = Nothing outside this computer answered, neither the service nor any other address.
headline-offline-do = Check the cable or Wi-Fi, sign in where your network has a sign-in page, then run this check again.
headline-blocked-title = This network blocks { $provider }
headline-blocked-some-title = This network lets { $passing } of { $total } regions through
headline-blocked-means = This network, or this computer, stops what answers from outside: { $affected }.
headline-blocked-do = Copy the report and send it to support: it holds the exact request for your IT department.
headline-down-title = { $provider } does not answer in { $affected }
headline-down-means = It fails from here and from outside alike, so your network is not the cause.
headline-down-do = Copy the report and send it to support; there is nothing to change on your side.
headline-unknown-title = The check could not decide
headline-unknown-means = The evidence does not show whether your network or the service is at fault.
headline-unknown-some-means = For { $affected } the evidence does not show whether your network or the service is at fault.
headline-send-report = Copy the report and send it to support.
headline-degraded-one-title = { $affected } answers, but not well
headline-degraded-title = { $provider } answers, but not well
headline-degraded-means = Something will disturb your work in { $affected }; what it is stands below.
headline-reachable-one-title = { $affected } is reachable
headline-reachable-title = All { $total } regions are reachable
headline-reachable-means = This browser reaches everything of { $provider } that was tested.
headline-reachable-do = If you still have trouble, copy the report and send it to support: it tells them where not to look.

## FindingPart
## What the sentences of several findings name.

finding-part-outside = From outside, our relay reached it in { $time }.
finding-part-nobody-outside = Nobody outside could be asked, so the service itself is not ruled out.
finding-part-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
finding-part-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
finding-part-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
finding-part-expired = its certificate has expired
finding-part-not-yet-valid = its certificate is not valid yet
finding-part-wrong-name = its certificate is for another name
finding-part-untrusted = its certificate is from an authority that is not trusted
finding-part-other-fault = its certificate is not acceptable

## Finding
## Findings by their tokens: a title, what happened, what it means, who does what. An attribute with a further word is said in
## place of the plain one where the evidence is such.

finding-offline =
    .title = No way out
    .what = Nothing outside this computer answered: no region and no other address.
    .means = No cable or Wi-Fi, a sign-in page of the network that waits for you, or a firewall that blocks everything.
    .do = Check cable or Wi-Fi; open any web site to see a sign-in page; then run again.
finding-proxy-login =
    .title = A proxy asks for a login
    .what = { $hosts }: the browser keeps waiting, while a live connection is refused at once. That is what a login window of a proxy looks like.
    .means = The proxy of your network wants your user name and password for these addresses, and has not got them.
    .do = If a window asks for a user name and password, fill it in and run again. Otherwise your IT department lets these hosts pass without a login (request in the report).
finding-answer-not-from-service =
    .title = Something else answered in the service's place
    .what = { $hosts } answers here as it does not from outside, and so does a name that does not exist.
    .what-too-fast = { $hosts } answered in { $time }; the way there alone takes at least { $floor }.
    .means = A filter, security product or proxy near you answers, most likely with a page that says “blocked”.
    .do = Your IT department exempts these hosts from filtering and inspection (request in the report).
finding-not-resolved =
    .title = The name is not known here
    .what = { $hosts }: the browser gave up after the time that it waits for a name lookup that nobody answers.
    .what-timed = { $hosts } failed after { $time }, the time of a name lookup that finds nothing.
    .means = The name servers of this network do not know the name, or do not answer for it. { $outside }
    .do = Your IT department checks how its name servers and filters treat these names (request in the report).
finding-permission-waits =
    .title = The browser waits for your permission
    .what = { $hosts }: your browser asks whether this page may reach devices on your local network, and holds everything back until you answer.
    .means = The name leads to a private address, as where your company leads the service over its own network. Whether the service works is not known yet.
    .do = Answer the question that the browser asks at the top of the window: Allow. Then run again.
finding-private-address =
    .title = The name leads to a private address
    .what = { $hosts }: the browser holds requests back as it does for addresses inside a network, while live connections open.
    .what-everywhere = { $hosts }: our relay finds a private address behind the name.
    .means = Your company may lead the service over its own network. Browsers ask for permission to go there; the client may work all the same.
    .do = If the browser asks whether this page may reach devices on your network, allow it and run again. Your IT department knows whether the address is meant.
finding-refused-nearby =
    .title = Refused close by
    .what = { $hosts } was refused after { $time }, faster than the way to the service allows.
    .means = A firewall, proxy, security program or name filter near you says no, or a content blocker in this browser. { $outside }
    .do = Your IT department allows it (request in the report). If it works in a private window without extensions, a blocker in this browser stops it.
finding-dropped =
    .title = No answer
    .what = No answer from { $hosts } in { $seconds } s.
    .what-handshake = No answer from { $hosts } in { $seconds } s. Left alone, the browser gave up after about 30 s, as it mostly does when the connection stands and the secure handshake gets no answer.
    .what-connection = No answer from { $hosts } in { $seconds } s. Left alone, the browser gave up after about 21 s, as Windows does where nothing answers an attempt to connect.
    .what-later = No answer from { $hosts } in { $seconds } s, and after half a minute the browser was still waiting.
    .means = A firewall drops it, or the service is silent. Nobody outside could be asked.
    .means-outside = Most likely a firewall drops it on the way. Our relay reached it from outside in { $time }.
    .means-handshake = Connections come up, and what follows gets no answer: large packets vanish on a VPN or tunnel (MTU), or a firewall drops the handshake. { $outside }
    .do = Your IT department allows it (request in the report). Nothing to do on this computer.
finding-tls-rejected =
    .title = No secure connection
    .what = { $hosts }: the secure connection failed after { $time }.
    .what-said = { $hosts }: the browser reports that the secure handshake failed, after { $time }.
    .means = Something shows a certificate this browser does not trust (an inspecting firewall, or a wrong clock on this computer), or resets the handshake. { $outside }
    .do = Your IT department exempts these hosts from inspection (request in the report). Open the address in a new tab: the code on the error page tells which it is. If it fails on another network too (a phone’s), support tells the provider: a server that browsers refuse looks the same.
finding-cut-in-handshake =
    .title = Cut while connecting
    .what = { $hosts } took the connection and cut it after { $time }.
    .means = A firewall that looks into connections cuts it once it sees the name. { $outside }
    .do = Your IT department allows it (request in the report). Nothing to do on this computer.
finding-closed-after-tls =
    .title = Closed without an answer
    .what = { $hosts } was connected securely, then closed after { $time } without an answer.
    .means = A proxy or inspecting firewall ends the connection, or the service does. { $outside }
    .do = Your IT department allows it (request in the report). Nothing to do on this computer.
finding-refused-far =
    .title = Refused at the far end
    .what = { $hosts } was refused after { $time }, one trip to the service and back.
    .means = The service, or a firewall just in front of it, does not accept connections from your address. { $outside }
    .do = Support asks the provider whether your company's address is blocked there; your IT department checks its firewall (request in the report).
finding-refused =
    .title = Refused
    .what = { $hosts } was refused; this computer tells it only after trying again, { $time } in all.
    .means = A firewall or filter in your network, or the service itself, does not accept the connection: the time does not tell which. { $outside }
    .do = Your IT department allows it (request in the report). If it is allowed, support asks the provider whether your company’s address is blocked there.
finding-not-connected =
    .title = No connection
    .what = { $hosts } failed after { $time }.
    .means = The name is not known to your network, the connection is refused, or the secure handshake fails: the time does not tell which. { $outside }
    .means-proxy = The proxy that connects in this browser’s place turns it down, does not reach it or does not know its name; or the service ends the handshake. The time does not tell which. { $outside }
    .do = Open the address in a new tab and send support the code on the error page. Your IT department checks that it is allowed (request in the report).
    .do-proxy = Your IT department looks for these hosts in the proxy’s log and allows them there (request in the report). Open the address in a new tab: the code on the error page tells whether the proxy refused.
finding-service-down =
    .title = The service does not answer
    .what = { $hosts } fails from here, and does not answer from outside either.
    .what-refused = { $hosts } fails from here, and refuses connections from outside too.
    .what-no-route = { $hosts } fails from here, and there is no way to it from outside either.
    .what-not-resolved = { $hosts } fails from here, and its name is not known outside either.
    .what-no-tls = { $hosts } fails from here, and makes no secure connection from outside either.
    .what-no-http = { $hosts } fails from here, and gives no answer from outside either.
    .what-certificate = { $hosts } fails from here, and from outside { $fault } too.
    .means = The fault is with { $provider }, not with your network.
    .do = Support tells the provider. Nothing to do on your side.
finding-plain-443-blocked =
    .title = Other traffic than TLS may be stopped on port 443
    .what = To our relay TLS passes on port 443; STUN, another protocol, does not.
    .means = Either a firewall lets only TLS pass there, and clients that say something else will fail. Or it stops STUN alone, and nothing is lost: the page cannot tell the two apart.
    .means-hosts = Either a firewall lets only TLS pass there, and call events will not arrive, for { $hosts } does not speak TLS, seen from outside. Or it stops STUN alone, and nothing is lost: the page cannot tell the two apart.
    .do = Your IT department looks at what the firewall says of port 443 to our relay, and allows any TCP protocol to these hosts (request in the report).
finding-socket-blocked =
    .title = Live connections are blocked
    .what = HTTPS to our relay works; a WebSocket to the same place failed twice.
    .means = A proxy or inspecting firewall removes WebSocket, or a content blocker or privacy relay of this browser does. Long-lived connections, on which calls are announced, will suffer from a device on the way as well.
    .do = Your IT department allows WebSocket and long-lived connections on port 443. If it works in a private window without extensions or in another browser, it is this browser.
finding-hold-cut =
    .title = Quiet connections are cut
    .what = A connection to our relay on which nothing was said gave no sign of life afterwards.
    .what-after = A connection to our relay on which nothing was said was cut after { $seconds } s.
    .means = Something on the way ends connections that are quiet for a while. Calls are announced on such connections and will be missed.
    .means-round = A firewall, proxy or router ends connections that are quiet for that long: a round number, so a timer. Calls are announced on such connections and will be missed.
    .do = Your IT department raises the idle timeout for the hosts of { $provider } to an hour or more.
finding-events-lost =
    .title = Server events get lost
    .what = The connection broke while test events were on their way.
    .what-counted = { $arrived } of { $expected } test events arrived, the latest { $time } late.
    .means = Calls and queue changes will reach you late or not at all.
    .do = Support looks at the network's quality together with your IT department.
finding-port-80-closed =
    .title = Port 80 is closed
    .what = Our relay listens on port 80; from here there was no answer.
    .what-refused = Our relay listens on port 80; from here it was refused after { $time }.
    .means = The client also uses port 80. This was tested towards our relay, not towards the service.
    .do = Your IT department allows outbound port 80 to the hosts of { $provider }.
finding-port-5222-closed =
    .title = Port 5222 (presence) is closed
    .what = Our relay listens on port 5222; from here there was no answer.
    .what-refused = Our relay listens on port 5222; from here it was refused after { $time }.
    .means = The client uses port 5222 for presence. This was tested towards our relay, not towards the service.
    .do = Your IT department allows outbound port 5222 to the hosts of { $provider }.
finding-unsteady =
    .title = Unsteady
    .what =
        { $answered ->
            [one] { $hosts } answered { $answered } try and failed { $failed }.
           *[other] { $hosts } answered { $answered } tries and failed { $failed }.
        }
    .means = The way there loses connections: a weak Wi-Fi, an overloaded line or device.
    .means-alone = Only here: every other region answered each time, so it is hardly the line. One of several servers behind this name does not work, or something on the way to it stops some connections.
    .do = Try a cable instead of Wi-Fi and run again; send both reports to support.
    .do-alone = Run again a few minutes later; if only this host is unsteady again, support tells the provider, with both reports.
finding-slow-at-first =
    .title = The first answer takes very long
    .what = { $hosts } did answer, but only after { $time }; this page waits { $seconds } s.
    .means = It can be reached. What makes it late is something that is asked first: proxy settings that look names up, a security program, or a service that had to wake up. { $outside }
    .do = Run the check again: if the next run is quick, it is the first contact alone. Otherwise your IT department looks at proxy settings and security programs (request in the report).
finding-slow =
    .title = Slow
    .what = { $hosts } typically answers in { $time }; more than { $limit } is noticeable.
    .means = Sign-on and status changes will lag.
    .do = Try a cable instead of Wi-Fi and run again; send both reports to support.
finding-clock-wrong =
    .title = This computer's clock is wrong
    .title-differ = Two clocks differ
    .what = This computer's clock is { $span } ahead of both the relay's and the page's server.
    .what-ahead-of-other = This computer's clock is { $span } ahead of the other server asked.
    .what-behind = This computer's clock is { $span } behind both the relay's and the page's server.
    .what-behind-other = This computer's clock is { $span } behind the other server asked.
    .means = With a wrong clock sign-on is refused and certificates seem expired.
    .do = Set the clock of this computer (date, time and time zone) and run again.
finding-extension-interferes =
    .title = An extension interferes with this page
    .what = In the browser, something has put its own { $replaced } in place of the browser’s.
    .means = A privacy, security or blocking extension, or the browser’s tracking protection, stands between this page and the network. What the page measured may be that, and not your network.
    .do = Open this link in a private window without extensions, or in another browser, and compare.
finding-inspected =
    .title = Encrypted connections are opened on the way
    .what = An address that cannot exist answered over a trusted secure connection.
    .what-handshake = Our relay met a secure handshake that this browser does not make.
    .what-headers = Inside the encrypted connection our relay found headers that browsers do not send: { $headers }.
    .means = A proxy or security product inspects encrypted traffic, so an answer here does not prove that it came from the service.
    .do = Your IT department exempts the hosts of { $provider } from inspection.
finding-proxy-in-path =
    .title = A proxy stands in the way
    .what = Connections are taken by something close by, in the far end's place.
    .what-asked = The browser asks a proxy to connect for it.
    .means = No fault by itself. What is refused here may be refused by the proxy, and the client may take another way.
    .do = Support compares the proxy settings of this browser with those of the client.
finding-split-egress =
    .title = Two ways out
    .what = HTTPS and live connections reach our relay from two different addresses.
    .means = Your network sends them over two lines or proxies. Services that expect one address may end the session.
    .do = Support mentions it to your IT department if sessions end for no visible reason.
finding-ways-differ =
    .title = The service is reached by another way
    .what = The service answers sooner than the way by which this page and the relay are reached would allow.
    .means = It leaves your computer by another way than the rest (a VPN that leaves the service out, a bypass), or something near you answers in its place. Who answered is not known.
    .do = Nothing to do where your IT department has set it up so. Otherwise it looks at how these names leave the network (request in the report).
finding-ipv6-broken =
    .title = IPv6 leads nowhere
    .what = Connecting took { $time } longer than a round trip, as it does where IPv6 is tried first and nothing answers.
    .means = This network offers IPv6 and does not carry it. Every first connection loses a moment; IPv4 works.
    .do = Your IT department mends IPv6 or stops offering it.
finding-relay-misconfigured =
    .title = The relay does not know this page
    .what = The relay answers, but does not serve pages of { $origin }.
    .means = It could not be asked how things look from outside. This is not a fault of your network.
    .do = The operator of this page adds { $origin } to the relay's origins.
finding-relay-busy =
    .title = The relay is busy
    .what = The relay answers, and has no room for another test now.
    .means = It could not be asked how things look from outside. This is not a fault of your network.
    .do = Run again in a minute.
finding-relay-unreachable =
    .title = The relay could not be reached
    .what = { $relay } did not answer.
    .what-wrong = Something that is not the relay answered at { $relay }.
    .means = Without it nobody can say whether what fails here answers from outside. Your network blocks the relay, or the relay is off.
    .do = Support checks that the relay runs. Your IT department may allow it.
finding-relay-not-outside =
    .title = There is no view from outside
    .what = The relay did not say how things look from where it stands.
    .what-lost-its-way = The relay answers, but none of its own control addresses answers it.
    .what-inside = The relay runs on this computer or inside this network.
    .means = What fails here cannot be compared with how it looks from outside, so it is not called blocked or down.
    .do = The operator of this page runs a relay on the open internet that can reach it.
finding-no-relay =
    .title = No relay is set up
    .what = This page knows no relay.
    .means = What fails here cannot be compared with how it looks from outside, so it is not called blocked or down.
    .do = The operator of this page names a relay in config.json.
finding-relay-turned-away =
    .title = The service does not let the relay in
    .what = { $hosts } answers here, and refuses the relay outside or leaves it without an answer.
    .means = Most likely { $provider } lets only some networks in (an allow-list, a filter against data centres), and the relay’s is not among them. What the relay cannot reach is therefore not called down. Your network is not at fault.
    .means-undecided = Most likely { $provider } lets only some networks in (an allow-list, a filter against data centres), and the relay’s is not among them. So nobody outside could say of what fails here whether your network blocks it or the service is down.
    .do = Nothing to do on your side. The operator of this page runs the relay in a network that the service lets in.
    .do-undecided = Support opens what fails here from another network that the service lets in (a colleague elsewhere, a mobile phone): if it answers there, your network blocks it; if not, the service is down.
finding-answers-then-stalls =
    .title = Answers do not arrive whole
    .what = { $hosts } answers, but the end of an answer has not come within { $seconds } s.
    .what-whole = { $hosts } takes connections and answers a short question; the answer that this page asked for has not come whole within { $seconds } s.
    .means = Something on the way stops longer answers or holds them to look into them: a content filter or security program, a VPN or tunnel that loses large packets (MTU). Or one server of the service is stuck. { $outside }
    .do = Try once without VPN, or on a mobile hotspot. If it works there, your IT department looks at content filters and MTU (request in the report); if not, support tells the provider.
finding-one-of-several-servers =
    .title = One of several servers does not work
    .what = { $hosts } answered { $answered } tries and failed { $failed }; the name has { $addresses } addresses, and every other host answered each time.
    .means = Most likely one of the servers behind this name is broken, and you meet it now and then. Less likely: something on the way stops some of its addresses. It is hardly your line.
    .do = Run again a few minutes later. If only this host fails again, support tells the provider, with both reports.
finding-mtu =
    .title = Large packets vanish on the way
    .what = { $hosts }: connections come up, and the secure handshake gets no answer.
    .means = Several hosts alike, so most likely packets of full size are lost in a VPN, tunnel or DSL line (MTU). Else a firewall drops the handshakes. { $outside }
    .do = Try once without VPN, or on a mobile hotspot. If it works there, your IT department lowers the MTU (or clamps MSS) on that way, or allows the hosts (request in the report).
finding-network-changed-in-run =
    .title = The network of this computer changed during the test
    .what = A connection of this computer came or went while the test ran (cable, Wi-Fi, VPN). What failed at that moment is not counted.
    .means = It says nothing about the service. If it happens again and again, calls break as well.
    .do = Wait until the network is steady and run again. If it keeps coming and going, your IT department looks at cable, dock, Wi-Fi and VPN.
finding-requests-wait =
    .title = Requests wait, though the host can be reached
    .what = { $hosts }: a request got no answer within { $seconds } s, while another connection of this browser got through at once.
    .means = Most likely this browser still waits for connections that it began while the host was silent, as in a test just before; it gives them up after some minutes. If the host was not silent before, something on the way holds answers back or lets only some connections through.
    .do = Wait five minutes, or close the browser completely, and run again. If requests wait again, send both reports to support.

## Limit
## The report's "limits of this test".

limit-browser = Made in { $browser }, with that browser's proxy settings; the client may use others.
limit-some-browser = Made in a browser, with that browser's proxy settings; the client may use others.
limit-firefox-proxy = Firefox keeps its own proxy settings: to compare, open the page in Edge or Chrome.
limit-own-names = The browser may look up names by itself (DNS over HTTPS) or use a VPN of its own; the client may get other answers.
limit-engine-place = Measured where the browser engine runs: with a remote browser or a virtual desktop, not always where the client runs.
limit-in-frame = The page was in a frame of another page, where browsers forbid more than in a tab; to compare, open it in a tab of its own.
limit-http-status = A refusal written in HTTP (403, 429) looks like any other answer, and in Chrome and Edge so does one that breaks off: a page cannot read what the service says.
limit-ipv6 = The relay saw this browser by IPv6; a client that speaks IPv4 alone takes another way, or finds none.
limit-socket-is-not-tcp = A WebSocket that passes on 443 does not prove that another protocol passes there.
limit-tcp-from-browser = A browser cannot speak the client's own protocol to the TCP endpoints; it sees whether they can be reached.
limit-other-ports = Ports 80 and 5222 (presence) were tested towards the relay only, or not at all; that proves the port, not the service.
limit-sockets-kept = Some WebSockets are those of the test before this one, up to a minute earlier: the browser would have held new ones back.
limit-still-out = A quiet connection, or a try without an answer, was still being watched when this was written; the page goes on and may know more by now.
limit-ping = Ping proves nothing and was not used.

## Computer
## What a run showed of the computer it was made on: one line.

computer-clock = clock in steps of { $time }
computer-own-delay = the browser itself up to { $time } late
computer-stalled = stood still for up to { $time }
computer-network-changed = its network changed during the test

## LinkProblem
## Bad values of the support link.

link-problem-ticket = The ticket number in the link, “{ $value }”, is not one and was left out.
link-problem-lang = The link asks for the language “{ $value }”, which this page does not have.
link-problem-region = The link names the region “{ $value }”, which does not exist; it was left out.
link-problem-autostart = “autostart” in the link is “{ $value }”; it can only be 0 or 1.

## Route
## How far a way goes: what its drawing shows.

route-through = It gets all the way through: { $far_end }.
route-through-inferred = By all signs it gets all the way through: { $far_end }.
route-browser = It breaks on this computer.
route-network = It breaks in your network, in a proxy or on this computer.
route-network-inferred = By all signs it breaks in your network, in a proxy or on this computer.
route-internet = It breaks on the internet, beyond your network.
route-far-end = It breaks at the far end: { $far_end }.
route-far-end-inferred = By all signs it breaks at the far end: { $far_end }.
route-unclear = Where it breaks is not clear.

## Settings
## Settings in force in place of the file beside the page: which, and why. After Broken stand place and error, in English.

settings-kept = The check uses this page’s settings as this browser last read them, { $since }.
settings-build = The check uses the settings that this page was built with.
settings-embedded = The check uses its built-in list of addresses, that of { $provider }; your helpdesk’s own settings are not in force.
settings-late = The settings file config.json had not arrived after { $seconds } s.
settings-no-answer = The settings file config.json did not arrive: the request failed.
settings-status = In place of the settings file config.json the page’s server answered with status { $status }.
settings-web-page = In place of the settings file config.json came a web page.
settings-broken = The settings file config.json has an error and was not used. At
settings-forbidden = The page’s own policy does not let the browser test these addresses of the settings, so they were not tested: { $addresses }. It is no fault of your network: the page was built with other settings, and has to be built again.
settings-came = The page’s own settings have arrived. The next check uses them.

## Running
## While a run goes on: what is tried, what is known, and how long it may still take.

running-all = Testing all regions of { $provider } and this network.
running-some = { $passing } of { $total } regions reachable so far. Still testing: { $names }.
running-network = All regions are tested. Now the live connection and the ports of this network.
running-soon = Usually done in a few seconds, in { $seconds } s at most.
running-at-most = Something answers slowly: { $seconds } s more at most.
running-silent = No answer yet from { $host }, waiting up to { $seconds } s more.

## Step
## What decides where the evidence does not: a sentence each.

step-sign-in = Open any web site in this browser: if a sign-in page comes up, sign in there and run the check again.
step-allow = Look at the top of the browser window: if it asks whether this page may reach your local network, choose Allow and run again.
step-hotspot = Run this check on another network, such as your phone’s hotspot: what works there and not here is stopped by this network.
step-other-browser = Run this check in another browser, or in a private window without extensions: what works there is stopped by this browser.
step-tab = Open { $url } in a new tab and tell support what you see: any answer means that it can be reached, and a code on the browser’s own error page says what stops it.
step-colleagues = Ask whether colleagues in the same place are offline, too: if they are, it is the network, if not, this computer.
step-elsewhere = Open this page from a network of your own: what fails there as well is no fault of the agent’s network.
step-relay = Have the operator of this page set up its relay, or mend it: only a view from outside tells what is blocked from what is down.
step-logs = Look for { $hosts } in the logs of firewall and proxy at the time of this check: what stopped it stands there.
step-let-out = See whether a firewall stops everything from this computer, and which proxy it has to use.

## Sentence
## Single sentences.

sentence-one-answer = one answer, in { $time }
sentence-answers = { $count } answers, in { $fastest } to { $slowest }
sentence-network-fails = Does not pass: { $names }.
sentence-announcement = The check is finished. { $title }.

## Format
## What joins the last two of a list, and the sign before tenths.

format-and = and
format-decimal = .

## Always
## What is in the program in every language: that this one did not come.

always-words-missing = The words of the language asked for could not be loaded. Choose the language again to try once more, or reload the page.
