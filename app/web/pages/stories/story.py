"""The page of a story: its articles by date, the fate of each paragraph in each, and observations on precedence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

from app import permalinks
from app.collation.model import Comparison
from app.services.operations.backlog import Waiting
from app.services.stories.library import WorstFinding
from app.services.stories.matrix import Column, Matrix
from app.services.stories.story import Story, StoryArticle
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.formatting import opening
from app.web.pages.comparison import summary
from app.web.pages.comparison.precedence import PrecedenceView, precedence_view
from app.web.pages.shared.backlog import WaitingPage, waiting_line
from app.web.pages.shared.entry import EntryView, entry_view
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.paging import Pager, pager_of_pages
from app.web.pages.shared.relatives import INDIRECT, SharedView, shared_view
from app.web.pages.stories.matrix import MatrixView, matrix_view
from app.web.pages.stories.worst_finding import WorstFindingView, counts_by_kind, worst_finding_view
from app.web.synopsis_address import SynopsisAddress

MAX_PREVIEW_ARTICLES = 4
"""Articles that a preview names; of the others it gives the number."""

NAME_WORDS = 4
"""Words of the title that name an article without a publisher of its own."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """One article of the story."""

    entry: EntryView
    name: str
    parting: str
    """Where an editor takes it out of the story; empty for a single article."""
    is_base: bool
    base_path: str
    """The story with this article as its base."""
    shared: SharedView | None
    """What it shares with the base; None for the base itself."""
    compare_path: str
    left_out: str
    """How many paragraphs of the base it has not; empty where it has all of them."""
    added: str
    """How many it has that the base has not."""


@dataclass(frozen=True, slots=True)
class PairView:
    """What the base and one other article show about which came first."""

    name: str
    first: PrecedenceView


@dataclass(frozen=True, slots=True)
class StoryWorstFinding:
    """What matters most in the story, before its articles."""

    line: WorstFindingView
    between: str
    """The two articles whose comparison it is."""
    says: str
    """What differs in that comparison, in words."""
    comparison: str
    """Its address."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What ``stories/story.html`` shows."""

    title: str
    description: str
    path: str
    """The address of this view of it."""
    count: str
    shares: str
    """What makes these articles a story, in a sentence."""
    span: str
    """From when to when, in words."""
    worst: StoryWorstFinding | None
    members: tuple[MemberView, ...]
    base: str
    """What the base is called."""
    export: str
    """The address of its exports."""
    feed: str
    wordings: str
    """The base as one text, tinted where the others differ."""
    matrix: MatrixView | None
    """None for a single article."""
    pairs: tuple[PairView, ...]
    pager: Pager | None
    """The ways to the other parts of a story of very many articles."""
    waiting: WaitingPage | None
    """That articles are still to be compared; None where none is."""


def story_page(matrix: Matrix, waiting: Waiting, start: int = 1) -> StoryPage:
    """Build the page of the story in ``matrix``; of a very long base, the part with row ``start`` (from 1)."""
    story = matrix.story
    names = called([matrix.base, *(column.entry for column in matrix.columns)])
    columns = {column.entry.article: column for column in matrix.columns}
    by_article = dict(zip([matrix.base.article, *columns], names, strict=True))
    everybody = [article.entry for article in story.articles]

    def page_path(page: int) -> str:
        return _path(story, matrix.base.article, page)

    def part_path(row: int) -> str:
        return f"{_path(story, matrix.base.article, matrix.page, row)}#paragraphs"

    return StoryPage(
        title=next(entry.title for entry in everybody if entry.article == story.id),
        description=_description(everybody),
        path=page_path(matrix.page),
        count=formatting.counted(len(everybody), "article"),
        shares="These two share text."
        if len(everybody) == 2
        else "These share text with one another, directly or through a third.",
        span=_span(everybody),
        worst=_worst_finding(matrix.worst, everybody) if matrix.worst else None,
        members=tuple(
            _member(matrix, article, by_article, columns.get(article.entry.article))
            for article in story.articles
            if article.entry.article in by_article
        ),
        base=names[0],
        export=f"{permalinks.story_path(story.id)}/export",
        feed=f"{permalinks.story_path(story.id)}/feed.atom",
        wordings=SynopsisAddress(story.id, story.requested_base).path,
        matrix=None if story.is_single else matrix_view(matrix, names, part_path, start),
        pairs=tuple(_pairs(names[1:], matrix.compared)),
        pager=pager_of_pages(
            f"Part {matrix.page} of {matrix.pages}, each beside the base",
            matrix.page,
            matrix.page < matrix.pages,
            page_path,
        ),
        waiting=waiting_line(waiting, "story"),
    )


