"""Evidence files: making one, listing those made of a comparison, and giving out the same bytes for ever."""

import hashlib
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app import permalinks
from app.collation import document
from app.db.engine.base import Database
from app.db.queries import articles as article_queries
from app.db.queries import evidence as evidence_queries
from app.db.tables.comparisons import ComparisonRow, EvidenceRow
from app.errors import InvalidInputError, NotFoundError, StorageDamagedError
from app.evidence import archive, packing
from app.evidence.archive import Content
from app.services import edit_log
from app.services.comparisons import StoredComparison
from app.services.edit_log import Action, Actor, Known
from app.services.evidence.gathering import PublicNotes, Server, gather

MAX_FILES = 100
"""Evidence files of one comparison. A further one is made only where a note, a capture or the program changed."""

_STORED_ELSEWHERE = frozenset({"texts/base.txt", "texts/witness.txt", "comparison.json"})


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """An evidence file that was made."""

    digest: str
    """SHA-256 of the whole zip, in hexadecimal."""
    made_at: datetime
    who: str
    known: Known
    size: int
    capture_count: int
    stamped_at: datetime | None
    """When the timestamp server says that it was there; None without a timestamp."""
    base: str
    witness: str
    engine: str
    pins: str

    @property
    def name(self) -> str:
        """The name under which it is saved."""
        return f"evidence-{self.digest[:12]}.zip"

    @property
    def comparison_path(self) -> str:
        """The address of the comparison that it is of."""
        return permalinks.compare_path(self.base, self.witness, self.engine, self.pins)


def make(
    db: Database,
    stored: StoredComparison,
    chosen: Collection[str],
    notes: PublicNotes,
    *,
    server: Server,
    actor: Actor,
) -> EvidenceFile:
    """Make an evidence file of a stored comparison, with the captures ``chosen``; an unchanged one is not made again.

    Raises NotFoundError where the comparison was deleted, InvalidInputError for captures that are not kept or too
    large, and where the comparison has as many files as it may.
    """
    with db.reading() as session:
        row = _comparison(session, stored)
        gathered = gather(session, stored, chosen, notes, server)
        latest = next(
            (
                file
                for file in evidence_queries.of_comparison(session, _id(row), MAX_FILES)
                if set(file.captures.values()) == set(chosen)
            ),
            None,
        )
        count = evidence_queries.count_of(session, _id(row))
    if latest and _digest(packing.packed(gathered.contents(latest.made_at))) == latest.digest:
        return _file(latest, row)
    if count >= MAX_FILES:
        raise InvalidInputError(
            f"This comparison has {MAX_FILES} evidence files already, as many as are kept, so no other was made.",
            "Use an existing one, or delete one on its page.",
        )
    contents = gathered.contents(datetime.now(UTC).replace(microsecond=0))
    members = packing.members(contents)
    data = archive.write(members)
    if len(data) > archive.MAX_BYTES:
        raise InvalidInputError(
            f"The evidence file would have {len(data):,} bytes, more than `variorum verify` reads, so none was made.",
            "Choose fewer captures.",
        )
    elsewhere = _STORED_ELSEWHERE | set(contents.captures.values())
    kept = archive.write({name: content for name, content in members.items() if name not in elsewhere})
    made = EvidenceRow(
        digest=_digest(data),
        comparison=_id(row),
        made_at=contents.made_at,
        who=actor.name,
        known=actor.known,
        size=len(data),
        captures={name: capture for capture, name in contents.captures.items()},
        members=zlib.compress(kept),
    )
    return _store(db, made, row, actor)


def _store(db: Database, made: EvidenceRow, row: ComparisonRow, actor: Actor) -> EvidenceFile:
    try:
        with db.writing() as session:
            # Two clicks within a second make the same file.
            if (earlier := evidence_queries.by_digest(session, made.digest)) is not None:
                return _file(*earlier)
            session.add(made)
            session.flush()
            _log(session, actor, "evidence", made, row)
            return _file(made, row)
    except (IntegrityError, KeyError) as error:
        raise NotFoundError("One of the two articles was deleted just now.") from error


def withdraw(db: Database, digest: str, *, actor: Actor) -> EvidenceFile:
    """Delete an evidence file and return what it was; the log keeps its digest. Raises NotFoundError."""
    with db.writing() as session:
        file, row = _found(session, digest)
        gone = _file(file, row)
        _log(session, actor, "withdraw", file, row)
        session.delete(file)
    return gone


