"""A paragraph's apparatus in words: the base's text with its tint, the wordings of a phrase, whole wordings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import permalinks
from app.collation.highlights.seriousness import Step
from app.collation.model import Span
from app.collation.synopsis import Apparatus, PlaceReading, ReadingPiece, Version, VersionGroup
from app.collation.text.numbering import printed_numbers
from app.services.summaries import ArticleEntry
from app.web import formatting
from app.web.pages.comparison.summary import isolated
from app.web.pages.shared.numbering import in_signs, listed
from app.web.pages.table.diff_segments import Segment
from app.web.synopsis_address import SynopsisAddress

CONTEXT_WORDS = 4
"""Kept words on each side of what differs, as in an excerpt."""

REVERSES = "may reverse the meaning"
STEP_WORDS: dict[Step, str] = {
    "negation": "a negation",
    "opposite": "an opposite",
    "exchange": "changed places",
    "direction": "a direction",
    "stage": "a legal stage",
    "number": "a number",
    "date": "a date",
    "name": "a name",
    "quotation": "quotation reworded",
    "certainty": "degree of certainty",
    "attribution": "who says it",
    "tone": "tone",
    "tense": "tense",
    "gender": "gender",
    "wording": "reworded",
    "typography": "typography",
}


@dataclass(frozen=True, slots=True)
class TintedPiece:
    """Words of the base: plain, or a place where others differ."""

    text: str
    id: str = ""
    link: str = ""
    """All wordings of it; empty for plain words."""
    level: int = 0
    count: int = 0
    says: str = ""
    """How many differ, and which."""
    is_finding: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class PanelReading:
    """One wording of a phrase."""

    pieces: tuple[ReadingPiece, ...]
    names: str
    count: int
    flag: str
    """What a finding names in it; empty for mere wording."""
    is_reversing: bool
    note: str
    """A remark below its words, else empty."""


@dataclass(frozen=True, slots=True)
class WordingPanel:
    """Every wording of a phrase of the base."""

    phrase: str
    place: str
    """Where it is, in a sign or two."""
    link: str
    readings: tuple[PanelReading, ...]
    lacking: str
    """The names of the texts that lack it; empty where none does."""
    lacking_count: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """A text with a wording of the paragraph."""

    name: str
    day: str
    place: str
    title: str
    link: str
    """The two paragraphs side by side."""
    base_link: str
    """The same paragraph with this text as the base; empty where no base is chosen."""
    is_quoting: bool
    """Whether it is no part of the story and only quotes the same words."""


@dataclass(frozen=True, slots=True)
class VersionGroupView:
    """A wording of the paragraph, beside the base."""

    number: int
    heading: str
    is_loud: bool
    carriers: tuple[Carrier, ...]
    base: tuple[Segment, ...]
    witness: tuple[Segment, ...]
    """Both, only where they differ; empty where they do not."""


def tinted(
    variants: Apparatus,
    paragraph: str,
    address: SynopsisAddress,
    names: Mapping[str, str],
    chosen: Span | None,
) -> tuple[TintedPiece, ...]:
    """Return the base's paragraph in pieces; ``chosen`` are the words whose wordings are shown."""
    pieces: list[TintedPiece] = []
    end = 0
    for place in variants.places:
        start = place.span[0]
        if start > end:
            pieces.append(TintedPiece(variants.text[end:start]))
        end = place.span[1]
        count = len(place.differing)
        pieces.append(
            TintedPiece(
                text=variants.text[start:end],
                id=f"at-{paragraph}-{start}",
                link=f"{address.with_phrase(paragraph, variants.text, start, end).path}#at-{paragraph}-{start}",
                level=place.level,
                count=count,
                says=f"{count} of {place.carriers} differ: {listed(names[revision] for revision in place.differing)}",
                is_finding=place.is_finding,
                is_current=place.words == chosen,
            )
        )
    if end < len(variants.text):
        pieces.append(TintedPiece(variants.text[end:]))
    return tuple(pieces)


