"""A page with one chart that has all a chart can have: two maps, years, layers, a window."""

import plotly.graph_objects as go
import streamlit as st

from dashboard.catalogue.geography import geography_url
from dashboard.charts.maps import BASE_LAYERS
from dashboard.charts.theme import LIGHT
from dashboard.ui import chart, style

YEARS = (2000, 2001, 2002)
ECONOMIES = ("JPN", "KOR", "CHN")
MARK = (
    '<img class="drawing" alt="" width="16" height="16" src="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' width='16' height='16'%3E"
    "%3Ccircle cx='8' cy='8' r='5'/%3E%3C/svg%3E\">"
)


def values(year: int) -> list[float]:
    return [float(year - 2000 + place) for place in range(len(ECONOMIES))]


def one_map(geo: str) -> list[go.Scattergeo | go.Choropleth]:
    hubs = go.Scattergeo(
        geo=geo,
        lat=[24.8, 33.6],
        lon=[121.0, 130.4],
        customdata=["hsinchu", "kyushu"],
        text=["Hsinchu", "Kyushu"],
        mode="markers+text",
        meta={"layer": "hubs"},
        name="Hubs",
    )
    fabs = go.Scattergeo(
        geo=geo, lat=[24.7], lon=[121.1], meta={"layer": "hubs", "from_scale": 2}, name="Fabs"
    )
    shades = go.Choropleth(
        geo=geo,
        geojson=geography_url("admin0_region"),
        locations=ECONOMIES,
        z=values(2000),
        coloraxis="coloraxis",
        meta={"layer": "indicator"},
        name="Values",
    )
    return [fabs, shades, hubs]


figure = go.Figure([*one_map("geo"), *one_map("geo2")])
figure.frames = [
    go.Frame(
        name=str(year),
        traces=[1, 4],
        data=[{"type": "choropleth", "z": values(year)}, {"type": "choropleth"}],
    )
    for year in YEARS
]
base = {
    **dict.fromkeys(BASE_LAYERS, False),
    "projection": {"type": "mercator"},
    "lonaxis": {"range": [60, 152]},
    "lataxis": {"range": [-9.5, 49.5]},
    "uirevision": "belt",
}
figure.update_layout(
    height=420,
    clickmode="event",
    dragmode="pan",
    geo={**base, "domain": {"x": [0, 0.49], "y": [0, 1]}},
    geo2={**base, "domain": {"x": [0.51, 1], "y": [0, 1]}},
    margin={"l": 0, "r": 0, "t": 0, "b": 0},
)

state = st.session_state
state.setdefault("shown", ("indicator", "hubs"))
state.setdefault("window", None)
state.setdefault("year", 2001)
state.setdefault("heard", [])


def hear(name: str):
    def keep(*words) -> None:
        state.heard = [*state.heard, f"{name} {words}"]
        if name in state:
            state[name] = words[0]

    return keep


style.apply(LIGHT)
st.button("Run again")
with st.container(key="card_test"):
    st.html(f'<h2 class="card-title">Two maps, <span class="card-year">{state.year}</span></h2>')
    chart.draw(
        chart.drawing(figure),
        key="chart_test",
        name="test",
        alt="Two maps.",
        year=state.year,
        legend=[
            chart.Layer(
                "indicator",
                "Indicator",
                "indicator" in state.shown,
                "3 of 3 economies",
                items=[chart.Mark(MARK, "value")],
            ),
            chart.Layer("hubs", "Hubs", "hubs" in state.shown, "2 of 8"),
            chart.Layer("fabs", "Fabs", False, disabled_reason="No fab passes the filters."),
        ],
        window=state.window,
        listeners=chart.Listeners(
            place=hear("place"), year=hear("year"), layers=hear("shown"), window=hear("window")
        ),
    )
st.html("<ul id='heard'>" + "".join(f"<li>{words}</li>" for words in state.heard) + "</ul>")
