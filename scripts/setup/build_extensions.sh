#!/usr/bin/env bash
# Build the optional Cython modules next to their sources, where a C compiler is there and the sources changed since the
# last time. It says in one line what came of it and never fails: without the modules everything works, only slower.
#
#   scripts/setup/build_extensions.sh [--force]     --force: build in any case
set -uo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
folder=$project/anylabeling/extensions
python=$project/.venv/bin/python
stamp=$project/.venv/anylabeling-extensions.stamp
log=$project/.venv/anylabeling-extensions.log

[ -x "$python" ] || exit 0

inputs=$(
    {
        "$python" -c 'import sys; print(sys.version_info[:2])'
        command -v "${CC:-cc}" gcc
        cd "$folder" && find . -maxdepth 1 -type f ! -name '*.so' ! -name '*.md' -print0 | LC_ALL=C sort -z | xargs -0 cat
    } | cksum
)
built=("$folder"/*.so)
# A failure is remembered for an hour: a network that was away may be back, or a compiler be there.
if [ "${1:-}" != --force ] && [ -f "$stamp" ] && [ "$(head -n 1 "$stamp")" = "$inputs" ]; then
    if [ "$(tail -n 1 "$stamp")" = built ] && [ -e "${built[0]}" ]; then
        exit 0
    fi
    if [ "$(tail -n 1 "$stamp")" = failed ] && [ -n "$(find "$stamp" -mmin -60)" ]; then
        exit 0
    fi
fi

finish() { # state, sentence
    printf '%s\n%s\n' "$inputs" "$1" >"$stamp"
    echo "$2"
    exit 0
}

not_built="The optional Cython modules are not built:"
if ! command -v "${CC:-cc}" >/dev/null 2>&1 && ! command -v gcc >/dev/null 2>&1; then
    finish failed "$not_built there is no C compiler (on Debian and Ubuntu: apt-get install gcc). All works without."
fi
header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h
if [ ! -f "$header" ]; then
    finish failed "$not_built Python's C headers are missing (on Debian and Ubuntu: apt-get install python3-dev). All works without."
fi

build() {
    if ! "$python" -c 'import Cython, setuptools' >/dev/null 2>&1; then
        "$python" -m pip --disable-pip-version-check --retries 1 install --quiet 'cython>=3.0.11,<4' 'setuptools>=64' ||
            return 1
    fi
    timeout 900 "$python" "$folder/setup_extensions.py" build_ext --inplace || return 1
    "$python" -c 'import sys; from anylabeling.extensions import extensions_available; sys.exit(not extensions_available())'
}

echo "Building the optional Cython modules (half a minute the first time)."
if (cd "$project" && build) >"$log" 2>&1; then
    finish built "The Cython modules are built: boxes, outlines and names are computed faster."
fi
finish failed "The optional Cython modules could not be built (see ${log#"$project"/}). All works without."
