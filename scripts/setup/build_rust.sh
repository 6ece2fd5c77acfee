#!/usr/bin/env bash
# Build the optional Rust module into .venv, where Rust is there and the sources changed since the last time.
# It says in one line what came of it and never fails: without the module everything works, only slower.
#
#   scripts/setup/build_rust.sh [--force]     --force: build in any case
set -uo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
folder=$project/anylabeling/rust_extensions
python=$project/.venv/bin/python
stamp=$project/.venv/anylabeling-rust.stamp
log=$project/.venv/anylabeling-rust.log
needed_minor=87

[ -x "$python" ] || exit 0

inputs=$(
    {
        "$python" -c 'import sys; print(sys.version_info[:2])'
        command -v cargo
        cd "$folder" && find src Cargo.toml pyproject.toml -type f -print0 | LC_ALL=C sort -z | xargs -0 cat
    } | cksum
)
# A failure is remembered for an hour: a network that was away may be back.
if [ "${1:-}" != --force ] && [ -f "$stamp" ] && [ "$(head -n 1 "$stamp")" = "$inputs" ]; then
    if [ "$(tail -n 1 "$stamp")" = built ] || [ -n "$(find "$stamp" -mmin -60)" ]; then
        exit 0
    fi
fi

finish() { # state, sentence
    printf '%s\n%s\n' "$inputs" "$1" >"$stamp"
    echo "$2"
    exit 0
}

if ! command -v cargo >/dev/null 2>&1; then
    finish failed "The optional Rust module is not built: there is no cargo here (rustup.rs has it). All works without."
fi
minor=$(cargo --version | sed -n 's/^cargo 1\.\([0-9]*\)\..*/\1/p')
if [ "${minor:-0}" -lt "$needed_minor" ]; then
    finish failed "The optional Rust module is not built: it needs Rust 1.$needed_minor, here is $(cargo --version). All works without."
fi

build() {
    if ! "$python" -c 'import maturin' >/dev/null 2>&1; then
        "$python" -m pip --disable-pip-version-check install --quiet 'maturin>=1.7,<2' || return 1
    fi
    cd "$folder" || return 1
    VIRTUAL_ENV=$project/.venv PATH=$project/.venv/bin:$PATH CARGO_NET_RETRY=1 \
        timeout 900 "$python" -m maturin develop --release --quiet || return 1
    "$python" -c 'import anylabeling_rust'
}

echo "Building the optional Rust module (a minute the first time)."
if (build) >"$log" 2>&1; then
    finish built "The Rust module is built: folders and pictures load faster."
fi
finish failed "The optional Rust module could not be built (see ${log#"$project"/}). All works without."
