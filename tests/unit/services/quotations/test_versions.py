"""Quotations stored, clustered and listed, on texts of a few sentences each."""

import random

import pytest
from sqlalchemy import text as sql

from app.collation.quotations.versions import matching
from app.db.engine.base import Database
from app.db.index import wordings as wording_index
from app.errors import NotFoundError
from app.permalinks import quotation_id
from app.services.articles import deletion_impact, store, trash
from app.services.quotations import extract, listing
from app.services.quotations import versions as quotations
from app.services.quotations.listing import ListedQuotation
from app.services.relations import reindex
from app.sources.text import draft

WHOLE = "We will rebuild every bridge on the river before the winter comes, and nobody shall ever pay for it twice"
PART = "rebuild every bridge on the river before the winter"
REWORDED = (
    "We shall rebuild every bridge on this river before winter comes, and nobody will ever pay for it again"
)
OTHER = "The harbour stays closed until the last container is unloaded"


def said(*lines: str, by: str = "Ann Lee") -> str:
    """Return an article in which the mayor says these lines, each in a paragraph."""
    return "\n\n".join([f"{by}, the mayor, spoke.", *(f"“{line},” said {by}." for line in lines)])


def add(db: Database, title: str, *lines: str, by: str = "Ann Lee") -> str:
    """Add an article and return its id."""
    return store.add(db, draft(title, said(*lines, by=by))).article


def of(db: Database, article: str) -> list[str]:
    """Return the ids of an article's quotations."""
    return [quotation.id for quotation in quotations.ensure_quotations(db, store.read(db, article).revision)]


def arranged(db: Database) -> set[frozenset[str]]:
    """Return the texts that are versions of one quotation, for quotations of several wordings."""
    together: dict[int, set[str]] = {}
    with db.reading() as session:
        rows = session.execute(
            sql("SELECT w.head, q.text FROM wording AS w JOIN quotation AS q ON q.wording = w.serial")
        )
        for head, text in rows:
            together.setdefault(head, set()).add(text)
    return {frozenset(texts) for texts in together.values() if len(texts) > 1}


def counts(db: Database, table: str) -> int:
    with db.reading() as session:
        return int(session.execute(sql(f"SELECT count(*) FROM {table}")).scalar_one())


def summarized(entries: tuple[ListedQuotation, ...]) -> list[tuple[str, int, int, int]]:
    return [
        (entry.first[0].text.rstrip(","), entry.articles, entry.wordings, entry.reworded) for entry in entries
    ]


def test_an_article_has_its_quotations_once_it_is_added(db: Database) -> None:
    revision = store.read(db, add(db, "One", WHOLE, OTHER)).revision
    first, second = quotations.ensure_quotations(db, revision)
    assert first.places == ((2, 0, len(WHOLE) + 3),)
    assert first.id == quotation_id(revision, *first.places[0])
    page = quotations.read_versions(db, second.id)
    assert (page.requested.text, page.requested.speaker, page.requested.person, page.requested.cue) == (
        f"{OTHER},",
        "Ann Lee",
        "Ann Lee",
        "said",
    )
    assert (page.articles, len(page.wordings), page.comparable) == (1, 1, True)


def test_the_page_groups_the_wordings_beside_the_most_complete_one(db: Database) -> None:
    part = add(db, "A part", PART)
    whole = add(db, "Whole", WHOLE)
    add(db, "Other words", REWORDED)
    add(db, "Whole again", WHOLE.replace("we", "We"))
    for article in (part, whole):
        page = quotations.read_versions(db, of(db, article)[0])
        assert [wording.kind for wording in page.wordings] == ["whole", "reworded", "part"]
        assert [len(wording.carried) for wording in page.wordings] == [2, 1, 1]
        assert page.articles == 4
        assert page.requested.entry.article == article
    start, end = page.wordings[2].base
    assert page.whole.text[start:end] == PART == page.wordings[2].beside
    assert [change.op for change in page.wordings[2].changes if not change.typography] == ["equal"]
    assert {change.op for change in page.wordings[1].changes} > {"equal", "replace"}
    assert page.people == ("Ann Lee",)


def test_a_quotation_of_a_word_or_two_has_a_page_and_no_versions(db: Database) -> None:
    first, second = (of(db, add(db, title, "a crisis"))[0] for title in ("One", "Two"))
    assert first != second
    page = quotations.read_versions(db, first)
    assert (page.articles, page.comparable) == (1, False)
    assert listing.list_quotations(db).entries == ()


