"""Parse HTML as it comes, within bounds, without entities of its own or the network."""

import re
from urllib.parse import urljoin

from lxml import etree, html
from lxml.html import HtmlElement

_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

_REFERENCE = re.compile(r"&#(?:0{0,8}(?P<code>\d{1,7})|[xX]0{0,8}(?P<hex>[0-9A-Fa-f]{1,6}));?")

_SECTIONS = frozenset("article aside figure footer header main nav section".split())


MAX_ATTRIBUTES = 2_000
"""Attributes of one tag. libxml2 compares each with all before it; pages have some 20."""

_LONG_TAG = re.compile(r"<([a-zA-Z]+)\b[^<>]{4000,}>?")
_REFRESH = re.compile(r"\s*[\d.]{1,9}\s*[;,]\s*url\s*=\s*[\"']?([^\"']{1,2000})", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_QUOTES = (("“", "”"), ("‘", "’"))
"""Around a quotation, and around one in it."""
_ALREADY_QUOTED = "“”„«»‘’\"'「『"
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _bare(tag: re.Match[str]) -> str:
    """Return a tag as it is, or without its attributes where they are more than any page has."""
    return tag[0] if len(_QUOTED.sub(" ", tag[0]).split()) <= MAX_ATTRIBUTES else f"<{tag[1]}>"


def parse(text: str) -> HtmlElement | None:
    """Return the root of the page, which browsers would mend in about the same way; None where there is no element.

    Elements nested deeper than libxml2 allows (some 250) are left out with what is in them.
    """
    # The text is decoded already, so what it says about its encoding must be ignored.
    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
    )
    text = _REFERENCE.sub(_without_controls, _INVALID.sub(" ", text))
    content = _LONG_TAG.sub(_bare, text).strip().encode()
    if not content:
        return None
    try:
        page = html.document_fromstring(content, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    _end_head(page)
    for block in list(page.iter("pre")):
        _part_paragraphs(block)
    for quotation in page.iter("q"):
        _quote(quotation)
    return page


def _without_controls(reference: re.Match[str]) -> str:
    """Return a character reference unchanged; a space if it is a control character that no text has."""
    code = int(reference["code"]) if reference["code"] else int(reference["hex"], 16)
    return " " if code < 0x110000 and _INVALID.match(chr(code)) else reference[0]


def _quote(quotation: HtmlElement) -> None:
    """Put the marks around a quotation that browsers put around it, unless the page has its own."""
    last = quotation[-1] if len(quotation) else None
    ending = quotation.text if last is None else last.tail
    if (quotation.text or "").lstrip()[:1] in tuple(_ALREADY_QUOTED) or not (
        quotation.text or len(quotation)
    ):
        return
    depth = sum(element.tag == "q" for element in quotation.iterancestors())
    opening, closing = _QUOTES[depth % 2]
    quotation.text = f"{opening}{quotation.text or ''}"
    if last is None:
        quotation.text += closing
    else:
        last.tail = f"{ending or ''}{closing}"


def _part_paragraphs(block: HtmlElement) -> None:
    """Split preformatted text into paragraphs, as where browsers show plain texts."""
    parts = [part for part in _BLANK_LINE.split(block.text or "") if part.strip()]
    if len(block) or len(parts) < 2:
        return
    block.tag, block.text = "div", None
    for part in parts:
        etree.SubElement(block, "p").text = part


def onward_address(root: HtmlElement, address: str) -> str:
    """Return the other address to which a page leads on by itself; empty if it leads nowhere."""
    for element in root.iter("meta"):
        if str(element.get("http-equiv", "")).strip().lower() == "refresh":
            match = _REFRESH.match(str(element.get("content", "")))
            target = urljoin(address, match[1].strip()) if match else ""
            if target.startswith(("http://", "https://")) and target != address:
                return target
    return ""


def _end_head(page: HtmlElement) -> None:
    """Move what no head may hold into the body: a page may leave out both tags, and libxml2 knows no ``article``."""
    head, body = page.find("head"), page.find("body")
    if head is None or body is None:
        return
    children = list(head)
    first = next((place for place, child in enumerate(children) if child.tag in _SECTIONS), len(children))
    for place, stray in enumerate(children[first:]):
        body.insert(place, stray)
