"""Every row is right or named with what is wrong with it; nothing is guessed, nothing lost."""

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue.own import WithOwn, is_own
from dashboard.catalogue.selection import Selection
from dashboard.charts import formats
from dashboard.exports import to_csv
from dashboard.ui.compare.settle import comparable_indicators, places_by_indicator, settle
from dashboard.uploads.checking import LEFT_OUT
from dashboard.uploads.limits import MOST_PROBLEMS
from dashboard.uploads.mapping import guess
from dashboard.uploads.names import OTHER_NAMES, plain_name
from dashboard.uploads.series import About, corrected, sample, series_of, symbol, template
from tests.uploads.examples import EXAMPLES

LONG = "place,year,value\n"


def problems(found):
    return [(item.row, item.column, item.value, item.message) for item in found.problems]


def test_names_of_five_languages_and_codes_are_exact(gazetteer, catalogue):
    table = catalogue.table("place_names")
    for row in table.to_dict("records"):
        for language in ("en", "ja", "ko", "zh_hans", "zh_hant"):
            found = gazetteer.exact(row[language])
            assert row["place_id"] in (found.place_id, *found.others), row[language]
    for name in ("jpn", "JAPAN", " Jap\u200ban ", "The Philippines", "Viet Nam", "Vietnam", "台湾"):
        assert gazetteer.exact(name).place_id in ("JPN", "PHL", "VNM", "TWN")


def test_other_names_mean_one_place_each(gazetteer):
    every = [{plain_name(name) for name in names} for names in OTHER_NAMES.values()]
    assert sum(map(len, every)) == len(set().union(*every))
    for key, names in OTHER_NAMES.items():
        assert {gazetteer.exact(name).place_id for name in names} == {key}


def test_a_name_like_two_is_asked_about_and_never_taken(checked):
    found = checked(f"{LONG}Korea,2020,1\nJapan,2020,2\n")
    assert found.open_names == ["Korea"]
    assert found.names["Korea"][0].like[:2] == ("KOR", "PRK")
    assert list(found.rows["place_id"]) == ["JPN"]
    assert list(checked(f"{LONG}Korea,2020,1\n", decided={"Korea": "KOR"}).rows["place_id"]) == [
        "KOR"
    ]
    out = checked(f"{LONG}Korea,2020,1\nJapan,2020,2\n", decided={"Korea": LEFT_OUT})
    assert (out.left_out, out.wrong, len(out.rows)) == (1, 0, 1)


def test_a_name_of_several_kinds_means_the_economy(gazetteer):
    found = gazetteer.exact("Singapore")
    assert (found.place_id, found.others) == ("SGP", ("singapore",))


def test_each_problem_is_named_by_row_and_column(checked):
    found = checked(
        "place,year,indicator,value,unit\n"
        "Japan,2020,Firms,950.5,firms\n"
        ",2020,Firms,1,firms\n"
        "India,2020/21,Firms,1,firms\n"
        "China,,Firms,1,firms\n"
        "China,2020,Firms,inf,firms\n"
        "Japan,2020,Firms,951,firms\n"
        "India,2019,Firms,7,persons\n"
        "India,2018,Firms,7.5,firms\n"
        "India,2017,Firms,..,firms\n"
    )
    assert problems(found) == [
        (2, "value", "950.5", "is another value of Japan, 2020, than in row 7."),
        (3, "place", None, "The place is missing."),
        (4, "year", "2020/21", "covers two years."),
        (5, "year", None, "The year is missing."),
        (6, "value", "inf", "is not finite."),
        (7, "value", "951", "is another value of Japan, 2020, than in row 2."),
        (8, "unit", "persons", "is another unit than “firms”, which most rows have."),
    ]
    assert (found.wrong, found.gaps) == (7, 1)
    assert list(found.rows["value"]) == [7.5]


def test_a_row_that_stands_twice_is_taken_once(checked):
    found = checked(f"{LONG}Japan,2020,1\nJapan,2020,1\n")
    assert (len(found.rows), found.wrong) == (1, 0)
    assert found.mended == ["Rows that stand twice are taken once (1)"]


