#!/bin/sh
# After installing: let the desktop see the entry, the icon and the kind of file. Their own triggers do it where a system
# has them: Debian's and Fedora's list of kinds of files always is brought up to date by its own.
set -e
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q /usr/share/applications || true; fi
if command -v gtk-update-icon-cache >/dev/null 2>&1; then gtk-update-icon-cache -q /usr/share/icons/hicolor || true; fi
exit 0
