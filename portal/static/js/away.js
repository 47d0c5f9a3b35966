// Leave now: away at once, and the session ends meanwhile. The page is blank before anything else,
// so that nothing stands there while a slow network is thinking.
document.addEventListener("submit", (event) => {
  const { leaveTo } = event.target.dataset;
  if (!leaveTo) return;
  event.preventDefault();
  document.documentElement.hidden = true;
  document.title = new URL(leaveTo).hostname;
  navigator.sendBeacon(event.target.action, new URLSearchParams(new FormData(event.target)));
  location.replace(leaveTo);
});
