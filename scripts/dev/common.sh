# shellcheck shell=bash
# Shared by the verbs of ./dev, which source it from their own folder.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

# run COMMAND...: shows the command, then runs it.
run() {
  { printf '+'; printf ' %q' "$@"; printf '\n'; } >&2
  "$@"
}

# usage_error MESSAGE: one line to stderr, then exit 2.
usage_error() {
  echo "$1" >&2
  exit 2
}

# die MESSAGE...: one line per argument to stderr, then exit 1.
die() {
  printf '%s\n' "$@" >&2
  exit 1
}
