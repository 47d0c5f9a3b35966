// Holds back a press where there is no network, so that the page stays and the words on it with it.
// Forms that keep drafts see to it themselves (draft.js), and so does the one of phone.js.
const sentences = document.querySelector(".frame")?.dataset ?? {};
const through = new WeakSet();
const WORDS = "textarea, select, input:not([type=hidden])";

const lineOf = (form) => {
  const found = form.querySelector(":scope > [data-net]");
  if (found) return found;
  const line = document.createElement("p");
  line.className = "soft";
  line.dataset.net = "";
  line.setAttribute("role", "status");
  form.append(line);
  return line;
};

// A browser that believes it is offline may be wrong; only the portal's silence tells.
const isThere = () =>
  fetch("/healthz", { method: "HEAD", cache: "no-store" }).then(() => true, () => false);

const attempt = async (form, submitter) => {
  const line = lineOf(form);
  if (await isThere()) {
    through.add(form);
    form.requestSubmit(submitter);
    through.delete(form);
    return;
  }
  line.textContent = form.querySelector(WORDS) ? sentences.netHeld : sentences.netCut;
};

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (navigator.onLine || form.method !== "post" || through.has(form)) return;
    if (!sentences.netHeld || form.matches("[data-draft], [data-plan-put]")) return;
    event.preventDefault();
    attempt(form, event.submitter);
  },
  { capture: true },
);

window.addEventListener("online", () => {
  for (const line of document.querySelectorAll("[data-net]")) {
    if (line.textContent) line.textContent = sentences.netBack;
  }
});
