"""How long each file of a comparison takes to write: of the seeds' pair, and of long texts against a paraphrase.

    python -m bench.exports [--paragraphs 500]

Prints milliseconds of processor time, which a busy machine changes less than the clock's, and the file's size.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from app.collation import pipeline
from app.exports.record import ArticleExport, ComparisonExport
from app.exports.registry import OF_ARTICLES, OF_COMPARISONS, Exported, ExportFormat
from bench import texts

WORDS_OF_A_PARAGRAPH = 40
RUNS = 5


def main() -> None:
    """Measure and print a table for each pair, and the files of an article."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--paragraphs", type=int, default=500, help="of the long texts (default: 500)")
    options = parser.parse_args()
    language = texts.Language(1)
    long = "\n".join(language.paragraph(WORDS_OF_A_PARAGRAPH) for _ in range(options.paragraphs))
    seeds = texts.seed_text(texts.NEWSWEEK), texts.seed_text(texts.REPOST)
    for name, base, witness in (
        ("the Newsweek piece against its repost", *seeds),
        (f"{options.paragraphs} paragraphs against a paraphrase", long, language.paraphrase(long)),
    ):
        comparison = pipeline.compare(texts.side("a" * 16, base), texts.side("b" * 16, witness))
        export = ComparisonExport(
            comparison, link="https://variorum.example/compare/a", read_on=date(2026, 1, 1)
        )
        print(*table(name, OF_COMPARISONS, export), sep="\n", flush=True)
    side = texts.side("a" * 16, seeds[0])
    article = ArticleExport(
        "a" * 16, 1, side.title, "", "", "", "", "https://variorum.example/a", paragraphs=side.paragraphs
    )
    print(*table("the Newsweek piece", OF_ARTICLES, article), sep="\n")


def table(name: str, forms: Sequence[ExportFormat[Exported]], export: Exported) -> Iterator[str]:
    """Yield the table of the formats in which ``export`` is written."""
    yield f"| {name} | ms of processor | kB |"
    yield "|---|---:|---:|"
    for form in forms:
        spent, size = written(form.write, export)
        yield f"| {form.name} | {spent:,.1f} | {size / 1000:,.1f} |"
    yield ""


def written(write: Callable[[Exported], bytes], export: Exported) -> tuple[float, int]:
    """Return the least milliseconds that writing took in a few runs, and the file's bytes."""
    spent = []
    for _ in range(RUNS):
        began = time.process_time()
        content = write(export)
        spent.append((time.process_time() - began) * 1000)
    return min(spent), len(content)


if __name__ == "__main__":
    main()
