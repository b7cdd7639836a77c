#!/usr/bin/env bash
# ./dev live [ARGUMENTS OF inflight demo]
# Starts the live demonstration on the default clip: a window where there is a display, else a web page.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

scripts/dev/build.sh
run build/bin/inflight demo --input assets/carphone_pristine.mp4 --model assets/centerface.onnx "$@"
