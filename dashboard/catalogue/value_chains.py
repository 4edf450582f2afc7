"""Value chains of places: their links in an order, and where the documents do not say the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.catalogue.catalogue import Catalogue

# From those who support a chain to those who buy from it; the order of rows of a figure.
KINDS = {
    "government": "government",
    "finance": "finance",
    "knowledge_provider": "knowledge provider",
    "training_provider": "training provider",
    "association": "association",
    "diaspora": "people abroad",
    "supplier": "suppliers",
    "workforce": "workforce",
    "assembler": "assemblers",
    "tnc": "transnational firms",
    "large_firm": "large firms",
    "sme": "SMEs",
    "cluster": "firms of the cluster",
    "region": "region",
    "cooperative": "cooperatives",
    "trader": "traders",
    "wholesaler": "wholesalers",
    "buyer": "buyers",
    "customer": "customers",
    "market": "market",
}
LEARNING_WORDS = {
    "strong": "strong",
    "limited": "limited",
    "none": "none",
    "unrated": "not rated",
}
# Where the curators noted what the papers say differently, and what in one paper is doubtful.
FRAMEWORK, DISAGREEMENT = "capital_by_case", "disagreement"
DOUBTS = ("doubtful_verdict", "doubtful_figure")


@dataclass(frozen=True)
class Passage:
    """What one document says at one place in it."""

    said: str
    source_id: str
    locator: str


@dataclass(frozen=True)
class Disagreement:
    """Something that documents, or two passages of one, do not say alike.

    `about` names it in words; `text` is what the curators say of it, empty where the passages
    speak for themselves.
    """

    about: str
    text: str
    passages: tuple[Passage, ...]


def value_chain_of(catalogue: Catalogue, place_id: str) -> pd.DataFrame:
    """The links of a place's value chain, numbered from the support of the chain to its markets.

    Returns:
        One row per link of the table `value_chains`, with `number` from 1; `document`, the author
        and year in short; and `is_disputed`, True where another document rates the learning
        between the same two groups of actors differently. Empty where no document describes one.
    """
    table = catalogue.table("value_chains")
    rows = table[table["place_id"] == place_id].reset_index(drop=True)
    rank = {kind: at for at, kind in enumerate(KINDS)}
    first = dict.fromkeys([*rows["from_actor"], *rows["to_actor"]])
    actor = {name: at for at, name in enumerate(first)}
    order = pd.DataFrame(
        {
            "from_kind": rows["from_kind"].map(rank),
            "from": rows["from_actor"].map(actor),
            "to_kind": rows["to_kind"].map(rank),
            "to": rows["to_actor"].map(actor),
            "document": rows["source_id"],
        }
    )
    rows = rows.loc[order.sort_values(list(order), kind="stable").index].reset_index(drop=True)
    rated = rows[rows["interactive_learning"] != "unrated"]
    pairs = rated.groupby(["from_actor", "to_actor"])["interactive_learning"].nunique()
    disputed = set(pairs.index[pairs > 1])
    is_disputed = [
        row.interactive_learning != "unrated" and (row.from_actor, row.to_actor) in disputed
        for row in rows.itertuples()
    ]
    return rows.assign(
        number=range(1, len(rows) + 1),
        document=[short_citation(catalogue, key) for key in rows["source_id"]],
        is_disputed=pd.array(is_disputed, dtype="bool"),
    )


def short_citation(catalogue: Catalogue, source_id: str) -> str:
    """Author and year of a document: "Chaminade and Vang (2006)"; its title without an author."""
    source = catalogue.sources[source_id]
    surnames = [name.split(",")[0].strip() for name in source.author.split(";") if name.strip()]
    name = f"{surnames[0]} et al." if len(surnames) > 2 else " and ".join(surnames)
    return f"{name or source.title} ({source.year or 'undated'})"


def disagreements(catalogue: Catalogue, place_id: str) -> list[Disagreement]:
    """What the documents on a place do not say alike: verdicts, links, figures that look wrong."""
    return [
        *_verdicts(catalogue, place_id),
        *_links(catalogue, place_id),
        *_noted(catalogue, place_id),
    ]


def _verdicts(catalogue: Catalogue, place_id: str) -> list[Disagreement]:
    """Dimensions that one passage rates and another rates otherwise, or leaves without a rating."""
    table = catalogue.table("profiles")
    rows = table[table["place_id"] == place_id]
    found = []
    for dimension, group in rows.groupby("dimension", sort=False):
        if group["rating"].nunique() < 2:
            continue
        both = {"strong", "weak"} <= set(group["rating"])
        text = "" if both else "One passage rates it, another describes it without a rating."
        passages = tuple(
            Passage(row.rating, row.source_id, row.locator) for row in group.itertuples()
        )
        found.append(Disagreement(str(dimension), text, passages))
    return found


def _links(catalogue: Catalogue, place_id: str) -> list[Disagreement]:
    """Pairs of actors between whom learning is rated in two ways."""
    chain = value_chain_of(catalogue, place_id)
    groups = chain[chain["is_disputed"]].groupby(["from_actor", "to_actor"], sort=False)
    return [
        Disagreement(
            f"Learning on links {_joined(group['number'])}, {start} to {end}",
            "",
            tuple(
                Passage(
                    f"{LEARNING_WORDS[row.interactive_learning]} ({row.relation})",
                    row.source_id,
                    row.locator,
                )
                for row in group.itertuples()
            ),
        )
        for (start, end), group in groups
    ]


def _joined(numbers: pd.Series) -> str:
    return " and ".join(map(str, numbers))


def _noted(catalogue: Catalogue, place_id: str) -> list[Disagreement]:
    """What the curators noted: how the papers differ, and verdicts and figures in doubt."""
    frameworks = catalogue.table("frameworks")
    of_place = frameworks["place_ids"].str.split(";").map(lambda keys: place_id in keys)
    rows = frameworks[
        of_place
        & (frameworks["framework_id"] == FRAMEWORK)
        & (frameworks["dimension"] == DISAGREEMENT)
    ]
    noted = [
        Disagreement(
            "The two papers on this case",
            " ".join(part for part in (row.text, row.note) if part),
            (Passage("", row.source_id, row.locator),),
        )
        for row in rows.itertuples()
    ]
    profiles = catalogue.table("profiles")
    doubts = profiles[(profiles["place_id"] == place_id) & profiles["dimension"].isin(DOUBTS)]
    return noted + [
        Disagreement(row.dimension, row.text, (Passage("", row.source_id, row.locator),))
        for row in doubts.itertuples()
    ]
