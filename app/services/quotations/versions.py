"""Every version of a quotation across the library, and the quotations of one article."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from app.collation import diff
from app.collation.model import Change, Span
from app.collation.quotations import compared
from app.collation.quotations.versions import matching
from app.collation.quotations.versions.signature import known
from app.db.engine.base import Database
from app.db.index import speaker_names
from app.db.index import wordings as wording_index
from app.db.queries import quotations as quotation_queries
from app.db.queries.quotations import QuotationWithArticle
from app.errors import NotFoundError
from app.services.quotations import cluster, extract
from app.services.summaries import ArticleEntry

MAX_QUOTATIONS_SHOWN = 500
"""Quotations on one page; of a sentence that more articles print, those stored first."""


@dataclass(frozen=True, slots=True)
class PrintedQuotation:
    """A quotation as an article prints it."""

    id: str
    entry: ArticleEntry
    headline: int | None
    furniture: tuple[int, ...]
    places: tuple[tuple[int, int, int], ...]
    """Paragraph, start and end of each part, marks included."""
    speaker: str | None
    """As printed."""
    person: str | None
    cue: str | None
    text: str
    newest: int
    """The number of the article's newest revision."""


@dataclass(frozen=True, slots=True)
class WordingGroup:
    """Quotations in the same words, and how these differ from the most complete wording."""

    kind: str
    """``whole``, ``part`` or ``reworded``."""
    text: str
    """As the first of them prints it."""
    base: Span
    """What it corresponds to in the most complete wording."""
    beside: str
    """That part of the most complete wording."""
    changes: tuple[Change, ...]
    """From ``beside`` to ``text``, without punctuation that the article adds at their ends."""
    carried: tuple[PrintedQuotation, ...]
    """In the order in which they were stored."""


@dataclass(frozen=True, slots=True)
class QuotationVersions:
    """All stored versions of one quotation."""

    requested: PrintedQuotation
    wordings: tuple[WordingGroup, ...]
    """The most complete one first, then by length."""
    articles: int
    """How many print a version."""
    is_cut: bool
    """Whether more print one than are shown."""
    people: tuple[str, ...]
    """Who says it, by their names on pages."""
    comparable: bool
    """Whether it is long enough to have versions."""

    @property
    def whole(self) -> WordingGroup:
        """The most complete wording."""
        return self.wordings[0]


@dataclass(frozen=True, slots=True)
class ArticleQuotation:
    """A quotation of one article."""

    id: str
    places: tuple[tuple[int, int, int], ...]
    articles: int
    """How many print a version; 0 if it is too short to have any, or the revision is not the newest."""
    reworded: bool
    """Whether there are versions in other words."""


@dataclass(slots=True)
class _Group:
    """Quotations with the same wording, under the first text that prints it."""

    text: str
    is_cut: bool
    carried: list[PrintedQuotation] = field(default_factory=list)


def read_versions(db: Database, id: str) -> QuotationVersions:
    """Return every version of the quotation ``id``, grouped by wording. Raises NotFoundError."""
    with db.reading() as session:
        quotation = quotation_queries.quotation(session, id)
        if quotation is None:
            raise NotFoundError(
                "There is no such quotation.", "Its article may have been deleted, or the link is incomplete."
            )
        wording = known(quotation.row.text)
        serial = quotation.row.wording
        if serial is None and wording:
            serial = _nearest(session, quotation.row.text, wording.digest, wording.prints)
        head = quotation_queries.head(session, serial) if serial else None
        versions = quotation_queries.versions(session, head.serial, MAX_QUOTATIONS_SHOWN) if head else []
        whole = (
            wording_index.entries(session, [head.serial])[head.serial].text if head else quotation.row.text
        )
        together = [printed_quotation(version) for version in versions]
        requested = printed_quotation(quotation)
        if all(version.id != requested.id for version in together):
            together.append(requested)
        (people,) = speakers_of(session, [together])
        articles = max(head.carried if head else 0, len({version.entry.article for version in together}))
    return QuotationVersions(
        requested=requested,
        wordings=_wordings(whole, together),
        articles=articles,
        is_cut=len(versions) == MAX_QUOTATIONS_SHOWN,
        people=people,
        comparable=wording is not None,
    )


def quotation_at(db: Database, revision: str, paragraph: int, place: int) -> str:
    """Return the id of a revision's quotation that holds this code point of a paragraph. Raises NotFoundError."""
    for quotation in ensure_quotations(db, revision):
        if any(index == paragraph and start <= place < end for index, start, end in quotation.places):
            return quotation.id
    raise NotFoundError(
        "There is no quotation at this place.",
        "Its article may have been deleted, or the link is incomplete.",
    )


def versions_at(db: Database, revision: str, paragraph: int, place: int) -> QuotationVersions | None:
    """Return every version of the quotation at this code point of a paragraph; None where there is none."""
    try:
        return read_versions(db, quotation_at(db, revision, paragraph, place))
    except NotFoundError:
        return None


