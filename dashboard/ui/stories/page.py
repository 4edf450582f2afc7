"""The page of stories, put together: all of them, or a step with its text, view and ways on."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.stories import stories
from dashboard.ui import links, markup, state
from dashboard.ui.stories import told
from dashboard.ui.stories.settle import PAGE, At, at, drawn, settle
from dashboard.ui.stories.views import PAGES
from dashboard.ui.terms import marked

# The step whose filters were set last. Whoever changes the view of a step keeps the change until
# they leave the step.
SET = "story_set"
TITLE = "Stories"


@dataclass(frozen=True)
class StoriesState:
    """The selection of the page, and the step that it shows; None for all stories."""

    selection: Selection
    here: At | None


def prepare(catalogue: Catalogue, selection: Selection) -> StoriesState:
    """Settle the selection; a reader who comes to a step gets its filters."""
    here = at(catalogue, selection)
    now = here and here.address
    settled = settle(catalogue, selection, arrives=st.session_state.get(SET) != now)
    st.session_state[SET] = now
    state.settle(settled)
    return StoriesState(settled, here)


def draw(catalogue: Catalogue, shown: StoriesState) -> None:
    """All stories, or the step that is open."""
    if shown.here is None:
        st.title(TITLE, anchor=False)
        st.html(_offered(catalogue))
        return
    here = shown.here
    st.title(here.story.title, anchor=False)
    st.html(told.progress(here) + told.text(here) + told.ways(here))
    with st.expander("Sources, sentence by sentence", key="story_sources"):
        st.html(told.sources(here, catalogue))
    own = PAGES[here.step.page]
    made, _ = own.settle(
        catalogue, drawn(catalogue, shown.selection, here), tuple(here.step.parameters)
    )
    made()
    st.html(told.leave(here) + told.ways(here, again=True))
    if here.step is here.story.steps[-1]:
        st.html(told.onwards(here, catalogue))


def _offered(catalogue: Catalogue) -> str:
    """Every story with its line and the number of its steps."""
    lines = [
        f"<h2>{links.anchor(links.story_step(story.story_id, 1), story.title)}</h2>"
        f"<p>{marked(story.line)}</p>"
        f'<p class="hint">{markup.count(len(story.steps), "step")}, the first: '
        f"{escape(story.steps[0].title)}</p>"
        for story in stories(catalogue).values()
    ]
    lead = (
        "Each story leads through a few live charts. A step sets the filters. Leave it where you "
        "like: a bar at the top leads back."
    )
    return f'<p class="lead">{marked(lead)}</p>{markup.listed(lines, "stories")}'


def bar(catalogue: Catalogue) -> None:
    """The way back to the story, on any page that a reader has gone to from a step of it."""
    page = st.session_state.get("page")
    if page is None or page == PAGE:
        return
    # Whoever comes back finds the step as it was told.
    st.session_state.pop(SET, None)
    selection = st.session_state.selection
    here = at(catalogue, selection)
    if here:
        st.html(told.back(here, page, selection.view))


__all__ = ["PAGE", "bar", "draw", "prepare"]
