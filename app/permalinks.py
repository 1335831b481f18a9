"""Public ids, and the grammar of permanent links."""

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Sequence

from app.collation.model import Pins
from app.errors import InvalidInputError

ID_LENGTH = 16
"""80 bits: among a billion random ids the chance that any two are equal is about 4e-7 (n²/2 / 2**80)."""

_ID = re.compile(r"[a-z2-7]{16}\Z")

_PIN = re.compile(r"(0|[1-9][0-9]{0,6})([-x])(0|[1-9][0-9]{0,6})\Z")

MAX_PINS = 200
"""Pins of one link: it stays under 2,000 characters, which every browser and mail program carries whole."""


def is_id(value: str) -> bool:
    """Return whether ``value`` has the form of a public id: 16 characters of ``[a-z2-7]``.

    >>> is_id("abcdefghijklmn27"), is_id("ABCDEFGHIJKLMN27"), is_id("abc")
    (True, False, False)
    """
    return _ID.match(value) is not None


def number(value: str, digits: int = 8) -> int | None:
    """Return the number in an address or a form; None if it is not written in at most ``digits`` digits.

    >>> number("042"), number(""), number("-1"), number("٤"), number("²"), number("123456789")
    (42, None, None, None, None, None)
    """
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= digits else None


def _base32(digest: bytes) -> str:
    return base64.b32encode(digest[:10]).decode("ascii").lower()


def new_article_id() -> str:
    """Return a random id for an article."""
    return _base32(secrets.token_bytes(10))


def revision_id(article: str, number: int, paragraphs: Sequence[str]) -> str:
    """Return the id of revision ``number`` (from 1) of ``article``, from its content.

    The article's id is part of it, so one wire text at two outlets stays two revisions.

    >>> revision_id("aaaaaaaaaaaaaaaa", 1, ["One."]) == revision_id("aaaaaaaaaaaaaaab", 1, ["One."])
    False
    """
    content = json.dumps([article, number, list(paragraphs)], ensure_ascii=False, separators=(",", ":"))
    return _base32(hashlib.sha256(content.encode("utf-8")).digest())


def quotation_id(revision: str, paragraph: int, start: int, end: int) -> str:
    """Return the id of a quotation of ``revision``, from where it begins: paragraph and code point, both from 0.

    >>> quotation_id("aaaaaaaaaaaaaaaa", 0, 1, 9) == quotation_id("aaaaaaaaaaaaaaaa", 0, 1, 10)
    False
    """
    content = json.dumps([revision, paragraph, start, end], separators=(",", ":"))
    return _base32(hashlib.sha256(content.encode("utf-8")).digest())


def text_digest(paragraphs: Sequence[str]) -> str:
    """SHA-256, in hexadecimal, of the text alone: equal exactly for *the same text*."""
    return hashlib.sha256("\n".join(paragraphs).encode("utf-8")).hexdigest()


def article_path(article: str) -> str:
    """Return the address of an article's newest revision."""
    return f"/articles/{article}"


def revision_path(article: str, number: int) -> str:
    """Return the address of an immutable revision, which never changes what it shows."""
    return f"/articles/{article}/revisions/{number}"


def story_path(article: str) -> str:
    """Return the address of an article's story; the story's own is that of the article added first."""
    return f"/stories/{article}"


def parting_path(article: str) -> str:
    """Return where an editor says that an article is not the same story as those that it is with."""
    return f"{article_path(article)}/story"


def paragraphs_path(article: str, number: str = "") -> str:
    """Return the address of a paragraph of a story in all its wordings, by its printed number; without it, of all.

    >>> paragraphs_path("aaaaaaaaaaaaaaaa", "4"), paragraphs_path("aaaaaaaaaaaaaaaa", "H")
    ('/stories/aaaaaaaaaaaaaaaa/paragraphs/4', '/stories/aaaaaaaaaaaaaaaa/paragraphs/headline')
    """
    path = f"{story_path(article)}/paragraphs"
    return f"{path}/{'headline' if number == 'H' else number}" if number else path


def quotation_path(quotation: str) -> str:
    """Return the address of a quotation's page, which shows all its stored versions."""
    return f"/quotations/{quotation}"


def quotation_at_path(revision: str, paragraph: int, place: int) -> str:
    """Return the address that redirects to the quotation at a code point of a paragraph, both from 0."""
    return f"/quotations/in/{revision}/{paragraph}/{place}"


def text_path(revision: str) -> str:
    """Return the address that redirects to the revision with this id, for callers that know only that."""
    return f"/revisions/{revision}"


