"""Builds tables of app/collation/lexicon from WordNet's own files: ``python tools/lexicon.py /usr/share/wordnet``.

The files are those of Debian's package ``wordnet-base`` (WordNet 3.0). The tables are committed, so that nobody who
runs the program needs WordNet; run this again only to change what they hold, as when a verb joins a table.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon"
FILES = ("noun", "verb", "adj", "adv")
PART = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}

GROUPS, LOCATIONS, PERSONS = 14, 15, 18
"""Numbers of WordNet's files of nouns for groups of people, for places and for people."""

DEEDS = {31: "thought", 32: "speech", 33: "contest", 40: "possession", 41: "society"}
"""Its files of verbs for what people and governments do with words or each other."""

USUAL_SENSES = 2
"""Senses of a noun, the commonest first, of which one must be a person or a group for it to be taken as that."""

USUAL_SENSES_OF_A_VERB = 3
"""The same of a verb and its deeds."""

TOO_BROAD = frozenset("person people group organization unit worker leader inhabitant adult".split())
"""What is said of nearly anyone, so that two words for a person are not alike by it."""

Key = tuple[str, str]


class Pointer(NamedTuple):
    """A link between two words of two sets of synonyms, or (0, 0) between the sets as a whole."""

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
    """Yield every set of synonyms by part of speech and offset (format: WordNet's wndb(5))."""
    by_key: dict[Key, Synset] = {}
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
            by_key[part, fields[0]] = Synset(words, pointers, int(fields[1]))
    return by_key


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
    """Lower-case words: a sentence that begins with one does not begin with a name."""
    return {
        word
        for synset in all_sets.values()
        for word in synset.words
        if word.isalpha() and word.islower() and word.isascii()
    }


def senses(folder: Path, part: str) -> dict[str, list[Key]]:
    """Return each word's senses as ``part`` ("noun", "verb"), the commonest first (wndb(5), index files)."""
    words: dict[str, list[Key]] = {}
    for line in (folder / f"index.{part}").read_text("latin-1").splitlines():
        if not line.startswith("  "):
            fields = line.split()
            words[fields[0]] = [(part, offset) for offset in fields[6 + int(fields[3]) :]]
    return words


