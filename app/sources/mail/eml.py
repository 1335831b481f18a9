"""Read an e-mail (.eml): its text, with subject, sender and day as title, author and day."""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from email.utils import parseaddr, parsedate_to_datetime

from app.collation.text import paragraphs
from app.errors import UnreadableFileError
from app.sources.documents import DocumentLine, reading_of
from app.sources.encodings.read import mended, read_text
from app.sources.html.texts import size
from app.sources.mail.mime import MAX_DEPTH, MimePart, attached_messages, leaves
from app.sources.model import Block, Field, Reading

E_MAIL = "e-mail"

MAX_TEXT_BYTES = 5_000_000
"""Bytes of one part's text that are read."""

MIN_TIMES_LONGER = 3
"""How many times as many words as an e-mail itself one attached to it must have, to be what it was sent for."""

_FORWARD = re.compile(r"\A(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_MBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")
_MBOX_NEXT = re.compile(rb"(?<=\n)\r?\n(?=From [^\r\n]{1,200} (?:19|20)\d\d\r?\n[A-Za-z-]{1,60}: )")
"""Between two e-mails of one file: an empty line, and a line that says from whom and when the next came."""
_SEALED = (
    "multipart/encrypted",
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "application/pgp-encrypted",
)
_PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"
_TAG = re.compile(r"<[^<>]{0,2000}>")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_FORWARDED = re.compile(
    r"^(-{3,} ?[^\n-]{5,60} ?-{3,}\n+(?:[^\n:]{1,30}:[^\n]*\n)+"
    r"|(?=(?:[^\n]*\n){0,3}[^\n]*@)(?:\*?[^\n:*]{1,20}:\*?[ \t][^\n]*\n){3,10}(?=\s*\n))",
    re.MULTILINE,
)
"""The head of a mail that was sent on, under a line that says so, or lines that are one, with an address in one."""
_FORWARDED_IN_LINE = re.compile(r"[^\s:]{1,12}\s?:\s(?=.*\S@\S)(?:.{1,300}?\s[^\s:]{1,12}\s?:\s){2,}")
"""The same in a page, where it is one paragraph."""
_LIST_NOTE = re.compile(
    r"\b(?:you(?:['’]re| are) receiving this|you (?:have )?received this|view (?:this |it |the )?(?:\S+ )?(?:in|on) "
    r"(?:your |a |the )?(?:web ?)?(?:browser|page)|unsubscribe|(?:update|manage) (?:your )?(?:e-?mail )?preferences"
    r"|no longer wish to receive|sie erhalten diese|abmelden|abbestellen|vous recevez ce|désabonner|désinscrire"
    r"|recibes? este|darse de baja|ricevi questa|disiscriviti)\b",
    re.IGNORECASE,
)
MAX_FOOT_LINES = 10
"""Lines at the end of a letter to many among which its foot begins."""

MAX_LIST_NOTE_WORDS = 45
"""Words of the longest line that says why a letter to many came, and how it ends."""
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


def read_eml(content: bytes, address: str = "") -> Reading:
    """Return the text of an e-mail, or of one attached to it. Raises UnreadableFileError where it holds none."""
    content = content.lstrip()
    first, *others = _MBOX_NEXT.split(content) if _MBOX_LINE.match(content) else [content]
    reading = _read(_MBOX_LINE.sub(b"", first), address)
    if not others:
        return reading
    note = f"This file holds {len(others) + 1:,} e-mails, of which the first was read. Bring the others by themselves."
    return replace(reading, notes=(*reading.notes, note))


def _read(content: bytes, address: str, depth: int = 0) -> Reading:
    message, parts = leaves(content)
    place = next(attached_messages(message), None) if depth < MAX_DEPTH else None
    if place is not None:
        with suppress(UnreadableFileError):
            sent_on = _read(content[slice(*place)], address, depth + 1)
            own = sum(_words(part) for part in parts if part.start < place[0])
            if sum(map(size, sent_on.paragraphs)) > MIN_TIMES_LONGER * own:
                remark = "It was attached to an e-mail that says little itself."
                return replace(sent_on, notes=(*sent_on.notes, remark))
    shown = [part for part in parts if "attachment" not in part.header("Content-Disposition").lower()]
    html = next((part for part in shown if part.type == "text/html"), None)
    plain = next((part for part in shown if part.type in ("text/plain", "text/enriched")), None)
    stated = _stated(message)
    attached = [_attached_name(part) for part in parts if part is not html and part is not plain]
    names = ", ".join(name for name in attached if name)
    note = (
        (f"What is attached to this e-mail was not read: {names}. Bring it as a file of its own.",)
        if names
        else ()
    )
    reading = None
    if html is not None:
        reading = _from_html(html, address, plain is not None)
    if reading is None and plain is not None:
        with suppress(UnreadableFileError) if names else nullcontext():
            reading = _from_plain(plain, stated["title"])
    if reading is None and any(part.type in _SEALED for part in (message, *parts)):
        raise _sealed()
    if reading is None:
        raise UnreadableFileError(
            "There is no text in this e-mail." + (f" Attached to it: {names}." if names else ""),
            "Bring what is attached as a file of its own." if names else "Choose another, or paste the text.",
        )
    fields = {name: field for name, field in stated.items() if field}
    title = fields.get("title", reading.title)
    blocks = tuple(
        block
        for block in _without_frame(reading.blocks)
        if paragraphs.headline(title.value, [block.text]) is None
    )
    return Reading(
        format="eml",
        encoding=reading.encoding,
        blocks=blocks if any(not block.is_extra for block in blocks) else reading.blocks,
        title=title,
        publisher=reading.publisher,
        author=fields.get("author", reading.author),
        published_on=fields.get("published_on", reading.published_on),
        language=reading.language,
        address=reading.address,
        notes=(*reading.notes, *note),
    )


