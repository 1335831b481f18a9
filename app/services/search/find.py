"""Search the texts of all articles: the one function behind the page, the API and feeds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from sqlmodel import Session

from app.db.engine.base import Database
from app.db.index import search_texts
from app.db.index.search_expression import Expression, TermRun
from app.db.queries import notes as note_queries
from app.db.queries.searching import labels as label_queries
from app.db.queries.searching import search_results
from app.db.queries.searching.search_results import Chosen, FoundArticle, FoundText
from app.services.search import date_facts, terms
from app.services.search.marks import HitExcerpt, Marked, Marker, excerpt, paragraph_numbers
from app.services.search.query_language import ParsedQuery, Sought, parse
from app.services.summaries import ArticleEntry

MAX_FOUND = 500
"""Articles that a search counts, ranks and lists: the newest of those that match."""

STORIES_PER_PAGE = 10
MAX_ARTICLES_OF_A_STORY = 4
"""Articles of a story that one search shows."""

MAX_PARAGRAPHS = 3
"""Paragraphs of an article that one search shows."""

MAX_NOTES = 5
MAX_NOTES_READ = 1_000
"""Notes that may hold the words, the last written first, in which a search looks for them."""

MAX_MARKED_CHARS = 300_000
"""Characters of an article's text in which words are marked; of a longer one, later paragraphs are not shown."""

MAX_MARKED_CHARS_OF_A_PAGE = 1_000_000
"""The same of all articles on one page, of which there may be 40; 40 usual ones have some 200,000."""

MAX_CHOSEN = 400
"""Articles with a tag, a note and so on that are looked through one by one, at 70 us each; of more, those among the
newest ``MAX_FOUND`` that hold the words."""

MAX_COMPLETIONS = 200
"""Words that the beginnings in a query stand for, all together."""

FIRST_DAY, LAST_DAY = date(1600, 1, 1), date(2199, 12, 31)
"""Dates of publication that filters know."""

