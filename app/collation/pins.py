"""A reader's pins: whether the texts allow them, and which paragraphs they bring into one row."""

from collections.abc import Collection, Iterable

from app.collation.model import Pins


class PinsError(ValueError):
    """Pins that no comparison of the two texts can respect; the message says why, paragraphs counted from 0."""


def check(pins: Pins, base: int, witness: int) -> None:
    """Raise PinsError unless two texts of so many paragraphs can be compared around ``pins``.

    >>> check(Pins(together=((0, 0), (0, 1), (1, 1)), apart=((1, 0),)), 2, 2)
    Traceback (most recent call last):
        ...
    app.collation.pins.PinsError: 1x0 keeps apart what other pins bring into one row
    """
    for i, j in (*pins.together, *pins.apart):
        if not (0 <= i < base and 0 <= j < witness):
            raise PinsError(f"there is no paragraph {i} and {j} in texts of {base} and {witness} paragraphs")
    for bases, witnesses in rows(pins.together):
        for i, j in pins.apart:
            if i in bases and j in witnesses:
                raise PinsError(f"{i}x{j} keeps apart what other pins bring into one row")


def put_together(pins: Pins, base: int, witness: int) -> Pins:
    """Return ``pins`` with these two together, and no longer apart.

    >>> put_together(Pins(apart=((3, 4), (7, 9))), 3, 4)
    Pins(together=((3, 4),), apart=((7, 9),))
    """
    others = without(pins, base, witness)
    return Pins(tuple(sorted((*others.together, (base, witness)))), others.apart)


def keep_apart(pins: Pins, base: int, witness: int) -> Pins:
    """Return ``pins`` with these two kept apart, and no longer together.

    >>> keep_apart(Pins(together=((3, 4),)), 3, 4)
    Pins(together=(), apart=((3, 4),))
    """
    others = without(pins, base, witness)
    return Pins(others.together, tuple(sorted((*others.apart, (base, witness)))))


def without(pins: Pins, base: int, witness: int) -> Pins:
    """Return ``pins`` without those of this pair.

    >>> without(Pins(together=((3, 4), (3, 5))), 3, 4)
    Pins(together=((3, 5),), apart=())
    """
    pair = (base, witness)
    return Pins(
        tuple(pin for pin in pins.together if pin != pair), tuple(pin for pin in pins.apart if pin != pair)
    )


def rows(
    links: Iterable[tuple[int, int]], apart: Collection[tuple[int, int]] = ()
) -> list[tuple[frozenset[int], frozenset[int]]]:
    """Return the paragraphs, base and witness, that links bring into one row, directly or through others.

    A link that would join two that are kept apart is skipped: earlier links count more.

    >>> [(sorted(base), sorted(witness)) for base, witness in rows([(0, 5), (3, 4), (3, 6), (2, 6)], [(2, 4)])]
    [([0], [5]), ([3], [4, 6])]
    """
    of_base: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
    of_witness: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
    for i, j in links:
        base_row = of_base.get(i, (frozenset((i,)), frozenset[int]()))
        witness_row = of_witness.get(j, (frozenset[int](), frozenset((j,))))
        row = (base_row[0] | witness_row[0], base_row[1] | witness_row[1])
        if base_row is witness_row or any(a in row[0] and b in row[1] for a, b in apart):
            continue
        of_base.update(dict.fromkeys(row[0], row))
        of_witness.update(dict.fromkeys(row[1], row))
    return sorted(set(of_base.values()), key=lambda row: (min(row[0]), min(row[1])))
