"""Two names, each in the other's place, in a sentence where other words moved too."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.rules.facts.phrases import (
    ARTICLES,
    LIGHT,
    Exchange,
    Token,
    bare,
    in_order,
    tokens_of,
    turns_meaning,
)
from app.collation.model import Change, Finding, Span

MAX_CHARS = 320
"""Code points from the first name to the second."""

MAX_NAME_TOKENS = 5
"""Words and punctuation marks of an exchanged name."""

MAX_CHARS_OF_A_NAME = 60
"""Code points at either end of a change in which a name is read."""

MAX_CHANGES_BETWEEN = 2
"""Changes between two names that changed places in a sentence where other words moved too."""

MIN_KEPT_BETWEEN = 0.6
"""The least share of what is between them that both sides have."""


WORDS_OF_A_NOUN = 2
"""Words of a noun after its article, both counted."""

NAMES = 2
"""Names that change places."""


def find(passage: Passage) -> list[Finding]:
    """Return a finding for two names that changed places, even if more changed beside them.

    "Shell sold the field to Eni in May" and "After months of talks, Eni sold the field to Shell".
    """
    changed = passage.changed
    shared = (changed.base_words & changed.witness_words) - LIGHT
    people = _with_capitals(changed.base_parts) | frozenset(filter(lexicon.is_people, shared))
    if len(shared) < NAMES or len(shared & people) < NAMES:
        return []
    findings: list[Finding] = []
    parts = list(zip(changed.base_parts, changed.witness_parts, strict=True))
    ends = [_Ends.of(passage, change) for change in passage.reworded]
    for place, first in enumerate(ends):
        if not (first.base_last and first.witness_last):
            continue
        for last_place in range(place + 1, min(place + 2 + MAX_CHANGES_BETWEEN, len(ends))):
            last = ends[last_place]
            if any(all(map(str.strip, parts[at])) for at in range(place + 1, last_place)):
                break  # what they did was exchanged along with them: each kept their own
            one = max(first.base_last.keys() & last.witness_first.keys(), key=_size, default=())
            other = max(first.witness_last.keys() & last.base_first.keys(), key=_size, default=())
            if one and other and one != other:
                base = first.base_last[one], last.base_first[other]
                witness = first.witness_last[other], last.witness_first[one]
                if _is_kept_between(passage, base, witness):
                    names = sorted((bare(passage.base, name) for name in base), key=in_order)
                    says = f"changed places: {', '.join(names)}"
                    findings.append(
                        Finding("exchange", _around(base), _around(witness), says, "exchange-places")
                    )
                break
    return findings


def of_countries(passage: Passage) -> list[Finding]:
    """Return a finding for two countries that changed places, whether each is named itself or by its adjective.

    "Bosnian police handed him over to Croatia" and "Croatian police handed him over to Bosnia".
    """
    changed = passage.changed
    if len(passage.reworded) != NAMES:
        return []
    base, witness = (
        [lexicon.called(part.strip()) for part in side]
        for side in (changed.base_parts, changed.witness_parts)
    )
    if not all(map(lexicon.is_country, (*base, *witness))):
        return []
    if not (_is_one_country(base[0], witness[1]) and _is_one_country(base[1], witness[0])) or _is_one_country(
        *base
    ):
        return []
    first, last = passage.reworded
    gap = first.base[1], last.base[0]
    if any(token.form in ".!?" for token in tokens_of(passage.base, gap)) or gap[1] - gap[0] > MAX_CHARS:
        return []
    ends = [tokens_of(passage.base, change.base) for change in (first, last)]
    if not turns_meaning(passage.base, Exchange(ends[0], tokens_of(passage.base, gap), ends[1])):
        return []
    names = min(
        sorted((part.strip() for part in side), key=in_order)
        for side in (changed.base_parts, changed.witness_parts)
    )
    return [
        Finding(
            "exchange",
            (first.base[0], last.base[1]),
            (first.witness[0], last.witness[1]),
            f"changed places: {', '.join(names)}",
            "exchange-places",
        )
    ]


def _is_one_country(first: str, second: str) -> bool:
    return first == second or second in lexicon.other_names(first)


_CAPITALISED = re.compile(r"[A-Z]\w+")

_Names = dict[tuple[str, ...], Sequence[Token]]


def _with_capitals(parts: Sequence[str]) -> frozenset[str]:
    """Return the words of some texts that are printed with a capital, in small letters."""
    return frozenset(word.lower() for part in parts for word in _CAPITALISED.findall(part))


class _Ends(NamedTuple):
    """The names that a change ends and begins with in base and witness, by their words."""

    base_last: _Names
    witness_last: _Names
    base_first: _Names
    witness_first: _Names

    @classmethod
    def of(cls, passage: Passage, change: Change) -> "_Ends":
        base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
        if not (base.strip() and witness.strip()):
            return cls({}, {}, {}, {})
        sides = (passage.base, change.base), (passage.witness, change.witness)
        last = [
            tokens_of(text, (max(start, end - MAX_CHARS_OF_A_NAME), end))[-MAX_NAME_TOKENS:]
            for text, (start, end) in sides
        ]
        first = [
            tokens_of(text, (start, min(end, start + MAX_CHARS_OF_A_NAME)))[:MAX_NAME_TOKENS]
            for text, (start, end) in sides
        ]
        return cls(
            *(
                _names(side[0], [part[at:] for at in range(len(part))])
                for side, part in zip(sides, last, strict=True)
            ),
            *(
                _names(side[0], [part[: at + 1] for at in range(len(part))])
                for side, part in zip(sides, first, strict=True)
            ),
        )


def _names(text: str, phrases: Sequence[Sequence[Token]]) -> _Names:
    """Return those of some phrases that are names, each word with a capital, or a noun after an article."""
    return {
        tuple(token.form.removesuffix("'s") for token in phrase): phrase
        for phrase in phrases
        if (all(text[token.start].isupper() for token in phrase) or _is_noun(phrase))
        and not LIGHT.issuperset([token.form for token in phrase])
    }


def _is_noun(phrase: Sequence[Token]) -> bool:
    """Return whether a phrase is an article and a word for people: the bank, the regulator."""
    return len(phrase) == WORDS_OF_A_NOUN and phrase[0].form in ARTICLES and lexicon.is_people(phrase[1].form)


def _size(name: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return len(name), name


def _around(names: tuple[Sequence[Token], Sequence[Token]]) -> Span:
    return names[0][0].start, names[1][-1].end


def _is_kept_between(
    passage: Passage,
    base: tuple[Sequence[Token], Sequence[Token]],
    witness: tuple[Sequence[Token], Sequence[Token]],
) -> bool:
    """Return whether what is between two names is a part of one sentence that both sides mostly have."""
    gaps: list[Span] = []
    for text, (first, last) in ((passage.base, base), (passage.witness, witness)):
        gap = first[-1].end, last[0].start
        between = tokens_of(text, gap)
        if gap[1] - gap[0] > MAX_CHARS or any(token.form in ".!?" for token in between):
            return False
        if not turns_meaning(text, Exchange(first, between, last)):
            return False
        gaps.append(gap)
    kept = sum(
        overlap(change.base, gaps[0])
        for change in passage.changes
        if change.op == "equal" or change.typography
    )
    return kept >= MIN_KEPT_BETWEEN * max(gap[1] - gap[0] for gap in gaps)
