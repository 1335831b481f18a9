"""Builds tables of app/collation/lexicon from Unicode's CLDR: ``python tools/cldr.py``.

Babel holds CLDR's names of months and days and its short forms of large numbers, unicode-rbnf its number words. Both
are in the extra ``dev``. The tables are committed, so that nobody who runs the program needs either; run this again to
change what they hold.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

from babel import Locale
from unicode_rbnf import RbnfEngine

from app.sources.encodings import languages

TABLES = Path(__file__).resolve().parent.parent / "app" / "collation" / "lexicon"

LOCALES = {
    language: (language, *more.split())
    for language, more in {
        "en": "", "de": "de_AT", "fr": "fr_CA", "es": "es_419", "it": "", "pt": "pt_PT", "nl": "", "sv": "", "da": "",
        "nb": "nn", "is": "", "fi": "", "et": "", "lv": "", "lt": "", "pl": "", "cs": "", "sk": "", "sl": "",
        "hr": "bs sr_Latn", "sr": "", "mk": "", "bg": "", "ru": "", "uk": "", "be": "", "ro": "", "hu": "", "el": "",
        "tr": "", "az": "", "sq": "", "ca": "", "gl": "", "eu": "", "ar": "ar_LB ar_MA ar_DZ ar_IQ", "he": "",
        "fa": "", "ur": "", "hi": "", "bn": "", "ta": "", "vi": "", "id": "", "ms": "", "fil": "", "sw": "", "af": "",
        "th": "", "ko": "", "ja": "", "zh": "zh_Hant", "hy": "", "ka": "", "kk": "",
    }.items()
}  # fmt: skip
"""Locales by language: the language's own and those of regions with other names."""

ALSO = {
    ("en", "month", 9): "Sept",
    ("en", "weekday", 2): "Tues",
    ("en", "weekday", 4): "Thur Thurs",
    ("de", "weekday", 6): "Sonnabend",
    ("es", "month", 9): "setiembre",
    **{
        ("zh", "weekday", day): f"周{sign} 礼拜{sign} 週{sign}"
        for day, sign in enumerate("一二三四五六日", 1)
    },
    ("zh", "weekday", 7): "星期天 周日 周天 週日 礼拜天",
    **{("ja", "weekday", day): f"{sign}曜" for day, sign in enumerate("月火水木金土日", 1)},
    **{
        ("vi", "month", month): f"tháng_{word}"
        for month, word in enumerate("giêng hai ba tư năm sáu bảy tám chín mười mười_một mười_hai".split(), 1)
    },
}
"""What news prints and CLDR lacks."""

