"""Plain text and Markdown, pasted or from a file, into a Draft."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

import regex

from app.collation.text import boilerplate, paragraphs
from app.errors import InvalidInputError, TooLargeError, UnreadableError
from app.sources import Draft
from app.sources.decoding import decode, refuse_unreadable

__all__ = ["FIELD_LENGTH", "TITLE_LENGTH", "decode", "draft", "proposed_title", "read_file"]

TITLE_LENGTH = 500
"""Characters of a title at most; the longest headlines on the web have some 300."""

PROPOSED_LENGTH = 200
"""A first paragraph up to this length is proposed as the title whole; of a longer one, its first words."""

FIELD_LENGTH = 300
"""Characters of a publisher's or an author's name at most."""

URL_LENGTH = 2000

_HEADING = re.compile(r"# +(?P<title>\S.*?)(?: +#+)?\Z")
_NAMES = (".txt", ".text", ".md", ".markdown")


def read_file(name: str, content: bytes, limit: int) -> str:
    """The text of an uploaded file; its name ends in ``.txt`` or ``.md``.

    Raises TooLargeError above ``limit`` bytes, UnreadableError for another kind of file and for bytes that are no text.
    """
    refuse_too_large(len(content), limit)
    text = decode(content)
    if not name.lower().endswith(_NAMES):
        raise UnreadableError(
            f"{name or 'This file'} is not a .txt or .md file.", "Save it as plain text, or paste its text."
        )
    return text


def refuse_too_large(size: int, limit: int) -> None:
    """Raise TooLargeError where ``size`` bytes are more than ``limit``."""
    if size > limit:
        raise TooLargeError(
            f"This text is too large: the most that is taken is {limit:,} bytes.",
            "Bring it in parts, or have VARIORUM_MAX_TEXT raised.",
        )


def proposed_title(found: Sequence[str]) -> str:
    """The title that the paragraphs ``found`` suggest: a Markdown heading, else the first, or its first words.

    >>> proposed_title(["By Ann Lee", "# A *full* support #", "He came."])
    'A *full* support'
    """
    headings = (heading["title"] for heading in map(_HEADING.match, found) if heading)
    title = " ".join(next(headings, found[0] if found else "").split())
    if len(title) <= PROPOSED_LENGTH:
        return title
    whole = [found.end() for found in regex.finditer(r"\X", title[: PROPOSED_LENGTH + 1])]
    opening = title[: whole[-2] if len(whole) > 1 else PROPOSED_LENGTH]  # the last one may be cut
    return (opening.rpartition(" ")[0] or opening).rstrip(" ,.;:") + "…"


def draft(
    title: str,
    text: str,
    publisher: str = "",
    author: str = "",
    published_on: str | date | None = None,
    url: str = "",
    *,
    rejoin: bool = False,
    limit: int | None = None,
) -> Draft:
    """An article ready to be stored: the text as it was brought, its paragraphs, and what is stated of it.

    Without a title, the one that the text suggests. ``rejoin`` joins the lines of hard-wrapped text, where it is that.
    Raises InvalidInputError whose ``fields`` says what is wrong with which of the arguments, all of them at once;
    UnreadableError for NUL or lone surrogates; TooLargeError above ``limit`` bytes of text.
    """
    if limit is not None:
        refuse_too_large(len(text.encode("utf-8", "surrogatepass")), limit)
    stated = {"title": title, "publisher": publisher, "author": author, "url": url}
    _refuse_unreadable({"text": text, **stated})
    wrong: dict[str, str] = {}
    stated = {name: " ".join(value.split()) for name, value in stated.items() if paragraphs.split(value)}
    for name, most in (
        ("title", TITLE_LENGTH),
        ("publisher", FIELD_LENGTH),
        ("author", FIELD_LENGTH),
        ("url", URL_LENGTH),
    ):
        if len(stated.get(name, "")) > most:
            wrong[name] = f"This is too long: {most} characters are the most."
    if "url" in stated and not _is_web_address(stated["url"]):
        wrong["url"] = "This is not a web address. It begins with https:// or http://."
    day = _day(published_on, wrong)

    found = (paragraphs.rejoined(text) if rejoin else None) or paragraphs.split(text)
    given = stated.get("title") or proposed_title(found)
    whole = found if _opens_one(given, found) else paragraphs.with_title(given, found)
    if not found:
        wrong["text"] = "There is no text. Paste the article, or choose a file."
    elif len(found) == 1 and paragraphs.headline(given, found) == 0:
        wrong["text"] = (
            "There is only a title. Paste the text below it too, or give this text a title of its own."
        )
    if wrong:
        raise InvalidInputError("This article was not saved.", "Please look at what is marked.", wrong)
    return Draft(
        title=given,
        text=text,
        paragraphs=whole,
        publisher=stated.get("publisher", ""),
        author=stated.get("author", ""),
        published_on=day,
        url=stated.get("url", ""),
        furniture=boilerplate.guess(whole, paragraphs.headline(given, whole)),
    )


def _opens_one(title: str, found: Sequence[str]) -> bool:
    """Whether ``title`` is a paragraph's first words, as proposed. Put before the text, it would be there twice."""
    return title.endswith("…") and any(paragraph.startswith(title[:-1]) for paragraph in found)


def _refuse_unreadable(given: dict[str, str]) -> None:
    wrong: dict[str, str] = {}
    for name, value in given.items():
        try:
            refuse_unreadable(value)
        except UnreadableError as error:
            wrong[name] = str(error)
    if wrong:
        raise UnreadableError("This article was not saved.", "Please look at what is marked.", wrong)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
        return named and parts.scheme in ("http", "https") and " " not in url
    except ValueError:  # such as a bracket that is not closed
        return False


def _day(value: str | date | None, wrong: dict[str, str]) -> date | None:
    if value is None or isinstance(value, date):
        return value
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        wrong["published_on"] = "This is not a date. Write it as year-month-day: 2024-02-05."
        return None
