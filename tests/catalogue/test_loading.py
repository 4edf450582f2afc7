"""A table that breaks its contract is refused in words that a curator can act on."""

import csv
import io
import re
import sys
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard.catalogue import DataContractError, load
from dashboard.catalogue.contract import TABLES, TABLES_BY_NAME
from dashboard.catalogue.loading import DATA, check_tables, load_tables, read_table, version
from tests.packages import damages, sound_cell, write_package
from tests.packages import table_text as contract_text

ONE_FOLDER_FOR_ALL_EXAMPLES = [HealthCheck.function_scoped_fixture]


def test_the_real_data_load(catalogue):
    for table in TABLES:
        frame = catalogue.table(table.name)
        assert tuple(frame.columns) == table.columns
        assert len(frame) > 0


def test_a_small_whole_package_loads(package):
    catalogue = load(package)
    assert catalogue.version == "0.1.0"
    assert list(catalogue.series("share")["value"]) == [70.0]


def test_empty_cells_are_missing_numbers_and_empty_texts(read, table_text):
    frame, problems = read("places", table_text("places", {"lat": "", "lon": "", "name_local": ""}))
    assert not problems
    [row] = frame.itertuples()
    assert pd.isna(row.lat)
    assert pd.isna(row.start_year)
    assert row.name_local == ""


def test_a_table_may_have_no_rows_yet(read):
    frame, problems = read("links", ",".join(TABLES_BY_NAME["links"].columns) + "\n")
    assert not problems
    assert frame.empty
    assert tuple(frame.columns) == TABLES_BY_NAME["links"].columns


# --- The file -------------------------------------------------------------------------------------


def test_a_missing_file_is_named_with_its_folder(package):
    (package / "links.csv").unlink()
    with pytest.raises(
        DataContractError, match=r"links\.csv: The file is missing\. Put it back into data/\."
    ):
        load_tables(package)


@pytest.mark.parametrize(
    ("damage", "row", "message", "remedy"),
    [
        pytest.param(
            lambda text: b"\xef\xbb\xbf" + text, 1, "byte-order mark", "plain UTF-8", id="mark"
        ),
        pytest.param(
            lambda text: text.replace(b"A title", "日本".encode("shift_jis")),
            2,
            "not UTF-8",
            "that encoding",
            id="Shift JIS",
        ),
        pytest.param(
            lambda text: text.replace(b"\n", b"\r\n"), 1, "carriage return", "line feeds", id="CRLF"
        ),
        pytest.param(
            lambda text: text.replace(b"A title", b'"A\rtitle"'),
            2,
            "carriage return",
            "line feeds",
            id="CR in a cell",
        ),
        pytest.param(lambda text: text[:-4], 2, "last line has no end", "restore it", id="cut"),
        pytest.param(
            lambda text: text.replace(b"A title", b'"A title'),
            2,
            "cannot be read",
            "Close every quotation mark",
            id="open quote",
        ),
        pytest.param(
            lambda text: b'"' + text, 2, "cannot be read", "Close every", id="quote in the header"
        ),
        pytest.param(lambda text: text + b"\n", 3, "0 cells instead of 9", "Quote", id="blank row"),
        pytest.param(
            lambda text: text.replace(b"A title", b"A, title"),
            2,
            "10 cells instead of 9",
            "Quote cells that hold commas",
            id="comma",
        ),
        pytest.param(lambda text: b"", 1, "Missing columns: source_id", "header as", id="empty"),
    ],
)
def test_a_damaged_file_is_refused_with_line_and_remedy(
    only_problem, table_text, damage, row, message, remedy
):
    problem = only_problem("sources", damage(table_text("sources").encode()))
    assert (problem.file, problem.row) == ("sources.csv", row)
    assert message in problem.message
    assert remedy in problem.remedy


