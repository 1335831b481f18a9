#!/bin/sh
# Makes the fonts in static/fonts: one weight axis (400 to 700), Latin letters, a few arrows and signs. Run from the
# checkout's root. The subsets are modified versions, so they have names of their own: "Source" is reserved.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install fonttools==4.68.0 brotli==1.2.1
"$work/venv/bin/pip" -q download --no-deps -d "$work" fontpkg-source-serif-4==4.4 fontpkg-source-sans-3==3.52
mkdir -p static/fonts
for wheel in "$work"/*.whl; do unzip -qo "$wheel" -d "$work"; done
WORK="$work" "$work/venv/bin/python" - <<'PYTHON'
import hashlib
import os
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

work, fonts = Path(os.environ["WORK"]), Path("static/fonts")
LETTERS = (
    "20-7E,A0-17F,18F,192,1A0-1A1,1AF-1B0,1CD-1DC,218-21B,259,2BB-2BC,2C6-2C7,2D8-2DD,300-304,306-308,30A-30C,323,"
    "327-328,1E80-1E85,1E9E,1EA0-1EF9,2010-2015,2018-201E,2020-2022,2026,2030,2032-2033,2039-203A,2044,20AC,20BD,"
    "2116,2122,2190-2193,2197,21C4,2212,2248,2260,2264-2265,25CB,2713"
)
FEATURES = ["kern", "liga", "locl", "mark", "mkmk", "ccmp", "tnum", "lnum"]
record = []
for name, package, file, axes in (
    ("Serif", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", {"opsz": 14, "wght": (400, 700)}),
    ("Sans", "fontpkg_source_sans_3", "SourceSans3[wght].ttf", {"wght": (400, 700)}),
):
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(work / package / "files" / file)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    font.save(work / "subset.ttf")
    font = instantiateVariableFont(TTFont(work / "subset.ttf"), axes)
    for entry in list(font["name"].names):
        words = {1: f"Variorum {name}", 2: "Regular", 3: f"Variorum {name}", 4: f"Variorum {name}", 6: f"Variorum{name}"}
        if entry.nameID in words:
            entry.string = words[entry.nameID]
        elif entry.nameID not in (0, 5, 13, 14):
            font["name"].removeNames(nameID=entry.nameID)
    font.flavor = "woff2"
    path = fonts / f"variorum-{name.lower()}.woff2"
    font.save(path)
    (fonts / f"LICENSE-{name.upper()}").write_bytes((work / package / "LICENSE").read_bytes())
    record.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")
(fonts / "SHA256SUMS").write_text("\n".join(record) + "\n")
PYTHON
cat static/fonts/SHA256SUMS
