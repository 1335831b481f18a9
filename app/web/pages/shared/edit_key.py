"""What the page that asks for the edit key shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditKeyPage:
    """The question for the edit key."""

    back: str
    """The local path to return to."""
    state: str
    """As ``app.web.edit_access.Editing`` has it."""
    error: str = ""
