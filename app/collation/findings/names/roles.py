"""Roles that differ: a deputy or former one, another office, somebody who belongs to the one named."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage
from app.collation.model import SideName, Span
from app.collation.patterns import pattern
from app.collation.text.language import FUNCTION_WORDS

MAX_CHARS_TO_ROLE = 40
"""Code points after "former" or "deputy" in which the role begins that it goes with."""

MAX_WORDS_TO_ROLE = 3
"""Words after it among which that role is: former deputy prime minister."""

MAX_CHARS_AROUND = 60
"""Code points around the same role on the other side in which a synonym is looked for."""

MAX_CHARS_TO_OWNER = 60
"""Code points of a phrase that says whose lawyer, wife or aide somebody is."""

_BODIES = lexicon.words("bodies", "in_name")
_ROLES = lexicon.words("titles_and_roles", "role", "before_name")
_HEADS = _ROLES | {
    "ministry",
    "department",
    "general",
    "committee",
    "office",
    "portfolio",
    "correspondent",
    "attache",
}
"""Words that follow a field of office: foreign minister, health committee."""

_OF = pattern(
    r" (?:of|for|to) (?:(?:the|an?|his|her|their|its|mr\.?|mrs\.?|ms\.?|dr\.?) |(?=[^\W\d_a-z]))",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"\b(?:the|an?|his|her|their|its|one|another|two) (?:[\w-]+ ){0,2}\Z", re.IGNORECASE)
_OWNED = re.compile(r"['’](?:s\b|(?!\w))")
_LED = re.compile(r"\b(?:of|for|to)(?: (?:the|a|an|his|her|their|its))?(?: [\w-]+)? \Z", re.IGNORECASE)
_OWNER_BEFORE = re.compile(r"([^\W_]+)(?:['’]s|(?<=s)['’]) (?:[^\W_]+ )?\Z")
_AFTER_ROLE = frozenset(("elect", "designate", "emeritus"))
"""Qualifiers that follow the role: mayor-elect."""

_AFTER_PARTICIPLE = frozenset("from by as in at on".split())

_GAP = re.compile(r"[ \u00a0-]*")
_MOUTHPIECES = frozenset("representative spokesman spokesperson spokeswoman official".split())


class Role(NamedTuple):
    """A role on either side of a row that is not the same."""

    base: Span
    witness: Span


@cache
def _classes() -> dict[str, str]:
    return dict(lexicon.rows("role_qualifiers"))


def roles(passage: Passage, rewritten: bool = False) -> Iterator[Role]:
    """Yield the roles of a row that differ; in ``rewritten`` texts, without owners ("the minister's lawyer")."""
    changed = passage.changed
    sides: tuple[SideName, SideName] = ("base", "witness")
    for side, own in zip(sides, (changed.base_words, changed.witness_words), strict=True):
        if any(map(_may_qualify, own)):
            yield from _qualified(passage, side)
        if not rewritten:
            yield from _owned(passage, side)
    if lexicon.may_be_portfolios(changed.base_words) and lexicon.may_be_portfolios(changed.witness_words):
        yield from _offices(passage)


@lru_cache(maxsize=1 << 13)
def _may_qualify(word: str) -> bool:
    return not _classes().keys().isdisjoint((word, *word.split("-")))


def _mirrored(side: SideName, own: Span, other: Span) -> Role:
    return Role(own, other) if side == "base" else Role(other, own)


def _changed_words(passage: Passage, side: SideName) -> Iterator[RowWord]:
    """Yield the words of the changes on one side that may qualify a role, those with a hyphen in parts as well."""
    changed = passage.changed
    for word in (
        changed.base_among(set(filter(_may_qualify, changed.base_words)))
        if side == "base"
        else changed.witness_among(set(filter(_may_qualify, changed.witness_words)))
    ):
        yield word
        if "-" in word.lower:
            at = word.start
            for part in word.lower.split("-"):
                yield RowWord(part, part, at, at + len(part), word.change)
                at += len(part) + 1


def _words_after(text: str, at: int, reach: int, most: int) -> list[RowWord]:
    """Return the words that follow ``at`` with nothing but a space or hyphen between them, hyphenated ones in parts."""
    neighbours: list[RowWord] = []
    for word in words(text.replace("-", " "), (at, min(len(text), at + reach)))[:most]:
        if not _GAP.fullmatch(text, at, word.start):
            break
        neighbours.append(word)
        at = word.end
    return neighbours


def _qualified(passage: Passage, side: SideName) -> Iterator[Role]:
    """Yield each role with "former", "deputy" or the like that the other side has without it."""
    text = passage.text(side)
    other = passage.text("witness" if side == "base" else "base")
    for word in _changed_words(passage, side):
        kind = _classes().get(word.lower)
        if kind is None:
            continue
        role = _role_after(text, word) or _role_before(text, word)
        if role is None:
            continue
        own = min(word.start, role.start), max(word.end, role.end)
        place = passage.other_side(own, side)
        around = other[max(0, place[0] - MAX_CHARS_AROUND) : place[1] + MAX_CHARS_AROUND]
        near = {
            part for each in words(around, (0, len(around))) for part in (each.lower, *each.lower.split("-"))
        }
        if any(_classes().get(each) == kind or lexicon.are_opposite(word.lower, each) for each in near):
            continue  # of "current", the rule for opposites tells
        called = text[word.end : role.end].strip(" -").lower()
        counterpart = _same_word(other, place, called) or _same_word(
            other, passage.other_side(role.span, side), role.lower
        )
        if counterpart:
            yield _mirrored(side, own, _with_other_word(passage, word, side, counterpart))


def _with_other_word(passage: Passage, word: RowWord, side: SideName, counterpart: Span) -> Span:
    """Return the role of the other side with the one word that took the place of ``word``: the active governor."""
    other_side: SideName = "witness" if side == "base" else "base"
    text = passage.text(other_side)
    start, end = getattr(passage.reworded[word.change], other_side)
    instead = words(text, (start, min(end, counterpart[0])))
    is_beside = len(instead) == 1 and text[instead[0].end : counterpart[0]].isspace()
    if (
        is_beside
        and instead[0].text.islower()
        and instead[0].lower not in lexicon.words("function_words", "determiner")
    ):
        return instead[0].start, counterpart[1]
    return counterpart


def _role_after(text: str, word: RowWord) -> RowWord | None:
    """Return the role that follows a qualifier, of several neighbours the last: deputy prime minister."""
    if word.lower == "elect":
        return None  # they elect a president
    following = _words_after(text, word.end, MAX_CHARS_TO_ROLE, MAX_WORDS_TO_ROLE)
    if following and following[0].lower in _AFTER_PARTICIPLE:
        return None  # retired from the king's service, ousted by the president
    return next(
        (
            each
            for each in reversed(following)
            if each.lower in _ROLES
            or (each.text.islower() and word.lower != "then" and lexicon.is_person(each.lower))
        ),
        None,
    )


def _role_before(text: str, word: RowWord) -> RowWord | None:
    """Return the role that a qualifier follows: mayor-elect."""
    if word.lower not in _AFTER_ROLE:
        return None
    before = words(text.replace("-", " "), (max(0, word.start - MAX_CHARS_TO_ROLE), word.start))[-1:]
    is_role = before and before[0].lower in _ROLES and _GAP.fullmatch(text, before[0].end, word.start)
    return before[0] if is_role else None


def _same_word(text: str, place: Span, word: str) -> Span | None:
    """Return where a text has a word at or beside ``place``."""
    start = max(0, place[0] - len(word))
    at = text.lower().find(word, start, place[1] + len(word) + 1)
    return (at, at + len(word)) if at >= 0 else None


def _offices(passage: Passage) -> Iterator[Role]:
    """Yield each office whose field differs: the foreign minister, the defence minister."""
    for small in passage.changed.small:
        fields = [[word for word in side if lexicon.portfolios(word)] for side in (small.base, small.witness)]
        if len(fields[0]) != 1 or len(fields[1]) != 1:
            continue
        if not lexicon.portfolios(fields[0][0]).isdisjoint(lexicon.portfolios(fields[1][0])):
            continue
        change = passage.reworded[small.number]
        base = _office(passage.base, change.base, fields[0][0])
        witness = _office(passage.witness, change.witness, fields[1][0])
        if base and witness and _head(passage.base, base) == _head(passage.witness, witness):
            yield Role(base, witness)


def _office(text: str, span: Span, field: str) -> Span | None:
    """Return the span of a field of office and the head that follows it."""
    field_word = next((word for word in words(text, span) if word.lower == field), None)
    if field_word is None:
        return None
    following = words(text, (field_word.end, min(len(text), field_word.end + MAX_CHARS_TO_ROLE)))[:1]
    if (
        following
        and following[0].lower.removesuffix("s") in _HEADS
        and text[field_word.end : following[0].start].isspace()
    ):
        return field_word.start, following[0].end
    return None


def _head(text: str, span: Span) -> str:
    return text[slice(*span)].split()[-1].lower().removesuffix("s")


def _owned(passage: Passage, side: SideName) -> Iterator[Role]:
    """Yield each "the minister's lawyer" where the other side has "the minister"."""
    changed = passage.changed
    theirs = changed.only_in_witness if side == "base" else changed.only_in_base
    own_words = changed.only_in_base if side == "base" else changed.only_in_witness
    people = frozenset(filter(lexicon.is_person, own_words))
    if not people:
        return
    text = passage.text(side)
    other_side: SideName = "witness" if side == "base" else "base"
    other = passage.text(other_side)
    strangers = [word for word in theirs if lexicon.is_person(word)]
    for word in changed.base_among(people) if side == "base" else changed.witness_among(people):
        if not word.text.islower() or _is_plural_of_a_thing(word.lower):
            continue
        owner = _owner(text, word)
        if owner is None or any(lexicon.are_same_people(word.lower, each) for each in strangers):
            continue
        counterpart = _same_word(other, passage.other_side(owner.span, side), owner.lower)
        if counterpart is None or _is_mouthpiece(word, owner):
            continue
        beside = _words_after(other, counterpart[1], MAX_CHARS_TO_ROLE, 2)
        if any(lexicon.is_people(each.lower) and not _is_past(each.lower) for each in beside):
            continue  # the inspectorate staff
        if _OWNED.match(other, counterpart[1]) or _LED.search(other, 0, counterpart[0]):
            continue
        yield _mirrored(side, (min(word.start, owner.start), max(word.end, owner.end)), counterpart)


def _is_plural_of_a_thing(word: str) -> bool:
    """Return whether a word is the plural of one that is nobody's: waters, which is a surname too."""
    singular = word.removesuffix("s")
    return singular != word and lexicon.is_common(singular) and not lexicon.is_person(singular)


