"""Pairs of texts made from a chapter by known changes, so that their gold rows are exact by construction."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from tests.quality.bibles import Chapter, GoldPair, GoldRow, chapters, kind

Edition = Literal["copied", "reworded"]

SEED = "variorum quality 1"
"""Part of every draw: another seed makes other pairs, which the pinned digest refuses."""

SHORTEST_PIECE = 6
"""Words of the shortest piece cut off: of a shorter one no reader could say where it came from."""

SENTENCE_END = re.compile(r"[.!?][”’]*\s+(?=[“‘]*[A-Z])")

# How often each change is made, per paragraph that allows it; per chapter for moves. Chosen so that every kind of
# row occurs at least fifty times in all and most paragraphs stay as they are, as in real reposts.
MERGE, REGROUP, CUT, CUT_IN_THREE, LEAVE_OUT, REPEAT, REWORD, MOVE = (
    0.13,
    0.07,
    0.15,
    0.05,
    0.06,
    0.04,
    0.5,
    0.7,
)


@dataclass(eq=False, slots=True)
class _Part:
    """Paragraphs that will be one row; compared by identity, as two may read the same."""

    base: tuple[str, ...]
    witness: tuple[str, ...]
    apart: frozenset[tuple[int, int]] = frozenset()
    """A paragraph of each side, counted within the part, that share no text although they share the row."""
    moved: bool = False

    @property
    def copied(self) -> bool:
        return len(self.base) == 1 and self.base == self.witness


def planted(chapter: Chapter, edition: Edition) -> GoldPair:
    """Return a chapter beside a copy of it with paragraphs split, merged, regrouped, moved, dropped, repeated, added.

    The copy keeps the words (``copied``), or has about half of its paragraphs from the other translation
    (``reworded``). The draws depend on the chapter's name and the edition alone.
    """
    draws = random.Random(f"{SEED} {chapter.name} {edition}")
    parts = _parts(chapter, REWORD if edition == "reworded" else 0.0, draws)
    parts = _recut(parts, draws)
    for part in parts:
        if len(part.base) == 1 and draws.random() < LEAVE_OUT:
            part.witness = ()
    witness = _moved([part for part in parts if part.witness], draws)
    witness = _repeated(witness, draws)
    for foreign in _foreign(chapter, draws):
        witness.insert(draws.randrange(len(witness) + 1), _Part((), (foreign,)))
    return _numbered(f"{chapter.name} {edition}", parts, witness, swapped=draws.random() < 0.5)


def _parts(chapter: Chapter, reworded: float, draws: random.Random) -> list[_Part]:
    """Return the chapter's rows: paragraphs beside the other translation's of the same verses or themselves."""
    parts = []
    for oeb_places, web_places in chapter.groups:
        oeb = tuple(chapter.oeb[i] for i in oeb_places)
        web = tuple(chapter.web[i] for i in web_places)
        if oeb and web and draws.random() < reworded:
            pairs = [(i, j) for i in range(len(oeb_places)) for j in range(len(web_places))]
            apart = frozenset((i, j) for i, j in pairs if (oeb_places[i], web_places[j]) not in chapter.links)
            parts.append(_Part(oeb, web, apart))
        else:
            parts.extend(_Part((paragraph,), (paragraph,)) for paragraph in oeb)
    return parts


def _recut(parts: Sequence[_Part], draws: random.Random) -> list[_Part]:
    """Return the parts with some copied paragraphs cut, joined with the next, or cut at another place."""
    recut = []
    at = 0
    while at < len(parts):
        part, following = parts[at], parts[at + 1] if at + 1 < len(parts) else None
        draw = draws.random()
        if part.copied and following is not None and following.copied and draw < MERGE + REGROUP:
            text = f"{part.base[0]} {following.base[0]}"
            pieces = (text,) if draw < MERGE else _other_cut(text, len(part.base[0]), draws)
            if pieces:
                apart = _unshared(len(part.base[0]), pieces)
                part, at = _Part(part.base + following.base, pieces, apart), at + 1
        elif part.copied and draw > 1 - CUT - CUT_IN_THREE:
            pieces = _cut(part.base[0], 3 if draw > 1 - CUT_IN_THREE else 2, draws)
            part = _Part(part.base, pieces) if pieces else part
        recut.append(part)
        at += 1
    return recut


def _cut(text: str, count: int, draws: random.Random) -> tuple[str, ...]:
    """Cut the text into ``count`` pieces between sentences; return nothing if a piece would be too short."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    if len(ends) < count - 1:
        return ()
    cuts = [0, *sorted(draws.sample(ends, count - 1)), len(text)]
    pieces = tuple(text[start:end].strip() for start, end in pairwise(cuts))
    return pieces if min(map(_words, pieces)) >= SHORTEST_PIECE else ()