def compare_path(base: str, witness: str, engine: str | None = None, pins: str = "") -> str:
    """Return the address of a comparison, made by this ``engine`` and around these ``pins`` if given.

    ``pins`` are in canonical form, as ``pins_text`` writes them.

    >>> compare_path("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb")
    '/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb'
    >>> compare_path("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "1.0", "3-4,7x9")
    '/compare/aaaaaaaaaaaaaaaa..bbbbbbbbbbbbbbbb/engine/1.0?pins=3-4,7x9'
    """
    path = f"/compare/{base}..{witness}"
    path = f"{path}/engine/{engine}" if engine else path
    return f"{path}?pins={pins}" if pins else path


def history_path(article: str) -> str:
    """Return the address of an article's history."""
    return f"{article_path(article)}/history"


def trash_path(article: str = "") -> str:
    """Return the address of an article in the trash, for editors; without it, of the trash itself."""
    return f"/trash/{article}" if article else "/trash"


def row_path(comparison: str, row: int, finding: int | None = None, pins: str = "") -> str:
    """Return the page of a row of the comparison at path ``comparison``, or of a finding (from 1) in it.

    ``pins``, in canonical form, are those that the comparison was made around; the path itself names none.

    >>> row_path("/compare/a..b", 7, 2, "3-4"), row_path("/compare/a..b", 7)
    ('/compare/a..b/rows/7?pins=3-4&finding=2', '/compare/a..b/rows/7')
    """
    return with_query(f"{comparison}/rows/{row}", pins, finding)


def with_query(path: str, pins: str = "", finding: int | None = None) -> str:
    """Return ``path`` with the pins, in canonical form, and the finding (from 1) that it is about.

    >>> with_query("/compare/a..b/card.png"), with_query("/compare/a..b/rows/7/card.png", "3-4", 2)
    ('/compare/a..b/card.png', '/compare/a..b/rows/7/card.png?pins=3-4&finding=2')
    """
    chosen = [f"pins={pins}"] * bool(pins) + [f"finding={finding}"] * (finding is not None)
    return f"{path}?{'&'.join(chosen)}" if chosen else path


def picture_path(page: str) -> str:
    """Return the share picture's address of the page, at its path with pins and finding.

    >>> picture_path("/compare/a..b/rows/7?finding=2"), picture_path("/compare/a..b")
    ('/compare/a..b/rows/7/card.png?finding=2', '/compare/a..b/card.png')
    """
    path, mark, query = page.partition("?")
    return f"{path}/card.png{mark}{query}"


def row_anchor(row: int, finding: int | None = None) -> str:
    """Return the fragment of a row, or of a finding (from 1) in it, inside a comparison.

    >>> row_anchor(7), row_anchor(7, 2)
    ('row-7', 'row-7-2')
    """
    return f"row-{row}" if finding is None else f"row-{row}-{finding}"


def pins_text(pins: Pins) -> str:
    """Return the canonical form of pins in a link: those together, then those apart, each in rising order.

    >>> pins_text(Pins(together=((3, 4),), apart=((7, 9),)))
    '3-4,7x9'
    """
    together = [f"{base}-{witness}" for base, witness in sorted(set(pins.together))]
    apart = [f"{base}x{witness}" for base, witness in sorted(set(pins.apart))]
    return ",".join(together + apart)


def parse_pins(text: str) -> Pins:
    """Return the pins that a link's ``pins`` names, in any order and with repeats; empty text gives none.

    Indices count a side's paragraphs from 0. Raises ``InvalidInputError`` where a part is no pin, where there are
    more than ``MAX_PINS``, and where one pair is both pinned together and kept apart.

    >>> parse_pins("7x9,3-4,3-4")
    Pins(together=((3, 4),), apart=((7, 9),))
    """
    parts = [part for part in text.split(",") if part]
    matches = [_PIN.match(part) for part in parts]
    advice = "Pins look like 3-4 (together) or 7x9 (apart), separated by commas."
    if len(parts) > MAX_PINS:
        raise InvalidInputError(f"This link has more than {MAX_PINS} pins.", advice)
    if not all(matches):
        raise InvalidInputError("This link's pins cannot be read.", advice)
    pairs = {(match[2], int(match[1]), int(match[3])) for match in matches if match}
    together = tuple(sorted((base, witness) for sign, base, witness in pairs if sign == "-"))
    apart = tuple(sorted((base, witness) for sign, base, witness in pairs if sign == "x"))
    if set(together) & set(apart):
        raise InvalidInputError("This link pins two paragraphs together and keeps them apart.", advice)
    return Pins(together=together, apart=apart)
