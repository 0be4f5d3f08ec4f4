"""Reads a farewell pack back with nothing of the program: files, checksums, tables, pages and their links."""

from __future__ import annotations

import csv
import hashlib
import io
import posixpath
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = {"meta", "link", "br", "img", "hr", "input"}
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(10))}


def files_of(place: Path) -> dict[str, bytes]:
    """Every file of a pack (a folder or a .zip) by its path."""
    if place.is_dir():
        return {p.relative_to(place).as_posix(): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}
    with zipfile.ZipFile(place) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of a table, without the guards before texts that look like formulas."""
    raw = files[f"csv/{name}.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "@", "＝")), cell
            assert not cell.startswith("-") or is_figure(cell), cell
    return [{name: cell.removeprefix("'") for name, cell in row.items()} for row in rows]


def is_figure(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


class Page(HTMLParser):
    """A page taken apart; wrongly nested tags are an error."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        assert not any(name.startswith("on") for name in found), tag
        assert not {"src", "srcset", "background", "style", "action", "data"} & set(found), tag
        if tag == "a":
            self.links.append(found["href"] or "")
        else:
            assert "href" not in found
        if tag == "html":
            self.language = found.get("lang") or ""
        if tag == "th":
            assert found.get("scope") in {"row", "col"}
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"style", "title"}:
            self.text.append(data)

    @property
    def words(self) -> str:
        """Everything that can be read on it."""
        return " ".join(self.text)


def pages(files: dict[str, bytes]) -> dict[str, Page]:
    """Every page, each looked at as a stranger's browser would: it stands alone, and every link leads somewhere."""
    found = {path: Page(content.decode()) for path, content in files.items() if path.endswith(".html")}
    for path, page in found.items():
        assert not {"script", "img", "iframe", "object", "embed", "link", "form", "base", "svg"} & set(page.tags), path
        assert {"main", "h1", "title"} <= set(page.tags)
        assert b"url(" not in files[path]
        assert b"@import" not in files[path]
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme, link
            assert not parts.netloc, link
            leads = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            assert leads in files, (path, link)
    return found


def check_whole(files: dict[str, bytes]) -> None:
    """The checksums are those of every file, in the form that sha256sum reads."""
    told = {}
    for line in files["CHECKSUMS.sha256"].decode().splitlines():
        digest, path = line.split("  ", 1)
        told[path] = digest
    assert told == {p: hashlib.sha256(c).hexdigest() for p, c in files.items() if p != "CHECKSUMS.sha256"}


def check_names(paths: list[str]) -> None:
    """Every name can be written on Windows, and none twice where capitals do not count."""
    assert len({path.casefold() for path in paths}) == len(paths)
    for path in paths:
        for part in path.split("/"):
            check_name(part)


def check_name(name: str) -> None:
    assert 0 < len(name) <= 120
    assert len(name.encode()) <= 255
    assert not set(name) & set('<>:"/\\|?*')
    assert all(c.isprintable() for c in name), ascii(name)
    assert not name.endswith((".", " "))
    assert not name.startswith((".", " ", "-", "~"))
    assert name.partition(".")[0].strip().upper() not in RESERVED