CASES: dict[str, tuple[tuple[str, str], ...]] = {
    "ru": (
        ("ь$", "ь я ю ем е"), ("й$", "й я ю ем е"), ("(?<=[тк])$", "а у ом е"), ("(?<=г)$", "а у ом е"),
        ("а$", "а ы е у ой"), ("ца$", "ца цы це цу цей"), ("е$", "е я ю ем и"),
    ),
    "uk": (
        ("ень$", "ень ня ню нем ні"), ("ий$", "ий ого ому им"), ("ад$", "ад ада аду адом аді"),
        ("ок$", "ок ка ку ком"), ("р$", "р рга ргу ргом"), ("а$", "а и і у ою"), ("я$", "я і ю ею"),
    ),
    "be": (("$", " а у ам е"), ("а$", "а ы е у ай"), ("я$", "я і ю яй"), ("нь$", "нь ня ню нем ні")),
    "bg": (("а$", "а ата"),),
    "sr": (("$", " а у ом"), ("ак$", "ак ка ку ком"), ("а$", "а е и у ом")),
    "mk": (("$", " от"), ("а$", "а ата")),
    "hr": (
        ("anj$", "anj nja nju njem"), ("en$", "en na nu nom"), ("an$", "an na nu nom"), ("$", " a u om"),
        ("ak$", "ak ka ku kom"), ("a$", "a e i u om"),
    ),
    "sl": (("$", " a u om"), ("ek$", "ek ka ku kom"), ("a$", "a e i o")),
    "pl": (
        ("a$", "a u em"), ("ego$", "ego ym emu"), ("ada$", "ada adzie adem"), ("ek$", "ek ku kowi kiem"),
        ("(?<=d)a$", "a ę y zie ą"), ("ta$", "ta tę ty cie tą"), ("(?<=l)a$", "a ę i ą"),
    ),
    "cs": (
        ("(?<=n)a$", "a u em"), ("e$", "e i em"), ("ek$", "ek ka ku kem"), ("a$", "a u y ou"),
        ("(?<=l)e$", "e i í"),
    ),
    "sk": (
        ("(?<=[ra])$", " a i om"), ("$", " a i"), ("ok$", "ok ka ku kom"), ("a$", "a u y ou"), ("(?<=ľ)a$", "a u e ou"),
    ),
    "lt": (("is$", "is į io yje iui"), ("ė$", "ė ę ės ėje"), ("io$", "io į yje is"), ("o$", "o ą e as")),
    "lv": (("is$", "is ī a"), ("(?<=n)a$", " a u as ā"), ("s$", "s ā a")),
    "fi": (
        ("kuuta$", "kuu kuun kuuna kuuta kuussa kuusta kuuhun kuulla kuulle kuuksi"),
        ("na$", "na n ta sta hin ksi lle"), ("na$", " lla ssa oon"),
    ),
    "et": (("$", " i is il ist ini a al at"),),
    "hu": (
        ("(?<!a)$", " n en on ön ben ban i ig re ra tól től et ot öt ének án én"), ("a$", "a án ai ára ától áig át"),
        ("us$", "us usban usi usig usra ustól usának"),
    ),
    "el": (("ος$", "ος ου ο"), ("(?<=[αη])$", " ς"), ("ο$", "ο ου")),
    "ro": (("i$", "i ea"), ("ă$", "ă a ăta"), ("(?<=e)$", " le")),
    "de": (("(?<=g)$", " s e en"), ("(?<=h)$", " s e en")),
    "sv": (("(?<=dag)$", " en s ar"),),
    "da": (("(?<=dag)$", " en s e"),),
    "nb": (("(?<=dag)$", " en s er"),),
    "is": (("ur$", "ur inn s"),),
    "es": (("(?<=o)$", " s"),),
    "ca": (("(?<=e)$", " s"),),
    "he": (("^", " ב ל מ ה ו"),),
    "ar": (("^", " ل ب و"),),
    "eu": (("a$", "a ak ean aren"), ("ak$", "ak ean aren")),
    "hy": (("$", " ի ին ից"), ("իս$", "իսի իսին")),
    "ka": (("ი$", "ი ს ში"),),
}  # fmt: skip
"""By language, what the end (``^``: the beginning) of a month or a day becomes in its cases: a pattern, the endings."""

VALUES = (*range(2, 101), *range(200, 1000, 100), 1000)
"""Numbers whose words are taken; the smallest is left out, since its word is an article in most languages."""

NAMES = (
    "territories languages scripts variants currency_names currency_names_plural months days eras quarters date_fields "
    "day_periods time_zones meta_zones unit_display_names unit_patterns list_patterns compact_decimal_formats"
).split()
"""CLDR's tables whose texts are a language's own words, or names in its spelling."""

_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


def main() -> None:
    """Write the tables."""
    write("calendar", ("language", "kind", "number", "name", "others"), calendar())
    write("magnitudes", ("language", "factor", "names"), magnitudes())
    write("foreign_numbers", ("language", "value", "words"), number_words())
    write("decimal_marks", ("language", "mark"), decimal_marks())
    write("letter_pairs", ("language", "pairs"), letter_pairs())


def calendar() -> Iterator[tuple[str, ...]]:
    """Yield months and days of the week with their other forms; only English abbreviations come without a full stop."""
    for language, codes in LOCALES.items():
        locales = [Locale.parse(code) for code in codes]
        for kind, numbers in (("month", range(1, 13)), ("weekday", range(1, 8))):
            for number in numbers:
                full, short = [], []
                for locale in locales:
                    tables = locale.months if kind == "month" else locale.days
                    for use in ("format", "stand-alone"):
                        key = number if kind == "month" else number - 1
                        full.append(tables[use]["wide"][key])
                        short.append(tables[use]["abbreviated"][key].rstrip("."))
                if language in ("pt", "gl") and kind == "weekday":
                    full += [re.sub(r"[ -]feira$", "", name) for name in full]
                also = ALSO.get((language, kind, number), "").split()
                name = unicodedata.normalize("NFC", full[0])
                others = (
                    [*dict.fromkeys(short), *also] if language == "en" else [*also, *cases(language, full)]
                )
                if language != "en" and kind == "month":
                    others += [
                        f"{form}."
                        for form in dict.fromkeys(short)
                        if len(form) > 2 and form.isalpha() and form not in full
                    ]
                yield language, kind, str(number), name, cell(others, "" if language == "en" else name)


