"""Who did what to whom: names, numbers, speakers or nouns that changed places in a passage otherwise kept."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from app.collation import lexicon
from app.collation.findings.quantities.times import dates
from app.collation.findings.row.changed_words import MAX_CHARS_OF_A_SMALL_CHANGE, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.lexicon import base_forms
from app.collation.model import Change, Finding, Span
from app.collation.text.words import WORD

MAX_CHANGES = 5
"""Changes in a row that two exchanged phrases are spread over: a phrase that keeps a word of its own makes two."""

MAX_CHARS = 320
"""Code points from the first exchanged phrase to the end of the second."""

MAX_CHARS_OF_SPELLING = 12
"""Code points by which the two sides of an exchange differ: “Twelve” opens a sentence where “12” stands inside one."""

MAX_PHRASE_WORDS = 4
"""Words of an exchanged phrase; more of a quotation."""

MAX_QUOTATION_WORDS = 16
"""Words of an exchanged phrase that quotation marks stand beside."""

MAX_WORDS_TO_BOND = 4
"""Words before two phrases in which a bond makes one of both: talks with, the border of."""

_TOKEN = re.compile(rf"{WORD}|[^\w\s]")
_WORD = re.compile(WORD)
_DIGIT = re.compile(r"\d")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_JOINING = frozenset(", ; / & - – — and or nor as well both then plus".split())
_ARTICLES = frozenset("the a an".split())
_BE = frozenset("is are was were be been being am 's became become becomes".split())
_OPENERS = lexicon.words("function_words", "clause_opener", "conjunction") | frozenset(
    "to by of into onto near amid against between".split()
)
"""Words that open a phrase which takes its part in the sentence along: in Rome, because it rained."""

_LIGHT = lexicon.words("function_words", "light", "auxiliary", "adverb", "subject", "determiner")
_NUMBERS = {**lexicon.numbers("cardinal"), **lexicon.numbers("ordinal")}


class _Token(NamedTuple):
    """A word or a sign, with its place."""

    form: str
    start: int
    end: int


class _Exchange(NamedTuple):
    """Two phrases and what is kept between them, as tokens of the base."""

    first: Sequence[_Token]
    between: Sequence[_Token]
    second: Sequence[_Token]


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each two phrases that changed places, and for each verb that was turned round them."""
    passage, changed = row.passage, row.passage.changed
    if changed.base_words.isdisjoint(changed.witness_words):
        return _turned(passage)
    findings: list[Finding] = []
    sums = _letter_sums(passage)
    first = 0
    while first < len(passage.reworded):
        for last in range(first, min(first + MAX_CHANGES, len(passage.reworded))):
            if sums and sums[first] != sums[last + 1]:
                continue
            finding = _exchanged(passage, passage.reworded[first], passage.reworded[last])
            if finding:
                findings.append(finding)
                first = last
                break
        first += 1
    return findings or _turned(passage)


def _letter_sums(passage: Passage) -> list[int]:
    """Return by how much the letters up to each change, and past the last, sum up to more in base than in witness.

    From one change to another, words can only have changed places if both sums are equal: a look that takes a tenth of
    the time of reading the words. It says nothing where numbers changed, which may be figures on the other side;
    then none are returned.
    """
    changed = passage.changed
    if not changed.letter_runs.isdisjoint(_NUMBERS) or _DIGIT.search(
        changed.base_text + changed.witness_text
    ):
        return []
    surplus = map(sub, map(_letter_sum, changed.base_parts), map(_letter_sum, changed.witness_parts))
    return list(accumulate(surplus, initial=0))


def _letter_sum(text: str) -> int:
    return sum(text.encode("ascii", "ignore").lower().translate(None, _NO_LETTERS))


def _exchanged(passage: Passage, first: Change, last: Change) -> Finding | None:
    """Return a finding if, from one change to another, two phrases changed places and nothing else differs."""
    base, witness = (first.base[0], last.base[1]), (first.witness[0], last.witness[1])
    length, other_length = base[1] - base[0], witness[1] - witness[0]
    if not 0 < length <= MAX_CHARS or abs(length - other_length) > MAX_CHARS_OF_SPELLING:
        return None
    if not (
        _begins_with_token_of(passage.base, base, passage.witness, witness)
        and _begins_with_token_of(passage.witness, witness, passage.base, base)
    ):
        return None
    tokens, other_tokens = _tokens(passage.base, base), _tokens(passage.witness, witness)
    if len(tokens) != len(other_tokens) or len(tokens) < 3:
        return None
    forms, other_forms = [token.form for token in tokens], [token.form for token in other_tokens]
    if forms == other_forms or sorted(forms) != sorted(other_forms):
        return None
    exchange = _parted(tokens, forms, other_forms)
    if exchange is None or not _turns_meaning(passage.base, exchange):
        return None
    phrases = sorted(
        (_bare(passage.base, phrase) for phrase in (exchange.first, exchange.second)), key=_in_order
    )
    return Finding("exchange", base, witness, f"changed places: {', '.join(phrases)}", "exchange-places")


