"""The table of rules: each kind reports what its examples say, from both sides, and nothing else."""

import re
from typing import get_args

import pytest

from app.collation.diff import diff
from app.collation.findings import NO_TEXTS, Texts, findings
from app.collation.findings.registry import KINDS, RULES
from app.collation.findings.rule import Kind
from app.collation.model import Finding, FindingKind


def _of_peers(kind: Kind, base: str, witness: str) -> list[Finding]:
    """Return the findings of loud kinds for the same languages; none may replace another."""
    peers = [
        peer.name
        for peer in KINDS.values()
        if (peer is kind if kind.is_quiet else not peer.is_quiet and peer.is_english == kind.is_english)
    ]
    texts = NO_TEXTS if kind.is_english else Texts.of([base], [witness])
    changes = diff(base, witness).changes
    return [finding for finding in findings(base, witness, changes, texts) if finding.kind in peers]


def _mirrored(says: str) -> str:
    return re.sub(r"\A(.+?: )?(.+) → (.+?)(, and in .+)?\Z", r"\1\3 → \2\4", says)


@pytest.mark.parametrize(
    ("kind", "base", "witness", "says"),
    [
        pytest.param(kind, example[0], example[1], "".join(example[2:]), id=f"{kind.name}-{example[1]}")
        for kind in KINDS.values()
        for example in kind.reported
    ],
)
def test_what_changed_is_reported_as_its_kind_alone(kind: Kind, base: str, witness: str, says: str) -> None:
    (finding,) = _of_peers(kind, base, witness)
    (mirror,) = _of_peers(kind, witness, base)
    assert finding.kind == mirror.kind == kind.name
    assert (mirror.base, mirror.witness) == (finding.witness, finding.base)
    if says:
        assert finding.says == says
        assert mirror.says == _mirrored(says)


@pytest.mark.parametrize(
    ("kind", "base", "witness"),
    [
        pytest.param(kind, *example[:2], id=f"{kind.name}-{example[1]}")
        for kind in KINDS.values()
        for example in kind.not_reported
    ],
)
def test_what_is_put_in_other_words_is_not_reported(kind: Kind, base: str, witness: str) -> None:
    assert _of_peers(kind, base, witness) == []
    assert _of_peers(kind, witness, base) == []


def test_every_kind_is_in_the_table_once() -> None:
    assert sorted(KINDS) == sorted(get_args(FindingKind))
    assert all(rule.kind == name for name, kind in KINDS.items() for rule in kind.rules)


def test_every_kind_has_examples_of_both_sorts_and_words_of_its_own() -> None:
    assert all(kind.reported and kind.not_reported for kind in KINDS.values())
    for words in ([kind.heading for kind in KINDS.values()], [kind.plural for kind in KINDS.values()]):
        assert len(set(words)) == len(KINDS)


def test_a_rule_runs_after_those_that_it_must_not_repeat() -> None:
    for place, rule in enumerate(RULES):
        assert {other.kind for other in RULES[place:]}.isdisjoint(rule.follows), rule.kind


def test_a_finding_names_a_rule_of_its_kind() -> None:
    for kind in KINDS.values():
        names = {name for rule in kind.rules for name in rule.names}
        reported = {finding.rule for example in kind.reported for finding in _of_peers(kind, *example[:2])}
        assert reported == names


def _english(base: str, witness: str) -> list[Finding]:
    return _of_peers(KINDS["name"], base, witness)


def test_both_sides_are_marked() -> None:
    base, witness = "He flew to Kharkiv.", "Then he flew to Odesa."
    (finding,) = _english(base, witness)
    assert base[slice(*finding.base)] == "Kharkiv"
    assert witness[slice(*finding.witness)] == "Odesa"


def test_a_name_on_one_side_is_marked_at_its_place_on_the_other() -> None:
    base, witness = "Shells hit the town of Vovchansk on Monday.", "Shells hit the town on Monday."
    (finding,) = _english(base, witness)
    assert base[slice(*finding.base)] == "Vovchansk"
    assert finding.witness[0] == finding.witness[1]
    assert witness[: finding.witness[0]].strip() == "Shells hit the town"


def test_other_languages_are_left_to_the_kinds_that_know_them() -> None:
    base, witness = "Der Minister war nicht in Berlin, sagte er.", "Der Minister war in Hamburg, sagte er."
    german = findings(base, witness, diff(base, witness).changes, Texts(english=False))
    assert {finding.kind for finding in german} == {"wording"}


def test_a_pronoun_for_someone_named_elsewhere_is_not_a_lost_name() -> None:
    base, witness = "Scholz said the plan stands.", "He said the plan stands."
    changes = diff(base, witness).changes
    opening = "Chancellor Olaf Scholz spoke in Bonn on Monday."
    named, unnamed = Texts([opening, base], [opening, witness]), Texts([opening, base], [witness])
    assert "name" not in {finding.kind for finding in findings(base, witness, changes, named)}
    assert "name" in {finding.kind for finding in findings(base, witness, changes, unnamed)}
