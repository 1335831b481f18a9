"""Names in a row: which capital letters begin one, and whether a name stands on the other side in some form."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from app.collation.diff.words import FUNCTION_WORDS
from app.collation.drift import days, lexicon, spelling
from app.collation.drift.changed import Word
from app.collation.model import Span

ALIKE = 0.7
"""Levenshtein likeness, 0 to 1, of two spellings from which they are one name in two transliterations."""

SHORT = 4
"""Letters up to which two spellings must be equal but for what transliteration writes in two ways."""

STEM = 5
"""Letters that a name and a word made from it begin with alike: Europe, Europeans."""

_CANDIDATE = re.compile(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W_]*(?:['’.&][^\W_]+|[-‑]\d[^\W_]*)*")
_WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_DOUBLED = re.compile(r"(.)\1+")
_AFTER_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+[(—–-]*\s*\Z")
_NUMBERED = re.compile(r"nos?\.?\d")
_JOINT = re.compile(
    r"(?:[ \u00a0](?:(?:of|the|de|la|le|du|der|von|van|al|el|bin|&)[ \u00a0]){0,2}|[ \u00a0]?[-‑&/][ \u00a0]?|\. )\Z"
)
_BEGINS = re.compile(r"(?:\A|[.!?:;\n•]\s*|[\"“”‘'()«\[–—-]\s*)[\"“”‘'(«\[]*\Z")
_NOT_NAMES = (
    frozenset(
        (
            "i i'm i've i'd i'll sts saint saints mr mrs ms dr prof gen sen rep gov st jr sr am pm ad bc co "
            "ltd inc corp plc ii iii iv vi vii ok tv tvs pc ceo ceos cfo ngo ngos ko gdp gnp it ai dna rna "
            "3d 2d 4k hd led usb gps vip sms pdf dvd cd url id pr hr rmb usd eur gbp pln czk vat phd mba bbq "
            "diy faq suv suvs atm uv ph iq wifi wi-fi aka asap rip vs no nos"
        ).split()
    )
    | FUNCTION_WORDS
    | days.WORDS
)
_ABBREVIATIONS = frozenset({"US", "U.S", "WHO", "IS"})
"""Names that only their capitals tell from common words."""

_TITLES = frozenset(
    (
        "president vice prime minister ministers governor secretary deputy chief general senator judge "
        "justice chancellor chairman chairwoman chair director king queen prince princess pope bishop "
        "cardinal archbishop sheikh sultan emperor mayor ambassador spokesman spokeswoman spokesperson "
        "captain colonel major admiral commander inspector officer sir lord lady dame professor doctor coach "
        "speaker congressman congresswoman representative premier foreign defense defence interior finance "
        "state council party army navy former saint rear "
        "chief supreme high federal national international royal republic democratic"
    ).split()
)
_SAME_SOUND = tuple(
    pair.split("/")
    for pair in (
        "ph/f ck/k kh/h gh/g sch/sh tsch/ch cz/ch sz/sh th/t qu/k iy/i yy/i ij/i y/i j/i c/k q/k w/v z/s ou/u oo/u "
        "ee/i x/ks"
    ).split()
)


class Name(NamedTuple):
    """Neighbouring words with capitals, of which the other side lacks some."""

    span: Span
    """All of it."""
    lacking: tuple[Word, ...]
    """The words that the other side lacks."""
    whole: bool
    """Whether it lacks all that names: of "President Biden" the second word."""
    firm: bool
    """Whether one of the lacking words is sure to be a name: none that is printed in small letters elsewhere."""
    begins: bool
    """Whether it is one word that begins a sentence."""


class Side:
    """A row's text on one side, as names are looked up in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bare = text.replace(".", "") if "." in text else text
        self.lower = self.bare.lower()

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every word as ``lexicon.called`` gives it."""
        return frozenset(self.line.split())

    @cached_property
    def line(self) -> str:
        """The words in a row, a space before and after each."""
        return f" {' '.join([lexicon.called(word) for word in _WORD.findall(self.text)])} "

    @cached_property
    def capitals(self) -> tuple[str, ...]:
        """The words that begin with a capital, without points."""
        return tuple([word.replace(".", "") for word in _CANDIDATE.findall(self.text)])

    @cached_property
    def initials(self) -> str:
        """Their first letters in order."""
        return "".join([word[0] for word in self.capitals])

    def has(self, name: str) -> bool:
        """Whether the name, as ``lexicon.called`` gives it, stands in the text word for word or by another name."""
        names = (name, *lexicon.other_names(name))
        if any(_stands(other, self.bare if other.isupper() else self.lower) for other in names):
            return True
        return _ACCENTED.search(self.text) is not None and any(f" {other} " in self.line for other in names)

    def has_word(self, word: str) -> bool:
        """Whether a name's ``word`` stands in the text in some form."""
        form = lexicon.called(word)
        if self.has(form) or _stands(form.lower().removesuffix("s"), self.lower):
            return True
        if form.isupper() and len(form) > 1 and (form in self.initials or _stands(form.lower(), self.lower)):
            return True
        return any(alike(word, capital) for capital in self.capitals)

    def has_plainly(self, word: str) -> bool:
        """Whether the word stands in the text as it is, or, if it is a longer one, in another."""
        bare = word[:-2] if word[-2:] in ("'s", "’s") else word
        return _stands(bare, self.text) or (len(bare) > lexicon.ABBREVIATION and bare.lower() in self.lower)