def panel(
    variants: Apparatus,
    words: Span,
    paragraph: str,
    address: SynopsisAddress,
    base: str,
    names: Mapping[str, str],
) -> WordingPanel:
    """Return every wording of the ``words``, by number, of the paragraph; ``base`` is what the base is called."""
    start, end = variants.words[words[0]][0], variants.words[words[1] - 1][1]
    readings = variants.readings(words)
    having = {revision for reading in readings for revision in reading.revisions}
    lacking = [
        *variants.lacking,
        *(version.revision for version in variants.versions if version.revision not in having),
    ]
    ordered = [revision for revision in names if revision in lacking]
    return WordingPanel(
        phrase=variants.text[start:end],
        place=in_signs([paragraph]),
        link=address.with_phrase(paragraph, variants.text, start, end).path,
        readings=tuple(_reading(reading, base, names) for reading in readings),
        lacking=", ".join(names[revision] for revision in ordered),
        lacking_count=len(ordered),
    )


def _reading(reading: PlaceReading, base: str, names: Mapping[str, str]) -> PanelReading:
    having = [names[revision] for revision in names if revision in reading.revisions]
    is_finding = reading.weight >= 4
    return PanelReading(
        pieces=_spaced(reading.pieces),
        names=", ".join([base] * reading.is_base + having),
        count=len(having) + reading.is_base,
        flag=REVERSES if reading.may_reverse else STEP_WORDS[reading.step] if is_finding else "",
        is_reversing=reading.may_reverse,
        note="as part of a longer change" if reading.is_wider else "",
    )


def _spaced(pieces: Sequence[ReadingPiece]) -> tuple[ReadingPiece, ...]:
    """Return ``pieces`` with the white space around those that differ in pieces of its own.

    >>> [(piece.text, piece.differs) for piece in _spaced([ReadingPiece("put", False), ReadingPiece(" on it ", True)])]
    [('put', False), (' ', False), ('on it', True), (' ', False)]
    """
    spaced: list[ReadingPiece] = []
    for piece in pieces:
        core = piece.text.strip()
        if not piece.differs or not core:
            spaced.append(piece)
            continue
        start = piece.text.find(core)
        parts = (
            ReadingPiece(piece.text[:start], False),
            ReadingPiece(core, True),
            ReadingPiece(piece.text[start + len(core) :], False),
        )
        spaced += [part for part in parts if part.text]
    return tuple(spaced)


def group_view(
    number: int,
    group: VersionGroup,
    variants: Apparatus,
    entries: Mapping[str, ArticleEntry],
    names: Mapping[str, str],
    members: frozenset[str],
    address: SynopsisAddress,
) -> VersionGroupView:
    """Return a wording of the paragraph, with the texts that have it by date."""
    versions = {version.revision: version for version in group.versions}
    base, witness = (
        _beside(variants, group.versions[0], address.is_whole) if group.versions[0].differences else ((), ())
    )
    return VersionGroupView(
        number=number,
        heading=_heading(group),
        is_loud=group.is_finding,
        carriers=tuple(
            _carrier(versions[revision], entries[revision], names[revision], revision in members, address)
            for revision in names
            if revision in versions
        ),
        base=base,
        witness=witness,
    )


def _heading(group: VersionGroup) -> str:
    if group.may_reverse:
        words = REVERSES
    elif group.is_finding:
        words = STEP_WORDS[group.step]
    else:
        words = "reworded" if group.versions[0].differences else "word for word"
    if not group.is_whole:
        words = f"part of it ({formatting.share(group.share)}), {words}"
    return words[0].upper() + words[1:]


def _carrier(
    version: Version, entry: ArticleEntry, name: str, is_member: bool, address: SynopsisAddress
) -> Carrier:
    comparison = version.comparison
    labels = printed_numbers(comparison.witness)
    numbers = [labels[index] for index in version.paragraphs]
    path = permalinks.compare_path(comparison.base.revision, comparison.witness.revision)
    can_be_base = is_member and not address.texts and numbers[0] != "f"
    return Carrier(
        name=name,
        day=formatting.day(entry.published_on),
        place=in_signs(numbers),
        title=entry.title,
        link=f"{path}#{permalinks.row_anchor(version.row)}",
        base_link=address.with_base(entry.article, numbers[0]).path if can_be_base else "",
        is_quoting=not is_member,
    )


