"""The page that works without a network: it requests nothing, says where it is from, and no title escapes."""

import re
from dataclasses import replace

from lxml import html

from app.exports.formats.offline_page import offline_page
from tests.unit.exports.exported import HOSTILE, compared, export, seeds, side


def test_the_page_requests_nothing() -> None:
    page = offline_page(export(seeds())).decode()
    assert not re.search(r"<(?:script|img|link|iframe|object|base|form)\b|\bsrc=|url\(|@import", page)
    assert "default-src 'none'" in page


def test_the_page_says_where_all_of_it_is_from() -> None:
    exported = export(seeds())
    words = " ".join(html.fromstring(offline_page(exported)).text_content().split())
    for stated in (
        *("Newsweek", "engine ", "6 February 2024, 09:07 UTC", "Read on 7 February 2024", exported.link),
        *(
            exported.digest,
            "https://news.example/a",
            "Revision 2",
            "put forward pressure from the Chinese side",
        ),
    ):
        assert stated in words


def test_each_text_is_whole_in_its_column() -> None:
    comparison = seeds()
    rows = html.fromstring(offline_page(export(comparison))).findall(".//tbody/tr")
    for column, text in ((1, comparison.base), (2, comparison.witness)):
        shown = [p.text_content() for row in rows for p in row[column].findall("p") if not p.get("class")]
        assert sorted(shown) == sorted(text.paragraphs)


def test_hostile_words_stay_words() -> None:
    base, witness = (side(name, [HOSTILE, "One."], title=HOSTILE, publisher=HOSTILE + name) for name in "ab")
    exported = replace(export(compared(base, witness)), link='javascript:alert("x")')
    page = offline_page(exported)
    assert b"<script" not in page
    assert b"\0" not in page
    assert all(link.startswith(("#", "https://")) for link in html.fromstring(page).xpath("//@href"))
    assert page == offline_page(exported), "the same comparison gives the same bytes"
