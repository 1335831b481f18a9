"""Word lists as data."""


def words(text: str) -> frozenset[str]:
    """The words of ``text``, parted by white space.

    >>> sorted(words("may might"))
    ['may', 'might']
    """
    return frozenset(text.split())
