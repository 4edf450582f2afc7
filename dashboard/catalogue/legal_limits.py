"""How wide a legal definition of small firms is: two of one limit count firms of one size."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue
from dashboard.catalogue.errors import UnknownIdentifierError
from dashboard.catalogue.keeping import of_package

# Size classes that bound the whole of a legal definition, where a row has them.
WHOLE_SIZE_CLASSES = ("sme", "msme", "medium")


@dataclass(frozen=True)
class Limit:
    """The widest limit of a legal definition: in words, and rounded so that equal ones match."""

    words: str
    key: str


@of_package(1)
def legal_limits(catalogue: Catalogue) -> dict[str, Limit]:
    """The widest limit of every legal definition, by its identifier."""
    table = catalogue.table("definitions")
    limits = {}
    for definition_id, rows in table.groupby("definition_id"):
        whole = rows[rows["size_class"].isin(WHOLE_SIZE_CLASSES)]
        rows = rows if whole.empty else whole
        employees, sales, capital = rows[["max_employees", "max_turnover", "max_capital"]].max()
        currency = rows["currency"].max()
        if pd.notna(employees):
            # "Up to 199" and "fewer than 200" are one limit, and some tables write it as 200.
            limit = Limit(f"{employees:,.0f} employees", f"{round(employees, -1):.0f} employees")
        elif pd.notna(sales):
            words = f"sales of {_money(sales)} {currency}"
            limit = Limit(words, words)
        elif pd.notna(capital):
            words = f"capital of {_money(capital)} {currency}"
            limit = Limit(words, words)
        else:
            limit = Limit("limits the source does not give", str(definition_id))
        limits[str(definition_id)] = limit
    return limits


def widest_limit(definition_id: str, catalogue: Catalogue) -> Limit:
    """The widest limit of a legal definition; two with equal keys count firms of one size.

    Raises:
        UnknownIdentifierError: if the catalogue has no such definition.
    """
    limits = legal_limits(catalogue)
    if definition_id not in limits:
        raise UnknownIdentifierError("definition", definition_id, list(limits))
    return limits[definition_id]


def _money(amount: float) -> str:
    if amount >= 1e9:
        return f"{amount / 1e9:,.10g} billion"
    return f"{amount / 1e6:,.10g} million"
