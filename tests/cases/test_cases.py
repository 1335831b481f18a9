"""Every case holds, except those that say why they do not yet."""

import pytest

from tests.cases.cases import FOLDER, Case, faults, read

CASES = [case for path in sorted(FOLDER.glob("*.jsonl")) for case in read(path)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_holds_or_says_why_not(case: Case) -> None:
    failing = faults(case)
    if case.open:
        assert failing, f"this holds now: take its reason away ({case.open})"
    else:
        assert failing == []


def test_each_case_has_an_id_of_its_own() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
