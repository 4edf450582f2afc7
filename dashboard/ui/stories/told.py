"""What a step says, and its ways on, as markup."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from dashboard.catalogue import Catalogue
from dashboard.catalogue.frameworks import elements
from dashboard.catalogue.stories import Sentence, stories
from dashboard.ui import links, state
from dashboard.ui.stories.settle import PAGE, At
from dashboard.ui.stories.views import PAGES
from dashboard.ui.terms import marked
from dashboard.ui.upgrading.settle import PAGE as UPGRADING
from dashboard.ui.upgrading.settle import view_of


def progress(here: At) -> str:
    """Where the reader is: every step as a link, the one that is open marked."""
    items = []
    for step in here.story.steps:
        now = ' aria-current="step"' if step is here.step else ""
        label = f"Step {step.number}: {step.title}"
        items.append(
            f'<li><a href="{escape(_to(here, step.number))}"{now} '
            f'aria-label="{escape(label)}" title="{escape(label)}">{step.number}</a></li>'
        )
    return (
        f'<nav class="story-steps" aria-label="Steps of the story"><ol>{"".join(items)}</ol>'
        f"{links.anchor(_all(), 'All stories')}</nav>"
    )


def _to(here: At, number: int) -> str:
    return links.story_step(here.story.story_id, number)


def _all() -> str:
    return state.address(PAGE, story="", step="")


def text(here: At) -> str:
    """The title of the step and what it says."""
    said = " ".join(marked(sentence.text) for sentence in here.step.sentences)
    return (
        f'<h2 class="story-title"><span>{here.of.capitalize()}</span> '
        f"{escape(here.step.title)}</h2>"
        f'<p class="story-text">{said}</p>'
    )


def ways(here: At, *, again: bool = False) -> str:
    """To the step before and the step after.

    Args:
        here: the step that is open.
        again: the same ways stand above on the page, which the left and right keys follow.
    """
    steps, number = here.story.steps, here.step.number
    parts = []
    for turn, sign, wanted in (("prev", "← {}", number - 1), ("next", "{} →", number + 1)):
        if 1 <= wanted <= len(steps):
            words = "Back: " if turn == "prev" else "Next: "
            label = sign.format(f"{words}{steps[wanted - 1].title}")
            parts.append(
                f'<a class="{turn}" rel="{turn}" href="{escape(_to(here, wanted))}">'
                f"{escape(label)}</a>"
            )
    name = "Step before and step after" + (", below the chart" if again else "")
    return f'<nav class="story-ways" aria-label="{name}">{"".join(parts)}</nav>'


def leave(here: At) -> str:
    """The way to the page whose view the step shows; that page leads back."""
    parameters = here.step.parameters
    way = state.address(
        here.step.page, **parameters, story=here.story.story_id, step=here.step.number
    )
    title = PAGES[here.step.page].title
    name = f"Open this view on its own page: {title}"
    return f'<p class="story-leave">{links.anchor(way, name)}</p>'


def back(here: At, page: str, view: str | None) -> str:
    """The bar that leads back to the story from a view of another page, or leaves the story."""
    way = links.anchor(here.address, f"Back to the story: {here.of}")
    # A link keeps what it does not name, except the view.
    stay = {"view": view} if view else {}
    leave_it = links.anchor(state.address(page, **stay, story="", step=""), "Leave the story")
    return (
        f'<nav class="story-back" aria-label="Story">{way} '
        f"<span>{escape(here.story.title)}</span> {leave_it}</nav>"
    )


def onwards(here: At, catalogue: Catalogue) -> str:
    """What comes after the last step: the next story, and the pages that the story was told on."""
    told_here = list(stories(catalogue).values())
    following = told_here[(told_here.index(here.story) + 1) % len(told_here)]
    pages = dict.fromkeys(step.page for step in here.story.steps)
    ways_on = ", ".join(links.anchor(state.address(page), PAGES[page].title) for page in pages)
    return (
        '<div class="story-end">'
        f"<h2>{escape('The end of this story')}</h2>"
        f"<p>Next story: {links.anchor(links.story_step(following.story_id, 1), following.title)}. "
        f"{marked(following.line)}</p>"
        f"<p>Or go on by yourself, with the filters of this step: {ways_on}.</p></div>"
    )


def sources(here: At, catalogue: Catalogue) -> str:
    """Each sentence with its document, the place in it, and the rows it rests on."""
    lines = [
        f"{marked(sentence.text)}<br>{_document(sentence, catalogue)}"
        for sentence in here.step.sentences
    ]
    return f'<ol class="story-sources">{"".join(f"<li>{line}</li>" for line in lines)}</ol>'


def _document(sentence: Sentence, catalogue: Catalogue) -> str:
    source = catalogue.sources[sentence.source_id]
    year = f" ({source.year})" if source.year else ""
    title = links.anchor(links.source(source.source_id), source.title)
    where = f" {escape(sentence.locator)}." if sentence.locator else ""
    # Several amounts of a programme lead to one page.
    ways_on = dict.fromkeys(way for key in sentence.rests_on if (way := _row(key, catalogue)))
    rows = f" In the atlas: {', '.join(ways_on)}." if ways_on else ""
    return f'<span class="hint">{escape(source.author)}{year}. {title}.{where}{rows}</span>'


def _row(key: tuple[str, str], catalogue: Catalogue) -> str:
    """A link to a row that a sentence rests on; empty for rows that have no place of their own."""
    kind, identifier = key
    return _WAYS[kind](identifier, catalogue) if kind in _WAYS else ""


def _value(identifier: str, catalogue: Catalogue) -> str:
    row = catalogue.value(identifier)
    name = catalogue.indicators[row["indicator_id"]].short_name
    return links.anchor(links.value(identifier), f"{name}, {row['place_name']}, {row['year']}")


def _event(identifier: str, catalogue: Catalogue) -> str:
    event = catalogue.events[identifier]
    return links.anchor(state.address("", event=identifier), f"event of {event.year}")


def _place(identifier: str, catalogue: Catalogue) -> str:
    place = catalogue.places[identifier]
    return links.anchor(links.profile(place), place.name)


def _programme(identifier: str, catalogue: Catalogue) -> str:
    return links.anchor(links.programme(identifier), catalogue.programme_names[identifier])


def _amount(identifier: str, catalogue: Catalogue) -> str:
    funding = catalogue.table("programme_funding").set_index("funding_id")
    return _programme(str(funding.loc[identifier, "programme_id"]), catalogue)


def _indicator(identifier: str, catalogue: Catalogue) -> str:
    return links.anchor(links.indicator(identifier), catalogue.indicators[identifier].short_name)


def _framework(identifier: str, catalogue: Catalogue) -> str:
    own = identifier.rpartition(".")[0]
    of, element = elements(catalogue)[own]
    name = f"{of.name}: {element.name}"
    return links.anchor(state.address(UPGRADING, element=own), name) if view_of(own) else ""


_WAYS: dict[str, Callable[[str, Catalogue], str]] = {
    "value": _value,
    "event": _event,
    "place": _place,
    "profile": lambda identifier, catalogue: _place(identifier.partition(".")[0], catalogue),
    "programme": _programme,
    "funding": _amount,
    "indicator": _indicator,
    "framework": _framework,
    "lesson": lambda identifier, _: links.anchor(links.lesson(identifier), "lesson"),
}