def _begins_with_token_of(text: str, span: Span, other: str, other_span: Span) -> bool:
    """Return whether the first token of a span may be in the other: a tenth of the time of reading all tokens."""
    match = _TOKEN.search(text, *span)
    form = _form(match.group()) if match else ""
    return form[:1].isdigit() or form in other[slice(*other_span)].lower().translate(_signs())


def _tokens(text: str, span: Span) -> list[_Token]:
    return [_Token(_form(match.group()), *match.span()) for match in _TOKEN.finditer(text, *span)]


@cache
def _signs() -> dict[int, str]:
    return str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})


@lru_cache(maxsize=1 << 13)
def _form(token: str) -> str:
    """Return a token as it is compared: in small letters, a number word as figures."""
    lower = token.lower().translate(_signs())
    if lower in _NUMBERS:
        return str(_NUMBERS[lower])
    tens, dash, unit = lower.partition("-")
    if dash and tens in _NUMBERS and unit in _NUMBERS:
        return str(_NUMBERS[tens] + _NUMBERS[unit])
    return lower


def _parted(tokens: Sequence[_Token], forms: list[str], other_forms: list[str]) -> _Exchange | None:
    """Return the two phrases at the ends that changed places, if what is between them is the same on both sides."""
    quoted = '"' in forms
    longest = min(MAX_QUOTATION_WORDS if quoted else MAX_PHRASE_WORDS, len(forms) - 2)
    for size in range(1, longest + 1):
        if forms[:size] != other_forms[-size:]:
            continue
        for other_size in range(1, min(longest, len(forms) - size - 1) + 1):
            if (
                forms[-other_size:] == other_forms[:other_size]
                and forms[size:-other_size] == other_forms[other_size:-size]
            ):
                return _Exchange(tokens[:size], tokens[size:-other_size], tokens[-other_size:])
    return None


def _turns_meaning(text: str, exchange: _Exchange) -> bool:
    """Return whether a sentence says something else once two phrases in it changed places.

    It does not where these are only listed, one is the other, either takes its part along ("in Rome he spoke on
    Monday"), or what joins them is said of both alike: met, married, talks with, near.
    """
    first, between, second = exchange
    for phrase in (first, second):
        kept = [token.form for token in phrase if _WORD.match(token.form)]
        parted = any(token.form == '"' for token in phrase)
        if parted or not kept or phrase[0].form in _OPENERS:
            return False
        if _LIGHT.issuperset(kept) and text[phrase[0].start : phrase[-1].end] not in dates.NAMES_TOO:
            return False
    forms = [token.form for token in between]
    joined = [form for form in forms if form not in _ARTICLES]
    if not joined or (joined[0] in _JOINING and joined[-1] in _JOINING) or _BE.issuperset(joined):
        return False
    if not any(_WORD.match(form) for form in joined):
        return False
    if (
        "." in joined
        and '"' not in joined
        and all(text[phrase[0].start : phrase[-1].end].islower() for phrase in (first, second))
    ):
        return False  # words of two sentences
    if any(_is_symmetric(form, "verb", "relation") for form in forms):
        return False
    if any(_is_symmetric(form, "bond") for form in forms) and "with" in forms:
        return False
    start = first[0].start
    before = words(text, (max(0, start - 40), start))[-MAX_WORDS_TO_BOND:]
    return not (
        set(joined) <= {"with", "and", "to"}
        and any(_is_symmetric(word.lower, "bond", "relation") for word in before)
    )


def _is_symmetric(form: str, *kinds: str) -> bool:
    symmetric = lexicon.words("symmetric", *kinds)
    return form in symmetric or not symmetric.isdisjoint(base_forms(form))


def _bare(text: str, phrase: Sequence[_Token]) -> str:
    """Return a phrase without the signs at its ends."""
    word_tokens = [token for token in phrase if _WORD.match(token.form)]
    bare = " ".join(text[word_tokens[0].start : word_tokens[-1].end].split())
    return re.sub(r"['’]s\Z|['’]\Z", "", bare)


def _in_order(phrase: str) -> tuple[bool, int, str, str]:
    """Return what phrases are sorted by, so that both sides name them in one order; figures by size."""
    is_number = phrase[:1].isdigit()
    return is_number, len(phrase) if is_number else 0, phrase.casefold(), phrase


