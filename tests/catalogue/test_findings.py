"""What is missing, uncertain or not comparable is said by name."""

import pandas as pd
import pytest

from dashboard.catalogue.findings import (
    Finding,
    comparability,
    missing_in_range,
    missing_in_year,
)

NAMES = {"JPN": "Japan", "TWN": "Taiwan", "MAC": "Macao"}


def series(*pairs):
    return pd.DataFrame(pairs, columns=["place_id", "year"]).assign(value=1.0)


def texts(findings):
    return [finding.text for finding in findings]


def all_text(catalogue, indicator_id, places, year=None):
    rows = catalogue.series(indicator_id, places, year, year)
    return " ".join(texts(comparability(rows, catalogue)))


# --- Missing --------------------------------------------------------------------------------------


def test_nothing_missing_is_nothing_said():
    held = series(("JPN", 2020), ("TWN", 2020))
    names = {"JPN": "Japan", "TWN": "Taiwan"}
    assert missing_in_year(held, names, 2020) == []
    assert missing_in_range(held, names, 2020, 2020) == []


def test_who_lacks_a_year_is_named_with_the_nearest_year():
    held = series(("JPN", 2021), ("TWN", 2015), ("TWN", 2018), ("TWN", 2022))
    assert missing_in_year(held, NAMES, 2020) == [
        Finding(
            "missing",
            "No value for 2020: Japan (from 2021), Taiwan (latest 2018), Macao (none held).",
        )
    ]


def test_taiwan_after_its_last_year_is_said_as_readers_say_it():
    held = series(*(("JPN", year) for year in range(2019, 2024)), ("TWN", 2019), ("TWN", 2020))
    assert missing_in_range(held, {"JPN": "Japan", "TWN": "Taiwan"}, 2019, 2023) == [
        Finding("missing", "Taiwan: no observations after 2020.")
    ]


def test_early_late_and_missing_years_between_are_said_together():
    held = series(("JPN", 2000), ("JPN", 2001), ("JPN", 2002), ("JPN", 2010), ("JPN", 2011))
    held = pd.concat([held, series(("TWN", 2001), ("TWN", 2010))])
    held = pd.concat([held, series(*(("MAC", year) for year in range(2000, 2012)))])
    assert texts(missing_in_range(held, NAMES, 2000, 2011)) == [
        "Japan: no observations for 7 of the years between 2000 and 2011.",
        "Taiwan: no observations before 2001 or after 2010"
        " or for 8 of the years between 2001 and 2010.",
    ]


def test_places_that_lack_the_same_are_named_in_one_sentence():
    held = series(("MAC", 2000), ("MAC", 2001), ("JPN", 2000), ("TWN", 2000))
    assert texts(missing_in_range(held, NAMES, 2000, 2001)) == [
        "Japan, Taiwan: no observations after 2000."
    ]


def test_a_table_without_rows_says_that_nobody_has_any():
    assert texts(missing_in_range(series(), NAMES, 2000, 2010)) == [
        "Japan, Taiwan, Macao: no observations."
    ]
    assert "Japan (none held)" in missing_in_year(series(), NAMES, 2000)[0].text


def test_taiwan_has_no_world_bank_series_and_its_last_patents_are_of_2022(catalogue):
    held = catalogue.series("uspto_semiconductor_patents", ["TWN"])
    assert texts(missing_in_year(held, {"TWN": "Taiwan"}, 2024)) == [
        "No value for 2024: Taiwan (latest 2022)."
    ]


# --- Not comparable -------------------------------------------------------------------------------


def test_no_rows_need_no_caution(catalogue):
    assert comparability(catalogue.series("rd_expenditure_gdp", []), catalogue) == []


def test_different_sectors_are_a_caution_that_says_who_covers_what(catalogue):
    rows = catalogue.series("sme_share_employment", ["JPN", "IND", "HKG"])
    first = comparability(rows, catalogue)[0]
    assert first.severity == "caution"
    assert first.text == (
        "Not comparable: sectors differ (the private sector: Hong Kong; industry: India;"
        " all industries: Japan)."
    )


