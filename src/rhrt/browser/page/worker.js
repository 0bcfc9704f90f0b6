// Keeps the files of one build, and nothing else, so that the page is there without a signal. A new build takes its place.

const KEPT = "rhrt-{{ version }}";
const FILES = {{ files }};

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("rhrt-") && name !== KEPT);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const file = address.pathname.slice(new URL(self.registration.scope).pathname.length) || "index.html";
  if (event.request.method !== "GET" || !FILES.includes(file)) return; // such as the list of what was withdrawn
  event.respondWith(caches.open(KEPT).then((cache) => cache.match(file))
    .then((held) => held ?? fetch(event.request.url, { cache: "no-cache" })));
});
