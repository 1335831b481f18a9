"""How sure a text is: may, must, alleged, reportedly; and a statement that is a question on the other side."""

import re
from collections.abc import Sequence

from app.collation import lexicon
from app.collation.findings import namesakes
from app.collation.findings.row.changed_words import RowWord, words
from app.collation.findings.row.passage import Cover, Passage, gap, overlap
from app.collation.findings.row.word_pairing import nearest
from app.collation.findings.rule import (
    ENGLISH,
    MIN_KEPT_SHARE_OF_FEW_CHANGES,
    MIN_KEPT_SHARE_OF_WORDS,
    Kind,
    RowContext,
    Rule,
)
from app.collation.findings.rules.claims import intended
from app.collation.findings.rules.claims.degrees import DEGREES
from app.collation.findings.rules.claims.ladder import LADDER
from app.collation.model import Finding, SideName, Span
from app.collation.text.sentences import start_of_sentence

MIN_KEPT_SHARE_OF_A_QUESTION = 0.15
"""The least share of a question that the other side has too, as no question; of one that was added or left out it has
nearly nothing."""

MAX_SENTENCE_CHARS = 600
"""Characters in which the beginning of a question is looked for."""

MAX_QUESTION_CHARS = 60
"""Characters of a question that a finding repeats."""

_QUESTION_MARK = re.compile(r"\?+(?=[\"”’'»)\]]*(?:\s+[^\sa-z]|\s*\Z))")
"""A question mark that ends a sentence; before a small letter it is a slip."""

_ASKING = re.compile(
    r"\W*(?:(?:wh(?:o|om|ose|at|en|ere|y|ich)|how)\s+)?(?:(?:is|are|was|were|does|did|do\s+(?!not)|can|could|would|should)\s"
    r"|(?:will|has|have|had)\s+(?:the|it|he|she|they|we|you|there|this|that|his|her|their|its)\s)",
    re.IGNORECASE,
)
"""How a question begins that has lost its mark: Is the mayor behind the leak."""

_ENDS_ASKING = re.compile(r"[^.!?]*\?")
"""What follows the place of a question that is one of several in a sentence: or what if it breaks?"""

_SEEMING = frozenset(word for word, _, _, before in lexicon.rows("certainty") if before == "to")
"""Words that say so only before "to": he appears to have fled, he appeared in court."""
_NOT = re.compile(r"\s+(?:not|never|no\s+longer)\b")
_TO = re.compile(r"\s+to\b")
_IT = re.compile(r"\bit\s\Z", re.IGNORECASE)
_STRENGTH = {word: degree for word, degree, *_ in lexicon.rows("certainty") if degree}
_MODALS = frozenset("may might must will can could should".split())
_SUBJECTS = lexicon.words("function_words", "subject", "determiner")
_CALLED = lexicon.words("given_names", "male", "female") | lexicon.words("titles_and_roles", "title")
_BEFORE_A_MONTH = frozenset("in since until by last next of during early mid late before after from".split())
_AFTER_A_MODAL = frozenset("be have not never still soon also only".split())
_OWNED = re.compile(r"(?:\b(?:the|an?|its|his|their|my|our|your)|['’]s)\s+\Z", re.IGNORECASE)
"""What comes before a noun: the might of the fleet, his will, the firm's might."""
_ALMOST = re.compile(r"\b(?:all but|almost|nearly|practically|virtually) \Z")
_SENTENCE_END = re.compile(r"[.!?]")

MAX_CHARS_AFTER_A_MODAL = 40
"""Characters in which the word after a modal verb is looked for."""

_REPORTED_ALONE = frozenset(
    word for word, strength in _STRENGTH.items() if strength in ("perhaps", "hearsay", "must")
)
_REPORTED = frozenset(word for word, strength in _STRENGTH.items() if strength not in ("can", "will"))
_SAME_AS = {
    degree: frozenset(
        word for word, _, paraphrased, _ in lexicon.rows("certainty") if degree in paraphrased.split()
    )
    for degree in ("perhaps", "hearsay", "must")
}
WORDS = frozenset(_STRENGTH)


