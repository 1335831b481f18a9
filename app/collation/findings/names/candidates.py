"""Names in a row: which capital letters begin one, and which of them the other side lacks."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.names import matching
from app.collation.findings.names.matching import NameIndex
from app.collation.findings.names.surnames import does_something, is_surname, replaces_another
from app.collation.findings.quantities import number_words
from app.collation.findings.quantities.matching import Value
from app.collation.findings.quantities.spelled_out import ROMAN
from app.collation.findings.quantities.times import dates
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Cover
from app.collation.model import Change, SideName, Span
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.sentences import is_abbreviation

MAX_SHORT_NAME_CHARS = 4
"""Letters of a word that may be somebody's name although it is printed in small letters too: Xi, Park."""

MAX_ADJOINING_WORDS = 6
"""Words before and after those that are lacking which may belong to the same name."""

MAX_WORD_CHARS = 30
"""Letters of the longest word that may belong to a name."""

_AFTER_SENTENCE = re.compile(r"[.!?][\"”’)]*\s+[(—–-]*\s*\Z")
_NEIGHBOUR = r"[^\W\d_a-zß-öø-ÿ][^\W_]*(?:[’'.&-](?!s\b)[^\W_]+)*"
_NEIGHBOUR_BEFORE = re.compile(rf"(?<![^\W_])({_NEIGHBOUR})[ \u00a0]\Z")
_NEIGHBOUR_AFTER = re.compile(rf"[ \u00a0]({_NEIGHBOUR})")
_SMALL_WORDS_AFTER = re.compile(r"(?:['’]s)?[ \u00a0]([a-z]+)(?:[ \u00a0]([a-z]+))?")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_NUMBERED = re.compile(r"nos?\.?\d")
_JOINT = re.compile(
    r"(?:[ \u00a0](?:(?:of|the|de|la|le|du|der|von|van|al|el|bin|&)[ \u00a0]){0,2}|[ \u00a0]?[-‑&/][ \u00a0]?|\. )\Z"
)
_BEGINS = re.compile(
    r"(?:\A|[.!?:;\n•]\s*|[\"“”‘'()«\[–—-]\s*|[←-⇿⌀-➿⤀-⥿⬀-⯿\U0001f000-\U0001faff]\ufe0f?\s*)"
    r"[\"“”‘'(«\[]*\Z"
)
_NOT_NAMES = lexicon.words("capitalised_words", "no_name") | FUNCTION_WORDS | dates.WORDS | number_words.WORDS
_ABBREVIATIONS = frozenset({"US", "U.S", "WHO", "IS"})
"""Names that only their capitals distinguish from common words."""

_ROLES = lexicon.words("titles_and_roles", "before_name")
"""What people are called before their names."""

_PEOPLE = lexicon.words("given_names", "male", "female", "month") | {"march", "per", "said"}
_FIRST_NAMES_TOO = frozenset(("Per", "Said", "Will"))
"""First names that are small words too."""

_SAYING = frozenset(form for verb in lexicon.reporting_verbs() for form in verb.forms)
_FOLLOWING = re.compile(r"[ ]([^\W\d_]+)")
_DAY = re.compile(r",?[ \u00a0]\d")
_SURNAME = re.compile(r"[ ][A-Z][^\W\d_]+")
_SMALL_BEFORE = re.compile(r"[a-zß-öø-ÿ],?[ ]\Z")
_DOLLARS = re.compile(r"[.]?[ ]?(?:\$|dollar)")
_ROMAN = frozenset(sign.upper() for sign in ROMAN)
_NEAR_FIGURES = re.compile(r"[\d$€£¥]|WW|degrees?\b")
MAX_CHARS_TO_FIGURES = 24
"""Characters before a word in which the number is looked for that it may be the unit of."""

TITLES = _ROLES | lexicon.words("bodies", "in_title")
"""Capitalised words that name nobody by themselves: of "Deputy Prime Minister Wong", only the last word does."""


