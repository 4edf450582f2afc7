"""The chart card: the one frame in which every chart of the product stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from html import escape
from typing import TypeVar
from weakref import ref

import pandas as pd
import streamlit as st

from dashboard.catalogue import Catalogue
from dashboard.catalogue.findings import Finding
from dashboard.catalogue.own import names_own
from dashboard.catalogue.provenance import SourceUse, source_line, sources_of, with_sources
from dashboard.catalogue.selection import Selection
from dashboard.catalogue.wording import SCOPE_WORDS
from dashboard.charts.formats import words, years
from dashboard.charts.theme import PICTURE_SANS, PICTURE_SERIF
from dashboard.exports import to_csv
from dashboard.exports.files import FORMATS
from dashboard.exports.picture import SIZES, Picture, palette
from dashboard.exports.view import notes_of
from dashboard.serving.taking import CardAddress, shelf
from dashboard.ui import chart, embed, links, state
from dashboard.ui.chart import Drawing, Layer, Listeners, Mark, Window, legend_markup
from dashboard.ui.component import component
from dashboard.ui.markup import Markup
from dashboard.ui.notices import plain
from dashboard.ui.own import made_for, own
from dashboard.ui.present import store
from dashboard.ui.resources import kept, look
from dashboard.ui.taking import COLLECTED, CardContent, legend_of, request_for
from dashboard.ui.terms import marked, marked_in_turn

SHEETS = {name: {"name": SIZES[name][0], **Picture(size=name).sheet} for name in SIZES}
NOT_IN_DECK = (
    "A deck cannot hold your data, which stay in this tab: take PowerPoint from this card instead."
)
DATA_PAGE = "data"
CSV_MIME = "text/csv"
MOST_ABOUT = 4
SOURCES_KEPT = 256
MARKS = {"not_comparable": "✕", "missing": "○", "caution": "▲", "note": "·"}

Part = TypeVar("Part")

PALETTES = {look: palette(look) for look in ("light", "dark", "print")}
_actions = component(
    "card_actions",
    ("picture.js", "deck-store.js", "card.js"),
    html="card.html",
    css="card.css",
    constants=f"const SIZES = {json.dumps(SHEETS)};\nconst PALETTES = {json.dumps(PALETTES)};\n"
    f"{store.SCRIPT}",
)


@dataclass(frozen=True)
class Download:
    """A file that a card offers besides CSV.

    `make` writes it when a reader asks for it; `suffix` ends its name, with the dot; `help` says
    what it holds.
    """

    label: str
    make: Callable[[], bytes]
    suffix: str
    mime: str
    help: str


@dataclass(frozen=True)
class Card:
    """What a card says about its chart.

    Attributes:
        key: identifier, unique on the page.
        title: what is shown, in words.
        subtitle: indicator, unit, years.
        findings: what is missing, uncertain or not comparable; or what finds it, once the chart is
            on its way.
        rows: the rows drawn, one per place and year, with their sources.
        alt: the chart in a sentence.
        page: address of the page, for the link.
        link: the view with every choice written out, for the link.
        extra_source: what else the picture rests on, such as boundaries.
        more_sources: documents behind what is drawn besides the rows, such as ties; or what finds
            them.
        year: the year of a map that the reader can move, or None.
        data: what the CSV holds where the chart draws no rows of observations.
        table: makes the markup that "View as table" opens in place of the rows.
        csv: makes the CSV where the chart shows more than its rows, as a map with its layers does.
        downloads: more files to take away, beside the CSV.
        sentence: what the chart shows, computed from its rows; or what computes it, once the chart
            is on its way.
        headline: the same in a few words; the sentence is then folded below it.
        body: draws what stands in the chart's place where there is no chart.
        everything: makes the table of the files where the chart shows more than its rows.
        geojson: makes the GeoJSON of a map.
    """

    key: str
    title: str
    subtitle: str
    findings: Sequence[Finding] | Callable[[], Sequence[Finding]]
    rows: pd.DataFrame
    alt: str
    page: str
    link: Selection
    extra_source: str = ""
    more_sources: Sequence[SourceUse] | Callable[[], Sequence[SourceUse]] = ()
    year: int | None = None
    data: pd.DataFrame | None = None
    table: Callable[[], str] | None = None
    csv: Callable[[], bytes] | None = None
    downloads: Sequence[Download] = ()
    sentence: str | Callable[[], str] = ""
    headline: str | Callable[[], str] = ""
    body: Callable[[], object] | None = None
    everything: Callable[[], pd.DataFrame] | None = None
    geojson: Callable[[], bytes] | None = None


def draw(
    card: Card,
    shown: Drawing | None,
    catalogue: Catalogue,
    *,
    listeners: Listeners | None = None,
    legend: Sequence[Layer] = (),
    window: Window | None = None,
    leads: bool = False,
    stands: bool = False,
) -> None:
    """Draw a card.

    Args:
        card: the words and the rows.
        shown: the chart; None shows the rows as a table in its place.
        catalogue: documents behind the rows.
        listeners: what the page does when a reader acts on the chart. Without one for years, the
            year that a reader rests on becomes that of the selection.
        legend: the layers of a map that a reader can show or hide.
        window: part of the world that a map shows; None is its preset.
        leads: the chart is what the reader waits for: a new one is drawn before the rest is sent.
        stands: the browser has drawn the chart before the page ran.
    """
    chart_key = f"chart_{card.key}"
    marks = shown.legend if shown and not legend else ()
    with st.container(border=True, key=f"card_{card.key}"):
        head = st.empty()
        if shown is not None:
            # Before anything else: the browser draws it while the rest is still on its way.
            chart.draw(
                shown,
                key=chart_key,
                name=card.key,
                alt=card.alt,
                year=card.year,
                legend=legend,
                window=window,
                listeners=following(listeners or Listeners(), card.year),
                leads=leads,
                stands=stands,
            )
        head.html(
            f'<h2 class="card-title">{marked_year(card.title, card.year)}</h2>'
            f'<p class="card-subtitle">{marked(card.subtitle)}{_about(card, catalogue)}</p>'
            f"{_sentence(card)}{legend_markup(marks)}"
        )
        findings, more_sources = _now(card.findings), _now(card.more_sources)
        uses = sources_of(card.rows, catalogue)
        table = cache(partial(_held, card, catalogue))
        source = written_source(uses, card.extra_source)
        if shown is None and card.body is not None:
            card.body()
        elif shown is None:
            _table(table())
        _notes(findings)
        documents = [*uses, *more_sources]
        if documents:
            with st.expander(f"**Source:** {plain(source)}", key=f"sources_{card.key}"):
                st.html(Markup(_sources(tuple(documents))))
        else:
            st.markdown(f"**Source:** {plain(source)}")
        taken = CardContent(
            name=file_name(card),
            title=card.title,
            subtitle=card.subtitle,
            sentence=lambda: _now(card.sentence),
            alt=card.alt,
            findings=lambda: findings,
            source=source,
            uses=lambda: documents,
            table=card.everything or table,
            drawing=shown,
            legend=legend_of(marks, legend),
            mode=look().mode,
            path=state.permalink(card.page, card.link, catalogue.version),
            rows=card.rows,
            geojson=card.geojson,
            year=card.year,
            hidden=tuple(layer.layer for layer in legend if not layer.shown),
            window=window,
        )
        embed.note(card.key)
        if embed.is_alone(card.key):
            st.html(
                f'<p><a href="{escape(taken.path)}" target="_blank" rel="noopener">'
                "Open this view in Seabelt</a></p>"
            )
        if COLLECTED in st.session_state:
            st.session_state[COLLECTED].append((card.key, taken))
        with st.container(horizontal=True, key=f"actions_{card.key}", vertical_alignment="center"):
            _browser_actions(card, chart_key if shown else None, marks, taken, catalogue)
            csv = Download(
                "CSV",
                card.csv or (lambda: to_csv(table())),
                ".csv",
                CSV_MIME,
                "What is drawn, each with its source.",
            )
            for file in (csv, *card.downloads):
                st.download_button(
                    file.label,
                    data=file.make,
                    file_name=f"{file_name(card)}{file.suffix}",
                    mime=file.mime,
                    on_click="ignore",
                    key=f"{file.label.lower()}_{card.key}",
                    help=file.help,
                )
        if shown is not None or card.body is not None:
            # The table is made when it is opened: its scripts weigh as much as a map.
            folded = st.expander("View as table", key=f"table_{card.key}", on_change="rerun")
            if folded.open:
                with folded:
                    if card.table is None:
                        _table(table())
                    else:
                        st.html(card.table())


def _held(card: Card, catalogue: Catalogue) -> pd.DataFrame:
    """What a card's chart draws, as its files hold it; most readers never ask for it."""
    return with_sources(card.rows, catalogue) if card.data is None else card.data


