"""`python -m dashboard refresh worldbank` against a service on this machine that can fail."""

import csv
import gzip
import io
import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from dashboard import cli
from dashboard.catalogue import load
from dashboard.refresh import ServiceError, WorldBank
from dashboard.refresh.worldbank import TRIES, Value
from data.curation.tables import INPUTS
from tests.cli.conftest import run
from tests.rebuilding import build_with_our_boundaries

POPULATION, RESEARCH = "SP.POP.TOTL", "GB.XPD.RSDV.GD.ZS"

# As the service printed it, down to the text where others would have a number; see "About the
# Indicators API Documentation" in the World Bank's knowledge base.
RECORDED = """[{"page":1,"pages":1,"per_page":1000,"total":4,"sourceid":"2",
"lastupdated":"2026-10-15"},[
{"indicator":{"id":"GB.XPD.RSDV.GD.ZS","value":"Research and development expenditure (% of GDP)"},
"country":{"id":"JP","value":"Japan"},"countryiso3code":"JPN","date":"2024","value":null,
"unit":"","obs_status":"","decimal":2},
{"indicator":{"id":"GB.XPD.RSDV.GD.ZS","value":"Research and development expenditure (% of GDP)"},
"country":{"id":"JP","value":"Japan"},"countryiso3code":"JPN","date":"2023","value":3.44300000001,
"unit":"","obs_status":"","decimal":2},
{"indicator":{"id":"GB.XPD.RSDV.GD.ZS","value":"Research and development expenditure (% of GDP)"},
"country":{"id":"KR","value":"Korea, Rep."},"countryiso3code":"KOR","date":"2024","value":null,
"unit":"","obs_status":"","decimal":2},
{"indicator":{"id":"GB.XPD.RSDV.GD.ZS","value":"Research and development expenditure (% of GDP)"},
"country":{"id":"KR","value":"Korea, Rep."},"countryiso3code":"KOR","date":"2023","value":5,
"unit":"","obs_status":"E","decimal":2}]]"""

# The service refuses with status 200.
REFUSAL = """[{"message":[{"id":"120","key":"Invalid value",
"value":"The provided parameter value is not valid"}]}]"""


def row(code: str, economy: str, year: int, value: float | None, **more: object) -> dict:
    return {
        "indicator": {"id": code, "value": "An indicator"},
        "country": {"id": economy[:2], "value": economy},
        "countryiso3code": economy,
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    } | more


def answer(rows: list[dict], page: int = 1, pages: int = 1, **more: object) -> str:
    """The text of a page; `total` is that of its rows unless it is given."""
    about = {"page": page, "pages": pages, "per_page": "1000", "total": len(rows)}
    return json.dumps([about | {"sourceid": "2", "lastupdated": "2026-10-15"} | more, rows])


Reply = tuple[int, dict[str, str], str | None]
"""Status, headers and text of an answer; text is None to cut the connection in the middle of it."""


