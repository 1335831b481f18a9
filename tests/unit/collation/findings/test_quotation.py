"""Quotations reworded inside their marks, beyond the examples of the kind."""

import pytest

from app.collation.diff import diff
from app.collation.findings import findings
from app.collation.model import Finding


def _quotations(base: str, witness: str) -> list[Finding]:
    return [f for f in findings(base, witness, diff(base, witness).changes) if f.kind == "quotation"]


@pytest.mark.parametrize(
    ("one", "other"), [("four", "for"), ("filled", "filed"), ("hour", "honor"), ("there", "their")]
)
def test_words_that_only_look_like_two_spellings_are_two_words(one: str, other: str) -> None:
    assert (
        len(_quotations(f"“It is {one} them today,” he said.", f"“It is {other} them today,” he said.")) == 1
    )


def test_the_spans_go_from_mark_to_mark() -> None:
    base = 'In all, "ties have taken a hit," he said.'
    witness = "In all, “ties have been affected,” he said."
    (finding,) = _quotations(base, witness)
    assert base[slice(*finding.base)] == '"ties have taken a hit,"'
    assert witness[slice(*finding.witness)] == "“ties have been affected,”"


def test_of_two_quotations_only_the_reworded_one_is_reported() -> None:
    base = "“We agree,” he said. “We always have been friends of theirs.”"
    witness = "“We agree,” he said. “We always have been allies of theirs.”"
    (finding,) = _quotations(base, witness)
    assert witness[slice(*finding.witness)].startswith("“We always")


def test_a_quotation_over_several_paragraphs_is_one() -> None:
    base = "He wrote: “We agree with all of them.\n“We always have, and shall.” Then he left."
    witness = "He wrote: “We agree with all of them. We never have, and shall.” Then he left."
    (finding,) = _quotations(base, witness)
    assert base[slice(*finding.base)] == base[base.index("“") : base.rindex("”") + 1]
    assert finding.says == "reworded inside quotation marks: “always” → “never”"


def test_a_quotation_moved_inside_the_row_is_found_and_compared() -> None:
    base = "“The old bridge over the river must be closed at once,” the mayor told us. Nobody else was in the room."
    witness = "Nobody else was in the room. The mayor told us: “The old bridge over the river must be opened at once.”"
    (finding,) = _quotations(base, witness)
    assert finding.says == "reworded inside quotation marks: “closed” → “opened”"


def test_a_broken_quotation_is_compared_as_one() -> None:
    base = "“We agree with them on all of it,” he said. “We always have, and we shall.”"
    witness = "“We agree with them on all of it. We never have, and we shall,” he said."
    (finding,) = _quotations(base, witness)
    assert finding.says == "reworded inside quotation marks: “always” → “never”"
    assert base[slice(*finding.base)] == base
    (mirror,) = _quotations(witness, base)
    assert (mirror.base, mirror.witness) == (finding.witness, finding.base)


def test_what_remains_of_a_longer_quotation_is_reported_as_cut() -> None:
    base = "“We will win, unless winter comes early this year,” he said."
    witness = "“We will win,” he said."
    (finding,) = _quotations(base, witness)
    assert finding.rule == "quotation-cut"
    assert finding.says == "inside quotation marks on one side only: “unless winter comes early this year”"


def test_letters_of_indic_scripts_count_with_their_vowel_signs() -> None:
    assert len(_quotations("उसने कहा “की बात” आज।", "उसने कहा “का बात” आज।")) == 1


def test_a_row_of_very_many_quotations_is_read_in_steps_that_grow_with_their_number() -> None:
    base = " ".join(f"“word{n} alpha”" for n in range(1_500))
    witness = " ".join(f"“word{n} beta”" for n in range(1_500))
    assert len(_quotations(base, witness)) <= 1_500
