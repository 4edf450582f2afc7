"""The page of stories: every step drawn, its filters set, the way out and back."""

import re
from html import unescape

import pytest

from dashboard.catalogue.stories import stories
from dashboard.ui.stories.settle import selection_of
from dashboard.ui.stories.views import PAGES

STORIES = ("silicon_island", "sme_shares", "two_ministries", "global_factory", "four_clusters")


def links(reader):
    """Every link of the page's markup, by what it says."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', reader.markup, re.S)
    return {unescape(text): unescape(address) for address, text in found}


def test_without_a_story_all_five_are_offered_with_a_line_each(reader, catalogue):
    reader.go("stories")
    assert reader.title == "Stories"
    for story in stories(catalogue).values():
        assert links(reader)[story.title] == f"/stories?story={story.story_id}&step=1"
        assert story.line in unescape(reader.markup)
    assert not reader.has_chart


def test_the_view_of_every_step_can_be_shown_as_it_is_addressed(catalogue):
    for story in stories(catalogue).values():
        for step in story.steps:
            selection, refused = selection_of(step, catalogue)
            own = PAGES[step.page]
            made, also = own.settle(catalogue, selection, tuple(step.parameters))
            assert callable(made)
            assert [str(item) for item in (*refused, *also)] == [], step.address


@pytest.mark.parametrize("story_id", STORIES)
def test_a_story_is_walked_step_by_step(reader, catalogue, story_id):
    story = stories(catalogue)[story_id]
    for step in story.steps:
        reader.go("stories", story=story_id, step=str(step.number))
        assert reader.title == story.title
        assert not reader.warnings
        assert f"Step {step.number} of {len(story.steps)}" in reader.markup
        assert re.search(r'aria-current="step"[^>]*>' + str(step.number), reader.markup)
        text = unescape(reader.markup)
        for sentence in step.sentences:
            # Once in the text, once beside its document.
            assert text.count(sentence.text) == 2
        assert reader.has_chart or "Ten soft capabilities" in text
        assert reader.address["story"] == [story_id]
        for name, values in step.parameters.items():
            if name != "view":
                assert reader.address[name] == values
        ways = links(reader)
        leave = next(way for text, way in ways.items() if text.startswith("Open this view"))
        assert leave.startswith(step.address.split("?")[0] + "?")
        assert leave.endswith(f"&story={story_id}&step={step.number}")
    told = list(stories(catalogue).values())
    following = told[(told.index(story) + 1) % len(told)]
    assert "The end of this story" in reader.markup
    assert following.title in ways


def test_a_bad_step_is_refused_and_the_story_begins(reader):
    reader.go("stories", story="sme_shares", step="12")
    [warning] = reader.warnings
    assert "the story has the steps 1 to 7" in warning
    assert "Step 1 of 7" in reader.markup


def test_a_bar_leads_back_from_another_page_whatever_is_changed_there(reader):
    reader.go("smes", view="definitions", limit="employees", story="sme_shares", step="3")
    reader.choose("smes_in_force", True)
    way = links(reader)["Back to the story: step 3 of 7"]
    assert way == "/stories?story=sme_shares&step=3"
    assert reader.address["story"] == ["sme_shares"]
    leave = links(reader)["Leave the story"]
    assert leave == "/smes?view=definitions&story=&step="


def test_no_bar_stands_where_no_story_is_being_read(reader):
    assert "story-back" not in reader.go("smes").markup


def test_what_is_changed_at_a_step_stays_until_the_step_is_left(reader):
    reader.go("stories", story="sme_shares", step="7")
    reader.choose("compare_comparable", False)
    assert "comparable" not in reader.address
    reader.go("stories", story="sme_shares", step="6")
    reader.go("stories", story="sme_shares", step="7")
    assert reader.address["comparable"] == ["1"]


def test_each_sentence_leads_to_its_document_and_to_what_it_rests_on(reader):
    reader.go("stories", story="two_ministries", step="3")
    ways = links(reader)
    assert ways["Industrial Cluster Project, first term"].startswith("/data?view=programme")
    assert "source=seed_mitsui_2003" in " ".join(ways.values())
    assert "event of 2002" in ways


def test_a_document_lists_the_sentences_that_rest_on_it(reader):
    reader.go("data", view="source", source="trendforce_20250521")
    assert "2 sentences of stories" in reader.markup
    assert links(reader)["In its story"] == "/stories?story=silicon_island&step=7"
