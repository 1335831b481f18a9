import gzip
import hashlib
import io
import json
import random
from collections.abc import Iterable
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from app.db.engine.base import Database
from app.db.engine.connect import connect
from app.services.articles import origin, store, trash
from app.services.intake import captures
from app.services.operations.database import open_database
from app.services.relations import relate
from app.services.stories import library
from app.services.transfer import import_export
from app.services.transfer.import_export import Imported
from app.settings import Settings
from app.sources.records import documents
from app.sources.text import draft
from tests.unit.services.texts import paragraphs, words

LIMIT = 100_000

REPORT = (
    "The harbour of Lesund will be closed to ferries from Monday, the port's director said.",
    "Some forty boats a day have to land at Vik instead, eleven kilometres up the fjord.",
    "Divers found cracks in three of the nine pillars that carry the northern pier last week.",
    "Repairs are to take until the middle of March, and will cost nearly two million crowns.",
)


def line(id_: object, *paragraphs: str, **stated: object) -> str:
    return json.dumps({"id": id_, "title": f"Article {id_}", "paragraphs": paragraphs or REPORT, **stated})


def import_lines(
    db: Database, lines: Iterable[str | bytes], workers: int = 1, *, deleted: bool = False
) -> tuple[Imported, list[tuple[int, str]]]:
    """Import the lines; return the counts and the complaints."""
    complaints: list[tuple[int, str]] = []
    content = b"\n".join(
        record_line.encode() if isinstance(record_line, str) else record_line for record_line in lines
    )
    done = import_export.import_lines(
        db,
        io.BytesIO(content),
        limit=LIMIT,
        complain=lambda number, says: complaints.append((number, says)),
        advance=lambda done, read: None,
        workers=workers,
        deleted=deleted,
    )
    return done, complaints


def pairs(db: Database, *, every: bool = False) -> list[dict[str, object]]:
    relate.relate_pending(db)
    return [json.loads(record_line) for record_line in import_export.pair_lines(db, every=every)]


def test_each_line_becomes_an_article_in_their_order(db: Database) -> None:
    done, complaints = import_lines(db, [line(number, f"The text of {number}.") for number in range(5)])
    assert (done, complaints) == (Imported(imported=5, skipped=0, unchanged=0), [])
    listed = [entry.title for story in library.read_page(db).entries for entry in story.articles]
    assert listed == [f"Article {number}" for number in (4, 3, 2, 1, 0)]


def test_bad_lines_are_reported_by_number_and_skipped(db: Database) -> None:
    done, complaints = import_lines(db, [line(1), "{", "", line(2, url="nowhere"), b"\xff", line(3)])
    assert done == Imported(imported=2, skipped=3, unchanged=0)
    assert [number for number, _ in complaints] == [2, 4, 5]
    assert complaints[1][1] == "url: This is not a web address. It begins with https:// or http://."


def test_an_unchanged_line_is_left_alone(db: Database) -> None:
    lines = [line(1), line("ä b", author="Ann Lee")]
    import_lines(db, lines)
    assert import_lines(db, [*lines, line(3)])[0] == Imported(imported=1, skipped=0, unchanged=2)


@pytest.mark.parametrize(
    "changed", [line(1, "Another text."), line(1, author="Ann Lee"), line(1, title="Changed")]
)
def test_a_changed_line_makes_a_revision_that_is_related_again(db: Database, changed: str) -> None:
    import_lines(db, [line(1), line(2)])
    assert len(pairs(db)) == 1
    assert import_lines(db, [changed, line(2)])[0] == Imported(imported=1, skipped=0, unchanged=1)
    changed_article = next(
        article
        for story in library.read_page(db).entries
        for article in story.articles
        if article.number == 2
    )
    assert store.read(db, changed_article.article).numbers[0][0] == 1
    assert len(pairs(db)) == (0 if "Another" in changed else 1)


def test_one_id_twice_in_a_file_makes_two_revisions(db: Database) -> None:
    done, _ = import_lines(db, [line(1, "It began."), line(2), line(1, "It began. It ended.")])
    assert done == Imported(imported=3, skipped=0, unchanged=0)
    assert library.read_page(db).articles == 2


