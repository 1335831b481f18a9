"""Timestamps (RFC 3161): a third party's signed statement that a file existed at a certain time.

A request holds nothing of the file but its SHA-256. The package that reads the answers is loaded only here, when one is
asked for or checked.
"""

import hashlib
import http.client
import socket
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app.errors import TimestampError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SECONDS = 15.0
"""From the connection to the last byte of the answer."""

MAX_TOKEN_BYTES = 100_000
"""Bytes of an answer; with the certificates in it, it has some 6,000."""

MAX_CERTIFICATE_BYTES = 1_000_000

_SETS = (0xA0, 0xA1, 0x31)
"""First bytes of the sets in a CMS SignedData: certificates, revocation lists, and algorithms and signers."""

_SHORT_LENGTH = 0x7F
_SHA256 = "2.16.840.1.101.3.4.2.1"
_NO_PACKAGE = "Install it: pip install 'variorum[timestamps]'. Or use openssl ts -verify (docs/evidence.md)."


def request(url: str, data: bytes, certificates: bytes) -> tuple[bytes, datetime]:
    """Have a file stamped by the server at ``url``; return its answer and the time in it, in UTC.

    The answer is checked as ``check`` does, and must be to this request. Raises TimestampError, in words.
    """
    library, roots = _library(), _roots(certificates)
    builder = library.TimestampRequestBuilder().data(data).hash_algorithm(library.HashAlgorithm.SHA256)
    query = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    token = _exchanged(url, query.as_bytes())
    return token, _checked(token, data, roots, nonce=query.nonce)


def check(token: bytes, data: bytes, certificates: bytes) -> datetime:
    """Return when the file was there, in UTC, as an answer says that one of the ``certificates`` (PEM) vouches for.

    Raises TimestampError where it is another file's, is not signed by them, or cannot be read.
    """
    return _checked(token, data, _roots(certificates))


def certificates_of(path: Path) -> bytes:
    """Return the certificates in a file, in PEM.

    Raises TimestampError where it cannot be read or holds none, and where the package that reads them is missing.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_CERTIFICATE_BYTES + 1)
    except OSError as error:
        raise TimestampError(
            f"The certificates in {path} cannot be read: {error.strerror or error}."
        ) from None
    if len(content) > MAX_CERTIFICATE_BYTES:
        raise TimestampError(f"{path} is too large for a file of certificates.")
    _roots(content)
    return content


def _checked(token: bytes, data: bytes, roots: "list[Certificate]", nonce: int | None = None) -> datetime:
    library = _library()
    if len(token) > MAX_TOKEN_BYTES:
        raise TimestampError("The timestamp is too large to be one.")
    try:
        answer = library.decode_timestamp_response(_in_order(token))
        if answer.status:
            reasons = "; ".join(map(str, answer.status_string))[:200]
            raise TimestampError(f"The timestamp server refused: {reasons or f'status {answer.status}'}.")
        imprint = answer.tst_info.message_imprint
        is_of_file = bytes(imprint.message) == hashlib.sha256(data).digest()
        if imprint.hash_algorithm.dotted_string != _SHA256 or not is_of_file:
            raise TimestampError("The timestamp is another file’s: it has another SHA-256.")
        if nonce is not None and answer.tst_info.nonce != nonce:
            raise TimestampError("The timestamp server answered another request than ours.")
        library.VerifierBuilder(roots=roots).build().verify(answer, hashlib.sha256(data).digest())
        moment: datetime = answer.tst_info.gen_time
    except library.VerificationError:
        raise TimestampError(
            "The timestamp is not signed by a server that the given certificate vouches for, or was changed.",
            "Give the root certificate of the authority that made it, with those between, in one PEM file.",
        ) from None
    except (ValueError, TypeError, OverflowError):
        raise TimestampError("The timestamp cannot be read: it is damaged, or none (RFC 3161).") from None
    return moment


def _in_order(token: bytes) -> bytes:
    """Return an answer with its sets in the order that DER asks for, and the package.

    openssl writes the certificates of a chain as they were given to it. The signature is not over their order.
    """
    try:
        (response,) = _elements(token, 0, len(token))
        content_info = _elements(token, *response[1:])[1]
        (signed_data,) = _elements(token, *_elements(token, *content_info[1:])[1][1:])
        ordered = token
        for tag, start, end in _elements(token, *signed_data[1:]):
            if tag in _SETS:
                starts = [0, *(each[2] for each in _elements(token, start, end))]
                parts = sorted(token[max(start, one) : other] for one, other in pairwise(starts))
                ordered = ordered[:start] + b"".join(parts) + ordered[end:]
        return ordered
    except (IndexError, ValueError):
        return token  # damaged, a refusal, or in another form: returned as it is


def _elements(data: bytes, start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the DER elements from ``start`` to ``end``: the first byte of each, and where its content starts and ends.

    Raises IndexError or ValueError where they are not in that form.
    """
    elements: list[tuple[int, int, int]] = []
    while start < end:
        length, begin = data[start + 1], start + 2
        if length > _SHORT_LENGTH:
            count = length - _SHORT_LENGTH - 1
            length, begin = int.from_bytes(data[begin : begin + count]), begin + count
        if begin + length > end or data[start + 1] == _SHORT_LENGTH + 1:
            raise ValueError("no DER")
        elements.append((data[start], begin, begin + length))
        start = begin + length
    return elements


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError:
        raise TimestampError("Timestamps need the package rfc3161-client.", _NO_PACKAGE) from None
    return rfc3161_client


def _roots(certificates: bytes) -> "list[Certificate]":
    _library()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(certificates)
    except ValueError:
        raise TimestampError(
            "There is no certificate in the file of certificates.",
            "It is in PEM, and begins with -----BEGIN CERTIFICATE-----.",
        ) from None


def _exchanged(url: str, query: bytes) -> bytes:
    """Send a request to the server that the settings name, and return its answer."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)

    def stop() -> None:
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(SECONDS, stop)  # the limit of each read alone would never end a server that drips bytes
    timer.daemon = True
    timer.start()
    try:
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        connection.request("POST", path, query, headers)
        answer = connection.getresponse()
        content = answer.read(MAX_TOKEN_BYTES + 1)
        if answer.status != 200:
            raise TimestampError(f"The timestamp server answered with status {answer.status}.")
        return content
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise TimestampError(
            f"The timestamp server at {parts.hostname} gave no answer ({reason}).",
            "The file is as it was; ask again later.",
        ) from None
    finally:
        timer.cancel()
        connection.close()
