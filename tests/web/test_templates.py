import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

import app.web.routes
from app import resources
from app.web import errors
from app.web.pages.article import ArticlePage
from app.web.pages.compare import ComparisonPage
from app.web.pages.delete import DeletePage
from app.web.pages.edit_key import EditKeyPage
from app.web.pages.error import ErrorPage
from app.web.pages.form import CheckPage, FormPage
from app.web.pages.library import LibraryPage
from app.web.pages.look import LookPage
from app.web.pages.pair import PairPage
from app.web.pages.quotation import QuotationPage
from app.web.pages.quotations import QuotationsPage
from app.web.pages.row import RowPage
from app.web.pages.story import StoryPage
from app.web.pages.waiting import WaitingPage
from app.web.templating import Site, environment

from .template_types import Reader

PAGES: dict[str, type] = {
    "pages/article.html": ArticlePage,
    "pages/article_check.html": CheckPage,
    "pages/article_form.html": FormPage,
    "pages/compare.html": ComparisonPage,
    "pages/delete.html": DeletePage,
    "pages/edit_key.html": EditKeyPage,
    "pages/error.html": ErrorPage,
    "pages/library.html": LibraryPage,
    "pages/pair.html": PairPage,
    "pages/quotation.html": QuotationPage,
    "pages/quotations.html": QuotationsPage,
    "pages/row.html": RowPage,
    "pages/story.html": StoryPage,
    "partials/comparison.html": ComparisonPage,
    "partials/error.html": ErrorPage,
    "partials/look.html": LookPage,
    "partials/shelves.html": LibraryPage,
    "partials/waiting.html": WaitingPage,
}
"""What is rendered, each from which dataclass."""


def read(template: str) -> Reader:
    reader = Reader(environment())
    reader.read(template, {"page": PAGES[template], "site": Site})
    return reader


@pytest.mark.parametrize("template", environment().list_templates())
def test_every_template_compiles(template: str) -> None:
    environment().get_template(template)


@pytest.mark.parametrize("template", PAGES)
def test_a_template_uses_only_what_its_page_has(template: str) -> None:
    assert read(template).missing == []


@pytest.mark.parametrize("page", sorted(set(PAGES.values()), key=str))
def test_a_page_holds_nothing_that_no_template_uses(page: type) -> None:
    taken = {
        name
        for template, kind in PAGES.items()
        if kind is page
        for owner, name in read(template).taken
        if owner is page
    }
    source = Path(str(__import__(page.__module__, fromlist=["x"]).__file__)).read_text(encoding="utf-8")
    own = set(re.findall(r"\bself\.(\w+)", source))
    assert {field.name for field in fields(page)} - taken - own == set()


def test_every_template_is_reached() -> None:
    reached = set().union(*(read(template).reached for template in PAGES))
    assert set(environment().list_templates()) == reached


def test_the_table_of_pages_holds_exactly_what_routes_render() -> None:
    sources = [*Path(str(app.web.routes.__path__[0])).glob("*.py"), Path(str(errors.__file__))]
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
    reader.read("pages/library.html", {"page": ArticlePage, "site": Site})
    assert any("ArticlePage has no shelves" in said for said in reader.missing)
