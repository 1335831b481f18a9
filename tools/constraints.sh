#!/bin/sh
# Writes constraints.txt from the newest releases that pyproject.toml allows on the oldest supported Python, and checks that
# everything `make run` and `make test` install has a wheel for each supported Python, so that nobody needs a compiler.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${PYTHON:-python3.11}" -m venv "$scratch/venv"
pip="$scratch/venv/bin/python -m pip --disable-pip-version-check"
$pip install --quiet --upgrade pip
$pip install --quiet hatchling ".[dev]"
$pip freeze --exclude variorum >"$scratch/dev.txt"
# The extra `spark` stands apart: pyspark and py4j are checked by their names alone, since pyspark is a source archive.
$pip install --quiet --constraint "$scratch/dev.txt" ".[spark]"
$pip freeze --exclude variorum --exclude pyspark --exclude py4j >"$scratch/wheels.txt"
for release in 3.11 3.12 3.13; do
    for machine in x86_64 aarch64; do
        $pip install --quiet --dry-run --ignore-installed --no-deps --only-binary :all: --target "$scratch/none" \
            --python-version "$release" --platform "manylinux_2_28_$machine" --platform "manylinux2014_$machine" \
            --requirement "$scratch/wheels.txt" ||
            { echo "No wheel for Python $release on $machine: see above." >&2; exit 1; }
    done
done
$pip install --quiet --constraint "$scratch/dev.txt" ".[dev,bench,fast,spark,api-check]"
{
    echo "# Every package that a checkout installs, at the version it was tested with. Written by: make constraints"
    $pip freeze --all --exclude variorum --exclude pip
} >constraints.txt
