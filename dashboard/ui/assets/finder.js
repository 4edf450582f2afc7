// The search box of the header: a combobox whose list is asked for letter by letter. What a reader
// has followed is kept in this browser only.

const RECENT_KEPT = "seabelt-recent";
const MOST_RECENT = 8;
const NO_ANSWER = "The atlas does not answer: it may have been stopped, or the connection is lost.";

/** What the reader has followed, newest first; whatever else is kept under that name is ignored. */
function recentHits() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT_KEPT));
    return kept.filter(isHit).slice(0, MOST_RECENT);
  } catch {
    return [];
  }
}

function isHit(hit) {
  const texts = [hit?.address, hit?.title, hit?.tells];
  return texts.every((text) => typeof text === "string") && /^\/(?!\/)/.test(hit.address);
}

function keepRecent(hits) {
  try {
    localStorage.setItem(RECENT_KEPT, JSON.stringify(hits.slice(0, MOST_RECENT)));
  } catch {
    // A browser that keeps nothing: the next opening starts without them.
  }
}

/** Whether the reader is writing somewhere, where a letter is a letter. */
function isWriting(node) {
  const writes = "textarea, select, [contenteditable=true], [role=textbox], [role=combobox]";
  const others = ["button", "checkbox", "color", "file", "image", "radio", "range", "reset", "submit"];
  if (node?.matches?.("input")) return !others.includes(node.type);
  return Boolean(node?.closest?.(writes)) || Boolean(node?.isContentEditable);
}

/** An element with a text, which is never read as markup. */
function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

class Finder {
  constructor(root) {
    this.root = root;
    const find = (name) => root.querySelector(`[data-finder=${name}]`);
    this.opener = find("open");
    this.closer = find("close");
    this.forgetter = find("forget");
    this.input = root.querySelector("input");
    this.found = root.querySelector(".found");
    this.list = root.querySelector("[role=listbox]");
    this.message = root.querySelector(".message");
    this.status = root.querySelector("[role=status]");
    this.turn = 0; // of the questions asked; only the answer to the last one is shown
    this.active = -1;
    this.isWaited = false; // Enter was pressed before the answer came
    this.resume();
  }

  /** Listen; a page that runs again may have stopped this and goes on with it. */
  resume() {
    if (this.leaving && !this.leaving.signal.aborted) return;
    const { root } = this;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.opener.addEventListener("click", () => this.open(), { signal });
    this.closer.addEventListener("click", () => this.leave(), { signal });
    this.forgetter.addEventListener("click", () => this.forget(), { signal });
    this.input.addEventListener("input", () => this.ask(), { signal });
    this.input.addEventListener("click", () => this.show(), { signal });
    this.input.addEventListener("keydown", (event) => this.press(event), { signal });
    this.list.addEventListener("click", (event) => this.follow(event), { signal });
    // A press beside an entry would take the focus out of the box and close it.
    this.found.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    root.addEventListener("keydown", (event) => this.escape(event), { signal });
    root.addEventListener("focusout", (event) => this.blur(event), { signal });
    document.addEventListener("keydown", (event) => this.shortcut(event), { signal });
    root.dataset.ready = "";
  }

