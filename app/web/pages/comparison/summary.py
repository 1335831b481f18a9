"""What happened between two texts, in plain sentences: on the page, in its title, in a share's preview."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.findings.registry import KINDS
from app.collation.model import Comparison, Row, Side
from app.collation.reading.kept_quotations import kept_quotations
from app.collation.reading.quotations_only import shared_quotations
from app.collation.reading.verbatim import is_verbatim
from app.web.formatting import counted
from app.web.pages.findings.kind_filter import looked_for
from app.web.pages.findings.row_findings import ExcerptView
from app.web.pages.shared.numbering import listed
from app.web.pages.table.diff_segments import Segment

ALMOST_NOTHING = 0.2
"""Containment, either way, below which two texts share almost nothing. Pairs on the same topic that share no text
measured at most .18, a real reposting .99."""


@dataclass(frozen=True, slots=True)
class Gist:
    """The answer to "what happened?"."""

    lead: str
    """One sentence."""
    rest: str
    """Further ones; may be empty."""
    title: str
    """A few words for a page's title and a share's."""

    @property
    def sentences(self) -> str:
        """All of it in one line."""
        return f"{self.lead} {self.rest}".strip()


def name(side: Side) -> str:
    """What a sentence calls ``side``: its label, kept apart from the sentence where it runs from right to left."""
    return isolated(side.label)


def isolated(label: str) -> str:
    """``label`` as it stands in a sentence: kept apart from it where it runs from right to left.

    >>> isolated("Newsweek"), ascii(isolated("\u05d9\u05d5\u05dd"))
    ('Newsweek', "'\\\\u2068\\\\u05d9\\\\u05d5\\\\u05dd\\\\u2069'")
    """
    if all(unicodedata.bidirectional(character) in _LEFT_TO_RIGHT for character in label):
        return label
    return f"\u2068{label}\u2069"


_LEFT_TO_RIGHT = frozenset(("L", "EN", "ES", "ET", "CS", "NSM", "BN", "WS", "ON", ""))
"""Bidirectional classes that never turn a line round."""


def gist(comparison: Comparison) -> Gist:
    """What a reader must know of ``comparison`` before reading a row of it."""
    state = _plain_state(comparison)
    names = f"{name(comparison.base)} and {name(comparison.witness)}"
    if state:
        return Gist(state[0], state[1], f"{state[2]}: {names}")
    if quotations := shared_quotations(comparison):
        return _quotations_alone(comparison, quotations, names)
    summary = comparison.collation.summary
    if max(summary.base_in_witness, summary.witness_in_base) < ALMOST_NOTHING:
        return _almost_nothing(comparison, names)
    rest = [_reworded_quotations(comparison), _others_differ(comparison), _none_differ(comparison)]
    rest += [_not_looked_for(comparison), _moved(comparison), _only(comparison)]
    shared, total, _, _ = _shared(comparison)
    title = _title(comparison) or f"{shared} of {counted(total, 'paragraph')} shared"
    return Gist(_lead(comparison), " ".join(part for part in rest if part), f"{title}: {names}")


def preview(comparison: Comparison, told: Gist, first: ExcerptView | None) -> str:
    """The description that a share carries: the sentences, and the wordings of the first finding."""
    return f"{told.sentences} {contrast(comparison, first)}" if first else told.sentences


def contrast(comparison: Comparison, excerpt: ExcerptView) -> str:
    """One finding's two wordings, each under the name of its text."""
    base, witness = plain(excerpt.base), plain(excerpt.witness)
    sides = [
        f"{name(side)}: {words}"
        for side, words in ((comparison.base, base), (comparison.witness, witness))
        if words
    ]
    return " — ".join(sides)


def plain(segments: Sequence[Segment]) -> str:
    """The bare text of ``segments``."""
    return "".join(segment.text for segment in segments)


def _plain_state(comparison: Comparison) -> tuple[str, str, str] | None:
    """Lead, rest and title words of the states that one sentence exhausts, or nothing."""
    rows = comparison.collation.rows
    summary = comparison.collation.summary
    base, witness = name(comparison.base), name(comparison.witness)
    paired = [row for row in rows if row.base and row.witness]
    if not paired:
        return (
            "These two share nothing.",
            f"No paragraph of {base} resembles one of {witness}; both stand below in full.",
            "Nothing shared",
        )
    if len(paired) == len(rows) and all(row.kind == "same" for row in rows):
        if summary.moved:
            moved = f"{counted(summary.moved, 'paragraph')} {_verb(summary.moved, 'stands', 'stand')} at another place."
            return "The same paragraphs, word for word, in another order.", moved, "Another order"
        if any(change.op != "equal" for row in rows for change in row.changes):
            return (
                "The same words: these two differ in typography alone.",
                "Only quotation marks, dashes, spaces or the like are set differently.",
                "The same but for typography",
            )
        return "The same, word for word.", "", "The same, word for word"
    return None


def _quotations_alone(comparison: Comparison, quotations: int, names: str) -> Gist:
    """Two outlets that quote the same words, each in an article of its own."""
    count = "one quotation" if quotations == 1 else f"{quotations} quotations"
    rest = [
        _reworded_quotations(comparison),
        _others_differ(comparison),
        _moved(comparison),
        _only(comparison),
    ]
    title = _title(comparison) or f"Only {counted(quotations, 'quotation')} shared"
    return Gist(
        f"These two share {count}, and little else.",
        " ".join(part for part in rest if part),
        f"{title}: {names}",
    )


