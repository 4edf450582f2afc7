"""The documents behind one place: what of each kind of thing rests on which."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue

# Tables with rows of a place, the word for one of them, and the columns that name the place.
TABLES = {
    "observations": ("value", ("place_id",)),
    "definitions": ("legal limit", ("economy",)),
    "manufacturing_sectors": ("sector", ("economy",)),
    "programmes": ("programme", ("economy",)),
    "programme_funding": ("amount", ("place_id",)),
    "links": ("tie", ("from_place_id", "to_place_id")),
    "events": ("event", ("place_id",)),
    "fabs": ("fab", ("place_id", "economy")),
    "profiles": ("verdict", ("place_id",)),
    "value_chains": ("link of the value chain", ("place_id",)),
    "lessons": ("lesson", ("place_ids",)),
    "frameworks": ("comparison", ("place_ids",)),
    "places": ("description", ("place_id",)),
    "exchange_rates": ("exchange rate", ("economy",)),
    "deflators": ("price index", ("economy",)),
}


def documents_of_place(catalogue: Catalogue, place_id: str) -> pd.DataFrame:
    """The documents that anything of a place rests on, the one with most first.

    An economy has the amounts of the programmes it runs, too, and a place that a programme chose
    has the programme.

    Returns:
        One row per document: source_id, rows (how many things rest on it) and rests ("12 values,
        1 tie").

    Raises:
        UnknownIdentifierError: if the place is not in the catalogue.
    """
    place = catalogue.place(place_id)
    programmes = set(catalogue.programmes(place_id)["programme_id"])
    uses: dict[str, Counter[str]] = {}
    for name, (thing, columns) in TABLES.items():
        rows = catalogue.table(name)
        own = pd.Series(False, index=rows.index)
        for column in columns:
            cells = rows[column]
            if column == "place_ids":
                cells = cells.str.split(";").explode()
            own[cells.index[cells == place_id]] = True
        if name == "programme_funding":
            own |= rows["programme_id"].isin(programmes)
        if name == "programmes" and place.programme_id:
            own |= rows["programme_id"] == place.programme_id
        column = "source_ids" if "source_ids" in rows else "source_id"
        for cell in rows.loc[own, column]:
            for source_id in cell.split(";"):
                uses.setdefault(source_id, Counter())[thing] += 1
    table = pd.DataFrame(
        {
            "source_id": list(uses),
            "rows": [counts.total() for counts in uses.values()],
            "rests": [_words(counts) for counts in uses.values()],
        }
    )
    return table.sort_values(
        ["rows", "source_id"], ascending=[False, True], kind="stable", ignore_index=True
    )


def _words(counts: Counter[str]) -> str:
    plurals = {
        "price index": "price indices",
        "link of the value chain": "links of the value chain",
    }
    return ", ".join(
        f"{number:,} {thing if number == 1 else plurals.get(thing, f'{thing}s')}"
        for thing, number in counts.items()
    )
