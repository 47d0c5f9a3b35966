// A form that came back is read from its summary. The browser does that by itself (autofocus), but
// not where the address names a place on the page, as after the skip link. It goes there first.
window.addEventListener("pageshow", () => {
  requestAnimationFrame(() => document.getElementById("summary")?.focus());
});
