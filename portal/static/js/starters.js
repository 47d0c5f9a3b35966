// First words into the text box, at once. Without this script the server puts them there.
document.addEventListener("click", (event) => {
  const press = event.target.closest?.("button[data-words]");
  const box = press?.form?.elements.namedItem("text");
  if (!box) return;
  event.preventDefault();
  const typed = box.value.trimEnd();
  box.value = typed ? `${typed}\n${press.dataset.words}` : press.dataset.words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
});
