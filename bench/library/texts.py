"""Articles to grow a library with: each is a function of its number, so that any part can be made again anywhere.

They have what makes real libraries hard: topics that burst and fade, with names and rare words of their own; wire
pieces that many outlets print; quotations that spread; every outlet's boilerplate, the same under each of its articles.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from bench.library.language import FUNCTION_WORDS, Language, Rng, language

OUTLETS = 2_000
SMALL, LARGE = 12, 900
"""Articles on a short-lived topic, and on one that runs for months."""

A_DAY = 400
FIRST_DAY = date(2020, 1, 1)

REPRINTED = 0.12
"""Share of articles that are an agency's piece printed by another outlet."""

STATES = (0.40, 0.80, 0.84, 0.86)
"""Cumulative chances that a token is a function word, a content word, a name, a number; else it is a set phrase.

With these, runs of three to six words recur in another of 350 unrelated articles as often as in real news of the same
length: about one in ten of three words, one in 170 of five, one in a thousand of seven."""

CALLS = (
    "Sign up for our newsletter", "Subscribe to our newsletter", "Follow us on Facebook and Twitter", "Read more",
    "Related articles", "Share this article", "Most read", "Advertisement", "Support our journalism",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the made-up news."""

    number: int
    outlet: int
    topic: int
    title: str
    body: tuple[str, ...]
    """Its paragraphs without title and boilerplate."""
    head: tuple[str, ...]
    """The boilerplate above the body; ``tail`` is that below it."""
    tail: tuple[str, ...]
    reprint: bool
    """Whether it prints an agency's piece."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All paragraphs, the title first."""
        return (self.title, *self.head, *self.body, *self.tail)

    def line(self) -> dict[str, object]:
        """Return it as ``import`` reads it."""
        return {
            "id": f"made-{self.number}",
            "title": self.title,
            "paragraphs": self.paragraphs,
            "publisher": f"Outlet {self.outlet}",
            "published_on": str(FIRST_DAY + timedelta(days=self.number // A_DAY)),
        }


@dataclass(frozen=True, slots=True)
class _Topic:
    words: tuple[str, ...]
    names: tuple[str, ...]
    quotations: tuple[str, ...]


def article(number: int) -> Article:
    """Make the article of this number, from 0."""
    spoken = language()
    rng = np.random.default_rng([7, number])
    topic = _topic_of(rng, number)
    outlet = min(int(rng.pareto(0.8) * 40), OUTLETS - 1)
    reprint = number % SMALL != 0 and rng.random() < REPRINTED
    head, tail = furniture(outlet, rng)
    if reprint:
        title, body = _piece(spoken, topic, np.random.default_rng([8, topic]))
        if rng.random() < 0.3:
            body = body[: max(2, int(len(body) * rng.uniform(0.4, 0.9)))]
        if rng.random() < 0.3:
            title = _title(spoken, rng, _topic(topic))
    else:
        title, body = _piece(spoken, topic, rng)
    return Article(number, outlet, topic, title, body, head, tail, reprint)


def furniture(outlet: int, rng: Rng | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what an outlet prints above and below its articles; the names in it change from one to the next."""
    spoken = language()
    signed, calls = _own_furniture(outlet)
    related = [_title(spoken, rng, None) for _ in range(3)] if rng is not None else []
    writer = spoken.person(rng if rng is not None else np.random.default_rng([9, outlet, 1]))
    return (f"By {writer}",) if signed else (), (*calls[:-1], *related, calls[-1])


@lru_cache(OUTLETS)
def _own_furniture(outlet: int) -> tuple[bool, tuple[str, ...]]:
    """Return whether an outlet names its writers, and the lines below all of its articles."""
    spoken = language()
    draws = np.random.default_rng([9, outlet])
    call = [CALLS[index] for index in draws.permutation(len(CALLS))[: int(draws.integers(1, 5))]]
    house = spoken.names[int(draws.integers(len(spoken.names)))]
    legal = f"© {house} Media. All rights reserved. " + " ".join(_sentences(spoken, draws, 25, None))
    return bool(draws.random() < 0.7), (*call, legal)


def paragraphs_on(topic: int, rng: Rng, count: int) -> tuple[str, ...]:
    """Return ``count`` paragraphs of one or two sentences on this topic."""
    spoken = language()
    return tuple(" ".join(_sentences(spoken, rng, 30, _topic(topic))) for _ in range(count))


def _topic_of(rng: Rng, number: int) -> int:
    """Pick a topic: for most articles a recent one, for some a long-running one; their numbers never overlap."""
    if rng.random() < 0.3:
        return 10**9 + max(0, number - int(rng.exponential(LARGE))) // LARGE
    return max(0, number - int(rng.pareto(1.2) * 30) if number % SMALL else number) // SMALL


@lru_cache(4_096)
def _topic(topic: int) -> _Topic:
    spoken = language()
    rng = np.random.default_rng([10, topic])
    words = [spoken.words[rank] for rank in rng.integers(500, len(spoken.words), 50).tolist()]
    people = [spoken.person(rng) for _ in range(8)]
    phrases = [f"{word} {name}" for word, name in zip(words, people, strict=False)]
    bare = _Topic(tuple(words), (*people, *phrases[:4]), ())
    quotations = tuple(" ".join(_sentences(spoken, rng, int(rng.integers(14, 34)), bare)) for _ in range(4))
    return _Topic(bare.words, bare.names, quotations)


def _piece(spoken: Language, number: int, rng: Rng) -> tuple[str, tuple[str, ...]]:
    topic = _topic(number)
    length = int(np.clip(rng.lognormal(5.62, 0.45), 90, 1_600))
    sentences = _sentences(spoken, rng, length, topic)
    body: list[str] = []
    at = 0
    while at < len(sentences):
        count = int(rng.integers(1, 4))
        paragraph = " ".join(sentences[at : at + count])
        at += count
        chance = rng.random()
        if chance < 0.25 and body:
            speaker = topic.names[int(rng.integers(len(topic.names)))]
            paragraph = f"“{paragraph.rstrip('.')},” said {speaker}."
        elif chance < 0.32:
            quotation = topic.quotations[int(rng.integers(len(topic.quotations)))]
            speaker = topic.names[int(rng.integers(len(topic.names)))]
            paragraph = f"{paragraph} “{quotation}” {speaker} told reporters."
        body.append(paragraph)
    return _title(spoken, rng, topic), tuple(body)


def _title(spoken: Language, rng: Rng, topic: _Topic | None) -> str:
    (first, *_) = _sentences(spoken, rng, int(rng.integers(6, 12)), topic)
    return first.rstrip(".?!")


def _sentences(spoken: Language, rng: Rng, length: int, topic: _Topic | None) -> list[str]:
    """Return sentences of some twenty words, ``length`` words in all; a third of the content words are the topic's."""
    chances = rng.random((3, length)).tolist()
    contents = spoken.content(rng, length).tolist()
    functions = spoken.function(rng, length).tolist()
    phrases = spoken.phrase(rng, length // 5 + 4).tolist()
    numbers = rng.integers(1, 3_000, length // 8 + 4).tolist()
    ends = rng.random(length).tolist()
    words_so_far: list[str] = []
    sentences: list[str] = []
    count = 0
    function_words, words, topic_words = FUNCTION_WORDS, spoken.words, topic.words if topic else ()
    names = topic.names if topic else spoken.names[:40]
    for place, (kind, rank_share, also) in enumerate(zip(*chances, strict=True)):
        if kind < STATES[0]:
            words_so_far.append(function_words[functions[place]])
        elif kind < STATES[1]:
            # The first of a topic's words come more often: squaring makes it so.
            words_so_far.append(
                topic_words[int(also * also * len(topic_words))]
                if topic_words and rank_share < 0.35
                else words[contents[place]]
            )
        elif kind < STATES[2]:
            words_so_far.append(names[int(rank_share * rank_share * len(names))])
        elif kind < STATES[3] or not phrases:
            words_so_far.append(str(numbers.pop()) if numbers else "two")
        else:
            words_so_far += spoken.phrases[phrases.pop()]
        if len(words_so_far) >= 12 + 16 * ends[count]:
            sentences.append(_sentence(words_so_far))
            count, words_so_far = count + 1, []
        if count * 20 >= length and sentences:
            return sentences
    if words_so_far:
        sentences.append(_sentence(words_so_far))
    return sentences


def _sentence(words: list[str]) -> str:
    opening = words[0][:1].upper() + words[0][1:]
    return " ".join([opening, *words[1:]]) + "."
