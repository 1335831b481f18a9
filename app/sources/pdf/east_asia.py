"""Scripts of China, Japan and Korea: where lines and figures among their signs need no blank."""

FIRST_SIGN = "\u2e80"
"""The first sign of these scripts."""

_HANGUL = range(0xAC00, 0xD7B0)


def are_set_close(before: str, after: str, *, is_guess: bool = False) -> bool:
    """Return whether there is no blank between two characters, however far apart: one is of a script without blanks.

    Korean has blanks between its words; one that is a guess is none where figures stand before a word.

    >>> are_set_close("有", "1"), are_set_close("の", "船"), are_set_close("두", "배"), are_set_close("a", "b")
    (True, True, False, False)
    >>> are_set_close("7", "배"), are_set_close("7", "배", is_guess=True), are_set_close("두", "배", is_guess=True)
    (False, True, False)
    """
    signs = [char for char in (before, after) if char >= FIRST_SIGN]
    words = [char for char in signs if ord(char) in _HANGUL]
    return len(signs) > len(words) or (is_guess and words == [after])
