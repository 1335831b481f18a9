"""A text that is being brought in beside a stored article: a comparison that is stored nowhere."""

from dataclasses import dataclass

from app import permalinks
from app.collation.model import Comparison
from app.collation.shared_figures import relation_of
from app.services.intake.intakes import KEPT_DAYS
from app.web.formatting import counted
from app.web.pages.comparison.page import shown_part
from app.web.pages.comparison.summary import summary_view
from app.web.pages.intake.batch import intake_path
from app.web.pages.shared.paging import part_starts
from app.web.pages.table import groups
from app.web.pages.table.comparison_view import ComparisonView, Places
from app.web.pages.table.rows import Rows


@dataclass(frozen=True, slots=True)
class DraftComparisonPage:
    """What ``intake/compare.html`` shows."""

    title: str
    back: str
    """The preview of the text."""
    base: str
    """What the stored article is called."""
    base_link: str
    witness: str
    says: str
    groups: tuple[groups.Group, ...]
    hidden: str
    """How many further rows are not shown, in words; else empty."""
    kept_days: int = KEPT_DAYS


def draft_comparison_page(intake: str, comparison: Comparison) -> DraftComparisonPage:
    """Return the page of a comparison of a stored article with what is being brought in as ``intake``."""
    rows = comparison.collation.rows
    starts = part_starts(comparison)
    shown = shown_part(rows, starts, 1)
    places = Places(f"{intake_path(intake)}/compare", ComparisonView(), 1, len(rows), starts)
    summary = summary_view(comparison, relation_of(comparison))
    further = len(rows) - len(shown)
    return DraftComparisonPage(
        title=f"Before saving: {comparison.base.label} and {comparison.witness.label}",
        back=intake_path(intake),
        base=comparison.base.label,
        base_link=permalinks.article_path(comparison.base.article),
        witness=comparison.witness.label,
        says=summary.sentences,
        groups=groups.grouped(shown, Rows(comparison, places, {})),
        hidden=f"{counted(further, 'further row')} not shown here." if further else "",
    )
