// The time bar under a map: native elements that move it through its years.

const STEP_MILLISECONDS = 700;

class TimeBar {
  /** `show` draws a year; `rest` is called when the reader stops playing. */
  constructor(root, { show, rest }) {
    this.root = root;
    this.show = show;
    this.rest = rest;
    this.years = [];
    this.timer = null;
    const find = (name) => root.querySelector(`[data-time=${name}]`);
    this.button = find("play");
    this.range = root.querySelector("input");
    this.speed = find("speed");
    this.steps = [find("previous"), find("next")];
    this.button.onclick = () => (this.isPlaying ? this.stop() : this.play());
    this.range.oninput = () => this.go(Number(this.range.value));
    this.steps[0].onclick = () => this.go(this.index - 1);
    this.steps[1].onclick = () => this.go(this.index + 1);
  }

  get isPlaying() {
    return this.timer !== null;
  }

  offer(years) {
    if (same(years, this.years)) return;
    this.stop();
    this.years = years;
    this.root.hidden = years.length < 2;
    this.range.max = years.length - 1;
    this.root.querySelector("[data-end=first]").textContent = years[0] ?? "";
    this.root.querySelector("[data-end=last]").textContent = years.at(-1) ?? "";
  }

  /** Write the year that the map shows. */
  mark(year) {
    this.index = this.years.indexOf(year);
    if (this.index < 0) return;
    this.range.value = this.index;
    this.range.setAttribute("aria-valuetext", String(year));
    this.root.querySelector(".year").textContent = year;
    this.steps[0].disabled = this.index === 0;
    this.steps[1].disabled = this.index === this.years.length - 1;
  }

  go(index) {
    this.stop();
    this.show(this.years[index]);
  }

  play() {
    // From the end there is nothing to play but all of it.
    const isAtEnd = this.index === this.years.length - 1;
    const step = () => {
      if (this.index === this.years.length - 1) return this.stop();
      this.timer = setTimeout(step, STEP_MILLISECONDS / Number(this.speed.value));
      this.show(this.years[this.index + 1]);
    };
    this.timer = setTimeout(step, isAtEnd ? STEP_MILLISECONDS / Number(this.speed.value) : 0);
    this.show(this.years[isAtEnd ? 0 : this.index]);
    this.label();
  }

  stop() {
    if (!this.isPlaying) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.label();
    this.rest();
  }

  label() {
    this.button.textContent = this.isPlaying ? "❚❚" : "▶";
    this.button.setAttribute("aria-label", this.isPlaying ? "Pause" : "Play the years");
  }
}