class Name(NamedTuple):
    """Neighbouring words with capitals, of which the other side lacks some."""

    span: Span
    """The whole name."""
    lacking: tuple[RowWord, ...]
    """The words that the other side lacks."""
    whole: bool
    """Whether it lacks all that names: of "President Biden" the second word."""
    firm: bool
    """Whether one of the lacking words is sure to be a name: none that is printed in small letters elsewhere."""
    begins: bool
    """Whether it is one word that begins a sentence."""

    @property
    def is_sure(self) -> bool:
        """Whether it is sure to be a name, and a whole one."""
        return self.firm and self.whole


def candidates(text: str, parts: Sequence[str], changes: Sequence[Change], side: SideName) -> list[RowWord]:
    """Return the words of the changes on one side that may belong to a name, hyphenated ones in their parts.

    ``parts`` is what the ``changes`` hold of ``text`` on that ``side``.
    """
    words = []
    for number, part in enumerate(parts):
        # Most are in small letters, which is the quickest check.
        if not part.islower() and part != part.lower():
            span: Span = getattr(changes[number], side)
            for match in matching.CAPITALISED.finditer(text, *span):
                word = match.group()
                if _may_name(word) or (word in _FIRST_NAMES_TOO and _is_called(text, match.span())):
                    words.append(RowWord(word, word.lower(), *match.span(), number))
    return words


def not_counted(
    text: str, named: Sequence[RowWord], absent: Sequence[RowWord], values: Callable[[], Sequence[Value]]
) -> list[RowWord]:
    """Return the ``absent`` words that belong to no number or date: not Celsius, BC, Q3 or the US of US$5.

    ``values`` returns these, and is only called where some word of the ``named``, which hold them, may belong to one.
    """
    if not absent or not any(_may_count(text, word) for word in named):
        return [*absent]
    cover = Cover(value.span for value in values() if _holds_names(text, value))
    return [
        word
        for word in absent
        if word.text not in _ROMAN
        and (
            not cover.meets(word.span)
            # Of Norwegian crowns the adjective may be a name that changed.
            or (lexicon.other_names(lexicon.called(word.text)) and not _DOLLARS.match(text, word.end))
        )
    ]


def _may_count(text: str, word: RowWord) -> bool:
    return (
        word.text in dates.NAMES_TOO
        or word.text in _ROMAN
        or _NEAR_FIGURES.search(text, max(0, word.start - MAX_CHARS_TO_FIGURES), word.end + 3) is not None
    )


def _holds_names(text: str, value: Value) -> bool:
    """Return whether capitals in a value belong to it: not those of Covid-19."""
    return not value.silent and (
        value.kind == "date"
        or value.measure is not None
        or bool(value.readings[0][0])
        or text.startswith("WW", value.span[0])
    )


def _is_called(text: str, span: Span) -> bool:
    """Return whether a word that is a verb too is a first name: Will Smith; where it may ask, before a pause."""
    surname = _SURNAME.match(text, span[1])
    if surname is None:
        return False
    if _follows(_BEGINS, text, span[0], 4):
        return not _is_title_case(text) and (
            text.startswith(",", surname.end())
            or does_something(text, RowWord(surname[0], surname[0].lower(), *surname.span(), 0))
        )
    return _SMALL_BEFORE.search(text, max(0, span[0] - MAX_WORD_CHARS), span[0]) is not None


@lru_cache(maxsize=1 << 13)
def _may_name(word: str) -> bool:
    return _may_adjoin(word) or word in dates.NAMES_TOO


def _may_adjoin(word: str) -> bool:
    small = word.lower()
    if small.replace("’", "'") in _NOT_NAMES or len(word) == 1:
        return word in _ABBREVIATIONS
    return not (small.startswith("no") and _NUMBERED.match(small))


def lacking(text: str, named: Sequence[RowWord], other_side: NameIndex) -> list[Name]:
    """Return the names among the ``candidates`` of a text that the other side lacks in whole or in part."""
    surnames = [
        word
        for word in named
        if (is_surname(text, word) or replaces_another(text, word, other_side.text))
        and not other_side.has_exactly(word.text)
    ]
    names = [Name(word.span, (word,), True, True, False) for word in surnames]
    absent = [
        word
        for word in named
        if word not in surnames
        and not (
            other_side.has_exactly(word.text)
            if _is_word_too(text, word)
            else other_side.has_plainly(word.text)
        )
        and _may_be_name(text, word)
    ]
    for run in _runs(text, absent):
        # "United States" is looked up before its words are: most names that are absent go by another.
        if len(run) > 1 and other_side.has(_called(text, run[0].start, run[-1].end)):
            continue
        if _is_credit(text, (run[0].start, run[-1].end)) or _is_body(text, run, other_side):
            continue
        lacked = [word for word in run if _is_word_too(text, word) or not other_side.has_word(word.text)]
        for gone in _runs(text, lacked):
            name = _name(text, gone, other_side)
            if name:
                names.append(name)
    return names


