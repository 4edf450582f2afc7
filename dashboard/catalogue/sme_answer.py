"""How important are SMEs in an economy? An answer made of figures that compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import FIRM, allowed
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.legal_limits import widest_limit
from dashboard.catalogue.nearness import YEARS_APART
from dashboard.catalogue.sme_measures import (
    MEASURES,
    RECOUNTED,
    USUAL,
    Measure,
    is_recounted,
    shares,
)

# Shares that leave something to larger firms, whatever was rounded away.
INNER = (2, 98)


@dataclass(frozen=True, eq=False)
class Figure:
    """The newest share of one measure, and who compares.

    Attributes:
        measure: what SMEs have a share of.
        row: the observation, as a row of `Catalogue.series`.
        limit: the widest limit of its law in words; empty where its source names none.
        newer: a newer row of the same share, whose source names no law; None without one.
        alike: rows of other places that compare, one each, the highest value first.
        left_out: names of the other places with a value, by why they do not compare.
    """

    measure: Measure
    row: pd.Series
    limit: str
    newer: pd.Series | None
    alike: pd.DataFrame
    left_out: dict[str, tuple[str, ...]]

    @property
    def is_whole(self) -> bool:
        """True if the share is one of all industries, or of sectors that its source leaves open."""
        return self.row["scope"] in ("all", "unspecified") and self.row["industry"] == "all"


@dataclass(frozen=True, eq=False)
class PerPerson:
    """Value added per person in SMEs against larger firms, from two shares of one count.

    `ratio` is (v/e) / ((100-v)/(100-e)) of the shares of value added `value` and employment
    `employment`, both rows of one year, law and sectors; `low` and `high` are what it may be as
    both shares are rounded.
    """

    ratio: float
    low: float
    high: float
    value: pd.Series
    employment: pd.Series


@dataclass(frozen=True, eq=False)
class Answer:
    """All that an answer on one economy is made of.

    Attributes:
        place_id: the economy.
        together: figures of all industries by one law: they may stand in one sentence.
        apart: the other figures, which count otherwise.
        per_person: see `PerPerson`; None where no year has both shares by one count.
    """

    place_id: str
    together: tuple[Figure, ...]
    apart: tuple[Figure, ...]
    per_person: PerPerson | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the measures."""
        order = {measure.name: at for at, measure in enumerate(MEASURES)}
        return tuple(
            sorted((*self.together, *self.apart), key=lambda item: order[item.measure.name])
        )


def economies_with_answer(catalogue: Catalogue) -> list[str]:
    """Identifiers of the economies that have a share of any measure, those in focus first."""
    usual = [key for keys in USUAL.values() for key in keys]
    held = {place for key in usual for place in catalogue.places_with(key, "economy")}
    places = [catalogue.places[key] for key in held]
    places.sort(key=lambda place: (not place.in_focus, place.name))
    return [place.place_id for place in places]


@of_package(64)
def answer(catalogue: Catalogue, place_id: str) -> Answer:
    """How important SMEs are in an economy.

    Of each measure the newest figure that names its law is taken, because only such a figure can
    be compared; without one, the newest. The law that most figures of all industries follow makes
    them one group; on a tie the one of the newest figure.

    Raises:
        UnknownIdentifierError: if the place is not in the catalogue.
    """
    catalogue.place(place_id)
    found = [
        figure
        for measure in MEASURES
        if (figure := _figure(catalogue, place_id, measure)) is not None
    ]
    laws = [
        (item.row["definition_id"], int(item.row["year"]))
        for item in found
        if item.is_whole and item.row["definition_id"]
    ]
    counts = {law: [year for other, year in laws if other == law] for law, _ in laws}
    main = max(counts, key=lambda law: (len(counts[law]), max(counts[law])), default=None)
    together = tuple(
        item
        for item in found
        if main is not None and item.is_whole and item.row["definition_id"] == main
    )
    apart = tuple(item for item in found if item not in together)
    return Answer(place_id, together, apart, _per_person(catalogue, place_id))


def _figure(catalogue: Catalogue, place_id: str, measure: Measure) -> Figure | None:
    for indicator_id in USUAL[measure.name]:
        rows = shares(catalogue, indicator_id)
        own = rows[rows["place_id"] == place_id]
        if own.empty:
            continue
        named = own[own["definition_id"] != ""]
        row = (own if named.empty else named).iloc[-1]
        newer = own[own["year"] > row["year"]]
        alike, left_out = _alike(rows[rows["place_id"] != place_id], row, catalogue)
        law = str(row["definition_id"])
        return Figure(
            measure=measure,
            row=row,
            limit=widest_limit(law, catalogue).words if law else "",
            newer=None if newer.empty else newer.iloc[-1],
            alike=alike,
            left_out=left_out,
        )
    return None


