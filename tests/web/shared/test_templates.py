import ast
import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

import app.web.routes
from app import resources
from app.web import errors
from app.web.pages.articles.article import ArticlePage
from app.web.pages.articles.delete import DeletePage
from app.web.pages.articles.form import CheckPage, FormPage
from app.web.pages.articles.history import HistoryPage
from app.web.pages.articles.similar import LookPage
from app.web.pages.articles.tombstone import TombstonePage
from app.web.pages.articles.trash import DeletePickedPage, EmptyTrashPage, TrashedPage, TrashPage
from app.web.pages.comparison.page import ComparisonPage
from app.web.pages.comparison.pairing_page import PairPage
from app.web.pages.comparison.row_page import RowPage
from app.web.pages.editing.keys_page import KeysPage, RevokePage
from app.web.pages.evidence.evidence_page import EvidenceFilePage, EvidencePage
from app.web.pages.exports.export_page import ExportPage
from app.web.pages.intake.batch import BatchPage
from app.web.pages.intake.box import BoxPage
from app.web.pages.intake.draft_comparison import DraftComparisonPage
from app.web.pages.intake.preview_page import PreviewPage
from app.web.pages.intake.watched_page import WatchedPage
from app.web.pages.notes.note_form import DeleteNotePage, GoneNotePage, NotePage
from app.web.pages.notes.note_list import NotesPage
from app.web.pages.quotations.listing import QuotationsPage
from app.web.pages.quotations.quotation import QuotationPage
from app.web.pages.search.results_page import SearchPage
from app.web.pages.shared.backlog import WaitingPage
from app.web.pages.shared.edit_key import EditKeyPage
from app.web.pages.shared.error import ErrorPage
from app.web.pages.shared.log import ChangesPage
from app.web.pages.sorting.labels_page import LabelsPage, PublishersPage, SortPage
from app.web.pages.stories.library import LibraryPage
from app.web.pages.stories.parting_page import PartingPage
from app.web.pages.stories.story import StoryPage
from app.web.pages.stories.synopsis import ReadingPage, SynopsisPage
from app.web.templating import Site, environment
from tests.web.shared.template_types import Reader

PAGES: dict[str, type] = {
    "articles/article.html": ArticlePage,
    "articles/check.html": CheckPage,
    "articles/form.html": FormPage,
    "comparison/page.html": ComparisonPage,
    "articles/delete.html": DeletePage,
    "exports/page.html": ExportPage,
    "exports/_ways.html": ExportPage,
    "articles/history.html": HistoryPage,
    "evidence/page.html": EvidencePage,
    "evidence/file.html": EvidenceFilePage,
    "evidence/delete.html": EvidenceFilePage,
    "trash/delete_picked.html": DeletePickedPage,
    "articles/tombstone.html": TombstonePage,
    "trash/trash.html": TrashPage,
    "trash/empty_trash.html": EmptyTrashPage,
    "trash/trashed.html": TrashedPage,
    "shared/edit_key.html": EditKeyPage,
    "editing/keys.html": KeysPage,
    "editing/revoke_key.html": RevokePage,
    "shared/error.html": ErrorPage,
    "shared/log.html": ChangesPage,
    "search/results.html": SearchPage,
    "sorting/picked.html": SortPage,
    "sorting/labels.html": LabelsPage,
    "sorting/publishers.html": PublishersPage,
    "stories/library.html": LibraryPage,
    "notes/form.html": NotePage,
    "stories/parting.html": PartingPage,
    "notes/delete.html": DeleteNotePage,
    "notes/gone.html": GoneNotePage,
    "notes/listing.html": NotesPage,
    "comparison/pairing_page.html": PairPage,
    "quotations/quotation.html": QuotationPage,
    "quotations/listing.html": QuotationsPage,
    "comparison/row_page.html": RowPage,
    "findings/finding_page.html": RowPage,
    "stories/reading.html": ReadingPage,
    "stories/story.html": StoryPage,
    "stories/synopsis.html": SynopsisPage,
    "comparison/_body.html": ComparisonPage,
    "shared/_error.html": ErrorPage,
    "articles/_similar.html": LookPage,
    "intake/box.html": BoxPage,
    "intake/batch.html": BatchPage,
    "intake/_batch.html": BatchPage,
    "intake/compare.html": DraftComparisonPage,
    "intake/preview.html": PreviewPage,
    "intake/watched.html": WatchedPage,
    "intake/_preview.html": PreviewPage,
    "stories/_shelves.html": LibraryPage,
    "shared/_backlog.html": WaitingPage,
}
"""What is rendered, each from which dataclass."""


@cache
def read(template: str) -> Reader:
    reader = Reader(environment())
    reader.read(template, {"page": PAGES[template], "site": Site})
    return reader


@pytest.mark.parametrize("template", environment().list_templates())
def test_every_template_compiles(template: str) -> None:
    environment().get_template(template)


@pytest.mark.parametrize("template", PAGES)
def test_a_template_uses_only_fields_of_its_page(template: str) -> None:
    assert read(template).missing == []


@pytest.mark.parametrize("page", sorted(set(PAGES.values()), key=str))
def test_a_page_holds_nothing_that_no_template_uses(page: type) -> None:
    used = {
        name
        for template, kind in PAGES.items()
        if kind is page
        for owner, name in read(template).taken
        if owner is page
    }
    source = Path(str(__import__(page.__module__, fromlist=["x"]).__file__)).read_text(encoding="utf-8")
    used_by_itself = set(re.findall(r"\bself\.(\w+)", source))
    assert {field.name for field in fields(page)} - used - used_by_itself == set()


def test_every_template_is_reached() -> None:
    reached = set().union(*(read(template).reached for template in PAGES))
    assert set(environment().list_templates()) == reached


def test_the_table_of_pages_lists_exactly_the_rendered_pages() -> None:
    sources = [*Path(str(app.web.routes.__path__[0])).rglob("*.py"), Path(str(errors.__file__))]
    named = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html")
    }
    assert named == set(PAGES)


def test_nothing_is_marked_safe() -> None:
    for path in resources.folder("templates").rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text(encoding="utf-8")), path.name


def test_an_unknown_name_is_caught() -> None:
    reader = Reader(environment())
    reader.read("stories/library.html", {"page": ArticlePage, "site": Site})
    assert any("ArticlePage has no shelves" in message for message in reader.missing)