def _sentence(card: Card) -> str:
    sentence, headline = _now(card.sentence), _now(card.headline)
    if not sentence:
        return ""
    if not headline:
        return f'<p class="card-sentence">{marked(sentence)}</p>'
    return (
        f'<details class="card-sentence"><summary>{escape(headline)}</summary>'
        f"<p>{marked(sentence)}</p></details>"
    )


def _now(part: Part | Callable[[], Part]) -> Part:
    """A part of a card, made now if it was left for later."""
    return part() if callable(part) else part


def marked_year(title: str, shown: int | None) -> str:
    """A title as markup, with the year that a map shows in an element that follows the slider."""
    title = escape(title)
    if shown is None:
        return title
    # The last one: the name of an indicator, which comes before, may have the year of its prices.
    before, year, after = title.rpartition(str(shown))
    return f'{before}<span class="card-year">{year}</span>{after}' if year else title


def _about(card: Card, catalogue: Catalogue) -> str:
    """Links to the pages of the indicators drawn, except where the card stands on one.

    Of very many the links would be longer than all else that the card says.
    """
    drawn = [catalogue.indicators[key] for key in dict.fromkeys(card.rows["indicator_id"])]
    if card.page == DATA_PAGE or len(drawn) > MOST_ABOUT:
        return ""
    words = [
        "About this indicator" if len(drawn) == 1 else f"About {item.short_name}" for item in drawn
    ]
    return "".join(
        f" · {links.anchor(links.indicator(item.indicator_id), text)}"
        for item, text in zip(drawn, words, strict=True)
    )


