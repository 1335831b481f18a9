"""What changed between two texts, in plain sentences: for the page, its title and a share's preview."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.collation.document import row_text
from app.collation.findings import are_rewritten
from app.collation.findings.registry import IN_ENGLISH, KINDS, OF_NUMBERS
from app.collation.model import Comparison, FindingKind, Side
from app.collation.relation import Relation
from app.collation.shared_figures import counted_paragraphs, verbatim_row_numbers
from app.web.formatting import counted
from app.web.pages.findings.kind_filter import looked_for
from app.web.pages.shared.numbering import listed
from app.web.pages.table.diff_segments import Segment
from app.web.pages.table.row_findings import ExcerptView

CAUTIOUS: frozenset[FindingKind] = frozenset(("name", "negation"))
"""Kinds that are reported of texts reworded throughout only where the clause is otherwise kept: about half of them."""


_HEDGE = "the rewording may hide one"


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The answer to "what happened?"."""

    lead: str
    """One sentence."""
    rest: str
    """Further ones; may be empty."""
    title: str
    """A few words for a page's title and a share's."""
    wording: str = ""
    """Where else the wording changed; may be empty."""

    @property
    def sentences(self) -> str:
        """All of it in one line."""
        return " ".join(filter(None, (self.lead, self.rest, self.wording)))

    @property
    def is_hedged(self) -> bool:
        """Whether the further sentences say already that the rewording may hide something."""
        return _HEDGE in self.rest


def name(side: Side) -> str:
    """Return what a sentence calls ``side``: its label, isolated if it runs from right to left."""
    return isolated(side.label)


def isolated(label: str) -> str:
    """Return ``label`` for use in a sentence: in bidirectional isolates if it runs from right to left.

    >>> isolated("Newsweek"), ascii(isolated("\u05d9\u05d5\u05dd"))
    ('Newsweek', "'\\\\u2068\\\\u05d9\\\\u05d5\\\\u05dd\\\\u2069'")
    """
    if all(unicodedata.bidirectional(character) in _LEFT_TO_RIGHT for character in label):
        return label
    return f"\u2068{label}\u2069"


_LEFT_TO_RIGHT = frozenset(("L", "EN", "ES", "ET", "CS", "NSM", "BN", "WS", "ON", ""))
"""Bidirectional classes that never change a line's direction."""


def summary_view(comparison: Comparison, relation: Relation | None) -> SummaryView:
    """Return the summary of ``comparison``: what a reader must know before reading a row.

    ``relation`` holds its figures (``shared_figures.relation_of``).
    """
    names = f"{name(comparison.base)} and {name(comparison.witness)}"
    if state := _no_difference(comparison):
        return SummaryView(state[0], state[1], f"{state[2]}: {names}")
    if relation is None or relation.kind == "same-story":
        return _nothing_shared(comparison, relation, names)
    if relation.kind == "shares-quotation":
        return _quotations_alone(comparison, relation, names)
    part = _shared_part(comparison, relation)
    rest = [_reworded_quotations(relation), _others_differ(comparison), _none_found(comparison)]
    rest += [_not_looked_for(comparison), _moved(comparison), _only(comparison)]
    title = _title(comparison, relation) or f"{part.shared:,} of {counted(part.total, 'paragraph')} shared"
    return SummaryView(
        _lead(comparison, part), " ".join(filter(None, rest)), f"{title}: {names}", _wording(comparison, part)
    )


def preview(comparison: Comparison, summary: SummaryView, first: ExcerptView | None) -> str:
    """Return the description for a share: the sentences, and the wordings of the first finding."""
    sentences = " ".join(filter(None, (summary.lead, summary.rest)))
    return f"{sentences} {contrast(comparison, first)}" if first else summary.sentences


def contrast(comparison: Comparison, excerpt: ExcerptView) -> str:
    """Return one finding's two wordings, each after the name of its text."""
    base, witness = plain(excerpt.base), plain(excerpt.witness)
    sides = [
        f"{name(side)}: {words}"
        for side, words in ((comparison.base, base), (comparison.witness, witness))
        if words
    ]
    return " — ".join(sides)


def plain(segments: Sequence[Segment]) -> str:
    """Return the text of ``segments`` without marks."""
    return "".join(segment.text for segment in segments)


