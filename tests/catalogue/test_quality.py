"""The report on the data counts what is there, and hides nothing."""

import pytest

from dashboard.catalogue.quality import report


@pytest.fixture(scope="session")
def real(catalogue):
    return report(catalogue)


@pytest.fixture(scope="session")
def small(small_tables):
    kinds = {"office": "official_statistics", "paper": "press", "other_paper": "press"}
    return report(
        small_tables(
            observations=[
                {"source_id": "office", "caveats": "splice;estimate"},
                {"source_id": "paper", "value": "80", "caveats": "estimate"},
                {"source_id": "paper", "year": "2005", "qualifier": "approximate"},
                {"source_id": "other_paper", "year": "2005", "qualifier": "approximate"},
                {"source_id": "paper", "year": "", "year_basis": "unstated"},
                {"source_id": "office", "indicator_id": "rate", "year": "1990"},
            ],
            programme_funding=[{"caveats": "estimate"}],
            indicators=[{}, {"indicator_id": "rate", "topic": "rd"}],
            caveats=[{"caveat": "splice"}, {"caveat": "estimate"}, {"caveat": "forecast"}],
            precedence=[
                {"publisher_type": "official_statistics", "rank": "1"},
                {"publisher_type": "press", "rank": "2"},
            ],
            sources=[{}]
            + [
                {"source_id": key, "publisher_type": kind, "year": "2010"}
                for key, kind in kinds.items()
            ],
        )
    )


def counted(table, key, value):
    return dict(zip(table[key], table[value], strict=True))


def test_caveats_are_counted_in_values_and_amounts(small):
    assert counted(small.caveats, "caveat", "values") == {"estimate": 2, "splice": 1, "forecast": 0}
    assert counted(small.caveats, "caveat", "amounts") == {
        "estimate": 1,
        "splice": 0,
        "forecast": 0,
    }


def test_what_only_the_press_gives_is_counted_by_topic(small):
    # Of sme: 2003 has an office too; 2005 and the undated figure have the press alone.
    assert counted(small.press_only, "topic", "values") == {"sme": 3, "rd": 1, "all": 4}
    assert counted(small.press_only, "topic", "press_only") == {"sme": 2, "rd": 0, "all": 2}
    assert counted(small.press_only, "topic", "share_pct")["all"] == 50.0


def test_publishers_and_undated_rows_are_counted(small):
    assert small.rows == 6
    assert counted(small.publishers, "publisher_type", "values") == {
        "press": 4,
        "official_statistics": 2,
    }
    assert counted(small.publishers, "publisher_type", "sources")["press"] == 3
    assert len(small.undated) == 1


def test_oldest_and_newest_years_are_those_drawn(small):
    ages = small.ages.set_index("indicator_id")
    assert tuple(ages.loc["share", ["values", "oldest_year", "newest_year"]]) == (2, 2003, 2005)
    assert tuple(ages.loc["rate", ["values", "oldest_year", "newest_year"]]) == (1, 1990, 1990)


def test_what_was_corrected_and_left_out_is_listed_with_the_reason(small):
    assert list(small.corrections["reason"]) == ["A misprint."]
    assert list(small.left_out["reason"]) == ["The licence excludes commercial use."]


def test_a_conflict_stands_side_by_side(small):
    assert list(small.conflicts["value"]) == [70.0, 80.0]


def test_every_row_of_the_data_is_counted_once(real, catalogue):
    observations = catalogue.table("observations")
    assert real.rows == len(observations)
    assert real.publishers["values"].sum() == real.rows
    assert real.ages["values"].sum() == len(catalogue.drawn)
    assert len(real.undated) == observations["year"].isna().sum()
    assert set(real.caveats["caveat"]) == set(catalogue.table("caveats")["caveat"])
    assert abs(real.publishers["share_pct"].sum() - 100) < 0.5


def test_the_press_rests_under_semiconductors_more_than_under_research(real):
    share = counted(real.press_only, "topic", "share_pct")
    assert share["semiconductors"] > share["sme"] > share["rd"]


def test_the_report_shows_conflicts_corrections_and_what_is_left_out(real):
    assert len(real.conflicts) > 20
    assert len(real.funding_conflicts) > 20
    assert (real.corrections["reason"] != "").all()
    assert (real.left_out["reason"] != "").all()
