"""Atom feeds (RFC 4287), written so that no text of an article can break them."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_NAMESPACE = uuid.UUID("6f0d6d0e-55f4-5c39-9a7b-6d0f8f7c1b52")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold, not even escaped."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that is new."""

    id: str
    title: str
    updated: datetime
    link: str
    """Absolute."""
    author: str
    html: str
    """What changed: HTML of our own making, in which all words are escaped."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, as a feed reader fetches it again and again."""

    link: str
    """Its own absolute address."""
    page: str
    """The page that it follows."""
    title: str
    subtitle: str
    entries: Sequence[FeedEntry]


def stable_id(kind: str, key: str) -> str:
    """Return an id that stays the same at whatever address the library is served.

    >>> stable_id("revision", "aaaaaaaaaaaaaaaa") == stable_id("revision", "aaaaaaaaaaaaaaaa")
    True
    """
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{kind} {key}')}"


def written(feed: Feed) -> bytes:
    """Return a feed as XML; its entries in order of time, the last first."""
    entries = sorted(feed.entries, key=lambda entry: (entry.updated, entry.id), reverse=True)
    updated = entries[0].updated if entries else NEVER
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{stable_id('feed', feed.link)}</id>",
        f"<title>{text(feed.title)}</title>",
        f"<subtitle>{text(feed.subtitle)}</subtitle>",
        f"<updated>{_moment(updated)}</updated>",
        "<author><name>Variorum</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{text(feed.link)}"/>',
        f'<link rel="alternate" type="text/html" href="{text(feed.page)}"/>',
    ]
    for entry in entries:
        lines += [
            "<entry>",
            f"<id>{entry.id}</id>",
            f"<title>{text(entry.title)}</title>",
            f"<updated>{_moment(entry.updated)}</updated>",
            f"<author><name>{text(entry.author or 'Not stated')}</name></author>",
            f'<link rel="alternate" type="text/html" href="{text(entry.link)}"/>',
            f'<content type="html">{text(entry.html)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def text(value: str) -> str:
    r"""Return a text as XML or HTML may hold it.

    >>> text("<b>&\x00\x0b\ufffe")
    '&lt;b&gt;&amp;\ufffd\ufffd\ufffd'
    """
    return escape(_NO_XML.sub("\ufffd", value), quote=True)


def _moment(moment: datetime) -> str:
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if moment.year >= 1000
        else "1970-01-01T00:00:00Z"
    )
