"""Decode a text that declares no encoding: by each known one, kept only where it makes words of a known language."""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from app.sources.encodings import languages, misplaced, strange_words

ENCODINGS = tuple(
    (
        "cp1252 cp1250 iso8859_2 mac_roman cp1251 koi8_r koi8_u mac_cyrillic iso8859_5 cp866 cp1253 iso8859_7 cp1254 "
        "cp1255 cp1256 iso8859_6 cp1257 cp874 iso8859_15 mac_latin2 cp852 cp850 gb18030 big5 cp932 euc_jp cp949 "
        "iso8859_13 iso8859_4 iso8859_10 iso8859_16 iso8859_3 iso8859_14 cp437 cp775 cp737 cp855 cp857 cp860 cp861 "
        "cp862 cp863 cp865 cp869 cp1125 mac_croatian mac_romanian mac_turkish mac_iceland mac_greek kz1048"
    ).split()
)
"""Encodings that are tried; of two that give the same letters, the first names it."""

SAMPLE_BYTES = 10_000
"""Bytes by which a decoding is judged, of lines that have any beyond ASCII."""

MIN_SMALL_WORDS = 0.06
"""Share of a text's words that are small words of a language, from which it is in that language: news has .2 to .5."""

USUAL_WORD = 0.2
"""What a word beyond ASCII counts for, in small words, where its letters stand side by side in a language: languages
that join their small words to others have few."""

MIN_WORDS = 5
"""Words of the shortest text whose language is told."""

MIN_FIT = 0.97
"""Share of the letters beyond a to z that must be a language's own in a reading that is none of a known language."""

MAX_STRANGE = 0.5
"""How strange the words beyond ASCII may be on average, 0 to 1: right readings have some .1, by names and rare
words."""

MIN_COMMON_CHARACTERS = 0.2
"""Share of characters that are among the most common, for languages without blanks: texts have .3 to .6."""

STRANGENESS_WEIGHT = 12
"""How much strange words count against a reading: a tenth of them takes two thirds of its evidence."""

MAX_JUDGED_WORDS = 1_000
"""Different words beyond ASCII by which a reading is judged, the most frequent ones."""

FEW_LETTERS = 16
"""Letters of a text so short that a language without blanks is not told by its most common characters."""

SURE_WORDS = 12
"""Words below which a reading has to be better than every other by its letters, whatever their languages."""

MIN_EVIDENCE = 0.04
"""Evidence that a right reading has: those of news have .06 to .5, wrong ones seldom .03."""

MAX_UNSPELLED = 0.25
"""How strange each word of letters beyond ASCII may be in a text so short that it tells no language; a word that has
others too may be a name."""

SURE_EVIDENCE = 0.2
"""Evidence from which a reading of a few words is taken though another's letters are no stranger."""

SURE_SMALL_WORDS = 1.25
"""How many small words have to speak for a reading of a few words, each with its spelling, or its letters have to be
clearly less strange: one is there by chance."""

MIN_RIVAL = 0.01
"""Evidence of a reading from which it may be the right one, of a text of a few words."""

CLEAR_LEAD = 1.25
"""How many times the evidence of the next reading the best one must have."""

CLEAR_FACTOR, CLEAR_DIFFERENCE = 2, 0.25
"""How much stranger the words of the next reading have to be where they differ: so many times, and by so much more."""

MIN_COMMON_THAI = 0.9
"""The same for Thai, which has an alphabet: the rest of its letters are rare."""

MAX_ODD = 0.05
"""Share of characters beyond ASCII that may be neither letters nor marks that a text is set with, and of words that may
be none."""

_WORD = re.compile(r"(?:[^\W\d_]|(?<=\w)[\u0591-\u05c7\u064b-\u065f\u0e31-\u0e4e])+")
"""Letters, with the vowels and points that Unicode counts as marks in Hebrew, Arabic and Thai."""