def find_certainty(row: RowContext) -> list[Finding]:
    """Return a finding for each word of certainty that changed or is on one side only."""
    passage, changed = row.passage, row.passage.changed
    if changed.base_words.isdisjoint(WORDS) and changed.witness_words.isdisjoint(WORDS):
        return []
    every_base = [word for word in changed.base_among(WORDS) if _counts(passage.base, word)]
    every_witness = [word for word in changed.witness_among(WORDS) if _counts(passage.witness, word)]
    base_lower, witness_lower = ({word.lower for word in side} for side in (every_base, every_witness))
    base = [word for word in every_base if word.lower not in witness_lower]
    witness = [word for word in every_witness if word.lower not in base_lower]
    findings = []
    paired: set[RowWord] = set()
    for base_word, witness_word in nearest(passage, base, witness):
        if base_word.change == witness_word.change:
            paired |= {base_word, witness_word}
            if (
                _STRENGTH[base_word.lower] != _STRENGTH[witness_word.lower]
                and {base_word.lower, witness_word.lower} & _REPORTED
                and not _is_same(base_word.lower, witness_word.lower)
                and not (_forbids(passage.base, base_word) and _forbids(passage.witness, witness_word))
                and not (_is_likely(passage.base, base_word) and _is_likely(passage.witness, witness_word))
            ):
                says = f"certainty differs: {base_word.text} → {witness_word.text}"
                findings.append(
                    Finding("modality", base_word.span, witness_word.span, says, "modality-changed")
                )
    sides: tuple[tuple[SideName, Sequence[RowWord], frozenset[str]], ...] = (
        ("base", base, (changed.witness_words - WORDS) | witness_lower),
        ("witness", witness, (changed.base_words - WORDS) | base_lower),
    )
    for side, of_side, other_words in sides:
        for word in of_side:
            if (
                word not in paired
                and word.lower in _REPORTED_ALONE
                and not _IT.search(passage.text(side), max(0, word.start - 4), word.start)  # it seems
                and _nothing_like(word, other_words)
                and not _forbids_too(passage.text(side), word, other_words)
                and not _only_repeats(passage, word, side)
            ):
                says = f"certainty on one side only: {word.text}"
                findings.append(passage.one_sided("modality", word.span, side, says, "modality-one-sided"))
    return [*findings, *namesakes.find(passage)]


def _forbids_too(text: str, word: RowWord, others: frozenset[str]) -> bool:
    """Return whether the other side forbids the same in other words: must not, is not allowed to."""
    return word.lower == "must" and text.startswith(" not ", word.end) and not _ALLOWED.isdisjoint(others)


_ALLOWED = frozenset(("allowed", "permitted"))


def _only_repeats(passage: Passage, word: RowWord, side: SideName) -> bool:
    """Return whether a word is beside a modal verb that says no more and that both sides have: may possibly be."""
    text, place = passage.text(side), passage.other_side(word.span, side)
    other = passage.text("witness" if side == "base" else "base")
    return (
        _STRENGTH[word.lower] == "perhaps"
        and word.lower not in _MODALS
        and _is_near_modal(text, word.span, 1)
        and _is_near_modal(other, place, MAX_CHARS_AFTER_A_MODAL)
    )


def _is_near_modal(text: str, span: Span, reach: int) -> bool:
    """Return whether a modal verb is at most ``reach`` code points from a place in its sentence."""
    start = max(start_of_sentence(text, span[0], MAX_SENTENCE_CHARS), span[0] - MAX_CHARS_AFTER_A_MODAL)
    near = words(text, (start, min(len(text), span[1] + MAX_CHARS_AFTER_A_MODAL)))
    return any(word.lower in intended.POSSIBLE and gap(word.span, span) <= reach for word in near)


def _counts(text: str, word: RowWord) -> bool:
    """Return whether a word says how sure the text is, where it is."""
    if intended.is_merely_possible(text, word):
        return False
    if word.lower in _MODALS:
        if _OWNED.search(text, max(0, word.start - MAX_CHARS_AFTER_A_MODAL), word.start):
            return False
        return word.text[0].islower() or _is_capitalised_modal(text, word)
    return (
        word.lower not in _SEEMING
        or _TO.match(text, word.end) is not None
        or _IT.search(text, max(0, word.start - 4), word.start) is not None
    )


def _is_capitalised_modal(text: str, word: RowWord) -> bool:
    """Return whether a capital May or Will is a verb, and no month, surname or given name.

    It is one where it opens a question or a wish ("May he rest"); elsewhere a capital is a name's, but in a headline in
    capitals, where the next word tells: "Minister May Resign" has a verb's base form, "Theresa May Resigns" has not.
    """
    first = start_of_sentence(text, word.start, MAX_SENTENCE_CHARS)
    before = words(text, (first, word.start))
    following = words(text, (word.end, min(len(text), word.end + MAX_CHARS_AFTER_A_MODAL)))
    if not following:
        return False
    after = following[0]
    if not before:
        ends = _SENTENCE_END.search(text, word.end)
        is_question = ends is not None and ends.group() == "?"
        return is_question or after.lower in _SUBJECTS
    last = before[-1]
    if last.lower in _BEFORE_A_MONTH or text[word.end : after.start].strip():
        return False
    if last.lower in _CALLED or not (last.text[0].isupper() and after.text[0].isupper()):
        return False
    return after.lower in _AFTER_A_MODAL or (
        lexicon.is_common(after.lower) and not after.lower.endswith(("s", "ed", "ing"))
    )


