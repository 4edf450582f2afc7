"""Rebuild `data/`: `python -m data.curation [--inputs FOLDER] [--output FOLDER]`."""

import argparse
from pathlib import Path

from dashboard.catalogue.contract import TABLES_BY_NAME
from data.curation import geography
from data.curation.cases import (
    build_frameworks,
    build_glossary,
    build_lessons,
    build_profiles,
    build_stories,
    build_story_steps,
    build_value_chains,
)
from data.curation.caveats import build_caveats, build_corrections, build_precedence
from data.curation.curation import Curation
from data.curation.datapackage import write_datapackage
from data.curation.fabs_events import build_events, build_fabs
from data.curation.indicators import build_indicators
from data.curation.observations import build_observations
from data.curation.places import build_place_names, build_places
from data.curation.programmes import (
    build_definitions,
    build_industries,
    build_links,
    build_programme_funding,
    build_programmes,
)
from data.curation.sectors_rates import (
    build_deflators,
    build_exchange_rates,
    build_manufacturing_sectors,
)
from data.curation.tables import INPUTS, write_table

DATA = Path(__file__).resolve().parents[1]

BUILDERS = {
    "caveats": build_caveats,
    "precedence": build_precedence,
    "industries": build_industries,
    "indicators": build_indicators,
    "definitions": build_definitions,
    "places": build_places,
    "place_names": build_place_names,
    "observations": build_observations,
    "programmes": build_programmes,
    "programme_funding": build_programme_funding,
    "links": build_links,
    "profiles": build_profiles,
    "value_chains": build_value_chains,
    "lessons": build_lessons,
    "frameworks": build_frameworks,
    "glossary": build_glossary,
    "story_steps": build_story_steps,
    "stories": build_stories,
    "events": build_events,
    "fabs": build_fabs,
    "manufacturing_sectors": build_manufacturing_sectors,
    "exchange_rates": build_exchange_rates,
    "deflators": build_deflators,
    "corrections": build_corrections,
    "left_out": lambda curation: curation.left_out,
    # Last, because only sources that some row cites are listed.
    "sources": lambda curation: curation.sources.rows(),
}


TEXTS = (
    *("note", "period_note", "summary", "description", "definition", "comparability_note"),
    *("text", "relation", "event", "status_note"),
)
"""Columns written for readers, who know documents by author and year."""


def build(output: Path = DATA, inputs: Path = INPUTS) -> None:
    """Write every table, the boundaries and the description of the package into `output`."""
    curation = Curation(inputs)
    for name in (*(n for n in TABLES_BY_NAME if n not in BUILDERS), *BUILDERS):
        rows = BUILDERS.get(name, lambda _: [])(curation)
        for row in rows:
            row.update({c: curation.sources.spelled_out(row[c]) for c in TEXTS if row.get(c)})
        write_table(output, TABLES_BY_NAME[name], rows)
    curation.require_found()
    geography.build(inputs / "geography", output / "geography")
    write_datapackage(output)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Rebuild the data package from its inputs.")
    parser.add_argument("--output", type=Path, default=DATA, help="folder to write to")
    parser.add_argument("--inputs", type=Path, default=INPUTS, help="folder to read from")
    arguments = parser.parse_args()
    build(arguments.output, arguments.inputs)


if __name__ == "__main__":
    main()
