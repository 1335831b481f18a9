"""An article's page: one revision with numbered paragraphs, and the articles that share something with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib.parse import urlsplit

from app import permalinks
from app.collation.model import Side
from app.services.articles.snapshot import ArticleSnapshot
from app.services.articles.store import StoredArticle
from app.services.operations.backlog import Waiting
from app.services.relations.relate import Relatives
from app.services.summaries import ArticleEntry, Relative
from app.web import formatting
from app.web.pages.articles.history import substance_path
from app.web.pages.articles.origin import OriginView, found_by_watching, origin_view
from app.web.pages.notes.note_view import NoteView, note_view
from app.web.pages.shared.backlog import WaitingPage, waiting_line
from app.web.pages.shared.entry import EntryView, entry_view
from app.web.pages.shared.numbering import FURNITURE, HEADLINE, printed_numbers
from app.web.pages.shared.paging import part_holding
from app.web.pages.shared.quotation_links import Piece, pieces_of
from app.web.pages.shared.relatives import RelativeView, relative_views
from app.web.pages.sorting.labels_page import LabelView, label_views

PARAGRAPHS_PER_PART = 500
"""Paragraphs on one page; a longer article is shown in parts. 500 short ones make a page of some 120 kB in 10 ms."""

MAX_CHOICES = 500
"""Articles that the picker offers beside the relatives: 500 make some 60 kB of a page."""

MAX_UNFOLDED = 8
"""Relatives of one kind that a list shows; the others are folded below it."""

MAX_FOREMOST = 3
"""Relatives that are shown when an article was just saved."""

MAX_QUERY_CHARS = 200
"""Characters of a search that are used; the rest is ignored."""

Notice = Literal["", "saved", "revised", "unchanged", "captured", "restored", "late"]
"""What has just happened to the article."""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph with its number and its link."""

    number: str
    """As printed: H for the headline, f for furniture, 1, 2, 3 ... for the rest."""
    anchor: str
    path: str
    """Its link, which shows the same paragraph for ever."""
    pieces: tuple[Piece, ...]
    """Its text, cut where quotations begin and end."""
    notes: tuple[NoteView, ...]
    """What editors noted on it."""


@dataclass(frozen=True, slots=True)
class RunView:
    """Consecutive paragraphs: either all boilerplate, and folded, or none of it."""

    folded: str
    """What the fold says; empty if nothing is folded."""
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision of the article, in a list."""

    number: int
    path: str
    saved: str
    shown: bool
    is_found: bool
    """Whether watching the article's address found it."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An article that this one can be compared with."""

    revision: str
    name: str


@dataclass(frozen=True, slots=True)
class RelativesList:
    """The relatives of one rank."""

    heading: str
    note: str
    """What the rank means; may be empty."""
    shown: tuple[RelativeView, ...]
    folded: tuple[RelativeView, ...]
    folded_count: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of an article too long for one page."""

    name: str
    path: str
    shown: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article's page."""

    entry: EntryView
    description: str
    article: str
    revision: str
    number: int
    newest: int
    permalink: str
    source: str
    """The article's own address elsewhere; empty if none is stated or it is not a web address."""
    source_name: str
    has_headline: bool
    """Whether the headline is among the paragraphs shown."""
    runs: tuple[RunView, ...]
    parts: tuple[PartView, ...]
    story: str
    """The address of its story; empty if it stands alone."""
    lists: tuple[RelativesList, ...]
    """Its relatives, those that reuse text first; no list is empty."""
    foremost: tuple[RelativeView, ...]
    choices: tuple[ChoiceView, ...]
    """Its relatives, then what was added last; or what a search found."""
    is_cut: bool
    """Whether there are more articles than are offered."""
    query: str
    """The words that a reader searches the choices for; empty if none were given."""
    found: str
    """How many were found, in words."""
    revisions: tuple[RevisionView, ...]
    origin: OriginView
    labels: tuple[LabelView, ...]
    """Its tags, and the collections that it is in."""
    is_dated_ahead: bool
    """Whether its day of publication was in the future when this revision was saved."""
    notice: Notice
    waiting: WaitingPage | None
    """A note that articles are still to be compared; None if none are."""

    @property
    def older(self) -> str:
        """The address of the revision before this one; empty if it is the first."""
        return permalinks.revision_path(self.article, self.number - 1) if self.number > 1 else ""

    @property
    def newer(self) -> str:
        """The address of the revision after this one; empty if it is the newest."""
        return permalinks.revision_path(self.article, self.number + 1) if self.number < self.newest else ""

    @property
    def last_change(self) -> str:
        """The address that leads to the last change of substance up to this revision."""
        return substance_path(self.article, self.number)

    @property
    def since(self) -> str:
        """The address of the comparison of this revision with the newest one."""
        return f"/compare?base={self.revision}&witness={self.article}"

    @property
    def seek_path(self) -> str:
        """The address that the picker's search is sent to: this very page."""
        return self.path if self.number == self.newest else self.permalink

    @property
    def path(self) -> str:
        """The address of the article's newest revision."""
        return self.entry.path


