#!/bin/sh
# Signs the program with the hardened runtime, or signs a disk image and has it notarised.
#   SELFCARE_IDENTITY="Developer ID Application: …"  installers/macos/sign.sh app build/bundle/Selfcare.app
#   …and SELFCARE_NOTARY="profile of notarytool"     installers/macos/sign.sh image build/packages/….dmg
# Without a certificate it refuses: nothing unsigned is called signed.
set -eu
cd "$(dirname "$0")/../.."
if [ -z "${SELFCARE_IDENTITY:-}" ]; then
  echo "sign: no certificate; set SELFCARE_IDENTITY. Nothing was signed." >&2
  exit 2
fi
what=${1:?app or image}
file=${2:?the file to sign}
case $what in
  app)
    # From the inside out: each library, then the programs, then the whole
    find "$file/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
      xargs -0 codesign --force --timestamp --options runtime --sign "$SELFCARE_IDENTITY"
    find "$file/Contents/Frameworks" -maxdepth 4 -name '*.framework' -prune -print0 |
      xargs -0 codesign --force --timestamp --options runtime --sign "$SELFCARE_IDENTITY"
    codesign --force --timestamp --options runtime --entitlements installers/macos/entitlements.plist \
      --sign "$SELFCARE_IDENTITY" "$file"
    codesign --verify --deep --strict "$file"
    ;;
  image)
    : "${SELFCARE_NOTARY:?set SELFCARE_NOTARY to the profile that notarytool keeps}"
    codesign --force --timestamp --sign "$SELFCARE_IDENTITY" "$file"
    xcrun notarytool submit "$file" --keychain-profile "$SELFCARE_NOTARY" --wait
    xcrun stapler staple "$file"
    spctl --assess --type open --context context:primary-signature "$file"
    ;;
  *)
    echo "sign: app or image" >&2
    exit 2
    ;;
esac