def _turned(passage: Passage) -> list[Finding]:
    """Return a finding for each verb that one side has in the passive, between phrases that kept their places.

    "The army shelled the rebels" and "The army was shelled by the rebels" say the opposite.
    """
    if "by" not in passage.changed.only_in_base | passage.changed.only_in_witness:
        return []
    findings = []
    for place, last in enumerate(passage.reworded):
        # The diff may keep the verb and see "was" and "by" beside it as two changes, or put the three into one.
        for first in (last, passage.reworded[max(0, place - 1)]):
            base, witness = (first.base[0], last.base[1]), (first.witness[0], last.witness[1])
            if max(base[1] - base[0], witness[1] - witness[0]) > MAX_CHARS_OF_A_SMALL_CHANGE:
                continue
            verb, passive = sorted(
                (_lowered(passage.base, base), _lowered(passage.witness, witness)), key=len
            )
            if _is_passive(passive, verb) and _is_followed(passage, last):
                texts = passage.base[slice(*base)], passage.witness[slice(*witness)]
                says = "who did it to whom: {} → {}".format(*(" ".join(text.split()) for text in texts))
                findings.append(Finding("exchange", base, witness, says, "exchange-turned"))
                break
    return findings


def _lowered(text: str, span: Span) -> list[str]:
    return [word.lower for word in words(text, span)]


def _is_passive(passive: Sequence[str], verb: Sequence[str]) -> bool:
    """Return whether words are a verb's passive, the doer still to come: "was shelled by" of "shelled"."""
    return (
        len(verb) == 1
        and 3 <= len(passive) <= 4
        and passive[-1] == "by"
        and passive[0] in _BE
        and verb[0] not in _BE
        and not base_forms(verb[0]).isdisjoint(base_forms(passive[-2]))
    )


def _is_followed(passage: Passage, change: Change) -> bool:
    """Return whether a noun phrase follows that both sides have: the rebels, Ukraine."""
    after = words(passage.base, (change.base[1], min(len(passage.base), change.base[1] + 30)))
    return bool(after) and (after[0].lower in _ARTICLES or after[0].lower not in _OPENERS | _LIGHT)


RULE = Rule(
    kind="exchange",
    names=("exchange-places", "exchange-turned"),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_WORDS,
)
KIND = Kind(
    rules=(RULE,),
    heading="Changed places",
    plural="Exchanges",
    nouns=("exchange of places", "exchanges of places"),
    looked_for=(
        "Two names, numbers, quotations or nouns that changed places in a passage otherwise kept, so that the sentence "
        "says who did what to whom the other way round; a verb that is passive on one side only, between phrases that "
        "kept their places."
    ),
    ignored=(
        "A list in another order, what is said of both alike (met, married, talks with), and grammar that turns with "
        "the names: was attacked by, bought from for sold to."
    ),
    reported=(
        (
            "Oman warned Yemen about the pirates on Sunday.",
            "Yemen warned Oman about the pirates on Sunday.",
            "changed places: Oman, Yemen",
        ),
        (
            "The strike left 3 guards dead and 11 injured.",
            "The strike left 11 guards dead and 3 injured.",
            "changed places: 3, 11",
        ),
        (
            "The guards beat the inmates in the yard.",
            "The guards were beaten by the inmates in the yard.",
            "who did it to whom: beat → were beaten by",
        ),
        ("Judge Amado succeeded Judge Reis in June.", "Judge Reis succeeded Judge Amado in June."),
        ("The bus from Porto to Vigo broke down.", "The bus from Vigo to Porto broke down."),
        (
            "“We are ready,” said Ms. Holm. “We are not,” said Mr. Dahl.",
            "“We are ready,” said Mr. Dahl. “We are not,” said Ms. Holm.",
        ),
        ("Nine boats left and fourteen came back.", "Fourteen boats left and nine came back."),
        ("Nurses earn more than porters there.", "Porters earn more than nurses there."),
    ),
    not_reported=(
        ("Oman and Yemen signed the accord.", "Yemen and Oman signed the accord."),
        ("Oman warned Yemen about the pirates.", "Yemen was warned by Oman about the pirates."),
        ("Ikea bought the forest from Stora.", "Stora’s forest was bought by Ikea."),
        ("Ms. Holm met Mr. Dahl in Turin.", "Mr. Dahl met Ms. Holm in Turin."),
        ("The ferry runs between Bari and Split.", "The ferry runs between Split and Bari."),
        ("In Turin the two spoke on Monday.", "On Monday the two spoke in Turin."),
        ("Envoys came from Chad, Mali and Togo.", "Envoys came from Togo, Mali and Chad."),
        ("The chairman is Anders Holm.", "Anders Holm is the chairman."),
        (
            "“We are ready,” said Ms. Holm. “We are not,” said Mr. Dahl.",
            "“We are not,” said Mr. Dahl. “We are ready,” said Ms. Holm.",
        ),
    ),
)
