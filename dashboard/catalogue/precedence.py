"""Which row of a fact is drawn: the rules of precedence, worked out once for a table of rows.

All rules hold within one indicator, so a table of any size can be prepared an indicator at a time.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.catalogue.cells import allowed, is_whole_year
from dashboard.catalogue.model import Place
from dashboard.catalogue.vocabulary import SCOPES

# Years that one source must give of one place for its figures to go before single ones.
LONG_SERIES = 10

# Columns of prepared rows in order of their weight, and the rank of a kind of publisher that the
# table of precedence does not name: the table allows 1 to 99.
PRECEDENCE = ("_backbone", "_publisher", "_published", "_qualifier", "_scope")
UNRANKED = 100


def prepared(
    observations: pd.DataFrame,
    sources: pd.DataFrame,
    precedence: pd.DataFrame,
    places: Mapping[str, Place],
) -> pd.DataFrame:
    """Rows of observations, best first within an indicator, place and year, and what is drawn.

    This order is the whole rule of precedence. Where several rows give the same place and year,
    the first of them is drawn:

    1. a source that gives a series of `LONG_SERIES` years or more of the place goes before one
       that gives single figures, because a line should not hop between sources;
    2. then the kind of publisher, by the table `precedence`: the kinds ranked for this indicator
       first, in their order, then all others by the general rows (those without an indicator); a
       kind that no row ranks comes last;
    3. then the newer document; an undated one counts as the oldest;
    4. then an exact figure before any other qualifier;
    5. then the wider sectors, in the order of `SCOPES`.

    What is still equal keeps the order of the table. Rows without a year come last. The coverage
    of a place (sectors, industry, size of firm) is chosen before this order is applied.

    Args:
        observations: all rows of one indicator or more, as the contract has them.
        sources: the table of that name.
        precedence: the table of that name.
        places: every place by its identifier.

    Returns:
        The rows with `place_name`, `place_kind` and `publisher_type`, and with what is worked out
        of them: the columns `PRECEDENCE`, `_position` (of the row in the table
        given), `_rank` (of the row within its indicator, from 0), `_drawn` (a chart draws it),
        `_rivals` (whole number of other figures of the same year), `_conflict` (number of the
        conflict it is part of, see `Catalogue.conflicts`, or 0), `_first` (of its indicator, place
        and year) and `_press_only` (no source but the press gives any figure of that fact).
    """
    rows = _ranked(observations, sources, precedence, places)
    facts = [rows["indicator_id"], rows["place_id"], rows["year"]]
    is_press = rows["publisher_type"] == "press"
    rows["_press_only"] = is_press.groupby(facts, dropna=False).transform("all").astype("bool")
    rows["_first"] = ~rows.duplicated(["indicator_id", "place_id", "year"])
    is_whole = is_whole_year(rows)
    of_whole_years = is_whole.groupby(facts, dropna=False).transform("sum").astype("int64")
    rows["_rivals"] = (of_whole_years - 1).where(is_whole, 0)
    whole = rows[is_whole]
    drawn = _one_coverage(whole).drop_duplicates(["indicator_id", "place_id", "year"])
    rows["_drawn"] = rows.index.isin(drawn.index)
    rows["_conflict"] = _conflicts(whole).reindex(rows.index, fill_value=0)
    return rows


def _ranked(
    observations: pd.DataFrame,
    sources: pd.DataFrame,
    precedence: pd.DataFrame,
    places: Mapping[str, Place],
) -> pd.DataFrame:
    documents = sources.set_index("source_id")
    publisher = observations["source_id"].map(documents["publisher_type"])
    years = observations.groupby(["indicator_id", "place_id", "source_id"])["year"]
    ranked = observations.assign(
        place_name=observations["place_id"].map({key: item.name for key, item in places.items()}),
        place_kind=observations["place_id"].map({key: item.kind for key, item in places.items()}),
        publisher_type=publisher,
        _backbone=(years.transform("nunique") < LONG_SERIES).astype("int64"),
        _publisher=_publisher_rank(observations["indicator_id"], publisher, precedence),
        _published=-observations["source_id"].map(documents["year"]).fillna(0).astype("int64"),
        _qualifier=(observations["qualifier"] != "exact").astype("int64"),
        _scope=observations["scope"]
        .map({name: at for at, name in enumerate(SCOPES)})
        .astype("int64"),
        _position=np.arange(len(observations), dtype="int64"),
    )
    ranked = ranked.sort_values(["indicator_id", "place_id", "year", *PRECEDENCE], kind="stable")
    ranked["_rank"] = ranked.groupby("indicator_id", sort=False).cumcount().astype("int64")
    return ranked


def _publisher_rank(
    indicator_ids: pd.Series, publisher: pd.Series, precedence: pd.DataFrame
) -> pd.Series:
    is_general = precedence["indicator_id"] == ""
    general = precedence[is_general].set_index("publisher_type")["rank"]
    own = precedence[~is_general].set_index(["indicator_id", "publisher_type"])["rank"]
    ranks = UNRANKED + publisher.map(general).fillna(UNRANKED).astype("int64")
    has_own = indicator_ids.isin(own.index.levels[0])
    pairs = pd.MultiIndex.from_arrays([indicator_ids[has_own], publisher[has_own]])
    own_ranks = pd.Series(own.reindex(pairs).to_numpy(), indicator_ids.index[has_own])
    return own_ranks.reindex(ranks.index).fillna(ranks).astype("int64")


def _one_coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of each line that share its best-covered sectors, industry and size of firm."""
    line = ["indicator_id", "place_id"]
    # A source that does not name the sectors mostly means all of them; the reader is told.
    sectors = rows["scope"].replace("unspecified", "all")
    rows = rows.assign(
        _sectors=sectors, _width=sectors.map({name: at for at, name in enumerate(SCOPES)})
    )
    coverage = ["_sectors", "industry", "firm_scale"]
    years = rows.groupby([*line, *coverage, "_width"])["year"].nunique().reset_index()
    years["_whole"] = (years["industry"] != "all").astype("int64") + (years["firm_scale"] != "all")
    years = years.sort_values(["year", "_width", "_whole"], ascending=[False, True, True])
    chosen = years.drop_duplicates(line)[[*line, *coverage]].assign(_chosen=True)
    is_chosen = rows[[*line, *coverage]].merge(chosen, how="left")["_chosen"].notna()
    return rows[is_chosen.to_numpy()]


