// Keeps the words of a form on the server while they are written, and says so beside the box.
// <form data-draft> with an element [data-draft-status] in it. Nothing is stored in the browser.
const PAUSE = 1500;

const watch = (form) => {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let changed = false;
  let sending = null;

  const say = (text) => {
    if (status && status.textContent !== text) status.textContent = text;
  };

  const send = async () => {
    const answer = await fetch("/drafts", { method: "POST", body: new FormData(form) });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return (await answer.json()).saved_at;
  };

  const save = async () => {
    if (sending || !changed) return;
    changed = false;
    try {
      sending = send();
      say(`${status?.dataset.saved ?? ""} ${await sending}`);
      form.dataset.kept = changed ? "no" : "yes";
    } catch {
      changed = true;
      say(status?.dataset.failed ?? "");
    }
    sending = null;
  };

  form.addEventListener("input", () => {
    changed = true;
    form.dataset.kept = "no";
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });

  // A draft on its way arrives before the form does, so that it cannot come back to life later.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    changed = false;
    if (!sending) return;
    event.preventDefault();
    await sending.catch(() => {});
    form.requestSubmit(event.submitter);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
};

document.querySelectorAll("form[data-draft]").forEach(watch);
