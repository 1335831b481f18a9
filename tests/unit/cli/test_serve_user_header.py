"""Over a real socket the header that names the editor is believed from the proxy's own address alone."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from app.settings import Settings

TOP = Path(__file__).parents[3]


@contextmanager
def served(settings: Settings, proxies: str) -> Iterator[str]:
    """Yield the address of a server that trusts users named by the proxies at these addresses."""
    variables = {
        "DATABASE_URL": settings.url,
        "EDIT_KEY": "a long sentence",
        "PUBLIC_URL": "https://variorum.example.org",
        "USER_HEADER": "X-Forwarded-User",
        "USER_HEADER_FROM": proxies,
        "USER_HEADER_ADMITS": "true",
        "BACKGROUND": "false",
    }
    plain = {name: value for name, value in os.environ.items() if not name.startswith("VARIORUM_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", "0"],
        cwd=TOP,
        env=plain | {f"VARIORUM_{name}": value for name, value in variables.items()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        address = re.search(r"http://\S+:\d+", process.stdout.readline())
        assert address
        yield address[0]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("forwarded", [{}, {"X-Forwarded-For": "192.0.2.7"}])
def test_the_proxy_is_believed_whoever_it_forwards(settings: Settings, forwarded: dict[str, str]) -> None:
    with served(settings, "127.0.0.1") as address:
        named = {"X-Forwarded-User": "ann"}
        assert httpx2.get(f"{address}/articles/new", headers=named | forwarded).status_code == 200
        assert httpx2.get(f"{address}/articles/new", headers=forwarded).status_code == 303


def test_a_client_that_claims_the_proxys_address_is_not_believed(settings: Settings) -> None:
    with served(settings, "192.0.2.7") as address:
        headers = {"X-Forwarded-User": "ann", "X-Forwarded-For": "192.0.2.7"}
        assert httpx2.get(f"{address}/articles/new", headers=headers).status_code == 303


def test_nginx_and_caddy_configurations_overwrite_client_headers() -> None:
    nginx = (TOP / "docs/deployment/nginx.conf").read_text("utf-8")
    assert re.search(r'^\s+proxy_set_header X-Forwarded-User "";$', nginx, re.MULTILINE)
    caddy = (TOP / "docs/deployment/Caddyfile").read_text("utf-8")
    assert caddy.index("request_header -X-Forwarded-User") < caddy.index("reverse_proxy")
