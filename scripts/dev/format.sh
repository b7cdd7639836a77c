#!/usr/bin/env bash
# ./dev format
# Formats the C++ files in place.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

scripts/dev/setup.sh
mapfile -t files < <(find include src tests bench examples -name '*.?pp')
run .venv/bin/clang-format -i "${files[@]}"
