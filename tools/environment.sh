#!/bin/sh
# Makes .venv with the versions in constraints.txt. If it is ready already, this takes no time and no network.
#   environment.sh run|dev|bench
# PYTHON names the interpreter; the default is the first of python3, python3.13, python3.12, python3.11 that is new enough.
set -eu
cd "$(dirname "$0")/.."
wanted=$1

say() { printf '%s\n' "$*" >&2; }
suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
version() { "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo none; }
# What .venv was made from; a changed pin or interpreter, or a larger set of packages, updates it or makes a new one.
pins=$(cat pyproject.toml constraints.txt | cksum | tr -d ' ')
stamp() { echo "$pins $(version .venv/bin/python)"; }

python=${PYTHON:-}
if [ -n "$python" ]; then
    if ! suitable "$python"; then
        say "Variorum needs Python 3.11 or newer; PYTHON=$python is $(version "$python")."
        exit 1
    fi
    if [ -e .venv ] && [ "$(version .venv/bin/python)" != "$(version "$python")" ]; then
        say "Making a new .venv for Python $(version "$python")."
        rm -rf .venv
    fi
fi
if [ "$(cat ".venv/.ready-$wanted" 2>/dev/null)" = "$(stamp)" ]; then exit 0; fi

if ! { suitable .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    for candidate in python3 python3.13 python3.12 python3.11; do
        if [ -z "$python" ] && suitable "$candidate"; then python=$candidate; fi
    done
    if [ -z "$python" ]; then
        say "Variorum needs Python 3.11 or newer; python3 here is $(version python3)."
        say "Install one (on Debian and Ubuntu: apt install python3 python3-venv), or name one: make run PYTHON=/path/to/python3"
        exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"
        say "Then run the same command again."
        exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

say "Setting up .venv with Python $(version .venv/bin/python): this happens once and takes a minute or so ..."
install() { .venv/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt "$@"; }
case $wanted in run) extras= ;; dev) extras="[dev]" ;; bench) extras="[dev,bench]" ;; esac
# What builds packages comes first, pinned too, so that no build needs an isolated environment: hatchling builds the
# checkout, setuptools builds CollateX, which has no wheel.
case $wanted in bench) builders="hatchling setuptools" ;; *) builders=hatchling ;; esac
if ! { install $builders && install --no-build-isolation --editable ".$extras"; }; then
    say "The packages could not be installed; see above for the reason. If it was the network, run the same command again."
    exit 1
fi
# The word diff in C++ gives the same result sooner; without a wheel for this machine, the one in Python is used.
install --only-binary :all: fast-diff-match-patch 2>/dev/null || true
# Every start reads the program compiled, also where the environment keeps Python from storing what it compiles.
.venv/bin/python -m compileall -q app migrations
case $wanted in bench) made="run dev bench" ;; *) made="run $wanted" ;; esac
for made in $made; do stamp >".venv/.ready-$made"; done
