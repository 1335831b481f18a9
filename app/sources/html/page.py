"""Read a web page: its article's paragraphs, the extras around them, and what the page states."""

from collections.abc import Sequence

from app.collation.text import boilerplate
from app.collation.text.normalization import normal_form
from app.errors import UnreadableFileError
from app.sources.html import texts
from app.sources.html.article import Part, classify
from app.sources.html.marks import main_segments
from app.sources.html.metadata import page_fields
from app.sources.html.names import names_of
from app.sources.html.parse import onward_address, parse
from app.sources.html.segments import segments
from app.sources.html.stated_text import draw_stated_text
from app.sources.html.texts import size
from app.sources.model import Block, Reading

MAX_EXTRAS_AROUND = 40
"""Extras kept before the article, and after it: its byline, captions and notes are near it, menus are not."""

MAX_SEGMENTS = 30_000
"""Pieces of text in a page. Live blogs of a whole day have some 5,000."""

MAX_TAGS = 400_000
"""Tags of a page, counted before it is parsed: a book on one page has some 100,000."""

MAX_DRAWN = 100
"""Pieces of text up to which a page may show menus alone, and draw its article by scripts."""

MAX_WORDS_TO_LEAD_ON = 40
"""Words below which a page that redirects its readers by itself is only a redirect."""

MIN_OPEN_WORDS = 120
"""Words of an article below which a page that asks for payment shows its opening alone."""

MIN_PAGE_WORDS = 80
"""Words of an article below which a page may be a notice in place of it."""


def read_page(
    text: str, address: str = "", encoding: str = "", notes: Sequence[str] = (), kind: str = "html"
) -> Reading:
    """Return the article of a web page, as a reading of the format ``kind`` with these ``notes`` before its own.

    Raises UnreadableFileError where no text is to be seen in it.
    """
    if text.count("<") > MAX_TAGS:
        raise UnreadableFileError(
            f"This web page has more than {MAX_TAGS:,} tags, as no article has.", "Paste its text."
        )
    root = parse(text)
    pieces = [] if root is None else segments(root, MAX_SEGMENTS + 1)
    if (
        root is not None
        and len(pieces) <= MAX_DRAWN
        and draw_stated_text(root, sum(size(each.text) for each in pieces))
    ):
        pieces = segments(root, MAX_SEGMENTS + 1)
        notes = (
            *notes,
            "This page is built by scripts. Its text was read from the data that it holds for them.",
        )
    onward = onward_address(root, address) if root is not None else ""
    if root is None or not pieces:
        if onward:
            raise _leads_on(onward)
        raise UnreadableFileError(
            "There is no text in this web page: it may be built by scripts, which are not run here.",
            "Open it in a browser, and save the page from there or paste its text.",
        )
    if len(pieces) > MAX_SEGMENTS:
        raise UnreadableFileError(
            f"This web page has more than {MAX_SEGMENTS:,} pieces of text, as no article has.",
            "Paste its text.",
        )
    fields = page_fields(root, pieces, address)
    main = main_segments(root, pieces)
    parts = classify(pieces, main or set(range(len(pieces))), fields.titles, fields.body)
    if not any(not part.reason for part in parts):
        parts = classify(pieces, set(range(len(pieces))), fields.titles, fields.body)
    _drop_boilerplate(parts)
    blocks = _blocks(parts)
    if onward and sum(part.words for part in parts if not part.reason) < MAX_WORDS_TO_LEAD_ON:
        raise _leads_on(onward)
    notice = _notice(parts, fields.title.value)
    if not any(not block.is_extra for block in blocks):
        raise (
            UnreadableFileError(*notice)
            if notice
            else UnreadableFileError(
                "No article was found in this web page, only menus and links.",
                "If there is one, copy its text in the browser and paste it.",
            )
        )
    return Reading(
        format=kind,
        encoding=encoding,
        blocks=blocks,
        title=fields.title,
        publisher=fields.publisher,
        author=fields.author,
        published_on=fields.published_on,
        language=fields.language,
        address=fields.address,
        notes=(*notes, *_notes(parts, notice, fields.is_free)),
    )


def _drop_boilerplate(parts: Sequence[Part]) -> None:
    """Make extras of lines by their words, as in a plain text, where the page names none of its elements.

    Where it does, its names and its elements tell better.
    """
    elements = {element for part in parts for element in part.chain}
    if any(element.tag not in _PLAIN or names_of(element) for element in elements):
        return
    left = [part for part in parts if not part.reason]
    for index in boilerplate.guess([part.segment.text for part in left], None):
        left[index].reason = "page extra"


def _leads_on(address: str) -> UnreadableFileError:
    """Return the error for a page that only redirects to another: a short link, or a page that moved."""
    return UnreadableFileError(
        f"This page only redirects to another: {address}", "Give that link, or open it and save the page."
    )


def _blocks(parts: Sequence[Part]) -> tuple[Block, ...]:
    """Return the article with the extras that are among its paragraphs or near them, without the headline."""
    places = [index for index, part in enumerate(parts) if not part.reason]
    if not places:
        return ()
    near = range(places[0] - MAX_EXTRAS_AROUND, places[-1] + MAX_EXTRAS_AROUND + 1)
    blocks: list[Block] = []
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if index not in near or part.reason in ("headline", "separator"):
            continue
        if part.reason:
            form = normal_form(part.segment.text)
            if form in seen or (part.reason in _FAR and not places[0] < index < places[-1]):
                continue
            seen.add(form)
        blocks.append(Block(part.segment.text, bool(part.reason), part.reason))
    return tuple(blocks)


_PLAIN = frozenset(
    {"article", "main", "section", "div", "p", "h1", "h2", "h3", "ul", "ol", "li", "blockquote"}
)
"""Elements for plain text, which say nothing about what is an extra."""

_FAR = frozenset(
    {"menu", "page", "page footer", "form", "cookie notice", "share buttons", "advertisement", "comments"}
)
"""Reasons for which an extra is shown only if it is between paragraphs of the article."""


def _notice(parts: Sequence[Part], title: str) -> tuple[str, str] | None:
    """Return what to say of a page that holds a notice in place of an article, and what to do; else ``None``."""
    lines = [part.segment.text for part in parts]
    words = sum(part.words for part in parts if not part.reason)
    if words >= MIN_PAGE_WORDS or not (says := texts.said_in_place((title, *lines))):
        return None
    return (
        f"This page seems to {says}, and the article is not in it.",
        "Open its address in your browser, and save the page from there or paste its text.",
    )


def _notes(parts: Sequence[Part], notice: tuple[str, str] | None, is_free: bool) -> tuple[str, ...]:
    if notice:
        return (" ".join(notice),)
    words = sum(part.words for part in parts if not part.reason)
    if words < MIN_OPEN_WORDS and (
        not is_free or texts.asks_for_payment(part.segment.text for part in parts)
    ):
        return ("This page asks for payment or a sign-in, so it may show only the opening of the article.",)
    return ()
