"""What the page of a failure shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A failure, in words."""

    heading: str
    message: str
    advice: str
    request_id: str = ""
    """Under which the log holds an unforeseen failure; empty for all others."""
