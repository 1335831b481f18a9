"""From runs of matches to edits: what is kept, and what one pencil stroke would mark."""

from collections.abc import Sequence
from typing import NamedTuple

from app.collation.diff.engine import Run
from app.collation.diff.token_keys import KeyedToken
from app.collation.model import Op

MIN_WORDS_OF_UNRELATED = 14
"""Words of both sides together from which one passage in place of another is no rewording of it. In two cases of three
people who marked such sentence pairs by hand deleted the one and inserted the other as two edits."""

MIN_LOPSIDED = (8, 5)
"""The same if one side has at least this many words, and this many times those of the other."""


class TokenEdit(NamedTuple):
    """Tokens kept or changed, half-open on both sides; kept ones may differ in typography and capitals."""

    op: Op
    base: int
    base_end: int
    witness: int
    witness_end: int


def edits(runs: Sequence[Run], base: Sequence[KeyedToken], witness: Sequence[KeyedToken]) -> list[TokenEdit]:
    """Return the edits in order, covering both sides; no two neighbours do the same."""
    out: list[TokenEdit] = []

    def add(edit: TokenEdit) -> None:
        if out and out[-1].op == edit.op:
            edit = TokenEdit(edit.op, out[-1].base, edit.base_end, out[-1].witness, edit.witness_end)
            out.pop()
        out.append(edit)

    end_b = end_w = 0
    for b, w, n in (*runs, (len(base), len(witness), 0)):
        if b > end_b or w > end_w:
            for edit in _changed(end_b, b, end_w, w, base, witness):
                add(edit)
        end_b, end_w = b + n, w + n
        if n:
            add(TokenEdit("equal", b, end_b, w, end_w))
    return out


def _changed(
    b0: int, b1: int, w0: int, w1: int, base: Sequence[KeyedToken], witness: Sequence[KeyedToken]
) -> list[TokenEdit]:
    if b0 == b1:
        return [TokenEdit("insert", b0, b1, w0, w1)]
    if w0 == w1:
        return [TokenEdit("delete", b0, b1, w0, w1)]
    fewer, more = sorted((b1 - b0, w1 - w0))
    long = fewer + more >= MIN_WORDS_OF_UNRELATED or (
        more >= MIN_LOPSIDED[0] and more >= MIN_LOPSIDED[1] * fewer
    )
    if long and _shows(base[b0:b1]) and _shows(witness[w0:w1]):
        return [TokenEdit("delete", b0, b1, w0, w0), TokenEdit("insert", b1, b1, w0, w1)]
    return [TokenEdit("replace", b0, b1, w0, w1)]


def _shows(words: Sequence[KeyedToken]) -> bool:
    """Return whether the words are more than invisible characters, which alone would count as typography."""
    return any(word.form.isprintable() for word in words)
