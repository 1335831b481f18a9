"""Routes are loaded on demand, and nothing else depends on whether they are loaded."""

import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app import main
from app.main import SITE
from app.web import templating
from app.web.loading import warming
from app.web.loading.late_routes import LateRoutes, Section
from app.web.loading.warming import Warming

WEB = Path(main.__file__).parent / "web"


def routers_of(section: Section) -> list[APIRouter]:
    module = import_module(section.module)
    return list(getattr(module, "ROUTERS", None) or [module.router])


@pytest.mark.parametrize("section", SITE, ids=lambda section: section.module)
def test_every_route_is_at_an_address_of_its_section(section: Section) -> None:
    paths = [
        route.path for router in routers_of(section) for route in router.routes if isinstance(route, APIRoute)
    ]
    assert paths
    assert [path for path in paths if not section.has(re.sub(r"\{[^}]*\}", "x", path))] == []


@pytest.mark.parametrize("section", SITE, ids=lambda section: section.module)
def test_no_section_has_an_address_without_routes(section: Section) -> None:
    paths = [
        re.sub(r"\{[^}]*\}", "x", route.path)
        for router in routers_of(section)
        for route in router.routes
        if isinstance(route, APIRoute)
    ]
    alone = [Section(section.module, (address,)) for address in section.addresses]
    assert [each.addresses for each in alone if not any(map(each.has, paths))] == []


def test_every_module_of_routes_has_a_section() -> None:
    modules = {
        f"app.web.{'.'.join(path.relative_to(WEB).with_suffix('').parts)}"
        for folder in ("routes", "feeds", "api")
        for path in (WEB / folder).rglob("*.py")
        if re.search(r"^router = ", path.read_text("utf-8"), re.MULTILINE)
    }
    of_sections = {router for section in SITE for router in map(id, routers_of(section))}
    missing = {name for name in modules if id(import_module(name).router) not in of_sections}
    assert missing == {"app.web.routes.health", "app.web.routes.static"}  # which are there from the start


def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, path: str) -> str:
    """Return the name of a module, not loaded yet, whose route at ``path`` answers its name; it has one more."""
    (tmp_path / f"{name}.py").write_text(
        "from fastapi import APIRouter\n"
        "router = APIRouter()\n"
        f"@router.get({path!r})\n"
        f"def answer() -> str:\n    return {name!r}\n"
        f"@router.get('/{name}/more')\n"
        "def more() -> None: ...\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def include_each(self: APIRouter, router: APIRouter) -> None:
    """Include a router as older releases do: each of its routes."""
    self.routes.extend(router.routes)


@pytest.mark.parametrize("include", [APIRouter.include_router, include_each])
def test_a_section_is_loaded_by_the_first_request_to_it_and_keeps_its_place(
    include: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(APIRouter, "include_router", include)
    narrow = made(tmp_path, monkeypatch, "late_narrow", "/things/new")
    wide = made(tmp_path, monkeypatch, "late_wide", "/things/{thing}")
    app = FastAPI()
    app.add_middleware(
        LateRoutes,
        routes=app.router,
        sections=[Section(narrow, ("/things/new",)), Section(wide, ("/things",))],
    )
    client = TestClient(app)
    assert client.get("/other").status_code == 404
    assert not {narrow, wide} & sys.modules.keys()
    assert client.get("/things/7").json() == wide
    assert narrow not in sys.modules
    assert client.get("/things/new").json() == narrow  # though the other was first, and would take it
    assert client.get("/things/7").json() == wide
    assert client.get("/thingsome").status_code == 404


def test_sections_are_loaded_beside_serving_unless_it_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = made(tmp_path, monkeypatch, "late_warmed", "/warmed")
    sections = [Section(name, ("/warmed",))]
    stopped = Warming(sections)
    stopped.start()
    stopped.stop()
    assert name not in sys.modules
    monkeypatch.setattr(warming, "FIRST_SECONDS", 0.0)
    begun = Warming(sections)
    begun.start()
    assert begun._thread is not None
    begun._thread.join()
    assert name in sys.modules


def test_templates_are_compiled_beside_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "FIRST_SECONDS", 0.0)
    monkeypatch.setattr(warming, "REST_SHARE", 0.0)
    templating.environment.cache_clear()
    begun = Warming(())
    begun.start()
    assert begun._thread is not None
    begun._thread.join()
    templates = templating.environment()
    assert templates.cache is not None
    assert len(templates.cache) == len(templates.list_templates()) > 50
