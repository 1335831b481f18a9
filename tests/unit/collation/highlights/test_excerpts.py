from app.collation import diff
from app.collation.highlights.excerpts import MAX_PLACE_CHARS, excerpt
from app.collation.model import Change, Finding

DONG = (
    "“We support justice. We have supported you even though Europe continues to put pressure on our side. "
    "Even cooperation has taken a hit, but we go on.”"
)
REPOST = (
    "“We uphold justice. We have supported you even though Europe continues to put forward pressure from our side. "
    "Even cooperation has suffered, but we go on.”"
)


def excerpted(base: str, witness: str, kind: str = "quotation") -> tuple[str, str, int] | None:
    """Return what the excerpt shows of each side, and the number of places it leaves out."""
    finding = Finding(kind, (0, len(base)), (0, len(witness)), "", "")  # type: ignore[arg-type]  # the tests' own kinds
    cut = excerpt(base, witness, diff.diff(base, witness).changes, finding)
    if cut is None:
        return None
    first, last = cut.changes[0], cut.changes[-1]
    shown = base[first.base[0] : last.base[1]], witness[first.witness[0] : last.witness[1]]
    return *shown, cut.more


def test_the_place_that_turns_the_sentence_round_is_shown_with_words_around_it() -> None:
    assert excerpted(DONG, REPOST) == (
        "Europe continues to put pressure on our side.",
        "Europe continues to put forward pressure from our side.",
        2,
    )


def test_the_context_ends_with_the_sentence() -> None:
    shown = excerpted(
        "It ended. He said on it. So it was then and there.",
        "It ended. He said of it. So it was then and there.",
    )
    assert shown is not None
    assert shown[0].strip() == "He said on it."


def test_texts_that_agree_inside_the_finding_have_no_excerpt() -> None:
    assert excerpted("“The same.”", "“The same.”") is None


def test_typography_alone_has_no_excerpt() -> None:
    assert excerpted('"The same."', "“The same.”") is None


def test_an_excerpt_of_a_quotation_stays_inside_its_marks() -> None:
    base, witness = "He said: “pressure on us” and left.", "He said: “pressure from us” and left."
    finding = Finding("quotation", (9, 25), (9, 27), "", "")
    cut = excerpt(base, witness, diff.diff(base, witness).changes, finding)
    assert cut is not None
    assert base[cut.changes[0].base[0] : cut.changes[-1].base[1]] == "“pressure on us”"
    assert not cut.cut_before
    assert not cut.cut_after


def test_a_long_change_is_cut_to_a_short_excerpt() -> None:
    base, witness = "alpha " * 400, "omega " * 400
    changes = [Change("replace", (0, len(base)), (0, len(witness)))]
    cut = excerpt(base, witness, changes, Finding("wording", (0, len(base)), (0, len(witness)), "", ""))
    assert cut is not None
    assert cut.changes[0].base == (0, MAX_PLACE_CHARS)
    assert cut.cut_after