def written_source(uses: list[SourceUse], extra: str) -> str:
    """The documents behind a chart in a line, and what else it rests on."""
    return " · ".join(part for part in (source_line(uses), extra) if part)


def file_name(card: Card) -> str:
    """Name for a downloaded file: words of the title, joined by hyphens."""
    letters = "".join(sign if sign.isalnum() else " " for sign in card.title.lower())
    return "-".join(["seabelt", *letters.split()])[:80]


def following(listeners: Listeners, year: int | None) -> Listeners:
    """Listeners of a card: the selection follows the year of a map that its reader can move."""
    is_moved = year is not None and listeners.year is None
    return replace(listeners, year=_move) if is_moved else listeners


def _move(year: int) -> None:
    state.change(year=year)


def _browser_actions(
    card: Card,
    chart_key: str | None,
    marks: Sequence[Mark],
    taken: CardContent,
    catalogue: Catalogue,
) -> None:
    make, reader = partial(taken.make, catalogue), own()
    if reader is not None:
        make = partial(made_for, ref(reader), make)
    address = shelf.keep(CardAddress(taken.path, card.key, taken.mode), make, reader)
    request = request_for(card.rows)
    _actions(
        key=f"browser_{card.key}",
        data={
            "chart": chart_key,
            "title": card.title,
            "subtitle": card.subtitle,
            "legend": tuple(vars(mark) for mark in marks),
            "notes": tuple(notes_of(taken.findings())),
            "source": f"{taken.source} · Seabelt data {catalogue.version}",
            "path": taken.path,
            "file": taken.name,
            "serif": PICTURE_SERIF,
            "sans": PICTURE_SANS,
            "mode": taken.mode,
            "files": address,
            "formats": tuple(
                (item.suffix, item.name, item.what)
                for item in FORMATS.values()
                if item.suffix not in ("png", "svg", "csv", "geojson")
                and (chart_key or item.suffix not in ("pdf", "html"))
            ),
            "request": request,
            "card": card.key,
            "notInDeck": NOT_IN_DECK if names_own(taken.path) else "",
        },
        width="content",
    )


def _notes(findings: Sequence[Finding]) -> None:
    if findings:
        texts = marked_in_turn(finding.text for finding in findings)
        items = "".join(
            f'<li class="{finding.severity}"><span aria-hidden="true">{MARKS[finding.severity]}'
            f"</span> {text}</li>"
            for finding, text in zip(findings, texts, strict=True)
        )
        st.html(f'<ul class="notes" aria-label="Notes on this chart">{items}</ul>')


def _table(table: pd.DataFrame) -> None:
    names = {
        "place": "Place",
        "year": "Year",
        "value": "Value",
        "unit": "Unit",
        "qualifier": "How firm",
        "scope": "Sectors",
        "source": "Source",
        "locator": "Where in it",
    }
    shown = table[list(names)].rename(columns=names)
    shown["How firm"] = [words(cell).lower() for cell in shown["How firm"]]
    shown["Sectors"] = [SCOPE_WORDS[cell] for cell in shown["Sectors"]]
    st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        column_config={
            "Year": st.column_config.NumberColumn(format="%d"),
            "Value": st.column_config.NumberColumn(format="localized"),
        },
    )


@kept(SOURCES_KEPT)
def _sources(uses: tuple[SourceUse, ...]) -> str:
    """The documents behind a chart as markup: what each gives, where in it, under which licence."""
    blocks = []
    for use in uses:
        source = use.source
        when = ""
        if use.first_year is not None and use.last_year is not None:
            when = f", {years(use.first_year, use.last_year)}"
        title = escape(source.title)
        if source.url:
            title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener">{title}</a>'
        details = [
            f"{use.rows} {use.what}{'s' if use.rows > 1 else ''}{when}: "
            + escape(", ".join(use.places[:8]))
            + (" …" if len(use.places) > 8 else ""),
            f"Where in it: {escape('; '.join(use.locators[:6]))}" if use.locators else "",
            f"Licence: {escape(source.licence)}" if source.licence else "",
            f"Copy read: {escape(source.retrieved)}" if source.retrieved else "",
            escape(source.note),
            links.anchor(links.source(source.source_id), "All that rests on this document"),
        ]
        lines = "".join(f"<li>{line}</li>" for line in details if line)
        author = escape(source.author)
        blocks.append(
            f"<p><b>{title}</b><br>{author}{f', {source.year}' if source.year else ''}</p>"
            f"<ul>{lines}</ul>"
        )
    return f'<div class="sources">{"".join(blocks)}</div>'
