"""The addresses of paragraphs in all their wordings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from app import permalinks

Sort = Literal["serious", "date", "alike"]
SORTS: dict[Sort, str] = {"serious": "Most serious", "date": "Date", "alike": "Most alike"}
"""Orders of the wordings, each with its name on pages."""

MAX_PHRASE_CHARS = 300
"""Characters of a phrase that are read."""


@dataclass(frozen=True, slots=True)
class SynopsisAddress:
    """What a reader chose: which texts, which phrase, how it is shown."""

    story: str
    base: str = ""
    """An article or a revision; empty for the one that the story is seen from by default."""
    texts: tuple[str, ...] = ()
    """The revisions that a link names, the base's first; empty for the story as it is now."""
    quoting: tuple[str, ...] = ()
    """Further revisions that the link names, which only quote the same words."""
    number: str = ""
    """The paragraph, as printed; empty for all of them."""
    paragraph: str = ""
    """Where all are shown: the one that the phrase is in."""
    phrase: str = ""
    start: int | None = None
    """Where the phrase begins, in code points of the paragraph; None for its first occurrence."""
    sort: Sort = "serious"
    is_whole: bool = False
    """Whether wordings are shown whole, not only where they differ."""
    part: int = 1
    """Where all are shown: the paragraph, counting from 1, that the part begins with."""

    @property
    def path(self) -> str:
        """The path with its query."""
        return f"{permalinks.paragraphs_path(self.story, self.number)}{self._query}"

    @property
    def json_path(self) -> str:
        """The same as a document."""
        return f"{permalinks.paragraphs_path(self.story, self.number)}.json{self._query}"

    @property
    def _query(self) -> str:
        query = urlencode(self._given)
        return f"?{query}" if query else ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The parameters, without the phrase: what a form that asks for one sends along."""
        return replace(self, paragraph="", phrase="", start=None)._given

    @property
    def _given(self) -> tuple[tuple[str, str], ...]:
        values = (
            ("texts", ".".join(self.texts)),
            ("quoting", ".".join(self.quoting)),
            ("base", "" if self.texts else self.base),
            ("from", str(self.part) if self.part > 1 and not self.number else ""),
            ("paragraph", "" if self.number else self.paragraph),
            ("phrase", self.phrase),
            ("start", "" if self.start is None else str(self.start)),
            ("sort", "" if self.sort == "serious" else self.sort),
            ("show", "whole" if self.is_whole else ""),
        )
        return tuple((name, value) for name, value in values if value)

    def of_paragraph(self, number: str) -> "SynopsisAddress":
        """Return the address of another paragraph, without a phrase."""
        return replace(self, number=number, paragraph="", phrase="", start=None, part=1)

    def of_all(self) -> "SynopsisAddress":
        """Return the address of the base as one text."""
        return replace(self.of_paragraph(""), sort="serious", is_whole=False)

    def with_base(self, base: str, number: str) -> "SynopsisAddress":
        """Return the address of a paragraph of another base, in the story as it is now."""
        return replace(self.of_paragraph(number), base=base, texts=(), quoting=())

    def with_phrase(self, paragraph: str, text: str, start: int, end: int) -> "SynopsisAddress":
        """Return the address of the words ``text[start:end]`` of a paragraph."""
        phrase = text[start:end]
        is_first = text.find(phrase) == start
        return replace(
            self,
            paragraph="" if self.number else paragraph,
            phrase=phrase[:MAX_PHRASE_CHARS],
            start=None if is_first else start,
        )


def synopsis_address(story: str, number: str, query: Mapping[str, str]) -> SynopsisAddress:
    """Return what the address of a page asks for; unknown values give the default.

    >>> address = synopsis_address("s", "4", {"phrase": " put  pressure on", "sort": "date", "start": "x"})
    >>> address.phrase, address.sort, address.start, address.path
    ('put pressure on', 'date', None, '/stories/s/paragraphs/4?phrase=put+pressure+on&sort=date')
    """
    sort = query.get("sort", "")
    return SynopsisAddress(
        story=story,
        base=query.get("base", ""),
        texts=_revisions(query.get("texts", "")),
        quoting=_revisions(query.get("quoting", "")) if query.get("texts") else (),
        number="H" if number == "headline" else number,
        paragraph=query.get("paragraph", "")[:10],
        phrase=" ".join(query.get("phrase", "")[: 2 * MAX_PHRASE_CHARS].split())[:MAX_PHRASE_CHARS],
        start=permalinks.number(query.get("start", "")),
        sort=next((known for known in SORTS if known == sort), "serious"),
        is_whole=query.get("show") == "whole",
        part=max(1, permalinks.number(query.get("from", "")) or 1),
    )


def _revisions(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split(".") if part)