def _conflicts(whole: pd.DataFrame) -> pd.Series:
    """Number of the conflict that each contradicted row is part of, from 1 in the order of facts.

    Args:
        whole: rows of whole years.
    """
    # A source that does not name the sectors mostly means all of them, as in `series`.
    rows = whole.assign(_sectors=whole["scope"].replace("unspecified", "all"))
    fact = ["indicator_id", "place_id", "year", "_sectors", "industry", "firm_scale"]
    fact = [*fact, "period_note"]
    rows = rows[rows.duplicated(fact, keep=False)]
    # A row that names no law goes with the law of the others, if they name one.
    named = rows["definition_id"].where(rows["definition_id"] != "")
    laws = named.groupby([rows[name] for name in fact]).transform("nunique")
    rows = rows.assign(_law=rows["definition_id"].where(laws > 1, ""))
    ends = [allowed(row) for row in rows.itertuples(index=False)]
    rows = rows.assign(_low=[low for low, _ in ends], _high=[high for _, high in ends])
    facts = rows.groupby([*fact, "_law"])
    # Figures agree when one value would satisfy all of them.
    differ = facts["_low"].transform("max") > facts["_high"].transform("min")
    rows = rows[differ & (facts["source_id"].transform("nunique") > 1)]
    numbers = rows.groupby([*fact, "_law"]).ngroup()
    return (numbers + 1).astype("int64")


def without_helpers(rows: pd.DataFrame) -> pd.DataFrame:
    """Prepared rows without what was worked out of them."""
    return rows.drop(columns=[name for name in rows.columns if name.startswith("_")])
