"""The proxies' files in docs/deployment: sharing works through nginx and through Caddy."""

import html
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from app.settings import Settings
from app.web.editing.edit_access import WRONG_KEYS
from tests.unit.cli.test_serve import served

FOLDER = Path(__file__).parents[4] / "docs" / "deployment"
NAME = "variorum.example.org"
KEY = "a long sentence"

NGINX = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/variorum.conf;
}}
"""
"""What Debian's nginx.conf has around a site's file."""

CADDY = """
{{
    admin off
    auto_https disable_redirects
    storage file_system {folder}/caddy
}}
"""


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as sock:
        port: int = sock.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a certificate for ``NAME`` and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is missing: apt install openssl")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
            "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "privkey.pem",
            "-out", folder / "fullchain.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder


def nginx(folder: Path, certificate: Path, program: int, https: int, http: int) -> list[str]:
    """Write the site's file with these ports and this certificate; return the command that runs nginx on it."""
    site = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("listen [::]:80;", ""),
        ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl"),
        ("listen [::]:443 ssl http2;", ""),
        ("127.0.0.1:8000", f"127.0.0.1:{program}"),
        (f"/etc/letsencrypt/live/{NAME}", str(certificate)),
    ):
        assert old in site, old
        site = site.replace(old, new)
    (folder / "variorum.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # its usual one may not read the tests' folders
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, user=user), encoding="utf-8")
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def caddy(folder: Path, certificate: Path, program: int, https: int, http: int) -> list[str]:
    """Write the site's file with these ports and this certificate; return the command that runs Caddy on it."""
    site = (FOLDER / "Caddyfile").read_text(encoding="utf-8")
    for old, new in (
        (
            f"{NAME} {{",
            f"https://{NAME}:{https} {{\n\ttls {certificate}/fullchain.pem {certificate}/privkey.pem",
        ),
        ("127.0.0.1:8000", f"127.0.0.1:{program}"),
    ):
        assert old in site, old
        site = site.replace(old, new)
    (folder / "Caddyfile").write_text(CADDY.format(folder=folder) + site, encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx, "caddy": caddy}


@contextmanager
def proxy(kind: str, folder: Path, certificate: Path, program: int) -> Iterator[httpx2.Client]:
    """Yield a client that reaches ``program`` through the proxy, by the name of its certificate."""
    https, http = free_port(), free_port()
    command = COMMANDS[kind](folder, certificate, program, https, http)
    with (folder / "output.log").open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, "HOME": str(folder)}, cwd=folder
        )
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "output.log").read_text()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", https)) == 0:
                    break
            time.sleep(0.05)
        trusted = ssl.create_default_context(cafile=str(certificate / "fullchain.pem"))

        def by_name(request: httpx2.Request) -> None:
            request.extensions["sni_hostname"] = NAME

        with httpx2.Client(
            base_url=f"https://127.0.0.1:{https}",
            verify=trusted,
            headers={"Host": NAME},
            event_hooks={"request": [by_name]},
            timeout=60,
        ) as client:
            yield client
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(params=sorted(COMMANDS), scope="module")
def shared(
    request: pytest.FixtureRequest, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx2.Client]:
    """A client of the program behind each proxy, as the deployment's page sets it up; one for all tests here."""
    kind: str = request.param
    if not shutil.which(kind):
        pytest.skip(f"{kind} is missing: apt install {kind}")
    folder = tmp_path_factory.mktemp(kind)
    settings = Settings(data_dir=folder / "data", port=0)
    shared_by = {"VARIORUM_PUBLIC_URL": f"https://{NAME}", "VARIORUM_EDIT_KEY": KEY}
    with (
        served(settings, environment=shared_by) as (_, address),
        proxy(kind, folder, certificate, int(address.rpartition(":")[2])) as client,
    ):
        yield client


def with_key(client: httpx2.Client) -> dict[str, str]:
    """Return the headers of a request by an editor."""
    answer = client.post("/edit-key", data={"key": KEY}, headers={"Origin": f"https://{NAME}"})
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "Secure" in cookie
    client.cookies.clear()  # the next test begins without the key
    return {"Cookie": cookie.partition(";")[0], "Origin": f"https://{NAME}"}


def test_links_and_previews_have_the_public_address(shared: httpx2.Client) -> None:
    library = shared.get("/")
    assert library.status_code == 200
    article = re.search(r'href="(/articles/[a-z2-7]{16})"', library.text)
    assert article
    assert f'og:url" content="https://{NAME}{article[1]}' in shared.get(article[1]).text


def test_each_header_of_safety_comes_once(shared: httpx2.Client) -> None:
    for path in ("/", "/nothing", "/static/css/shared/base.css"):
        headers = shared.get(path).headers
        for name in ("content-security-policy", "strict-transport-security", "x-content-type-options"):
            assert len(headers.get_list(name)) == 1, (path, name)


def test_the_longest_text_passes_and_a_longer_one_is_refused(shared: httpx2.Client) -> None:
    editor = with_key(shared)
    words = "\n\n".join(f"Number {number}. " + "é" * 450 for number in range(2000))
    saved = shared.post("/articles", data={"title": "Long", "text": words, "again": "yes"}, headers=editor)
    assert saved.status_code == 303
    too_long = shared.post(
        "/articles", data={"title": "Longer", "text": words * 2 + words[:400_000]}, headers=editor
    )
    assert too_long.status_code == 413
    assert "more than one article's text may have here" in html.unescape(too_long.text)


def test_without_the_key_nothing_is_added(shared: httpx2.Client) -> None:
    assert shared.post("/articles", data={"title": "A visit", "text": "He came."}).status_code == 403


def test_a_page_of_another_site_may_send_nothing(shared: httpx2.Client) -> None:
    forged = {**with_key(shared), "Origin": "https://evil.example"}
    refused = shared.post("/articles", data={"title": "A visit", "text": "He came."}, headers=forged)
    assert refused.status_code == 403
    assert "page of another site" in refused.text


def test_another_name_is_not_answered_with_pages(shared: httpx2.Client) -> None:
    answer = shared.get("/", headers={"Host": "evil.example"})
    assert "China Offers Full Support" not in answer.text or answer.is_redirect


def test_a_guesser_cannot_pass_for_many_clients(shared: httpx2.Client) -> None:
    """The last test here: after it the server lets nobody in for a while."""
    tries = [
        shared.post("/edit-key", data={"key": "wrong"}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
        for number in range(WRONG_KEYS + 1)
    ]
    assert [answer.status_code for answer in tries] == [422] * WRONG_KEYS + [429]
