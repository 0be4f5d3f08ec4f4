"""The pack is whole and under its name, or nothing of it is there: cancelled, disk full, refused, already there."""

from __future__ import annotations

import errno
import io
import os
import resource
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.account import farewell
from selfcare.account.farewell import free_target, write_pack
from selfcare.domain.failures import PackTrouble, VaultDamaged
from selfcare.domain.farewell import Pack, PackFile
from tests.pack_reading import check_whole, files_of

AT = datetime(2026, 11, 21, 10, 50, tzinfo=UTC)
SHAPES = pytest.mark.parametrize("as_zip", [False, True], ids=["folder", "zip"])


def pack(*more: PackFile) -> Pack:
    files = (
        PackFile("pdf/bills/2026/été 1.pdf", (b"%PDF-1", b"23")),
        PackFile("index.html", (b"x" * 100_000,) * 3),
        PackFile("csv/nothing.csv", ()),
    )
    return Pack(iter((*files, *more)), 5, AT)


def write(target: Path, what: Pack, as_zip: bool) -> int:
    return sum(1 for _step in write_pack(what, target, as_zip=as_zip))


@SHAPES
def test_it_is_whole_with_its_checksums(tmp_path: Path, as_zip: bool) -> None:
    target = tmp_path / "My pack.zip"
    steps = list(write_pack(pack(), target, as_zip=as_zip))
    files = files_of(target)
    assert files["pdf/bills/2026/été 1.pdf"] == b"%PDF-123"
    assert set(files) == {"pdf/bills/2026/été 1.pdf", "index.html", "csv/nothing.csv", "CHECKSUMS.sha256"}
    check_whole(files)
    assert [(s.path, s.done) for s in steps][-1] == ("index.html", 5)
    assert all(s.done <= s.total == 5 for s in steps)
    assert list(tmp_path.iterdir()) == [target]


