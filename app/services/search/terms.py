"""What a text is searched by: its terms, folded, each with its place; the same for texts and for queries.

A term is a word in small letters without accents, its characters folded as Unicode's NFKC does (`ﬁ`, `Ａ`, `²`). In
scripts
that set no spaces, and in Korean, whose particles join the word before them, terms are pairs of neighbouring
characters, so that any run of characters is found as a phrase.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from app.collation.lexicon import load
from app.collation.patterns import unicode_pattern
from app.collation.text.language import FUNCTION_WORDS, is_english, likely_languages
from app.collation.text.tokens import UNSPACED
from app.db.index.search_expression import SearchColumns
from app.services.search import date_facts

PARAGRAPH = "¶"
"""Between two paragraphs, so that no phrase is found across them. Signs like this one are in no term."""

MAX_TERM_CHARS = 60
"""Characters of a term; of a longer word only so many are searched."""

MAX_RUN = 3
"""Common words in a row that are one fact, so that a phrase of them need not be looked for word by word."""

_FREQUENT_SIGNS = "’“”‘–—…\xa0"
_INVISIBLE = r"\p{Default_Ignorable_Code_Point}\u061c\u0640"
_APOSTROPHES = "\u02b9-\u02bf\ua78b\ua78c"
"""Letters by their category that stand for an apostrophe: a word ends there, as at the other apostrophes."""
_RUN_CHAR = rf"[{UNSPACED}\uff70\p{{Script=Hangul}}]"
_ASCII_WORD = regex.compile("[A-Za-z0-9]+")
_SMALL_WORD = re.compile("[a-z0-9]+")
_ANY_WORD = unicode_pattern(
    rf"(?P<run>(?:{_RUN_CHAR}[\p{{M}}\uff9e\uff9f{_INVISIBLE}]*+)++)"
    rf"|[[\p{{L}}\p{{N}}]--{_RUN_CHAR}--[{_APOSTROPHES}]]"
    rf"[[\p{{L}}\p{{N}}\p{{M}}{_INVISIBLE}]--{_RUN_CHAR}--[{_APOSTROPHES}]]*+",
    regex.VERSION1,
)
_IN_RUN = unicode_pattern(rf"{_RUN_CHAR}[\p{{M}}\uff9e\uff9f{_INVISIBLE}]*+", regex.VERSION1)
_NO_TERM = unicode_pattern(rf"[^\p{{L}}\p{{N}}\p{{M}}]|[{_INVISIBLE}]", regex.VERSION1)

_SCRIPTS = (
    ("ko", regex.compile(r"\p{Script=Hangul}")),
    ("ja", regex.compile(r"[\p{Script=Hiragana}\p{Script=Katakana}]")),
    ("zh", regex.compile(r"\p{Script=Han}")),
    ("th", regex.compile(r"\p{Script=Thai}")),
    ("ar", regex.compile(r"\p{Script=Arabic}")),
    ("he", regex.compile(r"\p{Script=Hebrew}")),
    ("el", regex.compile(r"\p{Script=Greek}")),
    ("uk", regex.compile(r"[іїєґІЇЄҐ]")),
    ("ru", regex.compile(r"\p{Script=Cyrillic}")),
    ("hi", regex.compile(r"\p{Script=Devanagari}")),
)
_LETTER = regex.compile(r"\p{L}")

MAX_LANGUAGE_CHARS = 600
"""Characters of a text from which its language is recognised."""

UNKNOWN_LANGUAGE = "und"


class Term(NamedTuple):
    """A term and where it is in its text, in code points; ``is_run`` for one of an unspaced script."""

    text: str
    start: int
    end: int
    is_run: bool = False


@dataclass(frozen=True, slots=True)
class SearchText:
    """The terms by which the paragraphs of a text are searched."""

    terms: str
    """All terms in order, with ``PARAGRAPH`` between paragraphs."""
    facts: tuple[str, ...]
    """Beginnings of words, runs of common words, the language. Each begins with a character that no term has."""


def cut(text: str) -> list[Term]:
    """Return the terms of a text with their places.

    >>> [term.text for term in cut("Beyoncé didn’t visit 北京市.")]
    ['beyonce', 'didn', 't', 'visit', '北京', '京市', '市']
    """
    text = plain(text)
    if text.isascii():
        return [Term(word[0].lower()[:MAX_TERM_CHARS], *word.span()) for word in _ASCII_WORD.finditer(text)]
    return list(_cut_any(text))


def plain(text: str) -> str:
    """Return the text with a space for each common non-ASCII character, so that it is cut quickly."""
    if not text.isascii():
        for sign in _FREQUENT_SIGNS:
            text = text.replace(sign, " ")
    return text


def words_of(text: str) -> list[str]:
    """Return the terms of a text without their places, in a third of the time."""
    text = plain(text)
    if not text.isascii():
        return [term.text for term in _cut_any(text)]
    words = _SMALL_WORD.findall(text.lower())
    return (
        words
        if max(map(len, words), default=0) <= MAX_TERM_CHARS
        else [word[:MAX_TERM_CHARS] for word in words]
    )


def _cut_any(text: str) -> Iterator[Term]:
    if not _STANDING.search(text):
        yield from _cut_folded(text)
        return
    # Signs that stand for several are written out; each term is where they are in the text as it is.
    written: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        signs = _STANDS_FOR.get(sign, sign)
        written.append(signs)
        places += [place] * len(signs)
    for term in _cut_folded("".join(written)):
        yield term._replace(start=places[term.start], end=places[term.end - 1] + 1)


def _cut_folded(text: str) -> Iterator[Term]:
    for match in _ANY_WORD.finditer(text):
        if match["run"] is None:
            if folded := fold(match[0]):
                yield Term(folded, *match.span())
            continue
        signs = [
            (folded, start + match.start(), end + match.start())
            for run in _IN_RUN.finditer(match[0])
            for start, end in [run.span()]
            if (folded := fold(run[0]))
        ]
        for (first, start, _), (second, _, end) in pairwise(signs):
            yield Term(first + second, start, end, True)
        if signs:
            yield Term(*signs[-1], True)


def _stands_for(sign: str) -> str:
    """Return the letters or digits that NFKC writes for a sign which is no word's part as it is; else nothing.

    Fractions are numbers apart from the one before them, as they are read: 1½ is not 11/2. What is raised, as ™ is, is
    no part of a word.

    >>> _stands_for("½"), _stands_for("㎏"), _stands_for("ﷲ"), _stands_for("™"), _stands_for("a")
    (' 1⁄2 ', 'kg', '', '', '')
    """
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    signs = unicodedata.normalize("NFKC", sign)
    is_word = [unicodedata.category(each)[0] in "LNM" and each != "\u02bc" for each in signs]
    is_whole = unicodedata.category(sign)[0] in "LN" and all(is_word)
    if not kind.startswith("<") or is_whole or not any(is_word) or kind == "<super>":
        return ""
    return f" {signs} " if kind == "<fraction>" else signs


_STANDS_FOR = {
    sign: signs
    for first, last in ((0xA1, 0x33FF), (0xFB00, 0xFFEF), (0x1F100, 0x1F2FF))
    for sign in map(chr, range(first, last + 1))
    if (signs := _stands_for(sign))
}
_STANDING = re.compile(f"[{''.join(_STANDS_FOR)}]")


@lru_cache(100_000)
def fold(word: str) -> str:
    """Return a word in small letters, without accents, vowel points and invisible characters.

    Marks that make another letter of theirs, as in Hindi, Thai and Japanese, are kept.

    >>> fold("Müller"), fold("ＦＢＩ"), fold("défense"), fold("Ёлка"), fold("が")
    ('muller', 'fbi', 'defense', 'елка', 'が')
    >>> fold("Łódź"), fold("Ærø"), fold("Işık"), fold("ofﬁce")
    ('lodz', 'aero', 'isik', 'office')
    """
    if word.isascii():
        return word.lower()[:MAX_TERM_CHARS]
    apart = unicodedata.normalize("NFKD", word.casefold()).casefold()
    letters = "".join(
        sign if sign.isascii() else _plain_letter(sign) for sign in apart if not _is_accent(sign)
    )
    return str(_NO_TERM.sub("", unicodedata.normalize("NFC", letters)))[:MAX_TERM_CHARS]


_WITH_SOMETHING = re.compile(r"LATIN SMALL (?:LETTER|LIGATURE) (?:DOTLESS )?([A-Z]{1,2})(?: WITH .+)?")


@lru_cache(10_000)
def _plain_letter(sign: str) -> str:
    """Return the plain letters of a Latin character that Unicode names but does not decompose: ł is L with stroke."""
    match = _WITH_SOMETHING.fullmatch(unicodedata.name(sign, ""))
    return match[1].lower() if match else sign


def _is_accent(sign: str) -> bool:
    mark = unicodedata.combining(sign)
    return 10 <= mark <= 35 or mark >= 200


def phrase(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the terms of a query's words in order, and whether the last one may go on.

    In the text another sign may follow the last one of an unspaced run. So it is no term of its own; one that is alone
    begins a term.

    >>> phrase("国防 部"), phrase("国防部")
    ((('国防', '防', '部'), True), (('国防', '防部'), False))
    """
    terms = cut(text)
    words = tuple(term.text for term in terms)
    if not terms or not terms[-1].is_run:
        return words, False
    is_alone = len(terms) == 1 or not terms[-2].is_run or terms[-2].end != terms[-1].end
    return (words, True) if is_alone else (words[:-1], False)


