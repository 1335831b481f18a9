"""Words replaced by their opposite: before for after, accept for reject."""

import re
from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings.quantities import number_words
from app.collation.findings.row.changed_words import RowWord, SmallChange, words
from app.collation.findings.row.passage import Cover, Passage
from app.collation.findings.row.slot import slot_of
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_FEW_CHANGES, Kind, RowContext, Rule
from app.collation.findings.rules.claims import gender, negators
from app.collation.lexicon import base_forms
from app.collation.model import Finding, Span
from app.collation.text.language import FUNCTION_WORDS
from app.collation.text.sentences import boundaries, start_of_sentence

_ADVERBS = lexicon.words("function_words", "adverb")
"""Words of time and manner that take no part here: later is no opposite of passed."""

_BE = frozenset("am are be been being is was were that's who's".split())

_NOBODY = frozenset("neither no nobody none noone".split())
"""First words of a sentence that deny its verb: nobody, none."""

_PAUSE = re.compile(r"[,;:]| (?:and|but|who|which|that) ")

_PARTICLES = lexicon.PARTICLES - frozenset(("on", "in", "over"))
"""Words after a verb that are seldom the preposition of what follows."""

MAX_CHARS_TO_BE = 16
"""Code points before "left" in which a form of "to be" is looked for."""

MAX_SENTENCE_CHARS = 200
"""Code points of a sentence on either side of a word in which its neighbours are looked for."""


_GOOD = lexicon.words("tone", "good")
_BAD = lexicon.words("tone", "bad")
_FATES = tuple(
    (lexicon.words("fates", one), lexicon.words("fates", other)) for one, other in lexicon.OPPOSITE_FATES
)
_PHRASES = frozenset(
    phrase for pair in _FATES for words_of_one in pair for phrase in words_of_one if " " in phrase
)
_THINKING = frozenset(
    form for verb in lexicon.reporting_verbs() if verb.kind == "thought" for form in verb.forms
)
"""Verbs of taking something for true, more or less: suspect is no opposite of believe."""

_CONNECTIVES = dict(lexicon.rows("connectives"))

_OPENING_CONNECTIVES = frozenset(phrase.split()[0] for phrase in _CONNECTIVES)

WORDS_OF_A_PHRASE = 2
"""Words of a phrase of the tables that are no particles: take place."""

MIN_KEPT_SHARE = 0.6
"""The least kept share of a row where any word of a change may be the opposite of any other."""

MIN_KEPT_SHARE_OF_ONE_WORD = 0.45
"""The same where one word took the place of one other: a reworded paragraph keeps about half."""