Sort = Literal["relevance", "newest", "published"]
"""The best match first; the last added first; the last published first."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to search for. What is empty or None restricts nothing; fields in the query restrict further."""

    query: str = ""
    publisher: str = ""
    """As articles state it."""
    language: str = ""
    since: date | None = None
    until: date | None = None
    """The last day."""
    kind: str = ""
    """A kind of finding, in a stored comparison with the article."""
    tag: str = ""
    collection: str = ""
    is_noted: bool = False
    sort: Sort = "relevance"
    below: int | None = None
    """Only texts older than this place in the index, as ``SearchResults.floor`` gives it."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ParagraphHit:
    """A paragraph with marked words."""

    index: int
    """From 0."""
    number: str
    """As pages print it: H for the headline, f for page extras."""
    anchor: str
    excerpt: HitExcerpt


@dataclass(frozen=True, slots=True)
class ArticleHits:
    """An article that matches."""

    article: ArticleEntry
    title: HitExcerpt
    publisher: HitExcerpt
    author: HitExcerpt
    paragraphs: tuple[ParagraphHit, ...]
    """The best ``MAX_PARAGRAPHS``, the best first; none where only title, publisher or author match."""
    more: int
    """Further paragraphs with words of the query."""


@dataclass(frozen=True, slots=True)
class StoryHits:
    """What was found in a story, or in an article on its own."""

    story: str | None
    articles: tuple[ArticleHits, ...]
    more: int
    """Further articles of the story that match."""


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note that holds the words."""

    id: str
    base: str
    """Revision ids: of the text it is on or, with ``witness``, of the comparison."""
    witness: str | None
    row: int
    finding: int | None
    pins: str
    place: str
    excerpt: HitExcerpt


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of what was found."""

    request: SearchRequest
    parsed: ParsedQuery
    stories: tuple[StoryHits, ...] = ()
    notes: tuple[NoteHit, ...] = ()
    """At most ``MAX_NOTES``, the last written first, on the first page of a search without filters."""
    page: int = 1
    pages: int = 1
    articles: int = 0
    """How many match, up to ``MAX_FOUND``."""
    is_bounded: bool = False
    """Whether more match than are counted: those added last are listed."""
    floor: int = 0
    """Where the search stopped looking further back, to go on from with ``below``; 0 if it looked at everything."""
    waiting: int = 0
    """Texts that cannot be searched yet."""
    remarks: tuple[str, ...] = ()
    """What of the query was not understood or left out, a sentence each."""


def search(db: Database, request: SearchRequest, *, public_only: bool = True) -> SearchResults:
    """Return a page of the articles that match, grouped by story, with the paragraphs that hold the words.

    Every newest text is searched: each paragraph, title, publisher and author; earlier revisions are not; and the notes
    that were written last, with ``public_only`` only the public ones. Any query is allowed and its work bounded: what
    it cannot mean is in ``remarks``. A page beyond the last gives the last.
    """
    parsed = parse(request.query)
    remarks = (*parsed.remarks, *_replaced(request, parsed))
    request = _with_fields(request, parsed)
    with db.reading() as session:
        waiting = search_texts.count_waiting(session)
        expression = _expression(session, parsed, request)
        chosen = Chosen(
            kind=request.kind,
            noted="" if not request.is_noted else "public" if public_only else "any",
            tag=label_queries.label_key(request.tag),
            collection=label_queries.label_key(request.collection),
        )
        empty = SearchResults(request, parsed, waiting=waiting, remarks=remarks)
        if not expression.required and (not chosen.anything or parsed.excluded):
            return empty
        serials, floor = _serials(session, expression, chosen, request.below)
        articles = search_results.found_articles(session, serials[:MAX_FOUND])
        ranked = _ranked(session, expression, parsed, request, articles)
        groups: dict[str, list[FoundArticle]] = {}
        for each in ranked:
            groups.setdefault(each.story or each.article, []).append(each)
        pages = max(1, -(-len(groups) // STORIES_PER_PAGE))
        page = min(max(request.page, 1), pages)
        shown = list(groups.values())[(page - 1) * STORIES_PER_PAGE : page * STORIES_PER_PAGE]
        return replace(
            empty,
            stories=_stories(session, parsed, shown),
            notes=_notes(session, parsed, request, public_only=public_only) if page == 1 else (),
            page=page,
            pages=pages,
            articles=len(articles),
            is_bounded=len(serials) > MAX_FOUND,
            floor=serials[MAX_FOUND - 1] if len(serials) > MAX_FOUND else floor,
        )


def _with_fields(request: SearchRequest, parsed: ParsedQuery) -> SearchRequest:
    """Return the request with what the query's own fields ask for."""
    given = {name: values[0] for name, values in parsed.filters.items()}
    since, until = request.since, request.until
    if "after" in given:
        since = max(date.fromisoformat(max(parsed.filters["after"])), since or date.min)
    if "before" in given:
        before = date.fromisoformat(min(parsed.filters["before"]))
        until = min(before - timedelta(days=1) if before > date.min else before, until or date.max)
    return replace(
        request,
        since=since,
        until=until,
        language=given.get("language", request.language),
        kind=given.get("finding", request.kind),
        tag=given.get("tag", request.tag),
        collection=given.get("collection", request.collection),
        is_noted=request.is_noted or "has" in given,
        sort=request.sort if request.sort in get_args(Sort) else "relevance",
    )


def _replaced(request: SearchRequest, parsed: ParsedQuery) -> Sequence[str]:
    """Return remarks on filters of which the query's own fields take the place."""
    filters = {"language": request.language, "tag": request.tag, "collection": request.collection}
    return [
        f"“{name}:{parsed.filters[name][0]}” took the place of the filter “{value}”."
        for name, value in (filters | {"finding": request.kind}).items()
        if value and parsed.filters.get(name, (value,))[0].lower() != value.lower()
    ]


