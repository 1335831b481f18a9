"""Read plain text and Markdown, pasted or from a file, into a Draft."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import regex

from app.collation.text import boilerplate, paragraphs
from app.errors import InvalidInputError, TooLargeError, UnreadableError
from app.sources import Draft, bounds
from app.sources.decoding import decode, refuse_unreadable

__all__ = ["FIELD_LENGTH", "TITLE_LENGTH", "decode", "draft", "proposed_title"]

TITLE_LENGTH = 500
"""Characters of a title; the longest headlines on the web have some 300."""

MAX_PROPOSED_CHARS = 200
"""A first paragraph of at most so many characters is proposed as the title; of a longer one, its first words."""

FIELD_LENGTH = 300
"""Characters of a publisher's or an author's name."""

URL_LENGTH = 2000

_HEADING = re.compile(r"# +(?P<title>\S.*?)(?: +#+)?\Z")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def refuse_too_large(size: int, limit: int) -> None:
    """Raise TooLargeError if ``size`` bytes are more than ``limit``."""
    if size > limit:
        raise TooLargeError(
            f"This text is too large: the most that is taken is {limit:,} bytes.",
            "Bring it in parts, or have VARIORUM_MAX_TEXT raised.",
        )


def proposed_title(lines: Sequence[str]) -> str:
    """Return the title that these paragraphs suggest: a Markdown heading, else the first paragraph or its first words.

    >>> proposed_title(["By Ann Lee", "# A *full* support #", "He came."])
    'A *full* support'
    """
    headings = (heading["title"] for heading in map(_HEADING.match, lines) if heading)
    title = " ".join(next(headings, lines[0] if lines else "").split())
    if len(title) <= MAX_PROPOSED_CHARS:
        return title
    ends = [grapheme.end() for grapheme in regex.finditer(r"\X", title[: MAX_PROPOSED_CHARS + 1])]
    opening = title[: ends[-2] if len(ends) > 1 else MAX_PROPOSED_CHARS]  # the last grapheme may be cut
    return (opening.rpartition(" ")[0] or opening).rstrip(" ,.;:") + "…"


_MISLEADING = regex.compile(r"[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\\\\]")
"""In an address: what is not seen, or makes it look like another's (a backslash is a slash to browsers alone)."""


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
    """Return an article ready to be stored: the text as submitted, its paragraphs, and what is stated about it.

    Without a title it takes the one that the text suggests. ``rejoin`` joins the lines of a hard-wrapped text.
    Raises InvalidInputError whose ``fields`` says what is wrong with each argument, for all of them at once;
    UnreadableError for NUL or lone surrogates; TooLargeError above ``limit`` bytes of text. A text that is over one of
    the ``bounds`` is refused before anything else is done with it.
    """
    if limit is not None:
        refuse_too_large(len(text.encode("utf-8", "surrogatepass")), limit)
    stated = {"title": title, "publisher": publisher, "author": author, "url": url}
    _refuse_unreadable({"text": text, **stated})
    wrong: dict[str, str] = {}
    stated = {name: " ".join(value.split()) for name, value in stated.items() if paragraphs.split(value)}
    shown = {name: paragraphs.CONTROLS.sub("", value) for name, value in stated.items() if name != "url"}
    stated |= {name: " ".join(value.split()) for name, value in shown.items()}
    for name, max_length in (
        ("title", TITLE_LENGTH),
        ("publisher", FIELD_LENGTH),
        ("author", FIELD_LENGTH),
        ("url", URL_LENGTH),
    ):
        if len(stated.get(name, "")) > max_length:
            wrong[name] = f"This is too long: {max_length} characters are the most."
    if "url" in stated and (reason := _reason_against_address(stated["url"])):
        wrong["url"] = reason
    day = _day(published_on, wrong)

    body = paragraphs.split(text)
    if reason := bounds.reason_to_refuse(text, body):
        raise InvalidInputError(
            "This article was not saved.", "Please look at what is marked.", {**wrong, "text": reason}
        )
    body = (paragraphs.rejoined(text) if rejoin else None) or body
    title = stated.get("title") or proposed_title(body)
    whole = body if _opens_paragraph(title, body) else paragraphs.with_title(title, body)
    if not body:
        wrong["text"] = "There is no text. Paste the article, or choose a file."
    elif len(body) == 1 and _LINK.fullmatch(body[0]) and paragraphs.headline(title, body) == 0:
        wrong["text"] = (
            "This is a link, not a text. “Add an article” has a box for links, and the API’s field is called link; "
            "here, send the text of its page."
        )
    elif len(body) == 1 and paragraphs.headline(title, body) == 0:
        wrong["text"] = (
            "There is only a title. Paste the text below it too, or give this text a title of its own."
        )
    if wrong:
        raise InvalidInputError("This article was not saved.", "Please look at what is marked.", wrong)
    return Draft(
        title=title,
        text=text,
        paragraphs=whole,
        publisher=stated.get("publisher", ""),
        author=stated.get("author", ""),
        published_on=day,
        url=stated.get("url", ""),
        furniture=boilerplate.guess(whole, paragraphs.headline(title, whole)),
    )


def is_to_come(published_on: date | None, moment: datetime) -> bool:
    """Return whether a day of publication is still to come at ``moment`` (UTC), wherever on earth it is.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
    >>> is_to_come(date(2026, 12, 1), noon), is_to_come(date(2026, 12, 2), noon)
    (False, True)
    """
    return published_on is not None and published_on > (moment + timedelta(hours=14)).date()


def _opens_paragraph(title: str, body: Sequence[str]) -> bool:
    """Return whether ``title`` is the opening of a paragraph, as proposed: put before the text it would be repeated."""
    return title.endswith("…") and any(paragraph.startswith(title[:-1]) for paragraph in body)


def _refuse_unreadable(given: dict[str, str]) -> None:
    wrong: dict[str, str] = {}
    for name, value in given.items():
        try:
            refuse_unreadable(value)
        except UnreadableError as error:
            wrong[name] = str(error)
    if wrong:
        raise UnreadableError("This article was not saved.", "Please look at what is marked.", wrong)


def _reason_against_address(url: str) -> str:
    """Return what is wrong with the address of an article, in words; empty where nothing is."""
    no_address = "This is not a web address. It begins with https:// or http://."
    try:
        parts = urlsplit(url)
        if not parts.hostname or parts.port == 0 or parts.scheme not in ("http", "https") or " " in url:
            return no_address
    except ValueError:  # such as a bracket that is not closed
        return no_address
    if _MISLEADING.search(url):
        return (
            "This address has invisible characters, or ones that reverse others. Type it again without them."
        )
    if "@" in parts.netloc:
        return "This address has a name or password before its host. Leave out all between // and @."
    return ""


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
