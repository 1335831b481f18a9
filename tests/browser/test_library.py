"""The library as an editor uses it: serious findings in view, two articles picked, one finding shared."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Server, violations

PHONE = {"width": 390, "height": 844}


def test_two_clicks_lead_from_the_first_page_to_a_copied_link_of_the_altered_quotation(
    open_page: Open, server: Server
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(server.url)
    proof = page.locator(".worst-finding a").first
    expect(proof).to_contain_text("put forward pressure from")
    assert page.locator(".shelf").first.evaluate("row => row.offsetHeight") <= 70
    proof.click()
    expect(page).to_have_url(re.compile(r"/compare/\S+/rows/\d+\?finding=\d+$"))
    expect(page.locator("main")).to_contain_text("forward")
    page.wait_for_load_state()  # until the scripts have loaded, it is a plain link
    page.get_by_role("link", name="Copy link", exact=True).click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_two_ticked_articles_sit_in_the_tray_as_a_and_b_and_can_change_places(
    page: Page, server: Server
) -> None:
    page.goto(server.url)
    expect(page.get_by_role("region", name="Picked articles")).to_be_hidden()
    page.get_by_text("2 articles of China Offers").click()
    repost, atlas = page.get_by_label("Pick Publisher not stated"), page.get_by_label("Pick Atlas")
    atlas.check()
    repost.check()
    expect(page.locator("#pick-a")).to_contain_text("Atlas, no date stated")
    expect(page.locator("#pick-b")).to_contain_text("Publisher not stated, 5 February 2024")
    page.get_by_role("button", name="Swap A and B").click()
    expect(page.locator("#pick-b")).to_contain_text("Atlas")
    page.get_by_label("Pick Warsaw Institute").check()
    expect(page.get_by_text("3 articles ticked; two can be compared.")).to_be_visible()
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_disabled()
    repost.uncheck()
    values = [atlas.get_attribute("value"), page.get_by_label("Pick Warsaw Institute").get_attribute("value")]
    assert violations(page) == []
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(f"{server.url}/compare/{values[0]}..{values[1]}")


def test_without_scripts_ticks_and_filters_are_plain_forms(open_page: Open, server: Server) -> None:
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto(server.url)
    page.get_by_label("Pick Atlas").check()
    page.get_by_label("Pick Warsaw Institute").check()
    expect(page.get_by_text("Tick two articles")).to_be_hidden()
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/[a-z2-7]{16}\.\.[a-z2-7]{16}$"))
    page.goto(server.url)
    page.locator(".filters-label").click()
    page.get_by_label("Show").select_option("Single articles")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".shelf")).to_have_count(3)
    expect(page).to_have_url(re.compile(r"show=single"))


def test_the_desk_has_no_fault_in_forced_colours_and_at_320_pixels(open_page: Open, server: Server) -> None:
    for options in (
        {"forced_colors": "active"},
        {"color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 640}},
    ):
        page = open_page(**options)
        page.goto(server.url)
        page.locator(".members summary").first.click()
        page.locator("[name=pick]").first.check()
        # Under forced colours axe takes the page's own colours for the shown ones.
        assert [
            fault for fault in violations(page) if "contrast" not in fault or "forced_colors" not in options
        ] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(page.get_by_role("button", name="Compare", exact=True)).to_be_visible()


def test_no_button_of_an_unfolded_story_covers_a_line(open_page: Open, server: Server) -> None:
    for width in (1300, 900, 390, 320):
        page = open_page(viewport={"width": width, "height": 844})
        page.goto(server.url)
        page.locator(".members > summary").first.click()
        covered = page.locator(".member-shared:has(.compare-with)").evaluate_all(
            """(found) => found.flatMap((line) => {
                const text = document.createRange();
                text.setStart(line, 0);
                text.setEndBefore(line.querySelector(".compare-with"));
                const button = line.querySelector(".compare-with").getBoundingClientRect();
                const isCovered = (box) => box.bottom > button.top + 1 && box.top < button.bottom - 1
                    && box.right > button.left + 1 && box.left < button.right - 1;
                return [...text.getClientRects()].filter(isCovered).map(() => line.textContent);
            })"""
        )
        assert covered == [], width
