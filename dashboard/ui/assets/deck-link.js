// A deck in a link: compressed, behind the hash, so that it is sent to no server.

const HASH = "#deck=";

async function through(stream, bytes, most = Infinity) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let length = 0;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    length += value.length;
    if (length > most) throw new Error("It holds more than a deck can.");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Address of this page with the deck in it. */
async function deckLink(deck) {
  const text = new TextEncoder().encode(JSON.stringify(deck));
  const packed = await through(new CompressionStream("deflate-raw"), text);
  const letters = btoa(Array.from(packed, (byte) => String.fromCharCode(byte)).join(""));
  const written = letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const link = `${window.location.origin}/present${HASH}${written}`;
  if (link.length > DECK.longest_link) {
    throw new Error(
      `a link of this deck would have ${link.length.toLocaleString("en")} characters, and programs cut those of ` +
        `more than ${DECK.longest_link.toLocaleString("en")}. Save the deck as a file and send that.`,
    );
  }
  return link;
}

/** The text of the deck in an address, or null where there is none. */
async function deckInLink(hash) {
  if (!hash.startsWith(HASH)) return null;
  try {
    const letters = atob(hash.slice(HASH.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), packed, DECK.most_bytes));
  } catch {
    throw new Error("the deck in this link is damaged: it may have been cut. Copy the link again, or ask for the file.");
  }
}
