from app.collation.alignment import align
from app.collation.model import Pins

BRIDGE = "The council will close the harbour bridge for six weeks from Monday, engineers said."
FERRIES = "Ferries will carry passengers across the water while the work goes on."
PRICE = "A ticket for the ferry costs four pounds, and children under ten travel free."
CRANE = "Nobody was hurt when a crane fell on the quay in March, the police told reporters."
CRANE_AGAIN = "The police told reporters that nobody was hurt when a crane fell on the quay in March."
WEATHER = "Rain is expected until Thursday, with strong winds along the coast."

Rows = list[tuple[tuple[int, ...], tuple[int, ...]]]


def rows(base: list[str], witness: list[str], pins: Pins) -> Rows:
    return [(row.base, row.witness) for row in align(base, witness, pins)]


def test_a_paragraph_without_a_row_joins_the_others_row() -> None:
    base, witness = [BRIDGE, WEATHER, FERRIES], [BRIDGE + " Really.", FERRIES]
    assert rows(base, witness, Pins()) == [((0,), (0,)), ((1,), ()), ((2,), (1,))]
    assert rows(base, witness, Pins(together=((1, 0),))) == [((0, 1), (0,)), ((2,), (1,))]


def test_two_from_different_rows_leave_those_for_each_other() -> None:
    base, witness = [BRIDGE + " Yes.", FERRIES + " Yes."], [BRIDGE + " No.", FERRIES + " No."]
    assert rows(base, witness, Pins()) == [((0,), (0,)), ((1,), (1,))]
    assert ((0,), (1,)) in rows(base, witness, Pins(together=((0, 1),)))


def test_the_rest_of_a_row_that_a_pin_breaks_up_is_aligned_again() -> None:
    base, witness = [CRANE, WEATHER], [CRANE_AGAIN, CRANE + " Yes."]
    assert ((0,), (1,)) in rows(base, witness, Pins(together=((0, 1),), apart=((0, 0),)))


def test_chains_of_pins_make_one_row() -> None:
    base, witness = [BRIDGE, WEATHER, CRANE], [PRICE, FERRIES, CRANE_AGAIN]
    pinned = align(base, witness, Pins(together=((0, 0), (1, 0), (1, 1))))
    assert [(row.base, row.witness) for row in pinned if row.base and row.witness] == [
        ((0, 1), (0, 1)), ((2,), (2,)),
    ]  # fmt: skip


def test_paragraphs_kept_apart_take_their_next_best() -> None:
    base, witness = [BRIDGE, CRANE], [BRIDGE, CRANE_AGAIN, CRANE + " They did."]
    assert ((1,), (1, 2)) in rows(base, witness, Pins())
    assert ((1,), (1,)) in rows(base, witness, Pins(apart=((1, 2),)))
    assert ((1,), (2,)) in rows(base, witness, Pins(apart=((1, 1),)))


def test_equal_paragraphs_kept_apart_take_their_next_best_too() -> None:
    base, witness = [BRIDGE, CRANE], [BRIDGE, CRANE, CRANE_AGAIN]
    assert ((1,), (1,)) in rows(base, witness, Pins())
    assert ((1,), (2,)) in rows(base, witness, Pins(apart=((1, 1),)))


def test_a_pinned_row_anchors_its_neighbours() -> None:
    base, witness = [PRICE, BRIDGE, CRANE], [CRANE_AGAIN, WEATHER + " " + PRICE[:30], BRIDGE]
    rows = align(base, witness, Pins(together=((0, 1),)))
    in_order = [(row.base, row.witness) for row in rows if row.base and row.witness and not row.moved]
    assert ((0,), (1,)) in in_order
    assert ((1,), (2,)) in in_order


def test_a_moved_paragraph_pinned_to_its_place_leaves_the_others_where_they_are() -> None:
    base = [BRIDGE, FERRIES, PRICE, CRANE]
    witness = [FERRIES + " Yes.", PRICE + " Yes.", CRANE + " Yes.", WEATHER]
    pinned = align(base, witness, Pins(together=((0, 3),)))
    assert [(row.base, row.witness, row.moved) for row in pinned] == [
        ((0,), (3,), True), ((1,), (0,), False), ((2,), (1,), False), ((3,), (2,), False),
    ]  # fmt: skip


def test_pins_are_respected_in_long_texts_cut_into_stretches() -> None:
    base = [f"Witness {number} saw car {number * 7} pass gate {number * 3} at dawn." for number in range(900)]
    witness = [line.replace("saw", "noticed") for line in base]
    rows = align(base, witness, Pins(together=((10, 700),), apart=((400, 400),)))
    assert ((10,), (700,)) in [(row.base, row.witness) for row in rows]
    assert ((400,), (400,)) not in [(row.base, row.witness) for row in rows]
    assert sum(bool(row.base and row.witness) for row in rows) >= 890
