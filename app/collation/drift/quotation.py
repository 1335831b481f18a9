"""Quotations reworded inside their quotation marks.

A quotation is compared with its counterpart on the other side word by word, in normal form: typography, case and
punctuation do not count, an ellipsis stands for words left out, and [brackets] are the quoter's. Where the same words
stand on the other side but outside its marks, the marks moved and nothing was reworded.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from app.collation import diff, normalization, quotations, tokens
from app.collation.drift.passage import Passage, clip
from app.collation.drift.telling import Edit, tell
from app.collation.model import Finding, Span

ALIKE_IN_PLACE = 0.25
"""Dice's coefficient of the words from which two quotations in the same place are one, reworded. Both marks in the
same place suffice without it: a quotation of three words may have lost all of them."""

ALIKE_ELSEWHERE = 0.5
"""The same, for quotations that stand in different places of the row."""

MANY = 4096
"""Above this number of possible pairs only quotations in the same place are tried: a bound for very long rows."""

NEAR = 64
"""And of these no more than so many for one quotation."""

OUTSIDE = 400
"""Characters before and after a quotation in which words are looked for that its marks took in on the other side."""

BRACKETED = 4
"""Words on the other side that one [bracket] may stand for: ``[China]`` for ``the People's Republic of China``."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    span: Span
    inner: Span
    words: tuple[str, ...]


def findings(passage: Passage) -> list[Finding]:
    """One finding a reworded quotation, its spans from mark to mark on both sides."""
    base = _quoted(passage.base)
    witness = _quoted(passage.witness) if base else []
    found = []
    for one, other, in_place in _pairs(passage, base, witness):
        edits = _edits(passage, one, other, in_place)
        if edits:
            rule, says = tell(edits, passage.base[slice(*one.inner)], passage.witness[slice(*other.inner)])
            found.append(Finding("quotation", one.span, other.span, says, rule))
    return found


def _quoted(text: str) -> list[_Quoted]:
    """The quotations of a row's text; one that runs on over several paragraphs is one."""
    paragraphs = text.split("\n")
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    found: list[_Quoted] = []
    opened: int | None = None
    for quotation in quotations.find(paragraphs):
        start, end = (
            starts[quotation.paragraph] + quotation.start,
            starts[quotation.paragraph] + quotation.end,
        )
        if opened is None:
            opened = start
        if quotation.continues:
            continue
        closed = end - start > 1 and text[end - 1] in normalization.QUOTES
        found.append(_Quoted((opened, end), (opened + 1, end - closed), _words(text[opened:end])))
        opened = None
    return found


def _words(text: str) -> tuple[str, ...]:
    """Words in normal form; ``...`` for an ellipsis, and a bracket with what it holds as one word ``[...]``."""
    found: list[str] = []
    bracket: list[str] | None = None
    for token in tokens.split(normalization.normal_form(text)):
        if token == "[":
            bracket = []
        elif token == "]" and bracket is not None:
            inside = " ".join(bracket)
            found.append(f"[{inside}]" if inside.strip(". ") else "...")
            bracket = None
        elif token.startswith("..."):
            (found if bracket is None else bracket).append("...")
        elif tokens.is_word(token):
            (found if bracket is None else bracket).append(token.replace(".", ""))
    return tuple(found + (bracket or []))


def _pairs(
    passage: Passage, base: list[_Quoted], witness: list[_Quoted]
) -> list[tuple[_Quoted, _Quoted, bool]]:
    """Quotations that differ, each with its counterpart and whether they stand in the same place."""
    free = _without_equals(base, witness)
    base, witness = free
    candidates: list[tuple[float, int, int, bool]] = []
    starts, ends = [other.inner[0] for other in witness], [other.inner[1] for other in witness]
    everywhere = len(base) * len(witness) <= MANY
    for i, one in enumerate(base):
        if not witness:
            break
        mapped = passage.on_witness(one.inner)
        here = range(bisect_right(ends, mapped[0]), bisect_left(starts, mapped[1]))
        for j in range(len(witness)) if everywhere else here[:NEAR]:
            other = witness[j]
            in_place = j in here
            alike = _dice(one.words, other.words)
            marked = in_place and _same_marks(passage, one, other)
            if alike >= (ALIKE_IN_PLACE if in_place else ALIKE_ELSEWHERE) or marked:
                candidates.append((-round(alike + marked + in_place / 2, 6), i, j, in_place))
    taken_base: set[int] = set()
    taken_witness: set[int] = set()
    pairs: list[tuple[_Quoted, _Quoted, bool]] = []
    for _, i, j, in_place in sorted(candidates):
        if i not in taken_base and j not in taken_witness:
            taken_base.add(i)
            taken_witness.add(j)
            pairs.append((base[i], witness[j], in_place))
    return sorted(pairs, key=lambda pair: pair[0].span)


