// Keeps the page for the time when there is no network. It answers for three things only: the page itself, the
// files it is made of, and config.json; every probe, and the relay, pass as if it were not there.
// To take it off every browser again, put a sw.js in its place that holds: self.registration.unregister();
// Caches are the whole origin's, and it may have this page in several folders; no folder's path has a space in it.
const OWN = `reachcheck ${new URL("./", self.location).pathname} `;
const VERSION = `${OWN}{{version}}`;
// Each name holds a hash of what is in it, so what is kept under it is what would come. And each has its digest: a
// connection that ends in the middle is no error to Firefox, and half a file would be kept for good.
const FILES = ["{{files}}"];
const PAGE_DIGEST = "{{page_digest}}";
const PAGE = new URL("./", self.location).href;
const CONFIG = new URL("config.json", self.location).href;
const KEPT = new Set(FILES.map(([name]) => new URL(name, self.location).href));
// A page that is not here by then comes from what is kept.
const PATIENCE_MS = 4000;
// Settings that are not here by then, too.
const CONFIG_PATIENCE_MS = 1500;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    const whole = FILES.map(([name, integrity]) => new Request(name, { integrity }));
    await cache.addAll([new Request(PAGE, { cache: "reload", integrity: PAGE_DIGEST }), ...whole]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(OWN) && name !== VERSION) await caches.delete(name);
      else if (name.startsWith("reachcheck-")) await forgetOwn(name);
    }
  })());
});

// An earlier release's cache, whose name may be that of several folders: what is in this folder goes.
async function forgetOwn(name) {
  const cache = await caches.open(name);
  const kept = await cache.keys();
  const own = kept.filter(({ url }) => new URL("./", url).href === PAGE);
  for (const request of own) await cache.delete(request);
  if (own.length === kept.length) await caches.delete(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = request.url.split(/[?#]/, 1)[0];
  if (request.mode === "navigate") {
    if (url === PAGE || url === `${PAGE}index.html`) event.respondWith(page(request));
  } else if (KEPT.has(url)) {
    event.respondWith(kept(request));
  } else if (url === CONFIG) {
    event.respondWith(config(request));
  }
});

// What the network says comes first, so that a new version is there at the next visit; unless it is an error or
// somebody's refusal, for that is what the page is there to look into.
async function page(request) {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  const fresh = fetch(request).catch(() => undefined);
  const response = await Promise.race([fresh, patience]);
  if (response && (response.ok || response.type === "opaqueredirect")) return response;
  return (await caches.match(PAGE)) ?? (await fresh) ?? Response.error();
}

async function kept(request) {
  // The page asks so when what it got was not what was built.
  if (request.cache === "reload") return fetch(request);
  return (await caches.match(request.url)) ?? fetch(request);
}

// The network's answer. After a while the copy that the page keeps of it (src/boot/settings.mjs), which says that it is one.
async function config(request) {
  const fresh = fetch(request);
  // The page asks so for what it does not wait for.
  if (request.cache === "reload") return fresh;
  const patience = new Promise((resolve) => setTimeout(resolve, CONFIG_PATIENCE_MS));
  const response = await Promise.race([fresh.catch(() => undefined), patience]);
  return response ?? (await caches.match(CONFIG)) ?? fresh;
}
