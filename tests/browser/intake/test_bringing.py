"""Bringing in articles as a reader does: with and without scripts, by keyboard, on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.browser.conftest import (
    Open,
    Serve,
    Server,
    covered_stops,
    reset,
    running,
    seeded,
    violations,
    violations_light_and_dark,
)
from tests.browser.test_site_changing import copy_of
from tests.unit.sources.fetching.hostile import Server as PageServer
from tests.unit.sources.fetching.hostile import answer, serving

COMPARISON = re.compile(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}$")
BOX = "A link, a text, or files"
VISIT = "A visit\n\nThe minister came on Monday.\n\nHe left on Tuesday.\n\nNobody had asked him to."
FETCHING = 30_000
"""Milliseconds: a page here is fetched in a hundredth of it, a busy machine needs more."""
SCRIPTED = pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])


@pytest.fixture(scope="module")
def pages() -> Iterator[PageServer]:
    """The server of the pages that links lead to."""
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def lent_online_server(
    pages: PageServer, tmp_path_factory: pytest.TempPathFactory, seeded_file: Path
) -> Iterator[Server]:
    """The program's server, whose internet is ``pages``: ask for ``online``."""
    data = seeded(tmp_path_factory.mktemp("online") / "data", seeded_file)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PAGE_SERVER", str(pages.port))
        with running(data, "tests.browser.intake.online") as started:
            yield started


@pytest.fixture
def online(lent_online_server: Server, seeded_file: Path) -> Server:
    """A server with nothing but the seeds, whose internet is ``pages``."""
    reset(lent_online_server, seeded_file)
    return lent_online_server


def bring(page: Page, server: Server, text: str) -> None:
    page.goto(f"{server.url}/articles/new")
    page.get_by_label(BOX).fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("button", name="Save article")).to_be_visible()


def numbered(page: Page) -> list[str]:
    """The article's paragraphs as shown."""
    return page.locator("#text .pr > p[dir]").all_inner_texts()


@SCRIPTED
def test_a_pasted_article_is_saved_and_compared_in_three_clicks(
    open_page: Open, fresh_server: Server, scripted: bool
) -> None:
    page = open_page(java_script_enabled=scripted)
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label(BOX).fill(copy_of("newsweek-full-support.txt"))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="2 stored articles look like this")).to_be_visible()
    page.get_by_role("button", name="Save article").click()
    page.locator(".message").get_by_role("link", name=re.compile("^Compare with Newsweek")).click()
    expect(page).to_have_url(COMPARISON)


def test_the_columns_have_names_before_a_text_is_saved(page: Page, fresh_server: Server) -> None:
    bring(page, fresh_server, copy_of("newsweek-full-support.txt"))
    with page.expect_popup() as popup:
        page.get_by_role("button", name=re.compile("^Compare them whole")).click()
    heads = popup.value.locator(".rows > table > thead").first
    expect(heads).to_contain_text("A: Newsweek")
    assert heads.evaluate("head => head.getBoundingClientRect().width") > 500


def page_of(seed: str) -> bytes:
    lines = [line for line in copy_of(seed).splitlines() if line.strip()]
    body = "".join(f"<p>{line}</p>" for line in lines[1:])
    return f"<!doctype html><title>{lines[0]}</title><article><h1>{lines[0]}</h1>{body}</article>".encode()


@SCRIPTED
def test_a_link_is_fetched_and_leads_to_the_comparison_in_three_clicks(
    open_page: Open, online: Server, pages: PageServer, scripted: bool
) -> None:
    pages.behaviours["/story"] = answer(page_of("newsweek-full-support.txt"))
    page = open_page(java_script_enabled=scripted)
    page.goto(f"{online.url}/articles/new?url=http://news.example/story")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("button", name="Save article")).to_be_visible(timeout=FETCHING)
    expect(page.get_by_label("Address")).to_have_value("http://news.example/story")
    page.get_by_role("button", name="Save article").click()
    page.locator(".message").get_by_role("link", name=re.compile("^Compare with")).first.click()
    expect(page).to_have_url(COMPARISON)


def test_several_links_are_fetched_with_progress(page: Page, online: Server, pages: PageServer) -> None:
    pages.behaviours["/one"] = answer(page_of("newsweek-full-support.txt"))
    page.goto(f"{online.url}/articles/new")
    page.get_by_label(BOX).fill("http://news.example/one\nhttp://other.example/two")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 articles to look at")
    expect(page.get_by_text("no page at this address")).to_be_visible(timeout=FETCHING)
    page.get_by_role("link", name="China Offers Full Support").click()
    expect(page.get_by_role("button", name="Save article")).to_be_visible()


