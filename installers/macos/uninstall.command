#!/bin/sh
# Removes Selfcare from this Mac, and asks whether what was kept goes too.
set -eu
case $(defaults read -g AppleLanguages 2>/dev/null | sed -n '2s/[^a-z]*\([a-z]*\).*/\1/p') in
  fr) none="Selfcare n’est pas installé." gone="Selfcare a été supprimé." ;;
  *) none="Selfcare is not installed." gone="Selfcare was removed." ;;
esac
app=/Applications/Selfcare.app
[ -d "$app" ] || app=$HOME/Applications/Selfcare.app
[ -d "$app" ] || { echo "$none"; exit 0; }
"$app/Contents/MacOS/selfcare" remove-data || [ $? = 1 ] || exit 1
rm -f "$HOME/Library/LaunchAgents/io.github.selfcare.plist"
rm -rf "$app"
echo "$gone"
