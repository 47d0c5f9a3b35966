// A form is sent once, however often its button is pressed. The server makes sure of it as well.
const press = (form, isSending) => {
  form.dataset.sending = isSending ? "yes" : "no";
  for (const button of form.elements) {
    if (button.type !== "submit") continue;
    if (isSending) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sending === "yes") event.preventDefault();
  else press(form, true);
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) press(form, false);
});
