"""What this program exports as one file is told to every system by the same name and ending, and taken back again."""

from __future__ import annotations

import ast
import os
import plistlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path

import pytest

from selfcare.domain.intake import OWN_ENDING
from tests.conftest import ROOT

LINUX = ROOT / "installers" / "linux"
MIME = "application/vnd.selfcare.archive+zip"
SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_linux_knows_it_as_a_zip_file_of_ours() -> None:
    kind = ET.parse(LINUX / "io.github.selfcare.mime.xml").getroot().find(f"{SPACE}mime-type")
    assert kind is not None
    assert kind.get("type") == MIME
    facts = {one.tag.removeprefix(SPACE): one.attrib for one in kind if one.attrib}
    assert facts["sub-class-of"] == {"type": "application/zip"}
    assert facts["glob"] == {"pattern": f"*{OWN_ENDING}"}
    entry = ConfigParser(interpolation=None, strict=False)
    entry.read(LINUX / "io.github.selfcare.desktop", "utf-8")
    assert entry["Desktop Entry"]["MimeType"] == f"{MIME};"
    assert entry["Desktop Entry"]["Exec"] == "selfcare %f"
    assert f"<mediatype>{MIME}</mediatype>" in (LINUX / "io.github.selfcare.metainfo.xml").read_text("utf-8")
    assert (
        "{src: installers/linux/io.github.selfcare.mime.xml, dst: /usr/share/mime/packages/io.github.selfcare.xml}"
    ) in (LINUX / "nfpm.yaml").read_text("utf-8")


def test_the_archive_without_root_brings_it_and_takes_it_away(tmp_path: Path) -> None:
    if shutil.which("sh") is None:
        pytest.skip("there is no shell here")
    unpacked, home = tmp_path / "unpacked", tmp_path / 'a "home" $é'
    (unpacked / "selfcare").mkdir(parents=True)
    (unpacked / "share" / "fr").mkdir(parents=True)
    home.mkdir()
    program = unpacked / "selfcare" / "selfcare"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    for name in ("io.github.selfcare.desktop", "io.github.selfcare.mime.xml"):
        shutil.copy(LINUX / name, unpacked / "share")
    for name in ("io.github.selfcare.svg", "selfcare.1.gz", "fr/selfcare.1.gz", "selfcare.bash"):
        (unpacked / "share" / name).touch()
    for name in ("install", "uninstall"):
        shutil.copy(LINUX / f"portable-{name}.sh", unpacked / f"{name}.sh")
    data = home / "data"
    own = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(data), "XDG_CONFIG_HOME": str(home / "config")}

    def run(script: Path) -> None:
        subprocess.run(
            ["sh", str(script)], env=own, check=True, capture_output=True, timeout=60, stdin=subprocess.DEVNULL
        )

    for _twice in range(2):
        run(unpacked / "install.sh")
    assert (data / "mime/packages/io.github.selfcare.xml").read_bytes() == (
        LINUX / "io.github.selfcare.mime.xml"
    ).read_bytes()
    (exec_line,) = re.findall(
        r"^Exec=(.* %f)$", (data / "applications/io.github.selfcare.desktop").read_text("utf-8"), re.MULTILINE
    )
    assert exec_line.startswith('"')
    assert "selfcare-program/selfcare/selfcare" in exec_line
    if shutil.which("update-mime-database"):
        assert f"{MIME}:*{OWN_ENDING}" in (data / "mime/globs2").read_text("utf-8")
    run(data / "selfcare-program/uninstall.sh")
    left = [p for p in data.rglob("*") if p.is_file() and "selfcare" in p.name]
    assert left == []
    if shutil.which("update-mime-database"):
        assert "selfcare" not in (data / "mime/globs2").read_text("utf-8")


def test_windows_opens_it_and_forgets_it_on_removal() -> None:
    script = (ROOT / "installers" / "windows" / "selfcare.nsi").read_text("utf-8")
    begins, ends = script.split('Section "Uninstall"')
    assert f'WriteRegStr HKCU "Software\\Classes\\{OWN_ENDING}" "" "${{TYPE}}"' in begins
    assert f'"Content Type" "{MIME}"' in begins
    assert """shell\\open\\command" "" '"$INSTDIR\\selfcare.exe" "%1"'""" in begins
    for key in (f"Software\\Classes\\{OWN_ENDING}", "Software\\Classes\\${TYPE}"):
        assert f'DeleteRegKey HKCU "{key}"' in ends
    for part in (begins, ends):
        assert "KINDS_CHANGED" in part
    assert "HKLM" not in script, "one person's, as the rest of the program"


def test_a_mac_owns_it() -> None:
    tree = ast.parse((ROOT / "installers" / "selfcare.spec").read_text("utf-8"))
    call = next(one for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg == "info_plist")
    text = ast.unparse(call.value).replace("Path(apple_icon).name", "'x'").replace("list(LANGUAGES)", "['en']")
    facts = plistlib.loads(plistlib.dumps(ast.literal_eval(text)))
    (kind,) = facts["UTExportedTypeDeclarations"]
    (document,) = facts["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert kind["UTTypeTagSpecification"] == {
        "public.filename-extension": [OWN_ENDING[1:]], "public.mime-type": [MIME],
    }  # fmt: skip
    assert kind["UTTypeConformsTo"] == ["public.zip-archive"]
