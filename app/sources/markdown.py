"""Read Markdown: marks, front matter and entities are interpreted, not kept."""

import html
import re
from collections.abc import Iterator
from itertools import takewhile

from app.sources.documents import FILE, DocumentLine
from app.sources.model import Field

_FRONT_MATTER = re.compile(
    r"\A\ufeff?(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<lines>(?:.*\r?\n){1,200}?)(?P=mark)[ \t]*(?:\r?\n|\Z)"
)
_STATED = re.compile(r"(?P<name>[\w-]+)\s*[:=]\s*(?P<value>.*)")
_BELOW = re.compile(r"[>|]?[+-]?\d?")
"""What YAML writes in place of a value that is in the lines below."""
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_FENCE = re.compile(r"(?:```|~~~)")
_ITEM = re.compile(r"(?:[*+-]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_DEFINITION = re.compile(r"\[[^\]^][^\]]{0,200}\]:\s*\S+")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?\Z")
_IMAGE = re.compile(
    r"!\[(?P<text>[^\]]{0,500})\](?:\([^()\s]*(?:[ \t]+[\"'][^\"']*[\"'])?\)|\[[^\]]{0,200}\])"
)
_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]{1,1000})\](?:\((?:[^()\s]|\([^()]*\))*(?:[ \t]+[\"'][^\"']*[\"'])?\)|\[[^\]]{0,200}\])"
)
_AUTOLINK = re.compile(r"<(?P<text>https?://[^>\s]+|[\w.+-]+@[\w.-]+)>")
_FOOTNOTE = re.compile(r"\[\^[^\]]{1,60}\]:?")
_MARKS = tuple(
    (
        re.compile(rf"(?<![\w\\{sign}]){re.escape(sign * count)}(?=[^\s{sign}])"),
        re.compile(rf"(?<=[^\s\\{sign}]){re.escape(sign * count)}(?![\w{sign}])"),
    )
    for sign, counts in (("*", (3, 2, 1)), ("_", (3, 2, 1)), ("~", (2,)))
    for count in counts
)
"""What opens and what closes emphasis; each is taken away where there are as many of both."""
_CODE = re.compile(r"(?P<mark>`{1,4})(?P<text>[^`]{1,1000})(?P=mark)")
_ESCAPE = re.compile(r"\\(?P<text>[\\`*_{}\[\]()#+.!|~>-])")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]{0,500})?/?>|<!--.{0,2000}?-->", re.DOTALL)

_NAMES = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "date": "published_on",
    "published": "published_on",
    "publisher": "publisher",
    "source": "publisher",
    "url": "address",
    "link": "address",
    "canonical": "address",
    "lang": "language",
    "language": "language",
}


def read_lines(text: str) -> tuple[list[DocumentLine], dict[str, Field]]:
    """Return the paragraphs of a Markdown text, lines that belong together joined, and what its front matter states."""
    stated: dict[str, Field] = {}
    if match := _FRONT_MATTER.match(text):
        stated = _stated(match["lines"])
        text = text[match.end() :]
    return _Blocks().read(_TAG.sub(" ", text)), stated


class _Blocks:
    def __init__(self) -> None:
        self._lines: list[DocumentLine] = []
        self._open: list[str] = []

    def read(self, text: str) -> list[DocumentLine]:
        fenced = False
        for raw in text.splitlines():
            line = re.sub(r"\A(?:[ \t]*>)+[ \t]?", "", raw).strip()
            if _FENCE.match(line):
                fenced = not fenced
                self._close()
            elif fenced:
                self._add(line, "")
            elif not line or (_RULE.match(line) and not (self._open and _UNDERLINE.match(line))):
                self._close()
            elif self._open and _UNDERLINE.match(line):
                self._close("title" if line[0] == "=" else "heading")
            elif match := _HEADING.match(line):
                self._close()
                self._add(plain(match["text"]), "title" if len(match["marks"]) == 1 else "heading")
            elif _DEFINITION.match(line) or _TABLE_RULE.match(line):
                self._close()
            elif _ITEM.match(line):
                self._close()
                self._open.append(_ITEM.sub("", line, count=1))
            elif line.startswith("|"):
                self._close()
                self._add(" | ".join(plain(cell.strip()) for cell in line.strip("|").split("|")), "")
            else:
                hard_break = raw.endswith("  ") or line.endswith("\\")
                self._open.append(line.removesuffix("\\").rstrip() if hard_break else line)
        self._close()
        return self._lines

    def _close(self, kind: str = "") -> None:
        if self._open:
            self._add(plain(" ".join(self._open)), kind)
            self._open.clear()

    def _add(self, text: str, kind: str) -> None:
        if text.strip():
            self._lines.append(DocumentLine(text.strip(), kind))


def plain(text: str) -> str:
    """Return a line without Markdown's marks, and with HTML's entities as characters.

    >>> plain("He *did* **come** to [Oslo](https://a.example), `so` 5 \\\\* 3 &amp; snake_case_name")
    'He did come to Oslo, so 5 * 3 & snake_case_name'
    """
    codes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        codes.append(match["text"])
        return f"\x00{len(codes) - 1}\x00"

    text = _CODE.sub(keep, _ESCAPE.sub(keep, text)) if "`" in text or "\\" in text else text
    text = _IMAGE.sub("", text)
    text = _AUTOLINK.sub(r"\g<text>", _LINK.sub(r"\g<text>", text))
    text = _FOOTNOTE.sub("", text)
    for opening, closing in _MARKS:
        if 0 < len(opening.findall(text)) == len(closing.findall(text)):
            text = closing.sub("", opening.sub("", text))
    text = html.unescape(text)
    return re.sub("\x00(\\d+)\x00", lambda match: codes[int(match[1])], text)


def _stated(front_matter: str) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for name, value in _values(front_matter):
        value = re.sub(r"[\"']?,\s*[\"']?", ", ", value) if name == "author" else value
        value = value[:10] if name == "published_on" else value
        if (
            value
            and name not in fields
            and (name != "published_on" or re.fullmatch(r"\d{4}-\d\d-\d\d", value))
        ):
            fields[name] = Field(value, FILE)
    return fields


def _values(front_matter: str) -> Iterator[tuple[str, str]]:
    """Yield the field and the value of each line that states one, with the lines below that belong to it."""
    lines = front_matter.splitlines()
    for place, line in enumerate(lines):
        match = _STATED.match(line)
        name = _NAMES.get(match["name"].lower()) if match else None
        if not match or not name:
            continue
        value = match["value"].strip()
        if _BELOW.fullmatch(value):
            below = list(takewhile(lambda each: each[:1] in (" ", "\t", "-"), lines[place + 1 :]))
            items = [each.strip().removeprefix("- ").strip().strip("\"'") for each in below]
            value = (", " if below and below[0].lstrip().startswith("- ") else " ").join(filter(None, items))
        yield name, value.strip("[]").strip("\"'").strip()
