"""The same comparisons as JSON documents (docs/formats.md)."""

from fastapi import APIRouter
from starlette.responses import Response

from app.collation import document
from app.web.comparison_address import COMPARISON, COMPARISON_BY_ENGINE, AddressDep

router = APIRouter(prefix="/api")


@router.get(COMPARISON)
@router.get(COMPARISON_BY_ENGINE)
def compare(address: AddressDep) -> Response:
    """Answer with the comparison's document."""
    return address.document(
        lambda comparison: Response(document.dumps(comparison), media_type="application/json")
    )
