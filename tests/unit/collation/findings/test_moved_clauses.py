"""What changed in a clause that also moved."""

import pytest

from app.collation.diff import diff
from app.collation.findings import findings
from app.collation.findings.moved_clauses import moved
from app.collation.findings.row.passage import Passage
from app.collation.model import Finding

LOCK = "Since the new lock is wider than the old one, ferries from Stralsund may pass at any hour."
LOCK_LATER = "Ferries from Stralsund may pass at any hour, since the new lock is narrower than the old one."


def _loud(base: str, witness: str) -> list[Finding]:
    every = findings(base, witness, diff(base, witness).changes)
    return [finding for finding in every if finding.kind not in ("wording", "typography")]


def test_an_opposite_in_a_clause_that_moved_is_found_where_it_stands_in_either_text() -> None:
    (finding,) = _loud(LOCK, LOCK_LATER)
    assert finding.kind == "antonym"
    assert (LOCK[slice(*finding.base)], LOCK_LATER[slice(*finding.witness)]) == ("wider", "narrower")


def test_it_is_the_same_from_the_other_side() -> None:
    (finding,), (turned,) = _loud(LOCK, LOCK_LATER), _loud(LOCK_LATER, LOCK)
    assert (turned.base, turned.witness) == (finding.witness, finding.base)


def test_a_clause_that_only_moved_has_no_finding() -> None:
    assert _loud(LOCK, LOCK_LATER.replace("narrower", "wider")) == []


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        (
            "While exports to Asia grew, exports to Europe shrank.",
            "Exports to Europe shrank, while exports to Asia grew.",
        ),
        (
            "Prices rose in the north of the country. Prices fell in the south of the country.",
            "Prices fell in the south of the country. Prices rose in the north of the country.",
        ),
    ],
)
def test_two_clauses_alike_that_changed_places_are_each_itself(base: str, witness: str) -> None:
    assert _loud(base, witness) == []


def test_what_was_put_in_place_of_a_clause_did_not_move() -> None:
    base = "The port was shut because the tanks had not been inspected since the spring, it said."
    witness = "The port was shut because the cranes had not been repaired since the autumn, it said."
    assert moved(Passage(base, witness, diff(base, witness).changes)) == []
