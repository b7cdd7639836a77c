#!/usr/bin/env bash
# ./dev build [PRESET]
# Builds everything; the program is build/bin/inflight.
#
# PRESET is one of CMakePresets.json: release (the default, in build/), dev, asan, tsan, coverage (in build/PRESET).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

preset=${1:-release}
scripts/dev/setup.sh

# An OpenVINO of the system's own, if setup found one: named here, so that a build folder that knew another one follows;
# and one that knew it forgets it.
openvino=$(sed -n 2p build/setup/openvino)
if [[ -n $openvino ]]; then known=(-D OpenVINO_DIR="$openvino"); else known=(-U OpenVINO_DIR); fi
run cmake --preset "$preset" "${known[@]}"
run cmake --build --preset "$preset"
