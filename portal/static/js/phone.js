// The plan on the owner's own phone, sealed there (decision 93). The device has a key pair: whoever
// has the public half can put a newer plan in, only the private half opens it. With a PIN the
// private half is closed under a key made from it (PBKDF2); without one it lies in the browser's
// own key store, from which no script can copy it out.
const SHELF = "plan-here";
const MARK = "plan-phone";
const ROUNDS = 1_000_000;
const PATIENCE = 3000; // milliseconds that the plan waits for a network that does not answer
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const encoder = new TextEncoder();
const byId = (id) => encoder.encode(id);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));

// --- the store of this device
const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("plan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const inStore = async (mode, act) => {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const work = base.transaction("kept", mode);
      const asked = act(work.objectStore("kept"));
      work.oncomplete = () => resolve(asked.result);
      work.onerror = () => reject(work.error);
    });
  } finally {
    base.close();
  }
};

const read = (name) => inStore("readonly", (store) => store.get(name));
const keep = (name, value) => inStore("readwrite", (store) => store.put(value, name));

const point = () => {
  const isHere = Boolean(localStorage.getItem(MARK));
  for (const pointer of document.querySelectorAll("[data-own-plan]")) pointer.hidden = !isHere;
};

const erase = async () => {
  localStorage.removeItem(MARK);
  point();
  await caches.delete(SHELF);
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase("plan");
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
  const worker = await navigator.serviceWorker.getRegistration("/");
  await worker?.unregister();
};

// --- keys
const fromPin = async (pin, salt, use) => {
  const words = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, words, { name: "AES-GCM", length: 256 }, false, [use]);
};

const between = (mine, theirs, use) =>
  crypto.subtle.deriveKey({ name: "ECDH", public: theirs }, mine, { name: "AES-GCM", length: 256 }, false, [use]);

const makeLock = async (id, pin) => {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveKey"]);
  const inner = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  const lock = { id, door: await crypto.subtle.exportKey("jwk", pair.publicKey), hasPin: Boolean(pin) };
  if (!pin) return { ...lock, key: await crypto.subtle.importKey("pkcs8", inner, CURVE, false, ["deriveKey"]) };
  const salt = random(16);
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: byId(id) };
  const closed = await crypto.subtle.encrypt(how, await fromPin(pin, salt, "encrypt"), inner);
  return { ...lock, salt, iv, closed };
};

const unlock = async (lock, pin) => {
  if (!lock.hasPin) return lock.key;
  const how = { name: "AES-GCM", iv: lock.iv, additionalData: byId(lock.id) };
  const inner = await crypto.subtle.decrypt(how, await fromPin(pin, lock.salt, "decrypt"), lock.closed);
  return crypto.subtle.importKey("pkcs8", inner, CURVE, false, ["deriveKey"]);
};

const seal = async (lock, plan) => {
  const door = await crypto.subtle.importKey("jwk", lock.door, CURVE, false, []);
  const once = await crypto.subtle.generateKey(CURVE, false, ["deriveKey"]);
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: byId(lock.id) };
  const words = encoder.encode(plan.padEnd(Math.ceil(plan.length / 4096) * 4096));
  const sealed = await crypto.subtle.encrypt(how, await between(once.privateKey, door, "encrypt"), words);
  return { iv, sealed, once: await crypto.subtle.exportKey("jwk", once.publicKey) };
};

const unseal = async (lock, pin) => {
  const { iv, sealed, once } = await read("plan");
  const theirs = await crypto.subtle.importKey("jwk", once, CURVE, false, []);
  const key = await between(await unlock(lock, pin), theirs, "decrypt");
  const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: byId(lock.id) }, key, sealed);
  return JSON.parse(new TextDecoder().decode(words));
};

// --- putting it there and keeping it fresh
const fillShelf = async () => {
  const shelf = await caches.open(SHELF);
  const page = await fetch("/plan-here", { credentials: "omit" });
  if (!page.ok) throw new Error(String(page.status)); // what stands on the shelf is better
  const files = [...(await page.clone().text()).matchAll(/"(\/assets\/[^"]+)"/g)].map((found) => found[1]);
  await shelf.addAll(["/help-now/common", "/plan-here/no-network", ...new Set(files)]);
  await shelf.put("/plan-here", page);
};

