"""Differences in capitals, commas, quotation marks, dashes, spaces and Unicode form alone: counted, and quiet."""

from functools import lru_cache

from app.collation.findings.rule import Kind, RowContext, Rule
from app.collation.model import Finding
from app.collation.text import normalization

_DASHES = frozenset(normalization.DASHES)


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each typographic change; the break between two paragraphs of a row does not count."""
    passage = row.passage
    findings = []
    for change in passage.changes:
        if change.typography:
            base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
            if "\n" not in base + witness:
                says = f"typography: {_what_differs(base, witness)}"
                findings.append(Finding("typography", change.base, change.witness, says, "typography"))
    return findings


@lru_cache(maxsize=1 << 10)
def _what_differs(base: str, witness: str) -> str:
    """Return what differs, in a few words."""
    plain_base, plain_witness = normalization.without_commas(base), normalization.without_commas(witness)
    commas = ["commas"] if (plain_base, plain_witness) != (base, witness) else []
    form = normalization.typographic_form
    capitals = ["capitals"] if form(plain_base) != form(plain_witness) else []
    return " and ".join([*capitals, *commas]) or _what_sign(base, witness)


def _what_sign(base: str, witness: str) -> str:
    signs = set(base) ^ set(witness)
    if signs and signs <= normalization.QUOTES:
        return "quotation marks"
    if signs & _DASHES and all(sign in _DASHES or sign.isspace() for sign in signs):
        return "dashes"
    if all(sign.isspace() for sign in signs):
        return "spaces"
    return "form of characters"


RULE = Rule(
    kind="typography",
    names=("typography",),
    find=find,
    needs_rewording=False,
)
KIND = Kind(
    rules=(RULE,),
    heading="Typography",
    plural="Typography",
    nouns=("sign", "signs"),
    is_quiet=True,
    looked_for="A difference in capitals, commas, quotation marks, dashes, spaces or Unicode form alone.",
    ignored="Words, and the break between two paragraphs of a row.",
    reported=(
        ("It isn't over.", "It isn’t over.", "typography: quotation marks"),
        ("The deal failed - at last.", "The deal failed – at last.", "typography: dashes"),
        ("It costs 5 euros.", "It costs 5\u00a0euros.", "typography: spaces"),
        ("The Mayor left.", "The mayor left.", "typography: capitals"),
        ("At noon, they left.", "At noon they left.", "typography: commas"),
    ),
    not_reported=(
        ("The firm sold it.", "The company sold it."),
        ("The firm sold it.\nNobody knew.", "The firm sold it. Nobody knew."),
    ),
)
