"""The finding list of a comparison: kinds chosen by links, the hidden kinds, paging, one-sided text."""

import html
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.collation.model import Change, Comparison, Finding, FindingKind, Row
from app.db.engine.base import Database
from app.web.pages.comparison.page import ComparisonPage, comparison_page
from app.web.pages.comparison.row_page import row_page
from app.web.pages.table.comparison_view import ComparisonView
from app.web.templating import environment
from tests.web.comparison.comparing import comparison, heard, path_between, row, seeds_path, side

HTMX = {"HX-Request": "true"}
PATH = "/compare/" + "b" * 16 + ".." + "w" * 16


@pytest.fixture
def seeds(seeded_db: Database) -> str:
    return seeds_path(seeded_db)


@pytest.fixture
def toll(seeded_db: Database) -> str:
    """Two texts with a quotation, a number and a name that differ."""
    return path_between(
        seeded_db,
        ("Toll", "Toll\n\nIt costs 4.50 a trip in Oslo. “We are glad of it,” she said on the bridge.", "A"),
        ("Toll", "Toll\n\nIt costs 5.40 a trip in Rome. “We are sure of it,” she said on the bridge.", "B"),
    )


def kind_link(page: str, kind: str) -> str:
    """Return the link that chooses ``kind``."""
    match = re.search(rf'<a class="kind-choice[^"]*" href="([^"]*)" id="kind-{kind}"', page)
    assert match
    return html.unescape(match[1])


def lists(page: str) -> list[str]:
    """Return the kinds that have a list, in their order."""
    return re.findall(r'<h3 id="list-(\w+)"', page)


def test_findings_are_grouped_by_kind_with_counts(client: TestClient, toll: str) -> None:
    page = client.get(toll).text
    assert lists(page) == ["quotation", "number", "name"]
    assert "Numbers 1 ¶1 changed It costs" in heard(page)


def test_a_kind_is_chosen_and_another_added_by_links_alone(client: TestClient, toll: str) -> None:
    names = kind_link(client.get(toll).text, "name")
    assert names == f"{toll}?kind=name"
    alone = client.get(names).text
    assert lists(alone) == ["name"]
    assert alone.count('class="note"') == 1
    assert "Names only." in heard(alone)
    both = kind_link(alone, "number")
    assert both == f"{toll}?kind=number,name"
    page = client.get(both).text
    assert lists(page) == ["number", "name"]
    assert "Numbers and names only." in heard(page)
    assert "Quotation reworded" not in page
    assert kind_link(page, "name") == f"{toll}?kind=number"
    assert kind_link(alone, "name") == toll
    assert f'<a href="{toll}" id="every-kind"' in page


def test_a_choice_of_kinds_is_said_beside_the_cards_with_a_way_back(client: TestClient, toll: str) -> None:
    def head(link: str) -> str:
        return client.get(link).text.partition('<div class="meaning-head">')[2].partition("</div>")[0]

    chosen = head(f"{toll}?kind=number,name&view=inline")
    assert "Showing numbers and names only." in heard(chosen)
    assert f'<a href="{toll}?view=inline" id="all-kinds"' in chosen
    assert "Showing" not in head(toll)
    assert "Showing dates only." in heard(head(f"{toll}?kind=date"))


@pytest.mark.parametrize(
    "query", ["?kind=name,number", "?kind=number&kind=name", "?kind=+name,number,,name", "?kind=number,name"]
)
def test_any_spelling_of_a_choice_leads_on_to_one_canonical_link(
    client: TestClient, toll: str, query: str
) -> None:
    page = client.get(toll + query).text
    assert lists(page) == ["number", "name"]
    assert f'href="{toll}/export?kind=number,name"' in page
    ways = client.get(f"{toll}/export?kind=number,name").text
    assert f'href="{toll}/findings.csv?kind=number,name"' in ways
    assert kind_link(page, "quotation") == f"{toll}?kind=quotation,number,name"


def test_an_unknown_kind_is_reported_and_ignored(client: TestClient, toll: str) -> None:
    page = client.get(f"{toll}?kind=gossip,%3Cscript%3E,number").text
    assert lists(page) == ["number"]
    assert "names an unknown kind of finding; it was ignored" in heard(page)
    assert "gossip" not in page
    assert "unknown kind" not in heard(client.get(toll).text)


def test_a_choice_swaps_in_place_under_htmx(client: TestClient, toll: str) -> None:
    part = client.get(f"{toll}?kind=number", headers=HTMX).text
    assert part.strip().startswith('<div id="comparison">')
    assert part.strip() in client.get(f"{toll}?kind=number").text
    assert f'hx-get="{toll}?kind=number,name"' in part


