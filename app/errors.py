"""Domain errors. Each carries a message that a reader understands: what happened, then what to do.

No error here knows an HTTP status; ``app.web.errors`` alone maps them.
"""

from collections.abc import Mapping, Sequence


class VariorumError(Exception):
    """A failure that a page explains to the reader.

    ``message`` says what happened; ``advice`` says what to do about it (may be empty).
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(f"{message} {advice}".strip())
        self.message = message
        self.advice = advice


class NotFoundError(VariorumError):
    """There is nothing at this id or address."""


class InvalidInputError(VariorumError):
    """Input that is refused and not stored.

    ``fields`` maps a form field's name to what is wrong with it, in words.
    """

    def __init__(self, message: str, advice: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message, advice)
        self.fields = dict(fields or {})


class EditedMeanwhileError(InvalidInputError):
    """An edit of a revision that is not the newest any more; ``newest`` is the number of the one that is."""

    def __init__(self, newest: int) -> None:
        super().__init__(
            f"Somebody saved revision {newest} of this article while you were editing, so nothing was saved yet.",
            "Look at it first. If you save again, your text becomes the revision after it; "
            "theirs stays under its link.",
        )
        self.newest = newest


class ContestedError(VariorumError):
    """A correction of what another tab, or another editor, has changed since it was shown."""


class UnreadableError(InvalidInputError):
    """Bytes that are not text: an image, a PDF, undecodable bytes, NUL, lone surrogates."""


class UnreadableFileError(UnreadableError):
    """A file that no article could be read from: a scan, a password, no text, an unknown encoding.

    ``choices`` are the encodings to choose from, where the reader has to say, each with how the text would begin.
    """

    def __init__(self, message: str, advice: str = "", choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message, advice)
        self.choices = tuple(choices)


class FetchError(InvalidInputError):
    """A link that is not fetched, or whose page could not be fetched."""


class TooManyFetchesError(VariorumError):
    """So many links are being fetched that this one has to be sent again later."""


class TimestampError(VariorumError):
    """A timestamp that could not be obtained, or does not say what it should."""


class TooLargeError(VariorumError):
    """More than ``VARIORUM_MAX_TEXT`` bytes."""


class UnclearSenderError(VariorumError):
    """A request that does not say clearly who sent it, where a proxy should have."""


class TooManyComparisonsError(VariorumError):
    """So many comparisons are being computed that this one has to wait."""


class StorageBusyError(VariorumError):
    """The database is locked by another process for longer than we wait."""


class StorageNewerError(VariorumError):
    """The database was written by a newer version of the program."""


class StorageReadOnlyError(VariorumError):
    """The database can be read but not written."""


class StorageGoneError(VariorumError):
    """The database's file was removed or replaced while the program was running."""


class StorageDamagedError(VariorumError):
    """The database's file is damaged, or is not a database."""
