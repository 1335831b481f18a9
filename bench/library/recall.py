"""``python -m bench.library.recall FILE.jsonl``: whether a search finds every text that a plain scan finds.

Each line of the file is JSON with ``paragraphs`` or ``text``, or with such objects in it (a pair has two). Phrases are
drawn from the texts. A plain scan looks for a phrase in each paragraph, whatever the case of its letters, where no
letter or digit is next to it on either side, but in scripts without spaces.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import regex

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.services.operations.database import migrate
from app.services.search import find, terms
from app.services.search.find import SearchRequest, search
from app.services.transfer import import_batch
from app.services.transfer.import_batch import Arrival
from app.sources.records import Record
from app.sources.text import draft

_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_MAX_WORDS = 5


def texts(lines: Iterable[str]) -> list[list[str]]:
    """Return the paragraphs of every distinct text in the lines."""
    texts_of_lines = {
        tuple(text): list(text) for line in lines if line.strip() for text in _texts(json.loads(line))
    }
    return list(texts_of_lines.values())


def _texts(value: Any) -> Iterator[list[str]]:
    if isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            yield [each for each in value if each.strip()]
        else:
            for each in value:
                yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                yield [line for line in each.splitlines() if line.strip()]
            elif isinstance(each, (dict, list)):
                yield from _texts(each)


def store(db: Database, several: Sequence[Sequence[str]]) -> None:
    """Store the texts, each under its number as import id."""
    arrivals: list[Arrival] = []
    for number, paragraphs in enumerate(several):
        arrivals.append(
            import_batch.arrival(number, Record(str(number), draft(f"t{number}", "\n\n".join(paragraphs))))
        )
    with db.writing() as session:
        import_batch.store(session, arrivals)


def phrases(several: Sequence[Sequence[str]], count: int) -> Iterator[str]:
    """Yield phrases of one to five words that stand in the texts."""
    rng = np.random.default_rng(3)
    while count:
        text = several[int(rng.integers(len(several)))]
        paragraph = text[int(rng.integers(len(text)))] if text else ""
        words = list(_WORD.finditer(paragraph))
        if not words:
            continue
        start = int(rng.integers(len(words)))
        end = min(len(words), start + int(rng.integers(1, _MAX_WORDS + 1))) - 1
        phrase = paragraph[words[start].start() : words[end].end()]
        if terms.is_unspaced(phrase[0]):  # a run of signs instead of words
            start = int(rng.integers(len(paragraph)))
            phrase = paragraph[start : start + int(rng.integers(1, 7))]
        if len(terms.cut(phrase)) and not set(phrase) & set('"“”„‟«»「」『』〝〞＂*\n'):
            yield phrase
            count -= 1


def scanned(several: Sequence[Sequence[str]], phrase: str) -> set[str]:
    """Return the titles of the texts that hold the phrase, by a plain scan."""
    inside = r"[\p{L}\p{N}\p{M}]"
    opening = "" if terms.is_unspaced(phrase[0]) else f"(?<!{inside})"
    ending = "" if terms.is_unspaced(phrase[-1]) else f"(?!{inside})"
    pattern = regex.compile(f"{opening}{regex.escape(phrase)}{ending}", regex.IGNORECASE)
    return {f"t{number}" for number, text in enumerate(several) if any(map(pattern.search, text))}


def searched(db: Database, phrase: str) -> set[str]:
    """Return the titles of the texts that a search for the phrase finds."""
    titles: set[str] = set()
    page, pages = 1, 1
    while page <= pages:
        results = search(db, SearchRequest(f'"{phrase}"', sort="newest", page=page))
        titles |= {hits.article.title for story in results.stories for hits in story.articles}
        page, pages = page + 1, results.pages
    return titles


def main() -> None:
    """Store the texts of a file in a new database, and print the recall of phrases drawn from them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--phrases", type=int, default=500)
    parser.add_argument("--texts", type=int, default=5_000, help="only the first so many texts")
    parser.add_argument(
        "--database", help="the address of an empty database on PostgreSQL, instead of a file"
    )
    options = parser.parse_args()
    find.MAX_FOUND = find.STORIES_PER_PAGE = find.MAX_ARTICLES_OF_A_STORY = (
        options.texts
    )  # no bound hides a text
    with options.file.open(encoding="utf-8") as lines:
        several = texts(lines)[: options.texts]
    with tempfile.TemporaryDirectory() as folder:
        db = connect(options.database or f"sqlite:///{folder}/recall.db")
        migrate(db)
        store(db, several)
        wanted = hit = extra = 0
        for phrase in phrases(several, options.phrases):
            expected, titles = scanned(several, phrase), searched(db, phrase)
            wanted += len(expected)
            hit += len(expected & titles)
            extra += len(titles - expected)
            if expected - titles:
                print(f"missed in {len(expected - titles)} texts: {phrase!r}", file=sys.stderr)
        db.dispose()
    print(
        f"{len(several):,} texts, {options.phrases:,} phrases: recall {hit / max(wanted, 1):.4f} "
        f"({hit:,} of {wanted:,}); {extra:,} more found, in another spelling"
    )


if __name__ == "__main__":
    main()
