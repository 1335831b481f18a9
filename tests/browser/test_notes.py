"""Notes in a real browser: from a finding to a note and back, by keyboard, in two tabs."""

from playwright.sync_api import expect

from tests.browser.conftest import Open, Server, violations


def test_a_note_is_written_at_a_finding_changed_in_two_tabs_and_deleted(
    open_page: Open, server: Server
) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(server.url)
    page.locator(".worst-finding a").first.click()
    page.get_by_role("link", name="Add a note").click()
    assert violations(page) == []
    page.get_by_label("Note", exact=True).fill("Checked against the recording.")
    page.get_by_label("Confirmed").check()
    page.get_by_label("Your name").fill("Mira K.")
    page.get_by_role("button", name="Save note").click()
    note = page.locator(".editor-note")
    expect(note).to_contain_text("Checked against the recording.")
    expect(note.get_by_text("Mira K.")).to_be_visible()
    expect(note).to_be_in_viewport()
    assert violations(page) == []
    edit = note.get_by_role("link", name="Edit").get_attribute("href")
    other = open_page()
    for tab in (page, other):
        tab.goto(f"{server.url}{edit}")
    other.get_by_label("Harmless").check()
    other.get_by_role("button", name="Save note").click()
    expect(other.locator(".editor-note")).to_contain_text("Harmless")
    # Chromium itself notes the 422 in the console of the first tab, so the second text is sent by its own request.
    answer = page.request.post(
        f"{server.url}{edit}", form={"text": "Mine.", "status": "check", "version": "1"}, max_redirects=0
    )
    assert answer.status == 422
    other.goto(f"{server.url}/notes")
    assert violations(other) == []
    for options in ({"forced_colors": "active"}, {"color_scheme": "dark"}):
        looked = open_page(**options)
        for address in (f"{server.url}/notes", f"{server.url}{edit}"):
            looked.goto(address)
            faults = [
                fault for fault in violations(looked) if "dark" in options.values() or "contrast" not in fault
            ]
            assert faults == [], address
    page.goto(f"{server.url}/notes")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    other.get_by_role("link", name="Delete").click()
    other.get_by_role("button", name="Delete the note").click()
    expect(other.locator(".editor-note")).to_have_count(0)
