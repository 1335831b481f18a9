"""Whether a word processor reads tracked changes as intended: LibreOffice accepts and rejects them all.

    python -m bench.tracked_changes                 the seeds, every text with every other
    python -m bench.tracked_changes FILE.jsonl      pairs, a line each, as `collate --jsonl` reads them
    python -m bench.tracked_changes FILE.jsonl 50   the first 50 of them

For each pair a Word file is written. LibreOffice opens it, accepts all changes and writes the text, opens it again,
rejects them all and writes the text; these must be the witness and the base, paragraph by paragraph. It prints every
pair for which they are not, and a count; the exit code is 1 if there is any.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from itertools import islice, permutations
from pathlib import Path
from xml.sax.saxutils import escape

from app.collation import pipeline
from app.collation.model import Side
from app.collation.text import paragraphs
from app.exports.formats.word import word_file
from app.exports.record import ComparisonExport
from app.resources import folder

MACRO = """
Sub ReadBack(listed As String)
  Dim number As Integer, path As String
  number = FreeFile
  Open listed For Input As #number
  Do While Not EOF(number)
    Line Input #number, path
    If path <> "" Then
      Settle path, "AcceptAllTrackedChanges", "accepted"
      Settle path, "RejectAllTrackedChanges", "rejected"
    End If
  Loop
  Close #number
  StarDesktop.terminate()
End Sub

Sub Settle(path As String, command As String, suffix As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim text(1) As New com.sun.star.beans.PropertyValue
  Dim document As Object, dispatcher As Object
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  text(0).Name = "FilterName" : text(0).Value = "Text (encoded)"
  text(1).Name = "FilterOptions" : text(1).Value = "UTF8,LF,,,"
  document = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & command, "", 0, Array())
  document.storeToURL(ConvertToURL(path & "." & suffix), text())
  document.close(True)
End Sub
"""

SECONDS = 600
"""Within which LibreOffice must have read all files."""

Pair = tuple[str, Side, Side]


def read_back(files: Sequence[Path], program: str = "soffice") -> dict[Path, tuple[list[str], list[str]]]:
    """Return, for each Word file, its paragraphs with all changes accepted, and with all rejected.

    LibreOffice runs in a profile of its own, which is deleted afterwards.
    """
    with tempfile.TemporaryDirectory() as profile:
        started = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        # The first start makes the profile, and would overwrite a macro put there before.
        subprocess.run([*started, "--terminate_after_init"], check=True, capture_output=True, timeout=SECONDS)
        _install_macro(Path(profile))
        listed = Path(profile) / "files.txt"
        listed.write_text("".join(f"{path}\n" for path in files), encoding="utf-8")
        macro = f'macro:///Standard.TrackedChanges.ReadBack("{listed}")'
        subprocess.run([*started, macro], check=True, capture_output=True, timeout=SECONDS)
    return {path: (_lines(path, "accepted"), _lines(path, "rejected")) for path in files}


def _install_macro(profile: Path) -> None:
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    module = 'xmlns:script="http://openoffice.org/2000/script" script:name="TrackedChanges" script:language="StarBasic"'
    (library / "TrackedChanges.xba").write_text(
        f"{head}<script:module {module}>{escape(MACRO)}</script:module>", encoding="utf-8"
    )
    names = 'xmlns:library="http://openoffice.org/2000/library"'
    (library / "script.xlb").write_text(
        f'{head}<library:library {names} library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="TrackedChanges"/></library:library>',
        encoding="utf-8",
    )


def _lines(path: Path, suffix: str) -> list[str]:
    text = path.with_name(f"{path.name}.{suffix}").read_text(encoding="utf-8-sig")
    return text.removesuffix("\n").split("\n")


def seed_pairs() -> Iterator[Pair]:
    """Yield every seed with every other."""
    seeds = folder("seeds")
    texts = []
    for entry in tomllib.loads((seeds / "manifest.toml").read_text(encoding="utf-8"))["article"]:
        split = paragraphs.split((seeds / entry["file"]).read_text(encoding="utf-8"))
        texts.append((entry["file"], paragraphs.with_title(entry["title"], split)))
    for (name, base), (other, witness) in permutations(texts, 2):
        yield f"{name} and {other}", Side("a" * 16, name, base), Side("b" * 16, other, witness)


def pairs_of(path: Path) -> Iterator[Pair]:
    """Yield the pairs of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            base, witness = (tuple(pair[name]) for name in ("base", "witness"))
            yield str(pair["id"]), Side("a" * 16, "", base, label="A"), Side("b" * 16, "", witness, label="B")


def main(arguments: Sequence[str]) -> int:
    """Run the command."""
    if not shutil.which("soffice"):
        print("This needs LibreOffice: apt-get install libreoffice-writer", file=sys.stderr)
        return 2
    pairs: Iterator[Pair] = pairs_of(Path(arguments[0])) if arguments else seed_pairs()
    pairs = islice(pairs, int(arguments[1])) if len(arguments) > 1 else pairs
    with tempfile.TemporaryDirectory() as directory:
        written = {}
        began = time.process_time()
        for number, (name, base, witness) in enumerate(pairs):
            path = Path(directory) / f"{number}.docx"
            path.write_bytes(word_file(ComparisonExport(pipeline.compare(base, witness))))
            written[path] = (name, base, witness)
        print(
            f"{len(written)} files compared and written in {time.process_time() - began:.1f} s of processor time"
        )
        wrong = 0
        for path, (accepted, rejected) in read_back(list(written)).items():
            name, base, witness = written[path]
            for done, result, text in (("accepted", accepted, witness), ("rejected", rejected, base)):
                if result != list(text.paragraphs):
                    wrong += 1
                    print(f"{name}, {done}: {_first_difference(result, text.paragraphs)}")
    print(f"{2 * len(written) - wrong} of {2 * len(written)} texts read back exactly")
    return 1 if wrong else 0


def _first_difference(result: Sequence[str], expected: Sequence[str]) -> str:
    for number, (one, other) in enumerate(zip(result, expected, strict=False), 1):
        if one != other:
            return f"paragraph {number} is {one!r} and not {other!r}"
    return f"{len(result)} paragraphs and not {len(expected)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