MIN_KEPT_SHARE_AROUND = 0.9
"""The least kept share of the words around a word in texts reworded throughout: of 15 opposites there, 13 were
another
phrase for the same (in five, out of five; beat, won against)."""


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each small change that holds a word on one side and its opposite on the other.

    Of North and South Carolina the name differs, and no word is its opposite.
    """
    passage, changed = row.passage, row.passage.changed
    # Few words have an opposite, so these are looked up first.
    may_be_opposite = passage.kept_share >= MIN_KEPT_SHARE and lexicon.may_be_opposite(
        changed.only_in_base, changed.only_in_witness
    )
    findings = []
    for small in changed.small:
        if not (small.base and small.witness):
            continue
        pair = _opposites(small, changed.only_in_base, changed.only_in_witness) if may_be_opposite else None
        if pair is None and {*small.base, *small.witness} == _DIRECTIONS:
            pair = _turned_direction(passage, small)
        what, rule = "a word for its opposite", "antonym"
        if pair is None:
            classed = _classed_apart(small, changed.only_in_base, changed.only_in_witness)
            if classed:
                what, pair = classed
                rule = "antonym-tone" if what.endswith("tone") else "antonym"
        if pair:
            change = passage.reworded[small.number]
            base_word = _place_of(passage.base, change.base, pair[0])
            witness_word = _place_of(passage.witness, change.witness, pair[1])
            if _is_denied(passage.base, base_word) != _is_denied(passage.witness, witness_word):
                continue
            if (
                _is_converse(passage, base_word, witness_word)
                or {base_word.lower, witness_word.lower} <= _THINKING
            ):
                continue
            if _has_particle(passage.base, base_word) != _has_particle(passage.witness, witness_word):
                continue
            if _is_left_over(passage.base, base_word) or _is_left_over(passage.witness, witness_word):
                continue
            if _is_of_a_share(passage.base, base_word) and _is_of_a_share(passage.witness, witness_word):
                continue
            if row.texts.rewritten and not _is_kept_around(passage, base_word, witness_word):
                continue
            says = f"{what}: {base_word.text} → {witness_word.text}"
            findings.append(Finding("antonym", base_word.span, witness_word.span, says, rule))
    if not findings:
        return []
    cover = Cover(finding.base for finding in row.findings_of(RULE.follows))
    return [finding for finding in findings if not cover.meets(finding.base)]


def _turned_direction(passage: Passage, small: SmallChange) -> tuple[str, str] | None:
    """Return the two words where "to" took the place of "from", after a word that both sides have: moved to Ajax."""
    change = passage.reworded[small.number]
    before = passage.reworded[small.number - 1] if small.number else None
    led = words(passage.base, (max(0, change.base[0] - MAX_CHARS_TO_BE), change.base[0]))[-1:]
    if (
        len(small.base) != 1
        or len(small.witness) != 1
        or (led and led[0].lower in _TO_OR_FROM)
        or (before and min(change.base[0] - before.base[1], change.witness[0] - before.witness[1]) <= 1)
    ):
        return None
    return small.base[0], small.witness[0]


def _is_denied(text: str, word: RowWord) -> bool:
    """Return whether a negator is right before a word, or its sentence begins with one: no one on board survived."""
    if negators.precedes(text, word.start):
        return True
    start = start_of_sentence(text, word.start, MAX_SENTENCE_CHARS)
    return any(
        each.lower in _NOBODY and not _PAUSE.search(text, each.end, word.start)
        for each in words(text, (start, min(word.start, start + MAX_CHARS_TO_BE)))[:1]
    )


def _has_particle(text: str, word: RowWord) -> bool:
    """Return whether a particle follows that makes a different verb of it: came off the line."""
    following = words(text, (word.end, min(len(text), word.end + MAX_CHARS_TO_BE)))
    return bool(following) and following[0].lower in _PARTICLES


def _is_of_a_share(text: str, word: RowWord) -> bool:
    """Return whether a word stands between the two numbers of a share: one in five, one out of five."""
    before = words(text, (max(0, word.start - MAX_CHARS_TO_BE), word.start))
    following = words(text, (word.end, min(len(text), word.end + 2 * MAX_CHARS_TO_BE)))
    after = [each for each in following if each.lower not in ("of", "every")]
    return bool(before and after) and all(
        each.lower in number_words.WORDS or each.text.isdigit() for each in (before[-1], after[0])
    )


def _is_kept_around(passage: Passage, base_word: RowWord, witness_word: RowWord) -> bool:
    """Return whether only one content word changed, so that this is not a translator's different phrase."""
    slots = slot_of(passage, base_word.span, "base"), slot_of(passage, witness_word.span, "witness")
    return FUNCTION_WORDS.isdisjoint((base_word.lower, witness_word.lower)) and all(
        slot.kept_share >= MIN_KEPT_SHARE_AROUND and not slot.own for slot in slots
    )


def _opposites(
    small: SmallChange, deleted: frozenset[str], inserted: frozenset[str]
) -> tuple[str, str] | None:
    """Return a word of a change and its opposite; none if a word beside them may turn its neighbour round.

    "Dislike" and "don't like" say the same. Words that merely moved are no pair.
    """
    for base_word in small.base:
        if base_word not in deleted or base_word in gender.WORDS or negators.is_negator(base_word):
            continue
        for witness_word in small.witness:
            if (
                witness_word in inserted
                and not negators.is_negator(witness_word)
                and lexicon.are_opposite(base_word, witness_word)
                and not any(
                    _turns(word)
                    for word in (*small.base, *small.witness)
                    if word not in (base_word, witness_word)
                )
            ):
                return base_word, witness_word
    return None


_DIRECTIONS = frozenset(("from", "to"))
_TO_OR_FROM = frozenset(("different", "differently"))
"""Words that either of them may follow."""

_NEVER_OPPOSED_IN_KIND = gender.WORDS | _ADVERBS

_CLASSES = (
    *(("a word for its opposite", pair) for pair in _FATES),
    ("a word of the opposite tone", (_GOOD, _BAD)),
)
"""Classes of words of which any of one is the opposite of any of the other, with what a finding says of them."""


