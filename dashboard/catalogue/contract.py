"""The data contract: every table of `data/`, its fields, keys and references, declared once.

The loader checks the tables against it, `data/datapackage.json` is generated from it, and the
data dictionary shown to readers is read from it. Adding a table is adding an entry here and the
rows; no other module lists fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FIRST_YEAR = 1900
LAST_YEAR = 2060

TOPICS = (
    "sme",
    "fdi",
    "rd",
    "semiconductors",
    "programme_funding",
    "structure",
    "human_capital",
    "context",
)
PLACE_KINDS = ("economy", "hub", "cluster", "programme_region", "world_region", "aggregate")
INDUSTRY_TYPES = (
    "traditional_manufacturing",
    "natural_resource_based",
    "complex_product_systems",
    "specialised_suppliers",
    "science_based",
)
GOVERNANCE_SCALES = ("local", "subnational", "national", "transnational")
CLUSTER_FIRM_SCALES = ("sme_dominated", "mixed", "tnc_dominated")
FIRM_SCALES = ("all", "micro", "small", "sme", "large")
ROLES = ("manufacturing", "design", "R&D", "assembly_test", "mixed")
QUALIFIERS = ("exact", "approximate", "at_least", "at_most", "range")
SCOPES = ("all", "private_sector", "industrial", "manufacturing", "services", "unspecified")
BASES = ("source", "curator")
PUBLISHER_TYPES = (
    "official_statistics",
    "government",
    "international_organisation",
    "academic",
    "seed",
    "industry_association",
    "press",
    "other",
    "calculation",
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
    """One table: what a row is, its columns in file order, its key."""

    name: str
    row: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    file: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", f"{self.name}.csv")

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


def _source() -> Field:
    return _id("source_id", "The document the row rests on.", references="sources.source_id")


def _locator() -> Field:
    return _text("locator", "Where in the source: table, section, page, series code.")


def _note() -> Field:
    return _text("note", "What a reader must know of this row.")


TABLES: tuple[Table, ...] = (
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
                "First-level regions it is made of (geography/admin1_hubs).",
                separator=";",
            ),
            _text(
                "industries",
                "Industries it is known for.",
                separator=";",
                references="industries.industry",
            ),
            _text("industry_type", "Type of its leading industry.", values=INDUSTRY_TYPES),
            _text(
                "industry_type_basis",
                "Stated by the source or assigned by the curator.",
                values=BASES,
            ),
            _text("governance_scale", "Level at which it is governed.", values=GOVERNANCE_SCALES),
            _text(
                "governance_scale_basis",
                "Stated by the source or assigned by the curator.",
                values=BASES,
            ),
            _text("firm_scale", "Firms that lead it.", values=CLUSTER_FIRM_SCALES),
            _text(
                "firm_scale_basis", "Stated by the source or assigned by the curator.", values=BASES
            ),
            _text("role", "What a hub does in the chain.", values=ROLES),
            _year("start_year", "Year of foundation or start; empty when not known."),
            _text("currency", "ISO 4217 code of an economy's currency.", pattern=r"^[A-Z]{3}$"),
            _text(
                "programme_id",
                "Programme that chose a programme region.",
                references="programmes.programme_id",
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
                "year", "Calendar year, or the year in which a fiscal year starts.", required=True
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
                values=("stated", "publication"),
            ),
            _text("period_note", "Empty for a calendar year; 'FY' for a fiscal year; else words."),
            _text(
                "definition_id",
                "Legal definition the value follows.",
                references="definitions.definition_id",
            ),
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
)

TABLES_BY_NAME = {table.name: table for table in TABLES}
