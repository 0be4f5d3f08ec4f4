#!/bin/sh
# Compiles the Windows setup from a bundle that was built on Windows, in build/packages.
#   installers/windows/setup_exe.sh [folder of the bundle]
# With --try it compiles the script around a folder of two words, to see that the script is right: not for anybody's use.
set -eu
cd "$(dirname "$0")/../.."
bundle=${1:-build/bundle/selfcare}
python=.venv/bin/python
[ -x "$python" ] || python=.venv/Scripts/python

version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' src/selfcare/__init__.py)
out=build/packages/selfcare-$version-windows-setup.exe
if [ "$bundle" = --try ]; then
  bundle=build/parts/try
  out=build/parts/try-setup.exe
  mkdir -p "$bundle"
  echo "not a program" >"$bundle/selfcare.exe"
elif [ ! -f "$bundle/selfcare.exe" ]; then
  echo "setup_exe: $bundle holds no selfcare.exe; the bundle must be built on Windows" >&2
  exit 1
fi
mkdir -p build/packages build/parts
[ -f build/parts/icons/selfcare.ico ] || "$python" installers/pictures.py build/parts/icons
case $(uname -s) in MINGW* | MSYS* | CYGWIN*) slash='\'; path() { cygpath -w "$PWD/$1"; } ;; *) slash=/; path() { echo "$PWD/$1"; } ;; esac
sign=
if [ -n "${SELFCARE_CERTIFICATE_SHA1:-}" ] && [ "$slash" != / ]; then
  sign="-DSIGN_UNINSTALLER=powershell -ExecutionPolicy Bypass -File \"$(path installers/windows/sign.ps1)\""
fi
# shellcheck disable=SC1003
MSYS2_ARG_CONV_EXCL='*' makensis -V2 -WX "-DVERSION=$version" "-DBUNDLE=$(path "$bundle")" "-DSEPARATOR=$slash" \
  "-DOUT=$(path "$out")" "-DICON=$(path build/parts/icons/selfcare.ico)" "-DLICENCE=$(path LICENSE)" ${sign:+"$sign"} installers/windows/selfcare.nsi
if [ -n "$sign" ]; then powershell -ExecutionPolicy Bypass -File installers/windows/sign.ps1 "$out"; fi
echo "$out"
