"""What is being brought in, from its first reading until it is saved: stored, so that no reload loses it."""

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Literal

from app.collation.text import paragraphs
from app.db.engine.base import Database
from app.db.queries import intake as intake_queries
from app.db.tables.captures import IntakeRow
from app.errors import FetchError, InvalidInputError, NotFoundError, UnreadableFileError, VariorumError
from app.permalinks import is_id, new_article_id
from app.services.intake.preview import Preview, preview_of, with_typed
from app.services.pages import as_captured
from app.services.reading import make_apart
from app.sources import bounds
from app.sources.fetching.fetch import Fetcher
from app.sources.model import Reading

KEPT_DAYS = 7
"""How long an article that was brought in but not saved is kept."""

INTERRUPTED = timedelta(minutes=10)
"""Time after which a link that is still waiting is no longer being fetched: the program was stopped meanwhile."""

State = Literal["waiting", "ready", "failed", "saved"]
"""Still to be fetched or read; to be looked at; could not be read; saved."""

KindOfIntake = Literal["link", "file", "text"]


@dataclass(frozen=True, slots=True)
class Brought:
    """What an editor gave: a link, a file, or a text."""

    kind: KindOfIntake
    name: str
    """The link, or the file's name."""
    content: bytes = b""
    address: str = ""
    """The address that an editor says a file or text is from."""


@dataclass(frozen=True, slots=True)
class Intake:
    """An article being brought in."""

    id: str
    batch: str
    kind: KindOfIntake
    name: str
    state: State
    brought_at: datetime
    message: str
    """Why it could not be read, on its first line, and below what to do; empty where it was."""
    choices: tuple[tuple[str, str], ...]
    """Encodings to choose from, each with how the text would begin."""
    preview: Preview
    capture: Mapping[str, Any]
    """What is known of the page or file: address, file_name, media_type, sha256, size, captured_at, kind."""
    article: str
    """The article that was saved from it, else empty."""
    can_be_read_again: bool
    """Whether its bytes are still here."""

    @property
    def is_interrupted(self) -> bool:
        """Whether it waits for a fetch that has been abandoned."""
        return self.state == "waiting" and datetime.now(UTC) - self.brought_at > INTERRUPTED


def bring(db: Database, brought: Sequence[Brought]) -> tuple[str, ...]:
    """Store what was given, still to be read, and return the ids; delete intakes that are too old."""
    batch = new_article_id()
    return _store(
        db,
        [
            _new_row(
                batch,
                place,
                kind=each.kind,
                name=each.name,
                capture={"address": each.address},
                content=zlib.compress(each.content) if each.kind != "link" else None,
            )
            for place, each in enumerate(brought)
        ],
    )


def bring_looked(db: Database, looked: "Looked", preview: Preview) -> str:
    """Store what was read already, to be shown as ``preview``, and return its id."""
    row = _new_row(
        new_article_id(),
        0,
        kind="file" if looked.capture.get("file_name") else "text",
        name=looked.capture.get("file_name", ""),
        capture=dict(looked.capture),
        content=looked.content,
        draft=preview.as_json(),
    )
    return _store(db, [row])[0]


def _new_row(batch: str, place: int, **given: Any) -> IntakeRow:
    state = "ready" if "draft" in given else "waiting"
    fields = {"draft": {}, "choices": [], "brought_at": datetime.now(UTC), **given}
    return IntakeRow(id=new_article_id(), batch=batch, place=place, state=state, **fields)


def _store(db: Database, rows: Sequence[IntakeRow]) -> tuple[str, ...]:
    ids = tuple(row.id for row in rows)
    with db.writing(shown=False) as session:
        intake_queries.remove_intakes_before(session, datetime.now(UTC) - timedelta(days=KEPT_DAYS))
        session.add_all(rows)
    return ids


