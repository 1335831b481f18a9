"""The numbers that pages print beside paragraphs: H for the headline, f for furniture, 1, 2, 3 for the rest."""

from collections.abc import Iterable, Sequence

from app.collation.model import Side

HEADLINE = "H"
FURNITURE = "f"


def printed_numbers(side: Side) -> tuple[str, ...]:
    """What stands beside each paragraph of ``side``.

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


def in_words(numbers: Sequence[str]) -> str:
    """The place that ``numbers`` name, as a sentence says it.

    >>> in_words(["4"]), in_words(["4", "5"]), in_words(["4", "6", "7"]), in_words(["H"]), in_words(["f"])
    ('paragraph 4', 'paragraphs 4 and 5', 'paragraphs 4, 6 and 7', 'headline', 'page furniture')
    """
    if tuple(numbers) == (HEADLINE,):
        return "headline"
    if set(numbers) == {FURNITURE}:
        return "page furniture"
    return f"paragraph{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def listed(parts: Iterable[str]) -> str:
    """``parts`` as a sentence lists them: commas, and "and" before the last.

    >>> listed(["one"]), listed(["one", "two"]), listed(["one", "two", "three"])
    ('one', 'one and two', 'one, two and three')
    """
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
