"""Pronouns and words for people that say whether a man or a woman is meant, exchanged for one another."""

from app.collation import lexicon
from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.model import Finding

_MALE = frozenset(male for male, _ in lexicon.rows("gender_pairs"))
_FEMALE = frozenset(female for _, female in lexicon.rows("gender_pairs"))
WORDS = _MALE | _FEMALE
"""Every word that the rule knows."""

_PRONOUNS = frozenset("he she him her his hers himself herself he's she's he'd she'd he'll she'll".split())


def findings(passage: Passage) -> list[Finding]:
    """One finding a word for a man that a word for a woman took the place of, or the other way round."""
    changed = passage.changed
    if changed.base_words.isdisjoint(WORDS) or changed.witness_words.isdisjoint(WORDS):
        return []
    found = []
    for sort, other_sort in ((_MALE, _FEMALE), (_FEMALE, _MALE)):
        base, witness = changed.base_among(sort), changed.witness_among(other_sort)
        # Only as many as are fewer on the one side and more on the other: a pronoun that moved is none of them.
        gone = len(base) - len(changed.witness_among(sort))
        come = len(witness) - len(changed.base_among(other_sort))
        pairs = [
            (one, other)
            for one, other in nearest(passage, base, witness)
            if (one.lower in _PRONOUNS) == (other.lower in _PRONOUNS)
        ][: max(0, min(gone, come))]
        found += [_finding(one, other) for one, other in pairs]
    return found


def _finding(one: RowWord, other: RowWord) -> Finding:
    return Finding(
        "gender", one.span, other.span, f"gender changed: {one.text} → {other.text}", "gender-changed"
    )
