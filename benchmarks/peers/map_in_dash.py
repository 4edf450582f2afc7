"""The map page of Seabelt, written plainly in Dash: what the dashboard is measured against.

The same tables, boundaries and layers, in the way Dash's documentation shows: shapes inside the
figure, one callback that builds the figure anew. Start it from the top folder with
`python benchmarks/peers/map_in_dash.py --port 8050`.
"""

import argparse
import json
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from dash import Dash, Input, Output, ctx, dcc, html

DATA = Path(__file__).parents[2] / "data"
WHOLE_YEARS = ("", "FY", "end of year")
DEFAULT_INDICATOR = "rd_expenditure_gdp"
TYPES = (
    "traditional_manufacturing",
    "natural_resource_based",
    "complex_product_systems",
    "specialised_suppliers",
    "science_based",
)
# Bounds of the parts of the map: longitudes and latitudes in degrees.
PARTS = {
    "Sea-belt": ([60, 152], [-9.5, 49.5]),
    "North-East Asia": ([98, 150], [17, 46]),
    "South-East Asia": ([90, 142], [-11.5, 24]),
    "India": ([62, 104], [5, 36]),
}
SEA, NO_VALUE, BORDER, ACCENT = "#DCE8EC", "#D9D5CC", "#FFFFFF", "#0B5E6E"
# With any base layer on, plotly.js fetches a map of the world from the internet.
BASE_LAYERS = ("land", "lakes", "countries", "coastlines", "ocean", "rivers", "subunits", "frame")


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv", keep_default_na=False)


def geography(name: str) -> dict:
    return json.loads((DATA / "geography" / f"{name}.geojson").read_text("utf-8"))


indicators = table("indicators").set_index("indicator_id")
indicators = indicators[indicators["aggregation"].isin(["share", "rate"])]
places = table("places").set_index("place_id")
places[["lat", "lon"]] = places[["lat", "lon"]].apply(pd.to_numeric)
economies = places[places["kind"] == "economy"]
hubs = places[(places["kind"] == "hub") & (places["parent_id"] == "silicon_sea_belt")]
links = table("links")
links = links[links["from_place_id"].isin(hubs.index) & links["to_place_id"].isin(hubs.index)]
observations = table("observations")
observations = observations[
    observations["place_id"].isin(economies.index)
    & observations["indicator_id"].isin(indicators.index)
    & observations["period_note"].isin(WHOLE_YEARS)
]
# One value for a place and year: all industries go before a single one.
observations = observations.sort_values("industry", key=lambda names: names != "all", kind="stable")
observations = observations.drop_duplicates(["indicator_id", "place_id", "year"])
observations[["year", "value"]] = observations[["year", "value"]].apply(pd.to_numeric)
observations = observations.dropna(subset=["year", "value"])
indicators = indicators.loc[indicators.index.isin(observations["indicator_id"])]
economy_shapes, region_shapes = geography("admin0_region"), geography("admin1_regions")
land_ids = [feature["id"] for feature in economy_shapes["features"]]


def years_of(rows: pd.DataFrame) -> tuple[int, int, int]:
    """First and last year, and the newest that has four fifths of the best-covered year's rows."""
    counts = rows.groupby("year").size()
    newest = counts.index[counts >= 0.8 * counts.max()].max()
    return int(counts.index.min()), int(counts.index.max()), int(newest)


def tie_lines(hubs: pd.DataFrame) -> go.Scattergeo:
    """The ties of which both ends are among some hubs."""
    ties = links[links["from_place_id"].isin(hubs.index) & links["to_place_id"].isin(hubs.index)]
    starts, ends = hubs.loc[ties["from_place_id"]], hubs.loc[ties["to_place_id"]]
    lat, lon = [], []
    for start, end in zip(starts.itertuples(), ends.itertuples(), strict=True):
        lat += [start.lat, end.lat, None]
        lon += [start.lon, end.lon, None]
    return go.Scattergeo(lat=lat, lon=lon, mode="lines", line={"color": ACCENT}, hoverinfo="skip")