def _stands(word: str, text: str) -> bool:
    at = text.find(word)
    if at < 0:
        return False
    after = at + len(word)
    return not (text[at - 1 : at].isalnum() or text[after : after + 1].isalnum())


def candidates(text: str, spans: Sequence[Span], parts: Sequence[str]) -> list[Word]:
    """The words of the changes on one side that may belong to a name, hyphenated ones in their parts.

    ``spans`` are the changes' places in ``text`` and ``parts`` what stands there.
    """
    return [
        Word(word, word.lower(), *match.span(), number)
        for number, part in enumerate(parts)
        if part != part.lower()
        for match in _CANDIDATE.finditer(text, *spans[number])
        if _may_name(word := match.group())
    ]


def _may_name(word: str) -> bool:
    small = word.lower()
    if small.replace("’", "'") in _NOT_NAMES or len(word) == 1:
        return word in _ABBREVIATIONS
    return not (small.startswith("no") and _NUMBERED.match(small))


def lacking(text: str, named: Sequence[Word], other: Side) -> list[Name]:
    """The names among the ``candidates`` of a text that the other side lacks in whole or in part."""
    absent = [word for word in named if not other.has_plainly(word.text) and _is_told_as_name(text, word)]
    found = []
    for run in _runs(text, absent):
        # "United States" is looked up before its words are: most names that are absent go by another.
        if len(run) > 1 and other.has(_called(text, run[0].start, run[-1].end)):
            continue
        for gone in _runs(text, [word for word in run if not other.has_word(word.text)]):
            name = _name(text, gone, other)
            if name:
                found.append(name)
    return found


def _name(text: str, gone: Sequence[Word], other: Side) -> Name | None:
    """The name that the neighbouring words belong to; none where it stands on the other side in another form."""
    span = _widened(text, (gone[0].start, gone[-1].end))
    if other.has(_called(text, *span)) or _initials(text[slice(*span)]) in other.forms:
        return None
    begins = len(gone) == 1 and bool(_BEGINS.search(text, max(0, gone[0].start - 4), gone[0].start))
    firm = any(_is_firm(word.text) for word in gone)
    if _is_credit(text, span) or (not firm and (begins or _is_title_case(text))):
        return None
    before, after = text[span[0] : gone[0].start], text[gone[-1].end : span[1]]
    kept = any(_is_own(word) and _kept(word, text, other) for word in _WORD.findall(before)) or any(
        word.lower() not in _TITLES and _kept(word, text, other) for word in _WORD.findall(after)
    )
    return Name(span, tuple(gone), not kept, firm, begins)


def _called(text: str, start: int, end: int) -> str:
    return lexicon.called(" ".join(text[start:end].split()))