def test_years_and_places_may_stand_across(checked):
    years = checked("Country,Notes,2020 [YR2020],2021 [YR2021]\nJapan,x,1,..\nKoreaa,y,3,4\n")
    assert list(years.rows["year"]) == [2020]
    assert years.gaps == 1
    assert problems(years)[0][:2] == (3, "Country")
    places = checked("Year,Japan,대한민국,Elsewhere\n2020,1,2,x\n2021,3,,y\n")
    cells = places.rows.sort_values(["place_id", "year"])
    assert list(zip(cells["place_id"], cells["year"], cells["value"], strict=True)) == [
        ("JPN", 2020, 1.0),
        ("JPN", 2021, 3.0),
        ("KOR", 2020, 2.0),
    ]


def test_heads_that_are_nearly_places_are_asked_about_like_cells(checked):
    text = "year,Japan,South Korea,Unted States,Viet Nm\n2020,1,2,3,4\n2021,1,2,3,\n"
    found = checked(text)
    assert found.open_names == ["Unted States", "Viet Nm"]
    assert found.names["Viet Nm"] == (found.names["Viet Nm"][0], 1)
    assert [item[:3] for item in problems(found)] == [
        (None, "Unted States", "Unted States"),
        (None, "Viet Nm", "Viet Nm"),
    ]
    said = {"Unted States": "USA", "Viet Nm": LEFT_OUT}
    told = checked(text, decided=said)
    assert (told.wrong, told.left_out, len(told.rows)) == (0, 1, 6)
    assert set(told.rows["place_id"]) == {"JPN", "KOR", "USA"}
    # Heads of which none is exact are enough where nothing else holds the places.
    assert checked("year,Jpaan,Sout Korea\n2020,1,2\n").open_names == ["Jpaan", "Sout Korea"]


def test_heads_that_are_nearly_years_are_problems_that_say_how_to_mend_them(checked, gazetteer):
    found = checked("place,2019,2020,2021*,2022e,FY2023-24\nJapan,1,2,3,4,5\nIndia,6,7,8,..,9\n")
    assert [(item.row, item.column, item.message, item.remedy) for item in found.problems] == [
        (
            None,
            "2021*",
            "is the head of a column and has “*” beside the year.",
            "Write 2021 alone, or take the column out above.",
        ),
        (
            None,
            "2022e",
            "is the head of a column and has “e” beside the year.",
            "Write 2022 alone, or take the column out above.",
        ),
        (
            None,
            "FY2023-24",
            "is the head of a column and covers two years.",
            "Give the year in which it begins. Or take the column out above.",
        ),
    ]
    assert list(found.rows["value"]) == [1, 2, 6, 7]
    copy = corrected(found, gazetteer)
    marked = copy[copy["problem"] != ""]
    assert list(marked["year"]) == ["2021*", "2022e", "FY2023-24", "2021*", "FY2023-24"]
    assert marked["problem"].str.contains("beside the year|covers two years").all()


def test_two_columns_of_one_year_or_place_contradict_each_other(checked):
    years = checked("place,2020,2020,2021\nJapan,1,2,3\n")
    assert problems(years) == [
        (2, "2020", "1", "is another value of Japan, 2020, than in column “2020 (2)”."),
        (2, "2020 (2)", "2", "is another value of Japan, 2020, than in column “2020”."),
    ]
    assert list(years.rows["value"]) == [3]
    places = checked("year,Japan,India,Japan\n2020,1,2,3\n")
    assert [item[1] for item in problems(places)] == ["Japan", "Japan (2)"]
    # A head longer than is shown is read to its end.
    long = "United Kingdom of Great Britain and Northern Ireland" + " " * 20 + "​"
    assert not checked(f"year,{long},India\n2020,1,2\n").wrong


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("国,年,値\n日本,2020,1\n", "long"),
        ("TIME_PERIOD,REF_AREA,OBS_VALUE\n2020,JPN,1\n", "long"),
        ("a,b,c\nJapan,2020,1.5\nIndia,2021,2.5\n", "long"),
        ("x,2019,2020\nJapan,1,2\n", "years_across"),
        ("x,2019,2020*\nJapan,1,2\n", "years_across"),
        ("place,year,value,2020 est.\nJapan,2019,1,2\n", "long"),
        ("x,Japan,India\n2019,1,2\n2020,1,2\n", "places_across"),
    ],
)
def test_columns_are_guessed_from_heads_and_cells(read_file, gazetteer, text, layout):
    found = guess(read_file(text), gazetteer)
    assert found.layout == layout
    assert not found.missing


