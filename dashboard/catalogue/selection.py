"""What a reader asked to see, and the words there are to ask by.

One frozen record, the same on every page, in the address, in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from dashboard.catalogue.model import Place
from dashboard.catalogue.vocabulary import SCOPES
from dashboard.catalogue.wholes import WHOLES

DEFAULT_INDICATOR = "rd_expenditure_gdp"

# Layers of the map, in the order of its legend; NO_LAYER is a map on which all were put out, where
# none at all means those that the governance scale brings.
LAYERS = (
    "economies",
    "regions",
    "hubs",
    "other_hubs",
    "clusters",
    "programme_regions",
    "fabs",
    "ties",
    "market",
    "borders",
)
NO_LAYER = "none"
MAP_MODES = ("one", "two_indicators", "two_years", "difference")
CLASSINGS = ("continuous", "quantile", "natural")
REGION_SHADES = ("owner", "industry_type", "programme")
# What gives programme regions and their areas their colour.
PROGRAMME_SHADES = ("programme", "stage", "industry_type", "amount")
# A fab whose diameter of wafers no source gives.
UNKNOWN_WAFER = "unknown"
# How programmes go about it after Kitagawa (2008), and what they can be arranged by.
APPROACHES = ("business", "academic", "mixed")
ARRANGEMENTS = ("economy", "sponsor", "approach", "governance_scale")

# Verdicts of the papers on human and social capital that a cluster can be sought by.
CAPITAL = ("weak", "strong")

# What a reader can make of values, the currency and prices that money can be shown in, what makes
# places peers of another, and how charts beside each other are scaled.
TRANSFORMS = (
    "index",
    "change_since",
    "yearly_growth",
    "annual_growth",
    "per_head",
    "share_of_gdp",
    "rank",
    "share_of_shown",
    "from_median",
)
MONEY = ("national", "usd", "usd_constant", "ppp")
PEERS = ("gdp_per_head", "population", "rd_intensity", "region", "industry_type")
SCALINGS = ("common", "free")
STATISTICS = ("concentration", "convergence", "similarity", "specialisation")
WHOLE_IDS = tuple(whole.whole_id for whole in WHOLES)
MOST_ALSO = 3
MOST_TOLERANCE = 5

# Sectors that shares of small firms can be asked for; a source that names none is no choice.
SECTORS = tuple(scope for scope in SCOPES if scope != "unspecified")

# Letters that terms are looked up by.
LETTERS = tuple(ascii_uppercase)


@dataclass(frozen=True)
class Selection:
    """What is shown. Empty tuples mean "no restriction", None means "the page's default".

    The names are those of the address, except `first_year` and `last_year`, which are written
    `from` and `to`.
    """

    indicator: str = DEFAULT_INDICATOR
    places: tuple[str, ...] = ()
    place: str | None = None
    year: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    industry_type: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    governance_scale: tuple[str, ...] = ()
    firm_scale: tuple[str, ...] = ()
    view: str | None = None
    size: str | None = None
    base: int | None = None
    log: bool = False
    topic: str | None = None
    source: str | None = None
    programme: str | None = None
    value: str | None = None
    q: str | None = None
    layers: tuple[str, ...] = ()
    mode: str | None = None
    second: str | None = None
    against: int | None = None
    classes: str | None = None
    tolerance: int = 0
    shade: str | None = None
    event: str | None = None
    selected: tuple[str, ...] = ()
    window: str | None = None
    also: tuple[str, ...] = ()
    transform: str | None = None
    money: str | None = None
    prices: int | None = None
    peers: str | None = None
    peer_of: str | None = None
    scaling: str | None = None
    fit: bool = False
    trails: bool = False
    comparable: bool = False
    rivals: bool = False
    whole: str | None = None
    statistic: str | None = None
    headline: bool = False
    latest: bool = False
    programme_shade: str | None = None
    operator: tuple[str, ...] = ()
    wafer: tuple[str, ...] = ()
    fab_status: tuple[str, ...] = ()
    fab_from: int | None = None
    fab_to: int | None = None
    region_programme: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    region_industry: tuple[str, ...] = ()
    amount_known: bool = False
    amount_from: int | None = None
    scope: str | None = None
    limit: str | None = None
    in_force: bool = False
    approach: tuple[str, ...] = ()
    arrange: str | None = None
    human_capital: str | None = None
    social_capital: str | None = None
    dimension: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    lesson: str | None = None
    element: str | None = None
    have: tuple[str, ...] = ()
    term: str | None = None
    term_topic: str | None = None
    term_search: str | None = None
    letter: str | None = None
    story: str | None = None
    step: int | None = None

    def keeps(self, place: Place) -> bool:
        """True if a hub, cluster or region passes the filters on places, industry and scale."""
        return (
            (not self.places or bool({place.place_id, *place.economies} & set(self.places)))
            and (not self.industry_type or place.industry_type in self.industry_type)
            and (not self.industry or bool(set(self.industry) & set(place.industries)))
            and (not self.governance_scale or place.governance_scale in self.governance_scale)
            and (not self.firm_scale or place.firm_scale in self.firm_scale)
        )

    def with_(self, **changes: Any) -> Selection:
        """The same selection with some fields changed."""
        return replace(self, **changes)