def _without_equals(base: list[_Quoted], witness: list[_Quoted]) -> tuple[list[_Quoted], list[_Quoted]]:
    """What is left when quotations of the same words have been set beside each other."""
    waiting: dict[tuple[str, ...], list[_Quoted]] = {}
    for other in witness:
        waiting.setdefault(other.words, []).append(other)
    left: list[_Quoted] = []
    for one in base:
        alike = waiting.get(one.words)
        if alike:
            alike.pop(0)
        else:
            left.append(one)
    return left, sorted((q for rest in waiting.values() for q in rest), key=lambda q: q.span)


def _dice(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    ones, others = set(first), set(second)
    return 2 * len(ones & others) / (len(ones) + len(others)) if ones or others else 0.0


def _same_marks(passage: Passage, one: _Quoted, other: _Quoted) -> bool:
    """Whether both marks of the one are, in the changes, those of the other."""
    opener, closer = (one.span[0], one.inner[0]), (one.inner[1], one.span[1])
    return passage.on_witness(opener) == (other.span[0], other.inner[0]) and passage.on_witness(closer) == (
        other.inner[1],
        other.span[1],
    )


def _edits(passage: Passage, one: _Quoted, other: _Quoted, in_place: bool) -> list[Edit]:
    """Where the words inside the marks differ, offsets counted from the opening ones; empty where they agree."""
    if _agree(one.words, other.words):
        return []
    if _around(passage.base, one, other.words) or _around(passage.witness, other, one.words):
        return []
    base, witness = passage.base[slice(*one.inner)], passage.witness[slice(*other.inner)]
    if in_place:
        edits = [
            Edit(_inside(change.base, one.inner), _inside(change.witness, other.inner))
            for change in passage.reworded_in(one.inner, other.inner)
        ]
    else:
        edits = [
            Edit(change.base, change.witness)
            for change in diff.diff(base, witness).changes
            if change.op != "equal" and not change.typography
        ]
    return [
        edit for edit in edits if _words(base[slice(*edit.base)]) != _words(witness[slice(*edit.witness)])
    ]


def _around(text: str, quoted: _Quoted, longer: tuple[str, ...]) -> bool:
    """Whether ``longer`` is the quotation's words with those that stand just outside its marks: these were moved."""
    more = len(longer) - len(quoted.words)
    if more <= 0:
        return False
    start, end = quoted.span
    before, after = _words(text[max(0, start - OUTSIDE) : start]), _words(text[end : end + OUTSIDE])
    for lead in range(more + 1):
        tail = lead + len(quoted.words)
        if longer[lead:tail] == quoted.words:
            return longer[:lead] == before[len(before) - lead :] and longer[tail:] == after[: more - lead]
    return False


def _inside(span: Span, inner: Span) -> Span:
    start, end = clip(span, inner)
    return start - inner[0], end - inner[0]


def _agree(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the words are the same but for what ellipses leave out and brackets put in."""
    if first == second:
        return True
    if not any(word == "..." or word[0] == "[" for word in (*first, *second)):
        return False
    # reached[j]: the words of `first` so far agree with the first j of `second`.
    reached = _step_over({0}, second)
    for word in first:
        if word == "...":
            after = set(range(min(reached), len(second) + 1)) if reached else set()
        elif word[0] == "[":
            after = {j + k for j in reached for k in range(BRACKETED + 1) if j + k <= len(second)}
        else:
            after = {j + 1 for j in reached if j < len(second) and second[j] == word}
            after |= {j for j in reached if j and second[j - 1] == "..."}
            after |= {j for j in reached if j and second[j - 1][0] == "["}
        reached = _step_over(after, second)
    return len(second) in reached


def _step_over(reached: set[int], words: tuple[str, ...]) -> set[int]:
    """``reached``, and what lies behind the ellipses and brackets that may stand for nothing."""
    found = set(reached)
    for j in sorted(reached):
        while j < len(words) and (words[j] == "..." or words[j][0] == "["):
            j += 1
            found.add(j)
    return found
