"""What a place is: its facts, who assigned them, and the document it rests on."""

from __future__ import annotations

from html import escape
from types import SimpleNamespace

from dashboard.catalogue import Catalogue, Place
from dashboard.catalogue.geography import read_geography
from dashboard.catalogue.naming import begun
from dashboard.charts.formats import ROLES, words
from dashboard.ui import links
from dashboard.ui import markup as lists
from dashboard.ui.figures import source_details

FIRM_WORDS = {
    "sme_dominated": "led by SMEs",
    "mixed": "large and small firms",
    "tnc_dominated": "led by transnational firms",
}
BASES = {"source": "stated by the document", "curator": "assigned by the curators"}
NOT_SAID = "No document in the atlas says"
FOR_CONTEXT = "Neighbours are given for context: no count of the atlas's economies has them."


def title(place: Place) -> str:
    """The name of a place with its local name, where that says more, as text."""
    return place.name if place.name_local in place.name else f"{place.name} {place.name_local}"


def markup(place: Place, catalogue: Catalogue, *, named: bool = True) -> str:
    """Facts, summary, core bodies and document of a place.

    Args:
        place: the place.
        catalogue: names of what the place belongs to, and its document.
        named: put the name above; a page has it as its title.
    """
    local = f' <span class="local">{escape(place.name_local)}</span>' if place.name_local else ""
    name = f"<h3>{escape(place.name)}{local}</h3>" if named else ""
    document = SimpleNamespace(source_id=place.source_id, locator="", note=place.note)
    return (
        f'<div class="place">{name}'
        f'<p class="facts">{" · ".join(_facts(place, catalogue))}</p>'
        + (f"<p>{escape(place.summary)}</p>" if place.summary else "")
        + (f'<p class="remark">{escape(FOR_CONTEXT)}</p>' if _is_neighbour(place) else "")
        + f"{_industries(place, catalogue)}{_actors(place)}{_assigned(place)}"
        f"{source_details(document, catalogue)}</div>"
    )


def facts(place: Place, catalogue: Catalogue) -> str:
    """What a hub or a cluster is, term by term, as markup; what is not known is said to be so."""
    document = SimpleNamespace(source_id=place.source_id, locator="", note=place.note)
    summary = escape(place.summary) or f"{NOT_SAID} in a few words what it is."
    return (
        f'<div class="place"><p>{summary}</p>'
        + lists.facts(_terms(place, catalogue))
        + f"{source_details(document, catalogue)}</div>"
    )


def _terms(place: Place, catalogue: Catalogue) -> list[tuple[str, str]]:
    def known(what: str, told: str, basis: str = "") -> str:
        if not what:
            return f'<span class="hint">{NOT_SAID} {told}.</span>'
        by = f' <span class="hint">({BASES[basis]})</span>' if basis else ""
        return f"{what}{by}"

    industries = ", ".join(catalogue.industry_names[key] for key in place.industries)
    since = str(place.start_year) if place.start_year else ""
    return [
        ("What", f"{escape(words(place.kind))}, {escape(ROLES.get(place.role, ''))}".rstrip(", ")),
        ("Where", known(_where(place, catalogue), "in which economy it lies")),
        ("Since", known(since, "when it began")),
        (
            "Industries",
            known(escape(industries), "which industries it has", place.industries_basis),
        ),
        (
            "Industry type",
            known(
                escape(words(place.industry_type) if place.industry_type else ""),
                "of which type its leading industry is",
                place.industry_type_basis,
            ),
        ),
        (
            "Governed",
            known(
                escape(words(place.governance_scale) if place.governance_scale else ""),
                "at which level it is governed",
                place.governance_scale_basis,
            ),
        ),
        (
            "Firms",
            known(
                begun(FIRM_WORDS.get(place.firm_scale, "")),
                "whether large or small firms lead it",
                place.firm_scale_basis,
            ),
        ),
        ("Anchor firms", known(_listed(place.anchor_firms), "which firms are its core")),
        (
            "Universities",
            known(_listed(place.anchor_universities), "which universities are its core"),
        ),
        ("Core body", known(_listed(place.core_body), "which body runs it")),
    ]


def _listed(names: tuple[str, ...]) -> str:
    return escape(", ".join(names))


def _where(place: Place, catalogue: Catalogue) -> str:
    """Economies, the whole it is part of, and the regions that make it up."""
    parts = [_linked(key, catalogue) for key in place.economies]
    parts += [f"part of {_linked(place.parent_id, catalogue)}"] if place.parent_id else []
    names = {
        shape["id"]: shape["properties"]["name"]
        for shape in read_geography("admin1_regions")["features"]
    }
    regions = ", ".join(names[key] for key in place.admin1_ids)
    parts += [f"made up of {escape(regions)}"] if regions else []
    return "; ".join(parts)


def _is_neighbour(place: Place) -> bool:
    return place.kind == "economy" and not place.in_focus


def _facts(place: Place, catalogue: Catalogue) -> list[str]:
    """Facts in a few words each, as markup."""
    facts = [words(place.kind)]
    if place.kind == "economy":
        facts += [place.region] if place.region else []
        facts += ["neighbour, given for context"] if _is_neighbour(place) else []
        return [escape(fact) for fact in facts]
    within = [_linked(key, catalogue) for key in place.economies]
    within += [f"part of {_linked(place.parent_id, catalogue)}"] if place.parent_id else []
    more = [words(item).lower() for item in (place.industry_type,) if item]
    more += [ROLES[place.role]] if place.role else []
    more += [f"{words(place.governance_scale).lower()} governance"] * bool(place.governance_scale)
    more += [FIRM_WORDS[place.firm_scale]] if place.firm_scale else []
    more += [f"since {place.start_year}"] if place.start_year else []
    return [escape(facts[0]), *within, *(escape(fact) for fact in more)]


def _linked(place_id: str, catalogue: Catalogue) -> str:
    place = catalogue.places[place_id]
    return links.anchor(links.profile(place), place.name)


def _industries(place: Place, catalogue: Catalogue) -> str:
    names = [catalogue.industry_names[key].lower() for key in place.industries]
    return f'<p class="remark">Industries: {escape(", ".join(names))}.</p>' if names else ""


def _actors(place: Place) -> str:
    """Firms, universities and bodies at the core of a place, one line each."""
    lines = (
        ("Firms", place.anchor_firms),
        ("Universities", place.anchor_universities),
        ("Core bodies", place.core_body),
    )
    return "".join(
        f'<p class="remark">{label}: {escape(", ".join(names))}.</p>'
        for label, names in lines
        if names
    )


def _assigned(place: Place) -> str:
    """Which of the facts no source states."""
    assigned = [
        label
        for label, basis in (
            ("industries", place.industries_basis),
            ("industry type", place.industry_type_basis),
            ("governance scale", place.governance_scale_basis),
            ("firm scale", place.firm_scale_basis),
        )
        if basis == "curator"
    ]
    if not assigned:
        return ""
    names = ", ".join(assigned)
    return f'<p class="remark">Assigned by the curators, not stated by a source: {names}.</p>'
