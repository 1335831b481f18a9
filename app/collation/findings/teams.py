"""Scores reversed together with the teams, or lost by the same team on both sides: they say the same."""

import re
from collections.abc import Iterable, Iterator

from app.collation.findings.names.matching import CAPITALISED, alike
from app.collation.findings.quantities.matching import Drifted, Value
from app.collation.findings.row.passage import Passage
from app.collation.text.sentences import boundaries, start_of_sentence

MAX_CHARS = 240
"""Code points before and after a score in which the names of its sentence are read."""

MAX_NAMES = 12
"""Names of that sentence that are compared with the other side's."""

_LOST = re.compile(r"\b(?:los(?:t|e|es|ing|s)|beaten|defeat\w*|went[ ]down)\b", re.IGNORECASE)


def turned_alone(passage: Passage, turned: Iterable[Drifted]) -> Iterator[Drifted]:
    """Yield those ``turned`` scores whose teams kept their order, unless both sides say who lost."""
    for drift in turned:
        if drift.base and drift.witness:
            base, witness = _sentence(passage.base, drift.base), _sentence(passage.witness, drift.witness)
            if not (_are_turned(base, witness) or (_LOST.search(base) and _LOST.search(witness))):
                yield drift


def _sentence(text: str, value: Value) -> str:
    end = next(
        boundaries(text, value.span[1], min(len(text), value.span[1] + MAX_CHARS)), value.span[1] + MAX_CHARS
    )
    return text[start_of_sentence(text, value.span[0], MAX_CHARS) : end]


def _are_turned(base: str, witness: str) -> bool:
    """Return whether the first two names that both sentences have are in the other order."""
    names = CAPITALISED.findall(base)[:MAX_NAMES]
    others = CAPITALISED.findall(witness)[:MAX_NAMES]
    places = [next((at for at, other in enumerate(others) if alike(name, other)), None) for name in names]
    shared = [at for at in places if at is not None]
    return len(shared) > 1 and sorted(shared)[:2] == shared[1::-1]