def _log(session: Session, actor: Actor, action: Action, file: EvidenceRow, row: ComparisonRow) -> None:
    entries = article_queries.entries(session, [row.base, row.witness])
    base, witness = entries[row.base], entries[row.witness]
    entry = edit_log.entry(
        actor,
        action,
        file.made_at if action == "evidence" else datetime.now(UTC),
        article=base.article,
        revision=row.base,
        number=base.number,
        witness=row.witness,
        pins=row.pins,
        title=f"{base.title} – {witness.title}",
        before=None if action == "evidence" else file.digest,
        after=file.digest if action == "evidence" else None,
    )
    edit_log.record(session, [entry])


def files_of(db: Database, stored: StoredComparison) -> tuple[EvidenceFile, ...]:
    """Return the evidence files of a comparison, the last made first."""
    if not stored.stored:
        return ()
    with db.reading() as session:
        row = _comparison(session, stored)
        return tuple(
            _file(file, row) for file in evidence_queries.of_comparison(session, _id(row), MAX_FILES)
        )


def find(db: Database, digest: str) -> EvidenceFile:
    """Return the evidence file of this digest. Raises NotFoundError where this server made none, or has it no more."""
    with db.reading() as session:
        return _file(*_found(session, digest))


def content(db: Database, digest: str) -> bytes:
    """Return the bytes of an evidence file, put together again.

    Raises NotFoundError where there is none, or a capture in it is kept no more.
    """
    with db.reading() as session:
        file, row = _found(session, digest)
        kept = archive.by_directory(zlib.decompress(file.members)) or ()
        members: dict[str, Content] = {member.name: member.content for member in kept}
        canonical = zlib.decompress(row.document)
        captures = evidence_queries.capture_contents(session, list(file.captures.values()))
    if not captures.keys() >= set(file.captures.values()):
        raise NotFoundError(
            "This evidence file can no longer be downloaded: a capture in it is no longer kept.",
            "Its digest stays as it was, for whoever has the file. A new one can be made without that capture.",
        )
    comparison = document.loads(canonical)
    members["comparison.json"] = canonical
    for name, side in (("base", comparison.base), ("witness", comparison.witness)):
        members[f"texts/{name}.txt"] = "\n".join(side.paragraphs).encode("utf-8")
    members |= {name: zlib.decompress(captures[capture]) for name, capture in file.captures.items()}
    data = archive.write(members)
    if _digest(data) != file.digest:
        raise StorageDamagedError(
            "This evidence file cannot be made again as it was: its stored data are damaged.",
            "Whoever runs this server can find out what with `variorum check`.",
        )
    return data


def damaged(db: Database) -> Iterator[str]:
    """Yield the digest of each evidence file that cannot be made again byte for byte."""
    with db.reading() as session:
        digests = evidence_queries.digests(session)
    for digest in digests:
        try:
            content(db, digest)
        except (StorageDamagedError, NotFoundError, ValueError, KeyError, zlib.error):
            yield digest


def _found(session: Session, digest: str) -> tuple[EvidenceRow, ComparisonRow]:
    rows = evidence_queries.by_digest(session, digest)
    if rows is None:
        raise NotFoundError(
            "This server has made no evidence file with this digest.",
            "Check that the whole digest is in the address, 64 characters. A file that somebody changed has another.",
        )
    return rows


def _comparison(session: Session, stored: StoredComparison) -> ComparisonRow:
    comparison = stored.comparison
    row = article_queries.comparison(
        session,
        comparison.base.revision,
        comparison.witness.revision,
        permalinks.pins_text(comparison.pins),
        comparison.engine,
    )
    if row is None:
        raise NotFoundError("This comparison was deleted just now, with one of its articles.")
    return row


def _file(file: EvidenceRow, row: ComparisonRow) -> EvidenceFile:
    return EvidenceFile(
        digest=file.digest,
        made_at=file.made_at,
        who=file.who,
        known=file.known,  # type: ignore[arg-type]  # the column holds these words alone
        size=file.size,
        capture_count=len(file.captures),
        stamped_at=file.stamped_at,
        base=row.base,
        witness=row.witness,
        engine=row.engine,
        pins=row.pins,
    )


def _id(row: ComparisonRow) -> int:
    assert row.id is not None
    return row.id


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
