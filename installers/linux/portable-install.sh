#!/bin/sh
# Puts the program of this folder among this person's programs, without root:  ./install.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$data/selfcare-program

[ "$(df -Pk "$HOME" | awk 'NR==2 {print $4}')" -ge 400000 ] || { echo "There is no space: 400 MB are needed in $HOME." >&2; exit 1; }
rm -rf "$place.new"
mkdir -p "$place.new" "$HOME/.local/bin" "$data/applications" "$data/icons/hicolor/scalable/apps" "$data/man/man1"
cp -R "$here/." "$place.new"
if ! "$place.new/selfcare/selfcare" --version >/dev/null; then
  rm -rf "$place.new"
  echo "The program does not start here; a system library is missing (see the lines above). Nothing was changed." >&2
  exit 1
fi
rm -rf "$place.old"
if [ -d "$place" ]; then mv "$place" "$place.old"; fi
mv "$place.new" "$place"
rm -rf "$place.old"
ln -sf "$place/selfcare/selfcare" "$HOME/.local/bin/selfcare"
cp "$place/share/io.github.selfcare.svg" "$data/icons/hicolor/scalable/apps/"
cp "$place/share/selfcare.1.gz" "$data/man/man1/"
# In a desktop entry a quoted name escapes " ` $ and \ ; the whole value escapes \ once more
name=$(printf '%s' "$place/selfcare/selfcare" | sed 's/[\\"`$]/\\\\&/g')
sed -e "s|^Exec=selfcare|Exec=\"$(printf '%s' "$name" | sed 's/[&|\\]/\\&/g')\"|" -e '/^TryExec=/d' \
  "$place/share/io.github.selfcare.desktop" >"$data/applications/io.github.selfcare.desktop"
echo "Installed in $place. To remove it: $place/uninstall.sh"
