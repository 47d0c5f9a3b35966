// A password or a PIN can be looked at while it is typed. It is covered again before it is sent, so
// that no browser takes it for common words, and it is never checked for spelling.
const addPress = (box) => {
  const press = document.createElement("button");
  const turn = (isShown) => {
    box.type = isShown ? "text" : "password";
    press.setAttribute("aria-pressed", String(isShown));
  };
  press.type = "button";
  press.className = "button button-plain field-show";
  press.textContent = box.dataset.show;
  press.setAttribute("aria-controls", box.id);
  press.addEventListener("click", () => turn(box.type === "password"));
  box.spellcheck = false;
  box.setAttribute("autocapitalize", "none");
  box.form?.addEventListener("submit", () => turn(false));
  document.addEventListener("visibilitychange", () => turn(false));
  turn(false);
  box.after(press);
};

document.querySelectorAll("input[type=password][data-show]").forEach(addPress);