def read(db: Database, intake: str) -> Intake:
    """Return what is being brought in under this id. Raises NotFoundError."""
    with db.reading() as session:
        row = intake_queries.intake(session, intake) if is_id(intake) else None
        if row is None:
            raise _not_here()
        return _intake(row, has_content=intake_queries.has_content(session, row.id))


def read_batch(db: Database, batch: str) -> tuple[Intake, ...]:
    """Return what was brought together, in order. Raises NotFoundError."""
    with db.reading() as session:
        rows = intake_queries.batch(session, batch) if is_id(batch) else []
        if not rows:
            raise _not_here()
        return tuple(_intake(row, has_content=False) for row in rows)


def change(db: Database, intake: str, edit: Callable[[Preview], Preview]) -> Intake:
    """Store what ``edit`` makes of a preview, and return it. Raises NotFoundError."""
    with db.writing(shown=False) as session:
        row = intake_queries.intake(session, intake) if is_id(intake) else None
        if row is None:
            raise _not_here()
        if row.state == "ready":
            row.draft = edit(Preview.from_json(row.draft)).as_json()
            session.add(row)
        return _intake(row, has_content=intake_queries.has_content(session, row.id))


def fetch_and_read(db: Database, intake: str, fetcher: Fetcher | None, *, encoding: str = "") -> None:
    """Read the intake with this id, fetching it first if it is a link, and store the result.

    ``encoding`` is the editor's choice among those that were offered. ``fetcher`` is None where links are not fetched.
    """
    with db.reading() as session:
        row = intake_queries.intake(session, intake)
        if row is None or row.state == "saved":
            return
        content, kind, name = row.content, row.kind, row.name
        capture: dict[str, Any] = dict(row.capture)
    message, draft = "", Preview()
    choices: tuple[tuple[str, str], ...] = ()
    try:
        if kind == "link" and content is None:
            raw = _fetch(fetcher, name, capture)
            content = zlib.compress(raw)
        else:
            raw = zlib.decompress(content or b"")
            content = None  # the bytes of a file or text are stored already, and may be many
            if kind == "file":
                capture |= file_capture(name, raw)
        draft = _preview(raw, kind, name, capture, encoding)
    except UnreadableFileError as error:
        message, choices = _in_lines(error.message, error.advice), error.choices
    except VariorumError as error:
        fields = error.fields if isinstance(error, InvalidInputError) else {}
        message = _in_lines(error.message, error.advice, *fields.values())
    with db.writing(shown=False) as session:
        row = intake_queries.intake(session, intake)
        if row is None or row.state == "saved":
            return
        row.state = "failed" if message else "ready"
        row.message = message
        row.choices = [list(choice) for choice in choices]
        row.draft = draft.as_json() if not message else {}
        row.capture = capture
        if kind == "link" and content is not None:
            row.content = content
        session.add(row)


@dataclass(frozen=True, slots=True)
class Looked:
    """A page or file as it was read just now, stored nowhere."""

    preview: Preview
    capture: Mapping[str, Any]
    content: bytes
    """Compressed by zlib."""


def fetch_preview(fetcher: Fetcher, link: str) -> Looked:
    """Return what a page says now. Raises FetchError, and what the reading of it raises."""
    capture: dict[str, Any] = {}
    raw = _fetch(fetcher, link, capture)
    return Looked(_preview(raw, "link", link, capture, ""), capture, zlib.compress(raw))


def read_unstored(content: bytes, *, name: str = "") -> Looked:
    """Return what a file says or, without a ``name``, a pasted text. Raises what the reading of it raises."""
    capture: dict[str, Any] = {"kind": "text"}
    if name:
        capture = file_capture(name, content)
    preview = _preview(content, "file" if name else "text", name, capture, "")
    return Looked(preview, capture, zlib.compress(content))


