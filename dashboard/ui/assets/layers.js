// The legend that is the control: one box to tick for each layer of a map.

const WIDE = "(min-width: 640px)"; // a telephone opens the list on demand

class Layers {
  /** `toggle` is called with the names of the layers to be shown. */
  constructor(root, toggle) {
    this.root = root;
    this.fields = root.querySelector("fieldset");
    this.toggle = toggle;
    this.offered = [];
    this.fields.onchange = () => toggle(this.ticked());
  }

  ticked() {
    return [...this.fields.querySelectorAll("input:checked")].map((box) => box.value);
  }

  /** Write the layers; a box that has the focus keeps it. */
  offer(layers) {
    if (same(layers, this.offered)) return;
    if (!this.offered.length) this.root.open = window.matchMedia(WIDE).matches;
    this.offered = layers;
    this.root.hidden = layers.length === 0;
    const focused = this.fields.querySelector("input:focus")?.value;
    this.fields.querySelectorAll(".layer").forEach((layer) => layer.remove());
    this.fields.append(...layers.map(layerElement));
    if (focused) this.fields.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus();
  }

  tick(shown) {
    for (const box of this.fields.querySelectorAll("input")) box.checked = shown.includes(box.value);
  }
}

function layerElement({ layer, title, count_text: count, disabled_reason: reason, items, shown }) {
  const element = part("div", "layer");
  const label = part("label");
  const box = Object.assign(part("input"), {
    type: "checkbox", value: layer, checked: shown && !reason, disabled: Boolean(reason),
  });
  label.append(box, part("b", "", title));
  if (count) label.append(part("span", "count", count));
  element.append(label);
  if (reason) element.append(part("p", "reason", reason));
  if (items.length) {
    const list = part("ul");
    list.append(
      ...items.map(({ mark_svg: mark, text }) => {
        const item = part("li");
        item.innerHTML = mark;
        item.append(text);
        return item;
      }),
    );
    element.append(list);
  }
  return element;
}

function part(name, className = "", text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}