def _other_cut(text: str, before: int, draws: random.Random) -> tuple[str, ...]:
    """Return two paragraphs' joint text cut in two at another place, one piece with words of both; or nothing."""
    pieces = _cut(text, 2, draws)
    if not pieces:
        return ()
    shared = text[min(before, len(pieces[0])) : max(before, len(pieces[0]))]
    return pieces if _words(shared) >= SHORTEST_PIECE else ()


def _unshared(before: int, pieces: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    """Return the pairs of a paragraph and a piece of the joint text that share none of it."""
    if len(pieces) < 2:
        return frozenset()
    return frozenset([(1, 0)] if len(pieces[0]) < before else [(0, 1)])


def _moved(parts: Sequence[_Part], draws: random.Random) -> list[_Part]:
    """Return the parts in the witness's order, perhaps with a block of one to three of them moved.

    What it passes holds at least twice its words and more paragraphs than it, so that there is no doubt which of
    the two moved, whichever of both one goes by.
    """
    words = [0, *accumulate(_words(" ".join(part.base + part.witness)) for part in parts)]
    paragraphs = [0, *accumulate(len(part.base + part.witness) for part in parts)]
    places = [
        (start, size, to)
        for size in (1, 2, 3)
        for start in range(len(parts) - size + 1)
        for to in range(len(parts) - size + 1)
        if _passed(words, start, size, to) >= 2 * (words[start + size] - words[start])
        and _passed(paragraphs, start, size, to) > paragraphs[start + size] - paragraphs[start]
    ]
    if not places or draws.random() >= MOVE:
        return list(parts)
    start, size, to = places[draws.randrange(len(places))]
    block, rest = list(parts[start : start + size]), [*parts[:start], *parts[start + size :]]
    for part in block:
        part.moved = True
    return rest[:to] + block + rest[to:]


def _passed(reach: Sequence[int], start: int, size: int, to: int) -> int:
    """Return what is between a block's old place and its new one, by what precedes each part."""
    return reach[start] - reach[to] if to < start else reach[to + size] - reach[start + size]


def _repeated(witness: Sequence[_Part], draws: random.Random) -> list[_Part]:
    """Return the witness's parts, some copied ones among them printed a second time, at least one part further on."""
    repeated = list(witness)
    for at in range(len(witness) - 2, -1, -1):
        if witness[at].copied and not witness[at].moved and draws.random() < REPEAT:
            place = at + 2 + draws.randrange(len(witness) - at - 1)
            repeated.insert(place, _Part((), witness[at].witness))
    return repeated


def _foreign(chapter: Chapter, draws: random.Random) -> list[str]:
    """Return up to two paragraphs of the other Testament, which are about other things."""
    far = [other for other in chapters() if other.is_old != chapter.is_old]
    sources = [far[draws.randrange(len(far))] for _ in range(draws.randrange(3))]
    return [source.web[draws.randrange(len(source.web))] for source in sources]


def _numbered(name: str, base: Sequence[_Part], witness: Sequence[_Part], *, swapped: bool) -> GoldPair:
    """Return the pair with its gold rows; swapped, the base becomes the witness."""
    base_texts, base_places = _places(base, [part.base for part in base])
    witness_texts, witness_places = _places(witness, [part.witness for part in witness])
    rows: list[GoldRow] = []
    links: set[tuple[int, int]] = set()
    for part in [*base, *(part for part in witness if not part.base)]:
        base_numbers, witness_numbers = base_places.get(id(part), ()), witness_places.get(id(part), ())
        texts = (part.base, part.witness)
        linked = {(i, j) for i in range(len(base_numbers)) for j in range(len(witness_numbers))} - part.apart
        links |= {
            (witness_numbers[j], base_numbers[i]) if swapped else (base_numbers[i], witness_numbers[j])
            for i, j in linked
        }
        if swapped:
            base_numbers, witness_numbers, texts = witness_numbers, base_numbers, (part.witness, part.base)
        rows.append(GoldRow(kind(*texts), base_numbers, witness_numbers, part.moved))
    if swapped:
        base_texts, witness_texts = witness_texts, base_texts
    return GoldPair(name, base_texts, witness_texts, tuple(rows), frozenset(links))


def _places(
    parts: Sequence[_Part], texts: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], dict[int, tuple[int, ...]]]:
    """Return all paragraphs in order, and the numbers of each part's own."""
    paragraphs: list[str] = []
    places = {}
    for part, own_paragraphs in zip(parts, texts, strict=True):
        places[id(part)] = tuple(range(len(paragraphs), len(paragraphs) + len(own_paragraphs)))
        paragraphs += own_paragraphs
    return tuple(paragraphs), places


def _words(text: str) -> int:
    return len(text.split())
