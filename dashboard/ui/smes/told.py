"""How important SMEs are in an economy, in sentences and in a table."""

from __future__ import annotations

from html import escape

import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.catalogue.naming import begun
from dashboard.catalogue.sme_answer import Answer, Figure, PerPerson, position
from dashboard.catalogue.wording import SCOPE_WORDS
from dashboard.charts.formats import number
from dashboard.charts.sme_figures import as_printed
from dashboard.ui import links, markup, wording
from dashboard.ui.figures import source_details

MOST_NAMED = 5


def share_words(row: pd.Series, catalogue: Catalogue) -> str:
    """A share with unit and doubt, as its source prints it: "about 48.7 %"."""
    return as_printed(row, catalogue.indicators[row["indicator_id"]])


def what(figure: Figure) -> str:
    """What a figure is a share of: "employment", "output of manufacturing"."""
    of = {"sme_share_output": "output", "sme_share_establishments": "establishments"}.get(
        figure.row["indicator_id"], figure.measure.of
    )
    return of if figure.is_whole else f"{of} in {SCOPE_WORDS[figure.row['scope']]}"


def sentence(found: Answer, catalogue: Catalogue) -> str:
    """The answer in plain words: what stands together, what counts otherwise, value per person."""
    name = catalogue.places[found.place_id].name
    parts = []
    if found.together:
        limit = found.together[0].limit
        said = _listed([_said(item, catalogue) for item in found.together])
        parts.append(f"In {name} SMEs are {said}, all by one law (widest limit: {limit}).")
    if found.apart:
        said = "; ".join(
            f"{_said(item, catalogue)}, {_why_apart(item, found)}" for item in found.apart
        )
        lead = "Counted otherwise" if found.together else f"In {name} each figure counts in its way"
        parts.append(f"{lead}: {said}.")
    if found.per_person is not None and (told := per_person_words(found.per_person)):
        parts.append(told)
    return " ".join(parts)


def _said(figure: Figure, catalogue: Catalogue) -> str:
    return f"{share_words(figure.row, catalogue)} of {what(figure)} ({period(figure.row)})"


def period(row: pd.Series) -> str:
    """The year of a figure, and whether it is that of a publication."""
    year = str(wording.period(row))
    return f"{year}, year of publication" if row["year_basis"] == "publication" else year


def _why_apart(figure: Figure, found: Answer) -> str:
    if not figure.row["definition_id"]:
        return "no law named"
    together = {item.row["definition_id"] for item in found.together}
    return f"by {'the same law' if figure.row['definition_id'] in together else figure.limit}"


def per_person_words(made: PerPerson) -> str:
    """Value added per person in SMEs against larger firms; empty where rounding leaves it open."""
    if made.low < 1 < made.high or made.high / made.low > 2.5:
        return ""
    is_value = made.value["indicator_id"] == "sme_share_value_added"
    low, high = number(made.low, 2), number(made.high, 2)
    rounded = "" if low == high else f" (between {low} and {high}, as the shares are rounded)"
    measure = "value added" if is_value else "GDP"
    return (
        f"By the shares of {measure} and employment of {int(made.value['year'])}, {measure} per "
        f"person in SMEs is {number(made.ratio, 2)} of that in larger firms{rounded}."
    )


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def alike_words(figure: Figure, catalogue: Catalogue) -> str:
    """Who compares with a figure, with values and years; and where it stands among them."""
    if not figure.row["definition_id"]:
        return "Nobody can be shown to: its source names no legal definition."
    if figure.alike.empty:
        return "Nobody: no other place counts it by this limit, for these sectors, in these years."
    shown = [
        f"{row['place_name']} {share_words(row, catalogue)} ({period(row)})"
        for _, row in figure.alike.iterrows()
    ]
    where = position(figure)
    return f"{'; '.join(shown)}{f' – {where}' if where else ''}"


def left_out_words(figure: Figure) -> list[str]:
    """Who does not compare, a line for each reason."""
    lines = []
    for why, names in figure.left_out.items():
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        lines.append(f"{begun(why)}: {', '.join(names[:MOST_NAMED])}{more}")
    return lines


def table(found: Answer, catalogue: Catalogue) -> str:
    """Each figure with what it counts, its document, and who compares, as a table."""
    lines = []
    for figure in found.figures:
        row = next(figure.row.to_frame().T.itertuples(index=False))
        newer = figure.newer
        # That SMEs are counted stands in the name of the table.
        every_size = {**figure.row.to_dict(), "firm_scale": "all"}
        covers = wording.coverage(every_size, catalogue) or "all industries"
        law = figure.limit or "names no legal definition"
        later = (
            f"<br>A newer figure names no law: {escape(share_words(newer, catalogue))} "
            f"({escape(period(newer))})"
            if newer is not None and not newer["definition_id"]
            else ""
        )
        disputed = "<br>Other sources differ" if _is_disputed(figure, catalogue) else ""
        why = "".join(f"<li>{escape(text)}</li>" for text in left_out_words(figure))
        folded = f"<details><summary>who does not, and why</summary><ul>{why}</ul></details>"
        [value_id] = wording.identified(figure.row.to_frame().T)["value_id"]
        lines.append(
            (
                links.anchor(links.indicator(figure.row["indicator_id"]), figure.measure.title),
                f"{links.anchor(links.value(value_id), share_words(figure.row, catalogue))}, "
                f"{escape(period(figure.row))}{later}{disputed}",
                f"{escape(covers)}<br>{escape(law)}",
                escape(alike_words(figure, catalogue)) + (folded if why else ""),
                source_details(row, catalogue),
            )
        )
    name = catalogue.places[found.place_id].name
    heads = ("Share of", "Newest by a law", "Covers, by what limit", "Who compares", "Document")
    return markup.table(f"Shares of small and medium firms in {name}", heads, lines)


def _is_disputed(figure: Figure, catalogue: Catalogue) -> bool:
    return bool(catalogue.is_in_conflict(figure.row.to_frame().T).iloc[0])
