"""What the page of an article being brought in sends: its fields, a rewording, and which button was pressed."""

import re

from app.errors import ContestedError
from app.services.intake.merging import KINDS, Corrected, Correction, ShownPlace
from app.services.intake.preview import FIELDS
from app.web.form_data import Submission
from app.web.pages.intake.preview_parts import Moved

SAVES = frozenset({"save", "more", "revision", "capture"})

_PLACE = re.compile(r"(?P<index>\d{1,7})(?:\.(?P<digest>[0-9a-f]{1,64}))?")
_MOVED = re.compile(r"(?P<index>\d{1,7})\.(?P<before>text|extra|dropped)")


def correction_of(sent: Submission, action: str, argument: str) -> Correction:
    """Return what was sent."""
    has_wording = "wording" in sent.fields and action not in ("undo", "keep")
    return Correction(
        typed={
            name: sent.line(name)
            for name in FIELDS
            if name in sent.fields and (action, argument) != ("theirs", name)
        },
        shown={name: sent.line(f"was_{name}") for name in FIELDS if f"was_{name}" in sent.fields},
        action=action,
        place=place_in(argument) if action not in SAVES else None,
        wording=sent.text("wording") if has_wording else None,
        worded=place_in(sent.line("at")) if has_wording else None,
        seen=sent.line("seen"),
    )


def place_in(text: str) -> ShownPlace | None:
    """Return the paragraph that a button or field names; None for anything else.

    >>> place_in("3.0a1b2c3d"), place_in("3"), place_in("all")
    (ShownPlace(index=3, digest='0a1b2c3d'), ShownPlace(index=3, digest=''), None)
    """
    match = _PLACE.fullmatch(text)
    return ShownPlace(int(match["index"]), match["digest"] or "") if match else None


def moved_in(text: str) -> Moved | None:
    """Return the paragraph that an address says was just made something else.

    >>> moved_in("3.extra"), moved_in("3.all")
    (Moved(index=3, before='extra'), None)
    """
    match = _MOVED.fullmatch(text)
    return Moved(int(match["index"]), match["before"]) if match else None  # type: ignore[arg-type]  # one of them


def moves(action: str) -> bool:
    """Return whether a button makes a paragraph something else, so that it is shown elsewhere."""
    return action in KINDS


def refuse_contested(result: Corrected, action: str) -> None:
    """Raise ContestedError if what was typed, pressed or to be saved conflicts with another tab."""
    saves = action in SAVES
    saved = ", so nothing was saved yet" if saves else ""
    if result.mine:
        raise ContestedError(
            f"This was changed in another tab meanwhile{saved}.",
            "Below each field that both changed is what the other tab has. Take that, or go on with what you typed.",
        )
    if result.wording is not None:
        raise ContestedError(
            f"The paragraph that you reworded was changed in another tab meanwhile{saved}.",
            "What you typed is in its field, and above it is what it says now. Go on with either.",
        )
    if result.is_undone:
        raise ContestedError(
            "That paragraph was changed in another tab meanwhile, so nothing was done with it.",
            "The text is shown as it is now.",
        )
    if result.is_unseen and saves:
        raise ContestedError(
            "Paragraphs were changed in another tab meanwhile, so nothing was saved yet.",
            "The text is shown as it is now. Look at it, and save it then.",
        )
