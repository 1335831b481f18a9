"""Who did what to whom: names, numbers, speakers or nouns that changed places in a passage otherwise kept."""

import re
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from app.collation.findings.row.passage import Passage
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.findings.rules.facts import relative_clauses, swapped_names, turned_verbs
from app.collation.findings.rules.facts.phrases import (
    BE,
    LIGHT,
    NUMBERS,
    OPENERS,
    TOKEN,
    Exchange,
    Token,
    bare,
    form_of,
    in_order,
    plain_signs,
    tokens_of,
    turns_meaning,
)
from app.collation.model import Change, Finding, Span

MAX_CHANGES = 5
"""Changes in a row that two exchanged phrases are spread over: a phrase that keeps a word of its own makes two."""

MAX_CHARS = 320
"""Code points from the first exchanged phrase to the end of the second."""

MAX_CHARS_OF_SPELLING = 12
"""Code points by which the two sides of an exchange differ: “Twelve” opens a sentence where “12” is inside one."""

MAX_PHRASE_TOKENS = 8
"""Words and punctuation marks of an exchanged phrase, "Ms. Okoro, the treasurer,"; more of a quotation."""

MAX_QUOTATION_WORDS = 16
"""Words of an exchanged phrase next to quotation marks."""

MIN_KEPT_SHARE_OF_FEW_CHANGES = 0.0
"""The same in a row of few changes: in a sentence of three words, an exchange leaves none in its place."""

