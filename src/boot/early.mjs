// What is asked for while script and Wasm are still on their way: words. It stands in the page itself,
// since a file would come one round trip later.

const { texts } = JSON.parse(document.getElementById("files").textContent);
const catalogues = { check: ["check"], desk: ["check", "desk"] };

// What initializer.js begins with.
window.early = {
  // The program whose view the address asks for.
  asked: () => (/^#(read|link|watch)/.test(location.hash) ? "desk" : "check"),
  // The first screen, before anything is said on it.
  first: document.querySelector("main.first").cloneNode(true),
  // Nothing came, and nothing was said of it.
  late: setTimeout(() => document.documentElement.dataset.app ?? say("wasm-late"), 8000),
};

const coming = {};
// What a program says in a language, as it was built, or nothing; each file is asked for once. A page that is kept
// waiting begins without.
window.words = (program, tag) => {
  if (!texts[tag]) return Promise.resolve();
  const files = catalogues[program].map((name) => {
    const [url, integrity] = texts[tag][name];
    const get = async (cache) => {
      const response = await fetch(url, { cache, integrity });
      return response.ok ? response.text() : Promise.reject(response.status);
    };
    const gone = () => { delete coming[url]; };
    return coming[url] = coming[url] || get("default").catch(() => get("reload")).catch(gone);
  });
  return Promise.race([Promise.all(files), new Promise((resolve) => setTimeout(resolve, 3000))]);
};

// The language that setup.rs will choose, and the report's.
const primary = (tag) => String(tag).toLowerCase().split(/[-_]/)[0];
const ask = (wanted) => {
  words(early.asked(), Object.keys(texts).find((tag) => primary(tag) === primary(wanted)));
};
ask(new URLSearchParams(location.search).get("lang") || navigator.language);
settings.now()
  .then(({ text }) => ask(JSON.parse(text).report_language))
  .catch(() => undefined);
