#!/bin/sh
# Makes .venv, pinned by constraints.txt, or finds it ready: the second time takes a blink and no network.
#   environment.sh run|dev|bench
# PYTHON names the interpreter; without it, python3 or the first newer one that is on the PATH.
set -eu
cd "$(dirname "$0")/.."
wanted=$1

say() { printf '%s\n' "$*" >&2; }
suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
version() { "$1" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo none; }
# What .venv was made from. A changed pin or interpreter, or a wider set of packages, adds to it or makes it anew.
pins=$(cat pyproject.toml constraints.txt | cksum | tr -d ' ')
stamp() { echo "$pins $(version .venv/bin/python)"; }

python=${PYTHON:-}
if [ -n "$python" ]; then
    if ! suitable "$python"; then
        say "PYTHON=$python will not do: Variorum needs Python 3.11 or newer, and that is: $(version "$python")."
        exit 1
    fi
    if [ -e .venv ] && [ "$(version .venv/bin/python)" != "$(version "$python")" ]; then
        say "Making .venv anew for Python $(version "$python")."
        rm -rf .venv
    fi
fi
if [ "$(cat ".venv/.ready-$wanted" 2>/dev/null)" = "$(stamp)" ]; then exit 0; fi

if ! { suitable .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    for candidate in python3 python3.13 python3.12 python3.11; do
        if [ -z "$python" ] && suitable "$candidate"; then python=$candidate; fi
    done
    if [ -z "$python" ]; then
        say "Variorum needs Python 3.11 or newer; python3 here is: $(version python3)."
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

say "Setting up .venv with Python $(version .venv/bin/python): once, a minute or so ..."
install() { .venv/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt "$@"; }
case $wanted in run) extras= ;; dev) extras="[dev]" ;; bench) extras="[dev,bench]" ;; esac
# What builds packages comes first, pinned too, so that no build needs an environment of its own: hatchling builds the
# checkout, setuptools CollateX, which comes as a source archive alone.
case $wanted in bench) builders="hatchling setuptools" ;; *) builders=hatchling ;; esac
if ! { install $builders && install --no-build-isolation --editable ".$extras"; }; then
    say "The packages could not be installed; the reason stands above. If it was the network, run the same command again."
    exit 1
fi
# The word diff in C++ gives the same result sooner; where there is no ready-made wheel of it, the one in Python stays.
install --only-binary :all: fast-diff-match-patch 2>/dev/null || true
case $wanted in bench) made="run dev bench" ;; *) made="run $wanted" ;; esac
for made in $made; do stamp >".venv/.ready-$made"; done
