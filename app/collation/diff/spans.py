"""From edits of tokens to changes in code points, white space given to one side or the other."""

from collections.abc import Sequence
from itertools import accumulate

from app.collation.diff.edits import Edit
from app.collation.model import Change, Op
from app.collation.normalization import DOUBLE_QUOTES, SINGLE_QUOTES, typographic_form


class Tokens:
    """A text's tokens but for white space, with where each starts and ends."""

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str, tokens: Sequence[str]) -> None:
        ends = list(accumulate(map(len, tokens)))
        kept = [k for k, token in enumerate(tokens) if not token.isspace()]
        self.text = text
        self.words = [tokens[k] for k in kept]
        self.starts = [ends[k - 1] if k else 0 for k in kept]
        self.starts.append(len(text))
        self.ends = [0]
        self.ends.extend([ends[k] for k in kept])

    def start(self, index: int) -> int:
        """Return where a token starts; past the last, the text's end."""
        return self.starts[index]

    def end(self, index: int) -> int:
        """Return where the token before ``index`` ends; before the first, the text's start."""
        return self.ends[index]


def typographic(base: str, witness: str, before: str) -> bool:
    """Return whether two parts of the texts differ in typography alone; ``before`` is the character before them.

    After a digit a single and a double mark may be feet and inches, or minutes and seconds: these differ in meaning.
    """
    if typographic_form(base) != typographic_form(witness):
        return False
    if before.isdigit() and base and witness:
        marks = (base[0] in SINGLE_QUOTES, base[0] in DOUBLE_QUOTES)
        return marks != (witness[0] in DOUBLE_QUOTES, witness[0] in SINGLE_QUOTES) or marks == (False, False)
    return True


class _Writer:
    """Changes as they are written, each from where the last one ended."""

    def __init__(self, base: str, witness: str) -> None:
        self.base, self.witness = base, witness
        self.b = self.w = 0
        self.written: list[tuple[Op, int, int, bool]] = []
        """What each is, where it ends on both sides, and whether it is typography."""

    def write(self, b: int, w: int) -> None:
        """Add what reaches to ``b`` and ``w``: equal, typography, or a change, as the characters say."""
        if b == self.b and w == self.w:
            return
        said, instead = self.base[self.b : b], self.witness[self.w : w]
        op: Op
        if said == instead:
            op, quiet = "equal", False
        else:
            quiet = typographic(said, instead, self.base[self.b - 1 : self.b])
            op = "insert" if not said else "replace" if instead else "delete"
        self.b, self.w = b, w
        if self.written and self.written[-1][0] == op and self.written[-1][3] == quiet:
            self.written.pop()
        self.written.append((op, b, w, quiet))

    def before(self, b: int, w: int) -> tuple[str, str]:
        """Return what stands between here and ``b`` and ``w``."""
        return self.base[self.b : b], self.witness[self.w : w]

    def changes(self) -> tuple[Change, ...]:
        """Return all that was written."""
        out = []
        b = w = 0
        for op, end_b, end_w, quiet in self.written:
            out.append(Change(op, (b, end_b), (w, end_w), quiet))
            b, w = end_b, end_w
        return tuple(out)


def changes(base: Tokens, witness: Tokens, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """Return the changes that the edits make, each text covered from end to end."""
    writer = _Writer(base.text, witness.text)
    before: Op = "equal"
    for k, edit in enumerate(edits):
        op, b0, b1, w0, w1 = edit
        if op == "equal":
            _kept(writer, base, witness, edit)
        elif op == "replace":
            # White space that differs before a change is marked with it: one mark, not two.
            same = writer.before(base.start(b0), witness.start(w0))
            if same[0] == same[1]:
                writer.write(base.start(b0), witness.start(w0))
            writer.write(base.end(b1), witness.end(w1))
        elif op == "delete" and k + 1 < len(edits) and edits[k + 1].op == "insert":
            writer.write(base.start(b0), witness.start(w0))
            writer.write(base.end(b1), writer.w)
        elif op == "insert" and before == "delete":
            writer.write(writer.b, witness.end(w1))
        else:
            _one_sided(writer, base, witness, edit)
        before = op
    writer.write(len(base.text), len(witness.text))
    return writer.changes()


def _kept(writer: _Writer, base: Tokens, witness: Tokens, edit: Edit) -> None:
    _, b0, b1, w0, w1 = edit
    first, last = base.start(b0), base.end(b1)
    if base.text[first:last] == witness.text[witness.start(w0) : witness.end(w1)]:
        writer.write(first, witness.start(w0))
        writer.write(last, witness.end(w1))
        return
    for i, j in zip(range(b0, b1), range(w0, w1), strict=True):
        writer.write(base.start(i), witness.start(j))
        writer.write(base.end(i + 1), witness.end(j + 1))


def _one_sided(writer: _Writer, base: Tokens, witness: Tokens, edit: Edit) -> None:
    """Write words that one side alone has, with the white space before or after them that the other side lacks."""
    op, b0, b1, w0, w1 = edit
    here = writer.before(base.start(b0), witness.start(w0))
    text, first, end = (witness, w0, w1) if op == "insert" else (base, b0, b1)
    ahead, beside = (here[1], here[0]) if op == "insert" else here
    behind = text.text[text.end(end) : text.start(end)]
    if beside == behind and (beside != ahead or text.words[first] in ",.;:!?"):
        stop = text.end(end)
    elif beside:
        writer.write(base.start(b0), witness.start(w0))
        stop = text.start(end)
    else:
        stop = text.start(end)
    writer.write(*((writer.b, stop) if op == "insert" else (stop, writer.w)))
