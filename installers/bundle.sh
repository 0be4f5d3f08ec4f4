#!/bin/sh
# Builds the folder that runs without Python, in build/bundle/selfcare, and lets it try itself:
# outside the virtual environment, with an empty environment and a new home.
#   installers/bundle.sh [--no-build]
set -eu
cd "$(dirname "$0")/.."
bundle=$PWD/build/bundle/selfcare

say() { printf 'bundle: %s\n' "$*" >&2; }

if [ "${1:-}" != --no-build ]; then
  say "building (about a minute)"
  mkdir -p build
  PYTHONHASHSEED=1 .venv/bin/python -m PyInstaller --noconfirm --log-level WARN \
    --distpath build/bundle --workpath build/bundle-work installers/selfcare.spec >build/bundle.log 2>&1 ||
    { tail -n 40 build/bundle.log >&2; exit 1; }
fi

# What must not be inside, and how large the whole may be
unwanted=$(find "$bundle" \( -name 'libQt6Quick*' -o -name 'libQt6Qml*' -o -name '*VirtualKeyboard*' -o -name '*virtualkeyboard*' \
  -o -name 'libqgtk*' -o -name 'PIL' -o -name 'rich' -o -name 'pygments' \
  -o -path '*locale-data/de.dat' -o -path '*phonenumbers/geodata*' \) -print)
if [ -n "$unwanted" ]; then
  say "this should have been left out:"
  printf '%s\n' "$unwanted" >&2
  exit 1
fi
size=$(du -sm "$bundle" | cut -f1)
say "$size MiB in $(find "$bundle" -type f | wc -l | tr -d ' ') files"
[ "$size" -le 280 ] || { say "larger than the 280 MiB allowed"; exit 1; }

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT INT TERM
run() {
  (cd / && env -i PATH=/usr/bin:/bin LANG=C.UTF-8 HOME="$home" SELFCARE_HOME="$home/selfcare" QT_QPA_PLATFORM=offscreen "$@")
}
run "$bundle/selfcare" --version
run "$bundle/selfcare" self-test

# The self-test needs no window; this does: it must still be open, without an error in its log, when the time is over
command -v timeout >/dev/null 2>&1 || exit 0
status=0
run timeout 15 "$bundle/selfcare" demo || status=$?
if [ "$status" != 124 ] || grep -E ' (ERROR|CRITICAL) ' "$home/selfcare/log/selfcare.log" >&2; then
  say "its window did not stay open (status $status)"
  exit 1
fi
say "its window opened and stayed open"