def test_bytes_that_are_not_utf8_are_shown(only_problem, table_text):
    problem = only_problem("sources", table_text("sources").encode().replace(b"A title", b"A \xff"))
    assert problem.value is not None
    assert "xff" in problem.value


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        pytest.param(lambda names: names[:-1], "Missing columns: note.", id="missing"),
        pytest.param(lambda names: [*names, "extra"], "Unknown columns: extra.", id="extra"),
        pytest.param(
            lambda names: [*names[:-1], "Note"],
            "Missing columns: note. Unknown columns: Note.",
            id="renamed",
        ),
        pytest.param(lambda names: names[::-1], "stand in another order or twice", id="order"),
        pytest.param(lambda names: [*names, "note"], "stand in another order or twice", id="twice"),
    ],
)
def test_another_header_is_refused_and_the_right_one_given(
    only_problem, table_text, columns, message
):
    names = list(TABLES_BY_NAME["industries"].columns)
    problem = only_problem("industries", table_text("industries", columns=columns(names)))
    assert problem.row == 1
    assert message in problem.message
    assert problem.remedy == f"Write the header as: {','.join(names)}"


# --- The cells ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "column", "value", "message", "remedy"),
    [
        ("places", "lat", "36 N", "is not a plain decimal number", "decimal point"),
        ("places", "lat", "1,5", "is not a plain decimal number", "decimal point"),
        ("places", "lat", "nan", "is not a plain decimal number", "leave it empty"),
        ("places", "lat", "91", "is out of range", "Allowed: -90 to 90"),
        ("places", "lon", "-181", "is out of range", "Allowed: -180 to 180"),
        ("places", "lat", "1e999", "is not a plain decimal number", "decimal point"),
        ("places", "start_year", "2e3", "is not a whole number", "leave it empty"),
        ("places", "start_year", "2003.0", "is not a whole number", "leave it empty"),
        ("sources", "year", "1899", "is out of range", "Allowed: 1900 to 2060"),
        ("sources", "year", "2061", "is out of range", "Allowed: 1900 to 2060"),
        ("indicators", "decimals", "-1", "is out of range", "Allowed: 0 to 6"),
        ("sources", "publisher_type", "blog", "is not an allowed value", "Use one of: official_"),
        ("sources", "url", "www.example.org", "is not written as it must be", "It must match ^htt"),
        ("sources", "source_id", "2020_a", "is not written as it must be", "It must match ^[A-Z"),
        ("places", "currency", "yen", "is not written as it must be", "It must match ^[A-Z]{3}$"),
        ("sources", "title", "", "is empty", "must be filled"),
        ("observations", "value", "", "is empty", "must be filled"),
        ("indicators", "decimals", "", "is empty", "must be filled"),
        ("programme_funding", "headline", "", "is empty", "must be filled"),
        ("programme_funding", "headline", "TRUE", "is not true or false", ""),
        ("sources", "title", "A title ", "has spaces at an end", "Remove them"),
        ("sources", "title", "\u3000A title", "has spaces at an end", "Remove them"),
        ("sources", "source_id", "a_2020\n", "has spaces at an end", "Remove them"),
    ],
)
def test_a_bad_cell_is_named_by_file_row_column_value_and_remedy(
    only_problem, table_text, table, column, value, message, remedy
):
    problem = only_problem(table, table_text(table, {column: value}))
    assert (problem.file, problem.row, problem.column) == (f"{table}.csv", 2, column)
    assert problem.value == value
    assert message in problem.message
    assert remedy in problem.remedy
    assert f"{table}.csv:2:{column}: {value!r} {problem.message}" in str(problem)


@pytest.mark.parametrize(
    "value", ["99999999999999999999", "-99999999999999999999", "2000" * 100, "9007199254740993"]
)
def test_a_whole_number_too_large_to_store_is_refused(read, table_text, value):
    _, problems = read("sources", table_text("sources", {"year": value}))
    assert [(problem.column, problem.value) for problem in problems] == [("year", value)]


@pytest.mark.parametrize("value", ["٢٠٠٥", "２００５", "२००५"])
@pytest.mark.parametrize(("table", "column"), [("sources", "year"), ("places", "lat")])
def test_digits_of_other_scripts_are_refused_as_numbers(read, table_text, table, column, value):
    _, problems = read(table, table_text(table, {column: value}))
    assert [(problem.column, problem.value) for problem in problems] == [(column, value)]


@pytest.mark.parametrize("value", ["1e999", "-1e999", "9" * 400], ids=len)
def test_a_number_too_large_to_store_is_refused_where_no_bounds_are(read, table_text, value):
    _, problems = read("observations", table_text("observations", {"value": value}))
    assert [(problem.column, problem.value) for problem in problems] == [("value", value)]


