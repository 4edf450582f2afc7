"""Growth cycles: the years in which a series fell, run by run, and when it was back."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.transforms.factors import Reading


@dataclass(frozen=True)
class Downturn:
    """A run of years, each below the one before.

    Attributes:
        place_id: whose series it is.
        first_year, last_year: the years that fell.
        peak: value of the year before the first of them, in the unit of the series.
        trough: value of the last of them.
        change: from peak to trough, in per cent of the peak.
        back_in: the first later year with a value above the peak; None where there is none yet.
    """

    place_id: str
    first_year: int
    last_year: int
    peak: float
    trough: float
    change: float
    back_in: int | None

    @property
    def name(self) -> str:
        """What it is called: its years, "2001" or "2008–09"."""
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year % 100:02d}"


def downturns(growth: Reading, rows: pd.DataFrame) -> list[Downturn]:
    """The downturns of each place, in order of place and year.

    A year without a change (none the year before, or a break between) ends a run.

    Args:
        growth: as `growth.yearly_growth` returns it for the rows.
        rows: one row per place and year, the values that growth was worked out from.
    """
    found = []
    for place_id, changes in growth.rows.groupby("place_id", sort=False):
        values = rows[rows["place_id"] == place_id].set_index("year")["value"]
        fell = sorted(int(year) for year in changes.loc[changes["value"] < 0, "year"])
        for first, last in _runs(fell):
            peak, trough = float(values[first - 1]), float(values[last])
            later = values[(values.index > last) & (values > peak)]
            found.append(
                Downturn(
                    place_id=str(place_id),
                    first_year=first,
                    last_year=last,
                    peak=peak,
                    trough=trough,
                    change=100 * (trough / peak - 1),
                    back_in=int(later.index.min()) if len(later) else None,
                )
            )
    return found


def _runs(years: list[int]) -> list[tuple[int, int]]:
    """First and last of years that follow one another."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs
