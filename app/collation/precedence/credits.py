"""What a text says about its origin: it names the other's publisher or author, or credits a third source."""

import re
from collections.abc import Iterator

from app.collation.precedence.sided import Observation, Viewpoint

MIN_NAME_LENGTH = 4
"""Characters that a publisher's name must have to be searched for: shorter ones may be words, such as "Sun"."""

MAX_CREDIT_CHARS = 60
"""Characters of a credit line that an observation quotes."""

_CREDIT = re.compile(
    r"\b(?:(?:originally|first)\s+(?:published|appeared|posted|ran)\b"
    r"|(?:re)?(?:printed|published|posted)\s+(?:with (?:the )?permission|courtesy)\b"
    r"|translat(?:ed|ion)\s+(?:by|from)\b"
    r"|source\s*:\s*\S|via\s*:\s*\S"
    r"|(?:with|and) (?:reporting|material|files|information) (?:by|from)\b"
    r"|contributed to this (?:report|story|article)\b)",
    re.IGNORECASE,
)
_CREDIT_WORDS = (
    "published", "appeared", "posted", "ran", "permission", "courtesy", "translat", "source", "via",
    "reporting", "material", "files", "information", "contributed",
)  # fmt: skip
"""One of these is in every credit, and looking for them takes a tenth of the time."""
_AGENCY = re.compile(
    r"\((?P<agency>AP|AFP|Reuters|UPI|dpa|DPA|EFE|ANSA|TASS|Xinhua|IANS|ANI|PTI|Kyodo|Yonhap|CNS|RNS)\)"
)


def names_the_other(view: Viewpoint) -> Iterator[Observation]:
    """Yield an observation if a text names the other's publisher or author."""
    for stated, what in ((view.theirs.publisher, "publisher"), (view.theirs.author, "author")):
        mine = view.mine.publisher if what == "publisher" else view.mine.author
        if not _is_name(stated, what) or stated.casefold() in mine.casefold():
            continue
        name = re.compile(rf"(?<!\w){re.escape(stated)}(?!\w)")
        for index, paragraph in enumerate(view.mine.paragraphs):
            if name.search(paragraph):
                role = (
                    f"the {what} of the other text"
                    if what == "publisher"
                    else f"who wrote {view.theirs.label}"
                )
                says = f"{view.mine.label} names {stated}, {role}."
                yield Observation(view.other, f"names-{what}", says, view.row_of(index))
                break


def names_a_third(view: Viewpoint) -> Iterator[Observation]:
    """Yield a credit to an agency or an earlier publication, in one text or both: then neither may be the source."""
    mine = _credit(view.mine.paragraphs)
    theirs = _credit(view.theirs.paragraphs) if mine else None
    if mine is not None and theirs is None:
        index, words = mine
        says = f"{view.mine.label} credits a source that {view.theirs.label} does not: “{words}”."
        yield Observation(None, "credit", says, view.row_of(index))
    elif mine is not None and theirs is not None and view.name == "base":
        says = f"Both credit a source: “{mine[1]}” and “{theirs[1]}”. Both may come from a third text."
        yield Observation(None, "credit", says, view.row_of(mine[0]))


def _is_name(stated: str, what: str) -> bool:
    if what == "publisher":
        return len(stated) >= MIN_NAME_LENGTH
    return len(stated.split()) >= 2 and len(stated) > MIN_NAME_LENGTH


def _credit(paragraphs: tuple[str, ...]) -> tuple[int, str] | None:
    text = "\n".join(paragraphs)
    whole = text.casefold()
    words_here = [word for word in _CREDIT_WORDS if word in whole]
    names_agency = _AGENCY.search(text) is not None
    if not words_here and not names_agency:
        return None
    for index, paragraph in enumerate(paragraphs):
        folded = paragraph.casefold() if words_here else ""
        may_credit = any(word in folded for word in words_here)
        if match := (_CREDIT.search(paragraph) if may_credit else None) or (
            _AGENCY.search(paragraph[:120]) if names_agency else None
        ):
            words = " ".join(paragraph[match.start() :].split())
            cut = (
                words if len(words) <= MAX_CREDIT_CHARS else words[:MAX_CREDIT_CHARS].rsplit(" ", 1)[0] + " …"
            )
            return index, match.group() if match.re is _AGENCY else cut
    return None
