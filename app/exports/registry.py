"""Every format that something can be exported in: a new one is a module in ``formats`` and a row here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.exports.citation import article_bibtex, article_csl, bibtex, csl_json
from app.exports.file_names import file_name
from app.exports.formats.article_files import article_json, article_text
from app.exports.formats.collatex import collatex_table
from app.exports.formats.graphml import graphml
from app.exports.formats.markdown import markdown_text
from app.exports.formats.offline_page import offline_page
from app.exports.formats.spreadsheet import spreadsheet
from app.exports.formats.tei import tei_file
from app.exports.formats.whole_json import whole_json
from app.exports.formats.word import word_file
from app.exports.record import ArticleExport, ComparisonExport, StoryExport

Exported = TypeVar("Exported")


@dataclass(frozen=True, slots=True)
class ExportFormat(Generic[Exported]):
    """A format, whole."""

    key: str
    """Its name in addresses."""
    name: str
    """What a menu calls it."""
    about: str
    """What it is for, in a few words."""
    media_type: str
    suffix: str
    """What the file's name ends with, without the first dot."""
    write: Callable[[Exported], bytes]
    is_citation: bool = False
    """Whether it is how something is cited, and not the thing itself."""


OF_COMPARISONS: tuple[ExportFormat[ComparisonExport], ...] = (
    ExportFormat(
        "docx",
        "Word file",
        "tracked changes, and findings as comments",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        word_file,
    ),
    ExportFormat(
        "html",
        "Web page",
        "one file that works offline and prints",
        "text/html; charset=utf-8",
        "html",
        offline_page,
    ),
    ExportFormat(
        "csv",
        "Spreadsheet",
        "findings with titles, dates and addresses, CSV",
        "text/csv; charset=utf-8",
        "csv",
        spreadsheet,
    ),
    ExportFormat(
        "markdown",
        "Markdown",
        "to paste into a ticket, a wiki or a mail",
        "text/markdown; charset=utf-8",
        "md",
        markdown_text,
    ),
    ExportFormat(
        "json", "JSON", "the comparison, its sources and notes", "application/json", "json", whole_json
    ),
    ExportFormat(
        "tei", "TEI", "an apparatus in XML, for editions", "application/tei+xml", "tei.xml", tei_file
    ),
    ExportFormat(
        "collatex",
        "CollateX",
        "an alignment table in JSON",
        "application/json",
        "collatex.json",
        collatex_table,
    ),
    ExportFormat(
        "bibtex",
        "BibTeX",
        "for LaTeX",
        "application/x-bibtex; charset=utf-8",
        "bib",
        bibtex,
        is_citation=True,
    ),
    ExportFormat(
        "csl",
        "CSL-JSON",
        "for Zotero and others",
        "application/vnd.citationstyles.csl+json",
        "csl.json",
        csl_json,
        is_citation=True,
    ),
)
"""In the order of menus."""

OF_ARTICLES: tuple[ExportFormat[ArticleExport], ...] = (
    ExportFormat(
        "text", "Text", "the article without page extras", "text/plain; charset=utf-8", "txt", article_text
    ),
    ExportFormat("json", "JSON", "a line that import reads", "application/json", "json", article_json),
    ExportFormat(
        "bibtex",
        "BibTeX",
        "for LaTeX",
        "application/x-bibtex; charset=utf-8",
        "bib",
        article_bibtex,
        is_citation=True,
    ),
    ExportFormat(
        "csl",
        "CSL-JSON",
        "for Zotero and others",
        "application/vnd.citationstyles.csl+json",
        "csl.json",
        article_csl,
        is_citation=True,
    ),
)

OF_STORIES: tuple[ExportFormat[StoryExport], ...] = (
    ExportFormat(
        "graphml",
        "Graph",
        "articles and what they share, GraphML for Gephi and others",
        "application/graphml+xml",
        "graphml",
        graphml,
    ),
)


def format_named(key: str, formats: Sequence[ExportFormat[Exported]]) -> ExportFormat[Exported] | None:
    """Return the format with this key, if there is one."""
    return next((form for form in formats if form.key == key), None)


def comparison_file_name(export: ComparisonExport, form: ExportFormat[ComparisonExport]) -> str:
    """Return the name of a comparison's file in a format."""
    comparison = export.comparison
    words = (comparison.base.label, comparison.witness.label)
    ids = f"{comparison.base.revision}-{comparison.witness.revision}"
    return file_name(*words, fallback=ids, suffix=form.suffix)
