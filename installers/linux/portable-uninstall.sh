#!/bin/sh
# Removes the program that install.sh put here, and asks whether what was kept goes too:  ./uninstall.sh
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$data/selfcare-program

# In English, or in French where the system speaks it
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  fr*) say() { printf '%s\n' "$2"; } ;;
  *) say() { printf '%s\n' "$1"; } ;;
esac

if [ -x "$place/selfcare/selfcare" ]; then
  say "The program goes. What it kept may stay for a later installation." \
    "Le programme s’en va. Ce qu’il conserve peut rester pour une prochaine installation."
  "$place/selfcare/selfcare" remove-data || [ $? = 1 ] || exit 1
fi
rm -rf "$place"
if [ -L "$HOME/.local/bin/selfcare" ]; then rm -f "$HOME/.local/bin/selfcare"; fi
rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/io.github.selfcare.desktop"
rm -f "$data/applications/io.github.selfcare.desktop" "$data/icons/hicolor/scalable/apps/io.github.selfcare.svg" \
  "$data/mime/packages/io.github.selfcare.xml" "$data/man/man1/selfcare.1.gz" "$data/man/fr/man1/selfcare.1.gz" "$data/bash-completion/completions/selfcare"
if command -v update-mime-database >/dev/null 2>&1 && [ -d "$data/mime/packages" ]; then
  update-mime-database "$data/mime" >/dev/null 2>&1 || true
fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$data/applications" || true; fi
say "Selfcare was removed." "Selfcare a été supprimé."
