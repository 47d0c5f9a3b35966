// Shows what is kept on this device where there is no network: the page that opens the plan, and
// the common Help now. It keeps nothing itself; phone.js puts things on the shelf.
const SHELF = "plan-here";

const atHand = async (path) => {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(path)) ?? Response.error();
};

const instead = (path) => (path === "/help-now" ? "/help-now/common" : "/plan-here");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => atHand(instead(pathname))));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(fetch(event.request).catch(() => atHand(pathname)));
  }
});
