"""A timestamp authority on loopback: openssl's own, behind a web server, with a certificate between it and its root."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_CONFIGURATION = """
[tsa]
default_tsa = own
[own]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@dataclass(slots=True)
class Authority:
    """An authority with its root certificate; ``answer`` replaces what it answers, ``status`` how."""

    folder: Path
    url: str = ""
    answer: bytes | None = None
    status: int = 200
    queries: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """Its root certificate, in PEM."""
        return self.folder / "root.pem"

    def stamped(self, query: bytes) -> bytes:
        """Return openssl's answer to a query."""
        (self.folder / "query.tsq").write_bytes(query)
        _openssl(
            self.folder, "ts", "-reply", "-config", "ts.cnf", "-section", "own", "-queryfile", "query.tsq",
            "-inkey", "signer.key", "-signer", "signer.pem", "-chain", "between.pem", "-out", "answer.tsr",
        )  # fmt: skip
        return (self.folder / "answer.tsr").read_bytes()


def _certified(folder: Path) -> Authority:
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _openssl(
        folder,
        "req",
        "-x509",
        *key,
        "-keyout",
        "root.key",
        "-out",
        "root.pem",
        "-subj",
        "/CN=Root",
        "-days",
        "30",
    )
    # So long a name that openssl writes its certificate, and then the shorter one between, against DER's order.
    name = f"/CN=Signer/O={'x' * 64}/OU={'y' * 64}"
    _openssl(folder, "req", *key, "-keyout", "signer.key", "-out", "signer.csr", "-subj", name)
    _openssl(folder, "req", *key, "-keyout", "between.key", "-out", "between.csr", "-subj", "/CN=Between")
    (folder / "between").write_text("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n")
    _openssl(
        folder, "x509", "-req", "-in", "between.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
        "-days", "30", "-extfile", "between", "-out", "between.pem",
    )  # fmt: skip
    (folder / "extensions").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n"
    )
    _openssl(
        folder, "x509", "-req", "-in", "signer.csr", "-CA", "between.pem", "-CAkey", "between.key", "-CAcreateserial",
        "-days", "30", "-extfile", "extensions", "-out", "signer.pem",
    )  # fmt: skip
    (folder / "ts.cnf").write_text(_CONFIGURATION)
    (folder / "serial").write_text("01\n")
    return Authority(folder)


@contextmanager
def authority() -> Iterator[Authority]:
    """Run an authority."""
    with tempfile.TemporaryDirectory() as folder:
        made = _certified(Path(folder))

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                made.queries.append(query)
                content = made.answer if made.answer is not None else made.stamped(query)
                self.send_response(made.status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        made.url = f"http://127.0.0.1:{server.server_port}/tsr?policy=1"
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield made
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
