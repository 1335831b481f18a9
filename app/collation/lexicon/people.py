"""Words for people and groups of people: what each is, and which mean the same ones."""

from collections.abc import Set
from functools import cache, lru_cache
from typing import NamedTuple

from app.collation.lexicon import load
from app.collation.lexicon.inflect import base_forms


class _Meaning(NamedTuple):
    is_person: bool
    senses: frozenset[str]
    broader: frozenset[str]


@cache
def _people() -> dict[str, _Meaning]:
    return {
        word: _Meaning(kind == "person", frozenset(senses.split()), frozenset(broader.split()))
        for word, kind, senses, broader in load.rows("people")
    }


@cache
def _rows_of_same() -> dict[str, frozenset[int]]:
    rows: dict[str, frozenset[int]] = {}
    for number, (line,) in enumerate(load.rows("same_people")):
        for word in line.split():
            rows[word] = rows.get(word, frozenset()) | {number}
    return rows


@lru_cache(maxsize=1 << 12)
def singulars(word: str) -> frozenset[str]:
    """Return what ``word``, in small letters, may be the plural of, itself included.

    >>> sorted(singulars("policemen") & {"policeman"}), "witness" in singulars("witnesses")
    (['policeman'], True)
    """
    forms = {word}
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("men", "man"), ("people", "person")):
        if word.endswith(ending) and not word.endswith("ss"):
            forms.add(word.removesuffix(ending) + instead)
    return frozenset(forms) | (
        base_forms(word) & _people().keys() if word.endswith(("s", "n")) else frozenset()
    )


@cache
def _portfolios() -> dict[str, frozenset[int]]:
    return {
        word: frozenset((number,))
        for number, (line,) in enumerate(load.rows("portfolios"))
        for word in line.split()
    }


def may_be_portfolios(words: Set[str]) -> bool:
    """Return whether one of some words in small letters stands for a field of office."""
    return not _portfolios().keys().isdisjoint(words)


def portfolios(word: str) -> frozenset[int]:
    """Return the numbers of the fields of office that ``word``, in small letters, stands for.

    >>> portfolios("defence") == portfolios("defense") != frozenset(), portfolios("river")
    (True, frozenset())
    """
    return _portfolios().get(word, frozenset())


@lru_cache(maxsize=1 << 13)
def is_people(word: str) -> bool:
    """Return whether ``word``, in small letters, stands for a person or a group: lawyer, ministry, rebels."""
    return any(form in _people() or form in _rows_of_same() for form in singulars(word))


@lru_cache(maxsize=1 << 13)
def is_person(word: str) -> bool:
    """Return whether ``word``, in lower case, is a noun for a person: lawyer, brothers."""
    roles = load.words("titles_and_roles", "role")
    return any(form in roles or (form in _people() and _people()[form].is_person) for form in singulars(word))


@lru_cache(maxsize=1 << 12)
def are_same_people(first: str, second: str) -> bool:
    """Return whether two words in small letters may stand for the same people or body.

    >>> are_same_people("doctors", "physicians"), are_same_people("police", "witnesses")
    (True, False)
    """
    firsts, seconds = singulars(first), singulars(second)
    if firsts & seconds or first.endswith(second) or second.endswith(first):
        return True  # eyewitness, witness
    same = _rows_of_same()
    if any(same.get(one, frozenset()) & same.get(other, frozenset()) for one in firsts for other in seconds):
        return True
    people = _people()
    return any(
        one.senses & other.senses or one.senses & other.broader or one.broader & other.senses
        for one in (people[form] for form in firsts if form in people)
        for other in (people[form] for form in seconds if form in people)
    )
