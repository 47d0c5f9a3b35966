// Fetches Help now once, so that the browser has it when the network is away.
window.addEventListener("load", () => {
  fetch("/help-now", { priority: "low" }).catch(() => {});
});
