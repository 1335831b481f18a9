"""The apparatus of one paragraph: the places that others word differently, and every wording of each place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.collation.highlights import excerpts
from app.collation.highlights.seriousness import STEPS, Step
from app.collation.model import Change, Comparison, Span
from app.collation.synopsis.version import STEP_WEIGHTS, Difference, Version, rows_of, version_of, word_spans
from app.collation.text import normalization
from app.collation.text.sentences import END_MARKS

MAX_JOINING_WORDS = 8
"""Words of a difference that may join others into one place; what changes more does not decide where places are."""

MAX_PLACE_WORDS = 10
"""Words of a place made of neighbours: "continue to put pressure on" reads as one, a whole sentence does not."""

MIN_PART_WORDS = 2
"""Words of a part of a place that is cut because it is too long."""

MAX_KEPT_BETWEEN = 1
"""Words that nobody changed between two neighbours that read as one place, as in an excerpt."""

LEVELS = 5
"""Depths of the tint."""

MIN_LEVEL_OF_FINDING, MIN_LEVEL_OF_REVERSAL = 2, 4
"""Depths that a finding has at least: one text of fifty that reverses a sentence must not be the palest place."""

_FULL_WEIGHT = STEP_WEIGHTS["quotation"]
"""The mean weight from which a place is tinted to the full."""


@dataclass(frozen=True, slots=True)
class ReadingPiece:
    """Words of a reading, and whether they differ from the base's."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A wording of a place."""

    pieces: tuple[ReadingPiece, ...]
    """Empty where the words are left out."""
    revisions: tuple[str, ...]
    """The witnesses that have it, by their revisions, in rising order."""
    is_base: bool
    """Whether the base has it too."""
    step: Step
    """How serious its most serious difference is."""
    weight: int
    is_wider: bool
    """Whether it covers more than the place: a longer stretch is worded differently."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def may_reverse(self) -> bool:
        """Whether it may say the opposite of the base."""
        return self.weight >= STEP_WEIGHTS["direction"]


@dataclass(frozen=True, slots=True)
class VariantPlace:
    """Words of the base that at least one other text words differently."""

    words: Span
    """By their numbers in the paragraph."""
    span: Span
    """In code points of the paragraph, from the first word's start to the last one's end."""
    differing: tuple[str, ...]
    """The witnesses that word it differently, by their revisions, in rising order."""
    carriers: int
    """How many witnesses have a wording of it."""
    level: int
    """How deep it is tinted, 1 to ``LEVELS``: by how many differ and by how serious their differences are."""
    step: Step
    """The most serious difference."""
    is_finding: bool
    may_reverse: bool
    weight: int
    """The sum over the witnesses of the weight of the most serious difference of each."""

    @property
    def seriousness(self) -> tuple[bool, int, int, Span]:
        """A key that puts places in order: findings first, by their step, then by how much differs."""
        return not self.is_finding, _ORDER[self.step], -self.weight, self.words


@dataclass(frozen=True, slots=True)
class Apparatus:
    """One paragraph of the base in all its wordings."""

    index: int
    """The paragraph, from 0."""
    text: str
    words: tuple[Span, ...]
    counts: tuple[int, ...]
    """For each word, how many witnesses change it or insert something after it."""
    places: tuple[VariantPlace, ...]
    """In the order of the text; they do not overlap."""
    versions: tuple[Version, ...]
    """Of the witnesses that have it, by their revisions."""
    lacking: tuple[str, ...]
    """The witnesses that lack it, by their revisions, in rising order."""

    def readings(self, words: Span) -> tuple[PlaceReading, ...]:
        """Return every wording of the words with these numbers: the base's, then the others, most serious first.

        A witness that lacks the paragraph, or that part of it, has none.
        """
        return _readings(self, words)

    @property
    def worst(self) -> VariantPlace | None:
        """The place that a reader should see first: the most serious, then the one most of them differ in."""
        return min(self.places, key=lambda place: place.seriousness, default=None)


def apparatus(comparisons: Iterable[Comparison], text: str, index: int) -> Apparatus:
    """Return the apparatus of paragraph ``index``, from 0, whose text is ``text``, of the base of ``comparisons``.

    The order of the comparisons does not matter: each is of the same base with another text.
    """
    return next(apparatuses(comparisons, {index: text}))


def apparatuses(comparisons: Iterable[Comparison], texts: Mapping[int, str]) -> Iterator[Apparatus]:
    """Yield the apparatus of each of these paragraphs of the base, which are given by index."""
    ordered = sorted(comparisons, key=lambda comparison: comparison.witness.revision)
    rows = [rows_of(comparison, texts.keys()) for comparison in ordered]
    for index, text in texts.items():
        pairs = [
            (comparison.witness.revision, version_of(comparison, index, of_paragraph.get(index)))
            for comparison, of_paragraph in zip(ordered, rows, strict=True)
        ]
        versions = tuple(version for _, version in pairs if version)
        words = word_spans(text)
        counts = [0] * len(words)
        for version in versions:
            for word in {word for difference in version.differences for word in range(*difference.words)}:
                counts[word] += 1
        yield Apparatus(
            index,
            text,
            words,
            tuple(counts),
            tuple(_place(place, words, versions) for place in _places(text, words, versions)),
            versions,
            tuple(revision for revision, version in pairs if version is None),
        )


def phrase_place(variants: Apparatus, phrase: str, start: int | None = None) -> Span | None:
    """Return the numbers of the words that ``phrase`` names in the paragraph; None where it does not have them.

    ``start`` is the code point where it begins, for a phrase that the paragraph repeats; without it, or where the
    phrase is not there, the first occurrence counts.

    >>> cat = apparatus((), "The cat saw the cat.", 0)
    >>> phrase_place(cat, "the cat"), phrase_place(cat, "cat", 16), phrase_place(cat, "dog")
    ((0, 2), (4, 5), None)
    """
    wanted = [wording_key(phrase[slice(*span)]) for span in word_spans(phrase)]
    printed = [wording_key(variants.text[slice(*span)]) for span in variants.words]
    places = [
        place
        for place in range(len(printed) - len(wanted) + 1)
        if wanted and printed[place : place + len(wanted)] == wanted
    ]
    if not places:
        return None
    chosen = next((place for place in places if variants.words[place][0] == start), places[0])
    return chosen, chosen + len(wanted)


def _places(text: str, words: Sequence[Span], versions: Sequence[Version]) -> list[Span]:
    """Return the places, by word numbers: where short differences overlap or nearly touch, and longer differences."""
    spans = sorted(difference.words for version in versions for difference in version.differences)
    short = [span for span in spans if span[1] - span[0] <= MAX_JOINING_WORDS]
    divided = [part for place in _united(short) for part in _divided(text, words, place, short)]
    places = _joined_neighbours(text, words, divided)
    covered = {word for place in places for word in range(*place)}
    rest = {word for span in spans for word in range(*span)} - covered
    return sorted(places + _runs(rest))


def _united(spans: Sequence[Span]) -> list[Span]:
    """Return rising ``spans`` with those that share a word made one."""
    united: list[Span] = []
    for first, last in spans:
        if united and first < united[-1][1]:
            united[-1] = (united[-1][0], max(last, united[-1][1]))
        else:
            united.append((first, last))
    return united


def _divided(text: str, words: Sequence[Span], place: Span, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield a long place in parts, cut where the fewest differences are cut: where many texts differ, chains of
    differences would else make one place of a whole paragraph.

    It stays whole where every cut would divide half of its differences: then they are about all of it.
    """
    if place[1] - place[0] <= MAX_PLACE_WORDS:
        yield place
        return
    inside = [span for span in spans if place[0] <= span[0] and span[1] <= place[1]]
    middle = place[0] + place[1]

    def price(cut: int) -> tuple[int, bool, int, int]:
        between = text[words[cut - 1][1] : words[cut][0]]
        return (
            sum(span[0] < cut < span[1] for span in inside),
            not any(mark in between for mark in END_MARKS | {"\n"}),
            abs(2 * cut - middle),
            cut,
        )

    best = min(map(price, range(place[0] + MIN_PART_WORDS, place[1] - MIN_PART_WORDS + 1)))
    if 2 * best[0] >= len(inside):
        yield place
        return
    for part in ((place[0], best[-1]), (best[-1], place[1])):
        yield from _divided(text, words, part, spans)


