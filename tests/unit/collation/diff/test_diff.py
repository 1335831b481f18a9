import random

import pytest

from app.collation import diff as word_diff
from app.collation.diff import DIFF_TOKENS, diff, engine, long_texts
from app.collation.model import Change
from tests.golden.scripts import written


@pytest.mark.parametrize(
    ("base", "witness", "marked"),
    [
        ("Killed 63 people", "Killed 66 people", "Killed [-63-][+66+] people"),
        ("It cost 1,000.50.", "It cost 1,000.55.", "It cost [-1,000.50-][+1,000.55+]."),
        ("It cost $63.", "It cost $66.", "It cost $[-63-][+66+]."),
        (
            "parties will strive to cool down the tensions and create",
            "parties will work to ease tensions and create",
            "parties will [-strive to cool down the-][+work to ease+] tensions and create",
        ),
        (
            "Russia's Ukraine war drags on",
            "Russia's war in Ukraine drags on",
            "Russia's [-Ukraine war-][+war in Ukraine+] drags on",
        ),
        (
            "We use the linear spectrum",
            "For small masses, we use the linear spectrum",
            "[+For small masses, +]{We|we} use the linear spectrum",
        ),
        ("Dong Jun, said", "Dong Jun said", "Dong Jun{,|} said"),
        ("will work hard", "will hard", "will [-work -]hard"),
        ("It ended today.", "It ended.", "It ended[- today-]."),
        ("has taken a hit, but", "has been affected, but", "has [-taken a hit-][+been affected+], but"),
        (
            "of order two with high odds. End",
            "of order two with high odds; so it has order two with high odds. End",
            "of order two with high odds[+; so it has order two with high odds+]. End",
        ),
        ("normal and long ties", "normal, long ties", "normal[- and-][+,+] long ties"),
        (
            "The bill, passed last week, obliges shops",
            "The law, passed on 4 June, requires shops",
            "The [-bill-][+law+], passed [-last week-][+on 4 June+], [-obliges-][+requires+] shops",
        ),
        (
            "It rained. The end of the war, he said.",
            "It rained. The end of the old order, of the war, he said.",
            "It rained. The end [+of the old order, +]of the war, he said.",
        ),
    ],
)
def test_marked_as_a_person_would(base: str, witness: str, marked: str) -> None:
    assert written(base, witness) == marked


@pytest.mark.parametrize(
    ("base", "witness", "marked"),
    [
        ('He said "yes".', "He said “yes”.", 'He said {"|“}yes{"|”}.'),
        ("said: “yes”", "said:“yes”", "said:{ |}“yes”"),
        ("now – then", "now—then", "now{ – |—}then"),
        ("in 2019–2020", "in 2019-2020", "in {2019–2020|2019-2020}"),
        ("Part one. Two", "Part one.\nTwo", "Part one.{ |\n}Two"),
        ("a b", "a\u00a0b", "a{ |\u00a0}b"),
        ("x", " x ", "{| }x{| }"),
        ("The end", "the end", "{The|the} end"),
        ("In 2019, 1,500 left", "In 2019 1,500 left", "In 2019{,|} 1,500 left"),
        (
            "China Offers Aid",
            "Chinese chief offers aid",
            "[-China-][+Chinese chief+] {Offers|offers} {Aid|aid}",
        ),
        ("long term", "long-term", "[-long term-][+long-term+]"),
        ("He is 5' tall", 'He is 5" tall', "He is 5[-'-][+\"+] tall"),
        ("on ‘Route 66’ now", "on “Route 66” now", "on {‘|“}Route 66[-’-][+”+] now"),
    ],
)
def test_typography_is_distinguished_from_wording(base: str, witness: str, marked: str) -> None:
    assert written(base, witness) == marked


def test_an_absent_side_is_an_empty_span_in_its_place() -> None:
    assert diff("Talks ended", "Talks ended early").changes == (
        Change("equal", (0, 11), (0, 11)),
        Change("insert", (11, 11), (11, 17)),
    )


@pytest.mark.parametrize(
    ("base", "witness", "ops"), [("", "", []), ("", "a", ["insert"]), ("a", "", ["delete"])]
)
def test_an_empty_side(base: str, witness: str, ops: list[str]) -> None:
    assert [change.op for change in diff(base, witness).changes] == ops


def test_a_long_passage_in_place_of_another_is_a_deletion_and_an_insertion() -> None:
    base = (
        "They met. The regime of validity of the equations can be extended without much work. Then they left."
    )
    witness = (
        "They met. Nobody who was asked could remember having seen so many visitors there. Then they left."
    )
    assert [change.op for change in diff(base, witness).changes] == ["equal", "delete", "insert", "equal"]


