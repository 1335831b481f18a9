#!/bin/sh
# Sees to it that the browser tests find Chromium, and the library that playwright's driver needs: installs them from the
# system's packages where they are missing. Where it cannot, it says what to do; under CI that is a failure, elsewhere the
# tests say at their end what they left out.
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

if install_from_debian "The browser tests need what is missing here" "$missing" && chromium_runs && driver_runs; then exit 0; fi
say "The browser tests need what could not be installed from here. On Debian: sudo apt install $missing"
say "(on Ubuntu, chromium-browser for chromium; elsewhere, CHROMIUM=/path/to/chromium names one)."
if [ -n "${CI:-}" ]; then exit 1; fi
say "Going on without the browser tests."