def called(entries: Sequence[ArticleEntry]) -> tuple[str, ...]:
    """Return the name of each of several articles beside the others.

    Its publisher, where no other has the same; else the first words of its title, with a number where that is not
    enough.
    """
    publishers = [" ".join(entry.publisher.split()) for entry in entries]
    names = [
        publisher
        if publisher and publishers.count(publisher) == 1
        else f"“{opening(entry.title, max_words=NAME_WORDS)}”"
        for entry, publisher in zip(entries, publishers, strict=True)
    ]
    return tuple(
        f"{name} ({names[:place].count(name) + 1})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    )


def _member(
    matrix: Matrix, article: StoryArticle, names: Mapping[str, str], column: Column | None
) -> MemberView:
    entry = article.entry
    base = summary.isolated(names[matrix.base.article])
    shared = None
    if article.relation:
        shared = shared_view(article.relation, base)
    elif column:
        shared = replace(INDIRECT, says=f"{formatting.share(column.kept_share)} of {base} appears in it")
    left_out, added = (column.left_out, column.added) if column else (0, 0)
    return MemberView(
        entry=entry_view(entry),
        name=names[entry.article],
        parting="" if matrix.story.is_single else permalinks.parting_path(entry.article),
        is_base=column is None,
        base_path=_path(matrix.story, entry.article, 1),
        shared=shared,
        compare_path=permalinks.compare_path(matrix.base.revision, entry.revision) if column else "",
        left_out=f"leaves out {formatting.counted(left_out, 'paragraph')}" if left_out else "",
        added=f"adds {formatting.counted(added, 'paragraph')}" if added else "",
    )


def _worst_finding(worst: WorstFinding, everybody: Sequence[ArticleEntry]) -> StoryWorstFinding | None:
    """Return the most serious finding; None where an article of its comparison has been edited since."""
    names = dict(zip((entry.revision for entry in everybody), called(everybody), strict=True))
    if worst.base not in names or worst.witness not in names:
        return None
    counts = counts_by_kind(worst.counts)
    verb = "differs" if sum(worst.counts.values()) == 1 else "differ"
    return StoryWorstFinding(
        line=worst_finding_view(worst),
        between=f"{summary.isolated(names[worst.base])} and {summary.isolated(names[worst.witness])}",
        says=f"{listed(counts)} {verb}",
        comparison=permalinks.compare_path(worst.base, worst.witness),
    )


def _pairs(names: Sequence[str], comparisons: Sequence[Comparison]) -> Iterator[PairView]:
    """Yield the pairs of the base and a column that have observations."""
    for name, comparison in zip(names, comparisons, strict=True):
        path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision)
        first = precedence_view(comparison, partial(_row_place, path))
        if first:
            yield PairView(name, first)


def _row_place(path: str, row: int) -> str:
    return f"{path}#{permalinks.row_anchor(row)}"


def _path(story: Story, base: str, page: int, row: int = 1) -> str:
    """Return the address of a part of the story with this ``base``."""
    chosen = [("base", base)] * (base != story.default_base) + [("page", str(page))] * (page > 1)
    chosen += [("from", str(row))] * (row > 1)
    return (
        f"{permalinks.story_path(story.id)}?{urlencode(chosen)}"
        if chosen
        else permalinks.story_path(story.id)
    )


def _span(entries: Sequence[ArticleEntry]) -> str:
    """Return the days from the first to the last article, as far as dates are stated."""
    days = sorted({entry.published_on for entry in entries if entry.published_on})
    if not days:
        return "No date of publication is stated."
    if len(days) == 1:
        return f"The one date stated is {formatting.day(days[0])}."
    return f"Dates stated run from {formatting.day(days[0])} to {formatting.day(days[-1])}."


def _description(entries: Sequence[ArticleEntry]) -> str:
    """Return what the preview of a shared link says."""
    if len(entries) == 1:
        return "No other stored article shares its text."
    first = entries[:MAX_PREVIEW_ARTICLES]
    named = [
        f"{name} ({formatting.day(entry.published_on)})"
        for entry, name in zip(first, called(first), strict=True)
    ]
    if len(entries) > MAX_PREVIEW_ARTICLES:
        named.append(f"{len(entries) - MAX_PREVIEW_ARTICLES:,} more")
    return f"{formatting.counted(len(entries), 'article')} that share one another’s text: {listed(named)}."
