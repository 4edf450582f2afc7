// A reader who signs in comes back to the page that they asked for. Streamlit leads everybody to the
// start page; the address waits in the browser's tab meanwhile. Loaded before the application, on
// servers that ask for sign-in only.

(() => {
  const KEPT = "seabelt-asked-for";
  // Who takes longer has given up, and opens the start page because they want it.
  const LONGEST = 10 * 60 * 1000;
  const { pathname, search, hash } = window.location;

  const kept = JSON.parse(window.sessionStorage.getItem(KEPT) ?? "null");
  window.sessionStorage.removeItem(KEPT);
  const isStart = pathname === "/" && !search;
  // An address on this server begins with one slash; with two it would be that of another.
  if (isStart && kept && Date.now() - kept.at < LONGEST && /^\/(?![/\\])/.test(kept.address)) {
    window.location.replace(kept.address);
    return;
  }
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest?.(".st-key-sign_in button")) return;
      const address = `${pathname}${search}${hash}`;
      window.sessionStorage.setItem(KEPT, JSON.stringify({ address, at: Date.now() }));
    },
    { capture: true },
  );
})();
