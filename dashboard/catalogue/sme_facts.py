"""What the papers say of small firms, where sources differ, and the largest sectors."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import is_whole_year
from dashboard.catalogue.keeping import of_package

# A count of SMEs that the papers give of a programme.
INVOLVED = "smes_involved"


def sme_indicators(catalogue: Catalogue) -> list[str]:
    """Identifiers of all indicators on small firms, those of programmes last."""
    of_topic = [key for key, item in catalogue.indicators.items() if item.topic == "sme"]
    return [*of_topic, *([INVOLVED] if INVOLVED in catalogue.indicators else [])]


@of_package(1)
def paper_figures(catalogue: Catalogue) -> pd.DataFrame:
    """The papers' own figures of small firms; shared, never to be changed.

    Returns:
        One row per figure: as `Catalogue.observations`, with the figure of another document that
        is nearest in time and covers the same (`near_year`, `near_value`, `near_qualifier`,
        `near_source_id`); missing where no other document has one. Sorted by name of place, then
        by indicator.
    """
    found: list[dict] = []
    for indicator_id in sme_indicators(catalogue):
        rows = catalogue.observations(indicator_id)
        is_paper = rows["publisher_type"] == "seed"
        if is_paper.any():
            others = rows[~is_paper & is_whole_year(rows)].to_dict("records")
            papers = rows[is_paper].to_dict("records")
            found.extend({**row, **_nearest(row, others)} for row in papers)
    table = pd.DataFrame(found)
    return table.sort_values("place_name", kind="stable").reset_index(drop=True)


def _nearest(row: dict, others: list[dict]) -> dict[str, object]:
    """The figure of the same place, sectors, industry and firms that is nearest in time."""
    same = [other for other in others if _covers(other) == _covers(row)]
    if same:
        near = min(same, key=lambda other: abs(other["year"] - row["year"]))
    else:
        near = {"year": pd.NA, "value": float("nan"), "qualifier": "", "source_id": ""}
    return {f"near_{name}": near[name] for name in ("year", "value", "qualifier", "source_id")}


def _covers(row: dict) -> tuple[str, ...]:
    # A source that does not name the sectors mostly means all of them.
    sectors = "all" if row["scope"] == "unspecified" else row["scope"]
    return row["place_id"], sectors, row["industry"], row["firm_scale"]


def sme_conflicts(catalogue: Catalogue, places: tuple[str, ...] = ()) -> pd.DataFrame:
    """Facts on small firms whose sources differ, as `Catalogue.conflicts`.

    Args:
        catalogue: holds the values.
        places: keep these places; without any, all.
    """
    rows = catalogue.conflicts()
    rows = rows[rows["indicator_id"].isin(sme_indicators(catalogue))]
    if places:
        rows = rows[rows["place_id"].isin(places)]
    return rows.reset_index(drop=True)


def largest_sectors(
    catalogue: Catalogue, places: tuple[str, ...] = (), industry_types: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The largest manufacturing sectors of economies, by value added.

    Args:
        catalogue: holds the table.
        places: keep these economies, in this order; without any, all by name.
        industry_types: keep sectors of these types; without any, all.

    Returns:
        Rows of the table `manufacturing_sectors` with `place_name` and `industry_type` (empty
        where the sector has none), those of one economy together, the largest first.
    """
    rows = catalogue.table("manufacturing_sectors")
    industries = catalogue.table("industries").set_index("industry")["industry_type"]
    rows = rows.assign(
        place_name=[catalogue.places[key].name for key in rows["economy"]],
        industry_type=rows["industry"].map(industries).fillna(""),
    )
    if places:
        rows = rows[rows["economy"].isin(places)]
    if industry_types:
        rows = rows[rows["industry_type"].isin(industry_types)]
    order = {key: at for at, key in enumerate(places)}
    rows = rows.assign(_order=rows["economy"].map(order).fillna(0))
    rows = rows.sort_values(["_order", "place_name", "rank"], kind="stable")
    return rows.drop(columns="_order").reset_index(drop=True)
