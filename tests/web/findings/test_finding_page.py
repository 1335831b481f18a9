"""The page of one shared finding: both wordings, the speaker, the sources, the citation and all versions."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from app.db.engine.base import Database
from app.services.articles import store
from app.sources import text as plain_text
from tests.web.comparison.comparing import heard, path_between, seeds_path

pytestmark = pytest.mark.sqlite

BASE = "Harbour closed\n\n“We will not open the harbour of Aston before the end of the week,” said Ann Lee."
WITNESS = "Port closed\n\n“We will open the harbour of Aston before the end of the week,” said Ann Lee."


@pytest.fixture
def reworded(empty_client: TestClient, db: Database) -> str:
    """The page of the first finding in a quotation that lost its “not”."""
    store.add(
        db, plain_text.draft("Harbour closed", BASE, "The Daily", url="https://daily.example/harbour?id=1")
    )
    home = empty_client.get("/").text
    base = re.findall(r"/articles/([a-z2-7]{16})", home)[0]
    store.add(db, plain_text.draft("Port closed", WITNESS, "The Weekly"))
    witness = next(
        id for id in re.findall(r"/articles/([a-z2-7]{16})", empty_client.get("/").text) if id != base
    )
    path = empty_client.get(f"/compare?base={base}&witness={witness}").headers["location"]
    (link, *_) = re.findall(rf'href="({re.escape(path)}/rows/\d+\?finding=\d+)"', empty_client.get(path).text)
    return str(link)


def test_the_finding_comes_first_with_speaker_sources_citation_and_versions(
    client: TestClient, seeded_db: Database
) -> None:
    comparison = client.get(seeds_path(seeded_db)).text
    link = re.findall(r'class="copy" href="([^"]+finding=\d+)"', comparison)[0]
    page = client.get(link).text
    words = heard(page)
    assert '<h1 dir="auto">Dong Jun is quoted in two ways</h1>' in page
    assert "Quotation · may reverse the meaning" in words
    assert 'og:title" content="Quotation · may reverse the meaning: Newsweek and' in page
    cards = [heard(card) for card in re.findall(r'<figure class="wording-card.*?</figure>', page, re.S)]
    assert "Newsweek" in cards[0]
    assert "pressure [only in Newsweek: on end] the Chinese side" in cards[0]
    assert "5 February 2024" in cards[1]
    assert "from end] the Chinese side" in cards[1]
    for fact in (
        "SpeakerDong Jun",
        "Matches¶4 of A and ¶4 of B",
        "All versions of this quotation",
        "1 of 3",
    ):
        assert fact in words
    citation = html.unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[0])
    assert all(part in citation for part in ("Dong Jun", link, "¶4"))
    order = [
        page.index(part)
        for part in ("wording-card base", "Copy link", 'class="facts"', "paragraphs-title", "versions-title")
    ]
    assert order == sorted(order)


def test_a_text_fragment_leads_to_the_place_in_the_live_page(empty_client: TestClient, reworded: str) -> None:
    page = empty_client.get(reworded).text
    live = html.unescape(re.findall(r'href="(https://daily[^"]+)"', page)[0])
    assert live.startswith("https://daily.example/harbour?id=1#:~:text=")
    assert "will%20not%20open" in live
    assert page.count('rel="external noopener noreferrer">find it at daily.example') == 1


def test_a_finding_without_an_excerpt_says_in_words_what_it_is(
    empty_client: TestClient, db: Database
) -> None:
    text = 'Closed\n\nThe harbour of Aston was "closed" on Monday after a storm sank two boats.'
    curly = text.replace('"closed"', "“closed”")
    path = path_between(db, ("Closed", text, "The Daily"), ("Closed", curly, "The Weekly"))
    page = empty_client.get(f"{path}/rows/2?finding=1").text
    assert '<h1 dir="auto">Quotation marks</h1>' in page
    assert "This is an observation." in page