def of_text(paragraphs: Sequence[str]) -> SearchText:
    """Return what these paragraphs are searched by. It takes a millisecond for a news article."""
    by_paragraph = [words_of(paragraph) for paragraph in paragraphs]
    words = {word for several in by_paragraph for word in several}
    facts = {*beginnings(words), language_fact(language_of(paragraphs))}
    for several in by_paragraph:
        facts.update(_runs(several))
    return SearchText(f" {PARAGRAPH} ".join(" ".join(several) for several in by_paragraph), tuple(facts))


def columns(
    text: SearchText, title: str, publisher: str, author: str, published_on: date | None
) -> SearchColumns:
    """Return an article as the index stores it. Deleting it needs exactly this again."""
    stated = [words_of(part) for part in (title, publisher, author)]
    facts = {*text.facts, publisher_fact(publisher), *date_facts.of_day(published_on)}
    facts.update(beginnings({word for several in stated for word in several}))
    facts.update(_runs(stated[0]))
    return SearchColumns(
        " ".join(stated[0]),
        " ".join(stated[1]),
        " ".join(stated[2]),
        text.terms,
        " ".join(sorted(facts - {""})),
    )


def beginnings(words: Iterable[str]) -> set[str]:
    """Return the facts of how words begin: by one character in unspaced scripts, else by two or three letters."""
    return {
        f"…{word[:length]}"
        for word in words
        for length in ((1,) if is_unspaced(word) else (2, 3))
        if len(word) >= length
    }


