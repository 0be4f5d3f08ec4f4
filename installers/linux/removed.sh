#!/bin/sh
# After removing. What people keep in their own homes is theirs: it is named here, never touched.
# (deb says remove or purge, rpm the number of versions that stay: 0.)
set -e

# In English, or in French where the system speaks it
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  fr*) say() { printf '%s\n' "$2"; } ;;
  *) say() { printf '%s\n' "$1"; } ;;
esac

case "${1:-}" in
  remove | 0)
    say "Selfcare: what each person kept stays, encrypted, in their ~/.local/share/selfcare and ~/.config/selfcare." \
      "Selfcare : ce que chacun a gardé reste, chiffré, dans son ~/.local/share/selfcare et son ~/.config/selfcare."
    say "To remove it too, each person runs 'selfcare remove-data' before the program goes, or deletes these folders." \
      "Pour l’effacer aussi, chacun lance « selfcare remove-data » avant que le programme parte, ou supprime ces dossiers."
    ;;
esac
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q /usr/share/applications || true; fi
exit 0
