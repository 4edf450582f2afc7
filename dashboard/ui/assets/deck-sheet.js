// Slides as pictures, drawn in this browser from what the server says of a view.

/** Something that the server makes of a deck; what it refuses comes with a sentence that says why. */
async function madeOf(address, what, body) {
  let response;
  try {
    response = await fetch(`${address}/${what}`, { method: "POST", body });
  } catch {
    throw new Error("the atlas does not answer: it may have been stopped, or the connection is lost. The deck is kept.");
  }
  if (response.ok) return response;
  const said = await response.json().catch(() => null);
  throw new Error(said?.detail ?? "the server did not answer.");
}

const MOST_HIGHER = 2.2; // than the room of a slide, before letters are too small to be read
const TOO_HIGH =
  "This chart has more rows than a slide shows in letters that can be read: open the view, filter it, and add it again.";

/** Whether a chart has a height of its own that a slide shrinks too much. */
function isTooHigh(figure, size) {
  return (figure.layout.height ?? 0) > (MOST_HIGHER * 0.6 * size.height) / size.zoom;
}

class Sheets {
  constructor(address, library) {
    this.address = address;
    this.library = library;
    this.asked = new Map(); // what the server has said, by what was asked
    this.last = Promise.resolve(); // pages run one after the other: those in sight come first
  }

  /** What a slide is drawn from, asked for once. */
  said(slide, deck) {
    const { link, card, title, text } = slide;
    const asked = { ...deck, slides: [newSlide(link ? { link, card } : { title, text })] };
    const key = JSON.stringify(asked);
    if (!this.asked.has(key)) {
      const answer = this.last.then(async () => (await madeOf(this.address, "preview", key)).json());
      this.last = answer.catch(() => this.asked.delete(key));
      this.asked.set(key, answer);
    }
    return this.asked.get(key);
  }

  /** A slide as a picture: its address, its words, and what is to be said of its link. */
  async picture(slide, deck) {
    const [said] = await Promise.all([this.said(slide, deck), plotly(this.library)]);
    const title = slide.title || said.title;
    const size = DECK.sheets[deck.size];
    const drawn = await sheet(said.figure, { ...said.words, title }, size);
    const markup = new XMLSerializer().serializeToString(drawn);
    const address = URL.createObjectURL(new Blob([markup], { type: "image/svg+xml" }));
    const remarks = isTooHigh(said.figure, size) ? [...said.remarks, TOO_HIGH] : said.remarks;
    return { address, alt: `${title}. ${said.alt}`, title: said.title, remarks };
  }
}
