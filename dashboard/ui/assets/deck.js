// The page of the deck: its slides in order, each with a picture and what its presenter has written.

const MINE = "This browser keeps a deck of your own";

function plural(count) {
  return `${count} slide${count === 1 ? "" : "s"}`;
}

function saved(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000); // the browser reads it after this turn
  return `${name} saved`;
}

/** A slide on the page. Its element stays while it is moved, with the picture that is drawn in it. */
class Row {
  constructor(page, slide) {
    this.page = page;
    this.slide = slide;
    this.element = page.root.querySelector("template").content.firstElementChild.cloneNode(true);
    const find = (name) => this.element.querySelector(name);
    [this.picture, this.message, this.remarks] = [find("img"), find(".message"), find(".remarks")];
    const isView = slide.link !== "";
    find("label.text").hidden = isView;
    const open = find("[data-slide=open]");
    open.hidden = !isView;
    if (isView) open.href = slide.link;
    for (const field of this.element.querySelectorAll("[data-field]")) {
      const name = field.dataset.field;
      field.value = slide[name];
      field.maxLength = DECK.longest[name];
      field.addEventListener("input", () => {
        slide[name] = field.value;
        page.keep();
      });
      if (name !== "notes") field.addEventListener("change", () => this.draw());
    }
    const act = (name, work) => (find(`[data-slide=${name}]`).onclick = work);
    act("up", () => page.move(this, -1));
    act("down", () => page.move(this, 1));
    act("remove", () => page.remove(this));
  }

  /** Say where the slide stands. */
  place(index, count) {
    this.element.querySelector(".number").textContent = index + 1;
    for (const [name, words] of [["up", "Move slide N up"], ["down", "Move slide N down"], ["remove", "Remove slide N"]]) {
      this.element.querySelector(`[data-slide=${name}]`).setAttribute("aria-label", words.replace("N", index + 1));
    }
    this.element.setAttribute("aria-label", `Slide ${index + 1} of ${count}`);
    this.element.querySelector("[data-slide=up]").disabled = index === 0;
    this.element.querySelector("[data-slide=down]").disabled = index === count - 1;
  }

  async draw() {
    const turn = (this.turn = {});
    delete this.message.dataset.failed;
    if (this.picture.hidden) this.message.textContent = "Drawing …";
    try {
      const { address, alt, remarks, title } = await this.page.sheets.picture(this.slide, this.page.deck);
      if (this.turn !== turn) return URL.revokeObjectURL(address);
      if (this.picture.src) URL.revokeObjectURL(this.picture.src);
      Object.assign(this.picture, { src: address, alt, hidden: false });
      this.message.textContent = "";
      this.element.querySelector("[data-field=title]").placeholder = title;
      this.remarks.replaceChildren(
        ...remarks.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
      );
    } catch (error) {
      if (this.turn !== turn) return;
      this.picture.hidden = true;
      this.message.dataset.failed = "";
      this.message.textContent = `No picture: ${error.message}`;
    }
  }
}

class DeckPage {
  constructor(root, { address, plotly: library }) {
    this.root = root;
    this.address = address;
    this.sheets = new Sheets(address, library);
    this.show = new Show(root.querySelector("dialog"), this.sheets);
    this.list = root.querySelector("ol");
    this.file = root.querySelector("input[type=file]");
    this.buttons = Object.fromEntries([...root.querySelectorAll("[data-do]")].map((button) => [button.dataset.do, button]));
    for (const choice of root.querySelectorAll("[data-choice]")) {
      choice.addEventListener("change", () => {
        this.deck[choice.dataset.choice] = choice.value;
        this.changed();
        this.drawAll();
      });
    }
    this.act("present", () => this.show.open(this.deck));
    this.act("text", () => this.addText());
    for (const suffix of ["pptx", "pdf", "zip"]) this.act(suffix, () => this.export(suffix));
    this.act("save", () => saved(new Blob([this.written], { type: "application/json" }), "seabelt-deck.json"));
    this.act("load", () => this.file.click());
    this.act("link", () => this.copyLink());
    this.act("clear", () => this.clear());
    this.file.addEventListener("change", () => this.tried(() => this.load()));
    for (const link of root.querySelectorAll(".empty a")) this.turns(link);
    window.addEventListener("hashchange", () => this.tried(() => this.fromLink()));
    // Cards on another tab add to the deck.
    window.addEventListener("storage", (event) => {
      if (event.key === DECK_KEPT && root.isConnected) this.take(keptDeck());
    });
    this.take(keptDeck());
    this.tried(() => this.fromLink());
  }

  get written() {
    return JSON.stringify(this.deck, null, 1);
  }

  act(name, work) {
    this.buttons[name].onclick = () => this.tried(work, this.buttons[name]);
  }

  /** Do something, and say what came of it. */
  async tried(work, button) {
    const say = (name, text) => (this.root.querySelector(name).textContent = text);
    say(".problem", "");
    say(".status", "");
    if (button) button.disabled = true;
    try {
      const done = work();
      if (done instanceof Promise && button) say(".status", "Working …");
      say(".status", (await done) ?? "");
    } catch (error) {
      say(".status", "");
      say(".problem", `That did not work: ${error.message}`);
    } finally {
      if (button) button.disabled = false;
      this.offerWhatCanBe();
    }
  }