def _is_word_too(text: str, word: RowWord) -> bool:
    """Return whether a word is a name there, though in small letters it is any other word: Will Odoyo, Laura May."""
    return word.text in _FIRST_NAMES_TOO or (
        word.text in dates.NAMES_TOO and dates.follows_first_name(text, word.start)
    )


def _name(text: str, gone: Sequence[RowWord], other_side: NameIndex) -> Name | None:
    """Return the name that neighbouring words belong to, or None if the other side has it in another form."""
    span = gone[0].start, gone[-1].end
    headline = _is_title_case(text)
    if not headline:
        span = _widened(text, span)
    initials = _initials(text[slice(*span)])
    if (
        other_side.has(_called(text, *span))
        or initials in other_side.forms
        or (len(initials) > 2 and any(each.endswith(initials) for each in other_side.mixed_abbreviations))
    ):
        return None
    begins = len(gone) == 1 and _follows(_BEGINS, text, gone[0].start, 4)
    firm = any(_is_firm(word.text) or _is_person(text, word) for word in gone)
    if not firm and (begins or headline or _is_title(gone)):
        return None
    if lexicon.other_names(_called(text, *span)):
        # South Sudan is known, so that "Sudan" on the other side is no part of it.
        return Name(span, tuple(gone), True, True, begins)
    before, after = text[span[0] : gone[0].start], text[gone[-1].end : span[1]]
    partly_kept = any(
        (_is_own(word) or _is_short_for_it(word, other_side)) and _kept(word, text, other_side)
        for word in matching.WORD.findall(before)
    ) or any(
        word.lower() not in TITLES and _kept(word, text, other_side) for word in matching.WORD.findall(after)
    )
    return Name(span, tuple(gone), not partly_kept, firm, begins)


def _is_person(text: str, word: RowWord) -> bool:
    """Return whether a first name that is a common word too is one: Bill Hanley, Mark said."""
    if word.lower not in _PEOPLE or _is_title_case(text):
        return False
    following = _FOLLOWING.match(text, word.end)
    return following is not None and (
        (following[1][0].isupper() and following[1].lower() not in TITLES) or following[1] in _SAYING
    )


def is_common_noun(text: str, name: Name) -> bool:
    """Return whether a name may be the common noun that a sentence begins with: house prices, energy bills.

    That is a word by which a longer name goes for short, where it does nothing (the House voted) and is part of no
    source (state television reported).
    """
    word = name.lacking[0]
    following = _SMALL_WORDS_AFTER.match(text, word.end)
    if following and following[2] in _SAYING:
        return False
    if (
        not name.begins
        or lexicon.is_country(form := lexicon.called(word.text))
        or not lexicon.is_common(form)
    ):
        return False
    others = lexicon.other_names(form)
    return (
        any(" " in other and any(part.startswith(form) for part in other.split()) for other in others)
        and not any(" " not in other and other.startswith(form[:MAX_SHORT_NAME_CHARS]) for other in others)
        and not does_something(text, word)
    )


def _is_title(words: Sequence[RowWord]) -> bool:
    return all(word.lower in _ROLES for word in words)


def _is_body(text: str, run: Sequence[RowWord], other_side: NameIndex) -> bool:
    """Return whether the other side has the body that a name makes with the small words after it: Israeli army."""
    following = _SMALL_WORDS_AFTER.match(text, run[-1].end)
    if following is None:
        return False
    ends = [following.end(number) for number in range(1, 3) if following.group(number)]
    return any(
        other_side.has(body) for end in ends if lexicon.other_names(body := _called(text, run[0].start, end))
    )