def test_a_problem_stands_on_the_row_that_an_editor_shows(only_problem, table_text):
    rows = [{"source_id": f"s{number}"} for number in range(40)]
    rows[38]["year"] = "never"
    problem = only_problem("sources", table_text("sources", *rows))
    assert problem.row == 40


def test_the_row_still_counts_lines_after_a_cell_of_several_lines(only_problem, table_text):
    text = table_text(
        "sources", {"note": "one\ntwo\nthree"}, {"source_id": "b", "year": "never", "note": "end"}
    )
    problem = only_problem("sources", text)
    assert text.split("\n")[problem.row - 1].startswith("b,")


def test_a_row_of_several_lines_is_named_by_its_first(only_problem, table_text):
    first = {"source_id": "a", "note": "one\ntwo"}
    text = table_text("sources", first, {"source_id": "b", "year": "1800", "note": "one\ntwo"})
    assert only_problem("sources", text).row == 4


def test_rows_are_indexed_by_the_line_each_starts_on(read, table_text, package):
    text = table_text("sources", {"note": "one\ntwo"}, {"source_id": "b"})
    frame, _ = read("sources", text)
    assert list(frame.index) == [2, 4]
    (package / "sources.csv").write_text(text, encoding="utf-8")
    assert list(load_tables(package)["sources"].index) == [0, 1]


def test_cells_of_one_row_that_break_different_rules_are_both_named(read, table_text):
    _, problems = read("sources", table_text("sources", {"year": "never", "title": ""}))
    assert {problem.column for problem in problems} == {"year", "title"}


def test_an_unreadable_cell_is_reported_once(read, table_text):
    _, problems = read("indicators", table_text("indicators", {"decimals": "many"}))
    assert [(problem.column, problem.value) for problem in problems] == [("decimals", "many")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"year": "1800"}, {"year": "3000"}),
        ({"url": "nowhere"}, {"title": ""}),
        ({"title": "A "}, {"year": "never"}),
        ({"source_id": "1"}, {"source_id": ""}),
        ({"year": "never"}, {"year": "1800"}),
        ({"year": "1800"}, {"year": "never"}),
    ],
    ids=str,
)
def test_all_kinds_of_error_are_reported_at_once(read, table_text, first, second):
    _, problems = read(
        "sources", table_text("sources", {"source_id": "a"} | first, {"source_id": "b"} | second)
    )
    assert {problem.row for problem in problems} == {2, 3}


def test_an_error_in_one_table_does_not_hide_that_in_another(package, table_text):
    for name, column in (("sources", "year"), ("places", "lat")):
        (package / f"{name}.csv").write_text(table_text(name, {column: "x"}), encoding="utf-8")
    with pytest.raises(DataContractError) as caught:
        load_tables(package)
    assert {problem.file for problem in caught.value.problems} == {"sources.csv", "places.csv"}


def test_many_problems_are_counted_and_the_first_shown(package, table_text):
    rows = [{"source_id": f"s{number}", "year": "x"} for number in range(50)]
    (package / "sources.csv").write_text(table_text("sources", *rows), encoding="utf-8")
    with pytest.raises(DataContractError, match=r"in 50 place\(s\)") as caught:
        load_tables(package)
    assert len(caught.value.problems) == 50
    assert "... and 30 more." in str(caught.value)
    assert len(str(caught.value).splitlines()) == 22


# --- Keys and references --------------------------------------------------------------------------


def test_a_repeated_key_is_refused_on_its_second_row(only_problem, table_text):
    problem = only_problem("sources", table_text("sources", {}, {"title": "Another"}))
    assert (problem.row, problem.column, problem.value) == (3, "source_id", "a_2020")
    assert "earlier row" in problem.message
    assert "merge the rows or tell them apart" in problem.remedy


def test_a_repeated_key_of_several_columns_is_written_in_full(only_problem, table_text):
    problem = only_problem("observations", table_text("observations", {}, {"value": "71"}))
    assert problem.row == 3
    assert "indicator_id+place_id+year" in problem.column
    assert problem.value == "share, JPN, 2003, all, all, all, a_2020"


