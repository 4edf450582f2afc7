"""Work that is done once: before the first reader comes, and behind the first ones."""

import gc
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from threading import Event
from urllib.parse import urlencode

from dashboard.catalogue import Catalogue
from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.vocabulary import INDUSTRY_TYPES
from dashboard.charts.maps import PRESETS
from dashboard.charts.theme import THEMES
from dashboard.ui import finder, lull, map_page, panel, resources
from dashboard.ui.compare import page as compare_page
from dashboard.ui.data import page as data_page
from dashboard.ui.glossary import page as glossary_page
from dashboard.ui.headless import NoViewError, shown_of
from dashboard.ui.lessons import page as lessons_page
from dashboard.ui.map_page.settle import DEFAULT_VIEW
from dashboard.ui.place.page import PLURALS
from dashboard.ui.present import page as present_page
from dashboard.ui.programmes import page as programmes_page
from dashboard.ui.semiconductors import page as semiconductors_page
from dashboard.ui.smes import page as smes_page
from dashboard.ui.stories import page as stories_page
from dashboard.ui.upgrading import page as upgrading_page
from dashboard.ui.yours import page as yours_page

# Imported for the time it takes, which the first reader should not wait.
PAGES = (
    compare_page,
    map_page,
    panel,
    data_page,
    glossary_page,
    lessons_page,
    present_page,
    programmes_page,
    semiconductors_page,
    smes_page,
    stories_page,
    upgrading_page,
    yours_page,
)


def warm() -> None:
    """Load and check the tables, and draw the map that readers meet first.

    Raises:
        DataContractError: if a table breaks the contract; the server then does not start.
    """
    for mode in THEMES:
        map_page.first_map({}, mode)
    finder.warm()


# How long the work behind rests after each drawing, in the time that the drawing took: whoever
# comes meanwhile gets most of the processor.
REST = 2
# An indicator of a single paper's few economies is asked for on their pages.
ENOUGH_ECONOMIES = 5


def usual_changes(catalogue: Catalogue) -> Iterator[Selection]:
    """The maps one change away from what readers meet first, those they ask for most first."""
    types = [(name,) for name in INDUSTRY_TYPES]
    return chain(
        (Selection(view=view) for view in PRESETS if view != DEFAULT_VIEW),
        # In classes, whose library takes longer to import than to use.
        [Selection(mode="two_indicators")],
        (Selection(industry_type=kind) for kind in types),
        (
            Selection(indicator=key)
            for key in map_page.economy_indicators(catalogue)
            if len(catalogue.places_with(key, "economy")) >= ENOUGH_ECONOMIES
        ),
        (Selection(places=(key,)) for key in economies_of(catalogue, in_focus=True)),
        (Selection(view=view, industry_type=kind) for view in PRESETS for kind in types),
    )


def usual_pages(catalogue: Catalogue) -> Iterator[str]:
    """Addresses of the pages of all economies, hubs and clusters."""
    return (
        f"/{kind}?{urlencode({'place': place.place_id})}"
        for kind in PLURALS
        for place in catalogue.places_of_kind(kind)
    )


def warm_behind(stop: Event) -> None:
    """Draw the usual views while no page runs for a reader, until all are drawn or told to stop.

    They are each page as it starts, the usual changes of the map, and the pages of places, in
    light and in dark.
    """
    catalogue = resources.package()

    def change(selection: Selection, mode: str) -> None:
        shown, _ = map_page.resolve(catalogue, selection)
        map_page.drawn_of(shown, mode)

    def open_page(path: str, mode: str) -> None:
        # Whoever opens it is told what is wrong with it.
        with suppress(NoViewError):
            shown_of(path, mode)

    data_page.warm(catalogue)
    work = chain(
        (partial(open_page, page.address) for page in finder.PAGES),
        (partial(change, selection) for selection in usual_changes(catalogue)),
        (partial(open_page, path) for path in usual_pages(catalogue)),
    )
    for draw in work:
        for mode in THEMES:
            started = time.monotonic()
            draw(mode)
            if stop.wait(REST * (time.monotonic() - started)) or lull.wait_for_lull(stop):
                return
    # As after the start: what stays for good need not be walked through after every run.
    gc.collect()
    gc.freeze()
