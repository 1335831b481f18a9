#!/bin/sh
# What can be told without running anything: style, types, and who may import whom.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
$python -m ruff check .
$python -m ruff format --check --quiet . || { echo "Not formatted as agreed: run .venv/bin/ruff format" >&2; exit 1; }
$python -m mypy --no-error-summary
$python -c "import importlinter.cli as c; c.lint_imports_command(standalone_mode=True)" --no-logo
echo "Style, types and import rules hold."
