"""The article form, from what was sent to a draft."""

from dataclasses import replace

from app.collation.text import paragraphs
from app.errors import InvalidInputError, UnreadableError
from app.services.articles.store import StoredArticle
from app.sources import Draft
from app.sources import text as source
from app.web.form_data import Submission
from app.web.pages.articles.form import ArticleFields
from app.web.pages.articles.similar import LOOKED_AT


def typed(sent: Submission) -> ArticleFields:
    """The form's fields as they were typed."""
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
    )


def with_file(fields: ArticleFields, sent: Submission, limit: int) -> ArticleFields:
    """``fields`` with the text of the file that was sent, if one was.

    Raises InvalidInputError for a file that cannot be read, or when a text was pasted as well.
    """
    file = sent.files.get("file")
    if file is None:
        return fields
    try:
        text = source.read_file(file.name, file.content, limit)
    except UnreadableError as error:
        said = {"file": f"{error.message} {error.advice}".strip()}
        raise UnreadableError("The file was not read, and nothing was saved.", "", said) from error
    if fields.text.strip() and fields.text.strip() != text.replace("\r\n", "\n").strip():
        said = {"file": "There is a pasted text as well. Clear that, or choose no file."}
        raise InvalidInputError("There are two texts here, and nothing was saved.", "", said)
    return replace(fields, text=text)


def draft(fields: ArticleFields, sent: Submission, limit: int) -> Draft:
    """The article that the form describes; raises what ``app.sources.text.draft`` raises.

    A field whose bytes are no text is told beside it.
    """
    if sent.undecodable:
        said = dict.fromkeys(sent.undecodable, "Its bytes are no text in UTF-8. Type or paste it again.")
        raise UnreadableError("What was sent cannot be read as text, and nothing was saved.", "", said)
    return source.draft(
        fields.title,
        fields.text,
        fields.publisher,
        fields.author,
        fields.published_on,
        fields.url,
        rejoin=fields.lines == "rejoin",
        limit=limit,
    )


def looked_at(fields: ArticleFields) -> Draft | None:
    """What is looked at of the form's text while it is brought, or nothing where there is no article yet.

    That is the text and its title alone, hard-wrapped lines joined, and of a very long text the beginning.
    """
    try:
        return source.draft(fields.title[: source.TITLE_LENGTH], fields.text[:LOOKED_AT], rejoin=True)
    except InvalidInputError:
        return None


def unasked_rejoining(fields: ArticleFields) -> tuple[str, ...]:
    """The paragraphs that a hard-wrapped text would have if its lines were joined, where the reader is still to choose.

    Empty when there is nothing to choose.
    """
    return () if fields.lines in ("keep", "rejoin") else paragraphs.rejoined(fields.text) or ()


def with_earlier_choice(fields: ArticleFields, article: StoredArticle) -> ArticleFields:
    """``fields``, with the choice of line breaks that was made for ``article`` while its text is not changed."""
    if fields.lines or fields.text.strip() != article.text.replace("\r\n", "\n").strip():
        return fields
    joined = paragraphs.rejoined(article.text)
    was_joined = joined is not None and article.paragraphs[-len(joined) :] == joined
    return replace(fields, lines="rejoin" if was_joined else "keep")
