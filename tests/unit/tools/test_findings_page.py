"""docs/findings.md says what the rules do today."""

import runpy
from pathlib import Path

TOOL = Path(__file__).resolve().parents[3] / "tools" / "findings_page.py"


def test_the_page_is_up_to_date_with_the_rules() -> None:
    """After a change of a rule or an example: make findings-page"""
    tool = runpy.run_path(str(TOOL))
    assert tool["PAGE"].read_text(encoding="utf-8") == tool["page"]()
