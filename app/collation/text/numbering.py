"""The numbers that pages print beside paragraphs: H for the headline, f for boilerplate, 1, 2, 3 for the rest."""

from app.collation.model import Side

HEADLINE = "H"
FURNITURE = "f"


def printed_numbers(side: Side) -> tuple[str, ...]:
    """Return the number printed beside each paragraph of ``side``.

    >>> printed_numbers(Side("r", "T", ("Menu", "T", "One.", "Two."), headline=1, furniture=(0,)))
    ('f', 'H', '1', '2')
    """
    furniture = frozenset(side.furniture)
    numbers: list[str] = []
    count = 0
    for index in range(len(side.paragraphs)):
        if index == side.headline:
            numbers.append(HEADLINE)
        elif index in furniture:
            numbers.append(FURNITURE)
        else:
            count += 1
            numbers.append(str(count))
    return tuple(numbers)