def test_each_note_says_its_place_among_those_chosen_and_leads_to_its_neighbours(
    client: TestClient, toll: str
) -> None:
    page = client.get(f"{toll}?kind=quotation,number").text
    notes = re.findall(
        r'<li class="note" id="(row-\d+-\d+)"[^>]*data-position="(\d)">(.*?)</li>', page, re.DOTALL
    )
    assert [position for _, position, _ in notes] == ["1", "2"]
    assert "finding 1 of 2" in heard(notes[0][2])
    assert f'class="next" href="#{notes[1][0]}"' in notes[0][2]
    assert f'class="previous" href="#{notes[0][0]}"' in notes[1][2]
    assert 'class="previous"' not in notes[0][2]
    assert 'class="next"' not in notes[1][2]


def test_a_quiet_kind_is_listed_on_request_and_alarms_nobody_even_then(
    client: TestClient, seeds: str
) -> None:
    page = client.get(seeds).text
    assert lists(page) == ["quotation"]
    wording = client.get(kind_link(page, "wording")).text
    assert lists(wording) == ["wording"]
    assert wording.count("<li data-position=") == 60
    assert 'class="note' not in wording
    assert 'class="found' not in wording


def test_a_quiet_kind_beside_a_loud_one_leaves_the_text_marked_for_the_loud(
    client: TestClient, seeds: str
) -> None:
    page = client.get(f"{seeds}?kind=quotation,wording").text
    assert lists(page) == ["quotation", "wording"]
    assert page.count('class="note"') == 3


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ("date", "No changed date was found. 3 findings of other kinds."),
        ("number,date", "No changed number was found. No changed date was found. 3 findings of other kinds."),
        ("quotation,date", "Dates 0 No changed date was found."),
    ],
)
def test_an_absent_kind_is_worded_differently_from_no_findings(
    client: TestClient, seeds: str, chosen: str, message: str
) -> None:
    assert message in heard(client.get(f"{seeds}?kind={chosen}").text)


def test_kinds_that_were_not_looked_for_are_labelled(client: TestClient, seeded_db: Database) -> None:
    german = "Der Minister sagte am Montag in Berlin, die Gespräche gehen nicht weiter, und es kostet {} Euro im Jahr."
    path = path_between(
        seeded_db,
        ("Gespräche", f"Gespräche\n\n{german.format(300)}", "A"),
        ("Gespräche", f"Gespräche\n\n{german.format(400)}", "B"),
    )
    page = heard(client.get(path).text)
    assert "Numbers 1" in page
    assert (
        "Names, exchanges, negations, certainty, attributions, opposites, tenses and genders were not looked for: "
        "a text is not in English." in page
    )
    assert "Names 0" not in page
    chosen = heard(client.get(f"{path}?kind=name").text)
    assert "Names: not looked for, since a text is not in English. 1 finding of other kinds." in chosen
    assert "No changed name" not in chosen


def many(kinds: dict[FindingKind, int]) -> Comparison:
    """Return a comparison with this number of findings of each kind, one a row."""
    rows: list[Row] = []
    for kind, count in kinds.items():
        for _ in range(count):
            number = len(rows)
            finding = Finding(kind, (0, 1), (0, 1), f"{kind} changed", f"{kind}-changed")
            change = Change("replace", (0, 1), (0, 1))
            rows.append(row(number + 1, "edited", [number], [number], [change], [finding]))
    return comparison(side(["a"] * len(rows), "The Base"), side(["b"] * len(rows), "The Witness"), rows)


def drawn(page: ComparisonPage) -> str:
    return environment().get_template("findings/_finding_list.html").render(page=page)


def test_a_long_finding_list_is_truncated_with_a_link_to_the_rest() -> None:
    compared = many({"number": 90, "name": 150, "date": 3})
    page = comparison_page(compared, PATH, ComparisonView())
    shown = {kind_list.kind: kind_list for kind_list in page.finding_list.lists}
    assert page.finding_list.total == 243
    assert [len(kind_list.entries) for kind_list in page.finding_list.lists] == [20, 3, 20]
    assert "The first 20 of 150: list more of Names" in heard(drawn(page))
    assert shown["name"].alone == f"{PATH}?kind=name#finding-list-title"
    assert not shown["date"].shown


