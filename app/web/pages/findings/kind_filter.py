"""The kinds of finding as counts, each a link that takes the kind into the list or leaves it out."""

from dataclasses import dataclass, replace

from app.collation.findings.registry import KINDS, LOUD
from app.collation.model import Comparison, FindingKind
from app.web.formatting import counted
from app.web.pages.table.comparison_view import Places


@dataclass(frozen=True, slots=True)
class KindChoice:
    """One kind of finding and how many there are."""

    key: str
    """A name for it in the page."""
    name: str
    count: int
    link: str
    """The view with the kind chosen too, or, where it is chosen, without it; empty where there is none of it."""
    does: str
    """What following the link does, in words."""
    quiet: bool
    chosen: bool
    of: str = ""
    """The kinds of a choice of several."""


def looked_for(comparison: Comparison) -> tuple[FindingKind, ...]:
    """Return the kinds whose absence means something: those the engine looked for, and those that occur."""
    summary = comparison.collation.summary
    known = frozenset(LOUD).difference(summary.not_looked_for).union(summary.findings)
    return tuple(kind for kind in KINDS if kind in known)


def kind_choices(comparison: Comparison, places: Places) -> tuple[KindChoice, ...]:
    """Return a choice for each kind looked for; the rarely wanted ones that do not occur share one."""
    counts = comparison.collation.summary.findings
    chosen = places.view.kinds
    known = looked_for(comparison)
    choices: list[KindChoice] = []
    absent: list[str] = []
    for kind in KINDS:
        count = counts.get(kind, 0)
        if kind in chosen or (count and kind in known):
            choices.append(_link(kind, count, places))
        elif kind in known and KINDS[kind].is_named_when_absent:
            choices.append(KindChoice(kind, KINDS[kind].plural, 0, "", "", quiet=False, chosen=False))
        elif kind in known:
            absent.append(KINDS[kind].plural)
    if absent:
        loud = sum(not choice.quiet for choice in choices)
        together = absent[0] if len(absent) == 1 else counted(len(absent), "other kind")
        of = ", ".join(absent)
        choices.insert(loud, KindChoice("others", together, 0, "", "", quiet=False, chosen=False, of=of))
    return tuple(choices)


def _link(kind: FindingKind, count: int, places: Places) -> KindChoice:
    view = places.view
    chosen = kind in view.kinds
    wanted = set(view.kinds) ^ {kind}
    turned = replace(view, kinds=tuple(other_kind for other_kind in KINDS if other_kind in wanted), listed=1)
    return KindChoice(
        key=kind,
        name=KINDS[kind].plural,
        count=count,
        link=places.path + turned.query,
        does="leave out" if chosen else "show too" if view.kinds else "show alone",
        quiet=KINDS[kind].is_quiet,
        chosen=chosen,
    )