@SHAPES
def test_only_this_user_may_read_it(tmp_path: Path, as_zip: bool) -> None:
    target = tmp_path / "pack"
    write(target, pack(), as_zip)
    for path in (target, *target.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path


@SHAPES
def test_it_does_not_have_its_name_before_it_is_whole(tmp_path: Path, as_zip: bool) -> None:
    target = tmp_path / "pack"
    for _step in write_pack(pack(), target, as_zip=as_zip):
        assert not target.exists()
    assert target.exists()


@SHAPES
@pytest.mark.parametrize("after", [1, 2, 4])
def test_cancelled_it_leaves_nothing(tmp_path: Path, as_zip: bool, after: int) -> None:
    steps = write_pack(pack(), tmp_path / "pack", as_zip=as_zip)
    for _ in range(after):
        next(steps)
    assert list(tmp_path.iterdir())
    steps.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


@SHAPES
@pytest.mark.parametrize(
    ("code", "what"),
    [
        (errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EROFS, "readonly"), (errno.EACCES, "readonly"),
        (errno.EIO, "io"), (errno.EFBIG, "large"), (errno.ENODEV, "gone"),
    ],
)  # fmt: skip
def test_a_disk_that_fails_leaves_nothing(
    tmp_path: Path, as_zip: bool, code: int, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.FileIO):
        def write(self, data: object) -> int:
            if self.tell() + len(data) > 1000 if isinstance(data, bytes | memoryview) else False:
                raise OSError(code, os.strerror(code))
            return super().write(data)  # type: ignore[arg-type]

    def failing(number: int, mode: str) -> io.BufferedIOBase:
        raw = Failing(number, mode)
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    monkeypatch.setattr(farewell, "open", failing, raising=False)
    incompressible = PackFile("pdf/large.pdf", (os.urandom(50_000),))
    with pytest.raises(PackTrouble) as caught:
        write(tmp_path / "pack", pack(incompressible), as_zip)
    assert caught.value == PackTrouble(what, "pack")
    assert list(tmp_path.iterdir()) == []


@SHAPES
def test_a_disk_that_takes_no_large_file_says_so(tmp_path: Path, as_zip: bool) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(PackTrouble) as caught:
            write(tmp_path / "pack", pack(PackFile("pdf/large.pdf", (os.urandom(50_000),))), as_zip)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.what == "large"
    assert list(tmp_path.iterdir()) == []


@SHAPES
def test_what_is_there_is_not_touched(tmp_path: Path, as_zip: bool) -> None:
    (tmp_path / "pack").write_bytes(b"mine")
    with pytest.raises(PackTrouble) as caught:
        write(tmp_path / "pack", pack(), as_zip)
    assert caught.value == PackTrouble("exists", "pack")
    assert files_of(tmp_path) == {"pack": b"mine"}


@SHAPES
def test_what_appears_meanwhile_is_not_touched(tmp_path: Path, as_zip: bool) -> None:
    steps = write_pack(pack(), tmp_path / "pack", as_zip=as_zip)
    next(steps)
    (tmp_path / "pack").mkdir()
    with pytest.raises(PackTrouble, match="PackTrouble") as caught:
        list(steps)
    assert caught.value.what == "exists"
    assert [p.name for p in tmp_path.iterdir()] == ["pack"]


@SHAPES
def test_the_remains_of_another_try_are_told_not_deleted(tmp_path: Path, as_zip: bool) -> None:
    (tmp_path / "pack.partial").write_bytes(b"?")
    with pytest.raises(PackTrouble) as caught:
        write(tmp_path / "pack", pack(), as_zip)
    assert caught.value == PackTrouble("unfinished", "pack.partial")
    assert files_of(tmp_path) == {"pack.partial": b"?"}


@SHAPES
def test_a_place_that_is_gone_says_so(tmp_path: Path, as_zip: bool) -> None:
    with pytest.raises(PackTrouble) as caught:
        write(tmp_path / "no" / "pack", pack(), as_zip)
    assert caught.value.what == "gone"


@SHAPES
def test_a_name_that_is_too_long_says_so(tmp_path: Path, as_zip: bool) -> None:
    with pytest.raises(PackTrouble) as caught:
        write(tmp_path / ("x" * 250), pack(), as_zip)
    assert caught.value.what == "name"


@SHAPES
def test_a_vault_that_fails_meanwhile_leaves_nothing(tmp_path: Path, as_zip: bool) -> None:
    def parts() -> Iterator[bytes]:
        yield b"one"
        raise VaultDamaged("cache")

    with pytest.raises(VaultDamaged):
        write(tmp_path / "pack", pack(PackFile("late.csv", parts())), as_zip)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../out", "/etc/x", "a//b", "a\\b", "c:x", "a/./b", ""])
@SHAPES
def test_no_path_leaves_the_pack(tmp_path: Path, as_zip: bool, path: str) -> None:
    with pytest.raises(ValueError, match="stays in the pack"):
        write(tmp_path / "pack", pack(PackFile(path, (b"x",))), as_zip)
    assert list(tmp_path.iterdir()) == []


def test_the_same_pack_twice_is_the_same_to_the_byte(tmp_path: Path) -> None:
    write(tmp_path / "1.zip", pack(), True)
    write(tmp_path / "2.zip", pack(), True)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_a_free_name_is_found(tmp_path: Path) -> None:
    assert free_target(tmp_path, "pack", ".zip") == tmp_path / "pack.zip"
    (tmp_path / "pack.zip").touch()
    (tmp_path / "pack (2).zip").symlink_to("nowhere")
    assert free_target(tmp_path, "pack", ".zip") == tmp_path / "pack (3).zip"
    assert free_target(tmp_path, "pack") == tmp_path / "pack"
    (tmp_path / "pack.selfcare").touch()
    assert free_target(tmp_path, "pack", ".selfcare") == tmp_path / "pack (2).selfcare"
