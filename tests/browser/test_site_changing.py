import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from tests.browser.conftest import Open, Serve, Server, violations
from tests.browser.test_site_reading import article_at

SEEDS = Path(__file__).parents[2] / "seeds"
COMPARISON = re.compile(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}$")
WRAPPED = (
    "A visit\n\nThe minister came to the capital on Monday to talk about the\n"
    "trade between the two countries, which has fallen by a third in\n"
    "the last two years, and about the border, which nobody has drawn.\n"
    "He left on Tuesday without a word to the press that waited there.\n"
)


@pytest.fixture
def fresh_server(serve: Serve) -> Server:
    """A server whose articles only this test changes."""
    return serve()


def copy_of(name: str) -> str:
    """Return a seed's text, as another outlet might print it."""
    return (SEEDS / name).read_text(encoding="utf-8").replace("Dong Jun", "Dong June")


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_a_pasted_article_is_saved_and_compared_with_a_similar_one(
    open_page: Open, fresh_server: Server, scripted: bool
) -> None:
    page = open_page(java_script_enabled=scripted)
    page.goto(fresh_server.url)
    page.get_by_role("link", name="Add an article").click()
    page.get_by_label("Text", exact=True).fill(copy_of("newsweek-full-support.txt"))
    page.get_by_label("Publisher").fill("The Copyist")
    page.get_by_label("Date of publication").fill("2024-02-07")
    if scripted:
        expect(page.locator("#similar-lead")).to_contain_text("stored articles look like this")
        page.get_by_role("button", name="Save article").click()
    else:
        page.get_by_role("button", name="Save article").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("stored articles look like this")
        page.get_by_role("button", name="Save it").click()
    expect(page.get_by_text("This is what shares most with it here")).to_be_visible()
    expect(page.get_by_text("7 February 2024")).to_be_visible()
    page.locator(".message").get_by_role("link", name=re.compile("^Compare with Newsweek")).click()
    expect(page).to_have_url(COMPARISON)
    expect(page.get_by_role("heading", name="China Offers Full Support").first).to_be_visible()


def test_text_typed_before_the_scripts_load_is_looked_up_too(page: Page, fresh_server: Server) -> None:
    routes: list[Route] = []
    page.route("**/vendor/htmx/**", lambda route: routes.append(route))
    page.goto(f"{fresh_server.url}/articles/new", wait_until="commit")
    page.get_by_label("Text", exact=True).fill(copy_of("newsweek-full-support.txt"))
    assert routes
    routes[0].continue_()
    expect(page.locator("#similar-lead")).to_contain_text("stored articles look like this")


