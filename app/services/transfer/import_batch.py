"""Prepare the lines of an import in worker processes, and store them in one transaction a batch."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from app.collation.discovery.signals import Signals, signals
from app.collation.text import fingerprints
from app.db.index import bulk_insert
from app.db.queries import articles as article_queries
from app.db.queries import intake as intake_queries
from app.db.queries import trash as trash_queries
from app.errors import VariorumError
from app.permalinks import new_article_id, text_digest
from app.services import edit_log
from app.services.articles.store import RevisionRef, addition, new_row, revise
from app.services.edit_log import Actor
from app.services.intake.captures import record_capture
from app.services.intake.intakes import file_capture
from app.services.intake.preview import Preview, preview_of
from app.services.pages import page_key
from app.services.search import terms
from app.services.search.terms import SearchText
from app.sources import Draft
from app.sources.model import Reading
from app.sources.records import Record, parse_record
from app.sources.text import is_to_come


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that an article was read from, as a capture of its first revision keeps it."""

    preview: Preview
    """What it states, without its paragraphs."""
    capture: Mapping[str, Any]
    content: bytes | None
    """Compressed by zlib; None where it is not kept."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that is ready to be stored."""

    number: int
    """The number of its line, from 1."""
    record: Record
    signals: Signals
    search: SearchText
    digest: str
    file: ImportedFile | None = None
    """The file that it was read from; None for a line."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line without a valid article."""

    number: int
    says: str


@dataclass(slots=True)
class Outcome:
    """The result of storing a batch."""

    imported: int = 0
    unchanged: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    doubtful: list[Wrong] = field(default_factory=list)
    """Articles that were stored, each with what may be wrong with it."""


def prepare(piece: tuple[int, Sequence[tuple[int, bytes | None]]]) -> list[Arrival | Wrong]:
    """Parse numbered lines; ``piece`` is the most bytes of a text, and the lines."""
    limit, lines = piece
    return [_prepared(number, line, limit) for number, line in lines]


def arrival(number: int, record: Record, file: ImportedFile | None = None) -> Arrival:
    """Return the record with its signals and digest, which takes milliseconds to compute."""
    draft = record.draft
    return Arrival(
        number,
        record,
        signals(draft.paragraphs, draft.furniture),
        terms.of_text(draft.paragraphs),
        text_digest(draft.paragraphs),
        file,
    )


def imported_file(name: str, content: bytes, reading: Reading, max_capture: int) -> ImportedFile:
    """Return what is kept of a file: its bytes too, if they have at most ``max_capture`` once compressed."""
    packed = zlib.compress(content) if max_capture else b""
    preview = replace(preview_of(reading), blocks=(), rejoined=())
    return ImportedFile(
        preview, file_capture(name, content), packed if 0 < len(packed) <= max_capture else None
    )


def store(
    session: Session,
    arrivals: Iterable[Arrival],
    moment: datetime | None = None,
    actor: Actor | None = None,
    *,
    deleted: bool = False,
) -> Outcome:
    """Store new articles, and new revisions of those that changed, in the caller's transaction.

    ``actor`` is who imports them, for the log; by default the account of this machine that runs the program.

    Articles stored just as they are given stay unchanged. Relations are left pending. What an editor deleted is left
    out, unless it was deleted for good and ``deleted`` says that it is to come back.
    """
    batch = _Batch(
        session, list(arrivals), moment or datetime.now(UTC), actor or edit_log.account(), deleted=deleted
    )
    return batch.stored()


def _prepared(number: int, line: bytes | None, limit: int) -> Arrival | Wrong:
    if line is None:
        return Wrong(number, f"it is too long: a text has at most {limit:,} bytes")
    try:
        return arrival(number, parse_record(line, limit))
    except VariorumError as error:
        return Wrong(number, str(error))


