"""Planted copies: what a second outlet makes of an article. Each is a text of its own with a known original.

- ``truncated``: the first half, under the other outlet's furniture.
- ``furniture``: whole, with twice the furniture of another outlet and a paragraph of its own on top.
- ``reworded``: as the standing example's repost, which went through Russian and back, changed its text: somewhat more
  than half of the runs of five words are broken (there .52 to .58).
- ``translated``: as machine translations of 67 news texts differ from the original by a second hand: the median has
  .85 of these runs broken.
- ``paragraph``: one paragraph in an article on something else.
- ``quotation``: twenty words in quotation marks in an article on something else.
"""

from collections.abc import Callable

import numpy as np

from bench.library import texts
from bench.library.language import FUNCTION_WORDS, Language, Rng, language
from bench.library.texts import Made

NEARBY = {
    word: FUNCTION_WORDS[index ^ 1] for index, word in enumerate(FUNCTION_WORDS[: len(FUNCTION_WORDS) & ~1])
}
"""Another function word for each: its neighbour by rank."""

QUOTED = 20


def copy(kind: str, number: int, shift: int = 0) -> tuple[str, ...]:
    """The paragraphs of a copy of this kind of article ``number``, its title first; ``shift`` gives another one."""
    rng = np.random.default_rng([11, number, shift, KINDS.index(kind)])
    return _MAKERS[kind](texts.article(number), rng)


def unrelated(number: int) -> tuple[str, ...]:
    """An article on a topic and of an outlet that no article of the library has."""
    article = texts.article(10**8 + number)
    return _framed(
        article.title, article.body, np.random.default_rng([12, number]), outlet=texts.OUTLETS + number
    )


def broken(base: tuple[str, ...], witness: tuple[str, ...], run: int = 5) -> float:
    """The share of the base's runs of words that the witness lacks."""
    base_runs, witness_runs = (
        {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
        for words in map(_words, (base, witness))
    )
    return 1 - len(base_runs & witness_runs) / max(1, len(base_runs))


def _words(paragraphs: tuple[str, ...]) -> list[str]:
    return [word.strip("“”.,?!").lower() for paragraph in paragraphs for word in paragraph.split()]


def _framed(title: str, body: tuple[str, ...], rng: Rng, outlet: int | None = None) -> tuple[str, ...]:
    head, tail = texts.furniture(int(rng.integers(texts.OUTLETS)) if outlet is None else outlet, rng)
    return (title, *head, *body, *tail)


def _truncated(article: Made, rng: Rng) -> tuple[str, ...]:
    return _framed(article.title, article.body[: max(2, (len(article.body) + 1) // 2)], rng)


def _with_furniture(article: Made, rng: Rng) -> tuple[str, ...]:
    (also,) = texts.paragraphs_on(article.topic, rng, 1)
    more = texts.furniture(int(rng.integers(texts.OUTLETS)), rng)[1]
    return (*_framed(article.title, (also, *article.body), rng), *more)


def _reworded(article: Made, rng: Rng) -> tuple[str, ...]:
    return _framed(*_said_anew(article, rng, 0.105), rng)


def _translated(article: Made, rng: Rng) -> tuple[str, ...]:
    return _framed(*_said_anew(article, rng, 0.225), rng)


def _paragraph(article: Made, rng: Rng) -> tuple[str, ...]:
    """The longest but one of its paragraphs: the longest may hold a quotation that others print."""
    plain = sorted((paragraph for paragraph in article.body if "“" not in paragraph), key=len) or list(
        article.body
    )
    return _hosted((plain[-1],), rng)


def _quotation(article: Made, rng: Rng) -> tuple[str, ...]:
    """From a paragraph that is the original's alone: what a topic's speakers said stands in many articles."""
    plain = max((paragraph for paragraph in article.body if "told reporters" not in paragraph), key=len)
    words = plain.replace("“", "").split("”")[0].split()
    start = int(rng.integers(0, max(1, len(words) - QUOTED)))
    quotation = " ".join(words[start : start + QUOTED]).rstrip(".,")
    return _hosted((f"“{quotation},” the statement said.",), rng)


def _hosted(passages: tuple[str, ...], rng: Rng) -> tuple[str, ...]:
    """An article on something else that holds what was taken."""
    host = texts.article(10**8 + int(rng.integers(10**7)))
    place = int(rng.integers(1, len(host.body) + 1))
    return _framed(host.title, (*host.body[:place], *passages, *host.body[place:]), rng)


def _said_anew(article: Made, rng: Rng, rate: float) -> tuple[str, tuple[str, ...]]:
    title, *body = (
        _sentence_anew(language(), paragraph, rng, rate) for paragraph in (article.title, *article.body)
    )
    return title, tuple(body)


def _sentence_anew(spoken: Language, text: str, rng: Rng, rate: float) -> str:
    """The text with ``rate`` of its words another form or word, a third as many dropped or put in, and some swapped.

    Names and numbers stay, as a translation keeps them.
    """
    words: list[str] = []
    chances = rng.random((2, text.count(" ") + 1)).tolist()
    for word, chance, second_chance in zip(text.split(" "), *chances, strict=True):
        bare = word.strip("“”.,?!")
        if chance < rate and bare in NEARBY:
            words.append(word.replace(bare, NEARBY[bare]))
        elif chance < rate and bare in spoken.rank:
            # Four forms of one stem stand in a row: half the time another form, else a stem of like frequency.
            rank = spoken.rank[bare]
            swapped = rank ^ 1 if second_chance < 0.5 else (rank + 4) % len(spoken.words)
            words.append(word.replace(bare, spoken.words[swapped]))
        elif chance < rate * 1.15 and bare in NEARBY and bare == word:
            continue
        elif chance < rate * 1.3 and bare == word:
            words += [word, FUNCTION_WORDS[int(second_chance * 20)]]
        elif chance < rate * 1.5 and words and bare == word:
            words.insert(-1, word)
        else:
            words.append(word)
    return " ".join(words)


_MAKERS: dict[str, Callable[[Made, Rng], tuple[str, ...]]] = {
    "truncated": _truncated,
    "furniture": _with_furniture,
    "reworded": _reworded,
    "translated": _translated,
    "paragraph": _paragraph,
    "quotation": _quotation,
}
KINDS = tuple(_MAKERS)
