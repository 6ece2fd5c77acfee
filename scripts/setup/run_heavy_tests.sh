#!/usr/bin/env bash
# Run the tests that need what prepare_heavy.sh installs. What pytest prints last is the last line.
# With HEAVY_STATUS set, write the exit status into the file that it names and end with 0: make would add a line.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

scripts/setup/prepare_heavy.sh
status=$?
if [ "$status" -eq 0 ]; then
    if [ -z "${ANYLABELING_TEST_DATA:-}" ] && [ -d ../shared/data ]; then
        ANYLABELING_TEST_DATA=$(cd ../shared/data && pwd)
        export ANYLABELING_TEST_DATA
    fi
    # Those that need these packages, those that take long, and those that look at every backend there is; make test has
    # run the others.
    mapfile -t files < <(grep -rlE --include='test_*.py' 'mark\.(heavy|long)|backend_registry' tests/unit)
    # make test kills a program six times, which takes ten seconds; here it is killed at fifty moments.
    files+=("tests/end2end/test_nothing_lost.py::test_a_kill_costs_next_to_nothing")
    # shellcheck disable=SC2086 - several options in one variable, as make hands them over
    ANYLABELING_HEAVY=1 ANYLABELING_KILLS=50 .venv-heavy/bin/python -m pytest "${files[@]}" ${PYTEST_ARGS:-}
    status=$?
fi
if [ -n "${HEAVY_STATUS:-}" ]; then
    echo "$status" >"$HEAVY_STATUS"
    exit 0
fi
exit "$status"
