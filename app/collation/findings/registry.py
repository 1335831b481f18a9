"""Every kind of finding: a new one is a file in a room of ``rules`` and a row here."""

from typing import get_args

from app.collation.findings.rule import Kind
from app.collation.findings.rules.claims import antonym, attribution, gender, modality, negation, tense
from app.collation.findings.rules.facts import date, exchange, name, number
from app.collation.findings.rules.wordings import quotation, typography, wording
from app.collation.model import FindingKind

KINDS: dict[FindingKind, Kind] = {
    kind.name: kind
    for kind in (
        quotation.KIND,
        number.KIND,
        date.KIND,
        name.KIND,
        exchange.KIND,
        negation.KIND,
        modality.KIND,
        attribution.KIND,
        antonym.KIND,
        tense.KIND,
        gender.KIND,
        wording.KIND,
        typography.KIND,
    )
}
"""Kinds in the order of pages: what misleads most comes first, the two quiet ones last."""

LOUD = tuple(kind for kind in KINDS if not KINDS[kind].is_quiet)
"""Kinds of which a zero is worth printing."""

RULES = tuple(rule for kind in KINDS.values() for rule in kind.rules)
"""The rules in the order in which they run."""

OF_NUMBERS: tuple[FindingKind, ...] = ("number", "date")
"""The kinds that are not looked for where a text holds very many numbers."""

IN_ENGLISH: tuple[FindingKind, ...] = tuple(kind for kind in get_args(FindingKind) if KINDS[kind].is_english)
"""Kinds that look up English words, in the order in which documents list them."""