def test_workers_give_the_same_as_one_process(db: Database) -> None:
    lines = [
        line(number, f"The text of {number} is its own.") if number % 50 else "{" for number in range(300)
    ]
    done, complaints = import_lines(db, lines, workers=2)
    assert done == Imported(imported=294, skipped=6, unchanged=0)
    assert [number for number, _ in complaints] == [1, 51, 101, 151, 201, 251]
    assert [entry["id"] for entry in map(json.loads, import_export.export_lines(db))] == [
        str(number) for number in range(300) if number % 50
    ]


def test_a_packed_file_that_ends_early_is_imported_as_far_as_it_goes(db: Database) -> None:
    packed = gzip.compress("\n".join([line(1), line(2)]).encode())
    done, _ = import_lines(db, [packed])
    assert done == Imported(imported=2, skipped=0, unchanged=0)
    done, complaints = import_lines(db, [gzip.compress(f"{line(1)}\n{line(3)}\n".encode())[:-6]])
    assert done == Imported(imported=1, skipped=1, unchanged=1)
    assert complaints[0][0] == 3
    assert "damaged" in complaints[0][1]


def test_a_folder_is_imported_file_by_file(db: Database, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks open\nThey sat in Oslo.")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.md").write_text("# Talks end\n\nThey left Oslo.")
    complaints: list[tuple[int, str]] = []

    def again() -> Imported:
        return import_export.import_folder(
            db,
            documents(tmp_path),
            tmp_path,
            limit=LIMIT,
            max_capture=1_000,
            complain=lambda number, says: complaints.append((number, says)),
            advance=lambda done, read: None,
        )

    assert again() == Imported(imported=2, skipped=1, unchanged=0)
    assert complaints[0][0] == 2
    assert complaints[0][1].startswith("b.txt: ")
    assert again() == Imported(imported=0, skipped=1, unchanged=2)
    assert [json.loads(record_line)["id"] for record_line in import_export.export_lines(db)] == [
        "a.txt",
        "c/d.md",
    ]


PAGE = """<html><head><title>Talks open</title><link rel="canonical" href="https://courier.example/talks"></head>
<body><article><h1>Talks open</h1><p>They sat in Oslo for the whole of the day, and nobody left.</p></article></body>
</html>
"""


def test_each_revision_of_a_folder_keeps_its_file_as_a_capture(db: Database, tmp_path: Path) -> None:
    def imported(max_capture: int) -> Imported:
        return import_export.import_folder(
            db,
            documents(tmp_path),
            tmp_path,
            limit=LIMIT,
            max_capture=max_capture,
            complain=lambda number, says: pytest.fail(says),
            advance=lambda done, read: None,
        )

    file = tmp_path / "talks.html"
    file.write_text(PAGE)
    assert imported(10_000) == Imported(imported=1, skipped=0, unchanged=0)
    assert imported(10_000) == Imported(imported=0, skipped=0, unchanged=1)
    changed = PAGE.replace("nobody left", "somebody left")
    file.write_text(changed)
    assert imported(0) == Imported(imported=1, skipped=0, unchanged=0)
    (article,) = {json.loads(exported)["article"] for exported in import_export.export_lines(db)}
    with db.reading() as session:
        later, first = origin.origin_in(session, article).captures
    assert (first.number, first.is_kept, later.number, later.is_kept) == (1, True, 2, False)
    assert (first.file_name, first.address) == ("talks.html", "https://courier.example/talks")
    assert first.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert later.sha256 == hashlib.sha256(changed.encode()).hexdigest()
    assert captures.download(db, first.id) == ("talks.html", PAGE.encode())


def test_another_file_of_a_page_is_a_further_capture_where_its_text_is_the_same(
    db: Database, tmp_path: Path
) -> None:
    def imported() -> Imported:
        return import_export.import_folder(
            db,
            documents(tmp_path),
            tmp_path,
            limit=LIMIT,
            max_capture=10_000,
            complain=lambda number, says: pytest.fail(says),
            advance=lambda done, read: None,
        )

    saved = (
        f"<!-- Page saved with SingleFile\n url: https://www.courier.example/talks?utm_source=x\n-->{PAGE}"
    )
    for name, content in (
        ("a.html", PAGE),
        ("b.html", saved),
        ("c.html", PAGE.replace("nobody left", "all left")),
        ("d.html", PAGE.replace("courier.example", "daily.example")),
    ):
        (tmp_path / name).write_text(content)
    assert imported() == Imported(imported=3, skipped=0, unchanged=1)
    (tmp_path / "e.html").write_text(f"{PAGE}<!-- once more -->")
    assert imported() == Imported(imported=0, skipped=0, unchanged=5)
    articles = {json.loads(exported)["article"] for exported in import_export.export_lines(db)}
    with db.reading() as session:
        names = {
            tuple(sorted(capture.file_name for capture in origin.origin_in(session, article).captures))
            for article in articles
        }
    assert names == {("a.html", "b.html", "e.html"), ("c.html",), ("d.html",)}


