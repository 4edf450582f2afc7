// What a reader chooses in the browser, and the page learns of when the reader has rested.

const ANSWER_MILLISECONDS = 4000;

/** One choice. It is shown at once; `send` tells the page after `rest` milliseconds, and what the
 * page says in between, which is older, does not undo it. */
class Choice {
  constructor(rest, send) {
    this.rest = rest;
    this.send = send;
    this.value = undefined;
    this.told = undefined;
    this.timer = null;
    this.sentAt = -Infinity;
  }

  get isOpen() {
    return this.timer !== null;
  }

  /** The reader chooses; `wait` leaves the page untold until somebody calls `settle`. */
  set(value, wait = false) {
    this.value = value;
    this.cancel();
    if (!wait) this.settle();
  }

  settle() {
    this.cancel();
    if (same(this.value, this.told)) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.sentAt = performance.now();
      this.sent = this.value;
      this.send(this.value);
    }, this.rest);
  }

  /** The page says what it shows; returns what is to be shown. */
  accept(told) {
    this.told = told;
    const isAnswered = same(told, this.sent) || performance.now() - this.sentAt > ANSWER_MILLISECONDS;
    if (isAnswered) this.sentAt = -Infinity;
    if (!this.isOpen && isAnswered) this.value = told;
    return this.value;
  }

  cancel() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