def test_the_template_and_the_sample_are_read_without_questions(checked):
    for table in (template(), sample()):
        found = checked(to_csv(table))
        assert (found.wrong, found.open_names, found.mended) == (0, [], [])
        assert (
            len(found.rows)
            == table.select_dtypes("number").drop(columns="year", errors="ignore").size
        )


def test_the_corrected_copy_has_every_row_and_is_read_again(checked, gazetteer):
    text = f'{LONG}日本,2020年,"1,234.5"\nKorea,2020,2\nIndia,FY2020-21,3\nChina,2020,=1+1\n'
    found = checked(text)
    copy = corrected(found, gazetteer)
    assert list(copy["row"]) == [2, 3, 4, 5]
    assert list(copy["place"]) == ["Japan", "Korea", "India", "China"]
    assert copy.loc[0, ["year", "value", "problem"]].tolist() == [2020, 1234.5, ""]
    assert copy["problem"].ne("").sum() == 3
    written = to_csv(copy)
    assert b"'=1+1" in written
    again = checked(written)
    assert (len(again.rows), again.wrong) == (1, found.wrong)
    # What was named is mended as it says, and all is taken.
    for before, after in ((b"Korea", b"South Korea"), (b"FY2020-21", b"2020"), (b"'=1+1", b"2")):
        written = written.replace(before, after, 1)
    assert len(checked(written).rows) == 4


def test_the_corrected_copy_has_rows_with_more_cells_than_heads(checked, gazetteer):
    lines = [f"Japan,{1950 + at},{at},{at:03d}" for at in range(70)]
    text = LONG + "\n".join([*lines[:40], "India,2020,5", *lines[40:]]) + "\n"
    found = checked(text)
    assert (found.wrong, len(found.rows)) == (70, 1)
    copy = corrected(found, gazetteer)
    assert list(copy["row"]) == list(range(2, 73))
    assert copy["problem"].ne("").sum() == 70
    assert copy.loc[0, ["place", "year", "value", "extra cells"]].tolist() == [
        "Japan", "1950", "0", "000"
    ]  # fmt: skip
    assert copy.loc[0, "problem"].startswith("The row has 4 cells, and the heads have 3.")
    # What is not mended stays wrong: half of "1,234" must not come back as a value.
    written = to_csv(copy)
    again = checked(written)
    assert (again.wrong, len(again.rows)) == (70, 1)
    assert problems(again)[0] == (2, "extra cells", "000", "stands beside the columns.")
    copy.loc[0, "extra cells"] = ""
    assert len(checked(to_csv(copy)).rows) == 2
    assert corrected(again, gazetteer)["extra cells"].ne("").sum() == 70


def test_the_corrected_copy_has_gaps_repeats_and_what_is_left_out(checked, gazetteer):
    text = f"{LONG}Japan,2020,..\nKorea,2020,2\nIndia,2020,3\nIndia,2020,3\nChina,2020,x\n"
    copy = corrected(checked(text, decided={"Korea": LEFT_OUT}), gazetteer)
    assert list(copy["row"]) == [2, 3, 4, 5, 6]
    assert list(copy["place"]) == ["Japan", "Korea", "India", "India", "China"]
    assert list(copy["value"].astype(str)) == ["..", "2", "3.0", "3", "x"]
    wide = corrected(checked("place,2019,2020,2021\nJapan,x,..,3\nIndia,4,5,6\n"), gazetteer)
    assert list(wide["year"].astype(int)) == [2019, 2020, 2021] * 2
    assert list(wide["value"].astype(str)) == ["x", "..", "3.0", "4.0", "5.0", "6.0"]


