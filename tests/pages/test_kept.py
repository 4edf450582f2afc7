"""What is made once for all readers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboard.ui import resources


@pytest.fixture
def counted():
    """A function that is kept, and the arguments that it was really asked with."""
    asked = []

    @resources.kept(2)
    def answer(value, mode="light", *, _more=None):
        asked.append((value, mode))
        return [value, mode]

    return answer, asked


def test_an_answer_is_made_once_however_its_arguments_are_given(counted):
    answer, asked = counted
    assert answer(1) is answer(value=1, _more=[]) is answer(1, _more={})
    assert asked == [(1, "light")]


def test_what_only_looks_alike_has_an_answer_of_its_own(counted):
    answer, asked = counted
    answer(1), answer(True), answer("1"), answer(1, "dark")
    assert len(asked) == 4


def test_arguments_left_out_have_their_defaults():
    asked = []

    @resources.kept(4)
    def answer(first, second=None, third=None):
        asked.append((first, second, third))
        return len(asked)

    assert [answer(1, second=2), answer(1, third=2), answer(1, 2), answer(1, 2, None)] == [
        1,
        2,
        1,
        1,
    ]


def test_the_answers_asked_for_last_are_kept(counted):
    answer, asked = counted
    answer("old"), answer("new"), answer("old"), answer("newest"), answer("old")
    assert [value for value, _ in asked] == ["old", "new", "newest"]


def test_other_data_have_other_answers(counted, monkeypatch):
    answer, asked = counted
    first = answer("same")
    other = object()
    monkeypatch.setattr(resources, "package", lambda: other)
    assert answer("same") is not first
    monkeypatch.undo()
    assert answer("same") is first
    assert len(asked) == 2


def test_of_readers_who_ask_at_once_one_has_it_made():
    begun, go_on, made = Event(), Event(), []

    @resources.kept(4)
    def slow(value):
        made.append(value)
        begun.set()
        go_on.wait(30)
        return object()

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(slow, "map")
        begun.wait(30)
        others = [pool.submit(slow, "map") for _ in range(3)]
        go_on.set()
        assert {id(found.result()) for found in others} == {id(first.result())}
    assert made == ["map"]


def test_what_breaks_is_tried_again():
    tries = []

    @resources.kept(4)
    def breaks(value):
        tries.append(value)
        if len(tries) == 1:
            raise ValueError("Not yet.")
        return value

    with pytest.raises(ValueError, match="Not yet"):
        breaks("x")
    assert breaks("x") == "x"
