#!/bin/sh
# Makes what people install on Linux, in build/packages: a .deb, a .rpm and an archive that needs no root, from the bundle
# in build/bundle (installers/bundle.sh). Also the list of what is inside (CycloneDX) and a list of SHA-256 sums.
#   installers/packages.sh [release]        the version is in src/selfcare/__init__.py; the release counts its packages
set -eu
cd "$(dirname "$0")/.."
release=${1:-1}
python=.venv/bin/python
nfpm=${NFPM:-.venv/bin/nfpm}
out=build/packages
parts=build/parts

say() { printf 'packages: %s\n' "$*" >&2; }

[ -x build/bundle/selfcare/selfcare ] || { say "there is no bundle yet: make bundle"; exit 1; }
command -v "$nfpm" >/dev/null 2>&1 || { say "nfpm is missing; make setup installs it"; exit 1; }
VERSION=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' src/selfcare/__init__.py)
built=$(build/bundle/selfcare/selfcare --version)
[ "$built" = "selfcare $VERSION" ] || { say "the bundle is $built, the source $VERSION: make bundle"; exit 1; }

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
BUILT=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
case $(uname -m) in x86_64) ARCH=amd64 ;; aarch64) ARCH=arm64 ;; *) ARCH=$(uname -m) ;; esac
# The newest C library that anything in the bundle asks for
GLIBC=$(find build/bundle/selfcare -type f \( -name '*.so*' -o -name selfcare \) -exec objdump -T {} + 2>/dev/null |
  grep -o 'GLIBC_2\.[0-9]*' | sort -t. -k2 -n | tail -n1 | cut -d_ -f2)
[ -n "$GLIBC" ] || { say "no C library found in the bundle"; exit 1; }
export SOURCE_DATE_EPOCH

rm -rf "$parts"
mkdir -p "$parts" "$out"
$python installers/describe.py "$parts" "$release"
$python installers/pictures.py "$parts/icons"
$python -W ignore::UserWarning -m cyclonedx_py requirements requirements/run.lock --pyproject pyproject.toml --output-reproducible \
  --of JSON -o "$parts/selfcare.cdx.json"
$python installers/shipped.py "$parts/selfcare.cdx.json" build/shipped.json
cp build/licences.txt "$parts/licences.txt"
if command -v desktop-file-validate >/dev/null 2>&1; then desktop-file-validate installers/linux/io.github.selfcare.desktop; fi
if command -v xmllint >/dev/null 2>&1; then xmllint --noout installers/linux/io.github.selfcare.mime.xml; fi
if command -v appstreamcli >/dev/null 2>&1; then
  appstreamcli validate --no-net "$parts/io.github.selfcare.metainfo.xml" >&2
fi

sed -e "s|@VERSION@|$VERSION|" -e "s|@RELEASE@|$release|" -e "s|@ARCH@|$ARCH|" -e "s|@GLIBC@|$GLIBC|" -e "s|@BUILT@|$BUILT|" \
  installers/linux/nfpm.yaml >"$parts/nfpm.yaml"
for kind in deb rpm; do
  say "$kind"
  "$nfpm" package -f "$parts/nfpm.yaml" -p "$kind" -t "$out" >/dev/null
done

say "portable archive"
whole=$parts/selfcare-$VERSION
mkdir -p "$whole/share/fr"
cp -al build/bundle/selfcare "$whole/selfcare"
cp installers/linux/portable-install.sh "$whole/install.sh"
cp installers/linux/portable-uninstall.sh "$whole/uninstall.sh"
cp installers/linux/io.github.selfcare.mime.xml installers/linux/io.github.selfcare.desktop \
  "$parts/man/man1/selfcare.1.gz" "$parts/licences.txt" "$whole/share"
cp "$parts/man/fr/man1/selfcare.1.gz" "$whole/share/fr"
cp resources/app/selfcare.svg "$whole/share/io.github.selfcare.svg"
cp "$parts/completions/selfcare" "$whole/share/selfcare.bash"
tar -C "$parts" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  -cf - "selfcare-$VERSION" | gzip -9n >"$out/selfcare-$VERSION-linux-$(uname -m).tar.gz"
cp "$parts/selfcare.cdx.json" "$out/selfcare-$VERSION.cdx.json"

(cd "$out" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%f\n' | sort | xargs sha256sum >SHA256SUMS)
ls -l "$out" >&2
