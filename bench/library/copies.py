"""Planted copies: an article as a second outlet might print it, each with a known original.

- ``truncated``: the first half, with the other outlet's boilerplate.
- ``furniture``: the whole text with twice another outlet's boilerplate and a new paragraph on top.
- ``reworded``: changed as in the standing example's repost, which went through Russian and back: somewhat more
  than half of the runs of five words are broken (.52 to .58 there).
- ``translated``: changed as 67 machine translations of news texts differ from a second human original: in the median
  .85 of these runs are broken.
- ``paragraph``: one paragraph in an article on something else.
- ``quotation``: twenty words in quotation marks in an article on something else.
"""

from collections.abc import Callable

import numpy as np

from bench.library import texts
from bench.library.language import FUNCTION_WORDS, Language, Rng, language
from bench.library.texts import Article

NEARBY = {
    word: FUNCTION_WORDS[index ^ 1] for index, word in enumerate(FUNCTION_WORDS[: len(FUNCTION_WORDS) & ~1])
}
"""Another function word for each: its neighbour by rank."""

QUOTED = 20


def copy(kind: str, number: int, shift: int = 0) -> tuple[str, ...]:
    """Return the paragraphs of a copy of this kind of article ``number``, title first; ``shift`` varies the copy."""
    rng = np.random.default_rng([11, number, shift, KINDS.index(kind)])
    return _MAKERS[kind](texts.article(number), rng)


def unrelated(number: int) -> tuple[str, ...]:
    """Return an article whose topic and outlet no article of the library has."""
    article = texts.article(10**8 + number)
    return _framed(
        article.title, article.body, np.random.default_rng([12, number]), outlet=texts.OUTLETS + number
    )


def broken(base: tuple[str, ...], witness: tuple[str, ...], run: int = 5) -> float:
    """Return the share of the base's runs of ``run`` words that the witness lacks."""
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


def _truncated(article: Article, rng: Rng) -> tuple[str, ...]:
    return _framed(article.title, article.body[: max(2, (len(article.body) + 1) // 2)], rng)


def _with_furniture(article: Article, rng: Rng) -> tuple[str, ...]:
    (also,) = texts.paragraphs_on(article.topic, rng, 1)
    more = texts.furniture(int(rng.integers(texts.OUTLETS)), rng)[1]
    return (*_framed(article.title, (also, *article.body), rng), *more)


def _reworded(article: Article, rng: Rng) -> tuple[str, ...]:
    return _framed(*_reworded_at(article, rng, 0.105), rng)


def _translated(article: Article, rng: Rng) -> tuple[str, ...]:
    return _framed(*_reworded_at(article, rng, 0.225), rng)


def _paragraph(article: Article, rng: Rng) -> tuple[str, ...]:
    """Plant the longest paragraph without a quotation, since other articles may print a quotation too."""
    plain = sorted((paragraph for paragraph in article.body if "“" not in paragraph), key=len) or list(
        article.body
    )
    return _hosted((plain[-1],), rng)


def _quotation(article: Article, rng: Rng) -> tuple[str, ...]:
    """Quote a paragraph that only the original prints: many articles print what a topic's speakers said."""
    plain = max((paragraph for paragraph in article.body if "told reporters" not in paragraph), key=len)
    words = plain.replace("“", "").split("”")[0].split()
    start = int(rng.integers(0, max(1, len(words) - QUOTED)))
    quotation = " ".join(words[start : start + QUOTED]).rstrip(".,")
    return _hosted((f"“{quotation},” the statement said.",), rng)


def topics(kind: str, number: int, shift: int = 0) -> set[int]:
    """Return the topics of such a copy: the original's, and that of the article which holds its passage."""
    topic = texts.article(number).topic
    if kind not in ("paragraph", "quotation"):
        return {topic}
    rng = np.random.default_rng([11, number, shift, KINDS.index(kind)])
    if kind == "quotation":
        article = texts.article(number)
        plain = max((text for text in article.body if "told reporters" not in text), key=len)
        words = plain.replace("“", "").split("”")[0].split()
        rng.integers(0, max(1, len(words) - QUOTED))  # what is drawn first, as in ``_quotation``
    return {topic, texts.article(_host(rng)).topic}


def _host(rng: Rng) -> int:
    return 10**8 + int(rng.integers(10**7))


def _hosted(passages: tuple[str, ...], rng: Rng) -> tuple[str, ...]:
    """Return an article on another topic that contains these passages."""
    host = texts.article(_host(rng))
    place = int(rng.integers(1, len(host.body) + 1))
    return _framed(host.title, (*host.body[:place], *passages, *host.body[place:]), rng)


def _reworded_at(article: Article, rng: Rng, rate: float) -> tuple[str, tuple[str, ...]]:
    title, *body = (
        _reworded_text(language(), paragraph, rng, rate) for paragraph in (article.title, *article.body)
    )
    return title, tuple(body)


def _reworded_text(spoken: Language, text: str, rng: Rng, rate: float) -> str:
    """Replace ``rate`` of the words by another form or word; drop or insert a third as many, and swap some.

    Names and numbers stay, as in a translation.
    """
    words: list[str] = []
    chances = rng.random((2, text.count(" ") + 1)).tolist()
    for word, chance, second_chance in zip(text.split(" "), *chances, strict=True):
        bare = word.strip("“”.,?!")
        if chance < rate and bare in NEARBY:
            words.append(word.replace(bare, NEARBY[bare]))
        elif chance < rate and bare in spoken.rank:
            # Four forms of one stem are in a row: half the time take another form, else a stem of like frequency.
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


_MAKERS: dict[str, Callable[[Article, Rng], tuple[str, ...]]] = {
    "truncated": _truncated,
    "furniture": _with_furniture,
    "reworded": _reworded,
    "translated": _translated,
    "paragraph": _paragraph,
    "quotation": _quotation,
}
KINDS = tuple(_MAKERS)
