import zlib
from contextlib import suppress

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.errors import UnreadableError
from app.sources.decoding import decode, refuse_unreadable

ENGLISH = "A title\n\nThe café’s “owner” said – no.\n"
CHINESE = "\u3000\u3000中国国防部长董军表示支持俄罗斯。\n\u3000\u3000他说：“压力”很大，2024年。\n"
ARABIC = "قال الوزير إن الدعم كامل.\r\nفي 2024 قال \u200f”نعم“.\r\n"
BEYOND = "𝔘nicode 👩‍👩‍👧‍👦\nand \U0010fffd\n"
TEXTS = [ENGLISH, CHINESE, ARABIC, BEYOND]


ANY_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(ANY_TEXT, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_behind_its_mark_is_read_as_it_is(text: str, encoding: str) -> None:
    assume(not text.startswith(("%PDF-", "\x89PNG", "‰PNG", "\ufffdPNG")))
    assert decode(text.encode(encoding)) == text


@given(ANY_TEXT)
@example("Ã¼ber")
@example("\x89")
def test_any_utf_8_without_a_mark_is_read_as_it_is(text: str) -> None:
    content = text.encode()
    assume(
        not text.startswith(
            ("\ufeff", "%PDF-", "‰PNG", "\ufffdPNG", "{\\rtf", "GIF8", "PK\x03\x04", "\x7fELF")
        )
    )
    assert decode(content) == text


@given(st.binary())
def test_any_bytes_are_text_or_refused_in_words(content: bytes) -> None:
    with suppress(UnreadableError):
        text = decode(content)
        assert "\0" not in text
        text.encode()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_or_without_its_mark_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, ARABIC, "𝔘nicode 👩‍👩‍👧‍👦\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised_by_its_nul_bytes(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-be", b"\xfe\xff"), ("utf-32-be", b"\0\0\xfe\xff")])
def test_big_endian_marks_are_known(encoding: str, mark: bytes) -> None:
    assert decode(mark + ENGLISH.encode(encoding)) == ENGLISH


def test_windows_1252_is_read_when_the_bytes_are_not_utf_8() -> None:
    assert decode(ENGLISH.encode("cp1252")) == ENGLISH
    assert decode("Größe, naïve, ‘so’ … 100 €".encode("cp1252")) == "Größe, naïve, ‘so’ … 100 €"


def test_empty_input_is_an_empty_text_and_not_an_error() -> None:
    assert decode(b"") == ""


def test_a_zero_width_mark_inside_the_text_is_kept() -> None:
    assert decode("\ufeffOne\ufeff".encode()) == "One\ufeff"


@pytest.mark.parametrize(
    "text", ["<!doctype html><script>alert(1)</script>", "BMW sells cars.", "II. Part", "PK is a code"]
)
def test_text_that_only_looks_like_a_format_is_text(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"%PDF-1.4\nplain ASCII", "a PDF"),
        (b"PK\x03\x04" + bytes(30), "a Word or other zipped document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"GIF89a", "a GIF image"),
        (b"{\\rtf1\\ansi hello}", "an RTF document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"SQLite format 3\x00", "a database"),
    ],
)
def test_another_kind_of_file_is_named(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        decode(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"one\0two", "NUL"),
        (b"one two three\0\0four", "NUL"),
        (b"A title.\0 He came and he saw!", "NUL"),
        (b"\xef\xbb\xbfone\0", "NUL"),
        (b"one \xed\xa0\x80 two", "damaged: it is UTF-8"),
        ("“café” – naïve".encode()[:-2] + b"\xff", "damaged: it is UTF-8"),
        (b"\xef\xbb\xbf\xff\xfe", "damaged: it is UTF-8"),
        (b"\xff\xfea\x00b", "damaged: it is UTF-16"),
        (b"\xff\xfe\x00\xd8a\x00", "damaged: it is UTF-16"),
        (b"\xff\xfe\x00\x00\x00\x00\x11\x00", "damaged: it is UTF-32"),
        (b"caf\xe9 \x81 \x8d", "not text in an encoding that is known here"),
        (b"caf\xe9 \x02\x03", "not text in an encoding that is known here"),
        (bytes(range(256)), "not text in an encoding that is known here"),
        (zlib.compress(ENGLISH.encode() * 50), "not text in an encoding that is known here"),
        (bytes(64), "NUL"),
    ],
)
def test_binary_content_is_refused_with_a_reason(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        decode(content)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("one\0two", "NUL"),
        ("one \ud800 two", "lone surrogates"),
        ("\udfff", "lone surrogates"),
        ("%PDF-1.7\nwhatever", "the inside of a PDF"),
        ("‰PNG\r\n\x1a", "the inside of a PNG"),
        ("\x89PNG\r\n\x1a", "the inside of a PNG"),
    ],
)
def test_pasted_binary_content_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        refuse_unreadable(text)
