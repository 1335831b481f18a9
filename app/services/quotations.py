"""Quotations across the library: every version of one, who is quoted most, and those of one article."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation import diff, fingerprints
from app.collation.model import Change, Span
from app.collation.quotations import versions
from app.collation.quotations.wordings import known
from app.db import fulltext, queries_quotations, speaker_names, wordings
from app.db.engine import Database
from app.db.queries_quotations import Head, Printed
from app.errors import NotFoundError
from app.services import arranging, quoting
from app.services.entries import ArticleEntry

CARRIERS = 500
"""Quotations on one page: of a sentence that more articles print, those that were stored first."""

SIZE = 25
"""Quotations on one page of the list."""

PEOPLE = 40
"""People whom the list names, those quoted most."""

NAMED = 4
"""Articles of one quotation that the list names."""

HOLDING = 300
"""Articles or wordings that are looked through for one word of a search."""


@dataclass(frozen=True, slots=True)
class Carried:
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
class WordingShown:
    """Quotations in the same words, and how these differ from the most complete ones."""

    kind: str
    """``whole``, ``part`` or ``reworded``."""
    text: str
    """As the first of them prints it."""
    base: Span
    """What it corresponds to in the most complete wording."""
    beside: str
    """That part of the most complete wording."""
    changes: tuple[Change, ...]
    """From ``beside`` to ``text``, without what the article sets at their ends: a comma, a part's full stop."""
    carried: tuple[Carried, ...]
    """As they were stored."""


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """All that is stored of one quotation's versions."""

    asked: Carried
    wordings: tuple[WordingShown, ...]
    """The most complete one first, then by length."""
    articles: int
    """How many print a version."""
    is_cut: bool
    """Whether more print one than are shown."""
    people: tuple[str, ...]
    """Who says it, by the names that pages know them by."""
    comparable: bool
    """Whether it is long enough to be a version of another."""

    @property
    def whole(self) -> WordingShown:
        """The most complete wording."""
        return self.wordings[0]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted."""

    name: str
    quotations: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A quotation in the list, in its most complete wording."""

    first: tuple[Carried, ...]
    """``NAMED`` that print it at most, in the most complete wording first."""
    articles: int
    wordings: int
    reworded: int
    """How many wordings are in other words."""
    people: tuple[str, ...]
    """Who says it, by the names that pages know them by."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list."""

    speaker: str | None
    """The name that pages know the one by who was asked for."""
    spellings: tuple[str, ...]
    """How articles spell it."""
    people: tuple[Person, ...]
    entries: tuple[Listed, ...]
    page: int
    more: bool
    """Whether there is a page after this one."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A quotation of one article."""

    id: str
    places: tuple[tuple[int, int, int], ...]
    articles: int
    """How many print a version; 0 where it is too short to tell, or the revision is not the newest."""
    reworded: bool
    """Whether there are versions in other words."""


def page(db: Database, id: str) -> QuotationPage:
    """Every version of the quotation ``id``, grouped by wording. Raises NotFoundError."""
    with db.reading() as session:
        asked = queries_quotations.quotation(session, id)
        if asked is None:
            raise NotFoundError(
                "There is no such quotation.", "Its article may have been deleted, or the link is incomplete."
            )
        own = known(asked.row.text)
        serial = asked.row.wording
        if serial is None and own:
            serial = _nearest(session, asked.row.text, own.digest, own.prints)
        head = queries_quotations.head(session, serial) if serial else None
        found = queries_quotations.versions(session, head.serial, CARRIERS) if head else []
        whole = wordings.entries(session, [head.serial])[head.serial].text if head else asked.row.text
        together = [_carried(one) for one in found]
        mine = _carried(asked)
        if all(one.id != mine.id for one in together):
            together.append(mine)
        people = _people(session, together)
        articles = max(head.carried if head else 0, len({one.entry.article for one in together}))
    return QuotationPage(
        asked=mine,
        wordings=_wordings(whole, together),
        articles=articles,
        is_cut=len(found) == CARRIERS,
        people=people,
        comparable=own is not None,
    )


def at(db: Database, revision: str, paragraph: int, place: int) -> str:
    """The id of the quotation of a revision that holds this code point of a paragraph. Raises NotFoundError."""
    for one in of_revision(db, revision):
        if any(index == paragraph and start <= place < end for index, start, end in one.places):
            return one.id
    raise NotFoundError(
        "No quotation stands at this place.", "Its article may have been deleted, or the link is incomplete."
    )


def of_revision(db: Database, revision: str) -> tuple[Marked, ...]:
    """The quotations of a revision, in order; they are looked for now where they were not yet."""
    quoting.complete(db, revision)
    with db.reading() as session:
        return tuple(
            Marked(one.id, _places(one.places), one.carried, one.reworded > 0)
            for one in queries_quotations.of_revision(session, revision)
        )


