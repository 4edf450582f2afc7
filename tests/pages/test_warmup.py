"""What is drawn before a reader asks for it."""

from threading import Event

from dashboard.ui import finder, map_page, warmup
from dashboard.ui.headless import NoViewError


def test_every_usual_change_is_a_map_that_can_be_shown(catalogue):
    changes = list(warmup.usual_changes(catalogue))
    assert len(changes) == len(set(changes)) > 50
    assert [item for item in changes if map_page.resolve(catalogue, item)[1]] == []


def test_every_place_with_a_page_is_opened_ahead(catalogue):
    paths = list(warmup.usual_pages(catalogue))
    assert len(paths) == len(set(paths)) > 80
    for path in paths:
        page, _, place = path.removeprefix("/").partition("?place=")
        assert catalogue.places[place].kind == page


def test_usual_views_are_drawn_in_both_modes_until_the_server_stops(monkeypatch, catalogue):
    stop, drawn = Event(), []
    starts = [page.address for page in finder.PAGES]

    def draw(shown, mode):
        drawn.append((shown.view, mode))
        if len(drawn) == 2 * len(starts) + 3:
            stop.set()

    monkeypatch.setattr(warmup, "shown_of", lambda path, mode: drawn.append((path, mode)))
    monkeypatch.setattr(map_page, "drawn_of", draw)
    warmup.warm_behind(stop)
    opened, changed = drawn[: 2 * len(starts)], drawn[2 * len(starts) :]
    assert opened == [(path, mode) for path in starts for mode in ("light", "dark")]
    first, second = [change.view for change in list(warmup.usual_changes(catalogue))[:2]]
    assert changed == [(first, "light"), (first, "dark"), (second, "light")]


def test_a_page_that_breaks_does_not_end_what_is_drawn_ahead(monkeypatch):
    stop, tried = Event(), []

    def broken(path, mode):
        tried.append(path)
        if len(tried) == 3:
            stop.set()
        raise NoViewError("It breaks.")

    monkeypatch.setattr(warmup, "shown_of", broken)
    warmup.warm_behind(stop)
    assert len(tried) == 3
