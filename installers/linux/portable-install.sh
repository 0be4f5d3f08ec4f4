#!/bin/sh
# Puts the program of this folder among this person's programs, without root:  ./install.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$data/selfcare-program

# In English, or in French where the system speaks it
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  fr*) say() { printf '%s\n' "$2"; } ;;
  *) say() { printf '%s\n' "$1"; } ;;
esac

# The disk is that of the nearest folder which is there already
disk=$data
while [ ! -d "$disk" ]; do disk=$(dirname "$disk"); done
if [ "$(df -Pk "$disk" | awk 'NR==2 {print $4}')" -lt 400000 ]; then
  say "There is no space: 400 MB are needed in $data. Nothing was changed." \
    "L’espace manque : il faut 400 Mo dans $data. Rien n’a été modifié." >&2
  exit 1
fi
rm -rf "$place.new"
trap 'rm -rf "$place.new"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$place.new" "$HOME/.local/bin" "$data/applications" "$data/icons/hicolor/scalable/apps" \
  "$data/mime/packages" \
  "$data/man/man1" "$data/man/fr/man1" "$data/bash-completion/completions"
trouble=$(cp -R "$here/." "$place.new" 2>&1) || {
  printf '%s\n' "$trouble" | head -n 1 >&2
  say "Not everything could be copied: see the line above. Nothing was changed." \
    "Tout n’a pas pu être copié : voyez la ligne ci-dessus. Rien n’a été modifié." >&2
  exit 1
}
if ! "$place.new/selfcare/selfcare" --version >/dev/null; then
  say "The program does not start here: see the lines above. Nothing was changed." \
    "Le programme ne démarre pas ici : voyez les lignes ci-dessus. Rien n’a été modifié." >&2
  exit 1
fi
rm -rf "$place.old"
if [ -d "$place" ]; then mv "$place" "$place.old"; fi
mv "$place.new" "$place"
rm -rf "$place.old"
ln -sf "$place/selfcare/selfcare" "$HOME/.local/bin/selfcare"
cp "$place/share/io.github.selfcare.svg" "$data/icons/hicolor/scalable/apps/"
cp "$place/share/selfcare.1.gz" "$data/man/man1/"
cp "$place/share/fr/selfcare.1.gz" "$data/man/fr/man1/"
cp "$place/share/io.github.selfcare.mime.xml" "$data/mime/packages/io.github.selfcare.xml"
cp "$place/share/selfcare.bash" "$data/bash-completion/completions/selfcare"
# In a desktop entry a quoted name escapes " ` $ and \ and doubles %; the whole value escapes \ once more
name=$(printf '%s' "$place/selfcare/selfcare" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g')
sed -e "s|^Exec=selfcare|Exec=\"$(printf '%s' "$name" | sed 's/[&|\\]/\\&/g')\"|" -e '/^TryExec=/d' \
  "$place/share/io.github.selfcare.desktop" >"$data/applications/io.github.selfcare.desktop"
# A double click on an archive opens it: these two lists are what desktops read
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$data/mime" >/dev/null 2>&1 || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$data/applications" || true; fi
say "Installed in $place. To remove it: $place/uninstall.sh" \
  "Installé dans $place. Pour le supprimer : $place/uninstall.sh"
case :$PATH: in
  *:"$HOME/.local/bin":*) ;;
  *)
    say "In a terminal it is $HOME/.local/bin/selfcare: that folder is not in your PATH." \
      "Dans un terminal, c’est $HOME/.local/bin/selfcare : ce dossier n’est pas dans votre PATH."
    ;;
esac