def article_page(
    snapshot: ArticleSnapshot,
    waiting: Waiting,
    *,
    newest_asked: bool,
    can_watch: bool = False,
    start: int = 1,
    notice: Notice = "",
    query: str = "",
    may_write: bool = False,
) -> ArticlePage:
    """Build the page of an article, from the part that has paragraph ``start`` (from 1).

    ``query`` is what the snapshot's choices match, if it was made for a search. Whoever
    may write also edits the notes.
    """
    article, relatives, choices = snapshot.article, snapshot.relatives, snapshot.choices
    origin = snapshot.origin
    permalink = permalinks.revision_path(article.article, article.number)
    source = article.url if urlsplit(article.url).scheme in ("http", "https") else ""
    entry = entry_view(article, names_extras=True)
    by_watching = found_by_watching(origin)
    below = {
        index: tuple(note_view(note, may_write=may_write) for note in on_it)
        for index, on_it in snapshot.notes.items()
    }
    pieces = pieces_of(article.paragraphs, snapshot.quotations)
    runs = _runs(_paragraphs(article, permalink, start, pieces, below))
    return ArticlePage(
        entry=entry,
        description=f"{entry.publisher} · {' · '.join(entry.facts)}",
        article=article.article,
        revision=article.revision,
        number=article.number,
        newest=article.newest,
        permalink=permalink,
        source=source,
        source_name=urlsplit(source).hostname or "",
        has_headline=any(paragraph.number == HEADLINE for run in runs for paragraph in run.paragraphs),
        runs=runs,
        parts=_parts(len(article.paragraphs), entry.path if newest_asked else permalink, start),
        story=permalinks.story_path(article.article) if relatives.reuse else "",
        lists=tuple(_lists(article, relatives)),
        foremost=relative_views(article, (*relatives.reuse, *relatives.quoting)[:MAX_FOREMOST]),
        choices=tuple(
            ChoiceView(other.revision, _choice_name(other)) for other in _offered(relatives, choices, query)
        ),
        is_cut=len(choices) >= MAX_CHOICES,
        query=query,
        found=f"{formatting.counted(len(choices), 'article')} found",
        revisions=tuple(
            RevisionView(
                number,
                permalinks.revision_path(article.article, number),
                formatting.moment(saved),
                number == article.number,
                number in by_watching,
            )
            for number, saved in reversed(article.numbers)
        ),
        origin=origin_view(
            origin, article.revision, address=article.url, can_watch=can_watch and newest_asked
        ),
        labels=label_views(snapshot.labels),
        is_dated_ahead=article.is_dated_ahead,
        notice=notice,
        waiting=waiting_line(waiting, "article"),
    )