def _almost_nothing(comparison: Comparison, names: str) -> Gist:
    shared, total, subject, other = _shared(comparison)
    return Gist(
        "These two share almost nothing.",
        f"Only {shared:,} of the {counted(total, 'paragraph')} of {name(subject)} "
        f"{_verb(shared, 'resembles', 'resemble')} any in {name(other)}.",
        f"Almost nothing shared: {names}",
    )


def _shared(comparison: Comparison) -> tuple[int, int, Side, Side]:
    """How many paragraphs the more contained text shares, how many it has, that text, and the other.

    Page furniture is not counted, as in what is said of how the two are related.
    """
    summary = comparison.collation.summary
    base_is_subject = summary.base_in_witness > summary.witness_in_base
    subject, other = comparison.base, comparison.witness
    if not base_is_subject:
        subject, other = other, subject
    own = _own(subject)
    paired = [row for row in comparison.collation.rows if row.base and row.witness]
    shared = sum(_count(row, own, base_is_subject) for row in paired)
    return shared, len(own), subject, other


def _own(side: Side) -> frozenset[int]:
    """The paragraphs of the article; where nothing but page furniture stands, all of it."""
    every = frozenset(range(len(side.paragraphs)))
    return every.difference(side.furniture) or every


def _count(row: Row, own: frozenset[int], of_base: bool) -> int:
    return sum(index in own for index in (row.base if of_base else row.witness))


def _lead(comparison: Comparison) -> str:
    shared, total, subject, other = _shared(comparison)
    if total == 1:
        opening = f"The one paragraph of {name(subject)} also stands in {name(other)}"
    elif shared == total == 2:
        opening = f"Both paragraphs of {name(subject)} also stand in {name(other)}"
    elif shared == total:
        opening = f"All {total:,} paragraphs of {name(subject)} also stand in {name(other)}"
    else:
        verb = _verb(shared, "stands", "stand")
        opening = f"{shared:,} of the {total:,} paragraphs of {name(subject)} also {verb} in {name(other)}"
    return f"{opening}, {_how(comparison, shared, subject is comparison.base)}."


def _how(comparison: Comparison, shared: int, base_is_subject: bool) -> str:
    own = _own(comparison.base if base_is_subject else comparison.witness)
    verbatim = [row for row in comparison.collation.rows if is_verbatim(comparison, row)]
    same = sum(_count(row, own, base_is_subject) for row in verbatim)
    if same == shared:
        return "word for word"
    if not same:
        return "reworded"
    return f"{shared - same:,} of them reworded"


def _reworded_quotations(comparison: Comparison) -> str:
    count = comparison.collation.summary.findings.get("quotation", 0)
    if not count:
        return ""
    inside = _verb(count, "differs inside its quotation marks", "differ inside their quotation marks")
    kept = kept_quotations(comparison)
    unchanged = f"; {kept} {_verb(kept, 'stands', 'stand')} unchanged" if kept else ""
    return f"{counted(count, 'quotation')} {inside}{unchanged}."


def _others_differ(comparison: Comparison) -> str:
    counts = comparison.collation.summary.findings
    parts = [
        counted(counts[kind], *KINDS[kind].nouns)
        for kind in looked_for(comparison)
        if kind != "quotation" and not KINDS[kind].is_quiet and counts.get(kind)
    ]
    if not parts:
        return ""
    only_one = len(parts) == 1 and parts[0].startswith("1 ")
    return f"{listed(parts)} {_verb(1 if only_one else 2, 'differs', 'differ')}."


def _none_differ(comparison: Comparison) -> str:
    counts = comparison.collation.summary.findings
    absent = [
        kind for kind in looked_for(comparison) if KINDS[kind].is_named_when_absent and not counts.get(kind)
    ]
    if not absent:
        return ""
    nouns = [KINDS[kind].nouns[0] for kind in absent]
    alternatives = f"{', '.join(nouns[:-1])} or {nouns[-1]}" if len(nouns) > 1 else nouns[0]
    return f"No {alternatives} differs."


def _not_looked_for(comparison: Comparison) -> str:
    """What nobody looked for, so that its silence is not taken for its absence."""
    if not comparison.collation.summary.not_looked_for:
        return ""
    return "Names, negations and what else is told by words were not looked for: a text is not in English."


def _moved(comparison: Comparison) -> str:
    moved = comparison.collation.summary.moved
    return f"{counted(moved, 'paragraph')} {_verb(moved, 'has', 'have')} moved." if moved else ""


def _only(comparison: Comparison) -> str:
    """How many paragraphs of the article, without furniture, stand in one text only."""
    parts: list[str] = []
    for side, kind in ((comparison.base, "omitted"), (comparison.witness, "added")):
        furniture = frozenset(side.furniture)
        rows = [row for row in comparison.collation.rows if row.kind == kind]
        indices = [index for row in rows for index in (row.base or row.witness)]
        count = sum(index not in furniture for index in indices)
        if count:
            parts.append(
                f"{counted(count, 'paragraph')} {_verb(count, 'stands', 'stand')} only in {name(side)}"
            )
    return f"{listed(parts)}." if parts else ""


def _title(comparison: Comparison) -> str:
    counts = comparison.collation.summary.findings
    parts: list[str] = []
    for kind in looked_for(comparison):
        count = counts.get(kind, 0)
        if not count or KINDS[kind].is_quiet:
            continue
        changed = "reworded" if kind == "quotation" else _verb(count, "differs", "differ")
        parts.append(f"{counted(count, *KINDS[kind].nouns)} {changed}")
    return ", ".join(parts[:3])


def _verb(count: int, one: str, several: str) -> str:
    return one if count == 1 else several
