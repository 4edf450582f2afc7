"""Small firms: shares by sectors, laws side by side, who compares with whom, what papers say."""

import pandas as pd
import pytest

from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.legal_limits import widest_limit
from dashboard.catalogue.sme_answer import (
    answer,
    economies_with_answer,
    per_person_ratio,
    position,
)
from dashboard.catalogue.sme_facts import largest_sectors, paper_figures, sme_conflicts
from dashboard.catalogue.sme_laws import (
    counted_otherwise,
    counted_twice,
    law_sectors,
    laws,
    rates_used,
    under_another_limit,
)
from dashboard.catalogue.sme_measures import (
    MEASURES,
    SHARES,
    measure_of,
    scopes_of,
    share_indicators,
    shares,
)


def value_of(rows, place_id, year):
    return rows[(rows["place_id"] == place_id) & (rows["year"] == year)]["value"].tolist()


# --- Shares ---------------------------------------------------------------------------------------


def test_every_share_belongs_to_one_measure_and_all_are_per_cent(catalogue):
    assert len(set(SHARES)) == len(SHARES)
    assert {catalogue.indicators[key].unit_symbol for key in SHARES} == {"%"}
    assert measure_of("sme_share_establishments").name == "enterprises"
    assert measure_of("population") is None
    for measure in MEASURES:
        assert len({catalogue.indicators[key].concept for key in measure.indicators}) == 1


def test_only_shares_that_an_economy_has_are_offered(catalogue):
    offered = share_indicators(catalogue)
    assert offered[0] == "sme_share_enterprises"
    assert all(catalogue.places_with(key, "economy") for key in offered)


def test_sectors_asked_for_keep_to_them(catalogue):
    everywhere = shares(catalogue, "sme_share_employment", "all")
    makers = shares(catalogue, "sme_share_employment", "manufacturing")
    assert value_of(everywhere, "KOR", 2018) == [83.1]
    assert value_of(makers, "KOR", 2018) == [71.4]
    assert set(makers["scope"]) == {"manufacturing"}
    assert set(everywhere["scope"]) <= {"all", "unspecified"}
    assert not everywhere.duplicated(["place_id", "year"]).any()
    assert "manufacturing" in scopes_of(catalogue, "sme_share_employment")
    assert "unspecified" not in scopes_of(catalogue, "sme_share_employment")


def test_clusters_are_not_set_beside_economies(catalogue):
    assert "tha_automotive" not in set(shares(catalogue, "sme_share_employment")["place_id"])


# --- Laws -----------------------------------------------------------------------------------------


def test_every_limit_of_the_data_has_its_sectors_or_is_of_neither(catalogue):
    scopes = set(catalogue.table("definitions")["sector_scope"])
    neither = {scope for scope in scopes if not law_sectors(scope)}
    assert neither == {"agriculture", "construction", "mining and construction (ISIC C, F)"}
    assert law_sectors("non_manufacturing") == {"services"}
    assert law_sectors("all except services") == {"manufacturing"}
    assert law_sectors("manufacturing_trade_services") == {"manufacturing", "services"}
    assert law_sectors("private sector") == {"manufacturing", "services"}


def test_laws_stand_in_the_order_asked_for_and_of_time(catalogue):
    rows = laws(catalogue, ("MYS", "JPN"))
    assert list(dict.fromkeys(rows["heading"])) == [
        "Malaysia, 2005–2013",
        "Malaysia, from 2013",
        "Japan, years in force not stated",
    ]
    makers = laws(catalogue, ("MYS",), sector="manufacturing")
    assert makers["max_employees"].tolist() == [150, 200]
    assert laws(catalogue, ("MYS",), sector="manufacturing", in_force=True)[
        "max_employees"
    ].tolist() == [200]


def test_two_definitions_of_one_heading_are_told_apart_by_who_says_so(catalogue):
    rows = laws(catalogue)
    named = rows.groupby("heading")["definition_id"].nunique()
    assert (named == 1).all()
    assert "Thailand, years in force not stated (OECD)" in set(rows["heading"])


def test_the_limits_of_micro_and_small_firms_come_when_asked_for(catalogue):
    few, every = laws(catalogue, ("JPN",)), laws(catalogue, ("JPN",), widest=False)
    assert set(few["size_class"]) == {"sme"}
    assert set(every["size_class"]) == {"sme", "small"}
    # A definition that bounds no more than small firms keeps what it has.
    assert set(laws(catalogue, definitions=("VNM_2018",))["size_class"]) == {"micro", "small"}


