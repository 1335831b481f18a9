"""Names in a reworded row, where a translation or another transliteration of a name is not another name."""

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from app.collation import lexicon
from app.collation.findings.document_context import Texts
from app.collation.findings.names import surnames
from app.collation.findings.names.candidates import TITLES, Name
from app.collation.findings.names.likeness import (
    GIVEN_NAMES,
    HYPHENED,
    MIN_CONSONANTS,
    are_alike,
    are_joined_alike,
    are_misprinted,
    are_of_one_origin,
    are_spelled_alike,
    is_glued,
)
from app.collation.findings.names.matching import indexes, sound
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Passage, overlap
from app.collation.findings.row.slot import slot_of
from app.collation.lexicon import base_forms
from app.collation.model import SideName, Span
from app.collation.text.language import FUNCTION_WORDS

MIN_KEPT_AROUND_ONE_SIDED = 0.6
"""The least kept share of the words around a name of a rewritten row for it to be reported as on one side only."""

MIN_KEPT_AROUND_ANY = 0.75
"""The same for two names of any sort of which nothing else is in the slot."""

MIN_KEPT_AROUND_A_PAIR = 0.6
"""The same for two names of which a text has one elsewhere as well."""

MIN_KEPT_AROUND_STRANGERS = 0.4
"""The same for two names that the other text has nowhere."""

MIN_KEPT_AROUND_STRANGERS_ALONE = 0.25
"""The same where one other word at most is in their slot."""

MIN_CONTENT_SHARED = 0.4
"""The least share of a row's words of content that both sides have, in any order, for two names to be others there."""

MIN_CONTENT_WORDS = 4
"""Words of content of which that share is taken: of "she said so" it says nothing."""

MAX_WORDS_BESIDE = 3
"""Other words in the slot of two names, on either side, that the other side's slot lacks."""

MAX_ABBREVIATION_CHARS = 6
"""Letters and figures of the longest word in capitals that is taken for an abbreviation."""

MAX_LIKENESS_OF_NAMESAKES = 0.4
"""Likeness, as ``sound`` has them, below which a translator would not confuse two first names."""

MIN_WORDS_SPELLED_OUT = 3
"""Words of a body's name, at least, that a word in capitals may be short for: ZENNOREN, Japan Union of Farm Workers."""


@cache
def _first_names() -> frozenset[str]:
    return frozenset(lexicon.lines("first_names"))


def are_others_anywhere(passage: Passage, base: Name, witness: Name, texts: Texts) -> bool:
    """Return whether two names of a rewritten row are different ones, wherever in the row they are.

    They are if they are two people with one surname and different first names, or two countries or capitals, neither
    of which the other text has.
    """
    base_words, witness_words = _telling(base, passage.base), _telling(witness, passage.witness)
    if not (len(base_words) == len(base.lacking) == len(witness_words) == len(witness.lacking) == 1):
        return False
    own, other = base_words[0], witness_words[0]
    if {own.lower, other.lower} <= _first_names() and _share_a_word(passage, base, witness):
        return (
            not are_alike(own.text, other.text)
            and Levenshtein.normalized_similarity(sound(own.lower), sound(other.lower))
            < MAX_LIKENESS_OF_NAMESAKES
        )
    return (
        base.whole
        and witness.whole
        and _are_places_apart(lexicon.called(own.text), lexicon.called(other.text))
        and not (_is_named(base_words, texts.witness) or _is_named(witness_words, texts.base))
    )


