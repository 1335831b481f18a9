"""A comparison as the alignment table that CollateX writes: a row a witness, a column a place, tokens in each cell."""

from typing import TypedDict

from app.collation.text import normalization, tokens
from app.exports.escaping import json_bytes
from app.exports.record import ComparisonExport
from app.exports.variants import places, variants


class AlignedToken(TypedDict):
    """A token: as it is printed, white space after it included, and as it is compared."""

    t: str
    n: str


_Cell = list[AlignedToken] | None


def collatex_table(export: ComparisonExport) -> bytes:
    """Return the table as JSON; the ``t`` of a witness's tokens, joined, are its paragraphs, each with a line feed."""
    base: list[_Cell] = []
    witness: list[_Cell] = []
    for place in places(variants(export.comparison).runs):
        base.append(_cell(place.base))
        witness.append(_cell(place.witness))
    comparison = export.comparison
    document = {
        "witnesses": [f"A: {comparison.base.label}", f"B: {comparison.witness.label}"],
        "table": [base, witness],
        "status": [_compared(one) != _compared(other) for one, other in zip(base, witness, strict=True)],
        "source": {"link": export.link, "engine": comparison.engine},
    }
    return json_bytes(document)


def _compared(cell: _Cell) -> list[str]:
    return [token["n"] for token in cell or () if token["n"]]


def _cell(text: str) -> _Cell:
    """Return the tokens of a text; white space belongs to the token before it, or is a token if it comes first."""
    parts: list[str] = []
    for part in tokens.split(text):
        if part.isspace() and parts:
            parts[-1] += part
        else:
            parts.append(part)
    return [{"t": part, "n": normalization.normal_form(part).strip()} for part in parts] or None