def test_rows_that_differ_in_one_key_column_are_both_kept(read, table_text):
    frame, problems = read(
        "observations", table_text("observations", {}, {"definition_id": "JPN_1999"})
    )
    assert not problems
    assert len(frame) == 2


@pytest.mark.parametrize(
    ("table", "column", "value", "other"),
    [
        ("observations", "place_id", "ATLANTIS", "places"),
        ("observations", "indicator_id", "luck", "indicators"),
        ("observations", "source_id", "hearsay", "sources"),
        ("observations", "definition_id", "JPN_1899", "definitions"),
        ("observations", "industry", "alchemy", "industries"),
        ("places", "economy", "JPN;XYZ", "places"),
        ("places", "economy", "JPN;", "places"),
        ("places", "economy", "JPN; JPN", "places"),
        ("places", "industries", "all;alchemy", "industries"),
        ("places", "parent_id", "nowhere", "places"),
        ("programme_funding", "programme_id", "no_plan", "programmes"),
        ("links", "to_place_id", "nowhere", "places"),
    ],
)
def test_an_unknown_identifier_is_named_with_the_table_to_add_it_to(
    package, table_text, table, column, value, other
):
    (package / f"{table}.csv").write_text(table_text(table, {column: value}), encoding="utf-8")
    with pytest.raises(DataContractError) as caught:
        load_tables(package)
    [problem] = caught.value.problems
    assert (problem.file, problem.row, problem.column) == (f"{table}.csv", 2, column)
    assert problem.value == value
    assert problem.message == f"is not in {other}.csv."
    assert f"Add a row to {other}.csv" in problem.remedy


def test_damage_to_the_real_data_is_found_where_it_is(data_copy):
    path = data_copy / "observations.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    wanted = next(index for index, line in enumerate(lines) if line.startswith("cpi_inflation,JPN"))
    cells = next(csv.reader([lines[wanted]]))
    cells[1] = "NIPPON"
    lines[wanted] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(DataContractError, match=r"in 1 place\(s\)") as caught:
        load(data_copy)
    assert str(caught.value.problems[0]).startswith(
        f"observations.csv:{wanted + 1}:place_id: 'NIPPON' is not in places.csv."
    )


def test_a_real_table_that_is_cut_short_does_not_load(data_copy):
    path = data_copy / "sources.csv"
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"\n", 0, len(content) // 2) + 1])
    with pytest.raises(DataContractError, match=r"is not in sources\.csv"):
        load(data_copy)


# --- The version ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, "", "# Changes\n", "# Changes\n\n## Unreleased\n"])
def test_a_change_log_without_a_version_is_refused(package, text):
    path = package / "CHANGELOG.md"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DataContractError, match=r"CHANGELOG\.md: No version found.*## 0\.1\.0"):
        version(package)


# --- Any damage -----------------------------------------------------------------------------------

CELLS = st.text(max_size=12) | st.sampled_from(
    ["", "0", "-1", "1e5", "1e999", "-1e999", "9" * 30, "٣", "Infinity", "0x10", "1_000", "true"]
)


@pytest.mark.parametrize("name", ["sources", "programme_funding"])
@settings(max_examples=40, suppress_health_check=ONE_FOLDER_FOR_ALL_EXAMPLES)
@given(data=st.data())
def test_any_cell_is_either_refused_or_kept_as_it_is(read, table_text, name, data):
    table = TABLES_BY_NAME[name]
    column = data.draw(st.sampled_from(table.fields))
    cell = data.draw(CELLS)
    frame, problems = read(name, table_text(name, {column.name: cell}))
    assert (frame is None) == bool(problems)
    if frame is None:
        return
    assert frame.shape == (1, len(table.columns))
    kept = frame[column.name].iloc[0]
    if column.type == "string":
        assert kept == cell
    elif cell == "":
        assert pd.isna(kept)
    elif column.type != "boolean":
        assert float(kept) == float(cell)


@settings(max_examples=40, suppress_health_check=ONE_FOLDER_FOR_ALL_EXAMPLES)
@given(position=st.integers(min_value=0), new=st.binary(min_size=1, max_size=3))
@example(position=0, new=b"\x00")
def test_any_damaged_bytes_are_refused_or_leave_the_shape(read, table_text, position, new):
    whole = table_text("sources", {}, {"source_id": "b", "note": 'He said: "one, two"'}).encode()
    at = position % len(whole)
    frame, problems = read("sources", whole[:at] + new + whole[at + 1 :])
    assert (frame is None) == bool(problems)
    assert frame is None or frame.shape == (2, 9)