def plain_shapes(shapes: dict, ids: list[str], colour: str, opacity: float) -> go.Choropleth:
    return go.Choropleth(
        geojson=shapes,
        locations=ids,
        z=[0] * len(ids),
        colorscale=[colour, colour],
        showscale=False,
        hoverinfo="skip",
        marker={"opacity": opacity, "line": {"color": BORDER, "width": 0.6}},
    )


def map_of(rows: pd.DataFrame, unit: str, year: int, hubs: pd.DataFrame, part: str) -> go.Figure:
    """Economies shaded by their values in a year, under the regions, ties and hubs of the belt."""
    shown = rows[rows["year"] == year]
    region_ids = [key for keys in hubs["admin1_ids"] for key in keys.split(";")]
    longitudes, latitudes = PARTS[part]
    return go.Figure(
        [
            # A Scattergeo has to come first, or plotly.js again fetches its own map.
            tie_lines(hubs),
            plain_shapes(economy_shapes, land_ids, NO_VALUE, 1),
            go.Choropleth(
                geojson=economy_shapes,
                locations=shown["place_id"],
                z=shown["value"],
                text=economies.loc[shown["place_id"], "name"],
                zmin=min(0, rows["value"].quantile(0.02)),
                zmax=rows["value"].quantile(0.97),
                colorscale="Teal",
                colorbar={"title": unit, "orientation": "h", "len": 0.4, "x": 0, "xanchor": "left"},
                marker={"line": {"color": BORDER, "width": 0.8}},
            ),
            plain_shapes(region_shapes, region_ids, ACCENT, 0.4),
            go.Scattergeo(
                lat=hubs["lat"],
                lon=hubs["lon"],
                text=hubs["name"],
                mode="markers+text",
                textposition="middle right",
                marker={"size": 13, "color": ACCENT},
            ),
        ],
        {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "uirevision": part,
            "geo": {
                **{f"show{layer}": False for layer in BASE_LAYERS},
                "bgcolor": SEA,
                "projection": {"type": "mercator"},
                "lonaxis": {"range": longitudes},
                "lataxis": {"range": latitudes},
            },
        },
    )


app = Dash(__name__, title="The Silicon Sea-belt in Dash", serve_locally=True)
app.layout = html.Div(
    [
        html.Div(
            [
                html.Label("Indicator", htmlFor="indicator"),
                dcc.Dropdown(
                    indicators["name"].to_dict(), DEFAULT_INDICATOR, id="indicator", clearable=False
                ),
                html.Label("Economies", htmlFor="economies"),
                dcc.Dropdown(economies["name"].to_dict(), id="economies", multi=True),
                dcc.Checklist(
                    {key: key.replace("_", " ").capitalize() for key in TYPES}, [], id="types"
                ),
                dcc.RadioItems(list(PARTS), "Sea-belt", id="part"),
            ],
            style={"width": 300},
        ),
        html.Div(
            [
                html.H1("The Silicon Sea-belt"),
                dcc.Graph(id="map", style={"height": 510}),
                dcc.Slider(0, 1, step=1, id="year", marks=None, tooltip={"always_visible": True}),
            ],
            style={"width": 704},
        ),
    ],
    style={"display": "flex", "gap": 40},
)


@app.callback(
    Output("map", "figure"),
    Output("year", "min"),
    Output("year", "max"),
    Output("year", "value"),
    Input("indicator", "value"),
    Input("economies", "value"),
    Input("types", "value"),
    Input("part", "value"),
    Input("year", "value"),
)
def draw(
    indicator: str, chosen: list[str] | None, types: list[str], part: str, year: int | None
) -> tuple[go.Figure, int, int, int]:
    """Build the map, in one answer with the years that the slider is to offer."""
    rows = observations[observations["indicator_id"] == indicator]
    first, last, newest = years_of(rows)
    if chosen:
        rows = rows[rows["place_id"].isin(chosen)]
    if ctx.triggered_id in (None, "indicator") or year is None:
        year = newest
    shown = hubs[hubs["industry_type"].isin(types)] if types else hubs
    figure = map_of(rows, indicators.loc[indicator, "unit"], year, shown, part)
    return figure, first, last, year


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8050)
    app.run(port=parser.parse_args().port, debug=False)
