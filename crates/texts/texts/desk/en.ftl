### English. What the helpdesk's program says, beside what the check says: Read a report, the support link, the
### watch. docs/texts.md says how these files are read.

## HelpdeskUi
## Fixed words of the helpdesk's views.

helpdesk-ui-back-to-check = To the connection check
helpdesk-ui-read-hint = Paste reports, links or short codes, one or many. This page reads them by itself, also without a network, and sends nothing.
helpdesk-ui-read-anybody = Anybody can write a report, or a link to one, and it proves nothing about who did. Compare its hosts and addresses with what you know before you act on it.
helpdesk-ui-read-label = Report, link or code
helpdesk-ui-read-button = Read
helpdesk-ui-read-clear = Clear
helpdesk-ui-read-made = Made
helpdesk-ui-read-took = Took
helpdesk-ui-read-version = Version
helpdesk-ui-read-from-code = From a short code: it holds the verdicts and the leading finding, no more.
helpdesk-ui-read-pending = When this was made, late evidence was still out.
helpdesk-ui-not-tested = not tested
helpdesk-ui-not-listed = not in this page’s list
helpdesk-ui-no-finding = no finding
helpdesk-ui-compare-title = Differences of two reports
helpdesk-ui-compare-what = What is compared
helpdesk-ui-compare-differs = differs
helpdesk-ui-compare-certainty = only how sure
helpdesk-ui-compare-yes = found
helpdesk-ui-compare-no = not found
helpdesk-ui-read-files = Choose text files
helpdesk-ui-read-drop = Or drop text files here.
helpdesk-ui-read-full = There were more than this page reads at once; the first 500 were read.
helpdesk-ui-pattern-title = What they have in common
helpdesk-ui-matrix-title = Who and where
helpdesk-ui-matrix-name = Name
helpdesk-ui-matrix-name-hint = Names that you type here stay in this page, and are gone when it is closed.
helpdesk-ui-matrix-when = When
helpdesk-ui-matrix-first = First finding
helpdesk-ui-matrix-doubtful = to be doubted
helpdesk-ui-matrix-earlier = an earlier report of the same person
helpdesk-ui-group-by = Group by
helpdesk-ui-group-result = the same results
helpdesk-ui-group-finding = first finding
helpdesk-ui-group-address = public address
helpdesk-ui-group-network = part of the network
helpdesk-ui-group-browser = browser and version
helpdesk-ui-group-program = browser
helpdesk-ui-group-system = system
helpdesk-ui-group-relay = relay
helpdesk-ui-group-hour = hour
helpdesk-ui-group-not-known = not known
helpdesk-ui-group-different = all different
helpdesk-ui-export-text = Text for the ticket
helpdesk-ui-export-text-copy = Copy text
helpdesk-ui-export-text-save = Save text
helpdesk-ui-export-csv-copy = Copy table
helpdesk-ui-export-csv-save = Save table (CSV)
helpdesk-ui-export-copied = Copied.
helpdesk-ui-compare-one = Report
helpdesk-ui-compare-other = Other report
helpdesk-ui-each-report = Each report
helpdesk-ui-build-hint = Send this link to the agent. It opens the check with the ticket filled in.
helpdesk-ui-build-any-language = The agent’s browser decides
helpdesk-ui-build-regions = Regions to test
helpdesk-ui-build-link = Link
helpdesk-ui-build-qr = The link as a QR code
helpdesk-ui-build-bad-ticket = A ticket number has at most 64 letters, digits, spaces and - _ . / # :

## Refusal
## Why a pasted report was refused.

refusal-no-data = There is no report in this text, no link to one, and no short code.
refusal-no-block = This is a report, but its last part, the data for support, is missing or cannot be read. Ask for the whole text, to its last line.
refusal-truncated = The report’s data are cut off: { $have } of { $of } lines are there. Ask for the whole text, to its last line.
refusal-link-truncated = The link is cut off. Ask for it again, or for the report’s text.
refusal-characters-replaced = A mail gateway (urldefense.com/v3) replaced characters in this link, so it cannot be read. Ask for the report’s text or its short code.
refusal-beginning-missing = The beginning of the report’s data is missing. Ask for the whole text.
refusal-altered-line = Line { $line } of the report’s data was changed or lost on the way. Ask for the report again, as a file or a link.
refusal-altered-lines = Lines { $lines } of the report’s data were changed or lost on the way. Ask for the report again, as a file or a link.
refusal-damaged = The report’s data were changed on the way and do not fit their checksum. Ask for the report again, as a file or a link.
refusal-newer = A newer version of this page made this report. Reload this page, or open the newer one.

## Caution
## Why a report that was read may not be what it seems. A name stands in it as the report has it.

