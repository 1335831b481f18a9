"""Findings that several rows repeat: a name that differs throughout two texts, a sentence that moved to another row.

Each is reported once or, if both texts have the sentence, not at all; the rest is counted as wording.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from app.collation.findings.row.excerpt_weight import quote
from app.collation.model import Finding, Row
from app.collation.text.sentences import boundaries, start_of_sentence

_NAMES = ("name-changed", "name-one-sided")
"""Rules whose findings repeat one another where they name the same."""

_QUIET = ("wording", "typography")

MAX_SENTENCE_CHARS = 600
"""Code points before and after a finding in which its sentence is read."""

MIN_SENTENCE_CHARS = 20
"""Code points of the shortest sentence that is looked for in other rows."""

_Names = tuple[str, str]
"""What a finding covers in base and witness."""


def named_once(rows: Sequence[Row], base: Sequence[str], witness: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows with only the first of the findings that name the same names.

    It is the one nearest to the head of both texts, and so the same with either as the base; the rest become wording.
    """
    named = {
        at: [_names(finding, *_texts(row, base, witness)) for finding in row.findings]
        for at, row in enumerate(rows)
        if any(finding.rule in _NAMES for finding in row.findings)
    }
    first: dict[_Names, int] = {}
    for at, every in named.items():
        for names in every:
            if names:
                first[names] = min(first.get(names, _depth(rows[at])), _depth(rows[at]))
    return tuple(
        _without_repeats(row, named[at], first) if at in named else row for at, row in enumerate(rows)
    )


def without_moved(rows: Sequence[Row], base: Sequence[str], witness: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows without the findings of one side whose sentence the other text has in another row.

    Where paragraphs are divided differently, a sentence at the end of one may begin the next.
    """
    moved = _Moved(base, witness)
    return tuple(
        replace(row, findings=tuple(moved.as_wording(finding, row) for finding in row.findings))
        if any(map(_is_one_sided, row.findings))
        else row
        for row in rows
    )


class _Moved:
    """Two texts, in which the sentence of a finding of one side is looked for on the other."""

    def __init__(self, base: Sequence[str], witness: Sequence[str]) -> None:
        self.texts = base, witness

    @cached_property
    def sentences(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return every sentence of the two texts."""
        base, witness = (
            frozenset(sentence for paragraph in text for sentence in _sentences(paragraph))
            for text in self.texts
        )
        return base, witness

    def as_wording(self, finding: Finding, row: Row) -> Finding:
        """Return a finding, as wording if its sentence only moved."""
        if not _is_one_sided(finding):
            return finding
        at = 0 if finding.base[0] < finding.base[1] else 1
        text, span = _texts(row, *self.texts)[at], (finding.base, finding.witness)[at]
        start = start_of_sentence(text, span[0], MAX_SENTENCE_CHARS)
        end = next(boundaries(text, span[1], min(len(text), span[1] + MAX_SENTENCE_CHARS)), len(text))
        sentence = text[start:end].strip()
        if len(sentence) < MIN_SENTENCE_CHARS or sentence not in self.sentences[1 - at]:
            return finding
        part = text[slice(*span)]
        return _as_wording(finding, (part, "") if at == 0 else ("", part))


def _sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for end in (*boundaries(paragraph), len(paragraph)):
        yield paragraph[start:end].strip()
        start = end


def _is_one_sided(finding: Finding) -> bool:
    return finding.kind not in _QUIET and (finding.base[0] == finding.base[1]) != (
        finding.witness[0] == finding.witness[1]
    )


def _without_repeats(row: Row, named: Sequence[_Names | None], first: dict[_Names, int]) -> Row:
    findings: list[Finding] = []
    seen: set[_Names] = set()
    for finding, names in zip(row.findings, named, strict=True):
        is_repeat = names is not None and (names in seen or first[names] < _depth(row))
        findings.append(_as_wording(finding, names) if names and is_repeat else finding)
        if names:
            seen.add(names)
    return replace(row, findings=tuple(findings))


def _texts(row: Row, base: Sequence[str], witness: Sequence[str]) -> tuple[str, str]:
    return "\n".join([base[i] for i in row.base]), "\n".join([witness[j] for j in row.witness])


def _depth(row: Row) -> int:
    return row.base[0] + row.witness[0]


def _names(finding: Finding, base: str, witness: str) -> _Names | None:
    if finding.rule not in _NAMES:
        return None
    own, other = _bare(base[slice(*finding.base)]), _bare(witness[slice(*finding.witness)])
    # Of "Ann Lee" beside "Ann Roe", and further down "Lee" beside "Roe", the surname is what differs.
    own_words, other_words = own.split(), other.split()
    differing = (
        " ".join([word for word in own_words if word not in other_words]),
        " ".join([word for word in other_words if word not in own_words]),
    )
    return differing if any(differing) else (own, other)


def _bare(name: str) -> str:
    return " ".join(name.replace("’", "'").removesuffix("'s").split())


def _as_wording(finding: Finding, names: _Names) -> Finding:
    base, witness = map(quote, names)
    says = f"{base} → {witness}" if all(names) else f"on one side only: {quote(''.join(names))}"
    return finding._replace(kind="wording", says=says, rule="wording")
