"""Light marks inside a changed word that is nearly the same: strengthen, strengthened."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from app.collation.model import Change, Op, Span, Within
from app.collation.text import tokens
from app.collation.text.language import FUNCTION_WORDS

MIN_SHARED_FROM_START = 0.5
"""Least share of the longer word that both have in common at start and end, if more at the start: below it the eye
compares two words whole rather than by letters. A judgement by eye, on the changed words of the seeds."""

MIN_SHARED_FROM_END = 0.7
"""The same if more is shared at the end: many words share an ending and nothing else."""

MAX_MARKED_CHARS = 200
"""Longest side of a change marked inside, in characters: nobody reads a longer one letter by letter."""

_LETTERS = regex.compile(
    r"[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}"
    r"\p{Script=Hangul}\p{M}'’ʼ‑‐\-\u00ad]+"
)
"""Words of scripts whose letters are written apart. A mark inside an Arabic word would break its joins, and in Indian
scripts one glyph may show several letters."""

_SENTENCE_START = regex.compile(r"(?:^|[.!?…:;]|\n)[\s\"“”‘’'«»()\[\]–—-]*$")

_CLUSTER = regex.compile(r"\X")


class _Part(NamedTuple):
    start: int
    end: int
    text: str


def with_marks(changes: Sequence[Change], base: str, witness: str) -> tuple[Change, ...]:
    """Return the changes, with marks inside the replaced ones."""
    out: list[Change] = []
    for change in changes:
        if change.op == "replace" and not change.typography and _alike(change, base, witness):
            marks = marked(change, base, witness)
            out.append(change._replace(within=marks) if marks else change)
        else:
            out.append(change)
    return tuple(out)


def _alike(change: Change, base: str, witness: str) -> bool:
    """Return whether some words, not both names, start or end alike: this settles most changes without tokenising
    them."""
    if max(change.base[1] - change.base[0], change.witness[1] - change.witness[0]) > MAX_MARKED_CHARS:
        return False
    base_words, witness_words = base[slice(*change.base)].split(), witness[slice(*change.witness)].split()
    starts, starts_too = {word[:3] for word in base_words}, {word[:3] for word in witness_words}
    if not (starts_too.isdisjoint(map(str.lower, starts)) and starts.isdisjoint(map(str.lower, starts_too))):
        return True
    endings = [word[-4:] for word in witness_words if len(word) > 4]
    return not {word[-4:] for word in base_words}.isdisjoint(endings)


def marked(change: Change, base: str, witness: str) -> tuple[Within, ...]:
    """Return marks that cover a replaced span from end to end; none unless half its words are nearly the same.

    Numbers and names are never marked inside: 63 and 66 are two numbers, not one with a digit changed. No mark cuts
    a grapheme cluster.
    """
    first, count = _parts(change.base, base)
    second, other_count = _parts(change.witness, witness) if first else ([], 0)
    most = max(count, other_count)
    if 2 * min(len(first), len(second)) < most:
        return ()
    pairs = _pairs(first, second)
    if not pairs or 2 * len(pairs) < most:
        return ()
    out: list[Within] = []
    b, w = change.base[0], change.witness[0]
    for i, j, ahead, behind in pairs:
        base_part, witness_part = first[i], second[j]
        for end_b, end_w in (
            (base_part.start, witness_part.start),
            (base_part.start + ahead, witness_part.start + ahead),
            (base_part.end - behind, witness_part.end - behind),
            (base_part.end, witness_part.end),
        ):
            _add(out, (b, end_b), (w, end_w), base, witness)
            b, w = end_b, end_w
    _add(out, (b, change.base[1]), (w, change.witness[1]), base, witness)
    return tuple(out)


def _add(out: list[Within], b: Span, w: Span, base: str, witness: str) -> None:
    if b[0] == b[1] and w[0] == w[1]:
        return
    op: Op = "replace" if b[0] < b[1] and w[0] < w[1] else "delete" if b[0] < b[1] else "insert"
    if base[slice(*b)] == witness[slice(*w)]:
        op = "equal"
    if out and out[-1].op == op:
        last = out.pop()
        b, w = (last.base[0], b[1]), (last.witness[0], w[1])
    out.append(Within(op, b, w))


def _parts(span: Span, text: str) -> tuple[list[_Part], int]:
    """Return the words of a span that may be marked inside, and how many words it has in all."""
    parts: list[_Part] = []
    count = 0
    at = span[0]
    for token in tokens.split(text[slice(*span)]):
        end = at + len(token)
        count += token[0].isalnum()
        if _is_markable(token):
            # A capital letter elsewhere than where a sentence starts is a name's.
            name = token[0].isupper() and not _SENTENCE_START.search(text[max(0, at - 8) : at])
            if not name:
                parts.append(_Part(at, end, token))
        at = end
    return parts, count


@lru_cache(maxsize=1 << 14)
def _is_markable(token: str) -> bool:
    if len(token) < 2 or token[1:] != token[1:].lower():
        return False
    if token.isascii():
        return token.replace("-", "").replace("'", "").isalpha()
    return bool(_LETTERS.fullmatch(token))


def _pairs(base: Sequence[_Part], witness: Sequence[_Part]) -> list[tuple[int, int, int, int]]:
    """Return pairs of nearly the same word in order, with the letters that they share at their start and end.

    Each word takes the first on the other side that follows the last pair: a change seldom holds more than a few words.
    """
    out: list[tuple[int, int, int, int]] = []
    start = 0
    for i, part in enumerate(base):
        for j in range(start, len(witness)):
            shared = _shared(part, witness[j])
            if shared:
                out.append((i, j, *shared))
                start = j + 1
                break
    return out


def _shared(base: _Part, witness: _Part) -> tuple[int, int] | None:
    """Return the code points shared at the start and at the end, in whole clusters; None if the words differ much."""
    a, b = base.text, witness.text
    if a == b or (a[:3] != b[:3] and a[-3:] != b[-3:] and a.casefold() != b.casefold()):
        return None
    if a[0].isupper() and b[0].isupper():
        return None
    small = {a.lower(), b.lower()}
    if len(small) > 1 and not small.isdisjoint(FUNCTION_WORDS):
        return None  # "these" and "they" are two words
    first, second = (list(word) if word.isascii() else _CLUSTER.findall(word) for word in (a, b))
    shorter, longer = min(len(first), len(second)), max(len(first), len(second))
    ahead = 0
    while ahead < shorter and first[ahead] == second[ahead]:
        ahead += 1
    behind = 0
    while behind < shorter - ahead and first[-1 - behind] == second[-1 - behind]:
        behind += 1
    needed = (
        max(3.0, MIN_SHARED_FROM_START * longer) if ahead > behind else max(4.0, MIN_SHARED_FROM_END * longer)
    )
    if ahead + behind < needed and a.casefold() != b.casefold():
        return None
    return sum(map(len, first[:ahead])), sum(map(len, second[len(second) - behind :]))
