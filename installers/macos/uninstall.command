#!/bin/sh
# Removes Selfcare from this Mac, and asks whether what was kept goes too.
set -eu
app=/Applications/Selfcare.app
[ -d "$app" ] || app=$HOME/Applications/Selfcare.app
[ -d "$app" ] || { echo "Selfcare is not installed."; exit 0; }
"$app/Contents/MacOS/selfcare" remove-data || [ $? = 1 ] || exit 1
rm -f "$HOME/Library/LaunchAgents/io.github.selfcare.plist"
rm -rf "$app"
echo "Selfcare was removed."