def try_again(db: Database, intake: str) -> None:
    """Let a link wait for its fetch once more."""
    with db.writing(shown=False) as session:
        row = intake_queries.intake(session, intake) if is_id(intake) else None
        if row is None:
            raise _not_here()
        if row.state in ("failed", "waiting"):
            row.state, row.brought_at = "waiting", datetime.now(UTC)
            session.add(row)


def give_up(db: Database, intake: str) -> None:
    """Record that an intake could not be read, for an unforeseen reason."""
    with db.writing(shown=False) as session:
        row = intake_queries.intake(session, intake)
        if row is not None and row.state == "waiting":
            row.state = "failed"
            row.message = _in_lines(
                "The program met an error in it that it did not foresee.",
                "Bring it in another way, and tell whoever runs this program; the log has the error.",
            )
            session.add(row)


def _in_lines(*sentences: str) -> str:
    return "\n".join(filter(None, sentences))


def file_capture(name: str, content: bytes) -> dict[str, Any]:
    """Return what is known of a file."""
    return {
        "kind": "file",
        "file_name": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }


def _fetch(fetcher: Fetcher | None, link: str, capture: dict[str, Any]) -> bytes:
    if fetcher is None:
        raise FetchError(
            "Fetching links is off here.",
            "Open the page in your browser, save it, and drop the file here, or paste its text. "
            "Whoever runs this program can set VARIORUM_FETCH=on.",
        )
    page = fetcher.fetch(as_captured(link))
    capture |= {
        "kind": "link",
        "address": page.address,
        "media_type": page.media_type,
        "sha256": hashlib.sha256(page.content).hexdigest(),
        "size": len(page.content),
        "captured_at": page.fetched_at.isoformat(),
    }
    return page.content


def _preview(raw: bytes, kind: str, name: str, capture: dict[str, Any], encoding: str) -> Preview:
    address, captured_at = capture.get("address", ""), capture.get("captured_at", "")
    return make_apart(
        partial(_preview_read, kind=kind, address=address, captured_at=captured_at),
        raw,
        file_name=name if kind == "file" else "",
        declared_type=capture.get("media_type", ""),
        address=address,
        encoding="utf-8" if kind == "text" else encoding,
    )


def _preview_read(reading: Reading, raw: bytes, *, kind: str, address: str, captured_at: str) -> Preview:
    """Return the preview of what was read of ``raw``. Raises InvalidInputError for what is over a bound."""
    _refuse_too_much(reading)
    preview = preview_of(
        reading,
        address=address,
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
    )
    if kind != "link" and address:
        preview = with_typed(preview, {"address": address})
    if reading.format == "text":
        lines = paragraphs.rejoined(raw.decode(reading.encoding or "utf-8", "replace"))
        preview = _with_rejoined(preview, lines or ())
    return preview


def _with_rejoined(preview: Preview, lines: tuple[str, ...]) -> Preview:
    """Return ``preview`` with the choice to join its lines."""
    if not lines or len(lines) >= len(preview.blocks):
        return preview
    return replace(preview, rejoined=lines)


def _refuse_too_much(reading: Reading) -> None:
    lines = tuple(block.text for block in reading.blocks)
    if reason := bounds.reason_to_refuse("\n".join(lines), lines):
        raise InvalidInputError(reason)


def _intake(row: IntakeRow, *, has_content: bool) -> Intake:
    return Intake(
        id=row.id,
        batch=row.batch,
        kind=row.kind,  # type: ignore[arg-type]  # only these are stored
        name=row.name,
        state=row.state,  # type: ignore[arg-type]  # likewise
        brought_at=row.brought_at,
        message=row.message,
        choices=tuple((encoding, opening) for encoding, opening in row.choices),
        preview=Preview.from_json(row.draft),
        capture=row.capture,
        article=row.article,
        can_be_read_again=has_content or row.kind == "link",
    )


def _not_here() -> NotFoundError:
    return NotFoundError(
        "Nothing is being added here.",
        f"What was not saved is kept for {KEPT_DAYS} days. Bring the link, file or text once more.",
    )
