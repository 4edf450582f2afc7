"""How what a reader asked to see is written in an address, and read from one.

Reading an address never fails: what cannot be shown is refused with a sentence that names it, and
the rest still holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.frameworks import elements
from dashboard.catalogue.glossary import terms
from dashboard.catalogue.link_versions import current_place
from dashboard.catalogue.offered import (
    capabilities,
    lesson_dimensions,
    lessons,
    operators,
    region_industries,
    region_programmes,
    stages,
    wafers,
)
from dashboard.catalogue.own import NOT_HERE, names_own
from dashboard.catalogue.selection import (
    APPROACHES,
    ARRANGEMENTS,
    CAPITAL,
    CLASSINGS,
    DEFAULT_INDICATOR,
    LAYERS,
    LETTERS,
    MAP_MODES,
    MONEY,
    MOST_ALSO,
    MOST_TOLERANCE,
    NO_LAYER,
    PEERS,
    PROGRAMME_SHADES,
    REGION_SHADES,
    SCALINGS,
    SECTORS,
    STATISTICS,
    TRANSFORMS,
    WHOLE_IDS,
    Selection,
)
from dashboard.catalogue.sme_laws import LIMITS
from dashboard.catalogue.stories import stories
from dashboard.catalogue.vocabulary import (
    ADDRESSEES,
    CLUSTER_FIRM_SCALES,
    FAB_STATUSES,
    FIRST_YEAR,
    GLOSSARY_TOPICS,
    GOVERNANCE_SCALES,
    INDUSTRY_TYPES,
    LAST_YEAR,
    TOPICS,
)

# A search of the catalogue is a few words; a longer text is a mistake or mischief.
LONGEST_SEARCH = 120

# Parameters that name places, which older links may name by a former identifier.
PLACE_PARAMETERS = frozenset({"places", "place", "selected", "peer_of"})

# Parameters that are not part of the view: the version of the data a permalink was made with,
# the card to be shown alone, Streamlit's own embedding switches, campaign tags of mail programs.
IGNORED_PARAMETERS = ("card", "data", "embed", "embed_options", "lang", "theme")
IGNORED_PREFIX = "utm_"

# How a refusal ends that says what becomes of what was asked for.
INSTEAD = ("the default is shown.", "it is left out.")


@dataclass(frozen=True)
class Refusal:
    """A parameter of an address that cannot be shown, and the sentence that says so."""

    parameter: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"The link asks for {self.parameter} = “{self.value}”: {self.reason}"


PARAMETER_OF = {"first_year": "from", "last_year": "to"}
PARAMETERS = tuple(PARAMETER_OF.get(item.name, item.name) for item in fields(Selection))


def to_parameters(selection: Selection) -> dict[str, list[str]]:
    """The selection as address parameters, written in full.

    Nothing is left out because it is the default today: a link must not change its meaning when
    a default changes. Only empty fields are absent.
    """
    written: dict[str, list[str]] = {}
    for item in fields(Selection):
        value = getattr(selection, item.name)
        name = PARAMETER_OF.get(item.name, item.name)
        if isinstance(value, tuple):
            if value:
                written[name] = [str(part) for part in value]
        elif value is True:
            written[name] = ["1"]
        elif value not in (None, False):
            written[name] = [str(value)]
    return written


def from_parameters(
    parameters: Mapping[str, Sequence[str]], catalogue: Catalogue, views: Sequence[str] = ()
) -> tuple[Selection, list[Refusal]]:
    """Read an address.

    Args:
        parameters: each parameter with its values, as they stand in the address.
        catalogue: says which identifiers exist.
        views: the views the page has; empty allows none.

    Returns:
        The selection made of everything that can be shown, and a refusal for each value that
        cannot. Never raises, whatever the address holds.
    """
    reader = _Reader(parameters)
    known_industries = [name for name in catalogue.industry_names if name != "all"]
    indicator = reader.one_of("indicator", catalogue.indicators, "the atlas has no such indicator")
    places = reader.some_of("places", catalogue.places, "the atlas has no such place")
    first_year, last_year = reader.years("from", "to")
    fab_from, fab_to = reader.years("fab_from", "fab_to")
    story, step = reader.step("story", "step", catalogue)
    selection = Selection(
        indicator=indicator or DEFAULT_INDICATOR,
        places=places,
        place=reader.one_of("place", catalogue.places, "the atlas has no such place"),
        year=reader.year("year"),
        first_year=first_year,
        last_year=last_year,
        industry_type=reader.some_of("industry_type", INDUSTRY_TYPES, "no such industry type"),
        industry=reader.some_of("industry", known_industries, "the atlas has no such industry"),
        governance_scale=reader.some_of("governance_scale", GOVERNANCE_SCALES, "no such scale"),
        firm_scale=reader.some_of("firm_scale", CLUSTER_FIRM_SCALES, "no such scale"),
        view=reader.one_of("view", views, "this page has no such view"),
        size=reader.one_of("size", catalogue.indicators, "the atlas has no such indicator"),
        base=reader.year("base"),
        log=reader.switch("log"),
        topic=reader.one_of("topic", TOPICS, "the atlas has no such topic"),
        source=reader.one_of("source", catalogue.sources, "the atlas has no such document"),
        programme=reader.one_of(
            "programme", catalogue.programme_names, "the atlas has no such programme"
        ),
        value=reader.value("value", catalogue),
        q=reader.text("q"),
        layers=reader.some_of("layers", (*LAYERS, NO_LAYER), "the map has no such layer"),
        mode=reader.one_of("mode", MAP_MODES, "the map has no such mode"),
        second=reader.one_of("second", catalogue.indicators, "the atlas has no such indicator"),
        against=reader.year("against"),
        classes=reader.one_of("classes", CLASSINGS, "the map has no such classes"),
        tolerance=reader.count("tolerance", MOST_TOLERANCE),
        shade=reader.one_of(
            "shade", {*REGION_SHADES, *catalogue.indicators}, "regions cannot be shaded by it"
        ),
        event=reader.one_of("event", catalogue.events, "the atlas has no such event"),
        selected=reader.some_of("selected", catalogue.places, "the atlas has no such place"),
        window=reader.window("window"),
        also=reader.some_of(
            "also", catalogue.indicators, "the atlas has no such indicator", MOST_ALSO
        ),
        transform=reader.one_of("transform", TRANSFORMS, "values cannot be turned into it"),
        money=reader.one_of("money", MONEY, "money cannot be shown so"),
        prices=reader.year("prices"),
        peers=reader.one_of("peers", PEERS, "the atlas knows no such peers"),
        peer_of=reader.one_of("peer_of", catalogue.places, "the atlas has no such place"),
        scaling=reader.one_of("scaling", SCALINGS, "charts cannot be scaled so"),
        fit=reader.switch("fit"),
        trails=reader.switch("trails"),
        comparable=reader.switch("comparable"),
        rivals=reader.switch("rivals"),
        whole=reader.one_of("whole", WHOLE_IDS, "the atlas has no such whole"),
        statistic=reader.one_of("statistic", STATISTICS, "the atlas has no such statistic"),
        headline=reader.switch("headline"),
        latest=reader.switch("latest"),
        programme_shade=reader.one_of(
            "programme_shade", PROGRAMME_SHADES, "programme regions cannot be shaded by it"
        ),
        operator=reader.some_of("operator", operators(catalogue), "no fab has this operator"),
        wafer=reader.some_of("wafer", wafers(catalogue), "no fab has this size of wafer"),
        fab_status=reader.some_of("fab_status", FAB_STATUSES, "no fab has this status"),
        fab_from=fab_from,
        fab_to=fab_to,
        region_programme=reader.some_of(
            "region_programme", region_programmes(catalogue), "no region is of this programme"
        ),
        stage=reader.some_of("stage", stages(catalogue), "no programme region has this stage"),
        region_industry=reader.some_of(
            "region_industry", region_industries(catalogue), "no programme region has this industry"
        ),
        amount_known=reader.switch("amount_known"),
        amount_from=reader.amount("amount_from"),
        scope=reader.one_of("scope", SECTORS, "no share of small firms is asked for so"),
        limit=reader.one_of("limit", LIMITS, "no law limits small firms by it"),
        in_force=reader.switch("in_force"),
        approach=reader.some_of("approach", APPROACHES, "no programme has such an approach"),
        arrange=reader.one_of("arrange", ARRANGEMENTS, "programmes cannot be arranged by it"),
        human_capital=reader.one_of("human_capital", CAPITAL, "it is strong or weak"),
        social_capital=reader.one_of("social_capital", CAPITAL, "it is strong or weak"),
        dimension=reader.some_of(
            "dimension", lesson_dimensions(catalogue), "no lesson is about this aspect"
        ),
        for_whom=reader.some_of("for_whom", ADDRESSEES, "no lesson is addressed to them"),
        lesson=reader.one_of("lesson", lessons(catalogue), "the papers have no such lesson"),
        element=reader.one_of(
            "element", elements(catalogue), "no framework of the papers has such an element"
        ),
        have=reader.some_of("have", capabilities(catalogue), "the checklist has no such item"),
        term=reader.one_of("term", terms(catalogue), "the glossary has no such term"),
        term_topic=reader.one_of("term_topic", GLOSSARY_TOPICS, "the glossary has no such topic"),
        term_search=reader.text("term_search"),
        letter=reader.one_of("letter", LETTERS, "a capital from A to Z is expected"),
        story=story,
        step=step,
    )
    reader.refuse_unknown()
    return selection, reader.refusals


def search_words(text: str) -> str:
    """A search text as it is kept: printable, with single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


