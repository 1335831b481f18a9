"""Tell what captured an HTML page, and when (a browser, SingleFile, the Wayback Machine), and remove its additions."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.sources.model import Field, Reading

CAPTURE = "capture"

_HEAD_CHARS = 20_000
_SINGLE_FILE = re.compile(
    r"Page saved with SingleFile[^\n]*\s+url:\s*(?P<url>\S+)\s+saved date:\s*(?P<date>[^\n]+?)\s*(?:\n|-->)",
    re.IGNORECASE,
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(?P<url>\S+)\s*-->", re.IGNORECASE)
_TOOLBAR = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL
)
_WAYBACK_HEAD = re.compile(
    r"<script[^>]*(?:web-static\.archive\.org|archive\.org/(?:_static|includes))[^>]*>.*?</script>", re.DOTALL
)
_ARCHIVED = re.compile(
    r"FILE ARCHIVED ON (?P<time>\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED FROM THE\s+INTERNET ARCHIVE"
)
_WOMBAT = re.compile(
    r"__wm\.(?:wombat|init)\(\s*[\"'](?P<url>https?://[^\"']+)[\"']\s*,\s*[\"'](?P<stamp>\d{14})[\"']"
)
_ADDRESS = re.compile(
    r"(?:https?:)?//web\.archive\.org/web/(?P<stamp>\d{4,14})(?:[a-z]{2}_)?/(?P<url>(?:https?:/{1,2})?\S+)",
    re.IGNORECASE,
)
_REWRITTEN = re.compile(
    r"(?:https?:)?//web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://|//)|(?<=[\"'])/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Captured:
    """A page with the capturing program's own additions taken away, and what is known about its capture."""

    text: str
    address: str = ""
    captured_at: str = ""
    captured_from: str = ""

    def applied_to(self, reading: Reading) -> Reading:
        """Return the reading with what is known about the capture."""
        if not self.captured_from:
            return reading
        return replace(
            reading,
            captured_at=Field(self.captured_at, CAPTURE) if self.captured_at else Field(),
            captured_from=Field(self.captured_from, CAPTURE),
            address=reading.address or (Field(self.address, CAPTURE) if self.address else Field()),
        )


def unwrapped(text: str, address: str = "") -> Captured:
    """Return the page that was captured; ``address`` is where the capture was found."""
    head = text[:_HEAD_CHARS]
    if match := _SINGLE_FILE.search(head):
        return Captured(text, match["url"], _moment(match["date"]), "SingleFile")
    if is_wayback(text, address):
        return _from_wayback(text, address)
    if match := _SAVED_FROM.search(head):
        return Captured(text, match["url"], "", "saved page")
    return Captured(text, address)


def is_wayback(text: str, address: str = "") -> bool:
    """Return whether a page comes from the Wayback Machine."""
    return bool(
        _ADDRESS.match(address) or _WOMBAT.search(text[:_HEAD_CHARS]) or _ARCHIVED.search(text[-_HEAD_CHARS:])
    )


def _from_wayback(text: str, address: str) -> Captured:
    match = _ADDRESS.match(address)
    wombat = _WOMBAT.search(text[:_HEAD_CHARS])
    archived = _ARCHIVED.search(text[-_HEAD_CHARS:])
    stamp = match["stamp"] if match else wombat["stamp"] if wombat else ""
    at = _from_stamp(stamp)
    if not at and archived:
        with suppress(ValueError):  # a comment can say anything
            at = datetime.strptime(archived["time"], "%H:%M:%S %b %d, %Y").replace(tzinfo=UTC).isoformat()
    original = match["url"] if match else wombat["url"] if wombat else ""
    original = re.sub(r"\A(https?:)/{1,2}(?=[^/])", r"\1//", original)
    if original and not original.startswith("http"):
        original = f"http://{original}"
    plain = _REWRITTEN.sub("", _WAYBACK_HEAD.sub("", _TOOLBAR.sub("", text)))
    return Captured(plain, original, at, "Wayback Machine")


def _from_stamp(stamp: str) -> str:
    """Return the moment in a time stamp of the Wayback Machine.

    >>> _from_stamp("20110106023242")
    '2011-01-06T02:32:42+00:00'
    """
    if len(stamp) < 8:
        return ""
    try:
        return datetime.strptime(stamp.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return ""


def _moment(text: str) -> str:
    """Return a date as JavaScript writes it, in UTC; empty where it is none.

    >>> _moment("Mon Feb 05 2024 11:00:00 GMT+0100 (Central European Standard Time)")
    '2024-02-05T10:00:00+00:00'
    """
    plain = re.sub(r"\s*\(.*", "", text).replace("GMT", "").strip()
    for form in ("%a %b %d %Y %H:%M:%S %z", "%a %b %d %Y %H:%M:%S"):
        try:
            moment = datetime.strptime(plain, form)
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()
        except ValueError:
            continue
        except OverflowError:  # in UTC it is before the year 1
            return ""
    try:
        return parsedate_to_datetime(text).astimezone(UTC).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
