"""Fetching over TLS from a server on this machine, with certificates of an authority of our own."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from app.errors import FetchError
from tests.unit.sources.fetching.hostile import PAGE, PUBLIC, LedNetwork, answer, fetcher_for, serving

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificates")


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority and the certificates that it, or nobody, gave to servers: NAME.pem, NAME.key."""
    folder = tmp_path_factory.mktemp("tls")
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(
        folder,
        "req",
        "-x509",
        *new,
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=Our CA",
        "-days",
        "9",
    )
    for name, host in (
        ("right", "news.example"),
        ("other", "other.example"),
        ("address", ""),
        ("own", "news.example"),
    ):
        subject = f"subjectAltName=DNS:{host}" if host else f"subjectAltName=IP:{PUBLIC}"
        by = ("-CA", "ca.pem", "-CAkey", "ca.key") if name != "own" else ()
        openssl(
            folder,
            *("req", "-x509", *new, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", "/CN=x"),
            *("-days", "9", "-addext", subject, "-addext", "basicConstraints=critical,CA:FALSE", *by),
        )
    dated(folder, "expired", "20200101000000Z", "20200201000000Z")
    dated(folder, "future", "20480101000000Z", "20490101000000Z")
    return folder


def dated(folder: Path, name: str, start: str, end: str) -> None:
    """Have the authority give news.example a certificate that is valid from one moment to another."""
    (folder / "index").write_text("")
    (folder / "ca.conf").write_text(
        "[ca]\ndefault_ca=ours\n[ours]\ndatabase=index\nnew_certs_dir=.\ncertificate=ca.pem\nprivate_key=ca.key\n"
        "rand_serial=yes\ndefault_md=sha256\npolicy=any\nx509_extensions=ext\n[any]\ncommonName=supplied\n"
        "[ext]\nsubjectAltName=DNS:news.example\n"
    )
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key")
    openssl(folder, "req", *key, "-subj", "/CN=x", "-out", "wanted.csr")
    dates = ("-startdate", start, "-enddate", end)
    openssl(
        folder,
        "ca",
        "-batch",
        "-config",
        "ca.conf",
        *dates,
        "-notext",
        "-in",
        "wanted.csr",
        "-out",
        f"{name}.pem",
    )


@pytest.fixture(autouse=True)
def trusted(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))


def context_of(certificates: Path, name: str, asked: list[str | None]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    context.sni_callback = lambda _, host, __: asked.append(host)
    return context


def test_a_certificate_is_checked_against_the_host_while_the_checked_address_is_connected_to(
    certificates: Path,
) -> None:
    asked: list[str | None] = []
    with serving(context_of(certificates, "right", asked)) as server:
        server.behaviours["/story"] = answer()
        network = LedNetwork(server.port)
        page = fetcher_for(network).fetch("https://news.example/story")
    assert (page.address, page.content) == ("https://news.example/story", PAGE)
    assert set(network.connected) == {PUBLIC}
    assert set(asked) == {"news.example"}
    assert set(network.looked_up) == {"news.example"}
    assert ("news.example", "/story") in server.asked


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("other", "Hostname mismatch"),
        ("address", "Hostname mismatch"),
        ("own", "self-signed certificate"),
        ("expired", "certificate has expired"),
        ("future", "certificate is not yet valid"),
    ],
)
def test_a_server_that_is_not_proved_to_be_the_host_is_asked_for_nothing(
    name: str, reason: str, certificates: Path
) -> None:
    with serving(context_of(certificates, name, [])) as server:
        server.behaviours["/story"] = answer()
        with pytest.raises(FetchError, match=f"could not prove that it is news.example: .*{reason}"):
            fetcher_for(LedNetwork(server.port)).fetch("https://news.example/story")
    assert server.asked == []
