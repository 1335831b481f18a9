"""Evidence files: making one of a comparison, and the same bytes for whoever has its digest."""

from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.responses import Response

from app.services.evidence import kept_files
from app.web import urls
from app.web.api.access import Writer
from app.web.api.answers import answer, api_link, numbered_listing
from app.web.api.bodies import EvidenceIn, body_of, takes
from app.web.api.comparisons import PAIR
from app.web.api.models.keeping import EvidenceListOut, EvidenceOut, evidence_out
from app.web.api.parameters import DEFAULT_ITEMS, Limit, Page, Pins, RevisionId, api_router
from app.web.comparison_address import AddressDep
from app.web.dependencies import DatabaseDep, SettingsDep
from app.web.editing import identity
from app.web.problems import FOLDER
from app.web.routes.desk import evidence

router = api_router("evidence")

Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the whole file.")]


@router.get(f"{PAIR}/evidence", response_model=EvidenceListOut)
def list_evidence(
    request: Request,
    db: DatabaseDep,
    address: AddressDep,
    base: RevisionId,
    witness: RevisionId,
    pins: Pins = None,
    limit: Limit = DEFAULT_ITEMS,
    page: Page = 1,
) -> Response:
    """List the evidence files that were made of a comparison, the last made first."""
    files = kept_files.files_of(db, address.stored())
    base_url, folder = urls.base_url(request), api_link(request, "/evidence")
    return numbered_listing(
        request,
        EvidenceListOut,
        files,
        limit,
        page,
        lambda file: evidence_out(file, base_url, folder),
    )


@router.post(
    f"{PAIR}/evidence",
    dependencies=[Writer],
    status_code=201,
    response_model=EvidenceOut,
    openapi_extra=takes(EvidenceIn),
)
def make_evidence(
    request: Request,
    db: DatabaseDep,
    settings: SettingsDep,
    address: AddressDep,
    base: RevisionId,
    witness: RevisionId,
    sent: Annotated[EvidenceIn, Depends(body_of(EvidenceIn))],
    pins: Pins = None,
) -> Response:
    """Make an evidence file of a comparison, or answer with the existing one if nothing has changed."""
    actor = identity.actor(request, settings)
    file = evidence.make_file(request, db, settings, address, sent.captures, actor)
    content = evidence_out(file, urls.base_url(request), api_link(request, "/evidence"))
    response = answer(request, content, status=201)
    response.headers["Location"] = f"{FOLDER}/evidence/{file.digest}"
    return response


@router.get("/evidence/{digest}", response_model=EvidenceOut)
def read_evidence(request: Request, db: DatabaseDep, digest: Digest) -> Response:
    """Say that this server made the evidence file with this digest."""
    file = kept_files.find(db, digest)
    return answer(request, evidence_out(file, urls.base_url(request), api_link(request, "/evidence")))


@router.get(
    "/evidence/{digest}/file",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}, "description": "The file."}},
)
def download_evidence(request: Request, db: DatabaseDep, settings: SettingsDep, digest: Digest) -> Response:
    """Send an evidence file; one with captures to editors alone."""
    return evidence.download(request, db, settings, digest)


@router.get(
    "/evidence/{digest}/timestamp",
    response_class=Response,
    responses={200: {"content": {"application/timestamp-reply": {}}, "description": "The timestamp."}},
)
def download_timestamp(db: DatabaseDep, digest: Digest) -> Response:
    """Send the timestamp of an evidence file (RFC 3161)."""
    return evidence.timestamp(db, digest)


@router.delete("/evidence/{digest}", dependencies=[Writer], status_code=204, response_class=Response)
def delete_evidence(request: Request, db: DatabaseDep, settings: SettingsDep, digest: Digest) -> Response:
    """Delete an evidence file; the log keeps its digest."""
    kept_files.withdraw(db, digest, actor=identity.actor(request, settings))
    return Response(status_code=204)
