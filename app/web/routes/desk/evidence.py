"""Evidence files: made by editors, and available unchanged to whoever has their digest."""

import logging
import re
from collections.abc import Collection

from fastapi import APIRouter, Request
from starlette.responses import Response

import app
from app import permalinks
from app.db.engine.base import Database
from app.errors import NotFoundError, TimestampError
from app.exports.file_names import disposition
from app.services import notes
from app.services.articles import origin
from app.services.comparisons import StoredComparison
from app.services.edit_log import Actor
from app.services.evidence import kept_files, stamping
from app.services.evidence.gathering import PublicNotes, Server
from app.services.evidence.kept_files import EvidenceFile
from app.settings import Settings
from app.web import errors, etags, urls
from app.web.comparison_address import COMPARISON, COMPARISON_BY_ENGINE, AddressDep, ComparisonAddress
from app.web.dependencies import DatabaseDep, Editor, SettingsDep
from app.web.editing import edit_access, identity
from app.web.form_data import Submitted
from app.web.pages.evidence.evidence_page import evidence_file_page, evidence_page
from app.web.pages.findings.export import exported_note
from app.web.pages.table.comparison_view import ComparisonView
from app.web.templating import render, see_other

_log = logging.getLogger(__name__)
router = APIRouter()

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@router.get(f"{COMPARISON}/evidence")
@router.get(f"{COMPARISON_BY_ENGINE}/evidence")
def show(request: Request, db: DatabaseDep, settings: SettingsDep, address: AddressDep) -> Response:
    """Show what an evidence file of a comparison will hold, and those that were made of it."""
    stored = address.stored()
    shown = evidence_page(
        stored,
        address.path,
        origin.captures_of(db, [address.base, address.witness]),
        len(notes.notes_on(db, address.base, address.witness, public_only=True)),
        kept_files.files_of(db, stored),
        is_editor=edit_access.state(request, settings).may,
        stamps=bool(settings.timestamp_url),
    )
    return render(request, "evidence/page.html", shown)


@router.post(f"{COMPARISON}/evidence", dependencies=[Editor])
@router.post(f"{COMPARISON_BY_ENGINE}/evidence", dependencies=[Editor])
def make(
    request: Request, db: DatabaseDep, settings: SettingsDep, address: AddressDep, sent: Submitted
) -> Response:
    """Make an evidence file with the captures that were ticked, and redirect to where it is."""
    prefix = "capture-"
    captures = [name.removeprefix(prefix) for name in sent.fields if name.startswith(prefix)]
    make_file(request, db, settings, address, captures, identity.actor(request, settings))
    query = ComparisonView(pins=permalinks.pins_text(address.pins)).query
    return see_other(f"{address.path}/evidence{query}#made")


def make_file(
    request: Request,
    db: Database,
    settings: Settings,
    address: ComparisonAddress,
    captures: Collection[str],
    actor: Actor,
) -> EvidenceFile:
    """Make an evidence file of the comparison at ``address``, and have it stamped where a server is configured."""
    base_url = urls.base_url(request)
    public = notes.notes_on(db, address.base, address.witness, public_only=True)
    file = kept_files.make(
        db,
        _storable(address.stored(actor)),
        captures,
        PublicNotes(public, [exported_note(note, base_url) for note in public]),
        server=Server(base_url, app.__version__),
        actor=actor,
    )
    if settings.timestamp_url:
        # Without an answer the page has a button that asks again, and then says what is wrong.
        try:
            stamping.stamp(db, file.digest, settings)
            return kept_files.find(db, file.digest)
        except TimestampError as error:
            _log.warning("evidence file %s has no timestamp: %s", file.digest, error)
    return file


@router.get("/evidence/{digest}")
def by_digest(request: Request, db: DatabaseDep, settings: SettingsDep, digest: str) -> Response:
    """Show that this server made the file with this digest."""
    file = kept_files.find(db, _checked(digest))
    is_editor = edit_access.state(request, settings).may
    return render(
        request,
        "evidence/file.html",
        evidence_file_page(file, is_editor=is_editor, stamps=bool(settings.timestamp_url)),
    )


@router.get("/evidence/{digest}/file")
def download(request: Request, db: DatabaseDep, settings: SettingsDep, digest: str) -> Response:
    """Send an evidence file; one with captures to editors alone."""
    file = kept_files.find(db, _checked(digest))
    if file.capture_count:
        errors.refuse_editing(edit_access.state(request, settings))
    tag = f'"{file.digest}"'
    if unchanged := etags.unchanged(request, tag):
        return unchanged
    return Response(
        kept_files.content(db, file.digest),
        media_type="application/zip",
        headers={
            "ETag": tag,
            "Content-Disposition": disposition(file.name),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store" if file.capture_count else "no-cache",
        },
    )


@router.post("/evidence/{digest}/timestamp", dependencies=[Editor])
def ask_for_timestamp(db: DatabaseDep, settings: SettingsDep, digest: str) -> Response:
    """Have an evidence file stamped, and redirect to its page."""
    stamping.stamp(db, _checked(digest), settings)
    return see_other(f"/evidence/{digest}")


@router.get("/evidence/{digest}/timestamp")
def timestamp(db: DatabaseDep, digest: str) -> Response:
    """Send the timestamp of an evidence file, as the server answered (RFC 3161)."""
    file = kept_files.find(db, _checked(digest))
    token = stamping.token_of(db, file.digest)
    if token is None:
        raise NotFoundError("This evidence file has no timestamp.", "Its digest says as much as it did.")
    headers = {"Content-Disposition": disposition(f"{file.name}.tsr"), "X-Content-Type-Options": "nosniff"}
    return Response(token, media_type="application/timestamp-reply", headers=headers)


@router.get("/evidence/{digest}/delete", dependencies=[Editor])
def ask_before_deleting(request: Request, db: DatabaseDep, digest: str) -> Response:
    """Ask whether an evidence file is to be deleted."""
    file = kept_files.find(db, _checked(digest))
    return render(request, "evidence/delete.html", evidence_file_page(file, is_editor=True, stamps=False))


@router.post("/evidence/{digest}/delete", dependencies=[Editor])
def delete(request: Request, db: DatabaseDep, settings: SettingsDep, digest: str) -> Response:
    """Delete an evidence file, and redirect to the page of those of its comparison."""
    gone = kept_files.withdraw(db, _checked(digest), actor=identity.actor(request, settings))
    query = ComparisonView(pins=gone.pins).query
    return see_other(f"{permalinks.compare_path(gone.base, gone.witness, gone.engine)}/evidence{query}")


def _checked(digest: str) -> str:
    if not _DIGEST.match(digest):
        raise NotFoundError(
            "This is not the address of an evidence file.",
            "It ends with a SHA-256: 64 characters, 0 to 9 and a to f.",
        )
    return digest


def _storable(stored: StoredComparison) -> StoredComparison:
    if not stored.stored:
        raise NotFoundError(
            "This comparison could not be stored, so no evidence file was made of it.",
            "The library may be read-only or busy, or hold as many comparisons of these two around pins as are kept.",
        )
    return stored
