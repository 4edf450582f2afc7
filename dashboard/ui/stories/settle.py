"""What the page of stories shows: a step sets the filters, the reader may then change the view."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue import Catalogue
from dashboard.catalogue.address import Refusal, from_parameters
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.stories import Step, Story, stories
from dashboard.ui import links
from dashboard.ui.stories.views import PAGES

PAGE = "stories"


@dataclass(frozen=True)
class At:
    """Where a reader is: a step of a story."""

    story: Story
    step: Step

    @property
    def of(self) -> str:
        """The step among all: "step 2 of 6"."""
        return f"step {self.step.number} of {len(self.story.steps)}"

    @property
    def address(self) -> str:
        """Address of the step."""
        return links.story_step(self.story.story_id, self.step.number)


def at(catalogue: Catalogue, selection: Selection) -> At | None:
    """The step that a selection names, the first where it names none; None outside stories."""
    if selection.story is None:
        return None
    story = stories(catalogue)[selection.story]
    return At(story, story.steps[(selection.step or 1) - 1])


def selection_of(step: Step, catalogue: Catalogue) -> tuple[Selection, list[Refusal]]:
    """The view of a step as a selection, and what of its address cannot be shown."""
    return from_parameters(step.parameters, catalogue, tuple(PAGES[step.page].views))


def settle(catalogue: Catalogue, selection: Selection, *, arrives: bool) -> Selection:
    """The selection of the page.

    Args:
        catalogue: holds the stories.
        selection: what the reader chose, here or elsewhere.
        arrives: the reader has just come to the step; what they chose before gives way to it.

    Returns:
        With the filters of the step and its number. The view is that of another page: it is not
        kept, so that the address of this page does not ask for it.
    """
    here = at(catalogue, selection)
    if here is None:
        return selection
    if arrives:
        selection, _ = selection_of(here.step, catalogue)
    return selection.with_(story=here.story.story_id, step=here.step.number, view=None)


def drawn(catalogue: Catalogue, selection: Selection, here: At) -> Selection:
    """The selection that the view of the step is drawn by."""
    own, _ = selection_of(here.step, catalogue)
    return selection.with_(view=own.view, story=None, step=None)
