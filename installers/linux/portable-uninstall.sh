#!/bin/sh
# Removes the program that install.sh put here, and asks whether what was kept goes too:  ./uninstall.sh
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$data/selfcare-program

if [ -x "$place/selfcare/selfcare" ]; then
  echo "The program goes. What it kept may stay for a later installation."
  "$place/selfcare/selfcare" remove-data || [ $? = 1 ] || exit 1
fi
rm -rf "$place"
if [ -L "$HOME/.local/bin/selfcare" ]; then rm -f "$HOME/.local/bin/selfcare"; fi
rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/io.github.selfcare.desktop"
rm -f "$data/applications/io.github.selfcare.desktop" "$data/icons/hicolor/scalable/apps/io.github.selfcare.svg" "$data/man/man1/selfcare.1.gz"
echo "Selfcare was removed."