  update({ address, longest, hint }) {
    this.address = address;
    this.hint = hint;
    this.input.maxLength = longest;
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get text() {
    return this.input.value.trim();
  }

  shortcut(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isSlash = key === "/" && !ctrlKey && !metaKey && !altKey;
    const isK = key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey;
    if (event.defaultPrevented || !(isSlash || isK)) return;
    // Nothing that can be found begins with a slash.
    const isOwn = target === this.input && (isK || !this.text);
    if (isWriting(target) && !isOwn) return;
    event.preventDefault();
    if (!this.root.contains(target)) this.before = target;
    this.open();
  }

  /** Show the box, which on a narrow screen is behind its button, and what it holds. */
  open() {
    this.root.dataset.open = "";
    this.opener.setAttribute("aria-expanded", "true");
    this.input.focus();
    this.input.select();
    this.show();
  }

  /** Put the list and, on a narrow screen, the box away. */
  close() {
    this.turn += 1;
    this.question?.abort();
    this.isWaited = false;
    this.found.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
    delete this.root.dataset.open;
    this.opener.setAttribute("aria-expanded", "false");
  }

  /** Close, and give the focus back to where the reader came from. */
  leave() {
    const isNarrow = this.opener.getClientRects().length > 0;
    this.close();
    this.status.textContent = "";
    const before = this.before?.isConnected && this.before !== document.body ? this.before : null;
    this.before = null;
    (before ?? (isNarrow ? this.opener : this.input)).focus();
  }

  show() {
    if (!this.found.hidden && this.root.dataset.shown === this.text) return;
    if (this.text) this.ask();
    else this.showRecent();
  }

  showRecent() {
    this.turn += 1;
    this.question?.abort();
    const hits = recentHits();
    const groups = hits.length ? [{ title: "Recently opened", hits }] : [];
    this.draw({ groups, message: hits.length ? "" : this.hint, all: null }, "");
    this.forgetter.hidden = !hits.length;
  }

  forget() {
    keepRecent([]);
    this.input.focus();
    this.showRecent();
    this.say("Forgotten.");
  }

  async ask() {
    const text = this.text;
    this.isWaited = false;
    if (!text) return this.showRecent();
    this.turn += 1;
    const turn = this.turn;
    this.question?.abort();
    this.question = new AbortController();
    const answer = await this.answer(text, this.question.signal);
    // An older question may be answered after a newer one was asked.
    if (turn !== this.turn) return;
    this.draw(answer, text);
    this.activate(answer.groups.length || answer.all ? 0 : -1);
    if (this.isWaited) this.enter();
  }

  async answer(text, signal) {
    const nothing = { groups: [], all: null };
    try {
      const response = await fetch(`${this.address}?q=${encodeURIComponent(text)}`, { signal });
      const told = await response.json();
      return response.ok ? told : { ...nothing, message: String(told.message) };
    } catch {
      return { ...nothing, message: NO_ANSWER };
    }
  }

  draw({ groups, all, message }, text) {
    this.root.dataset.shown = text;
    const parts = groups.map((group, index) => this.group(group, index));
    if (all) parts.push(this.option({ ...all, tells: "" }, "all"));
    this.list.replaceChildren(...parts);
    this.options.forEach((option, index) => (option.id = `finder-option-${index}`));
    this.list.hidden = !parts.length;
    this.message.textContent = message;
    this.message.hidden = !message;
    this.forgetter.hidden = true;
    this.found.hidden = false;
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(parts.length > 0));
    this.activate(-1);
    const count = groups.reduce((sum, group) => sum + group.hits.length, 0);
    const hits = count === 1 ? "1 hit" : `${count} hits`;
    this.say([message, count ? hits : ""].filter(Boolean).join(" "));
  }

  group({ title, hits }, index) {
    const name = `finder-group-${index}`;
    const group = element("div", "", { role: "group", "aria-labelledby": name });
    const options = hits.map((hit) => this.option(hit, "hit"));
    group.append(element("div", title, { id: name, class: "kind", role: "presentation" }), ...options);
    return group;
  }

  option(hit, kind) {
    const option = element("a", "", { role: "option", href: hit.address, tabindex: "-1" });
    option.className = kind;
    option.setAttribute("aria-selected", "false");
    option.append(element("span", hit.title, { class: "title" }));
    if (hit.tells) option.append(element("span", hit.tells, { class: "tells" }));
    if (hit.excerpt) option.append(element("span", hit.excerpt, { class: "excerpt" }));
    if (kind === "hit") option.hit = hit;
    return option;
  }

  /** Tell a screen reader; the same words again are said again. */
  say(words) {
    this.status.textContent = "";
    this.status.textContent = words;
  }

  activate(index) {
    this.active = index;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.options[index];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    // Signs of East Asian scripts are chosen with the same keys.
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.enter(event);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (this.found.hidden) return this.show();
    const { length } = this.options;
    if (!length) return;
    const next = this.active < 0 && step < 0 ? length - 1 : (this.active + step + length) % length;
    this.activate(next);
  }

  /** Follow the entry that is lit up, once the list is that of the words in the box. */
  enter({ ctrlKey = false, metaKey = false, shiftKey = false } = {}) {
    if (this.text && this.root.dataset.shown !== this.text) {
      if (this.found.hidden) this.show();
      this.isWaited = true;
      return;
    }
    if (this.found.hidden) return this.show();
    const keys = { ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true, composed: true };
    this.options[this.active]?.dispatchEvent(new MouseEvent("click", keys));
  }

  /** A link is followed by whoever hears of the page's links; here it is kept and the box closed. */
  follow(event) {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    if (option.hit) {
      const { address, title, tells } = option.hit;
      const others = recentHits().filter((hit) => hit.address !== address);
      keepRecent([{ address, title, tells }, ...others]);
    }
    this.input.value = "";
    this.before = null;
    this.leave();
    this.say(`Opened: ${option.querySelector(".title").textContent}`);
  }

  escape(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    if (this.found.hidden && !("open" in this.root.dataset)) return;
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  }

  blur({ relatedTarget }) {
    if (!this.root.contains(relatedTarget)) this.close();
  }

  stop() {
    // An answer that is still on its way is for nobody.
    this.turn += 1;
    this.question?.abort();
    this.leaving.abort();
    delete this.root.dataset.ready;
  }
}

const finders = new WeakMap();

export default function finder({ data, parentElement }) {
  const root = parentElement.querySelector(".finder");
  const held = finders.get(root) ?? new Finder(root);
  finders.set(root, held);
  held.resume();
  held.update(data);
  return () => held.stop();
}
