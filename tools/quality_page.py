"""Write docs/quality.md, the measured precision and recall by kind: ``make quality-page [SETS="FILE ..."]``.

Sets in the repository are always measured. Labelled sets that may not be included in it are given as files of JSON
lines: pairs of sentences with one known error (``left``, ``right``, ``label``), or cases as in ``tests/cases``. The
page has no figures for a set that is not given.
"""

import argparse
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from app.cli.collate import collate_lines
from app.collation.findings.registry import KINDS
from app.collation.model import FindingKind
from tests.cases.cases import FOLDER, Case, faults, read
from tests.quality.gate import measure
from tests.quality.scoring import Tally
from tests.quality.standing.trial import SIZES, copied_paragraphs, trial

PAGE = Path(__file__).resolve().parents[1] / "docs" / "quality.md"

READ_BY_HAND = PAGE.parents[1] / "tests" / "quality" / "read_by_hand.md"
"""What people judged, kept by hand."""

QUIET = frozenset(kind for kind in KINDS if KINDS[kind].is_quiet)

RIGHT_KINDS = {
    "date": {"date", "number"},
    "omission_name": {"name"},
    "antonym": {"antonym", "negation"},
    "tense": {"tense", "modality"},
}
"""Kinds of finding that are right for a label of another name, or for several."""

UNCHANGED = ("none", "same", "cosmetic")
"""Labels of pairs that mean the same."""

MAX_STANDING_PAIRS = 28

INTRODUCTION = """# How good it is

<!-- Written by `make quality-page`: do not edit. -->

What the program says, measured on labelled texts. *Precision* is the share of what it reported that is right, *recall*
the share of what there is that it reported. [findings.md](findings.md) says what is looked for, and what not.

"""


def page(sets: Sequence[Path]) -> str:
    """Return the page as Markdown; ``sets`` are labelled files from outside the repository."""
    lines = [INTRODUCTION.rstrip(), "", *_own_cases(), *_speakers_and_rows(), *_standing()]
    lines += [READ_BY_HAND.read_text("utf-8")]
    for path in sets:
        lines += _cases_of(path) if "fault" in _first(path) else _labelled(path)
    return "\n".join(lines).rstrip() + "\n"


def _own_cases() -> Iterator[str]:
    cases = [case for path in sorted(FOLDER.glob("*.jsonl")) for case in read(path)]
    yield "## Findings, by kind: our own cases"
    yield ""
    yield (
        f"{len(cases):,} short pairs of texts and articles were written for this program (`tests/cases`), most of them"
        " before a rule was changed for their group. Cases that name the kinds that must or must not be reported are"
        " counted here."
    )
    yield ""
    yield from _table(("kind", "precision", "recall", "reported", "wanted"), _kinds(cases))
    first = [case for case in cases if case.first_sight is not None]
    passed = sum(bool(case.first_sight) for case in first)
    holds = sum(not faults(case) for case in cases)
    yield (
        f"Of {len(first):,} cases {passed:,} passed when they were written, before anything was changed for them; "
        f"{holds:,} of all {len(cases):,} pass now."
    )
    yield ""


def _kinds(cases: Iterable[Case]) -> Iterator[tuple[str, ...]]:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for case in cases:
        if case.command != "collate":
            continue
        given = _reported(case.given) - QUIET
        exactly, wanted = case.expect.get("exactly"), set(case.expect.get("exactly", ()))
        any_of, none_of = set(case.expect.get("any_of", ())), set(case.expect.get("none_of", ()))
        if any_of - QUIET:
            wanted |= (given & any_of) or {min(any_of - QUIET)}
        allowed = any_of if any_of and exactly is None else wanted
        for kind in (given | wanted) - QUIET:
            is_judged = exactly is not None or kind in any_of or kind in none_of
            hit = kind in given and kind in allowed
            tallies[kind] += Tally(int(hit), int(kind in given and is_judged), int(kind in wanted))
    for kind in get_args(FindingKind):
        tally = tallies.get(kind, Tally())
        if tally.given or tally.wanted:
            yield kind, *_shares(tally), str(tally.given), str(tally.wanted)


