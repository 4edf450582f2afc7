"""What scripts in the browser know of decks: their format and limits."""

import json

from dashboard.exports.deck import LONGEST, MARK, MOST_BYTES, MOST_SLIDES, VERSION
from dashboard.exports.deck_files import SHEETS
from dashboard.exports.picture import Picture

# Some programs cut links that are longer.
LONGEST_LINK = 6000
_KNOWN = {
    "mark": MARK,
    "version": VERSION,
    "most_slides": MOST_SLIDES,
    "most_bytes": MOST_BYTES,
    "longest": LONGEST,
    "longest_link": LONGEST_LINK,
    "sheets": {size: Picture(size=name).sheet for size, name in SHEETS.items()},
}
SCRIPT = f"const DECK = {json.dumps(_KNOWN)};"
