"""Work that is done once, before the first reader comes."""

from dashboard.catalogue.selection import Selection
from dashboard.charts.maps import PRESETS
from dashboard.charts.theme import THEMES
from dashboard.ui import finder, map_page, panel, resources
from dashboard.ui.compare import page as compare_page
from dashboard.ui.data import page as data_page
from dashboard.ui.programmes import page as programmes_page
from dashboard.ui.semiconductors import page as semiconductors_page
from dashboard.ui.smes import page as smes_page
from dashboard.ui.upgrading import page as upgrading_page

# Imported for the time it takes, which the first reader should not wait.
PAGES = (
    compare_page,
    map_page,
    panel,
    data_page,
    programmes_page,
    semiconductors_page,
    smes_page,
    upgrading_page,
)


def warm() -> None:
    """Load and check the tables, and draw what readers meet first.

    Raises:
        DataContractError: if a table breaks the contract; the server then does not start.
    """
    catalogue = resources.catalogue()
    usual = [Selection(view=view) for view in PRESETS]
    # Two indicators are drawn in classes, whose library takes longer to import than to use.
    for selection in (*usual, Selection(mode="two_indicators")):
        shown, _ = map_page.resolve(catalogue, selection)
        for mode in THEMES:
            map_page.drawn_of(shown, mode)
    data_page.warm(catalogue)
    programmes_page.warm()
    finder.warm()
