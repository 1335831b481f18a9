"""Quotations reworded inside their marks: what must be said, and what must not."""

import pytest

from app.collation.diff import diff
from app.collation.findings import findings
from app.collation.model import Finding


def _quotations(base: str, witness: str) -> list[Finding]:
    return [f for f in findings(base, witness, diff(base, witness).changes) if f.kind == "quotation"]


@pytest.mark.parametrize(
    ("base", "witness"),
    [
        # The same words, whatever the marks, the case and the punctuation.
        ('He said: "We agree with them."', "“We agree with them,” he said."),
        ("He said “we agree with them”.", "He stated, “We agree with them.”"),
        ("“We agree. With them,” he said loudly.", "“We agree – with them,” he said."),
        ('They call it a "long-term" plan.', "They have called it a «long‑term» plan."),
        # Words changed around the marks only.
        ("She called it “a disaster” on Monday.", "On Tuesday she spoke of “a disaster”."),
        # The marks moved, were taken away or put in; the words stand.
        ("He spoke of “a new and better world” again.", "He spoke of a new and “better world” once more."),
        ("He spoke of “a better world” again.", "He spoke of a better world once more."),
        ("He spoke of a better world again.", "He spoke of “a better world” once more."),
        ("He heard of a “new type of virus” here.", "He has heard of “a new type of virus” here."),
        ("He called it “the worst of all” ideas he had.", "He calls it “the worst of all ideas” he had."),
        # House style: British and American.
        (
            "“Our neighbours’ defence programme is organised well,” he said.",
            "“Our neighbors’ defense program is organized well,” he said then.",
        ),
        # One quotation, broken by the words that name its speaker, here and not there.
        (
            "“We agree with them on all of it,” he said. “We always have, and we shall.”",
            "“We agree with them on all of it. We always have, and we shall,” he said.",
        ),
        ("“We agree,” she said, “as we always have.”", "She said: “We agree as we always have.”"),
        # Two quotations in the other order.
        ("“Never,” he said, and then “always”.", "“Always,” she heard him say, then “never”."),
        # What the quoter left out or put in, and says so.
        ("“We will, God willing, win this war,” he said.", "“We will … win this war,” he said then."),
        ("“We will win this war,” he said.", "“… win this war,” he said then."),
        (
            "“We support you on the issue,” he said.",
            "“We [China] support you [Russia] on the issue,” he added.",
        ),
        ("“They support you on the issue,” he said.", "“[The Chinese] support you on the issue,” he added."),
        ("“We will win [...] this war,” he said.", "“We will win, God willing, this war,” he said then."),
        # One quotation after another in a rewritten sentence, none reworded.
        (
            "He praised “strong ties” and “deep trust” at length.",
            "At length “strong ties” and “deep trust” were praised.",
        ),
    ],
)
def test_the_same_words_inside_marks_are_no_finding(base: str, witness: str) -> None:
    assert _quotations(base, witness) == []
    assert _quotations(witness, base) == []


@pytest.mark.parametrize(
    ("base", "witness", "says"),
    [
        (
            "He saw “issues of common interest,” he said.",
            "He saw “issues of common concern”, he said.",
            "reworded inside quotation marks: “interest” → “concern”",
        ),
        (
            "“They continue to put pressure on the Chinese side,” he said.",
            "“They continue to put forward pressure from the Chinese side,” he said.",
            "reworded inside quotation marks: “put pressure on” → “put forward pressure from”",
        ),
        (
            "“We do support them,” he said.",
            "“We do not support them,” he said.",
            "inside quotation marks on one side only: “not”",
        ),
        (
            "“The strikes killed our men near the river last night,” he said.",
            "“The raids killed our men near the bridge last night,” he said.",
            "reworded inside quotation marks: “strikes” → “raids”, and in 1 other place",
        ),
        # Quoted in different marks, and in a sentence turned round.
        (
            'The envoy told them: "This deal is dead for good."',
            "« This deal is nearly dead for good », the envoy told them.",
            "inside quotation marks on one side only: “nearly”",
        ),
        # Every word of a short quotation exchanged, in the same place.
        (
            "The defense ties have “taken a hit” since then.",
            "The defense ties have “been affected” since then.",
            "reworded inside quotation marks: “taken a hit” → “been affected”",
        ),
    ],
)
def test_other_words_inside_marks_are_one_finding_and_so_is_the_mirror(
    base: str, witness: str, says: str
) -> None:
    (finding,) = _quotations(base, witness)
    assert finding.says == says
    (mirror,) = _quotations(witness, base)
    assert (mirror.base, mirror.witness) == (finding.witness, finding.base)


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


def test_of_two_quotations_only_the_reworded_one_is_told() -> None:
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


def test_what_stays_of_a_longer_quotation_is_told_as_cut() -> None:
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
