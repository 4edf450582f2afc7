"""Who counts as an SME: legal limits side by side, and shares that were counted by two of them."""

from __future__ import annotations

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.cells import is_whole_year
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.legal_limits import WHOLE_SIZE_CLASSES, widest_limit
from dashboard.catalogue.sme_measures import SHARES, is_recounted, sectors_of

LIMITS = {"employees": "max_employees", "capital": "max_capital", "turnover": "max_turnover"}
# Limits are asked for by these sectors; agriculture, construction and mining belong to neither.
LAW_SECTORS = ("manufacturing", "services")

# Words by which the laws of the table name their sectors.
_EVERY = ("all", "formal sector", "private sector", "business economy", "non-financial business")
_MAKERS = (
    *("manufactur", "industry", "industrial", "automotive", "beverages", "electrical equipment"),
    *("clothing", "furniture", "food"),
)
_SERVICES = (
    *("service", "trade", "wholesale", "retail", "transport", "warehousing", "lodging", "repair"),
    *("g51331",),
)


def law_sectors(sector_scope: str) -> frozenset[str]:
    """Which of `LAW_SECTORS` a limit holds for, by the words of its law."""
    words = sector_scope.lower()
    if words == "non_manufacturing":
        return frozenset({"services"})
    if words == "all except services":
        return frozenset({"manufacturing"})
    if words.startswith(_EVERY):
        return frozenset(LAW_SECTORS)
    found = set()
    if any(word in words for word in _MAKERS):
        found.add("manufacturing")
    if any(word in words for word in _SERVICES):
        found.add("services")
    return frozenset(found)


def laws(
    catalogue: Catalogue,
    economies: tuple[str, ...] = (),
    *,
    definitions: tuple[str, ...] = (),
    sector: str | None = None,
    in_force: bool = False,
    widest: bool = True,
) -> pd.DataFrame:
    """Legal limits, those of one economy together, its older laws first.

    Args:
        catalogue: holds the table.
        economies: keep the laws of these, in this order; without any, those of all, by name.
        definitions: keep these definitions; without any, all.
        sector: keep limits that hold for it, one of `LAW_SECTORS`.
        in_force: leave out laws whose last year is stated.
        widest: keep the limits up to which a firm counts at all, not those of micro and small
            firms, where a definition has both.

    Returns:
        Rows of the table `definitions` with `place_name`, `heading` (whose it is, years in force;
        who says so where that would not tell two apart)
        and, of each limit of money, its worth in US dollars (`usd_capital`, `usd_turnover`) at the
        rate of the year in `usd_year`.
    """
    rows = catalogue.table("definitions")
    if economies:
        rows = rows[rows["economy"].isin(economies)]
    if definitions:
        rows = rows[rows["definition_id"].isin(definitions)]
    if sector is not None:
        rows = rows[[sector in law_sectors(scope) for scope in rows["sector_scope"]]]
    if in_force:
        rows = rows[rows["valid_to"].isna()]
    if widest:
        is_whole = rows["size_class"].isin(WHOLE_SIZE_CLASSES)
        has_whole = is_whole.groupby(rows["definition_id"]).transform("any")
        rows = rows[is_whole | ~has_whole]
    order = {key: at for at, key in enumerate(economies)}
    names = {key: catalogue.places[key].name for key in set(rows["economy"])}
    starts = rows.groupby("definition_id")["valid_from"].transform("min").fillna(0)
    rows = rows.assign(
        place_name=rows["economy"].map(names),
        _order=rows["economy"].map(order).fillna(0),
        _start=starts,
    )
    rows = rows.sort_values(["_order", "place_name", "_start", "definition_id"], kind="stable")
    rows = rows.assign(heading=rows["definition_id"].map(_headings(rows, catalogue)))
    return _in_usd(rows.drop(columns=["_order", "_start"]).reset_index(drop=True), catalogue)


def _headings(rows: pd.DataFrame, catalogue: Catalogue) -> dict[str, str]:
    """A heading for each definition; who says so stands in it where two would be alike."""
    groups = {str(key): group for key, group in rows.groupby("definition_id")}
    headings = {key: _heading(group) for key, group in groups.items()}
    all_headings = list(headings.values())
    for key, group in groups.items():
        if all_headings.count(headings[key]) > 1:
            source = catalogue.sources[str(group["source_id"].iloc[0])]
            headings[key] += f" ({source.author or source.title})"
    return headings


def _heading(rows: pd.DataFrame) -> str:
    """Whose law it is, and when it holds."""
    first, last = rows["valid_from"].min(), rows["valid_to"].max()
    if pd.notna(first) and pd.notna(last):
        when = f"{int(first)}–{int(last)}"
    elif pd.notna(first):
        when = f"from {int(first)}"
    elif pd.notna(last):
        when = f"to {int(last)}"
    else:
        when = "years in force not stated"
    return f"{rows['place_name'].iloc[0]}, {when}"