def people(all_sets: dict[Key, Synset], folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield each word for a person or a group: the word, person or group, its senses, and the senses one step broader.

    A sense is numbered within this table. A word that is also an adjective or adverb (natural, superior) is only
    ``either``, since it usually means no person.
    """
    numbers: dict[Key, int] = {}
    qualities = senses(folder, "adj").keys() | senses(folder, "adv").keys()
    for word, keys in sorted(senses(folder, "noun").items()):
        usual = [key for key in keys[:USUAL_SENSES] if all_sets[key].file in (PERSONS, GROUPS)]
        if not (usual and word.isalpha() and word.isascii()):
            continue
        broader = [
            pointer.target
            for key in usual
            for pointer in all_sets[key].pointers
            if pointer.symbol == "@" and all_sets[pointer.target].file in (PERSONS, GROUPS)
        ]
        own, above = (
            " ".join(str(numbers.setdefault(key, len(numbers))) for key in keys)
            for keys in (usual, [key for key in broader if TOO_BROAD.isdisjoint(all_sets[key].words)])
        )
        kind = "person" if all_sets[keys[0]].file == PERSONS else "group"
        yield word, "either" if word in qualities else kind, own, above


def deeds(all_sets: dict[Key, Synset], folder: Path) -> Iterator[str]:
    """Yield verbs with a usual sense among ``DEEDS``, each with the kind of the commonest such sense."""
    for word, keys in sorted(senses(folder, "verb").items()):
        kinds = [
            DEEDS[all_sets[key].file] for key in keys[:USUAL_SENSES_OF_A_VERB] if all_sets[key].file in DEEDS
        ]
        if word.isalpha() and kinds:
            yield f"{word}\t{kinds[0]}"


STRESSED_AT_THE_END = frozenset(
    (
        "annul compel control distil dispel enrol excel expel extol fulfil impel instil patrol propel rebel repel"
    ).split()
)
"""Verbs in -l that double it in American English too."""

REGULAR_TOO = frozenset(
    "burn dream kneel lean leap learn light plead prove smell speed spell spill spoil".split()
)
"""Irregular verbs that are as often formed by rule: learned and learnt."""

REGULAR_AS_REPORTING = frozenset(("lie",))
"""Verbs whose irregular forms belong to a namesake: who lied did not lie down."""

SIBILANTS = ("s", "sh", "ch", "x", "z", "o")


class Inflector:
    """Forms of English verbs: by rule, unless WordNet's list or ``irregular_verbs.tsv`` gives others."""

    def __init__(self, exceptions: str, irregular: Iterable[str]) -> None:
        """Read the text of WordNet's ``verb.exc`` ("slammed slam") and lines of "verb, past, participle"."""
        self._listed: dict[str, list[str]] = defaultdict(list)
        for line in exceptions.splitlines():
            form, *verbs = line.split()
            for verb in verbs:
                self._listed[verb].append(form)
        self._irregular: dict[str, list[str]] = defaultdict(list)
        for line in irregular:
            verb, past, participle = line.split()
            self._irregular[verb] += [past, participle]

    def third_person(self, verb: str) -> list[str]:
        """Return the third person singular: says, goes, replies."""
        if _ends_in_consonant_and_y(verb):
            return [verb[:-1] + "ies"]
        return [verb + ("es" if verb.endswith(SIBILANTS) else "s")]

    def past(self, verb: str) -> list[str]:
        """Return past tense and participle, every spelling: wrote, written; signalled, signaled."""
        forms = self._irregular.get(verb, [])
        if verb in REGULAR_AS_REPORTING:
            forms = []
        elif forms and verb not in REGULAR_TOO:
            return list(dict.fromkeys(forms))
        if verb.endswith("e"):
            forms = [*forms, verb + "d"]
        elif _ends_in_consonant_and_y(verb):
            forms = [*forms, verb[:-1] + "ied"]
        else:
            forms = [*forms, *(stem + "ed" for stem in self._stems(verb))]
        return list(dict.fromkeys(forms))

    def present_participle(self, verb: str) -> list[str]:
        """Return the form in -ing, every spelling."""
        if verb.endswith("ie"):
            return [verb[:-2] + "ying"]
        if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and len(verb) > 2:
            return [verb[:-1] + "ing"]
        return [stem + "ing" for stem in self._stems(verb)]

    def _stems(self, verb: str) -> list[str]:
        """Return the stems for -ed and -ing; WordNet lists two-syllable verbs that double a consonant in Britain."""
        doubled = verb + verb[-1]
        listed = {doubled + "ed", doubled + "ing"} & set(self._listed[verb])
        if not listed and not re.fullmatch("(?:[^aeiou]|(?<=q)u)+[aeiou][bdglmnprt]", verb):
            return [verb]
        american = verb.endswith("l") and len(re.findall("[aeiou]+", verb)) > 1
        return [doubled, verb] if american and verb not in STRESSED_AT_THE_END else [doubled]


def _ends_in_consonant_and_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeiou"


def verbs_of_tables(folder: Path) -> list[str]:
    """Return the verbs that the tables written by hand hold: every reporting verb, and each word of the kind "verb"."""
    verbs = {line.split("\t")[0] for line in lines_of(folder / "reporting_verbs.tsv")}
    for path in folder.glob("*.tsv"):
        with path.open(encoding="utf-8") as table:
            if next(table) == "word\tkinds\n":
                verbs |= {line.split("\t")[0] for line in table if "verb" in line.split()[1:]}
    return sorted(verbs)


def lines_of(path: Path) -> list[str]:
    """Return the lines of a table below its heading."""
    return path.read_text("utf-8").splitlines()[1:]


def write(path: Path, heading: str, lines: Iterable[str]) -> None:
    """Write a table."""
    path.write_text("\n".join((heading, *lines)) + "\n", "utf-8")


def main() -> int:
    """Write the tables; exit code 0."""
    folder = Path(sys.argv[1])
    all_sets = synsets(folder)
    opposite: dict[str, set[str]] = defaultdict(set)
    for word, other in antonyms(all_sets):
        opposite[word].add(other)
        opposite[other].add(word)
    write(
        TABLES / "antonyms.tsv",
        "word\tantonyms",
        (f"{word}\t{' '.join(sorted(others))}" for word, others in sorted(opposite.items())),
    )
    write(TABLES / "common_words.tsv", "word", sorted(common(all_sets)))
    write(
        TABLES / "place_names.tsv",
        "name\tother_names",
        (
            f"{name}\t{'|'.join(others)}"
            for name, *others in sorted({tuple(group) for group in names(all_sets)})
        ),
    )
    write(TABLES / "people.tsv", "word\tis\tsenses\tbroader", map("\t".join, people(all_sets, folder)))
    write(TABLES / "deeds.tsv", "verb\tkind", deeds(all_sets, folder))
    inflector = Inflector(
        (folder / "verb.exc").read_text("latin-1"), lines_of(TABLES / "irregular_verbs.tsv")
    )
    write(
        TABLES / "verb_forms.tsv",
        "verb\tthird_person\tpast\tpresent_participle",
        (
            "\t".join(
                (
                    verb,
                    *(
                        " ".join(forms(verb))
                        for forms in (inflector.third_person, inflector.past, inflector.present_participle)
                    ),
                )
            )
            for verb in verbs_of_tables(TABLES)
        ),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
