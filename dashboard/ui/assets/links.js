// Links of the atlas's own markup turn the page without loading it anew. They stay ordinary links:
// a click with a key held opens them as such.

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

const isConnected = () =>
  document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED";

// An ordinary link would load the page anew and lose what a reader has put in; so a press waits for
// the connection.
let pressed = "";
function follow(address) {
  if (isConnected()) window.seabeltSend(address);
  else pressed = address;
}

// Whoever answers now may not know this page: the server was restarted, or has let go of a reader who
// was away. A run makes it known by its address, so that the next press is understood.
function onConnection() {
  if (!isConnected()) return;
  window.seabeltSend(pressed);
  pressed = "";
}

export default function links({ data, setTriggerValue }) {
  window.seabeltPages = data.pages;
  window.seabeltSend = (address) => setTriggerValue("address", address);
  if (window.seabeltListens) return;
  window.seabeltListens = true;
  window.seabeltFollow = follow;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  const told = { subtree: true, attributeFilter: ["data-test-connection-state"] };
  new MutationObserver(onConnection).observe(document.body, told);
}