def rates_used(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Exchange rates behind limits in US dollars, one row of the table for each currency.

    Args:
        rows: limits with their `currency`.
        catalogue: holds the rates.

    Returns:
        Rows of the newest year that every currency of the laws has, whichever are asked for.
    """
    rates = catalogue.table("exchange_rates")
    of_laws = set(catalogue.table("definitions")["currency"]) - {""}
    rates = rates[rates["currency"].isin(of_laws)]
    year = rates.groupby("currency")["year"].max().min()
    rates = rates[(rates["year"] == year) & rates["currency"].isin(set(rows["currency"]))]
    return rates.drop_duplicates("currency").reset_index(drop=True)


def _in_usd(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    rates = rates_used(rows, catalogue).set_index("currency")
    rate = rows["currency"].map(rates["local_per_usd"])
    return rows.assign(
        usd_capital=rows["max_capital"] / rate,
        usd_turnover=rows["max_turnover"] / rate,
        usd_year=rows["currency"].map(rates["year"]),
    )


@of_package(1)
def counted_twice(catalogue: Catalogue) -> pd.DataFrame:
    """Facts (a share of a place, year and sectors) that were counted in two ways.

    Shared, never to be changed. Kept are figures of whole years that name different laws, or of
    which one is said to count otherwise. Different figures of one way to count are conflicts and
    not among them.

    Returns:
        One row per figure: as `Catalogue.observations`, with `pair` (number of the fact, from 1)
        and `limit` (the widest limit of its law in words; empty where it names none); sorted by
        pair, the preferred figure first.
    """
    found: list[pd.DataFrame] = []
    for indicator_id in SHARES:
        rows = catalogue.observations(indicator_id)
        rows = rows[is_whole_year(rows)]
        rows = rows.assign(_sectors=sectors_of(rows["scope"]))
        fact = ["place_id", "year", "_sectors", "industry", "firm_scale"]
        rows = rows[rows.duplicated(fact, keep=False)]
        for _, alike in rows.groupby(fact, sort=False):
            is_other = is_recounted(alike)
            ways = set(zip(alike["definition_id"], is_other, strict=True))
            if len(ways) > 1 and alike["value"].nunique() > 1:
                found.append(alike.assign(pair=len(found) + 1).drop(columns="_sectors"))
    if not found:
        return _with_limits(catalogue.nothing.assign(pair=0), catalogue)
    return _with_limits(pd.concat(found, ignore_index=True), catalogue)


def under_another_limit(pairs: pd.DataFrame) -> pd.DataFrame:
    """Of figures counted twice, those of facts whose two laws have different limits.

    Args:
        pairs: as `counted_twice` returns them.
    """
    named = pairs["limit_key"].where(pairs["limit_key"] != "")
    return pairs[named.groupby(pairs["pair"]).transform("nunique") > 1]


@of_package(1)
def counted_otherwise(catalogue: Catalogue) -> pd.DataFrame:
    """Shares counted by another definition than the place's other figures, without a twin.

    Shared, never to be changed.

    Returns:
        One row per figure: as `Catalogue.observations`, with `limit` and, of the figure nearest in
        time that follows the place's usual count, `near_year`, `near_value` and `near_source_id`;
        missing where the place has no other figure of these sectors.
    """
    twice = counted_twice(catalogue)
    paired = set(twice[["indicator_id", "place_id", "year"]].itertuples(index=False, name=None))
    found: list[dict] = []
    for indicator_id in SHARES:
        rows = catalogue.observations(indicator_id)
        rows = rows[is_whole_year(rows)]
        usual = rows[~is_recounted(rows)].to_dict("records")
        alone = [
            row
            for row in rows[is_recounted(rows)].to_dict("records")
            if (indicator_id, row["place_id"], row["year"]) not in paired
        ]
        found.extend({**row, **_nearest(row, usual)} for row in alone)
    return _with_limits(pd.DataFrame(found), catalogue)


def _nearest(row: dict, usual: list[dict]) -> dict[str, object]:
    """The figure of the same place and sectors that is nearest in time."""
    covers = ("place_id", "scope", "industry", "firm_scale")
    same = [other for other in usual if all(other[name] == row[name] for name in covers)]
    if same:
        near = min(same, key=lambda other: abs(other["year"] - row["year"]))
    else:
        near = {"year": pd.NA, "value": float("nan"), "source_id": ""}
    return {f"near_{name}": near[name] for name in ("year", "value", "source_id")}


def _with_limits(rows: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    limits = {key: widest_limit(key, catalogue) for key in set(rows["definition_id"]) - {""}}
    return rows.assign(
        limit=[limits[key].words if key else "" for key in rows["definition_id"]],
        limit_key=[limits[key].key if key else "" for key in rows["definition_id"]],
    )
