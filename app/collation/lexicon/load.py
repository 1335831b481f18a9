"""The tables of words beside this module, each read once, when it is first asked for (README.md says where they come
from).

A table is a file of tab-separated values whose first line names the columns.
"""

from functools import cache
from importlib import resources


@cache
def lines(table: str) -> tuple[str, ...]:
    """Return the lines of a table below its heading.

    >>> "arise\\tarose\\tarisen" in lines("irregular_verbs")
    True
    """
    text = resources.files(__package__).joinpath(f"{table}.tsv").read_text("utf-8")
    return tuple(text.splitlines()[1:])


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table, row by row.

    >>> ["en", "weekday", "2", "Tuesday", "Tue Tues"] in rows("calendar")
    True
    """
    return [line.split("\t") for line in lines(table)]


def plain_form(text: str) -> str:
    """Return a text of the same length in small letters with straight apostrophes, as tables have it.

    >>> plain_form("İzmir’de Kasım")
    "izmir'de kasım"
    """
    lower = text.replace("İ", "i").lower()
    if len(lower) != len(text):  # some capital has two small letters
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lower.replace("’", "'").replace("ʼ", "'")


@cache
def verb_forms() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return, by verb, its forms: third person, past (the participle among them) and present participle.

    >>> verb_forms()["signal"]
    (('signals',), ('signalled', 'signaled'), ('signalling', 'signaling'))
    """
    return {verb: tuple(tuple(cell.split()) for cell in cells) for verb, *cells in rows("verb_forms")}


def all_forms(verb: str) -> list[str]:
    """Return every form of a verb of the tables, the infinitive first.

    >>> all_forms("slam")
    ['slam', 'slams', 'slammed', 'slamming']
    """
    return [verb, *(form for forms in verb_forms()[verb] for form in forms)]


@cache
def words(table: str, kind: str, *more_kinds: str) -> frozenset[str]:
    """Return the words of a table that are of one of these kinds; of a verb, every form.

    >>> "she" in words("function_words", "subject"), "refusing" in words("negators", "soft")
    (True, True)
    """
    kinds = {kind, *more_kinds}
    selected: list[str] = []
    for word, cell in rows(table):
        marks = cell.split()
        if not kinds.isdisjoint(marks):
            selected += all_forms(word) if "verb" in marks else [word]
    return frozenset(selected)
