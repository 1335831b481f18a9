"""Sockets: no silent, slow or greedy client keeps the others out."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.web.clients.tally import ProcessTally, Tally
from app.web.connections import framing
from app.web.connections.gate import Gate
from app.web.connections.limits import Limits
from app.web.connections.protocol import Connection

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
SLOW_POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx"
REFUSALS_HAVE = (b"content-security-policy: default-src 'none'", b"x-content-type-options: nosniff")

Connect = Callable[[], socket.socket]
Start = Callable[..., Connect]


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the client's address and the length of the body; ``/early`` without reading it."""
    request = Request(scope, receive)
    try:
        length = 0 if request.url.path == "/early" else len(await request.body())
    except ClientDisconnect:
        return
    client = request.client.host if request.client else ""
    body = b"x" * 20_000_000 if request.url.path == "/large" else f"{client} {length}".encode()
    await PlainTextResponse(body)(scope, receive, send)


@contextmanager
def running(limits: Limits, proxies: str, tally: ProcessTally | None = None) -> Iterator[int]:
    """Run a server with these limits and yield its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        gate = Gate(echo, limits, proxies, tally=tally)
        server = uvicorn.Server(
            uvicorn.Config(
                gate, http=Connection, ws="none", proxy_headers=False, lifespan="off", log_config=None,
                timeout_graceful_shutdown=1,
            )
        )  # fmt: skip
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a server with the given limits, and returns what connects to it."""
    with ExitStack() as stack:

        def started(
            proxies: str = "127.0.0.1", tally: ProcessTally | None = None, **limits: float
        ) -> Connect:
            port = stack.enter_context(running(Limits(**limits), proxies, tally))  # type: ignore[arg-type]  # whole seconds or not

            def connect() -> socket.socket:
                sock = socket.create_connection(("127.0.0.1", port), timeout=20)
                return stack.enter_context(sock)

            return connect

        yield started


def ask(connect: Connect, sent: bytes = GET) -> bytes:
    """Send ``sent`` on a new connection and return the answer."""
    with connect() as sock:
        sock.sendall(sent)
        return answer(sock)


def answer(sock: socket.socket) -> bytes:
    """Read the first answer on the connection; return nothing if it is closed without one."""
    received = b""
    try:
        while b"\r\n\r\n" not in received:
            if not (part := sock.recv(65536)):
                return received
            received += part
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        while len(body) < length and (part := sock.recv(65536)):
            body += part
    except ConnectionResetError:
        return received
    return head + b"\r\n\r\n" + body


