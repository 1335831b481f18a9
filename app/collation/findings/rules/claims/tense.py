"""Verbs that have another tense on one side: past, present or future."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.collation import lexicon
from app.collation.findings.row.changed_words import SmallChange, words
from app.collation.findings.row.passage import Passage
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_FEW_CHANGES, Kind, RowContext, Rule
from app.collation.findings.rules.claims import attribution
from app.collation.lexicon import Form, Tense, verb_forms
from app.collation.model import Change, Finding
from app.collation.text.sentences import start_of_sentence

MAX_CHARS_TO_REPORTING_VERB = 120
"""Characters before a verb in which a reporting verb makes it one of reported speech."""

MAX_CHARS_TO_PARTICIPLE = 30
"""Characters after "is" or "was" in which its participle is looked for."""

MAX_CHARS_TO_AUXILIARY = 40
"""Characters before a verb in which its auxiliary is looked for."""

_SHIFTING = attribution.WORDS | lexicon.words("verb_kinds", "backshift")
_OF_A_FACT = re.compile(
    r"\b(?:fact|(?:was|were|is|are|been)\s+(?:\w+ly\s+)?(?:\w+ed|angry|aware|glad|happy|proud|sad|sorry|sure|upset))\s+that\b"
)
"""What opens a clause whose tense may follow that of the feeling about it: was outraged that, by the fact that."""

_REPORTED = frozenset(
    form for verb in lexicon.reporting_verbs() if verb.kind in ("neutral", "claim") for form in verb.past
)
"""What "is" or "was" makes a report of: is said to be, was reported by police."""

_NEUTRAL = frozenset(
    form for verb in lexicon.reporting_verbs() if verb.kind == "neutral" for form in verb.forms
)
_STYLED = frozenset("say says said quote quotes quoted cite cites cited".split())
"""Verbs whose tense is a paper's house style wherever they report."""

_BE = frozenset(("is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't"))
_FUTURE = frozenset(("will", "shall", "won't", "'ll"))
_HAVE = frozenset(("has", "have", "had", "hasn't", "haven't", "hadn't"))
_BESIDE = frozenset(
    ("not", "also", "now", "already", "still", "often", "again", "previously", "been", "being", "to")
)
_SCHEDULED = re.compile(
    r"[^.!?;:]{{0,60}}\b(?:tomorrow|tonight|"
    r"(?:on|in|from|until|at)\s+(?:\d|noon\b|midnight\b|{}))".format(
        "|".join(entry.name for entry in (*lexicon.months(), *lexicon.weekdays()))
    )
)
"""A time for which the present tells what is planned: the fair opens on Sunday."""

_USED = frozenset(("has", "have", "had", "is", "are", "was", "were"))
"""Verbs that "to" may follow: had to be."""

_AUXILIARIES = _BE | _HAVE | {"did", "does", "do", "didn't", "doesn't", "don't"}
_AFTER_POINT = "\"'”’») "

