#!/bin/sh
# Makes sure that jobs on Spark find Java and the extra `spark`, installing them if they are missing: Java from the system's
# packages, the extra into .venv. If it cannot, it says what to do; under CI that is a failure, elsewhere the tests name at
# the end what was skipped.
set -eu
cd "$(dirname "$0")/.."
. tools/debian.sh

java_runs() { "${JAVA_HOME:+$JAVA_HOME/bin/}java" -version >/dev/null 2>&1; }
spark_is_there() { .venv/bin/python -c 'import pandas, pyarrow, pyspark' 2>/dev/null; }

if java_runs && spark_is_there; then exit 0; fi
if java_runs || { install_from_debian "Jobs on Spark need Java" default-jre-headless && java_runs; }; then
    if spark_is_there; then exit 0; fi
    say "Installing Apache Spark, 750 MB in .venv: this happens once ..."
    # pyspark is a source archive; setuptools builds it here, pinned, without an isolated environment.
    install() { .venv/bin/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt "$@"; }
    # Its wheel is thrown away once it is unpacked: packing it takes as long as all the rest.
    if install setuptools && install pyarrow pandas && install --no-build-isolation --use-pep517 \
        --config-settings=--build-option=--compression=stored pyspark && spark_is_there; then exit 0; fi
    say "Apache Spark could not be installed; see above for the reason."
else
    say "Jobs on Spark need Java, which could not be installed. On Debian and Ubuntu: sudo apt install default-jre-headless"
fi
if [ -n "${CI:-}" ]; then exit 1; fi
say "Continuing without the tests of jobs on Spark."