def _no_difference(comparison: Comparison) -> tuple[str, str, str] | None:
    """Return lead, rest and title words where the two texts have the same words, else None."""
    rows = comparison.collation.rows
    summary = comparison.collation.summary
    if not rows or any(row.kind != "same" for row in rows):
        return None
    if summary.moved:
        moved = f"{counted(summary.moved, 'paragraph')} {_verb(summary.moved, 'is', 'are')} at another place."
        return "The same paragraphs, word for word, in another order.", moved, "Another order"
    if any(change.op != "equal" for row in rows for change in row.changes):
        return (
            "The same words: these two differ in typography alone.",
            "Only capitals, commas, quotation marks, dashes, spaces or the like are set differently.",
            "The same but for typography",
        )
    return "The same, word for word.", "", "The same, word for word"


def _nothing_shared(comparison: Comparison, relation: Relation | None, names: str) -> SummaryView:
    """Return the summary of two texts that share no text, though some paragraphs may resemble each other."""
    base, witness = name(comparison.base), name(comparison.witness)
    if relation is None:
        resembling, total = _resembling(comparison)
    else:
        resembling, total = relation.witness_shared, relation.witness_paragraphs
    if not resembling:
        return SummaryView(
            "These two share nothing.",
            f"No paragraph of {base} resembles one of {witness}; both are below in full.",
            f"Nothing shared: {names}",
        )
    paired = {row.number for row in comparison.collation.rows if row.base and row.witness}
    if relation is None and paired <= verbatim_row_numbers(comparison):
        verb = _verb(resembling, "also appears in", "also appear in")
        what = f"{verb} {base}, word for word."
    else:
        what = f"{_verb(resembling, 'resembles', 'resemble')} any in {base}."
    return SummaryView(
        "These two share almost nothing.",
        f"Only {resembling:,} of the {counted(total, 'paragraph')} of {witness} {what}",
        f"Almost nothing shared: {names}",
    )


def _resembling(comparison: Comparison) -> tuple[int, int]:
    """Return how many of the witness's paragraphs are beside one of the base, and how many it has."""
    counting = counted_paragraphs(comparison.witness)
    paired = [index for row in comparison.collation.rows if row.base for index in row.witness]
    return sum(index in counting for index in paired), len(counting)


def _quotations_alone(comparison: Comparison, relation: Relation, names: str) -> SummaryView:
    """Return the summary of two articles that share quotations and nothing else."""
    count = "one quotation" if relation.quotations == 1 else f"{relation.quotations:,} quotations"
    rest = [_reworded_quotations(relation), _others_differ(comparison), _moved(comparison), _only(comparison)]
    title = _title(comparison, relation) or f"Only {counted(relation.quotations, 'quotation')} shared"
    return SummaryView(
        f"These two share {count}, and little else.", " ".join(filter(None, rest)), f"{title}: {names}"
    )


@dataclass(frozen=True, slots=True)
class _SharedPart:
    """The figures of a relation, seen from the text that is more contained in the other."""

    text: Side
    other: Side
    shared: int
    verbatim: int
    total: int
    resembling: int
    """Paragraphs that are beside one of the other text, but too little alike to count as shared."""


def _shared_part(comparison: Comparison, relation: Relation) -> _SharedPart:
    is_base = relation.is_base_contained
    text, other = comparison.base, comparison.witness
    if not is_base:
        text, other, relation = other, text, relation.swapped()
    counting = counted_paragraphs(text)
    paired = [row for row in comparison.collation.rows if row.base and row.witness]
    beside = sum(index in counting for row in paired for index in (row.base if is_base else row.witness))
    return _SharedPart(
        text,
        other,
        relation.base_shared,
        relation.base_verbatim,
        relation.base_paragraphs,
        max(0, beside - relation.base_shared),
    )


def _lead(comparison: Comparison, part: _SharedPart) -> str:
    text, other_name = name(part.text), name(part.other)
    if part.total == 1:
        opening = f"The one paragraph of {text} also appears in {other_name}"
    elif part.shared == part.total == 2:
        opening = f"Both paragraphs of {text} also appear in {other_name}"
    elif part.shared == part.total:
        opening = f"All {part.total:,} paragraphs of {text} also appear in {other_name}"
    else:
        verb = _verb(part.shared, "appears", "appear")
        opening = f"{part.shared:,} of the {part.total:,} paragraphs of {text} also {verb} in {other_name}"
    more = f"; {part.resembling:,} more {_verb(part.resembling, 'resembles', 'resemble')} one there"
    return f"{opening}{_how(part)}{more if part.resembling else ''}."


