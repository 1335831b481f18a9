"""Read bytes as text: by their mark, as Unicode, by what they declare, else by what makes words."""

import codecs
import re
from dataclasses import dataclass

from app.errors import UnreadableFileError
from app.sources.encodings import guess, mojibake, unicode_forms
from app.sources.encodings.seven_bits import UTF_7, as_seven_bits, undeclared_utf_7

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096

_BY_LABEL = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "big5-hkscs": "big5hkscs",
    "unicode": "utf-16",
}
"""What a label means on the web, where it is not what Python takes it for (the WHATWG's Encoding standard)."""

MAX_BROKEN = 0.002
"""Share of the characters that may be broken in a page that declares its encoding."""

MIN_UTF_7_PLACES = 3
"""Places that may be letters in UTF-7, from which a text is asked about whose language is not told."""

MAX_BY_CHANCE = 2
"""Letters beyond ASCII that other encodings' letters make in UTF-8 by chance, two of them each."""

MAX_CHOICES = 6
MAX_NAMED = 3
"""Of the choices, those that the message names, for where there is no form to choose in."""
SAMPLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text, the encoding it was in, as Python names it, and what the reader should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def read_text(content: bytes, declared: str = "", chosen: str = "", *, is_page: bool = False) -> DecodedText:
    """Return ``content`` as text.

    ``declared`` is the label of an encoding that came with it, ``chosen`` the reader's own choice, which is taken
    unseen. A page's own declaration counts, and a few broken characters in it are replaced. Raises
    UnreadableFileError, with choices, where it is not certain which encoding it is in.
    """
    if chosen:
        if (name := "utf-7" if chosen.lower() in UTF_7 else _codec(chosen)) is None:
            raise UnreadableFileError(f"{chosen} is no encoding that is known here.", "Choose another.")
        return DecodedText(content.decode(name, "replace").removeprefix("\ufeff"), name)
    return _decoded(content, declared, is_page)


def mended(decoded: DecodedText) -> DecodedText:
    """Return the text with what had been encoded twice restored, and a note of it."""
    text, count = mojibake.mended(decoded.text)
    if not count:
        return decoded
    places = f"{count:,} places" if count > 1 else "one place"
    note = f"This text had been encoded twice: letters such as é were restored in {places}."
    return DecodedText(text, decoded.encoding, (*decoded.notes, note))


def _decoded(content: bytes, declared: str, is_page: bool) -> DecodedText:
    label = declared or (_label_in(content) if is_page else "")
    if (plain := as_seven_bits(content, label)) is not None:
        return DecodedText(*plain)
    if not label and (decoded := _as_utf_7(content)) is not None:
        return decoded
    if (plain := unicode_forms.as_unicode(content)) is not None:
        if not label and plain[1] == "utf-8" and not content.startswith(codecs.BOM_UTF8):
            _refuse_chance(content, plain[0])
        return DecodedText(*plain)
    name = _codec(label) if label else None
    visible = _visible(content) if is_page else content
    judged = guess.telling(content if visible.isascii() else visible)
    readings = guess.decodings(judged, name or "")
    best = guess.certain_decoding(readings)
    if name is not None and name not in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
        stated = _as_declared(content, judged, name, readings, best, label)
        if stated is not None:
            return stated
    if (is_page or name == "utf-8") and _is_nearly_utf_8(content):
        broken = content.decode("utf-8", "replace")
        return DecodedText(broken, "utf-8", (_broken_note(broken.count("\ufffd")),))
    unicode_forms.refuse_broken(content)
    if best is not None:
        return DecodedText(_strict(content, best.encoding), best.encoding)
    if not readings:
        raise UnreadableFileError(
            "This file is not text in an encoding that is known here.", "Save it as UTF-8, or paste its text."
        )
    likeliest = _by_likelihood(judged, readings)[:MAX_CHOICES]
    raise _uncertain([(reading.encoding, _sample(reading.sample)) for reading in likeliest])


def _as_utf_7(content: bytes) -> DecodedText | None:
    """Return text decoded from UTF-7 if its letters make words; raise UnreadableFileError if they only may."""
    text, places = undeclared_utf_7(content)
    if not places:
        return None
    language, evidence = guess.language_of(text[: guess.SAMPLE_BYTES])
    if evidence >= guess.MIN_EVIDENCE:
        note = "It does not say its encoding; its letters make words as UTF-7."
        return DecodedText(text, "utf-7", (note,))
    if language is None or places < MIN_UTF_7_PLACES:
        return None
    as_ascii = content.decode("ascii")
    raise _uncertain([("utf-8", _sample(as_ascii)), ("utf-7", _sample(text))])


