"""From blocks of tokens to changes in code points, white space included."""

from collections.abc import Sequence
from dataclasses import replace

from app.collation.diff.engine import Block
from app.collation.model import Change, Op
from app.collation.normalization import typographic_form


class Tokens:
    """A text's tokens but for white space, with where each starts and ends."""

    def __init__(self, text: str, tokens: Sequence[str]) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for token in tokens:
            end = at + len(token)
            if not token.isspace():
                self.words.append(token)
                self.starts.append(at)
                self.ends.append(end)
            at = end

    def before(self, index: int) -> int:
        """Return where the white space before a token starts."""
        return self.ends[index - 1] if index else 0

    def start(self, index: int) -> int:
        """Return where a token starts; past the last, the text's end."""
        return self.starts[index] if index < len(self.starts) else len(self.text)


def op_of(base: tuple[int, int], witness: tuple[int, int]) -> Op:
    """Return what a change of these spans is."""
    if base[0] == base[1]:
        return "insert"
    return "delete" if witness[0] == witness[1] else "replace"


def changes(base: Tokens, witness: Tokens, blocks: Sequence[Block]) -> tuple[Change, ...]:
    """Return the changes that the blocks make, each text covered from end to end."""
    out: list[Change] = []
    at_b = at_w = 0

    def put(b: int, w: int, same: bool) -> None:
        nonlocal at_b, at_w
        if b == at_b and w == at_w:
            return
        x, y = base.text[at_b:b], witness.text[at_w:w]
        span_b, span_w = (at_b, b), (at_w, w)
        at_b, at_w = b, w
        if x == y:
            change = Change("equal", span_b, span_w)
        else:
            quiet = same or typographic_form(x) == typographic_form(y)
            change = Change(op_of(span_b, span_w), span_b, span_w, typography=quiet)
        if out and _joins(out[-1], change):
            b0, w0 = out[-1].base[0], out[-1].witness[0]
            op: Op = "equal" if change.op == "equal" else op_of((b0, b), (w0, w))
            out[-1] = replace(out[-1], op=op, base=(b0, b), witness=(w0, w))
        else:
            out.append(change)

    for kept, b0, b1, w0, w1 in blocks:
        if kept:
            for i, j in zip(range(b0, b1), range(w0, w1), strict=True):
                put(base.start(i), witness.start(j), True)
                put(base.ends[i], witness.ends[j], True)
        elif b0 < b1 and w0 < w1:
            put(base.start(b0), witness.start(w0), True)
            put(base.ends[b1 - 1], witness.ends[w1 - 1], False)
        else:
            # One side is absent: the white space that stands there once is kept on the side where both agree.
            if base.text[at_b : base.start(b0)] == witness.text[at_w : witness.start(w0)]:
                put(base.start(b0), witness.start(w0), True)
                put(base.start(b1), witness.start(w1), False)
            else:
                put(
                    base.ends[b1 - 1] if b1 > b0 else at_b,
                    witness.ends[w1 - 1] if w1 > w0 else at_w,
                    False,
                )
    put(len(base.text), len(witness.text), True)
    return tuple(out)


def _joins(last: Change, change: Change) -> bool:
    if last.op == "equal" or change.op == "equal":
        return last.op == change.op
    return last.typography == change.typography
