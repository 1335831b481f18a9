"""Two phrases of a sentence that may have changed places, and whether that changes what it says."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.quantities.times import dates
from app.collation.findings.row.changed_words import words
from app.collation.lexicon import base_forms, verb_forms
from app.collation.model import Span
from app.collation.text.words import WORD

MAX_WORDS_TO_BOND = 4
"""Words before two phrases in which a bond makes one of both: talks with, the border of."""

TOKEN = re.compile(rf"{WORD}|[^\w\s]")
_WORD = re.compile(WORD)
_JOINING = frozenset(", ; / & - – — and or nor as well both then plus".split())
ARTICLES = frozenset("the a an".split())
BE = frozenset("is are was were be been being am 's became become becomes".split())
_COPULAR = BE | frozenset(
    "turn turns turned out prove proves proved proven seem seems seemed appear appears appeared remain remains "
    "remained to have has had".split()
)
"""What joins one thing to what it is: various films turned out to be the most popular."""

OPENERS = lexicon.words("function_words", "clause_opener", "conjunction") | frozenset(
    "to by of into onto near amid against between".split()
)
"""Words that open a phrase which takes its part in the sentence along: in Rome, because it rained."""

LIGHT = lexicon.words("function_words", "light", "auxiliary", "adverb", "subject", "determiner")
NUMBERS = {**lexicon.numbers("cardinal"), **lexicon.numbers("ordinal")}


class Token(NamedTuple):
    """A word or a punctuation mark, with its place."""

    form: str
    start: int
    end: int


class Exchange(NamedTuple):
    """Two phrases and what is kept between them, as tokens of the base."""

    first: Sequence[Token]
    between: Sequence[Token]
    second: Sequence[Token]


def tokens_of(text: str, span: Span) -> list[Token]:
    """Return the words and punctuation marks of a span of a text."""
    return [Token(form_of(match.group()), *match.span()) for match in TOKEN.finditer(text, *span)]


@cache
def plain_signs() -> dict[int, str]:
    """Return, for `str.translate`, curly quotation marks and dashes as they are compared."""
    return str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})


@lru_cache(maxsize=1 << 13)
def form_of(token: str) -> str:
    """Return a token as it is compared: in small letters, a number word as figures."""
    lower = token.lower().translate(plain_signs())
    if lower in NUMBERS:
        return str(NUMBERS[lower])
    tens, dash, unit = lower.partition("-")
    if dash and tens in NUMBERS and unit in NUMBERS:
        return str(NUMBERS[tens] + NUMBERS[unit])
    return lower


_CURRENCIES = frozenset("€$£¥₹₽₩")


def turns_meaning(text: str, exchange: Exchange) -> bool:
    """Return whether a sentence means something else after two phrases in it changed places.

    It does not where these are only listed, one is the other, either takes its part along ("in Rome he spoke on
    Monday"), or what joins them is said of both alike: met, married, talks with, near.
    """
    first, between, second = exchange
    for phrase in (first, second):
        kept = [token.form for token in phrase if _WORD.match(token.form)]
        parted = any(token.form == '"' for token in phrase)
        if parted or not kept or phrase[0].form in OPENERS:
            return False
        if LIGHT.issuperset(kept) and text[phrase[0].start : phrase[-1].end] not in dates.NAMES_TOO:
            return False
    forms = [token.form for token in between]
    joined = [form for form in forms if form not in ARTICLES and form not in _CURRENCIES]
    if not joined or _is_copula(joined):
        return False
    if not _BETWEEN_CLAUSES.isdisjoint(joined) and all(map(_counts_itself, (first, second))):
        return False  # Graz had 61 percent, whereas Linz had 48: each takes its figure along
    if joined[0] in _JOINING and joined[-1] in _JOINING:
        # In a list; but not: Lund, 34, left and Berg, 41, stayed.
        return first[0].form.isdigit() and any(
            form.tense == "past" for each in joined for form in verb_forms(each)
        )
    if not any(_WORD.match(form) for form in joined):
        return False
    if (
        "." in joined
        and '"' not in joined
        and all(text[phrase[0].start : phrase[-1].end].islower() for phrase in (first, second))
    ):
        return False  # words of two sentences
    if any(_is_symmetric(form, "relation") for form in forms):
        return False
    before_each = ["", *forms]
    if any(
        _is_symmetric(form, "verb") and before not in ARTICLES and before not in OPENERS
        for before, form in zip(before_each, forms, strict=False)
    ):
        return False  # they met; but not: the talks, after talks
    if any(_is_symmetric(form, "bond") for form in forms) and joined[-1] in ("with", "between"):
        return False
    start = first[0].start
    before = words(text, (max(0, start - 40), start))[-MAX_WORDS_TO_BOND:]
    return not (
        set(joined) <= {"with", "and", "to"}
        and any(_is_symmetric(word.lower, "bond", "relation") for word in before)
    )


_BETWEEN_CLAUSES = frozenset(("but", "while", "whereas", "and", ";"))


def _counts_itself(phrase: Sequence[Token]) -> bool:
    """Return whether a phrase has both a figure and what it counts: 41 for Labour."""
    words_of_phrase = [token.form for token in phrase if _WORD.match(token.form) and token.form not in LIGHT]
    figures = [form for form in words_of_phrase if form[0].isdigit()]
    return bool(figures) and len(words_of_phrase) > len(figures)


def _is_copula(words: Sequence[str]) -> bool:
    return _COPULAR.issuperset(words) and not BE.isdisjoint(words)


def _is_symmetric(form: str, *kinds: str) -> bool:
    symmetric = lexicon.words("symmetric", *kinds)
    return form in symmetric or not symmetric.isdisjoint(base_forms(form))


def bare(text: str, phrase: Sequence[Token]) -> str:
    """Return a phrase without the punctuation at its ends."""
    word_tokens = [token for token in phrase if _WORD.match(token.form)]
    bare = " ".join(text[word_tokens[0].start : word_tokens[-1].end].split())
    return re.sub(r"['’]s\Z|['’]\Z", "", bare)


def in_order(phrase: str) -> tuple[bool, int, str, str]:
    """Return what phrases are sorted by, so that both sides name them in one order; figures by size."""
    is_number = phrase[:1].isdigit()
    return is_number, len(phrase) if is_number else 0, phrase.casefold(), phrase
