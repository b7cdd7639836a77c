#!/usr/bin/env bash
# ./dev soak demo [MINUTES]
# Runs the live demonstration for a long time (30 minutes), going round the ways, and fails when its memory grows.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[[ ${1-} == demo ]] || usage_error "./dev soak: what? there is: demo"
scripts/dev/build.sh
run .venv/bin/python bench/soak_demo.py --minutes "${2:-30}"
