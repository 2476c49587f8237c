// The settings beside the page, `config.json`, and what became of asking for them. `settings.rs` judges the text; what
// is kept here has been read without an error.

const FILE = new URL("config.json", document.baseURI).href;
const FOLDER = new URL("./", document.baseURI).pathname;
// Not one of a version of the worker, which all begin with `reachcheck-` and are taken away with it.
const CACHE = `settings of reachcheck in ${FOLDER}`;
// A response that was kept says since when, in milliseconds since 1970. The service worker answers with it as it is.
const MARK = "x-reachcheck-kept";
const MONTH_MS = 30 * 24 * 3600 * 1000;
// Of a page that was built with its settings.
const built = JSON.parse(document.getElementById("settings").textContent);
// A page that has settings of its own need not be kept waiting for the file.
const PATIENCE_MS = built === null ? 10000 : 1500;
// Reading what is kept is a matter of milliseconds, or the browser is ill.
const KEPT_MS = 1000;

const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

const read = async (response) => {
  if (!response.ok) return { trouble: `status-${response.status}` };
  // Some hosts answer for every missing file with a page of theirs.
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  const text = await response.text();
  if (isPage || /^\s*</.test(text)) return { trouble: "web-page" };
  return { text, kept: Number(response.headers.get(MARK)) || undefined };
};
const ask = (cache) => fetch(FILE, { cache }).then(read).catch(() => ({ trouble: "no-answer" }));

const first = ask("no-store");
const now = Promise.race([first, after(PATIENCE_MS, { trouble: "late", seconds: Math.ceil(PATIENCE_MS / 1000) })]);
let isLate = false;
now.then(({ trouble }) => { isLate = trouble === "late"; });

window.settings = {
  // What is known when nobody waits any longer.
  now: () => now,
  // The answer that nobody waited for; later, one to a new question, which the service worker does not answer.
  later: () => {
    const answer = isLate ? first : ask("reload");
    isLate = false;
    return answer;
  },
  // What was kept in the last thirty days, if anything was.
  kept: () => {
    const found = async () => {
      const response = await caches.match(FILE, { cacheName: CACHE });
      const file = response && (await read(response));
      return file?.kept > Date.now() - MONTH_MS ? file : undefined;
    };
    return Promise.race([found().catch(() => undefined), after(KEPT_MS)]);
  },
  // Nobody waits for it: where the browser keeps nothing, nothing is kept.
  keep: (text) => {
    const headers = { "content-type": "application/json", [MARK]: String(Date.now()) };
    const keep = async () => (await caches.open(CACHE)).put(FILE, new Response(text, { headers }));
    keep().catch(() => undefined);
  },
  built: () => built ?? undefined,
};
