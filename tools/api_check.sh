#!/bin/sh
# Checks the API with schemathesis, which has an environment of its own: the program and its tests do not need it.
# CALLS names how many requests are made at least, SEED repeats a run.
set -eu
cd "$(dirname "$0")/.."
place=data/schemathesis
if [ ! -x "$place/bin/schemathesis" ]; then
    .venv/bin/python -m venv "$place"
    "$place/bin/python" -m pip --disable-pip-version-check install --quiet --constraint constraints.txt schemathesis
fi
exec .venv/bin/python -m bench.api_check --schemathesis "$PWD/$place/bin/schemathesis" \
    ${CALLS:+--calls "$CALLS"} ${SEED:+--seed "$SEED"}
