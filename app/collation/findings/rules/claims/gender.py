"""Pronouns and words for people that say whether a man or a woman is meant, exchanged for one another."""

from app.collation import lexicon
from app.collation.findings.row.word_pairing import distance, nearest
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.model import Finding

_MALE = frozenset(male for male, _ in lexicon.rows("gender_pairs"))
_FEMALE = frozenset(female for _, female in lexicon.rows("gender_pairs"))
WORDS = _MALE | _FEMALE
"""Every word that the rule knows."""

_PRONOUNS = frozenset("he she him her his hers himself herself he's she's he'd she'd he'll she'll".split())

MAX_DISTANCE_IN_OTHER_WORDS = 80
"""Code points between the places of two such words in texts reworded throughout, where one may be of another clause."""

_SUBJECTS = frozenset("he she he's she's he'd she'd he'll she'll".split())


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each word for a man that a word for a woman took the place of, or the other way round."""
    passage, changed = row.passage, row.passage.changed
    if changed.base_words.isdisjoint(WORDS) or changed.witness_words.isdisjoint(WORDS):
        return []
    findings = _exchanged(row)
    for words, other_words in () if findings else ((_MALE, _FEMALE), (_FEMALE, _MALE)):
        base, witness = changed.base_among(words), changed.witness_among(other_words)
        # Only as many as are fewer on one side and more on the other: a pronoun that moved is none of them.
        fewer = len(base) - len(changed.witness_among(words))
        more = len(witness) - len(changed.base_among(other_words))
        pairs = [
            (base_word, witness_word)
            for base_word, witness_word in nearest(passage, base, witness)
            if (base_word.lower in _PRONOUNS) == (witness_word.lower in _PRONOUNS)
            and (base_word.lower in _SUBJECTS) == (witness_word.lower in _SUBJECTS)
            and not (
                row.texts.rewritten
                and distance(passage, base_word.span, witness_word.span) > MAX_DISTANCE_IN_OTHER_WORDS
            )
        ][: max(0, min(fewer, more))]
        for base_word, witness_word in pairs:
            says = f"gender changed: {base_word.text} → {witness_word.text}"
            findings.append(Finding("gender", base_word.span, witness_word.span, says, "gender-changed"))
    return findings


def _exchanged(row: RowContext) -> list[Finding]:
    """Return a finding for each pronoun of a row in which pronouns changed places and nothing else changed.

    In "she had heard his cries" and "he had heard her cries", both sides have equally many of either gender.
    """
    passage = row.passage
    pairs = [(" ".join(small.base), " ".join(small.witness)) for small in passage.changed.small]
    if len(pairs) != len(passage.reworded) or not all(
        (base in _MALE and witness in _FEMALE) or (base in _FEMALE and witness in _MALE)
        for base, witness in pairs
    ):
        return []
    return [
        Finding(
            "gender",
            change.base,
            change.witness,
            f"gender changed: {passage.base[slice(*change.base)]} → {passage.witness[slice(*change.witness)]}",
            "gender-changed",
        )
        for change in passage.reworded
    ]


RULE = Rule(
    kind="gender",
    names=("gender-changed",),
    find=find,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_WORDS,
)
KIND = Kind(
    rules=(RULE,),
    heading="Gender differs",
    plural="Genders",
    nouns=("gender", "genders"),
    looked_for=(
        "A word for a man in place of one for a woman, or the other way round: he and she, husband and wife."
    ),
    ignored="A pronoun that moved, was added or was left out; gender-neutral words (chair, spokesperson).",
    reported=(
        ("The judge said he would rule.", "The judge said she would rule.", "gender changed: he → she"),
        ("The actress thanked the crew.", "The actor thanked the crew."),
        ("She lost the final to a Swede.", "He lost the final to a Swede."),
        ("His daughter inherited the farm.", "His son inherited the farm."),
        ("The queen signed the decree.", "The king signed the decree."),
        ("Police arrested the woman at noon.", "Police arrested the man at noon."),
        ("The judge said he would rule on Friday.", "The judge said she would rule on Friday."),
        ("The victim’s husband called the police.", "The victim’s wife called the police."),
        ("Her lawyer declined to comment.", "His lawyer declined to comment."),
        ("The spokesman gave no details.", "The spokeswoman gave no details."),
    ),
    not_reported=(
        ("He gave her the book.", "He gave the book to her."),
        ("The chairman of the board resigned.", "The board's chair resigned."),
        ("She said her work was done.", "She said that her own work was done."),
        ("He put his coat on.", "He put on his coat."),
    ),
)
