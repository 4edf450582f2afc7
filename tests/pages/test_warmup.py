"""What is drawn before a reader asks for it."""

from threading import Event

from dashboard.ui import map_page, warmup


def test_every_usual_change_is_a_map_that_can_be_shown(catalogue):
    changes = list(warmup.usual_changes(catalogue))
    assert len(changes) == len(set(changes)) > 50
    assert [item for item in changes if map_page.resolve(catalogue, item)[1]] == []


def test_usual_changes_are_drawn_in_both_modes_until_the_server_stops(monkeypatch, catalogue):
    stop, drawn = Event(), []

    def draw(shown, mode):
        drawn.append((shown.selection.industry_type, mode))
        if len(drawn) == 3:
            stop.set()

    monkeypatch.setattr(map_page, "drawn_of", draw)
    warmup.warm_behind(stop)
    first, second = [shown.industry_type for shown in list(warmup.usual_changes(catalogue))[:2]]
    assert drawn == [(first, "light"), (first, "dark"), (second, "light")]
