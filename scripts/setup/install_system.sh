#!/usr/bin/env bash
# Install the system packages that AnyLabeling needs on Debian and Ubuntu: what Qt and OpenCV load, python3-venv, a font.
# What already loads is left alone; nothing is asked of apt then, and nothing is printed.
#
#   scripts/setup/install_system.sh [--tests]     --tests: also Xvfb, which the tests of the window use
#
# PYTHON names the interpreter to use (default: python3).
set -euo pipefail

here=$(dirname "$0")
python=${PYTHON:-python3}
export LC_ALL=C.UTF-8

if ! command -v "$python" >/dev/null 2>&1; then
    echo "AnyLabeling needs Python 3.10 or newer, and there is no $python. Install it: apt-get install python3" >&2
    exit 1
fi

# The packages of this machine's Python where it is not the distribution's default: python3.12-venv, not python3-venv.
venv_package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')

probe() {
    "$python" "$here/probe_system.py" "$@"
}

is_offered() {
    [[ $(apt-cache policy "$1" 2>/dev/null) == *"Candidate: "[^\(]* ]]
}

# Libraries were renamed in the move to 64-bit time (libglib2.0-0 became libglib2.0-0t64): take the name that apt offers.
resolve() {
    local name
    for name in "$1" "$1t64"; do
        if is_offered "$name"; then
            echo "$name"
            return
        fi
    done
    echo "$1"
}

package_names() {
    local what packages package
    while IFS=$'\t' read -r what packages; do
        for package in $packages; do
            if [ "$package" = python3-venv ] && is_offered "$venv_package"; then
                package=$venv_package
            fi
            resolve "$package"
        done
    done <<<"$1" | sort -u | tr '\n' ' '
}

needs=$(probe "$@")
if [ -z "$needs" ]; then
    exit 0
fi
whats=$(cut -f1 <<<"$needs" | paste -sd ',' | sed 's/,/, /g')

if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "This system lacks: $whats." >&2
    echo "There is no apt-get here, so please install them yourself. In Debian the packages are called:" >&2
    echo "  $(cut -f2 <<<"$needs" | tr ' ' '\n' | sort -u | tr '\n' ' ')" >&2
    exit 1
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "This system lacks: $whats." >&2
        echo "Installing them needs root, and there is no sudo here. As root, run:" >&2
        echo "  apt-get update && apt-get install -y --no-install-recommends $(package_names "$needs")" >&2
        exit 1
    fi
    as_root=(sudo)
    [ -t 0 ] || as_root=(sudo -n) # nobody is there to type a password
fi

echo "This system lacks: $whats."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() {
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "apt-get $1 failed (above). Once that is mended, as root:" >&2
        echo "  apt-get update && apt-get install -y --no-install-recommends $(package_names "$needs")" >&2
        exit 1
    fi
}

apt update
packages=$(package_names "$needs")
echo "Installing system packages: $packages"
# shellcheck disable=SC2086 # one word each
apt install -y --no-install-recommends $packages

left=$(probe "$@")
if [ -n "$left" ]; then
    echo "Still missing after the installation: $(cut -f1 <<<"$left" | paste -sd ',' | sed 's/,/, /g')." >&2
    exit 1
fi
