#!/usr/bin/env bash
# Make .venv-heavy with PyTorch, Ultralytics and TensorRT for RTX beside .venv, or say why that cannot be done.
# Exit status: 0 it is there, 75 it cannot be installed here (pytest has the small numbers).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly VENV=.venv-heavy NEEDED_GB=9
readonly STAMP="$VENV/anylabeling-heavy"

give_up() {
    echo "The heavy tests cannot run here: $1" >&2
    exit 75
}

wanted=$(cat pyproject.toml "${BASH_SOURCE[0]}" | cksum)
if [ -x "$VENV/bin/python" ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi
if [ ! -x "$VENV/bin/python" ]; then
    free_gb=$(($(df -Pk . | awk 'NR == 2 { print $4 }') / 1048576))
    [ "$free_gb" -ge "$NEEDED_GB" ] || give_up "there are $free_gb GB of disk free, and they take $NEEDED_GB."
fi
echo "Installing PyTorch, Ultralytics and TensorRT for RTX in $VENV (7 GB, some minutes the first time)."
made_here=""
[ -e "$VENV" ] || made_here=yes
if ! { "${PYTHON:-python3}" -m venv "$VENV" &&
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --upgrade "pip>=25.1" &&
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check \
        --editable ".[cpu,openvino,ultralytics,tensorrt-rtx]" --group dev; } </dev/null; then
    # Half of it takes gigabytes as well.
    [ -z "$made_here" ] || rm -rf "$VENV"
    give_up "their packages could not be installed (above)."
fi
printf '%s\n' "$wanted" >"$STAMP"
