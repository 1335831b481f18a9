"""Read MHTML, in which browsers save a page with its pictures as one e-mail."""

from datetime import UTC
from email.utils import parsedate_to_datetime

from app.errors import UnreadableFileError
from app.sources.captures.saved_page import Captured
from app.sources.encodings.read import mended, read_text
from app.sources.mail.mime import leaves
from app.sources.model import Reading

MAX_PAGE_BYTES = 10_000_000


def read_mhtml(content: bytes) -> Reading:
    """Return the article of the saved page. Raises UnreadableFileError where it holds no page."""
    from app.sources.html.page import read_page  # here, since lxml takes longer to load than this to be read

    message, parts = leaves(content)
    pages = [part for part in parts if part.type in ("text/html", "application/xhtml+xml")]
    address = message.header("Snapshot-Content-Location")
    root = next((page for page in pages if address and page.header("Content-Location") == address), None)
    root = root or next(iter(pages), None)
    if root is None:
        raise UnreadableFileError("There is no web page in this capture (MHTML).", "Save the page again.")
    address = address or root.header("Content-Location")
    if not address.startswith(("http://", "https://")):
        address = ""
    decoded = mended(read_text(root.decoded(MAX_PAGE_BYTES), root.charset, is_page=True))
    reading = read_page(decoded.text, address, decoded.encoding, decoded.notes, kind="mhtml")
    try:
        captured_at = parsedate_to_datetime(message.header("Date")).astimezone(UTC).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        captured_at = ""
    return Captured("", address, captured_at, "MHTML").applied_to(reading)
