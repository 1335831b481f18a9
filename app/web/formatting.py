"""Words for values, as pages print them: dates, counts, shares."""

from datetime import date, datetime

from app.collation.lexicon import months

NOT_STATED = "not stated"
NO_DATE = "no date stated"


def day(value: date | None) -> str:
    """Return a date in words, or that none is stated; the same under every locale.

    >>> day(date(2024, 2, 5)), day(None)
    ('5 February 2024', 'no date stated')
    """
    return f"{value.day} {months()[value.month - 1].name} {value.year}" if value else NO_DATE


def moment(value: datetime) -> str:
    """Return a time in words, in UTC as it is stored.

    >>> moment(datetime(2024, 2, 5, 9, 7))
    '5 February 2024, 09:07 UTC'
    """
    return f"{day(value)}, {value:%H:%M} UTC"


def counted(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "paragraph"), counted(1200, "paragraph"), counted(0, "copy", "copies")
    ('1 paragraph', '1,200 paragraphs', '0 copies')
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def opening(text: str, max_chars: int = 500, max_words: int | None = None, ellipsis: str = "…") -> str:
    """Return the first words of ``text``, with an ellipsis where more follow.

    An ellipsis that touches the last word stands in place of the punctuation there. A word longer than ``max_chars``
    is cut.

    >>> opening("We will not change this", 12), opening("We will not", 12), opening("China, Russia: one", max_words=2)
    ('We will not…', 'We will not', 'China, Russia…')
    >>> opening("One, two, three", max_words=2, ellipsis=" …"), opening("Donaudampfschiff", 5, ellipsis=" …")
    ('One, two, …', 'Donau…')
    """
    head = text[: max_chars * 4].split()  # the text may be a book's chapter
    words = " ".join(head[:max_words])
    if len(words) <= max_chars:
        if len(text) <= max_chars * 4 and (max_words is None or len(head) <= max_words):
            return words
    elif " " in words[: max_chars + 1]:
        words = words[: max_chars + 1].rpartition(" ")[0]
    else:
        return f"{words[:max_chars]}…"
    return f"{words if ellipsis.startswith(' ') else words.rstrip(',;:. ')}{ellipsis}"


def extent(paragraphs: int, furniture: int = 0) -> str:
    """Return the length of a text in words, and how much of it is no part of the article.

    ``paragraphs`` are those that are numbered in the margin: neither the headline nor the ``furniture``.

    >>> extent(12), extent(18, 17), extent(0, 1)
    ('12 paragraphs', '18 paragraphs plus 17 lines of page extras', '1 line of page extras')
    """
    extras = f"{counted(furniture, 'line')} of page extras"
    if furniture and not paragraphs:
        return extras
    article = counted(paragraphs, "paragraph")
    return f"{article} plus {extras}" if furniture else article


def share(value: float) -> str:
    """Return a share of a whole in per cent; "all" and "none" only where it is exactly so.

    >>> [share(value) for value in (1.0, 0.999, 0.714, 0.001, 0.0)]
    ['all', '99 %', '71 %', '1 %', 'none']
    """
    if value >= 1:
        return "all"
    if value <= 0:
        return "none"
    return f"{min(99, max(1, round(value * 100)))} %"


def megabytes(size: int) -> str:
    """Say ``size`` (bytes) in words, to two figures and more.

    >>> megabytes(2_000_000), megabytes(1_525_501), megabytes(20_000), megabytes(123_456_789), megabytes(640)
    ('2 MB', '1.5 MB', '20 kB', '123 MB', '0.6 kB')
    """
    number, unit = (size / 1e6, "MB") if size >= 1_000_000 else (size / 1e3, "kB")
    return f"{round(number) if number >= 10 else round(number, 1):g} {unit}"
