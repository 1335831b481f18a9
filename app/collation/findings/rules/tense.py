"""Verbs of which one side speaks in another tense: past, present or future."""

import re
from functools import lru_cache

from app.collation import lexicon
from app.collation.findings.row.changed_words import Small, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rules import attribution
from app.collation.lexicon import Form, Tense, verb_forms
from app.collation.model import Change, Finding

KEPT = 0.75
"""The least share of a row that stands on both sides: where more was put in other words, the tense goes with the
sentence that it stands in."""

REPORTED = 120
"""Characters before a verb in which a verb of saying makes it one of reported speech."""

_SHIFTING = attribution.WORDS | lexicon.words("verb_kinds", "backshift")
_FUTURE = frozenset(("will", "shall", "won't", "'ll"))
_HAVE = frozenset(("has", "have", "had", "hasn't", "haven't", "hadn't"))
_BESIDE = frozenset(
    ("not", "also", "now", "already", "still", "often", "again", "previously", "been", "being", "to")
)
_NO_VERBS = frozenset(
    ("a", "an", "the", "this", "these", "his", "its", "us", "as", "need", "red", "hundred", "s")
)


def findings(passage: Passage) -> list[Finding]:
    """One finding a small change in which one verb stands in two tenses."""
    changed = passage.changed
    if not passage.is_close(KEPT) or not (
        _has_will(changed.gone) != _has_will(changed.come) or _share_a_verb(changed.gone, changed.come)
    ):
        return []
    return [
        _finding(passage, passage.reworded[small.number])
        for small in changed.small
        if _differ(passage, small)
    ]


def _has_will(found: frozenset[str]) -> bool:
    return "will" in found or "shall" in found


def _share_a_verb(gone: frozenset[str], come: frozenset[str]) -> bool:
    """Whether words of both may be forms of one verb: asked of all at once, before each change is looked at."""
    verbs = frozenset().union(*map(_verbs, gone))
    return not all(verbs.isdisjoint(_verbs(word)) for word in come)


@lru_cache(maxsize=1 << 13)
def _verbs(word: str) -> frozenset[str]:
    return frozenset(form.verb for form in verb_forms(word))


def _differ(passage: Passage, small: Small) -> bool:
    base, witness = small.base, small.witness
    if not base or not witness:
        # "will" alone, put before the verb that stands on both sides.
        alone = base or witness
        return (
            len(alone) == 1
            and alone[0] in ("will", "shall")
            and _verb_follows(passage, small)
            and not _is_reported(passage, passage.reworded[small.number])
        )
    one, other = _forms(base), _forms(witness)
    if not one or not other or one & other:
        return False
    shifted = {base[0], witness[0]} == {"will", "would"} or all(
        form.tense != "future" for form in one | other
    )
    if shifted and _is_reported(passage, passage.reworded[small.number]):
        return False
    verbs = {form.verb for form in one}
    return any(form.verb in verbs for form in other)


def _is_reported(passage: Passage, change: Change) -> bool:
    """Whether someone said it before, or it hangs on an if: he said it was, he said it is."""
    for text, at in ((passage.base, change.base[0]), (passage.witness, change.witness[0])):
        sentence = re.split(r"[.!?\n]\s", text[max(0, at - REPORTED) : at])[-1]
        if not _SHIFTING.isdisjoint([word.lower for word in words(sentence, (0, len(sentence)))]):
            return True
    return False


def _verb_follows(passage: Passage, small: Small) -> bool:
    change = passage.reworded[small.number]
    text, end = (passage.base, change.base[1]) if small.base else (passage.witness, change.witness[1])
    following = words(text, (end, min(len(text), end + 30)))
    return bool(following) and following[0].lower not in _NO_VERBS


def _forms(group: list[str]) -> frozenset[Form]:
    """What the words of one side may say as one verb; empty where they are none."""
    group = [word for word in group if word not in _BESIDE] or group
    if group[0] in _FUTURE:
        verbs = [form.verb for form in verb_forms(group[1] if len(group) > 1 else group[0])]
        return frozenset(Form(verb, "future") for verb in verbs)
    if len(group) == 2 and group[0] in _HAVE:
        # "Has made" tells of the time of "made", and of "makes" too.
        verbs = [form.verb for form in verb_forms(group[1]) if form.tense == "past"]
        tenses: tuple[Tense, ...] = ("past",) if group[0] == "had" else ("past", "present")
        return frozenset(Form(verb, tense) for verb in verbs for tense in tenses)
    if len(group) == 2 and group[0] in ("did", "does", "do"):
        done: Tense = "past" if group[0] == "did" else "present"
        return frozenset(Form(form.verb, done) for form in verb_forms(group[1]))
    if len(group) > 1 or group[0] in _NO_VERBS or not group[0].isalpha():
        return frozenset()
    return verb_forms(group[0])


def _finding(passage: Passage, change: Change) -> Finding:
    base, witness = passage.base[slice(*change.base)], passage.witness[slice(*change.witness)]
    if base.strip() and witness.strip():
        says = f"tense changed: {' '.join(base.split())} → {' '.join(witness.split())}"
    else:
        says = f"tense changed: “{' '.join((base + witness).split())}” on one side only"
    return Finding("tense", change.base, change.witness, says, "tense-changed")
