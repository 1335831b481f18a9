"""A comparison in at most ten words, for the bar that stays in sight."""

from dataclasses import dataclass

from app.collation.findings.registry import KINDS
from app.collation.model import Comparison
from app.collation.relation import Relation
from app.web.formatting import counted
from app.web.pages.comparison.summary import SummaryView
from app.web.pages.findings.cards import reversals
from app.web.pages.findings.finding_list import loud_count

MAX_WORDS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """An observation in a few words; what may be reversed is set apart, since it is what a reader looks for."""

    says: str
    reversed: str
    """How many places may say the opposite, in words; empty where none may."""


def verdict(comparison: Comparison, relation: Relation | None, summary: SummaryView) -> Verdict:
    """Return what differs between the two texts in ``MAX_WORDS`` words; ``relation`` holds the figures."""
    if relation is None or relation.kind == "same-story" or not loud_count(comparison):
        return Verdict(_alike(comparison, relation, summary), "")
    count = reversals(comparison)
    turned = f"{'one' if count == 1 else f'{count:,}'} perhaps reversed" if count else ""
    counts = comparison.collation.summary.findings
    parts: list[str] = []
    if relation.reworded:
        of = f" of {relation.quotations:,}" if relation.quotations > relation.reworded else ""
        noun = "quotation" if relation.reworded == 1 and not of else "quotations"
        parts.append(f"{relation.reworded:,}{of} {noun} altered")
    others = [kind for kind in KINDS if kind != "quotation" and not KINDS[kind].is_quiet and counts.get(kind)]
    number = sum(counts[kind] for kind in others)
    if len(others) == 1 and len(KINDS[others[0]].nouns[0].split()) == 1:
        differ = "differs" if number == 1 else "differ"
        parts.append(f"{counted(number, *KINDS[others[0]].nouns)} {differ}")
    elif others:
        parts.append(counted(number, "other finding" if parts else "finding"))
    if not parts:
        parts.append(counted(loud_count(comparison), "finding"))
    return Verdict(", ".join(parts), turned)


def _alike(comparison: Comparison, relation: Relation | None, summary: SummaryView) -> str:
    """Return what is to be said of texts in which nothing serious was found, or that share too little."""
    if relation is None or relation.kind == "same-story":
        return summary.title.partition(":")[0]
    rows = comparison.collation.rows
    if all(row.kind == "same" for row in rows):
        return summary.title.partition(":")[0]
    reworded = sum(row.kind not in ("same", "omitted", "added") for row in rows)
    return f"{counted(reworded, 'paragraph')} reworded" if reworded else "Every shared paragraph is the same"
