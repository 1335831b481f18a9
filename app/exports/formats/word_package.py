"""The parts of a Word file around its text (ECMA-376, Office Open XML), as a zip of the same bytes each time."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.exports.escaping import cleaned, xml_escaped

AUTHOR = "Variorum"

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "settings", "comments", "header", "footer")

_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{part}+xml"/>' for part in _PARTS)
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="document" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="{part}" Type="{_RELATIONS}/{part}" Target="{part}.xml"/>' for part in _PARTS
    )
    + "</Relationships>"
)
_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
_STYLES = (
    f"<w:styles {NAMESPACES}>"
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:b/><w:bCs/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="PageExtras"><w:name w:val="Page extras"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:color w:val="666666"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>'
    '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
    "</w:styles>"
)


class Comment(NamedTuple):
    """A comment in the margin."""

    text: str
    author: str = AUTHOR
    written_at: datetime | None = None


class Frame(NamedTuple):
    """What is around the text: on each page above and below it, in the margin, in the file's properties."""

    title: str
    above: Sequence[str]
    below: Sequence[str]
    comments: Sequence[Comment]
    made_at: datetime | None


def packed(body: str, frame: Frame) -> bytes:
    """Return a Word file of ``body``, the XML of its paragraphs."""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1700" w:right="1134" w:bottom="1700" w:left="1134" '
        'w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE_RELATIONS,
        "docProps/core.xml": _core(frame),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLES,
        "word/settings.xml": _SETTINGS,
        "word/comments.xml": _comments(frame.comments),
        "word/header.xml": f"<w:hdr {NAMESPACES}>{''.join(map(_small, frame.above))}</w:hdr>",
        "word/footer.xml": f"<w:ftr {NAMESPACES}>{''.join(map(_small, frame.below))}</w:ftr>",
    }
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = ZipInfo(name)  # of 1980, so that the same comparison is the same file
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, (_XML + content).encode())
    return file.getvalue()


def word_text(text: str) -> str:
    """Return ``text`` for an element or attribute of a Word file."""
    return xml_escaped(cleaned(text)).replace('"', "&quot;")


def stated_date(moment: datetime | None) -> str:
    """Return the attribute that dates a change or a comment; empty where no time is known."""
    return f' w:date="{moment:%Y-%m-%dT%H:%M:%SZ}"' if moment else ""


def _small(text: str) -> str:
    return (
        '<w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr><w:r>'
        f'<w:t xml:space="preserve">{word_text(text)}</w:t></w:r></w:p>'
    )


def _comments(comments: Sequence[Comment]) -> str:
    written = []
    for number, comment in enumerate(comments):
        paragraphs = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{word_text(line)}</w:t></w:r></w:p>'
            for line in comment.text.splitlines() or [""]
        )
        written.append(
            f'<w:comment w:id="{number}" w:author="{word_text(comment.author)}"{stated_date(comment.written_at)} '
            f'w:initials="{word_text(comment.author[:1])}">{paragraphs}</w:comment>'
        )
    return f"<w:comments {NAMESPACES}>{''.join(written)}</w:comments>"


def _core(frame: Frame) -> str:
    made = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{frame.made_at:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>'
        if frame.made_at
        else ""
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{word_text(frame.title)}</dc:title><dc:creator>{AUTHOR}</dc:creator>{made}</cp:coreProperties>"
    )
