"""What is said in words: verdicts, chains, lessons, frameworks, terms, stories."""

from data.curation.curation import Curation, CurationError
from data.curation.tables import Row


def build_profiles(curation: Curation) -> list[Row]:
    """One row per verdict on a place, its dimension and the passage it stands in."""
    collected = [
        {
            "place_id": curation.place_of("sme", row.pop("cluster_id")),
            **row,
            "source_id": curation.sources.cite("sme", row["source_id"]),
        }
        for row in curation.rows("sme/cluster_profile")
    ]
    return collected + _sourced(curation, "seeds/profiles")


def build_value_chains(curation: Curation) -> list[Row]:
    """One row per relation between two groups of actors of a place."""
    collected = [
        {
            "place_id": curation.place_of("sme", row.pop("cluster_id")),
            **row,
            "source_id": curation.sources.cite("sme", row["source_id"]),
        }
        for row in curation.rows("sme/value_chain")
    ]
    return collected + _sourced(curation, "seeds/value_chains")


def build_lessons(curation: Curation) -> list[Row]:
    """One row per lesson, with the places it was drawn from and what it is about.

    Raises:
        CurationError: when `curated/lesson_places.csv` does not know whom a lesson is for, or
            `curated/lesson_attributes.csv` has no row for it.
    """
    drawn_from = curation.by_id("curated/lesson_places")
    attributes = curation.by_id("curated/lesson_attributes")
    lessons = []
    for row in curation.rows("sme/policy_lessons"):
        applies_to = row["applies_to"]
        if applies_to not in drawn_from:
            raise CurationError(
                f"{row['lesson_id']}: lesson_places.csv has no row for {applies_to!r}. Add it; its "
                "places may be empty."
            )
        if row["lesson_id"] not in attributes:
            raise CurationError(
                f"{row['lesson_id']}: lesson_attributes.csv has no row for it. Add it; all but its "
                "kind may be empty."
            )
        places = drawn_from[applies_to]
        lessons.append(
            row
            | attributes[row["lesson_id"]]
            | {
                "applies_to": places["wording"] or applies_to,
                "place_ids": places["place_ids"],
                "source_id": curation.sources.cite("sme", row["source_id"]),
            }
        )
    return lessons


def build_frameworks(curation: Curation) -> list[Row]:
    """One row per aspect of an element of a framework of the papers."""
    return _sourced(curation, "seeds/frameworks")


def build_glossary(curation: Curation) -> list[Row]:
    """One row per term of the field, with the document that its definition rests on."""
    return _sourced(curation, "glossary/terms")


def build_story_steps(curation: Curation) -> list[Row]:
    """One row per step of a story for students, with the view that it shows."""
    return curation.rows("stories/steps")


def build_stories(curation: Curation) -> list[Row]:
    """One row per sentence of a story, with the document and the rows it rests on."""
    return _sourced(curation, "stories/sentences")


def build_seed_observations(curation: Curation) -> list[Row]:
    """Figures of the papers that no other input holds."""
    return _sourced(curation, "seeds/observations")


def _sourced(curation: Curation, name: str) -> list[Row]:
    """The rows of a hand-written input, whose identifiers are those of the package already."""
    rows = curation.rows(name)
    for row in rows:
        curation.sources.cite_known(row["source_id"])
    return rows
