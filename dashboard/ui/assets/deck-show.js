// Presentation mode: one slide fills the screen; arrow keys turn, Escape ends.

const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const PREVIOUS = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];

class Show {
  constructor(dialog, sheets) {
    this.dialog = dialog;
    this.sheets = sheets;
    this.screen = dialog.querySelector(".screen");
    this.picture = dialog.querySelector("img");
    this.message = dialog.querySelector(".message");
    this.number = dialog.querySelector("output");
    this.notes = dialog.querySelector(".speaker");
    const act = (name, work) => (dialog.querySelector(`[data-show=${name}]`).onclick = work);
    act("previous", () => this.turn(this.at - 1));
    act("next", () => this.turn(this.at + 1));
    act("notes", () => this.tellNotes(this.notes.hidden));
    act("end", () => dialog.close());
    dialog.addEventListener("keydown", (event) => this.press(event));
    dialog.addEventListener("close", () => this.end());
    // Escape ends full screen before any script hears of it.
    this.screen.addEventListener("fullscreenchange", () => {
      if (!dialog.getRootNode().fullscreenElement) dialog.close();
    });
  }

  open(deck) {
    this.deck = deck;
    this.dialog.dataset.mode = deck.mode;
    this.dialog.showModal();
    // Where full screen is not to be had, the window is filled.
    this.screen.requestFullscreen?.().catch(() => {});
    this.tellNotes(false);
    this.turn(0);
  }

  end() {
    if (this.dialog.getRootNode().fullscreenElement) document.exitFullscreen();
    this.at = -1;
    this.put("", "");
  }

  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // A button in focus is pressed by these.
    if ([" ", "Enter"].includes(event.key) && event.composedPath()[0].tagName === "BUTTON") return;
    const last = this.deck.slides.length - 1;
    if (NEXT.includes(event.key)) this.turn(this.at + 1);
    else if (PREVIOUS.includes(event.key)) this.turn(this.at - 1);
    else if (event.key === "Home") this.turn(0);
    else if (event.key === "End") this.turn(last);
    else if (event.key.toLowerCase() === "n") this.tellNotes(this.notes.hidden);
    else return;
    event.preventDefault();
  }

  tellNotes(isTold) {
    this.notes.hidden = !isTold;
    this.dialog.querySelector("[data-show=notes]").setAttribute("aria-pressed", isTold);
  }

  put(address, alt) {
    if (this.picture.src) URL.revokeObjectURL(this.picture.src);
    this.picture.hidden = !address;
    this.picture.alt = alt;
    if (address) this.picture.src = address;
    else this.picture.removeAttribute("src");
  }

  async turn(to) {
    const { slides } = this.deck;
    const at = Math.max(0, Math.min(slides.length - 1, to));
    if (at === this.at) return;
    this.at = at;
    this.number.textContent = `${at + 1} of ${slides.length}`;
    this.notes.textContent = slides[at].notes || "No notes on this slide.";
    this.put("", "");
    this.message.textContent = "Drawing …";
    try {
      const { address, alt } = await this.sheets.picture(slides[at], this.deck);
      if (this.at !== at) return URL.revokeObjectURL(address);
      this.put(address, alt);
      this.message.textContent = "";
    } catch (error) {
      if (this.at === at) this.message.textContent = `${slides[at].title}: ${error.message}`;
    }
    if (at + 1 < slides.length) this.sheets.said(slides[at + 1], this.deck).catch(() => {});
  }
}
