"""Two indicators of the same place and the same year, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.catalogue.cells import has_caveat

KEY = ["place_id", "year"]
TAKEN = ["value", "value_low", "value_high", "qualifier", "definition_id"]
COLUMNS = [
    "place_id",
    "place_name",
    "year",
    *(f"{axis}{end}" for axis in ("x", "y") for end in ("", "_low", "_high", "_qualifier")),
    "size",
    "size_qualifier",
    "is_estimate",
    "is_break",
]


def pair(
    x_rows: pd.DataFrame,
    y_rows: pd.DataFrame,
    size_rows: pd.DataFrame | None = None,
    *,
    x_name: str = "the indicator across",
    y_name: str = "the indicator upwards",
) -> tuple[pd.DataFrame, list[str]]:
    """Join rows of the same place and year; a value is never taken from another year.

    Args:
        x_rows: one row per place and year, with the columns of `Catalogue.series`.
        y_rows: likewise, of the other indicator.
        size_rows: likewise, of what sizes the markers; a pair without one is kept.
        x_name: what the reasons call the first indicator.
        y_name: what they call the second.

    Returns:
        One row per place and year with both values, in the order of the places in `x_rows`:
        place_id, place_name, year; of each axis x, x_low, x_high and x_qualifier (y likewise);
        size and size_qualifier, missing where there is none; `is_estimate`, True where a source
        calls either value an estimate; `is_break`, True where a legal definition changes or a
        source says that a series breaks after the place's pair before.
        And a sentence part for each place without a pair: "Taiwan (no value of R&D)".
    """
    across, upwards = _values(x_rows), _values(y_rows)
    both = across.merge(upwards, on=KEY, suffixes=("_across", "_upwards"))
    pairs = pd.DataFrame({name: both[name] for name in KEY})
    pairs["place_name"] = both["place_name_across"]
    for axis, side in (("x", "across"), ("y", "upwards")):
        pairs[axis] = both[f"value_{side}"]
        for end in ("low", "high"):
            pairs[f"{axis}_{end}"] = both[f"value_{end}_{side}"]
        pairs[f"{axis}_qualifier"] = both[f"qualifier_{side}"]
    pairs["is_estimate"] = both["is_estimate_across"] | both["is_estimate_upwards"]
    pairs = pairs.merge(_sizes(size_rows), on=KEY, how="left")
    order = {key: rank for rank, key in enumerate(dict.fromkeys(across["place_id"]))}
    place = pairs["place_id"].map(order)
    pairs["is_break"] = _breaks(both)
    pairs = pairs.assign(_place=place).sort_values(["_place", "year"], kind="stable")
    return pairs[COLUMNS].reset_index(drop=True), _left_out(across, upwards, x_name, y_name)


def above_zero(
    pairs: pd.DataFrame, *, log_x: bool = False, log_y: bool = False
) -> tuple[pd.DataFrame, list[str]]:
    """The pairs that log axes have a place for, and the names of places with others.

    Args:
        pairs: as `pair` returns them.
        log_x: the axis across is in powers of ten.
        log_y: the axis upwards is.
    """
    drawn = pd.Series(True, index=pairs.index)
    if log_x:
        drawn &= pairs["x"] > 0
    if log_y:
        drawn &= pairs["y"] > 0
    names = list(dict.fromkeys(pairs.loc[~drawn, "place_name"]))
    return pairs[drawn].reset_index(drop=True), names


def _values(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows[rows["value"].notna() & rows["year"].notna()].drop_duplicates(KEY)
    kept = kept.assign(
        is_break=has_caveat(kept, "break_in_series"), is_estimate=has_caveat(kept, "estimate")
    )
    return kept[[*KEY, "place_name", *TAKEN, "is_break", "is_estimate"]]


def _sizes(rows: pd.DataFrame | None) -> pd.DataFrame:
    columns = {"value": "size", "qualifier": "size_qualifier"}
    if rows is None:
        empty = {"place_id": "str", "year": "Int64", "size": "float64", "size_qualifier": "str"}
        return pd.DataFrame(columns=list(empty)).astype(empty)
    return _values(rows)[[*KEY, *columns]].rename(columns=columns)


def _breaks(both: pd.DataFrame) -> pd.Series:
    """True where no line may come from the pair before."""
    found = both["is_break_across"] | both["is_break_upwards"]
    for side in ("across", "upwards"):
        law = both[f"definition_id_{side}"].fillna("")
        earlier = both.assign(law=law).sort_values("year").groupby("place_id")["law"].shift()
        earlier = earlier.reindex(both.index).fillna("")
        found |= (law != earlier) & (law != "") & (earlier != "")
    return found.astype("bool")


def _left_out(across: pd.DataFrame, upwards: pd.DataFrame, x_name: str, y_name: str) -> list[str]:
    years = [table.groupby("place_id")["year"].agg(set) for table in (across, upwards)]
    names = pd.concat([across, upwards]).drop_duplicates("place_id").set_index("place_id")
    found = []
    for place_id, name in names["place_name"].items():
        held: Sequence[set[int]] = [table.get(place_id, set()) for table in years]
        if not held[0] or not held[1]:
            lacking = x_name if not held[0] else y_name
            found.append(f"{name} (no value of {lacking})")
        elif not held[0] & held[1]:
            found.append(
                f"{name} (no year with both: {x_name} {_span(held[0])}, {y_name} {_span(held[1])})"
            )
    return found


def _span(years: set[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"
