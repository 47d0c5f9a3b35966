// Shows what is kept on this device where there is no network: the page that opens the plan, the
// common Help now, and for all others a page that leads there. It keeps nothing itself; phone.js
// puts things on the shelf. Plan and Help now come from the shelf too when a network that seems to
// be there does not answer soon. Nothing that is sent goes through here: it would end with its page.
const SHELF = "plan-here";
const PATIENCE = 4000;
const URGENT = ["/plan-here", "/help-now", "/help-now/common"];
const INSTEAD = {
  "/help-now": "/help-now/common",
  "/help-now/common": "/help-now/common",
  "/plan-here": "/plan-here",
  "/crisis-plan": "/plan-here",
};

const atHand = async (path) => {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(path)) ?? (await shelf.match("/plan-here")) ?? Response.error();
};

const soon = (answer) =>
  Promise.race([answer, new Promise((_resolve, reject) => setTimeout(reject, PATIENCE))]);

const asked = (request, pathname) =>
  URGENT.includes(pathname) ? soon(fetch(request)) : fetch(request);

const instead = (path) => INSTEAD[path] ?? "/plan-here/no-network";

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
