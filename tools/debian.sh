# Shared by the scripts here: installs a missing program from the system's packages. Sourced, not run.

say() { printf '%s\n' "$*" >&2; }

# install_from_debian REASON PACKAGES: succeed if the packages could be installed, else print the end of apt's output.
install_from_debian() {
    if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else return 1; fi
    if ! command -v apt-get >/dev/null; then return 1; fi
    say "$1; installing it from the system's packages: $2"
    log=$(mktemp)
    $as_root apt-get update >"$log" 2>&1 || say "The package lists could not be updated; trying with the present ones."
    wanted=$2
    case $(LC_ALL=C apt-cache policy chromium) in # Ubuntu calls it chromium-browser
        *"Candidate: (none)"* | "") wanted=$(echo "$wanted" | sed 's/^chromium /chromium-browser /') ;;
    esac
    # shellcheck disable=SC2086 # a list of packages, to be split
    if $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted >>"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 15 "$log" >&2
    rm -f "$log"
    return 1
}
