"""Plain text and Markdown, pasted or from a file, into a Draft."""

from datetime import date
from urllib.parse import urlsplit

from app.collation import furniture, paragraphs
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


def proposed_title(text: str) -> str:
    """The title that ``text`` suggests: its first paragraph, or the first words of it, without Markdown's signs.

    >>> proposed_title("# China’s *full* support\\n\\nBy Ann Lee")
    'China’s *full* support'
    """
    found = paragraphs.split(text)
    if not found:
        return ""
    title = " ".join(found[0].lstrip("#").split()) or " ".join(found[0].split())
    if len(title) <= PROPOSED_LENGTH:
        return title
    opening = title[:PROPOSED_LENGTH]
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
    for value in (text, *stated.values()):
        refuse_unreadable(value)
    wrong: dict[str, str] = {}
    stated = {name: " ".join(value.split()) for name, value in stated.items()}
    for name, most in (
        ("title", TITLE_LENGTH),
        ("publisher", FIELD_LENGTH),
        ("author", FIELD_LENGTH),
        ("url", URL_LENGTH),
    ):
        if len(stated[name]) > most:
            wrong[name] = f"This is too long: {most} characters are the most."
    if stated["url"] and not _is_web_address(stated["url"]):
        wrong["url"] = "This is not a web address. It begins with https:// or http://."
    day = _day(published_on, wrong)

    found = (paragraphs.rejoined(text) if rejoin else None) or paragraphs.split(text)
    suggested = proposed_title(text)
    given = stated["title"] or suggested
    whole = found if given == suggested else paragraphs.with_title(given, found)
    headline = paragraphs.headline(given, whole)
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
        publisher=stated["publisher"],
        author=stated["author"],
        published_on=day,
        url=stated["url"],
        furniture=furniture.guess(whole, headline),
    )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in url
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