_DIGIT = re.compile(r"\d")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each two phrases that changed places, and for each verb that was turned round them."""
    passage, changed = row.passage, row.passage.changed
    if changed.base_words.isdisjoint(changed.witness_words):
        return (
            swapped_names.of_countries(passage)
            or turned_verbs.find(passage)
            or relative_clauses.find(passage)
        )
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
    return (
        findings
        or swapped_names.find(passage)
        or turned_verbs.find(passage)
        or relative_clauses.find(passage)
    )


def _letter_sums(passage: Passage) -> list[int]:
    """Return by how much the letters up to each change, and past the last, sum up to more in base than in witness.

    From one change to another, words can only have changed places if both sums are equal: a look that takes a tenth of
    the time of reading the words. It says nothing where numbers changed, which may be figures on the other side;
    then none are returned.
    """
    changed = passage.changed
    if not changed.letter_runs.isdisjoint(NUMBERS) or _DIGIT.search(
        "".join((*changed.base_parts, *changed.witness_parts))
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
    tokens, other_tokens = tokens_of(passage.base, base), tokens_of(passage.witness, witness)
    if len(tokens) != len(other_tokens) or len(tokens) < 3:
        return None
    forms, other_forms = [token.form for token in tokens], [token.form for token in other_tokens]
    if forms == other_forms or sorted(forms) != sorted(other_forms):
        return None
    exchange = _parted(tokens, forms, other_forms)
    if exchange is None or not turns_meaning(passage.base, exchange):
        return None
    if _is_one_name(passage, exchange, other_tokens):
        return None
    phrases = sorted(
        (bare(passage.base, phrase) for phrase in (exchange.first, exchange.second)), key=in_order
    )
    return Finding("exchange", base, witness, f"changed places: {', '.join(phrases)}", "exchange-places")


def _is_one_name(passage: Passage, exchange: Exchange, other_tokens: Sequence[Token]) -> bool:
    """Return whether phrases are what a body is and where, about its name: charity Rail Aid UK, UK rail aid charity.

    One of the two is in small letters, and what is between has capitals on one side at least and nothing but nouns.
    """
    first, between, second = exchange
    if any(token.form in OPENERS | LIGHT | BE or not token.form[0].isalpha() for token in between):
        return False
    other_between = other_tokens[len(second) : len(other_tokens) - len(first)]
    return any(
        all(text[token.start].isupper() for token in tokens)
        for text, tokens in ((passage.base, between), (passage.witness, other_between))
    ) and any(
        len(phrase) == 1
        and passage.base[phrase[0].start].islower()
        and passage.witness[others[0].start].islower()
        for phrase, others in (
            (first, other_tokens[len(other_tokens) - len(first) :]),
            (second, other_tokens[: len(second)]),
        )
    )


def _begins_with_token_of(text: str, span: Span, other: str, other_span: Span) -> bool:
    """Return whether the first token of a span may be in the other: a tenth of the time of reading all tokens."""
    match = TOKEN.search(text, *span)
    form = form_of(match.group()) if match else ""
    return form[:1].isdigit() or form in other[slice(*other_span)].lower().translate(plain_signs())


def _parted(tokens: Sequence[Token], forms: list[str], other_forms: list[str]) -> Exchange | None:
    """Return the two phrases at the ends that changed places, if what is between them is the same on both sides."""
    quoted = '"' in forms
    longest = min(MAX_QUOTATION_WORDS if quoted else MAX_PHRASE_TOKENS, len(forms) - 2)
    for size in range(1, longest + 1):
        if forms[:size] != other_forms[-size:]:
            continue
        for other_size in range(1, min(longest, len(forms) - size - 1) + 1):
            if (
                forms[-other_size:] == other_forms[:other_size]
                and forms[size:-other_size] == other_forms[other_size:-size]
            ):
                return Exchange(tokens[:size], tokens[size:-other_size], tokens[-other_size:])
    return None


RULE = Rule(
    kind="exchange",
    names=("exchange-places", "exchange-turned"),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_WORDS,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE_OF_FEW_CHANGES,
)
KIND = Kind(
    rules=(RULE,),
    heading="Changed places",
    plural="Exchanges",
    nouns=("exchange of places", "exchanges of places"),
    looked_for=(
        "Two names, numbers, quotations or nouns that changed places in a passage otherwise kept, so that the sentence "
        "says who did what to whom the other way round; a verb that is passive on one side only, between phrases that "
        "kept their places; a relative clause turned round (whom the army attacked, who attacked the army)."
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
        (
            "Ikea took over Stora in the spring.",
            "Ikea was taken over by Stora in the spring.",
            "who did it to whom: took over → was taken over by",
        ),
        ("The clerks of the court blamed the ushers.", "The ushers blamed the clerks of the court."),
        (
            "The rebels whom the army attacked fled north.",
            "The rebels who attacked the army fled north.",
            "who did it to whom: whom the army attacked → who attacked the army",
        ),
        ("The dams on which they depend are old.", "The dams that depend on them are old."),
        ("Stora leased the mill to Ikea in May.", "After a year, Ikea leased the mill to Stora."),
    ),
    not_reported=(
        ("Oman and Yemen signed the accord.", "Yemen and Oman signed the accord."),
        ("Oman warned Yemen about the pirates.", "Yemen was warned by Oman about the pirates."),
        ("Ikea bought the forest from Stora.", "Stora’s forest was bought by Ikea."),
        ("Ms. Holm met Mr. Dahl in Turin.", "Mr. Dahl met Ms. Holm in Turin."),
        ("Holm won 52 votes and Dahl 48 votes in May.", "Dahl won 48 votes and Holm 52 votes in May."),
        ("The ferry runs between Bari and Split.", "The ferry runs between Split and Bari."),
        ("In Turin the two spoke on Monday.", "On Monday the two spoke in Turin."),
        ("Envoys came from Chad, Mali and Togo.", "Envoys came from Togo, Mali and Chad."),
        ("The firm that the union sued lost.", "The firm the union sued lost."),
        ("The chairman is Anders Holm.", "Anders Holm is the chairman."),
        (
            "“We are ready,” said Ms. Holm. “We are not,” said Mr. Dahl.",
            "“We are not,” said Mr. Dahl. “We are ready,” said Ms. Holm.",
        ),
    ),
)
