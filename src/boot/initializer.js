// Which program is shown, and what becomes of it: the check, which Trunk's loader starts, and what the helpdesk needs,
// which is loaded when the address first asks for it. Each has an element of its own, and stays there, hidden, while
// the address asks for the other. Trunk's loader takes this module as its `data-initializer`: what it returns is told
// how the check's Wasm fares.

const { asked, first } = early;
const PATIENCE_MS = 8000;
const SETTINGS_PATIENCE_MS = 3000;

const named = ({ href, integrity }) => ({ url: href, integrity });
const programs = {
  // Trunk's own links name the check's files and their digests, first of all the script.
  check: {
    script: named(document.querySelector("link[rel=modulepreload]")),
    wasm: named(document.querySelector("link[rel=preload][as=fetch]")),
    loading: true,
  },
  desk: JSON.parse(document.getElementById("files").textContent).desk,
};

clearTimeout(early.late);
addEventListener("hashchange", show);
show();
// No check begins unseen.
await shown(programs.check);

export default () => {
  const { check } = programs;
  let late;
  return {
    onStart() {
      late = sayWhenLate(check);
      guardNextFetch(check);
    },
    onProgress({ current, total }) {
      if (current === total) performance.mark("wasm-arrived");
    },
    onComplete() { clearTimeout(late); },
    onSuccess() { ready(check); },
    onFailure(error) {
      check.error = error;
      check.loading = load(check, "reload");
    },
  };
};

// Browsers do not hold what the loader fetches against the digest that Trunk's preload link has. So its next fetch,
// which follows at once, is answered with bytes that were; and not before the address asks for the program.
function guardNextFetch(program) {
  const { fetch } = window;
  window.fetch = async () => {
    window.fetch = fetch;
    const bytes = await wasm(program.wasm, "default");
    if (typeof bytes === "string") throw new TypeError(bytes);
    await shown(program);
    return new Response(bytes, { headers: { "content-type": "application/wasm" } });
  };
}

function show() {
  for (const name in programs) document.getElementById(name).hidden = name !== asked();
  const program = programs[asked()];
  // What did not come is asked for again whenever its view is.
  program.loading ??= load(program);
  draw();
}

// Until the address asks for this program.
async function shown(program) {
  while (program !== programs[asked()]) {
    await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  }
}

// The first screen, until the program is there whose view is asked for.
function draw() {
  const { isReady, trouble } = programs[asked()];
  const screen = document.querySelector("main.first");
  if (screen && (isReady || !trouble)) screen.remove();
  if (isReady) {
    document.documentElement.dataset.app = "ready";
    return;
  }
  if (!screen || !trouble) {
    delete document.documentElement.dataset.app;
    document.body.append(first.cloneNode(true));
    document.querySelector(".first__back").hidden = asked() === "check";
  }
  if (trouble) say(...trouble);
}

function become(program, state) {
  Object.assign(program, state);
  if (program === programs[asked()]) draw();
}

// It is there once it knows its settings, which may take a while.
async function ready(program) {
  const late = setTimeout(() => become(program, { trouble: ["settings-late"] }), SETTINGS_PATIENCE_MS);
  await settings.now();
  clearTimeout(late);
  become(program, { isReady: true, trouble: undefined });
  keep();
}

function sayWhenLate(program) {
  return setTimeout(() => become(program, { trouble: ["wasm-late"] }), PATIENCE_MS);
}

// Loads a program; where that fails, says why.
async function load(program, cache = "default") {
  const fail = (...trouble) => become(program, { trouble, loading: undefined });
  if (typeof WebAssembly !== "object") return fail("wasm-off");
  program.trouble = undefined;
  const late = sayWhenLate(program);
  const script = glue(program.script);
  let bytes = await wasm(program.wasm, cache);
  // Once more, past a cache that may hold something else.
  if (typeof bytes === "string" && cache !== "reload") bytes = await wasm(program.wasm, "reload");
  const start = await script;
  clearTimeout(late);
  if (typeof bytes === "string" || !start) return fail(...(await whose(bytes, start)));
  let module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch {
    return fail("browser-too-old");
  }
  await shown(program);
  try {
    await start({ module_or_path: module });
  } catch (error) {
    return stopped(error);
  }
  // A program that has stopped while it began does not begin once more.
  const name = Object.keys(programs).find((name) => programs[name] === program);
  if (!document.getElementById(name).firstChild) return stopped(program.error);
  ready(program);
}

// Whose doing it is that a file did not come. An old page is loaded anew, but not where there is something to lose.
async function whose(bytes, start) {
  const isAny = Object.values(programs).some(({ isReady }) => isReady);
  const what = await published();
  if (what === "other" && (isAny || !renew())) return ["new-version"];
  if (!start) return ["script-blocked"];
  if (bytes === "changed") return ["wasm-changed", bytes];
  // A site that has lost it, or does not serve files of this kind (RFC 9110 sections 15.5.5, 15.5.11 and 15.6).
  const isOfSite = /^status-(404|410|5..)$/.test(bytes) || bytes === "own-page";
  return [what === "same" && isOfSite ? "wasm-missing" : "wasm-blocked", bytes];
}

// The script's start, held against its digest by browsers that know modulepreload: import() cannot say what it expects.
async function glue({ url, integrity }) {
  const link = document.createElement("link");
  if (link.relList.supports("modulepreload")) {
    const came = new Promise((resolve) => (link.onload = link.onerror = resolve));
    Object.assign(link, { rel: "modulepreload", href: url, integrity, crossOrigin: "anonymous" });
    document.head.append(link);
    await came;
  }
  return import(url).then((script) => script.default, () => undefined);
}

// The bytes as they were built; otherwise what is wrong with them.
async function wasm({ url, integrity }, cache) {
  const response = await fetch(url, { cache }).catch(() => undefined);
  if (!response) return "no-answer";
  if (!response.ok) return `status-${response.status}`;
  const bytes = await response.arrayBuffer().catch(() => undefined);
  if (!bytes) return "cut";
  // Some hosts answer for every missing file with the page.
  if (isOwnPage(bytes)) return "own-page";
  if (isPage(bytes)) return "web-page";
  if (crypto.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    if (integrity !== `sha256-${btoa(String.fromCharCode(...digest))}`) return "changed";
  }
  return bytes;
}

function isPage(bytes) {
  return /^\s*<[!a-z]/i.test(new TextDecoder().decode(bytes.slice(0, 1024)));
}

function isOwnPage(bytes) {
  return isPage(bytes) && new TextDecoder().decode(bytes).includes('id="first-words"');
}

// From the next visit on it opens without a network, both programs. Not during the first seconds: nothing may disturb a
// run.
function keep() {
  if (!navigator.serviceWorker) return;
  const wait = setInterval(() => {
    if (document.querySelector("main[data-run=idle], main[data-run=running]")) return;
    clearInterval(wait);
    navigator.serviceWorker.register("sw.js").catch(() => undefined);
  }, 1000);
}
