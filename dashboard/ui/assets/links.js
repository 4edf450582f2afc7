// Links of the atlas's own markup turn the page without loading it anew. They stay ordinary links:
// a click with a key held, or a browser that has lost the connection, opens them as such.

function isPlain(event) {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function onClick(event) {
  if (event.defaultPrevented || !isPlain(event)) return;
  const link = event.composedPath().find((node) => node.tagName === "A" && node.closest(".stHtml, .finder"));
  const address = link?.getAttribute("href");
  if (!address?.startsWith("/") || !window.seabeltPages.includes(link.pathname)) return;
  event.preventDefault();
  window.seabeltFollow(address);
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}

// In a story the left and right keys turn the step, where nothing that needs them has the focus.
function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const turn = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const focus = document.activeElement;
  if (!turn || !(focus === document.body || focus?.closest(".story-steps, .story-ways"))) return;
  document.querySelector(`.story-ways a[rel="${turn}"]`)?.click();
}

export default function links({ data, setTriggerValue }) {
  window.seabeltPages = data.pages;
  window.seabeltFollow = (address) => setTriggerValue("address", address);
  if (window.seabeltListens) return;
  window.seabeltListens = true;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
}