def _alike(
    others: pd.DataFrame, row: pd.Series, catalogue: Catalogue
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]]]:
    """The rows of other places that compare with one, and why each other place has none."""
    columns = ["place_id", "place_name", "year", "scope", "industry", "definition_id", "caveats"]
    mine = {name: row[name] for name in columns}
    places: dict[str, list[dict[str, Any]]] = {}
    for at, cells in enumerate(others[columns].astype("object").to_dict("records")):
        places.setdefault(cells["place_id"], []).append({**cells, "at": at})
    kept: list[int] = []
    reasons: dict[str, list[str]] = {}
    for held in places.values():
        # The nearest year first, the newer one on a tie.
        held.sort(key=lambda other: (abs(other["year"] - mine["year"]), -other["year"]))
        near = [other for other in held if abs(other["year"] - mine["year"]) <= YEARS_APART]
        good = [other["at"] for other in near if _why_not(other, mine, catalogue) is None]
        if good:
            kept.append(good[0])
            continue
        why, which = f"no figure within {YEARS_APART} years of {mine['year']}", ""
        if near:
            why, which = _why_not(near[0], mine, catalogue) or ("", "")
        else:
            which = str(held[0]["year"])
        name = held[0]["place_name"]
        reasons.setdefault(why, []).append(f"{name} ({which})" if which else name)
    alike = others.iloc[kept].sort_values("value", ascending=False, kind="stable")
    left_out = {why: tuple(sorted(names)) for why, names in reasons.items()}
    return alike.reset_index(drop=True), left_out


def _why_not(
    other: dict[str, Any], mine: dict[str, Any], catalogue: Catalogue
) -> tuple[str, str] | None:
    """Why a figure of another place does not compare, and what it has instead; None if it does."""
    covered = [
        ("all" if item["scope"] == "unspecified" else item["scope"], item["industry"])
        for item in (mine, other)
    ]
    if covered[0] != covered[1]:
        return "other sectors", ""
    if not mine["definition_id"]:
        return "the source of this figure names no legal definition", ""
    if not other["definition_id"]:
        return "the source names no legal definition", ""
    limits = [widest_limit(item["definition_id"], catalogue) for item in (mine, other)]
    if limits[0].key != limits[1].key:
        return "another legal limit", limits[1].words
    if RECOUNTED in other["caveats"].split(";"):
        return "counted in another way than its other years", str(other["year"])
    return None


def _per_person(catalogue: Catalogue, place_id: str) -> PerPerson | None:
    """The newest year with shares of value added (or GDP) and employment by one count."""
    jobs = shares(catalogue, "sme_share_employment")
    jobs = _countable(jobs[jobs["place_id"] == place_id])
    best: PerPerson | None = None
    for indicator_id in ("sme_share_value_added", "sme_share_gdp"):
        rows = shares(catalogue, indicator_id)
        rows = _countable(rows[rows["place_id"] == place_id])
        both = rows.merge(jobs, on=["year", "scope", "industry", "definition_id"])
        if both.empty:
            continue
        year = both["year"].max()
        if best is not None and best.value["year"] >= year:
            continue
        value = rows[rows["year"] == year].iloc[0]
        employment = jobs[jobs["year"] == year].iloc[0]
        (v_low, v_high), (e_low, e_high) = allowed(value), allowed(employment)
        best = PerPerson(
            per_person_ratio(value["value"], employment["value"]),
            per_person_ratio(v_low, e_high),
            per_person_ratio(v_high, e_low),
            value,
            employment,
        )
    return best


def per_person_ratio(value_share: float, employment_share: float) -> float:
    """Value added per person in SMEs, as a part of that in all larger firms.

    Args:
        value_share: of SMEs in value added, per cent, above 0 and below 100.
        employment_share: of SMEs in employment, per cent, above 0 and below 100.
    """
    large = (100 - value_share) / (100 - employment_share)
    return (value_share / employment_share) / large


def _countable(rows: pd.DataFrame) -> pd.DataFrame:
    """Firm shares that name their law and leave something to larger firms."""
    return rows[
        (rows["definition_id"] != "")
        & rows["qualifier"].isin(FIRM)
        & ~is_recounted(rows)
        & rows["value"].between(*INNER)
    ]


def position(figure: Figure) -> str:
    """Where a figure stands among those that compare: "highest of 4"; empty without an order.

    There is none where a figure is a bound, a range or approximate.
    """
    others: Sequence[float] = list(figure.alike["value"])
    qualifiers = [figure.row["qualifier"], *figure.alike["qualifier"]]
    if not others or any(item != "exact" for item in qualifiers):
        return ""
    value, number = figure.row["value"], len(others) + 1
    if value in others:
        return ""
    rank = 1 + sum(other > value for other in others)
    if rank == 1:
        return f"highest of {number}"
    return f"lowest of {number}" if rank == number else f"number {rank} of {number}"
