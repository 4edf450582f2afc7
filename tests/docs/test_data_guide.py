"""What docs/data.md tells curators to write works: its examples are built and found."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from dashboard.catalogue import load
from dashboard.catalogue.validation import check_package
from data.curation.tables import INPUTS
from tests.rebuilding import build_with_our_boundaries

GUIDE = Path(__file__).parents[2] / "docs" / "data.md"
EXAMPLE = re.compile(r"^```csv (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = EXAMPLE.findall(GUIDE.read_text(encoding="utf-8"))


def add_rows(path: Path, example: str) -> None:
    """Add the rows of an example to an input; columns that it does not name stay empty."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    rows = list(csv.DictReader(io.StringIO(example), strict=True))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package built from the inputs and every example of the guide."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(INPUTS, folder / "inputs")
    for name, example in EXAMPLES:
        add_rows(folder / "inputs" / name, example)
    build_with_our_boundaries(folder / "data", folder / "inputs")
    return folder / "data"


@pytest.fixture(scope="module")
def catalogue(package):
    return load(package)


def test_the_guide_has_an_example_of_each_kind():
    assert {
        *("national/sources.csv", "national/indicators.csv", "national/national_indicators.csv"),
        *("hubs/hubs.csv", "programmes/programmes.csv", "programmes/programme_funding.csv"),
    } <= {name for name, _ in EXAMPLES}


def test_the_package_with_the_examples_has_no_problem(package):
    assert [str(problem) for problem in check_package(package)] == []


def test_the_indicator_is_found_with_its_values_and_its_source(catalogue):
    assert catalogue.indicator("robots_per_10k").short_name == "Robots per 10,000"
    rows = catalogue.series("robots_per_10k")
    assert dict(zip(rows["place_id"], rows["value"], strict=True)) == {"JPN": 419, "KOR": 1012}
    assert set(rows["source_id"]) == {"example_office_2026"}
    assert set(rows["locator"]) == {"table 4"}
    assert catalogue.sources["example_office_2026"].licence == "CC BY 4.0"


def test_the_hub_is_found_with_its_figure_and_its_tie(catalogue):
    hub = catalogue.place("example_bay")
    assert hub.kind == "hub"
    assert hub.industries == ("semiconductors",)
    assert catalogue.series("population", ["example_bay"])["value"].tolist() == [120_000]
    assert catalogue.links("example_bay")["to_place_id"].tolist() == ["kyushu"]


def test_the_programme_is_found_with_its_money(catalogue):
    assert "jp_example_plan" in catalogue.programmes("JPN")["programme_id"].tolist()
    [amount] = catalogue.funding("jp_example_plan").itertuples()
    assert (amount.amount, amount.currency, amount.headline) == (1500, "JPY", True)


def test_every_source_of_the_examples_is_listed(catalogue):
    rows = [
        row
        for name, text in EXAMPLES
        if name.endswith("sources.csv")
        for row in csv.DictReader(io.StringIO(text))
    ]
    assert {row["source_id"] for row in rows} <= set(catalogue.sources)
    assert all(".example/" in row["url"] for row in rows), "An example must not pass for a source."


def test_what_the_guide_names_is_there(root):
    text = GUIDE.read_text(encoding="utf-8")
    named = re.findall(r"`((?:national|hubs|sme|programmes|curated|geography)/[\w*]+\.csv)`", text)
    assert len(named) > 10
    assert [name for name in named if not list(INPUTS.glob(name))] == []
    for name in re.findall(r"`(data/[\w/]+\.(?:py|md|csv))`", text):
        assert (root / name).exists(), name