def test_limits_of_money_are_turned_into_dollars_by_the_rate_of_one_year(catalogue):
    rows = laws(catalogue)
    money = rows[rows["max_turnover"].notna()]
    assert money["usd_year"].nunique() == 1
    rates = rates_used(money, catalogue).set_index("currency")["local_per_usd"]
    singapore = money[money["definition_id"] == "SGP_2011"].iloc[0]
    assert singapore["usd_turnover"] == pytest.approx(100_000_000 / rates["SGD"])
    assert rows[rows["max_turnover"].isna()]["usd_turnover"].isna().all()


def test_facts_counted_in_two_ways_stand_together(catalogue):
    rows = counted_twice(catalogue)
    ireland = rows[(rows["place_id"] == "IRL") & (rows["year"] == 2017)]
    assert dict(zip(ireland["definition_id"], ireland["value"], strict=True)) == {
        "EU_SBS_250": 41.0,
        "IRL_STAT": 39.0,
    }
    korea = rows[(rows["place_id"] == "KOR") & (rows["year"] == 2017)]
    assert set(korea["value"]) == {83.1, 89.8, 82.9}
    facts = rows.groupby("pair")[["indicator_id", "place_id", "year"]].nunique()
    assert (facts == 1).all(axis=None)


def test_another_limit_needs_two_laws_of_different_limits(catalogue):
    rows = counted_twice(catalogue)
    # Both laws of Ireland's two figures count up to 249 employees.
    assert under_another_limit(rows).empty
    other = rows.assign(limit_key=["a" if at % 2 else "b" for at in range(len(rows))])
    assert len(under_another_limit(other)) == len(rows)


def test_a_figure_counted_otherwise_alone_has_the_nearest_usual_one(catalogue):
    rows = counted_otherwise(catalogue)
    thailand = rows[(rows["place_id"] == "THA") & (rows["indicator_id"] == "sme_share_gdp")].iloc[0]
    assert (thailand["year"], thailand["value"]) == (2011, 29.8)
    assert "Recomputed under the 2019 definition" in thailand["note"]
    assert thailand["near_year"] == 2013
    twice = counted_twice(catalogue)
    key = ["indicator_id", "place_id", "year"]
    assert rows[key].merge(twice[key]).empty


# --- One economy ----------------------------------------------------------------------------------


def test_figures_of_one_law_stand_together_and_others_apart(catalogue):
    found = answer(catalogue, "MYS")
    together = {item.measure.name: float(item.row["value"]) for item in found.together}
    assert together == {"enterprises": 96.9, "employment": 48.7, "gdp": 39.5, "exports": 14.3}
    assert {item.row["definition_id"] for item in found.together} == {"MYS_2013"}
    assert [item.measure.name for item in found.apart] == ["value_added"]
    assert [item.measure.name for item in found.figures] == [
        *("enterprises", "employment", "value_added", "gdp", "exports"),
    ]


def test_a_figure_that_names_its_law_goes_before_a_newer_one_that_does_not(catalogue):
    [jobs] = [
        item for item in answer(catalogue, "JPN").figures if item.measure.name == "employment"
    ]
    assert (jobs.row["year"], jobs.row["value"]) == (2016, 68.8)
    assert jobs.newer["year"] == 2023
    assert jobs.newer["definition_id"] == ""


def test_whoever_compares_has_the_same_sectors_and_limit_and_a_near_year(catalogue):
    compared = 0
    for place_id in economies_with_answer(catalogue):
        for figure in answer(catalogue, place_id).figures:
            mine = figure.row
            for _, other in figure.alike.iterrows():
                compared += 1
                assert abs(other["year"] - mine["year"]) <= 3
                keys = {widest_limit(row["definition_id"], catalogue).key for row in (mine, other)}
                assert len(keys) == 1
                assert other["scope"] == mine["scope"] or {other["scope"], mine["scope"]} == {
                    "all",
                    "unspecified",
                }
    assert compared > 20