def _is_past(word: str) -> bool:
    """Return whether a word is also the past tense of a verb: left."""
    return any(form.tense == "past" and form.verb != word for form in lexicon.verb_forms(word))


def _is_mouthpiece(word: RowWord, owner: RowWord) -> bool:
    return word.lower.removesuffix("s") in _MOUTHPIECES and (
        not owner.text.islower() or owner.lower.endswith("s")
    )


def _owner(text: str, word: RowWord) -> RowWord | None:
    """Return whose lawyer, wife or aide somebody is: the last word of the phrase, if it is a person's."""
    before = _OWNER_BEFORE.search(text, max(0, word.start - MAX_CHARS_TO_OWNER), word.start)
    if before:
        owner = RowWord(before[1], before[1].lower(), *before.span(1), word.change)
        return owner if _is_somebody(owner) else None
    after = _OF.match(text, word.end)
    if after is None or not _DETERMINED.search(text, max(0, word.start - MAX_CHARS_TO_ROLE), word.start):
        return None
    last = None
    for following in _words_after(text, after.end(), MAX_CHARS_TO_OWNER, MAX_WORDS_TO_ROLE + 1):
        if _is_somebody(following):
            last = following
        elif (
            last is not None
            or following.lower in FUNCTION_WORDS
            or (following.text[0].isupper() and following.lower in _BODIES)
        ):
            break  # head of the Bank of Norway Ida Wolden Bache; owner of the mill is Jensen
    return last


def _is_somebody(word: RowWord) -> bool:
    if (
        word.text[0].isupper()
        and word.lower not in _BODIES
        and not lexicon.other_names(lexicon.called(word.text))
    ):
        return True
    return lexicon.is_person(word.lower)