_APART = frozenset({"CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "SYRIAC", "THAANA", "NKO"})
"""Scripts whose letters two bytes of UTF-8 make."""

_WITHOUT_BLANKS = ("CJK", "HANGUL", "THAI")
"""Scripts of languages that are told by characters, since they have no blanks or other words at each."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """A text as one encoding reads it, and how good a text that is."""

    encoding: str
    sample: str
    language: str
    """The language whose words it makes; empty where none is told."""
    evidence: float
    """How much of it is that language's most frequent words or characters, 0 to 1, less for letters that are not its
    own; 0 where no language is told."""


def decodings(content: bytes, declared: str = "") -> list[Decoding]:
    """Return the readings of a text that may be right, the likeliest first; one for each that has different letters.

    The encoding that is ``declared`` is tried too, also where it is none of ``ENCODINGS``.
    """
    judged = telling(content)
    readings: dict[str, tuple[int, Decoding]] = {}
    for encoding in dict.fromkeys((*ENCODINGS, declared) if declared else ENCODINGS):
        sample = _decoded(judged, encoding)
        if sample is None or (odd := _odd_signs(sample)) is None:
            continue
        letters = letters_of(sample)
        known = readings.get(letters)
        written_in = frozenset() if encoding == declared else languages.written_in(encoding)
        language, evidence = language_of(sample, written_in)
        if language is None:
            continue
        # One that differs in signs alone has to have better ones, or words where the other has none.
        if known is not None and odd >= known[0] and (known[1].evidence or not evidence):
            odd, encoding, sample = known[0], known[1].encoding, known[1].sample
        if known is not None and known[1].evidence >= evidence:
            language, evidence = known[1].language, known[1].evidence
        readings[letters] = odd, Decoding(encoding, sample, language, evidence)
    return sorted((reading for _, reading in readings.values()), key=lambda reading: -reading.evidence)


def telling(content: bytes) -> bytes:
    """Return the lines of a text with bytes beyond ASCII, as many as are judged; only the last may be cut off."""
    if len(content) <= SAMPLE_BYTES:
        return content
    lines, size = [], 0
    for line in content.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size >= SAMPLE_BYTES:
                break
    return b"".join(lines)[:SAMPLE_BYTES]


def letters_of(text: str) -> str:
    """Return only the words of a text: two readings with the same words count as the same, whatever their signs."""
    return " ".join(_WORD.findall(text)).translate(languages.SIBLINGS)


def _decoded(judged: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(judged, final=len(judged) != SAMPLE_BYTES)
    except UnicodeDecodeError:
        return None


def _odd_signs(text: str) -> int | None:
    """Return the number of signs that texts never contain; ``None`` if these or broken words are too many."""
    counts = Counter(text)
    beyond = odd = 0
    for char, count in counts.items():
        if char <= "\x7f":
            if char < " " and char not in "\t\n\r\f\v":
                return None
            continue
        category = unicodedata.category(char)
        if category in ("Cc", "Cn", "Co", "Cs"):
            return None
        beyond += count
        odd += count * (category[0] not in "LM" and char not in misplaced.SET_WITH)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    broken = misplaced.signs_in_words(text)
    without_blanks = sum(count for char, count in counts.items() if _script(char) in _WITHOUT_BLANKS)
    if 2 * without_blanks < sum(count for char, count in counts.items() if char.isascii() and char.isalpha()):
        broken += sum(
            _is_mixed(word) for word in words
        )  # otherwise names in Latin letters stand amid the others
    return odd if odd <= MAX_ODD * beyond + 1 and broken <= MAX_ODD * len(words) else None


def _is_mixed(word: str) -> bool:
    """Return whether a word mixes scripts."""
    return len({_script(char) for char in word} - {"COMBINING"}) > 1


def mixes_scripts(text: str) -> bool:
    """Return whether a word has Latin letters and those of a script that no Latin word or formula has any of.

    >>> mixes_scripts("que lՎcole"), mixes_scripts("ΔT in Ереван")
    (True, False)
    """
    return any(
        "LATIN" in scripts and scripts & _APART
        for word in _words_beyond(text)
        if (scripts := {_script(char) for char in word})
    )


@cache
def _script(char: str) -> str:
    name = unicodedata.name(char, "").split(" ")[0]
    # Japanese words mix three scripts.
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC") else name


def certain_decoding(readings: list[Decoding]) -> Decoding | None:
    """Return the reading that is right; ``None`` where it is not certain which of them is, or whether any.

    One that makes no words of any language is not right for being the only one, unless it is too short to make any:
    the encoding may be none of those that were tried.
    """
    if not readings:
        return None
    best, *others = readings
    is_short = _count_words(best.sample) < SURE_WORDS
    if is_short and (
        misplaced.unusual_marks(best.sample) or any(_may_be_right(other, best) for other in others)
    ):
        return None
    if best.evidence < MIN_EVIDENCE:
        is_sole = not others and _has_few_words(best.sample) and not misplaced.marks_in_words(best.sample)
        return best if is_sole and _is_spelled_as_some(best) else None
    rivals = [
        other
        for other in others
        if best.evidence <= CLEAR_LEAD * other.evidence or _has_few_words(other.sample)
    ]
    return best if all(_explains_better(best, rival) for rival in rivals) else None


def _may_be_right(rival: Decoding, best: Decoding) -> bool:
    """Return whether the words that a rival has apart are less strange, in whatever language is written in it.

    Of a sentence or two, small words tell the language by chance: the letters have to tell it too.
    """
    words, rival_words = _words_beyond(best.sample), _words_beyond(rival.sample)
    cost = _cost(best, words - rival_words) + misplaced.marks_in_words(best.sample)
    apart, marks = rival_words - words, misplaced.marks_in_words(rival.sample)
    if rival.evidence >= MIN_RIVAL and _cost(rival, apart) + marks < cost + CLEAR_DIFFERENCE:
        return True
    rival_cost = marks + min(_cost(replace(rival, language=name), apart) for name in languages.LETTERS)
    if best.evidence * _count_words(best.sample) < SURE_SMALL_WORDS:
        return rival_cost < cost + CLEAR_DIFFERENCE
    if rival.evidence >= MIN_RIVAL:
        return False
    return rival_cost < cost or (rival_cost == cost and best.evidence < SURE_EVIDENCE)


def _count_words(text: str) -> int:
    """Return how many words a text has; those with an apostrophe or a mark within are one, where blanks part words."""
    words, parted = len(_WORD.findall(text)), len(text.split())
    return parted if 2 * parted > words else words


def _is_spelled_as_some(reading: Decoding) -> bool:
    """Return whether the words of a reading, though known in no language, are spelled as some language spells.

    Of scripts without blanks the signs tell nothing, but Korean has few Chinese ones.
    """
    words = _words_beyond(reading.sample)
    scripts = Counter(_script(char) for word in words for char in word if char > "\x7f")
    if any(scripts[name] for name in _WITHOUT_BLANKS):
        is_plain = not (scripts["HANGUL"] and scripts["CJK"]) and not any(map(_is_mixed, words))
        return is_plain and _has_common_characters(words, reading.encoding)
    own = languages.written_in(reading.encoding) or languages.LETTERS.keys()
    readings = [replace(reading, language=name) for name in own]
    return all(
        min(_cost(each, Counter([word])) for each in readings)
        <= (strange_words.FOREIGN if any(map(str.isascii, word)) else MAX_UNSPELLED)
        for word in words
    )


def _has_common_characters(words: Counter[str], encoding: str) -> bool:
    chars = "".join(words)
    written_in = languages.written_in(encoding)
    return any(
        sum(char in common for char in chars) >= MIN_COMMON_CHARACTERS * len(chars)
        for language, common in languages.COMMON_CHARACTERS.items()
        if not written_in or language in written_in
    )


def _has_few_words(text: str) -> bool:
    """Return whether a text is too short to tell its language: then nothing speaks against it by that."""
    return len(_WORD.findall(text)) < MIN_WORDS


def _explains_better(best: Decoding, rival: Decoding) -> bool:
    """Return whether the words in which two readings differ are clearly less strange in the first.

    In a long text they may be too few to show in a comparison of the whole.
    """
    words, rival_words = _words_beyond(best.sample), _words_beyond(rival.sample)
    cost, rival_cost = _cost(best, words - rival_words), _cost(rival, rival_words - words)
    return rival_cost >= CLEAR_FACTOR * cost + CLEAR_DIFFERENCE


def _words_beyond(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text) if not word.isascii())


def _cost(reading: Decoding, words: Counter[str]) -> float:
    others = languages.written_in(reading.encoding) - {reading.language}
    return misplaced.count(reading.sample) + sum(
        count * strange_words.cost(word, reading.language, others) for word, count in words.items()
    )


def language_of(text: str, written_in: frozenset[str] = frozenset()) -> tuple[str | None, float]:
    """Return the language of a text and how much speaks for it; ``None`` where its letters are no language's.

    ``written_in`` are the languages that it may be in; none given, any.
    """
    letters = Counter(char for char in text.lower() if char > "\x7f" and char.isalpha())
    total = letters.total()
    scripts = Counter[str]()
    for char, count in letters.items():
        scripts[_script(char)] += count
    script = max(_WITHOUT_BLANKS, key=lambda name: scripts[name])
    if total and scripts[script] >= 0.5 * total:
        return _language_without_blanks(letters, written_in)
    words = Counter(_WORD.findall(text))
    beyond = _words_beyond(text)
    judged = beyond.most_common(MAX_JUDGED_WORDS)
    signs = sum(char > "\x7f" and char in misplaced.SET_WITH for char in text)
    misplaced_signs, dashes = misplaced.count(text), misplaced.dashes_in_words(text)
    best, evidence, is_possible = "", 0.0, False
    possible = written_in or languages.small_words().keys()
    for language in sorted(possible):
        own, small = languages.LETTERS.get(language, ""), languages.small_words().get(language, frozenset())
        bad_signs = misplaced_signs + (dashes if language != "en" else 0)
        fit = sum(count for char, count in letters.items() if char in own)
        is_possible = is_possible or fit - bad_signs >= MIN_FIT * total
        if bad_signs > MAX_ODD * (beyond.total() + signs) or words.total() < MIN_WORDS:
            continue
        if language != "en" and fit < 0.5 * total:
            continue
        usual = sum(count for word, count in judged if not strange_words.strangeness(word.lower(), language))
        share = sum(count for word, count in words.items() if word.lower() in small) + USUAL_WORD * usual
        share /= max(1, words.total())
        if share < MIN_SMALL_WORDS or share <= evidence:
            continue
        others = [other for other in possible if other != language]
        cost = bad_signs + sum(count * strange_words.cost(word, language, others) for word, count in judged)
        strange = cost / max(1, bad_signs + signs + sum(count for _, count in judged))
        if strange > MAX_STRANGE:
            continue
        is_possible = True
        if share * (1 - strange) ** STRANGENESS_WEIGHT > evidence:
            best, evidence = language, share * (1 - strange) ** STRANGENESS_WEIGHT
    return (best if is_possible else None), evidence


def _language_without_blanks(letters: Counter[str], written_in: frozenset[str]) -> tuple[str | None, float]:
    shares = {
        language: sum(count for char, count in letters.items() if char in common) / letters.total()
        for language, common in languages.COMMON_CHARACTERS.items()
        if not written_in or language in written_in
    }
    if not shares:
        return None, 0.0
    language = max(shares, key=lambda name: shares[name])
    if letters.total() < FEW_LETTERS:
        return "", 0.0
    if shares[language] < (MIN_COMMON_THAI if language == "th" else MIN_COMMON_CHARACTERS):
        return None, 0.0
    return language, shares[language]
