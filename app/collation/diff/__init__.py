"""The word diff of two texts: what is kept, and what a reader would mark as changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.diff import cleanup, edits, engine, inner_marks, long_texts
from app.collation.diff.changes import Tokens, changes
from app.collation.diff.engine import DIFF_TOKENS
from app.collation.diff.token_keys import KeyedToken, keyed
from app.collation.model import Change, Coarseness


@dataclass(frozen=True, slots=True)
class DiffResult:
    """The changes of a row in order, and the coarser method where the row was too long for the fine one."""

    changes: tuple[Change, ...]
    coarse: Coarseness | None = None


def diff(base: str, witness: str) -> DiffResult:
    """Return the changes from base to witness: in order, covering both texts, offsets in code points.

    ``equal`` means identical code points, and a difference in typography alone says so. No two neighbours are of one
    kind; deleted text comes before the inserted text. Swapping the texts mirrors the changes.

    >>> [c.op for c in diff("Talks ended on 3 May.", "Talks ended on 4 May.").changes]
    ['equal', 'replace', 'equal']
    """
    if base == witness:
        whole = Change("equal", (0, len(base)), (0, len(witness)))
        return DiffResult((whole,) if base else ())
    return of_pairs([(base, witness)])[0]


def of_pairs(pairs: Sequence[tuple[str, str]]) -> list[DiffResult]:
    """Return ``diff`` of each pair, of two texts that are not the same.

    Each stage works on all pairs before the next does: its code stays in the processor's cache, which takes a seventh
    off the time.
    """
    texts = [(Tokens(base), Tokens(witness)) for base, witness in pairs]
    words = [(keyed(base.words), keyed(witness.words)) for base, witness in texts]
    matches = [_runs(*both) for both in words]
    struck = [edits.edits(runs, *both) for (runs, _), both in zip(matches, words, strict=True)]
    written = [changes(*both, strokes) for both, strokes in zip(texts, struck, strict=True)]
    return [
        DiffResult(inner_marks.with_marks(changed, *pair), coarse)
        for changed, pair, (_, coarse) in zip(written, pairs, matches, strict=True)
    ]


def _runs(
    base: Sequence[KeyedToken], witness: Sequence[KeyedToken]
) -> tuple[list[engine.Run], Coarseness | None]:
    # Which of equals is chosen depends on the order: always asked the same way, it mirrors.
    if (len(witness), witness) < (len(base), base):
        runs, coarse = _runs(witness, base)
        return [(b, w, n) for w, b, n in runs], coarse
    choices, coarse = _matched(base, witness)
    return cleanup.readable(choices, base, witness), coarse


def _matched(
    base: Sequence[KeyedToken], witness: Sequence[KeyedToken]
) -> tuple[list[list[engine.Run]], Coarseness | None]:
    if len(base) + len(witness) <= DIFF_TOKENS:
        return engine.matched(base, witness), None
    first, second = engine.numbered(base, witness)
    if len(first) * len(second) <= long_texts.MAX_CELLS:
        return [engine.by_tokens(first, second)], "tokens"
    return [long_texts.by_parts(first, second)], "sentences"


__all__ = ["DIFF_TOKENS", "DiffResult", "diff", "of_pairs"]