caution-name = “{ $name }”
caution-provider = The report is about a service that it calls { $name }, not about this page’s.
caution-names = Names that this page’s list does not have: { $names }.
caution-hosts = Hosts that are not in this page’s list: { $hosts }. The request for IT leaves them out. Find out whose they are before anybody allows them.
caution-headline = A contradiction: the result is “{ $says }”, and the regions and the internet check come to “{ $follows }”. No version of this page writes that.
caution-region = A contradiction: { $region } is “{ $says }”, and its checks and findings come to “{ $follows }”. No version of this page writes that.

## CodeRefusal
## Why a short code was refused; it stands after the code and a colon.

code-refusal-length = a code of this page has { $first } or { $second } characters.
code-refusal-character = character { $place } is not one that codes have.
code-refusal-check = the check character does not fit, so something was misheard or mistyped.
code-refusal-other-catalogue = it was made by a page with other regions, or by a newer version.
code-refusal-newer-finding = it names a finding that only a newer version of this page knows. Reload this page, or open the newer one.

## Remark
## What several reports have in common, or not.

remark-alike = They do not differ in any verdict, check or finding.
remark-same-verdict = All say: { $verdict }.
remark-regions-alike = In all of them { $verdict }: { $regions }.
remark-verdict-in = { $verdict } in { $reports }
remark-region-differs = { $region } differs: { $groups }.
remark-findings-shared = Found in all of them: { $findings }.
remark-no-finding-shared = They have no finding in common.
remark-finding-only-in = Only in { $reports }: { $findings }.
remark-only-certainty = { $what }: the same, and not as sure: { $groups }.
remark-certainty-in = { $certainty } in { $reports }
remark-same-address = All come from the same public address, so most likely from the same network.
remark-other-addresses = They come from different public addresses.
remark-same-browser = All were made in { $browser }.
remark-other-browsers = They were made in different browsers.
remark-reports-read =
    { $count ->
        [0] Nothing was read.
        [one] One report was read.
       *[other] { $count } reports were read.
    }

## Trouble
## The pattern in many reports. A sentence names a trouble and how many have it; who has it is named where it is one.

trouble-offline-one = 1 of { $total } is offline: { $who }.
trouble-offline-some = { $count } of { $total } are offline.
trouble-offline-both = Both are offline.
trouble-offline-all = All { $total } are offline.
trouble-blocked-one = 1 of { $total } is blocked in { $regions }: { $who }.
trouble-blocked-some = { $count } of { $total } are blocked in { $regions }.
trouble-blocked-both = Both are blocked in { $regions }.
trouble-blocked-all = All { $total } are blocked in { $regions }.
trouble-down-one = 1 of { $total } found { $regions } down: { $who }.
trouble-down-some = { $count } of { $total } found { $regions } down.
trouble-down-both = Both found { $regions } down.
trouble-down-all = All { $total } found { $regions } down.
trouble-unknown-one = 1 of { $total } leaves { $regions } undecided: { $who }.
trouble-unknown-some = { $count } of { $total } leave { $regions } undecided.
trouble-unknown-both = Both leave { $regions } undecided.
trouble-unknown-all = All { $total } leave { $regions } undecided.
trouble-degraded-one = 1 of { $total } is degraded in { $regions }: { $who }.
trouble-degraded-some = { $count } of { $total } are degraded in { $regions }.
trouble-degraded-both = Both are degraded in { $regions }.
trouble-degraded-all = All { $total } are degraded in { $regions }.
trouble-finding-one = 1 of { $total } shows: { $findings } ({ $who }).
trouble-finding-some = { $count } of { $total } show: { $findings }.
trouble-finding-both = Both show: { $findings }.
trouble-finding-all = All { $total } show: { $findings }.
trouble-none-both = Both reach everything that they tested.
trouble-none-all = All { $total } reach everything that they tested.

## Apart
## What sets those apart who have a trouble: whole sentences that follow one of the above.

apart-namely = They are { $who }.
apart-untested = Not tested by { $count }.
apart-all = All { $count } are { $what }.
apart-both = Both are { $what }.
apart-part = { $with } of the { $count } are { $what }.
apart-only-one = It is the only one { $what }.
apart-other-not = The other is not.
apart-others-not = None of the other { $others } is.
apart-others-known-not = Of the others of which it is known ({ $count }), none is.
apart-one-other-too = So is 1 of the other { $others }.
apart-others-too = So are { $with } of the other { $others }.
apart-others-unknown = Of { $count } of the others it is not known.
apart-others-have = The other { $others } are all { $what }.
apart-this-not = This one is { $what }.
apart-these-not = None of these { $count } is.
apart-pair = { $who }: { $what }. { $other }: { $that }.
apart-found = Only there: { $findings }.
apart-found-everywhere = In all of them: { $findings }.
apart-nothing = Nothing that the reports tell sets them apart.
apart-nothing-shared = The reports tell nothing else that all of them share.
apart-address-unknown-one = 1 of { $total } does not tell the public address.
apart-addresses-unknown = { $count } of { $total } do not tell their public address.