def _expression(session: Session, parsed: ParsedQuery, request: SearchRequest) -> Expression:
    """Return the expression to search the index with."""
    required: list[tuple[TermRun, ...]] = []
    beginnings = sum(each.is_prefix for each in (*sum(parsed.required, ()), *parsed.excluded))
    most = MAX_COMPLETIONS // max(1, beginnings)
    for group in parsed.required:
        alone = group[0] if len(group) == 1 else None
        runs = terms.run_facts(alone.words) if alone and not alone.column and not alone.is_prefix else []
        required += [(TermRun((fact,)),) for fact in runs]
        if not runs or len(group[0].words) > terms.MAX_RUN:
            required.append(tuple(run for sought in group for run in _runs(session, sought, most)))
    excluded = tuple(run for sought in parsed.excluded for run in _runs(session, sought, most))
    if parsed.required or not parsed.excluded:
        required += _facts(session, request)
    return Expression(tuple(required), excluded)


def _runs(session: Session, sought: Sought, most: int) -> list[TermRun]:
    """Return one part of a query as the index has it; a prefix becomes the ``most`` shortest words that it begins."""
    run = TermRun(sought.words, sought.column, sought.is_prefix)
    if not sought.is_prefix or len(sought.words) > 1:
        return [run]
    fact = terms.beginning_fact(sought.words[0])
    if fact and not sought.column:
        return [TermRun((fact,))]
    words = search_texts.completions(session, sought.words[0], most)
    return [TermRun((word,), sought.column) for word in (words or sought.words)]


def _facts(session: Session, request: SearchRequest) -> list[tuple[TermRun, ...]]:
    """Return the filters that are facts of a text, as groups; of each group, at least one fact must hold."""
    groups = []
    if request.publisher:
        names = label_queries.names_of_publisher(session, request.publisher)
        groups.append([fact for fact in {*map(terms.publisher_fact, (request.publisher, *names))} if fact])
    if request.language:
        groups.append([terms.language_fact(request.language)])
    if request.since or request.until:
        days = max(request.since or FIRST_DAY, FIRST_DAY), min(request.until or LAST_DAY, LAST_DAY)
        groups.append(date_facts.of_range(*days))
    return [tuple(TermRun((fact,)) for fact in group or ["·never"]) for group in groups]


def _serials(
    session: Session, expression: Expression, chosen: Chosen, below: int | None
) -> tuple[Sequence[int], int]:
    """Return the newest ``MAX_FOUND`` that match, and one more if there are more; and how far back it was looked."""
    most = MAX_FOUND + 1
    if not chosen.anything:
        matches = search_texts.matches(session, expression, most, below=below)
        return matches.serials, matches.floor
    if not expression.required:
        return search_results.chosen_serials(session, chosen, most, below), 0
    few = search_results.chosen_serials(session, chosen, MAX_CHOSEN + 1, below)
    if len(few) <= MAX_CHOSEN:
        return search_texts.matches(session, expression, most, below=below, among=few).serials, 0
    matches = search_texts.matches(session, expression, most, below=below)
    held = search_results.chosen_among(session, chosen, matches.serials)
    serials = [serial for serial in matches.serials if serial in held]
    return serials, matches.serials[-1] if len(matches.serials) == most else matches.floor


def _ranked(
    session: Session,
    expression: Expression,
    parsed: ParsedQuery,
    request: SearchRequest,
    articles: Sequence[FoundArticle],
) -> Sequence[FoundArticle]:
    """Return what was found in the order asked for; it is given with the last added first."""
    if request.sort == "published":
        return sorted(articles, key=lambda each: each.published_on or date.min, reverse=True)
    if request.sort == "newest" or len(articles) < 2:
        return articles
    words = [group[0] for group in parsed.required if len(group) == 1 and not group[0].column]
    most = MAX_COMPLETIONS // max(1, len(words))
    scores: dict[int, int] = {}
    for points, better in ((2, _in_title(session, words, most)), (1, _side_by_side(words))):
        if not better:
            continue
        serials = [each.serial for each in articles]
        for serial in search_texts.those_of(session, Expression(tuple(better)), serials, known=expression):
            scores[serial] = scores.get(serial, 0) + points
    return sorted(articles, key=lambda each: -scores.get(each.serial, 0))


