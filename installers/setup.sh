#!/bin/sh
# Makes .venv from the hash-pinned lock and sees that Qt's system libraries are there.
#   installers/setup.sh [run|test]
#     run    what the window needs (default)
#     test   also Xvfb, the key ring and the desktop bus the tests drive
set -eu
cd "$(dirname "$0")/.."
want=${1:-run}

say() { printf 'setup: %s\n' "$*" >&2; }

if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root="none"; fi

apt_missing() { # prints those of its arguments that Debian has not installed
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || printf '%s ' "$package"
  done
}

if command -v apt-get >/dev/null 2>&1 && [ -r /etc/debian_version ]; then
  packages="libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libgssapi-krb5-2
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
    fonts-dejavu-core ca-certificates"
  if [ "$want" = test ]; then packages="$packages xvfb xauth dbus gnome-keyring binutils"; fi
  if ! python3 -c 'import ensurepip' 2>/dev/null; then packages="$packages python3-venv"; fi
  if [ "$want" = test ] && [ "$(command -v python3)" = /usr/bin/python3 ]; then # the bundle takes Python along
    packages="$packages $(python3 -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')"
  fi
  # shellcheck disable=SC2086
  missing=$(apt_missing $packages)
  if [ -n "$missing" ]; then
    command_line="apt-get install -y --no-install-recommends $missing"
    if [ "$as_root" = none ]; then
      say "some system libraries are missing; please type once:  sudo $command_line"
      exit 1
    fi
    say "installing $missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive $command_line >/dev/null
  fi
fi

python=""
for candidate in python3.11 python3.12 python3.13 python3; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  say "Python 3.11 or newer is needed"
  exit 1
fi

stamp=.venv/.lock-digest
digest=$("$python" - <<'PY'
import hashlib, pathlib
names = ["requirements/uv.lock", "requirements/dev.lock", "pyproject.toml"]
print(hashlib.sha256(b"".join(pathlib.Path(n).read_bytes() for n in names)).hexdigest())
PY
)
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$digest" ]; then exit 0; fi

say "making .venv (a few minutes the first time)"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.lock
UV_PYTHON="$PWD/.venv/bin/python" .venv/bin/python -m uv pip sync -q --require-hashes requirements/dev.lock requirements/uv.lock
UV_PYTHON="$PWD/.venv/bin/python" .venv/bin/python -m uv pip install -q --no-deps --no-build-isolation -e .
printf '%s' "$digest" >"$stamp"
