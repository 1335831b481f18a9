"""Check that everything stored is intact, article by article, for example before and after a backup is restored."""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import Session

from app.collation.discovery import packing
from app.collation.discovery.signals import signals
from app.collation.text import fingerprints
from app.db.engine.base import Database
from app.db.index import search_check, search_texts
from app.db.index import words as word_index
from app.db.queries import integrity
from app.db.queries.integrity import ArticleState, ComparisonState, EntryState, RevisionState
from app.errors import StorageDamagedError
from app.permalinks import revision_id, text_digest
from app.services.evidence import kept_files
from app.services.operations.trash_check import trash_faults
from app.services.search import terms

ARTICLES_PER_TRANSACTION = 50
"""Articles read in one transaction. If one of them cannot be read, they are read one by one."""

COMPARISONS_PER_TRANSACTION = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is damaged or missing. Without an ``article``, it concerns the file or an index as a whole."""

    what: str
    article: str = ""
    title: str = ""

    def __str__(self) -> str:
        """Return a line for a reader.

        >>> print(Fault("revision 2: its text is another", "abcdefghijklmn27", "A visit"))
        article abcdefghijklmn27 “A visit”: revision 2: its text is another
        """
        if not self.article:
            return self.what
        return f"article {self.article}{f' “{self.title}”' if self.title else ''}: {self.what}"


@dataclass(slots=True)
class CheckReport:
    """What was checked, and how many faults were found."""

    articles: int = 0
    revisions: int = 0
    comparisons: int = 0
    waiting: int = 0
    """Articles that are in no index yet, which is not a fault."""
    faults: int = 0
    faulty_articles: set[str] = field(default_factory=set)


Row = TypeVar("Row", RevisionState, EntryState)
Complain = Callable[[Fault], object]


def check(
    db: Database, complain: Complain, advance: Callable[[int], object] = bool, *, quick: bool = False
) -> CheckReport:
    """Check all that is stored, and pass each fault to ``complain`` as it is found.

    The pages of the file; each revision's text against its digest and its id; each stored comparison and each evidence
    file against its digest; each newest revision against its index entry, fingerprints and words, and what is searched
    of it; the trash; every foreign key.
    ``quick`` leaves out the index, which takes most of the time. ``advance`` gets the number of articles done. Readers
    and writers continue. Raises NotFoundError if there is no database.
    """
    report = CheckReport()
    for fault in _faults(db, report, advance, quick=quick):
        report.faults += 1
        if fault.article:
            report.faulty_articles.add(fault.article)
        complain(fault)
    return report


def _faults(
    db: Database, report: CheckReport, advance: Callable[[int], object], *, quick: bool
) -> Iterator[Fault]:
    yield from (Fault(f"the database's pages: {line}") for line in db.page_faults(quick=quick))
    yield from _article_faults(db, report, advance, quick=quick)
    yield from _comparison_faults(db, report)
    yield from (Fault(what, article) for article, what in trash_faults(db))
    for digest in kept_files.damaged(db):
        yield Fault(f"the evidence file {digest} does not come out as it was made")
    yield from _reference_faults(db, quick=quick)


def _article_faults(
    db: Database, report: CheckReport, advance: Callable[[int], object], *, quick: bool
) -> Iterator[Fault]:
    after = ""
    while True:
        try:
            with db.reading() as session:
                ids = integrity.article_ids(session, after, ARTICLES_PER_TRANSACTION)
        except StorageDamagedError:
            yield Fault(f"the list of articles cannot be read after {after or 'its beginning'}")
            return
        if not ids:
            return
        after = ids[-1]
        report.articles += len(ids)
        try:
            yield from _check_articles(db, ids, report, quick=quick)
        except StorageDamagedError:
            for article_id in ids:
                try:
                    yield from _check_articles(db, [article_id], report, quick=quick)
                except StorageDamagedError:
                    yield Fault("it cannot be read", article_id)
        advance(report.articles)


def _check_articles(db: Database, ids: Sequence[str], report: CheckReport, *, quick: bool) -> list[Fault]:
    """Return the faults of these articles; the report counts them only if all could be read."""
    faults: list[Fault] = []
    waiting = 0
    with db.reading() as session:
        revisions = _by_article(integrity.revisions(session, ids))
        entries = _by_article(integrity.entries(session, ids))
        for article in integrity.articles(session, ids):
            own_revisions = revisions[article.id]
            title = own_revisions[-1].title if own_revisions else ""
            reasons = [*_text_faults(article, own_revisions)]
            if not reasons and not quick:
                indexed = entries[article.id]
                waiting += not indexed
                reasons += _index_faults(session, own_revisions[-1], indexed)
            faults += (Fault(reason, article.id, title) for reason in reasons)
    report.revisions += sum(map(len, revisions.values()))
    report.waiting += waiting
    return faults


def _by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row.article].append(row)
    return by_article


def _text_faults(article: ArticleState, revisions: Sequence[RevisionState]) -> Iterator[str]:
    if [revision.number for revision in revisions] != list(range(1, article.newest + 1)):
        numbers = ", ".join(str(revision.number) for revision in revisions) or "none"
        yield f"it should have revisions 1 to {article.newest}, and has {numbers}"
    for revision in revisions:
        paragraphs = _strings(revision.paragraphs)
        if paragraphs is None:
            yield f"revision {revision.number}: its paragraphs cannot be read"
        elif text_digest(paragraphs) != revision.digest:
            yield f"revision {revision.number}: its text is not the one that was stored (its digest is another)"
        elif revision_id(article.id, revision.number, paragraphs) != revision.id:
            yield f"revision {revision.number}: its id is not the one of its text and number"
        elif len(paragraphs) != revision.paragraphs_count:
            count = revision.paragraphs_count
            yield f"revision {revision.number}: it has {len(paragraphs)} paragraphs instead of {count}"


def _index_faults(session: Session, newest: RevisionState, entries: Sequence[EntryState]) -> Iterator[str]:
    if any(entry.revision != newest.id for entry in entries):
        yield "the index holds an earlier revision of it"
        return
    furniture = _numbers(newest.furniture)
    if furniture is None:
        yield f"revision {newest.number}: which of its paragraphs are page extras cannot be read"
        return
    for entry in entries:
        if entry.version != fingerprints.VERSION:
            continue  # the next start rebuilds the index
        expected = signals(_strings(newest.paragraphs) or [], furniture)
        prints = packing.unpack(entry.prints)
        if tuple(prints) != expected.prints:
            yield "its index entry has other fingerprints than its text"
        elif integrity.count_prints(session, entry.serial, prints) != len(prints):
            yield "the index lacks some of its fingerprints"
        if not word_index.holds(session, entry.serial, expected.words):
            yield "the index lacks some of its words"
        if not _is_searched_whole(session, newest, entry.serial):
            yield "a search does not find all of its words (variorum reindex --search mends that)"


def _is_searched_whole(session: Session, newest: RevisionState, serial: int) -> bool:
    """Return whether the search index holds a text; one that waits for it, or was cut by another version, is whole."""
    if search_check.is_waiting(session, serial) or search_texts.stored_version(session) != terms.VERSION:
        return True
    searched = terms.of_text(_strings(newest.paragraphs) or [])
    row = terms.columns(searched, newest.title, newest.publisher, newest.author, newest.published_on)
    return search_check.holds(session, serial, row)


def _comparison_faults(db: Database, report: CheckReport) -> Iterator[Fault]:
    after, most = 0, COMPARISONS_PER_TRANSACTION
    while True:
        try:
            with db.reading() as session:
                rows = integrity.comparisons(session, after, most)
        except StorageDamagedError:
            if most == 1:
                yield Fault(f"the stored comparisons after number {after} cannot be read")
                return
            most = 1
            continue
        if not rows:
            return
        for row in rows:
            report.comparisons += 1
            if reason := _document_fault(row):
                yield Fault(f"comparison {row.base}..{row.witness} (number {row.id}): {reason}")
        after = rows[-1].id


def _document_fault(row: ComparisonState) -> str:
    try:
        canonical = zlib.decompress(row.document)
    except zlib.error:
        return "its document cannot be read"
    if hashlib.sha256(canonical).hexdigest() != row.digest:
        return "its document is not the one that was stored (its digest is another)"
    document = json.loads(canonical)
    sides = document["base"]["revision"], document["witness"]["revision"]
    return "" if sides == (row.base, row.witness) else "its document is of two other texts"


def _reference_faults(db: Database, *, quick: bool) -> Iterator[Fault]:
    for table, column in integrity.foreign_keys():
        try:
            with db.reading() as session:
                missing = integrity.orphans(session, table, column)
        except StorageDamagedError:
            yield Fault(f"the table {table} cannot be read whole")
            continue
        yield from (
            Fault(f"the table {table} names {missing_id} in {column}, which is not there")
            for missing_id in missing
        )
    try:
        with db.reading() as session:
            stories = integrity.missing_stories(session)
            held, stated = (0, 0) if quick else integrity.count_all_prints(session, packing.BYTES_PER_PRINT)
    except StorageDamagedError:
        return  # reported above
    yield from (
        Fault(f"the first article of its story, {story}, is not there", article) for article, story in stories
    )
    if held != stated:
        yield Fault(f"the index holds {held:,} fingerprints, and its entries say {stated:,}")


def _strings(stored: str) -> list[str] | None:
    """Return the list of strings that is stored as this JSON; None if it is none."""
    values = _list(stored)
    return values if values is not None and all(isinstance(value, str) for value in values) else None


def _numbers(stored: str) -> list[int] | None:
    values = _list(stored)
    return values if values is not None and all(isinstance(value, int) for value in values) else None


def _list(stored: str) -> list[Any] | None:
    try:
        values = json.loads(stored)
    except ValueError:
        return None
    return values if isinstance(values, list) else None
