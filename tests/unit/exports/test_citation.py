"""How a comparison is cited: with everything that is stated, gaps named, and nothing that breaks a format."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import accumulate

from app.exports.citation import (
    CitedPassage,
    article_bibtex,
    article_citation,
    article_csl,
    bibtex,
    citation_line,
    csl_json,
    provenance_lines,
)
from app.exports.record import ArticleExport, day
from tests.unit.exports.exported import HOSTILE, compared, export, seeds, side


def test_the_line_names_both_texts_the_engine_the_address_and_the_day() -> None:
    base = side(
        "a", ["One."], title="A visit", publisher="The  Daily", author="Ann Lee", published_on="2024-02-05"
    )
    exported = export(compared(base, side("b", ["One."], title="")))
    assert citation_line(exported) == (
        "“A visit” (Ann Lee, The Daily, 5 February 2024, revision 1) compared with "
        "“Untitled” (author not stated, publisher not stated, date not stated, revision 2). "
        f"Variorum, engine {exported.comparison.engine}, 6 February 2024. {exported.link}. Read on 7 February 2024."
    )


def test_paper_shows_a_day_also_of_a_comparison_that_is_not_stored() -> None:
    exported = replace(export(seeds()), made_at=None)
    made, *sources = provenance_lines(exported)
    assert made == f"Variorum, engine {exported.comparison.engine}. {exported.link}."
    assert exported.base.saved_at
    assert exported.witness.saved_at
    assert sources[0].endswith(f"{exported.base.link}, saved on {day(exported.base.saved_at.date())}")
    assert sources[1].endswith(f"{exported.witness.link}, saved on {day(exported.witness.saved_at.date())}")
    unknown = replace(exported, base=replace(exported.base, saved_at=None))
    assert provenance_lines(unknown)[1].endswith(exported.base.link)


def test_a_title_that_overrides_the_direction_of_writing_does_so_to_its_end_alone() -> None:
    base = side(
        "a", ["One."], title="\u202eA visit", publisher="The \u2067\u202bDaily\u2069", author="\u2066"
    )
    line = citation_line(export(compared(base, side("b", ["One."]))))
    assert line.startswith("“\u202eA visit\u202c” (\u2066\u2069, The \u2067\u202bDaily\u2069, ")


def test_what_is_not_known_is_left_out() -> None:
    exported = replace(export(seeds()), made_at=None, link="", read_on=None)
    assert citation_line(exported).endswith(f"Variorum, engine {exported.comparison.engine}.")
    assert b"year" not in bibtex(exported)


def test_bibtex_holds_no_brace_that_is_not_balanced() -> None:
    base, witness = (side(name, ["One."], title=HOSTILE, publisher=HOSTILE, author="Ø {") for name in "ab")
    entry = bibtex(replace(export(compared(base, witness)), link="https://x.example/}\\")).decode()
    # As BibTeX counts: a backslash before a brace makes no difference, and a field ends where the count is back.
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in entry))
    assert depths[-1] == 0
    assert all(depths[place.start()] == 1 for place in re.finditer(",\n  [a-z]+ = ", entry))
    assert min(depths[entry.index("{") : entry.rindex("}")]) == 1
    assert entry.startswith("@misc{variorum-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb,\n")
    assert "url = {https://x.example/%7D%5C}" in entry


def test_bibtex_keeps_the_capitals_of_a_title() -> None:
    base, witness = (side(name, ["One."], title="Russia and NATO", publisher="The Daily") for name in "ab")
    exported = export(compared(base, witness))
    assert f"title = {{{{{exported.title}}}}},\n" in bibtex(exported).decode()


def test_csl_json_has_the_comparison_and_both_texts() -> None:
    base = side(
        "a", ["One."], title=HOSTILE, publisher="The Daily", author="Ann Lee", published_on="2024-02-05"
    )
    comparison, first, second = json.loads(csl_json(export(compared(base, side("b", ["One."])))))
    kinds = [item["type"] for item in (comparison, first, second)]
    assert kinds == ["document", "article-newspaper", "article-newspaper"]
    assert comparison["URL"].startswith("https://variorum.example/compare/")
    assert comparison["accessed"] == {"date-parts": [[2024, 2, 7]]}
    assert first["container-title"] == "The Daily"
    assert first["author"] == [{"literal": "Ann Lee"}]
    assert first["issued"] == {"date-parts": [[2024, 2, 5]]}
    assert "author" not in second


def test_an_article_is_cited_with_what_it_states_and_where_it_is_kept() -> None:
    stated = ("A & B", "The {Daily}", "Ann Lee", "2024-02-05", "https://news.example/a_b")
    article = ArticleExport("a" * 16, 2, *stated, "https://variorum.example/a", read_on=date(2024, 2, 7))
    assert article_bibtex(article).decode() == (
        "@misc{variorum-aaaaaaaaaaaaaaaa-2,\n"
        "  author = {{Ann Lee}},\n  title = {{A \\& B}},\n"
        "  howpublished = {The \\textbraceleft{}Daily\\textbraceright{}},\n"
        "  year = {2024},\n  month = {2},\n  url = {https://news.example/a_b},\n  urldate = {2024-02-07},\n"
        "  note = {Revision 2, kept at https://variorum.example/a}\n}\n"
    )
    (item,) = json.loads(article_csl(article))
    assert (item["URL"], item["container-title"], item["version"]) == (article.url, "The {Daily}", "2")
    for words, cited in (
        ("He left.", "“He left.” Kept"),
        ("“Go!”", "““Go!”” Kept"),
        ("He left", "“He left”. Kept"),
        ("他走了。", "“他走了。” Kept"),
    ):
        line = article_citation(article, CitedPassage("¶2", words, "https://variorum.example/a#p-2"))
        assert f", revision 2), ¶2: {cited} at https://variorum.example/a#p-2." in line
    unstated = replace(article, title=HOSTILE, author="", publisher="", published_on="", url="", read_on=None)
    assert not {"author", "howpublished", "year", "month"} & set(article_bibtex(unstated).decode().split())
    assert b"url = {https://variorum.example/a}" in article_bibtex(unstated)
    assert set(json.loads(article_csl(unstated))[0]) == {
        *("id", "type", "title", "archive_location", "version", "note")
    }
