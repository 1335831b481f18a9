"""Over a real socket the header that names the editor is believed from the proxy's own address alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from app.settings import Settings
from tests.forked import forked_server

TOP = Path(__file__).parents[3]


@contextmanager
def served(settings: Settings, proxies: str) -> Iterator[str]:
    """Yield the address of a server that trusts users named by the proxies at these addresses."""
    variables = {
        "EDIT_KEY": "a long sentence",
        "PUBLIC_URL": "https://variorum.example.org",
        "USER_HEADER": "X-Forwarded-User",
        "USER_HEADER_FROM": proxies,
        "USER_HEADER_ADMITS": "true",
        "BACKGROUND": "false",
    }
    environment = {f"VARIORUM_{name}": value for name, value in variables.items()}
    with forked_server(settings, environment=environment) as (_, address):
        yield address


@pytest.mark.parametrize("forwarded", [{}, {"X-Forwarded-For": "192.0.2.7"}])
def test_the_proxy_is_believed_whoever_it_forwards(
    seeded_settings: Settings, forwarded: dict[str, str]
) -> None:
    with served(seeded_settings, "127.0.0.1") as address:
        named = {"X-Forwarded-User": "ann"}
        assert httpx2.get(f"{address}/articles/new", headers=named | forwarded).status_code == 200
        assert httpx2.get(f"{address}/articles/new", headers=forwarded).status_code == 303


def test_a_client_that_claims_the_proxys_address_is_not_believed(seeded_settings: Settings) -> None:
    with served(seeded_settings, "192.0.2.7") as address:
        headers = {"X-Forwarded-User": "ann", "X-Forwarded-For": "192.0.2.7"}
        assert httpx2.get(f"{address}/articles/new", headers=headers).status_code == 303


def test_nginx_and_caddy_configurations_overwrite_client_headers() -> None:
    nginx = (TOP / "docs/deployment/nginx.conf").read_text("utf-8")
    assert re.search(r'^\s+proxy_set_header X-Forwarded-User "";$', nginx, re.MULTILINE)
    caddy = (TOP / "docs/deployment/Caddyfile").read_text("utf-8")
    assert caddy.index("request_header -X-Forwarded-User") < caddy.index("reverse_proxy")