@pytest.mark.parametrize(
    ("table", "field"),
    [
        pytest.param(table, field, id=f"{table.name}-{field.name}")
        for table in TABLES
        for field in table.fields
    ],
)
def test_every_column_refuses_every_damage_that_it_can_know(tmp_path, table, field):
    path = tmp_path / f"{table.name}.csv"
    for kind, (cell, complaint) in damages(field).items():
        if kind == "unknown identifier":
            continue  # only known once all tables are read
        path.write_text(contract_text(table, {field.name: cell}), encoding="utf-8")
        frame, problems = read_table(path, table)
        assert frame is None
        [problem] = problems
        assert (problem.file, problem.row, problem.column) == (table.file, 2, field.name), kind
        assert problem.value == cell, kind
        assert re.search(complaint, problem.message), kind
        assert problem.remedy, kind


def test_every_reference_is_followed(tmp_path):
    write_package(tmp_path)
    for table in TABLES:
        path = tmp_path / table.file
        whole = path.read_text(encoding="utf-8")
        for field in table.fields:
            if field.references:
                path.write_text(contract_text(table, {field.name: "nobody_9"}), encoding="utf-8")
                [problem] = check_tables(tmp_path)[1]
                assert (problem.file, problem.row) == (table.file, 2)
                assert (problem.column, problem.value) == (field.name, "nobody_9")
        path.write_text(whole, encoding="utf-8")


@pytest.mark.parametrize("cell", ["\0", "A\x07", "\x1b[31m", "A\x7f"])
def test_control_characters_are_refused(only_problem, table_text, cell):
    problem = only_problem("sources", table_text("sources", {}, {"source_id": "b", "note": cell}))
    assert problem.row == 3
    assert "control character" in problem.message


def test_tables_are_small_in_memory(catalogue):
    """A text is held once, in however many rows it stands."""
    held, texts = 0, {}
    for table in TABLES:
        rows = catalogue.table(table.name)
        held += int(rows.memory_usage(deep=False).sum())
        for column in rows.select_dtypes("string"):
            texts |= {id(text): text for text in rows[column].to_numpy(object)}
    held += sum(map(sys.getsizeof, texts.values()))
    on_disk = sum((DATA / table.file).stat().st_size for table in TABLES)
    assert held < 1.5 * on_disk


def test_a_second_read_of_broken_data_gives_the_same_problems_in_order(package, table_text):
    rows = [{"source_id": f"s{number}", "year": "x", "title": ""} for number in range(9)]
    (package / "sources.csv").write_text(table_text("sources", *rows), encoding="utf-8")
    problems = check_tables(package)[1]
    assert [problem.row for problem in problems] == sorted(2 * list(range(2, 11)))
    assert check_tables(package)[1] == problems


SIGNS = st.sampled_from(
    [
        *'\0\r\n\t",; ',
        "\ufeff",
        "\u3000",
        "\xa0",
        "，",
        "２",
        "\N{REPLACEMENT CHARACTER}",
        "日本",
        "=1+1",
    ]
)


@st.composite
def damaged(draw, whole: bytes) -> bytes:
    """A file with a damage that happens to files: by hand, by a program, by a disk."""
    at = draw(st.integers(0, len(whole) - 1))
    to = draw(st.integers(at, min(len(whole), at + 40)))
    lines = whole.decode().splitlines(keepends=True)
    cells = [line.rstrip("\n").split(",") for line in lines]
    width = min(map(len, cells))
    left, right = draw(st.integers(0, width - 1)), draw(st.integers(0, width - 1))
    return draw(
        st.one_of(
            st.binary(max_size=3).map(lambda new: whole[:at] + new + whole[to:]),
            SIGNS.map(lambda sign: whole[:at] + sign.encode() + whole[at:]),
            st.just(whole[:at]),
            st.just(whole[:to] + whole[at:to] + whole[to:]),
            st.just(b"".join(line.encode() for line in (*lines, lines[-1]))),
            st.just(lines[0].encode()),
            st.sampled_from(
                ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "shift_jis", "gb18030"]
            ).map(lambda encoding: whole.decode().encode(encoding, "ignore")),
            st.just(_lines([_swapped(row, left, right) for row in cells])),
            st.just(_lines([[*row[:left], *row[left + 1 :]] for row in cells])),
            st.just(_lines([[*row, "more"] for row in cells])),
        )
    )