def are_only_names(passage: Passage, base: Name, witness: Name, texts: Texts) -> bool:
    """Return whether two names, the only ones that a rewritten row lacks, differ, as the row otherwise says the same.

    The words around them may be in any order. Neither name is in the other text, and they are of one sort.
    """
    base_words, witness_words = _telling(base, passage.base), _telling(witness, passage.witness)
    return (
        base.is_sure
        and witness.is_sure
        and len(base_words) == len(base.lacking) == len(witness_words) == len(witness.lacking)
        and len(words(passage.base, base.span)) == len(words(passage.witness, witness.span))
        and _are_of_one_sort(base_words, witness_words)
        and base_words[-1].lower[:MIN_CONSONANTS]
        != witness_words[-1].lower[:MIN_CONSONANTS]  # Neman, Nemunas
        and not any(map(_is_abbreviation, (*base_words, *witness_words)))
        and not (_is_named(base_words, texts.witness) or _is_named(witness_words, texts.base))
        and _content_shared(passage) >= MIN_CONTENT_SHARED
    )


def have_other_surnames(passage: Passage, base: Name, witness: Name) -> bool:
    """Return whether two names, the only ones that a rewritten row lacks, differ in their last word alone.

    Whoever is called Cormac Delaney here is called Cormac Devlin there, wherever in the row.
    """
    own, other = base.lacking[0], witness.lacking[0]
    return (
        len(base.lacking) == len(witness.lacking) == 1
        and own.end == base.span[1]
        and other.end == witness.span[1]
        and _share_a_word(passage, base, witness)
        and len(_telling(base, passage.base)) == len(_telling(witness, passage.witness)) == 1
        and not are_alike(own.text, other.text)
        and not are_misprinted(own.lower, other.lower)
    )


def _content_shared(passage: Passage) -> float:
    """Return the share of the words of content of the side that has fewer which the other has too, in any form."""
    sides = [
        [
            base_forms(word.lower) | {word.lower}
            for word in words(text, (0, len(text)))
            if word.lower not in FUNCTION_WORDS and word.text.islower()
        ]
        for text in (passage.base, passage.witness)
    ]
    fewer, more = sorted(sides, key=len)
    known = frozenset().union(*more)
    if len(fewer) < MIN_CONTENT_WORDS:
        return 0.0
    return sum(not known.isdisjoint(forms) for forms in fewer) / len(fewer)


def _are_places_apart(first: str, second: str) -> bool:
    """Return whether two places are different countries, or seats of government of such."""
    own, other = lexicon.governed_from(first), lexicon.governed_from(second)
    if own and other:
        return own.isdisjoint(other)
    return (
        lexicon.is_country(first)
        and lexicon.is_country(second)
        and {first, *lexicon.other_names(first)}.isdisjoint((second, *lexicon.other_names(second)))
    )


def is_another(passage: Passage, base: Name, witness: Name, texts: Texts, *, alone: bool = False) -> bool:
    """Return whether one of two names in rewritten texts took the other's place there.

    Both must be names by themselves. A part of theirs that both sides have shows that they are meant to be the same;
    otherwise each fills the slot of the other.
    """
    base_words, witness_words = _telling(base, passage.base), _telling(witness, passage.witness)
    if (
        not (_are_proper(base_words, texts) and _are_proper(witness_words, texts))
        or any(map(_is_unknown_abbreviation, (*base_words, *witness_words)))
        or are_joined_alike(passage, base, witness)
        or is_glued(words(passage.base, base.span), words(passage.witness, witness.span))
        or is_glued(words(passage.witness, witness.span), words(passage.base, base.span))
        or _are_partly_alike(base_words, witness_words)
        or _is_surname_alike(words(passage.base, base.span), words(passage.witness, witness.span))
        or _is_made_english(base_words, witness_words)
        or _is_short_for_a_body(base, passage.witness, witness)
        or _is_short_for_a_body(witness, passage.base, base)
    ):
        return False
    if are_others_anywhere(passage, base, witness, texts):
        return True
    if alone and are_only_names(passage, base, witness, texts):
        return True
    slots = slot_of(passage, base.span, "base"), slot_of(passage, witness.span, "witness")
    share = min(slot.kept_share for slot in slots)
    beside = max(
        sum(not overlap(word.span, witness.span) for word in slots[0].other),
        sum(not overlap(word.span, base.span) for word in slots[1].other),
    )
    if share >= MIN_KEPT_AROUND_ANY and not beside:
        return True
    if not _are_of_one_sort(base_words, witness_words):
        return False
    if _share_a_word(passage, base, witness):
        return not (
            _is_translated_first_name(base_words, witness_words)
            or (
                len(base_words) == len(witness_words) == 1
                and are_of_one_origin(base_words[0], witness_words[0])
            )
        )
    if not (base.whole and witness.whole):
        return False
    if share >= MIN_KEPT_AROUND_A_PAIR and beside <= 1:
        return True
    strangers = not (_is_named(base_words, texts.witness) or _is_named(witness_words, texts.base))
    return strangers and (
        (share >= MIN_KEPT_AROUND_STRANGERS and beside <= MAX_WORDS_BESIDE)
        or (share >= MIN_KEPT_AROUND_STRANGERS_ALONE and beside <= 1)
    )


