#!/bin/sh
# Makes sure that the tests find PostgreSQL's programs, from which they start a server of their own, installing them from the
# system's packages if they are missing. If it cannot, it says what to do; under CI that is a failure, elsewhere the tests
# name at the end what was skipped.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

has_postgresql() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

if has_postgresql; then exit 0; fi
if install_from_debian "The tests on PostgreSQL need a server's programs" postgresql && has_postgresql; then exit 0; fi
say "The tests on PostgreSQL need its programs, which could not be installed. On Debian and Ubuntu: sudo apt install postgresql"
if [ -n "${CI:-}" ]; then exit 1; fi
say "Continuing without the tests on PostgreSQL."
