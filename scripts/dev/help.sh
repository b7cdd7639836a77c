#!/usr/bin/env bash
# ./dev help [VERB]
# Lists the verbs, or tells all about one.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# help_of VERB: the comment at the head of its file, without the leading "# ".
help_of() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "scripts/dev/$1.sh"; }

if [[ $# -gt 0 ]]; then
  [[ $1 != common && -f scripts/dev/$1.sh ]] || usage_error "./dev help: there is no verb '$1'; './dev help' lists them"
  help_of "$1"
  exit
fi

echo "usage: ./dev VERB [ARGUMENTS]    (./dev help VERB tells more)"
echo
for verb in setup build test mutants check docs bench demo live soak format help; do
  printf '  %-7s %s\n' "$verb" "$(help_of "$verb" | sed -n 2p)"
done