def _refuse_chance(content: bytes, text: str) -> None:
    """Raise UnreadableFileError where one or two letters of another script, within words, may be UTF-8 by chance."""
    beyond = len(content) - len(text)  # bytes: one to three for each such letter
    if not 0 < beyond <= 3 * MAX_BY_CHANCE or len(_BEYOND_ASCII.findall(text)) > MAX_BY_CHANCE:
        return
    if not guess.mixes_scripts(text):
        return
    readings = guess.decodings(content)
    if readings:
        choices = [(reading.encoding, _sample(reading.sample)) for reading in readings[: MAX_CHOICES - 1]]
        raise _uncertain([*choices, ("utf-8", _sample(text))])


def _uncertain(choices: list[tuple[str, str]]) -> UnreadableFileError:
    names = [encoding for encoding, _ in choices[:MAX_NAMED]]
    listed = " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return UnreadableFileError(
        f"The encoding of this file could not be told for certain: it may be {listed}.",
        "Choose the one whose letters are right, or save the file as UTF-8.",
        choices,
    )


def _visible(page: bytes) -> bytes:
    """Return what stands between the tags of a page, apart from scripts and styles, whose words are no language's."""
    parts: list[bytes] = []
    inside = b""
    for part in page.split(b"<"):
        tag, _, text = part.partition(b">")
        name = tag[:8].lower()
        if inside:
            inside = b"" if name.startswith(inside) else inside
        elif name.startswith((b"script", b"style")):
            inside = b"/" + name[:5]
        if not inside:
            parts.append(text)
    return b"\n".join(parts)


def _by_likelihood(content: bytes, readings: list[guess.Decoding]) -> list[guess.Decoding]:
    """Return the readings with the one that charset-normalizer takes for the likeliest first."""
    from charset_normalizer import from_bytes  # here, since few texts need it

    best = from_bytes(content, cp_isolation=[reading.encoding for reading in readings]).best()
    likeliest = best.encoding if best else ""
    return sorted(readings, key=lambda reading: reading.encoding != likeliest)


def _as_declared(
    content: bytes,
    judged: bytes,
    name: str,
    readings: list[guess.Decoding],
    best: guess.Decoding | None,
    label: str,
) -> DecodedText | None:
    """Return the text as declared; otherwise decoded where that makes no words and another encoding does."""
    text = content.decode(name, "replace")
    broken = text.count("\ufffd")
    if broken > MAX_BROKEN * len(text):
        return None
    letters = guess.letters_of(judged.decode(name, "replace"))
    stated = next((reading for reading in readings if guess.letters_of(reading.sample) == letters), None)
    if best is not None and best.evidence and (stated is None or not stated.evidence):
        note = f"It says that it is in {label}, but only as {best.encoding} do its letters make words."
        return DecodedText(_strict(content, best.encoding), best.encoding, (note,))
    if stated is None and not broken and readings:
        return None
    return DecodedText(text, name, (_broken_note(broken),) if broken else ())


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") > MAX_BROKEN * len(text):
            raise unicode_forms.damaged(encoding) from None
        return text


def _codec(label: str) -> str | None:
    """Return Python's name of an encoding; ``None`` where it is none of text, or unknown."""
    label = label.strip().lower()
    try:
        info = codecs.lookup(_BY_LABEL.get(label, label))
    except LookupError:
        return None
    is_text: bool = getattr(info, "_is_text_encoding", True)
    return (
        info.name
        if is_text and not info.name.startswith(("utf-7", "idna", "punycode", "unicode", "raw"))
        else None
    )


def _label_in(content: bytes) -> str:
    match = _DECLARED.search(content[:_HEAD_BYTES])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else ""


def _is_nearly_utf_8(content: bytes) -> bool:
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(char > "\x7f" for char in text) - broken
    return broken <= max(1, MAX_BROKEN * len(text)) and beyond > 3 * broken


def _broken_note(count: int) -> str:
    characters = f"{count:,} characters" if count > 1 else "One character"
    return f"{characters} could not be read, and a � is in each place."


def _sample(text: str) -> str:
    """Return the opening of a text, from its first line with letters beyond ASCII."""
    lines = [" ".join(line.split()) for line in text.splitlines() if not line.isascii()]
    return (lines or [" ".join(text.split())])[0][:SAMPLE_CHARS]
