#!/usr/bin/env bash
# ./dev demo [ARGUMENTS OF inflight compare]
# Compares one request, two requests and a queue on a clip; the report is out/compare.html.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

scripts/dev/build.sh
run mkdir -p out
run build/bin/inflight compare --input assets/carphone_pristine.mp4 --model assets/centerface.onnx \
  --json out/compare.json --html out/compare.html --video out/compare.mp4 "$@"
