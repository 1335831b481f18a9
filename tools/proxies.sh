#!/bin/sh
# Makes sure that the tests find nginx and Caddy, which they start on the files in docs/deployment, installing them from the
# system's packages if they are missing. If it cannot, it says what to do; under CI that is a failure, elsewhere the tests
# name at the end what was skipped.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

has_proxies() { command -v nginx >/dev/null && command -v caddy >/dev/null && command -v openssl >/dev/null; }

if has_proxies; then exit 0; fi
if install_from_debian "The tests of the proxies' files need them" "nginx-light caddy openssl" && has_proxies; then exit 0; fi
say "The tests of the proxies' files need nginx and Caddy, which could not be installed. On Debian and Ubuntu: sudo apt install nginx caddy"
if [ -n "${CI:-}" ]; then exit 1; fi
say "Continuing without the tests through nginx and Caddy."
