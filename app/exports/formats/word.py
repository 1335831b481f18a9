"""A comparison as a Word file with tracked changes: to accept them all gives the witness, to reject them all the base.

What only the base has is deleted, what only the witness has is inserted, paragraph marks too; the text holds nothing
else. Findings and notes are comments.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from app.collation.model import Side
from app.exports.citation import citation_line
from app.exports.formats.word_package import AUTHOR, Comment, Frame, packed, stated_date, word_text
from app.exports.record import ComparisonExport, ExportedRows, heading, is_loud
from app.exports.variants import TextRun, Variants, Whose, variants

_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_STRONG = frozenset(("L", "R", "AL"))


def word_file(export: ComparisonExport) -> bytes:
    """Return the comparison as a Word file (.docx)."""
    # LibreOffice takes two insertions, or two deletions, as one where only a paragraph mark that stays is between them.
    both_texts = variants(export.comparison, shared_breaks=False)
    comments: list[Comment] = []
    marks = _Marks(sum(len(run.text) for run in both_texts.runs) - 1)
    for start, end, comment in _comments(export, both_texts):
        marks.add(start, end, len(comments))
        comments.append(comment)
    body = "".join(_Body(export, marks).paragraphs(both_texts.runs))
    base, witness = export.comparison.base.label, export.comparison.witness.label
    frame = Frame(
        export.title,
        (
            export.title,
            f"Tracked changes: accept all to read {witness}, reject all to read {base}.",
        ),
        (citation_line(export),),
        comments,
        export.made_at,
    )
    return packed(body, frame)


def _comments(export: ComparisonExport, both_texts: Variants) -> Iterator[tuple[int, int, Comment]]:
    """Yield where each comment begins and ends among the characters of the runs, and the comment."""
    rows = ExportedRows(export)
    for row in export.comparison.collation.rows:
        whole = both_texts.place_of_row(row)
        if row.moved and row.base and row.witness:
            other = export.comparison.witness.label
            yield (
                *whole,
                Comment(f"Moved: this paragraph is at another place in {other}.", AUTHOR, export.made_at),
            )
        for remark in rows.remarks_on(row.number):
            yield (
                *whole,
                Comment(f"{remark.status}: {remark.text}", remark.who or "Editor", remark.written_at),
            )
        for number, finding in enumerate(row.findings, 1):
            remarks = rows.remarks_on(row.number, number)
            if not is_loud(finding) and not remarks:
                continue
            place = both_texts.place_of(row, finding)
            link = export.place_link(row.number, number)
            says = f"{heading(finding)}: {finding.says}"
            yield *place, Comment(f"{says}\n{link}" if link else says, AUTHOR, export.made_at)
            for remark in remarks:
                yield (
                    *place,
                    Comment(f"{remark.status}: {remark.text}", remark.who or "Editor", remark.written_at),
                )


class _Marks:
    """Where comments begin and end, at most at the last line feed, since no paragraph follows it."""

    def __init__(self, last: int) -> None:
        self._last = last
        self.starts: defaultdict[int, list[int]] = defaultdict(list)
        self.ends: defaultdict[int, list[int]] = defaultdict(list)
        self._places: set[int] = set()

    def add(self, start: int, end: int, number: int) -> None:
        """Have comment ``number`` begin and end at these characters of the runs."""
        start, end = min(start, self._last), min(end, self._last)
        self.starts[start].append(number)
        self.ends[end].append(number)
        self._places.update((start, end))

    def cuts(self) -> list[int]:
        """Return all these places, in ascending order."""
        return sorted(self._places)

    def at(self, place: int) -> str:
        """Return the XML of the comments that end and begin at a place."""
        ended = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number in self.ends.get(place, ())
        )
        return ended + "".join(
            f'<w:commentRangeStart w:id="{number}"/>' for number in self.starts.get(place, ())
        )


class _Body:
    """Writes runs as paragraphs."""

    def __init__(self, export: ComparisonExport, marks: _Marks) -> None:
        self._sides: dict[Whose, Side] = {
            "base": export.comparison.base,
            "witness": export.comparison.witness,
        }
        self._marks = marks
        self._attributes = f'w:author="{AUTHOR}"{stated_date(export.made_at)}'
        self._id = 0

    def paragraphs(self, runs: tuple[TextRun, ...]) -> Iterator[str]:
        """Yield the XML of each paragraph."""
        ended: dict[Whose, int] = {"base": 0, "witness": 0}
        pieces: list[TextRun | str] = []
        for piece in self._pieces(runs):
            if isinstance(piece, str) or piece.text != "\n":
                pieces.append(piece)
                continue
            yield self._paragraph(pieces, piece.whose, ended)
            pieces = []
            for whose in ("base", "witness") if piece.whose == "both" else (piece.whose,):
                ended[whose] += 1

    def _pieces(self, runs: tuple[TextRun, ...]) -> Iterator[TextRun | str]:
        """Yield the runs cut at line feeds, each a piece of its own, and at comments, whose XML is between them."""
        cuts = iter([*self._marks.cuts(), -1])
        cut = next(cuts)
        place = 0
        for run in runs:
            start = 0
            while start < len(run.text):
                if cut == place:
                    yield self._marks.at(cut)
                    cut = next(cuts)
                line_end = run.text.find("\n", start)
                end = start + 1 if line_end == start else line_end if line_end > start else len(run.text)
                end = min(end, start + cut - place) if cut > place else end
                yield TextRun(run.whose, run.text[start:end])
                place += end - start
                start = end

    def _paragraph(self, pieces: list[TextRun | str], mark: Whose, ended: dict[Whose, int]) -> str:
        runs = [piece for piece in pieces if isinstance(piece, TextRun)]
        whose: Whose = (
            "witness" if {run.whose for run in runs} <= {"witness"} and mark == "witness" else "base"
        )
        side, index = self._sides[whose], ended[whose]
        style = "Heading1" if index == side.headline else "PageExtras" if index in side.furniture else ""
        is_rtl = _direction("".join(run.text for run in runs)) in _RIGHT_TO_LEFT
        properties = [f'<w:pStyle w:val="{style}"/>'] if style else []
        properties += ["<w:bidi/>"] if is_rtl else []
        if mark != "both":
            properties.append(f"<w:rPr>{self._change(mark)}/></w:rPr>")
        head = f"<w:pPr>{''.join(properties)}</w:pPr>" if properties else ""
        content = "".join(
            piece if isinstance(piece, str) else self._run(piece, is_rtl=is_rtl) for piece in pieces
        )
        return f"<w:p>{head}{content}</w:p>"

    def _run(self, run: TextRun, *, is_rtl: bool) -> str:
        element = "delText" if run.whose == "base" else "t"
        text = "<w:tab/>".join(
            f'<w:{element} xml:space="preserve">{word_text(part)}</w:{element}>' if part else ""
            for part in run.text.split("\t")
        )
        rtl = is_rtl and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in run.text)
        written = f"<w:r>{'<w:rPr><w:rtl/></w:rPr>' if rtl else ''}{text}</w:r>"
        if run.whose == "both":
            return written
        return f"{self._change(run.whose)}>{written}</w:{'del' if run.whose == 'base' else 'ins'}>"

    def _change(self, whose: Whose) -> str:
        """Return the start of the tag of a deletion or an insertion, with an id of its own."""
        self._id += 1
        return f'<w:{"del" if whose == "base" else "ins"} w:id="{self._id}" {self._attributes}'


def _direction(text: str) -> str:
    """Return the class of the first character of ``text`` with a direction; empty where none has one."""
    return next((kind for character in text if (kind := unicodedata.bidirectional(character)) in _STRONG), "")
