"""The largest manufacturing sectors of an economy by employment and value added."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.keeping import unless_own
from dashboard.catalogue.provenance import source_uses
from dashboard.catalogue.selection import Selection
from dashboard.charts.formats import words, years
from dashboard.charts.sectors import describe_sectors, sectors
from dashboard.charts.theme import theme
from dashboard.ui import card, markup, resources
from dashboard.ui.chart import Drawing, drawing
from dashboard.ui.figures import source_details
from dashboard.ui.place.place_card import CARDS_KEPT, linked, place_card, with_documents

FIGURES_KEPT = 96


def draw(catalogue: Catalogue, place: Place, shown: Selection) -> None:
    """Draw the shares of the largest sectors, or say which economies have them."""
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == place.place_id].reset_index(drop=True)
    if rows.empty:
        have = [catalogue.places[key].name for key in dict.fromkeys(table["economy"])]
        reason = (
            f"No shares of sectors are held for {place.name}: the one source of them covers "
            f"{', '.join(have)} only."
        )
        st.html(markup.section("Largest manufacturing sectors", reason))
        return
    card.draw(
        linked(_card(catalogue, place), shown),
        _drawing(place.place_id, resources.look().mode),
        catalogue,
    )


@unless_own(CARDS_KEPT)
def _card(catalogue: Catalogue, place: Place) -> card.Card:
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == place.place_id].reset_index(drop=True)
    year = years(int(rows["year"].min()), int(rows["year"].max()))
    is_published = (rows["year_basis"] == "publication").all()
    basis = f"published {year}, year of the data not given" if is_published else year
    return place_card(
        catalogue,
        place,
        name="sectors",
        title=f"The {len(rows)} largest manufacturing sectors of {place.name}",
        subtitle=f"Shares of employment and value added in manufacturing, per cent, {basis} · "
        "ranked by value added · ISIC Rev. " + " and ".join(dict.fromkeys(rows["isic_revision"])),
        alt=describe_sectors(rows, place.name),
        documents=source_uses(rows.assign(name=rows["sector"]), catalogue, "sector"),
        data=with_documents(rows, catalogue),
        table=lambda: _sectors_table(rows, catalogue),
        findings=[Finding("note", "sector", text) for text in dict.fromkeys(rows["note"]) if text],
    )


def _types(catalogue: Catalogue) -> dict[str, str]:
    table = catalogue.table("industries")
    return {
        row.industry: words(row.industry_type) if row.industry_type else ""
        for row in table.itertuples()
    }


@resources.kept(FIGURES_KEPT)
def _drawing(place_id: str, mode: str) -> Drawing:
    catalogue = resources.catalogue()
    table = catalogue.table("manufacturing_sectors")
    rows = table[table["economy"] == place_id]
    return drawing(sectors(rows, _types(catalogue), theme(mode)))


def _sectors_table(rows: pd.DataFrame, catalogue: Catalogue) -> str:
    types = _types(catalogue)
    lines = [
        (
            escape(f"{row.rank}. {row.sector}"),
            escape(types[row.industry] or "no type"),
            *(
                "no value" if pd.isna(share) else f"{share:.1f} %"
                for share in (row.employment_share, row.value_added_share)
            ),
            f"{row.year}{' (publication)' if row.year_basis == 'publication' else ''}",
            escape(f"ISIC Rev. {row.isic_revision}, {row.isic_code}"),
            source_details(row, catalogue),
        )
        for row in rows.sort_values("rank").itertuples()
    ]
    heads = ("Sector", "Industry type", "Employment", "Value added", "Year", "Code", "Document")
    return markup.table("Largest manufacturing sectors", heads, lines, numbers=(2, 3))
