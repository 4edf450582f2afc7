"""Figures, table cells and framework elements of the five papers: in the data, and on a page.

`checks.csv` was written from the papers, beginning to end; README.md says how to read it and how
to add a check.
"""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

FILE = Path(__file__).with_name("checks.csv")
CHECKS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
PAPERS = {f"seed_{name}" for name in ("kitagawa_2008", "mitsui_2003", "ernst_2007")}
PAPERS |= {"seed_chaminade_vang_2006", "seed_chaminade_vang_2008"}
# As many as each paper must have at least: all in all more than 150, and none of the five short.
FEWEST = 50
MOST_PAGES = 45

SCALES = {"million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9}
# Columns that hold numbers; a check of any other names words that its cell must hold.
NUMBERS = {"value", "value_low", "value_high", "amount", "start_year"}
NUMBERS |= {"employment_share", "value_added_share"}

BY_PAGE = defaultdict(list)
for check in CHECKS:
    BY_PAGE[check["page"]].append(check)


def rows_of(check, tables):
    """Rows of the paper that the key of a check finds."""
    rows = tables[check["table"]]
    for part in check["key"].split(";"):
        column, cell = part.split("=", 1)
        rows = rows[rows[column].astype(str) == cell]
    return rows


def numbers(printed):
    """Numbers as a paper prints them: "5,713", "70–90", "29.4 billion"."""
    for end in printed.split("–"):
        figure, _, scale = end.replace(",", "").partition(" ")
        yield float(figure) * SCALES.get(scale, 1)


def plain(text):
    """Words without what papers and atlas write in two ways: thousands, hyphens, capitals."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text).replace("-", " ").casefold()


def missing_words(cell, value):
    """Words or numbers of a check that a cell lacks; a word may end otherwise, a number may not."""
    for word in map(str.strip, plain(value).split(";")):
        end = r"(?!\w)(?!\.\d)" if word[-1].isdigit() else ""
        if not re.search(rf"(?<![\w.]){re.escape(word)}{end}", plain(cell)):
            yield word


def holds(row, check):
    """Whether a row holds what the paper says."""
    columns = check["column"].split(";")
    if not set(columns) <= NUMBERS:
        return not list(missing_words(row[check["column"]], check["value"]))
    scale = SCALES.get(row.get("amount_unit"), 1)
    held = [float(row[column]) * scale for column in columns]
    return held == pytest.approx(list(numbers(check["value"])), rel=1e-9)


def spaced(text):
    """Text without the spaces that markup leaves before and after signs."""
    return re.sub(r" ([,.;:)])", r"\1", re.sub(r"\s+", " ", text)).replace("( ", "(")


def pattern(shown):
    """Parts of one line, in their order, none of them cut out of a longer word or number."""
    parts = []
    for part in map(str.strip, spaced(shown).split("…")):
        start = r"(?<![\w.,])" if part[0].isalnum() else ""
        end = r"(?![\w])(?![.,]\d)" if part[-1].isalnum() else ""
        parts.append(f"{start}{re.escape(part)}{end}")
    return re.compile(".*?".join(parts))


def told(check):
    return f"{check['paper']}, {check['section']}, {check['what']}: {check['value']}"


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_a_papers_figures_and_elements_are_in_the_data_with_source_and_locator(paper, catalogue):
    checks = [check for check in CHECKS if check["paper"] == paper]
    assert len(checks) >= FEWEST
    tables = {name: catalogue.table(name) for name in {check["table"] for check in checks}}
    tables = {name: rows[rows["source_id"] == paper] for name, rows in tables.items()}
    lost = []
    for check in checks:
        found = [row for _, row in rows_of(check, tables).iterrows() if holds(row, check)]
        # Tables of places, programmes and industries have no locator.
        if not any("locator" not in row or row["locator"] for row in found):
            lost.append(told(check))
    assert not lost, "\n".join(["Not in the data:", *lost])


@pytest.mark.parametrize("address", sorted(BY_PAGE))
def test_a_page_shows_what_the_papers_say(address, page_lines):
    lines = [spaced(line) for line in page_lines(address)]
    lost = []
    for check in BY_PAGE[address]:
        sought = pattern(check["shown"])
        if not any(map(sought.search, lines)):
            lost.append(f"{told(check)}, shown as “{check['shown']}”")
    assert not lost, "\n".join([f"Not on {address}:", *lost])


def test_checks_are_of_the_five_papers_once_each_and_cannot_pass_by_accident():
    assert {check["paper"] for check in CHECKS} == PAPERS
    assert all(cell.strip() for check in CHECKS for cell in check.values())
    known = {
        tuple(check[name] for name in ("paper", "table", "key", "column", "value"))
        for check in CHECKS
    }
    assert len(known) == len(CHECKS)
    assert len(BY_PAGE) <= MOST_PAGES
    for check in CHECKS:
        # A number stands beside the words that say what it is.
        assert len(re.findall(r"[^\W\d_]", check["shown"])) >= 8, told(check)


def test_what_a_page_lacks_is_not_found_in_parts_of_other_words_and_numbers():
    line = spaced("India | 1. Textiles | 112.4 % | 17.1 %")
    assert pattern("India … Textiles … 17.1 %").search(line)
    assert not pattern("India … Textiles … 12.4 %").search(line)
    assert not pattern("Textiles … India").search(line)
    assert not pattern("India … Text … 17.1 %").search(line)
    assert list(missing_words("Of 156 firms, 3,700 in Jepara", "56; 3700; Jepar; Java")) == [
        "56",
        "java",
    ]
    assert list(numbers("29.4 billion")) == [29.4e9]
    assert list(numbers("70–90")) == [70, 90]
    assert list(numbers("5,713")) == [5713]
