"""Fetching from a server that behaves badly: a message says what happened, and no more is read than allowed."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from app.errors import FetchError
from app.sources.fetching.fetch import Fetcher
from app.sources.fetching.network import Network
from app.sources.fetching.pacing import Pacer
from tests.unit.sources.fetching.hostile import (
    PAGE,
    PUBLIC,
    Behaviour,
    LedNetwork,
    Server,
    answer,
    endless,
    fetcher_for,
    redirect,
    serving,
)

SHORT = 0.3
"""Seconds that an answer may take where the test is about time."""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


def fetch_from(server: Server, behaviour: Behaviour, **bounds: float) -> bytes:
    server.behaviours["/story"] = behaviour
    return fetcher_for(LedNetwork(server.port), **bounds).fetch("http://news.example/story").content  # type: ignore[arg-type]  # the bounds' own types


def refusal(server: Server, behaviour: Behaviour, **bounds: float) -> str:
    with pytest.raises(FetchError) as error_info:
        fetch_from(server, behaviour, **bounds)
    assert error_info.value.message
    assert error_info.value.advice
    return error_info.value.message


def test_a_page_comes_with_its_address_and_declared_type(server: Server) -> None:
    server.behaviours["/story?a=1"] = answer(headers=("Content-Type: text/html; charset=koi8-r",))
    page = fetcher_for(LedNetwork(server.port)).fetch("http://News.example:80/story?a=1#top")
    assert (page.address, page.content) == ("http://news.example/story?a=1", PAGE)
    assert page.media_type == "text/html; charset=koi8-r"


def test_the_program_names_itself_and_sends_no_cookie(server: Server) -> None:
    fetch_from(server, answer())
    assert "User-Agent: Variorum/" in server.heads[-1]
    assert "Cookie" not in server.heads[-1]


@pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
def test_a_packed_page_is_unpacked(server: Server, coding: str) -> None:
    packed = gzip.compress(PAGE)
    assert fetch_from(server, answer(packed, headers=(f"Content-Encoding: {coding}",))) == PAGE


def test_a_page_in_chunks_is_joined(server: Server) -> None:
    chunks = b"5\r\n<!doc\r\n4\r\ntype\r\n0\r\n\r\n"
    assert fetch_from(server, answer(chunks, headers=("Transfer-Encoding: chunked",))) == b"<!doctype"


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 1_000),
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: a\r\n" * 1_000),
    ],
    ids=["chunks of a byte", "lines after the last"],
)
def test_a_page_that_is_mostly_framing_is_refused_before_it_ends(
    server: Server, head: bytes, part: bytes
) -> None:
    behaviour = endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head, part)
    assert "no answer that can be read" in refusal(server, behaviour, size=20_000_000, seconds=600.0)


def test_a_redirect_is_followed_and_the_last_address_is_told(server: Server) -> None:
    server.behaviours["/story"] = redirect("//other.example/moved")
    server.behaviours["other.example/moved"] = answer()
    page = fetcher_for(LedNetwork(server.port)).fetch("http://news.example/story")
    assert page.address == "http://other.example/moved"
    assert server.asked == [
        ("news.example", "/robots.txt"),
        ("news.example", "/story"),
        ("other.example", "/robots.txt"),
        ("other.example", "/moved"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "172.20.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "::",
        "ff02::1",
        "fec0::1",
    ],
)
def test_a_name_that_means_no_public_address_is_not_connected_to(server: Server, address: str) -> None:
    network = LedNetwork(server.port, {"inside.example": [[address]]})
    with pytest.raises(FetchError, match="not on the public internet"):
        fetcher_for(network).fetch("http://inside.example/")
    assert network.connected == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_a_public_address_of_either_family_is_connected_to(server: Server, address: str) -> None:
    server.behaviours["/"] = answer()
    network = LedNetwork(server.port, {"news.example": [[address]]})
    assert fetcher_for(network).fetch("http://news.example").content == PAGE
    assert set(network.connected) == {address}


def test_one_private_address_among_public_ones_refuses_them_all(server: Server) -> None:
    network = LedNetwork(server.port, {"news.example": [[PUBLIC, "10.0.0.1"]]})
    with pytest.raises(FetchError, match="not on the public internet"):
        fetcher_for(network).fetch("http://news.example/")
    assert network.connected == []


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_however_loopback_is_written_this_machines_network_refuses_it(link: str) -> None:
    class There(Network):
        def is_there(self) -> bool:
            return True

    with pytest.raises(FetchError, match=r"not on the public internet|no host called|not a web address"):
        fetcher_for(There()).fetch(link)


def test_a_redirect_to_loopback_is_not_followed(server: Server) -> None:
    server.behaviours["/story"] = redirect("http://localhost/secret")
    network = LedNetwork(server.port, {"localhost": [["127.0.0.1", "::1"]]})
    with pytest.raises(FetchError, match="localhost is not on the public internet"):
        fetcher_for(network).fetch("http://news.example/story")
    assert ("localhost", "/secret") not in server.asked


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://news.example/a", "http://a:b@news.example/", "http://news.example:22/"],
)
def test_a_redirect_to_what_is_no_page_is_not_followed(server: Server, location: str) -> None:
    assert refusal(server, redirect(location))


def test_a_name_that_changes_its_meaning_is_connected_to_where_it_was_checked(server: Server) -> None:
    """The second look-up would lead inside; for each connection there is only one."""
    server.behaviours["/story"] = answer()
    network = LedNetwork(server.port, {"rebind.example": [[PUBLIC], [PUBLIC], ["127.0.0.1"]]})
    assert fetcher_for(network).fetch("http://rebind.example/story").content == PAGE
    assert network.connected == [PUBLIC, PUBLIC]  # robots.txt and the page
    with pytest.raises(FetchError, match="not on the public internet"):
        fetcher_for(network).fetch("http://rebind.example/story")
    assert network.connected == [PUBLIC, PUBLIC]


@pytest.mark.parametrize("ends", [("198.51.100.7", "127.0.0.1"), (PUBLIC, PUBLIC)])
def test_the_address_that_is_really_connected_to_counts(server: Server, ends: tuple[str, str]) -> None:
    class Lying(LedNetwork):
        def ends(self, connection: socket.socket) -> tuple[str, str]:
            return ends

    with pytest.raises(FetchError, match="not on the public internet"):
        fetcher_for(Lying(server.port)).fetch("http://news.example/")
    assert server.asked == []


def test_redirects_in_a_circle_end(server: Server) -> None:
    assert "without end" in refusal(server, redirect("/story"))
    assert len(server.asked) <= 8


def test_a_redirect_that_leads_nowhere_is_told(server: Server) -> None:
    assert refusal(server, answer(b"", "302 Found"))


def test_an_endless_body_is_cut_off(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    assert "more than 0.1 MB" in refusal(server, endless(head, b"x" * 4096))


def test_an_endless_chunked_body_is_cut_off(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert "more than 0.1 MB" in refusal(server, endless(head, b"400\r\n" + b"x" * 1024 + b"\r\n"))


def test_endless_headers_are_cut_off(server: Server) -> None:
    assert "no answer that can be read" in refusal(server, endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"))


def test_an_endless_status_line_is_cut_off(server: Server) -> None:
    assert "no answer that can be read" in refusal(server, endless(b"HTTP/1.1 200 ", b"O" * 1024))


def test_endless_promises_to_go_on_are_cut_off(server: Server) -> None:
    assert refusal(server, endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), seconds=SHORT)


def test_a_small_body_that_unpacks_into_a_large_one_is_cut_off(server: Server) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 100_000
    assert "more than 0.1 MB" in refusal(server, answer(bomb, headers=("Content-Encoding: gzip",)))


def test_what_is_packed_several_times_or_unknown_is_refused(server: Server) -> None:
    twice = answer(gzip.compress(gzip.compress(PAGE)), headers=("Content-Encoding: gzip, gzip",))
    assert "packed this page in a way that is not unpacked here (gzip, gzip)" in refusal(server, twice)
    assert "(br)" in refusal(server, answer(b"\x0b\x02\x80", headers=("Content-Encoding: br",)))
    assert "Accept-Encoding: gzip\r\n" in server.heads[-1]


def test_damaged_packing_is_told(server: Server) -> None:
    for content in (b"no gzip", gzip.compress(PAGE)[:20]):
        assert "no answer" in refusal(server, answer(content, headers=("Content-Encoding: gzip",)))


def test_a_length_beyond_the_bound_is_refused_before_it_is_read(server: Server) -> None:
    assert "more than 0.1 MB" in refusal(server, answer(headers=("Content-Length: 99999999999",)))


def test_a_body_shorter_than_announced_is_not_taken_for_whole(server: Server) -> None:
    assert "ended too early" in refusal(server, answer(headers=("Content-Length: 5000",)))


def test_of_a_body_longer_than_announced_no_more_is_read(server: Server) -> None:
    assert fetch_from(server, answer(headers=("Content-Length: 9",))) == b"<!doctype"


@pytest.mark.parametrize("length", ["-1", "x", "1e3"])
def test_a_length_that_is_no_number_does_no_harm(server: Server, length: str) -> None:
    assert fetch_from(server, answer(headers=(f"Content-Length: {length}",))) == PAGE


def dripping(first: bytes, part: bytes = b"x") -> Behaviour:
    """Sends a byte every now and then, for ever: no single wait is long."""

    def behave(connection: socket.socket, target: str) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(part)
            time.sleep(SHORT / 10)

    return behave


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"],
    ids=["status line", "header", "body"],
)
def test_dripping_bytes_are_not_waited_for(server: Server, first: bytes) -> None:
    assert "took more than" in refusal(server, dripping(first), seconds=SHORT)


def test_a_server_that_says_nothing_is_not_waited_for(server: Server) -> None:
    held = threading.Event()

    def say_nothing(connection: socket.socket, target: str) -> None:
        held.wait(20)

    assert "took more than" in refusal(server, say_nothing, seconds=SHORT)
    held.set()


def test_a_server_that_hangs_up_is_told(server: Server) -> None:
    assert "no answer that can be read" in refusal(server, lambda connection, _: connection.close())


def test_what_speaks_no_http_is_told(server: Server) -> None:
    assert "no answer" in refusal(server, lambda connection, _: connection.sendall(b"SSH-2.0-OpenSSH\r\n"))


def test_a_server_that_speaks_no_tls_is_named_as_the_reason(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    monkeypatch.setattr(server, "_answer", lambda connection: connection.sendall(refuse))
    with pytest.raises(FetchError, match=r"news\.example could not be connected to securely"):
        fetcher_for(LedNetwork(server.port)).fetch("https://news.example/story")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "no page at this address"),
        ("403 Forbidden", "does not give this page to programs"),
        ("402 Payment Required", "subscription"),
        ("429 Too Many Requests", "getting too many requests"),
        ("500 Oops", "could not answer (500)"),
    ],
)
def test_what_a_site_refuses_is_told_with_what_to_do(server: Server, status: str, words: str) -> None:
    assert words in refusal(server, answer(b"<p>No</p>", status))


def test_an_empty_page_is_told(server: Server) -> None:
    assert "empty page" in refusal(server, answer(b""))


def test_what_robots_txt_forbids_is_not_fetched(server: Server) -> None:
    server.behaviours["/robots.txt"] = answer(b"User-agent: *\nDisallow: /*ory\n")
    assert "asks programs not to fetch this page (robots.txt)" in refusal(server, answer())
    assert [target for _, target in server.asked] == ["/robots.txt"]


def test_a_site_that_cannot_say_what_it_allows_is_left_alone(server: Server) -> None:
    server.behaviours["/robots.txt"] = answer(b"", "503 Busy")
    assert "robots.txt: 503" in refusal(server, answer())


def test_a_redirect_cannot_go_round_the_other_hosts_robots_txt(server: Server) -> None:
    server.behaviours["other.example/robots.txt"] = answer(b"User-agent: variorum\nDisallow: /")
    server.behaviours["other.example/"] = answer()
    assert "other.example asks programs not to" in refusal(server, redirect("http://other.example/"))
    assert ("other.example", "/") not in server.asked


def test_robots_txt_is_asked_for_once(server: Server) -> None:
    server.behaviours["/story"] = answer()
    fetcher = fetcher_for(LedNetwork(server.port))
    for _ in range(3):
        fetcher.fetch("http://news.example/story")
    assert [target for _, target in server.asked].count("/robots.txt") == 1


def test_a_host_is_asked_at_a_pace(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    pacer = Pacer(60.0)
    for host in ("a.example", "b.example", "a.example", "a.example"):
        pacer.wait(host)
    first, second = slept
    assert 50 < first < 61
    assert 110 < second < 121


def test_without_any_route_it_is_told_at_once_and_nothing_is_looked_up() -> None:
    class Alone(LedNetwork):
        def is_there(self) -> bool:
            return False

    network = Alone(1)
    with pytest.raises(FetchError, match="no internet connection") as error_info:
        Fetcher(network=network).fetch("https://news.example/story")
    assert "save it, and drop the file here" in error_info.value.advice
    assert network.looked_up == []


def test_a_name_that_nobody_has_is_told(server: Server) -> None:
    class Empty(LedNetwork):
        def resolve(self, host: str, port: int) -> list[str]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(FetchError, match=r"no host called nwes.*, or this machine has no internet"):
        fetcher_for(Empty(server.port)).fetch("http://nwes.example/")


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetch_from(server, answer()) == PAGE
