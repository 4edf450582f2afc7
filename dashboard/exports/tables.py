"""Tables as CSV that spreadsheets open right, and cannot be made to run."""

from __future__ import annotations

import pandas as pd

# A spreadsheet takes a text cell that starts so for a formula, whoever wrote it. The list is that
# of the Open Worldwide Application Security Project's page on CSV injection.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# How xlsxwriter leaves texts as they are.
TEXTS_AS_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False}


def to_csv(table: pd.DataFrame) -> bytes:
    """The table as CSV after RFC 4180, with a byte-order mark that Excel needs for East Asian text.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, in headers too;
    numbers stay numbers, negative ones included. Missing values are empty cells.
    """
    safe = table.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(_harmless, na_action="ignore")
    safe.columns = [_harmless(str(name)) for name in safe.columns]
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(text: object) -> object:
    if not isinstance(text, str):
        return text
    # A bare carriage return splits a row for readers that do not honour quotes around it.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
