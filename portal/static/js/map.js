// The network map can be moved about, by pointer or by arrow keys, once its button is pressed. Every
// move posts the form that stands on the page of the node; without this script nothing is missing.
const figure = document.querySelector("[data-map]");

const named = (text) =>
  text.split("|").filter(Boolean).map((each) => {
    const at = each.indexOf(":");
    return { key: each.slice(0, at), name: each.slice(at + 1) };
  });

const numbers = (text) => text.split(" ").map(Number);

if (figure) {
  const svg = figure.querySelector("svg");
  const frame = figure.querySelector(".map-frame");
  const said = figure.querySelector("[data-map-said]");
  const large = figure.querySelector(".map-large");
  const press = figure.querySelector("[data-map-press]");
  const [middleX, middleY] = numbers(figure.dataset.middle);
  const edges = numbers(figure.dataset.edges);
  const circles = named(figure.dataset.circles);
  const sectors = named(figure.dataset.sectors);
  const links = [...svg.querySelectorAll("a")];
  const lines = [...svg.querySelector("g").children];
  const wedge = (2 * Math.PI) / sectors.length;
  let isOn = false;
  let moving = null;

  const cellAt = (x, y) => {
    const reach = Math.hypot(x - middleX, y - middleY);
    const turn = Math.atan2(y - middleY, x - middleX) + Math.PI / 2;
    const circle = edges.findIndex((edge) => reach <= edge);
    return {
      sector: Math.floor(((turn + 2 * Math.PI) % (2 * Math.PI)) / wedge) % sectors.length,
      circle: circle < 0 ? edges.length - 1 : circle,
    };
  };

  const middleOf = ({ sector, circle }) => {
    const inner = circle ? edges[circle - 1] : 30;
    const reach = (inner + edges[circle]) / 2;
    const turn = wedge * (sector + 0.5) - Math.PI / 2;
    return [middleX + reach * Math.cos(turn), middleY + reach * Math.sin(turn)];
  };

  const begin = (link) => {
    const line = lines[links.indexOf(link)];
    const shape = link.querySelector("circle, path").getBBox();
    const x = shape.x + shape.width / 2;
    const y = shape.y + shape.height / 2;
    const end = [line.getAttribute("x2"), line.getAttribute("y2")];
    moving = { link, line, x, y, end, from: cellAt(x, y), to: cellAt(x, y) };
  };

  const show = (x, y) => {
    moving.link.setAttribute("transform", `translate(${x - moving.x} ${y - moving.y})`);
    moving.line.setAttribute("x2", x);
    moving.line.setAttribute("y2", y);
    said.textContent = `${sectors[moving.to.sector].name} · ${circles[moving.to.circle].name}`;
  };

  const leave = () => {
    if (!moving) return;
    moving.link.removeAttribute("transform");
    moving.line.setAttribute("x2", moving.end[0]);
    moving.line.setAttribute("y2", moving.end[1]);
    moving = null;
    said.textContent = figure.dataset.help;
  };

  const keep = () => {
    const { link, from, to } = moving;
    if (from.sector === to.sector && from.circle === to.circle) return leave();
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${link.getAttribute("href")}/place`;
    const words = {
      csrf_token: figure.dataset.csrf,
      sector: sectors[to.sector].key,
      circle: circles[to.circle].key,
      from: "map",
    };
    for (const [name, value] of Object.entries(words)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    document.body.append(form);
    moving = null;
    form.requestSubmit();
  };

  const pointAt = (event) => {
    const place = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / place.width;
    return [(event.clientX - place.left) * scale, (event.clientY - place.top) * scale];
  };

  const turnOn = (wish) => {
    leave();
    isOn = wish;
    if (isOn && !large.checked) large.click();
    press.setAttribute("aria-pressed", String(isOn));
    svg.classList.toggle("map-ready", isOn);
    said.textContent = isOn ? figure.dataset.help : "";
  };

  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  press.hidden = false;
  press.addEventListener("click", () => turnOn(!isOn));
  const centre = () => frame.scrollTo(middleX - frame.clientWidth / 2, middleY - frame.clientHeight / 2);
  large.addEventListener("change", centre);

  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => isOn && event.target.closest("a") && event.preventDefault());

  svg.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("a");
    if (!isOn || !link || event.button) return;
    leave();
    begin(link);
    moving.isHeld = true;
    link.setPointerCapture(event.pointerId);
  });

  svg.addEventListener("pointermove", (event) => {
    if (!moving?.isHeld) return;
    const [x, y] = pointAt(event);
    moving.to = cellAt(x, y);
    show(x, y);
  });

  svg.addEventListener("pointerup", () => moving?.isHeld && keep());
  svg.addEventListener("pointercancel", leave);

  svg.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    if (!isOn || !link) return;
    if (event.key === "Escape") return leave();
    if (event.key === "Enter" && moving) {
      event.preventDefault();
      return keep();
    }
    if (!(event.key in step)) return;
    event.preventDefault();
    if (moving?.link !== link) {
      leave();
      begin(link);
    }
    const [turn, outward] = step[event.key];
    moving.to = {
      sector: (moving.to.sector + turn + sectors.length) % sectors.length,
      circle: Math.min(edges.length - 1, Math.max(0, moving.to.circle + outward)),
    };
    show(...middleOf(moving.to));
  });

  svg.addEventListener("focusout", () => moving && !moving.isHeld && leave());
}
