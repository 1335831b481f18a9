"""Names of one place or body: the United States, the U.S., America."""

import re
import unicodedata
from functools import lru_cache

from app.collation.lexicon import load

MAX_ABBREVIATION_LETTERS = 4
"""Letters of the longest abbreviation that a word in small letters is not equal to."""


_BARRED = str.maketrans(
    dict(zip("ıłŁøØđĐðÐ", "ilLoOdDdD", strict=True)) | {"þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae"}
)
"""Letters that are not a plain letter with an accent, so that decomposing does not change them: Kılıç, Łódź, Þór."""

_LETTERS, _LATIN = re.compile(r"\w+"), re.compile(r"[A-Za-z]")
"""Each run of letters is looked at twice: a single pattern for runs with a Latin letter would restart at every other
letter."""


@lru_cache(maxsize=1)
def _groups() -> tuple[list[tuple[str, ...]], dict[str, tuple[int, ...]]]:
    by_row: dict[str, list[str]] = {}
    for name, other_names in load.rows("countries"):
        by_row[name] = [name, *other_names.split("|")]
    for name, _, other_names in load.rows("territories"):
        if other_names:
            by_row.setdefault(name, [name]).extend(other_names.split("|"))
    bodies = (*load.rows("national_bodies"), *load.rows("place_names"))
    rows = [*by_row.values(), *([name, *others.split("|")] for name, others in bodies)]
    groups = [tuple(dict.fromkeys(map(called, row))) for row in rows]
    by_name: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(groups):
        for name in group:
            by_name[name] = (*by_name.get(name, ()), number)
    return groups, by_name


@lru_cache(maxsize=1)
def _look_alikes() -> dict[int, str]:
    return {ord(letter): latin for letter, latin in load.rows("look_alikes")}


def latin_form(text: str) -> str:
    """Return a text in whose words with Latin letters those of another alphabet that look the same are Latin too.

    >>> latin_form("W\u041dO"), latin_form("\u041d\u041e")
    ('WHO', '\u041d\u041e')
    """
    return _LETTERS.sub(_in_latin, text)


def _in_latin(run: re.Match[str]) -> str:
    return run[0].translate(_look_alikes()) if _LATIN.search(run[0]) else run[0]


@lru_cache(maxsize=1 << 13)
def called(name: str) -> str:
    """Return a name as it is looked up: small letters, without points, marks of possession and accents.

    An abbreviation of up to four letters keeps its capitals: US is not us, WHO not who.

    >>> called("U.S."), called("Côte d’Ivoire's"), called("us")
    ('US', "cote d'ivoire", 'us')
    """
    if not name.isascii():
        name = latin_form(name)
        folded = unicodedata.normalize("NFKD", name.replace("’", "'").translate(_BARRED))
        name = "".join([sign for sign in folded if not unicodedata.combining(sign)])
    if "." in name:
        name = name.replace(".", "")
    if "'" in name:
        name = name.removesuffix("'s").removesuffix("'")
    return name if name.isupper() and len(name) <= MAX_ABBREVIATION_LETTERS else name.lower()


@lru_cache(maxsize=1 << 12)
def other_names(name: str) -> tuple[str, ...]:
    """Return the other names of what ``name`` stands for, all as ``called`` gives them; empty if none is known.

    >>> "american" in other_names("US"), other_names("smith")
    (True, ())
    """
    groups, by_name = _groups()
    return tuple(other for number in by_name.get(name, ()) for other in groups[number] if other != name)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(called(name) for name, *_ in load.rows("territories"))


def is_country(name: str) -> bool:
    """Return whether a name, as ``called`` gives it, is a country's or that of its people.

    >>> is_country("icelandic"), is_country("reykjavik")
    (True, False)
    """
    return not _countries().isdisjoint((name, *other_names(name)))


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """Return the countries by their seats of government, both as ``called`` gives them."""
    seats = {
        called(seat): called(name) for name, seat, _ in load.rows("territories") if seat and seat != name
    }
    return seats | {called(seat): called(country) for seat, country in load.rows("capitals")}


def is_residence(name: str) -> bool:
    """Return whether a name, as ``called`` gives it, is a building that only ever stands for who governs in it.

    >>> is_residence("kremlin"), is_residence("moscow")
    (True, False)
    """
    return name in load.words("residences", "residence")


@lru_cache(maxsize=1 << 10)
def governed_from(seat: str) -> frozenset[str]:
    """Return the names of the countries of which ``seat`` is a seat of government, all as ``called`` gives them.

    >>> "mongolian" in governed_from("ulaanbaatar"), governed_from("mongolia")
    (True, frozenset())
    """
    seats = _capitals()
    own = {seat, *other_names(seat)} & seats.keys()
    return frozenset(name for each in own for name in (seats[each], *other_names(seats[each])))


@lru_cache(maxsize=1 << 10)
def seats_of(country: str) -> tuple[str, ...]:
    """Return the seats of government of a country, all as ``called`` gives them.

    >>> seats_of("mongolian")
    ('ulaanbaatar', 'ulan bator', 'urga', 'kulun')
    """
    names = {country, *other_names(country)}
    own = sorted(seat for seat, name in _capitals().items() if name in names)
    return tuple(dict.fromkeys(name for seat in own for name in (seat, *other_names(seat))))