const freshen = async (lock) => {
  const answer = await fetch(`/crisis-plan/phone/${lock.id}/plan`, { redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  await keep("plan", await seal(lock, await answer.text()));
  await fillShelf();
};

const putHere = async (form) => {
  if (localStorage.getItem(MARK)) await erase();
  const pin = form.querySelector("#pin").value; // it has no name, so that no form can send it
  const how = { method: "POST", body: new FormData(form), headers: { "X-Kept-By": "script" } };
  const answer = await fetch(form.action, how);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const { id } = await answer.json();
  localStorage.setItem(MARK, id); // first of all: from here on the device can be told to forget
  try {
    const lock = await makeLock(id, pin);
    await keep("lock", lock);
    await freshen(lock);
    await navigator.serviceWorker.register("/plan-here/worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
  } catch (problem) {
    await takeOff(form); // half a plan is none
    throw problem;
  }
};

// A device that was told to forget does so at its next visit, signed in or not.
const look = async () => {
  const id = localStorage.getItem(MARK);
  if (!id) return;
  const answer = await fetch(`/plan-here/${id}`, { signal: AbortSignal.timeout?.(PATIENCE) });
  if (!answer.ok) return; // a portal that is out of order says nothing about the plan
  if (!(await answer.json()).kept) await erase();
  else if (document.querySelector("[data-plan-fresh]")) await freshen(await read("lock"));
};

// --- showing it
const made = (name, text, className) => {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  if (className) node.className = className;
  return node;
};

const callOf = ({ name, number, when, dial }) => {
  const call = made(dial ? "a" : "p", "", dial ? "number" : "number number-none");
  if (dial) call.href = `tel:${dial}`;
  call.append(made("span", name, "number-name"), made("span", number, "number-call"), made("span", when, "number-when"));
  const line = made("li");
  line.append(call);
  return line;
};

const sectionOf = ({ heading, lines, points, calls }) => {
  const section = made("section", "", "card card-plain");
  section.append(made("h2", heading, "card-title card-title-2"));
  const list = made("ul", "", calls.length ? "numbers" : "");
  list.append(...lines.map((line) => made("li", line, "kept-line")), ...calls.map(callOf));
  for (const [term, text] of points) {
    const line = made("li", "", "kept-line");
    line.append(made("strong", term), ...(text ? [made("br"), text] : []));
    list.append(line);
  }
  section.append(list);
  return section;
};

const show = (page, plan) => {
  page.querySelector("[data-plan-at]").textContent = plan.at;
  page.querySelector("[data-plan-words]").replaceChildren(...plan.sections.map(sectionOf));
  page.querySelector("[data-plan-shown]").hidden = false;
  page.querySelector("[data-plan-ask]").hidden = true;
  page.querySelector("[data-plan-try]").hidden = true;
};

const blank = () => {
  const hidden = { "[data-plan-new]": true, "[data-plan-shown]": true, "[data-plan-ask]": true, "[data-plan-off]": true, "[data-plan-none]": false };
  for (const [part, isHidden] of Object.entries(hidden)) {
    for (const node of document.querySelectorAll(part)) node.hidden = isHidden;
  }
  document.querySelector("[data-plan-words]")?.replaceChildren();
};

const openHere = async (page) => {
  const lock = localStorage.getItem(MARK) && (await read("lock"));
  if (!lock) return;
  page.querySelector("[data-plan-none]").hidden = true;
  page.querySelector("[data-plan-off]").hidden = false;
  page.querySelector("[data-plan-cut]").hidden = location.pathname === "/plan-here";
  page.querySelector("[data-plan-new]").hidden = location.hash !== "#new";
  page.querySelector("[data-plan-try]").hidden = !lock.hasPin;
  if (!lock.hasPin) return show(page, await unseal(lock, ""));
  const ask = page.querySelector("[data-plan-ask]");
  const pin = ask.querySelector("input");
  const said = ask.querySelector("[role=status]");
  const attempt = async () => {
    said.textContent = said.dataset.waiting;
    try {
      show(page, await unseal(lock, pin.value));
      said.textContent = "";
    } catch {
      said.textContent = said.dataset.wrong;
      pin.select();
    }
  };
  ask.hidden = false;
  ask.querySelector(".button-main").addEventListener("click", attempt);
  pin.addEventListener("keydown", (event) => event.key === "Enter" && attempt());
};

// Where the owner is signed in, the list of devices hears of it too.
const takeOff = async (form) => {
  const id = localStorage.getItem(MARK);
  await erase();
  if (!form) return;
  form.hidden = false;
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  await fetch(`${form.action}/${id}/end`, { method: "POST", body }).catch(() => {});
};

const start = () => {
  if (!window.isSecureContext || !navigator.serviceWorker || !window.indexedDB) return;
  point();
  const page = document.querySelector("[data-plan-here]");
  const form = document.querySelector("[data-plan-put]");
  const off = document.querySelector("[data-plan-off]");
  off?.querySelector("button").addEventListener("click", () => takeOff(form).then(blank));
  const looked = navigator.onLine ? look().catch(() => {}) : Promise.resolve();
  if (page) looked.then(() => openHere(page));
  if (!form) return;
  looked.then(() => {
    form.hidden = Boolean(localStorage.getItem(MARK));
    off.hidden = !form.hidden;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = form.querySelector("[role=status]");
    said.textContent = said.dataset.waiting;
    putHere(form).then(() => location.assign("/plan-here#new"), () => {
      form.dataset.sending = "no";
      said.textContent = said.dataset.failed;
    });
  });
};

start();