def listing(
    db: Database, speaker: str | None = None, *, reworded: bool = False, query: str = "", page: int = 1
) -> Listing:
    """A page of the quotations that most articles print, of those asked for.

    ``speaker`` is a person's name in any of its spellings; ``reworded`` asks for those that stand in several wordings;
    ``query`` for those that hold its words, or such words in a row.
    """
    with db.reading() as session:
        label = speaker_names.labels(session, [speaker]).get(speaker) if speaker else None
        spellings = speaker_names.spellings(session, label) if label else []
        words = query.split()
        among = _among(session, speaker, spellings, words, query)
        offset = (page - 1) * SIZE
        heads = queries_quotations.most_carried(session, offset, SIZE + 1, reworded=reworded, among=among)
        first = queries_quotations.first_of_heads(session, [head.serial for head in heads[:SIZE]], NAMED)
        people = (
            speaker_names.called(session, query, PEOPLE)
            if words
            else speaker_names.most_quoted(session, 0, PEOPLE)
        )
        return Listing(
            speaker=label or speaker,
            spellings=tuple(spellings),
            people=tuple(Person(*one) for one in people),
            entries=tuple(_listed(session, head, first[head.serial]) for head in heads[:SIZE]),
            page=page,
            more=len(heads) > SIZE,
        )


def _among(
    session: Session, speaker: str | None, spellings: Sequence[str], words: Sequence[str], query: str
) -> list[int] | None:
    """The heads that are asked for; None where all are."""
    if speaker:
        return queries_quotations.of_persons(session, spellings, words)
    if not words:
        return None
    own = known(query)
    if own:
        found = {serial for _, serial in wordings.holding(session, own.prints, HOLDING)}
        return queries_quotations.of_wordings(session, found, words)
    holders = fulltext.postings(session, fingerprints.words([query]), HOLDING).values()
    serials = set.intersection(*map(set, holders)) if holders else set()
    return queries_quotations.of_indexed(session, serials, words)


def _nearest(session: Session, text: str, digest: int, prints: Sequence[int]) -> int | None:
    """The wording that a quotation without one is a version of: for an earlier revision's."""
    if standing := wordings.standing(session, [digest]):
        return standing[digest]
    found = arranging.related(session, text, prints, arranging.Kinds())
    return min(found, key=lambda pair: (not pair[0].is_head, pair[0].rank))[0].serial if found else None


def _wordings(whole: str, carried: Sequence[Carried]) -> tuple[WordingShown, ...]:
    """The quotations in groups of the same wording, each beside the most complete one, ``whole``."""
    groups: list[list[Carried]] = []
    kinds = arranging.Kinds()
    printed = {one.text: one for one in reversed(carried)}
    ordered = sorted(printed, key=lambda text: (text != whole, -versions.length(text)))
    for text in ordered:
        same = [one for one in carried if one.text == text]
        for group in groups:
            if kinds(group[0].text, text) == "same":
                group += same
                break
        else:
            groups.append(same)
    place = {one.id: index for index, one in enumerate(carried)}
    return tuple(
        _shown(whole, group[0].text, sorted(group, key=lambda one: place[one.id])) for group in groups
    )


def _shown(whole: str, text: str, carried: Sequence[Carried]) -> WordingShown:
    relation = None if text == whole else versions.related(whole, text)
    base = (0, len(whole))
    if relation and not relation.whole_base:
        # What the shorter one has beside the words that correspond stands against what is there in the whole.
        base = relation.base
    beside = whole[slice(*base)]
    changes = diff.diff(_bare(beside), _bare(text, is_part=base[1] < len(whole))).changes
    kind = "whole" if text == whole else "part" if relation and relation.kind == "part" else "reworded"
    return WordingShown(kind, text, base, beside, changes, tuple(carried))


def _bare(text: str, *, is_part: bool = False) -> str:
    """What is compared: a comma at the end is the article's, and so is a stop where the sentence goes on in others."""
    return text.rstrip(" ,;." if is_part and not text.endswith("..") else " ,;")


def _listed(session: Session, head: Head, first: Sequence[Printed]) -> Listed:
    carried = tuple(_carried(one) for one in first)
    return Listed(carried, head.carried, head.wordings, head.reworded, _people(session, carried))


def _people(session: Session, carried: Sequence[Carried]) -> tuple[str, ...]:
    named = [one.person for one in carried if one.person]
    labels = speaker_names.labels(session, set(named))
    return tuple(dict.fromkeys(labels.get(name, name) for name in named))


def _carried(one: Printed) -> Carried:
    row = one.row
    return Carried(
        id=row.id,
        entry=ArticleEntry(*one.entry),
        headline=one.headline,
        furniture=tuple(one.furniture),
        places=_places(row.places),
        speaker=row.speaker,
        person=row.person,
        cue=row.cue,
        text=row.text,
        newest=one.newest,
    )


def _places(stored: Sequence[Sequence[int]]) -> tuple[tuple[int, int, int], ...]:
    return tuple((paragraph, start, end) for paragraph, start, end in stored)
