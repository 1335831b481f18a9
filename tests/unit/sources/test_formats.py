"""Files that are recognised by their content and have no text of their own."""

import json

import pytest

from app.errors import UnreadableFileError
from app.sources.reading import read_document
from tests.unit.sources.html.pages import BODY

LINK = "https://courier.example/a?b=1&c=2"
PLIST = f"<dict><key>URL</key><string>{LINK.replace('&', '&amp;')}</string></dict>"


@pytest.mark.parametrize(
    "content",
    [
        f"[InternetShortcut]\r\nIDList=\r\nURL={LINK}\r\n".encode(),
        f"[Desktop Entry]\nType=Link\nName=Talks\nURL={LINK}\n".encode(),
        f'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "x" "y">\n<plist version="1.0">{PLIST}</plist>'.encode(),
        b"bplist00\xd1\x01\x02SURL_\x10\x21" + LINK.encode() + b"\x08\x0b\x0f",
    ],
)
def test_a_shortcut_names_the_link_that_it_holds(content: bytes) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(content, file_name="Talks.url")
    assert refused.value.message == f"This is a shortcut to a page: {LINK}"


@pytest.mark.parametrize("data", [{"title": "Talks", "text": BODY[0]}, [{"a": 1}, {"a": 2}]])
def test_json_is_named_and_what_only_begins_like_it_is_text(data: object) -> None:
    content = json.dumps(data, indent=1)
    with pytest.raises(UnreadableFileError, match="This is JSON"):
        read_document(content.encode())
    assert read_document(f"{content}\n\n{BODY[0]}\n\n{BODY[1]}".encode()).format == "text"


@pytest.mark.parametrize("mark", ["", "{\\rtf1 "])
def test_characters_that_steer_a_terminal_are_left_out(mark: str) -> None:
    lines = "\\par " if mark else "\n\n"
    text = f"{mark}Talks \x1b[31mopen\x1b[0m{lines}He\x07 came to O\x08slo.{lines}\x01{lines}She left."
    reading = read_document(f"{text}{'}' * bool(mark)}".encode())
    assert (reading.title.value, reading.paragraphs) == ("Talks open", ("He came to Oslo.", "She left."))
