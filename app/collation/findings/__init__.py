"""What drifted in a row, by kind: a loop over the rules of ``registry``, each a pure function of the row."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from app.collation.findings import moved_clauses
from app.collation.findings.document_context import NO_TEXTS, Texts
from app.collation.findings.in_other_words import certain
from app.collation.findings.registry import IN_ENGLISH, KINDS, OF_NUMBERS, RULES
from app.collation.findings.repeats import named_once, without_moved
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.rewriting import are_rewritten
from app.collation.findings.rule import Condition, RowContext
from app.collation.findings.turned import turned_sentences
from app.collation.model import Change, Finding


def findings(
    base: str, witness: str, changes: Sequence[Change], texts: Texts = NO_TEXTS
) -> tuple[Finding, ...]:
    """Return the findings of one row in the order of its text; those of ``IN_ENGLISH`` only if the ``texts`` are.

    Each change that no finding of another kind covers is one of the quiet kinds, ``typography`` or ``wording``.

    >>> from app.collation.diff import diff
    >>> base, witness = "It cost twelve million.", "It cost 14 million."
    >>> [finding.says for finding in findings(base, witness, diff(base, witness).changes)]
    ['number changed: twelve million → 14 million']
    """
    return of_rows([(base, witness, changes)], texts)[0]


def of_rows(
    rows: Iterable[tuple[str, str, Sequence[Change]]], texts: Texts = NO_TEXTS
) -> list[tuple[Finding, ...]]:
    """Return the findings of each row, given as its base, witness and changes; a long pair's rows may come in batches.

    Each rule looks at all rows before the next does: its code and words stay in the processor's cache, which takes a
    seventh off the time.
    """
    passages = [Passage(*row) for row in rows]
    contexts = [RowContext(passage, texts) for passage in passages]
    by_condition: dict[Condition, list[RowContext]] = {}
    for rule in RULES:
        if rule is _FIRST_QUIET:
            for row in contexts:
                row.findings += moved_clauses.find(row, RULES)
                row.findings += turned_sentences.find(row, RULES)
        if rule.condition not in by_condition:
            by_condition[rule.condition] = [row for row in contexts if rule.applies_to(row)]
        for row in by_condition[rule.condition]:
            reported = rule.find(row)
            row.findings += certain(row, reported) if reported and texts.rewritten else reported
    return [tuple(sorted(row.findings, key=_in_text_order)) for row in contexts]


_FIRST_QUIET = next(rule for rule in RULES if KINDS[rule.kind].is_quiet)
"""The rule before which all that may alter meaning has been found."""

_in_text_order = attrgetter("base", "witness", "kind")


__all__ = [
    "IN_ENGLISH",
    "NO_TEXTS",
    "OF_NUMBERS",
    "Texts",
    "are_rewritten",
    "findings",
    "named_once",
    "of_rows",
    "without_moved",
]
