// One step of the reader is one entry of the history, and one press of Back. Streamlit makes three of
// a turn of the page: it empties the address, turns to the bare address of the next page, and writes
// the view into it when the page has run. Loaded before the application.

(() => {
  const push = window.history.pushState.bind(window.history);
  let hasActed = false;
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => (hasActed = true), { capture: true, once: true });
  }

  /** Whether an address names a page only; how the page is embedded is no view of it. */
  const isBare = (query) =>
    [...new URLSearchParams(query).keys()].every((name) => name.startsWith("embed"));

  /** Give the focus to the page that comes, where it is lost with the page left: the next Tab would
   * go on from wherever the link stood that was pressed. What all pages have keeps it. */
  const beginAtTop = () => {
    const main = document.querySelector('[data-testid="stMain"]');
    const focus = document.activeElement;
    const isLost = focus === document.body || (main?.contains(focus) && !focus.closest(".finder"));
    if (isLost) main?.focus({ preventScroll: true });
  };

  window.history.pushState = (kept, unused, address) => {
    const { pathname, search } = new URL(address ?? "", window.location.href);
    const isSamePage = pathname === window.location.pathname;
    if (isSamePage && isBare(search)) return;
    // An address that was opened is completed before its reader has pressed anything.
    const isCompleted = isBare(window.location.search) || !hasActed;
    if (isSamePage && isCompleted) window.history.replaceState(kept, unused, address);
    else push(kept, unused, address);
    if (!isSamePage) beginAtTop();
  };
})();
