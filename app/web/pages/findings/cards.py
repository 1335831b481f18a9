"""What changed in meaning, at the top of a comparison: its findings as cards, the most serious first."""

from dataclasses import dataclass

from app.collation.highlights.seriousness import Seriousness
from app.collation.model import Comparison
from app.web.pages.findings.finding_list import listed_places, loud_count
from app.web.pages.table.diff_segments import Segment
from app.web.pages.table.grades import grades
from app.web.pages.table.row_findings import FindingView, more_places
from app.web.pages.table.rows import Rows

MAX_OPEN_CARDS = 3
"""Cards in sight; more of them would push the text off the first screen."""

MAX_FOLDED_CARDS = 9
"""Further cards behind a fold; the list of findings holds them all."""

WORDS_BEFORE = 3
WORDS_AFTER = 1
"""Kept words on a smaller card around what differs, so that most wordings are one line of it."""


@dataclass(frozen=True, slots=True)
class FindingCard:
    """One finding with both wordings, as a reader meets it before the text."""

    heading: str
    """Its kind, and that it may reverse the meaning."""
    place: str
    link: str
    """Its place in the comparison."""
    finding: FindingView
    base: tuple[Segment, ...]
    witness: tuple[Segment, ...]
    """Both wordings around the change, with fewer words around it on a smaller card."""
    sentence: str
    """What the finding says, where no excerpt shows it; else empty."""
    more: str
    """How many further places of it differ, in words; empty where none does."""


@dataclass(frozen=True, slots=True)
class FindingCards:
    """The cards of a comparison."""

    open: tuple[FindingCard, ...]
    folded: tuple[FindingCard, ...]
    total: int
    """Findings of the view, on a card or not."""

    @property
    def has_rest(self) -> bool:
        """Whether a finding has further places, which are marked more quietly in the text."""
        return any(card.more for card in (*self.open, *self.folded))

    @property
    def unlisted(self) -> bool:
        """Whether there are findings on no card."""
        return self.total > len(self.open) + len(self.folded)


def reversals(comparison: Comparison) -> int:
    """Return how many places may say the opposite: a quotation and what was found inside it count once."""
    places: set[tuple[int, int, int]] = set()
    graded = grades(comparison)
    for row, number, finding in listed_places(comparison, ()):
        grade = graded.get((row.number, number))
        if grade and grade.may_reverse:
            around = next(
                (
                    other
                    for other in row.findings
                    if other.kind == "quotation"
                    and other.base[0] <= finding.base[0]
                    and finding.base[1] <= other.base[1]
                    and other.witness[0] <= finding.witness[0]
                    and finding.witness[1] <= other.witness[1]
                ),
                finding,
            )
            places.add((row.number, around.base[0], around.witness[0]))
    return len(places)


def cards_view(comparison: Comparison, maker: Rows) -> FindingCards:
    """Return the cards of ``maker``'s view; of findings that show the same words, the most serious has one."""
    chosen = maker.places.view.kinds
    if not chosen and not loud_count(comparison):
        return FindingCards((), (), 0)
    graded = grades(comparison)
    least = max(graded.values(), default=Seriousness(0, True, 0))
    listed = listed_places(comparison, chosen)
    listed.sort(key=lambda place: graded.get((place[0].number, place[1]), least))
    cards: list[FindingCard] = []
    drawn: dict[int, list[frozenset[object]]] = {}
    for row, number, finding in listed:
        if len(cards) == MAX_OPEN_CARDS + MAX_FOLDED_CARDS:
            break
        view = maker.finding(row, number)
        places: frozenset[object] = view.excerpt.places if view.excerpt else frozenset()
        if places and any(places <= earlier for earlier in drawn.get(row.number, ())):
            continue
        drawn.setdefault(row.number, []).append(places)
        wordings: list[tuple[Segment, ...]] = [(), ()]
        if view.excerpt:
            wordings = [view.excerpt.base, view.excerpt.witness]
            if cards:
                wordings = [_trimmed(segments) for segments in wordings]
        cards.append(
            FindingCard(
                heading=view.title,
                place=maker.short_place(row),
                link=maker.places.of(row.number, number if number in maker.shown_numbers(row) else None),
                finding=view,
                base=wordings[0],
                witness=wordings[1],
                sentence="" if view.excerpt else finding.says,
                more=more_places(
                    view.excerpt, " in the same quotation" if finding.kind == "quotation" else ""
                ),
            )
        )
    return FindingCards(tuple(cards[:MAX_OPEN_CARDS]), tuple(cards[MAX_OPEN_CARDS:]), len(listed))


def _trimmed(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return ``segments`` with few of the kept words at either end: a smaller card has less room.

    >>> [part.text for part in _trimmed((Segment("we all will now "), Segment("work", "ins"), Segment(" on it then.")))]
    ['… all will now ', 'work', ' on', ' …']
    """
    marked = [index for index, segment in enumerate(segments) if segment.tag]
    if not marked:
        return segments
    before = "".join(segment.text for segment in segments[: marked[0]])
    after = "".join(segment.text for segment in segments[marked[-1] + 1 :])
    is_cut = after.endswith(" …")
    words_before, words_after = before.removeprefix("… ").split(), after.removesuffix(" …").split()
    if len(words_before) > WORDS_BEFORE:
        before = f"… {' '.join(words_before[-WORDS_BEFORE:])}{' ' * before.endswith(' ')}"
    if len(words_after) > WORDS_AFTER:
        after, is_cut = f"{' ' * after.startswith(' ')}{' '.join(words_after[:WORDS_AFTER])}", True
    around = (before,), (after.removesuffix(" …"), " …" * is_cut)
    opening, ending = (tuple(Segment(text) for text in texts if text) for texts in around)
    return (*opening, *segments[marked[0] : marked[-1] + 1], *ending)
