// The device's screen, where it is said to have one: what an answer shows, and what may be touched.

const [card, toggle] = ["screen", "has-screen"].map((id) => document.getElementById(id));

export function show(screen) {
  card.hidden = !screen;
  if (!screen) return;
  const { title, part, progress, paragraphs, touches } = screen;
  const head = [element("small", progress), element("h2", title), element("h3", part)];
  const words = element("div");
  words.append(...paragraphs.map((text) => element("p", text)));
  words.tabIndex = 0;
  const buttons = element("div");
  buttons.append(...touches.map(button));
  card.replaceChildren(...head.filter((each) => each.textContent), words, buttons);
}

function element(tag, textContent = "") {
  return Object.assign(document.createElement(tag), { textContent });
}

function button({ label, intent }) {
  const made = Object.assign(element("button", label), { type: "button" });
  made.dataset.intent = intent;
  return made;
}

// `touch` is told the intent that a button stands for, and its label.
export function whenTouched(touch) {
  card.addEventListener("click", ({ target }) => target.dataset.intent && touch(target.dataset.intent, target.textContent));
}

// `change` is told whether the device has a screen from now on.
export function whenToggled(change) {
  toggle.addEventListener("click", () => {
    const wanted = toggle.ariaPressed !== "true";
    toggle.ariaPressed = wanted;
    if (!wanted) show(null);
    change(wanted);
  });
}