def test_all_problems_are_counted_and_the_copy_marks_them(checked, gazetteer):
    text = LONG + "India,2020,5\n" + "".join(f"Japan,2020,{at},7\n" for at in range(5000))
    found = checked(text)
    assert (found.wrong, len(found.problems)) == (5000, MOST_PROBLEMS)
    copy = corrected(found, gazetteer)
    assert len(copy) == 5001
    assert copy["problem"].str.startswith("The row has ").sum() == 5000
    # Beyond those that are listed, each row says what is wrong with it, too.
    lines = [f"Nowhere{at},2020,x\nJapan,20,{at}\n" for at in range(2000)]
    last = "India,2020,1\nIndia,2020,2\n"
    copy = corrected(checked(LONG + "".join(lines) + last), gazetteer)
    assert len(copy) == 4002
    assert copy["problem"].ne("").all()
    for words in ("place: “Nowhere1999” is no place", "value: “x” is not a number"):
        assert words in copy.loc[3998, "problem"]
    assert copy.loc[3999, "problem"].startswith("year: “20” is not a year.")
    assert copy.loc[4001, "problem"] == "Another row gives another value or unit."


DAYS = [f"2020-{month:02}-01" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("dates", "years"),
    [
        (["2020-01-01", "2021-01-01"], [2020, 2021]),
        (["2020-12-31", "2021-12-31T00:00:00", ""], [2020, 2021]),
        (["2020-01-01 00:00:00", "2021", "2022年"], [2020, 2021, 2022]),
        (["2020-01-01 00:00:00.000+0900"], [2020]),
        (DAYS, []),
        (["2020-01-01", "2020-12-31"], []),
        (["2020-01-01", "2020-01-01 12:00:00"], []),
        (["2020-01-01", "2020-02"], []),
        (["2020-01-01", "01/02/2020", "2021"], [2021]),
    ],
    ids=str,
)
def test_a_date_stands_for_a_year_where_all_of_its_column_do(checked, dates, years):
    found = checked(LONG + "".join(f"Japan,{date},{at}\n" for at, date in enumerate(dates)))
    assert list(found.rows["year"]) == years
    assert found.wrong == len(dates) - len(years)
    if not years:
        assert {problem.message for problem in found.problems} == {"is a date, not a year."}
        assert "one value a year" in found.problems[0].remedy


def test_dates_of_workbooks_and_parquet_files_stand_for_years_alike(checked):
    for months, size in ((1, 0), (12, 3)):
        days = pd.to_datetime([f"{2020 + at}-{1 + at % months:02}-01" for at in range(3)])
        table = pd.DataFrame({"place": "Japan", "date": days, "value": [1.5, 2.5, 3.5]})
        book, columns = io.BytesIO(), io.BytesIO()
        table.to_excel(book, index=False)
        table.to_parquet(columns)
        for content, name in ((book, "x.xlsx"), (columns, "x.parquet")):
            found = checked(content.getvalue(), name)
            assert (len(found.rows), found.wrong) == (3 - size, size)


def test_dates_above_the_columns_are_years_where_all_are(checked, read_file):
    found = checked("place,2020-01-01,2021-01-01,2022\nJapan,1,2,3\nIndia,x,5,6\n")
    assert list(found.rows["year"]) == [2020, 2021, 2022, 2021, 2022]
    assert [problem.column for problem in found.problems] == ["2020"]
    months = ",".join(["place", *DAYS, "2021-01-01"])
    sheet = read_file(f"{months}\nJapan{',1' * 13}\n")
    assert list(sheet.columns)[1:3] == DAYS[:2]
    found = checked(f"{months}\nJapan{',1' * 13}\n")
    assert (len(found.rows), found.wrong) == (0, 13)
    assert {item.message for item in found.problems} == {
        "is the head of a column and is a date, not a year."
    }
    assert list(read_file("place,2020-01-01,2020\nJapan,1,2\n").columns)[1] == "2020-01-01"