def _speakers_and_rows() -> Iterator[str]:
    figures = measure("full").figures
    yield "## Rows, words, speakers and relations: the quality gate"
    yield ""
    yield "`tests/quality/README.md` says what each figure is, and on which texts it was measured."
    yield ""
    yield from _table(
        ("figure", "precision", "recall", "F1"),
        ((" ".join(name), *_shares(tally), f"{tally.f1:.3f}") for name, tally in figures.items()),
    )


def _standing() -> Iterator[str]:
    yield "## Standing paragraphs"
    yield ""
    yield (
        "A paragraph that outlets print under, over or between articles (a note on the author, a call to subscribe,"
        " a teaser) must relate no two articles that share nothing else."
    )
    yield ""
    rows = []
    for size in SIZES:
        outcomes = list(trial(size, MAX_STANDING_PAIRS))
        pairs, related = sum(count for count, _ in outcomes), sum(len(false) for _, false in outcomes)
        rows.append((str(size), f"{pairs:,}", str(related)))
    yield from _table(("articles that print it", "pairs compared", "called reuse"), rows)
    copied = copied_paragraphs()
    yield f"Of {copied.wanted} paragraphs of real articles put into another article, {copied.hits} are found there."
    yield ""


def _labelled(path: Path) -> Iterator[str]:
    """Yield the figures of a set of sentence pairs, each with at most one known error."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    named, right, total = Counter[str](), Counter[str](), Counter[str]()
    for record, kinds in zip(
        records,
        _each_reported({"base": [r.get("left_same") or r["left"]], "witness": [r["right"]]} for r in records),
        strict=True,
    ):
        loud = kinds - QUIET - {"quotation"}  # two translations always word quotations differently
        label = record["label"]
        total[label] += 1
        named[label] += bool(loud)
        right[label] += bool(loud & RIGHT_KINDS.get(label, {label}))
    yield f"## Errors of meaning: {path.stem}"
    yield ""
    yield "Pairs of sentences of a labelled set that is not part of this repository; quotations apart."
    yield ""
    yield from _table(
        ("label", "pairs", "reported as that kind", "reported as any"),
        (
            (
                label,
                f"{total[label]:,}",
                f"{right[label] / total[label]:.3f}" if label in KINDS or label in RIGHT_KINDS else "",
                f"{named[label] / total[label]:.3f}" + (" (0 is right)" if label in UNCHANGED else ""),
            )
            for label in sorted(total)
        ),
    )


def _cases_of(path: Path) -> Iterator[str]:
    """Yield the figures of a file of cases, by group."""
    totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in read(path):
        totals[case.group][0] += 1
        totals[case.group][1] += not faults(case)
    yield f"## Cases: {path.stem}"
    yield ""
    yield "Cases that others wrote and that are not part of this repository."
    yield ""
    yield from _table(
        ("group", "cases", "right"),
        ((group, str(count), str(right)) for group, (count, right) in sorted(totals.items())),
    )


def _reported(given: Mapping[str, Any]) -> set[str]:
    return next(_each_reported([given]))


def _each_reported(pairs: Iterable[Mapping[str, Any]]) -> Iterator[set[str]]:
    """Yield the kinds of finding in each pair of texts, including quiet ones."""
    lines = [json.dumps({"id": str(number), **pair}) for number, pair in enumerate(pairs)]
    source, target, complaints = io.BytesIO("\n".join(lines).encode()), io.BytesIO(), io.StringIO()
    if collate_lines(source, target, complaints):
        raise ValueError(complaints.getvalue())
    for line in target.getvalue().splitlines():
        yield {finding["kind"] for row in json.loads(line)["rows"] for finding in row.get("findings", [])}


def _shares(tally: Tally) -> tuple[str, str]:
    return (
        f"{tally.precision:.3f}" if tally.given else "",
        f"{tally.recall:.3f}" if tally.wanted else "",
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _first(path: Path) -> Mapping[str, Any]:
    with path.open(encoding="utf-8") as lines:
        record: Mapping[str, Any] = json.loads(next(lines))
    return record


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(prog="python -m tools.quality_page", description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, metavar="FILE", help="a labelled set, as JSON lines")
    PAGE.write_text(page(parser.parse_args().sets), encoding="utf-8")


if __name__ == "__main__":
    main()
