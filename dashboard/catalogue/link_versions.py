"""Links made with older versions of the data: what they named then, and what they are told now."""

from __future__ import annotations

import re

# Places that were under two identifiers in version 0.1.0, and the one that each has now. Why they
# are one place is in `place_aliases.csv` among the inputs of the data.
FORMER_PLACES = {
    "gb_glasgow": "gbr_glasgow_west_scotland",
    "gb_westmidlands": "gbr_west_midlands",
    "ie_shannon": "irl_shannon",
    "ssb_bangalore": "bangalore",
    "ssb_beijing": "beijing",
    "ssb_gyeonggi": "gyeonggi",
    "ssb_hongkong": "hong_kong",
    "ssb_hsinchu": "hsinchu",
    "ssb_kyushu": "kyushu",
    "ssb_shanghai": "shanghai",
    "ssb_singapore": "singapore",
    "tw_ctsp": "central_taiwan",
    "tw_hsp": "hsinchu",
}
# The parameter of an address that names the version of the data it was made with.
DATA = "data"
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}", re.ASCII)


def current_place(identifier: str) -> str:
    """The identifier that a place has now, where an older link names it by a former one."""
    return FORMER_PLACES.get(identifier, identifier)


def told_of_version(made_with: str, held: str) -> str | None:
    """What the reader of a link is told about the version of the data it was made with.

    Args:
        made_with: the version that the link names, as it stands there.
        held: the version that the atlas holds.

    Returns:
        The end of a sentence that begins with what the link asks for; None where they agree.
    """
    if made_with == held:
        return None
    if not _VERSION.fullmatch(made_with):
        return f"that is no version of the data; the atlas holds {held}."
    return (
        f"the atlas now holds version {held} of the data, so figures may differ from those the "
        "link was made with. What has changed is in CHANGELOG.md among the downloads of the Data "
        "page."
    )
