"""E-mails: text or page, subject and sender, what is attached."""

from base64 import encodebytes
from quopri import encodestring
from textwrap import wrap

import pytest

from app.errors import UnreadableFileError
from app.sources.model import Field
from app.sources.reading import read_document
from tests.unit.sources.html.pages import BODY, page, paragraphs

HEAD = (
    b"Received: from a by b; Mon, 5 Feb 2024 23:00:00 +0100\r\nFrom: =?utf-8?q?Ann_L=C3=A9e?= <ann@courier.example>\r\n"
    b"To: desk@paper.example\r\nSubject: Fwd: Talks open in Oslo\r\nDate: Mon, 5 Feb 2024 23:10:00 +0100\r\n"
    b"MIME-Version: 1.0\r\n"
)
PLAIN = "\r\n\r\n".join(BODY)


def test_a_plain_mail_gives_its_paragraphs_subject_sender_and_day() -> None:
    mail = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + PLAIN.encode() + b"\r\n-- \r\nAnn\r\n"
    reading = read_document(mail)
    assert reading.format == "eml"
    assert reading.paragraphs == BODY
    assert reading.extras == ("Ann",)
    assert reading.title == Field("Talks open in Oslo", "e-mail")
    assert reading.author == Field("Ann Lée", "e-mail")
    assert reading.published_on == Field("2024-02-05", "e-mail")


def test_a_mail_with_a_page_is_read_as_a_page() -> None:
    html = encodebytes(page(paragraphs(*BODY)).encode())
    mail = HEAD + (
        b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + html
        + b"--b--\r\n"
    )
    assert read_document(mail).paragraphs == BODY


def test_a_wrapped_mail_in_quoted_printable_is_joined() -> None:
    wrapped = "\r\n\r\n".join("\r\n".join(wrap(text, 60)) for text in BODY)
    types = b"Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert read_document(HEAD + types + encodestring(wrapped.encode("cp1252"))).paragraphs == BODY


def test_what_was_sent_on_or_quoted_is_read_without_its_marks_and_header() -> None:
    types = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    quoted = "\r\n>\r\n".join(f"> {text}" for text in BODY)
    assert read_document(HEAD + types + quoted.encode()).paragraphs == BODY
    sent_on = "---------- Forwarded message ---------\r\nFrom: Bob <bob@echo.example>\r\nTo: Ann\r\n\r\n"
    reading = read_document(HEAD + types + b"See below.\r\n\r\n" + sent_on.encode() + PLAIN.encode())
    assert reading.paragraphs == ("See below.", *BODY)
    assert reading.extras[1:] == ("From: Bob <bob@echo.example>", "To: Ann")


def test_what_is_attached_is_named() -> None:
    mail = HEAD + (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + PLAIN.encode() + b"\r\n"
        b'--b\r\nContent-Type: application/pdf; name="talks.pdf"\r\n'
        b'Content-Disposition: attachment; filename="talks.pdf"\r\n'
        b"\r\n%PDF\r\n--b--\r\n"
    )
    assert "talks.pdf" in read_document(mail).notes[0]
    with pytest.raises(UnreadableFileError, match=r"Attached to it: talks\.pdf"):
        read_document(mail.replace(b"Content-Type: text/plain", b"Content-Type: image/gif"))


def test_a_text_that_opens_like_a_header_is_a_text() -> None:
    assert read_document(b"Subject: matters\n\nHe came to Oslo on Monday.\n").format == "text"