## SharedTrait
## Where and when; it stands in the sentences above, behind “are”.

shared-trait-address = behind { $value }
shared-trait-network = behind an address of { $value }
shared-trait-browser = in { $value }
shared-trait-system = on { $value }
shared-trait-relay = seen by relay { $value }
shared-trait-hour = from { $value }

## Story
## Before and after of one person.

story-title = { $who }, { $before }, then { $after }
story-mended = Mended: { $regions }.
story-mended-nothing = Mended: nothing.
story-new = New: { $regions }.
story-new-nothing = New: nothing.
story-otherwise = { $region }: { $before }, now { $after }.
story-still = Still { $verdict }: { $regions }.
story-gone = No longer found: { $findings }.
story-came = Newly found: { $findings }.

## Matrix
## The matrix of people and regions. A verdict has one letter, and no two have the same.

matrix-offline = O
matrix-blocked = B
matrix-down = D
matrix-unknown = U
matrix-degraded = G
matrix-reachable = R
matrix-name-of = Name of report { $number }
matrix-duplicate = 1 copy is not shown again.
matrix-duplicates = { $count } copies are not shown again.
matrix-in-trouble = { $count } of { $total } in trouble
matrix-none-in-trouble = { $total }, none in trouble
matrix-legend = { $letter } = { $verdict }
matrix-where = { $verdict }: { $regions }
matrix-columns = Regions, from the left: { $regions }.

## WatchUi
## Fixed words of the watch.

watch-ui-title = Watch the connection
watch-ui-lead = Calls stop coming in after a while? Leave this tab open while you work. It finds out whether something on the way cuts a quiet connection, and after how long. It sends almost nothing.
watch-ui-start = Start watching
watch-ui-stop = Stop watching
watch-ui-running = Watching for
watch-ui-no-relay = Watching needs a relay that answers. Run the check first.
watch-ui-nothing-yet = Nothing was cut so far.
watch-ui-log-title = What happened
watch-ui-when = When
watch-ui-happened = What
watch-ui-patterns = What silence passes
watch-ui-pattern = Silence
watch-ui-longest = Longest that passed
watch-ui-shortest = Shortest that was cut
watch-ui-none = -
watch-ui-copy = Copy the watch's report
watch-ui-copied = Copied.
watch-ui-csv = Download as CSV
watch-ui-forget = Forget this log
watch-ui-report-title = WATCHED
watch-ui-closer = Closer
watch-ui-farther = Farther
watch-ui-earlier = Earlier
watch-ui-later = Later
watch-ui-whole = Everything
watch-ui-loopback = The relay runs on this very computer: what passes here says nothing about the network.
watch-ui-away = No relay answers that has room for this page. It is tried again by itself.
watch-ui-reconnected = Connected again after a cut
watch-ui-network-row = Network
watch-ui-kept = The log stays in this browser until you forget it. It is part of the next report that you copy.
watch-ui-not-kept = This browser keeps nothing for this page: the log is gone when the tab is closed.
watch-ui-in-report = Text for support
watch-ui-kept-alive = Chrome and Edge keep every connection alive by themselves, each 45 seconds. A firewall that forgets quiet connections later than that shows in Firefox only; the calling program may meet it all the same. Watch in Firefox as well before you call the network fine.
watch-ui-timeline = Timeline of the watch

## Quiet
## Who says nothing.

quiet-both = Nobody says anything
quiet-page = This computer says nothing
quiet-relay = The server says nothing

## Cut
## How a connection ended; it stands in the sentences below.

cut-code = closed with code { $code }
cut-broken = ended
cut-silent = dead without a word
cut-somehow = cut

## Lane
## What is tried on a connection.

lane-growing = silence, growing
lane-narrowing = silence, narrowing
lane-events = events
lane-words = words

## Ending
## How the relay saw it end.

ending-open = still open
ending-closed = closed in order
ending-finished = ended
ending-reset = reset
ending-timed-out = timed out
ending-by-relay = ended by itself
ending-not-known = nothing

## Spot
## Who did it, as far as a watch tells, and how sure that is.

spot-this-computer = this computer
spot-between = on the way
spot-relay = the relay

## WatchProofs

watch-proofs-at = { $proof }; where: { $place }, { $where }

## WatchFinding
## Findings of the watch: a title, what happened, what it means, who does what.

watch-finding-times =
    { $count ->
        [1] once
        [2] twice
       *[other] { $count } times
    }
