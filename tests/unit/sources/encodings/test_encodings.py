"""Texts that declare no encoding, a wrong one, or were encoded twice: right, asked about or refused, never wrong."""

from contextlib import suppress

import pytest

from app.errors import UnreadableFileError
from app.sources.encodings import guess
from app.sources.encodings.read import mended, read_text

TEXTS = {
    "en": "The president said the talks would open on Monday — “after a long night”. It’s not clear who will come.",
    "de": "Der Präsident sagte, die Gespräche würden am Montag eröffnet. Größe sei nicht alles, fügte er hinzu.",
    "fr": "Le président a déclaré que les négociations commenceront lundi, après une longue nuit avec la presse.",
    "es": "El presidente dijo que las negociaciones empezarán mañana en Oslo, después de una larga noche en España.",
    "pl": "Premier powiedział, że rozmowy rozpoczną się w poniedziałek w Oslo, a źródła żądają przerwy do wtorku.",
    "cs": "Prezident řekl, že jednání začne v pondělí v Oslu a že se ho zúčastní i ministr. Není jasné, kdo přijede.",
    "hu": "Az elnök azt mondta, hogy a tárgyalások hétfőn kezdődnek Oslóban, és nem lesz több halasztás. Őszinte volt.",
    "tr": "Cumhurbaşkanı, görüşmelerin pazartesi günü başlayacağını söyledi ve bu konuda fazla bir şey açıklamadı.",
    "ru": "Президент России заявил, что переговоры начнутся в понедельник в Москве. Он не сказал, что придёт министр.",
    "uk": "Президент заявив, що переговори почнуться в понеділок, і що він не виключає участі міністра. Але це не все.",
    "el": "Ο πρόεδρος δήλωσε ότι οι συνομιλίες θα αρχίσουν τη Δευτέρα και ότι δεν θα υπάρξει άλλη αναβολή από αυτόν.",
    "he": "הנשיא אמר כי השיחות ייפתחו ביום שני באוסלו. הוא לא מסר את שמו של השר, אך אמר כי גם הוא יגיע לשם.",
    "ar": "قال الرئيس إن المحادثات ستبدأ يوم الاثنين في أوسلو، ولم يذكر ما إذا كان الوزير سيحضر من هذا البلد أو لا.",
    "zh": "总统周一表示，双方的谈判将在奥斯陆举行，官员们说他们会在那里待到有结果为止，但是没有人知道要多久。",
    "zh-Hant": "總統週一表示，雙方的談判將在奧斯陸舉行，官員們說他們會在那裡待到有結果為止，但是沒有人知道要多久。",
    "ja": "大統領は月曜日に、会談がオスロで行われると述べた。関係者によると、結果が出るまで続ける予定だという。",
    "ko": "대통령은 월요일 회담이 오슬로에서 열릴 것이라고 말했다. 관계자들은 결과가 나올 때까지 머물 것이라고 했다.",
    "th": "ประธานาธิบดีกล่าวว่าการเจรจาจะเริ่มขึ้นในวันจันทร์ที่กรุงออสโลและจะไม่มีการเลื่อนอีก",
}
ENCODED = [
    *[("en", encoding) for encoding in ("cp1252", "mac_roman")],
    *[("de", encoding) for encoding in ("cp1252", "mac_roman", "cp850")],
    *[("fr", encoding) for encoding in ("cp1252", "mac_roman", "cp850", "iso8859_15")],
    *[("es", encoding) for encoding in ("cp1252", "mac_roman", "cp850")],
    *[("pl", encoding) for encoding in ("cp1250", "iso8859_2", "cp852", "mac_latin2")],
    *[("cs", encoding) for encoding in ("cp1250", "iso8859_2", "cp852")],
    *[("hu", encoding) for encoding in ("cp1250", "iso8859_2")],
    ("tr", "cp1254"),
    *[("ru", encoding) for encoding in ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic")],
    *[("uk", encoding) for encoding in ("cp1251", "koi8_u")],
    *[("el", encoding) for encoding in ("cp1253", "iso8859_7")],
    ("he", "cp1255"),
    ("ar", "cp1256"),
    ("zh", "gb2312"),
    ("zh", "gb18030"),
    ("zh-Hant", "big5"),
    *[("ja", encoding) for encoding in ("shift_jis", "euc_jp", "iso2022_jp")],
    ("ko", "euc_kr"),
    ("th", "cp874"),
]


def test_chinese_that_looks_like_damaged_utf_8_is_read() -> None:
    text = "长江上的旧桥将从星期一起关闭，道路管理部门表示。\n\n司机必须绕道行驶，行人可以走临时通道。"
    assert read_text(text.encode("gb18030")).text == text
    with pytest.raises(UnreadableFileError, match="it is UTF-8"):
        read_text(text.encode()[:50] + text.encode()[51:])
    with pytest.raises(UnreadableFileError, match="it is UTF-8"):
        read_text("One half \ud800 of a character.".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_a_text_that_declares_nothing_is_read_right_or_asked_about(language: str, encoding: str) -> None:
    text = TEXTS[language]
    if encoding not in ("cp1252", "mac_roman", "gb18030"):
        text = text.replace("—", "-").replace("“", '"').replace("”", '"').replace("’", "'")
    content = text.encode(encoding)
    assert read_text(content).text == text


@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_a_short_text_is_never_read_wrong(language: str, encoding: str) -> None:
    for length in (1, 2, 3, 5):
        text = " ".join(TEXTS[language].split()[:length])[:40]
        content = text.encode(encoding, "replace")
        with suppress(UnreadableFileError):
            assert read_text(content).text == content.decode(encoding)


@pytest.mark.parametrize(("language", "encoding"), [("zh", "hz"), ("ko", "iso2022_kr"), ("ja", "iso2022_jp")])
def test_letters_written_in_seven_bits_are_read_though_they_look_like_ascii(
    language: str, encoding: str
) -> None:
    text = TEXTS[language].replace("—", "-")
    assert read_text(text.encode(encoding)).text == text


def test_utf_7_is_read_where_it_is_declared_and_plus_signs_stay() -> None:
    assert read_text(TEXTS["fr"].encode("utf-7"), "UTF-7").text == TEXTS["fr"]
    sum_ = "Add a+computer+password+sentence, and call +1 202 555 0100."
    assert read_text(sum_.encode()).text == read_text(sum_.encode(), "utf-8").text == sum_


@pytest.mark.parametrize(
    ("language", "label"), [("ar", "iso-8859-6"), ("el", "cp737"), ("el", "mac_greek"), ("ru", "ptcp154")]
)
def test_a_declared_encoding_is_judged_by_its_words_though_it_is_none_of_those_that_are_tried(
    language: str, label: str
) -> None:
    text = TEXTS[language]
    assert read_text(text.encode(label), label).text == text


def test_the_only_reading_is_not_the_right_one_where_it_makes_no_words() -> None:
    with pytest.raises(UnreadableFileError, match=r"could not be told|not text in an encoding"):
        read_text("бвгд жзкл мнпр стфх цчшщ жзкл мнпр".encode("cp1125"))
    words = "бвгд жзкл мнпр стфх цчшщ"
    assert guess.certain_decoding([guess.Decoding("cp1251", words, "", 0.0)]) is None


def test_where_it_is_not_certain_the_reader_is_asked_and_her_choice_is_taken() -> None:
    content = "España".encode("cp1252")
    with pytest.raises(UnreadableFileError, match="could not be told") as refused:
        read_text(content)
    assert ("cp1252", "España") in refused.value.choices
    assert ("cp1250", "Espańa") in refused.value.choices
    assert read_text(content, chosen="cp1252").text == "España"


def test_bytes_that_make_no_words_in_any_encoding_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="not text in an encoding"):
        read_text(bytes(range(128, 256)) * 4)


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "windows-1252"])
def test_a_declaration_that_makes_no_words_is_not_believed(label: str) -> None:
    decoded = read_text(TEXTS["ru"].encode("cp1251"), label)
    assert decoded.text == TEXTS["ru"]
    assert "only as cp1251 do its letters make words" in decoded.notes[0]


