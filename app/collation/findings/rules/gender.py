"""Pronouns and words for people that say whether a man or a woman is meant, exchanged for one another."""

from app.collation.findings.row.changed_words import RowWord
from app.collation.findings.row.passage import Passage
from app.collation.findings.row.word_pairing import nearest
from app.collation.model import Finding

_PAIRS = (
    "he/she him/her his/her his/hers himself/herself mr/ms mr/mrs mr/miss man/woman men/women boy/girl "
    "boys/girls husband/wife husbands/wives father/mother fathers/mothers son/daughter sons/daughters "
    "brother/sister brothers/sisters uncle/aunt nephew/niece grandfather/grandmother grandson/granddaughter "
    "king/queen prince/princess actor/actress waiter/waitress widower/widow gentleman/lady gentlemen/ladies "
    "male/female males/females boyfriend/girlfriend groom/bride spokesman/spokeswoman chairman/chairwoman "
    "businessman/businesswoman congressman/congresswoman policeman/policewoman sir/madam lord/lady "
    "duke/duchess stepfather/stepmother dad/mum dad/mom he's/she's he'd/she'd he'll/she'll"
)
_MALE = frozenset(pair.partition("/")[0] for pair in _PAIRS.split())
_FEMALE = frozenset(pair.partition("/")[2] for pair in _PAIRS.split())
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
