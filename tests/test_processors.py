"""Which cores threads run on: what keeps to one, and what is started from there."""

import os
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from dashboard import processors
from dashboard.catalogue.store import Rows
from dashboard.stores.engine import Engine

ALL = os.sched_getaffinity(0)


def elsewhere(work):
    """What a thread of its own gives back, so that the tests go on with all cores."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.mark.parametrize("number", [0, 1, 8501, 8502])
def test_a_thread_and_what_it_starts_keep_to_one_core(number):
    def work():
        processors.keep_to_one(number)
        return os.sched_getaffinity(0), elsewhere(lambda: os.sched_getaffinity(0))

    one = {sorted(ALL)[number % len(ALL)]}
    assert elsewhere(work) == (one, one)
    assert os.sched_getaffinity(0) == ALL


def test_a_thread_that_is_started_there_can_use_all_again():
    def work():
        processors.keep_to_one(1)
        with processors.all_cores():
            started = elsewhere(lambda: os.sched_getaffinity(0))
        return started, os.sched_getaffinity(0)

    assert elsewhere(work) == (ALL, {sorted(ALL)[1 % len(ALL)]})


def test_a_store_is_opened_with_all_cores():
    """DuckDB's threads keep to what the thread had that opened it."""

    def connect():
        raise ConnectionError(sorted(os.sched_getaffinity(0)))

    def work():
        processors.keep_to_one(0)
        with pytest.raises(ConnectionError) as refused:
            Engine(connect, pd.DataFrame(), "nowhere").rows(Rows())
        return refused.value.args[0], os.sched_getaffinity(0)

    assert elsewhere(work) == (sorted(ALL), {min(ALL)})


def test_where_the_system_knows_no_cores_nothing_is_chosen(monkeypatch):
    monkeypatch.setattr(processors, "_CAN_CHOOSE", False)
    processors.keep_to_one(0)
    with processors.all_cores():
        assert os.sched_getaffinity(0) == ALL
    assert os.sched_getaffinity(0) == ALL