  /** Links turn the page without loading it anew, as those of the atlas's markup do. */
  turns(link) {
    link.addEventListener("click", (event) => {
      if (!window.seabeltFollow || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      window.seabeltFollow(link.getAttribute("href"));
    });
  }

  /** Show a deck in place of what is shown. */
  take(deck) {
    this.deck = deck;
    this.rows = deck.slides.map((slide) => new Row(this, slide));
    this.placed();
    this.drawAll();
  }

  keep() {
    keepDeck(this.deck);
  }

  changed() {
    this.deck.slides = this.rows.map((row) => row.slide);
    this.keep();
    this.placed();
  }

  placed() {
    this.root.dataset.size = this.deck.size;
    for (const choice of this.root.querySelectorAll("[data-choice]")) choice.value = this.deck[choice.dataset.choice];
    // An element that stands right is left alone: taken out and put back, it loses the focus.
    this.rows.forEach((row, index) => {
      if (this.list.children[index] !== row.element) this.list.insertBefore(row.element, this.list.children[index] ?? null);
      row.place(index, this.rows.length);
    });
    while (this.list.children.length > this.rows.length) this.list.lastElementChild.remove();
    this.root.querySelector(".empty").hidden = this.rows.length > 0;
    this.offerWhatCanBe();
  }

  offerWhatCanBe() {
    for (const name of ["present", "pptx", "pdf", "zip", "save", "link", "clear"]) {
      this.buttons[name].disabled = this.rows.length === 0;
    }
    this.buttons.text.disabled = this.rows.length >= DECK.most_slides;
  }

  drawAll() {
    for (const row of this.rows) row.draw();
  }

  move(row, by) {
    const from = this.rows.indexOf(row);
    this.rows.splice(from, 1);
    this.rows.splice(from + by, 0, row);
    this.tried(() => {
      this.changed();
      // The button stays in focus where it can be pressed again; else its counterpart is.
      const buttons = ["up", "down"].map((name) => row.element.querySelector(`[data-slide=${name}]`));
      if (by > 0) buttons.reverse();
      buttons.find((button) => !button.disabled)?.focus();
      return `Slide ${from + 1} is now slide ${from + by + 1} of ${this.rows.length}`;
    });
  }

  remove(row) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.tried(() => {
      this.changed();
      const next = this.rows[Math.min(at, this.rows.length - 1)];
      (next?.element.querySelector("[data-slide=remove]") ?? this.buttons.text).focus();
      return `Slide ${at + 1} removed: ${row.slide.title || "without a title"}`;
    });
  }

  addText() {
    const row = new Row(this, newSlide({ title: "A title" }));
    this.rows.push(row);
    this.changed();
    row.draw();
    row.element.querySelector("[data-field=title]").select();
    return `Slide ${this.rows.length} added`;
  }

  clear() {
    if (!window.confirm(`Empty the deck of ${plural(this.rows.length)}? Save it first if you want it back.`)) return "";
    this.rows = [];
    this.changed();
    return "The deck is empty";
  }

  async export(suffix) {
    const response = await madeOf(this.address, suffix, this.written);
    return saved(await response.blob(), `seabelt-deck.${suffix}`);
  }

  async copyLink() {
    const link = await deckLink(this.deck);
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // Pages that are not served over https may not use the clipboard: offer the text instead.
      window.prompt("Copy this link:", link);
    }
    return "Link to the deck copied";
  }

  async load() {
    const [file] = this.file.files;
    if (!file) return "";
    this.file.value = "";
    if (file.size > DECK.most_bytes) {
      const [has, most] = [file.size, DECK.most_bytes].map((bytes) => bytes.toLocaleString("en"));
      throw new Error(`${file.name} has ${has} bytes, and a deck at most ${most}. Choose a deck saved on this page.`);
    }
    return this.came(await file.arrayBuffer(), file.name);
  }

  async fromLink() {
    if (!this.root.isConnected) return "";
    const text = await deckInLink(window.location.hash);
    if (text === null) return "";
    // Once it is taken, the deck may be changed: a reload shows what it has become.
    const { history, location } = window;
    const taken = () => history.replaceState(history.state, "", location.pathname + location.search);
    return this.came(text, "The link", taken);
  }

  /** A deck that was not made here: checked by the server, and never put in place of one unasked. */
  async came(content, whence, taken = () => {}) {
    const { deck, remarks } = await (await madeOf(this.address, "check", content)).json();
    const told = [`${whence} holds ${plural(deck.slides.length)}.`, ...remarks].join(" ");
    if (this.rows.length === 0) {
      this.put(deck);
      taken();
      return told;
    }
    const offer = this.root.querySelector(".offer");
    offer.hidden = false;
    offer.querySelector("p").textContent = `${told} ${MINE}, of ${plural(this.rows.length)}.`;
    const act = (name, work) => {
      offer.querySelector(`[data-offer=${name}]`).onclick = () => {
        offer.hidden = true;
        taken();
        this.tried(work);
      };
    };
    act("replace", () => this.put(deck));
    act("add", () => {
      const slides = [...this.deck.slides, ...deck.slides];
      if (slides.length > DECK.most_slides) {
        throw new Error(`together they have ${slides.length} slides, and a deck at most ${DECK.most_slides}. Remove some first.`);
      }
      this.put({ ...this.deck, slides });
    });
    act("leave", () => {});
    offer.querySelector("button").focus();
    return "";
  }

  put(deck) {
    keepDeck(deck);
    this.take(deck);
  }
}

const deckPages = new WeakMap();

export default function deck({ data, parentElement }) {
  const root = parentElement.querySelector(".deck");
  if (!deckPages.has(root)) deckPages.set(root, new DeckPage(root, data));
}
