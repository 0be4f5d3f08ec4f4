"""An archive that is named is looked through in memory: bombs, locked, damaged and oddly named ones stop nothing."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from selfcare.account import intake_files
from selfcare.account.archive import archive_profile
from selfcare.account.intake_files import Unread, sources
from selfcare.account.session import Session, open_session
from selfcare.domain.intake import Fate, IntakeTally, Outcome
from selfcare.viewmodel.intake import fate_rows
from tests import samples
from tests.unit.account.shelves import Reader, numbers, pdf, take


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), archive_profile("My bills", "GB"), now=lambda: samples.NOW)
    yield opened
    opened.close()


def zipped(path: Path, *files: tuple[str, bytes], kind: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", kind) as made:
        for name, content in files:
            made.writestr(ZipInfo(name), content, kind)
    return path


def told(tally: IntakeTally) -> dict[str, int]:
    return {one.value: count for one, count in tally.counts.items()}


@pytest.mark.parametrize("name", ["mine.selfcare", "mine.ZIP"])
def test_its_bills_come_in_and_nothing_is_written_beside_it(session: Session, tmp_path: Path, name: str) -> None:
    (tmp_path / "place").mkdir()
    path = zipped(
        tmp_path / "place" / name,
        ("pdf/2026/bill.pdf", pdf(1)),
        ("pdf/2025/bill.pdf", pdf(2)),
        ("index.html", b"<p>"),
        ("inner.zip", b"PK"),
        ("no text \xe9.pdf", b"%PDF-letter"),
    )
    before = path.read_bytes()
    tally = take(session, path)
    assert told(tally) == {"added": 2, "toFile": 1, "other": 2}
    assert sorted(numbers(session)) == ["N-0001", "N-0002", "no text \xe9.pdf"]
    assert [row.name for row in fate_rows(tally, samples.words(), [path])] == [f"{name}/no text \xe9.pdf"]
    assert {one.name for one in path.parent.iterdir()} == {name}
    assert path.read_bytes() == before
    again = take(session, path)
    assert told(again) == {"here": 3, "other": 2}
    assert len(numbers(session)) == 3


@pytest.mark.parametrize(("name", "fate"), [("a\ud800.pdf", "closed"), ("a\ud800.zip", "damaged")], ids=ascii)
def test_a_name_that_is_no_text_stops_nothing(session: Session, tmp_path: Path, name: str, fate: str) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(pdf(1))
    tally = take(session, tmp_path / name, good)
    assert told(tally) == {fate: 1, "added": 1}
    assert [row.name for row in fate_rows(tally, samples.words(), [tmp_path / name, good])] == [f"a\ufffd{name[-4:]}"]


def test_in_a_folder_or_in_another_archive_it_is_left_alone(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    inner = zipped(folder / "inner.zip", ("a.pdf", pdf(1)))
    assert told(take(session, folder)) == {"other": 1}
    outer = zipped(tmp_path / "outer.zip", ("inner.zip", inner.read_bytes()), ("inner.selfcare", inner.read_bytes()))
    assert told(take(session, outer)) == {"other": 2}
    assert numbers(session) == []


def test_names_in_it_are_shown_and_never_used_as_paths(session: Session, tmp_path: Path) -> None:
    victim = tmp_path / "victim.pdf"
    victim.write_bytes(b"%PDF-mine")
    names = (
        "../victim.pdf", str(victim), "C:\\Windows\\x.pdf", "..", "/", "a/../../up.pdf", "\u202efdp.live.pdf",
        "line\nbreak.pdf", "x" * 60_000 + ".pdf", ".pdf",
    )  # fmt: skip
    path = zipped(tmp_path / "odd.zip", *((name, pdf(number)) for number, name in enumerate(names)))
    tally = take(session, path)
    assert told(tally) == {"added": 7, "other": 2}
    assert victim.read_bytes() == b"%PDF-mine"
    assert not (tmp_path.parent / "victim.pdf").exists()
    kept = {paper.name for bill in session.reader.bills() for paper in bill.papers}
    assert {"victim.pdf", "x.pdf", "up.pdf", "\ufffdfdp.live.pdf", "line\ufffdbreak.pdf"} <= kept
    assert not any("/" in name or "\\" in name for name in kept)
    assert told(take(session, path)) == {"here": 7, "other": 2}


def test_the_same_name_twice_is_two_files(session: Session, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped(tmp_path / "twice.zip", ("a.pdf", pdf(1)), ("a.pdf", pdf(2)))
    assert told(take(session, path)) == {"added": 2}


def test_a_name_that_is_not_the_text_it_says_makes_the_archive_a_damaged_one(session: Session, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("é.pdf", pdf(1)))
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xff"))
    good = zipped(tmp_path / "b.zip", ("b.pdf", pdf(2)))
    tally = take(session, path, good)
    assert told(tally) == {"damaged": 1, "added": 1}
    assert [fate.path for fate in tally.named] == [str(path)]


@pytest.mark.parametrize("cut", [0, 1, 21, 22, 40, 70, 100, -1, -22, -60])
def test_a_cut_one_is_damaged_and_stops_nothing(session: Session, tmp_path: Path, cut: int) -> None:
    whole = zipped(tmp_path / "w.zip", ("a.pdf", pdf(1)), ("b.pdf", pdf(2))).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[:cut])
    tally = take(session, path, zipped(tmp_path / "good.zip", ("c.pdf", pdf(3))))
    assert told(tally) == {"damaged": 1, "added": 1}


def test_of_a_flipped_byte_anywhere_nothing_else_suffers(tmp_path: Path) -> None:
    bills = {pdf(1), pdf(2)}
    whole = zipped(tmp_path / "w.zip", ("a.pdf", pdf(1)), ("b.pdf", pdf(2))).read_bytes()
    path = tmp_path / "flipped.zip"
    known = {"damaged", "locked", "unpack", "other", "tooLarge"}
    for place in range(len(whole)):
        for flip in (0x81,):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            tally = IntakeTally()
            with ExitStack() as opened:
                for source in list(sources([path], (), tally, opened, with_xml=True)):
                    assert source is not None
                    try:
                        assert source.read("") in bills
                    except Unread as unread:
                        tally.note(Fate(source.path, unread.outcome))
            assert told(tally).keys() <= known, (place, flip)


def test_one_without_files_is_told_of_itself(session: Session, tmp_path: Path) -> None:
    empty = zipped(tmp_path / "empty.zip")
    folders = zipped(tmp_path / "folders.zip", ("a/", b""))
    assert told(take(session, empty, folders, tmp_path / "gone.zip")) == {"other": 2, "closed": 1}


def test_bombs_cost_no_more_than_a_bill_may_have(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_files, "LARGEST_PDF", 1 << 20)
    zeros = b"%PDF-" + bytes(30 << 20)
    path = zipped(tmp_path / "bomb.zip", ("a.pdf", zeros), ("b.pdf", pdf(1)))
    told_small = path.read_bytes().replace(len(zeros).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    liar = tmp_path / "liar.zip"
    liar.write_bytes(told_small)
    del zeros, told_small
    reader = Reader()
    tracemalloc.start()
    tally = take(session, path, liar, reader=reader)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told(tally) == {"tooLarge": 1, "damaged": 1, "added": 1, "here": 1}
    assert peak < 8 << 20
    assert all(len(asked) < 1000 for asked in reader.asked)


def test_a_thousand_copies_of_one_bomb_end_after_the_archive_came_to_enough(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_files, "LARGEST_PDF", 1 << 20)
    monkeypatch.setattr(intake_files, "MOST_UNPACKED", 10)
    zeros = bytes(1 << 20)
    path = zipped(tmp_path / "many.zip", *((f"{n}.pdf", zeros) for n in range(20)))
    room = (1 << 20) + 10 * path.stat().st_size
    tally = take(session, path)
    assert (tally.of(Outcome.NOT_PDF), tally.of(Outcome.TOO_LARGE)) == (room // (1 << 20), 20 - room // (1 << 20))


def test_very_many_files_are_not_even_listed(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "many.zip", *((f"{n}.txt", b"") for n in range(30)))
    monkeypatch.setattr(intake_files, "MOST_MEMBERS", 30)
    assert told(take(session, path)) == {"other": 30}
    monkeypatch.setattr(intake_files, "MOST_MEMBERS", 29)
    tally = take(session, path)
    assert told(tally) == {"unpack": 1}
    assert [row.said for row in fate_rows(tally, samples.words(), [path])] == ["unpack it first"]
    monkeypatch.setattr(intake_files, "MOST_MEMBERS", 200_000)
    monkeypatch.setattr(intake_files, "LARGEST_LIST", 100)
    assert told(take(session, path)) == {"unpack": 1}


def test_what_is_packed_in_another_way_is_to_be_unpacked_first(session: Session, tmp_path: Path) -> None:
    path = zipped(tmp_path / "other.zip", ("a.pdf", pdf(1)), kind=ZIP_BZIP2)
    assert told(take(session, path)) == {"unpack": 1}
    plain = zipped(tmp_path / "w.zip", ("a.pdf", pdf(1))).read_bytes()
    at = plain.rindex(b"PK\x01\x02")
    for flags, method in ((0x01, 99), (0x41, 8)):
        strong = bytearray(plain)
        strong[at + 8] |= flags
        strong[at + 10 : at + 12] = method.to_bytes(2, "little")
        (tmp_path / "strong.zip").write_bytes(strong)
        assert told(take(session, tmp_path / "strong.zip")) == {"unpack": 1}


def locked(path: Path, files: dict[str, bytes], password: bytes) -> Path:
    """An archive with the traditional encryption, as other programs still write it."""
    plain = io.BytesIO()
    with ZipFile(plain, "w") as made:
        for name, content in files.items():
            made.writestr(ZipInfo(name), content)
    whole, at = bytearray(plain.getvalue()), 0
    infos = ZipFile(plain).infolist()
    out, offsets = bytearray(), []
    for info in infos:
        head = 30 + len(info.filename.encode())
        start = info.header_offset
        body = whole[start + head : start + head + info.compress_size]
        header = bytearray(whole[start : start + head])
        header[6] |= 1
        header[18:22] = (info.compress_size + 12).to_bytes(4, "little")
        offsets.append(len(out))
        out += header + encrypted(bytes(11) + bytes([info.CRC >> 24]) + bytes(body), password)
        at = start + head + info.compress_size
    listed = bytearray(whole[at:])
    place = 0
    for info, offset in zip(infos, offsets, strict=True):
        listed[place + 8] |= 1
        listed[place + 20 : place + 24] = (info.compress_size + 12).to_bytes(4, "little")
        listed[place + 42 : place + 46] = offset.to_bytes(4, "little")
        place += 46 + len(info.filename.encode())
    listed[place + 16 : place + 20] = len(out).to_bytes(4, "little")
    path.write_bytes(out + listed)
    return path


def encrypted(content: bytes, password: bytes) -> bytes:
    """PKWARE's stream cipher, APPNOTE 6.1.5."""
    table = [_crc(n) for n in range(256)]
    keys = [0x12345678, 0x23456789, 0x34567890]

    def mix(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 0xFF]
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 0xFF]

    for byte in password:
        mix(byte)
    out = bytearray()
    for byte in content:
        twist = keys[2] | 2
        out.append(byte ^ (((twist * (twist ^ 1)) >> 8) & 0xFF))
        mix(byte)
    return bytes(out)