def test_who_does_not_compare_is_named_with_the_reason(catalogue):
    [jobs] = [
        item for item in answer(catalogue, "MYS").figures if item.measure.name == "employment"
    ]
    assert list(jobs.alike["place_name"]) == ["Taiwan", "Singapore", "Philippines"]
    assert "South Korea (sales of 150 billion KRW)" in jobs.left_out["another legal limit"]
    assert "Hong Kong" in jobs.left_out["other sectors"]
    assert "China (2018)" in jobs.left_out["no figure within 3 years of 2024"]
    named = {name.split(" (")[0] for names in jobs.left_out.values() for name in names}
    assert not named & set(jobs.alike["place_name"])


def test_a_figure_without_a_law_compares_with_nobody(catalogue):
    [value] = answer(catalogue, "MYS").apart
    assert value.limit == ""
    assert value.alike.empty


def test_there_is_no_order_among_figures_that_are_not_exact(catalogue):
    figures = {item.measure.name: item for item in answer(catalogue, "MYS").figures}
    assert position(figures["exports"]) == "lowest of 2"
    assert "approximate" in set(figures["employment"].alike["qualifier"])
    assert position(figures["employment"]) == ""
    assert position(figures["gdp"]) == ""


def test_value_per_person_by_hand():
    # 50 % of value with 80 % of jobs: 0.625 against 50/20 = 2.5.
    assert per_person_ratio(50, 80) == pytest.approx(0.25)
    assert per_person_ratio(80, 80) == pytest.approx(1)


def test_value_per_person_takes_two_shares_of_one_count(catalogue):
    made = answer(catalogue, "JPN").per_person
    assert (made.value["value"], made.employment["value"]) == (52.9, 68.8)
    assert made.value["year"] == made.employment["year"] == 2016
    assert made.ratio == pytest.approx((52.9 / 68.8) / (47.1 / 31.2))
    assert made.low < made.ratio < made.high
    # No year of Taiwan has both shares by a law.
    assert answer(catalogue, "TWN").per_person is None


def test_an_answer_is_asked_of_places_that_exist(catalogue):
    with pytest.raises(UnknownIdentifierError):
        answer(catalogue, "ATLANTIS")
    with pytest.raises(UnknownIdentifierError):
        widest_limit("NOWHERE_1900", catalogue)
    assert answer(catalogue, "MNG").figures == ()


# --- Papers, conflicts, sectors -------------------------------------------------------------------


def test_every_figure_that_a_paper_gives_of_small_firms_is_there(catalogue, root):
    facts = pd.read_csv(root / "tests" / "data" / "seed_facts.csv", dtype=str)
    facts = facts[
        (facts["table"] == "observations")
        & facts["key"].str.contains("indicator_id=sme")
        & facts["column"].eq("value")
    ]
    rows = paper_figures(catalogue)
    held = set(zip(rows["indicator_id"], rows["place_id"], rows["value"], strict=True))
    assert len(facts) >= 20
    for fact in facts.itertuples():
        cells = dict(part.split("=", 1) for part in fact.key.split(";"))
        assert (cells["indicator_id"], cells["place_id"], float(fact.expected)) in held, fact.fact


def test_a_papers_figure_has_the_nearest_one_of_another_document(catalogue):
    rows = paper_figures(catalogue)
    korea = rows[(rows["place_id"] == "KOR") & (rows["indicator_id"] == "sme_share_employment")]
    assert korea[["value", "near_year", "near_value"]].iloc[0].tolist() == [70, 2000, 78.6]
    assert not set(rows["near_source_id"]) & set(rows["source_id"])


def test_conflicts_are_of_small_firms_and_of_the_places_asked_for(catalogue):
    rows = sme_conflicts(catalogue, ("KOR",))
    assert set(rows["place_id"]) == {"KOR"}
    assert rows.groupby("conflict")["drawn"].sum().le(1).all()
    assert rows["drawn"].sum() >= 4
    assert len(sme_conflicts(catalogue)) > len(rows)


def test_sectors_are_kept_by_economy_and_by_industry_type(catalogue):
    rows = largest_sectors(catalogue, ("THA", "CHN"), ("natural_resource_based",))
    assert rows[["economy", "sector", "value_added_share"]].to_numpy().tolist() == [
        ["THA", "Food and beverages", 25.4],
        ["CHN", "Food and beverages", 10.2],
        ["CHN", "Basic metals", 9.0],
    ]
    assert largest_sectors(catalogue, ("JPN",)).empty
    assert len(largest_sectors(catalogue)) == 21
