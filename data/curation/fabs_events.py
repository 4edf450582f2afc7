"""The tables of wafer fabs and of dated events."""

import re
from collections import Counter

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row, sentences

_NOMINAL = re.compile(r" \(([^()]*); year nominal\)")
_PHASE = re.compile(r"\bphase \d|\(P\d\)", re.IGNORECASE)


def build_fabs(curation: Curation) -> list[Row]:
    """One row per fab or phase of a fab.

    Raises:
        CurationError: when `curated/fab_statuses.csv` does not class a state as printed.
    """
    classes = {row["printed"]: row["status"] for row in curation.rows("curated/fab_statuses")}
    fabs = []
    for row in curation.rows("hubs/fabs"):
        printed = row["status"]
        if printed not in classes:
            raise CurationError(
                f"{row['fab_id']}: fab_statuses.csv has no class for the state {printed!r}."
            )
        sources = [curation.sources.cite("hubs", name) for name in row["source_id"].split(";")]
        fabs.append(
            {name: cell for name, cell in row.items() if name not in ("hub_id", "source_id")}
            | {
                "place_id": curation.place_of("hubs", row["hub_id"]) if row["hub_id"] else "",
                "status": classes[printed],
                "status_note": _dated(printed, curation, sources),
                "source_ids": ";".join(dict.fromkeys(sources)),
                "note": sentences(
                    row["note"],
                    "A phase of a fab, listed on its own"
                    if _PHASE.search(row["plant_name"])
                    else "",
                ),
            }
        )
    return fabs


def _dated(printed: str, curation: Curation, sources: list[str]) -> str:
    """The state as printed, with the year of the newest document where it names none."""
    years = [year for year in map(curation.sources.year_of, sources) if year]
    if re.search(r"\d{4}", printed) or not years:
        return printed
    return f"{printed} (newest document: {max(years)})"


def build_events(curation: Curation) -> list[Row]:
    """One row per event, oldest year first.

    An identifier holds year, place and a serial number in the order of the inputs: a new event
    goes to the end of its input, so that no identifier changes.
    """
    collected = [
        (
            curation.place_of("hubs", row["hub_id"]),
            row | {"note": ""},
            curation.sources.cite("hubs", row["source_id"]),
        )
        for row in curation.rows("hubs/events")
    ]
    from_papers = [
        (row["place_id"], row, curation.sources.cite_known(row["source_id"]))
        for row in curation.rows("seeds/events")
    ]
    serials: Counter[tuple[str, str]] = Counter()
    events = []
    for place_id, row, source_id in collected + from_papers:
        serials[row["year"], place_id] += 1
        nominal = _NOMINAL.search(row["event"])
        events.append(
            {
                "event_id": f"y{row['year']}_{place_id}_{serials[row['year'], place_id]}",
                "place_id": place_id,
                "year": row["year"],
                "date": row["date"],
                "event": _NOMINAL.sub("", row["event"]),
                "source_id": source_id,
                "locator": row["locator"],
                "note": sentences(
                    f"{nominal[1].capitalize()}: the year is nominal" if nominal else "",
                    row["note"],
                ),
            }
        )
    return events
