"""The catalogue for programs: right rows, whole provenance, and every refusal in words."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import pandas as pd
import pytest
import schemathesis
from hypothesis import given, settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.api.charts import MOST_AT_ONCE, Charts
from dashboard.api.limits import Limit
from dashboard.api.routes import api_mount
from dashboard.exports.files import FORMATS
from dashboard.serving.taking import RefusedError, Taken

BASE = "/api/v1"
PROBLEM = "application/problem+json"


def draw(path, suffix, card, picture, origin):
    """Says in a file what was asked for, where the atlas would draw it."""
    if "nonsense" in path:
        raise RefusedError("The link asks for nonsense.")
    said = [path, suffix, card, picture["size"], picture["look"], picture["scale"], origin]
    return Taken("\n".join(said).encode(), f"chart.{suffix}", FORMATS[suffix].mime)


CHARTS = Charts(draw, {"map", "compare"})


@pytest.fixture(scope="module")
def application(catalogue):
    return Starlette(routes=[api_mount(lambda: catalogue, CHARTS, Limit(0))])


@pytest.fixture(scope="module")
def client(application):
    with TestClient(application, raise_server_exceptions=True) as client:
        yield client


def ask(client, path, **query):
    return client.get(f"{BASE}/{path}", params=query)


def test_the_example_gives_every_observation_with_its_document_and_locator(client, catalogue):
    answer = ask(client, "observations", indicator="rd_expenditure_gdp", place="JPN", format="csv")
    held = catalogue.observations("rd_expenditure_gdp", ["JPN"])
    table = pd.read_csv(io.BytesIO(answer.content), encoding="utf-8-sig")
    assert list(table["value"]) == held["value"].tolist()
    assert table["source"].notna().all()
    assert table["locator"].notna().all()
    assert answer.headers["x-data-version"] == catalogue.version
    assert answer.headers["x-total-count"] == str(len(held))


def test_drawn_rows_are_those_of_the_charts(client, catalogue):
    query = {"indicator": "rd_expenditure_gdp", "place": "TWN", "from": 2000, "to": 2010}
    rows = ask(client, "observations", **query, rows="drawn").json()["rows"]
    drawn = catalogue.series("rd_expenditure_gdp", ["TWN"], 2000, 2010)
    assert [(row["year"], row["value"]) for row in rows] == list(
        zip(drawn["year"], drawn["value"], strict=True)
    )


def test_parts_of_a_list_are_together_the_list(client, catalogue):
    found, path = [], f"{BASE}/places?size=100"
    while path:
        body = client.get(path).json()
        found += [row["place_id"] for row in body["rows"]]
        path = body["next"]
    assert found == catalogue.table("places")["place_id"].tolist()
    assert body["total"] == len(found)


def test_filters_are_those_of_the_interface(client, catalogue):
    rows = ask(client, "places", kind="hub", industry_type="science_based").json()["rows"]
    assert {row["place_id"] for row in rows} == {
        place.place_id
        for place in catalogue.places_of_kind("hub")
        if place.industry_type == "science_based"
    }
    topics = {row["topic"] for row in ask(client, "indicators", topic="sme").json()["rows"]}
    assert topics == {"sme"}


def test_a_programme_comes_with_its_amounts(client, catalogue):
    item = ask(client, "programmes/jp_mext_kci1").json()["item"]
    assert len(item["funding"]) == len(catalogue.funding("jp_mext_kci1"))
    assert all(row["source_id"] for row in item["funding"])


def test_nothing_is_sent_twice(client):
    first = ask(client, "sources", size=3)
    again = client.get(
        f"{BASE}/sources?size=3", headers={"if-none-match": f"W/{first.headers['etag']}"}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"].startswith("public")
    assert ask(client, "sources", size=4).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("observations?indicator=rd_expenditure_gpd", 404, "rd_expenditure_gdp"),
        ("observations?place=JAPAN", 404, "no place “JAPAN”"),
        ("observations?colour=red", 400, "no parameter `colour`. There are: economy"),
        (
            "observations?from=2020&to=2001",
            400,
            "`from` is after `to`: give the earlier year first.",
        ),
        ("observations?year=1066", 400, "`year`"),
        ("observations?year=2001&year=2002", 400, "given twice"),
        ("places?industry_type=steam", 400, "Take one of: "),
        ("places?size=0", 400, "`size`"),
        ("places?size=99999", 400, "`size`"),
        ("indicators/nothing_like_it", 404, "no indicator"),
        ("sources?format=xml", 400, "Take one of: json, csv"),
        ("nowhere", 404, "There are: /api/v1/indicators"),
        ("observations?indicator=%00", 400, "`indicator`"),
        ("places?kind=" + "x" * 9000, 400, "`kind`"),
        ("indicators/rd_expenditure_gdp?size=3", 400, "no parameter `size`"),
        ("charts/nowhere", 404, "no page with charts “nowhere”"),
        ("charts/map?view=nonsense", 400, "asks for nonsense"),
        ("charts/map?format=doc", 400, "Take one of: csv"),
        ("charts/map?picture_scale=9", 400, "`picture_scale`"),
        ("charts/map?card=a%20b", 400, "`card`"),
    ],
)
def test_what_cannot_be_answered_says_what_and_how_to_mend_it(client, path, status, said):
    answer = client.get(f"{BASE}/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    body = answer.json()
    assert (body["status"], body["instance"]) == (status, f"{BASE}/{path.split('?')[0]}")
    assert said in body["detail"]
    assert "Value error" not in body["detail"]


def test_a_chart_is_asked_for_by_the_parameters_of_its_page(client):
    link = "indicator=population&places=JPN&places=KOR&size=population"
    asked = f"{BASE}/charts/compare?{link}&format=svg&card=compare&picture_look=dark"
    answer = client.get(asked)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-disposition"] == 'inline; filename="chart.svg"'
    path, *said = answer.text.split("\n")
    assert path == f"/compare?{link}"
    assert said == ["svg", "compare", "slide", "dark", "1", str(client.base_url)]
    again = client.get(asked, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    first_page = client.get(f"{BASE}/charts/map?format=csv").text
    assert first_page.startswith("/\ncsv\n")


def test_a_chart_that_was_drawn_is_kept_and_few_are_drawn_at_once(catalogue):
    drawn, entered, let_go = [], Semaphore(0), Event()

    def slow(path, *more):
        drawn.append(path)
        entered.release()
        let_go.wait(10)
        return draw(path, *more)

    mount = api_mount(lambda: catalogue, Charts(slow, {"compare"}), Limit(0))
    client = TestClient(Starlette(routes=[mount]))
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        answers = [
            pool.submit(client.get, f"{BASE}/charts/compare?year={2000 + number}")
            for number in range(MOST_AT_ONCE)
        ]
        for _ in answers:
            assert entered.acquire(timeout=10)
        busy = client.get(f"{BASE}/charts/compare?year=1990")
        let_go.set()
        assert [answer.result().status_code for answer in answers] == [200] * MOST_AT_ONCE
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "3")
    assert busy.headers["cache-control"] == "no-store"
    before = len(drawn)
    assert client.get(f"{BASE}/charts/compare?year=2000").status_code == 200
    assert len(drawn) == before


def test_the_atlas_is_only_read(client):
    answer = client.post(f"{BASE}/places", json={})
    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)
    assert "GET" in answer.headers["allow"]
    assert client.head(f"{BASE}/places").status_code == 200


def test_who_asks_too_often_is_told_when_to_ask_again(catalogue):
    clock = iter([0.0, 0.1, 0.2, 31.0])
    limit = Limit(2, clock=lambda: next(clock))
    client = TestClient(Starlette(routes=[api_mount(lambda: catalogue, CHARTS, limit)]))
    answers = [client.get(f"{BASE}/sources?size=1") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 31
    assert answers[2].headers["content-type"] == PROBLEM


def test_the_page_for_people_names_every_list(client):
    text = client.get(f"{BASE}/").text
    for name in ("indicators", "places", "observations", "programmes", "sources", "charts"):
        assert f"{BASE}/{name}" in text
    assert "http" not in text.replace("http://localhost:8501", "")


def test_every_answer_keeps_the_description(application):
    schema = schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", application)

    checked = 0
    for operation in schema.get_all_operations():
        strategy = operation.ok().as_strategy()

        @settings(max_examples=12, deadline=None, database=None, derandomize=True)
        @given(case=strategy)
        def check(case):
            case.call_and_validate()

        check()
        checked += 1
    assert checked == 10
