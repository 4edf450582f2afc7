// The deck, which this browser keeps: cards add to it, the page of the deck changes it. `DECK` says
// what its file looks like.

const DECK_KEPT = "seabelt-deck";
const DECK_FIELDS = Object.keys(DECK.longest);
const DECK_CHOICES = { size: ["16:9", "4:3"], mode: ["light", "dark"] };

function emptyDeck() {
  return { [DECK.mark]: DECK.version, size: "16:9", mode: "light", slides: [] };
}

function isSlide(slide) {
  return DECK_FIELDS.every((name) => typeof slide?.[name] === "string");
}

/** The deck as it is kept; whatever else is kept under that name is ignored. */
function keptDeck() {
  try {
    const held = JSON.parse(localStorage.getItem(DECK_KEPT));
    if (held[DECK.mark] !== DECK.version || !Array.isArray(held.slides)) return emptyDeck();
    const deck = emptyDeck();
    for (const [name, known] of Object.entries(DECK_CHOICES)) {
      if (known.includes(held[name])) deck[name] = held[name];
    }
    deck.slides = held.slides.filter(isSlide).slice(0, DECK.most_slides);
    return deck;
  } catch {
    return emptyDeck();
  }
}

function keepDeck(deck) {
  try {
    localStorage.setItem(DECK_KEPT, JSON.stringify(deck));
  } catch {
    throw new Error("this browser keeps nothing for this page. Allow it to store data, or save the deck as a file.");
  }
}

function newSlide(known) {
  return { ...Object.fromEntries(DECK_FIELDS.map((name) => [name, ""])), ...known };
}

/** Put a slide at the end of the deck that is kept; its number. */
function addToDeck(known) {
  const deck = keptDeck();
  if (deck.slides.length >= DECK.most_slides) {
    throw new Error(`the deck has ${DECK.most_slides} slides, which is the most: remove one first.`);
  }
  deck.slides.push(newSlide({ ...known, title: known.title.slice(0, DECK.longest.title) }));
  keepDeck(deck);
  return deck.slides.length;
}
