#!/usr/bin/env bash
# ./dev build [PRESET]
# Builds everything; the program is build/bin/inflight.
#
# PRESET is one of CMakePresets.json: release (the default, in build/), dev, asan, tsan, coverage (in build/PRESET).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

preset=${1:-release}
scripts/dev/setup.sh

# An OpenVINO of the system's own, if setup found one: named here, so that a build folder that knew another one follows.
openvino=$(sed -n 2p build/setup/openvino)
run cmake --preset "$preset" ${openvino:+-DOpenVINO_DIR="$openvino"}
run cmake --build --preset "$preset"
