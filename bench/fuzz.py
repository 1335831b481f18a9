"""Random pairs through the collation core, each checked for what must be true of every comparison: ``make fuzz``.

The pairs come from a seed, so a failure can be repeated: the report names the pair's own seed.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from random import Random

import regex

from app.collation import pipeline
from app.collation.model import Change, Collation, Finding, Row
from app.collation.text import tokens

VOCABULARY = """
the The a of in to not no 63 66 1,200 3.5% U.S. Dong Jun Mr. Moscow China’s “well” said "so" may must - – — … ' ’ .
naïve nai\u0308ve re\u00adport zero\u200bwidth non\u2060break 国防部长 支持 ロシア ウクライナ ประเทศไทย
القوات וֹ עברית हिन्दी नहीं क्षि 👩\u200d👩\u200d👧 🇺🇦 👍🏽 𝒳𝒴 e\u0301\u0323 \u202emirror\u202c
"""
WORDS = VOCABULARY.split()
GAPS = (" ", " ", " ", " ", "  ", "", "\t", "\u00a0")
GRAPHEME = regex.compile(r"\X")


def paragraph(random: Random) -> str:
    """Return up to fourteen words of many scripts, joined by all manner of gaps; never blank."""
    text = "".join(random.choice(WORDS) + random.choice(GAPS) for _ in range(random.randint(1, 14))).strip()
    return text or "x"


def reworked(random: Random, base: Sequence[str]) -> list[str]:
    """Return a text made from ``base``: its paragraphs kept, reworded, split, merged, dropped, repeated or moved."""
    witness: list[str] = []
    for text in base:
        chance = random.random()
        cut = tokens.split(text)
        if chance < 0.3:
            witness.append(text)
        elif chance < 0.7:
            changed = [random.choice(WORDS) if random.random() < 0.2 else token for token in cut]
            witness.append("".join(changed).strip() or "x")
        elif chance < 0.75 and len(cut) > 4:
            witness += ["".join(half).strip() or "x" for half in (cut[: len(cut) // 2], cut[len(cut) // 2 :])]
        elif chance < 0.8 and witness:
            witness[-1] += " " + text
        elif chance < 0.85:
            witness += [text, text]
        elif chance < 0.9:
            witness.append(paragraph(random))
    if random.random() < 0.2:
        random.shuffle(witness)
    return witness


def pair(random: Random) -> tuple[list[str], list[str]]:
    """Return two texts of at most a few paragraphs: one reworked from the other, or (one in ten) unrelated."""
    base = [paragraph(random) for _ in range(random.randint(0, 5))]
    if random.random() < 0.1:
        return base, [paragraph(random) for _ in range(random.randint(0, 5))]
    return base, reworked(random, base)


def _rebuilt(row: Row, base_text: str, witness_text: str) -> str | None:
    ends = [0, 0]
    for change in row.changes:
        for at, span in enumerate((change.base, change.witness)):
            if span[0] != ends[at] or span[1] < span[0]:
                return f"row {row.number}: changes do not follow one another"
            ends[at] = span[1]
        texts = (base_text[slice(*change.base)], witness_text[slice(*change.witness)])
        if change.op == "equal" and texts[0] != texts[1]:
            return f"row {row.number}: called equal, but differs: {texts}"
        if (change.op == "delete" and texts[1]) or (change.op == "insert" and texts[0]):
            return f"row {row.number}: a {change.op} with two sides"
    if ends != [len(base_text), len(witness_text)]:
        return f"row {row.number}: the changes end early"
    return None


def _torn(row: Row, base_text: str, witness_text: str) -> str | None:
    """Describe a change that cuts inside a grapheme cluster; ``None`` if none does."""
    for at, text in enumerate((base_text, witness_text)):
        ends = {0} | {match.end() for match in GRAPHEME.finditer(text)}
        for change in row.changes:
            span = (change.base, change.witness)[at]
            if not ends.issuperset(span):
                return f"row {row.number}: {change.op} at {span} tears a character of {text!r}"
    return None


def broken(base: Sequence[str], witness: Sequence[str], collation: Collation) -> str | None:
    """Describe what is wrong with a collation of the two texts; ``None`` if nothing is."""
    for at, text in enumerate((base, witness)):
        indices = sorted(index for row in collation.rows for index in (row.base, row.witness)[at])
        if indices != list(range(len(text))):
            return f"paragraphs of {('base', 'witness')[at]} not each in one row: {indices}"
    for row in collation.rows:
        base_text = "\n".join(base[index] for index in row.base)
        witness_text = "\n".join(witness[index] for index in row.witness)
        wrong = _rebuilt(row, base_text, witness_text) or _torn(row, base_text, witness_text)
        if wrong:
            return wrong
        for finding in row.findings:
            if not (finding.base[1] <= len(base_text) and finding.witness[1] <= len(witness_text)):
                return f"row {row.number}: a finding beyond the text"
    if base == witness and any(row.kind != "same" for row in collation.rows):
        return "identical texts, but a row that is not the same"
    return None


OPPOSITE = {
    "omitted": "added",
    "added": "omitted",
    "split": "merged",
    "merged": "split",
    "delete": "insert",
    "insert": "delete",
}


def content(row: Row, swapped: bool) -> dict[str, object]:
    """Return a row's content so that the mirrored row's is equal.

    Of two neighbours, one deleted and one inserted, the deleted one comes first either way, so an absent side's place
    is left out and order does not count.
    """
    turn = -1 if swapped else 1

    def name(word: str) -> str:
        return OPPOSITE.get(word, word) if swapped else word

    def spans(change: Change | Finding) -> tuple[object, ...]:
        return tuple(None if span[0] == span[1] else span for span in (change.base, change.witness)[::turn])

    return {
        "paragraphs": (row.base, row.witness)[::turn],
        "kind": name(row.kind),
        "moved": row.moved,
        "similarity": row.similarity,
        "changes": Counter((name(change.op), spans(change), change.typography) for change in row.changes),
        "findings": Counter((finding.kind, finding.rule, spans(finding)) for finding in row.findings),
    }


def not_mirrored(collation: Collation, back: Collation) -> str | None:
    """Describe what differs between a collation and the swapped one's mirror image; ``None`` if nothing does."""
    rows = {(row.base, row.witness): content(row, swapped=False) for row in collation.rows}
    mirror = {(row.witness, row.base): content(row, swapped=True) for row in back.rows}
    if rows.keys() != mirror.keys():
        return f"swapped, other rows: {sorted(rows.keys() ^ mirror.keys())}"
    for paragraphs, row in rows.items():
        for part, value in row.items():
            if value != mirror[paragraphs][part]:
                return f"swapped, other {part} in the row of {paragraphs}: {value} and {mirror[paragraphs][part]}"
    return None


def main() -> int:
    """Return 0 if every pair holds, 1 at the first that does not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.monotonic()
    for number in range(arguments.seed, arguments.seed + arguments.pairs):
        base, witness = pair(Random(number))
        collation, back = pipeline.collate(base, witness), pipeline.collate(witness, base)
        wrong = (
            broken(base, witness, collation) or broken(witness, base, back) or not_mirrored(collation, back)
        )
        if wrong:
            print(f"\nPair {number} (make fuzz SEED={number} PAIRS=1): {wrong}\n{base!r}\n{witness!r}")
            return 1
        if sys.stderr.isatty() and number % 500 == 0:
            print(f"\r{number - arguments.seed} pairs", end="", file=sys.stderr)
    print(f"{arguments.pairs} pairs hold ({time.monotonic() - began:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