def test_one_narrow_coverage_is_a_note(catalogue):
    rows = catalogue.series("sme_share_employment", ["HKG", "USA"])
    assert comparability(rows, catalogue)[0] == Finding("note", "Covers the private sector only.")


def test_legal_limits_that_differ_are_a_caution_with_the_limits(catalogue):
    rows = catalogue.series("sme_share_employment", ["JPN", "CHN", "TWN"])
    found = [item for item in comparability(rows, catalogue) if "legal SME limits" in item.text]
    assert found == [
        Finding(
            "caution",
            "Not comparable: legal SME limits differ: China up to 1,000 employees;"
            " Japan up to 300 employees; Taiwan up to 200 employees.",
        )
    ]


def test_one_definition_is_no_caution(catalogue):
    assert "legal SME limits" not in all_text(catalogue, "sme_share_employment", ["JPN"])


def test_the_shared_european_definition_is_no_caution(catalogue):
    rows = catalogue.series("sme_share_employment", ["SWE", "IRL"], 2008, 2018)
    found = [item for item in comparability(rows, catalogue) if "law" in item.text]
    assert all(item.severity == "note" for item in found)


def test_fiscal_years_are_named_and_set_against_calendar_years(catalogue):
    alone = all_text(catalogue, "software_exports_inr_crore", ["bangalore"])
    assert "Fiscal years, by the year they start in: Bangalore" in alone
    mixed = all_text(catalogue, "sme_share_exports", None)
    assert "Fiscal years, by the year they start in against calendar years of the others: " in mixed
    assert "India" in mixed


def test_years_of_publication_are_a_caution(catalogue):
    rows = catalogue.series("sme_share_employment", ["IND"])
    found = [item for item in comparability(rows, catalogue) if "publication" in item.text]
    assert found[0].severity == "caution"
    assert found[0].text.endswith("stands instead: India 2003.")


@pytest.mark.parametrize(
    ("place", "year", "text"),
    [
        ("TWN", 2016, "Approximate: Taiwan 2016."),
        ("JPN", 2023, "At least this much: Japan 2023."),
        ("CHN", 2012, "At most this much: China 2012."),
        ("TWN", 2005, "Between two values; the bar or point is the lower: Taiwan 2005."),
    ],
)
def test_how_firm_a_value_is_is_said(catalogue, place, year, text):
    assert text in all_text(catalogue, "sme_share_employment", [place], year)


def test_years_in_a_row_are_written_as_a_run(catalogue):
    text = all_text(catalogue, "sme_share_employment", ["KOR"])
    assert "Known from the press only: South Korea 2000, 2010, 2017, 2019–2023." in text


def test_rival_figures_are_named(catalogue):
    text = all_text(catalogue, "semiconductor_billings", ["wsts_world"], 2005)
    assert "Other sources give another figure: World 2005." in text


def test_the_note_of_the_indicator_comes_last(catalogue):
    for indicator_id in ("rd_expenditure_gdp", "sme_share_employment"):
        found = comparability(catalogue.series(indicator_id), catalogue)
        assert found[-1].text == catalogue.indicator(indicator_id).comparability_note


def test_long_lists_are_cut_and_counted(catalogue):
    text = all_text(catalogue, "sme_share_employment", None)
    assert " more." in text


def test_every_indicator_can_be_judged_in_whole_sentences(catalogue, every_series):
    for indicator_id, rows in every_series.groupby("indicator_id"):
        for finding in comparability(rows, catalogue):
            assert finding.severity in ("missing", "caution", "note")
            assert finding.text.rstrip().endswith("."), (indicator_id, finding.text)
            assert "nan" not in finding.text.lower().split(), (indicator_id, finding.text)
