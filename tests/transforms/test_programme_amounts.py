"""Amounts of programmes in other currencies: worked out by hand, and what holds for all."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.catalogue.programme_amounts import (
    MONEY_GROUPS,
    amounts,
    drawn_of_years,
    newest,
    totals,
)
from dashboard.transforms.programme_amounts import AGAINST, CURRENCIES, read_amounts

COLUMNS = ("economy", "year", "amount", "currency", "kind")
PERIODS = {
    "year": "fiscal_year",
    "years": "multi_year",
    "decision": "point",
    "each": "per_unit",
    "undated": "fiscal_year",
}


def table(*rows, **columns):
    """Amounts of programmes, as the catalogue has them: economy, year, amount, currency, kind."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame.assign(
        funding_id=[f"pf{at}" for at in range(len(frame))],
        programme_id=frame["economy"] + "_programme",
        programme=frame["economy"].str.title() + " programme",
        place_id="",
        year=pd.array(frame["year"], dtype="Int64"),
        amount=frame["amount"].astype("float64"),
        period_note="",
        period_type=frame["kind"].map(PERIODS),
        measure="budget",
        measure_group="public_money",
        qualifier="exact",
        headline=True,
        conflict_group="",
        source_id="a_2020",
        locator="table 1",
    )
    return frame.assign(**columns)


@pytest.fixture
def values(places, figures):
    """The values by economy and year, and what is said of them."""

    def read(rows, **wishes):
        made = read_amounts(rows, places, figures, **wishes)
        keys = zip(made.rows["economy"], made.rows["year"], strict=True)
        return dict(zip(keys, made.rows["value"], strict=True)), made

    return read


YEN_AND_WON = table(
    ("japan", 2000, 9_000, "JPY", "year"),
    ("japan", 2010, 9_000, "JPY", "year"),
    ("korea", 2000, 1_000_000, "KRW", "year"),
    ("america", 2000, 40, "USD", "year"),
)


def test_as_printed_nothing_is_changed(values):
    found, made = values(YEN_AND_WON)
    assert found[("japan", 2000)] == 9_000
    assert set(made.units) == {"JPY m", "KRW m", "US$ m"}
    assert not made.findings


def test_dollars_at_the_rate_of_the_year(values):
    # 9,000 million yen at 100 and at 200 yen a dollar; 1,000,000 million won at 1,000.
    found, made = values(YEN_AND_WON, money="usd")
    assert found == {
        ("japan", 2000): 90.0,
        ("japan", 2010): 45.0,
        ("korea", 2000): 1_000.0,
        ("america", 2000): 40.0,
    }
    assert set(made.units) == {"US$ m"}


def test_dollars_of_one_year(values):
    # Prices of Japan did not move: 9,000 / 200. Those of Korea doubled: 1,000,000 × 2 / 1,000.
    # Those of America went from 80 to 100: 40 × 100 / 80.
    found, made = values(YEN_AND_WON, money="usd_constant", prices=2010)
    assert found == {
        ("japan", 2000): 45.0,
        ("japan", 2010): 45.0,
        ("korea", 2000): 2_000.0,
        ("america", 2000): 50.0,
    }
    assert set(made.units) == {"US$ m (2010)"}


def test_international_dollars(values):
    # US$ 90 million times GDP at PPP of 3 billion over GDP of 1 billion.
    found, made = values(YEN_AND_WON, money="ppp")
    assert found == {("japan", 2000): 270.0}
    assert [item for item in made.findings if item.severity == "missing"]


def test_per_head_in_the_currency_chosen(values):
    # 9,000 million yen for 2 and for 4 million people; in dollars 90 and 45 million.
    found, made = values(YEN_AND_WON, transform="per_head")
    assert found == {("japan", 2000): 4_500.0, ("japan", 2010): 2_250.0}
    assert set(made.units) >= {"JPY per head"}
    found, made = values(YEN_AND_WON, transform="per_head", money="usd")
    assert found == {("japan", 2000): 45.0, ("japan", 2010): 11.25}
    assert "US$ per head" in made.units


def test_per_cent_of_gdp(values):
    # US$ 90 million of a GDP of 1 billion, 45 million of 4 billion.
    found, made = values(YEN_AND_WON, transform="share_of_gdp")
    assert found == {
        ("japan", 2000): pytest.approx(9.0),
        ("japan", 2010): pytest.approx(1.125),
    }
    assert set(made.units) == {"%"}


def test_a_total_of_several_years_is_approximate_in_dollars_and_no_share_of_gdp(values):
    rows = table(
        ("japan", 2000, 9_000, "JPY", "year"),
        ("japan", 2000, 50_000, "JPY", "years"),
    )
    _, made = values(rows, money="usd")
    assert list(made.rows["value"]) == [90.0, 500.0]
    assert list(made.rows["qualifier"]) == ["exact", "approximate"]
    [said] = [item.text for item in made.findings if item.code == "converted_total"]
    assert "Japan programme 2000" in said
    found, made = values(rows, transform="share_of_gdp")
    assert found == {("japan", 2000): pytest.approx(9.0)}
    assert "total of several years" in made.findings[0].text


