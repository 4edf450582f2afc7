"""The verdict above a comparison, on real questions that readers ask: right ones and wrong ones."""

import pandas as pd
import pytest

from dashboard.ui.verdict import COMPARES, WITH_CARE, definitions, verdict


@pytest.fixture
def judge(catalogue):
    """The verdict on one or several indicators of some places, in all years or some."""

    def judged(indicators, places, years=None):
        wanted = [indicators] if isinstance(indicators, str) else indicators
        rows = pd.concat([catalogue.series(key, places) for key in wanted], ignore_index=True)
        if years is not None:
            rows = rows[rows["year"].isin(years)]
        assert len(rows), "nothing to judge"
        return verdict(rows, catalogue)

    return judged


SOUND = [
    ("GDP per head of Japan and China, both in purchasing power", "gdp_pcap_ppp_const2021",
     ["JPN", "CHN"]),
    ("FDI by UNCTAD in Singapore and Hong Kong", "fdi_inward_flow_gdp_unctad", ["SGP", "HKG"]),
    ("Researchers of Japan and Korea, full-time equivalents", "researchers_per_million",
     ["JPN", "KOR"]),
    ("Chip patents in the United States of Japan, Korea, Taiwan", "uspto_semiconductor_patents",
     ["JPN", "KOR", "TWN"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "indicator", "places"), SOUND)
def test_figures_that_compare_are_said_to(judge, question, indicator, places):
    found = judge(indicator, places)
    assert (found.severity, found.line) == ("note", COMPARES), question


UNSOUND = [
    ("SME jobs in Japan, Korea and Malaysia", "sme_share_employment", ["JPN", "KOR", "MYS"],
     "legal SME limits differ: Japan 300 employees; South Korea sales of 150 billion KRW; "
     "Malaysia 200 employees"),
    ("SME jobs in Japan and India, which counts industry alone", "sme_share_employment",
     ["JPN", "IND"], "sectors differ"),
    ("SMEs counted in Japan and Korea", "sme_count", ["JPN", "KOR"], "legal SME limits differ"),
    ("SME exports of Korea and Taiwan", "sme_share_exports", ["KOR", "TWN"],
     "South Korea 400 employees, then sales of 150 billion KRW"),
    ("FDI of Singapore by UNCTAD and by the World Bank",
     ["fdi_inward_flow_gdp_unctad", "fdi_net_inflows_gdp"], ["SGP"],
     "the same is counted in different ways"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "indicators", "places", "reason"), UNSOUND)
def test_figures_that_do_not_compare_are_said_not_to_and_why(
    judge, question, indicators, places, reason
):
    found = judge(indicators, places)
    assert found.severity == "not_comparable", question
    assert found.line.startswith("Not comparable: "), question
    assert reason in found.line, question


CAREFUL = [
    ("R&D of Japan, Korea and Taiwan, whose method changed", "rd_expenditure_gdp",
     ["JPN", "KOR", "TWN"], "Break in the series"),
    ("Hsinchu's revenue beside two other parks, one an estimate", "park_revenue_twd_bn",
     ["hsinchu", "central_taiwan", "southern_taiwan"], "Estimates: Hsinchu 2002"),
    ("World chip sales, which two sources give differently", "semiconductor_billings",
     ["wsts_world", "wsts_japan"], "Other sources give another figure"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "indicator", "places", "reason"), CAREFUL)
def test_figures_that_ask_for_care_say_for_which(judge, question, indicator, places, reason):
    found = judge(indicator, places)
    assert found.severity == "caution", question
    assert found.line.startswith(f"{WITH_CARE}: "), question
    assert reason in found.line, question


def test_one_year_may_compare_where_all_years_do_not(judge):
    """Taiwan's R&D has a break in 2014; figures of 2020 stand on one side of it."""
    places = ["JPN", "KOR", "TWN"]
    assert "Break" in judge("rd_expenditure_gdp", places).line
    assert "Break" not in judge("rd_expenditure_gdp", places, [2020]).line


def test_more_reasons_are_counted_after_the_first(judge):
    found = judge("sme_share_employment", ["JPN", "CHN", "IND"])
    grave = [item for item in found.findings if item.severity == "not_comparable"]
    assert len(grave) == 2
    assert found.line.endswith("And 1 more.")


def test_definitions_stand_side_by_side_with_their_documents(catalogue):
    rows = catalogue.series("sme_share_employment", ["JPN", "KOR", "MYS"])
    markup = definitions(rows, catalogue)
    for place in ("Japan", "South Korea", "Malaysia"):
        assert place in markup
    for law in set(rows["definition_id"]) - {""}:
        assert catalogue.definition_words(law) in markup
    for source in set(rows["source_id"]):
        assert f"source={source}" in markup
