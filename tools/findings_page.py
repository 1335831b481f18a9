"""Write docs/findings.md, what each kind of finding looks for, from the table of rules: ``make findings-page``."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from pathlib import Path

from app.collation.diff import diff
from app.collation.findings import NO_TEXTS, Texts, findings
from app.collation.findings.registry import KINDS
from app.collation.findings.row.rewriting import FEW_CHANGES, MAX_KEPT_SHARE_OF_TEXTS, MIN_ROWS_OF_TEXTS
from app.collation.findings.rule import Example, Kind, Rule
from app.collation.highlights.seriousness import STEPS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "findings.md"

MAX_EXAMPLES = 10
"""Examples of each sort that the page shows of a kind, from all over the list; the tests read them all."""

INTRODUCTION = """# What findings look for

<!-- Written by `make findings-page` from app/collation/findings: change the rules and their examples there. -->

A finding is an observation: it says what differs between two texts, not who is right. The examples are rows of a
comparison, and each is tested with either text as the base. A row's *kept share* is how much of its longer text is on
both sides; if it is small, the texts say different things, and single words are not compared. Kinds that depend on
English words are not looked for in texts in other languages, nor are numbers and dates in a text that holds too many;
the comparison's page says so. [quality.md](quality.md) says how much is found, and how much of it is right.

"""

ORDER = """## Which comes first

Pages show the most serious findings first (app/collation/highlights/seriousness.py). The order says what a change can
do to the meaning, not what it did: it only sorts, and accuses nobody. A quotation is as serious as the most serious
change inside its marks. Within a step, changes inside quotation marks come first, then larger changes. For the first
four steps, pages say that the change *may reverse the meaning*.
"""

TRANSLATIONS = f"""## Two translations of one text

Two translators word the same text so differently that most of the differences between them mean nothing. Where two
texts of at least {MIN_ROWS_OF_TEXTS} paired rows keep less than {MAX_KEPT_SHARE_OF_TEXTS:.0%} of their characters,
stricter rules apply to the whole pair:

- Numbers and dates are compared as usual.
- A changed name is reported only if the words around it, or a part of it, are kept; another spelling or an English form
  of the same name is not reported.
- A denial, a hedge, a source, an opposite or a question is reported only if its clause is otherwise kept.
- Four changed names in one row are taken for a list that was paired wrongly, and are not reported.

So in such texts the absence of a finding means less than elsewhere: of the plain differences in a name or a denial that
a reader finds in such rows, about half are reported. [quality.md](quality.md) has the measurement.
"""


def page() -> str:
    """Return the page as Markdown."""
    sections = [*_order(), TRANSLATIONS, *(line for kind in KINDS.values() for line in _section(kind))]
    return INTRODUCTION + "\n".join(sections).rstrip() + "\n"


def _order() -> Iterator[str]:
    yield ORDER
    yield from (f"{place}. {says}" for place, says in enumerate(STEPS.values(), 1))
    yield ""


def _section(kind: Kind) -> Iterator[str]:
    yield f"## {kind.heading}"
    yield ""
    yield f"**`{kind.name}`**{', counted and shown on request' if kind.is_quiet else ''}. Looked for: {kind.looked_for}"
    yield ""
    yield f"Not looked for: {kind.ignored}"
    yield ""
    yield from (_scope(rule) for rule in kind.rules)
    yield ""
    rows = [(*example[:2], _sentence(kind, example)) for example in _selected(kind.reported)]
    yield from _table(("One text", "The other", "Reported"), rows)
    rows_alike = [example[:2] for example in _selected(kind.not_reported)]
    yield from _table(("One text", "The other, with nothing to report"), rows_alike)


def _selected(examples: Sequence[Example]) -> Sequence[Example]:
    return examples[:: ceil(len(examples) / MAX_EXAMPLES)]


def _scope(rule: Rule) -> str:
    """Return a list item with a rule's findings and the rows in which it looks for them."""
    limits = ["in English texts" if rule.languages else "in texts of any language"]
    if rule.min_kept_share:
        limits.append(f"in rows with a kept share of at least {rule.min_kept_share:.0%}")
        if rule.min_kept_share_of_few_changes is not None:
            limits[-1] += f" ({rule.min_kept_share_of_few_changes:.0%} with at most {FEW_CHANGES} changes)"
    if rule.max_run is not None:
        limits.append(f"on one side only within at most {rule.max_run} changed characters")
    return f"- {', '.join(f'`{name}`' for name in rule.names)}: {'; '.join(limits)}."


def _sentence(kind: Kind, example: Example) -> str:
    base, witness = example[:2]
    texts = NO_TEXTS if kind.is_english else Texts.of([base], [witness])
    return next(
        finding.says
        for finding in findings(base, witness, diff(base, witness).changes, texts)
        if finding.kind == kind.name
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (head, ("---",) * len(head), *rows):
        line = " | ".join(cells).replace("\n", " ¶ ")
        yield f"| {line} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
