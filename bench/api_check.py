"""Check the API against its own OpenAPI document with schemathesis: thousands of right and wrong requests.

A server of its own is started over the seeds, with notes, and some more articles that may be changed and deleted.
``make api-check`` installs schemathesis apart from the program (tools/api_check.sh).
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SPARE = 20
"""Articles that may be changed and deleted."""

SETTINGS = """\
# Statuses for what a schema cannot rule out (a text that is only its title, an article deleted meanwhile).
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 410, 413, 422, 429]

[dictionaries]
"""


def main() -> int:
    """Run schemathesis; return its exit code, or 1 if it made too few requests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemathesis", default="schemathesis", help="the program")
    parser.add_argument("--calls", type=int, default=5_000, help="requests to make at least (default: 5,000)")
    parser.add_argument("--seed", type=int, help="repeats a run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
        settings = Path(folder) / "schemathesis.toml"
        settings.write_text(SETTINGS + known(url), encoding="utf-8")
        operations = sum(len(each) for each in ask(f"{url}/api/v1/openapi.json")["paths"].values())
        command = [options.schemathesis, "--config-file", str(settings), "run", f"{url}/api/v1/openapi.json"]
        command += ["--phases", "coverage,fuzzing", "--continue-on-failure", "--no-color"]
        command += ["--max-examples", str(-(-options.calls // operations)), "--warnings", "off"]
        command += ["--seed", str(options.seed)] if options.seed is not None else []
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    print(done.stdout)
    made = re.search(r"([\d,]+) generated", done.stdout)
    number = int(made[1].replace(",", "")) if made else 0
    if number < options.calls:
        print(f"Only {number:,} of {options.calls:,} requests were made.", file=sys.stderr)
        return done.returncode or 1
    return done.returncode


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the seeds from a new folder on a free port."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VARIORUM_")}
    # The links in these requests are made up, and must not be fetched.
    environment |= {"VARIORUM_DATA_DIR": str(folder / "data"), "VARIORUM_FETCH": "off"}
    command = [sys.executable, "-m", "app", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        address = re.search(r"http://\S+:\d+", process.stdout.readline())
        assert address
        yield address[0]
    finally:
        process.terminate()
        process.wait(timeout=30)


def known(url: str) -> str:
    """Return the existing ids in schemathesis' form, so that its requests find something."""
    api = f"{url}/api/v1"
    articles = ask(f"{api}/articles")["items"]
    ids = [article["id"] for article in articles]
    revisions = [article["revision"] for article in articles]
    story = ask(f"{api}/stories?only=stories")["items"][0]["id"]
    first = ask(f"{api}/stories/{story}")
    pair = next(member["comparison"] for member in first["items"] if member["comparison"])
    base, _, witness = pair.rpartition("/")[2].partition("..")
    notes = [ask(f"{pair}/notes", {"row": 1, "text": f"Note {number}."})["id"] for number in range(SPARE)]
    spare = [
        ask(
            f"{api}/articles",
            {"title": f"Spare {number}", "text": f"Number {number} is spare.", "again": True},
        )
        for number in range(SPARE)
    ]
    trashed = [article["id"] for article in spare[: SPARE // 2]]
    for article in trashed:
        ask(f"{api}/articles/{article}", method="DELETE")
    evidence = ask(f"{pair}/evidence", {})
    values = {
        "article": ids,
        "trashed": trashed,
        "digest": [evidence["digest"]],
        "spare": [article["id"] for article in spare[SPARE // 2 :]],
        "revision": revisions,
        "base": [base, revisions[0]],
        "witness": [witness, revisions[1]],
        "story": [story, *ids],
        "quotation": [quotation["id"] for quotation in ask(f"{api}/quotations")["items"]],
        "note": notes,
        "number": [1, 2],
        "engine": [ask(api)["engine"], "0.1"],
    }
    lines = [f"{name} = {{ values = {json.dumps(several)} }}" for name, several in values.items()]
    lines += ["", "[parameters]"]
    lines += [
        f'"path.{name}" = {{ dictionary = "{name}", probability = 0.7 }}'
        for name in values
        if name not in ("spare", "trashed")
    ]
    for operation, named in (
        ("PATCH /api/v1/articles/{article}", "spare"),
        ("DELETE /api/v1/articles/{article}", "spare"),
        ("GET /api/v1/trash/{article}", "trashed"),
        ("DELETE /api/v1/trash/{article}", "trashed"),
        ("POST /api/v1/trash/{article}/restore", "trashed"),
    ):
        lines += ["", "[[operations]]", f'include-name = "{operation}"']
        lines += [
            "[operations.parameters]",
            f'"path.article" = {{ dictionary = "{named}", probability = 0.7 }}',
        ]
    return "\n".join([*lines, ""])


def ask(address: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
    """Return what the API answers; None for an empty answer."""
    content = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(address, content, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    sys.exit(main())