def test_a_date_is_no_value_whatever_it_stands_for(checked):
    found = checked(f"{LONG}Japan,2020,2020-01-01\nJapan,2021,2\n")
    assert list(found.rows["value"]) == [2]
    assert problems(found) == [(2, "value", "2020-01-01", "is not a number.")]


def test_what_was_no_number_is_none_in_the_corrected_copy(checked, gazetteer):
    texts = ["1234²", "56①", '"450\n520"', "12\x0b345"]
    found = checked(LONG + "".join(f"Japan,{2001 + at},{text}\n" for at, text in enumerate(texts)))
    assert (len(found.rows), found.wrong) == (0, 4)
    assert [item.value for item in found.problems] == ["1234²", "56①", "450 / 520", "12 / 345"]
    again = checked(to_csv(corrected(found, gazetteer)))
    assert (len(again.rows), again.wrong) == (0, 4)


NAMES = st.sampled_from(
    ["Japan", "KOR", "中国", "Nowhere", "", "=cmd()", "<b>India</b>", "Singapore"]
)
CELLS = st.one_of(
    st.floats(-1e9, 1e9).map(lambda value: f"{value:.2f}"),
    st.sampled_from(["", "..", "1,234", "inf", "x", "5", "#REF!", "-", "12%"]),
)
YEARS = st.sampled_from(["2020", "2021", "2021年", "99", "2020/21", ""])


@settings(max_examples=EXAMPLES // 5, deadline=None)
@given(st.lists(st.tuples(NAMES, YEARS, CELLS), min_size=1, max_size=12))
def test_no_row_is_lost_and_none_is_taken_wrong(checked, gazetteer, lines):
    table = pd.DataFrame(lines, columns=["place", "year", "value"])
    found = checked(table.to_csv(index=False))
    filled = [at for at, line in enumerate(lines, start=2) if any(line)]
    empty = [at for at in filled if lines[at - 2][2] in ("", "..", "-")]
    taken = set(found.rows["line"])
    named = {problem.row for problem in found.problems} - set(empty)
    repeats = sum(int(text.rpartition("(")[2][:-1]) for text in found.mended if "twice" in text)
    assert taken.isdisjoint(named)
    assert found.gaps == len(empty)
    assert len(taken | named | set(empty)) + repeats == len(filled)
    for row in found.rows.itertuples():
        text = lines[row.line - 2][2]
        assert text == "1,234" or float(text) == row.value
    copy = corrected(found, gazetteer)
    assert list(copy["row"]) == filled
    assert not copy.duplicated(["row"]).any()


def test_a_series_carries_what_the_reader_said_and_where_each_value_stands(checked, catalogue):
    found = checked(f"{LONG}Japan,2020,1.25\nIndia,2021,2\n")
    about = About("Parks <b>x</b>\u202e", "% of firms <50", "share", "=Yearbook (2025)")
    made = series_of(found.rows, about, "x.csv", catalogue)
    assert is_own(made.indicator.indicator_id)
    assert made.indicator.name == "Your data: Parks ‹b>x‹/b>"
    assert made.indicator.unit == "% of firms <50"
    assert (made.indicator.unit_symbol, made.indicator.decimals) == ("%", 2)
    assert made.source.title == "Your data: =Yearbook (2025)"
    assert list(made.observations["locator"]) == [
        "x.csv, row 2, column value",
        "x.csv, row 3, column value",
    ]
    other = series_of(found.rows, about, "x.csv", catalogue)
    assert other.indicator.indicator_id != made.indicator.indicator_id


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        ("1,2", "1 2"),
        ("1.25,2", "1.25 2.00"),
        ("0.0004,0.0002,0.00004", "0.00040 0.00020 0.00004"),
        ("0.00066,0.00123456789", "0.000660 0.001235"),
        ("0.5001,0.5002", "0.5001 0.5002"),
        ("0.3333333333,0.6666666667", "0.333 0.667"),
        ("0.0003333333333,1.5", "0.000333 1.500000"),
        ("1e-11,3e-11", "0.00000000001 0.00000000003"),
        # What a spreadsheet leaves of 0.1 + 0.2 - 0.3 is no small value.
        ("5.551115123125783e-17,2.5", "0.0 2.5"),
        ("123456.7891,123456.7892", "123,456.789 123,456.789"),
        ("0,0.0", "0 0"),
    ],
)
def test_small_values_are_not_written_as_zero(checked, catalogue, cells, written):
    lines = "".join(f"Japan,{2000 + at},{cell}\n" for at, cell in enumerate(cells.split(",")))
    rows = checked(LONG + lines).rows
    about = About("Rates", "rate of something", "share", "Yearbook")
    made = series_of(rows, about, "x.csv", catalogue)
    found = [formats.quantity(value, made.indicator) for value in made.observations["value"]]
    assert " ".join(found) == written