@SCRIPTED
def test_paragraphs_are_joined_split_and_left_out(
    open_page: Open, fresh_server: Server, scripted: bool
) -> None:
    page = open_page(java_script_enabled=scripted)
    bring(page, fresh_server, VISIT)
    page.get_by_label("Publisher").fill("The Daily")
    page.get_by_role("button", name=re.compile("^Join with next ?: The minister")).click()
    expect(page.locator("#text .pr")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Split or edit ?: The minister")).click()
    wording = page.get_by_label("Paragraph 1")
    wording.fill("The minister came.\nHe left on Tuesday.")
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("#text .pr")).to_have_count(3)
    page.get_by_role("button", name=re.compile("^Page extra ?: Nobody")).click()
    page.get_by_role("button", name=re.compile("^Leave out ?: He left")).click()
    expect(page.locator("#text .pr.text:not(.moved)")).to_have_count(1)
    assert numbered(page) == ["The minister came."]
    page.get_by_role("button", name=re.compile("^Undo ?: He left")).click()
    expect(page.locator("#text .pr.text:not(.moved)")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Leave out ?: He left")).click()
    expect(page.locator("#text .pr.text:not(.moved)")).to_have_count(1)
    expect(page.get_by_label("Publisher")).to_have_value("The Daily")
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("The Daily", exact=True)).to_be_visible()


