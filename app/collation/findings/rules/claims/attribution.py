"""Who says it, and how: said, claimed, admitted, denied; according to ..."""

import re

from app.collation import lexicon
from app.collation.findings.names import sources, statements
from app.collation.findings.names.sources import Source
from app.collation.findings.row.changed_words import ChangedWords, RowWord, words
from app.collation.findings.row.passage import Cover, Passage, overlap
from app.collation.findings.row.word_pairing import distance, nearest
from app.collation.findings.rule import ENGLISH, MIN_KEPT_SHARE_OF_WORDS, Kind, RowContext, Rule
from app.collation.findings.rules.claims.negators import is_negator
from app.collation.model import Finding, SideName, Span

_CLASSES = frozenset("neutral claim admission denial warning promise accusation lie".split())
"""Classes of reporting verbs that show how far the text vouches for what is said."""

_OTHER_USES = {
    verb.base for verb in lexicon.reporting_verbs() if "noun" in verb.traits and verb.kind != "claim"
} | {"reporting", "writing", "lie", "lying", "pretend", "pretending"}
"""Forms that mostly say something else: a report on the promise, to lie in ruins, to pretend to be."""

_CLASS_OF = {
    **{
        form: verb.kind
        for verb in lexicon.reporting_verbs()
        if verb.kind in _CLASSES
        for form in verb.forms
        if form not in _OTHER_USES
    },
    "according": "neutral",
}
WORDS = frozenset(_CLASS_OF)
"""Every reporting verb that the rule knows, and "according"."""

_EVIDENCE = lexicon.words("verb_kinds", "evidence")
"""Words that name a source in another way than "according to"."""

_SUSPECTED = frozenset(("alleged", "accused", "suspected"))
"""Words for who has not been tried: the alleged thief, the accused thief."""

_TO_REPORTS = re.compile(r"\w+ to (?:\w+ )?reports\b")
_TO_PLAN = re.compile(r"\w+ to (?:plan|schedule|which|whether)\b")
_SOURCES = frozenset(
    "account accounts affidavit affidavits article audit autopsy book complaint decree deposition diary document "
    "documents dossier emails estimate estimates evidence file files filing filings indictment inquest invoices "
    "judgment lawsuit ledger letter log logbook logs media memo memorandum minutes news petition press prosecutors "
    "record records report reports ruling sheet statement study subpoena survey sources testimony transcript "
    "transcripts verdict warrant".split()
)
"""Words for what something is known from, beside people and bodies."""

_TO = re.compile(r"\w+ to ((?:[^\s,.;:]+ ?){1,6})")
_PHRASE = re.compile(r"\w+(?:\s+[^\s,.;:]+)*")
MAX_GAP = 20
"""Code points between the verbs of two sources of which one took the other's place."""

MAX_GAP_OF_SAME = 1000
"""The same where both may be one source: the words that name it may move through the sentence."""

MIN_STATEMENT_CHARS = 19
"""Code points of a statement, apart from its source, whose source is missed."""

MIN_KEPT_SHARE_OF_STATEMENT = 0.55
"""The least share of it that both sides have."""

MAX_SOURCE_CHARS = 60
"""Characters of a source that a finding spans."""


def find(row: RowContext) -> list[Finding]:
    """Return a finding for each reporting verb replaced by one of another class, and each source on one side only."""
    findings = _verbs(row.passage)
    of_sources = _sources(row.passage)
    if not of_sources:
        return findings
    dropped = [each for each in of_sources if each.rule == "attribution-one-sided"]
    row.findings = [each for each in row.findings if not any(_is_name_of(each, source) for source in dropped)]
    reported = [*findings, *row.findings_of(("name",))]
    base, witness = Cover(each.base for each in reported), Cover(each.witness for each in reported)
    return findings + [
        each
        for each in of_sources
        if not (
            (each.base[0] < each.base[1] and base.meets(each.base))
            or (each.witness[0] < each.witness[1] and witness.meets(each.witness))
        )
    ]


def _is_name_of(finding: Finding, source: Finding) -> bool:
    """Return whether a finding is of the name of a source on one side only, which is reported as a whole."""
    return finding.rule == "name-one-sided" and all(
        whole[0] <= part[0] and part[1] <= whole[1]
        for part, whole in ((finding.base, source.base), (finding.witness, source.witness))
        if part[0] < part[1]
    )


