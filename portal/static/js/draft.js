// Keeps the words of a form on the server while they are written, and says so beside the box.
// <form data-draft> with an element [data-draft-status] in it. Nothing is stored in the browser.
// Where there is no network a press is held back, and the words wait on the page until it is back.
const PAUSE = 1500;
const AGAIN = 5000; // after a save for which there was no network
const PATIENCE = 2000; // so long a link waits until the words are kept
const LONGEST = 15_000; // signs that a page can still send off while it closes (64 KiB)
const words = document.querySelector(".frame")?.dataset ?? {};

const watch = (form) => {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let changed = false;
  let sending = null;
  let isCut = false; // the last save found no network
  let isHeld = false; // a press waits for the network
  let isThrough = false;

  const say = (text) => {
    if (status && status.textContent !== text) status.textContent = text;
  };

  // Throws a TypeError where there is no network, another error where the portal refused.
  const send = async () => {
    const body = new FormData(form);
    const keepalive = [...body.values()].join("").length < LONGEST;
    const answer = await fetch("/drafts", { method: "POST", body, keepalive });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return (await answer.json()).saved_at;
  };

  const keep = async () => {
    changed = false;
    try {
      const saved = `${status?.dataset.saved ?? ""} ${await send()}`;
      say(isCut ? `${words.netBack ?? ""} ${saved}` : saved);
      isCut = isHeld = false;
      form.dataset.kept = changed ? "no" : "yes";
      if (changed) later(PAUSE);
    } catch (problem) {
      changed = true;
      isCut = problem instanceof TypeError;
      say((isHeld && isCut ? words.netHeld : status?.dataset.failed) ?? "");
      if (isCut) later(AGAIN);
    }
    sending = null;
  };

  const save = () => {
    clearTimeout(timer);
    if (changed && !sending) sending = keep();
    return sending;
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  form.addEventListener("input", () => {
    changed = true;
    form.dataset.kept = "no";
    later(PAUSE);
  });

  // A draft on its way arrives before the form does, so that it cannot come back to life later.
  // Where the network seems to be away, saving the words shows whether it is.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (isThrough || (navigator.onLine && !isCut && !sending)) {
      changed = false;
      return;
    }
    event.preventDefault();
    await sending;
    if (isCut || !navigator.onLine) {
      changed = isHeld = true;
      await save();
    }
    if (isCut) return;
    isThrough = true;
    form.requestSubmit(event.submitter);
    isThrough = false;
  });

  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed) keep(); // nothing comes after this
  });
  return { isUnkept: () => changed || sending, settle: () => Promise.resolve(sending).then(save) };
};

const watched = [...document.querySelectorAll("form[data-draft]")].map(watch);

const leadsAway = (link, event) =>
  link?.origin === location.origin &&
  link.pathname !== "/help-now" && // help waits for nothing
  !(link.hash && link.pathname === location.pathname) &&
  !link.target &&
  !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

// A page that closes may lose what it sends: so a link waits, a moment at most.
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  const unkept = watched.filter((each) => each.isUnkept());
  if (!unkept.length || event.defaultPrevented || !leadsAway(link, event)) return;
  event.preventDefault();
  const kept = Promise.all(unkept.map((each) => each.settle()));
  await Promise.race([kept, new Promise((done) => setTimeout(done, PATIENCE))]);
  location.assign(link.href);
});
