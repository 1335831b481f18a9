"""Write the figures as Markdown tables, and put them into a document."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.library import copies

START, END = "<!-- written by: make bench-library -->", "<!-- the end of that -->"

STEPS = {"candidates": "candidates", "verified": "verified", "named": "called reuse or quotation"}

Figures = dict[str, Any]


def tables(figures: Sequence[Figures]) -> str:
    """Return tables of recall, time and space, with a row for each program and size."""
    ordered = sorted(
        figures,
        key=lambda figure: (figure["size"], not figure["program"].startswith("Variorum"), figure["program"]),
    )
    return "\n".join([*_recall(ordered), "", *_times(ordered), "", *_room(ordered)])


def write(document: Path, markdown: str) -> None:
    """Put the tables between their marks in the document."""
    before, _, rest = document.read_text("utf-8").partition(START)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{START}\n\n{markdown}\n\n{END}{after}", "utf-8")


def _recall(figures: Sequence[Figures]) -> Iterator[str]:
    yield f"| found among the first ten | articles | {' | '.join(copies.KINDS)} | reports where nothing is |"
    yield f"|---|---:|{'---:|' * len(copies.KINDS)}---:|"
    for figure in figures:
        for step, label in STEPS.items():
            shares = [figure["recall"][kind].get(step) for kind in copies.KINDS]
            if shares[0] is None:
                continue
            has_verification = "verified" in figure["recall"][copies.KINDS[0]]
            name = f"{figure['program']}: {label}" if has_verification else figure["program"]
            reports = (
                figure.get({"named": "reports_but_story"}.get(step, "reports"))
                if step != "candidates" or not has_verification
                else None
            )
            cells = [f"{share:.2f}" for share in shares] + ["" if reports is None else f"{reports:.2f}"]
            yield f"| {name} | {figure['size']:,} | {' | '.join(cells)} |"


def _times(figures: Sequence[Figures]) -> Iterator[str]:
    steps = "candidates | of it processor | verified | of it processor | insert | of it processor"
    yield f"| milliseconds, p50 / p95 | articles | {steps} |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for figure in figures:
        cells = []
        for step in ("candidates", "verified", "insert"):
            for clock in ("wall", "cpu"):
                cells.append(
                    " / ".join(f"{value:,.1f}" for value in figure[step][clock]) if step in figure else ""
                )
        yield f"| {figure['program']} | {figure['size']:,} | {' | '.join(cells)} |"


def _room(figures: Sequence[Figures]) -> Iterator[str]:
    with_room = [figure for figure in figures if "room" in figure]
    parts = list(with_room[0]["room"]) if with_room else []
    yield f"| bytes an article | articles | {' | '.join(parts)} |"
    yield f"|---|---:|{'---:|' * len(parts)}"
    for figure in with_room:
        cells = " | ".join(f"{figure['room'][part]:,.0f}" for part in parts)
        yield f"| {figure['program']} | {figure['size']:,} | {cells} |"
