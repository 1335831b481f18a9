"""Builds app/collation/lexicon from WordNet's own files: ``python tools/lexicon.py /usr/share/wordnet``.

The files are those of Debian's package ``wordnet-base`` (WordNet 3.0). The tables are committed, so that nobody who
runs the program needs WordNet; run this again only to change what they hold.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon"
FILES = ("noun", "verb", "adj", "adv")
PART = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}

GROUPS, LOCATIONS = 14, 15
"""Numbers of WordNet's files of nouns for groups of people and for places."""

Key = tuple[str, str]


class Pointer(NamedTuple):
    """A link from one set of synonyms to another: between two words of theirs, or (0, 0) between the sets."""

    symbol: str
    target: Key
    word: int
    target_word: int


class Synset(NamedTuple):
    """A set of synonyms."""

    words: list[str]
    pointers: list[Pointer]
    file: int


def synsets(folder: Path) -> dict[Key, Synset]:
    """Every set of synonyms by part of speech and offset (the format is told in WordNet's wndb(5))."""
    found: dict[Key, Synset] = {}
    for part in FILES:
        for line in (folder / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.partition(" | ")[0].split()
            count = int(fields[3], 16)
            words = [
                re.sub(r"\(\w+\)$", "", word).replace("_", " ") for word in fields[4 : 4 + 2 * count : 2]
            ]
            at = 4 + 2 * count
            pointers = []
            for first in range(at + 1, at + 1 + 4 * int(fields[at]), 4):
                symbol, offset, letter, ends = fields[first : first + 4]
                pointers.append(Pointer(symbol, (PART[letter], offset), int(ends[:2], 16), int(ends[2:], 16)))
            found[part, fields[0]] = Synset(words, pointers, int(fields[1]))
    return found


def antonyms(all_sets: dict[Key, Synset]) -> Iterator[tuple[str, str]]:
    """Pairs of opposite words: those that WordNet links, and their synonyms of the same sense."""
    for synset in all_sets.values():
        for pointer in synset.pointers:
            if pointer.symbol == "!":
                for word in synset.words:
                    for other in all_sets[pointer.target].words:
                        if word.isalpha() and other.isalpha() and word.islower() and other.islower():
                            yield word, other


def names(all_sets: dict[Key, Synset]) -> Iterator[list[str]]:
    """Names of one place or body, and the adjectives and people's names made from it: United States, US, American."""
    from_name: dict[Key, set[str]] = defaultdict(set)
    for synset in all_sets.values():
        for pointer in synset.pointers:
            if pointer.symbol in ("\\", "+") and all_sets[pointer.target].file in (GROUPS, LOCATIONS):
                word = synset.words[pointer.word - 1] if pointer.word else synset.words[0]
                if word[:1].isupper():
                    from_name[pointer.target].add(word)
    for key, synset in all_sets.items():
        if synset.file not in (GROUPS, LOCATIONS):
            continue
        own = [word for word in synset.words if word[:1].isupper() and len(word) > 2]
        together = list(dict.fromkeys([*own, *sorted(from_name[key])]))
        if own and len(together) > 1:
            yield together


def common(all_sets: dict[Key, Synset]) -> set[str]:
    """Words in small letters: what a sentence may begin with without beginning with a name."""
    return {
        word
        for synset in all_sets.values()
        for word in synset.words
        if word.isalpha() and word.islower() and word.isascii()
    }


def main() -> int:
    """Writes the tables; exit code 0."""
    folder = Path(sys.argv[1])
    all_sets = synsets(folder)
    opposite: dict[str, set[str]] = defaultdict(set)
    for word, other in antonyms(all_sets):
        opposite[word].add(other)
        opposite[other].add(word)
    lines = [f"{word}\t{' '.join(sorted(others))}" for word, others in sorted(opposite.items())]
    (TABLES / "antonyms.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    (TABLES / "words.txt").write_text("\n".join(sorted(common(all_sets))) + "\n", "utf-8")
    called = ["\t".join(together) for together in names(all_sets)]
    (TABLES / "names.tsv").write_text("\n".join(sorted(set(called))) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
