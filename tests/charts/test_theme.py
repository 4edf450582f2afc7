"""Colours can be read, told apart and are the same in charts and on the page."""

import math
import tomllib
from dataclasses import replace
from itertools import combinations

import plotly.graph_objects as go
import pytest

from dashboard.catalogue.belt import economies_of
from dashboard.catalogue.vocabulary import FAB_STATUSES
from dashboard.charts import theme as themes
from dashboard.charts.theme import DARK, LIGHT, SIBLING_HUES, THEMES, template, theme

SUGGESTED = ("JPN", "KOR", "CHN", "TWN", "SGP", "IND")
TEXT_CONTRAST = 4.5
MARK_CONTRAST = 3.0


def channels(colour):
    """Red, green and blue from 0 to 1, linear."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    """Contrast ratio of the Web Content Accessibility Guidelines."""
    lights = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (channels(one), channels(other))
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


# Machado, Oliveira and Fernandes 2009, full severity, for linear channels.
VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def seen(colour, vision):
    """The colour as a reader sees it, in the perceptual space OKLab (Ottosson 2020)."""
    rgb = [
        sum(weight * part for weight, part in zip(row, channels(colour), strict=True))
        for row in VISION[vision]
    ]
    red, green, blue = (min(max(part, 0.0), 1.0) for part in rgb)
    long, medium, short = (
        math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue),
        math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue),
        math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue),
    )
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def difference(one, other, vision):
    return math.dist(seen(one, vision), seen(other, vision))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#123456", "#123456", 1.0)],
)
def test_the_measure_of_contrast_is_the_published_one(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("name", ["ink", "muted", "accent", "warm", "other"])
@pytest.mark.parametrize("ground", ["card", "page"])
def test_text_can_be_read(look, name, ground):
    assert contrast(getattr(look, name), getattr(look, ground)) >= TEXT_CONTRAST


@pytest.mark.parametrize("economy", LIGHT.economies)
def test_a_line_can_be_seen_and_its_name_be_read(look, economy):
    """The name at the end of a line has the line's colour, so it is text."""
    assert contrast(look.economies[economy], look.card) >= MARK_CONTRAST
    assert contrast(look.economies[economy], look.card) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", LIGHT.industry_types)
def test_hubs_can_be_seen_on_land_and_sea(look, name):
    colour = look.industry_types[name]
    assert contrast(colour, look.card) >= MARK_CONTRAST
    assert contrast(colour, look.sea) >= MARK_CONTRAST


def test_ties_can_be_seen_on_the_sea(look):
    assert contrast(look.accent, look.sea) >= MARK_CONTRAST
    assert contrast(look.ink, look.sea) >= TEXT_CONTRAST


@pytest.mark.parametrize("vision", VISION)
def test_the_economies_suggested_first_can_be_told_apart(look, vision):
    for one, other in combinations(SUGGESTED, 2):
        apart = difference(look.economies[one], look.economies[other], vision)
        assert apart >= 0.045, (one, other, round(apart, 3))


@pytest.mark.parametrize("vision", VISION)
def test_the_steps_of_a_shaded_map_run_one_way_and_differ(look, vision):
    lightness = [seen(colour, vision)[0] for colour in look.sequential]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
    for one, other in combinations((*look.sequential, look.no_value), 2):
        assert difference(one, other, vision) >= 0.045, (one, other)


@pytest.mark.parametrize("vision", VISION)
def test_the_steps_on_either_side_of_zero_run_away_from_it_and_differ(look, vision):
    middle = len(look.diverging) // 2
    lightness = [seen(colour, vision)[0] for colour in look.diverging]
    below, above = lightness[: middle + 1], lightness[middle:]
    assert len(look.diverging) % 2 == 1
    assert below in (sorted(below), sorted(below, reverse=True))
    assert above == sorted(above, reverse=below == sorted(below))
    for one, other in combinations((*look.diverging, look.no_value), 2):
        assert difference(one, other, vision) >= 0.045, (one, other)


@pytest.mark.parametrize("vision", VISION)
def test_nine_colours_of_two_indicators_can_be_told_apart(look, vision):
    assert len(look.bivariate) == 9
    for one, other in combinations((*look.bivariate, look.no_value), 2):
        assert difference(one, other, vision) >= 0.045, (one, other)


