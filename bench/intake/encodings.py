"""``python -m bench.intake.encodings``: texts in many encodings, read right, asked about, refused, or read wrong.

The texts are our own. Pages declare no encoding, the right one, or a wrong one; some were encoded twice.
"""

from collections import Counter
from collections.abc import Iterator

from app.errors import UnreadableFileError, VariorumError
from app.sources.reading import read_document

TEXTS: dict[str, tuple[str, ...]] = {
    "en": (
        "The “Harbour Café” on Königstraße re-opened — for £5 a head.",
        "Owner Zoë Brontë said: “We’re naïve, perhaps, but we’ve paid every penny.”",
        "Fewer than twenty people came on the first evening; the mayor didn’t.",
    ),
    "de": (
        "Die Brücke über die Spree bleibt gesperrt, wie das Bezirksamt mitteilte.",
        "Größere Fahrzeuge müssen über Köpenick fahren, für Fußgänger gibt es einen Steg.",
        "Ein Sprecher sagte, die Prüfung könne bis März dauern.",
    ),
    "pl": (
        "Most na Wiśle zostanie zamknięty od poniedziałku, ogłosił zarząd dróg.",
        "Kierowcy będą musieli jeździć przez Płock, a piesi przejdą kładką.",
        "Rzecznik powiedział, że prace potrwają najwyżej sześć tygodni.",
    ),
    "cs": (
        "Most přes Vltavu bude od pondělí uzavřen, oznámila správa silnic.",
        "Řidiči pojedou přes Mělník, pro pěší je připravena lávka.",
        "Mluvčí řekl, že práce potrvají nejvýše šest týdnů.",
    ),
    "ru": (
        "Мост через Оку закроют с понедельника, сообщили в управлении дорог.",
        "Водителям придётся ехать через Серпухов, для пешеходов построили переход.",
        "Представитель ведомства заявил, что ремонт займёт не больше шести недель.",
    ),
    "uk": (
        "Міст через Десну закриють з понеділка, повідомили в управлінні доріг.",
        "Водіям доведеться їхати через Чернігів, а для пішоходів збудували перехід.",
        "Речник сказав, що ремонт триватиме щонайбільше шість тижнів, і не більше.",
    ),
    "el": (
        "Η γέφυρα του Αχελώου θα κλείσει από τη Δευτέρα, ανακοίνωσε η υπηρεσία οδών.",
        "Οι οδηγοί θα πρέπει να περάσουν από το Αγρίνιο και οι πεζοί από μια ξύλινη γέφυρα.",
        "Ο εκπρόσωπος είπε ότι τα έργα θα διαρκέσουν το πολύ έξι εβδομάδες.",
    ),
    "tr": (
        "Sakarya üzerindeki köprü pazartesiden itibaren kapatılacak, dedi yetkililer.",
        "Sürücüler Adapazarı üzerinden gidecek, yayalar için geçit yapıldı.",
        "Sözcü, çalışmaların en çok altı hafta süreceğini söyledi; ağır araçlar geçemeyecek.",
    ),
    "zh": (
        "长江上的旧桥将从星期一起关闭，道路管理部门表示。",
        "司机必须绕道行驶，行人可以走临时通道。",
        "发言人说，维修工作最多需要六个星期。",
    ),
    "ja": (
        "川にかかる古い橋は月曜日から閉鎖されると道路管理局が発表した。",
        "車は隣の町を通らなければならず、歩行者には仮の通路がある。",
        "広報担当者は、工事は長くても六週間で終わると述べた。",
    ),
}
ENCODINGS = (
    "en cp1252, en mac_roman, de cp1252, de cp850, pl cp1250, pl iso8859_2, cs cp1250, cs iso8859_2, ru cp1251, "
    "ru koi8_r, uk cp1251, el cp1253, el iso8859_7, tr cp1254, zh gb18030, ja shift_jis, ja euc_jp"
).split(", ")
WRONG = (
    "de utf_8 iso-8859-1, ru utf_8 iso-8859-1, zh utf_8 iso-8859-1, ru cp1251 utf-8, pl cp1250 utf-8, "
    "ja shift_jis utf-8, el iso8859_7 windows-1252"
).split(", ")
"""Languages, encodings, and those that the page declares instead."""
_NOT_IN_CP850 = str.maketrans({"—": "-", "“": '"', "”": '"', "’": "'"})


def page(lines: tuple[str, ...], declared: str = "") -> str:
    """Return a page of these paragraphs."""
    meta = f'<meta charset="{declared}">' if declared else ""
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head>{meta}<title>x</title></head><body><article><h1>x</h1>{body}</article></body></html>"


def files() -> Iterator[tuple[str, tuple[str, ...], bytes]]:
    """Yield what each file is, the lines in it, and its bytes."""
    for language, encoding in (each.split() for each in ENCODINGS):
        lines = TEXTS[language]
        if encoding == "cp850":
            lines = tuple(line.translate(_NOT_IN_CP850) for line in lines)
        yield f"text, {language}, {encoding}", lines, "\r\n\r\n".join(lines).encode(encoding)
        if (language, encoding) != ("en", "cp1252"):
            yield f"page, {language}, {encoding}", lines, page(lines).encode(encoding)
    for language, encoding, declared in (each.split() for each in WRONG):
        lines = TEXTS[language]
        yield (
            f"page, {language}, {encoding} declared as {declared}",
            lines,
            page(lines, declared).encode(encoding),
        )
    for language in ("en", "de", "ru"):
        twice = "\n\n".join(TEXTS[language]).encode().decode("latin-1").encode()
        yield f"text, {language}, encoded twice", TEXTS[language], twice
    for language in ("pl", "zh"):
        plain = "\n\n".join(TEXTS[language]).encode("utf-16-le")
        yield f"text, {language}, UTF-16 without a mark", TEXTS[language], plain


def outcome(lines: tuple[str, ...], content: bytes) -> str:
    """Return how a file is read: ``right`` or ``wrong``, or ``asked`` or ``refused`` instead."""
    try:
        reading = read_document(content)
    except VariorumError as error:
        return "asked" if isinstance(error, UnreadableFileError) and error.choices else "refused"
    read = {reading.title.value, *(block.text for block in reading.blocks)}
    return "right" if read.issuperset(lines) else "wrong"


def main() -> None:
    """Print how many files are read right, and each that is not."""
    outcomes = {name: outcome(lines, content) for name, lines, content in files()}
    print(f"{len(outcomes)} files: {dict(Counter(outcomes.values()))}")
    for name, became in outcomes.items():
        if became != "right":
            print(f"  {became}: {name}")


if __name__ == "__main__":
    main()
