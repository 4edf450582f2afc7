"""Views as cards hand them over, without a page."""

import json

import pytest

from dashboard.catalogue.provenance import source_line, sources_of, with_sources
from dashboard.exports.view import View

LINK = "https://atlas.example/compare?indicator=rd_expenditure_gdp&view=line&data=0.3.0"


@pytest.fixture(scope="session")
def make_view(catalogue):
    """Makes a view; what is not given is that of R&D in Japan and Taiwan."""
    rows = catalogue.series("rd_expenditure_gdp", ["JPN", "TWN"])
    uses = sources_of(rows, catalogue)
    figure = {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": catalogue.label(place),
                "x": group["year"].tolist(),
                "y": group["value"].tolist(),
                "line": {"color": colour},
            }
            for (place, group), colour in zip(
                rows.groupby("place_id"), ("#BE4D0F", "#007E74"), strict=True
            )
        ],
        "layout": {"yaxis": {"title": {"text": "Per cent of GDP"}}},
    }

    def make(figure=figure, **changes):
        held = {
            "name": "seabelt-research",
            "title": "Research, Japan and Taiwan",
            "subtitle": "Per cent of GDP",
            "sentence": "Taiwan is highest.",
            "alt": "Lines of two economies.",
            "notes": ("Break in the series: Taiwan 2014.",),
            "source": source_line(uses),
            "uses": tuple(uses),
            "indicators": (catalogue.indicators["rd_expenditure_gdp"],),
            "table": with_sources(rows, catalogue),
            "figure": json.dumps(figure) if figure else "",
            "legend": (),
            "mode": "light",
            "link": LINK,
            "request": "https://atlas.example/api/v1/observations?indicator=rd_expenditure_gdp",
            "data_version": catalogue.version,
            "accessed": "2026-11-26",
        }
        return View(**(held | changes))

    return make
