"""Whatever keeps the observations, the same questions have the same answers."""

import pandas as pd
import pytest

from tests.stores.queries import QUERIES

# The libraries ask each other by names that have newer ones; nothing here can mend that.
pytestmark = pytest.mark.filterwarnings("ignore::Warning")

ENGINES = ["duckdb", "postgres", "spark"]


def same(given, expected):
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(given, expected)
    elif isinstance(expected, pd.Series):
        pd.testing.assert_series_equal(given, expected)
    else:
        assert given == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", QUERIES)
def test_an_engine_answers_as_memory_does(request, memory, engine, name):
    ask = QUERIES[name]
    same(ask(request.getfixturevalue(engine)), ask(memory))


def test_there_are_forty_questions_and_most_have_rows(memory):
    assert len(QUERIES) == 40
    answers = [ask(memory) for ask in QUERIES.values()]
    assert sum(len(answer) > 0 for answer in answers) >= 36
