"""Citations of a comparison or an article: as a line, in BibTeX, in CSL-JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.collation.model import Side
from app.exports.escaping import in_one_line, json_bytes
from app.exports.record import NOT_STATED, ArticleExport, ComparisonExport, TextSource, day

PROGRAM = "Variorum"

_TEX = {
    "\\": r"\textbackslash{}",
    # BibTeX counts a brace behind a backslash too, so that “\}” would end the field.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A place in an article."""

    place: str
    """As pages print it, such as ¶6."""
    words: str
    link: str
    """The absolute link to it."""


def citation_line(export: ComparisonExport) -> str:
    """Return the line that cites a comparison: both texts with what is stated of them, the engine, the address."""
    texts = " compared with ".join(_text(side, source) for side, source in export.sides)
    parts = [f"{texts}.", _made(export)]
    parts += [f"Read on {day(export.read_on)}."] if export.read_on else []
    return " ".join(parts)


def provenance_lines(export: ComparisonExport) -> tuple[str, ...]:
    """Return what a print says below a comparison: what made it and when, its address, and where both texts are.

    Each text has the day on which it was saved: a comparison that is not stored was made on no day, and paper has to
    show one.
    """
    sources = (
        f"{letter}: {', '.join(filter(None, (source.url, source.link, _saved(source))))}"
        for letter, (_, source) in zip("AB", export.sides, strict=True)
    )
    return _made(export), *sources


_FULL_STOP = re.compile(r"[.!?…。！？][”’»」』\"')\s]*\Z")
"""The end of a passage that ends its sentence, so that the line needs no other stop."""


def _saved(source: TextSource) -> str:
    return f"saved on {day(source.saved_at.date())}" if source.saved_at else ""


def article_citation(export: ArticleExport, passage: CitedPassage | None = None) -> str:
    """Return the line that cites one article as it is kept here, or a passage of it."""
    stated = (export.title, export.author, export.publisher, export.published_on, export.number)
    words = f", {passage.place}: “{in_one_line(passage.words)}”" if passage else ""
    stop = "" if passage and _FULL_STOP.search(passage.words) else "."
    parts = [f"{_cited(*stated)}{words}{stop}", f"Kept at {passage.link if passage else export.link}."]
    parts += [f"Read on {day(export.read_on)}."] if export.read_on else []
    return " ".join(parts)


def bibtex(export: ComparisonExport) -> bytes:
    """Return the comparison as a BibTeX entry of type ``misc``.

    Its year is the comparison's; the two texts are in its title and note.
    """
    fields = {
        "title": _as_printed(export.title),
        "howpublished": f"{PROGRAM}, engine {_tex(export.comparison.engine)}",
        "year": str(export.made_at.year) if export.made_at else "",
        "month": str(export.made_at.month) if export.made_at else "",
        "url": _address(export.link),
        "urldate": export.read_on.isoformat() if export.read_on else "",
        "note": _tex("; ".join(_text(side, source) for side, source in export.sides)),
    }
    comparison = export.comparison
    return _bibtex(f"variorum-{comparison.base.revision}-{comparison.witness.revision}", fields)


def article_bibtex(export: ArticleExport) -> bytes:
    """Return an article as a BibTeX entry of type ``misc``, with the link to the revision that is kept here."""
    year, _, month_and_day = export.published_on.partition("-")
    fields = {
        "author": _as_printed(export.author) if export.author.strip() else "",
        "title": _as_printed(export.title or "Untitled"),
        "howpublished": _tex(export.publisher),
        "year": year,
        "month": month_and_day[:2].lstrip("0"),
        "url": _address(export.url or export.link),
        "urldate": export.read_on.isoformat() if export.read_on else "",
        "note": f"Revision {export.number}, kept at {_tex(_address(export.link))}",
    }
    return _bibtex(f"variorum-{export.article}-{export.number}", fields)


def article_csl(export: ArticleExport) -> bytes:
    """Return an article as CSL-JSON."""
    item = _csl_item(
        f"variorum-{export.article}-{export.number}",
        export.title,
        export.author,
        export.publisher,
        export.published_on,
        TextSource(export.link, export.url, export.number),
    )
    item["note"] = article_citation(export)
    if export.read_on:
        item["accessed"] = _csl_date(export.read_on)
    return json_bytes([item], indent=1)


def csl_json(export: ComparisonExport) -> bytes:
    """Return the comparison and its two texts as CSL-JSON, which Zotero and other reference managers read."""
    comparison = export.comparison
    item: dict[str, Any] = {
        "id": f"variorum-{comparison.base.revision}-{comparison.witness.revision}",
        "type": "document",
        "title": export.title,
        "publisher": PROGRAM,
        "version": comparison.engine,
        "note": citation_line(export),
    }
    if export.link:
        item["URL"] = export.link
    if export.made_at:
        item["issued"] = _csl_date(export.made_at.date())
    if export.read_on:
        item["accessed"] = _csl_date(export.read_on)
    return json_bytes([item, *(_csl_text(*side) for side in export.sides)], indent=1)


def _made(export: ComparisonExport) -> str:
    made = f", {day(export.made_at.date())}" if export.made_at else ""
    link = f" {export.link}." if export.link else ""
    return f"{PROGRAM}, engine {export.comparison.engine}{made}.{link}"


def _bibtex(key: str, fields: Mapping[str, str]) -> bytes:
    written = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{written}\n}}\n".encode()


def _csl_text(side: Side, source: TextSource) -> dict[str, Any]:
    return _csl_item(side.revision, side.title, side.author, side.publisher, side.published_on, source)


def _csl_item(
    id: str, title: str, author: str, publisher: str, published_on: str, source: TextSource
) -> dict[str, Any]:
    item: dict[str, Any] = {"id": id, "type": "article-newspaper", "title": in_one_line(title)}
    if author:
        item["author"] = [{"literal": in_one_line(author)}]
    if publisher:
        item["container-title"] = in_one_line(publisher)
    if published_on:
        item["issued"] = _csl_date(date.fromisoformat(published_on))
    if source.url:
        item["URL"] = source.url
    if source.link:
        item["archive_location"] = source.link
    if source.number:
        item["version"] = str(source.number)
    return item


def _csl_date(value: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[value.year, value.month, value.day]]}


def _text(side: Side, source: TextSource) -> str:
    return _cited(side.title, side.author, side.publisher, side.published_on, source.number)


def _cited(title: str, author: str, publisher: str, published_on: str, number: int | None) -> str:
    """Return one text as it is cited."""
    facts = [
        in_one_line(author) or f"author {NOT_STATED}",
        in_one_line(publisher) or f"publisher {NOT_STATED}",
        day(published_on) or f"date {NOT_STATED}",
    ]
    facts += [f"revision {number}"] if number else []
    return f"“{in_one_line(title) or 'Untitled'}” ({', '.join(facts)})"


def _tex(text: str) -> str:
    """Return ``text`` in one line, as TeX prints it."""
    return "".join(_TEX.get(character, character) for character in in_one_line(text))


def _as_printed(text: str) -> str:
    """Return ``text`` for TeX, in braces of its own: no style makes its capitals small or parts it into names."""
    return f"{{{_tex(text)}}}"


def _address(link: str) -> str:
    """Return an address in which no brace or backslash can end the field."""
    return re.sub(r"[{}\\\s]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), link)
