"""A comparison as TEI P5: both texts in one, parallel segmentation, an ``app`` wherever they differ.

Each text is rebuilt by reading, of every ``app``, its own ``rdg`` alone: a ``p`` that ends, or a ``milestone`` of a
paragraph inside a ``rdg``, ends a paragraph. A character that XML forbids is a ``g`` that names its code point.
"""

from collections.abc import Iterator

from app.collation.model import Side
from app.exports.citation import citation_line
from app.exports.escaping import FORBIDDEN, escaped, web_address, xml_escaped
from app.exports.record import ComparisonExport, TextSource, heading, is_loud
from app.exports.variants import TextRun, places, variants

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_PARAGRAPH = '<milestone unit="paragraph"/>'


def tei_file(export: ComparisonExport) -> bytes:
    """Return the comparison as a TEI document."""
    return "".join(_document(export)).encode()


def _document(export: ComparisonExport) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<TEI xmlns="{NAMESPACE}">\n<teiHeader>\n<fileDesc>\n'
    yield f"<titleStmt><title>{escaped(export.title)}</title></titleStmt>\n"
    yield f"<publicationStmt><p>{escaped(citation_line(export))}</p></publicationStmt>\n"
    yield "<sourceDesc><listWit>\n"
    for name, (side, source) in zip(("base", "witness"), export.sides, strict=True):
        yield _witness(name, side, source)
    yield "</listWit></sourceDesc>\n</fileDesc>\n<encodingDesc>"
    yield '<variantEncoding method="parallel-segmentation" location="internal"/>'
    yield f'<appInfo><application ident="variorum" version="{escaped(export.comparison.engine)}">'
    yield "<label>Variorum, collation engine</label></application></appInfo></encodingDesc>\n</teiHeader>\n"
    yield "<text><body>"
    yield from _body(variants(export.comparison).runs)
    yield "</body>"
    yield from _findings(export)
    yield "</text>\n</TEI>\n"


def _witness(name: str, side: Side, source: TextSource) -> str:
    facts = [f"<title>{escaped(side.title)}</title>"]
    facts += [f"<author>{escaped(side.author)}</author>"] if side.author else []
    facts += [f"<publisher>{escaped(side.publisher)}</publisher>"] if side.publisher else []
    if side.published_on:
        facts.append(f'<date when="{escaped(side.published_on)}">{escaped(side.published_on)}</date>')
    facts += [f'<ref target="{escaped(link)}"/>' for link in (source.url, source.link) if web_address(link)]
    return f'<witness xml:id="{name}" n="{escaped(side.label)}"><bibl>{"".join(facts)}</bibl></witness>\n'


def _body(runs: tuple[TextRun, ...]) -> Iterator[str]:
    """Yield the paragraphs; white space in them is the texts' own."""
    yield "<p>"
    *before, last = places(runs)
    for place in before:
        if place.is_shared:
            yield "</p>\n<p>".join(map(exact, place.base.split("\n")))
            continue
        yield "<app>"
        for name, text in (("base", place.base), ("witness", place.witness)):
            reading = _PARAGRAPH.join(map(exact, text.split("\n")))
            yield f'<rdg wit="#{name}">{reading}</rdg>' if reading else f'<rdg wit="#{name}"/>'
        yield "</app>"
    # The last line feed of all ends the last paragraph.
    yield "</p>\n<p>".join(map(exact, last.base.split("\n"))).removesuffix("\n<p>")


def _findings(export: ComparisonExport) -> Iterator[str]:
    notes = [
        f'<note type="finding" subtype="{finding.kind}" n="{row.number}.{number}">'
        f"{escaped(f'{heading(finding)}: {finding.says}')}</note>\n"
        for row in export.comparison.collation.rows
        for number, finding in enumerate(row.findings, 1)
        if is_loud(finding)
    ]
    if notes:
        yield f'\n<back><div type="findings"><p>\n{"".join(notes)}</p></div></back>'


def exact(text: str) -> str:
    r"""Return ``text`` so that nothing of it is lost: what XML forbids becomes an element.

    >>> exact("a\x01<")
    'a<g n="U+0001"/>&lt;'
    """
    parts = FORBIDDEN.split(text)
    return "".join(
        f'<g n="U+{ord(part):04X}"/>' if number % 2 else xml_escaped(part)
        for number, part in enumerate(parts)
    )
