#!/bin/sh
# Sees to it that the browser tests find Chromium, and the library that playwright's driver needs: installs them from the
# system's packages where they are missing. Where it cannot, it says what to do; under CI that is a failure, elsewhere the
# tests say at their end what they left out.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
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

if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
if command -v apt-get >/dev/null && [ "$as_root" != no ]; then
    say "The browser tests need what is missing here; installing it from the system's packages: $missing"
    log=$(mktemp)
    $as_root apt-get update >"$log" 2>&1 || say "The lists of packages could not be brought up to date; trying with those there are."
    case $(LC_ALL=C apt-cache policy chromium) in # Ubuntu has it under another name
        *"Candidate: (none)"* | "") missing=$(echo "$missing" | sed 's/^chromium /chromium-browser /') ;;
    esac
    if $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >>"$log" 2>&1 &&
        chromium_runs && driver_runs; then
        rm -f "$log"
        exit 0
    fi
    tail -n 15 "$log" >&2
    rm -f "$log"
fi
say "The browser tests need what could not be installed from here. On Debian: sudo apt install $missing"
say "(on Ubuntu, chromium-browser for chromium; elsewhere, CHROMIUM=/path/to/chromium names one)."
if [ -n "${CI:-}" ]; then exit 1; fi
say "Going on without the browser tests."