class _Batch:
    """The arrivals of one transaction."""

    def __init__(
        self, session: Session, arrivals: list[Arrival], moment: datetime, actor: Actor, *, deleted: bool
    ) -> None:
        self._session = session
        self._arrivals = arrivals
        self._moment = moment
        self._actor = actor
        self._additions: list[dict[str, Any]] = []
        self._captures: list[tuple[RevisionRef, ImportedFile | None]] = []
        self._rows: list[bulk_insert.NewArticleRows] = []
        self._pages: set[str] = set()
        """Those that files came from, some of which are not stored yet."""
        self._outcome = Outcome()
        self._brings_deleted_back = deleted
        named = [arrival.record.article for arrival in arrivals if arrival.record.article]
        ids = [arrival.record.import_id for arrival in arrivals]
        existing = bulk_insert.standing(session, ids, named + ids)
        # An article with this id takes precedence over one that only has it as an import id.
        self._standing = {arrival.import_id: arrival for arrival in existing if arrival.import_id} | {
            arrival.article: arrival for arrival in existing
        }
        gone = trash_queries.known_to_imports(session, named + ids, ids)
        self._gone = {row.import_id: row for row in gone if row.import_id} | {row.id: row for row in gone}

    def stored(self) -> Outcome:
        for place, arrival in enumerate(self._arrivals):
            # a microsecond apart, so that the library keeps the order of the lines
            moment = arrival.record.saved_at or self._moment + timedelta(microseconds=place)
            before = self._outcome.imported
            says = self._take(arrival, moment)
            if says:
                self._outcome.wrong.append(Wrong(arrival.number, says))
            elif self._outcome.imported > before and is_to_come(arrival.record.draft.published_on, moment):
                day = arrival.record.draft.published_on
                says = f"published_on ({day}) was still to come when it was saved; it was imported with it"
                self._outcome.doubtful.append(Wrong(arrival.number, says))
        self._flush()
        return self._outcome

    def _take(self, arrival: Arrival, moment: datetime) -> str | None:
        """Store one article, or say why not."""
        record = arrival.record
        existing = self._standing.get(record.article or "") or self._standing.get(record.import_id)
        if existing is None:
            if says := self._deleted_here(record):
                return says
            if arrival.file and self._is_further_capture(record, arrival.file):
                self._outcome.unchanged += 1
                return None
            if record.revision not in (None, 1):
                return f"it is revision {record.revision} of an article whose first one is not there"
            self._add(arrival, moment)
            return None
        if self._is_unchanged(arrival, existing):
            self._outcome.unchanged += 1
            return None
        if record.revision not in (None, existing.newest + 1):
            return f"it is not what revision {record.revision} of article {existing.article} says"
        self._flush()
        ref = revise(
            self._session,
            existing.article,
            record.draft,
            arrival.signals,
            moment,
            self._actor,
            arrival.search,
        )
        self._keep(ref, arrival.file)
        self._outcome.imported += 1
        self._remember(arrival, existing.article, existing.import_id, existing.newest + 1)
        return None

    def _deleted_here(self, record: Record) -> str:
        """Return why an article that an editor deleted is left out; empty if none did, or if it is to come back."""
        row = self._gone.get(record.article or "") or self._gone.get(record.import_id)
        if row is None:
            return ""
        if row.purged_at is None:
            return f"it is in the trash since {row.deleted_at:%Y-%m-%d}: put it back there (article {row.id})"
        if not self._brings_deleted_back:
            return f"it was deleted here on {row.deleted_at:%Y-%m-%d}; --deleted brings such articles back"
        trash_queries.forget(self._session, row.id)
        self._gone = {key: other for key, other in self._gone.items() if other.id != row.id}
        return ""

    def _is_further_capture(self, record: Record, file: ImportedFile) -> bool:
        """Return whether another file of the same page has the very text; then keep this one beside it."""
        page = page_key(record.draft.url)
        if not page:
            return False
        if page in self._pages:
            self._flush()
        self._pages.add(page)
        captures = intake_queries.captures_with_text(self._session, page, file.preview.text_digest)
        first = next((row for row in captures if article_queries.article(self._session, row.article)), None)
        if first is None:
            return False
        if all(row.sha256 != file.capture["sha256"] for row in captures):
            number = article_queries.revisions(self._session, [first.revision])[first.revision].number
            self._keep(RevisionRef(first.article, first.revision, number), file)
        return True

    def _is_unchanged(self, arrival: Arrival, existing: bulk_insert.ExistingArticle) -> bool:
        number = arrival.record.revision
        if number is None or number == existing.newest:
            return (arrival.digest, _stated(arrival.record.draft)) == (existing.digest, existing.stated)
        self._flush()
        earlier = article_queries.revision(self._session, existing.article, number)
        return earlier is not None and earlier.digest == arrival.digest

    def _add(self, arrival: Arrival, moment: datetime) -> None:
        record = arrival.record
        article = record.article or new_article_id()
        import_id = None if record.import_id == article else record.import_id
        row = new_row(
            record.draft, arrival.signals, arrival.digest, article, moment, import_id, arrival.search
        )
        self._rows.append(row)
        ref = RevisionRef(article, row.revision["id"], 1)
        # It is logged now, whatever time the export gives for its saving.
        self._additions.append(addition(self._actor, self._moment, ref, record.draft))
        self._captures.append((ref, arrival.file))
        self._outcome.imported += 1
        self._remember(arrival, article, import_id, 1)

    def _remember(self, arrival: Arrival, article: str, import_id: str | None, newest: int) -> None:
        existing = bulk_insert.ExistingArticle(
            article, import_id, newest, arrival.digest, _stated(arrival.record.draft)
        )
        self._standing[article] = existing
        if import_id:
            self._standing[import_id] = existing

    def _flush(self) -> None:
        bulk_insert.insert_articles(self._session, self._rows, fingerprints.VERSION)
        self._rows.clear()
        edit_log.record(self._session, self._additions)
        self._additions.clear()
        for ref, file in self._captures:
            self._keep(ref, file)
        self._captures.clear()

    def _keep(self, ref: RevisionRef, file: ImportedFile | None) -> None:
        """Store where a revision came from, if it came from a file."""
        if file is not None:
            size = len(file.content or b"")
            record_capture(self._session, ref, file.preview, file.capture, file.content, max_bytes=size)


def _stated(draft: Draft) -> tuple[object, ...]:
    return draft.title, draft.publisher, draft.author, draft.published_on, draft.url
