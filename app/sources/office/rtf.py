"""Read Rich Text Format (.rtf): its text, by paragraphs, in the encodings that its fonts name."""

import re
from dataclasses import dataclass, replace

from app.errors import UnreadableFileError
from app.sources.documents import FILE, DocumentLine, reading_of
from app.sources.model import Field, Reading

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|(?P<line>[\r\n]+)"
)
_SKIPPED = frozenset(
    b"colortbl stylesheet pict object header headerl headerr headerf footer footerl footerr footerf annotation"
    b" atnid atnauthor fldinst themedata datastore listtable listoverridetable rsidtbl generator xmlnstbl mmathPr"
    b" latentstyles filetbl revtbl bkmkstart bkmkend operator company category keywords comment doccomm hlinkbase"
    b" shppict nonshppict private xe tc listtext pntext".split()
)
_SIGNS = {
    b"par": "\n",
    b"line": "\n",
    b"row": "\n",
    b"sect": "\n",
    b"page": "\n",
    b"cell": " | ",
    b"tab": " ",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
}
_BY_CHARSET = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}

FOOTNOTE = "footnote"

MAX_DEPTH = 2_000
"""Groups nested in one another."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    skipped: bool = False
    field: str = ""
    """``title``, ``author`` or ``footnote`` inside these."""
    is_font_table: bool = False
    encoding: str = ""
    """The font's; empty for the document's."""
    fallback: int = 1
    """Characters after a Unicode one that stand for it in older programs."""
    is_hidden: bool = False
    is_deleted: bool = False
    """Whether a change that is tracked took it out."""


def read_rtf(content: bytes) -> Reading:
    """Return the article in an RTF document. Raises UnreadableFileError for one that is damaged or has no text."""
    return _Reader().read(content)


class _Reader:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._fields: dict[str, list[str]] = {"title": [], "author": [], FOOTNOTE: []}
        self._pending = bytearray()  # bytes of characters that may be of several bytes
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._encoding = "cp1252"
        self._state = _State()
        self._left = 0  # characters still to be left out after a Unicode one

    def read(self, content: bytes) -> Reading:
        stack: list[_State] = []
        place = 0
        while match := _TOKEN.match(content, place):
            place = match.end()
            kind = match.lastgroup
            if kind != "hex":
                self._flush()
            if kind == "open":
                stack.append(self._state)
                if len(stack) > MAX_DEPTH:
                    raise UnreadableFileError("This document is damaged.", "Open it, and save it again.")
            elif kind == "close":
                if not stack:
                    break
                self._state = stack.pop()
            elif match["hex"]:
                self._take_byte(int(match["hex"], 16))
            elif match["text"]:
                self._take_text(match["text"])
            elif match["sign"]:
                self._take_sign(match["sign"])
            elif match["word"]:
                number = int(match["number"]) if match["number"] else None
                if match["word"] == b"bin":
                    place += max(0, number or 0)
                else:
                    self._take_word(match["word"], number)
        self._flush()
        text = re.sub(r"(?: \| )+\n", "\n", _joined(self._parts))
        footnotes = _joined(self._fields.pop(FOOTNOTE)).split("\n")
        stated = {name: Field(" ".join(_joined(parts).split()), FILE) for name, parts in self._fields.items()}
        lines = [DocumentLine(line) for line in text.split("\n")]
        lines += [DocumentLine(line, FOOTNOTE) for line in footnotes if line.strip()]
        return reading_of("rtf", lines, **{name: field for name, field in stated.items() if field})

    def _take_word(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word in _SKIPPED:
            self._state = replace(state, skipped=True)
        elif word in (b"title", b"author"):
            self._fields[word.decode()].clear()  # the same again follows in Unicode
            self._state = replace(state, skipped=False, field=word.decode())
        elif word == b"footnote" and not state.skipped:
            self._state = replace(state, field=FOOTNOTE)
            self._add("\n")
        elif word == b"info":
            self._state = replace(state, skipped=True)
        elif word == b"fonttbl":
            self._state = replace(state, skipped=True, is_font_table=True)
        elif word == b"ansicpg" and number:
            self._encoding = {65001: "utf-8", 10000: "mac_roman"}.get(number, f"cp{number}")
        elif word == b"mac":
            self._encoding = "mac_roman"
        elif word == b"f" and number is not None:
            self._font = number
            if not state.is_font_table:
                self._state = replace(state, encoding=self._fonts.get(number, ""))
        elif word == b"fcharset" and number is not None and state.is_font_table:
            if number in _BY_CHARSET and number:
                self._fonts[self._font] = _BY_CHARSET[number]
        elif word == b"v":
            self._state = replace(state, is_hidden=number != 0)
        elif word == b"deleted":
            self._state = replace(state, is_deleted=number != 0)
        elif word == b"plain":
            self._state = replace(state, is_hidden=False, is_deleted=False)
        elif word == b"uc" and number is not None:
            self._state = replace(state, fallback=min(max(number, 0), 10))
        elif word == b"u" and number is not None:
            self._add(chr(number % 65_536))
            self._left = state.fallback
        elif word in _SIGNS:
            self._add(_SIGNS[word])

    def _take_sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._state = replace(self._state, skipped=True)
        elif sign in (b"~", b"_"):
            self._add("\u00a0" if sign == b"~" else "-")
        elif sign in (b"\\", b"{", b"}"):
            self._add(sign.decode())
        elif sign in (b"\r", b"\n"):
            self._add("\n")

    def _take_byte(self, byte: int) -> None:
        if self._left:
            self._left -= 1
        else:
            self._pending.append(byte)

    def _take_text(self, text: bytes) -> None:
        if self._left:
            dropped = min(self._left, len(text))
            self._left -= dropped
            text = text[dropped:]
        self._add(_raw_utf_8(text) or self._decoded(text))

    def _flush(self) -> None:
        if self._pending:
            pending = bytes(self._pending)
            self._pending.clear()
            self._add(self._decoded(pending))

    def _decoded(self, text: bytes) -> str:
        try:
            return text.decode(self._state.encoding or self._encoding, "replace")
        except LookupError:
            return text.decode("cp1252", "replace")

    def _add(self, text: str) -> None:
        if not (self._state.skipped or self._state.is_hidden or self._state.is_deleted):
            (self._fields[self._state.field] if self._state.field else self._parts).append(text)


def _joined(parts: list[str]) -> str:
    """Return the parts as one text. Characters beyond the first 65,536 are written as two halves, each a part."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _raw_utf_8(text: bytes) -> str:
    """Return what is written beyond ASCII without an escape where that is UTF-8, as some programs write; else nothing.

    Whole letters of other encodings hardly ever are UTF-8 from end to end.
    """
    if text.isascii():
        return ""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return ""
