"""The article form: from what was sent to a draft."""

from dataclasses import replace

from app.collation.text import paragraphs
from app.errors import InvalidInputError, UnreadableError
from app.services import preparing
from app.services.articles.store import StoredArticle
from app.services.intake import intakes, preview
from app.services.intake.saving import draft_of
from app.sources import Draft
from app.sources import text as source
from app.sources.formats import format_of
from app.web.form_data import Submission
from app.web.pages.articles.form import ArticleFields
from app.web.pages.articles.similar import MAX_PREVIEW_CHARS


def typed(sent: Submission, *, asks_name: bool = False) -> ArticleFields:
    """Return the form's fields as they were typed; with ``asks_name``, the editor's name among them."""
    return ArticleFields(
        title=sent.line("title"),
        text=sent.text("text"),
        publisher=sent.line("publisher"),
        author=sent.line("author"),
        published_on=sent.line("published_on"),
        url=sent.line("url"),
        lines=sent.line("lines"),
        again=sent.line("again"),
        seen=sent.line("seen"),
        revision=sent.line("revision"),
        editor=sent.line("editor") if asks_name else None,
    )


def read(fields: ArticleFields, sent: Submission, limit: int) -> tuple[ArticleFields, intakes.Looked]:
    """Return ``fields`` with the text that was sent, pasted or in a file, and what was read of it, as they were typed.

    The lines of a hard-wrapped text are joined where that was asked for. Raises InvalidInputError, with a message for
    each field, for what cannot be read.
    """
    refuse_undecodable(sent)
    fields, looked = with_file(fields, sent, limit)
    if looked is None:
        looked = _text_read(fields, limit)
    shown = corrected(looked, fields)
    if fields.lines == "rejoin":
        shown = preview.with_lines_rejoined(shown)
    return fields, replace(looked, preview=shown)


def refuse_undecodable(sent: Submission) -> None:
    """Raise UnreadableError, with a message for each field, if the bytes of some are not text."""
    if sent.undecodable:
        problems = dict.fromkeys(sent.undecodable, "Its bytes are no text in UTF-8. Type or paste it again.")
        raise UnreadableError("What was sent cannot be read as text, and nothing was saved.", "", problems)


def _text_read(fields: ArticleFields, limit: int) -> intakes.Looked:
    """Return what is read of a pasted text; errors name the form's own fields."""
    problem = "There is no text. Paste the article, or choose a file."
    if fields.text.strip():
        source.refuse_too_large(len(fields.text.encode()), limit)
        try:
            return intakes.read_unstored(fields.text.encode())
        except InvalidInputError as error:
            problem = " ".join([str(error), *error.fields.values()])
    draft(fields, limit)
    raise UnreadableError("This article was not saved.", "Please look at what is marked.", {"text": problem})


def with_file(
    fields: ArticleFields, sent: Submission, limit: int
) -> tuple[ArticleFields, intakes.Looked | None]:
    """Return ``fields`` with the text of the file that was sent, and what was read; None where no file was.

    A file may have any format that the program reads, and so may a pasted text that is a web page's source. What the
    page or file states fills the fields that were left empty. Raises InvalidInputError for one that cannot be read,
    and if another text was pasted as well.
    """
    file = sent.files.get("file")
    if file is None and not _is_page_source(fields.text):
        return fields, None
    name, content = (file.name or "file", file.content) if file else ("", fields.text.encode())
    try:
        looked = intakes.read_unstored(content, name=name)
        if looked.preview.format == "text":
            source.refuse_too_large(len(content), limit)
    except InvalidInputError as error:
        problems = {"file" if file else "text": " ".join([str(error), *error.fields.values()])}
        raise UnreadableError("The file was not read, and nothing was saved.", "", problems) from error
    text = source.decode(content) if looked.preview.format == "text" else _lines(looked.preview)
    if file and fields.text.strip() and fields.text.strip() != text.replace("\r\n", "\n").strip():
        problems = {"file": "There is a pasted text as well. Clear that, or choose no file."}
        raise InvalidInputError("There are two texts here, and nothing was saved.", "", problems)
    if looked.preview.format == "text":
        return replace(fields, text=text), looked
    read = {
        field: getattr(fields, field) or looked.preview.value(name)
        for field, name in (*((name, name) for name in _STATED), ("url", "address"))
    }
    return replace(fields, text=text, **read), looked


_STATED = ("title", "publisher", "author", "published_on")


def _is_page_source(text: str) -> bool:
    return text.lstrip()[:1] == "<" and format_of(text.encode("utf-8", "replace")) == "html"


def _lines(read: preview.Preview) -> str:
    return "\n\n".join(block.text for block in read.blocks)


def corrected(looked: intakes.Looked, fields: ArticleFields) -> preview.Preview:
    """Return what was read with the fields as they were typed.

    A first line that was taken for the title is a paragraph where the title is another one.
    """
    shown, title = looked.preview, looked.preview.value("title")
    if fields.title not in ("", title) and shown.format == "text" and _is_a_line(title, fields.text):
        shown = replace(shown, blocks=(preview.PreviewBlock(title), *shown.blocks))
    typed = {name: value for name in _STATED if (value := getattr(fields, name))}
    return preview.with_typed(shown, typed | ({"address": fields.url} if fields.url else {}))


def _is_a_line(title: str, text: str) -> bool:
    return bool(title) and title in text and any(line.strip() == title for line in text.splitlines())


def draft_read(looked: intakes.Looked, limit: int, stored: StoredArticle | None = None) -> Draft:
    """Return the article that was read; ``stored`` supplies what it does not state.

    Raises what ``draft_of`` raises, by the names of the form's fields.
    """
    try:
        return draft_of(looked.preview, limit, stored)
    except InvalidInputError as error:
        renamed = {{"address": "url"}.get(name, name): words for name, words in error.fields.items()}
        raise type(error)(error.message, error.advice, renamed) from error


def draft(fields: ArticleFields, limit: int) -> Draft:
    """Return the article that the form of an edit describes. Raises what ``app.sources.text.draft`` raises."""
    return preparing.draft_of_text(
        fields.title,
        fields.text,
        fields.publisher,
        fields.author,
        fields.published_on,
        fields.url,
        rejoin=fields.lines == "rejoin",
        limit=limit,
    )


def preview_draft(fields: ArticleFields) -> Draft | None:
    """Return what is searched for while the text is being entered; None if it is no article yet.

    That is the title and at most ``MAX_PREVIEW_CHARS`` of the text, with hard-wrapped lines joined.
    """
    try:
        return source.draft(fields.title[: source.TITLE_LENGTH], fields.text[:MAX_PREVIEW_CHARS], rejoin=True)
    except InvalidInputError:
        return None


def unasked_rejoining(fields: ArticleFields) -> tuple[str, ...]:
    """Return the paragraphs of a hard-wrapped text with its lines joined, if the reader has not chosen about that yet.

    Empty if there is nothing to choose.
    """
    return () if fields.lines in ("keep", "rejoin") else paragraphs.rejoined(fields.text) or ()


def with_earlier_choice(fields: ArticleFields, article: StoredArticle) -> ArticleFields:
    """Return ``fields`` with the choice of line breaks made earlier for ``article``, unless its text has changed."""
    if fields.lines or fields.text.strip() != article.text.replace("\r\n", "\n").strip():
        return fields
    joined = paragraphs.rejoined(article.text)
    was_joined = joined is not None and article.paragraphs[-len(joined) :] == joined
    return replace(fields, lines="rejoin" if was_joined else "keep")