def _in_title(session: Session, words: Sequence[Sought], most: int) -> list[tuple[TermRun, ...]]:
    """Return whether all words are in the title."""
    return [tuple(_runs(session, each._replace(column="title"), most)) for each in words]


def _side_by_side(words: Sequence[Sought]) -> list[tuple[TermRun, ...]]:
    """Return whether the words follow one another as they were typed."""
    run = tuple(word for each in words for word in each.words)
    return [(TermRun(run),)] if len(words) > 1 and not any(each.is_prefix for each in words) else []


def _stories(
    session: Session, parsed: ParsedQuery, groups: Sequence[Sequence[FoundArticle]]
) -> tuple[StoryHits, ...]:
    listed = [each for group in groups for each in group[:MAX_ARTICLES_OF_A_STORY]]
    revisions = [each.revision for each in listed]
    texts = search_results.found_texts(session, revisions)
    marker, left = Marker(parsed), MAX_MARKED_CHARS_OF_A_PAGE
    hits: dict[str, ArticleHits] = {}
    for each in listed:
        text = texts[each.revision]
        hits[each.revision] = _article(marker, text, min(left, MAX_MARKED_CHARS))
        left -= min(left, sum(map(len, text.paragraphs)))
    return tuple(
        StoryHits(
            group[0].story,
            tuple(hits[each.revision] for each in group[:MAX_ARTICLES_OF_A_STORY]),
            max(0, len(group) - MAX_ARTICLES_OF_A_STORY),
        )
        for group in groups
    )


def _notes(
    session: Session, parsed: ParsedQuery, request: SearchRequest, *, public_only: bool
) -> tuple[NoteHit, ...]:
    """Return notes that hold all the words; none where a filter chooses among articles."""
    unfiltered = SearchRequest(request.query, sort=request.sort, page=request.page)
    if not parsed.required or parsed.filters or request != unfiltered:
        return ()
    marker, left_out = Marker(parsed), Marker(ParsedQuery(required=(parsed.excluded,)))
    hits: list[NoteHit] = []
    words = [
        [max(each.words, key=len) for each in group]
        for group in parsed.required
        if all(word.isascii() for each in group for word in each.words)
    ]
    for row in note_queries.holding(session, words, public_only=public_only, limit=MAX_NOTES_READ):
        marked = marker.mark(row.text)
        if len(marked.groups) == len(parsed.required) and not left_out.mark(row.text).spans:
            place = (row.id, row.base, row.witness, row.row, row.finding, row.pins, row.place)
            hits.append(NoteHit(*place, excerpt(row.text, marked.spans)))
            if len(hits) == MAX_NOTES:
                break
    return tuple(hits)


def _article(marker: Marker, text: FoundText, room: int) -> ArticleHits:
    """Return the marked places in an article, within the first ``room`` characters of its text."""
    entry = text.entry
    stated = {name: getattr(entry, name) for name in ("title", "publisher", "author")}
    marked = {name: HitExcerpt(value, marker.mark(value, name).spans) for name, value in stated.items()}
    hits = []
    for index, paragraph in enumerate(text.paragraphs):
        room -= len(paragraph)
        if room < 0:
            break
        if index == text.headline and paragraph == entry.title:
            continue
        if (marks := marker.mark(paragraph)).spans:
            hits.append((index, paragraph, marks))

    def rank(hit: tuple[int, str, Marked]) -> tuple[int, bool, bool, int]:
        index, _, marked = hit
        return -len(marked.groups), not marked.are_side_by_side, index in text.furniture, index

    best = sorted(hits, key=rank)[:MAX_PARAGRAPHS]
    numbers = paragraph_numbers(text)
    return ArticleHits(
        entry,
        **marked,
        paragraphs=tuple(
            ParagraphHit(index, *numbers[index], excerpt(paragraph, marks.spans))
            for index, paragraph, marks in best
        ),
        more=len(hits) - len(best),
    )
