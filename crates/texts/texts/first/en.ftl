### English. What `index.html` says before there is Wasm, and `404.html`, in every language at once; the build writes it there.
### docs/texts.md says how these files are read.

## First
## The first screen.

first-loading = Loading the connection check…
first-wasm-late = This takes longer than it should: the network is slow, or something holds the file back. The page goes on trying.
first-wasm-blocked = Your network blocks WebAssembly files. The check itself did not arrive as it was sent, so it cannot run. Whoever runs the network allows files of the type application/wasm from this site. Show them this page.
first-script-blocked = Your network, or an extension of this browser, blocks the script of this page. The check cannot run. Allow JavaScript files from this site, or try another browser. Show this page to your IT department.
first-browser-too-old = This browser cannot run the check: it is too old, or WebAssembly is switched off in it. Open this link in an up-to-date Edge, Chrome, Firefox or Safari.
first-no-script = This page needs JavaScript. Please switch it on, or ask your helpdesk.
first-for-it = For your IT department: the addresses that agents need, outbound only
first-settings-late = The settings of this page take long to arrive. The check waits a few seconds for them, then goes on without.
first-stalled = If nothing changes here: the page was changed on its way to you, or its scripts were stopped. Try another browser or another network, and show this page to your helpdesk.
first-wasm-missing = The website that holds this check did not give its program file. The fault is the website’s, not your network’s. Reload the page in a few minutes; if that does not help, tell your helpdesk.
first-wasm-changed = The program of this check did not arrive as it was built: something on the way changed it, such as security software, a proxy, or a service in front of the website. The check cannot run. Show this page to your IT department and your helpdesk.
first-wasm-off = WebAssembly is switched off in this browser, and the check needs it. In Edge: Settings, Privacy, “Enhance your security on the web”: make this site an exception. On an iPhone or a Mac: Lockdown Mode, exclude this website. At work it may be a policy about JavaScript JIT: ask your IT department, or open this link in another browser.
first-new-version = There is a newer version of this page, and this part of the old one is gone. Reload the page. What the check has found is lost then: copy its report first.
first-crash = The check has stopped by itself: an error of this page, not of your network. What was measured until then stands below. Copy it for support, then reload the page to try again.
first-crash-copy = Copy for support
first-no-such-page = There is no page at this address. It may have been mistyped, or cut off on its way to you.
