"""Correct a preview that is open in several tabs, without losing or overwriting what another tab changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services.intake import preview
from app.services.intake.preview import Kind, Preview, PreviewBlock

KINDS = ("text", "extra", "dropped")

DIGEST_CHARS = 8
"""Characters of a paragraph's digest: enough to distinguish it from the others of one text."""


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A paragraph as a page shows it."""

    index: int
    digest: str = ""
    """Of what the page showed there (``digest_of``); empty where only the index counts."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a page sends."""

    typed: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)
    """The fields as the page showed them first; those that are missing count as they are stored."""
    action: str = ""
    place: ShownPlace | None = None
    """The paragraph that the action is about."""
    wording: str | None = None
    """The paragraph at ``worded`` as it was typed."""
    worded: ShownPlace | None = None
    seen: str = ""
    """Digest of all paragraphs as the page showed them (``digest_of_all``); empty where they do not matter."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A preview with a correction, as far as it conflicts with nothing."""

    preview: Preview
    mine: Mapping[str, str]
    """Fields as typed here that another tab filled in differently: they are not in the preview yet."""
    wording: tuple[int, str] | None
    """A wording that is not in the preview yet, since another tab changed its paragraph, and where that is or was."""
    is_undone: bool
    """Whether the action was not carried out, since its paragraph is not there any more."""
    is_unseen: bool
    """Whether another tab changed paragraphs since the page was shown."""
    index: int | None = None
    """Where the action's paragraph is now."""
    before: Kind = "text"
    """What that was before."""


def digest_of(block: PreviewBlock) -> str:
    """Return a digest that distinguishes a paragraph of a preview from the others."""
    return hashlib.sha256(f"{block.kind} {block.text}".encode("utf-8", "replace")).hexdigest()[:DIGEST_CHARS]


def digest_of_all(shown: Preview) -> str:
    """Return a digest of a preview's paragraphs and their kinds, which changes whenever they do."""
    whole = hashlib.sha256()
    for block in shown.blocks:
        whole.update(f"{block.kind} {block.text}\n".encode("utf-8", "replace"))
    return whole.hexdigest()[: 2 * DIGEST_CHARS]


def corrected(stored: Preview, sent: Correction) -> Corrected:
    """Return the preview with what was sent.

    A field that was not changed on the page that was sent is as another tab has it. One that both changed stays as it
    is stored, and is returned as typed; so does a paragraph.
    """
    is_unseen = sent.seen not in ("", digest_of_all(stored))
    mine = {
        name: value for name, value in sent.typed.items() if _is_contested(name, value, stored, sent.shown)
    }
    taken = {
        name: value
        for name, value in sent.typed.items()
        if name not in mine and value != sent.shown.get(name, stored.value(name))
    }
    after = preview.with_typed(stored, taken)
    wording = None
    place = len(after.blocks)
    shift = 0
    if sent.wording is not None and sent.worded is not None:
        at = located(after, sent.worded)
        if at is None:
            wording = (max(0, min(sent.worded.index, len(after.blocks) - 1)), sent.wording)
        else:
            count, place = len(after.blocks), at
            after = preview.with_text(after, at, sent.wording)
            shift = len(after.blocks) - count
    if sent.action == "rejoin":
        return Corrected(preview.with_lines_rejoined(after), mine, wording, False, is_unseen)
    if sent.place is None:
        return Corrected(after, mine, wording, False, is_unseen)
    before = located(stored, sent.place)
    if before is None:
        return Corrected(after, mine, wording, True, is_unseen)
    index = before + (shift if before > place else 0)
    acted = _acted(after, sent.action, index)
    return Corrected(acted, mine, wording, False, is_unseen, index, stored.blocks[before].kind)


def located(shown: Preview, place: ShownPlace) -> int | None:
    """Return where the paragraph is that a page showed at ``place``; None where it is not there any more."""
    blocks = shown.blocks
    if not place.digest:
        return place.index if place.index < len(blocks) else None
    same = [index for index, block in enumerate(blocks) if digest_of(block) == place.digest]
    return min(same, key=lambda index: abs(index - place.index), default=None)


def _is_contested(name: str, value: str, stored: Preview, shown: Mapping[str, str]) -> bool:
    before, now = shown.get(name, stored.value(name)), stored.value(name)
    return value not in (before, now) and now != before


def _acted(shown: Preview, action: str, index: int) -> Preview:
    if action == "join":
        return preview.joined(shown, index)
    kind = action.removeprefix("back-")
    return preview.with_kind(shown, index, kind) if kind in KINDS else shown  # type: ignore[arg-type]  # one of them