def _lines(rows: list[list[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def _swapped(row: list[str], left: int, right: int) -> list[str]:
    row = list(row)
    row[left], row[right] = row[right], row[left]
    return row


@pytest.mark.parametrize("name", ["sources", "observations", "programme_funding"])
@settings(max_examples=150, suppress_health_check=ONE_FOLDER_FOR_ALL_EXAMPLES)
@given(data=st.data())
def test_a_damaged_table_is_refused_or_read_exactly_as_it_stands(package, name, data):
    """Never a wrong table: what is not refused is what another reader finds in the file."""
    table = TABLES_BY_NAME[name]
    path = package / table.file
    first = {column.name: sound_cell(column) for column in table.fields}
    note = next(column.name for column in table.fields if column.name in ("note", "summary"))
    text = contract_text(table, {note: '日本, "x"'}, {table.key[0]: f"{first[table.key[0]]}2"})
    content = data.draw(damaged(text.encode()))
    path.write_bytes(content)
    frame, problems = read_table(path, table)
    assert (frame is None) == bool(problems)
    for problem in problems:
        assert problem.file == table.file
        assert problem.message
        assert problem.remedy
        assert problem.row is None or 1 <= problem.row <= content.count(b"\n") + 2
    if frame is not None:
        header, *rows = csv.reader(content.decode().splitlines(keepends=True))
        assert list(frame.columns) == header == list(table.columns)
        assert len(frame) == len(rows)
        for at, column in enumerate(table.fields):
            assert [_as_text(value) for value in frame[column.name]] == [
                _as_text(_typed_cell(row[at], column.type)) for row in rows
            ]


def _typed_cell(cell: str, kind: str) -> object:
    if kind == "string" or cell == "":
        return cell
    return cell == "true" if kind == "boolean" else float(cell)


def _as_text(value: object) -> str:
    if pd.isna(value):
        return ""
    is_number = not isinstance(value, (str, bool, np.bool_))
    return str(float(value) if is_number else value)


@settings(max_examples=12, suppress_health_check=ONE_FOLDER_FOR_ALL_EXAMPLES)
@given(
    table=st.sampled_from(TABLES),
    position=st.integers(min_value=0),
    new=st.binary(min_size=1, max_size=1),
)
def test_a_package_with_any_damaged_byte_raises_only_its_own_error(
    package, table_text, table, position, new
):
    path = package / table.file
    whole = table_text(table.name).encode()
    at = position % len(whole)
    path.write_bytes(whole[:at] + new + whole[at + 1 :])
    # A changed key is found where it is referred to, in whatever table that is.
    with suppress(DataContractError):
        tables = load_tables(package)
        assert {name: len(frame) for name, frame in tables.items()} == dict.fromkeys(tables, 1)
    path.write_bytes(whole)


@settings(max_examples=40, suppress_health_check=ONE_FOLDER_FOR_ALL_EXAMPLES)
@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_file_cut_inside_a_line_is_refused(read, table_text, share):
    whole = table_text("sources", {}, {"source_id": "b"}).encode()
    cut = whole[: int(share * len(whole))]
    frame, problems = read("sources", cut)
    assert (frame is None) == bool(problems)
    assert frame is None or cut.endswith(b"\n")


def test_reading_does_not_depend_on_how_cells_are_quoted(tmp_path, table_text):
    plain = table_text("sources", {"note": "a, b"})
    quoted = io.StringIO()
    csv.writer(quoted, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        csv.reader(plain.splitlines())
    )
    frames = []
    for text in (plain, quoted.getvalue()):
        path = tmp_path / "sources.csv"
        path.write_text(text, encoding="utf-8")
        frames.append(read_table(path, TABLES_BY_NAME["sources"])[0])
    pd.testing.assert_frame_equal(*frames)
