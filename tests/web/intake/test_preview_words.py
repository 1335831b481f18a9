"""What the preview and the form say beside a text."""

from fastapi.testclient import TestClient

from tests.web.comparison.comparing import heard
from tests.web.intake.test_bringing import bring, lines_of


def test_what_is_wrong_with_a_file_is_parted_from_what_to_do(empty_client: TestClient) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    refused = empty_client.post("/articles/new", data={"text": ""}, files={"files": ("a.doc", old)})
    assert "which is not read here.</strong> Open it, and save it as .docx" in refused.text


def test_a_link_in_a_short_text_is_offered(empty_client: TestClient) -> None:
    path = bring(empty_client, "See https://news.example/a?b=1&c=2, it is new.")
    page = empty_client.get(path).text
    assert 'href="/articles/new?url=https%3A//news.example/a%3Fb%3D1%26c%3D2"' in page
    long = bring(empty_client, "A visit\n\n" + "He came, says https://news.example/a, to Oslo. " * 20)
    assert "If the page behind its link was meant" not in empty_client.get(long).text


def test_beside_a_text_that_is_here_already_no_other_is_spoken_of(empty_client: TestClient) -> None:
    text = "A visit\n\nThe minister came to the capital on Monday.\n\nHe left on Tuesday with the mayor."
    path = bring(empty_client, text, address="https://news.example/a")
    assert "No stored article looks like this" in empty_client.get(path).text
    empty_client.post(path, data={"do": "save"})
    again = empty_client.get(bring(empty_client, text, address="https://news.example/a")).text
    assert "No other stored article looks like this" in again
    alone = bring(empty_client, "A visit")
    assert "There is no text to look up yet" in heard(empty_client.get(alone).text)


def test_marks_of_a_pasted_markdown_are_read(empty_client: TestClient) -> None:
    path = bring(empty_client, "# A visit\n\nHe **came** on Monday.\n\nShe left on Tuesday.")
    assert lines_of(empty_client.get(path).text) == [
        ("1", "He came on Monday."),
        ("2", "She left on Tuesday."),
    ]
