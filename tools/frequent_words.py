"""``python -m tools.frequent_words`` writes ``frequent_words.tsv``, words common to texts on any subject.

They are counted in this repository's own texts and its public-domain chapters: a stem in ``MIN_TEXTS`` of them is
frequent.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.collation.relations.standing_paragraphs import MIN_WORD_LETTERS, stem
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.words import terms
from tests.quality import marked, persons
from tests.quality.bibles import chapters

MIN_TEXTS = 5
PAIRS_PER_TEXT = 12

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "app/collation/lexicon/frequent_words.tsv"


def texts() -> Iterator[str]:
    """Yield the texts in which words are counted."""
    for chapter in chapters():
        yield "\n".join(chapter.oeb)
    for article in persons.read(persons.PERSONS.read_text(encoding="utf-8")):
        if not article.name.startswith("seed: "):  # the seeds' texts belong to others
            yield "\n".join(article.paragraphs)
    pairs = marked.read(marked.PAIRS.read_text(encoding="utf-8"))
    for start in range(0, len(pairs), PAIRS_PER_TEXT):
        yield "\n".join(pair.witness for pair in pairs[start : start + PAIRS_PER_TEXT])
    for page in sorted((ROOT / "docs").rglob("*.md")):
        yield page.read_text(encoding="utf-8")


def main() -> None:
    """Write the table."""
    counts: Counter[str] = Counter()
    for text in texts():
        counts.update(
            {
                stem(word)
                for word in terms(text)
                if len(word) >= MIN_WORD_LETTERS and word not in FUNCTION_WORDS
            }
        )
    frequent = sorted(word for word, count in counts.items() if count >= MIN_TEXTS and word.isalpha())
    TABLE.write_text("\n".join(["stem", *frequent]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