def _called(text: str, start: int, end: int) -> str:
    return lexicon.called(" ".join(text[start:end].split()))


def _is_title_case(text: str) -> bool:
    """Return whether nearly all longer words begin with a capital, as in a headline, which ends without a full stop.

    Capitals say little then.
    """
    if text.rstrip("\"”’' ").endswith((".", ":", ";")):
        return False
    long = [word for word in matching.WORD.findall(text) if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _may_be_name(text: str, word: RowWord) -> bool:
    """Return whether a word is more than one of small letters that begins a sentence."""
    if _is_firm(word.text) or text[word.end + 1 : word.end + 2].isupper() or _is_person(text, word):
        return True
    return not _follows(_BEGINS, text, word.start, 4)


def _is_credit(text: str, span: Span) -> bool:
    """Return whether a name stands alone between a sentence and the end of its paragraph: AFP, below a picture."""
    line = text.find("\n", span[1])
    after = text[span[1] : line if line >= 0 else len(text)]
    return not after.strip(" .)/|") and _follows(_AFTER_SENTENCE, text, span[0], 12)


def _follows(break_: re.Pattern[str], text: str, at: int, reach: int) -> bool:
    """Return whether what comes right before ``at`` ends a sentence or the like; the point of "Mr." does not."""
    match = break_.search(text, max(0, at - reach), at)
    return match is not None and not (match[0][:1] == "." and is_abbreviation(text, match.start()))


def _is_firm(word: str) -> bool:
    form = lexicon.called(word)
    return (
        (len(form) > 1 and form.isupper()) or not lexicon.is_common(form) or bool(lexicon.other_names(form))
    )


def _is_own(word: str) -> bool:
    """Return whether a word is one's own name, neither a title nor that of a country."""
    form = lexicon.called(word)
    if word.lower() in TITLES or lexicon.other_names(form):
        return False
    return len(form) <= MAX_SHORT_NAME_CHARS or not lexicon.is_common(form)  # Xi and Park are words too


def _is_short_for_it(word: str, other_side: NameIndex) -> bool:
    """Return whether a common word is a name by itself on the other side: Dynamo Kyiv, "a goal for Dynamo"."""
    if word.lower() in TITLES or lexicon.other_names(lexicon.called(word)) or not word[0].isupper():
        return False
    alone = rf"(?<=[^\W\d_][ ]){re.escape(word)}(?![^\W_]|[ -][A-Z])"
    return re.search(alone, other_side.text) is not None and not _is_title_case(other_side.text)


def _kept(word: str, text: str, other_side: NameIndex) -> bool:
    """Return whether the other side has a word of a name as often: one of two Vladimirs may be missing."""
    if not word[0].isupper():
        return False
    own, others = text.count(word), other_side.text.count(word)
    # Zelenskyy, Zelensky: counted by their likeness where they are not spelled alike.
    return 0 < own <= (others or sum(matching.alike(word, capital) for capital in other_side.capitals))


def _runs(text: str, gone: Sequence[RowWord]) -> Iterator[list[RowWord]]:
    run: list[RowWord] = []
    for word in gone:
        if run and not _JOINT.match(text, run[-1].end, word.start):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _widened(text: str, span: Span) -> Span:
    """Return the span with the capitalised words that adjoin it; what follows "Rome's" is no part of that name."""
    start, end = span
    for _ in range(MAX_ADJOINING_WORDS):
        before = _NEIGHBOUR_BEFORE.search(text, max(0, start - MAX_WORD_CHARS), start)
        if before is None or not _may_adjoin(before[1]):
            break
        start = before.start()
    for _ in range(MAX_ADJOINING_WORDS):
        after = _NEIGHBOUR_AFTER.match(text, end, end + MAX_WORD_CHARS)
        if after is None or text.endswith(_POSSESSIVE, 0, end):
            break
        # Theresa May, but Kyiv May 5.
        if not (_may_adjoin(after[1]) or (after[1] in dates.NAMES_TOO and not _DAY.match(text, after.end()))):
            break
        end = after.end()
    return start, end


def _initials(name: str) -> str:
    letters = [word[0] for word in matching.WORD.findall(name) if word[0].isupper()]
    return "".join(letters) if len(letters) > 1 else " "
