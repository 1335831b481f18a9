"""Rows read from a canonical document, whose changes and findings are parsed when they are first needed.

A page shows some of the rows of a long comparison, and only the kinds, places and findings of all others.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any, cast

from app.collation.model import Change, Coarseness, Finding, Row, RowKind, Span, Within

Json = dict[str, Any]

_DECODER = json.JSONDecoder()
"""It is given text: guessing the encoding of bytes takes a third of the time of a short list."""

_HEAD = re.compile(
    rb'\{"row":(\d+),"kind":"([a-z]+)","moved":(true|false),"similarity":([^,]+),"base":\[([\d,]*)\],'
    rb'"witness":\[([\d,]*)\](?:,"repeats":(\d+))?(?:,"coarse":"([a-z]+)")?,"changes":\['
)
"""The beginning of a row. It occurs nowhere else: inside a string its quotation marks would be escaped."""

_BETWEEN = b'],"findings":['
_CHANGE = b'{"op":'
_TYPOGRAPHY = b'"typography":true'


class WrittenRow(Row):
    """A row in a canonical document, equal to the row that was written."""

    __slots__ = ("_begin", "_between", "_canonical", "_changes", "_end")

    _canonical: bytes
    _begin: int
    """Where the row begins in it, its changes, what separates them from its findings, and where it ends."""
    _changes: int
    _between: int
    _end: int

    def __getattr__(self, name: str) -> Any:
        """Parse the changes or the findings; called only if they have not been parsed yet."""
        if name == "changes":
            written = _DECODER.decode(self._canonical[self._changes - 1 : self._between + 1].decode())
            value: object = tuple(map(change_from_json, written))
        elif name == "findings":
            begin = self._between + len(_BETWEEN) - 1
            written = _DECODER.decode(self._canonical[begin : self._end - 1].decode())
            value = tuple(map(finding_from_json, written))
        else:
            raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    @property
    def text(self) -> str:
        """The row's JSON in the document."""
        return self._canonical[self._begin : self._end].decode()

    @property
    def mark_count(self) -> int:
        """As in any row, without reading the changes."""
        return self._canonical.count(_CHANGE, self._changes, self._between)

    @property
    def has_typography(self) -> bool:
        """As in any row, without reading the changes."""
        return self._canonical.find(_TYPOGRAPHY, self._changes, self._between) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and _values(self) == _values(other)

    __hash__ = Row.__hash__

    def __reduce__(self) -> tuple[type[Row], tuple[object, ...]]:
        return Row, _values(self)


def written_rows(canonical: bytes, begin: int, end: int) -> Iterator[Row]:
    """Yield the rows between ``begin`` and ``end`` of ``canonical``, which enclose the items of its list of rows."""
    head = _HEAD.match(canonical, begin, end)
    while head is not None:
        following = _HEAD.search(canonical, head.end(), end)
        yield _row(canonical, head, following.start() - 1 if following else end)
        head = following


def change_from_json(document: Json) -> Change:
    """Return a change as it is written."""
    return Change(
        op=document["op"],
        base=_span(document["base"]),
        witness=_span(document["witness"]),
        typography=document.get("typography", False),
        within=tuple(
            Within(op=mark["op"], base=_span(mark["base"]), witness=_span(mark["witness"]))
            for mark in document.get("within", ())
        ),
    )


def finding_from_json(document: Json) -> Finding:
    """Return a finding as it is written."""
    return Finding(
        kind=document["kind"],
        base=_span(document["base"]),
        witness=_span(document["witness"]),
        says=document["says"],
        rule=document["rule"],
    )


def _row(canonical: bytes, head: re.Match[bytes], end: int) -> Row:
    number, kind, moved, similarity, base, witness, repeats, coarse = head.groups()
    row = object.__new__(WrittenRow)
    put = object.__setattr__
    put(row, "number", int(number))
    put(row, "kind", cast(RowKind, kind.decode()))
    put(row, "moved", moved == b"true")
    put(row, "similarity", float(similarity))
    put(row, "base", _indices(base))
    put(row, "witness", _indices(witness))
    put(row, "repeats", int(repeats) if repeats else None)
    put(row, "coarse", cast(Coarseness, coarse.decode()) if coarse else None)
    between = canonical.rfind(_BETWEEN, head.end() - 1, end)
    put(row, "_canonical", canonical)
    put(row, "_begin", head.start())
    put(row, "_changes", head.end())
    put(row, "_between", between)
    put(row, "_end", end)
    if between + len(_BETWEEN) == end - 2:
        put(row, "findings", ())
    return row


def _indices(written: bytes) -> tuple[int, ...]:
    return tuple(map(int, written.split(b","))) if written else ()


def _span(value: Sequence[int]) -> Span:
    start, end = value
    return start, end


_NAMES = tuple(field.name for field in fields(Row))


def _values(row: Row) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _NAMES)