def test_a_page_declares_its_encoding_in_its_head() -> None:
    page = f"<html><head><meta charset='windows-1251'></head><p>{TEXTS['ru']}</p>".encode("cp1251")
    assert TEXTS["ru"] in read_text(page, is_page=True).text


def test_utf_8_wins_over_a_declaration() -> None:
    assert read_text("Größe ist nicht alles".encode(), "iso-8859-1").text == "Größe ist nicht alles"


def test_a_declaration_decides_a_text_too_short_to_tell() -> None:
    assert read_text("España".encode("cp1252"), "iso-8859-1").text == "España"


def test_a_page_in_utf_8_with_a_broken_character_is_read_and_says_so() -> None:
    page = f"<meta charset=utf-8>{TEXTS['de'] * 20}".encode() + b"\xff"
    decoded = read_text(page, is_page=True)
    assert decoded.text.endswith("\ufffd")
    assert "One character could not be read" in decoded.notes[0]


@pytest.mark.parametrize("language", ["fr", "de", "en", "ru", "ja", "pl"])
def test_what_had_been_encoded_twice_is_mended(language: str) -> None:
    text = TEXTS[language]
    twice = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )
    decoded = mended(read_text(twice.encode()))
    assert decoded.text == text
    assert "encoded twice" in decoded.notes[0]


@pytest.mark.parametrize("language", TEXTS)
def test_a_right_text_is_not_mended(language: str) -> None:
    decoded = read_text(TEXTS[language].encode())
    assert mended(decoded) is decoded


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“Not yet,” he said", "cp1252"),
        ("Tilts pār Gauju no", "iso8859_4"),
        ("Les commerçants craignent d'y perdre la plupart de leurs clients", "cp437"),
        ("час страцяць большую частку", "cp1251"),
        ("za ten čas prídu", "mac_latin2"),
        ("jääb sellel ajal avatuks, aga mitte", "iso8859_15"),
        ("„Maniau, kad", "cp775"),
    ],
)
def test_a_sentence_that_letters_do_not_tell_is_asked_about(text: str, encoding: str) -> None:
    with pytest.raises(UnreadableFileError, match="could not be told for certain"):
        read_text(text.encode(encoding))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le maire a refusé de répondre à ces questions.", "cp1252"),
        ("Никто не знал об этом до вторника.", "cp1251"),
        ("Größe und Maß", "cp1252"),
        ("Zażółć gęślą jaźń", "cp1250"),
        ("Premier spotkał się z ministrem", "iso8859_2"),
    ],
)
def test_a_sentence_that_letters_tell_is_read(text: str, encoding: str) -> None:
    assert read_text(text.encode(encoding)).text == text
