// What is taken elsewhere is marked whole when it is reached, and one press copies it. Where
// the browser does not let pages copy, marking it is all; by hand it works without any of this.
const addPress = (box) => {
  const press = document.createElement("button");
  const said = document.createElement("span");
  press.type = "button";
  press.className = "button button-plain copying-press";
  press.textContent = box.dataset.copy;
  said.className = "copying-said soft";
  said.setAttribute("role", "status");
  press.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(box.value);
      said.textContent = box.dataset.copied;
    } catch {
      box.focus();
    }
  });
  box.after(press, said);
};

document.querySelectorAll("[data-copy]").forEach((box) => {
  box.addEventListener("focus", () => box.select());
  if (navigator.clipboard) addPress(box);
});
