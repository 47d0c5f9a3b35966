// Keeps the words of a form on the server while they are written, and says so beside the box.
// <form data-draft="message:…"> with an element [data-draft-status] in it. Nothing is stored here.
const PAUSE = 1500;

const wordsOf = (form) => {
  const words = new FormData(form);
  for (const name of [...words.keys()]) {
    if (form.elements[name]?.type === "password") words.delete(name);
  }
  words.set("draft_place", form.dataset.draft);
  return words;
};

const clock = () => new Date().toTimeString().slice(0, 5);

const watch = (form) => {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let sending = false;
  let changed = false;

  const say = (text) => {
    if (status && status.textContent !== text) status.textContent = text;
  };

  const save = async () => {
    if (sending || !changed) return;
    sending = true;
    changed = false;
    try {
      const answer = await fetch("/drafts", { method: "POST", body: wordsOf(form), credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      say(`${status?.dataset.saved ?? ""} ${clock()}`);
      form.dataset.kept = "yes";
    } catch {
      changed = true;
      say(status?.dataset.failed ?? "");
    }
    sending = false;
  };

  form.addEventListener("input", () => {
    changed = true;
    form.dataset.kept = "no";
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    changed = false;
    form.dataset.kept = "yes";
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
};

document.querySelectorAll("form[data-draft]").forEach(watch);