@pytest.mark.parametrize(
    ("base", "witness", "marks"),
    [
        ("they strengthen ties", "they strengthened ties", ["strengthen=", "+ed"]),
        ("the colour red", "the color red", ["colo=", "-u", "r="]),
        ("We go", "Now we go", []),
        ("it was isolating them", "it isolated them", ["-was ", "isolat=", "-ing+ed"]),
        ("about 63 men", "about 66 men", []),
        ("in 1990s style", "in 1980s style", []),
        ("with Ukraine now", "with Ukrainian now", []),
        ("the War ended", "the war ended", []),
        ("China said", "Chinese said", []),
        ("he articulated it", "he formulated it", []),
        ("he said it", "he asserted it", []),
        ("the كتاب here", "the كتابة here", []),
        ("a soft bed", "a loft bed", []),
        ("as these go", "as they go", []),
        ("an unhappy man", "a happy man", ["-an +a ", "-un", "happy="]),
        ("they strengthen, " * 20, "they strengthened, " * 20, ["strengthen=", "+ed"] * 20),
        ("Ties Were Strengthened " * 20, "ties were strengthened " * 20, []),
    ],
)
def test_nearly_the_same_word_is_marked_inside_and_names_and_numbers_never(
    base: str, witness: str, marks: list[str]
) -> None:
    written_marks = []
    for mark in (mark for change in diff(base, witness).changes for mark in change.within):
        struck, written = base[slice(*mark.base)], witness[slice(*mark.witness)]
        written_marks.append(
            f"{struck}=" if mark.op == "equal" else (struck and f"-{struck}") + (written and f"+{written}")
        )
    assert written_marks == marks


def words(seed: int, count: int) -> list[str]:
    """Words that repeat about as those of a text do."""
    pick = random.Random(seed)
    return [f"w{int(pick.paretovariate(0.6))}" for _ in range(count)]


def rebuilt(base: str, witness: str, changes: tuple[Change, ...]) -> bool:
    return (
        "".join(base[slice(*c.base)] for c in changes),
        "".join(witness[slice(*c.witness)] for c in changes),
    ) == (
        base,
        witness,
    )


def test_above_the_bound_a_coarser_method_finds_the_changes_and_says_so() -> None:
    text = words(1, DIFF_TOKENS // 2)
    changed = [*text[:500], "other", *text[501:]]
    base, witness = " ".join(text), " ".join(changed)
    assert diff(base, witness).coarse is None
    longer = diff(base + " end", witness + " end")
    assert longer.coarse == "tokens"
    assert (
        [c.op for c in longer.changes]
        == [c.op for c in diff(base, witness).changes]
        == ["equal", "replace", "equal"]
    )


def test_a_text_too_long_to_match_whole_is_matched_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_texts, "MAX_CELLS", 1 << 20)
    monkeypatch.setattr(long_texts, "MAX_PART_CELLS", 1 << 14)
    text = [f"{word}{k % 700}" for k, word in enumerate(words(2, 3000))]
    changed = [f"other{k}" if k % 100 == 50 else word for k, word in enumerate(text)]
    base, witness = " ".join(text), " ".join(changed)
    result = diff(base, witness)
    assert result.coarse == "sentences"
    assert rebuilt(base, witness, result.changes)
    assert sum(change.op == "replace" for change in result.changes) == 30


def test_a_long_text_without_a_phrase_to_cut_it_at_is_cut_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_texts, "MAX_CELLS", 1 << 16)
    monkeypatch.setattr(long_texts, "MAX_PART_CELLS", 1 << 12)
    base, witness = "tick tock " * 600, "tick tock " * 500
    result = diff(base, witness)
    assert result.coarse == "sentences"
    assert rebuilt(base, witness, result.changes)
    assert any(change.op == "equal" for change in result.changes)


def test_a_long_change_does_not_swallow_the_text_around_it() -> None:
    text = [f"word{k}" for k in range(120)]
    base = " ".join(text)
    witness = " ".join([*text[:30], *(f"new{k}" for k in range(400)), *text[60:]])
    unchanged = [
        base[slice(*change.base)].split() for change in diff(base, witness).changes if change.op == "equal"
    ]
    assert sum(map(len, unchanged)) == 90


def test_both_forms_of_the_engine_mark_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(
        "fast_diff_match_patch", reason="an optional extra: its wheels are missing for some machines"
    )
    fast = engine.fast_operations()
    assert fast is not None
    for seed in range(40):
        base, witness = " ".join(words(seed, 60)), " ".join(words(seed + 1, 60))
        monkeypatch.setattr(engine, "_operations", fast)
        compiled = diff(base, witness)
        monkeypatch.setattr(engine, "_operations", engine.operations)
        assert diff(base, witness) == compiled


def test_without_the_optional_extra_the_python_engine_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fast_diff_match_patch", None)
    assert engine.fast_operations() is None
    assert word_diff.diff("a b", "a c").changes


def test_no_clock_bounds_the_engine() -> None:
    assert engine._ENGINE.Diff_Timeout == 0