def _is_short_for_a_body(name: Name, other_text: str, other: Name) -> bool:
    """Return whether a name is a word in capitals, and the other the name of a body in so many words."""
    spelled_out = words(other_text, other.span)
    return (
        len(name.lacking) == 1
        and name.lacking[0].text.isupper()
        and len(spelled_out) >= MIN_WORDS_SPELLED_OUT
        and any(word.lower in _GENERAL_BODIES for word in spelled_out)
    )


def is_missing(passage: Passage, name: Name, side: SideName, texts: Texts) -> bool:
    """Return whether a rewritten row lacks a name of the other side in a passage that it otherwise has."""
    slot = slot_of(passage, name.span, side)
    words = _telling(name, passage.text(side))
    return (
        len(words) == len(name.lacking)
        and slot.kept_share >= MIN_KEPT_AROUND_ONE_SIDED
        and not slot.own
        and not slot.other
        and _are_proper(words, texts)
        and not HYPHENED.match(passage.text(side), name.span[1])
        and not all(map(_is_abbreviation, words))
        and not _is_named(words, texts.witness if side == "base" else texts.base)
    )


def _telling(name: Name, text: str) -> list[RowWord]:
    """Return the words of a name that the other side lacks and that are not common words, such as titles and "lake"."""
    return [
        word
        for word in name.lacking
        if word.lower not in TITLES
        and (
            lexicon.is_country(form := lexicon.called(word.text))
            or not lexicon.is_common(form)
            or _may_be_surname(text, name, word)
        )
    ]


def _share_a_word(passage: Passage, base: Name, witness: Name) -> bool:
    """Return whether a word of both names is spelled the same; where none is, the rest may be another spelling too."""
    own, other = (
        {
            word.lower.removesuffix("'s")
            for word in words(text, name.span)
            if word.lower not in TITLES and not lexicon.is_common(word.lower)
        }
        for text, name in ((passage.base, base), (passage.witness, witness))
    )
    return not own.isdisjoint(other)