def _verbs(passage: Passage) -> list[Finding]:
    changed = passage.changed
    deleted, inserted = WORDS & changed.only_in_base, WORDS & changed.only_in_witness
    if not ((deleted and inserted) or "according" in deleted | inserted):
        return []
    base, witness = changed.base_among(WORDS), changed.witness_among(WORDS)
    base_classes, witness_classes = (
        {_CLASS_OF[word.lower] for word in base},
        {_CLASS_OF[word.lower] for word in witness},
    )
    findings = []
    for base_verb, witness_verb in nearest(passage, base, witness):
        is_new = (
            _CLASS_OF[base_verb.lower] not in witness_classes
            and _CLASS_OF[witness_verb.lower] not in base_classes
            and not {base_verb.lower, witness_verb.lower} <= _SUSPECTED
            and not _says_no(changed, base_verb, witness_verb)
        )
        if base_verb.change == witness_verb.change and is_new:
            says = f"way of saying changed: {base_verb.text} → {witness_verb.text}"
            findings.append(
                Finding("attribution", base_verb.span, witness_verb.span, says, "attribution-changed")
            )
    others = changed.witness_words if base else changed.base_words
    if bool(base) != bool(witness) and others.isdisjoint(_EVIDENCE):
        side: SideName = "base" if base else "witness"
        findings += [
            _source(passage, word, side)
            for word in base or witness
            if word.lower == "according"
            and _names_source(passage, word, side)
            and not (_TO_REPORTS.match(passage.text(side), word.start) and "reportedly" in others)
        ]
    return findings


def _says_no(changed: ChangedWords, base: RowWord, witness: RowWord) -> bool:
    """Return whether one side denies what the other says is untrue: denied the report, said it was not true."""
    for verb, other_words in ((base, changed.witness_words), (witness, changed.base_words)):
        if _CLASS_OF[verb.lower] == "denial" and any(
            word in _UNTRUE or is_negator(word) for word in other_words
        ):
            return True
    return False


_UNTRUE = frozenset("baseless false falsehood incorrect invented lie nonsense unfounded untrue wrong".split())


def _names_source(passage: Passage, word: RowWord, side: SideName) -> bool:
    """Return whether "according to" names a source that the other side does not name there in another way."""
    text = passage.text(side)
    match = _TO.match(text, word.start)
    if _TO_PLAN.match(text, word.start) or match is None:
        return False
    phrase = words(match[1], (0, len(match[1])))
    if not phrase or any(part.lower[:1].isdigit() or part.lower[-1:].isdigit() for part in phrase):
        return False  # a standard: ISO 9001
    if not any(
        (part.text[0].isupper() and not ("-" in part.text and part.text.isupper()))
        or lexicon.is_people(part.lower)
        or part.lower in _SOURCES
        for part in phrase
    ):
        return False  # a method: standard techniques
    other = passage.witness if side == "base" else passage.base
    place = passage.other_side((word.start, match.end()), side)
    around = other[max(0, place[0] - MAX_SOURCE_CHARS) : place[1] + MAX_SOURCE_CHARS]
    return phrase[-1].lower not in {part.lower for part in words(around, (0, len(around)))}


def _sources(passage: Passage) -> list[Finding]:
    """Return a finding for each source replaced by another, and each whose statement has none on the other side."""
    base, witness = sources.sources(passage)
    if not (base or witness):
        return []
    findings = []
    free_base, free_witness = dict.fromkeys(range(len(base))), dict.fromkeys(range(len(witness)))
    # Those that may be the same first, then the nearest.
    ranked = sorted(
        (not same, gap, base[i].span[0] + witness[j].span[0], abs(base[i].span[0] - witness[j].span[0]), i, j)
        for i in free_base
        for j in free_witness
        for same in (sources.are_same(base[i], witness[j]),)
        if (gap := distance(passage, base[i].verb, witness[j].verb)) <= (MAX_GAP_OF_SAME if same else MAX_GAP)
    )
    for differ, *_, i, j in ranked:
        if i in free_base and j in free_witness:
            del free_base[i], free_witness[j]
            if differ and _took_place(passage, base[i], witness[j]):
                findings.append(_changed(passage, base[i].span, witness[j].span))
    findings += [
        _dropped(passage, base[i], "base") for i in free_base if _is_dropped(passage, base[i], "base")
    ]
    findings += [
        _dropped(passage, witness[j], "witness")
        for j in free_witness
        if _is_dropped(passage, witness[j], "witness")
    ]
    return findings


def _changed(passage: Passage, base: Span, witness: Span) -> Finding:
    says = f"source changed: {_line(passage.base, base)} → {_line(passage.witness, witness)}"
    return Finding("attribution", base, witness, says, "attribution-source-changed")


