"""What is shown of an article before it is saved, to be corrected: its fields, its paragraphs, what is here already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.collation.model import Comparison
from app.collation.shared_figures import relation_of
from app.errors import InvalidInputError, VariorumError
from app.permalinks import article_path, trash_path
from app.services.articles.trash import TrashedArticle
from app.services.intake.intakes import Intake
from app.services.intake.known_pages import KnownPage
from app.services.intake.merging import Corrected, digest_of_all
from app.services.intake.neighbours import Neighbours
from app.services.intake.preview import Preview, PreviewBlock
from app.sources.fetching.links import link_among
from app.web import formatting
from app.web.formatting import counted
from app.web.pages.articles.form import FieldView
from app.web.pages.articles.origin import LABELS
from app.web.pages.articles.similar import LookPage, look_page
from app.web.pages.comparison.summary import summary_view
from app.web.pages.comparison.verdict import Verdict, verdict
from app.web.pages.intake.batch import batch_path, intake_path
from app.web.pages.intake.box import BoxView
from app.web.pages.intake.preview_parts import (
    MAX_SHOWN,
    BlockView,
    Moved,
    StatedView,
    block_views,
    stated_views,
)
from app.web.pages.table import row_findings
from app.web.pages.table.grades import grades
from app.web.pages.table.row_findings import FindingView

STOPPED = "The program was stopped while it was being fetched.\nTry again."

FORMATS = {
    "html": "web page",
    "text": "plain text",
    "markdown": "Markdown",
    "docx": "Word document",
    "odt": "OpenDocument text",
    "rtf": "RTF document",
    "pdf": "PDF",
    "eml": "e-mail",
    "warc": "web archive (WARC)",
    "wacz": "web archive (WACZ)",
    "mhtml": "saved web page (MHTML)",
}


@dataclass(frozen=True, slots=True)
class KnownView:
    """A stored article that comes from the same page."""

    article: str
    title: str
    path: str
    says: str
    is_same: bool
    """Whether the text is the same, so that there is no new revision to save."""
    is_earlier: bool
    """Whether it is the text of an earlier revision, so that it may be an older copy of the page."""
    can_keep: bool
    """Whether there is anything to keep of how it came."""


@dataclass(frozen=True, slots=True)
class NearestView:
    """How the text differs from the article that is nearest to it."""

    verdict: Verdict
    """The same in a few words, as the bar of the comparison has it."""
    says: str
    base: str
    """What the stored article is called."""
    witness: str
    article: str
    """The stored article's id."""
    finding: FindingView | None
    """The most serious one; None where there is none."""
    heading: str
    """Its kind, and that it may reverse the meaning; empty without one."""


@dataclass(frozen=True, slots=True)
class TrashedPageView:
    """That an article from this page is in the trash."""

    title: str
    path: str
    """Its page in the trash."""
    says: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """An article that was read, before it is saved."""

    heading: str
    path: str
    state: str
    """``app.services.intake.intakes.State``."""
    failure: tuple[str, ...]
    """Why it could not be read, in words; empty where it was."""
    name: str
    """The link or the file it was read from; empty for a pasted text."""
    read_as: str
    """The format, and how many lines were read, in words."""
    batch: str
    """The address of the list of all that was brought together."""
    seen: str
    """A digest that shows a later page whether the paragraphs have changed since."""
    fields: tuple[StatedView, ...]
    publishers: tuple[str, ...]
    """Those that the library knows, to be suggested."""
    summary: str
    """How many paragraphs it has, in words."""
    blocks: tuple[BlockView, ...]
    extras: tuple[BlockView, ...]
    dropped: tuple[BlockView, ...]
    hidden: str
    """How many further paragraphs are not shown, in words; else empty."""
    notes: tuple[str, ...]
    rejoin: str
    """What the button says that joins or breaks the lines of a hard-wrapped text; else empty."""
    known: KnownView | None
    trashed: TrashedPageView | None
    look: LookPage
    lead: str
    """What is here already that looks like the text, in words."""
    link: str
    """A link in a short text, which may be what was meant; else empty."""
    nearest: NearestView | None
    saves: str
    """What saving would do, in words."""
    editor: FieldView | None
    """The name asked for; None where one is known."""
    problem: str
    advice: str
    wrong: tuple[tuple[str, str, str], ...]
    """The fields that have to be corrected: name, label, and what is wrong."""
    needs_key: bool
    box: BoxView
    """Where the text can be brought in another way, if this one could not be read."""
    can_try_again: bool
    choices: tuple[tuple[str, str], ...]
    """Encodings to choose from, each with how the text would begin."""


