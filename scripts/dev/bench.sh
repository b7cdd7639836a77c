#!/usr/bin/env bash
# ./dev bench [NAME] [ARGUMENTS]
# Builds and runs one benchmark; without a name: lists them.
#
# NAME is a program of bench/CMakeLists.txt (bench_NAME) or an executable script bench/NAME.py, the others being parts of
# these; dashes may stand for underscores.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

names() {
  { grep -o 'bench_[a-z0-9_]*' bench/CMakeLists.txt | sed 's/^bench_//'
    find bench -maxdepth 1 -name '*.py' -perm -u=x -printf '%f\n' | sed 's/\.py$//'; } | sort -u
}

if [[ $# -eq 0 ]]; then
  echo "benchmarks:"
  names | sed 's/^/  /'
  exit
fi

name=${1//-/_}
shift
names | grep -qx "$name" || usage_error "./dev bench: there is no '$name'; './dev bench' lists them"
scripts/dev/build.sh
if [[ -f bench/$name.py ]]; then
  run .venv/bin/python "bench/$name.py" "$@"
else
  run "build/bin/bench_$name" "$@"
fi