def test_files_are_dropped_and_read(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    transfer = page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([text], "visit.txt", { type: "text/plain" }));
            return transfer;
        }""",
        VISIT,
    )
    page.dispatch_event(".bring-box", "drop", {"dataTransfer": transfer})
    expect(page.get_by_text("visit.txt")).to_be_visible()
    expect(page.locator("#text .pr")).to_have_count(3)


def test_rich_text_from_the_clipboard_keeps_its_paragraphs(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.setData("text/html", "<h1>A visit</h1><div><p>He <b>came</b>\\n on Monday.</p>"
                + "<p>He left.</p></div><script>alert(1)</script>"
                + "<table><tr><th>Town<th>Seats<tr><td>Bonn<td> 12 </table>");
            transfer.setData("text/plain", "A visit He came on Monday. He left.");
            document.getElementById("bring").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_label(BOX)).to_have_value(
        "A visit\n\nHe came on Monday.\n\nHe left.\n\nTown | Seats\n\nBonn | 12"
    )


def test_the_keyboard_alone_brings_an_article_in(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the form
    page.keyboard.press("Tab")
    page.keyboard.insert_text(VISIT)
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save article")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Leave out ?: Nobody")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#text .pr.text:not(.moved)")).to_have_count(2)
    expect(page.get_by_role("button", name=re.compile("^Undo ?: Nobody"))).to_be_focused()
    expect(page.locator("#dropped .tools")).to_have_css("text-decoration-line", "none")
    page.get_by_label("Publisher").focus()
    page.keyboard.insert_text("The Daily")
    page.get_by_role("button", name="Save article").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("The Daily", exact=True)).to_be_visible()


def test_what_is_typed_survives_a_reload_and_back(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label(BOX).fill(VISIT)
    page.reload()
    expect(page.get_by_label(BOX)).to_have_value(VISIT)
    page.get_by_role("button", name="Read it").click()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Publisher").press_sequentially("The Daily")
    page.reload()
    expect(page.get_by_label("Publisher")).to_have_value("The Daily")
    page.get_by_role("link", name="Library").first.click()
    expect(page).to_have_url(f"{fresh_server.url}/")
    page.go_back()
    expect(page.get_by_label("Publisher")).to_have_value("The Daily")


def test_an_open_rewording_is_not_lost_by_a_stray_click(page: Page, fresh_server: Server) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    bring(page, fresh_server, VISIT)
    page.get_by_role("button", name=re.compile("^Split or edit ?: The minister")).click()
    page.get_by_label("Paragraph 1").press_sequentially("Yesterday ")
    page.on("dialog", stay)
    page.get_by_role("link", name="Library").first.click()
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Paragraph 1")).to_have_value(re.compile("Yesterday"))


def test_a_refused_article_links_to_its_errors(chromium: Browser, fresh_server: Server) -> None:
    # Chromium itself notes a 422 in the console, which the fixture for tabs takes for a complaint of the page.
    context = chromium.new_context()
    page = context.new_page()
    bring(page, fresh_server, VISIT)
    page.get_by_label("Language").fill("English!")
    page.get_by_label("Publisher").fill("The Daily")
    page.get_by_role("button", name="Save article").click()
    expect(page.locator("#problem")).to_be_focused()
    assert violations(page) == []
    page.locator("#problem").get_by_role("link", name="Language").click()
    expect(page.get_by_label("Language")).to_be_focused()
    expect(page.get_by_label("Publisher")).to_have_value("The Daily")
    context.close()


def test_files_over_the_limit_are_refused_before_they_are_sent(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    server = serve(max_file="5000")
    file = tmp_path / "long.txt"
    file.write_bytes(b"x" * 5_001)
    page.goto(f"{server.url}/articles/new")
    page.get_by_label("Files", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page).to_have_url(f"{server.url}/articles/new")
    message = page.get_by_label("Files", exact=True).evaluate("field => field.validationMessage")
    assert message == "These files have 5,001 bytes; at most 5,000 are taken."


def test_a_text_that_is_here_already_is_told_and_saved_on_request(page: Page, fresh_server: Server) -> None:
    page.goto(f"{fresh_server.url}/articles/new")
    page.get_by_label(BOX).fill(
        (Path(__file__).parents[3] / "seeds" / "newsweek-full-support.txt").read_text("utf-8")
    )
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("This text is here already. Its text is unchanged since")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Save as another article").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


@pytest.mark.parametrize(
    "look", [{"width": 390, "height": 844}, {"width": 1300, "height": 900}], ids=["phone", "desk"]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    open_page: Open, fresh_server: Server, look: dict[str, int]
) -> None:
    page = open_page(viewport=look)
    page.goto(f"{fresh_server.url}/articles/new")
    assert violations_light_and_dark(page) == []
    bring(page, fresh_server, copy_of("newsweek-full-support.txt"))
    page.get_by_role("button", name=re.compile("^Split or edit")).first.click()
    expect(page.locator("#wording")).to_be_focused()
    assert violations_light_and_dark(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scripted", [True, False], ids=["with JavaScript", "without"])
def test_a_second_tab_undoes_nothing_and_loses_nothing(
    open_page: Open, fresh_server: Server, scripted: bool
) -> None:
    first = open_page(java_script_enabled=scripted)
    bring(first, fresh_server, VISIT)
    second = first.context.new_page()
    second.goto(first.url)
    first.get_by_label("Publisher").fill("The Daily")
    first.get_by_role("button", name=re.compile("^Page extra ?: Nobody")).click()
    expect(first.locator("#moved")).to_be_visible()
    second.get_by_label("Publisher").fill("Weekly")
    second.get_by_label("Author").fill("Ann Lee")
    second.get_by_role("button", name="Save article").click()
    expect(second.locator("#problem")).to_contain_text("changed in another tab meanwhile")
    expect(second.get_by_label("Publisher")).to_have_value("Weekly")
    expect(second.get_by_label("Author")).to_have_value("Ann Lee")
    second.get_by_role("button", name="Take that for Publisher").click()
    expect(second.get_by_label("Publisher")).to_have_value("The Daily")
    second.get_by_role("button", name="Save article").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    expect(second.get_by_text("The Daily", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [(1300, 900), (390, 844)], ids=["desk", "phone"])
def test_the_bar_that_saves_covers_nothing_that_the_keyboard_comes_to(
    open_page: Open, fresh_server: Server, size: tuple[int, int]
) -> None:
    page = open_page(viewport={"width": size[0], "height": size[1]})
    bring(page, fresh_server, VISIT + "\n\nOn the next day he came again, and nobody knew why." * 12)
    assert covered_stops(page) == []


def test_on_a_phone_the_fields_come_first_and_saving_is_in_reach(
    open_page: Open, fresh_server: Server
) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    bring(page, fresh_server, VISIT)
    fields = page.locator(".stated-fields").bounding_box()
    similar = page.locator(".match").bounding_box()
    save = page.get_by_role("button", name="Save article").bounding_box()
    assert fields
    assert similar
    assert save
    assert fields["y"] < 300
    assert fields["y"] < similar["y"]
    assert save["y"] + save["height"] <= 844