def _how(part: _SharedPart) -> str:
    if part.verbatim == part.shared:
        return ", word for word"
    if not part.verbatim:
        return ", reworded"
    reworded = part.shared - part.verbatim
    return f"; {reworded:,} {_verb(reworded, 'is', 'are')} reworded"


def _reworded_quotations(relation: Relation) -> str:
    count, total = relation.reworded, relation.quotations
    if not count:
        return ""
    if total == 1:
        return "The one shared quotation is worded differently."
    if count == total:
        return f"All {total:,} shared quotations are worded differently."
    return f"{count:,} of {total:,} shared quotations {_verb(count, 'is', 'are')} worded differently."


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


def _none_found(comparison: Comparison) -> str:
    """Return which kinds were looked for and not found; that does not prove that nothing of these kinds changed."""
    counts = comparison.collation.summary.findings
    absent = [
        kind for kind in looked_for(comparison) if KINDS[kind].is_named_when_absent and not counts.get(kind)
    ]
    if not absent:
        return ""
    nouns = [KINDS[kind].nouns[0] for kind in absent]
    alternatives = f"{', '.join(nouns[:-1])} or {nouns[-1]}" if len(nouns) > 1 else nouns[0]
    if not CAUTIOUS.isdisjoint(absent) and _are_reworded_throughout(comparison):
        return f"No changed {alternatives} was found; {_HEDGE}."
    return f"No changed {alternatives} was found."


def _are_reworded_throughout(comparison: Comparison) -> bool:
    """Return whether the rules that look for names and claims were strict, as they are on two translations."""
    return are_rewritten(
        (row_text(comparison.base, row.base), row_text(comparison.witness, row.witness), row.changes)
        for row in comparison.collation.rows
        if row.base and row.witness
    )


def _wording(comparison: Comparison, part: _SharedPart) -> str:
    """Return that passages are reworded beyond what findings name, lest a reader take them for unchanged in meaning.

    They are counted in the text and in the paragraphs that the lead counts, so that the two agree.
    """
    counting = counted_paragraphs(part.text)
    reworded = [
        row for row in comparison.collation.rows if any(finding.kind == "wording" for finding in row.findings)
    ]
    count = sum(
        index in counting
        for row in reworded
        for index in (row.base if part.text is comparison.base else row.witness)
    )
    if not count:
        return ""
    return f"The wording changed in {counted(count, 'paragraph')}: read {'it' if count == 1 else 'them'}."


def _not_looked_for(comparison: Comparison) -> str:
    """Return which kinds were not looked for, lest a reader take them for absent."""
    kinds = comparison.collation.summary.not_looked_for
    sentences: list[str] = []
    if not set(kinds).isdisjoint(OF_NUMBERS):
        sentences.append("Numbers and dates were not looked for: a text holds too many of them.")
    if not set(kinds).isdisjoint(IN_ENGLISH):
        sentences.append(
            "Names, negations and what else depends on words were not looked for: a text is not in English."
        )
    return " ".join(sentences)


def _moved(comparison: Comparison) -> str:
    moved = comparison.collation.summary.moved
    return f"{counted(moved, 'paragraph')} {_verb(moved, 'has', 'have')} moved." if moved else ""


def _only(comparison: Comparison) -> str:
    """Return how many paragraphs, boilerplate apart, are in one text only."""
    parts: list[str] = []
    for side, kind in ((comparison.base, "omitted"), (comparison.witness, "added")):
        furniture = frozenset(side.furniture)
        rows = [row for row in comparison.collation.rows if row.kind == kind]
        indices = [index for row in rows for index in (row.base or row.witness)]
        count = sum(index not in furniture for index in indices)
        if count:
            parts.append(f"{counted(count, 'paragraph')} {_verb(count, 'is', 'are')} only in {name(side)}")
    return f"{listed(parts)}." if parts else ""


def _title(comparison: Comparison, relation: Relation) -> str:
    counts = {**comparison.collation.summary.findings, "quotation": relation.reworded}
    parts: list[str] = []
    for kind in KINDS:
        count = counts.get(kind, 0)
        if not count or KINDS[kind].is_quiet:
            continue
        changed = "reworded" if kind == "quotation" else _verb(count, "differs", "differ")
        parts.append(f"{counted(count, *KINDS[kind].nouns)} {changed}")
    return ", ".join(parts[:3])


def _verb(count: int, singular: str, plural: str) -> str:
    return singular if count == 1 else plural
