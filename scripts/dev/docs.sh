#!/usr/bin/env bash
# ./dev docs
# Makes the API reference, build/docs/html/index.html; what lacks a word in a public header is an error.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

scripts/dev/setup.sh
INFLIGHT_VERSION=$(sed -n 's/^project(inflight VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
[[ -n $INFLIGHT_VERSION ]] || die "./dev docs: no version in CMakeLists.txt; give it as project(inflight VERSION 1.2.3)"
export INFLIGHT_VERSION
mkdir -p build/docs
rm -rf build/docs/html  # pages of what is gone
run doxygen docs/Doxyfile
echo "build/docs/html/index.html"
