"""docs/evidence.md: its commands do what it says."""

import hashlib
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.cli.main import main
from app.collation.pipeline import ENGINE
from app.evidence import archive, packing, timestamps
from tests.contracts.test_tree import ROOT
from tests.unit.evidence.evidence_files import seeds_contents
from tests.web.evidence.authority import authority

CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, list[str]]]:
    """Return the commands of the page with the lines that each prints there."""
    blocks = CONSOLE.findall((ROOT / "docs" / "evidence.md").read_text(encoding="utf-8"))
    parts = [part.splitlines() for block in blocks for part in block.split("$ ")[1:]]
    return [(lines[0], lines[1:]) for lines in parts]


def run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command, our own in this process, and return its exit code and what it printed."""
    program, *arguments = shlex.split(command)
    if program == "variorum":
        code = main(arguments)
        return code, capsys.readouterr().out
    line = command.replace("python3 ", f"{sys.executable} ")
    ran = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def test_the_commands_print_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    members = packing.members(seeds_contents())
    captures = {name for name in members if name.startswith("captures/")}
    data = archive.write(members)
    digest = hashlib.sha256(data).hexdigest()
    (tmp_path / "case.zip").write_bytes(data)
    changed = {**members, "texts/base.txt": members["texts/base.txt"] + b"."}
    (tmp_path / "changed.zip").write_bytes(archive.write(changed))
    with zipfile.ZipFile(tmp_path / "repacked.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    with authority() as tsa:
        token, _ = timestamps.request(tsa.url, data, tsa.root.read_bytes())
        (tmp_path / "case.zip.tsr").write_bytes(token)
        (tmp_path / "authority.pem").write_bytes(tsa.root.read_bytes())
    assert captures
    assert len(commands()) == 8
    monkeypatch.chdir(tmp_path)
    for command, expected in commands():
        code, output = run(command.replace("DIGEST", digest), capsys)
        printed = re.sub(r"\b[0-9a-f]{64}\b", "ANOTHER", output.replace(digest, "DIGEST"))
        printed = printed.replace(f"Engine {ENGINE} ", "Engine 1.1 ")
        printed = re.sub(r"\d{4}-\d\d-\d\d at [\d:]+", "DATE", printed)
        assert printed.splitlines() == expected, command
        assert code == (1 if "changed.zip" in command or "repacked.zip" in command else 0), command