def preview_page(
    intake: Intake,
    neighbours: Neighbours,
    box: BoxView,
    *,
    editor: str | None = None,
    opened: int | None = None,
    error: VariorumError | None = None,
    needs_key: bool = False,
    is_alone: bool = True,
    publishers: tuple[str, ...] = (),
    moved: Moved | None = None,
    contested: Corrected | None = None,
) -> PreviewPage:
    """Return the page of what is being brought in.

    ``opened`` is the paragraph that is being reworded. ``editor`` is the name typed for the log, or None where one is
    known. ``is_alone`` says whether nothing was brought together with it. ``publishers`` are suggested as one types.
    ``moved`` is the paragraph that was just made something else. ``contested`` is what conflicted with another tab.
    """
    preview = intake.preview
    wrong = error.fields if isinstance(error, InvalidInputError) else {}
    views = block_views(preview, opened, wording=contested.wording if contested else None, moved=moved)
    labels = LABELS | {"text": "Text", "editor": "Your name"}
    failed = intake.state == "failed" or intake.is_interrupted
    look = look_page(neighbours.relatives)
    return PreviewPage(
        heading="Look before you save" if intake.state == "ready" else "Add an article",
        path=intake_path(intake.id),
        failure=tuple((intake.message or STOPPED).split("\n")) if failed else (),
        state="failed" if failed else intake.state,
        name=intake.name,
        read_as=_read_as(preview),
        batch="" if is_alone else batch_path(intake.batch),
        seen=digest_of_all(preview),
        fields=stated_views(preview, wrong, contested.mine if contested else {}, datetime.now(UTC)),
        publishers=publishers,
        summary=_summary(preview),
        blocks=tuple(view for view in views if view.kind == "text"),
        extras=tuple(view for view in views if view.kind == "extra"),
        dropped=tuple(view for view in views if view.kind == "dropped"),
        hidden=_hidden(preview),
        notes=preview.notes,
        rejoin=_rejoin(preview),
        known=_known(neighbours.known, bool(intake.capture.get("sha256"))),
        trashed=_trashed(neighbours.trashed),
        look=look,
        lead=_lead(look.lead, neighbours.known is not None),
        link=_link(intake) if box.fetches else "",
        nearest=_nearest(neighbours.comparison),
        saves=_saves(preview),
        editor=_editor(editor, wrong),
        problem=error.message if error else "",
        advice=error.advice if error else "",
        wrong=tuple((name, labels.get(name, name), words) for name, words in wrong.items()),
        needs_key=needs_key,
        box=box,
        can_try_again=failed and intake.kind == "link",
        choices=intake.choices,
    )


def _count(preview: Preview, kind: str) -> int:
    return sum(block.kind == kind for block in preview.blocks)


def _summary(preview: Preview) -> str:
    words = formatting.counted(_count(preview, "text"), "paragraph")
    extras = _count(preview, "extra")
    if not extras:
        return f"{words}."
    looks = "line looks like a page extra" if extras == 1 else "lines look like page extras"
    return f"{words}. {extras:,} {looks} and will not be compared."


