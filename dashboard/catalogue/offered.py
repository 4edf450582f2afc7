"""What the tables have to choose from, where the choice is not a list of words written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.frameworks import elements
from dashboard.catalogue.keeping import of_package
from dashboard.catalogue.selection import UNKNOWN_WAFER

PROGRAMME_REGION = "programme_region"
# The framework whose elements a reader can tick.
CHECKLIST = "soft_capabilities"


@of_package(1)
def capabilities(catalogue: Catalogue) -> list[str]:
    """The items of the checklist of soft capabilities, in the paper's order."""
    held = elements(catalogue).values()
    return [item.element_id for of, item in held if of.framework_id == CHECKLIST]


@of_package(1)
def operators(catalogue: Catalogue) -> list[str]:
    """Who runs fabs, those with most of them first."""
    return [str(name) for name in catalogue.table("fabs")["operator"].value_counts().index]


@of_package(1)
def wafers(catalogue: Catalogue) -> list[str]:
    """Diameters of wafers in millimetres, and the word for fabs without one."""
    sizes = {size for cell in catalogue.table("fabs")["wafer_mm"] for size in cell.split(";")}
    return [*sorted(sizes - {""}, key=float), UNKNOWN_WAFER]


@of_package(1)
def region_programmes(catalogue: Catalogue) -> list[str]:
    """Identifiers of the programmes that chose regions, those with most of them first."""
    return _frequent(place.programme_id for place in catalogue.places_of_kind(PROGRAMME_REGION))


@of_package(1)
def stages(catalogue: Catalogue) -> list[str]:
    """Stages of programmes that regions have, those with most of them first."""
    return _frequent(place.stage for place in catalogue.places_of_kind(PROGRAMME_REGION))


@of_package(1)
def region_industries(catalogue: Catalogue) -> list[str]:
    """Industries that programme regions have, those with most of them first."""
    regions = catalogue.places_of_kind(PROGRAMME_REGION)
    return _frequent(industry for region in regions for industry in region.industries)


@of_package(1)
def lessons(catalogue: Catalogue) -> list[str]:
    """Identifiers of the policy lessons."""
    return list(catalogue.table("lessons")["lesson_id"])


@of_package(1)
def lesson_dimensions(catalogue: Catalogue) -> list[str]:
    """Aspects of policy that lessons are about, those with most lessons first."""
    return _frequent(catalogue.table("lessons")["dimension"])


def _frequent(words: Iterable[str]) -> list[str]:
    return [word for word, _ in Counter(filter(None, words)).most_common()]
