#!/bin/sh
# Sees to it that the browser tests find Chromium: installs it from the system's packages where it is missing.
# Where it cannot, it says what to do; under CI that is a failure, elsewhere the tests say at their end what they left out.
set -eu

say() { printf '%s\n' "$*" >&2; }
found() {
    for name in "${CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do
        if "$name" --version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}
if found; then exit 0; fi

if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
if command -v apt-get >/dev/null && [ "$as_root" != no ]; then
    say "Chromium is missing; the browser tests need it. Installing it from the system's packages ..."
    log=$(mktemp)
    if $as_root apt-get update >"$log" 2>&1 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core >>"$log" 2>&1 &&
        found; then
        rm -f "$log"
        exit 0
    fi
    tail -n 15 "$log" >&2
    rm -f "$log"
fi
say "Chromium is missing and could not be installed from here. On Debian: sudo apt install chromium"
say "(on Ubuntu: sudo apt install chromium-browser; elsewhere, CHROMIUM=/path/to/chromium names it)."
if [ -n "${CI:-}" ]; then exit 1; fi
say "Going on without the browser tests."