def _forbids(text: str, word: RowWord) -> bool:
    """Return whether a modal verb with its "not" forbids: may not, must not."""
    return word.lower in ("may", "must", "can", "should", "shall") and _NOT.match(text, word.end) is not None


def _is_likely(text: str, word: RowWord) -> bool:
    """Return whether a word says that something is likely: probably, almost certainly."""
    if word.lower in ("certain", "certainly"):
        return _ALMOST.search(text, max(0, word.start - MAX_CHARS_AFTER_A_MODAL), word.start) is not None
    return word.lower in ("likely", "probable", "probably")


def _is_same(first: str, second: str) -> bool:
    return {_STRENGTH[first], _STRENGTH[second]} in ({"perhaps", "can"}, {"perhaps", "hearsay"})


def _nothing_like(word: RowWord, others: frozenset[str]) -> bool:
    return others.isdisjoint(_SAME_AS[_STRENGTH[word.lower]])


def find_questions(row: RowContext) -> list[Finding]:
    """Return a finding for each question that the other side does not ask."""
    passage = row.passage
    if "?" not in passage.base and "?" not in passage.witness:
        return []
    base = [match.start() for match in _QUESTION_MARK.finditer(passage.base)]
    witness = [match.start() for match in _QUESTION_MARK.finditer(passage.witness)]
    if len(base) > len(witness):
        return _questions(passage, "base", base, len(base) - len(witness))
    return _questions(passage, "witness", witness, len(witness) - len(base))


def _questions(passage: Passage, side: SideName, marks: Sequence[int], more: int) -> list[Finding]:
    """Return findings for ``more`` questions at most that end at ``marks``, inside a change of ``side``."""
    text = passage.text(side)
    cover = Cover(getattr(change, side) for change in passage.reworded)
    unchanged: list[Span] = [getattr(change, side) for change in passage.changes if change.op == "equal"]
    findings = []
    for mark in [mark for mark in marks if cover.meets((mark, mark + 1))][:more]:
        span = start_of_sentence(text, mark, MAX_SENTENCE_CHARS), mark + 1
        if (
            sum(overlap(span, part) for part in unchanged) / (span[1] - span[0])
            >= MIN_KEPT_SHARE_OF_A_QUESTION
        ):
            place = passage.other_side(span, side)
            other = passage.text("witness" if side == "base" else "base")
            if _ENDS_ASKING.match(other, max(place[0], place[1] - 1)) or _ASKING.match(
                other, start_of_sentence(other, place[1], MAX_SENTENCE_CHARS)
            ):
                continue
            spans = (span, place) if side == "base" else (place, span)
            says = f"a question on one side only: {_opening(text[slice(*span)])}"
            findings.append(Finding("modality", *spans, says, "question-one-sided"))
    return findings


