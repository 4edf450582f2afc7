"""What is missing is said by name, with the years there are."""

import pandas as pd

from dashboard.catalogue.findings import Finding, missing_in_range, missing_in_year

NAMES = {"JPN": "Japan", "TWN": "Taiwan", "MAC": "Macao"}


def series(*pairs):
    return pd.DataFrame(pairs, columns=["place_id", "year"]).assign(value=1.0)


def texts(findings):
    return [finding.text for finding in findings]


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
            "missing_in_year",
            "No value for 2020: Japan (from 2021), Taiwan (latest 2018), Macao (none held).",
            ("JPN", "TWN", "MAC"),
            (2020,),
        )
    ]


def test_taiwan_after_its_last_year_is_said_as_readers_say_it():
    held = series(*(("JPN", year) for year in range(2019, 2024)), ("TWN", 2019), ("TWN", 2020))
    assert missing_in_range(held, {"JPN": "Japan", "TWN": "Taiwan"}, 2019, 2023) == [
        Finding("missing", "missing_in_range", "Taiwan: no observations after 2020.", ("TWN",))
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
