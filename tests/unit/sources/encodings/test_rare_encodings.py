"""Texts that declare no encoding, in rare ones: none is read wrong, and what may be two texts is asked about."""

import contextlib

import pytest

from app.errors import UnreadableFileError
from app.sources.encodings import guess, languages
from app.sources.encodings.languages import SIBLINGS
from app.sources.encodings.read import read_text
from bench.intake import coin_texts, rare_encodings, rare_texts

FILES = [each for name in rare_encodings.SETS for each in rare_encodings.files(name)]
UNKNOWN = ("kk", "tt", "se", "lb", "br", "hsb", "ky")
"""Languages of which the program knows no words."""
ENCODINGS = (*guess.ENCODINGS, "ptcp154", "koi8_t", "cp858", "iso8859_15")


@pytest.mark.parametrize(("name", "lines", "content"), FILES, ids=[name for name, _, _ in FILES])
def test_no_text_is_read_wrong(name: str, lines: tuple[str, ...], content: bytes) -> None:
    became = rare_encodings.outcome(lines, content)
    assert not became.startswith("wrong")
    if name.split()[0] not in (*UNKNOWN, "cy", "en-names") and name != "fr cp863 t":
        assert became == "right"


@pytest.mark.parametrize("language", rare_texts.BRIDGES)
def test_no_text_is_read_wrong_in_any_encoding(language: str) -> None:
    for encoding in ENCODINGS:
        try:
            lines, content = rare_encodings.encoded(rare_texts.BRIDGES[language], encoding, "t")
        except ValueError:
            continue
        assert not rare_encodings.outcome(lines, content).startswith("wrong"), encoding


@pytest.mark.parametrize("language", ["hr", "pl", "lv", "is", "tr", "ro", "hu", "el", "sr"])
def test_a_text_in_a_language_that_is_not_known_is_not_taken_for_another(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {name: words for name, words in languages.small_words().items() if name != language}
    monkeypatch.setattr(languages, "small_words", lambda: known)
    languages.written_in.cache_clear()
    for encoding in (
        "cp1250",
        "iso8859_2",
        "cp852",
        "cp1257",
        "cp861",
        "cp857",
        "cp737",
        "cp855",
        "mac_roman",
    ):
        try:
            lines, content = rare_encodings.encoded(rare_texts.BRIDGES[language], encoding, "t")
        except ValueError:
            continue
        assert not rare_encodings.outcome(lines, content).startswith("wrong"), encoding
    languages.written_in.cache_clear()


@pytest.mark.parametrize(
    ("name", "encoding", "other"), [("Modrić", "cp1250", "Modriæ"), ("Dvořák", "iso8859_2", "Dvoøák")]
)
def test_a_name_that_may_be_two_is_asked_about(name: str, encoding: str, other: str) -> None:
    text = f"He said that {name} was on the list of the players for the match in Zagreb."
    with pytest.raises(UnreadableFileError, match="could not be told") as refused:
        read_text(text.encode(encoding))
    assert "it may be cp125" in str(refused.value)
    samples = " ".join(sample for _, sample in refused.value.choices)
    assert name in samples
    assert other in samples


@pytest.mark.parametrize(
    "name", ["Peña", "Müller", "São Paulo", "José", "Göring", "Malmö", "Besançon", "Æthelred"]
)
def test_names_of_western_europe_are_read_in_english(name: str) -> None:
    text = f"He said that {name} was on the list of the places that he would like to see."
    assert read_text(text.encode("cp1252")).text == text


def test_a_text_is_judged_by_its_lines_with_letters_beyond_ascii_wherever_they_are() -> None:
    lines = ["The minister said that there was no more to say about it."] * 3000
    text = "\n\n".join((*lines, *rare_texts.BRIDGES["pl"]))
    assert read_text(text.encode("iso8859_2")).text == text


def test_the_words_of_scripts_and_tags_do_not_hide_those_of_a_page() -> None:
    tags = "".join(
        f'<div class="teaser item-{number}"><span data-track="box"></span></div>' for number in range(500)
    )
    script = "<script>var settings = {cookie: true, consent: false, banner: 'small'};</script>" * 50
    page = f"<html><head>{script}</head><body>{tags}<p>{rare_texts.BRIDGES['lv'][0]}</p></body></html>"
    assert rare_texts.BRIDGES["lv"][0] in read_text(page.encode("cp1257"), is_page=True).text


@pytest.mark.parametrize("language", ["fr", "pl", "ru", "el", "tr"])
def test_utf_7_that_does_not_say_so_is_read_and_noted(language: str) -> None:
    text = "\n\n".join(rare_texts.BRIDGES[language])
    decoded = read_text(text.encode("utf-7"))
    assert (decoded.text, decoded.encoding) == (text, "utf-7")
    assert "UTF-7" in decoded.notes[0]


def test_utf_7_without_known_words_is_asked_about_and_can_be_chosen() -> None:
    content = "Bałyk Żęłć Ńąś Żółw".encode("utf-7")
    with pytest.raises(UnreadableFileError) as refused:
        read_text(content)
    assert [encoding for encoding, _ in refused.value.choices] == ["utf-8", "utf-7"]
    assert read_text(content, chosen="utf-7").text == "Bałyk Żęłć Ńąś Żółw"
    assert read_text(content, chosen="utf-8").text == content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "C++ and a+computer+password+sentence are here, Disney+ and Canal+Sport are not.",
        "See https://example.org/?q=news+today+minister+house+parliament for the list.",
        "The key is abc+ABCD+EFGH+1234== and the sum 1+1=2 of H+ ions; +44 20 7946 0100 is the number.",
    ],
)
def test_plus_signs_are_no_utf_7(text: str) -> None:
    assert read_text(text.encode()).text == text