@pytest.mark.parametrize("coding", ["7bit", "base64", "quoted-printable"])
def test_a_text_above_the_bound_is_refused_and_not_cut(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sources.mail.eml.MAX_TEXT_BYTES", 1_000_000)
    text = b"He came to the hall on Monday and spoke for an hour.\r\n" * 20_000
    body = {"7bit": text, "base64": encodebytes(text), "quoted-printable": encodestring(text)}[coding]
    types = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode()
    with pytest.raises(UnreadableFileError, match="more than 1 MB"):
        read_document(HEAD + types + body)


def test_an_e_mail_that_is_attached_to_a_short_one_is_read() -> None:
    inner = HEAD.replace(b"Fwd: ", b"").replace(b"Ann_L=C3=A9e", b"Carl_Roe")
    inner += b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + PLAIN.encode() + b"\r\n"
    outer = (
        HEAD.replace(b"Talks open in Oslo", b"for you")
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    )
    outer += (
        b"--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    reading = read_document(outer + inner + b"--b--\r\n")
    assert reading.paragraphs == BODY
    assert (reading.title.value, reading.author.value) == ("Talks open in Oslo", "Carl Roe")
    assert "attached" in reading.notes[-1]


def test_an_e_mail_that_comments_on_one_attached_to_it_is_read_itself() -> None:
    types = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
    outer = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' + types + PLAIN.encode()
    outer += b"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + HEAD + types + b"He came.\r\n--b--\r\n"
    assert read_document(outer).paragraphs == BODY


def test_of_several_e_mails_in_one_file_the_first_is_read_and_that_is_said() -> None:
    mail = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + PLAIN.encode() + b"\r\n\r\n"
    line = b"From ann@courier.example Mon Feb  5 23:10:00 2024\r\n"
    reading = read_document(line + mail + line + mail.replace(b"Oslo", b"Rome"))
    assert reading.paragraphs == BODY
    assert reading.notes == (
        "This file holds 2 e-mails, of which the first was read. Bring the others by themselves.",
    )


SENT_ON = (
    "From: Bo Ness <bo@paper.example>",
    "Sent: Monday, 5 February 2024 09:00",
    "To: Ann Lee",
    "Subject: talks",
)


def test_the_head_of_a_mail_that_was_sent_on_is_an_extra_without_a_line_that_says_so() -> None:
    text = f"FYI\r\n\r\n{chr(10).join(SENT_ON)}\r\n\r\n{PLAIN}"
    plain = read_document(HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode())
    assert (plain.paragraphs, plain.extras) == (("FYI", *BODY), SENT_ON)
    line = "<br>".join(f"<b>{part.replace('<', '&lt;').replace(':', ':</b>', 1)}" for part in SENT_ON)
    content = f"<html><body><p>FYI</p><p>{line}</p>{paragraphs(*BODY)}</body></html>"
    html = read_document(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + content.encode())
    assert html.extras == (" ".join(SENT_ON),)
    assert html.paragraphs[-len(BODY) :] == BODY


def test_lines_with_colons_and_no_address_are_text() -> None:
    talk = "Lee: Why now?\r\nNess: Because we can.\r\nLee: And then?\r\n\r\n"
    mail = HEAD + b"Content-Type: text/plain\r\n\r\n" + f"{talk}{PLAIN}".encode()
    assert read_document(mail).extras == ()


@pytest.mark.parametrize("left", ["Unsubscribe", "Abmelden", "Se désabonner"])
def test_what_frames_a_letter_to_many_is_an_extra(left: str) -> None:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in BODY)
    foot = f"<tr><td>You signed up for our letter. <a href='u'>{left}</a></td></tr>"
    content = (
        f"<table><tr><td><a href='b'>View in browser</a></td></tr>{rows}{foot}"
        "<tr><td>The Courier, Havnegata 4, Oslo</td></tr></table>"
    )
    mail = HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + content.encode()
    reading = read_document(mail)
    assert reading.paragraphs == BODY
    assert reading.extras[-1] == "The Courier, Havnegata 4, Oslo"


def test_a_letter_about_letters_goes_on_after_what_it_says_of_them() -> None:
    lines = [f"{text} That was on day {day}." for day in range(6) for text in BODY]
    lines[13] = "Every reader may unsubscribe at any time, said the minister."
    content = f"<html><body>{paragraphs(*lines)}</body></html>"
    mail = HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + content.encode()
    assert set(lines) - {lines[13]} <= set(read_document(mail).paragraphs)


@pytest.mark.parametrize(
    "kind",
    [
        b'multipart/encrypted; boundary="b"\r\n\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--b--',
        b"application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAG",
        b"text/plain\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA7Vd\r\n-----END PGP MESSAGE-----\r\n",
    ],
)
def test_an_encrypted_mail_says_so(kind: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="encrypted"):
        read_document(HEAD + b"Content-Type: " + kind)


def test_a_mail_without_text_names_what_is_attached_to_it() -> None:
    mail = HEAD + (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\r\n'
        b'--b\r\nContent-Type: application/ms-tnef; name="winmail.dat"\r\n\r\nx\r\n--b--\r\n'
    )
    with pytest.raises(UnreadableFileError, match=r"Attached to it: winmail\.dat"):
        read_document(mail)