def test_a_kind_alone_is_listed_stretch_by_stretch_to_its_end() -> None:
    compared = many({"number": 90, "name": 150})
    at, places = 1, []
    while at:
        page = comparison_page(compared, PATH, ComparisonView(kinds=("name",), listed=at))
        (names,) = page.finding_list.lists
        places += [entry.position for entry in names.entries]
        assert names.pager is not None
        onward = re.search(r"listed=(\d+)#finding-list-title$", names.pager.later)
        at = int(onward[1]) if onward else 0
    assert places == list(range(1, 151))
    assert names.shown == "121 to 150 of 150"
    assert names.pager is not None
    assert names.pager.earlier == f"{PATH}?kind=name&listed=61#finding-list-title"
    beyond = comparison_page(compared, PATH, ComparisonView(kinds=("name",), listed=9_999_999))
    assert beyond.finding_list.lists == page.finding_list.lists


def test_a_rows_own_page_leads_from_finding_to_finding_of_the_chosen_kinds() -> None:
    compared = many({"number": 2, "date": 1, "name": 2})
    chosen = ComparisonView(kinds=("number", "name"))
    first = row_page(compared, PATH, 2, 1, chosen, "http://localhost").step
    assert first is not None
    assert (first.position, first.total) == (2, 4)
    assert first.earlier == f"{PATH}/rows/1?finding=1&kind=number,name"
    assert first.later == f"{PATH}/rows/4?finding=1&kind=number,name"
    between = row_page(compared, PATH, 3, None, chosen, "http://localhost").step
    assert between is not None
    assert between.position == 0
    assert between.earlier.startswith(f"{PATH}/rows/2?")
    assert between.later.startswith(f"{PATH}/rows/4?")
    plain = row_page(compared, PATH, 5, 1, ComparisonView(), "http://localhost").step
    assert plain is not None
    assert (plain.earlier, plain.later) == (f"{PATH}/rows/4?finding=1", "")
    assert row_page(many({"wording": 1}), PATH, 1, None, ComparisonView(), "http://localhost").step is None


def test_the_link_of_a_finding_does_not_depend_on_the_chosen_kinds(client: TestClient, toll: str) -> None:
    links = re.findall(
        r'class="copy" href="([^"]+rows[^"]+finding[^"]+)"', client.get(f"{toll}?kind=number,name").text
    )
    assert links
    assert all(re.fullmatch(rf"{re.escape(toll)}/rows/\d+\?finding=\d+", link) for link in links)
    page = client.get(f"{links[0]}&kind=number,name").text
    assert f'og:url" content="http://localhost{links[0]}"' in page
    assert "Finding 1 of 2" in heard(page)


def test_one_sided_paragraphs_are_listed_with_boilerplate_apart_and_repeats_marked() -> None:
    base = [
        "Head",
        "First words of the story.",
        "Left out here.",
        "Sign up for news",
        "First words of the story.",
    ]
    witness = ["Head", "First words of the story.", "Put in there."]
    same = (Change("equal", (0, 4), (0, 4)),)
    cut = (Change("delete", (0, 1), (0, 0)),)
    page = comparison_page(
        comparison(
            replace(side(base, "The Base", furniture=[3]), headline=0),
            replace(side(witness, "The Witness"), headline=0),
            [
                row(1, "same", [0], [0], same),
                row(2, "same", [1], [1], same, moved=True),
                row(3, "omitted", [2], [], cut),
                row(4, "omitted", [3], [], cut),
                row(5, "omitted", [4], [], cut, repeats=2),
                row(6, "added", [], [2], (Change("insert", (0, 0), (0, 1)),)),
            ],
        ),
        PATH,
        ComparisonView(),
    )
    rendered = environment().get_template("comparison/_one_sided.html").render(page=page)
    assert (
        "Only in The Base ¶2 Left out here. copy link to ¶2 ¶3 First words of the story. repeats ¶1"
        in heard(rendered)
    )
    assert '<a href="#row-5">¶3</a>' in rendered
    assert f'<a class="copy" href="{PATH}/rows/5">' in rendered
    button, _, folded = rendered.partition("<button")[2].partition(
        'id="only-in-base-extras" hidden="until-found">'
    )
    assert 'aria-controls="only-in-base-extras">1 line of page extras</button>' in button
    assert heard(folded.partition("</div>")[0]) == "Sign up for news"
    assert "Only in The Witness ¶2 Put in there." in heard(rendered)
    assert "¶1 → to ¶1 First words of the story." in heard(rendered)
    assert "2 paragraphs and 1 line of page extras" in heard(drawn(page))


def test_a_long_list_of_one_sided_paragraphs_is_folded_with_a_link() -> None:
    texts = [f"Paragraph {number}." for number in range(500)]
    cut = (Change("delete", (0, 1), (0, 0)),)
    rows = [row(number + 1, "omitted", [number], [], cut) for number in range(500)]
    page = comparison_page(comparison(side(texts, "A"), side(["None."], "B"), rows), PATH, ComparisonView())
    only = page.only_base.article
    assert (len(only.open), len(only.folded), only.count) == (40, 360, 500)
    assert only.onward == f"{PATH}?from=301#row-401"
    assert not page.only_witness.article.count


