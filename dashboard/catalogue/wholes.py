"""What makes a whole: parts that may be stacked because together they are all of something.

Parts are stacked only where this table says that they belong together, and only in years in which
they fill the whole within the rounding of their source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.naming import runs

Remainder = Literal["shown", "gap"]

# Of the parts of a whole at least this part must be given in a year; with fewer, what is not given
# would say more of the source than of the whole.
ENOUGH_PARTS = 0.5
FULL = 100.0


@dataclass(frozen=True)
class Whole:
    """Parts and what they add up to.

    Attributes:
        whole_id: identifier.
        name: the whole in words, as a title names it.
        indicators: the indicator that each part is, of one place; or the single indicator that the
            parts in `places` have.
        parts: name of each part, in the order in which they are stacked, by the identifier of its
            indicator or its place.
        places: True if the parts are places.
        total_place: place that holds the whole of the same indicator; empty where the whole is
            100 per cent.
        remainder: what becomes of a year in which some part is not given: "shown" leaves what lacks
            to the whole as a part "not given"; "gap" leaves the year out.
        note: what a reader must know of the parts.
    """

    whole_id: str
    name: str
    indicators: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    places: bool = False
    total_place: str = ""
    remainder: Remainder = "shown"
    note: str = ""

    @property
    def names(self) -> dict[str, str]:
        """Name of each part by its identifier."""
        return dict(self.parts)


WHOLES: tuple[Whole, ...] = (
    Whole(
        "rd_by_performer",
        "R&D by who carries it out",
        (
            "rd_performed_business_share",
            "rd_performed_higher_ed_share",
            "rd_performed_government_share",
            "rd_performed_nonprofit_share",
        ),
        (
            ("rd_performed_business_share", "Firms"),
            ("rd_performed_higher_ed_share", "Universities"),
            ("rd_performed_government_share", "Government"),
            ("rd_performed_nonprofit_share", "Non-profit bodies"),
        ),
    ),
    Whole(
        "rd_by_financier",
        "R&D by who pays for it",
        (
            "rd_funded_business_share",
            "rd_funded_government_share",
            "rd_funded_other_domestic_share",
            "rd_funded_abroad_share",
        ),
        (
            ("rd_funded_business_share", "Firms"),
            ("rd_funded_government_share", "Government"),
            ("rd_funded_other_domestic_share", "Other at home"),
            ("rd_funded_abroad_share", "From abroad"),
        ),
    ),
    Whole(
        "chip_sales_by_region",
        "World semiconductor sales by region of the buyer",
        ("semiconductor_billings",),
        (
            ("wsts_asia_pacific", "Asia Pacific"),
            ("wsts_americas", "Americas"),
            ("wsts_japan", "Japan"),
            ("wsts_europe", "Europe"),
        ),
        places=True,
        total_place="wsts_world",
        remainder="gap",
        note="Asia Pacific is without Japan and holds China.",
    ),
    Whole(
        "ic_sales_by_home",
        "World sales of integrated circuits by home of the firm",
        ("ic_sales_share_by_headquarters",),
        (
            ("USA", "United States"),
            ("asia_pacific_ex_japan", "Asia Pacific without Japan"),
            ("JPN", "Japan"),
            ("europe", "Europe"),
        ),
        places=True,
    ),
    Whole(
        "wafer_capacity",
        "World wafer capacity by where it is installed (IC Insights)",
        ("wafer_capacity_share_ic_insights",),
        (
            ("TWN", "Taiwan"),
            ("KOR", "South Korea"),
            ("JPN", "Japan"),
            ("CHN", "China"),
            ("north_america", "North America"),
            ("europe", "Europe"),
            ("rest_of_world", "Rest of the world"),
        ),
        places=True,
    ),
)


def whole_of(whole_id: str) -> Whole:
    """One whole.

    Raises:
        UnknownIdentifierError: if the table has no such whole.
    """
    found = {whole.whole_id: whole for whole in WHOLES}
    if whole_id not in found:
        raise UnknownIdentifierError("whole", whole_id, list(found))
    return found[whole_id]


def parts_of(catalogue: Catalogue, whole: Whole, place_id: str) -> pd.DataFrame:
    """The values of the parts, and in each year what lacks to the whole.

    Args:
        catalogue: holds the series.
        whole: one of WHOLES.
        place_id: the place whose indicators the parts are; for wholes whose parts are places it
            makes no difference.

    Returns:
        Rows as `Catalogue.series` returns them, with their sources, in the order of the parts and
        then of years, and with

        * part, part_name;
        * whole_value: the whole of that year in the unit of the parts (100 for shares);
        * remainder: what lacks to it: 0 where the parts fill it within the rounding they are
          printed with, above zero where the source does not give some part, and missing in a year
          that cannot be stacked, because parts are too few or add up to more than the whole.
    """
    if whole.places:
        [indicator_id] = whole.indicators
        rows = catalogue.series(indicator_id, list(whole.names))
        rows = rows.assign(part=rows["place_id"])
    else:
        rows = pd.concat([catalogue.series(key, [place_id]) for key in whole.indicators])
        rows = rows.assign(part=rows["indicator_id"])
    rank = {part: index for index, part in enumerate(whole.names)}
    rows = rows.assign(part_name=rows["part"].map(whole.names), _rank=rows["part"].map(rank))
    rows = rows.sort_values(["_rank", "year"], kind="stable").drop(columns="_rank")
    rows = rows.reset_index(drop=True)
    rows["whole_value"] = rows["year"].map(_totals(catalogue, whole, rows))
    decimals = max(catalogue.indicators[key].decimals for key in whole.indicators)
    lacking = {
        year: _remainder(group, whole, decimals) for year, group in rows.groupby("year", sort=False)
    }
    return rows.assign(remainder=rows["year"].map(lacking).astype("float64"))


def parts_findings(rows: pd.DataFrame, whole: Whole) -> list[Finding]:
    """What a reader must know of the years: which are left out, which have a part not given.

    Args:
        rows: as `parts_of` returns them.
        whole: the whole that they are parts of.
    """
    found = []
    of_years = {int(year): group for year, group in rows.groupby("year")}
    short: list[int] = []
    over: list[int] = []
    open_years: list[int] = []
    mixed: list[int] = []
    for year, group in of_years.items():
        lacking = group["remainder"].iloc[0]
        if pd.isna(lacking):
            total = group["whole_value"].iloc[0]
            is_over = pd.notna(total) and group["value"].sum() > total
            (over if is_over else short).append(year)
        elif lacking > 0:
            open_years.append(year)
        if group["source_id"].nunique() > 1:
            mixed.append(year)
    for code, words, years in (
        ("parts_missing", "Left out, because parts of the whole have no value", short),
        ("parts_exceed", "Left out, because the parts add up to more than the whole", over),
        (
            "parts_not_given",
            "The parts do not fill the whole; what lacks stands as “not given”",
            open_years,
        ),
    ):
        if years:
            text = f"{words}: {runs(years)}."
            found.append(Finding("missing", code, text, _places(rows), tuple(years)))
    if mixed:
        text = f"Parts of one year come from several documents: {runs(mixed)}."
        found.append(Finding("caution", "parts_of_several", text, _places(rows), tuple(mixed)))
    if whole.note:
        found.append(Finding("note", "parts_note", whole.note, _places(rows)))
    return found


def _totals(catalogue: Catalogue, whole: Whole, rows: pd.DataFrame) -> dict[int, float]:
    """The whole of each year."""
    if not whole.total_place:
        return dict.fromkeys(rows["year"].unique(), FULL)
    total = catalogue.series(whole.indicators[0], [whole.total_place])
    return dict(zip(total["year"], total["value"], strict=True))


def _remainder(rows: pd.DataFrame, whole: Whole, decimals: int) -> float:
    """What lacks to the whole in a year; missing where the year cannot be stacked."""
    gap = float("nan")
    total = rows["whole_value"].iloc[0]
    given = rows["part"].nunique()
    if pd.isna(total) or (rows["value"] < 0).any() or given < ENOUGH_PARTS * len(whole.parts):
        return gap
    # Each part, and the whole where it is printed, may be off by half a unit of its last digit.
    printed = given + bool(whole.total_place)
    slack = printed * 0.5 * 10.0**-decimals + 1e-9 * total
    lacking = float(total - rows["value"].sum())
    if abs(lacking) <= slack:
        return 0.0
    if lacking < 0 or whole.remainder == "gap":
        return gap
    return lacking


def _places(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rows["place_id"]))
