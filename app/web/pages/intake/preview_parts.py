"""The fields and paragraphs of what is being brought in, as its preview shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.services.intake.merging import digest_of
from app.services.intake.preview import Kind, Preview, numbers
from app.sources.text import is_to_come
from app.web import formatting
from app.web.pages.articles.origin import FIELD_KINDS, SOURCES

MAX_SHOWN = 2_000
"""Paragraphs that are shown to be corrected; the rest of a very long text is kept as it was read."""


BECAME: dict[Kind, str] = {"text": "Counts as text now", "extra": "Page extra now", "dropped": "Left out"}
"""What a paragraph has just become, in words."""


@dataclass(frozen=True, slots=True)
class StatedView:
    """A field, with where it came from."""

    name: str
    label: str
    kind: str
    value: str
    source: str
    """In words."""
    is_found: bool
    error: str
    doubt: str
    """Why it may be a slip, though it can be saved; may be empty."""
    shown: str
    """The value as it is stored, which shows a later page whether it was changed here."""
    other: str
    """What another tab filled in meanwhile, in words; empty where none did."""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph, with what can be done with it."""

    index: int
    place: str
    """What names it in buttons: its index, and its digest by which it is found again where it was moved."""
    number: str
    kind: str
    """``text``, ``extra`` or ``dropped``."""
    text: str
    reason: str
    is_open: bool
    """Whether it is being reworded or split."""
    can_join: bool
    """Whether another of its kind follows."""
    opening: str
    """Its first words, which distinguish its buttons from those of others."""
    wording: str
    """What its field holds where it is being reworded."""
    is_contested: bool
    """Whether another tab changed it while it was being reworded here."""
    back: str
    """Of one that was just moved elsewhere, what the button does that moves it back; else empty.

    Its reason says what it is now.
    """


@dataclass(frozen=True, slots=True)
class Moved:
    """A paragraph that was just made something else."""

    index: int
    before: Kind
    """What it was."""


def stated_views(
    preview: Preview, wrong: Mapping[str, str], mine: Mapping[str, str], now: datetime
) -> tuple[StatedView, ...]:
    """Return the fields; ``mine`` are those typed here that another tab filled in differently."""
    return tuple(_stated(preview, name, wrong, mine.get(name), now) for name in FIELD_KINDS)


def _stated(
    preview: Preview, name: str, wrong: Mapping[str, str], mine: str | None, now: datetime
) -> StatedView:
    label, kind = FIELD_KINDS[name]
    field = preview.stated.get(name)
    source = SOURCES.get(field.source, f"from {field.source}") if field and field.value else ""
    empty = "left empty, the first line is taken" if name == "title" else "not found"
    stored = field.value if field else ""
    value = stored if mine is None else mine
    doubt = "This day is in the future. It can still be saved, if that is intended."
    return StatedView(
        name,
        label,
        kind,
        value,
        "typed here, not taken yet" if mine is not None else source or empty,
        bool(source) and mine is None,
        wrong.get(name, ""),
        doubt if name == "published_on" and is_to_come(_day(value), now) else "",
        stored,
        "" if mine is None else stored or "nothing",
    )


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def block_views(
    preview: Preview,
    opened: int | None,
    *,
    wording: tuple[int, str] | None = None,
    moved: Moved | None = None,
) -> tuple[BlockView, ...]:
    """Return the paragraphs, and a line where one was that was just moved elsewhere.

    ``wording`` is what was typed for a paragraph that another tab changed meanwhile.
    """
    last = {block.kind: index for index, block in enumerate(preview.blocks)}
    views = []
    for index, (block, number) in enumerate(zip(preview.blocks[:MAX_SHOWN], numbers(preview), strict=False)):
        is_contested = wording is not None and wording[0] == index
        view = BlockView(
            index=index,
            place=f"{index}.{digest_of(block)}",
            number=number,
            kind=block.kind,
            text=block.text,
            reason=block.reason if block.kind == "extra" else "",
            is_open=is_contested or index == opened,
            can_join=index < last[block.kind],
            opening=formatting.opening(block.text, 40),
            wording=wording[1] if wording and is_contested else block.text,
            is_contested=is_contested,
            back="",
        )
        views.append(view)
        if moved and moved.index == index and moved.before != block.kind:
            views.append(
                replace(
                    view,
                    kind=moved.before,
                    number="",
                    reason=BECAME[block.kind],
                    is_open=False,
                    back=f"back-{moved.before}",
                )
            )
    return tuple(views)
