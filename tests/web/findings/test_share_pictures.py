"""Share pictures: of stored comparisons, rows and findings, at one address each, drawn once, kept within a bound."""

import html
import re
import struct
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from app.db.engine.base import Database
from app.errors import StorageBusyError
from app.settings import Settings
from app.web.pages.pictures import drawing
from app.web.pages.pictures.drawing import Picture, SidePicture, draw, is_drawable
from app.web.pages.pictures.kept_pictures import MAX_WAITING, PictureShelf
from tests.web.comparison.comparing import path_between, seeds_path

pytestmark = pytest.mark.sqlite

PURPLE = (156, 31, 90)


def made(words: str, publisher: str = "The Daily") -> Picture:
    """Return a picture of a finding with these words on both sides."""
    sides = tuple(SidePicture(letter, publisher, "1 May 2024", "¶2", ((words, True),)) for letter in "AB")
    return Picture("Number changed", "Ann Lee", True, sides)


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def test_pages_name_their_picture_with_size_and_words(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    finding = re.findall(r'class="copy" href="([^"]+finding=\d+)"', client.get(path).text)[0]
    for page in (path, f"{path}/rows/6", finding):
        text = client.get(page).text
        properties = dict(re.findall(r'<meta property="(og:image[^"]*)" content="([^"]*)">', text))
        address = html.unescape(properties["og:image"])
        base, _, query = page.partition("?")
        assert address == f"http://localhost{base}/card.png" + (f"?{query}" if query else "")
        assert (properties["og:image:width"], properties["og:image:height"]) == ("1200", "630")
        assert "pressure on the Chinese side" in properties["og:image:alt"]
        assert '<meta name="twitter:card" content="summary_large_image">' in text
        answer = client.get(address)
        assert answer.headers["content-type"] == "image/png"
        assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
        assert len(answer.content) < 300_000
        assert client.get(address, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_a_picture_has_one_address(client: TestClient, seeded_db: Database) -> None:
    path = seeds_path(seeded_db)
    for asked, canonical in (
        (f"{path}/card.png?view=inline", f"{path}/card.png"),
        (f"{path}/rows/6/card.png?x=1&finding=2", f"{path}/rows/6/card.png?finding=2"),
    ):
        answer = client.get(asked)
        assert answer.is_redirect
        assert answer.headers["location"] == canonical
    for missing in ("rows/999/card.png", "rows/6/card.png?finding=99", "rows/x/card.png"):
        assert client.get(f"{path}/{missing}").status_code == 404


def test_an_unstored_comparison_has_no_picture(client: TestClient, seeded_db: Database) -> None:
    path = f"{seeds_path(seeded_db)}"
    assert "og:image" not in client.get(f"{path}?pins=5x5").text
    assert client.get(f"{path}/card.png?pins=5x5").status_code == 404


def test_a_script_that_the_fonts_lack_is_described_in_words(empty_client: TestClient, db: Database) -> None:
    base = "Harbour\n\n港口星期一因暴风雨关闭，有六十三艘船。"
    witness = base.replace("六十三", "六十六")
    path = path_between(db, ("Harbour", base, "人民日报"), ("Harbour", witness, "The Weekly"))
    answer = empty_client.get(f"{path}/rows/2/card.png")
    assert answer.status_code == 200
    named, unnamed = (draw(made("63", publisher)) for publisher in ("人民日报", "北京日报"))
    assert named == unnamed  # "Text A", not boxes


def test_the_fonts_have_every_character_that_is_counted_as_drawable() -> None:
    for name in ("serif", "sans"):
        font = drawing._font(name, 40, 400)
        missing = bytes(font.getmask("\uffff"))
        covered = [chr(code) for low, high in drawing._RANGES for code in range(low, high + 1)]
        assert [char for char in covered if bytes(font.getmask(char)) == missing] == []
    assert not is_drawable("Привет")


def test_hostile_and_long_words_stay_inside_their_bands() -> None:
    for words in ("W" * 5_000, "word " * 3_000, "", "\u202eevil\u2066 \x1b[31m", "a\u0301" * 500):
        image = opened(draw(made(words, publisher="P" * 400)))
        assert image.size == (1200, 630)
        assert image.getpixel((600, 4)) == PURPLE
        assert image.convert("L").getpixel((1196, 600)) >= 250  # type: ignore[operator]  # a number, as the mode is L


def test_a_picture_is_drawn_once_and_the_oldest_make_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def counting(picture: Picture) -> bytes:
        drawn.append(picture.heading)
        return b"x" * 400

    monkeypatch.setattr("app.web.pages.pictures.kept_pictures.draw", counting)
    shelf = PictureShelf(tmp_path / "pictures", 1_000)
    for words in ("a", "a", "b", "c", "c"):
        shelf.picture(made(words))
    assert len(drawn) == 3
    assert len(list((tmp_path / "pictures").iterdir())) == 2
    shelf.picture(made("c"))
    assert len(drawn) == 3


def test_too_many_at_once_are_asked_to_come_again(tmp_path: Path) -> None:
    shelf = PictureShelf(tmp_path, 1_000_000)
    for _ in range(MAX_WAITING):
        shelf._admitted.acquire()
    with pytest.raises(StorageBusyError):
        shelf.picture(made("63"))


def test_without_a_place_to_keep_them_pictures_are_still_drawn(settings: Settings) -> None:
    blocked = settings.data_dir / "blocked"
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("a file, not a folder")
    _, content = PictureShelf(blocked, 1_000_000).picture(made("63"))
    assert content.startswith(b"\x89PNG")
