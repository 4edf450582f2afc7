"""What readers ask and bring is let go of: the memory of Python stays as it is, however many come.

Counted after a warm start, and over two halves of the same length: what is kept for all readers is
full by then, and what each case still adds in the second half, it adds for ever.
"""

import gc
import tracemalloc
from contextlib import suppress
from urllib.parse import clear_cache

import pandas as pd
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api.charts import Charts
from dashboard.api.limits import Limit
from dashboard.api.routes import api_mount
from dashboard.serving.taking import RefusedError
from dashboard.uploads.checking import check
from dashboard.uploads.mapping import guess
from dashboard.uploads.names import Gazetteer
from dashboard.uploads.reading import read
from dashboard.uploads.series import About, corrected, series_of
from dashboard.uploads.sheet import UnreadableError

WARM, HALF = 40, 80
# Pandas notes every view of a table in it, and forgets those that are gone by the five hundred.
NOTES_OF_PANDAS = [
    tracemalloc.Filter(False, f"*/pandas/core/{name}.py")
    for name in ("internals/blocks", "indexes/base", "indexes/range")
]
# Of each case, for what libraries keep within bounds; the smallest table is more.
MOST_BYTES = 1024


def held():
    """The bytes that are held of what was taken since counting began."""
    clear_cache()
    gc.collect()
    traces = tracemalloc.take_snapshot().filter_traces(NOTES_OF_PANDAS).traces
    return sum(trace.size for trace in traces)


def growth(case):
    """The bytes that each case of the second half has added; every case differs from the others."""
    for number in range(WARM):
        case(number)
    tracemalloc.start()
    try:
        for number in range(WARM, WARM + HALF):
            case(number)
        before = held()
        for number in range(WARM + HALF, WARM + 2 * HALF):
            case(number)
        return (held() - before) / HALF
    finally:
        tracemalloc.stop()


def test_uploads_that_are_read_checked_and_refused_are_let_go_of(catalogue):
    gazetteer = Gazetteer(catalogue)

    def case(number):
        head = f"place,year,Output {number}\n"
        text = head + f"Japan,2020,{number}.5\nTown {number},2021,x{number}\nKorea,2021,3\n"
        content = text.encode() if number % 5 else b"PK\x03\x04" + text.encode()
        with suppress(UnreadableError):
            sheet = read(content, f"file-{number}.csv", gazetteer.count)
            checked = check(sheet, guess(sheet, gazetteer), gazetteer, {})
            assert checked.problems
            if number % 4 == 1:
                corrected(checked, gazetteer)
                [name] = checked.indicators
                about = About(name, "%", "share", f"Office {number}")
                series_of(checked.rows, about, f"file-{number}.csv", catalogue)

    assert growth(case) < MOST_BYTES


def test_questions_of_programs_leave_nothing(catalogue):
    def refuse(*_):
        raise RefusedError("Nothing is drawn here.")

    mount = api_mount(lambda: catalogue, Charts(refuse, {"compare"}), Limit(1_000_000))
    asked = (
        "observations?indicator=population&place=JPN&size=1&page={}",
        "places?kind=hub&size=1&page={}",
        "programmes?page={}",
        "places?kind=no-kind-{}",
        "charts/compare?format=png&indicator=population&year={}",
    )
    with TestClient(Starlette(routes=[mount])) as client:

        def case(number):
            answer = client.get("/api/v1/" + asked[number % len(asked)].format(1 + number))
            assert answer.status_code < 500

        assert growth(case) < MOST_BYTES


def test_a_small_table_that_is_kept_for_each_case_would_be_seen():
    kept = []
    assert growth(lambda number: kept.append(pd.DataFrame({"a": [number]}))) > MOST_BYTES
