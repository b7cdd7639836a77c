#!/usr/bin/env bash
# ./dev check [--tidy]
# Checks what a compiler doesn't: format, layers, sizes, shell scripts, documents, the API reference.
#
# Every check runs, also after one failed; './dev format' mends the format. --tidy adds clang-tidy, which takes minutes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

tidy=no
case ${1:-} in
  '') ;;
  --tidy) tidy=yes ;;
  *) usage_error "./dev check: unknown argument '$1'; it takes --tidy or nothing" ;;
esac
scripts/dev/setup.sh

failed=0
# check NAME COMMANDLINE: one line with the result; what the command printed only if it failed.
check() {
  local output status=0
  echo "+ $2" >&2
  output=$(bash -o pipefail -c "$2" 2>&1) || status=$?
  if ((status == 0)); then
    echo "$1: ok${output:+ (${output##*$'\n'})}"
  else
    head -n 40 <<<"$output"  # enough to begin with; the command above tells the rest
    echo "$1: FAILED"
    failed=1
  fi
}

cpp="find include src tests bench examples -name '*.?pp'"
check format "$cpp | xargs -r .venv/bin/clang-format --dry-run -Werror"
check layers "python3 scripts/check_layers.py"
check sizes "python3 scripts/check_sizes.py"
check shell "find dev .ci/run scripts -maxdepth 2 -type f ! -name '*.*' -o -name '*.sh' | xargs shellcheck"
check documents "python3 scripts/check_readme.py"
check snippets "python3 scripts/check_snippets.py"
check reference "scripts/dev/docs.sh"
if [[ $tidy == yes ]]; then
  run cmake --preset release >/dev/null
  check tidy "find src bench examples -name '*.cpp' | xargs -r -n 1 -P $(nproc) .venv/bin/clang-tidy -p build --quiet \
    --extra-arg=-Wno-unknown-warning-option"
else
  echo "tidy: skipped ('./dev check --tidy' runs it)"
fi
exit "$failed"
