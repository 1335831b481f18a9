"""Read the cases of a file, and check what the program answers to each."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.cli.collate import collate_lines
from app.cli.quotes import quote_lines

FOLDER = Path(__file__).parent
COMMANDS = {"collate": collate_lines, "quotes": quote_lines}
QUIET = {"wording", "typography"}


@dataclass(frozen=True)
class Case:
    """What goes in, what must come out, and why.

    ``first_sight`` says whether the program passed when the case was written, before any rule was changed for
    its group. ``open`` is the reason why a case still fails, or empty.
    """

    id: str
    group: str
    command: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    first_sight: bool | None
    open: str


def read(path: Path) -> list[Case]:
    """Return the cases of a file of JSON lines."""
    return [_case(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]


def faults(case: Case) -> list[str]:
    """Describe how the program's answer differs from what the case expects."""
    source = io.BytesIO(json.dumps({"id": case.id, **case.given}).encode())
    target, complaints = io.BytesIO(), io.StringIO()
    if COMMANDS[case.command](source, target, complaints):
        return [complaints.getvalue()]
    answer = json.loads(target.getvalue())
    check = _finding_faults if case.command == "collate" else _speaker_faults
    return list(check(case.expect, answer))


def _case(line: Mapping[str, Any]) -> Case:
    return Case(
        id=line["id"],
        group=line["fault"],
        command=line["command"],
        given=line["input"],
        expect=line["expect"],
        first_sight=line.get("first_sight"),
        open=line.get("open", ""),
    )


def _finding_faults(expect: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    kinds = {finding["kind"] for row in answer["rows"] for finding in row.get("findings", [])}
    loud = sorted(kinds - QUIET)
    if "any_of" in expect and not kinds & set(expect["any_of"]):
        yield f"expected one of {expect['any_of']}, got {loud}"
    if "none_of" in expect and kinds & set(expect["none_of"]):
        yield f"expected none of {expect['none_of']}, got {loud}"
    if "exactly" in expect and loud != sorted(expect["exactly"]):
        yield f"expected just {expect['exactly']}, got {loud}"
    shared = {(base, witness) for row in answer["rows"] for base in row["base"] for witness in row["witness"]}
    for base, witness in expect.get("pairs", []):
        if (base, witness) not in shared:
            yield f"base {base} and witness {witness} share no row"
    for base, witness in expect.get("apart", []):
        if (base, witness) in shared:
            yield f"base {base} and witness {witness} share a row"


def _speaker_faults(expect: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[str]:
    for key, field in (("speakers", "speaker"), ("persons", "person")):
        for part, who in expect.get(key, []):
            accepted = who if isinstance(who, list) else [who]
            quotations = [each for each in answer["quotations"] if _plain(part) in _plain(each["text"])]
            if not quotations:
                if None not in accepted:
                    yield f"“{part}” is not listed"
            elif not any(_names(each[field] or None, name) for each in quotations for name in accepted):
                yield f"“{part}”: {field} is {quotations[0][field]!r}, expected {who!r}"
    for part in expect.get("no_quotation", []):
        if any(_plain(part) in _plain(each["text"]) for each in answer["quotations"]):
            yield f"“{part}” is listed as a quotation"


def _names(speaker: str | None, expected: str | None) -> bool:
    """Return whether a speaker is the expected one, with or without an article, a title or a first name."""
    if speaker is None or expected is None:
        return speaker is expected
    words, expected_words = _words(speaker), _words(expected)
    if [word.lower() for word in words[-len(expected_words) :]] != [word.lower() for word in expected_words]:
        return False
    return all(word[0].isupper() and not word.endswith("'s") for word in words[: -len(expected_words)])


def _words(name: str) -> list[str]:
    words = name.replace("’", "'").split()
    return words[1:] if words and words[0].lower() in ("the", "a", "an") else words


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'"))
