"""Names that differ all through two texts: named in one row, and counted as wording in the others."""

from collections.abc import Sequence
from dataclasses import replace

from app.collation.findings.row.excerpt_weight import quote
from app.collation.model import Finding, Row

_NAMES = ("name-changed", "name-one-sided")
"""Rules whose findings repeat one another where they name the same."""

_Names = tuple[str, str]
"""What a finding covers in base and witness."""


def named_once(rows: Sequence[Row], base: Sequence[str], witness: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows with only the first of the findings that name the same names.

    It is the one nearest to the head of both texts, and so the same with either as the base; the rest become wording.
    """
    named = {
        at: [_names(finding, *_texts(row, base, witness)) for finding in row.findings]
        for at, row in enumerate(rows)
        if any(finding.rule in _NAMES for finding in row.findings)
    }
    first: dict[_Names, int] = {}
    for at, every in named.items():
        for names in every:
            if names:
                first[names] = min(first.get(names, _depth(rows[at])), _depth(rows[at]))
    return tuple(
        _without_repeats(row, named[at], first) if at in named else row for at, row in enumerate(rows)
    )


def _without_repeats(row: Row, named: Sequence[_Names | None], first: dict[_Names, int]) -> Row:
    findings: list[Finding] = []
    seen: set[_Names] = set()
    for finding, names in zip(row.findings, named, strict=True):
        is_repeat = names is not None and (names in seen or first[names] < _depth(row))
        findings.append(_as_wording(finding, names) if names and is_repeat else finding)
        if names:
            seen.add(names)
    return replace(row, findings=tuple(findings))


def _texts(row: Row, base: Sequence[str], witness: Sequence[str]) -> tuple[str, str]:
    return "\n".join([base[i] for i in row.base]), "\n".join([witness[j] for j in row.witness])


def _depth(row: Row) -> int:
    return row.base[0] + row.witness[0]


def _names(finding: Finding, base: str, witness: str) -> _Names | None:
    if finding.rule not in _NAMES:
        return None
    own, other = _bare(base[slice(*finding.base)]), _bare(witness[slice(*finding.witness)])
    # Of "Ann Lee" beside "Ann Roe", and further down "Lee" beside "Roe", the surname is what differs.
    own_words, other_words = own.split(), other.split()
    differing = (
        " ".join([word for word in own_words if word not in other_words]),
        " ".join([word for word in other_words if word not in own_words]),
    )
    return differing if any(differing) else (own, other)


def _bare(name: str) -> str:
    return " ".join(name.replace("’", "'").removesuffix("'s").split())


def _as_wording(finding: Finding, names: _Names) -> Finding:
    base, witness = map(quote, names)
    says = f"{base} → {witness}" if all(names) else f"on one side only: {quote(''.join(names))}"
    return finding._replace(kind="wording", says=says, rule="wording")
