"""Lists of quotations: those that most articles print, one person's, reworded ones, those that hold some words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.collation.quotations.versions.signature import known
from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.index import speaker_names
from app.db.index import wordings as wording_index
from app.db.index import words as word_index
from app.db.queries import quotations as quotation_queries
from app.db.queries.quotations import Head, HeadSelect, QuotationWithArticle
from app.services.quotations.versions import PrintedQuotation, printed_quotation, speakers_of

QUOTATIONS_PER_PAGE = 25
"""Quotations on one page of the list."""

MAX_PEOPLE = 40
"""People named beside the list, the most quoted first."""

MAX_ARTICLES_NAMED = 4
"""Articles named for one quotation in the list."""

MAX_HOLDERS_OF_A_WORD = 300
"""Articles or wordings searched for one word of a query."""


@dataclass(frozen=True, slots=True)
class QuotedPerson:
    """A person who is quoted."""

    name: str
    quotations: int


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """A quotation in the list, in its most complete wording."""

    first: tuple[PrintedQuotation, ...]
    """``NAMED`` that print it at most, in the most complete wording first."""
    articles: int
    wordings: int
    reworded: int
    """How many wordings are in other words."""
    people: tuple[str, ...]
    """Who says it, by their names on pages."""


@dataclass(frozen=True, slots=True)
class QuotationListing:
    """A page of the list."""

    speaker: str | None
    """The requested speaker's name on pages."""
    spellings: tuple[str, ...]
    """How articles spell that name."""
    people: tuple[QuotedPerson, ...]
    entries: tuple[ListedQuotation, ...]
    page: int
    more: bool
    """Whether there is a page after this one."""


def list_quotations(
    db: Database, speaker: str | None = None, *, reworded: bool = False, query: str = "", page: int = 1
) -> QuotationListing:
    """Return a page of the matching quotations, those that most articles print first.

    ``speaker`` is a person's name in any spelling; ``reworded`` selects quotations with reworded versions, ``query``
    those that hold all of its words.
    """
    with db.reading() as session:
        label = speaker_names.labels(session, [speaker]).get(speaker) if speaker else None
        spellings = speaker_names.spellings(session, label) if label else []
        words = query.split()
        among = _among(session, speaker, spellings, words, query)
        offset = (page - 1) * QUOTATIONS_PER_PAGE
        heads = quotation_queries.most_carried_heads(
            session, offset, QUOTATIONS_PER_PAGE + 1, reworded=reworded, among=among
        )
        first = quotation_queries.first_quotations(
            session, [head.serial for head in heads[:QUOTATIONS_PER_PAGE]], MAX_ARTICLES_NAMED
        )
        people = (
            speaker_names.people_named(session, query, MAX_PEOPLE)
            if words
            else speaker_names.most_quoted(session, 0, MAX_PEOPLE)
        )
        return QuotationListing(
            speaker=label or speaker,
            spellings=tuple(spellings),
            people=tuple(QuotedPerson(*person) for person in people),
            entries=_listed(session, heads[:QUOTATIONS_PER_PAGE], first),
            page=page,
            more=len(heads) > QUOTATIONS_PER_PAGE,
        )


def _among(
    session: Session, speaker: str | None, spellings: Sequence[str], words: Sequence[str], query: str
) -> HeadSelect | None:
    """Return the statement for the requested heads; None for all."""
    if speaker:
        return quotation_queries.heads_by_person(spellings, words)
    if not words:
        return None
    wording = known(query)
    if wording:
        held = wording_index.serials_by_gram(session, wording.prints, MAX_HOLDERS_OF_A_WORD)
        holding = {serial for serials in held.values() for serial in serials}
        return quotation_queries.heads_by_wording(holding, words)
    holders = word_index.postings(session, fingerprints.words([query]), MAX_HOLDERS_OF_A_WORD).values()
    serials = set.intersection(*map(set, holders)) if holders else set()
    return quotation_queries.heads_by_indexed_revision(serials, words)


def _listed(
    session: Session, heads: Sequence[Head], first: Mapping[int, Sequence[QuotationWithArticle]]
) -> tuple[ListedQuotation, ...]:
    carried = [tuple(map(printed_quotation, first[head.serial])) for head in heads]
    people = speakers_of(session, carried)
    return tuple(
        ListedQuotation(some, head.carried, head.wordings, head.reworded, who)
        for head, some, who in zip(heads, carried, people, strict=True)
    )
