// Fetches Help now once where nobody is signed in, so that the browser has it when the network is
// away. Signed in, the page is the owner's own and is never kept.
window.addEventListener("load", () => {
  if (!document.body.classList.contains("page-plain")) return;
  fetch("/help-now", { priority: "low" }).catch(() => {});
});