def cases(language: str, names: Iterable[str]) -> Iterator[str]:
    """Yield the names and their forms in the cases of the language."""
    for name in names:
        yield name
        for pattern, endings in CASES.get(language, ()):
            if re.search(pattern, name):
                for ending in [*endings.split(), *([""] if endings.startswith(" ") else [])]:
                    yield re.sub(pattern, ending, name, count=1)


def magnitudes() -> Iterator[tuple[str, ...]]:
    """Yield the words for large units: Mio, milliards, млн, 亿."""
    for language, codes in LOCALES.items():
        names: dict[int, list[str]] = {}
        for code in codes:
            for forms in Locale.parse(code).compact_decimal_formats.values():
                for by_power in forms.values():
                    for power, pattern in by_power.items():
                        text = str(pattern.pattern).partition(";")[0].replace("'", "")
                        digits = re.search("0+", text)
                        word = text.replace("\u200f", "").strip("0 \u00a0.").replace("\u00a0", " ")
                        if digits and word and not (word.isascii() and len(word) < 2):
                            factor = int(power) // 10 ** (len(digits[0]) - 1)
                            names.setdefault(factor, []).append(word)
        for factor, words in sorted(names.items()):
            yield language, str(factor), cell(words)


def number_words() -> Iterator[tuple[str, ...]]:
    """Yield small numbers spelled as one word, in all cases; others are composed of these."""
    for language in LOCALES:
        if language in ("en", "zh", "ja"):
            continue  # read by rules of their own
        try:
            engine = RbnfEngine.for_language(language)
            engine.format_number(2)
        except ValueError:  # CLDR spells no number out in this language
            continue
        for value in VALUES:
            words = []
            texts = engine.format_number(value).text_by_ruleset
            for ruleset, text in texts.items():
                if "financial" in ruleset or "ordinal" in ruleset or "year" in ruleset:
                    continue
                plain = text.replace("\u00ad", "").replace("ʼ", "'")
                if _WORDS.fullmatch(plain):
                    words.append(plain)
            if words:
                yield language, str(value), cell(words)


def decimal_marks() -> Iterator[tuple[str, ...]]:
    """Yield each language's decimal separator, as in the first of its regions."""
    for language, codes in LOCALES.items():
        yield language, Locale.parse(codes[0]).number_symbols["latn"]["decimal"]


def letter_pairs() -> Iterator[tuple[str, ...]]:
    """Yield the pairs of letters in each language's names of places, languages, currencies, units and days."""
    for language in languages.LETTERS:
        held = Locale.parse(language)._data
        words = {
            word.lower()
            for table in NAMES
            for text in texts_in(held.get(table, ()))
            for word in _LETTERS.findall(unicodedata.normalize("NFC", text))
        }
        pairs = {pair for word in words for pair in map("".join, pairwise(f"_{word}_"))}
        own = {"_", *ascii_lowercase, *languages.LETTERS[language]}
        yield language, cell(sorted(pair for pair in pairs if not pair.isascii() and own.issuperset(pair)))


def texts_in(table: object) -> Iterator[str]:
    """Yield every text in a table of tables."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from texts_in(value)
    elif isinstance(table, list | tuple):
        for value in table:
            yield from texts_in(value)


def cell(words: Iterable[str], without: str = "") -> str:
    """Return the distinct words in one cell; an underscore stands for a space."""
    forms = dict.fromkeys(unicodedata.normalize("NFC", word).replace(" ", "_") for word in words)
    forms.pop(without.replace(" ", "_"), None)
    return " ".join(forms)


def write(table: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table of tab-separated values."""
    lines = ["\t".join(columns), *("\t".join(row) for row in rows)]
    (TABLES / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
