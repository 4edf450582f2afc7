"""A file of a view by its address alone: what the shell and the interface for programs hand out."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.catalogue import Catalogue
from dashboard.catalogue.link_versions import DATA
from dashboard.serving.taking import RefusedError, Taken
from dashboard.ui.headless import RUN_SECONDS, NoViewError, run_of


def file_of(
    catalogue: Catalogue,
    path: str,
    suffix: str,
    origin: str,
    *,
    card: str = "",
    settings: Mapping[str, str] | None = None,
    mode: str = "",
    seconds: float = RUN_SECONDS,
) -> Taken:
    """A file of a card on the page of an address.

    A program does not see the notices of a page: what the address asks for in vain refuses the
    file, where a reader would be told and shown the rest.

    Args:
        catalogue: the data.
        path: path and query of a page, as its link has them.
        suffix: a format or a style of citation.
        origin: scheme and host by which the reader knows the atlas.
        card: key of a card; empty is the first of the page.
        settings: those of a picture, as texts.
        mode: "light" or "dark", the theme of the card; that of the settings when left out.
        seconds: time for the run of the page.

    Raises:
        RefusedError: if there is no such page, view, card or file, or it could not be made.
    """
    settings = settings or {}
    try:
        mode = mode or ("dark" if settings.get("look") == "dark" else "light")
        run = run_of(path, mode, seconds=seconds)
    except NoViewError as error:
        raise RefusedError(str(error), 422) from error
    # That data have changed since a link was made does not keep it from being shown.
    if refused := [str(item) for item in run.refusals if item.parameter != DATA]:
        raise RefusedError(f"A file is made only of what a page shows in full. {' '.join(refused)}")
    cards = dict(run.cards)
    if not cards:
        raise RefusedError("The page shows no chart or table with these filters.", 422)
    key = card or next(iter(cards))
    if key not in cards:
        raise RefusedError(f"The page has no card “{key[:60]}”. It has: {', '.join(cards)}.", 404)
    return cards[key].make(catalogue, suffix, origin, settings)