def test_a_sum_up_to_a_year_and_an_amount_without_a_year_are_not_converted(values):
    rows = table(
        ("japan", 2000, 9_000, "JPY", "years"),
        ("japan", None, 9_000, "JPY", "undated"),
        period_type=["cumulative", "fiscal_year"],
    )
    found, made = values(rows, money="usd")
    assert not found
    assert [item.code for item in made.findings] == ["several_years", "no_year"]
    assert len(values(rows)[1].rows) == 2


def test_a_year_without_a_rate_is_named_and_left_out(values):
    rows = table(("japan", 2005, 9_000, "JPY", "year"))
    found, made = values(rows, money="usd")
    assert not found
    assert "no exchange rate of the year is held: Japan programme 2005" in made.findings[0].text


def test_an_amount_in_a_foreign_currency_is_not_converted_at_the_wrong_rate(values):
    found, made = values(table(("japan", 2000, 40, "EUR", "year")), money="usd")
    assert not found
    assert "another currency" in made.findings[0].text


def test_what_mext_spent_on_knowledge_clusters_in_2004(catalogue, real_figures):
    """9.0 billion yen, at 108.193 yen a dollar; of 2015: prices fell by 5.17 %, 121.044 yen."""
    rows = amounts(catalogue, ["jp_mext_kci1"])

    def value(**wishes):
        made = read_amounts(rows, catalogue.places, real_figures, **wishes).rows
        [found] = made.loc[(made["year"] == 2004) & (made["kind"] == "year"), "value"]
        return found

    assert value() == 9_000
    assert value(money="usd") == pytest.approx(9_000 / 108.1926, abs=0.01)
    constant = 9_000 * (100 / 105.45437) / 121.04403
    assert value(money="usd_constant") == pytest.approx(constant, abs=0.01)
    assert round(constant, 1) == 70.5
    assert value(transform="per_head") == pytest.approx(70.4, abs=0.1)
    assert value(transform="share_of_gdp") == pytest.approx(0.00168, abs=0.00003)


# --- What holds for all amounts -------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(
        st.sampled_from([("japan", "JPY"), ("korea", "KRW"), ("america", "USD")]),
        st.sampled_from([2000, 2010]),
        st.integers(1, 10_000_000),
        st.sampled_from(["year", "years", "decision", "each"]),
        st.booleans(),
        st.sampled_from(["", "C_ONE", "C_TWO"]),
    ),
    min_size=1,
    max_size=12,
)
WISHES = st.fixed_dictionaries(
    {
        "money": st.sampled_from([None, *CURRENCIES]),
        "transform": st.sampled_from([None, *AGAINST]),
    }
)
fast = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def made_of(drawn):
    rows = [(place, year, amount, code, kind) for (place, code), year, amount, kind, *_ in drawn]
    return table(
        *rows, headline=[item[4] for item in drawn], conflict_group=[item[5] for item in drawn]
    )


@fast
@given(drawn=ROWS, wishes=WISHES)
def test_each_value_is_that_of_one_row_whatever_stands_beside_it(places, figures, drawn, wishes):
    """No total is added to its years and no conflicting row to another: rows do not mix."""
    rows = made_of(drawn)
    together = read_amounts(rows, places, figures, **wishes).rows
    assert together["funding_id"].is_unique
    for row in together.to_dict("records"):
        alone = rows[rows["funding_id"] == row["funding_id"]]
        [value] = read_amounts(alone, places, figures, **wishes).rows["value"]
        assert row["value"] == pytest.approx(value)
        assert row["amount"] == alone["amount"].iloc[0]


@fast
@given(drawn=ROWS)
def test_what_is_drawn_of_years_holds_no_total_and_adds_nothing(places, figures, drawn):
    rows = read_amounts(made_of(drawn), places, figures).rows
    printed = rows.set_index("funding_id")["value"]
    for chosen in (drawn_of_years(rows), newest(rows), totals(rows)):
        assert chosen["funding_id"].is_unique
        assert (chosen["value"] == chosen["funding_id"].map(printed)).all()
    assert set(drawn_of_years(rows)["kind"]) <= {"year"}
    assert set(newest(rows)["kind"]) <= {"year"}
    assert not set(totals(rows)["kind"]) & {"year", "each"}


@pytest.mark.parametrize("money", [None, *CURRENCIES])
@pytest.mark.parametrize("transform", [None, *AGAINST])
def test_of_the_real_amounts_none_is_lost_in_silence(catalogue, real_figures, money, transform):
    ids = list(catalogue.table("programmes")["programme_id"])
    rows = amounts(catalogue, ids, MONEY_GROUPS)
    rows = rows[rows["currency"] != ""]
    made = read_amounts(
        rows, catalogue.places, real_figures, money=money, transform=transform, prices=2015
    )
    lost = rows[~rows["funding_id"].isin(made.rows["funding_id"])]
    named = " ".join(item.text for item in made.findings if item.severity == "missing")
    assert bool(len(lost)) == bool(named)
    assert made.rows["value"].notna().all()
    assert set(made.rows["unit_symbol"]) == set(made.units)
