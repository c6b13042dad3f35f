// Keeps one page for the time without a connection; everything else goes to the server as if this were not here.
const CACHE = "signalbox-offline-1";
const FILES = ["/offline.html", "/offline.css"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.mode !== "navigate" && !FILES.includes(pathname)) return;
  event.respondWith(
    fetch(request).catch(async () => {
      const kept = await caches.match(request.mode === "navigate" ? "/offline.html" : pathname);
      return kept ?? Response.error();
    }),
  );
});