def _is_translated_first_name(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    """Return whether just one of two words is a first name in English: Thaddeus, Faddey."""
    return len(base) == len(witness) == 1 and (base[0].lower in GIVEN_NAMES) != (
        witness[0].lower in GIVEN_NAMES
    )


def _is_made_english(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    """Return whether one of two first names is the English form of the other, as far as how both begin shows."""
    return _is_translated_first_name(base, witness) and (
        lexicon.called(base[0].text)[:MIN_CONSONANTS] == lexicon.called(witness[0].text)[:MIN_CONSONANTS]
    )


def _are_partly_alike(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    """Return whether two names of equal length have one word spelled differently, so the rest may be too: Tre, Che."""
    return len(base) == len(witness) > 1 and any(
        are_alike(word.text, other.text) for word, other in zip(base, witness, strict=True)
    )


def _is_surname_alike(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    """Return whether two names of several words end in two spellings of one: Vahan Hunanyan, Vaan Unanyan."""
    return (
        min(len(base), len(witness)) > 1
        and base[-1].lower != witness[-1].lower
        and are_alike(base[-1].text, witness[-1].text)
    )


def _are_proper(telling: Sequence[RowWord], texts: Texts) -> bool:
    """Return whether words are printed with a capital alone in both texts."""
    return bool(telling) and not any(_is_printed_small(lexicon.called(word.text), texts) for word in telling)


def _may_be_surname(text: str, name: Name, word: RowWord) -> bool:
    """Return whether a word is also a surname, and is all of a name or comes after a first name or a title."""
    first = words(text, name.span)[0]
    return word.lower in surnames.every() and (
        word.end >= name.span[1]
        and (first.start == word.start or first.lower in GIVEN_NAMES or first.lower in TITLES)
    )


def _is_printed_small(form: str, texts: Texts) -> bool:
    return form.islower() and any(
        re.search(rf"(?<![^\W_]){re.escape(each)}(?![^\W_])", paragraph)
        for each in {form, form.replace("or", "our"), form.replace("our", "or")}  # favorite
        for paragraph in (*texts.base, *texts.witness)
        if each in paragraph
    )


def _are_of_one_sort(base: Sequence[RowWord], witness: Sequence[RowWord]) -> bool:
    """Return whether words are both countries and their people, both abbreviations, or neither."""
    sorts = [
        (
            any(lexicon.is_country(lexicon.called(word.text)) for word in words),
            all(_is_abbreviation(word) for word in words),
        )
        for words in (base, witness)
    ]
    return sorts[0] == sorts[1]


def _is_abbreviation(word: RowWord) -> bool:
    letters = word.text.removesuffix("s")  # SMEs
    return 1 < len(letters) <= MAX_ABBREVIATION_CHARS and letters.isupper()


def _is_unknown_abbreviation(word: RowWord) -> bool:
    """Return whether a word is an abbreviation of the kind that every translator forms differently."""
    return _is_abbreviation(word) and not lexicon.other_names(lexicon.called(word.text))


def _is_named(lacking: Sequence[RowWord], paragraphs: Sequence[str]) -> bool:
    """Return whether a text has the last word of a name, or one of which it may be a misprint: Mausda, Masuda."""
    if not lacking:
        return False
    word = lacking[-1].text
    own = lexicon.called(word).lower()
    return any(
        index.has_word(word) or any(are_misprinted(own, capital.lower()) for capital in index.capitals)
        for index in indexes(tuple(paragraphs))
    )


def is_translated(base: Name, witness: Name) -> bool:
    """Return whether two names of such a row may be one: a body's in common words, or of the same consonants."""
    return (
        (not (base.firm or witness.firm) and _is_body(base) and _is_body(witness))
        or are_spelled_alike(base.lacking, witness.lacking)
        or are_spelled_alike(witness.lacking, base.lacking)
    )


def _is_body(name: Name) -> bool:
    return any(word.lower in _BODIES for word in name.lacking)


def is_described(passage: Passage, name: Name, side: SideName) -> bool:
    """Return whether the other side has words in small letters, and nothing else, in the place of an abbreviation."""
    if not all(word.text.isupper() for word in name.lacking):
        return False
    other_side: SideName = "witness" if side == "base" else "base"
    for change in passage.reworded:
        span: Span = getattr(change, side)
        if overlap(span, name.span):
            own = _content(passage.text(side), span)
            instead = _content(passage.text(other_side), getattr(change, other_side))
            return (
                bool(instead)
                and all(name.span[0] <= word.start and word.end <= name.span[1] for word in own)
                and all(word.text.islower() for word in instead)
            )
    return False


def _content(text: str, span: Span) -> list[RowWord]:
    return [word for word in words(text, span) if word.lower not in FUNCTION_WORDS]


_BODIES = lexicon.words("bodies", "in_name") | {
    word for (line,) in lexicon.rows("same_bodies") for word in line.split()
}
"""Words in the names of bodies and places."""

_GENERAL_BODIES = lexicon.words("bodies", "general") | {"ministry"}
