"""``python -m bench.intake.rare_encodings``: texts that declare no encoding, in those that are rare by now.

They are read right, asked about or refused; the rest is read wrong. The rules were made with the first set at hand; the
second and the third were written afterwards.
"""

from collections import Counter
from collections.abc import Iterator

from app.errors import UnreadableFileError, VariorumError
from app.sources.encodings.languages import SIBLINGS
from app.sources.reading import read_document
from bench.intake import coin_texts, rare_texts
from bench.intake.encodings import page

SETS = {
    "first": (rare_texts.BRIDGES, rare_texts.BRIDGE_FILES),
    "second": (rare_texts.COURTS_AND_FISHERMEN, rare_texts.COURT_FILES),
    "third": (coin_texts.COINS, coin_texts.COIN_FILES),
}
_PLAIN_SIGNS = str.maketrans(dict(zip("–—“”’‘„«»", '--""\'\'"""', strict=True)))


def files(name: str) -> Iterator[tuple[str, tuple[str, ...], bytes]]:
    """Yield what each file of a set is, the lines in it, and its bytes."""
    texts, listed = SETS[name]
    for each in listed:
        language, encoding, form = each.split()
        yield each, *encoded(texts[language], encoding, form)


def encoded(lines: tuple[str, ...], encoding: str, form: str) -> tuple[tuple[str, ...], bytes]:
    """Return the lines as an encoding can hold them, and a text or a page of them."""
    for table in ({}, SIBLINGS, _PLAIN_SIGNS, SIBLINGS | _PLAIN_SIGNS):
        held = tuple(line.translate(table) for line in lines)
        try:
            return held, (page(held) if form == "h" else "\r\n\r\n".join(held)).encode(encoding)
        except UnicodeEncodeError:
            continue
    raise ValueError(f"{encoding} cannot hold this text")


def outcome(lines: tuple[str, ...], content: bytes) -> str:
    """Return what becomes of a file: ``right``, ``asked``, ``refused``, or ``wrong`` and how it is read."""
    try:
        reading = read_document(content)
    except VariorumError as error:
        return "asked" if isinstance(error, UnreadableFileError) and error.choices else "refused"
    read = [
        text.translate(SIBLINGS) for text in (reading.title.value, *(block.text for block in reading.blocks))
    ]
    missing = [line for line in lines if line.translate(SIBLINGS) not in read]
    return f"wrong, as {reading.encoding}: {read[-1][:60]}" if missing else "right"


def main() -> None:
    """Print how many files of each set are read right, and each that is not."""
    for name in SETS:
        outcomes = {each: outcome(lines, content) for each, lines, content in files(name)}
        print(
            f"{name}, {len(outcomes)} files: {dict(Counter(each.split(',')[0] for each in outcomes.values()))}"
        )
        for each, became in outcomes.items():
            if became != "right":
                print(f"  {became}: {each}")


if __name__ == "__main__":
    main()
