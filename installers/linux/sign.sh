#!/bin/sh
# Signs the packages and the list of their sums with the project's OpenPGP key. Without a key it refuses.
#   SELFCARE_KEY=<fingerprint> installers/linux/sign.sh
set -eu
cd "$(dirname "$0")/../../build/packages"
if [ -z "${SELFCARE_KEY:-}" ] || ! gpg --list-secret-keys "$SELFCARE_KEY" >/dev/null 2>&1; then
  echo "sign: no key; set SELFCARE_KEY to the fingerprint of one that gpg has. Nothing was signed." >&2
  exit 2
fi
for rpm in *.rpm; do rpmsign --define "_gpg_name $SELFCARE_KEY" --addsign "$rpm"; done
find . -maxdepth 1 -type f ! -name 'SHA256SUMS*' -printf '%f\n' | sort | xargs sha256sum >SHA256SUMS
gpg --batch --yes --local-user "$SELFCARE_KEY" --armor --detach-sign --output SHA256SUMS.asc SHA256SUMS
gpg --verify SHA256SUMS.asc SHA256SUMS
