"""Builds tables of opposites: ``python -m tools.opposites /usr/share/wordnet vader_lexicon.txt``.

``poles.tsv`` is made from WordNet's own files (as ``tools/lexicon.py`` says), ``tone.tsv`` from the list of the package
vaderSentiment 3.3.2.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.lexicon import FILES, TABLES, Key, Synset, lines_of, senses, synsets, write

MAX_SENSE = {"adj": 6, "verb": 2, "noun": 4, "adv": 4}
"""The most frequent senses of a word, by part of speech, in which it is put at an end of a scale. With more verbs,
"take" is an opposite of "pay" (measured on pairs of sentences that say the same)."""

MAX_SENSE_DERIVED_FROM = 2
"""The same for a word that others are derived from."""

MIN_TONE = 1.3
"""The mean rating, of -4 to 4, from which on a word is clearly good or bad."""

MAX_SENSE_BY_KIND = {"noun": 4, "verb": 4, "adj": 4, "adv": 4}
"""The same where a word stands for what it is a kind of: a raid is an attack. On pairs of sentences that say the same
these many senses name one change of one word in a thousand; what a kind is a kind of in its turn names three times as
many, and "lead" the opposite of "cause"."""

PARTICLES = frozenset("up down off on out in over away back through apart aside along ahead together".split())
"""Words that make a phrase of a verb: call off."""

_NUMBER = re.compile(
    "[ivxlc]+(?:th|st|nd|rd)?|(?:thir|four|fif|six|seven|eigh|nine)teen(?:th)?"
    "|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)|.*(?:hundred|thousand|illion)(?:th)?"
)
"""Numbers, of which WordNet has those that count opposite those that rank."""


def poles(
    all_sets: Mapping[Key, Synset], ranks: Mapping[tuple[str, Key], int], without: frozenset[str]
) -> dict[str, list[int]]:
    """Return, by word, the numbers of the scales with it at an end: positive for one end, negative for the other.

    A scale is a pair of opposites. Its ends also include adjectives that WordNet calls similar (swift to fast), verbs
    for ways of doing it (to dodge is to avoid), and derivations of all of these (swiftly, swiftness). ``ranks`` says
    how many senses of a word are more frequent; words in ``without`` are left out.
    """
    ends: dict[str, set[int]] = defaultdict(set)
    numbers: dict[tuple[int, str], int] = {}
    adverbs = _adverbs(all_sets)

    def put(word: str, key: Key, scale: int, sign: int) -> None:
        plain = word.isalpha() and word.islower() and len(word) > 2 and word not in without
        plain = plain and not _NUMBER.fullmatch(word)
        if plain and ranks.get((word, key), MAX_SENSE[key[0]]) < MAX_SENSE[key[0]]:
            ends[word].add(sign * numbers.setdefault((scale, key[0]), len(numbers) + 1))

    for scale, pair in enumerate(_pairs(all_sets)):
        for sign, key in zip((1, -1), pair, strict=True):
            alike = {"adj": "&", "verb": "~"}.get(key[0])
            for near in (key, *(each.target for each in all_sets[key].pointers if each.symbol == alike)):
                for word in all_sets[near].words:
                    put(word, near, scale, sign)
                for word, derived, target in (*_derived(all_sets, near), *adverbs.get(near, ())):
                    if ranks.get((word, near), MAX_SENSE_DERIVED_FROM) < MAX_SENSE_DERIVED_FROM:
                        put(derived, target, scale, sign)
    every = {end for own in ends.values() for end in own}
    kept = {
        word: sorted((end for end in own if -end in every and -end not in own), key=abs)
        for word, own in sorted(ends.items())
    }
    return {word: own for word, own in kept.items() if own}


def kinds(
    all_sets: Mapping[Key, Synset], words: Mapping[str, list[Key]], without: frozenset[str]
) -> Iterator[tuple[str, list[int]]]:
    """Yield each word with the scales with an end that it belongs to, itself or as a kind of something.

    A raid is an attack, which is the opposite of a defence; to plunge is to fall; earnings are a gain, and losses are
    not. An adjective also belongs where those that WordNet calls similar do, and a derived word where its source
    does.
    """
    scales: dict[Key, list[int]] = defaultdict(list)
    for scale, pair in enumerate(_pairs(all_sets), 1):
        for sign, key in zip((1, -1), pair, strict=True):
            scales[key].append(sign * scale)

    def around(key: Key, derived: bool) -> Iterator[Key]:
        yield key
        for pointer in all_sets[key].pointers:
            if pointer.symbol in {"adj": "&", "adv": "\\"}.get(key[0], "@$"):
                yield pointer.target
            elif pointer.symbol == "+" and derived:
                yield from around(pointer.target, derived=False)

    for word, keys in sorted(words.items()):
        verb, _, particle = word.partition("_")
        plain = word.isalpha() or (verb.isalpha() and particle in PARTICLES)
        if plain and word.isascii() and len(word) > 2 and word not in without and not _NUMBER.fullmatch(word):
            ends = {end for key in keys for near in around(key, derived=True) for end in scales[near]}
            own = sorted((end for end in ends if -end not in ends), key=abs)
            if own:
                yield word.replace("_", " "), own


def _pairs(all_sets: Mapping[Key, Synset]) -> list[tuple[Key, Key]]:
    return sorted(
        {
            (min(key, pointer.target), max(key, pointer.target))
            for key, synset in all_sets.items()
            for pointer in synset.pointers
            if pointer.symbol == "!"
        }
    )


def _derived(all_sets: Mapping[Key, Synset], key: Key) -> Iterator[tuple[str, str, Key]]:
    """Yield each word of a set with a word derived from it and that word's set: divide, division."""
    for pointer in all_sets[key].pointers:
        if pointer.symbol == "+" and pointer.word:
            derived = all_sets[pointer.target].words[pointer.target_word - 1]
            yield all_sets[key].words[pointer.word - 1], derived, pointer.target