def _is_title_case(text: str) -> bool:
    """Whether nearly all longer words begin with a capital, as in a headline: capitals say little then."""
    long = [word for word in _WORD.findall(text) if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _is_told_as_name(text: str, word: Word) -> bool:
    """Whether a word is more than one of small letters that begins a sentence."""
    if _is_firm(word.text) or text[word.end + 1 : word.end + 2].isupper():
        return True
    return not _BEGINS.search(text, max(0, word.start - 4), word.start)


def _is_credit(text: str, span: Span) -> bool:
    """Whether a name is all that stands between a sentence and the end of its paragraph: AFP, below a picture."""
    line = text.find("\n", span[1])
    after = text[span[1] : line if line >= 0 else len(text)]
    return not after.strip(" .)/|") and bool(_AFTER_SENTENCE.search(text, max(0, span[0] - 12), span[0]))


@lru_cache(maxsize=1 << 13)
def alike(one: str, other: str) -> bool:
    """Whether two words are one name, spelled or transliterated in two ways.

    >>> alike("Zelensky", "Zelenskyy"), alike("Kiev", "Kyiv"), alike("Austria", "Australia"), alike("Iran", "Iraq")
    (True, True, False, False)
    """
    one, other = lexicon.called(one), lexicon.called(other)
    if one == other:
        return True
    if not (one + other).isalpha() and any(map(str.isdigit, one + other)):
        return False
    others = lexicon.other_names(one)
    if other in others:
        return True
    if others and lexicon.other_names(other):
        return False
    one, other = sound(spelling.common(one)), sound(spelling.common(other))
    if one == other or one[:1] != other[:1]:
        return one == other
    if min(len(one), len(other)) <= SHORT:
        return min(len(one), len(other)) == SHORT and (one.startswith(other) or other.startswith(one))
    return one[:STEM] == other[:STEM] or Levenshtein.normalized_similarity(one, other) >= ALIKE


@lru_cache(maxsize=1 << 12)
def sound(name: str) -> str:
    """One spelling for the letters that transliterations write in two ways, without doubled letters.

    >>> sound("dmitriy") == sound("dmitri"), sound("yeltsin") == sound("jelzin")
    (True, False)
    """
    for letters, instead in _SAME_SOUND:
        if letters in name:
            name = name.replace(letters, instead)
    return _DOUBLED.sub(r"\1", name)


def _is_firm(word: str) -> bool:
    form = lexicon.called(word)
    return (
        (len(form) > 1 and form.isupper()) or not lexicon.is_common(form) or bool(lexicon.other_names(form))
    )


def _is_own(word: str) -> bool:
    """Whether a word is one's own name, neither a title nor that of a country."""
    return word.lower() not in _TITLES and not lexicon.other_names(lexicon.called(word))


def _kept(word: str, text: str, other: Side) -> bool:
    """Whether a word of a name stands on the other side as often as here: of two Vladimirs one may be gone."""
    return word[0].isupper() and 0 < text.count(word) <= other.text.count(word)


def _runs(text: str, gone: Sequence[Word]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for word in gone:
        if run and not _JOINT.match(text, run[-1].end, word.start):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _widened(text: str, span: Span) -> Span:
    """The span with the words in capitals that adjoin it."""
    start, end = span
    while True:
        before = re.search(
            r"([^\W\d_a-z][^\W_]*(?:['’.&-][^\W_]+)*)[ \u00a0]\Z", text[max(0, start - 30) : start]
        )
        if before is None or not _may_name(before.group(1)):
            break
        start -= len(before.group())
    while True:
        after = re.match(r"[ \u00a0]([^\W\d_a-z][^\W_]*(?:['’.&-][^\W_]+)*)", text[end : end + 30])
        if after is None or not _may_name(after.group(1)):
            break
        end += len(after.group())
    return start, end


def _initials(name: str) -> str:
    letters = [word[0] for word in _WORD.findall(name) if word[0].isupper()]
    return "".join(letters) if len(letters) > 1 else " "
