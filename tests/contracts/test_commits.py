"""Commit subjects read ``area: effect``, in at most 72 characters."""

import re
import subprocess

import pytest

from tests.contracts.test_tree import ROOT

RULE_SINCE = "d36ee7ba490cb1924173666f320ca812b83c1d38"
"""The last commit before the rule."""

MAX_SUBJECT = 72
SUBJECT = re.compile(r"[a-z][a-z0-9_. /-]*: \S.*[^.\s]")


def subject_faults(subject: str) -> list[str]:
    """Describe what is wrong with a subject; return nothing if it follows the rule."""
    faults = []
    if len(subject) > MAX_SUBJECT:
        faults.append(f"{len(subject)} characters, more than {MAX_SUBJECT}")
    if not SUBJECT.fullmatch(subject):
        faults.append("not of the form “area: effect” without a full stop")
    return faults


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("subject", "faults"),
    [
        ("dates: do not read “May 10,000” as 10 May", 0),
        ("web/pages: name every page after its address", 0),
        ("Do not read “May 10,000” as 10 May", 1),
        ("dates: do not read “May 10,000” as 10 May.", 1),
        ("dates:", 1),
        (f"dates: {'x' * 66}", 1),
        (f"Dates {'x' * 67}", 2),
    ],
)
def test_a_subject_names_its_area_and_its_effect(subject: str, faults: int) -> None:
    assert len(subject_faults(subject)) == faults


def test_every_commit_since_the_rule_follows_it() -> None:
    """A checkout without that history (an archive, a shallow clone) has no commits to look at."""
    if git("merge-base", "--is-ancestor", RULE_SINCE, "HEAD").returncode != 0:
        pytest.skip("the history of this checkout does not reach back to the rule")
    subjects = git("log", "--no-merges", "--format=%s", f"{RULE_SINCE}..HEAD").stdout.splitlines()
    assert {subject: faults for subject in subjects if (faults := subject_faults(subject))} == {}
