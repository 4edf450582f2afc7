"""Places of one kind side by side: what is known of each, in the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.columns import Cell, Item, Row, SideBySide, Sort
from dashboard.catalogue.comparability import comparability
from dashboard.catalogue.model import Place
from dashboard.catalogue.paper_tables import cases
from dashboard.catalogue.standing import KEY_FIGURES, against_comparing
from dashboard.catalogue.value_chains import DOUBTS

MOST_PLACES = 4
FEWEST_PLACES = 2
KINDS = ("economy", "hub", "cluster")

# What the cases are judged by in the papers; of other judgements only those that a place has.
DIMENSIONS = (
    "human_capital",
    "social_capital",
    "interactive_learning",
    "weakest_node",
    "policy",
    "value_chain_position",
    "upgrading_strategy",
    "knowledge_providers",
    "decision_level",
)
# Hubs and clusters have hundreds of indicators that no other place has: these are counted.
MOST_INDICATORS = 24
ASSIGNED = "assigned by the curators"
VERDICTS = "Verdicts of the papers"
FABS, NO_FABS = "Fabs, row by row", "none listed"


def places_offered(catalogue: Catalogue, kind: str) -> list[str]:
    """Identifiers of the places that can stand side by side with those of a kind.

    Those of the kind; among clusters also places of other kinds that the papers compare as
    clusters (Bangalore is a hub of the atlas and a case of the papers).
    """
    offered = [place.place_id for place in catalogue.places_of_kind(kind)]
    if kind == "cluster":
        offered += [key for key in cases(catalogue) if key not in offered]
    return offered


def side_by_side(catalogue: Catalogue, kind: str, place_ids: Sequence[str]) -> SideBySide:
    """Everything that is told of places of one kind, in rows that all of them share.

    Args:
        catalogue: holds the places.
        kind: the kind whose rows are shown.
        place_ids: the places, in the order of the columns.
    """
    places = [catalogue.place(key) for key in place_ids]
    facts = _economy_facts if kind == "economy" else _place_facts
    indicators, left_out = _indicators(catalogue, kind, place_ids)
    rows = [
        *facts(catalogue, places),
        *(_indicator_row(catalogue, key, place_ids) for key in indicators),
        _held(catalogue, places),
        *_judgements(catalogue, kind, place_ids),
        _lessons(catalogue, place_ids),
    ]
    return SideBySide(tuple(place_ids), tuple(rows), left_out)


# --- Facts ----------------------------------------------------------------------------------------


def _facts(places: Sequence[Place], cells: Mapping[str, Callable[[Place], Cell]]) -> list[Row]:
    """A row of the group of facts for each name, its cells made by a function of the place."""
    return [
        Row(name, "Facts", tuple(cell(place) for place in places)) for name, cell in cells.items()
    ]


def _said(
    texts: Iterable[str | int | None], missing: str, sort: Sort = "text", note: str = ""
) -> Cell:
    """A cell of facts of the table of places, or the reason why it is empty."""
    items = tuple(Item(str(text), sort, note=note) for text in texts if text)
    return Cell(items) if items else Cell(missing=missing)


def _counted(number: int, thing: str, things: str, none: str) -> Cell:
    if not number:
        return Cell(missing=none)
    return Cell((Item(f"{number} {thing if number == 1 else things}"),))


def _economy_facts(catalogue: Catalogue, places: Sequence[Place]) -> list[Row]:
    currency = catalogue.table("places").set_index("place_id")["currency"]
    fabs = catalogue.table("fabs")["economy"].value_counts()
    programmes = {place.place_id: catalogue.programmes(place.place_id) for place in places}

    def within(place: Place, kind: str) -> Cell:
        number = sum(place.place_id in other.economies for other in catalogue.places_of_kind(kind))
        return _counted(number, kind, f"{kind}s", "none in the atlas")

    def approaches(place: Place) -> Cell:
        found = dict.fromkeys(programmes[place.place_id]["approach"])
        return _said(found, "no programme in the atlas", "code")

    return _facts(
        places,
        {
            "Region": lambda place: _said([place.region], "not listed"),
            "Currency": lambda place: _said([currency[place.place_id]], "not listed"),
            "Hubs": lambda place: within(place, "hub"),
            "Clusters": lambda place: within(place, "cluster"),
            "Cluster programmes": lambda place: _counted(
                len(programmes[place.place_id]), "programme", "programmes", "none in the atlas"
            ),
            "Approach of the programmes": approaches,
            FABS: lambda place: _counted(fabs.get(place.place_id, 0), "row", "rows", NO_FABS),
            "Legal SME definition": lambda place: _law(catalogue, place),
            "Largest manufacturing sectors": lambda place: _sectors(catalogue, place),
        },
    )


def _law(catalogue: Catalogue, place: Place) -> Cell:
    """The definitions of an economy that no later one has replaced."""
    laws = catalogue.table("definitions")
    laws = laws[(laws["economy"] == place.place_id) & laws["valid_to"].isna()]
    first = laws.drop_duplicates("definition_id")
    items = tuple(
        Item(
            catalogue.definition_words(law.definition_id),
            source_id=law.source_id,
            locator=law.locator,
            note=law.note,
        )
        for law in first.itertuples()
    )
    return Cell(items) if items else Cell(missing="no definition held")


def _sectors(catalogue: Catalogue, place: Place) -> Cell:
    sectors = catalogue.table("manufacturing_sectors")
    sectors = sectors[sectors["economy"] == place.place_id].sort_values("rank")
    items = tuple(
        Item(
            f"{row.sector}: {row.value_added_share:g} % of value added, "
            f"{row.employment_share:g} % of employment",
            source_id=row.source_id,
            locator=row.locator,
            note=row.note,
        )
        for row in sectors.itertuples()
    )
    return Cell(items) if items else Cell(missing="no sectors held")


def _place_facts(catalogue: Catalogue, places: Sequence[Place]) -> list[Row]:
    events = Counter(event.place_id for event in catalogue.events.values())
    fabs = catalogue.table("fabs")["place_id"].value_counts()

    def known(*texts: str | int | None, sort: Sort = "text") -> Cell:
        return _said(texts, "not known", sort)

    def judged(place: Place, name: str, texts: Iterable[str], sort: Sort = "text") -> Cell:
        """A fact that the curators assigned where no source states it."""
        is_assigned = getattr(place, f"{name}_basis") == "curator"
        return _said(texts, "not known", sort, ASSIGNED if is_assigned else "")

    def industries(place: Place) -> Cell:
        names = [catalogue.industry_names[key] for key in place.industries]
        return judged(place, "industries", names)

    def code(name: str) -> Callable[[Place], Cell]:
        return lambda place: judged(place, name, [getattr(place, name)], "code")

    return _facts(
        places,
        {
            "Kind": lambda place: known(place.kind, sort="code"),
            "Economy": lambda place: known(*place.economies, sort="place"),
            "Part of": lambda place: _said([place.parent_id], "of no hub", "place"),
            "Since": lambda place: known(place.start_year),
            "Industries": industries,
            "Industry type": code("industry_type"),
            "Governance scale": code("governance_scale"),
            "Firm scale": code("firm_scale"),
            "Role": lambda place: known(place.role, sort="role"),
            "Anchor firms": lambda place: known(*place.anchor_firms),
            "Universities": lambda place: known(*place.anchor_universities),
            "Core bodies": lambda place: known(*place.core_body),
            "Value chain": lambda place: _chain(catalogue, place),
            "Ties": lambda place: _counted(
                len(catalogue.links(place.place_id)), "tie", "ties", "none held"
            ),
            FABS: lambda place: _counted(fabs.get(place.place_id, 0), "row", "rows", NO_FABS),
            "Events": lambda place: _counted(
                events[place.place_id], "event", "events", "none held"
            ),
        },
    )


def _chain(catalogue: Catalogue, place: Place) -> Cell:
    """The links of a value chain by the strength of learning on them."""
    chains = catalogue.table("value_chains")
    links = chains[chains["place_id"] == place.place_id]
    if links.empty:
        return Cell(missing="no value chain held")
    learning = links["interactive_learning"].value_counts()
    items = tuple(
        Item(f"{learning[name]} of {len(links)} links with {words}")
        for name, words in (
            ("strong", "strong learning"),
            ("limited", "limited learning"),
            ("none", "no learning"),
            ("unrated", "learning that is not rated"),
        )
        if name in learning
    )
    return Cell(items)


# --- Indicators -----------------------------------------------------------------------------------


def _indicators(catalogue: Catalogue, kind: str, place_ids: Sequence[str]) -> tuple[list[str], int]:
    """The indicators to show in the order of the catalogue, and how many are left out.

    Of economies those that tell most. Of hubs and clusters those that two of the places have, or
    all of a single place, up to `MOST_INDICATORS`.
    """
    held = Counter(key for place_id in place_ids for key in catalogue.indicators_of(place_id))
    if kind == "economy":
        chosen = [key for keys in KEY_FIGURES.values() for key in keys if held[key]]
    else:
        fewest = min(FEWEST_PLACES, len(place_ids))
        shared = [key for key in catalogue.indicators if held[key] >= fewest]
        chosen = sorted(shared, key=lambda key: -held[key])[:MOST_INDICATORS]
    shown = set(chosen)
    return [key for key in catalogue.indicators if key in shown], len(held) - len(shown)


def _held(catalogue: Catalogue, places: Sequence[Place]) -> Row:
    cells = (
        _counted(
            len(catalogue.indicators_of(place.place_id)), "indicator", "indicators", "no value held"
        )
        for place in places
    )
    return Row("Indicators held", "Indicators", tuple(cells))


def _indicator_row(catalogue: Catalogue, indicator_id: str, place_ids: Sequence[str]) -> Row:
    """An indicator of all places: of the newest year that most of them have, else their newest."""
    series = catalogue.series(indicator_id, place_ids)
    counts = series.groupby("year")["place_id"].nunique()
    year = int(counts.index[counts == counts.max()].max())
    rows = {}
    for place_id, own in series.groupby("place_id"):
        of_year = own[own["year"] == year]
        rows[str(place_id)] = (own if of_year.empty else of_year).tail(1)
    drawn = pd.concat([rows[key] for key in place_ids if key in rows])
    cells = []
    for key in place_ids:
        if key not in rows:
            cells.append(Cell(missing="no value held"))
            continue
        row = next(rows[key].itertuples())
        cells.append(Cell(observation=row, is_other_year=int(row.year) != year))
    against = against_comparing(comparability(drawn, catalogue))
    topic = catalogue.indicators[indicator_id].topic
    return Row(indicator_id, topic, tuple(cells), "indicator", year, tuple(against))


# --- What the papers say --------------------------------------------------------------------------


def _judgements(catalogue: Catalogue, kind: str, place_ids: Sequence[str]) -> list[Row]:
    profiles = catalogue.table("profiles")
    profiles = profiles[profiles["place_id"].isin(list(place_ids))]
    known = set(profiles["dimension"])
    if kind != "economy" and not known:
        # Of places that no paper judges one row says so, instead of one for each dimension.
        cell = Cell(missing="no verdict in the papers")
        return [Row("All that cases are judged by", VERDICTS, (cell,) * len(place_ids))]
    # Papers judge hubs and clusters; of an economy only what one of them says is a row.
    usual = [name for name in DIMENSIONS if kind != "economy" or name in known]
    names = [*usual, *sorted(known - {*usual, *DOUBTS}), *sorted(known & set(DOUBTS))]
    rows = []
    for name in names:
        said = profiles[profiles["dimension"] == name]
        cells = [
            tuple(
                Item(row.text, "text", row.source_id, row.locator, rating=row.rating)
                for row in said[said["place_id"] == key].itertuples()
            )
            for key in place_ids
        ]
        group, none = VERDICTS, "no verdict in the papers"
        if name in DOUBTS:
            group, none = "Doubts about the papers", "none noted"
        filled = (Cell(items) if items else Cell(missing=none) for items in cells)
        rows.append(Row(name, group, tuple(filled), "dimension"))
    return rows


def _lessons(catalogue: Catalogue, place_ids: Sequence[str]) -> Row:
    lessons = catalogue.table("lessons")
    drawn_from = lessons["place_ids"].str.split(";")
    cells = []
    for key in place_ids:
        own = lessons[drawn_from.map(lambda keys, key=key: key in keys)]
        items = tuple(
            Item(row.text, "text", row.source_id, row.locator) for row in own.itertuples()
        )
        cells.append(Cell(items) if items else Cell(missing="no lesson drawn from it"))
    return Row("Lessons", "Lessons of the papers", tuple(cells))
