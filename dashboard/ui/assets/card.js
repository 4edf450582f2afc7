// Actions of a chart card that happen in the reader's browser: a picture of the chart as it
// stands, and the link to the view.

const CHART_SECONDS = 20;

function chartOf(key) {
  return document.querySelector(`.st-key-${key} .js-plotly-plot`);
}

/** The chart, once it is drawn. */
function whenDrawn(key) {
  return new Promise((resolve, reject) => {
    const ready = () => {
      const chart = chartOf(key);
      return chart && chart.seabelt && chart._fullLayout ? chart : null;
    };
    const found = ready();
    if (found) return resolve(found);
    const observer = new MutationObserver(() => {
      const chart = ready();
      if (!chart) return;
      observer.disconnect();
      clearTimeout(limit);
      resolve(chart);
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    const limit = setTimeout(() => {
      observer.disconnect();
      reject(new Error("The chart was not drawn."));
    }, CHART_SECONDS * 1000);
  });
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000); // the browser reads it after this turn
}

async function copied(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages that are not served over https may not use the clipboard: offer the text instead.
    window.prompt(`Copy this ${what}:`, text);
  }
  return `${what[0].toUpperCase()}${what.slice(1)} copied`;
}

/** A file that the server makes; what it refuses comes with a sentence that says why. */
async function fetched(address) {
  const response = await fetch(address);
  if (response.ok) return response;
  const said = await response.json().catch(() => null);
  throw new Error(said?.detail ?? "The server did not answer.");
}

function nameIn(response) {
  return /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
}

function absolute(path) {
  return new URL(path, window.location.origin).href;
}

function embedCode({ path, card, title }) {
  const address = new URL(path, window.location.origin);
  address.searchParams.set("embed", "true");
  address.searchParams.set("card", card);
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return (
    `<iframe src="${escaped(address.href)}" title="${escaped(title)}" loading="lazy" ` +
    `style="width: 100%; height: 640px; border: 0"></iframe>`
  );
}

function pandasCode(request) {
  return `import pandas as pd\n\nobservations = pd.read_csv("${absolute(request)}")\n`;
}

/** A control whose choice holds for as long as the tab is open. */
function remembered(control, name) {
  const key = `seabelt-picture-${name}`;
  const kept = sessionStorage.getItem(key);
  if (kept !== null) control.value = kept;
  control.addEventListener("change", () => sessionStorage.setItem(key, control.value));
}

let tables = null;

/** The colours of the look chosen, and the table that leads from those shown to them. */
async function lookOf(data, look) {
  if (!look || look === data.mode) return { colours: PALETTES[data.mode] };
  tables ??= fetched(`${data.files}/colours`).then((response) => response.json());
  tables.catch(() => (tables = null));
  return { colours: PALETTES[look], looks: (await tables)[data.mode][look] };
}

class Actions {
  constructor(root) {
    this.root = root;
    this.status = root.querySelector("[role=status]");
    this.pictures = [...root.querySelectorAll("[data-action=png], [data-action=svg]")];
    this.choices = Object.fromEntries(
      [...root.querySelectorAll("[data-choice]")].map((control) => [control.dataset.choice, control]),
    );
    const { size } = this.choices;
    const sizes = [...Object.entries(SIZES).map(([key, { name }]) => [name, key]), ["Custom", "custom"]];
    size.replaceChildren(...sizes.map(([name, key]) => new Option(name, key)));
    for (const [name, control] of Object.entries(this.choices)) remembered(control, name);
    size.addEventListener("change", () => this.offer());
    this.act("png", () => this.picture("png"));
    this.act("svg", () => this.picture("svg"));
    this.act("link", () => copied(absolute(this.data.path), "link"));
    this.act("deck", () => this.addToDeck());
    this.act("embed", () => copied(embedCode(this.data), "embed code"));
    this.act("api", () => copied(absolute(this.data.request), "API request"));
    this.act("pandas", () => copied(pandasCode(this.data.request), "pandas code"));
    for (const button of root.querySelectorAll("[data-cite]")) {
      this.work(button, () => this.file(button.dataset.cite));
    }
  }

