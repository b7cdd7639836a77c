#!/usr/bin/env bash
# ./dev setup
# Installs what is missing: Debian packages, .venv, OpenVINO, the model and the clips.
#
# Every other verb starts with it. It asks nothing, and once done it needs no network. Killed half-way, it mends itself
# on the next call. OpenVINO comes from PyPI into .venv, unless CMake finds one (set OpenVINO_DIR to point to yours).
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# One setup at a time. Children inherit the lock: what a killed setup left at work is waited for, not disturbed.
lock() {
  mkdir -p build/setup
  exec 9>build/setup/lock
  flock --nonblock 9 && return
  echo "setup: another one is at work; waiting for it" >&2
  flock 9
}

as_root() {
  if ((EUID == 0)); then run "$@"; else run sudo "$@"; fi
}

debian_packages() {
  local wanted missing
  mapfile -t wanted < <(sed 's/ *#.*//; /^$/d' packages.txt)
  mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
    <(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "${wanted[@]}" 2>/dev/null | sed -n 's/^.i //p' | sort))
  [[ ${#missing[@]} -gt 0 ]] || return 0

  ((EUID == 0)) || command -v sudo >/dev/null ||
    die "setup: not root and no sudo; as root: apt-get install ${missing[*]}"
  local apt_get=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 -o DPkg::Use-Pty=0)
  local install=("${apt_get[@]}" install --fix-broken --no-install-recommends "${missing[@]}")
  as_root "${apt_get[@]}" update
  as_root "${install[@]}" && return
  # An installation that was killed: finish what dpkg has begun, then once more.
  as_root env DEBIAN_FRONTEND=noninteractive dpkg --configure -a || true
  as_root "${install[@]}"
}

# Other systems: say what is missing; their package managers are not this script's business.
other_packages() {
  local tool module missing=()
  for tool in g++ cmake ninja pkg-config python3; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  for module in libavformat libavcodec libavutil libswscale cairo libturbojpeg sdl2 libavdevice; do
    pkg-config --exists "$module" 2>/dev/null || missing+=("$module (pkg-config)")
  done
  [[ ${#missing[@]} -eq 0 ]] || die "setup: this is no Debian; please install what these packages of Debian hold:" \
    "$(sed '/^#/d' packages.txt)" "missing at least: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')"
}

# key_of FILE: changes with the file, with Python, and with the folder, which the scripts in .venv/bin name.
key_of() { { cat "$1"; "$python" -V; pwd; } | sha256sum; }

# is_done STAMP FILE: the stamp was written for this very file. It is written last, so half a job has none.
is_done() { [[ -f $1 && $(<"$1") == "$(key_of "$2")" ]]; }

pip_install() {
  run .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: \
    --require-hashes --ignore-installed -r "$1"
}

# .venv is made in place, not renamed: its scripts hold its path.
tools() {
  is_done .venv/.tools requirements.txt && return
  rm -f .venv/.tools .venv/.openvino
  run "$python" -m venv --clear .venv
  pip_install requirements.txt
  key_of requirements.txt >.venv/.tools
}

# build/setup/openvino: what was asked, and in line 2 the folder of the OpenVINO that CMake finds, or nothing.
probe_openvino() {
  local question answer
  question="${OpenVINO_DIR:-}|${OpenVINO_ROOT:-}|${CMAKE_PREFIX_PATH:-}|$(sha256sum <cmake/probe/CMakeLists.txt)"
  if [[ $(sed -n 1p build/setup/openvino 2>/dev/null) == "$question" ]]; then
    answer=$(sed -n 2p build/setup/openvino)
    [[ -z $answer || -f $answer/OpenVINOConfig.cmake ]] && return
  fi
  run cmake --fresh -S cmake/probe -B build/setup/probe -G Ninja >build/setup/probe.log
  answer=$(<build/setup/probe/answer)
  [[ $answer != "$PWD/.venv/"* ]] || answer=
  printf '%s\n%s\n' "$question" "$answer" >build/setup/openvino.new
  mv build/setup/openvino.new build/setup/openvino
}

openvino() {
  probe_openvino
  [[ -z $(sed -n 2p build/setup/openvino) ]] || return 0
  is_done .venv/.openvino requirements-openvino.txt && return
  rm -f .venv/.openvino
  pip_install requirements-openvino.txt
  key_of requirements-openvino.txt >.venv/.openvino
}

lock
if command -v apt-get >/dev/null; then debian_packages; else other_packages; fi
python=/usr/bin/python3
[[ -x $python ]] || python=python3
tools
openvino
.venv/bin/python scripts/assets.py
echo "setup: everything is in place" >&2
