"""Builds app/collation/lexicon/relative_times.tsv: ``python -m tools.relative_times FOLDER``.

The folder is ``main`` of the npm package cldr-dates-full, unpacked (Unicode's CLDR 48, under the licence
in UNICODE-LICENSE; ``npm pack cldr-dates-full@48.2.0``). The table is committed.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.cldr import LOCALES

TABLE = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon" / "relative_times.tsv"

UNITS = ("day", "week", "month", "quarter", "year")

ALSO = {
    ("de", "week", -1): "vergangene Woche|vorige Woche", ("de", "week", 1): "kommende Woche",
    ("de", "month", -1): "vergangenen Monat|vorigen Monat", ("de", "month", 1): "kommenden Monat",
    ("de", "year", -1): "vergangenes Jahr|voriges Jahr|Vorjahr", ("de", "year", 1): "kommendes Jahr",
    ("fr", "week", -1): "la semaine passée", ("fr", "month", -1): "le mois passé",
    ("fr", "month", 0): "ce mois", ("fr", "year", -1): "l’an dernier|l’an passé", ("fr", "year", 1): "l’an prochain",
    ("es", "week", 1): "la semana próxima|la semana que viene",
    ("es", "month", -1): "el pasado mes", ("es", "month", 1): "el mes próximo|el mes que viene",
    ("es", "year", -1): "el pasado año", ("es", "year", 1): "el año próximo|el año que viene",
    ("it", "week", -1): "scorsa settimana", ("it", "week", 1): "prossima settimana",
    ("it", "month", -1): "scorso mese", ("it", "month", 1): "prossimo mese",
    ("it", "year", -1): "scorso anno", ("it", "year", 1): "prossimo anno",
    ("pt", "week", 1): "semana que vem", ("pt", "month", 1): "mês que vem", ("pt", "year", 1): "ano que vem",
    ("nl", "week", -1): "afgelopen week", ("nl", "week", 1): "komende week",
    ("nl", "month", -1): "afgelopen maand", ("nl", "month", 1): "komende maand",
    ("nl", "year", -1): "afgelopen jaar", ("nl", "year", 1): "komend jaar",
    ("pl", "week", -1): "w ubiegłym tygodniu", ("pl", "month", -1): "w ubiegłym miesiącu",
    ("pl", "year", -1): "w ubiegłym roku",
    ("cs", "year", -1): "loni", ("cs", "year", 0): "letos", ("sk", "year", -1): "vlani",
    ("zh", "week", -1): "上星期", ("zh", "week", 0): "这周", ("zh", "week", 1): "下星期",
    ("zh", "month", -1): "上月", ("zh", "month", 0): "这个月", ("zh", "month", 1): "下月",
    ("zh", "day", -1): "昨日", ("zh", "day", 0): "今日", ("zh", "day", 1): "明日",
    ("ko", "year", -1): "지난해", ("ko", "year", 1): "다음 해",
}  # fmt: skip
"""What news prints and CLDR lacks."""


def relative_times(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield language, unit, offset from now, and the phrases for it."""
    for language, more in LOCALES.items():
        codes = [code.replace("_", "-") for code in more] if language != "en" else []
        for unit in UNITS:
            by_offset: dict[int, dict[str, None]] = {}
            for code in codes:
                path = folder / ("no" if code == "nb" else code) / "dateFields.json"
                (locale,) = json.loads(path.read_text("utf-8"))["main"].values()
                for key, phrase in locale["dates"]["fields"][unit].items():
                    if key.startswith("relative-type-"):
                        offset = int(key.removeprefix("relative-type-"))
                        by_offset.setdefault(offset, {})[phrase] = None
            for offset, phrases in sorted(by_offset.items()):
                phrases |= dict.fromkeys(ALSO.get((language, unit, offset), "").split("|"))
                yield language, unit, str(offset), "|".join(filter(None, phrases))


def main() -> int:
    """Write the table; exit code 0."""
    lines = ["\t".join(row) for row in relative_times(Path(sys.argv[1]))]
    TABLE.write_text("\n".join(("language\tunit\toffset\tphrases", *lines)) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