watch-finding-quiet-cut-title = A quiet connection is cut after about { $at }
watch-finding-quiet-cut-both = A connection on which nobody said anything for { $killed } was { $how }, { $times }.
watch-finding-quiet-cut-page = A connection on which this computer said nothing for { $killed } was { $how }, { $times }.
watch-finding-quiet-cut-relay = A connection on which the server said nothing for { $killed } was { $how }, { $times }.
watch-finding-quiet-cut-passed = A silence of { $time } passed.
watch-finding-quiet-cut-between = Neither end did it: a firewall, proxy or load balancer on the way forgets quiet connections.
watch-finding-quiet-cut-between-inferred = By all signs neither end did it, but a firewall, proxy or load balancer on the way that forgets quiet connections.
watch-finding-quiet-cut-unknown = A firewall, proxy or load balancer on the way probably forgets quiet connections.
watch-finding-quiet-cut-round = That is a round number: a timer is set to it.
watch-finding-quiet-cut-means = Calls are announced on such a connection, and stop coming.
watch-finding-quiet-cut-do = Your IT department raises the idle timeout for these connections (outbound TCP 443 to the service), or exempts them.
watch-finding-all-at-once-title = All connections ended at the same moment
watch-finding-happened = That happened { $times }.
watch-finding-all-at-once-restarted-means = The relay was restarted; that says nothing about this network.
watch-finding-all-at-once-means = The connection as a whole was gone for a moment, or the relay was. It is no timer for quiet connections.
watch-finding-nothing = Nothing.
watch-finding-all-at-once-do = If it comes again: note the times below and give them to your IT department.
watch-finding-events-title = Events of the server were lost or late
watch-finding-events-what = Lost: { $lost }. Late: { $late }. Twice: { $twice }.
watch-finding-events-late-what = Lost: { $lost }. Late: { $late } (at most { $latest }). Twice: { $twice }.
watch-finding-events-means = Calls are announced like these events.
watch-finding-events-do = Your IT department looks at the way to the internet at these times: Wi-Fi, a busy line, an inspecting proxy.
watch-finding-unreachable-title = The relay could not be reached for a while
watch-finding-unreachable-what = That happened { $times }, for { $time } at most.
watch-finding-unreachable-means = This network, the way to the relay or the relay itself was gone. It is no timer for quiet connections.
watch-finding-unreachable-do = Compare with the regions at the same times; if they were gone as well, it is the connection to the internet.
watch-finding-region-out-title = { $region } did not answer for a while
watch-finding-region-out-what = That happened { $times }, for { $time } at most.
watch-finding-region-out-means = The region or the way to it had an outage. The other connections went on.
watch-finding-region-out-do = Give the times below to support.
watch-finding-busy-title = The relay had no room
watch-finding-busy-what = It said so { $times }.
watch-finding-busy-means = Too many watch at once; that says nothing about this network.
watch-finding-busy-do = Whoever runs the relay raises its limits.
watch-finding-network-changed-title = The network changed
watch-finding-network-changed-what = Another address, or none for a while: { $times }.
watch-finding-network-changed-means = Another Wi-Fi, a VPN, or a line that was renewed. Connections that ended then count for nothing else.
watch-finding-network-changed-do = If it was not you: tell your IT department.
watch-finding-slept-title = This computer slept
watch-finding-slept-what = It slept, or the browser froze this tab, { $times }, for { $time } at most.
watch-finding-slept-means = Connections end in sleep. Those that did count for nothing else.
watch-finding-slept-do = Keep the computer awake and this tab open while watching.
watch-finding-throttled-title = The browser slowed this tab down
watch-finding-throttled-means = A tab in the background may work only now and then. What came late meanwhile says nothing about the network.
watch-finding-throttled-do = Nothing; a window of its own is watched better.

## Entry
## Lines of the log.

entry-began = Watching began.
entry-stopped = Watching was stopped.
entry-opened = { $lane }: connected in { $time }.
entry-opened-again = { $lane }: connected again in { $time }.
entry-not-opened = { $lane }: could not connect.
entry-busy = { $lane }: the relay had no room.
entry-survived = { $lane }: { $time } of silence passed.
entry-cut = { $lane }: { $how } after { $time } of silence.
entry-relay-saw = { $lane }: the relay saw it { $how }.
entry-late = An event came { $time } late.
entry-lost = Events lost: { $count }.
entry-twice = Events that came twice: { $count }.
entry-slept = The computer slept, or the tab was frozen, for { $time }.
entry-throttled = The browser held this tab back for { $time }.
entry-offline = The network is gone.
entry-online = The network is back.
entry-address = Another public address: { $address }.
entry-region-out = { $region } does not answer.
entry-region-back = { $region } answers again, after { $time }.