def _without_frame(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, those as extras that are the head of a mail sent on, or say why a letter to many came."""
    is_note = [
        size(block.text) <= MAX_LIST_NOTE_WORDS and bool(_LIST_NOTE.search(block.text)) for block in blocks
    ]
    foot = max(len(blocks) // 2, len(blocks) - MAX_FOOT_LINES)
    ends = [place for place, note in enumerate(is_note) if note and place >= foot]
    for place, block in enumerate(blocks):
        if block.is_extra:
            yield block
        elif _FORWARDED_IN_LINE.match(block.text) and size(block.text) <= 2 * MAX_LIST_NOTE_WORDS:
            yield replace(block, is_extra=True, reason="e-mail header")
        elif is_note[place] or (ends and place > ends[0] and size(block.text) <= MAX_LIST_NOTE_WORDS):
            yield replace(block, is_extra=True, reason="page extra")
        else:
            yield block


def _sealed() -> UnreadableFileError:
    return UnreadableFileError(
        "This e-mail is encrypted, or signed in a way that seals its text.",
        "Open it in your mail program, and paste its text.",
    )


def _words(part: MimePart) -> int:
    """Return how many words a part has that is shown; none where it is no text."""
    if not part.type.startswith("text/"):
        return 0
    return size(_TAG.sub(" ", part.decoded(MAX_TEXT_BYTES).decode("utf-8", "replace")))


def _from_html(part: MimePart, address: str, has_plain: bool) -> Reading | None:
    from app.sources.html.page import (
        read_page,  # here, since lxml takes longer to load than an e-mail to be read
    )

    try:
        text = mended(read_text(part.decoded(MAX_TEXT_BYTES), part.charset, is_page=True))
        return read_page(text.text, address, text.encoding)
    except UnreadableFileError:
        if has_plain:
            return None
        raise


def _from_plain(part: MimePart, title: Field) -> Reading:
    decoded = mended(read_text(part.decoded(MAX_TEXT_BYTES), part.charset))
    if decoded.text.lstrip().startswith(_PGP_MESSAGE):
        raise _sealed()
    body, *signature = _SIGNATURE.split(decoded.text.replace("\r\n", "\n"), maxsplit=1)
    if str(part.headers.get_param("format") or "").lower() == "flowed":
        body = re.sub(r" \n(?=[^\n>])", " ", body)
    lines: list[DocumentLine] = []
    for place, part_of_body in enumerate(_FORWARDED.split(_QUOTED.sub("", body))):
        kind = "e-mail header" if place % 2 else ""  # what was sought and what is between, in turn
        split = paragraphs.split(part_of_body)
        split = split if kind else paragraphs.rejoined(part_of_body) or split
        lines += [DocumentLine(line, kind) for line in split]
    lines += [DocumentLine(line, "signature") for line in paragraphs.split("\n".join(signature))]
    return reading_of("eml", lines, title, encoding=decoded.encoding, notes=decoded.notes)


def _stated(message: MimePart) -> dict[str, Field]:
    name, mailbox = parseaddr(message.header("From"))
    try:
        day = parsedate_to_datetime(message.header("Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        day = ""
    title = _FORWARD.sub("", message.header("Subject"))
    return {
        "title": Field(title, E_MAIL) if title else Field(),
        "author": Field(name or mailbox, E_MAIL) if name or mailbox else Field(),
        "published_on": Field(day, E_MAIL) if day else Field(),
    }


def _attached_name(part: MimePart) -> str:
    if part.headers.get_content_maintype() in ("image", "text") and not part.headers.get_filename():
        return ""
    return str(part.headers.get_filename() or "")
