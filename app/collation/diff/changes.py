"""From edits of tokens to changes in code points, white space given to one side or the other."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add

from app.collation.diff.edits import TokenEdit
from app.collation.model import Change, Op
from app.collation.text import tokens
from app.collation.text.normalization import DOUBLE_QUOTES, SINGLE_QUOTES, typographic_form, without_commas


class Tokens:
    """A text's tokens except white space, with the start and end of each.

    ``starts[i]`` is where token ``i`` starts, and past the last the text's end; ``ends[i]`` is where the token before
    it ends, and before the first 0.
    """

    __slots__ = ("ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        pieces = tokens.spaced(text)
        words = list(map(str.rstrip, pieces))
        starts = list(accumulate(map(len, pieces), initial=0))
        ends = list(map(add, starts, map(len, words)))
        if not all(words):  # runs of white space
            filled = [i for i, word in enumerate(words) if word]
            words, ends = [words[i] for i in filled], [ends[i] for i in filled]
            starts = [*(starts[i] for i in filled), len(text)]
        self.text, self.words, self.starts, self.ends = text, words, starts, [0, *ends]


def typographic(base: str, witness: str, before: str) -> bool:
    """Return whether two parts of the texts differ in typography alone; ``before`` is the characters that precede them.

    A capital letter or a comma alone is typography too: house style, which changes no word.
    After a digit a single and a double mark may be feet and inches, or minutes and seconds: these differ in meaning.
    """
    # The first characters that differ, or having letters at all, settle most changes.
    if not base or not witness:
        text = base or witness
        if text.isascii() and not text.replace(",", " ").isspace():
            return False
    elif (
        (base[0] + witness[0]).isascii()
        and base[0].isalnum()
        and witness[0].isalnum()
        and base[0].lower() != witness[0].lower()
    ):
        return False
    elif base.isascii() and witness.isascii():
        first, second = next(
            ((a, b) for a, b in zip(base.lower(), witness.lower(), strict=False) if a != b), ("", "")
        )
        if first.isalnum() and second.isalnum():
            return False
    if _spoken_form(base) != _spoken_form(witness):
        return False
    if base and witness and any(map(str.isdigit, before)):
        marks = (base[0] in SINGLE_QUOTES, base[0] in DOUBLE_QUOTES)
        return marks != (witness[0] in DOUBLE_QUOTES, witness[0] in SINGLE_QUOTES) or marks == (False, False)
    return True


def _spoken_form(text: str) -> str:
    return typographic_form(without_commas(text)).casefold()


class _Writer:
    """Writer of changes, each starting where the last one ended."""

    def __init__(self, base: str, witness: str) -> None:
        self.base, self.witness = base, witness
        self.b = self.w = 0
        self.written: list[tuple[Op, int, int, bool]] = []
        """The operation, the end on both sides and whether it is typography, of each change."""

    def write(self, b: int, w: int) -> None:
        """Add what reaches to ``b`` and ``w``: equal, typography, or a change, as the characters say."""
        if b == self.b and w == self.w:
            return
        base_part, witness_part = self.base[self.b : b], self.witness[self.w : w]
        op: Op
        if base_part == witness_part:
            op, quiet = "equal", False
        else:
            quiet = typographic(
                base_part, witness_part, self.base[self.b - 1 : self.b] + self.witness[self.w - 1 : self.w]
            )
            op = "insert" if not base_part else "replace" if witness_part else "delete"
        if self.written and self.written[-1][3] == quiet and (quiet or self.written[-1][0] == op):
            # Marks of typography that touch are one, such as a dash and the spaces around it.
            self.written.pop()
            if quiet:
                _, from_b, from_w, _ = self.written[-1] if self.written else ("equal", 0, 0, False)
                op = "insert" if from_b == b else "delete" if from_w == w else "replace"
        self.b, self.w = b, w
        self.written.append((op, b, w, quiet))

    def keeps(self, b: int, w: int) -> bool:
        """Add what reaches to ``b`` and ``w`` if it is the very same on both sides; return whether it is."""
        if self.base[self.b : b] != self.witness[self.w : w]:
            return False
        if self.written and self.written[-1][0] == "equal":
            self.written.pop()
        self.b, self.w = b, w
        self.written.append(("equal", b, w, False))
        return True

    def before(self, b: int, w: int) -> tuple[str, str]:
        """Return the texts from here up to ``b`` and ``w``."""
        return self.base[self.b : b], self.witness[self.w : w]

    def changes(self) -> tuple[Change, ...]:
        """Return the changes written so far."""
        out = []
        b = w = 0
        for op, end_b, end_w, quiet in self.written:
            out.append(Change(op, (b, end_b), (w, end_w), quiet))
            b, w = end_b, end_w
        return tuple(out)


def changes(base: Tokens, witness: Tokens, edits: Sequence[TokenEdit]) -> tuple[Change, ...]:
    """Return the changes that the edits make, each text covered from end to end."""
    writer = _Writer(base.text, witness.text)
    before: Op = "equal"
    for k, edit in enumerate(edits):
        op, b0, b1, w0, w1 = edit
        if op == "equal":
            _kept(writer, base, witness, edit)
        elif op == "replace" or (op == "delete" and k + 1 < len(edits) and edits[k + 1].op == "insert"):
            # White space that differs before a change is marked with it: one mark, not two.
            witness_start = w0 if op == "replace" else edits[k + 1].witness
            same = writer.before(base.starts[b0], witness.starts[witness_start])
            if same[0] == same[1]:
                writer.write(base.starts[b0], witness.starts[witness_start])
            writer.write(base.ends[b1], witness.ends[w1] if op == "replace" else writer.w)
        elif op == "insert" and before == "delete":
            writer.write(writer.b, witness.ends[w1])
        else:
            _one_sided(writer, base, witness, edit)
        before = op
    writer.write(len(base.text), len(witness.text))
    return writer.changes()


def _kept(writer: _Writer, base: Tokens, witness: Tokens, edit: TokenEdit) -> None:
    _, b0, b1, w0, w1 = edit
    if writer.keeps(base.ends[b1], witness.ends[w1]):
        return
    writer.write(base.starts[b0], witness.starts[w0])
    if writer.keeps(base.ends[b1], witness.ends[w1]):
        return
    before = b0
    by = w0 - b0
    for i in (*(i for i in range(b0, b1) if base.words[i] != witness.words[i + by]), b1):
        _same_words(writer, base, witness, before, i, by)
        if i < b1:
            writer.write(base.starts[i], witness.starts[i + by])
            writer.write(base.ends[i + 1], witness.ends[i + 1 + by])
        before = i + 1


def _same_words(writer: _Writer, base: Tokens, witness: Tokens, start: int, end: int, by: int) -> None:
    """Write tokens that are the same on both sides, whose white space may differ."""
    if start == end:
        return
    writer.write(base.starts[start], witness.starts[start + by])
    if (
        base.text[base.starts[start] : base.ends[end]]
        != witness.text[witness.starts[start + by] : witness.ends[end + by]]
    ):
        for i in range(start, end):
            writer.write(base.starts[i], witness.starts[i + by])
            writer.write(base.ends[i + 1], witness.ends[i + 1 + by])
    writer.write(base.ends[end], witness.ends[end + by])


def _one_sided(writer: _Writer, base: Tokens, witness: Tokens, edit: TokenEdit) -> None:
    """Write words that one side alone has, with the white space before or after them that the other side lacks."""
    op, b0, b1, w0, w1 = edit
    spaces = writer.before(base.starts[b0], witness.starts[w0])
    text, first, end = (witness, w0, w1) if op == "insert" else (base, b0, b1)
    ahead, beside = (spaces[1], spaces[0]) if op == "insert" else spaces
    behind = text.text[text.ends[end] : text.starts[end]]
    stop = text.starts[end]
    if beside == behind and (beside != ahead or text.words[first] in ",.;:!?"):
        stop = text.ends[end]
    elif beside == ahead:
        writer.write(base.starts[b0], witness.starts[w0])
    elif beside:
        # White space of another kind gives way to the words: one mark for both.
        writer.write(base.starts[b1], witness.starts[w1])
        return
    writer.write(*((writer.b, stop) if op == "insert" else (stop, writer.w)))