def test_files_are_kept_in_transactions_of_a_bounded_size(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.html").write_text(PAGE.replace("Oslo", f"Oslo {name}"))
    monkeypatch.setattr(import_export, "MAX_BYTES_KEPT_AT_ONCE", 300)
    steps: list[int] = []
    import_export.import_folder(
        db,
        documents(tmp_path),
        tmp_path,
        limit=LIMIT,
        max_capture=10_000,
        complain=lambda number, says: pytest.fail(says),
        advance=lambda done, read: steps.append(done),
    )
    assert steps == [2, 3]


def test_an_import_of_an_export_gives_the_same_articles_and_revisions(
    seeded_db: Database, tmp_path: Path
) -> None:
    import_lines(
        seeded_db, [line("x/1"), line("x/2", published_on="2024-02-05"), line("x/1", "Other words.")]
    )
    wrapped = store.add(seeded_db, draft("A visit", "He came \u2028 on Monday.\r\n\r\nShe left."))
    exported = list(import_export.export_lines(seeded_db))
    assert len(exported) == 5 + 3 + 1
    for number in {json.loads(record)["revision"] for record in exported}:
        assert number in (1, 2)
    before = [json.loads(record) for record in exported]
    for article in {record["article"] for record in before}:
        trash.delete(seeded_db, article)
        trash.purge(seeded_db, article)
    assert list(import_export.export_lines(seeded_db)) == []
    assert import_lines(seeded_db, exported, deleted=True)[0] == Imported(imported=9, skipped=0, unchanged=0)
    assert list(import_export.export_lines(seeded_db)) == exported
    back = store.read(seeded_db, wrapped.article)
    assert back.revision == wrapped.revision
    assert back.saved_at.isoformat() == before[-1]["saved_at"]
    assert import_lines(seeded_db, exported)[0] == Imported(imported=0, skipped=0, unchanged=9)


def test_an_import_does_not_bring_back_what_an_editor_deleted(db: Database) -> None:
    import_lines(db, [line("a"), line("b", "Another text.")])
    exported = list(import_export.export_lines(db))
    for entry in store.choices(db, "", 9):
        trash.delete(db, entry.article)
    assert list(import_export.export_lines(db)) == []
    done, complaints = import_lines(db, [line("a")], deleted=True)
    assert (done, complaints[0][1][:18]) == (Imported(0, 1, 0), "it is in the trash")
    for trashed in trash.list_trash(db, 0, 9).articles:
        trash.purge(db, trashed.article)
    for lines in (exported, [line("a"), line("b")]):
        done, complaints = import_lines(db, lines)
        assert done == Imported(0, 2, 0)
        assert all("--deleted brings such articles back" in says for _, says in complaints)
    assert import_lines(db, exported, deleted=True) == (Imported(2, 0, 0), [])
    assert list(import_export.export_lines(db)) == exported
    assert import_lines(db, exported)[0] == Imported(0, 0, 2)


def test_an_export_reports_a_revision_with_another_text(db: Database) -> None:
    import_lines(db, [line(1), line(1, "Other words.")])
    first, second = map(json.loads, import_export.export_lines(db))
    stray = {**first, "paragraphs": ["Article 1", "Never said."], "text": None}
    unknown = {**second, "id": "new", "article": "abcdefghijklmn27"}
    done, complaints = import_lines(db, [json.dumps(stray), json.dumps(unknown)])
    assert done == Imported(imported=0, skipped=2, unchanged=0)
    assert complaints[0][1].startswith("it is not what revision 1 of article ")
    assert complaints[1][1] == "it is revision 2 of an article whose first one is not there"


def test_pairs_list_reuse_by_import_id_and_other_relations_on_request(db: Database) -> None:
    quoted = "“Whoever wants warm rooms in December has to order the wood for them before the end of June,” she said."
    other = (
        "A council in the far south has voted to buy eleven snow ploughs after the storms of January.",
        quoted,
        "Nobody on the bench could say where the money for drivers was to come from, or when.",
        "The ploughs are made in the north and weigh nine tons; each clears a road of two lanes in one pass.",
        "None of the eleven will be there before the spring, said the one member who had voted against.",
    )
    third = (
        "Museums in the capital stay open until ten on Thursdays from now on, free of charge.",
        quoted,
        "Guides were hired for every hall, and the cafés on the ground floor will serve supper until nine.",
        "Two of the halls have been closed since August, when rain came through a roof of glass.",
        "Tickets bought before remain valid until the last day of the year, and can be given back.",
    )
    snow = line("c", *other, title="Snow ploughs for the south")
    museums = line("d", *third, title="Late hours")
    import_lines(db, [line("b", *REPORT), line("a", *REPORT[:3]), snow, museums])
    plain = store.add(db, draft("Ferries", "\n\n".join(REPORT)))
    reuse_pairs = pairs(db)
    assert [(pair["a"], pair["b"]) for pair in reuse_pairs] == [
        ("b", "a"),
        ("b", plain.article),
        ("a", plain.article),
    ]
    assert reuse_pairs[0].keys() == {"a", "b", "resemblance", "a_in_b", "b_in_a", "relation"}
    assert reuse_pairs[0]["b_in_a"] == 1.0
    every = pairs(db, every=True)
    assert [pair for pair in every if pair in reuse_pairs] == reuse_pairs
    assert [(pair["a"], pair["b"], pair["relation"]) for pair in every if pair not in reuse_pairs] == [
        ("c", "d", "shares-quotation")
    ]


def test_finding_copies_goes_on_where_it_stopped(db: Database) -> None:
    import_lines(db, [line(1), line(2), line(3, "Other words.")])
    progress: list[tuple[int, int]] = []
    assert (
        import_export.find_copies(db, lambda done, waiting: progress.append((done, waiting)), workers=1) == 3
    )
    assert progress[-1] == (3, 3)
    assert import_export.find_copies(db, lambda done, waiting: None, workers=1) == 0


def test_an_import_waits_while_another_holds_the_lock(settings: Settings, db: Database) -> None:
    is_held, waited = Event(), Event()

    def hold() -> None:
        with db.writing():
            is_held.set()
            waited.wait(10)

    impatient = connect(settings.url, busy_seconds=0.05)
    thread = Thread(target=hold)
    thread.start()
    is_held.wait(10)
    Timer(0.5, waited.set).start()
    done, complaints = import_lines(impatient, [line(1)])
    thread.join()
    impatient.dispose()
    assert (done, complaints) == (Imported(imported=1, skipped=0, unchanged=0), [])


LETTERS = str.maketrans("0123456789", "abcdefghij")


def relations_by_name(db: Database) -> set[tuple[object, ...]]:
    """Return the pairs, the article with the lower id first: ids, relation, and how much of each is in the other."""
    mirrored = {"contains": "contained", "contained": "contains"}
    relations: set[tuple[object, ...]] = set()
    for pair in pairs(db, every=True):
        a, b, name = pair["a"], pair["b"], str(pair["relation"])
        shares = pair["a_in_b"], pair["b_in_a"]
        relations.add(
            (a, b, name, *shares) if str(a) < str(b) else (b, a, mirrored.get(name, name), *shares[::-1])
        )
    return relations


@pytest.mark.sqlite
def test_articles_are_related_alike_in_whatever_order_they_come(db: Database, tmp_path: Path) -> None:
    shared = words(99, 30)  # at the end of so many that it becomes boilerplate on the way
    lines = []
    for family in range(10):
        # Names that run through a report show that a paragraph of it is the article's own.
        people = f"Zorbek{family} Halvard{family} of Tresmund{family}".translate(LETTERS)
        report = [f"{paragraph} So wrote {people}." for paragraph in paragraphs(family)]
        for number, parts in enumerate(
            (
                report,
                report[:4],
                [*report, *paragraphs(50 + family, 2)],
                [*paragraphs(70 + family, 4), report[1]],
            )
        ):
            lines.append(line(f"{family}-{number}", *parts, *([shared] if number % 2 else [])))
    import_lines(db, lines)
    expected = relations_by_name(db)
    assert len(expected) >= 60
    for seed in range(2):
        other = open_database(Settings(data_dir=tmp_path / str(seed)))
        import_lines(other, random.Random(seed).sample(lines, len(lines)))
        assert relations_by_name(other) == expected
        other.dispose()