def test_both_ways_to_write_romanian_are_one() -> None:
    text = "\n\n".join(rare_texts.BRIDGES["ro"])
    for encoding in ("cp1250", "iso8859_16"):
        content = text.translate(SIBLINGS if encoding == "iso8859_16" else {}).encode(encoding)
        assert read_text(content).text.translate(SIBLINGS) == text.translate(SIBLINGS)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_japanese_with_latin_names_between_its_letters_is_read(encoding: str) -> None:
    text = (
        "KeePassが起動しないときは、PCのショートカットの設定を変更することができます。"
        "Windowsを再起動すると、KeePassのアイコンがタスクバーに表示されるようになります。"
    )
    assert read_text(text.encode(encoding)).text == text


def test_a_rival_that_reads_few_words_of_a_long_text_worse_is_no_reason_to_ask() -> None:
    line = "“We don’t know what that was,” he said, and the others who were there said that it’s not for them to say."
    text = "\n\n".join([*[line] * 60, "The vases of Sèvres that he reçut were naïve."])
    assert read_text(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("language", "encoding"), [("tr", "cp1254"), ("hu", "cp1250"), ("ru", "cp1251"), ("de", "cp1252")]
)
def test_a_text_with_few_small_words_is_told_by_its_letters(language: str, encoding: str) -> None:
    text = "\n\n".join(coin_texts.COINS[language])
    assert read_text(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("piece", "encoding"),
    [
        ("L’alcaldessa diu que l’escola nova", "cp1252"),
        ("Això no és això, companys,", "cp1252"),
        ("a Forlì: così ha detto", "mac_roman"),
        ("que l’école fermerait", "mac_roman"),
        ("ce acoperişul s-a", "cp852"),
        ("o bysgod yn y llyn eleni ŵyr.", "iso8859_14"),
        ("Балықшылар биыл", "kz1048"),
        ("көлде балық аз", "kz1048"),
        ("көпір салуға", "kz1048"),
        ("дейін жабық болады, деді", "kz1048"),
        ("commerçants craignent d'y perdre", "cp437"),
        ("où l'expert remettra ses conclusions", "cp863"),
        ("der er bygget bro til fodgængere, og det er en træbro.", "cp865"),
        ("„Ég hélt að", "mac_iceland"),
        ("түні бойы", "ptcp154"),
        ("era un botón»,", "cp437"),
        ("это окно», —", "mac_cyrillic"),
    ],
)
def test_a_few_words_that_may_be_others_are_never_read_wrong(piece: str, encoding: str) -> None:
    content = piece.encode(encoding)
    with contextlib.suppress(UnreadableFileError):  # asked about, or refused
        assert read_text(content).text == piece


@pytest.mark.parametrize(
    ("piece", "encoding"),
    [
        ("Für Schüler gibt es künftig größere Räume", "cp1252"),
        ("Učenici će sutra posjetiti tvornicu", "cp1250"),
        ("Рыбаки говорят, что рыбы в озере стало меньше.", "koi8_r"),
        ("湖の魚が今年は少ないと漁師たちは話している。", "cp932"),
        ("어부들은 올해 호수에 물고기가 적다고 말한다.", "cp949"),
        ("ΔT in Ереван", "utf-8"),
    ],
)
def test_a_few_words_that_are_plain_are_not_asked_about(piece: str, encoding: str) -> None:
    assert read_text(piece.encode(encoding)).text == piece


def test_letters_of_another_script_within_a_word_are_taken_where_a_mark_says_that_it_is_utf_8() -> None:
    assert read_text("que lՎcole".encode("utf-8-sig")).text == "que lՎcole"
