#!/bin/sh
# Writes constraints.txt from the newest releases that pyproject.toml allows, for its oldest Python, and checks that what
# `make run` and `make test` install has a ready-made wheel on each Python that is supported: nobody should need a compiler.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${PYTHON:-python3.11}" -m venv "$scratch/venv"
pip="$scratch/venv/bin/python -m pip --disable-pip-version-check"
$pip install --quiet --upgrade pip
$pip install --quiet hatchling ".[dev]"
$pip freeze --exclude variorum >"$scratch/dev.txt"
for release in 3.11 3.12 3.13; do
    for machine in x86_64 aarch64; do
        $pip install --quiet --dry-run --ignore-installed --no-deps --only-binary :all: --target "$scratch/none" \
            --python-version "$release" --platform "manylinux_2_28_$machine" --platform "manylinux2014_$machine" \
            --requirement "$scratch/dev.txt" ||
            { echo "No wheel for Python $release on $machine: see above." >&2; exit 1; }
    done
done
$pip install --quiet --constraint "$scratch/dev.txt" ".[dev,bench,fast]"
{
    echo "# Every package that a checkout installs, at the version it was tried with. Written by: make constraints"
    $pip freeze --all --exclude variorum --exclude pip
} >constraints.txt
