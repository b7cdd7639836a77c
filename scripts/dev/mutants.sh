#!/usr/bin/env bash
# ./dev mutants [NAME]...
# Breaks the request queue on purpose, again and again, and sees its tests notice.
#
# NAME is a mutant or a table of tests/infer/mutants/tables, such as order; without one all of them run, which takes
# a good while. A mutant that survives is a part of the contract that no test watches.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

scripts/dev/setup.sh
openvino=$(sed -n 2p build/setup/openvino)
run cmake --preset release ${openvino:+-DOpenVINO_DIR="$openvino"}
run cmake --build --preset release --target test_queue test_infer
run python3 -B tests/infer/mutants/run.py build "$@"
