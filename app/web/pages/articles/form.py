"""The pages that add or edit an article: the form, and the question about line breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from app import permalinks
from app.errors import InvalidInputError, VariorumError
from app.services.articles.store import StoredArticle
from app.web import formatting

SAMPLE_LINES = 6
"""Paragraphs that the question about line breaks shows as an example; of the longer, rejoined ones half as many."""


@dataclass(frozen=True, slots=True)
class ArticleFields:
    """The form of an article, as it was typed."""

    title: str = ""
    text: str = ""
    publisher: str = ""
    author: str = ""
    published_on: str = ""
    url: str = ""
    lines: str = ""
    """What to do with a hard-wrapped text's line breaks: ``keep`` or ``rejoin``; empty before the reader was asked."""
    again: str = ""
    """``yes`` once the reader wants to save a text although it is stored already, or looks like one."""
    seen: str = ""
    """The ids of the look-alikes that were shown beside the form, separated by spaces."""
    revision: str = ""
    """The number of the revision that is being edited; empty for a new article."""
    editor: str | None = None
    """The name typed for the log of changes; None where one is known, and so not asked for."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the form."""

    name: str
    label: str
    value: str
    hint: str = ""
    error: str = ""
    kind: str = "text"
    looked_up: bool = False
    """Whether look-alikes are searched for as soon as it is filled in."""
    suggested: tuple[str, ...] = ()
    """What is offered as one types."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form that adds or edits an article."""

    heading: str
    action: str
    cancel: str
    submit: str
    title: FieldView
    text: FieldView
    file: FieldView | None
    """None if a text is being edited."""
    stated: tuple[FieldView, ...]
    editor: FieldView | None
    """Who adds or edits it; None where that is known."""
    revision: str
    problem: str = ""
    advice: str = ""
    wrong: tuple[FieldView, ...] = ()
    """The fields that have to be corrected."""
    meanwhile: str = ""
    """The address of a revision that somebody else saved meanwhile; empty if there is none."""
    needs_key: bool = False
    """Whether the edit key is missing."""
    max_bytes: int = 0


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The question whether the line breaks of a hard-wrapped text are its own, before an edit is saved."""

    action: str
    hidden: tuple[tuple[str, str], ...]
    """Everything that was typed, to be sent again with the answer."""
    kept_count: str
    kept: tuple[str, ...]
    """The first paragraphs if every line is one."""
    rejoined_count: str
    rejoined: tuple[str, ...]


def adding(
    fields: ArticleFields, max_text: int, error: VariorumError | None = None, needs_key: bool = False
) -> FormPage:
    """Build the form for a new article."""
    return _form(
        "Add an article", "/articles", "/", "Save article", fields, max_text, error, needs_key=needs_key
    )


def editing(
    article: str,
    fields: ArticleFields,
    max_text: int,
    error: VariorumError | None = None,
    *,
    needs_key: bool = False,
    meanwhile: int | None = None,
    publishers: Sequence[str] = (),
) -> FormPage:
    """Build the form for a new revision of ``article``; ``meanwhile`` is the number of one that somebody else saved.

    ``publishers`` are suggested.
    """
    path = permalinks.article_path(article)
    return _form(
        "Edit text",
        f"{path}/edit",
        path,
        "Save as a new revision",
        fields,
        max_text,
        error,
        needs_key=needs_key,
        meanwhile=permalinks.revision_path(article, meanwhile) if meanwhile else "",
        publishers=publishers,
    )


def fields_of(article: StoredArticle, editor: str | None = None) -> ArticleFields:
    """Return the form's fields filled with ``article``; ``editor`` is empty where a name is to be asked for."""
    return ArticleFields(
        title=article.title,
        text=article.text,
        publisher=article.publisher,
        author=article.author,
        published_on=article.published_on.isoformat() if article.published_on else "",
        url=article.url,
        revision=str(article.number),
        editor=editor,
    )


def line_breaks(
    action: str, fields: ArticleFields, kept: Sequence[str], rejoined: Sequence[str]
) -> CheckPage:
    """Ask whether to keep the line breaks of a hard-wrapped text."""
    return CheckPage(
        action=action,
        hidden=_hidden(fields, "lines"),
        kept_count=formatting.counted(len(kept), "paragraph"),
        kept=tuple(kept[:SAMPLE_LINES]),
        rejoined_count=formatting.counted(len(rejoined), "paragraph"),
        rejoined=tuple(rejoined[: SAMPLE_LINES // 2]),
    )


def _hidden(fields: ArticleFields, question: str) -> tuple[tuple[str, str], ...]:
    typed: Mapping[str, str] = asdict(fields)
    return tuple((name, value) for name, value in typed.items() if value and name != question)


def _form(
    heading: str,
    action: str,
    cancel: str,
    submit: str,
    fields: ArticleFields,
    max_text: int,
    error: VariorumError | None,
    *,
    needs_key: bool,
    meanwhile: str = "",
    publishers: Sequence[str] = (),
) -> FormPage:
    wrong = error.fields if isinstance(error, InvalidInputError) else {}

    is_new = not fields.revision

    def view(name: str, label: str, hint: str = "", kind: str = "text") -> FieldView:
        looked_up = is_new and kind in ("textarea", "file")
        return FieldView(
            name, label, getattr(fields, name, "") or "", hint, wrong.get(name, ""), kind, looked_up
        )

    title = view("title", "Title", "Left empty, the first line of the text is taken.")
    text = view(
        "text", "Text", f"Each line is a paragraph. At most {formatting.megabytes(max_text)}.", "textarea"
    )
    file = view(
        "file",
        "File",
        "Instead of pasting: a web page, PDF, Word, OpenDocument, RTF, e-mail, web archive, or plain text",
        "file",
    )
    stated = (
        replace(view("publisher", "Publisher"), suggested=tuple(publishers)),
        view("author", "Author"),
        view("published_on", "Date of publication", "As printed on the page.", "date"),
        view("url", "Address", "Link to the article.", "url"),
    )
    editor = view("editor", "Your name", "Kept in this browser, for the log of changes. It may stay empty.")
    name_fields = [editor] if fields.editor is not None else []
    fields_in_order = (title, text, *([file] if is_new else []), *stated, *name_fields)
    return FormPage(
        heading=heading,
        action=action,
        cancel=cancel,
        submit=submit,
        title=title,
        text=text,
        file=file if is_new else None,
        stated=stated,
        editor=editor if name_fields else None,
        revision=fields.revision,
        problem=error.message if error else "",
        advice=error.advice if error else "",
        wrong=tuple(each for each in fields_in_order if each.error),
        meanwhile=meanwhile,
        needs_key=needs_key,
        max_bytes=max_text,
    )
