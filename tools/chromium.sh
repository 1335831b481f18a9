#!/bin/sh
# Makes sure that the browser tests find Chromium and the library that playwright's driver needs, installing them from the
# system's packages if they are missing. If it cannot, it says what to do; under CI that is a failure, elsewhere the tests
# name at the end what was skipped.
set -eu
cd "$(dirname "$0")/.."

. tools/debian.sh
chromium_runs() {
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
        if "$name" --version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
driver_runs() { .venv/bin/python -m playwright --version >/dev/null 2>&1; }

missing=
chromium_runs || missing="chromium fonts-dejavu-core"
driver_runs || missing="${missing:+$missing }libatomic1"
if [ -z "$missing" ]; then exit 0; fi

if install_from_debian "The browser tests need packages that are missing here" "$missing" && chromium_runs && driver_runs; then exit 0; fi
say "The browser tests need packages that could not be installed. On Debian: sudo apt install $missing"
say "(on Ubuntu, chromium-browser instead of chromium; elsewhere, set CHROMIUM=/path/to/chromium)."
if [ -n "${CI:-}" ]; then exit 1; fi
say "Continuing without the browser tests."
