"""Several links or files that were brought together: how far each one is."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.permalinks import article_path
from app.services.intake.intakes import Intake
from app.web.formatting import counted


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """One of them."""

    name: str
    state: str
    """``app.services.intake.intakes.State``."""
    path: str
    title: str
    says: str
    """How far it is, in words."""


@dataclass(frozen=True, slots=True)
class BatchPage:
    """All of them."""

    heading: str
    progress: str
    is_busy: bool
    """Whether any is still to be read."""
    path: str
    entries: tuple[BatchEntry, ...]


def intake_path(intake: str) -> str:
    """Return the address at which what is being brought in is looked at."""
    return f"/articles/new/{intake}"


def batch_path(batch: str) -> str:
    """Return the address of what was brought together."""
    return f"/articles/new/batch/{batch}"


def batch_page(batch: str, intakes: Sequence[Intake]) -> BatchPage:
    """Return the page of what was brought together."""
    waiting = sum(each.state == "waiting" and not each.is_interrupted for each in intakes)
    saved = sum(each.state == "saved" for each in intakes)
    failed = sum(each.state == "failed" or each.is_interrupted for each in intakes)
    parts = [
        f"{len(intakes) - waiting} of {len(intakes)} read" if waiting else "",
        f"{failed} could not be read" if failed else "",
        f"{saved} saved" if saved else "",
    ]
    return BatchPage(
        heading=f"{counted(len(intakes), 'article')} to look at",
        progress="; ".join(filter(None, parts)),
        is_busy=waiting > 0,
        path=batch_path(batch),
        entries=tuple(map(_entry, intakes)),
    )


def _entry(intake: Intake) -> BatchEntry:
    state = "failed" if intake.is_interrupted else intake.state
    says = {
        "waiting": "Being fetched…" if intake.kind == "link" else "Being read…",
        "ready": f"{counted(len(intake.preview.paragraphs), 'paragraph')}, not saved yet",
        "failed": intake.message.replace("\n", " ") or "The program was stopped meanwhile.",
        "saved": "Saved",
    }[state]
    return BatchEntry(
        name=intake.name or "Pasted text",
        state=state,
        path=article_path(intake.article) if state == "saved" else intake_path(intake.id),
        title=intake.preview.value("title"),
        says=says,
    )
