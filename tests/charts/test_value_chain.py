"""The value chain: every link once, its strength by weight, dash and word, loops to be seen."""

import re
from itertools import pairwise

import pandas as pd
import pytest

from dashboard.catalogue.value_chains import LEARNING_WORDS, value_chain_of
from dashboard.charts.theme import LIGHT
from dashboard.charts.value_chain import (
    LINES,
    LOOP,
    NAME_LETTERS,
    PORT,
    describe_value_chain,
    learning_marks,
    value_chain,
)

ONE_LETTER_WIDE = 7.2  # pixels of a wide letter of a name


@pytest.fixture(scope="module")
def chains(catalogue):
    """All chains of the atlas, by place."""
    places = dict.fromkeys(catalogue.table("value_chains")["place_id"])
    return {key: value_chain_of(catalogue, key) for key in places}


def made(*links):
    """A chain from (from, from_kind, to, to_kind, learning) tuples."""
    return pd.DataFrame(
        [
            {
                "number": at,
                "from_actor": start,
                "from_kind": start_kind,
                "to_actor": end,
                "to_kind": end_kind,
                "relation": "give something",
                "interactive_learning": learning,
                "document": "Author (2006)",
                "locator": "Section 3",
                "is_disputed": False,
            }
            for at, (start, start_kind, end, end_kind, learning) in enumerate(links, start=1)
        ]
    )


def lines(figure):
    return [trace for trace in figure.data if trace.mode == "lines"]


def labels(figure, x):
    """Numbers at one side with the words beside them and how far down they stand."""
    found = {}
    for note in figure.layout.annotations:
        match = re.match(r"<b>(\d+)</b>(.*)", note.text)
        if match and note.x == x:
            assert match[1] not in found
            found[match[1]] = (match[2].strip(), note.y)
    return found


def test_every_link_is_drawn_once_and_numbered_at_both_ends(chains, look):
    for chain in chains.values():
        figure = value_chain(chain, look)
        assert len(lines(figure)) == len(chain)
        numbers = {str(number) for number in chain["number"]}
        left, right = labels(figure, 0), labels(figure, 1)
        assert set(left) == set(right) == numbers
        for trace, link in zip(lines(figure), chain.itertuples(), strict=True):
            assert link.from_actor in trace.name
            assert link.to_actor in trace.name
            # A line ends where its numbers stand.
            assert trace.y[0] == pytest.approx(left[str(link.number)][1])
            assert trace.y[-1] == pytest.approx(right[str(link.number)][1])


def test_strength_is_a_word_a_weight_and_a_dash_and_never_colour_alone(chains):
    assert len(set(LINES.values())) == len(LINES)
    for chain in chains.values():
        figure = value_chain(chain, LIGHT)
        words = labels(figure, 0)
        for trace, link in zip(lines(figure), chain.itertuples(), strict=True):
            word = LEARNING_WORDS[link.interactive_learning]
            # Of a link that no document rates the number alone: the legend says what that means.
            is_rated = link.interactive_learning != "unrated"
            assert (word in words[str(link.number)][0]) == is_rated
            assert trace.name.endswith(word)
            assert (trace.line.width, trace.line.dash) == LINES[link.interactive_learning]


def test_a_group_that_learns_within_itself_has_a_loop_sign_at_both_ends():
    chain = made(
        ("Growers", "sme", "Growers", "sme", "strong"),
        ("Growers", "sme", "Shops", "trader", "unrated"),
    )
    figure = value_chain(chain, LIGHT)
    loops = {
        number for x in (0, 1) for number, (text, _) in labels(figure, x).items() if LOOP in text
    }
    assert loops == {"1"}
    assert LOOP in labels(figure, 1)["1"][0]
    assert "1. within Growers: strong" in [trace.name for trace in figure.data]


def test_numbers_of_a_side_stand_apart(chains):
    for chain in chains.values():
        figure = value_chain(chain, LIGHT)
        for x in (0, 1):
            down = sorted(y for _, y in labels(figure, x).values())
            assert all(below - above >= PORT - 0.01 for above, below in pairwise(down))


def test_names_stand_below_one_another_within_the_margin_of_a_telephone(chains):
    for chain in chains.values():
        figure = value_chain(chain, LIGHT)
        for x in (0, 1):
            names = sorted(
                (note.y, note.text)
                for note in figure.layout.annotations
                if note.x == x and "<span" in note.text
            )
            heights = [15 * (text.count("<br>") + 1) for _, text in names]
            for (above, below), (high, low) in zip(pairwise(names), pairwise(heights), strict=True):
                assert below[0] - above[0] >= (high + low) / 2
            for _, text in names:
                name = text.split("<br><span")[0]
                longest = max(len(line) for line in name.split("<br>"))
                assert longest <= NAME_LETTERS
                assert longest * ONE_LETTER_WIDE <= figure.layout.margin.l
        assert figure.layout.yaxis.range[0] <= figure.layout.height


def test_those_who_support_the_chain_stand_above_those_who_buy_from_it(catalogue):
    figure = value_chain(value_chain_of(catalogue, "idn_jepara_furniture"), LIGHT)
    at = {
        note.text.split("<br><span")[0].replace("<br>", " "): note.y
        for note in figure.layout.annotations
        if note.x == 0
    }
    order = [
        "Government",
        "Raw-material suppliers",
        "Small family workshops",
        "Traders and brokers",
    ]
    assert [at[name] for name in order] == sorted(at[name] for name in order)
    assert at["Final customers abroad"] == max(at.values())


def test_a_disputed_link_is_marked_and_its_hover_says_why(catalogue):
    chain = value_chain_of(catalogue, "idn_jepara_furniture")
    figure = value_chain(chain, LIGHT)
    disputed = {str(number) for number in chain.loc[chain["is_disputed"], "number"]}
    assert {number for number, (text, _) in labels(figure, 0).items() if "≠" in text} == disputed
    for trace, link in zip(lines(figure), chain.itertuples(), strict=True):
        assert ("rates it differently" in trace.text[0]) == link.is_disputed
        assert link.locator.split(";")[0] in trace.text[0].replace("<br>", " ")


def test_the_legend_counts_the_links_of_each_strength(catalogue):
    chain = value_chain_of(catalogue, "twn_floriculture")
    words = [text for _, text in learning_marks(chain, LIGHT)]
    assert words == [
        "Learning strong (3)",
        "Learning limited (3)",
        "No learning (1)",
        "Link described, learning not rated (14)",
    ]
    images = [image for image, _ in learning_marks(chain, LIGHT)]
    assert len(set(images)) == len(images)


def test_the_sentence_names_what_is_rated():
    chain = made(
        ("Growers", "sme", "Growers", "sme", "strong"),
        ("Growers", "sme", "Shops", "trader", "unrated"),
        ("Buyers", "buyer", "Growers", "sme", "none"),
    )
    assert describe_value_chain(chain, "Here") == (
        "Value chain of Here: 3 links between 3 groups of actors; interactive learning strong on "
        "1, none on 1, not rated on 1. Rated: within Growers strong; Buyers to Growers none."
    )
