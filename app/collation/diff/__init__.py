"""The word diff of two texts: what is kept, and what a reader would mark as changed."""

from dataclasses import dataclass

from app.collation import tokens
from app.collation.diff import engine, spans
from app.collation.model import Change, Coarseness
from app.collation.normalization import typographic_form

DIFF_TOKENS = 2000
"""Tokens, white space apart and both sides together, up to which diff-match-patch finds the changes."""


@dataclass(frozen=True, slots=True)
class DiffResult:
    """The changes of a row in order, and the coarser method where the row was too long for the fine one."""

    changes: tuple[Change, ...]
    coarse: Coarseness | None = None


def diff(base: str, witness: str) -> DiffResult:
    """Return the changes from base to witness: in order, covering both texts, offsets in code points.

    ``equal`` means identical code points. A difference in typography alone says so. Swapping base and witness
    mirrors the result.

    >>> [c.op for c in diff("Talks ended on 3 May.", "Talks ended on 4 May.").changes]
    ['equal', 'replace', 'equal']
    """
    if base == witness:
        whole = Change("equal", (0, len(base)), (0, len(witness)))
        return DiffResult((whole,) if base else ())
    first = spans.Tokens(base, tokens.split(base))
    second = spans.Tokens(witness, tokens.split(witness))
    keys_b = [typographic_form(w) or w for w in first.words]
    keys_w = [typographic_form(w) or w for w in second.words]
    coarse: Coarseness | None = None
    if len(keys_b) + len(keys_w) <= DIFF_TOKENS:
        blocks = engine.fine(keys_b, keys_w)
    else:
        coarse = "tokens"
        blocks = engine.by_tokens(keys_b, keys_w)
    return DiffResult(spans.changes(first, second, blocks), coarse)


__all__ = ["DIFF_TOKENS", "DiffResult", "diff"]
