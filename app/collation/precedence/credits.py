"""What a text says of where it comes from: the other's publisher or author named, or a third one credited."""

import re
from collections.abc import Iterator

from app.collation.precedence.sided import Facing, Observation

LETTERS = 4
"""Letters that a publisher's name must have to be looked for: shorter ones are words ("Time" is not, "Sun" is)."""

SHOWN = 60
"""Characters of a credit line that an observation repeats."""

_CREDIT = re.compile(
    r"\b(?:(?:originally|first)\s+(?:published|appeared|posted|ran)\b"
    r"|(?:re)?(?:printed|published|posted)\s+(?:with (?:the )?permission|courtesy)\b"
    r"|translat(?:ed|ion)\s+(?:by|from)\b"
    r"|source\s*:\s*\S|via\s*:\s*\S"
    r"|(?:with|and) (?:reporting|material|files|information) (?:by|from)\b"
    r"|contributed to this (?:report|story|article)\b)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\((?P<agency>AP|AFP|Reuters|UPI|dpa|DPA|EFE|ANSA|TASS|Xinhua|IANS|ANI|PTI|Kyodo|Yonhap|CNS|RNS)\)"
)


def names_the_other(way: Facing) -> Iterator[Observation]:
    """That a text names the other's publisher or author."""
    for stated, what in ((way.theirs.publisher, "publisher"), (way.theirs.author, "author")):
        own = way.mine.publisher if what == "publisher" else way.mine.author
        if not _is_name(stated, what) or stated.casefold() in own.casefold():
            continue
        name = re.compile(rf"(?<!\w){re.escape(stated)}(?!\w)")
        for index, paragraph in enumerate(way.mine.paragraphs):
            if name.search(paragraph):
                of = (
                    f"the {what} of the other text"
                    if what == "publisher"
                    else f"who wrote {way.theirs.label}"
                )
                says = f"{way.mine.label} names {stated}, {of}."
                yield Observation(way.other, f"names-{what}", says, way.row_of(index))
                break


def names_a_third(way: Facing) -> Iterator[Observation]:
    """That one text alone credits an agency or an earlier place of publication: then neither may be the source."""
    mine, theirs = _credit(way.mine.paragraphs), _credit(way.theirs.paragraphs)
    if mine is not None and theirs is None:
        index, words = mine
        says = f"{way.mine.label} credits a source that {way.theirs.label} does not: “{words}”."
        yield Observation(None, "credit", says, way.row_of(index))
    elif mine is not None and theirs is not None and way.name == "base":
        says = f"Both credit a source: “{mine[1]}” and “{theirs[1]}”. Both may come from a third text."
        yield Observation(None, "credit", says, way.row_of(mine[0]))


def _is_name(stated: str, what: str) -> bool:
    return (
        len(stated) >= LETTERS if what == "publisher" else len(stated.split()) >= 2 and len(stated) > LETTERS
    )


def _credit(paragraphs: tuple[str, ...]) -> tuple[int, str] | None:
    for index, paragraph in enumerate(paragraphs):
        if match := _CREDIT.search(paragraph) or _AGENCY.search(paragraph[:120]):
            words = " ".join(paragraph[match.start() :].split())
            cut = words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
            return index, match.group() if match.re is _AGENCY else cut
    return None
