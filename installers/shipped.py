"""Says what lies in the bundle beside the program's own libraries: python installers/shipped.py BILL.json SHIPPED.json.

The bundle takes Python and libraries of the building system along. On Debian each file leads to its package, and from
there to its version and the words of its licence; on other systems this part is empty. The spec collects them
(SHIPPED), this command enters them into the CycloneDX list (BILL), and completes what it does not say of the others.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from selfcare import __version__  # noqa: E402
from selfcare.app.licences import libraries, licence_of  # noqa: E402

COMMON = Path("/usr/share/common-licenses")
_LINE = "-" * 78
_SAID = """\
Each lies in this program's folder as a library file of its own and may be replaced. The licences are those that the
package names for all of its source; some are of parts that are not here.
"""
_NAMED = re.compile(r"^License:[ \t]*(\S[^\n]*)", re.MULTILINE)
_COMMON = re.compile(r"common-licenses/([A-Za-z]+-[0-9.]*[0-9])")


class Shipped(NamedTuple):
    """One thing in the bundle: its name and version, where it comes from (a purl), its licences and their words."""

    name: str
    version: str
    origin: str
    licences: list[str]
    words: str


def python() -> Shipped:
    """Python itself."""
    place = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    words = place.read_text("utf-8") if place.is_file() else "https://docs.python.org/3/license.html\n"
    version = platform.python_version()
    return Shipped("Python", version, f"pkg:generic/python@{version}", ["PSF-2.0"], words)


def system_packages(files: Iterable[str]) -> list[Shipped]:
    """The packages of this Debian that some of these files belong to, by name."""
    found: dict[str, Shipped] = {}
    for file in files:
        for place in dict.fromkeys((file, str(Path(file).resolve()), f"/usr{file}", file.removeprefix("/usr"))):
            owner = _asked("dpkg-query", "-S", place).partition(": ")[0].partition(",")[0]
            if owner and owner not in found:
                found[owner] = _package(owner)
            if owner:
                break
    return [found[name] for name in sorted(found)]


def _package(owner: str) -> Shipped:
    facts = _asked("dpkg-query", "-W", "-f", "${Package}\t${Version}\t${Architecture}", owner).split("\t")
    name, version, architecture = facts if len(facts) == 3 else (owner, "", "")
    place = Path("/usr/share/doc", name, "copyright")
    words = place.read_text("utf-8", errors="replace") if place.is_file() else ""
    named = sorted({one.strip() for one in _NAMED.findall(words)}) if words.startswith("Format:") else []
    origin = f"pkg:deb/debian/{name}@{quote(version, safe='.-~')}?arch={architecture}"
    return Shipped(name, version, origin, named or ["see its text"], words)


def _asked(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def text(shipped: Iterable[Shipped]) -> str:
    """What is shipped, the words of each licence, and once each the licences that these only name."""
    things = list(shipped)
    listed = "".join(f"{one.name} {one.version}: {'; '.join(one.licences)}\n" for one in things)
    same: dict[str, list[str]] = {}
    for one in things:
        same.setdefault(one.words.strip(), []).append(f"{one.name} {one.version}")
    whole = [f"{_LINE}\nPython, and libraries of the system on which this program was built\n\n{_SAID}\n{listed}"]
    whole += [f"{_LINE}\n{', '.join(names)}\n\n{words}\n" for words, names in same.items() if words]
    named = sorted({name for one in things for name in _COMMON.findall(one.words)})
    whole += [
        f"{_LINE}\n{name}\n\n{(COMMON / name).read_text('utf-8').strip()}\n"
        for name in named
        if (COMMON / name).is_file()
    ]
    return "\n".join(whole)


def complete(bill: dict[str, Any], shipped: Iterable[Shipped]) -> dict[str, Any]:
    """The CycloneDX list of what lies in this bundle: no library of another system, each with its licence."""
    installed = {_plain(one.name): one for one in libraries()}
    kept = []
    for part in bill["components"]:
        one = installed.get(_plain(part["name"]))
        if one is None or one.version != part["version"]:
            continue
        said = str(one.metadata.get("Summary") or part["name"])
        kept.append({**part, "description": said, "licenses": _licences([licence_of(one)])})
    missing = set(installed) - {_plain(part["name"]) for part in kept}
    if missing:
        raise SystemExit(f"shipped: not in the list: {', '.join(sorted(missing))}")
    kept += [_part(thing) for thing in shipped]
    root = {**bill["metadata"]["component"], "version": __version__}
    there = {root["bom-ref"], *(part["bom-ref"] for part in kept)}
    trees = [one for one in bill["dependencies"] if one["ref"] in there]
    for tree in trees:
        if "dependsOn" in tree:
            tree["dependsOn"] = [ref for ref in tree["dependsOn"] if ref in there]
    metadata = {**bill["metadata"], "component": root}
    return {**bill, "components": kept, "dependencies": trees, "metadata": metadata}


def _part(thing: Shipped) -> dict[str, Any]:
    return {
        "bom-ref": thing.origin,
        "type": "library",
        "name": thing.name,
        "version": thing.version,
        "purl": thing.origin,
        "licenses": _licences(thing.licences),
    }


def _licences(named: Iterable[str]) -> list[dict[str, Any]]:
    return [{"license": {"name": name}} for name in named]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(bill: Path, shipped: Path) -> None:
    """Complete the list."""
    things = [Shipped(*one) for one in json.loads(shipped.read_text("utf-8"))]
    whole = complete(json.loads(bill.read_text("utf-8")), things)
    bill.write_text(json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
