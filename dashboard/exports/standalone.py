"""A view as one web page that needs no network: chart, words, documents and values inside it."""

from __future__ import annotations

import json
from html import escape

import pandas as pd
from plotly.offline import get_plotlyjs

from dashboard.charts.theme import PICTURE_SANS, PICTURE_SERIF, theme
from dashboard.exports.figures import with_shapes
from dashboard.exports.view import View

MOST_ROWS = 2_000

# The page may run its own script, show its own pictures, and ask nobody anything.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; connect-src data: blob:; worker-src blob:"
)
_CONFIG = {"displaylogo": False, "showSendToCloud": False, "responsive": True}
_CHART_HEIGHT = 560


def page(view: View) -> bytes:
    """A view as a self-contained HTML page.

    Raises:
        ValueError: if the view has no figure.
    """
    if view.plotly is None:
        raise ValueError(f"“{view.title}” is a table: take it as CSV or XLSX.")
    look = theme(view.mode)
    figure = with_shapes(view.plotly)
    layout = {**figure["layout"], "autosize": True}
    layout.pop("width", None)
    height = layout.get("height") or _CHART_HEIGHT
    drawing = _in_script({"data": figure["data"], "layout": layout, "config": _CONFIG})
    marks = "".join(
        f'<li class="of">{escape(mark.text)}</li>'
        if mark.is_title
        else f"<li>{mark.mark_svg}{escape(mark.text)}</li>"
        for mark in view.legend
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in view.notes)
    sentence = f"<p>{escape(view.sentence)}</p>" if view.sentence else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(view.title)}</title>
<style>
body {{ margin: 0 auto; max-width: 72rem; padding: 1.5rem; background: {look.card};
  color: {look.ink}; font: 16px/1.5 {PICTURE_SANS}; }}
h1 {{ font: 700 1.7rem/1.25 {PICTURE_SERIF}; margin: 0; }}
a {{ color: {look.accent}; overflow-wrap: anywhere; }}
.subtitle, .notes, .sources {{ color: {look.muted}; }}
.chart {{ height: {height}px; }}
.legend {{ display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; padding: 0; }}
.legend .of {{ flex-basis: 100%; font-weight: 700; }}
.legend img, .legend svg {{ margin-right: .4rem; vertical-align: middle; }}
.values {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .85rem; }}
th, td {{ border-bottom: 1px solid {look.rule}; padding: .2rem .6rem; text-align: left; }}
</style>
<script>{get_plotlyjs()}</script>
</head>
<body>
<main>
<h1>{escape(view.title)}</h1>
<p class="subtitle">{escape(view.subtitle)}</p>
{sentence}
<div class="chart" id="chart" role="img" aria-label="{escape(view.alt)}"></div>
<ul class="legend">{marks}</ul>
<ul class="notes">{notes}</ul>
<p class="sources">Source: {escape(view.source)}</p>
{_documents(view)}
<p><a href="{escape(view.link)}">Open this view in Seabelt</a> · data {escape(view.data_version)},
read {escape(view.accessed)}</p>
<details><summary>Values</summary><div class="values">{_table(view.table)}</div></details>
</main>
<script type="application/json" id="figure">{drawing}</script>
<script>
const drawn = JSON.parse(document.getElementById("figure").textContent);
Plotly.newPlot("chart", drawn.data, drawn.layout, drawn.config);
</script>
</body>
</html>
""".encode()


def _in_script(content: object) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")


def _documents(view: View) -> str:
    items = []
    for item in view.metadata["sources"]:
        when = f" ({item['year']})" if item["year"] else ""
        title = escape(item["title"])
        # Only web addresses become links: a table could hold any text.
        if str(item["url"]).startswith(("https://", "http://")):
            title = f'<a href="{escape(item["url"])}">{title}</a>'
        where = (
            f" Where in it: {escape('; '.join(item['locators'][:6]))}." if item["locators"] else ""
        )
        items.append(f"<li>{escape(item['author'])}{when}. {title}.{where}</li>")
    return f"<details><summary>Documents</summary><ul>{''.join(items)}</ul></details>"


def _table(table: pd.DataFrame) -> str:
    more = len(table) - MOST_ROWS
    markup = table.head(MOST_ROWS).to_html(index=False, border=0, na_rep="", escape=True)
    return markup + (f"<p>{more:,} more rows are at the link.</p>" if more > 0 else "")