def _crc(number: int) -> int:
    for _bit in range(8):
        number = (number >> 1) ^ (0xEDB88320 if number & 1 else 0)
    return number


def test_a_locked_archive_needs_its_password_and_opens_with_it(session: Session, tmp_path: Path) -> None:
    path = locked(tmp_path / "locked.zip", {"b/a.pdf": pdf(1), "read me.txt": b"x"}, b"sesame")
    other = locked(tmp_path / "other.zip", {"a.pdf": pdf(2)}, b"another")
    tally = take(session, path, other, zipped(tmp_path / "good.zip", ("c.pdf", pdf(3))))
    assert told(tally) == {"locked": 2, "other": 1, "added": 1}
    assert tally.locked() == [f"{path}/b/a.pdf", f"{other}/a.pdf"]
    assert told(take(session, path, password="wrong", only=tuple(tally.locked()))) == {"locked": 2}
    later = [samples.NOW + timedelta(minutes=minute) for minute in (1, 2)]
    opened = take(session, path, password="sesame", only=tuple(tally.locked()), at=later[0])
    assert told(opened) == {"added": 1, "locked": 1}
    assert told(take(session, path, password="another", only=tuple(opened.locked()), at=later[1])) == {"added": 1}
    assert sorted(numbers(session)) == ["N-0001", "N-0002", "N-0003"]


def test_a_locked_pdf_in_an_archive_opens_too(session: Session, tmp_path: Path) -> None:
    path = zipped(tmp_path / "mine.zip", ("a.pdf", pdf(1, "locked sesame\n")), ("b.pdf", pdf(2)))
    tally = take(session, path)
    assert told(tally) == {"locked": 1, "added": 1}
    assert told(take(session, path, password="sesame", only=tuple(tally.locked()))) == {"added": 1}


def test_of_a_whole_export_the_bills_alone_come_in(session: Session, tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "all.selfcare",
        ("pdf/bills/2026/1.pdf", pdf(1)),
        ("pdf/contracts/contract.pdf", b"%PDF-contract"),
        ("pdf/letters/letter.pdf", b"%PDF-letter"),
        ("CHECKSUMS.sha256", b""),
    )
    assert told(take(session, path)) == {"added": 1, "other": 3}
