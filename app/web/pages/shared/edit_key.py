"""What the page that asks for the edit key, and for a name, shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditKeyPage:
    """The question for the edit key, and for the name under which changes are logged."""

    back: str
    """The local path to return to."""
    state: str
    """As ``app.web.editing.edit_access.Editing`` has it."""
    name: str = ""
    """The name that was given, or typed just now."""
    signed_in: str = ""
    """The user that a proxy signed in; no name is then requested."""
    error: str = ""
    """What is wrong with the key."""
    name_error: str = ""
    """What is wrong with the name."""
