"""Views of the map to watch for change: what each is made of, in words and counts.

`python -m tests.charts.map_views` writes `map_views.json` anew; read its difference before you
commit it, because that is what the check is for. Years are set, so that a newer year of the data
changes nothing here; places that are added do.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from dashboard.catalogue.selection import LAYERS, Selection
from dashboard.ui.map_page import drawn_of, resolve
from dashboard.ui.map_page.content import title
from dashboard.ui.resources import catalogue

FILE = Path(__file__).with_name("map_views.json")
RATE, LEVEL, SIGNED = "rd_expenditure_gdp", "gdp_current_usd", "fdi_net_inflows_gdp"

REGIONS = {"view": "north_east", "layers": ("economies", "programme_regions", "fabs")}

VIEWS: dict[str, tuple[Selection, str]] = {
    name: (Selection(year=2015, **choices), mode)
    for name, mode, choices in (
        ("belt", "light", {}),
        ("belt, dark", "dark", {}),
        ("North-East Asia", "light", {"view": "north_east"}),
        ("South-East Asia", "light", {"view": "south_east"}),
        ("India", "light", {"view": "india"}),
        ("world", "light", {"view": "world"}),
        ("world, dark", "dark", {"view": "world"}),
        ("world with its chip market", "light", {"view": "world", "layers": ("market", "ties")}),
        ("Hsinchu", "light", {"view": "hsinchu"}),
        ("Kyushu, dark", "dark", {"view": "kyushu"}),
        ("circles", "light", {"indicator": LEVEL}),
        ("quantiles", "light", {"classes": "quantile"}),
        ("natural breaks", "light", {"classes": "natural"}),
        ("values below zero", "light", {"indicator": SIGNED}),
        ("gaps filled", "light", {"tolerance": 5}),
        ("nine colours", "light", {"mode": "two_indicators"}),
        ("shades and circles", "light", {"mode": "two_indicators", "second": LEVEL}),
        ("two years", "light", {"mode": "two_years", "against": 2005}),
        ("difference", "light", {"mode": "difference", "against": 2005}),
        ("hubs and ties alone", "light", {"layers": ("hubs", "ties")}),
        ("programme regions", "light", {"layers": ("programme_regions",), "view": "north_east"}),
        ("programme regions by stage, dark", "dark", {"programme_shade": "stage", **REGIONS}),
        ("programme regions by amount", "light", {"programme_shade": "amount", **REGIONS}),
        ("Korean complexes", "light", {"region_programme": ("kr_iccp",), **REGIONS}),
        ("fabs of TSMC", "light", {"operator": ("TSMC",), "layers": ("economies", "fabs")}),
        ("every layer", "light", {"layers": LAYERS}),
        ("regions by programme", "light", {"shade": "programme"}),
        ("regions by industry type", "light", {"shade": "industry_type"}),
        ("an event", "light", {"event": "y1980_hsinchu_2"}),
        ("places selected", "light", {"selected": ("TWN", "kyushu")}),
    )
}


def summary(name: str) -> dict[str, Any]:
    """What a view is made of: title, layers, colour scales, legend, and what moves with the years.

    Each layer has its traces by kind, the marks at a point and the shapes of all of them together.
    """
    selection, mode = VIEWS[name]
    shown, refused = resolve(catalogue(), selection)
    drawn = drawn_of(shown, mode)
    figure = json.loads(drawn.drawing.json)
    layout = figure["layout"]
    layers: dict[str, dict[str, Any]] = {}
    for trace in figure["data"]:
        layer = layers.setdefault(
            trace["meta"]["layer"] or "none", {"traces": Counter(), "points": 0, "shapes": 0}
        )
        kind = trace.get("mode", trace["type"])
        layer["traces"][kind] += 1
        layer["shapes"] += len(trace.get("locations", ()))
        if "markers" in kind:
            layer["points"] += sum(place is not None for place in trace["lat"])
    frames = figure.get("frames", [])
    return {
        "title": title(shown),
        "refused": [str(refusal) for refusal in refused],
        "layers": {
            key: {**layer, "traces": dict(layer["traces"])} for key, layer in layers.items()
        },
        "scales": {
            key: {
                "from": axis.get("cmin"),
                "to": axis.get("cmax"),
                "colours": [axis["colorscale"][0][1], axis["colorscale"][-1][1]],
                "steps": len(axis["colorscale"]),
            }
            for key, axis in sorted(layout.items())
            if key.startswith("coloraxis")
        },
        "legend": [entry.words for entry in drawn.entries],
        "sea": layout["geo"]["bgcolor"],
        "maps": sum(key.startswith("geo") for key in layout),
        "notes in the picture": [note["text"] for note in layout.get("annotations", ())],
        "moves": [figure["data"][index]["name"] for index in frames[0]["traces"]] if frames else [],
    }


def main() -> None:
    """Write the file anew."""
    found = {name: summary(name) for name in VIEWS}
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
