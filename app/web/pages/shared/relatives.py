"""How articles that share something with another one are listed: what each shares, in words, and a way to compare."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import permalinks
from app.collation.document import labels
from app.collation.relations import Relation, RelationKind
from app.services.relations.pairs import base_first
from app.services.summaries import ArticleEntry, Relative
from app.web.pages.shared.entry import EntryView, entry_view
from app.web.pages.shared.relation_summary import says

KINDS: dict[RelationKind, str] = {
    "same": "The same text",
    "near-duplicate": "Near-duplicate",
    "reworded": "Reworded or translated version",
    "contains": "Contained in {}",
    "contained": "Contains {}",
    "shares-paragraphs": "Shares paragraphs",
    "shares-quotation": "Shares a quotation",
    "same-story": "Same story in its own words",
}
"""Words of a list for a related article, seen from the article that the list belongs to."""


@dataclass(frozen=True, slots=True)
class SharedView:
    """What two articles share, in words."""

    kind: str
    says: str
    """What that rests on; may be empty."""


@dataclass(frozen=True, slots=True)
class RelativeView:
    """An article that shares something with another one."""

    entry: EntryView
    name: str
    """Its publisher, or the first words of its title in quotation marks, as the comparison calls it."""
    shared: SharedView
    compare_path: str
    """Empty where the other one is not stored yet."""


INDIRECT = SharedView("Linked through another article", "")
"""Words for an article of a story that shares nothing with the base."""


def shared_view(relation: Relation, base: str = "this article") -> SharedView:
    """Return ``relation`` in words, from the side of its base, which is called ``base``."""
    kind = KINDS[relation.kind].format(base)
    if relation.kind == "shares-quotation" and relation.quotations > 1:
        kind = "Shares quotations"
    return SharedView(kind, "" if relation.kind == "same" else says(relation))


def pair_view(relation: Relation, base: str, witness: str) -> SharedView:
    """Return ``relation`` in words, for a page about two texts that are called ``base`` and ``witness``.

    Its figures are those of the text that has more in common with the other, as in the sentence at the top.
    """
    figures = says(relation if relation.is_base_contained else relation.swapped())
    if relation.kind == "contains":
        return SharedView(f"{witness} is contained in {base}", figures)
    if relation.kind == "contained":
        return SharedView(f"{witness} contains {base}", figures)
    return replace(shared_view(relation), says="" if relation.kind == "same" else figures)


def relative_views(entry: ArticleEntry, relatives: Sequence[Relative]) -> tuple[RelativeView, ...]:
    """Return the ``relatives`` of a stored article in order, each with a link to the comparison."""
    return tuple(
        RelativeView(
            entry=entry_view(relative.article),
            name=labels(entry.publisher, entry.title, relative.article.publisher, relative.article.title)[1],
            shared=shared_view(relative.relation),
            compare_path=compare_path(entry, relative),
        )
        for relative in relatives
    )


def look_views(relatives: Sequence[Relative]) -> tuple[RelativeView, ...]:
    """Return the ``relatives`` of an unsaved text in order."""
    return tuple(
        RelativeView(
            entry_view(relative.article),
            relative.article.title,
            shared_view(relative.relation, "this text"),
            "",
        )
        for relative in relatives
    )


def compare_path(entry: ArticleEntry, relative: Relative) -> str:
    """Return the address of the comparison of the two, the same from either side."""
    base, witness = base_first(entry, relative.article)
    return permalinks.compare_path(base.revision, witness.revision)
