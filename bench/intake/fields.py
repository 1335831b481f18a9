"""``python -m bench.intake.fields GOLD.tsv ANSWERS.jsonl``: how many titles, publishers, authors and dates are right.

GOLD has a line for each page: its id, title, publisher, author and date of publication, parted by tabs; a field that
may be read in several ways gives them parted by ``|``. ANSWERS is what ``extract --jsonl`` wrote. Case, kinds of
quotation marks and dashes, and the order of authors do not count.
"""

import json
import sys
import unicodedata
from pathlib import Path

FIELDS = ("title", "publisher", "author", "published_on")
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": "'", "”": "'", '"': "'", "–": "-", "—": "-", "\N{NO-BREAK SPACE}": " "}
)


def plain(value: str | None) -> str:
    """Return a field without the differences that do not count."""
    return " ".join(unicodedata.normalize("NFKC", value or "").translate(_SIGNS).casefold().split())


def is_right(field: str, answer: str | None, gold: str) -> bool:
    """Return whether a field was read in one of the accepted ways.

    >>> is_right("author", "Bo Ek, Ann Lee", "Ann Lee, Bo Ek"), is_right("title", "“A visit”", "'A Visit'")
    (True, True)
    >>> is_right("publisher", None, ""), is_right("publisher", "Daily", "")
    (True, False)
    """
    if field == "author":
        return sorted(plain(answer).split(", ")) in [
            sorted(plain(way).split(", ")) for way in gold.split("|")
        ]
    return plain(answer) in [plain(way) for way in gold.split("|")]


def main(gold: Path, answers: Path) -> None:
    """Print the share of each field that is right, and each that is not."""
    read = {row["id"]: row for row in map(json.loads, answers.read_text("utf-8").splitlines())}
    pages = [line.split("\t") for line in gold.read_text("utf-8").splitlines() if line]
    for place, field in enumerate(FIELDS, 1):
        wrong = [page for page in pages if not is_right(field, read[page[0]].get(field), page[place])]
        print(f"{field}: {1 - len(wrong) / len(pages):.3f} of {len(pages)}")
        for page in wrong:
            print(f"  {page[0]}: {read[page[0]].get(field)!r} is to be {page[place]!r}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