def test_a_cut_quotation_is_not_called_reworded(client: TestClient, seeded_db: Database) -> None:
    line = "“We shall not be moved by any of this, and we shall {}stay,” said Mara Lind on the quay of the old harbour."
    path = path_between(
        seeded_db,
        ("Quay", f"Quay\n\n{line.format('certainly ')}", "A"),
        ("Quay", f"Quay\n\n{line.format('')}", "B"),
    )
    page = client.get(path).text
    assert "<strong>Quotation cut or extended</strong>" in page
    assert "Quotations 1 ¶1 words in one text only" in heard(page)
    assert "Quotation reworded" not in page


def test_the_most_serious_finding_is_the_first_card_and_at_most_three_are_open(
    client: TestClient, seeded_db: Database
) -> None:
    page = client.get(seeds_path(seeded_db)).text
    cards = page.partition('<ol class="finding-cards')[2].partition("</ol>")[0].split("<li ")[1:]
    assert len(cards) == 3
    first = heard(cards[0])
    assert "Quotation · may reverse the meaning ¶4" in first
    assert "put pressure [only in Newsweek: on end] the Chinese side" in first
    assert "pressure [only in B: from end] the Chinese side" in first
    assert "may reverse" not in heard("".join(cards[1:]))
    link = re.search(r'class="place" href="#(row-\d+-\d+)"', cards[0])
    assert link
    assert f'id="{link[1]}"' in page


def test_a_card_and_the_row_say_who_is_quoted_and_the_same_of_the_finding(
    client: TestClient, seeded_db: Database
) -> None:
    page = client.get(seeds_path(seeded_db)).text
    named = re.findall(r'<bdi class="speaker">([^<]+)</bdi>', page)
    assert named == ["Dong Jun", "Wang Wenbin", "Dong Jun", "Wang Wenbin"]
    assert (
        client.get(f"{seeds_path(seeded_db)}/rows/6").text.count('<bdi class="speaker">Dong Jun</bdi>') == 1
    )
    notes = [heard(note) for note in re.findall(r'<p class="note-head">(.*?)</p>', page, re.S)]
    assert notes[0] == "Quotation · may reverse the meaning Dong Jun"
    assert notes[1:] == ["Quotation reworded", "Quotation reworded Wang Wenbin"]


def test_further_cards_are_folded_and_all_findings_are_in_the_list(
    empty_client: TestClient, db: Database
) -> None:
    base = "\n\n".join(
        f"The {street} street has a gate at which {number * 7 + 3} cars of the {street} ward were parked."
        for number, street in enumerate(
            "first oak pine elm river hill lake mill church king queen bridge market garden park harbour".split()
        )
    )
    witness = base.replace(" cars of", "1 cars of")
    page = empty_client.get(path_between(db, ("Cars", base, "A"), ("Cars", witness, "B"))).text
    opened, _, folded = page.partition('<details class="more-cards">')
    assert opened.count('<li class="finding-card') == 3
    assert folded.partition("</details>")[0].count('<li class="finding-card') == 9
    assert '<a href="#finding-list-title">All 16 findings, by kind</a>' in page


@pytest.mark.parametrize("swapped", [False, True])
def test_the_verdict_takes_at_most_ten_words_and_observes(
    client: TestClient, seeded_db: Database, swapped: bool
) -> None:
    path = seeds_path(seeded_db)
    base, _, witness = path.removeprefix("/compare/").partition("..")
    page = client.get(f"/compare/{witness}..{base}" if swapped else path).text
    match = re.search(r'<p class="verdict">(.*?)</p>', page, re.S)
    assert match
    assert heard(match[1]) == "3 of 6 quotations altered, one perhaps reversed"


def test_a_cell_of_the_overview_says_page_extras_once(client: TestClient, seeded_db: Database) -> None:
    page = client.get(seeds_path(seeded_db)).text
    assert page.count('title="Page extras: in one text only"') == 2
    assert "Page extras to" not in page


def test_the_page_says_its_verdict_once(client: TestClient, seeded_db: Database) -> None:
    page = client.get(seeds_path(seeded_db)).text
    shown = heard(page.partition("<main")[2])
    assert shown.count("shared quotations are worded differently") == 1
    assert shown.count("also appear in Newsweek") == 1


def test_the_seeds_comparison_is_under_75_kilobytes(client: TestClient, seeded_db: Database) -> None:
    assert len(client.get(seeds_path(seeded_db)).content) < 75_000