@pytest.mark.parametrize(
    ("unit", "printed"), [("per cent of GDP", "%"), ("firms", "firms"), ("million US dollars", "")]
)
def test_short_units_stand_beside_numbers(unit, printed):
    assert symbol(unit) == printed


@pytest.fixture(scope="module")
def with_own(checked, catalogue):
    found = checked(f"{LONG}Japan,2020,1\nJapan,2021,2\nHsinchu,2021,3\n")
    about = About("Parks", "parks", "level", "Yearbook")
    made = series_of(found.rows, about, "x.csv", catalogue)
    return WithOwn(catalogue, [made]), made.indicator.indicator_id


def test_a_catalogue_with_a_series_answers_for_it_and_for_all_others(with_own, catalogue):
    held, key = with_own
    assert next(iter(held.indicators)) == key
    assert list(held.series(key)["value"]) == [1, 2, 3]
    assert list(held.series(key, ["JPN"], 2021)["value"]) == [2]
    assert held.places_with(key) == ["JPN", "hsinchu"]
    assert key in held.indicators_of("JPN")
    assert held.latest("hsinchu", [key])["value"].tolist() == [3]
    assert held.value(f"{key}|JPN|2020|all|all|all|||{key}")["value"] == 1
    assert len(held.rivals(key, "JPN", 2020)) == 1
    assert held.sources[key].title == "Your data: Yearbook"
    assert len(held.drawn) == len(catalogue.drawn) + 3
    assert len(held.table("observations")) == len(catalogue.table("observations")) + 3
    other = "rd_expenditure_gdp"
    pd.testing.assert_frame_equal(held.series(other), catalogue.series(other))
    assert held.package is catalogue
    assert key not in catalogue.indicators
    assert not set(catalogue.drawn["indicator_id"]) & {key}
    assert not held.is_in_conflict(held.series(key)).any()


def test_what_a_reader_has_brought_is_offered_to_them_alone(with_own, catalogue):
    held, key = with_own
    assert places_by_indicator(held)[key] == {"JPN", "hsinchu"}
    state, _ = settle(held, Selection(indicator=key))
    assert state.offered == ("hsinchu", "JPN")
    assert key in comparable_indicators(held)
    assert key not in places_by_indicator(catalogue)
    assert key not in comparable_indicators(catalogue)


def test_a_workbook_and_a_parquet_file_say_the_same_as_the_text(checked):
    table = pd.DataFrame({"place": ["Japan", "India"], "year": [2020, 2021], "value": [1.5, 2.0]})
    texts = checked(table.to_csv(index=False))
    book, columns = io.BytesIO(), io.BytesIO()
    table.to_excel(book, index=False)
    table.to_parquet(columns)
    for content, name in ((book, "x.xlsx"), (columns, "x.parquet")):
        found = checked(content.getvalue(), name)
        pd.testing.assert_frame_equal(found.rows, texts.rows)
