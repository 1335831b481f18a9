"""An article's history: its revisions with what each changed, and when a sentence came and went."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app import permalinks
from app.collation.findings.registry import KINDS
from app.collation.highlights.revised import RevisedPassage, RevisedText
from app.services.articles.history import (
    MAX_SENTENCE_CHARS,
    ArticleHistory,
    HistoryEntry,
    SentenceHistory,
    Source,
    StatedChange,
)
from app.web import formatting
from app.web.pages.shared.numbering import listed
from app.web.pages.shared.paging import Pager, pager

REVISIONS_PER_PAGE = 10

_SOURCES: Mapping[Source, str] = {
    "": "",
    "edit": "entered here",
    "script": "sent by a script",
    "import": "imported",
    "watch": "found by looking at its address again",
    "link": "read from its link",
    "file": "read from a file",
    "seeds": "came with the program",
}

_FIELDS = {
    "title": "Title",
    "publisher": "Publisher",
    "author": "Author",
    "published_on": "Date",
    "url": "Address",
}


@dataclass(frozen=True, slots=True)
class PassageView:
    """A place that a revision changed."""

    place: str
    """The paragraph, in words."""
    path: str
    """The row of the comparison that shows it."""
    lead: str
    before: str
    after: str
    tail: str
    is_moved: bool
    sentence: str
    """The address that says in which revisions its words are; empty where too few are to be looked for."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """One revision."""

    number: int
    path: str
    saved: str
    iso: str
    source: str
    who: str
    """Who made it, for editors; else empty."""
    substance: str
    """What it changed, in a word or two."""
    is_substantive: bool
    counts: str
    """How many paragraphs, and which findings; empty where nothing changed in substance."""
    is_serious: bool
    """Whether there are findings that may alter the meaning."""
    passages: tuple[PassageView, ...]
    unshown: str
    stated: tuple[StatedChange, ...]
    compare: str
    """The comparison with the revision before it; empty for the first."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """Where a sentence came and went."""

    sentence: str
    says: tuple[str, ...]
    """What is known, in sentences."""
    is_found: bool
    link: str
    """The address that shows this."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """An article's history."""

    title: str
    path: str
    newest: int
    revisions: tuple[HistoryView, ...]
    is_complete: bool
    sentence: SentenceView | None
    typed: str
    """The sentence that was looked for."""
    problem: str
    """Why it was not looked for; else empty."""
    max_chars: int
    earlier_number: int
    """What the form for comparing two revisions begins with."""
    last_change: str
    """The address that leads to the last revision that changed the text in substance; empty for a single one."""
    unchanged: str
    """The answer to a reader who looked for a change of substance where there is none; else empty."""
    pager: Pager | None


def history_page(
    history: ArticleHistory,
    sentence: SentenceHistory | None = None,
    *,
    typed: str = "",
    problem: str = "",
    before: int | None = None,
    unchanged: int | None = None,
    is_editor: bool = False,
) -> HistoryPage:
    """Build the page of this part of a history; ``before`` is what it was asked for, and who edited is for editors.

    ``unchanged`` is the revision up to which no change of substance was found, where one was looked for.
    """
    path = permalinks.history_path(history.article)
    numbers = [entry.revision.number for entry in history.entries]
    older = f"{path}?before={numbers[-1]}" if numbers and numbers[-1] > 1 else ""
    newer = ""
    if before is not None and numbers and numbers[0] < history.newest:
        above = numbers[0] + REVISIONS_PER_PAGE + 1
        newer = path if above > history.newest else f"{path}?before={above}"
    return HistoryPage(
        title=history.title,
        path=permalinks.article_path(history.article),
        newest=history.newest,
        revisions=tuple(_view(entry, is_editor=is_editor) for entry in history.entries),
        is_complete=history.is_complete,
        sentence=_sentence(history.article, sentence) if sentence else None,
        typed=typed,
        problem=problem,
        max_chars=MAX_SENTENCE_CHARS,
        earlier_number=max(1, history.newest - 1),
        last_change=substance_path(history.article, history.newest) if history.newest > 1 else "",
        unchanged=f"No revision up to {unchanged:,} changed the text in substance." if unchanged else "",
        pager=pager("", newer, older),
    )


def substance_path(article: str, number: int) -> str:
    """Return the address that leads to the last revision up to ``number`` that changed the text in substance."""
    return f"{permalinks.revision_path(article, number)}/last-change"


def unchanged_path(article: str, number: int) -> str:
    """Return the address of the history that says that nothing changed in substance up to ``number``."""
    return f"{permalinks.history_path(article)}?unchanged={number}"