def _joined_neighbours(text: str, words: Sequence[Span], places: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, last in places:
        if joined:
            before = joined[-1]
            between = text[words[before[1] - 1][1] : words[first][0]]
            if (
                first - before[1] <= MAX_KEPT_BETWEEN
                and last - before[0] <= MAX_PLACE_WORDS
                and not any(mark in between for mark in END_MARKS | {"\n"})
            ):
                joined[-1] = (before[0], last)
                continue
        joined.append((first, last))
    return joined


def _runs(numbers: Iterable[int]) -> list[Span]:
    """Return ``numbers`` as runs without a gap."""
    runs: list[Span] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs


def _place(words: Span, all_words: Sequence[Span], versions: Sequence[Version]) -> VariantPlace:
    worst: dict[str, Difference] = {}
    for version in versions:
        inside = _inside(version, words)
        if inside:
            worst[version.revision] = min(inside, key=_seriousness)
    carriers = sum(_has(version, words) for version in versions)
    weight = sum(difference.weight for difference in worst.values())
    most = min(worst.values(), key=_seriousness)
    may_reverse = most.weight >= STEP_WEIGHTS["direction"]
    least = MIN_LEVEL_OF_REVERSAL if may_reverse else MIN_LEVEL_OF_FINDING if most.is_finding else 1
    return VariantPlace(
        words=words,
        span=(all_words[words[0]][0], all_words[words[1] - 1][1]),
        differing=tuple(worst),
        carriers=carriers,
        level=max(least, min(LEVELS, -(-LEVELS * weight // (_FULL_WEIGHT * carriers)))),
        step=most.step,
        is_finding=most.is_finding,
        may_reverse=may_reverse,
        weight=weight,
    )


def _has(version: Version, words: Span) -> bool:
    """Return whether the version has a wording of some of the words."""
    return version.present[0] < words[1] and words[0] < version.present[1]


def _inside(version: Version, words: Span) -> Sequence[Difference]:
    """Return the differences that words in this span have. Both ends of those of a version rise."""
    differences = version.differences
    first = bisect_right(differences, words[0], key=lambda difference: difference.words[1])
    return differences[first : bisect_left(differences, words[1], key=lambda difference: difference.words[0])]


_ORDER = {step: place for place, step in enumerate(STEPS)}


def _seriousness(difference: Difference) -> tuple[int, int, Span]:
    return -difference.weight, _ORDER[difference.step], difference.words


def _readings(variants: Apparatus, words: Span) -> tuple[PlaceReading, ...]:
    span = (variants.words[words[0]][0], variants.words[words[1] - 1][1])
    base = (ReadingPiece(variants.text[slice(*span)], False),)
    base_key = wording_key(base[0].text)
    groups: dict[str, list[tuple[Version, tuple[ReadingPiece, ...], Sequence[Difference]]]] = {}
    for version in variants.versions:
        if not _has(version, words):
            continue
        inside = _inside(version, words)
        pieces = _pieces(variants, version, span, inside)
        key = wording_key("".join(piece.text for piece in pieces)) if inside else base_key
        groups.setdefault(key, []).append((version, pieces, inside))
    readings = [_reading(key == base_key, base, words, groups[key]) for key in groups if key != base_key]
    same = groups.get(base_key, [])
    first = PlaceReading(base, tuple(version.revision for version, _, _ in same), True, "wording", 0, False)
    return first, *sorted(
        readings, key=lambda reading: (-reading.weight, -len(reading.revisions), reading.text)
    )


def _reading(
    is_base: bool,
    base: tuple[ReadingPiece, ...],
    words: Span,
    group: Sequence[tuple[Version, tuple[ReadingPiece, ...], Sequence[Difference]]],
) -> PlaceReading:
    differences = [difference for _, _, inside in group for difference in inside]
    worst = min(differences, key=_seriousness)
    return PlaceReading(
        pieces=base if is_base else group[0][1],
        revisions=tuple(version.revision for version, _, _ in group),
        is_base=is_base,
        step=worst.step,
        weight=worst.weight,
        is_wider=any(
            difference.words[0] < words[0] or words[1] < difference.words[1] for difference in group[0][2]
        ),
    )


def _pieces(
    variants: Apparatus, version: Version, span: Span, inside: Sequence[Difference]
) -> tuple[ReadingPiece, ...]:
    """Return what the version has for ``span`` of the paragraph, in code points."""
    differing = {(difference.base, difference.witness) for difference in inside}
    low = min([span[0], *(difference.base[0] for difference in inside)])
    high = max([span[1], *(difference.base[1] for difference in inside)])
    pieces: list[ReadingPiece] = []
    end = None
    for place in excerpts.touching(version.changes, low, high):
        change = version.changes[place]
        differs = (change.base, change.witness) in differing
        part = change.witness if differs else _kept(change, span)
        if part[0] == part[1]:
            continue
        # What lies between is kept, such as the space before an insertion.
        between = version.text[end : part[0]] if end is not None else ""
        text = version.text[slice(*part)]
        end = part[1]
        if pieces and pieces[-1].differs == differs:
            pieces[-1] = ReadingPiece(f"{pieces[-1].text}{between}{text}", differs)
            continue
        if between and pieces:
            pieces[-1] = ReadingPiece(pieces[-1].text + between, pieces[-1].differs)
        pieces.append(ReadingPiece(text, differs))
    return _trimmed(pieces)


def _kept(change: Change, span: Span) -> Span:
    """Return the part of the witness that ``change``, which is no difference of the place, has of ``span``."""
    start, end = max(change.base[0], span[0]), min(change.base[1], span[1])
    if change.op == "equal" and start < end:
        at = change.witness[0] - change.base[0]
        return start + at, end + at
    if change.typography and start < end:
        return change.witness
    return change.witness[0], change.witness[0]


def _trimmed(pieces: Sequence[ReadingPiece]) -> tuple[ReadingPiece, ...]:
    """Return ``pieces`` without the white space around them; those left empty go."""
    trimmed = list(pieces)
    if trimmed:
        trimmed[0] = ReadingPiece(trimmed[0].text.lstrip(), trimmed[0].differs)
        trimmed[-1] = ReadingPiece(trimmed[-1].text.rstrip(), trimmed[-1].differs)
    return tuple(piece for piece in trimmed if piece.text)


def wording_key(text: str) -> str:
    """Return what two wordings have in common that a reader takes for one: no case, no commas, one kind of marks."""
    return normalization.without_commas(normalization.normal_form(text)).strip(" .")