def _classed_apart(
    small: SmallChange, deleted: frozenset[str], inserted: frozenset[str]
) -> tuple[str, tuple[str, str]] | None:
    """Return the words of a change of one word or phrase for another that are opposites by their sort.

    One is clearly good and the other clearly bad; one does away with a plan, law or claim, and the other does not;
    one gives a cause and the other says that it was none; or both are of kinds that are opposites.
    """
    if small.base[0] in _OPENING_CONNECTIVES and small.witness[0] in _OPENING_CONNECTIVES:
        joined = " ".join(small.base), " ".join(small.witness)
        if {_CONNECTIVES.get(phrase) for phrase in joined} == {"cause", "concession"}:
            return "a word for its opposite", joined
    base = _only_word(small.base, deleted)
    witness = base and _only_word(small.witness, inserted)
    if not witness or base.split()[0] not in deleted or witness.split()[0] not in inserted:
        return None
    both = {_phrase(base), _phrase(witness)}
    for what, (first, second) in _CLASSES:
        if both & first and both & second and not (both <= first or both <= second):
            return what, (base, witness)
    if _NEVER_OPPOSED_IN_KIND.isdisjoint((base, witness)) and (
        lexicon.are_opposite_in_kind(base, witness) or lexicon.are_opposite_by_prefix(base, witness)
    ):
        return "a word for its opposite", (base, witness)
    return None


def _only_word(side: Sequence[str], only_there: frozenset[str]) -> str:
    """Return the only word of one side of a change, or a verb and what goes with it, function words apart.

    Words that the other side has at another change have only moved, and are left out too.
    """
    if len(side) == 1:
        return "" if side[0] in FUNCTION_WORDS else side[0]
    content = [
        place
        for place, word in enumerate(side)
        if word in only_there and word not in FUNCTION_WORDS and word not in lexicon.PARTICLES
    ]
    if len(content) == WORDS_OF_A_PHRASE and content[1] == content[0] + 1:
        phrase = " ".join(side[content[0] : content[1] + 1])
        return phrase if _phrase(phrase) in _PHRASES else ""
    if len(content) != 1:
        return ""
    word, following = side[content[0]], side[content[0] + 1 : content[0] + 2]
    if following and following[0] in lexicon.PARTICLES:
        phrase = f"{word} {following[0]}"
        return phrase if lexicon.is_phrase(word, following[0]) or _phrase(phrase) in _PHRASES else ""
    return "" if any(map(negators.is_negator, side)) else word


def _phrase(phrase: str) -> str:
    """Return a phrase of the tables as they have it, called off as call off; of a word alone the word."""
    verb, _, particle = phrase.partition(" ")
    if not particle:
        return phrase
    return next(
        (each for each in (f"{form} {particle}" for form in base_forms(verb)) if each in _PHRASES), phrase
    )


def _place_of(text: str, span: Span, phrase: str) -> RowWord:
    """Return the span of the first word or phrase within a span."""
    inside = words(text, span)
    parts = phrase.split()
    for place, word in enumerate(inside):
        if [each.lower for each in inside[place : place + len(parts)]] == parts:
            end = inside[place + len(parts) - 1].end
            return word._replace(text=text[word.start : end], lower=phrase, end=end)
    raise ValueError(f"no {phrase!r} in {text[slice(*span)]!r}")


def _is_converse(passage: Passage, base_word: RowWord, witness_word: RowWord) -> bool:
    """Return whether what was before one word comes after its opposite, and the other way round.

    "Ikea sold the forest to Stora" and "Stora bought the forest from Ikea" say the same.
    """
    before, after = _around(passage.base, base_word)
    before_opposite, after_opposite = _around(passage.witness, witness_word)
    return bool((before - after) & (after_opposite - before_opposite)) and bool(
        (after - before) & (before_opposite - after_opposite)
    )


def _is_left_over(text: str, word: RowWord) -> bool:
    """Return whether "left" says what remains: two are left, they were left without heating."""
    before = words(text, (max(0, word.start - MAX_CHARS_TO_BE), word.start))[-1:]
    return word.lower == "left" and bool(before) and before[0].lower in _BE


def _around(text: str, word: RowWord) -> tuple[set[str], set[str]]:
    """Return the words of a sentence before and after one, function words apart."""
    start = start_of_sentence(text, word.start, MAX_SENTENCE_CHARS)
    end = next(boundaries(text, word.end, min(len(text), word.end + MAX_SENTENCE_CHARS)), len(text))
    end = min(end, word.end + MAX_SENTENCE_CHARS)
    spans = (start, word.start), (word.end, end)
    before, after = (
        {each.lower.removesuffix("'s") for each in words(text, span)} - FUNCTION_WORDS for span in spans
    )
    return before, after