def speakers_in(db: Database, revisions: Sequence[str]) -> dict[tuple[str, int, int], str]:
    """Return the speakers of the revisions' stored quotations, by revision and the place where a part begins.

    A place is paragraph and code point, from 0. Quotations that have not been found yet, or whose speaker is not
    known, are left out.
    """
    with db.reading() as session:
        stored = quotation_queries.persons(session, revisions)
        labels = speaker_names.labels(session, {person for *_, person in stored})
    return {
        (revision, paragraph, start): labels.get(person, person)
        for revision, places, person in stored
        for paragraph, start, _ in _places(places)
    }


def ensure_quotations(db: Database, revision: str) -> tuple[ArticleQuotation, ...]:
    """Return the quotations of a revision, in order, found and stored first if that is pending."""
    extract.store_if_missing(db, revision)
    with db.reading() as session:
        return read_in(session, revision)


def read_in(session: Session, revision: str) -> tuple[ArticleQuotation, ...]:
    """Return the stored quotations of a revision, in order, in the caller's session."""
    return tuple(
        ArticleQuotation(quotation.id, _places(quotation.places), quotation.carried, quotation.reworded > 0)
        for quotation in quotation_queries.marked_quotations(session, revision)
    )


def _nearest(session: Session, text: str, digest: int, prints: Sequence[int]) -> int | None:
    """Return the wording that a quotation without one, as an earlier revision's, is a version of."""
    if stored := wording_index.serials_by_digest(session, [digest]):
        return stored[digest]
    related = cluster.find_related(session, text, prints)
    return min(related, key=lambda pair: (not pair[0].is_head, pair[0].rank))[0].serial if related else None


def _wordings(whole: str, carried: Sequence[PrintedQuotation]) -> tuple[WordingGroup, ...]:
    """Return the quotations grouped by wording, each group compared with the most complete one, ``whole``."""
    groups: list[_Group] = []
    kinds = cluster.VersionKinds()
    printing: dict[str, list[PrintedQuotation]] = {quotation.text: [] for quotation in reversed(carried)}
    for quotation in carried:
        printing[quotation.text].append(quotation)
    by_wording: dict[int, _Group] = {}
    for text in sorted(printing, key=lambda text: (text != whole, -matching.length(text))):
        wording = known(text)
        group = by_wording.get(wording.digest) if wording else None
        if group is None:
            # Two that are printed in full have one wording only if they have the same digest.
            open_to = [earlier for earlier in groups if earlier.is_cut or compared.is_cut(text)]
            group = next((earlier for earlier in open_to if kinds(earlier.text, text) == "same"), None)
        if group is None:
            groups.append(group := _Group(text, compared.is_cut(text)))
        if wording:
            by_wording.setdefault(wording.digest, group)
        group.carried += printing[text]
    place = {quotation.id: index for index, quotation in enumerate(carried)}
    return tuple(
        _shown(whole, group.text, sorted(group.carried, key=lambda quotation: place[quotation.id]))
        for group in groups
    )


def _shown(whole: str, text: str, carried: Sequence[PrintedQuotation]) -> WordingGroup:
    relation = None if text == whole else matching.related(whole, text)
    base = (0, len(whole))
    if relation and not relation.whole_base:
        # The shorter one's extra words are compared with what is in their place in the whole.
        base = relation.base
    beside = whole[slice(*base)]
    changes = diff.diff(_bare(beside), _bare(text, is_part=base[1] < len(whole))).changes
    kind = "whole" if text == whole else "part" if relation and relation.kind == "part" else "reworded"
    return WordingGroup(kind, text, base, beside, changes, tuple(carried))


def _bare(text: str, *, is_part: bool = False) -> str:
    """Return the text to compare: a final comma is the article's, and so is a part's full stop."""
    return text.rstrip(" ,;." if is_part and not text.endswith("..") else " ,;")


def speakers_of(session: Session, several: Sequence[Sequence[PrintedQuotation]]) -> list[tuple[str, ...]]:
    """Return who says each of several quotations, by their names on pages."""
    named = [
        list(dict.fromkeys(quotation.person for quotation in carried if quotation.person))
        for carried in several
    ]
    labels = speaker_names.labels(session, {name for names in named for name in names})
    return [tuple(dict.fromkeys(labels.get(name, name) for name in names)) for names in named]


def printed_quotation(stored: QuotationWithArticle) -> PrintedQuotation:
    """Return a stored quotation as a service returns it."""
    row = stored.row
    return PrintedQuotation(
        id=row.id,
        entry=stored.entry,
        headline=stored.headline,
        furniture=tuple(stored.furniture),
        places=_places(row.places),
        speaker=row.speaker,
        person=row.person,
        cue=row.cue,
        text=row.text,
        newest=stored.newest,
    )


def _places(stored: Sequence[Sequence[int]]) -> tuple[tuple[int, int, int], ...]:
    return tuple((paragraph, start, end) for paragraph, start, end in stored)
