#!/bin/sh
# After removing. What people keep in their own homes is theirs: it is named here, never touched.
# (deb says remove or purge, rpm the number of versions that stay: 0.)
set -e
case "${1:-}" in
  remove | 0)
    echo "Selfcare: what each person kept stays, encrypted, in their ~/.local/share/selfcare and ~/.config/selfcare."
    echo "To remove it too, each person runs 'selfcare remove-data' before the program goes, or deletes these folders."
    ;;
esac
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q /usr/share/applications || true; fi
exit 0
