// Fetches the common Help now once, so that the browser has it when the network is away. Signed in,
// the page is the owner's own and is never kept; without network the common one takes its place.
const isSignedOut = document.body.classList.contains("page-plain");
const common = isSignedOut ? "/help-now" : "/help-now/common";

window.addEventListener("load", () => {
  fetch(common, { priority: "low" }).catch(() => {});
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href="/help-now"]');
  if (link && !navigator.onLine) link.href = common;
});