class Service:
    """Replays answers: each question takes the next reply of its page, the last one for good."""

    def __init__(self) -> None:
        self.replies: dict[tuple[str, int], list[Reply]] = defaultdict(list)
        self.asked: list[tuple[str, int]] = []
        self.economies: set[str] = set()
        self.released = Event()
        self.slow: set[str] = set()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urlsplit(self.path)
                _, _, economies, _, code = unquote(address.path).strip("/").split("/")
                asked = parse_qs(address.query)
                assert asked["format"] == ["json"]
                page = int(asked["page"][0])
                service.asked.append((code, page))
                service.economies |= set(economies.split(";"))
                if code in service.slow:
                    service.released.wait(30)
                    return
                replies = service.replies[code, page]
                status, headers, text = replies.pop(0) if len(replies) > 1 else replies[0]
                content = (text or "[{").encode()
                self.send_response(status)
                length = len(content) + (100 if text is None else 0)
                for name, value in {"Content-Length": str(length), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
                self.close_connection = text is None

            def log_message(self, *_: object) -> None:
                """Nothing is printed."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self.server.server_port}/v2"

    def replay(self, code: str, *texts: str, page: int = 1) -> None:
        self.replies[code, page] += [(200, {}, text) for text in texts]

    def fail(self, code: str, status: int, page: int = 1, **headers: str) -> None:
        self.replies[code, page].append((status, headers, "busy"))


@pytest.fixture
def service():
    service = Service()
    thread = Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield service
    service.released.set()
    service.server.shutdown()
    service.server.server_close()
    thread.join()


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """Seconds that the command would have waited between its tries; it does not wait here."""
    waited: list[float] = []
    monkeypatch.setattr(cli, "wait", waited.append)
    return waited


def write(path: Path, *rows: dict[str, str]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def rows_of(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return list(csv.DictReader(text.splitlines()))


def collected(
    indicator_id: str, economy: str, year: int, value: str, source_id: str, note=""
) -> dict:
    return {
        "indicator_id": indicator_id,
        "economy": economy,
        "year": str(year),
        "value": value,
        "source_id": source_id,
        "qualifier": "exact",
        "note": note,
    }


@pytest.fixture
def inputs(tmp_path) -> Path:
    """Collected tables: two series of the World Bank, one of another source, one added by hand."""
    folder = tmp_path / "national"
    folder.mkdir()
    described = {"name": "A name", "vintage": "old", "note": ""}
    write(
        folder / "indicators.csv",
        {"indicator_id": "population", "source_code": POPULATION, "source_id": "wdi", **described},
        {"indicator_id": "rd_gdp", "source_code": RESEARCH, "source_id": "wdi", **described},
        {"indicator_id": "trade", "source_code": "table 1", "source_id": "office", **described},
    )
    document = {
        "year": "2026",
        "url": "https://a.example/",
        "retrieved_from": "https://a.example/copy",
        "publisher_type": "international organisation",
        "licence": "CC BY 4.0",
        "vintage": "old",
        "note": "",
    }
    write(
        folder / "sources.csv",
        {"source_id": "wdi", "title": "Old copy", "author_or_org": "World Bank", **document},
        {"source_id": "office", "title": "Survey", "author_or_org": "An office", **document},
    )
    write(
        folder / "national_indicators.csv",
        collected("population", "KOR", 2022, "51672569", "wdi", "as printed"),
        collected("population", "KOR", 2023, "51712619", "wdi", "doubtful"),
        collected("population", "JPN", 2022, "125124989", "wdi"),
        collected("population", "TWN", 2022, "23264640", "office", "added by hand"),
        collected("rd_gdp", "JPN", 2023, "3.443", "wdi"),
        collected("trade", "JPN", 2022, "7", "office"),
    )
    neighbour = {"indicator_id": "population", "economy": "MNG", "year": "2022"}
    write(
        folder / "neighbour_indicators.csv.gz",
        {**neighbour, "value": "3433748", "source_id": "wdi"},
    )
    return folder


@pytest.fixture
def contents(inputs) -> Callable[[], dict[str, bytes]]:
    """What the folder of inputs holds at the moment."""
    return lambda: {path.name: path.read_bytes() for path in inputs.iterdir()}


POPULATION_ROWS = [
    row(POPULATION, "JPN", 2023, 124516650),
    row(POPULATION, "JPN", 2022, 125124989),
    row(POPULATION, "KOR", 2023, 51713000),
    row(POPULATION, "KOR", 2022, 51672569),
    row(POPULATION, "MNG", 2023, 3481145),
    row(POPULATION, "MNG", 2022, None),
]


def refresh(service: Service, inputs: Path, *options: str):
    return run("refresh", "worldbank", "--base-url", service.base_url, "--inputs", inputs, *options)


# --- What it does ---------------------------------------------------------------------------------


@pytest.fixture
def good(service, waits) -> Service:
    """A service in good health, with a release that changes some figures."""
    service.replay(POPULATION, answer(POPULATION_ROWS))
    service.replay(RESEARCH, RECORDED)
    return service


def test_a_dry_run_prints_the_differences_and_writes_nothing(good, inputs, contents):
    before = contents()
    result = refresh(good, inputs, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "population (SP.POP.TOTL, release of 2026-10-15): 2 new, 1 changed, 1 gone, 2 the same",
        "  JPN: 2023 new 124516650",
        "  KOR: 2023 51712619 -> 51713000",
        "  MNG: 2022 gone 3433748; 2023 new 3481145",
        "rd_gdp (GB.XPD.RSDV.GD.ZS, release of 2026-10-15): 1 new, 1 changed, 0 gone, 0 the same",
        "  JPN: 2023 3.443 -> 3.44300000001",
        "  KOR: 2023 new 5",
        "Nothing was written (--dry-run).",
    ]
    assert contents() == before


def test_figures_take_the_place_of_those_collected_and_other_sources_stay(good, inputs):
    result = refresh(good, inputs)
    assert result.exit_code == 0, result.output
    assert "Now run `make data`" in result.stdout
    source = "wdi_api_2026_10_15"
    assert rows_of(inputs / "national_indicators.csv") == [
        collected("population", "KOR", 2022, "51672569", source, "as printed"),
        # What was noted about a figure does not hold for another one.
        collected("population", "KOR", 2023, "51713000", source),
        collected("population", "JPN", 2022, "125124989", source),
        collected("population", "JPN", 2023, "124516650", source),
        collected("population", "TWN", 2022, "23264640", "office", "added by hand"),
        collected("rd_gdp", "KOR", 2023, "5", source, "marked 'E' by the World Bank"),
        collected("rd_gdp", "JPN", 2023, "3.44300000001", source),
        collected("trade", "JPN", 2022, "7", "office"),
    ]
    assert rows_of(inputs / "neighbour_indicators.csv.gz") == [
        {
            "indicator_id": "population",
            "economy": "MNG",
            "year": "2023",
            "value": "3481145",
            "source_id": source,
        }
    ]


def test_the_vintage_and_the_service_are_written_into_the_lists(good, inputs):
    refresh(good, inputs)
    [document] = [
        r for r in rows_of(inputs / "sources.csv") if r["source_id"].startswith("wdi_api")
    ]
    assert document["vintage"] == "release of 2026-10-15"
    assert document["retrieved_from"] == good.base_url
    assert document["year"] == "2026"
    assert document["author_or_org"] == "World Bank"
    vintages = {r["indicator_id"]: r["vintage"] for r in rows_of(inputs / "indicators.csv")}
    assert vintages == {
        "population": "World Bank release of 2026-10-15",
        "rd_gdp": "World Bank release of 2026-10-15",
        "trade": "old",
    }


def test_a_second_run_finds_nothing_and_writes_the_same_bytes(good, inputs, contents):
    refresh(good, inputs)
    before = contents()
    result = refresh(good, inputs)
    assert "0 new, 0 changed, 0 gone, 5 the same" in result.stdout
    assert contents() == before


def test_one_indicator_may_be_chosen(good, inputs):
    before = (inputs / "neighbour_indicators.csv.gz").read_bytes()
    refresh(good, inputs, "--indicator", "rd_gdp")
    assert {code for code, _ in good.asked} == {RESEARCH}
    rows = rows_of(inputs / "national_indicators.csv")
    assert {r["source_id"] for r in rows if r["indicator_id"] == "population"} == {"wdi", "office"}
    assert gzip.decompress((inputs / "neighbour_indicators.csv.gz").read_bytes()) == (
        gzip.decompress(before)
    )


def test_only_economies_that_the_world_bank_covers_are_asked_for(good, inputs):
    refresh(good, inputs)
    assert good.economies == {"JPN", "KOR", "MNG"}


def test_no_progress_bar_is_printed_into_a_pipe(good, inputs):
    assert "Asking" not in refresh(good, inputs, "--dry-run").output


def test_all_pages_are_read(service, waits, inputs):
    for page, rows in enumerate((POPULATION_ROWS[:4], POPULATION_ROWS[4:]), start=1):
        service.replay(POPULATION, answer(rows, page, 2, total=6), page=page)
    result = refresh(service, inputs, "--indicator", "population", "--dry-run")
    assert "2 new, 1 changed, 1 gone, 2 the same" in result.stdout
    assert service.asked == [(POPULATION, 1), (POPULATION, 2)]


def test_figures_keep_the_digits_of_the_service(service):
    service.replay(RESEARCH, "\ufeff" + RECORDED)
    with WorldBank(service.base_url) as bank:
        series = bank.series(RESEARCH, ["JPN", "KOR"])
    assert series.updated == "2026-10-15"
    assert series.values == (
        Value("JPN", "2023", "3.44300000001"),
        Value("KOR", "2023", "5", "marked 'E' by the World Bank"),
    )


# --- Faults that pass -----------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_busy_service_is_asked_again_after_longer_and_longer_waits(
    service, waits, inputs, status
):
    for _ in range(3):
        service.fail(POPULATION, status)
    service.replay(POPULATION, answer(POPULATION_ROWS))
    result = refresh(service, inputs, "--indicator", "population")
    assert result.exit_code == 0, result.output
    assert waits == [1, 2, 4]


@pytest.mark.parametrize(
    ("header", "waited"),
    [
        ("17", 17),
        ("0", 0),
        ("9999", 60),
        ("Wed, 25 Nov 2026 12:00:00 GMT", 1),
        ("-5", 1),
        ("nan", 1),
    ],
)
def test_the_service_may_say_how_long_to_wait(service, waits, inputs, header, waited):
    service.fail(POPULATION, 429, **{"Retry-After": header})
    service.replay(POPULATION, answer(POPULATION_ROWS))
    assert refresh(service, inputs, "--indicator", "population").exit_code == 0
    assert waits == [waited]


PASSING = {
    "cut connection": None,
    "malformed JSON": '[{"page":1,',
    "an empty list": "[]",
    "one part": '[{"page":1,"pages":1,"total":0}]',
    "no count": '[{"page":1,"pages":1},[]]',
    "rows missing": answer(POPULATION_ROWS[:2], total=6),
    "another page": answer(POPULATION_ROWS, page=3),
}


@pytest.mark.parametrize("kind", PASSING)
def test_a_broken_answer_is_asked_for_again(service, waits, inputs, kind):
    service.replies[POPULATION, 1].append((200, {}, PASSING[kind]))
    service.replay(POPULATION, answer(POPULATION_ROWS))
    result = refresh(service, inputs, "--indicator", "population")
    assert result.exit_code == 0, result.output
    assert waits == [1]


def test_a_page_that_is_missing_makes_all_pages_be_read_again(service, waits, inputs):
    service.replay(POPULATION, answer(POPULATION_ROWS[:4], 1, 2, total=6))
    service.replay(POPULATION, answer([], 2, 2, total=6), page=2)
    service.replay(POPULATION, answer(POPULATION_ROWS[4:], 2, 2, total=6), page=2)
    assert refresh(service, inputs, "--indicator", "population").exit_code == 0
    assert service.asked == [(POPULATION, page) for page in (1, 2, 1, 2)]


def test_a_release_that_comes_between_two_pages_makes_them_be_read_again(service, waits, inputs):
    service.replay(POPULATION, answer(POPULATION_ROWS[:4], 1, 2, total=6))
    service.replay(
        POPULATION,
        answer(POPULATION_ROWS[4:], 2, 2, total=6, lastupdated="2026-10-16"),
        answer(POPULATION_ROWS[4:], 2, 2, total=6),
        page=2,
    )
    assert refresh(service, inputs, "--indicator", "population").exit_code == 0
    assert waits == [1]


def test_a_service_that_does_not_answer_in_time_is_given_up_after_some_tries(service):
    service.slow.add(POPULATION)
    waited: list[float] = []
    with (
        WorldBank(service.base_url, time_out=0.05, sleep=waited.append) as bank,
        pytest.raises(ServiceError, match=r"SP\.POP\.TOTL: .*not answer in time\. Tried 5 times"),
    ):
        bank.series(POPULATION, ["JPN"])
    assert waited == [1, 2, 4, 8]


# --- Faults that last: nothing is written ---------------------------------------------------------


def refused(service, inputs, contents, *options: str) -> str:
    """Run the command, which must fail and leave all as it was; returns its one line."""
    before = contents()
    result = refresh(service, inputs, *options)
    assert result.exit_code == 1, result.output
    assert contents() == before
    assert result.stderr.startswith("Nothing was written. ")
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


@pytest.mark.parametrize("kind", PASSING)
def test_a_fault_that_does_not_pass_ends_after_some_tries(service, waits, inputs, contents, kind):
    service.replies[POPULATION, 1].append((200, {}, PASSING[kind]))
    line = refused(service, inputs, contents, "--indicator", "population")
    assert f"Tried {TRIES} times." in line
    assert waits == [1, 2, 4, 8]


def test_an_unknown_indicator_is_refused_in_the_words_of_the_service(
    service, waits, inputs, contents
):
    service.replay(POPULATION, REFUSAL)
    line = refused(service, inputs, contents, "--indicator", "population")
    assert "SP.POP.TOTL: The service refuses: Invalid value: The provided parameter" in line
    assert waits == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_by_status_is_not_tried_again(service, waits, inputs, contents, status):
    service.fail(POPULATION, status)
    line = refused(service, inputs, contents, "--indicator", "population")
    assert f"status {status}" in line
    assert waits == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(POPULATION, "JPN", 2022, "many")], "JPN 2022: 'many' is no number"),
        ([row(POPULATION, "JPN", 2022, True)], "JPN 2022: True is no number"),
        ([row(POPULATION, "JPN", 2022, float("inf"))], "is no number"),
        ([row(POPULATION, "JPN", 2022, 1, date="2022Q1")], "JPN: '2022Q1' is no year"),
        ([row(POPULATION, "USA", 2022, 1)], "'USA', which was not asked for"),
        ([row(RESEARCH, "JPN", 2022, 1)], "A row is of GB.XPD.RSDV.GD.ZS"),
        ([row(POPULATION, "JPN", 2022, 1)] * 2, "JPN 2022 came twice"),
        (["JPN"], "A row has no indicator"),
    ],
)
def test_rows_that_make_no_sense_are_refused(service, waits, inputs, contents, rows, words):
    service.replay(POPULATION, answer(rows))
    assert words in refused(service, inputs, contents, "--indicator", "population")


def test_an_answer_without_the_date_of_its_release_is_refused(service, waits, inputs, contents):
    service.replay(POPULATION, answer(POPULATION_ROWS, lastupdated=None))
    assert "of which date" in refused(service, inputs, contents, "--indicator", "population")


def test_a_series_that_has_become_empty_is_refused(service, waits, inputs, contents):
    service.replay(POPULATION, answer([row(POPULATION, "JPN", 2022, None)]))
    line = refused(service, inputs, contents, "--indicator", "population")
    assert "the release has none of the 4 figures collected" in line


def test_one_indicator_that_fails_keeps_the_others_from_being_written(
    service, waits, inputs, contents
):
    service.replay(POPULATION, answer(POPULATION_ROWS))
    service.replay(RESEARCH, REFUSAL)
    assert RESEARCH in refused(service, inputs, contents)


def test_a_disk_that_fails_leaves_every_table_as_it_was(good, inputs, contents, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    assert "No space left" in refused(good, inputs, contents)


def test_a_mark_that_a_table_cannot_hold_is_refused(service, waits, inputs, contents):
    marked = row(POPULATION, "MNG", 2022, 1, obs_status="F")
    service.replay(POPULATION, answer([*POPULATION_ROWS[:5], marked]))
    line = refused(service, inputs, contents, "--indicator", "population")
    assert "neighbour_indicators.csv.gz has no column `note`" in line


def test_a_service_that_is_not_there_is_one_clear_line(waits, service, inputs, contents):
    service.base_url = "http://127.0.0.1:9"
    line = refused(service, inputs, contents, "--indicator", "population")
    assert "The connection failed" in line


# --- Questions that cannot be asked ---------------------------------------------------------------


def test_an_indicator_that_is_not_the_world_banks_is_named_with_those_that_are(service, inputs):
    result = refresh(service, inputs, "--indicator", "trade")
    assert result.exit_code == 2
    assert result.stderr == (
        "No indicator of the World Bank is called trade. There are: population, rd_gdp.\n"
    )
    assert service.asked == []


def test_an_address_that_is_none_is_refused(inputs):
    result = run("refresh", "worldbank", "--base-url", "ftp://a.example", "--inputs", inputs)
    assert result.exit_code == 2
    assert "--base-url is an address such as" in result.stderr


@pytest.mark.parametrize("name", ["sources.csv", "indicators.csv"])
def test_inputs_that_are_not_there_are_named(service, inputs, name):
    (inputs / name).unlink()
    result = refresh(service, inputs)
    assert result.exit_code == 1
    assert f"{inputs / name} is missing." in result.stderr


def test_inputs_that_cannot_be_read_are_named(service, inputs):
    path = inputs / "neighbour_indicators.csv.gz"
    path.write_bytes(path.read_bytes()[:20])
    result = refresh(service, inputs)
    assert result.exit_code == 1
    assert f"{path} cannot be read" in result.stderr


# --- Our own inputs -------------------------------------------------------------------------------


def test_our_own_inputs_build_with_a_new_release(service, waits, catalogue, tmp_path):
    """The package takes the figures over, with the release as their source."""
    shutil.copytree(INPUTS, tmp_path / "inputs")
    national = tmp_path / "inputs" / "national"
    code, indicator_id = "SE.TER.ENRR", "tertiary_enrolment_gross"
    held = [
        row(code, old["economy"], int(old["year"]), float(old["value"]))
        for path in sorted(national.glob("*_indicators.csv*"))
        for old in rows_of(path)
        if old["indicator_id"] == indicator_id
    ]
    service.replay(code, answer([*held, row(code, "JPN", 2030, 66.25)]))
    result = refresh(service, national, "--indicator", indicator_id)
    assert result.exit_code == 0, result.output
    assert f"1 new, 0 changed, 0 gone, {len(held):,} the same" in result.stdout
    build_with_our_boundaries(tmp_path / "data", tmp_path / "inputs")
    built = load(tmp_path / "data")
    newest = built.observations(indicator_id, ["JPN"]).iloc[-1]
    assert (newest["year"], newest["value"]) == (2030, 66.25)
    assert newest["source_id"] == "wdi_api_2026_10_15"
    assert newest["locator"] == code
    assert built.sources["wdi_api_2026_10_15"].retrieved == "release of 2026-10-15"
    before = catalogue.observations(indicator_id)
    assert len(built.observations(indicator_id)) == len(before) + 1