def is_closed(sock: socket.socket) -> bool:
    """Wait until the server closes the connection, and return whether it does."""
    try:
        while sock.recv(65536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("sent", [b"", b"GET / HTT", GET], ids=["silent", "half a head", "kept alive"])
def test_idle_connections_make_way_for_a_request(start: Start, sent: bytes) -> None:
    connect = start(sockets=8)
    sockets = [connect() for _ in range(30)]
    for sock in sockets:
        try:
            sock.sendall(sent)
        except OSError:  # it has given way already
            assert sent
    assert ask(connect).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET / HTTP/1.1\r\nHost: loc", GET + b"\r\n", GET + b"GET"])
def test_a_head_that_does_not_come_is_not_waited_for(start: Start, sent: bytes) -> None:
    sock = start(head_seconds=0.2, check_seconds=0.05)()
    sock.sendall(sent)
    assert is_closed(sock)


def test_a_head_that_drips_is_not_waited_for(start: Start) -> None:
    sock = start(head_seconds=0.2, check_seconds=0.05)()

    def drip() -> None:
        while True:
            sock.sendall(b"G")
            time.sleep(0.01)

    with pytest.raises(OSError, match=r"reset|pipe"):
        drip()


def test_a_body_that_does_not_come_is_refused_in_words(start: Start) -> None:
    sock = start(body_seconds=0.2, check_seconds=0.05)()
    sock.sendall(SLOW_POST)
    refusal = answer(sock)
    assert refusal.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"took too long to arrive" in refusal
    assert all(header in refusal for header in REFUSALS_HAVE)
    assert is_closed(sock)


def test_a_body_that_comes_steadily_has_longer(start: Start) -> None:
    sock = start(body_seconds=0.2, body_rate=10, check_seconds=0.05)()
    sock.sendall(SLOW_POST)
    for _ in range(99):
        time.sleep(0.01)
        sock.sendall(b"y")
    assert answer(sock).endswith(b" 100")


@pytest.mark.parametrize(
    "head", [b" HTTP/1.0\r\n", b" HTTP/1.1\r\nConnection: close\r\n"], ids=["1.0", "close"]
)
def test_who_still_sends_a_refused_body_reads_why_though_the_connection_closes(
    start: Start, head: bytes
) -> None:
    sock = start()()
    sock.sendall(b"POST /early" + head + b"Host: localhost\r\nContent-Length: 8000000\r\n\r\n" + bytes(1_000))
    time.sleep(0.3)  # while the server answers
    for _ in range(7_999):
        sock.sendall(bytes(1_000))
    assert answer(sock).startswith(b"HTTP/1.1 200")
    assert is_closed(sock)


def test_who_waits_to_be_asked_for_a_body_is_refused_before_sending_it(start: Start) -> None:
    sock = start()()
    sock.sendall(b"POST /early HTTP/1.1\r\nConnection: close\r\nHost: localhost\r\nExpect: 100-continue\r\n")
    sock.sendall(b"Content-Length: 8000000\r\n\r\n")
    assert answer(sock).startswith(b"HTTP/1.1 200")


def test_the_rest_of_a_refused_body_is_not_waited_for_either(start: Start) -> None:
    sock = start(body_seconds=0.2, check_seconds=0.05)()
    sock.sendall(SLOW_POST.replace(b"POST /", b"POST /early"))
    assert answer(sock).startswith(b"HTTP/1.1 200")
    assert is_closed(sock)


@pytest.mark.parametrize(
    "head", [b"POST /early HTTP/1.1\r\n", b"POST /early HTTP/1.0\r\n"], ids=["1.1", "1.0"]
)
def test_the_rest_of_a_refused_body_is_not_taken_without_end(start: Start, head: bytes) -> None:
    sock = start(max_unwanted_bytes=1_000_000)()
    sock.sendall(head + b"Host: localhost\r\nContent-Length: 999999999\r\n\r\n")
    with pytest.raises(OSError, match=r"reset|pipe"):
        sock.sendall(b"x" * 100_000_000)


def test_who_takes_nothing_of_the_answer_is_let_go(start: Start) -> None:
    connect = start(stalled_seconds=0.3, check_seconds=0.05)
    sock = connect()
    sock.sendall(GET.replace(b"GET /", b"GET /large"))
    time.sleep(1)  # while the server notices that nothing is read
    received = 0
    try:
        while part := sock.recv(1 << 20):
            received += len(part)
    except ConnectionResetError:
        pass
    assert received < 20_000_000


def test_a_client_that_sends_too_many_bodies_slowly_loses_its_oldest(start: Start) -> None:
    connect = start(loopback_requests=3)
    slow = [connect() for _ in range(3)]
    for sock in slow:
        sock.sendall(SLOW_POST)
        time.sleep(0.05)
    assert ask(connect).startswith(b"HTTP/1.1 200")
    assert answer(slow[0]).startswith(b"HTTP/1.1 408")
    slow[2].sendall(b"x" * 99)
    assert answer(slow[2]).endswith(b" 100")


def forwarded(request: bytes, client: str) -> bytes:
    return request.replace(b"\r\n\r\n", f"\r\nX-Forwarded-For: {client}\r\n\r\n".encode(), 1)


def test_behind_a_proxy_the_client_that_it_names_counts_and_not_the_proxy(start: Start) -> None:
    connect = start(client_requests=2, loopback_requests=1)
    slow = [connect() for _ in range(6)]
    for number, sock in enumerate(slow):
        sock.sendall(forwarded(SLOW_POST, f"203.0.113.{number // 2}"))
    assert ask(connect, forwarded(GET, "203.0.113.9")).endswith(b"203.0.113.9 0")
    for sock in slow:
        sock.sendall(b"x" * 99)
        assert answer(sock).endswith(b" 100")


def test_an_untrusted_proxy_cannot_name_the_client(start: Start) -> None:
    assert ask(start("192.0.2.1"), forwarded(GET, "203.0.113.9")).endswith(b"127.0.0.1 0")


def test_a_malformed_request_is_refused_with_a_reason_and_every_header(start: Start) -> None:
    refusal = ask(start(), b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
    assert refusal.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"not a request that this server can read" in refusal
    assert all(header in refusal for header in REFUSALS_HAVE)


def test_where_no_socket_can_be_spared_it_says_so_with_every_header(start: Start) -> None:
    connect = start(sockets=2)
    for sock in (connect(), connect()):
        sock.sendall(SLOW_POST)
    time.sleep(0.1)
    refusal = answer(connect())
    assert refusal.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
    assert all(header in refusal for header in REFUSALS_HAVE)


def test_a_length_with_a_transfer_encoding_is_refused_and_the_rest_is_not_read(start: Start) -> None:
    sock = start()()
    sock.sendall(
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        + GET
    )
    refusal = answer(sock)
    assert refusal.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert all(header in refusal for header in REFUSALS_HAVE)
    assert is_closed(sock)


def test_pipelined_requests_are_answered_one_by_one(start: Start) -> None:
    with start()() as sock:
        sock.sendall(
            GET * 3 + SLOW_POST + b"x" * 99 + GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        )
        received = b""
        while part := sock.recv(65536):
            received += part
    assert received.count(b"HTTP/1.1 200 OK") == 5
    assert b"127.0.0.1 100" in received


def test_the_requests_of_a_client_count_over_all_processes(start: Start) -> None:
    tally = Tally(2)
    other_process = tally.of(1)
    connect = start(tally=tally.of(0), loopback_requests=1)
    place = other_process.begin("127.0.0.1")

    assert ask(connect).startswith(b"HTTP/1.1 503 ")
    other_process.end(place)
    assert ask(connect).startswith(b"HTTP/1.1 200 ")
    assert ask(connect).startswith(b"HTTP/1.1 200 ")


def test_a_process_that_takes_another_s_place_has_no_requests_of_its_own() -> None:
    tally = Tally(2)
    tally.of(1).begin("203.0.113.7")
    assert tally.of(0).under_way("203.0.113.7") == 1
    tally.of(1)
    assert tally.of(0).under_way("203.0.113.7") == 0


def test_wrong_keys_count_over_all_processes_and_for_a_minute() -> None:
    tally, now = Tally(2), 1000.0
    here, there = (ProcessTally(tally, process, lambda: now) for process in (0, 1))
    for process in (here, there, here):
        process.add_try("203.0.113.7")

    assert (here.tries("203.0.113.7", 60), there.tries("203.0.113.7", 60)) == (3, 3)
    assert here.tries("203.0.113.8", 60) == 0
    now += 61
    assert there.tries("203.0.113.7", 60) == 0


CHUNKED = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"


def test_a_body_in_ever_so_many_pieces_is_refused(start: Start) -> None:
    connect = start()
    few = ask(connect, CHUNKED + b"1\r\na\r\n" * 9_000 + b"0\r\n\r\n")
    assert few.endswith(b" 9000")
    many = ask(connect, CHUNKED + b"1\r\na\r\n" * 11_000 + b"0\r\n\r\n")
    assert many.startswith(b"HTTP/1.1 400 ")
    assert all(line in many for line in REFUSALS_HAVE)


def test_a_body_of_little_but_framing_is_refused(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "MAX_FRAMING_BYTES", 20_000)
    connect, wordy = start(), b"1;" + b"a" * 5_000 + b"\r\na\r\n"
    assert ask(connect, CHUNKED + wordy * 3 + b"0\r\n\r\n").endswith(b" 3")
    assert ask(connect, CHUNKED + wordy * 5).startswith(b"HTTP/1.1 400 ")