def _line(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _took_place(passage: Passage, base: Source, witness: Source) -> bool:
    return (
        "that" not in (base.words[0], witness.words[0])
        and passage.run_at(base.span, "base") > 0
        and passage.run_at(witness.span, "witness") > 0
        and sources.is_people(base)
        and sources.is_people(witness)
    )


def _is_dropped(passage: Passage, source: Source, side: SideName) -> bool:
    """Return whether the other side states the same without saying who does."""
    if passage.text(side)[slice(*source.verb)].lower() == "according":
        return False  # ``_verbs`` tells of it
    if source.is_open or not source.vouches or not passage.run_at(source.verb, side):
        return False
    start, end = source.span
    last_word = passage.text(side)[start:end].rfind(" ") + 1
    if _is_kept(passage, (start + last_word, end), side) and _is_replaced(passage, source.verb, side):
        return False  # the agent recommends it, the agent suggests it
    start, end = source.whole
    rest = [(source.sentence[0], start), (end, source.sentence[1])]
    length = sum(span[1] - span[0] for span in rest)
    kept = sum(
        overlap(getattr(change, side), span)
        for change in passage.changes
        if change.op == "equal" or change.typography
        for span in rest
    )
    if length < MIN_STATEMENT_CHARS or kept < MIN_KEPT_SHARE_OF_STATEMENT * length:
        return False
    return not statements.states_somehow(passage, side, source.sentence, source.whole)


def _is_kept(passage: Passage, span: Span, side: SideName) -> bool:
    return not passage.run_at(span, side)


def _is_replaced(passage: Passage, span: Span, side: SideName) -> bool:
    other_side: SideName = "witness" if side == "base" else "base"
    return any(
        overlap(getattr(change, side), span)
        and passage.text(other_side)[slice(*getattr(change, other_side))].strip()
        for change in passage.reworded
    )


def _dropped(passage: Passage, source: Source, side: SideName) -> Finding:
    line = " ".join(passage.text(side)[slice(*source.whole)].split())
    return passage.one_sided(
        "attribution", source.whole, side, f"source on one side only: {line}", "attribution-one-sided"
    )


def _source(passage: Passage, word: RowWord, side: SideName) -> Finding:
    text = passage.text(side)
    match = _PHRASE.match(text, word.start, word.start + MAX_SOURCE_CHARS)
    span = word.start, match.end() if match else word.end
    says = f"source on one side only: {' '.join(text[slice(*span)].split())}"
    return passage.one_sided("attribution", span, side, says, "attribution-one-sided")


RULE = Rule(
    kind="attribution",
    names=("attribution-changed", "attribution-source-changed", "attribution-one-sided"),
    find=find,
    languages=ENGLISH,
    min_kept_share=0.35,
    min_kept_share_of_few_changes=MIN_KEPT_SHARE_OF_WORDS,
    follows=("name",),
)
KIND = Kind(
    rules=(RULE,),
    heading="Attribution differs",
    plural="Attributions",
    nouns=("attribution", "attributions"),
    looked_for=(
        "Another way of saying: said, claimed, admitted, denied, warned, promised; another source (police, "
        "witnesses); a source on one side only, where the other states the same as a fact."
    ),
    ignored=(
        "Reporting verbs of one sort (said, stated, told); a source named in another way (doctors and physicians, "
        "a ministry and its spokesman), or by a pronoun; a source with its whole statement on one side only."
    ),
    headings={"attribution-source-changed": "Source differs"},
    reported=(
        (
            "The airline said the engine was new.",
            "The airline claimed the engine was new.",
            "way of saying changed: said → claimed",
        ),
        (
            "The bridge was unsafe, according to engineers.",
            "The bridge was unsafe.",
            "source on one side only: according to engineers",
        ),
        ("“It was an accident,” the guard said.", "“It was an accident,” the guard insisted."),
        (
            "The minister acknowledged that mistakes were made.",
            "The minister denied that mistakes were made.",
        ),
        ("Officials warned that the dam would break.", "Officials said that the dam would break."),
        (
            "According to the coroner, the man drowned before noon on Friday.",
            "The man drowned before noon on Friday.",
        ),
        ("The senator said he had taken the money.", "The senator admitted he had taken the money."),
        (
            "The ministry confirmed the strike, and the general said it was legal.",
            "The ministry confirmed the strike, and the general denied it was legal.",
        ),
        (
            "The ferry had been overloaded, the coast guard said.",
            "The ferry had been overloaded, survivors said.",
            "source changed: the coast guard → survivors",
        ),
        (
            "The orchard was sold in March, a notary told the paper.",
            "The orchard was sold in March.",
            "source on one side only: a notary told",
        ),
        ("Nurses say the ward has no heating at night.", "The ward has no heating at night."),
        ("The beam was rotten, divers found, and fell.", "The beam was rotten and fell."),
        ("The guide had been warned, a letter says.", "The guide had been warned."),
        ("Court papers show that the kiln was uninsured.", "The kiln was uninsured."),
        ("State television reported that it sank.", "A rebel website reported that it sank."),
    ),
    not_reported=(
        ("The minister stated that it was over.", "The minister said that it was over."),
        ("Officials told reporters that it was safe.", "Officials said that it was safe."),
        ("The report said sales fell.", "According to the report, sales fell."),
        ("Everything went according to plan.", "Everything went to plan."),
        ("“I agree,” he said.", "“I agree,” he told reporters."),
        ("Solicitors said the will was forged.", "Lawyers said the will was forged."),
        ("A spokesman for the bank said the vault was dry.", "The bank said the vault was dry."),
        ("The union reported a loss of two million.", "The union had a loss of two million."),
    ),
)