def _beside(
    variants: Apparatus, version: Version, is_whole: bool
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both texts where they differ, with an ellipsis for what is the same or in one text alone."""
    weights = {(each.base, each.witness): each.weight for each in version.differences}
    base: list[Segment] = []
    witness: list[Segment] = []
    last = len(version.changes) - 1
    for place, change in enumerate(version.changes):
        texts = variants.text[slice(*change.base)], version.text[slice(*change.witness)]
        if (change.base, change.witness) in weights:
            style = _style(weights[change.base, change.witness])
            base += _marked(texts[0], "del", style)
            witness += _marked(texts[1], "ins", style)
            continue
        is_kept = change.op == "equal" or change.typography
        for side, text in zip((base, witness), texts, strict=True):
            shown = text if is_whole else _elided(text, place > 0, place < last, is_kept)
            if shown:
                side.append(Segment(shown))
    return _joined(base), _joined(witness)


def _style(weight: int) -> str:
    if weight >= 4:
        return "in-finding in-excerpt"
    return "in-finding" if weight == 3 else ""


def _marked(text: str, tag: str, style: str) -> list[Segment]:
    """Return the words of a difference under their mark; white space around them stays outside it."""
    core = text.strip()
    if not core:
        return [Segment(text)] if text else []
    start = text.find(core)
    parts = [
        Segment(text[:start]),
        Segment(core, "del" if tag == "del" else "ins", style),
        Segment(text[start + len(core) :]),
    ]
    return [part for part in parts if part.text]


def _elided(text: str, has_before: bool, has_after: bool, is_kept: bool) -> str:
    """Return ``text`` cut to the words next to what differs before and after it.

    >>> _elided("one two three four five six seven eight nine ten", True, True, True)
    'one two three four … seven eight nine ten'
    >>> _elided("one two three four five six", False, True, True), _elided("a few words", True, True, False)
    ('… three four five six', ' … ')
    """
    if not is_kept:
        return " … " if text.strip() else text
    words = text.split()
    if len(words) <= CONTEXT_WORDS * (has_before + has_after) + 1:
        return text
    head = " ".join(words[:CONTEXT_WORDS]) if has_before else ""
    tail = " ".join(words[-CONTEXT_WORDS:]) if has_after else ""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before * has_before}{head}{' … ' if head else '… '}{tail}{after * has_after}".removesuffix(
        " " * (not tail)
    )


def _joined(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return ``segments`` with plain neighbours joined and doubled ellipses made one."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and not segment.tag and not joined[-1].tag:
            text = f"{joined[-1].text}{segment.text}".replace("…  … ", "… ").replace("… … ", "… ")
            joined[-1] = Segment(text)
        else:
            joined.append(segment)
    return tuple(joined)


def summary(variants: Apparatus, base: str) -> str:
    """Return how many texts have the paragraph, and how, in a sentence."""
    whole = [version for version in variants.versions if version.present == (0, len(variants.words))]
    reworded = sum(bool(version.differences) for version in whole)
    parts = len(variants.versions) - len(whole)
    same = len(whole) - reworded
    counts = [
        (reworded, "has it in other words", "have it in other words"),
        (same, "has it word for word", "have it word for word"),
        (parts, "has a part of it", "have a part of it"),
        (len(variants.lacking), "lacks it", "lack it"),
    ]
    phrases = [f"{number} {one if number == 1 else several}" for number, one, several in counts if number]
    if not phrases:
        return f"{isolated(base)} is the base."
    first, *others = phrases
    first = first.replace(" ", f" {'article' if first.startswith('1 ') else 'articles'} ", 1)
    return f"{isolated(base)} is the base. {'; '.join([first, *others])}."