def _adverbs(all_sets: Mapping[Key, Synset]) -> dict[Key, list[tuple[str, str, Key]]]:
    """Return derived adverbs (strictly) by set of adjectives, since WordNet's links lead from adverb to adjective."""
    adverbs = defaultdict(list)
    for key, synset in all_sets.items():
        for pointer in synset.pointers if key[0] == "adv" else ():
            if pointer.symbol == "\\" and pointer.word:
                adjective = all_sets[pointer.target].words[pointer.target_word - 1]
                adverbs[pointer.target].append((adjective, synset.words[pointer.word - 1], key))
    return adverbs


def tones(rated: str) -> Iterator[tuple[str, str]]:
    """Yield clearly positive and negative words of VADER's list; its lines are a word, its mean rating, and more."""
    for line in rated.splitlines():
        word, mean, *_ = line.split("\t")
        plain = word.isalpha() and word.isascii() and word.islower() and len(word) > 2
        if plain and abs(float(mean)) >= MIN_TONE:
            yield word, "good" if float(mean) > 0 else "bad"


def main() -> int:
    """Write the tables; exit code 0."""
    folder, rated = Path(sys.argv[1]), Path(sys.argv[2]).read_text("utf-8")
    ranks = {
        (word, key): rank
        for part in FILES
        for word, keys in senses(folder, part).items()
        for rank, key in enumerate(keys)
    }
    every_set = synsets(folder)
    small = frozenset(
        line.split("\t")[0]
        for table in ("function_words", "numbers")
        for line in lines_of(TABLES / f"{table}.tsv")
    )
    ends = poles(every_set, ranks, small)
    write(
        TABLES / "poles.tsv",
        "word\tpoles",
        (f"{word}\t{' '.join(map(str, own))}" for word, own in ends.items()),
    )
    usual: dict[str, list[Key]] = defaultdict(list)
    for part in FILES:
        for word, keys in senses(folder, part).items():
            if "_" not in word or part == "verb":
                usual[word] += keys[: MAX_SENSE_BY_KIND[part]]
    of_kinds = kinds(every_set, usual, small)
    write(
        TABLES / "kinds_of_poles.tsv",
        "word\tpoles",
        (f"{word}\t{' '.join(map(str, own))}" for word, own in of_kinds),
    )
    write(TABLES / "tone.tsv", "word\tkinds", map("\t".join, sorted(tones(rated))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