def beginning_fact(prefix: str) -> str:
    """Return the fact that a text has a word with this prefix; empty unless there is one for its length."""
    return f"…{prefix}" if len(prefix) in ((1,) if is_unspaced(prefix) else (2, 3)) else ""


def is_unspaced(word: str) -> bool:
    """Return whether a term is of a script whose terms are pairs of characters."""
    return word >= "\u0e00" and bool(_IN_RUN.match(word))


def run_facts(words: Sequence[str]) -> list[str]:
    """Return facts for runs of these words, which find them next to one another; empty unless all are common."""
    if len(words) < 2 or not COMMON.issuperset(words):
        return []
    length = min(len(words), MAX_RUN)
    return [f"‿{'‿'.join(words[start : start + length])}" for start in range(len(words) - length + 1)]


def _runs(words: Sequence[str]) -> Iterator[str]:
    run: list[str] = []
    for word in words:
        if word not in COMMON:
            run.clear()
            continue
        run = [*run[1 - MAX_RUN :], word]
        for length in range(2, len(run) + 1):
            yield f"‿{'‿'.join(run[-length:])}"


def publisher_fact(publisher: str) -> str:
    """Return the fact that a text's publisher is this one; empty for none."""
    words = [term.text for term in cut(publisher)]
    return f"·publisher·{'·'.join(words)}" if words else ""


def language_fact(language: str) -> str:
    """Return the fact that a text is in this language; an invalid code gives a fact that no text has.

    >>> language_fact("en"), language_fact('["\\0')
    ('·language·en', '·language·none')
    """
    code = "".join(char for char in language if char.isascii() and (char.isalnum() or char == "-"))
    return f"·language·{code or 'none'}"


def language_of(paragraphs: Sequence[str]) -> str:
    """Return the language of a text as a code, by its script or its function words; ``UNKNOWN_LANGUAGE`` if unsure.

    >>> language_of(["他说，谈判将继续。"]), language_of(["Er sagte, die Gespräche gehen nach der Wahl weiter."])
    ('zh', 'de')
    """
    text = ""
    for paragraph in paragraphs:
        text += f"{paragraph}\n"
        if len(text) > MAX_LANGUAGE_CHARS:
            break
    text = text[:MAX_LANGUAGE_CHARS]
    if not text.isascii():
        letters = len(_LETTER.findall(text))
        for language, script in _SCRIPTS:
            count = len(script.findall(text))
            if count > (letters / 50 if language in ("ja", "uk") else letters / 2):
                return language
    if is_english(paragraphs):
        return "en"
    likely = likely_languages(paragraphs)
    return next(iter(likely)) if len(likely) == 1 else UNKNOWN_LANGUAGE


COMMON = frozenset(
    term.text
    for word in (
        *FUNCTION_WORDS,
        *(word for _, words in load.rows("binding_words") for word in words.split()),
    )
    for term in cut(word)
)
"""Function words of many languages, which nearly every text has."""

LANGUAGES = frozenset({"en", *(language for language, _ in load.rows("binding_words")), *dict(_SCRIPTS)})
"""The codes of the languages that can be recognised."""

VERSION = (
    f"3 {unicodedata.unidata_version} {hashlib.sha256(' '.join(sorted(COMMON)).encode()).hexdigest()[:12]}"
)
"""Raise it whenever texts are cut differently: the index must not hold two kinds of terms."""
