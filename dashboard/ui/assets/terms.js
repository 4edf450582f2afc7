// Terms of the field in a text show what they mean: under the pointer, on focus by keyboard, on a
// tap. One box serves all; the definitions are fetched once. Loaded before the application.

(() => {
  const ADDRESS = "/terms";
  const EDGE = 8; // pixels kept free at the edges of the window
  const box = document.createElement("div");
  let meanings = {};
  let shown = null; // the term whose meaning stands in the box

  const termOf = (node) => node?.closest?.(".term[data-term]") ?? null;

  function line(tag, text) {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  }

  function place() {
    const at = shown.getClientRects()[0];
    if (!shown.isConnected || !at || at.bottom < 0 || at.top > window.innerHeight) {
      hide();
      return;
    }
    const { width, height } = box.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    box.style.left = `${Math.max(EDGE, Math.min(at.left, room - width - EDGE))}px`;
    const below = at.bottom + 4;
    const isBelow = below + height + EDGE <= window.innerHeight || at.top < height + EDGE;
    box.style.top = `${isBelow ? below : at.top - height - 4}px`;
  }

  function show(term) {
    const held = meanings[term.dataset.term];
    if (!held || term === shown) return;
    shown = term;
    box.replaceChildren(line("strong", held.name), line("p", held.meaning), line("small", held.source));
    box.hidden = false;
    place();
  }

  function hide() {
    shown = null;
    box.hidden = true;
  }

  /** Texts that readers' tools read out where a term has the focus: each once for the whole page. */
  function describe() {
    const texts = document.createElement("div");
    texts.hidden = true;
    for (const [key, held] of Object.entries(meanings)) {
      const text = line("p", held.meaning);
      text.id = `term-${key}`;
      texts.append(text);
    }
    document.body.append(texts);
  }

  async function start() {
    box.className = "term-meaning";
    box.setAttribute("role", "tooltip");
    box.hidden = true;
    document.body.append(box);
    try {
      const answer = await fetch(ADDRESS);
      if (!answer.ok) return; // A reader who has not signed in.
      meanings = await answer.json();
    } catch {
      return; // The connection is lost: terms stay words.
    }
    describe();
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || box.contains(event.target)) return;
    const term = termOf(event.target);
    if (term) show(term);
    else if (shown && shown !== document.activeElement) hide();
  });
  document.addEventListener("focusin", (event) => {
    const term = termOf(event.target);
    if (term) show(term);
    else hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shown) hide();
  });
  // A tap on a term gives it the focus in most browsers, not in all.
  document.addEventListener("click", (event) => {
    const term = termOf(event.target);
    if (term) show(term);
    else if (!box.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  window.addEventListener("scroll", () => shown && place(), { capture: true, passive: true });
  window.addEventListener("resize", () => shown && place());
  document.addEventListener("DOMContentLoaded", start);
})();