def test_each_direction_of_the_nine_colours_moves_away_from_the_corner(look):
    """The corner low in both is nearest to the ground, the corner high in both farthest from it."""
    lightness = [seen(colour, "usual")[0] for colour in look.bivariate]
    rows = [lightness[start : start + 3] for start in (0, 3, 6)]
    darker = look.mode == "light"
    for line in (*rows, *zip(*rows, strict=True)):
        assert list(line) == sorted(line, reverse=darker)


def test_groups_of_operators_have_hues_of_their_own_while_there_are_some(look):
    names = [f"group {number}" for number in range(len(SIBLING_HUES) + 2)]
    colours = look.group_colours([*names, names[0]])
    assert list(colours) == names
    assert len(set(list(colours.values())[: len(SIBLING_HUES)])) == len(SIBLING_HUES)
    assert colours[names[-1]] == look.other


def test_each_state_of_a_fab_has_a_shape_of_its_own():
    assert len(set(themes.FAB_SYMBOLS.values())) == len(themes.FAB_SYMBOLS)
    assert set(FAB_STATUSES) == set(themes.FAB_SYMBOLS)


def test_directed_ties_are_ties_that_have_a_style():
    assert set(themes.TIE_STYLES) > themes.DIRECTED_TIES


def test_both_modes_have_a_colour_for_the_same_things():
    assert list(LIGHT.economies) == list(DARK.economies)
    assert list(LIGHT.industry_types) == list(DARK.industry_types)
    assert len(LIGHT.sequential) == len(DARK.sequential)
    assert len(LIGHT.diverging) == len(DARK.diverging)
    assert set(SIBLING_HUES) <= set(LIGHT.economies)


def test_each_economy_of_the_atlas_has_a_hue_of_its_own(catalogue, look):
    economies = set(economies_of(catalogue, in_focus=True))
    assert set(look.economies) == economies
    assert len(set(look.economies.values())) == len(economies)


def test_each_type_of_industry_has_a_colour_of_its_own(look):
    assert len(set(look.industry_types.values())) == 5


def test_places_of_one_economy_borrow_hues_that_are_not_its_own(look):
    own = look.colour_of(("JPN",))
    borrowed = [look.colour_of(("JPN",), sibling) for sibling in range(1, len(SIBLING_HUES))]
    assert own == look.economies["JPN"]
    assert own not in borrowed
    assert len(set(borrowed)) == len(borrowed)


@pytest.mark.parametrize("economies", [(), ("XYZ",)])
def test_groups_and_world_regions_are_neutral(look, economies):
    assert look.colour_of(economies) == look.other
    assert look.colour_of(economies, 3) in look.economies.values()


@pytest.mark.parametrize(
    ("mode", "expected"), [("light", LIGHT), ("dark", DARK), (None, LIGHT), ("sepia", LIGHT)]
)
def test_an_unknown_mode_is_light(mode, expected):
    assert theme(mode) is expected


def test_the_template_leaves_nothing_to_the_one_of_streamlit(look):
    layout = template(look).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == look.card
    assert layout.font.color == look.ink
    assert layout.xaxis.gridcolor == layout.yaxis.gridcolor == look.rule
    assert layout.hoverlabel.bgcolor == look.card
    assert "#00000" not in str(template(look).to_plotly_json())


def test_a_figure_has_a_template_of_its_own(look):
    figure = go.Figure(layout={"template": template(look)})
    figure.layout.template.layout.font.color = "#123456"
    figure.layout.template.layout.colorway = ["#123456"]
    assert template(look).layout.font.color == look.ink
    assert tuple(template(look).layout.colorway) == tuple(look.economies.values())
    other = replace(look, ink="#654321")
    assert template(other).layout.font.color == "#654321"


def test_no_font_is_fetched():
    for families in (themes.SANS, themes.SERIF, themes.PICTURE_SANS, themes.PICTURE_SERIF):
        assert "http" not in families
        assert "CJK" in families
        assert families.endswith("serif")


@pytest.mark.parametrize("mode", THEMES)
def test_the_page_has_the_colours_of_the_charts(root, mode):
    config = tomllib.loads((root / ".streamlit" / "config.toml").read_text("utf-8"))
    look, page = THEMES[mode], config["theme"][mode]
    assert page["backgroundColor"] == look.page
    assert page["textColor"] == look.ink
    assert page["primaryColor"] == page["linkColor"] == look.accent
    assert page["borderColor"] == page["dataframeBorderColor"] == look.rule
    assert page["sidebar"]["backgroundColor"] == look.page
    assert contrast(page["textColor"], page["secondaryBackgroundColor"]) >= TEXT_CONTRAST
    assert contrast(page["linkColor"], page["backgroundColor"]) >= TEXT_CONTRAST