def _opening(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= MAX_QUESTION_CHARS else line[:MAX_QUESTION_CHARS].rsplit(" ", 1)[0] + "…?"


CERTAINTY = Rule(
    kind="modality",
    names=("modality-changed", "modality-one-sided"),
    find=find_certainty,
    languages=ENGLISH,
    min_kept_share=0.6,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE_OF_FEW_CHANGES,
)
QUESTIONS = Rule(
    kind="modality",
    names=("question-one-sided",),
    find=find_questions,
    languages=ENGLISH,
    min_kept_share=MIN_KEPT_SHARE_OF_WORDS,
)
KIND = Kind(
    rules=(QUESTIONS, CERTAINTY, LADDER, DEGREES),
    heading="Certainty differs",
    plural="Certainty",
    nouns=("degree of certainty", "degrees of certainty"),
    headings={
        "question-one-sided": "Question in one text only",
        "condition-one-sided": "Condition in one text only",
        "modality-stage": "Stage of a case differs",
    },
    looked_for=(
        "How sure a text is, on a ladder: did; will; is expected to, plans to; vowed to; wants to, tried to; "
        "would, could, should, would have; may; is believed to, allegedly. How far a case has come: suspected, "
        "questioned, arrested, charged, tried, convicted, acquitted. How many and how often (all, most; always, "
        "sometimes), how firmly (urged, ordered). A condition (if, provided that), a “nearly”, “almost” or “only” "
        "that one side lacks; a statement that is a question on the other side."
    ),
    ignored=(
        "Words of the same step (may, might, could; is set to, is due to; convicted, found guilty; may not, must not), "
        "and the same degree of certainty in other words (it is likely, is said to)."
    ),
    reported=(
        ("The fair opens on Sunday, weather permitting.", "The fair opens on Sunday."),
        ("Most of the ponds froze.", "All of the ponds froze.", "how many differs: Most of → All of"),
        ("The harbour master urged them to leave.", "The harbour master ordered them to leave."),
        ("The ferry sometimes runs late.", "The ferry runs late.", "how often on one side only: sometimes"),
        ("The fund is for orphans.", "The fund is only for orphans.", "limit on one side only: only"),
        ("Divers feared drowned off Malta", "Divers drowned off Malta"),
        ("The memo suggests the vault was empty.", "The memo proves the vault was empty."),
        (
            "The alleged spy was held for two days.",
            "The spy was held for two days.",
            "certainty on one side only: alleged",
        ),
        (
            "The mayor will resign in May.",
            "Will the mayor resign in May?",
            "a question on one side only: Will the mayor resign in May?",
        ),
        ("The firm may close the plant.", "The firm will close the plant.", "certainty differs: may → will"),
        ("The suspected arsonist was freed on bail.", "The arsonist was freed on bail."),
        ("The heirs offered to sell the mill.", "The heirs sold the mill."),
        ("There were fears that the dyke had burst.", "The dyke had burst."),
        ("Bank to close ten branches in June", "Bank closes ten branches in June"),
        ("Passengers must wear masks on board.", "Passengers may wear masks on board."),
        ("The apparently drunk driver fled.", "The drunk driver fled."),
        ("Perhaps the pilot lost control.", "The pilot lost control."),
        ("The fair would have been cancelled.", "The fair was cancelled."),
        ("The bank could fail.", "Could the bank fail?"),
        ("The law should protect children.", "The law will protect children."),
        ("The purported letter was sold at auction.", "The letter was sold at auction."),
        ("The company may close the plant.", "The company will close the plant."),
        ("The company may close the plant.", "The company must close the plant."),
        ("He reportedly paid the fine in cash.", "He paid the fine in cash."),
        ("The virus possibly came from a market.", "The virus came from a market."),
        ("The fire was allegedly started by a guard.", "The fire was started by a guard."),
        ("Members should vote by post.", "Members must vote by post."),
        ("The minister knew of the payments.", "Did the minister know of the payments?"),
        ("Prices might fall in the autumn.", "Prices will fall in the autumn."),
        ("The general appears to have fled.", "The general has fled."),
        ("The ferry will sail again in May.", "The ferry may sail again soon."),
        ("Rebels May Release Hostages", "Rebels Will Release Hostages"),
        ("POLICE MAY CLOSE BRIDGE", "POLICE TO CLOSE BRIDGE"),
        (
            "The court jailed the man accused of arson.",
            "The court jailed the man convicted of arson.",
            "stage of a case differs: accused → convicted",
        ),
        (
            "The theatre will reopen if the roof holds.",
            "The theatre will reopen.",
            "condition on one side only: if the roof holds",
        ),
        ("The bakery plans to raise its prices.", "The bakery will raise its prices."),
        ("The climbers are believed to have frozen.", "The climbers froze."),
        ("The bishop vowed to sell the palace.", "The bishop sold the palace."),
        ("The union tried to block the merger.", "The union blocked the merger."),
        ("The reservoir is almost full.", "The reservoir is full."),
        ("Doctors suspect that the water was bad.", "Doctors confirmed that the water was bad."),
    ),
    not_reported=(
        ("The safe was almost certainly empty.", "The safe was very probably empty."),
        ("Most of the ponds froze.", "The majority of the ponds froze."),
        ("The fund is only for orphans.", "The fund is for orphans alone."),
        ("The crew managed to save the boat.", "The crew saved the boat."),
        ("The drug may help patients.", "The drug might help patients."),
        ("It will probably snow.", "It is likely to snow."),
        ("They must leave.", "They have to leave."),
        ("He allegedly stole it.", "He is accused of stealing it."),
        ("“Why now?” he asked.", "“Why now?” he wondered."),
        ("He thinks prices may fall next year.", "He believes prices could fall next year."),
        ("The bones may possibly be old.", "The bones may be old."),
        ("Prices could rise.", "Prices may rise."),
        ("There is no doubt that it works.", "It certainly works."),
        ("The drug may help patients.", "It is possible that the drug helps patients."),
        ("He is said to have left.", "He has reportedly left."),
        ("Will it rain? Nobody knows.", "Will it rain? No one knows."),
        ("Voting ended on 12 May in the north.", "Voting ended on Sunday in the north."),
        ("In early May the dam broke.", "In early spring the dam broke."),
        (
            "The might of the river carried the bridge away.",
            "The force of the river carried the bridge away.",
        ),
        ("May rains flooded the valley.", "Heavy rains flooded the valley."),
        ("Sales rose in April, May and June.", "Sales rose in three months."),
        ("The theatre is set to reopen in June.", "The theatre is due to reopen in June."),
        ("Dogs must not enter the park.", "Dogs may not enter the park."),
        ("Members may bring a friend.", "Members are allowed to bring a friend."),
        ("A clerk was convicted of theft.", "A clerk was found guilty of theft."),
        ("The report indicates that sales fell.", "The report shows that sales fell."),
    ),
)