_NO_VERBS = frozenset(
    ("a", "an", "the", "this", "these", "his", "its", "us", "as", "need", "red", "hundred", "s")
)


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each small change that has one verb in two tenses."""
    passage, changed = row.passage, row.passage.changed
    if _has_will(changed.only_in_base) == _has_will(changed.only_in_witness) and not _share_a_verb(
        changed.only_in_base, changed.only_in_witness
    ):
        return []
    return [
        _finding(passage, passage.reworded[small.number])
        for small in changed.small
        if _differ(passage, small, row.texts.rewritten)
    ]


def _has_will(words: frozenset[str]) -> bool:
    return "will" in words or "shall" in words


def _share_a_verb(gone: frozenset[str], come: frozenset[str]) -> bool:
    """Return whether words of both may be forms of one verb: one check for all, before each change is looked at."""
    verbs = frozenset().union(*map(_verbs, gone))
    return not all(verbs.isdisjoint(_verbs(word)) for word in come)


@lru_cache(maxsize=1 << 13)
def _verbs(word: str) -> frozenset[str]:
    return frozenset(form.verb for form in verb_forms(word))


def _differ(passage: Passage, small: SmallChange, rewritten: bool) -> bool:
    """Return whether a small change has one verb in two tenses; of translators one may tell in the present."""
    base, witness = small.base, small.witness
    if not base or not witness:
        # "will" alone, before a verb that both sides have.
        alone = base or witness
        return (
            not rewritten
            and len(alone) == 1
            and alone[0] in ("will", "shall")
            and not _has_will(passage.changed.witness_words if base else passage.changed.base_words)
            and _verb_follows(passage, small)
            and not _is_reported(passage, passage.reworded[small.number])
        )
    change = passage.reworded[small.number]
    helpers = _helper(passage.base, change.base[0]), _helper(passage.witness, change.witness[0])
    if any(map(_BE.__contains__, helpers)):
        return False  # are broken, was hit: a participle has the tense of what is before it
    base_forms, witness_forms = (
        _forms([*helpers[:1], *base] if helpers[0] else base),
        _forms([*helpers[1:], *witness] if helpers[1] else witness),
    )
    if not base_forms or not witness_forms or base_forms & witness_forms:
        return False
    shifted = {base[0], witness[0]} == {"will", "would"} or all(
        form.tense != "future" for form in base_forms | witness_forms
    )
    if shifted and _is_reported(passage, passage.reworded[small.number]):
        return False
    if all(form.tense != "future" for form in base_forms | witness_forms) and _reports(passage, small):
        return False
    if rewritten and (
        {base[0], witness[0]} == {"will", "would"}
        or any(form.tense == "present" for form in base_forms | witness_forms)
    ):
        return False
    if shifted and _is_headline(passage):
        return False
    if {form.tense for form in base_forms | witness_forms} == {"present", "future"} and all(
        _SCHEDULED.match(text, at)
        for text, at in ((passage.base, change.base[1]), (passage.witness, change.witness[1]))
    ):
        return False
    verbs = {form.verb for form in base_forms}
    return any(form.verb in verbs for form in witness_forms)


def _helper(text: str, at: int) -> str:
    """Return the auxiliary before a verb, skipping "not" and adverbs; empty if there is none."""
    start = start_of_sentence(text, at, MAX_CHARS_TO_AUXILIARY)
    for word in reversed(words(text, (start, at))):
        if word.lower in _AUXILIARIES:
            return word.lower
        if word.lower not in _BESIDE and not word.lower.endswith("ly"):
            return ""
    return ""


def _is_headline(passage: Passage) -> bool:
    """Return whether the row is a headline on both sides, in which the present tells of what is past."""
    return not any(
        "\n" in text or text.rstrip(_AFTER_POINT).endswith((".", "!", ":", ";", "…"))
        for text in (passage.base, passage.witness)
    )


def _is_reported(passage: Passage, change: Change) -> bool:
    """Return whether it is what someone said, feels or knows, or depends on an "if": he said it was, he said it is."""
    for text, at in ((passage.base, change.base[0]), (passage.witness, change.witness[0])):
        start = start_of_sentence(text, at, MAX_CHARS_TO_REPORTING_VERB)
        if not _SHIFTING.isdisjoint([word.lower for word in words(text, (start, at))]):
            return True
        if _OF_A_FACT.search(text, start, at):
            return True
    return False


def _reports(passage: Passage, small: SmallChange) -> bool:
    """Return whether the verb only names the source, so that its tense is style: it is said, as the agency notes, ...

    Where another verb opens the statement ("he announces that"), it tells when that was.
    """
    change = passage.reworded[small.number]
    if not _STYLED.isdisjoint(small.base) and not _STYLED.isdisjoint(small.witness):
        return True
    return any(
        _names_source(text, end, verb)
        for text, end, verb in (
            (passage.base, change.base[1], small.base),
            (passage.witness, change.witness[1], small.witness),
        )
    )


def _names_source(text: str, end: int, verb: Sequence[str]) -> bool:
    following = text[end : end + MAX_CHARS_TO_PARTICIPLE].lstrip()
    if not following or following[0] in ",.;":
        return not _NEUTRAL.isdisjoint(verb)
    participle = next(
        (
            word.lower
            for word in words(text, (end, min(len(text), end + MAX_CHARS_TO_PARTICIPLE)))
            if word.lower not in _BESIDE
        ),
        "",
    )
    return participle in _REPORTED and not _BE.isdisjoint(verb)


def _verb_follows(passage: Passage, small: SmallChange) -> bool:
    change = passage.reworded[small.number]
    text, end = (passage.base, change.base[1]) if small.base else (passage.witness, change.witness[1])
    following = words(text, (end, min(len(text), end + 30)))
    return bool(following) and following[0].lower not in _NO_VERBS


def _forms(group: Sequence[str]) -> frozenset[Form]:
    """Return the verb forms that the words of one side may be; empty if they are not a verb."""
    if "to" in group[:-1] and group[0] not in _USED:
        return frozenset()  # an infinitive has no tense: yet to agree
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


RULE = Rule(
    kind="tense",
    names=("tense-changed",),
    find=find,
    languages=ENGLISH,
    min_kept_share=0.75,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE_OF_FEW_CHANGES,
)
KIND = Kind(
    rules=(RULE,),
    heading="Tense differs",
    plural="Tenses",
    nouns=("tense", "tenses"),
    looked_for="One verb in another tense: past, present or future.",
    ignored=(
        "Reported speech, in which tenses shift; says and said, is and was reported, and what names the source in "
        "passing (as the agency notes); has won beside won; another verb. The present tense of headlines; opens on "
        "Sunday beside will open on Sunday. Tenses in a sentence that was reworded further."
    ),
    reported=(
        (
            "The rebels hold the airport.",
            "The rebels will hold the airport.",
            "tense changed: “will” on one side only",
        ),
        ("Farmers are blocking the road.", "Farmers were blocking the road.", "tense changed: are → were"),
        ("The museum reopens in the spring.", "The museum reopened in the spring."),
        ("The company is profitable.", "The company was profitable."),
        ("The city buried its dead.", "The city buries its dead."),
        ("The court will hear the case.", "The court heard the case."),
        ("Rents are rising in the capital.", "Rents were rising in the capital."),
        ("The glacier has vanished.", "The glacier will vanish."),
        ("The bank raises its rate to four percent.", "The bank raised its rate to four percent."),
        ("The prince will open the bridge in June.", "The prince opened the bridge in June."),
        ("Farmers are blocking the border.", "Farmers were blocking the border."),
        ("Inflation is at its lowest in a decade.", "Inflation will be at its lowest in a decade."),
        ("The army has withdrawn from the town.", "The army will withdraw from the town."),
        ("The rebels hold the airport.", "The rebels held the airport."),
        ("The fund buys gold in small amounts.", "The fund bought gold in small amounts."),
        ("The envoy announces that he is leaving.", "The envoy announced that he is leaving."),
    ),
    not_reported=(
        ("He said the plan was dead.", "He said the plan is dead."),
        ("She was dismayed that the town had no bridge.", "She was dismayed that the town has no bridge."),
        ("The bay is reported to be frozen.", "The bay was reported to be frozen."),
        ("As the agency notes, output fell.", "As the agency noted, output fell."),
        ("The daily quotes a miner on the cave-in.", "The daily quoted a miner on the cave-in."),
        ("The team has won the cup.", "The team won the cup."),
        ("The army attacked the town.", "The town was attacked by the army."),
        (
            "The strike ended after both sides agreed to talks.",
            "Both sides agreed to talks, ending the strike.",
        ),
        ("The dam broke at dawn.", "At dawn, the dam broke."),
        ("She was born and raised in Lagos.", "She grew up in Lagos, where she was born."),
        ("The two leaders met in the afternoon.", "In the afternoon the two leaders met."),
        ("The fair opens on Sunday.", "The fair will open on Sunday."),
        ("It's the first such case.", "It is the first such case."),
        ("He said he would come.", "He said he will come."),
        ("It began in the spring of the year.", "It started in the spring of the year."),
        ("The strike killed at least three people.", "At least three people were killed in the strike."),
    ),
)
