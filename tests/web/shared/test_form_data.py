"""A form's fields are read as they were typed, whatever their length."""

import gc
import tracemalloc
from time import sleep
from urllib.parse import quote_plus, urlencode

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from app.web.errors import UnreadableFormError
from app.web.form_data import MAX_FIELDS, UNQUOTED_AT_ONCE, Submission, Upload, submission


def read(body: bytes) -> Submission:
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    return submission(Request({"type": "http", "headers": [kind]}), [body[:1000], body[1000:]])


@pytest.mark.parametrize("shift", range(-4, 4))
def test_a_quoted_byte_is_whole_wherever_a_long_field_is_parted(shift: int) -> None:
    text = "a" * (UNQUOTED_AT_ONCE + shift) + "é中“ + & = %"
    assert read(urlencode({"text": text, "title": "é"}).encode()).fields == {"text": text, "title": "é"}


def test_a_field_without_a_value_is_empty_and_odd_quoting_stays() -> None:
    assert read(b"a&b=%zz&&c=%4").fields == {"a": "", "b": "%zz", "c": "%4"}


@pytest.mark.parametrize(
    "text", ["=3D = %3D", "a=\r\nb =\n", "100% =41", "tab\t \x0b_ end ", "“é” =E2=80", "\x00\x7f%25"]
)
def test_what_only_mail_means_something_by_stays_as_it_was_typed(text: str) -> None:
    assert read(b"text=" + quote_plus(text).encode()).fields == {"text": text}


def test_signs_that_quote_nothing_are_bounded() -> None:
    assert read(b"a=" + b"%" * 1_000).fields == {"a": "%" * 1_000}
    with pytest.raises(UnreadableFormError):
        read(b"a=" + b"%" * 1_001)


def test_undecodable_fields_are_reported_separately() -> None:
    sent = read(b"text=%C3%28&title=x")
    assert (sent.fields, sent.undecodable) == ({"title": "x"}, frozenset({"text"}))


@pytest.mark.parametrize("body", ["é=1".encode(), b"&".join([b"a=1"] * (MAX_FIELDS + 1))])
def test_a_body_that_is_not_a_form_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableFormError):
        read(body)


def test_a_long_field_takes_a_few_times_its_own_memory() -> None:
    body = b"text=" + quote_plus("“" * 330_000).encode()
    tracemalloc.start()
    read(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * len(body)


def test_too_many_files_at_once_are_refused_with_how_many_are_taken(empty_client: TestClient) -> None:
    sent = empty_client.post("/articles/new", files=[("files", (f"{n}.txt", b"He came.")) for n in range(60)])
    assert sent.status_code == 422
    assert "files at once are not taken" in sent.text


@pytest.mark.sqlite  # the form is read before any database
def test_a_large_file_is_let_go_with_its_request(empty_client: TestClient) -> None:
    def uploads() -> int:
        return sum(isinstance(each, Upload) for each in gc.get_objects())

    gc.collect()
    before = uploads()
    gc.disable()
    try:
        empty_client.post("/articles/new", files={"files": ("a.pdf", b"%PDF-1.4 nothing")})
        for _ in range(100):  # a thread of the server may still be on its way out of the request
            if uploads() == before:
                break
            sleep(0.05)
        assert uploads() == before
    finally:
        gc.enable()
