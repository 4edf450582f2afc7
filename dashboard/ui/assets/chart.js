// A Plotly chart that stays on the page. New figures go to the chart that stands, so that it is
// neither taken down nor drawn twice; years, layers and zoom of a map move in the browser.

const REST_MILLISECONDS = 900;
const FIGURES_KEPT = 16;

const figures = new Map();
const charts = new WeakMap();

/** The JSON of a figure, which comes with the message once; its address names its content. */
function figureAt(address, json) {
  const asked = json ? Promise.resolve(json) : (figures.get(address) ?? fetchText(address));
  figures.delete(address);
  figures.set(address, asked);
  asked.catch(() => figures.delete(address));
  if (figures.size > FIGURES_KEPT) figures.delete(figures.keys().next().value);
  return asked;
}

async function fetchText(address) {
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

class Chart {
  constructor(root) {
    this.host = root.querySelector(".seabelt-chart");
    this.zoomButtons = root.querySelector(".zoom");
    this.turn = Promise.resolve();
    this.legend = [];
    this.year = new Choice(REST_MILLISECONDS, (year) => this.send("year", year));
    this.shown = new Choice(0, (layers) => this.send("layers", layers));
    this.window = new Choice(REST_MILLISECONDS, (shown) => this.send("window", shown ?? {}));
    this.bar = new TimeBar(root.querySelector(".time"), {
      show: (year) => this.move(year),
      rest: () => this.year.settle(),
    });
    this.layers = new Layers(root.querySelector(".layers"), (names) => {
      this.shown.set(names);
      this.refresh();
    });
    this.zoomButtons.onclick = ({ target }) => {
      const step = { in: KEYS["+"], out: KEYS["-"], reset: KEYS[0] }[target.dataset.zoom];
      if (step) this.look(moved(this.host, step));
    };
    this.host.onkeydown = (event) => this.press(event);
    this.room = new ResizeObserver(() => this.fit());
    this.host.seabelt = this; // for the actions of the card
  }

  /** Take what the page says; figures are drawn one after the other, and only the newest. */
  update(data, send) {
    this.send = (name, value) => data.tells.includes(name) && send(name, value);
    this.newest = data;
    const { host } = this;
    host.style.height = data.height;
    host.setAttribute("aria-label", data.alt);
    delete host.dataset.drawn;
    this.room.observe(host);
    const arrived = Promise.all([plotly(data.plotly), figureAt(data.figure, data.json)]);
    this.turn = Promise.all([arrived, this.turn])
      .then(([[Plotly, text]]) => this.newest === data && this.draw(Plotly, text, data))
      .catch((error) => {
        host.textContent = `The chart could not be drawn: ${error.message} Reload the page.`;
      });
  }

  async draw(Plotly, text, data) {
    this.Plotly = Plotly;
    this.legend = data.legend;
    const year = this.year.accept(data.year);
    const shown = this.shown.accept(data.legend.filter((layer) => layer.shown).map(({ layer }) => layer));
    this.layers.offer(data.legend);
    this.layers.tick(shown);
    if (this.address === data.figure) await this.redraw(year, data);
    else await this.replace(JSON.parse(text), year, data);
    this.mark(this.drawnYear);
    if (data.name) this.host.dataset.drawn = data.name;
  }

  /** A new figure, with year, layers and window in it before it is drawn. */
  async replace(figure, year, data) {
    const { host } = this;
    this.address = data.figure;
    this.years = new Years(figure.frames ?? [], figure.data);
    this.bar.offer(this.years.all);
    this.drawnYear = this.years.all.includes(year) ? year : data.year;
    this.years.fill(figure.data, this.drawnYear);
    const [geo] = geosOf(figure.layout);
    const preset = figure.layout[geo]?.uirevision;
    if (preset !== this.preset) this.window.set(undefined, true);
    this.preset = preset;
    const view = data.tells.includes("window") ? this.window.accept(data.window) : this.window.value;
    fillWindow(figure.layout, view);
    this.wished = figure.data.map((trace) => trace.visible ?? true);
    const visible = this.visible(figure.data, view?.scale ?? 1);
    figure.data.forEach((trace, index) => (trace.visible = visible[index]));
    this.zoomButtons.hidden = !geo;
    if (geo) host.tabIndex = 0;
    else host.removeAttribute("tabindex");
    await this.Plotly.react(host, { data: figure.data, layout: figure.layout, config: CONFIG });
    this.seen = geo && windowOf(host);
    host.removeAllListeners("plotly_click");
    host.removeAllListeners("plotly_relayout");
    host.on("plotly_click", ({ points, event }) => this.click(points[0], event));
    host.on("plotly_relayout", (changes) => this.follow(Object.keys(changes)));
  }

  /** The same figure: only what the reader or the page has moved is drawn. */
  async redraw(year, data) {
    if (year !== this.drawnYear && this.years.all.includes(year)) await this.paint(year);
    if (data.tells.includes("window")) {
      const before = this.window.value;
      const view = this.window.accept(data.window);
      if (!same(view, before)) this.relayout(view);
    }
    await this.refresh();
  }

  /** Fill the room again: a filter bar that comes or goes changes it without a new window size. */
  fit() {
    this.turn = this.turn.then(() => {
      const { clientWidth: width, clientHeight: height, _fullLayout: drawn } = this.host;
      const isFull = Math.abs(drawn?.width - width) < 1 && Math.abs(drawn?.height - height) < 1;
      return drawn && width && !isFull ? this.Plotly.Plots.resize(this.host) : null;
    });
  }

  /** Which traces are to be seen: those of ticked layers, and some only when zoomed in. */
  visible(traces, scale) {
    const offered = new Set(this.legend.map(({ layer }) => layer));
    const shown = new Set(this.shown.value);
    return traces.map(({ meta }, index) => {
      const isOff = offered.has(meta?.layer) && !shown.has(meta.layer);
      return isOff || scale < (meta?.from_scale ?? 0) ? false : this.wished[index];
    });
  }

  refresh() {
    const { host } = this;
    const now = this.visible(host.data, this.seen?.scale ?? 1);
    const changed = now.flatMap((visible, index) =>
      visible === (host.data[index].visible ?? true) ? [] : [index],
    );
    if (!changed.length) return null;
    return this.Plotly.restyle(host, { visible: changed.map((index) => now[index]) }, changed);
  }

  click({ customdata, location }, event) {
    const place = customdata ?? location;
    if (!place) return;
    const adds = event.shiftKey || event.ctrlKey || event.metaKey;
    this.send("place", { place: Array.isArray(place) ? place[0] : place, adds });
  }

  /** The reader moves to a year. */
  move(year) {
    this.year.set(year, this.bar.isPlaying);
    this.paint(year);
    this.mark(year);
  }

  paint(year) {
    this.drawnYear = year;
    return this.years.draw(this.Plotly, this.host, year);
  }

  /** Write the year wherever the card names it, and tell the actions whether it is the page's. */
  mark(year) {
    this.bar.mark(year);
    const title = this.host.closest("[class*=st-key-card_], .first")?.querySelector(".card-year");
    if (title) title.textContent = year;
    this.onmoving?.(this.isMoving);
  }

  /** Whether the map shows a year that the page's words are not about yet. */
  get isMoving() {
    return this.bar.isPlaying || this.year.value !== this.year.told;
  }

  press(event) {
    const step = KEYS[event.key];
    const isOther = event.ctrlKey || event.metaKey || event.altKey || event.target !== this.host;
    if (isOther || !step || this.zoomButtons.hidden) return;
    event.preventDefault();
    const { pan } = step;
    this.look(moved(this.host, pan ? { pan } : step));
  }

  /** The reader looks at another part of the map. */
  look(view) {
    this.window.set(view);
    this.relayout(view);
  }

  relayout(view) {
    const { host } = this;
    this.Plotly.relayout(host, windowSettings(host._fullLayout, view));
    this.seen = windowOf(host);
    this.refresh();
  }

  /** Plotly says that the reader has dragged a map: the maps beside it go along. */
  follow(changes) {
    const moved = changes.map((name) => name.split(".")[0]).find((name) => /^geo\d*$/.test(name));
    const view = moved && windowOf(this.host, moved);
    if (!view || same(view, this.seen)) return;
    this.seen = view;
    this.window.set(view);
    if (geosOf(this.host._fullLayout).length > 1) this.relayout(view);
    else this.refresh();
  }

  leave() {
    for (const choice of [this.year, this.shown, this.window]) choice.cancel();
    this.bar.stop();
    this.room.disconnect();
    this.Plotly?.purge(this.host);
  }
}

export default function chart({ data, parentElement, setTriggerValue }) {
  const own = parentElement.querySelector(".chart");
  const root = charts.has(own) ? own : takenOver(own, data, setTriggerValue);
  if (!charts.has(root)) charts.set(root, new Chart(root));
  charts.get(root).update(data, setTriggerValue);
  return () => charts.get(root).leave();
}
