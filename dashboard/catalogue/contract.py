"""The data contract: every table of `data/`, its fields, keys and references, declared once.

The loader checks the tables against it, `data/datapackage.json` is generated from it, and the
data dictionary shown to readers is read from it. Adding a table is adding an entry here and the
rows; no other module lists fields. The words that cells may hold are in `vocabulary`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.catalogue.vocabulary import (
    ADDRESSEES,
    ADMIN1_RELATIONS,
    BASES,
    CLUSTER_FIRM_SCALES,
    FAB_STATUSES,
    FIRM_SCALES,
    FIRST_YEAR,
    GLOSSARY_TOPICS,
    GOVERNANCE_SCALES,
    INDUSTRY_TYPES,
    LAST_YEAR,
    LEARNING,
    LESSON_KINDS,
    PLACE_KINDS,
    PUBLISHER_TYPES,
    QUALIFIERS,
    RATINGS,
    ROLES,
    SCOPES,
    TOPICS,
    YEAR_BASES,
)


@dataclass(frozen=True)
class Field:
    """One column: its name, type and what a cell may hold.

    `type` is one of string, integer, number, boolean. `separator` marks a cell that holds a
    list, `references` a column of another table ("places.place_id") that must know the value.
    """

    name: str
    type: str
    description: str
    required: bool = False
    values: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    separator: str | None = None
    references: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns in file order, its key, the folder of its file."""

    name: str
    row: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    folder: str = ""
    file: str = field(init=False)

    def __post_init__(self) -> None:
        prefix = f"{self.folder}/" if self.folder else ""
        object.__setattr__(self, "file", f"{prefix}{self.name}.csv")

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names, in the order of the file."""
        return tuple(column.name for column in self.fields)


ID = r"^[A-Za-z][A-Za-z0-9_]*$"


def _id(name: str, description: str, **more: object) -> Field:
    return Field(name, "string", description, required=True, pattern=ID, **more)  # type: ignore[arg-type]


def _text(name: str, description: str, **more: object) -> Field:
    return Field(name, "string", description, **more)  # type: ignore[arg-type]


def _year(name: str, description: str, **more: object) -> Field:
    return Field(name, "integer", description, minimum=FIRST_YEAR, maximum=LAST_YEAR, **more)  # type: ignore[arg-type]


def _several(name: str, description: str, values: tuple[str, ...]) -> Field:
    """A list of words of a vocabulary; `values` of a field would hold for the whole cell."""
    one = f"({'|'.join(values)})"
    return _text(name, description, separator=";", pattern=f"^{one}(;{one})*$")


def _source() -> Field:
    return _id("source_id", "The document the row rests on.", references="sources.source_id")


def _locator() -> Field:
    return _text("locator", "Where in the source: table, section, page, series code.")


def _note() -> Field:
    return _text("note", "What a reader must know of this row.")


def _caveats() -> Field:
    return _text(
        "caveats",
        "Codes of what makes the value doubtful or hard to compare.",
        separator=";",
        references="caveats.caveat",
    )


def _basis(name: str) -> Field:
    return _text(f"{name}_basis", "Stated by the source or assigned by the curator.", values=BASES)


TABLES: tuple[Table, ...] = (
    Table(
        "caveats",
        "a code for what makes a value doubtful or hard to compare",
        (
            _id("caveat", "Code, as it stands in the columns `caveats`."),
            _text("name", "Words for readers.", required=True),
            _text("meaning", "When the code is given, and what follows.", required=True),
        ),
        key=("caveat",),
    ),
    Table(
        "precedence",
        "the rank of a kind of publisher where sources disagree",
        (
            _text(
                "indicator_id",
                "Indicator the rank holds for; empty for all that have none of their own.",
                references="indicators.indicator_id",
            ),
            _text(
                "publisher_type",
                "Kind of publisher.",
                required=True,
                values=PUBLISHER_TYPES,
            ),
            Field("rank", "integer", "1 is drawn first.", required=True, minimum=1, maximum=99),
            _text("reason", "Why it stands there.", required=True),
        ),
        key=("indicator_id", "publisher_type"),
    ),
    Table(
        "sources",
        "a document",
        (
            _id("source_id", "Identifier of the document."),
            _text("title", "Title as printed.", required=True),
            _text("author", "Author or publishing organisation."),
            _year("year", "Year of publication; empty when undated."),
            _text("url", "Public address; empty when none is known.", pattern=r"^https?://\S+$"),
            _text(
                "publisher_type",
                "Kind of publisher; ranks rival figures.",
                required=True,
                values=PUBLISHER_TYPES,
            ),
            _text("licence", "Terms as stated by the publisher; empty when not stated."),
            _text("retrieved", "Vintage or date of the copy that was read."),
            _note(),
        ),
        key=("source_id",),
    ),
    Table(
        "industries",
        "an industry and the type it belongs to",
        (
            _id("industry", "Identifier of the industry."),
            _text("name", "Name shown to readers.", required=True),
            _text(
                "industry_type",
                "Type after Pavitt, as Giuliani, Pietrobelli and Rabellotti adapted it.",
                values=INDUSTRY_TYPES,
            ),
            _text("isic_rev3", "ISIC Rev. 3 division or group."),
            _text("isic_rev4", "ISIC Rev. 4 division or group."),
            _id("source_id", "The document the type rests on.", references="sources.source_id"),
            _note(),
        ),
        key=("industry",),
    ),
    Table(
        "indicators",
        "an indicator",
        (
            _id("indicator_id", "Identifier of the indicator."),
            _text("name", "Full name.", required=True),
            _text("short_name", "Name for axes, lists and slides.", required=True),
            _text("topic", "Family of the indicator.", required=True, values=TOPICS),
            _text("definition", "What is counted, by whom, over what.", required=True),
            _text("unit", "Unit in words.", required=True),
            _text("unit_symbol", "Unit as printed beside a number."),
            Field("decimals", "integer", "Decimals shown.", required=True, minimum=0, maximum=6),
            _text(
                "aggregation",
                "Kind of quantity: only shares and rates may shade a map.",
                required=True,
                values=("share", "level", "rate", "index"),
            ),
            _text(
                "better",
                "Which direction is better.",
                required=True,
                values=("higher", "lower", "neutral"),
            ),
            _text(
                "default_chart",
                "Chart a reader meets first.",
                required=True,
                values=("map", "line", "bar"),
            ),
            _text("comparability_note", "What it must not be compared with, and why."),
            _text("source_code", "Series code at the publisher."),
            _text(
                "concept",
                "What indicators measure in common: those of one concept count the same thing in "
                "different ways and must not be joined. Empty when there is no rival count.",
                pattern=ID,
            ),
            _text("method", "How the values were obtained; formula where they are calculated."),
        ),
        key=("indicator_id",),
    ),
    Table(
        "definitions",
        "a threshold of a legal definition of small and medium enterprises",
        (
            _id("definition_id", "Identifier of the set of thresholds."),
            _id("economy", "Economy whose law it is.", references="places.place_id"),
            _text("sector_scope", "Sectors the threshold holds for.", required=True),
            _text("size_class", "Class the threshold bounds.", required=True),
            Field("max_employees", "number", "Upper limit of employees.", minimum=0),
            Field("max_capital", "number", "Upper limit of capital, in `currency`.", minimum=0),
            Field("max_turnover", "number", "Upper limit of turnover, in `currency`.", minimum=0),
            _text("currency", "ISO 4217 code.", pattern=r"^[A-Z]{3}$"),
            _year("valid_from", "First year in force; empty when not stated."),
            _year("valid_to", "Last year in force; empty when in force or not stated."),
            _source(),
            _locator(),
            _note(),
        ),
        key=("definition_id", "sector_scope", "size_class"),
    ),
    Table(
        "places",
        "an economy, hub, cluster, programme region, world region or aggregate",
        (
            _id("place_id", "Identifier; ISO 3166-1 alpha-3 for economies."),
            _text("kind", "Kind of place.", required=True, values=PLACE_KINDS),
            _text("name", "Name in English.", required=True),
            _text("name_local", "Name in the local script."),
            _text("region", "Group of economies the place is listed under."),
            _text(
                "economy",
                "Economy or economies it lies in, ISO alpha-3.",
                separator=";",
                references="places.place_id",
            ),
            _text(
                "parent_id",
                "Place it is part of; the belt for its eight hubs.",
                references="places.place_id",
            ),
            Field(
                "lat",
                "number",
                "Latitude of the marker.",
                minimum=-90,
                maximum=90,
                unit="degrees north",
            ),
            Field(
                "lon",
                "number",
                "Longitude of the marker.",
                minimum=-180,
                maximum=180,
                unit="degrees east",
            ),
            _text(
                "admin1_ids",
                "First-level regions it is made of, or lies in (geography/admin1_regions).",
                separator=";",
            ),
            _text(
                "admin1_relation",
                "Whether it is made of these regions, or is a smaller part that lies in them.",
                values=ADMIN1_RELATIONS,
            ),
            _text(
                "industries",
                "Industries it is known for.",
                separator=";",
                references="industries.industry",
            ),
            _basis("industries"),
            _text("industry_type", "Type of its leading industry.", values=INDUSTRY_TYPES),
            _basis("industry_type"),
            _text("governance_scale", "Level at which it is governed.", values=GOVERNANCE_SCALES),
            _basis("governance_scale"),
            _text("firm_scale", "Firms that lead it.", values=CLUSTER_FIRM_SCALES),
            _basis("firm_scale"),
            _text("role", "What a hub does in the chain.", values=ROLES),
            _year("start_year", "Year of foundation or start; empty when not known."),
            _text("anchor_firms", "Firms that a source names as its core.", separator=";"),
            _text(
                "anchor_universities",
                "Universities that a source names as its core.",
                separator=";",
            ),
            _text("core_body", "Bodies that run it or stand at its core.", separator=";"),
            _text("currency", "ISO 4217 code of an economy's currency.", pattern=r"^[A-Z]{3}$"),
            Field(
                "in_focus",
                "boolean",
                "True for what the atlas covers in full; false for neighbours given for context.",
                required=True,
            ),
            _text(
                "programme_id",
                "Programme that chose a programme region, or that a hub or cluster stands for.",
                references="programmes.programme_id",
            ),
            _text(
                "stage",
                "Stage, term, type or round of the programme that chose a programme region, in the "
                "words of the source.",
            ),
            _text("summary", "What it is, in two or three sentences."),
            _source(),
            _note(),
        ),
        key=("place_id",),
    ),
    Table(
        "observations",
        "a value",
        (
            _id("indicator_id", "What is measured.", references="indicators.indicator_id"),
            _id("place_id", "Where.", references="places.place_id"),
            _year(
                "year",
                "Calendar year, or the year in which a fiscal year starts; empty when the source "
                "gives none (`year_basis` is then unstated).",
            ),
            _text(
                "industry",
                "'all' or one industry.",
                required=True,
                references="industries.industry",
            ),
            _text("firm_scale", "'all' or one size class.", required=True, values=FIRM_SCALES),
            _text("scope", "Sectors covered.", required=True, values=SCOPES),
            Field("value", "number", "The value, in the indicator's unit.", required=True),
            Field("value_low", "number", "Lower end of a range."),
            Field("value_high", "number", "Upper end of a range."),
            _text("qualifier", "How firm the value is.", required=True, values=QUALIFIERS),
            _text(
                "year_basis",
                "Whether the source states the year of the data.",
                required=True,
                values=YEAR_BASES,
            ),
            _text("period_note", "Empty for a calendar year; 'FY' for a fiscal year; else words."),
            _text(
                "definition_id",
                "Legal definition the value follows.",
                references="definitions.definition_id",
            ),
            _caveats(),
            _source(),
            _locator(),
            _note(),
        ),
        key=(
            "indicator_id",
            "place_id",
            "year",
            "industry",
            "firm_scale",
            "scope",
            "period_note",
            "definition_id",
            "source_id",
        ),
    ),
    Table(
        "programmes",
        "a public programme, or a phase of one, that builds clusters",
        (
            _id("programme_id", "Identifier of the programme."),
            _text("name", "Name in English.", required=True),
            _id("economy", "Economy that runs it.", references="places.place_id"),
            _text("sponsor", "Ministry or agency that pays.", required=True),
            _text(
                "approach",
                "Business or academic approach after Kitagawa (2008), or mixed.",
                required=True,
                values=("business", "academic", "mixed"),
            ),
            _text(
                "approach_basis",
                "Stated by the source or assigned by the curator.",
                required=True,
                values=BASES,
            ),
            _text(
                "governance_scale",
                "Level at which it is governed.",
                required=True,
                values=GOVERNANCE_SCALES,
            ),
            _year("start_year", "First (fiscal) year; empty when not stated."),
            _year("end_year", "Last (fiscal) year; empty when open or not stated."),
            _text("phase", "Phase of a longer programme."),
            _text("objective", "What it is for."),
            _id("family_id", "Ties the phases of one programme together."),
            _source(),
        ),
        key=("programme_id",),
    ),
    Table(
        "programme_funding",
        "an amount of money, or a count of participants or results, of a programme",
        (
            _id("funding_id", "Identifier of the row."),
            _id("programme_id", "The programme.", references="programmes.programme_id"),
            _text(
                "place_id",
                "Region the amount belongs to; empty for the whole programme.",
                references="places.place_id",
            ),
            _year("year", "Year, or year in which the fiscal year starts; empty when undated."),
            _text("period_note", "Wording of the period."),
            _text(
                "period_type",
                "Class of the period.",
                required=True,
                values=(
                    "fiscal_year",
                    "calendar_year",
                    "multi_year",
                    "cumulative",
                    "per_unit",
                    "point",
                ),
            ),
            Field(
                "amount", "number", "Money in millions of `currency`, or a count.", required=True
            ),
            _text("currency", "ISO 4217 code; empty for counts.", pattern=r"^[A-Z]{3}$"),
            _text("amount_unit", "Unit of the amount.", required=True),
            _text("measure", "What the amount is.", required=True),
            _text(
                "measure_group",
                "Public money, request, participation, outcome ...",
                required=True,
                values=(
                    "public_money",
                    "private_or_total_money",
                    "request",
                    "participation",
                    "outcome",
                    "target",
                ),
            ),
            _text("qualifier", "How firm the amount is.", required=True, values=QUALIFIERS),
            Field(
                "headline",
                "boolean",
                "True for the row to draw among rivals and parts.",
                required=True,
            ),
            _text("conflict_group", "Ties rows that contradict or supersede each other."),
            _caveats(),
            _source(),
            _locator(),
            _note(),
        ),
        key=("funding_id",),
    ),
    Table(
        "links",
        "a tie between two hubs, or between a hub and an outside partner",
        (
            _id("link_id", "Identifier of the tie."),
            _id("from_place_id", "Hub it starts from.", references="places.place_id"),
            _text(
                "to_place_id",
                "Hub it leads to; empty for an outside partner.",
                references="places.place_id",
            ),
            _text("to_external_name", "Outside partner's place."),
            _text("to_external_economy", "Outside partner's economy."),
            Field(
                "to_lat",
                "number",
                "Latitude of the outside partner.",
                minimum=-90,
                maximum=90,
                unit="degrees north",
            ),
            Field(
                "to_lon",
                "number",
                "Longitude of the outside partner.",
                minimum=-180,
                maximum=180,
                unit="degrees east",
            ),
            _text("kind", "Kind of tie.", required=True),
            _text("partner_from", "Organisation at the start."),
            _text("partner_to", "Organisation at the end."),
            _year("year_start", "First year; empty when not stated."),
            _year("year_end", "Last year; empty when open or not stated."),
            _text("description", "What the tie is.", required=True),
            _source(),
            _locator(),
            _note(),
        ),
        key=("link_id",),
    ),
    Table(
        "profiles",
        "a qualitative judgement of a place",
        (
            _id("place_id", "The place.", references="places.place_id"),
            _id("dimension", "What is judged: human capital, social capital, weakest node ..."),
            _text("rating", "The source's own verdict.", required=True, values=RATINGS),
            _text("text", "The judgement in the curators' words.", required=True),
            _source(),
            _locator(),
        ),
        key=("place_id", "dimension", "source_id", "locator"),
    ),
    Table(
        "value_chains",
        "a relation between two groups of actors in the value chain of a place",
        (
            _id("place_id", "The place.", references="places.place_id"),
            _text("from_actor", "Actors it starts from.", required=True),
            _id("from_kind", "Kind of those actors."),
            _text("to_actor", "Actors it leads to.", required=True),
            _id("to_kind", "Kind of those actors."),
            _text("relation", "What passes between them.", required=True),
            _text(
                "interactive_learning",
                "Strength of learning from each other, in the source's own verdict.",
                required=True,
                values=LEARNING,
            ),
            _source(),
            _locator(),
        ),
        key=("place_id", "from_actor", "to_actor", "relation", "source_id"),
    ),
    Table(
        "lessons",
        "a policy lesson drawn by a paper",
        (
            _id("lesson_id", "Identifier of the lesson."),
            _id("approach", "School, type of industry or question it belongs to."),
            _text("applies_to", "Whom it is addressed to, in words.", required=True),
            _text(
                "place_ids",
                "Places of the atlas it was drawn from.",
                separator=";",
                references="places.place_id",
            ),
            _id("dimension", "Aspect of policy it is about."),
            _text(
                "kind",
                "What the paper recommends, what it observes, or how it defines a term.",
                required=True,
                values=LESSON_KINDS,
            ),
            _several(
                "for_whom",
                "Whom the paper addresses it to; `policy` where it names no level of government, "
                "empty where it names nobody.",
                ADDRESSEES,
            ),
            _several(
                "industry_types",
                "Types of industry the lesson itself is about; empty where it names none.",
                INDUSTRY_TYPES,
            ),
            _several(
                "governance_scales",
                "Levels of government the lesson itself is about; empty where it names none.",
                GOVERNANCE_SCALES,
            ),
            _text("text", "The lesson in the curators' words.", required=True),
            _source(),
            _locator(),
        ),
        key=("lesson_id",),
    ),
    Table(
        "frameworks",
        "an element of a framework of the papers",
        (
            _id("framework_id", "Identifier of the framework."),
            _text("framework", "Its name.", required=True),
            _id("element_id", "Identifier of the element within the framework."),
            Field(
                "position", "integer", "Place in the order of the paper.", required=True, minimum=1
            ),
            _text("name", "Name of the element.", required=True),
            _id("dimension", "Aspect the row describes: definition, sources of learning ..."),
            _text("text", "What the paper says, in the curators' words.", required=True),
            _text(
                "place_ids",
                "Cases of the atlas that stand for it.",
                separator=";",
                references="places.place_id",
            ),
            _source(),
            _locator(),
            _note(),
        ),
        key=("framework_id", "element_id", "dimension", "source_id"),
    ),
    Table(
        "glossary",
        "a term of the field",
        (
            _id("term_id", "Identifier of the term."),
            _text("term", "Its plain name.", required=True),
            _text("also", "Other forms and abbreviations of it in texts.", separator=";"),
            _text("topic", "What it belongs to.", required=True, values=GLOSSARY_TOPICS),
            _text(
                "definition", "What it means, in the curators' words: at most 45.", required=True
            ),
            _source(),
            _locator(),
            _text(
                "see",
                "Terms that belong with it.",
                separator=";",
                references="glossary.term_id",
            ),
        ),
        key=("term_id",),
    ),
    Table(
        "story_steps",
        "a step of a story for students",
        (
            _id("story_id", "Identifier of the story."),
            Field("step", "integer", "Number of the step.", required=True, minimum=1, maximum=8),
            Field("position", "integer", "Place of the story among all.", required=True, minimum=1),
            _text("story", "Title of the story.", required=True),
            _text("line", "What the story is about, in one line.", required=True),
            _text("title", "Title of the step.", required=True),
            _text(
                "address",
                "Page and query of the view that the step shows.",
                required=True,
                pattern=r"^/[a-z]*(\?[\w.=&]+)?$",
            ),
        ),
        key=("story_id", "step"),
    ),
    Table(
        "stories",
        "a sentence of a step of a story",
        (
            _id("story_id", "Story it belongs to.", references="story_steps.story_id"),
            Field("step", "integer", "Step it belongs to.", required=True, minimum=1, maximum=8),
            Field("position", "integer", "Place in the step.", required=True, minimum=1),
            _text("text", "The sentence, in the curators' words.", required=True),
            _source(),
            _locator(),
            _text(
                "rests_on",
                "Rows that the sentence rests on, joined by semicolons: kind and identifier, as "
                "`event:y2000_kyushu_1`; a value by the cells of its key.",
                required=True,
            ),
        ),
        key=("story_id", "step", "position"),
    ),
    Table(
        "events",
        "a dated event",
        (
            _id("event_id", "Identifier of the event."),
            _text("place_id", "The place.", required=True, references="places.place_id"),
            _year("year", "Year of the event.", required=True),
            _text("date", "Date as far as the source gives it, ISO 8601.", required=True),
            _text("event", "What happened.", required=True),
            _source(),
            _locator(),
            _note(),
        ),
        key=("event_id",),
    ),
    Table(
        "fabs",
        "a wafer fab, or a phase of one: rows must not be added up as a count of fabs",
        (
            _text("fab_id", "Identifier.", required=True, pattern=r"^[A-Z0-9][A-Za-z0-9_-]*$"),
            _text("place_id", "Hub it lies in.", references="places.place_id"),
            _id("economy", "Economy it lies in.", references="places.place_id"),
            _text("city", "City."),
            _text("operator", "Firm that runs it.", required=True),
            _text("plant_name", "Name of the plant."),
            Field("lat", "number", "Latitude.", minimum=-90, maximum=90, unit="degrees north"),
            Field("lon", "number", "Longitude.", minimum=-180, maximum=180, unit="degrees east"),
            _text("coord_precision", "What the coordinates point at: city, campus ..."),
            _text(
                "wafer_mm",
                "Diameters of the wafers.",
                separator=";",
                pattern=r"^\d+(;\d+)*$",
                unit="millimetres",
            ),
            _text("node_nm", "Process nodes as printed, in nanometres."),
            _text("products", "What it makes."),
            _year("start_year", "First year of production; empty when not known."),
            _text("status", "Class of its state.", required=True, values=FAB_STATUSES),
            _text("status_note", "Its state as printed, with the year it was seen.", required=True),
            _text(
                "source_ids",
                "Documents the row rests on.",
                required=True,
                separator=";",
                references="sources.source_id",
            ),
            _note(),
        ),
        key=("fab_id",),
    ),
    Table(
        "manufacturing_sectors",
        "one of the largest manufacturing sectors of an economy",
        (
            _id("economy", "The economy.", references="places.place_id"),
            _id("industry", "The industry it belongs to.", references="industries.industry"),
            _text("sector", "Name of the sector at the source.", required=True),
            _text("isic_revision", "Revision of ISIC.", required=True),
            _text("isic_code", "Division or group.", required=True),
            _year("year", "Year.", required=True),
            _text(
                "year_basis",
                "Whether the source states the year.",
                required=True,
                values=YEAR_BASES,
            ),
            Field(
                "employment_share",
                "number",
                "Share of employment in manufacturing.",
                minimum=0,
                maximum=100,
                unit="per cent",
            ),
            Field(
                "value_added_share",
                "number",
                "Share of value added in manufacturing.",
                minimum=0,
                maximum=100,
                unit="per cent",
            ),
            Field("rank", "integer", "Rank by value added.", required=True, minimum=1),
            _source(),
            _locator(),
            _note(),
        ),
        key=("economy", "isic_revision", "isic_code", "year", "source_id"),
    ),
    Table(
        "exchange_rates",
        "the price of a US dollar in an economy's currency, average of a year",
        (
            _id("economy", "The economy.", references="places.place_id"),
            _year("year", "Calendar year.", required=True),
            _text("currency", "ISO 4217 code.", required=True, pattern=r"^[A-Z]{3}$"),
            Field(
                "local_per_usd",
                "number",
                "Units of the currency for one US dollar.",
                required=True,
                minimum=0,
            ),
            _text("qualifier", "How firm the value is.", required=True, values=QUALIFIERS),
            _source(),
            _locator(),
            _note(),
        ),
        key=("economy", "year", "source_id"),
    ),
    Table(
        "deflators",
        "a price index of an economy in a year",
        (
            _id("economy", "The economy.", references="places.place_id"),
            _text("measure", "Prices covered.", required=True, values=("cpi", "gdp_deflator")),
            _year("year", "Calendar year.", required=True),
            Field("index", "number", "Level of the index.", required=True, minimum=0),
            _year("base_year", "Year in which the index is 100.", required=True),
            _text("qualifier", "How firm the value is.", required=True, values=QUALIFIERS),
            _source(),
            _locator(),
            _note(),
        ),
        key=("economy", "measure", "year", "source_id"),
    ),
    Table(
        "corrections",
        "a cell of the collected rows that was corrected, and why",
        (
            _text("input", "Collected table.", required=True),
            _text("row", "Key of the row.", required=True),
            _text("column", "Column.", required=True),
            _text("old", "What stood there."),
            _text("new", "What stands there now."),
            _text("reason", "Why.", required=True),
            _text("source_id", "Document that settles it.", references="sources.source_id"),
        ),
        key=("input", "row", "column"),
    ),
    Table(
        "left_out",
        "a collected row that is not carried over, and why",
        (
            _text("input", "Collected table.", required=True),
            _text("row", "The row, as column=cell.", required=True),
            _text("reason", "Why it is not carried over.", required=True),
        ),
        key=("input", "row"),
    ),
    Table(
        "place_names",
        "the name of a place in five languages",
        (
            _id("place_id", "The place.", references="places.place_id"),
            _text("en", "English.", required=True),
            _text("ja", "Japanese."),
            _text("ko", "Korean."),
            _text("zh_hans", "Chinese, simplified."),
            _text("zh_hant", "Chinese, traditional."),
            _source(),
        ),
        key=("place_id",),
        folder="translations",
    ),
)

TABLES_BY_NAME = {table.name: table for table in TABLES}
