import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Serve, Server, violations
from tests.browser.test_site_reading import article_at

SEEDS = Path(__file__).parents[2] / "seeds"


def copy_of(name: str) -> str:
    """Return a seed's text, as another outlet might print it."""
    return (SEEDS / name).read_text(encoding="utf-8").replace("Dong Jun", "Dong June")


def test_an_edit_makes_a_revision_and_a_comparison_stays_as_it_was(page: Page, fresh_server: Server) -> None:
    page.goto(fresh_server.url)
    compare = page.locator("a[href^='/compare/']:not([href*='/rows/'])").first.get_attribute("href")
    article = article_at(page, fresh_server)
    page.goto(f"{fresh_server.url}{compare}")
    before = page.locator("table").first.inner_text()
    page.goto(article)
    page.get_by_role("link", name="Edit text").click()
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("gave his full support", "refused his support"))
    page.get_by_role("button", name="Save as a new revision").click()
    expect(page.get_by_text("Saved as revision 2.")).to_be_visible()
    expect(page.get_by_text("refused his support")).to_be_visible()
    page.goto(f"{fresh_server.url}{compare}")
    assert page.locator("table").first.inner_text() == before
    page.goto(article)
    page.get_by_role("link", name="Revision 1", exact=True).click()
    expect(page.get_by_text("This is revision 1.")).to_be_visible()
    expect(page.get_by_text("gave his full support").first).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_deleting_warns_first(open_page: Open, fresh_server: Server, scripted: bool) -> None:
    page = open_page(java_script_enabled=scripted)
    article = article_at(page, fresh_server)
    page.goto(article)
    page.get_by_role("link", name="Delete").click()
    expect(page.get_by_role("link", name=f"{article}/revisions/1")).to_be_visible()
    page.get_by_role("link", name="Keep it").click()
    expect(page).to_have_url(article)
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete the article").click()
    expect(page.get_by_text("is in the trash, and can be put back until")).to_be_visible()
    expect(page.get_by_text("4 articles")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(f"{article}?told=restored")
    page.goto(fresh_server.url)
    page.get_by_label("Pick Atlas").check()
    page.get_by_label("Pick Warsaw Institute").check()
    page.get_by_label("Pick World Socialist Web Site").check()
    page.get_by_role("button", name="Delete…").click()
    page.get_by_role("button", name="Move to the trash").click()
    expect(page.get_by_text("3 articles are in the trash")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("3 articles put back from the trash.")).to_be_visible()


def test_a_story_grows_with_a_copy_and_can_be_read_from_any_article(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("A link, a text, or files").fill(copy_of("newsweek-full-support.txt"))
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Publisher").fill("The Copyist")
    page.get_by_role("button", name="Save article").click()
    page.locator(".message").get_by_role("link", name="See the whole story").click()
    expect(page.get_by_text("Story of 3 articles")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Use as base.*The Copyist$")).click()
    expect(page.locator(".is-base")).to_contain_text("The Copyist")
    expect(page.locator(".matrix thead th").first).to_have_text("The Copyist")


def test_others_type_the_edit_key_once_and_return_to_the_page(open_page: Open, serve: Serve) -> None:
    server = serve(
        edit_key="correct horse", allowed_hosts="variorum.test", public_url="http://variorum.test:1"
    )
    page = open_page()
    page.goto(server.url.replace("127.0.0.1", "variorum.test"))
    page.get_by_role("link", name="Add article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit key")
    assert violations(page) == []
    page.get_by_label("Edit key").fill("correct horse")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an article")
    page.get_by_label("A link, a text, or files").fill("A visit\n\nThe minister came.")
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