def _hidden(preview: Preview) -> str:
    further: tuple[PreviewBlock, ...] = preview.blocks[MAX_SHOWN:]
    return f"{counted(len(further), 'further line')} not shown here; kept as read." if further else ""


def _read_as(preview: Preview) -> str:
    if not preview.format:
        return ""
    kind = preview.captured_from or FORMATS.get(preview.format, preview.format)
    return f"{kind} · {counted(len(preview.blocks), 'line')} read"


def _rejoin(preview: Preview) -> str:
    if not preview.rejoined:
        return ""
    count = counted(len(preview.rejoined), "paragraph")
    joins = len(preview.rejoined) < len(preview.blocks)
    return f"Rejoin the lines: {count}" if joins else f"Break the lines again: {count}"


def _known(known: KnownPage | None, can_keep: bool) -> KnownView | None:
    if known is None:
        return None
    title = known.article.title
    since = formatting.day(known.since.date())
    which = "This address is here already" if known.by_address else "This text is here already"
    if known.is_same_text:
        says = f"{which}. Its text is unchanged since {since}."
    elif known.earlier is not None:
        says = f"{which}. This is the text of its revision {known.earlier}, and not the newest: perhaps an older copy."
    else:
        differ = "1 paragraph differs" if known.differing == 1 else f"{known.differing:,} paragraphs differ"
        differ = differ if known.differing else "its paragraphs are in another order"
        says = f"{which}, and its text has changed since {since}: {differ}."
    article = known.article.article
    is_earlier = known.earlier is not None
    return KnownView(article, title, article_path(article), says, known.is_same_text, is_earlier, can_keep)


def _lead(lead: str, is_known: bool) -> str:
    lead = lead.replace("No stored article", "No other stored article") if is_known else lead
    return lead or "There is no text to look up yet"


def _link(intake: Intake) -> str:
    is_text = intake.kind == "text" and intake.state == "ready"
    opening = (intake.preview.value("title"), *(block.text for block in intake.preview.blocks[:3]))
    return link_among(" ".join(opening)) if is_text else ""


def _trashed(article: TrashedArticle | None) -> TrashedPageView | None:
    if article is None:
        return None
    deleted = formatting.day(article.deleted_at.date())
    says = f"An article from this address was deleted on {deleted}, and can be put back as it was, with its links."
    return TrashedPageView(article.title, trash_path(article.article), says)


def _nearest(comparison: Comparison | None) -> NearestView | None:
    if comparison is None:
        return None
    graded = grades(comparison)
    lightest = max(graded.values(), default=None)
    findings = [
        (graded.get((row.number, number), lightest), row.number, number, row)
        for row in comparison.collation.rows
        for number, _ in row_findings.loud(row)
    ]
    view, heading = None, ""
    if findings:
        grade, _, number, row = min(findings, key=lambda each: each[:3])
        base = "\n".join(comparison.base.paragraphs[index] for index in row.base)
        witness = "\n".join(comparison.witness.paragraphs[index] for index in row.witness)
        view = row_findings.finding_view(
            row, number, base, witness, "", may_reverse=bool(grade and grade.may_reverse)
        )
        heading = view.title
    relation = relation_of(comparison)
    summary = summary_view(comparison, relation)
    return NearestView(
        verdict=verdict(comparison, relation, summary),
        says=summary.sentences,
        base=comparison.base.label,
        witness=comparison.witness.label,
        article=comparison.base.article,
        finding=view,
        heading=heading,
    )


def _saves(preview: Preview) -> str:
    publisher = preview.value("publisher") or "publisher not stated"
    day = preview.value("published_on")
    parts = [publisher, counted(_count(preview, "text"), "paragraph"), day or "no date"]
    return ", ".join(parts)


def _editor(editor: str | None, wrong: Mapping[str, str]) -> FieldView | None:
    if editor is None:
        return None
    hint = "Kept in this browser, for the log of changes. It may stay empty."
    return FieldView("editor", "Your name", editor, hint, wrong.get("editor", ""))