def test_the_most_widely_carried_quotation_is_first(db: Database) -> None:
    add(db, "One", OTHER, WHOLE)
    add(db, "Two", WHOLE)
    add(db, "Three", REWORDED)
    assert summarized(listing.list_quotations(db).entries) == [(WHOLE, 3, 2, 1), (OTHER, 1, 1, 0)]
    assert summarized(listing.list_quotations(db, reworded=True).entries) == [(WHOLE, 3, 2, 1)]


def test_a_part_word_for_word_is_not_reworded(db: Database) -> None:
    add(db, "One", WHOLE)
    add(db, "Two", PART)
    assert summarized(listing.list_quotations(db).entries) == [(WHOLE, 2, 2, 0)]
    assert listing.list_quotations(db, reworded=True).entries == ()


def test_the_list_of_a_speaker_holds_every_spelling_of_the_name(db: Database) -> None:
    add(db, "One", WHOLE, by="Wang Wenbin")
    add(db, "Two", OTHER, by="Wang Wengbin")
    add(db, "Three", OTHER.replace("closed", "open"), by="Ann Lee")
    assert [(person.name, person.quotations) for person in listing.list_quotations(db).people] == [
        ("Wang Wenbin", 2),
        ("Ann Lee", 1),
    ]
    for name in ("Wang Wenbin", "Wang Wengbin"):
        listed = listing.list_quotations(db, name)
        assert listed.speaker == "Wang Wenbin"
        assert listed.spellings == ("Wang Wenbin", "Wang Wengbin")
        assert {person.first[0].entry.title for person in listed.entries} >= {"One", "Two"}
    assert listing.list_quotations(db, "Nobody Such").entries == ()


@pytest.mark.parametrize("query", ["harbour", "HARBOUR container", "until the last container", "unloaded"])
def test_a_search_finds_words_and_words_in_a_row(db: Database, query: str) -> None:
    add(db, "One", WHOLE, OTHER)
    assert [summary[0] for summary in summarized(listing.list_quotations(db, query=query).entries)] == [OTHER]
    assert [
        summary[0] for summary in summarized(listing.list_quotations(db, "Ann Lee", query=query).entries)
    ] == [OTHER]


@pytest.mark.parametrize(
    "query", ["%", "harbour %", "nowhere", "the last nowhere at all", "'; DROP TABLE quotation"]
)
def test_a_search_without_matches_is_empty(db: Database, query: str) -> None:
    add(db, "One", WHOLE, OTHER)
    assert listing.list_quotations(db, query=query).entries == ()


def test_a_search_for_a_name_lists_its_bearer(db: Database) -> None:
    add(db, "One", WHOLE, by="Ann Lee")
    add(db, "Two", OTHER, by="Bob Shaw")
    assert [person.name for person in listing.list_quotations(db, query="Shaw").people] == ["Bob Shaw"]


def test_deleting_an_article_takes_all_of_its_quotations(db: Database) -> None:
    remaining = add(db, "Kept", PART)
    gone = add(db, "Gone", WHOLE, OTHER, by="Bob Shaw")
    ids = of(db, gone)
    assert quotations.read_versions(db, of(db, remaining)[0]).articles == 2
    assert [path.rpartition("/")[2] for path in deletion_impact.assess(db, gone).links[-2:]] == ids
    trash.delete(db, gone)
    for id in ids:
        with pytest.raises(NotFoundError):
            quotations.read_versions(db, id)
    assert summarized(listing.list_quotations(db).entries) == [(PART, 1, 1, 0)]
    assert [person.name for person in listing.list_quotations(db).people] == ["Ann Lee"]
    trash.delete(db, remaining)
    assert [counts(db, name) for name in ("quotation", "wording", "wording_print", "speaker_name")] == [0] * 4


def test_an_edit_leaves_the_earlier_quotations_under_their_links_and_out_of_the_lists(db: Database) -> None:
    article = add(db, "One", WHOLE)
    (before,) = of(db, article)
    store.edit(db, article, draft("One", said(REWORDED)))
    assert summarized(listing.list_quotations(db).entries) == [(REWORDED, 1, 1, 0)]
    page = quotations.read_versions(db, before)
    assert page.requested.entry.number == 1 != page.requested.newest
    assert {wording.text for wording in page.wordings} == {f"{WHOLE},", f"{REWORDED},"}
    assert page.articles == 1
    store.edit(db, article, draft("One", said(OTHER)))
    assert quotations.read_versions(db, before).wordings[0].text == f"{WHOLE},"


