"""How alike two paragraphs, or two groups of paragraphs, are: word, character and name overlap in one score."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
_FOLD = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

WORDS, LETTERS, NAMES = 0.35, 0.45, 0.20
"""Weights of the three overlaps, as measured by the prototype that DESIGN section 5 reports."""


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_FOLD).casefold()
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True)
class Scores:
    """Exact integer products from which the similarity of any two groups follows."""

    cross: tuple[NDArray[np.float64], ...]
    base: tuple[NDArray[np.float64], ...]
    witness: tuple[NDArray[np.float64], ...]
    base_length: NDArray[np.float64]
    witness_length: NDArray[np.float64]

    def group(self, i: int, a: int, j: int, b: int) -> float:
        """The similarity, 0 to 1, of base paragraphs ``i..a`` and witness paragraphs ``j..b`` (ends excluded)."""
        total, weights = 0.0, 0.0
        for weight, cross, base, witness in zip(
            (WORDS, LETTERS, NAMES), self.cross, self.base, self.witness, strict=True
        ):
            left, right = float(base[i:a, i:a].sum()), float(witness[j:b, j:b].sum())
            if left == 0.0 and right == 0.0:
                continue
            weights += weight
            if left and right:
                total += weight * float(cross[i:a, j:b].sum()) / math.sqrt(left * right)
        if not weights:
            return 0.0
        left, right = float(self.base_length[i:a].sum()), float(self.witness_length[j:b].sum())
        ratio = min(left, right) / max(left, right)
        return round(total / weights * math.sqrt(math.sqrt(ratio)), 6)


def scores(base: Sequence[str], witness: Sequence[str]) -> Scores:
    """The products of every paragraph pair, on both sides and across."""
    n = len(base)
    texts = [*base, *witness]
    plain = [_plain(text) for text in texts]
    words = [Counter(_WORD.findall(text)) for text in plain]
    letters = [Counter(f" {text} "[k : k + 4] for k in range(max(1, len(text) - 1))) for text in plain]
    names = [
        Counter(word.casefold() for word in _WORD.findall(text) if word[0].isupper() or word[0].isdigit())
        for text in texts
    ]
    cross, left, right = [], [], []
    for bags in (words, letters, names):
        matrix = _matrix(bags)
        cross.append(matrix[:n] @ matrix[n:].T)
        left.append(matrix[:n] @ matrix[:n].T)
        right.append(matrix[n:] @ matrix[n:].T)
    length = np.array([max(1, len(text)) for text in plain], dtype=np.float64)
    return Scores(tuple(cross), tuple(left), tuple(right), length[:n], length[n:])


def _matrix(bags: Sequence[Counter[str]]) -> NDArray[np.float64]:
    seen = Counter(key for bag in bags for key in bag)
    column = {key: at for at, key in enumerate(seen)}
    weight = {key: round(16 * math.log((1 + len(bags)) / count)) for key, count in seen.items()}
    matrix = np.zeros((len(bags), max(1, len(column))))
    for row, bag in enumerate(bags):
        for key, count in bag.items():
            matrix[row, column[key]] = weight[key] * count
    return matrix