def _turns(word: str) -> bool:
    return word in ("less", "least") or negators.is_negator(word)


RULE = Rule(
    kind="antonym",
    names=("antonym", "antonym-tone"),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_ONE_WORD,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE_OF_FEW_CHANGES,
    follows=("number", "date", "name", "negation", "attribution"),
)
KIND = Kind(
    rules=(RULE,),
    heading="Opposite word",
    plural="Opposites",
    nouns=("opposite word", "opposite words"),
    looked_for=(
        "A word in place of its opposite: before and after, accept and reject, pre-war and post-war, because of "
        "and despite, slow down and speed up; a word that people rate as clearly good in place of one that "
        "they rate as clearly bad."
    ),
    ignored=(
        "Words of similar meaning; opposites inside another name or idiom; an opposite that a negation "
        "beside it reverses again. Where more of the sentence was reworded, an opposite whose "
        "neighbours were reworded too."
    ),
    reported=(
        (
            "The rate rose after the vote.",
            "The rate rose before the vote.",
            "a word for its opposite: after → before",
        ),
        ("Chancellor Scholz was in favor of the deal.", "Chancellor Scholz was against the deal."),
        ("The army strengthened its lines.", "The army weakened its lines."),
        ("The public supported the plan.", "The public opposed the plan."),
        ("The minister praised the verdict.", "The minister condemned the verdict."),
        ("Unemployment hit its lowest level.", "Unemployment hit its highest level."),
        ("The rebels released the hostages.", "The rebels imprisoned the hostages."),
        ("The plant opened in March.", "The plant closed in March."),
        ("The former mayor was questioned.", "The current mayor was questioned."),
        ("The most expensive seats sold first.", "The least expensive seats sold first."),
        ("The price of wheat increased.", "The price of wheat decreased."),
        ("The east of the country was flooded.", "The west of the country was flooded."),
        ("Oil prices rose sharply on Monday.", "Oil prices fell sharply on Monday."),
        ("The council accepted the offer.", "The council rejected the offer."),
        ("The southern border is quiet.", "The northern border is quiet."),
        ("More people chose the train.", "Fewer people chose the train."),
        ("The jury found him guilty of fraud.", "The jury found him innocent of fraud."),
        ("Exports grew in the first quarter.", "Imports grew in the first quarter."),
        ("The company reported a record profit.", "The company reported a record loss."),
        ("His party won the election.", "His party lost the election."),
        (
            "The board called the report brilliant.",
            "The board called the report disastrous.",
            "a word of the opposite tone: brilliant → disastrous",
        ),
        ("The recovery was swift.", "The recovery was slow."),
        ("The court upheld the fine.", "The court quashed the fine."),
        ("Supporters of the bill gathered outside.", "Opponents of the bill gathered outside."),
        ("The docks slowed down in the autumn.", "The docks sped up in the autumn."),
        ("The capsule was crewed.", "The capsule was uncrewed."),
        ("The pre-war houses were sold.", "The post-war houses were sold."),
        ("Sales rose following the strike.", "Sales rose despite the strike."),
        ("The mill is adding shifts this spring.", "The mill is reducing shifts this spring."),
    ),
    not_reported=(
        ("In May the trains left the line.", "In May the trains came off the line."),
        ("Demand is high.", "Demand is strong."),
        ("The mill sold the barn to Aldo Ricci.", "Aldo Ricci bought the barn from the mill."),
        ("He bought a big house by the sea.", "He bought a large house by the sea."),
        ("The firm employs 300 people.", "The company employs 300 people."),
        ("He bought a new car.", "He purchased a brand-new car."),
        ("The small town was empty.", "The little town was deserted."),
        ("Fewer than 20 people came.", "Less than 20 people came."),
        ("The firm sold its stake in the bank.", "The firm disposed of its stake in the bank."),
        ("The new law takes effect on Monday.", "The new legislation takes effect on Monday."),
        ("It was the largest protest in years.", "It was the biggest protest in years."),
        ("Sales rose following the strike.", "Sales rose after the strike."),
        ("The council put off the vote.", "The council postponed the vote."),
    ),
)
