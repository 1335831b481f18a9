"""docs/formats.md says what the documents hold: its tables name every key, and its example is what the engine makes."""

import json
import re
from typing import get_args

from app.collation import document, pipeline
from app.collation.findings.registry import RULES
from app.collation.model import FindingKind, RowKind
from tests.golden.example import BASE, PAGE, WITNESS, printed


def _keys(section: str) -> set[str]:
    """Return the names in backticks in the first column of a section's tables."""
    text = PAGE.read_text("utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    return {
        name for row in re.findall(r"^\| (`[^|]+) \|", text, re.M) for name in re.findall(r"`(\w+)`", row)
    }


def test_the_page_names_every_key_of_a_document() -> None:
    written = json.loads(document.dumps(pipeline.compare(BASE, WITNESS)))
    assert set(written) <= _keys("The whole")
    assert set(written["base"]) == _keys("A side")
    assert {key for row in written["rows"] for key in row} <= _keys("A row")
    changes = [change for row in written["rows"] for change in row["changes"]]
    assert {key for change in changes for key in change} <= _keys("A change")
    findings = [finding for row in written["rows"] for finding in row["findings"]]
    assert {key for finding in findings for key in finding} <= _keys("A finding")
    assert set(written["summary"]) == _keys("The summary")
    assert set(written["summary"]["relation"]) == _keys("The relation")


def test_the_page_names_every_kind() -> None:
    text = PAGE.read_text("utf-8")
    for kind in (*get_args(RowKind), *get_args(FindingKind)):
        assert f"`{kind}`" in text, kind


def test_the_page_names_the_rule_of_every_finding() -> None:
    rows = json.loads(document.dumps(pipeline.compare(BASE, WITNESS)))["rows"]
    rules = {finding["rule"] for row in rows for finding in row["findings"]}
    assert rules >= {"quotation-reworded", "number-changed", "typography"}
    rules |= {name for rule in RULES for name in rule.names}
    assert all(f"`{rule}`" in PAGE.read_text("utf-8") for rule in rules)


def test_the_page_shows_the_engines_output() -> None:
    """After a change of the engine: python -m tests.golden.regenerate"""
    assert printed(PAGE.read_text("utf-8")) == json.loads(document.dumps(pipeline.compare(BASE, WITNESS)))