def sentence_path(article: str, sentence: str) -> str:
    """Return the address of the page that says which revisions have a sentence."""
    return f"{permalinks.history_path(article)}?{urlencode({'sentence': sentence})}"


def _view(entry: HistoryEntry, *, is_editor: bool) -> HistoryView:
    revision, change = entry.revision, entry.change
    compare = permalinks.compare_path(entry.previous, revision.id) if entry.previous else ""
    return HistoryView(
        number=revision.number,
        path=permalinks.revision_path(revision.article, revision.number),
        saved=formatting.moment(revision.saved_at),
        iso=revision.saved_at.isoformat(timespec="seconds"),
        source=_SOURCES[entry.source],
        who=entry.who if is_editor else "",
        substance=_substance(entry),
        is_substantive=change is not None and change.substance == "text",
        counts=_counts(change) if change else "",
        is_serious=bool(change and change.gravity),
        passages=tuple(_passage(revision.article, compare, each) for each in change.passages)
        if change
        else (),
        unshown=formatting.counted(change.unshown, "further place") if change and change.unshown else "",
        stated=tuple(StatedChange(_FIELDS[each.field], each.before, each.after) for each in entry.stated),
        compare=compare,
    )


def _substance(entry: HistoryEntry) -> str:
    if not entry.previous:
        return "First text"
    if entry.change is None:
        return "Not compared yet"
    if entry.change.substance == "text":
        return "Text changed"
    if entry.change.substance == "extras":
        return "Only page extras changed"
    if entry.change.substance == "typography":
        return "Only typography changed"
    return "Only what is stated changed" if entry.stated else "No visible change"


def _counts(change: RevisedText) -> str:
    """Say how many paragraphs changed how, and what findings there are.

    >>> _counts(RevisedText("text", 2, 1, 0, 0, {"number": 1}, 5, (), 0))
    '2 paragraphs reworded, 1 added · Number differs'
    """
    parts: list[str] = []
    for count, what in (
        (change.edited, "reworded"),
        (change.added, "added"),
        (change.omitted, "taken out"),
        (change.moved, "moved"),
    ):
        if count:
            parts.append(f"{count if parts else formatting.counted(count, 'paragraph')} {what}")
    kinds = [KINDS[kind].heading for kind in KINDS if change.findings.get(kind)]
    return " · ".join(filter(None, [", ".join(parts), ", ".join(kinds)]))


def _passage(article: str, compare: str, passage: RevisedPassage) -> PassageView:
    whole = (passage.after or passage.before).rstrip("…")
    words = " ".join(whole.split())[:MAX_SENTENCE_CHARS]
    is_headline = passage.place == "H"
    return PassageView(
        place="Headline" if is_headline else f"¶{passage.place}",
        path=permalinks.row_path(compare, passage.row),
        lead=passage.lead,
        before=passage.before,
        after=passage.after,
        tail=passage.tail,
        is_moved=passage.is_moved,
        sentence=sentence_path(article, words) if len(words.split()) > 2 else "",
    )


def _sentence(article: str, history: SentenceHistory) -> SentenceView:
    return SentenceView(
        history.sentence, tuple(_says(history)), bool(history.runs), sentence_path(article, history.sentence)
    )


def _says(history: SentenceHistory) -> list[str]:
    """Say in which revisions a sentence is, and which of them added it and took it out.

    >>> _says(SentenceHistory("He came.", ((2, 3),), 1, 4))
    ['It is in revisions 2 and 3.', 'Revision 2 added it.', 'Revision 4 took it out.']
    >>> _says(SentenceHistory("He came.", ((1, 1),), 1, 1))
    ['It is in revision 1, the only one.']
    """
    searched = (
        f" Only revisions {history.oldest} to {history.newest} were looked through."
        if history.oldest > 1
        else ""
    )
    if not history.runs:
        return [f"No revision has these words. Fewer of them may be found.{searched}"]
    if history.runs == ((1, history.newest),):
        only = ", the only one" if history.newest == 1 else ""
        return [f"It is in {'revision 1' if only else f'all {history.newest} revisions'}{only}."]
    spans = listed(
        str(first) if first == last else f"{first} {'and' if last == first + 1 else 'to'} {last}"
        for first, last in history.runs
    )
    several = len(history.runs) > 1 or history.runs[0][0] != history.runs[0][1]
    says = [f"It is in {'revisions' if several else 'revision'} {spans}.{searched}"]
    for first, last in history.runs:
        if first == 1:
            says.append("The first text has it.")
        elif first > history.oldest:
            says.append(f"Revision {first} added it.")
        if last < history.newest:
            says.append(f"Revision {last + 1} took it out.")
    return says