def place_of(index: int, headline: int | None, furniture: Collection[int]) -> tuple[str, str, int]:
    """Return the fragment of paragraph ``index``, its place in words, and the first paragraph of its part (from 1).

    The paragraph is not boilerplate.

    >>> place_of(3, 1, (0,)), place_of(1, 1, (0,)), place_of(600, None, ())
    (('p-2', '¶2', 1), ('headline', 'headline', 1), ('p-601', '¶601', 501))
    """
    start = index // PARAGRAPHS_PER_PART * PARAGRAPHS_PER_PART + 1
    if index == headline:
        return "headline", "headline", start
    number = (
        index + 1 - sum(before < index for before in {*furniture, *([] if headline is None else [headline])})
    )
    return f"p-{number}", f"¶{number}", start


def part_path(path: str, start: int) -> str:
    """Return the address of the part of the article at ``path`` that begins with paragraph ``start``.

    >>> part_path("/articles/x", 1), part_path("/articles/x", 501)
    ('/articles/x', '/articles/x?from=501')
    """
    return path if start == 1 else f"{path}?from={start}"


def _lists(article: ArticleEntry, relatives: Relatives) -> Iterator[RelativesList]:
    """Yield the relatives kind by kind; telling the same story is never called reuse."""
    ranks: tuple[tuple[str, str, Sequence[Relative]], ...] = (
        ("Shares its text", "", relatives.reuse),
        ("Quotes the same words", "Not copying: both quote the same person.", relatives.quoting),
        ("Same story in its own words", "Not copying. Nearest first.", relatives.same_story),
    )
    for heading, note, related in ranks:
        if related:
            views = relative_views(article, related)
            more = f"{len(views) - MAX_UNFOLDED:,} more" if len(views) > MAX_UNFOLDED else ""
            yield RelativesList(heading, note, views[:MAX_UNFOLDED], views[MAX_UNFOLDED:], more)


def _offered(relatives: Relatives, choices: Sequence[ArticleEntry], query: str) -> Sequence[ArticleEntry]:
    if query:
        return choices
    related = (*relatives.reuse, *relatives.quoting, *relatives.same_story)
    return list(dict.fromkeys([*(relative.article for relative in related), *choices]))


def _choice_name(entry: ArticleEntry) -> str:
    return f"{entry.publisher}: {entry.title}" if entry.publisher else entry.title


def _parts(count: int, path: str, start: int) -> tuple[PartView, ...]:
    if count <= PARAGRAPHS_PER_PART:
        return ()
    shown = part_holding(start, PARAGRAPHS_PER_PART, count)
    return tuple(
        PartView(
            f"{first:,} to {min(first + PARAGRAPHS_PER_PART - 1, count):,}",
            part_path(path, first),
            first == shown.start + 1,
        )
        for first in range(1, count + 1, PARAGRAPHS_PER_PART)
    )


def _paragraphs(
    article: StoredArticle,
    permalink: str,
    start: int,
    pieces: Mapping[int, tuple[Piece, ...]],
    notes: Mapping[int, tuple[NoteView, ...]],
) -> list[ParagraphView]:
    """Return the paragraphs of the part that has paragraph ``start``."""
    side = Side(article.revision, article.title, article.paragraphs, article.headline, article.furniture)
    part = part_holding(start, PARAGRAPHS_PER_PART, len(article.paragraphs))
    path = part_path(permalink, part.start + 1)
    views = []
    furniture = 0
    for index, number in enumerate(printed_numbers(side)[: part.stop]):
        furniture += number == FURNITURE
        if index >= part.start:
            anchor = {HEADLINE: "headline", FURNITURE: f"f-{furniture}"}.get(number, f"p-{number}")
            text = pieces.get(index) or (Piece(article.paragraphs[index]),)
            views.append(ParagraphView(number, anchor, f"{path}#{anchor}", text, notes.get(index, ())))
    return views


def _runs(paragraphs: list[ParagraphView]) -> tuple[RunView, ...]:
    runs = []
    for is_furniture, run in groupby(paragraphs, lambda view: view.number == FURNITURE):
        views = tuple(run)
        folded = f"{formatting.counted(len(views), 'line')} of page extras" if is_furniture else ""
        runs.append(RunView(folded, views))
    return tuple(runs)
