"""Made-up texts for tests, as long as news articles, and unlike one another unless made to share text."""

import random

_SYLLABLES = [
    a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "om", "ul")
]


def words(seed: int, count: int) -> str:
    """``count`` made-up words in sentences, always the same for a seed and others for another."""
    rng = random.Random(seed)
    drawn = ["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(count)]
    for place in range(0, count, 12):
        drawn[place] = drawn[place].capitalize()
    for place in range(11, count, 12):
        drawn[place] += "."
    return " ".join(drawn).rstrip(".") + "."


def paragraphs(seed: int, count: int = 6, length: int = 40) -> list[str]:
    """``count`` paragraphs of ``length`` made-up words."""
    return [words(seed * 1000 + place, length) for place in range(count)]


def text(*parts: list[str] | str) -> str:
    """Join the paragraphs, each on a line."""
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return "\n\n".join(lines)