def test_a_file_is_saved_and_compared(page: Page, fresh_server: Server, tmp_path: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_text(copy_of("wsws-regime-announces-support.txt"), encoding="utf-16")
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("File").set_input_files(file)
    expect(page.locator("#similar-lead")).to_have_text("1 stored article looks like this")
    page.get_by_role("button", name="Save article").click()
    page.locator(".message").get_by_role("link", name=re.compile("^Compare with World Socialist")).click()
    expect(page).to_have_url(COMPARISON)


def test_a_file_over_the_limit_is_refused_before_it_is_sent(
    page: Page, fresh_server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"x" * 2_000_001)
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Save article").click()
    expect(page).to_have_url(f"{fresh_server.url}/articles/new")
    message = page.get_by_label("File").evaluate("field => field.validationMessage")
    assert message == "This has 2,000,001 bytes; at most 2,000,000 are taken."


def test_a_refused_form_links_to_its_errors(chromium: Browser, fresh_server: Server) -> None:
    # Chromium itself notes a 422 in the console, which the fixture for tabs takes for a complaint of the page.
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("Publisher").fill("The Daily")
    page.get_by_role("button", name="Save article").click()
    expect(page.locator("#problem")).to_be_focused()
    assert violations(page) == []
    page.locator("#problem").get_by_role("link", name="Text").click()
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    expect(page.get_by_label("Publisher")).to_have_value("The Daily")
    context.close()


def test_hard_wrapped_text_is_shown_both_ways_before_it_is_saved(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("Text", exact=True).fill(WRAPPED)
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Are these line breaks the article’s own?")
    assert violations(page) == []
    page.get_by_role("button", name="Rejoin the lines and save").click()
    expect(page.get_by_text("2 paragraphs")).to_be_visible()


def test_a_duplicate_text_is_reported_and_saved_on_request(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("Text", exact=True).fill(
        (SEEDS / "warsaw-institute-stronger-ties.txt").read_text("utf-8")
    )
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have this text already")
    expect(page.get_by_role("link", name="China Hails Stronger Ties with Russia")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Save anyway").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_the_keyboard_alone_adds_an_article(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the form
    page.keyboard.press("Tab")
    page.keyboard.insert_text("A visit\n\nThe minister came on Monday.")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.insert_text("The Daily")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("The Daily", exact=True)).to_be_visible()


def test_an_edit_makes_a_revision_and_a_comparison_stays_as_it_was(page: Page, fresh_server: Server) -> None:
    page.goto(fresh_server.url)
    compare = page.get_by_role("link", name="Compare with “Chinese defense").first.get_attribute("href")
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
    expect(page.get_by_text("The article was deleted")).to_be_visible()
    expect(page.get_by_text("4 articles")).to_be_visible()


def test_similar_articles_are_shown_while_the_text_is_entered(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    text = page.get_by_label("Text", exact=True)
    text.fill((SEEDS / "newsweek-full-support.txt").read_text("utf-8"))
    expect(page.locator("#similar-lead")).to_contain_text("stored articles look like this")
    first = page.locator("#similar li").first
    expect(first).to_contain_text("Newsweek")
    assert violations(page) == []
    with page.context.expect_page() as opened:
        first.get_by_role("link").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("China Offers Full Support")
    text.fill("An orchard\n\nApples were picked in the valley before noon, and sold in town by nightfall.")
    expect(page.locator("#similar-lead")).to_have_text("No stored article looks like this")
    expect(page.locator("#similar li")).to_have_count(0)
    text.fill("")
    expect(page.locator("#similar-lead")).to_be_empty()


def test_a_text_over_the_limit_is_reported_and_not_looked_up(page: Page, serve: Serve) -> None:
    server = serve(max_text="5000")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(f"{server.url}/articles/new")
    text = page.get_by_label("Text", exact=True)
    text.fill("x" * 5001)
    page.wait_for_timeout(1200)  # more than the look waits for a pause in the typing
    assert posts == []
    message = text.evaluate("field => field.validationMessage")
    assert message == "This has 5,001 bytes; at most 5,000 are taken."


def test_a_failed_lookup_is_reported_and_the_form_is_unchanged(
    chromium: Browser, fresh_server: Server
) -> None:
    # Chromium itself notes a 404 in the console, which the fixture for tabs takes for a complaint of the page.
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{fresh_server.url}/articles/new")
    page.route("**/articles/look", lambda route: route.continue_(url=f"{fresh_server.url}/nothing"))
    page.get_by_label("Text", exact=True).fill("A visit\n\nThe minister came on Monday.")
    expect(page.locator("#notice")).to_contain_text("There is no page at this address.")
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    context.close()


def test_a_story_grows_with_a_copy_and_can_be_read_from_any_article(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("Text", exact=True).fill(copy_of("newsweek-full-support.txt"))
    page.get_by_label("Publisher").fill("The Copyist")
    expect(page.locator("#similar-lead")).to_contain_text("stored articles look like this")
    page.get_by_role("button", name="Save article").click()
    page.locator(".message").get_by_role("link", name="See the whole story").click()
    expect(page.get_by_text("Story of 3 articles")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Make it the base.*The Copyist$")).click()
    expect(page.locator(".is-base")).to_contain_text("The Copyist")
    expect(page.locator(".matrix thead th").first).to_have_text("The Copyist")


def test_typed_text_survives_a_stray_click(page: Page, fresh_server: Server) -> None:
    dialogs: list[str] = []

    def stay(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label("Text", exact=True).press_sequentially("A visit")
    page.get_by_role("link", name="Library").click()
    assert dialogs == ["beforeunload"]
    expect(page.get_by_label("Text", exact=True)).to_have_value("A visit")


def test_others_type_the_edit_key_once_and_return_to_the_page(open_page: Open, serve: Serve) -> None:
    server = serve(
        edit_key="correct horse", allowed_hosts="variorum.test", public_url="http://variorum.test:1"
    )
    page = open_page()
    page.goto(server.url.replace("127.0.0.1", "variorum.test"))
    page.get_by_role("link", name="Add an article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit key")
    assert violations(page) == []
    page.get_by_label("Edit key").fill("correct horse")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an article")
    page.get_by_label("Text", exact=True).fill("A visit\n\nThe minister came.")
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
