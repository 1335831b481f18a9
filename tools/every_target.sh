#!/bin/sh
# Runs each make target but `test` once on a fresh clone of the last commit, the long ones with small parameters, and
# names those that fail. With arguments, only these targets: tools/every_target.sh package fuzz
set -u
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git clone --quiet . "$scratch/clone" || exit 1
cd "$scratch/clone" || exit 1

targets=$(sed -n 's/^\.PHONY: //p' Makefile)
failed=

# serves SECONDS: start `make run`, wait so long for its answer, stop it.
serves() {
    make run PORT=0 >"$scratch/run.log" 2>&1 &
    server=$!
    for _ in $(seq "$1"); do
        address=$(grep -o 'http://[^ ]*:[0-9]*' "$scratch/run.log" | head -n 1)
        if [ -n "$address" ] && .venv/bin/python -c "import urllib.request; urllib.request.urlopen('$address/health')" 2>/dev/null; then
            answered=yes
            break
        fi
        kill -0 "$server" 2>/dev/null || break
        sleep 1
    done
    # make runs the server as a child process, which ends make when it ends.
    pkill -TERM -P "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    [ "${answered:-}" = yes ] || { cat "$scratch/run.log"; return 1; }
}

run_target() {
    case $1 in
        run) serves 600 ;; # seconds: it sets up .venv first
        attack) make attack MINUTES=0.5 ;;
        api-check) make api-check CALLS=300 ;;
        fuzz) make fuzz PAIRS=500 ;;
        bench-archive) make bench-archive ARTICLES=1000 KEEP="$scratch/archive" ;;
        bench-library) make bench-library ARTICLES=500 KEEP="$scratch/library" ;;
        *) make "$1" ;;
    esac
}

for target in ${*:-$targets}; do
    case $target in test | every-target) continue ;; esac
    started=$(date +%s)
    if run_target "$target" >"$scratch/$target.log" 2>&1; then outcome=ok; else outcome=FAILED; fi
    printf '%-14s %-6s %5d s\n' "$target" "$outcome" $(($(date +%s) - started))
    if [ "$outcome" = FAILED ]; then
        tail -n 15 "$scratch/$target.log" | sed 's/^/    /'
        failed="$failed $target"
    fi
done
if [ -n "$failed" ]; then
    echo "These failed:$failed" >&2
    exit 1
fi
echo "Every target works."
