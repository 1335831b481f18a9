#!/bin/sh
# Sees to it that the tests find PostgreSQL's programs, and installs them from the system's packages where they are missing;
# the tests start a server of their own from them. Where it cannot, it says what to do; under CI that is a failure,
# elsewhere the tests say at their end what they left out.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

found() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

if found; then exit 0; fi
if install_from_debian "The tests on PostgreSQL need a server's programs" postgresql && found; then exit 0; fi
say "The tests on PostgreSQL need its programs, which could not be installed from here. On Debian and Ubuntu: sudo apt install postgresql"
if [ -n "${CI:-}" ]; then exit 1; fi
say "Going on without the tests on PostgreSQL."
