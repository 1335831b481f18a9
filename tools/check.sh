#!/bin/sh
# Checks everything that needs no running program: style, types and import rules.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
$python -m ruff check .
$python -m ruff format --check --quiet . || { echo "Not formatted: run .venv/bin/ruff format" >&2; exit 1; }
$python -m mypy --no-error-summary
$python -c "import importlinter.cli as c; c.lint_imports_command(standalone_mode=True)" --no-logo
echo "Style, types and import rules hold."
