from app.collation.diff import diff


def marked(base: str, witness: str) -> str:
    """The diff as one line: [-only base-], [+only witness+], {typography}."""
    out = []
    for c in diff(base, witness).changes:
        x, y = base[slice(*c.base)], witness[slice(*c.witness)]
        if c.op == "equal":
            out.append(x)
        elif c.typography:
            out.append(f"{{{x}|{y}}}")
        else:
            out.append((f"[-{x}-]" if x else "") + (f"[+{y}+]" if y else ""))
    return "".join(out)


def test_identical_texts_are_one_equal_change() -> None:
    assert marked("Same words.", "Same words.") == "Same words."
    assert [c.op for c in diff("a b", "a b").changes] == ["equal"]


def test_a_number_is_never_split() -> None:
    assert marked("Killed 63 people", "Killed 66 people") == "Killed [-63-][+66+] people"


def test_a_curly_quotation_mark_is_typography() -> None:
    assert marked('He said "yes".', "He said “yes”.") == 'He said {"|“}yes{"|”}.'


def test_an_absent_side_stands_where_it_would_stand() -> None:
    (kept, added) = diff("Talks ended", "Talks ended early").changes
    assert (kept.op, kept.base) == ("equal", (0, 11))
    assert (added.op, added.base, added.witness) == ("insert", (11, 11), (11, 17))