class _Reader:
    """Takes parameters one by one and collects a refusal for each that cannot be used."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        self._parameters = parameters
        self.refusals: list[Refusal] = []

    def refuse(self, name: str, value: str, reason: str) -> None:
        if names_own(value):
            instead = reason.rpartition("; ")[2]
            reason = f"{NOT_HERE}; {instead}" if instead in INSTEAD else f"{NOT_HERE}."
        shown = value if len(value) <= 60 else value[:57] + "..."
        self.refusals.append(Refusal(name, shown, reason))

    def _values(self, name: str) -> list[str]:
        values = [value for value in self._parameters.get(name, ()) if value != ""]
        return [current_place(value) for value in values] if name in PLACE_PARAMETERS else values

    def _single(self, name: str) -> str | None:
        values = self._values(name)
        for extra in values[1:]:
            self.refuse(name, extra, "it may be given once.")
        return values[0] if values else None

    def one_of(self, name: str, known: Iterable[str], reason: str) -> str | None:
        value = self._single(name)
        if value is None or value in known:
            return value
        self.refuse(name, value, f"{reason}; the default is shown.")
        return None

    def switch(self, name: str) -> bool:
        return self.one_of(name, ("0", "1"), "write 1 for on or 0 for off") == "1"

    def some_of(
        self, name: str, known: Iterable[str], reason: str, most: int | None = None
    ) -> tuple[str, ...]:
        known = set(known)
        found: list[str] = []
        for value in self._values(name):
            if value not in known:
                self.refuse(name, value, f"{reason}; it is left out.")
            elif value not in found and len(found) == most:
                self.refuse(name, value, f"up to {most} may be given; it is left out.")
            elif value not in found:
                found.append(value)
        return tuple(found)

    def year(self, name: str) -> int | None:
        value = self._single(name)
        if value is None:
            return None
        # isdecimal alone would let other scripts' digits and very long numbers through.
        if value.isascii() and value.isdecimal() and len(value) == 4:
            year = int(value)
            if FIRST_YEAR <= year <= LAST_YEAR:
                return year
        self.refuse(
            name,
            value,
            f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected; the default is shown.",
        )
        return None

    def years(self, first: str, last: str) -> tuple[int | None, int | None]:
        """A range of years; one that is reversed is refused as a whole."""
        start, end = self.year(first), self.year(last)
        if start is None or end is None or start <= end:
            return start, end
        self.refuse(
            first, str(start), f"it lies after the last year, {end}; the whole range is shown."
        )
        return None, None

    def amount(self, name: str) -> int | None:
        value = self._single(name)
        if value is None:
            return None
        if value.isascii() and value.isdecimal() and len(value) <= 9 and int(value) > 0:
            return int(value)
        reason = "a whole number of millions of US dollars from 1 is expected; all are shown."
        self.refuse(name, value, reason)
        return None

    def count(self, name: str, most: int) -> int:
        known = [str(number) for number in range(most + 1)]
        value = self.one_of(name, known, f"a whole number from 0 to {most} is expected")
        return int(value or 0)

    def step(self, story: str, step: str, catalogue: Catalogue) -> tuple[str | None, int | None]:
        """A story and one of its steps; without a step it begins at the first."""
        told = stories(catalogue)
        chosen = self.one_of(story, told, f"there is no such story; there are {', '.join(told)}")
        value = self._single(step)
        if value is None:
            return chosen, None
        if chosen is None:
            self.refuse(step, value, "a step belongs to a story; give `story` too.")
            return None, None
        known = [str(item.number) for item in told[chosen].steps]
        if value in known:
            return chosen, int(value)
        reason = f"the story has the steps {known[0]} to {known[-1]}; the first is shown."
        self.refuse(step, value, reason)
        return chosen, None

    def window(self, name: str) -> str | None:
        """Centre, rotation and scale of a map, as four numbers with commas between them."""
        value = self._single(name)
        if value is None:
            return None
        try:
            lon, lat, rotation, scale = (float(part) for part in value.split(","))
        except ValueError:
            lon = lat = rotation = scale = float("nan")
        if abs(lon) <= 360 and abs(lat) <= 90 and abs(rotation) <= 360 and 0.1 <= scale <= 1000:
            return value
        self.refuse(
            name,
            value,
            "longitude, latitude, rotation and scale are expected, with commas between them; the "
            "whole view is shown.",
        )
        return None

    def value(self, name: str, catalogue: Catalogue) -> str | None:
        value = self._single(name)
        if value is None:
            return None
        try:
            catalogue.value(value)
        except UnknownIdentifierError:
            self.refuse(name, value, "the atlas holds no such value; it may have been revised.")
            return None
        return value

    def text(self, name: str) -> str | None:
        value = self._single(name)
        words = search_words(value or "")
        if len(words) > LONGEST_SEARCH:
            reason = f"a search takes up to {LONGEST_SEARCH} letters; it is left out."
            self.refuse(name, words, reason)
            return None
        return words or None

    def refuse_unknown(self) -> None:
        for name in self._parameters:
            if name in PARAMETERS or name in IGNORED_PARAMETERS or name.startswith(IGNORED_PREFIX):
                continue
            self.refuse(name, ", ".join(self._parameters[name]), "no page has this parameter.")
