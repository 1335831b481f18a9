"""Other programs on the same texts, each in the way its own documentation shows."""

import difflib
from collections.abc import Sequence

from diff_match_patch import diff_match_patch

from app.collation.text import tokens


def html_diff(base: Sequence[str], witness: Sequence[str]) -> str:
    """Return difflib's table of two lists of paragraphs."""
    return difflib.HtmlDiff(wrapcolumn=80).make_table(base, witness)


def words_by_diff_match_patch(base: str, witness: str) -> list[tuple[int, str]]:
    """Run diff-match-patch's word mode: each distinct word one character, then its own semantic clean-up."""
    program = diff_match_patch()
    program.Diff_Timeout = 0
    known: dict[str, str] = {}
    coded = [
        "".join(known.setdefault(token, chr(0xF0000 + len(known))) for token in tokens.split(text))
        for text in (base, witness)
    ]
    words = {character: token for token, character in known.items()}
    edits = program.diff_main(coded[0], coded[1], False)
    said = [(op, "".join(words[character] for character in run)) for op, run in edits]
    program.diff_cleanupSemantic(said)
    return said


def collatex(base: str, witness: str) -> object:
    """Return CollateX's alignment table of the two texts."""
    from collatex import Collation, collate

    collation = Collation()
    collation.add_plain_witness("base", base)
    collation.add_plain_witness("witness", witness)
    return collate(collation, segmentation=False)
