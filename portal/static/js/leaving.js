// Asks before somebody leaves a page with words that are kept nowhere yet.
const started = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.method === "post" && event.target.matches("textarea")) started.add(form);
});

document.addEventListener("submit", (event) => event.defaultPrevented || started.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  if (document.documentElement.hidden) return; // away.js: somebody leaves in a hurry
  const unkept = [...started].some((form) => form.isConnected && form.dataset.kept !== "yes");
  if (unkept) event.preventDefault();
});
