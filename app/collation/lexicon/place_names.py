"""Names of one place or body: the United States, the U.S., America."""

import unicodedata
from functools import lru_cache

from app.collation.lexicon import load

MAX_ABBREVIATION_LETTERS = 4
"""Letters of the longest abbreviation that a word in small letters is not equal to."""


@lru_cache(maxsize=1)
def _groups() -> tuple[list[tuple[str, ...]], dict[str, tuple[int, ...]]]:
    groups = [
        tuple(called(each) for each in (name, *other_names.split("|")))
        for name, other_names in (*load.rows("countries"), *load.rows("place_names"))
    ]
    by_name: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(groups):
        for name in group:
            by_name[name] = (*by_name.get(name, ()), number)
    return groups, by_name


@lru_cache(maxsize=1 << 13)
def called(name: str) -> str:
    """Return a name as it is looked up: small letters, without points, marks of possession and accents.

    An abbreviation of up to four letters keeps its capitals: US is not us, WHO not who.

    >>> called("U.S."), called("Côte d’Ivoire's"), called("us")
    ('US', "cote d'ivoire", 'us')
    """
    if not name.isascii():
        folded = unicodedata.normalize("NFKD", name.replace("’", "'"))
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
def _capitals() -> dict[str, str]:
    return dict(load.rows("capitals"))


def speaks_for(capital: str, country: str) -> bool:
    """Return whether one name, as ``called`` gives it, is a seat of government and the other its country's.

    >>> speaks_for("moscow", "russia"), speaks_for("washington", "US"), speaks_for("paris", "spain")
    (True, True, False)
    """
    seats = _capitals()
    capitals = {capital, *other_names(capital)} & seats.keys()
    countries = {country, *other_names(country)}
    return any(seats[name] in countries for name in capitals)
