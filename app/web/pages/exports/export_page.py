"""All exports of something, and its citation: a page, or a panel on the page that it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.model import Side
from app.errors import NotFoundError
from app.exports.citation import CitedPassage, article_citation, citation_line
from app.exports.record import ArticleExport, ComparisonExport, StoryExport
from app.exports.registry import OF_ARTICLES, OF_COMPARISONS, OF_STORIES, Exported, ExportFormat
from app.permalinks import paragraphs_path, pins_text
from app.web import formatting
from app.web.pages.articles.article import PARAGRAPHS_PER_PART, part_path
from app.web.pages.comparison.focus import MAX_CITED_CHARS
from app.web.pages.shared.numbering import FURNITURE, HEADLINE, in_signs, printed_numbers
from app.web.pages.table.comparison_view import ComparisonView


@dataclass(frozen=True, slots=True)
class ExportLink:
    """A link to an export."""

    name: str
    about: str
    """What it is for, in a few words."""
    link: str
    is_file: bool = True
    """Whether it is a file to save, and not a page."""


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What ``exports/page.html`` shows."""

    title: str
    back: str
    """The address of what is exported."""
    link: str
    """The permanent absolute link."""
    citation: str
    """The line that cites it; empty where there is none."""
    citations: tuple[ExportLink, ...]
    """The citation in other forms."""
    files: tuple[ExportLink, ...]


def comparison_export_page(export: ComparisonExport, path: str, view: ComparisonView) -> ExportPage:
    """Return the exports of the comparison at ``path``; for the findings, those of the kinds in view."""
    pins = pins_text(export.comparison.pins)
    pinned, listed = ComparisonView(pins=pins).query, ComparisonView(kinds=view.kinds, pins=pins).query
    files = [form for form in OF_COMPARISONS if not form.is_citation]
    return ExportPage(
        title=export.title,
        back=path + listed,
        link=export.link,
        citation=citation_line(export),
        citations=_links([form for form in OF_COMPARISONS if form.is_citation], path, pinned),
        files=(
            ExportLink(
                "Evidence file",
                "one zip that a colleague can check without this server",
                f"{path}/evidence{pinned}",
                is_file=False,
            ),
            *_links(files, path, pinned),
            ExportLink("Findings as CSV", "the listed kinds, with codes", f"{path}/findings.csv{listed}"),
            ExportLink("Findings as JSON", "the same for a program", f"{path}/findings.json{listed}"),
            ExportLink("Comparison document", "JSON, all that was computed", f"/api{path}{pinned}"),
        ),
    )


def article_export_page(export: ArticleExport, path: str, paragraph: int | None = None) -> ExportPage:
    """Return the exports of the revision of an article at ``path``.

    Cited is all of it, or a ``paragraph`` (from 1). Raises NotFoundError where there is no such paragraph.
    """
    passage, place = None, ""
    if paragraph is not None:
        passage, place = _passage(export, paragraph - 1)
    return ExportPage(
        title=export.title,
        back=path + place,
        link=passage.link if passage else export.link,
        citation=article_citation(export, passage),
        citations=_links([form for form in OF_ARTICLES if form.is_citation], path, ""),
        files=_links([form for form in OF_ARTICLES if not form.is_citation], path, ""),
    )


def story_export_page(export: StoryExport, path: str) -> ExportPage:
    """Return the exports of the story at ``path``."""
    return ExportPage(
        title=f"Story: {export.title}",
        back=path,
        link=export.link,
        citation="",
        citations=(),
        files=(
            *_links(OF_STORIES, path, ""),
            ExportLink("All wordings", "JSON, for a program", f"{paragraphs_path(export.story)}.json"),
        ),
    )


def _passage(export: ArticleExport, index: int) -> tuple[CitedPassage, str]:
    """Return a paragraph as it is cited, and where it is in the address of the article's page."""
    if not 0 <= index < len(export.paragraphs):
        raise NotFoundError("This article has no such paragraph.", "It may have been edited since.")
    side = Side(export.article, export.title, export.paragraphs, export.headline, export.furniture)
    number = printed_numbers(side)[index]
    extras = sum(each <= index for each in export.furniture)
    anchor = {HEADLINE: "headline", FURNITURE: f"f-{extras}"}.get(number, f"p-{number}")
    place = f"{part_path('', index // PARAGRAPHS_PER_PART * PARAGRAPHS_PER_PART + 1)}#{anchor}"
    words = formatting.opening(export.paragraphs[index], MAX_CITED_CHARS)
    return CitedPassage(in_signs([number]), words, export.link + place), place


def _links(forms: Sequence[ExportFormat[Exported]], path: str, query: str) -> tuple[ExportLink, ...]:
    return tuple(ExportLink(form.name, form.about, f"{path}/export/{form.key}{query}") for form in forms)