  say(text) {
    this.status.textContent = text;
  }

  act(name, work) {
    this.work(this.root.querySelector(`[data-action=${name}]`), work);
  }

  work(button, work) {
    button.onclick = async () => {
      button.disabled = true;
      this.say("Working …");
      try {
        this.say(await work());
      } catch (error) {
        this.say(`That did not work: ${error.message}`);
      } finally {
        button.disabled = false;
      }
    };
  }

  /** What the page says: which chart, which files. */
  update(data) {
    this.data = data;
    this.moving(false);
    const files = data.formats.map(([suffix, name, what]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", title: what });
      button.textContent = name;
      button.dataset.file = suffix;
      this.work(button, () => this.file(suffix));
      return button;
    });
    this.root.querySelector("[data-files]").replaceChildren(...files);
    for (const name of ["api", "pandas"]) {
      this.root.querySelector(`[data-action=${name}]`).hidden = !data.request;
    }
    for (const element of this.root.querySelectorAll("[data-picture]")) element.hidden = data.chart === null;
    this.offer();
    if (data.chart === null) return;
    whenDrawn(data.chart)
      .then((chart) => {
        chart.seabelt.onmoving = (isMoving) => this.moving(isMoving);
        this.moving(chart.seabelt.isMoving);
      })
      .catch(() => this.say("The chart could not be drawn. Reload the page."));
  }

  offer() {
    const isCustom = this.choices.size.value === "custom";
    for (const label of this.root.querySelectorAll("[data-custom]")) label.hidden = !isCustom;
  }

  /** A picture carries the notes and sources of one year: none is made while a map moves. */
  moving(isMoving) {
    for (const button of this.pictures) button.disabled = isMoving;
    if (isMoving) this.say("Pictures wait until the map rests on a year");
    else if (this.status.textContent.startsWith("Pictures wait")) this.say("");
  }

  get settings() {
    return Object.fromEntries(Object.entries(this.choices).map(([name, control]) => [name, control.value]));
  }

  /** Width, height, zoom and scale of the picture chosen, as the server works them out, too. */
  get sheet() {
    const { size, letters, scale, width, height } = this.settings;
    const own = { width: Number(width), height: Number(height) };
    const isFit = (pixels) => Number.isInteger(pixels) && pixels >= 320 && pixels <= 4000;
    if (size === "custom" && !(isFit(own.width) && isFit(own.height))) {
      throw new Error("A picture of your own size has 320 to 4000 pixels each way.");
    }
    const zoom = Math.max(0.75, Math.min(own.width, own.height) / 720);
    const chosen = size === "custom" ? { ...own, zoom } : SIZES[size];
    return { ...chosen, zoom: chosen.zoom * Number(letters), scale: Number(scale) };
  }

  async picture(format) {
    const { data } = this;
    const size = this.sheet;
    const chart = await whenDrawn(data.chart);
    const said = { ...data, link: absolute(data.path), ...(await lookOf(data, this.settings.look)) };
    save(await picture(chart, said, format, size), `${data.file}.${format}`);
    return `${format.toUpperCase()} saved`;
  }

  addToDeck() {
    const { path, card, title, notInDeck } = this.data;
    if (notInDeck) return notInDeck;
    const number = addToDeck({ link: path, card, title });
    const way = this.root.querySelector("[data-deck]");
    way.hidden = false;
    way.onclick = (event) => {
      if (!window.seabeltFollow || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      window.seabeltFollow(way.getAttribute("href"));
    };
    return `Slide ${number} of your deck`;
  }

  async file(suffix) {
    const { scale, ...settings } = this.settings;
    const response = await fetched(`${this.data.files}/${suffix}?${new URLSearchParams(settings)}`);
    const name = nameIn(response) ?? `${this.data.file}.${suffix}`;
    save(await response.blob(), name);
    return `${name} saved`;
  }
}

const actions = new WeakMap();

export default function card({ data, parentElement }) {
  const root = parentElement.querySelector(".actions");
  if (!actions.has(root)) actions.set(root, new Actions(root));
  actions.get(root).update(data);
}
