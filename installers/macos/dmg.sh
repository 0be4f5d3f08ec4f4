#!/bin/sh
# Makes the disk image from Selfcare.app, on macOS:  installers/macos/dmg.sh
# Signs and has it notarised where sign.sh finds a certificate; otherwise the image says in its name that it is unsigned.
set -eu
cd "$(dirname "$0")/../.."
app=build/bundle/Selfcare.app

[ "$(uname -s)" = Darwin ] || { echo "dmg: only macOS makes its disk images" >&2; exit 1; }
[ -d "$app" ] || { echo "dmg: there is no $app; run installers/bundle.sh first" >&2; exit 1; }
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' src/selfcare/__init__.py)
name=selfcare-$version-macos-$(uname -m)
if [ -n "${SELFCARE_IDENTITY:-}" ]; then
  installers/macos/sign.sh app "$app"
else
  name=$name-unsigned
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT INT TERM
cp -R "$app" "$folder/Selfcare.app"
ln -s /Applications "$folder/Applications"
cp installers/macos/uninstall.command "$folder/Remove Selfcare.command"
mkdir -p build/packages
hdiutil create -volname "Selfcare $version" -srcfolder "$folder" -fs HFS+ -format UDZO -ov "build/packages/$name.dmg"
if [ -n "${SELFCARE_IDENTITY:-}" ]; then installers/macos/sign.sh image "build/packages/$name.dmg"; fi
echo "build/packages/$name.dmg"
