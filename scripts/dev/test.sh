#!/usr/bin/env bash
# ./dev test [PRESET] [CTEST ARGUMENTS]
# Builds, then runs the tests; without a preset: release.
#
#   ./dev test                    every test
#   ./dev test -R VideoReader     those whose name matches
#   ./dev test -LE slow           without those labelled slow
#   ./dev test asan               under the address and undefined-behaviour sanitizers
#   ./dev test tsan               those that mean something under the thread sanitizer
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

preset=release
if [[ ${1:-} == [a-z]* ]]; then
  preset=$1
  shift
fi
scripts/dev/build.sh "$preset"
run ctest --preset "$preset" --no-tests=error --parallel "$(nproc)" "$@"
