"""The nouns of the atlas, as small frozen records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """What is measured; `unit` in words, `unit_symbol` as printed beside a number."""

    indicator_id: str
    name: str
    short_name: str
    topic: str
    definition: str
    unit: str
    unit_symbol: str
    decimals: int
    aggregation: str
    better: str
    default_chart: str
    comparability_note: str
    source_code: str
    concept: str = ""
    method: str = ""

    @property
    def is_relative(self) -> bool:
        """True for shares and rates, the only quantities that may shade a map."""
        return self.aggregation in ("share", "rate")


@dataclass(frozen=True)
class Place:
    """An economy, hub, cluster, programme region, world region or aggregate.

    `lat` and `lon` are in degrees, None when the place is not a point on a map. It is made of the
    first-level regions `admin1_ids`, or lies in them, as `admin1_relation` says. `in_focus` is
    False for neighbours of the atlas's economies, which are given for context.
    """

    place_id: str
    kind: str
    name: str
    name_local: str
    region: str
    economies: tuple[str, ...]
    parent_id: str
    lat: float | None
    lon: float | None
    admin1_ids: tuple[str, ...]
    industries: tuple[str, ...]
    industries_basis: str
    industry_type: str
    industry_type_basis: str
    governance_scale: str
    governance_scale_basis: str
    firm_scale: str
    firm_scale_basis: str
    role: str
    start_year: int | None
    summary: str
    source_id: str
    anchor_firms: tuple[str, ...] = ()
    anchor_universities: tuple[str, ...] = ()
    core_body: tuple[str, ...] = ()
    in_focus: bool = True
    programme_id: str = ""
    note: str = ""
    admin1_relation: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Event:
    """A dated event; `date` as precise as the source has it, in ISO 8601."""

    event_id: str
    place_id: str
    year: int
    date: str
    event: str
    source_id: str
    locator: str
    note: str


@dataclass(frozen=True)
class Source:
    """A document; `url` is empty when no public address is known."""

    source_id: str
    title: str
    author: str
    year: int | None
    url: str
    publisher_type: str
    licence: str
    retrieved: str
    note: str

    @property
    def citation(self) -> str:
        """Author, year and title in one line."""
        year = str(self.year) if self.year else "undated"
        return f"{self.author or 'Unknown author'} ({year}). {self.title}."
