// The map before the application. Streamlit's own programme takes longer to start than a map to be
// drawn, so the map goes first, and the page takes it over as it stands. Loaded before both.

(() => {
  const { page, chart, application } = document.currentScript.dataset;
  // A server that does not answer must not keep the application from saying so.
  const LONGEST_MILLISECONDS = 5000;

  /** The mode that Streamlit will choose: the one kept by its menu, or that of the system. */
  const mode = () => {
    const kept = window.localStorage.getItem("stActiveTheme-/-v2");
    const isDark = kept?.includes("Dark") ?? false;
    const isLight = kept?.includes("Light") ?? false;
    const prefersDark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    return isDark || (prefersDark && !isLight) ? "dark" : "light";
  };

  /** Whether the address is that of the whole map page; a card in another page stands alone. */
  const isMap = () => {
    const names = [...new URLSearchParams(window.location.search).keys()];
    return window.location.pathname === "/" && !names.some((name) => /^(card|embed)/.test(name));
  };

  const drawn = async () => {
    const answer = fetch(`${page}/${mode()}${window.location.search}`);
    const [{ begin }, response] = await Promise.all([import(chart), answer]);
    if (response.ok) await begin(await response.json());
  };

  const late = new Promise((passed) => setTimeout(passed, LONGEST_MILLISECONDS));
  // What fails here is tried again, and told, by the application.
  const first = isMap() ? Promise.race([drawn(), late]).catch(() => {}) : Promise.resolve();
  first.then(() => import(application));
})();