def test_quotations_left_by_an_import_are_stored_on_demand(db: Database) -> None:
    article = add(db, "One", WHOLE)
    other = add(db, "Two", WHOLE)
    ids = of(db, article)
    with db.writing() as session:
        reindex.clear_index(session)
    assert listing.list_quotations(db).entries == ()
    reindex.reindex(db)
    assert of(db, article) == ids
    assert summarized(listing.list_quotations(db).entries) == [(WHOLE, 1, 1, 0)]
    assert extract.extract_pending(db) == 1
    assert summarized(listing.list_quotations(db).entries) == [(WHOLE, 2, 1, 0)]
    assert of(db, other) != ids


def test_an_article_without_quotations_costs_nothing_and_is_done(db: Database) -> None:
    article = store.add(db, draft("One", "Nothing is said here. It isn't.")).article
    assert of(db, article) == []
    assert extract.extract_pending(db) == 0


def test_a_place_in_a_text_leads_to_its_quotation(db: Database) -> None:
    article = add(db, "One", WHOLE)
    revision = store.read(db, article).revision
    assert quotations.quotation_at(db, revision, 2, 5) == of(db, article)[0]
    for paragraph, place in ((0, 0), (2, 10_000), (9, 0)):
        with pytest.raises(NotFoundError):
            quotations.quotation_at(db, revision, paragraph, place)


def test_a_sentence_that_names_its_speaker_in_the_middle_is_one_quotation(db: Database) -> None:
    body = "Ann Lee, the mayor, spoke.\n\n“We will rebuild,” Ann Lee said, “every bridge on the river.”"
    article = store.add(db, draft("One", body)).article
    (quotation,) = quotations.ensure_quotations(db, store.read(db, article).revision)
    assert len(quotation.places) == 2
    assert (
        quotations.read_versions(db, quotation.id).requested.text
        == "We will rebuild, every bridge on the river."
    )
    revision = store.read(db, article).revision
    assert quotations.quotation_at(db, revision, *quotation.places[1][:2]) == quotation.id


def variants(seed: int) -> list[str]:
    """Versions of a few speeches that share slogans: parts, reworded ones, longer ones."""
    rng = random.Random(seed)
    slogans = ["we shall never close this harbour", "every bridge on the river must stand"]
    words = "market village council water winter summer money school teacher garden railway station".split()
    texts = []
    for _ in range(4):
        speech = [*rng.choices(words, k=6), *rng.choice(slogans).split(), *rng.choices(words, k=6)]
        texts.append(" ".join(speech))
        texts.append(" ".join(speech[rng.randint(0, 5) : rng.randint(10, 18)]))
        texts.append(" ".join(rng.choice(words) if rng.random() < 0.15 else word for word in speech))
    return [*texts, slogans[0]]


@pytest.mark.sqlite
@pytest.mark.parametrize("seed", range(6))
def test_versions_do_not_depend_on_the_order_of_arrival(db: Database, seed: int) -> None:
    texts = sorted(set(variants(seed)))
    rng = random.Random(seed)
    rng.shuffle(texts)
    added = {text: add(db, f"Title {place}", text) for place, text in enumerate(texts)}
    for text in rng.sample(texts, 4):  # they go, and come again later
        trash.delete(db, added[text])
        add(db, "Again", text)
    for text in rng.sample(texts, 3):
        gone = add(db, "Passing", f"{text} railway station garden")
        trash.delete(db, gone)
    # Of equally long ones the core takes the first; the order of their ranks is what the database has.
    with db.reading() as session:
        rows = session.execute(sql("SELECT DISTINCT q.text, w.length, w.digest FROM wording AS w"
                                   " JOIN quotation AS q ON q.wording = w.serial"))  # fmt: skip
        ordered = [text for text, *_ in sorted(rows, key=lambda row: (-row[1], row[2]))]
    expected = {
        frozenset(ordered[place] for wording in group.wordings for place in wording)
        for group in matching.cluster(ordered)
    }
    assert arranged(db) == expected
    with db.writing() as session:
        counts = sql("SELECT serial, carried, wordings, reworded FROM wording ORDER BY serial")
        counted = session.execute(counts).all()
        wording_index.recount_heads(session, [row.serial for row in counted])
        assert session.execute(counts).all() == counted
