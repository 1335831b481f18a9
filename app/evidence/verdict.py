"""The verdict on an evidence file, in words and as an exit code."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from app.errors import InvalidInputError, TimestampError
from app.evidence import timestamps
from app.evidence.agreement import agreement
from app.evidence.archive import MAX_BYTES
from app.evidence.inspection import MAX_FAULTS, MemberFault, inspect
from app.evidence.recomparison import compare_anew

CONSISTENT, CHANGED, NOT_AUTHENTIC, COMPARED_OTHERWISE = 0, 1, 3, 4
"""Exit codes; 2 is for a wrong command line or a file that cannot be read, as everywhere."""

MAX_PRINTED_CHARS = 200
"""Characters of a title or a member's name that are printed."""

_PAGE = re.compile(r"https?://\S+/evidence/(?=[0-9a-f]{64}\Z)")
"""What comes before the digest in the address of a file's page."""


def verify(
    path: Path,
    target: TextIO,
    *,
    expect: str | None = None,
    certificate: Path | None = None,
    token: Path | None = None,
) -> int:
    """Write to ``target`` whether the file is consistent and authentic, and its comparison made anew the same.

    With ``certificate``, a timestamp is checked: ``token``, by default the file beside it that ends in ``.tsr``.
    Return the exit code. Raises InvalidInputError where a file cannot be read, or ``expect`` is no SHA-256.
    """
    expected = _digest(expect) if expect is not None else None
    if token is not None and certificate is None:
        raise InvalidInputError("--token needs --timestamp with the certificates of its authority.")
    data = _read(path)
    certificates, stamp = b"", b""
    if certificate:
        certificates = _certificates(certificate)
        stamp = _read(
            token or path.with_name(f"{path.name}.tsr"),
            "Name the timestamp that came with the file: --token FILE.",
        )
    digest = hashlib.sha256(data).hexdigest()
    inspection = inspect(data)
    print(f"SHA-256: {digest}", file=target)
    if not inspection.is_consistent:
        print("Consistent: NO. This is not the file that was made.", file=target)
        _list(inspection.faults, target)
        print("Nothing else was checked. Ask for the file again.", file=target)
        return CHANGED
    anew = compare_anew(inspection.members)
    if anew.label:
        print(f"Compares: {_plain(anew.label)}", file=target)
    count = len(inspection.members)
    print(
        f"Consistent: yes. All {count} members are as the manifest says, and nothing was added.", file=target
    )
    is_stamped, stamped = _stamped(stamp, data, certificates) if certificate else (True, "")
    is_authentic = is_stamped and expected in (None, digest)
    if expected is not None or not certificate:
        print(f"Authentic: {_authentic(expected, digest)}", file=target)
    if certificate:
        print(f"Timestamp: {_plain(stamped)}", file=target)
    is_same = anew.result != "different"
    answer = {"same": "yes", "different": "NO", "other engine": "not tried", "not tried": "not tried"}[
        anew.result
    ]
    print(f"Compared anew, the same: {answer}. {_plain(anew.says)}", file=target)
    if anew.comparison:
        agreed = agreement(inspection.members, anew.comparison, is_made_anew=anew.result == "same")
        unknown = f"Only its digest vouches for the rest: {'; '.join(agreed.unknown)}."
        if agreed.faults:
            print("Agrees with itself: NO. Not all of it is of this comparison.", file=target)
            _list(agreed.faults, target)
        else:
            print(f"Agrees with itself: yes. {unknown}", file=target)
        is_same = is_same and not agreed.faults
    return CONSISTENT if is_authentic and is_same else COMPARED_OTHERWISE if is_authentic else NOT_AUTHENTIC


def _list(faults: Sequence[MemberFault], target: TextIO) -> None:
    for fault in faults[:MAX_FAULTS]:
        print(f"  {_named(fault)}", file=target)
    if (more := len(faults) - MAX_FAULTS) > 0:
        print(f"  and {more:,} more, {len(faults):,} in all", file=target)


def _authentic(expected: str | None, digest: str) -> str:
    if expected is None:
        return (
            "not known. Whoever changes a file can rewrite its manifest too: give the digest that the server "
            "shows for it (--expect)."
        )
    if expected == digest:
        return "yes. It is the file whose digest you gave."
    return "NO. Its SHA-256 is not the digest that you gave: it is another file, or one that was changed throughout."


def _certificates(path: Path) -> bytes:
    try:
        return timestamps.certificates_of(path)
    except TimestampError as error:
        raise InvalidInputError(error.message, error.advice) from None


def _stamped(token: bytes, data: bytes, certificates: bytes) -> tuple[bool, str]:
    """Return whether a timestamp is good, and what it says."""
    try:
        moment = timestamps.check(token, data, certificates)
    except TimestampError as error:
        return False, f"NO. {error}"
    return (
        True,
        f"yes. This very file was there on {moment:%Y-%m-%d at %H:%M:%S} UTC, as the authority signed.",
    )


def _digest(given: str) -> str:
    """Return the digest that was given: as such, or as the address of the file's page, which nobody is asked for."""
    digest = re.sub(r"\s", "", given).lower().removeprefix("sha256:").removeprefix("sha-256:")
    digest = _PAGE.sub("", digest)
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise InvalidInputError(
            "The digest after --expect is not a SHA-256.",
            "It has 64 characters, 0 to 9 and a to f: copy the whole of it.",
        )
    return digest


def _read(path: Path, advice: str = "") -> bytes:
    if path.is_dir():
        raise InvalidInputError(
            f"{path} is a folder.",
            "Give the zip as it came. In a folder that was unpacked from it: sha256sum -c manifest-sha256.txt",
        )
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read: {error.strerror or error}.", advice) from None
    if len(data) > MAX_BYTES:
        raise InvalidInputError(
            f"{path} has more than {MAX_BYTES:,} bytes, as no evidence file has.", "Is it another file?"
        )
    return data


def _named(fault: MemberFault) -> str:
    return f"{_plain(fault.member)}: {fault.says}" if fault.member else _plain(fault.says)


def _plain(text: str) -> str:
    """Return a stranger's text on one line, without what would move a terminal's cursor or turn its direction."""
    line = " ".join(text.split())
    shown = "".join(char if char.isprintable() else "\ufffd" for char in line[: MAX_PRINTED_CHARS * 2])
    return shown if len(shown) <= MAX_PRINTED_CHARS * 2 - 1 else f"{shown}…"
