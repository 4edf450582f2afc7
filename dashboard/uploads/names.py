"""Names of places, as readers write them, and the places of the atlas that they may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from dashboard.catalogue import Catalogue
from dashboard.uploads.sheet import tidy

# Of several places of one name, the first kind is meant: a table that lists Singapore between
# Malaysia and Thailand lists economies.
KINDS = ("economy", "hub", "cluster", "programme_region", "world_region", "aggregate")
MOST_SUGGESTED = 4
# Below it, names have a few letters in common and nothing else.
LIKE_ENOUGH = 68.0
# From it on, a name differs from that of a place by a letter or two.
NEARLY = 78.0
LANGUAGES = ("en", "ja", "ko", "zh_hans", "zh_hant")
# Names that the World Bank, the United Nations, the OECD and ISO 3166 give economies, where they
# are not those of the atlas. Two-letter codes are left out of texts, where "in" is a word.
OTHER_NAMES = {
    "BRN": ("Brunei Darussalam",),
    "CHN": ("China, People's Republic of", "People's Republic of China", "PRC", "China, mainland",
            "Mainland China", "China (People's Republic of)", "CN"),
    "DEU": ("Federal Republic of Germany", "Deutschland", "DE"),
    "FIN": ("Suomi", "FI"),
    "FSM": ("Micronesia, Fed. Sts.", "Micronesia (Federated States of)"),
    "GBR": ("UK", "Great Britain", "GB", "United Kingdom of Great Britain and Northern Ireland"),
    "HKG": ("Hong Kong SAR, China", "Hong Kong, China", "China, Hong Kong SAR", "Hong Kong SAR",
            "Hong Kong (China)", "HK"),
    "IDN": ("Republic of Indonesia", "ID"),
    "IND": ("Republic of India", "Bharat"),
    "IRN": ("Iran, Islamic Rep.", "Iran (Islamic Republic of)", "Islamic Republic of Iran"),
    "JPN": ("Nippon", "Nihon", "日本国", "JP"),
    "KGZ": ("Kyrgyz Republic",),
    "KOR": ("Korea, Rep.", "Korea, Republic of", "Republic of Korea", "Korea (Republic of)", "ROK",
            "Korea, South", "S. Korea", "한국", "KR"),
    "LAO": ("Lao PDR", "Lao People's Democratic Republic"),
    "MAC": ("Macau", "Macao SAR, China", "Macao, China", "China, Macao SAR", "Macao SAR", "MO"),
    "MMR": ("Burma",),
    "MYS": ("MY",),
    "PHL": ("The Philippines", "PH"),
    "PRK": ("Korea, Dem. People's Rep.", "Korea, Dem. Rep.", "DPRK", "Korea, North",
            "Democratic People's Republic of Korea", "Dem. People's Republic of Korea"),
    "RUS": ("Russian Federation", "RU"),
    "SGP": ("Republic of Singapore", "SG"),
    "THA": ("TH",),
    "TLS": ("East Timor",),
    "TWN": ("Taiwan, China", "Taiwan Province of China", "China, Taiwan Province of",
            "Chinese Taipei", "Taiwan, Province of China", "Republic of China", "ROC",
            "臺灣", "TW"),
    "USA": ("United States of America", "US", "U.S.", "U.S.A.", "America"),
    "VNM": ("Vietnam", "Socialist Republic of Viet Nam", "VN"),
}  # fmt: skip


@dataclass(frozen=True)
class Meant:
    """What a name may mean.

    Attributes:
        place_id: the place whose name it is; None where no place has it.
        others: places of other kinds with the same name.
        like: places with names like it, the likest first.
    """

    place_id: str | None
    others: tuple[str, ...] = ()
    like: tuple[str, ...] = ()


class Gazetteer:
    """Names of the places of a catalogue in five languages, their codes, and other names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._places = catalogue.places
        self._by_name: dict[str, list[str]] = {}
        for key, place in catalogue.places.items():
            for name in (key, place.name, place.name_local, *place.name.split(" (")):
                self._take(name, key)
        for row in catalogue.table("place_names").to_dict("records"):
            for language in LANGUAGES:
                self._take(str(row[language]), str(row["place_id"]))
        for key, names in OTHER_NAMES.items():
            for name in names:
                self._take(name, key)
        for found in self._by_name.values():
            found.sort(key=lambda key: KINDS.index(self._places[key].kind))

    def _take(self, name: str, place_id: str) -> None:
        plain = plain_name(name)
        if plain and place_id in self._places:
            found = self._by_name.setdefault(plain, [])
            if place_id not in found:
                found.append(place_id)

    def name(self, place_id: str) -> str:
        """The name of a place in English."""
        return self._places[place_id].name

    @cached_property
    def _telling(self) -> re.Pattern[str]:
        """Names long enough to be found in a text by themselves."""
        return re.compile(
            "|".join(
                re.escape(name)
                for name in sorted(self._by_name, key=len, reverse=True)
                if len(name) > 3 or (len(name) > 1 and not name.isascii())
            )
        )

    def count(self, text: str) -> int:
        """How many names of places that are not written in plain Latin letters a text holds."""
        return sum(not name.isascii() for name in self._telling.findall(plain_text(text)))

    def exact(self, name: str) -> Meant:
        """The place that has a name, and others that have it, too."""
        found = self._by_name.get(plain_name(name), [])
        return Meant(found[0], tuple(found[1:])) if found else Meant(None)

    def nearly(self, name: str) -> bool:
        """Whether a name that no place has differs little from one that some place has."""
        plain = plain_name(name)
        return (
            process.extractOne(plain, self._known, scorer=fuzz.ratio, score_cutoff=NEARLY)
            is not None
        )

    @cached_property
    def _known(self) -> list[str]:
        return list(self._by_name)

    def like(self, names: Iterable[str]) -> dict[str, Meant]:
        """Places with names like those of none: for a reader to confirm."""
        found = {}
        for name in names:
            hits = process.extract(
                plain_name(name),
                self._known,
                scorer=fuzz.WRatio,
                limit=12,
                score_cutoff=LIKE_ENOUGH,
            )
            places = dict.fromkeys(key for hit, _, _ in hits for key in self._by_name[hit])
            found[name] = Meant(None, (), tuple(places)[:MOST_SUGGESTED])
        return found


def plain_text(text: str) -> str:
    """A text without what makes no difference to a name: accents, signs, capitals."""
    folded = unicodedata.normalize("NFKD", tidy(text)).casefold()
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    # Syllables of Korean are put together again, which the line before has parted.
    return unicodedata.normalize("NFC", re.sub(r"[^\w]+", " ", bare)).strip()


def plain_name(name: str) -> str:
    """As `plain_text`, without the article."""
    return plain_text(name).removeprefix("the ")
