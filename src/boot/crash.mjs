// What is shown where a program of this page stops by itself: that it is the page's own doing, what was measured until
// then, and a text of it for support. No Wasm is needed for it, since Wasm that has trapped cannot be called again.

// A run has ended long before (crates/model/src/thresholds.rs), and a page has begun.
const STUCK_MS = 90_000;
const LOOK_MS = 5_000;

let told;

// A trap, or an exception that went through Wasm: after either, its memory may be half changed.
const Trap = globalThis.WebAssembly?.RuntimeError ?? class {};
const isOurs = (error) => error instanceof Trap || /wasm/.test(error?.stack ?? "");

addEventListener("error", ({ error }) => { if (isOurs(error)) tell(error); });
addEventListener("unhandledrejection", ({ reason }) => { if (isOurs(reason)) tell(reason); });

// Nothing may wait for ever. Time in which this computer slept does not count.
const busy = "main[aria-busy=true], main[data-run=running]";
const isBusy = () => document.querySelector(busy)
  || (document.documentElement.dataset.app === "ready" && !document.querySelector("main"));
let stuck = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  const passed = Math.min(now - last, 2 * LOOK_MS);
  last = now;
  stuck = isBusy() ? stuck + passed : 0;
  if (stuck > STUCK_MS) tell(new Error(`no end after ${STUCK_MS / 1000} s`));
}, LOOK_MS);

// initializer.js calls it where a program does not begin.
window.stopped = tell;

function tell(error) {
  if (told) return;
  document.querySelector("main.first")?.remove();
  told = document.getElementById("crash").content.firstElementChild.cloneNode(true);
  inOneLanguage(told);
  const text = told.querySelector("textarea");
  text.value = report(error);
  told.querySelector("button").addEventListener("click", () => copy(text));
  document.body.prepend(told);
  document.documentElement.dataset.app = "failed";
  document.documentElement.dataset.crash = String(error?.message ?? error).slice(0, 200);
}

// The words in the page's language, or in all where it has none of them.
function inOneLanguage(section) {
  for (const words of section.querySelectorAll(".crash__words, button")) {
    const own = [...words.children].find(({ lang }) => lang === document.documentElement.lang);
    if (own) words.replaceChildren(own);
  }
}

// In English, like what support reads of an error.
function report(error) {
  const shown = [...document.querySelectorAll("#check main, #desk main")].find((main) => main.offsetParent);
  const written = document.getElementById("report-text");
  return [
    "REACHCHECK: the page stopped by itself (an error of the page, not of the network)",
    `error: ${error?.message ?? error}`,
    ...String(error?.stack ?? "").split("\n").slice(0, 12),
    `page: ${location.href.split("#")[0]}`,
    `time: ${new Date().toISOString()}`,
    `browser: ${navigator.userAgent}`,
    "",
    "--- what the page showed until then ---",
    written?.value ?? written?.textContent ?? shown?.innerText ?? "nothing",
  ].join("\n");
}

function copy(text) {
  text.select();
  const refused = () => document.execCommand("copy");
  (navigator.clipboard?.writeText(text.value) ?? Promise.reject()).catch(refused);
}
