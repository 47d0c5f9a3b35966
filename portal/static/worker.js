// Shows what is kept on this device where there is no network: the page that opens the plan, and
// the common Help now. It keeps nothing itself; phone.js puts things on the shelf. These two pages
// come from the shelf too when a network that seems to be there does not answer soon.
const SHELF = "plan-here";
const PATIENCE = 4000;
const URGENT = ["/plan-here", "/help-now"];

const atHand = async (path) => {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(path)) ?? Response.error();
};

const soon = (answer) =>
  Promise.race([answer, new Promise((_resolve, reject) => setTimeout(reject, PATIENCE))]);

const asked = (request, pathname) =>
  URGENT.includes(pathname) ? soon(fetch(request)) : fetch(request);

const instead = (path) => (path === "/help-now" ? "/help-now/common" : "/plan-here");

self.addEventListener("install", (event) => {
  event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" });
  self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  if (mode === "navigate") {
    event.respondWith(asked(event.request, pathname).catch(() => atHand(instead(pathname))));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(fetch(event.request).catch(() => atHand(pathname)));
  }
});
