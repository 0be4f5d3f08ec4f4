"""Makes some sixty PDFs, each of which wants to hang, abort, fill or fool whoever opens it."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator

import paper_documents as made

_FONT = b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"
_CATALOGUE = b"<</Type /Catalog /Pages 2 0 R>>"


def all_papers() -> dict[str, Callable[[], bytes]]:
    """Each by what it wants, made only when it is asked for."""
    return {**_trees(), **_sizes(), **_streams(), **_drawings(), **_files(), **_structure()}


def _pages(content: bytes, *more: bytes) -> bytes:
    return made.document(_CATALOGUE, content, *more)


def _trees() -> dict[str, Callable[[], bytes]]:
    leaf = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100]>>"

    def deep(depth: int) -> bytes:
        nodes = [b"<</Type /Pages /Kids [%d 0 R] /Count 1>>" % (n + 3) for n in range(depth)]
        return made.document(_CATALOGUE, *nodes, leaf)

    def inherited(depth: int) -> bytes:
        nodes = [b"<</Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1>>" % (n + 1, n + 3) for n in range(depth)]
        return made.document(_CATALOGUE, *nodes, b"<</Type /Page /Parent %d 0 R>>" % (depth + 1))

    return {
        "no page at all": lambda: _pages(b"<</Type /Pages /Kids [] /Count 0>>"),
        "no page but a count of a million": lambda: _pages(b"<</Type /Pages /Kids [] /Count 1000000>>"),
        "a count below nothing": lambda: _pages(b"<</Type /Pages /Kids [3 0 R] /Count -7>>", leaf),
        "a count beyond 32 bits": lambda: _pages(b"<</Type /Pages /Kids [3 0 R] /Count 99999999999>>", leaf),
        "pages that hold themselves": lambda: _pages(b"<</Type /Pages /Kids [2 0 R] /Count 5>>"),
        "two nodes that hold each other": lambda: _pages(
            b"<</Type /Pages /Kids [3 0 R] /Count 2>>", b"<</Type /Pages /Kids [2 0 R] /Count 2>>"
        ),
        "one page a thousand times": lambda: _pages(
            b"<</Type /Pages /Kids [%s] /Count 1000>>" % (b"3 0 R " * 1000), leaf
        ),
        "pages 50 deep": lambda: deep(50),
        "pages 5,000 deep": lambda: deep(5000),
        "a size to be sought 3,000 nodes up": lambda: inherited(3000),
        "no catalogue": lambda: made.document(b"<</Nothing true>>"),
        "a catalogue that is its own pages": lambda: made.document(b"<</Type /Catalog /Pages 1 0 R /Kids [1 0 R]>>"),
        "kids that are numbers": lambda: _pages(b"<</Type /Pages /Kids [1 2 3] /Count 3>>"),
        "kids that are not there": lambda: _pages(b"<</Type /Pages /Kids [77 0 R 78 0 R] /Count 2>>"),
    }


def _sizes() -> dict[str, Callable[[], bytes]]:
    boxes = {
        "a giant page": b"0 0 1000000 1000000", "a page of 10^30 points": b"0 0 1e30 1e30",
        "a thread of a page": b"0 0 100000 0.02", "a page inside out": b"100 100 -100 -100",
        "a page far away": b"1e9 1e9 1000000100 1000000100", "a page of three numbers": b"0 0 5",
        "a page of words": b"/a (b) <c> null", "a page of no number": b"nan inf -inf nan",
    }  # fmt: skip
    found: dict[str, Callable[[], bytes]] = {
        name: (lambda box=box: made.page(b"", b"", box)) for name, box in boxes.items()
    }  # type: ignore[misc]
    found["units of a million"] = lambda: made.words(b"x").replace(b"/Type /Page /P", b"/Type /Page /UserUnit 1e6 /P")
    found["turned by 7"] = lambda: made.words(b"x", rotate=7)
    found["turned by 2^31"] = lambda: made.words(b"x", rotate=2**31)
    return found


def _streams() -> dict[str, Callable[[], bytes]]:
    def filtered(filters: bytes, content: bytes) -> bytes:
        whole = made.page(b"")
        old = made.stream(b"")
        return whole.replace(
            old, b"<</Filter %s /Length %d>>\nstream\n%s\nendstream" % (filters, len(content), content)
        )

    def nested(times: int) -> bytes:
        content = made.zeros(64)
        for _ in range(times - 1):
            content = zlib.compress(content, 9)
        return filtered(b"[%s]" % (b"/FlateDecode " * times), content)

    return {
        "a page of 1 GiB of spaces": lambda: filtered(b"/FlateDecode", made.zeros(1024)),
        "packed three times": lambda: nested(3),
        "packed thirty times, with nothing in it": lambda: filtered(b"[%s]" % (b"/FlateDecode " * 30), b"x"),
        "half a packed page": lambda: filtered(b"/FlateDecode", zlib.compress(b"0 0 m " * 9999)[:60]),
        "a run of runs": lambda: filtered(b"/RunLengthDecode", b"\x81 " * 200_000),
        "LZW that is none": lambda: filtered(b"/LZWDecode", bytes(range(256)) * 50),
        "ASCII85 of nothing": lambda: filtered(b"/ASCII85Decode", b"z" * 400_000),
        "a filter nobody has": lambda: filtered(b"/Selfcare", b"0 0 m"),
        "a picture filter on a page": lambda: filtered(b"/DCTDecode", b"\xff\xd8\xff\xe0" + bytes(999)),
        "fax": lambda: filtered(b"/CCITTFaxDecode", b"\x00\x10" * 5000),
        "a length of 2^40": lambda: made.page(b"0 0 m").replace(b"/Length 5", b"/Length 1099511627776"),
        "a length below nothing": lambda: made.page(b"0 0 m").replace(b"/Length 5", b"/Length -5"),
        "a length that is itself": lambda: made.page(b"0 0 m").replace(b"/Length 5", b"/Length 4 0 R"),
    }


def _drawings() -> dict[str, Callable[[], bytes]]:
    def picture(wide: int, high: int, more: bytes, content: bytes = b"") -> bytes:
        entries = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (wide, high, more)
        return made.page(
            b"200 0 0 100 0 0 cm /I Do", b"/XObject <</I 5 0 R>>", b"0 0 200 100", made.stream(content, entries)
        )

    itself = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 5 0 R>>>>"
    tile = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources <<>>"
    rgb = b"/ColorSpace /DeviceRGB /BitsPerComponent 8"
    shade = (
        b"<</ShadingType 1 /ColorSpace /DeviceRGB /Function <</FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1]>>>>"
    )
    return {
        "ten times ten times … thirty times": made.endless,
        "a form that draws itself": lambda: made.page(
            b"/X Do", b"/XObject <</X 5 0 R>>", b"0 0 200 100", made.stream(b"/X Do /X Do", itself)
        ),
        "saved a million times": lambda: made.page(b"q " * 1_000_000),
        "restored a million times": lambda: made.page(b"Q " * 1_000_000),
        "a million lines": lambda: made.page(b"0 0 m 9 9 l " * 500_000 + b"S"),
        "dashes of a millionth": lambda: made.page(b"[0.000001] 0 d 0 0 m 200 100 l S"),
        "a line of 10^38": lambda: made.page(b"1e38 w 0 0 m 1e38 1e38 l S"),
        "lists in lists": lambda: made.page(b"[" * 100_000),
        "tiles without size": lambda: made.page(
            b"/Pattern cs /P scn 0 0 200 100 re f", b"/Pattern <</P 5 0 R>>", b"0 0 200 100",
            made.stream(b"0 0 1 1 re f", tile),
        ),
        "a shading without a program": lambda: made.page(b"/S sh", b"/Shading <</S %s>>" % shade),
        "a picture of 30,000 by 30,000": made.huge_picture,
        "a picture of 2^31": lambda: picture(2**31 - 1, 2**31 - 1, rgb),
        "a picture of no size": lambda: picture(0, 0, rgb),
        "a picture below nothing": lambda: picture(-5, -5, rgb),
        "a picture of 77 bits": lambda: picture(9, 9, b"/ColorSpace /DeviceRGB /BitsPerComponent 77", bytes(999)),
        "a mask of itself": lambda: picture(9, 9, rgb + b" /SMask 5 0 R", bytes(243)),
        "JPEG 2000 that is none": lambda: picture(9, 9, b"/Filter /JPXDecode", b"\0\0\0\x0cjP  \r\n" + bytes(500)),
        "JBIG2 that is none": lambda: picture(9, 9, b"/Filter /JBIG2Decode /BitsPerComponent 1", b"\0\0\0\0\x30" * 99),
        "words of a font that is noise": lambda: made.page(
            b"BT /F 12 Tf (abc) Tj ET",
            b"/Font <</F <</Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor <</FontFile2 5 0 R>>>>>>",
            b"0 0 200 100", made.stream(random.Random(5).randbytes(20_000)),
        ),
        "letters of 10^9 points": lambda: made.page(b"BT /F 1e9 Tf (abc) Tj ET", _FONT),
        "a word of a million letters": lambda: made.words(b"x" * 1_000_000),
    }  # fmt: skip


def _files() -> dict[str, Callable[[], bytes]]:
    def bomb(mebibytes: int) -> bytes:
        packed = made.stream(made.zeros(mebibytes), b"/Filter /FlateDecode")
        old = made.stream(b"", b"/Type /EmbeddedFile /Params <</Size 0>>", packed=True)
        return made.attached(("bomb.xml", b"")).replace(old, packed)

    return {
        "an attachment of 1 GiB": lambda: bomb(1024),
        "an attachment that says it is small": lambda: bomb(100).replace(b"/Size 0", b"/Size 3"),
        "five hundred attachments": lambda: made.attached(*[(f"{n}.xml", b"<a/>") for n in range(500)]),
        "attachments with names of paths": lambda: made.attached(("../../etc/passwd", b"x"), ("C:\\con", b"x")),
        "an attachment whose name is a novel": lambda: made.attached(("n" * 100_000, b"x")),
        "names that hold themselves": lambda: made.attached(("a", b"x")).replace(b"/Names [", b"/Kids [1 0 R] /N ["),
    }  # fmt: skip


def _structure() -> dict[str, Callable[[], bytes]]:
    good = made.words(b"fine")
    script = b"/OpenAction <</S /JavaScript /JS (while(1){})>> /AA <</O <</S /Launch /F (calc.exe)>>>>"
    return {
        "a start that is not there": lambda: good.replace(b"startxref\n", b"startxref\n9"),
        "a table that leads to itself": lambda: good.replace(b"/Root", b"/Prev %d /Root" % good.index(b"xref")),
        "a table of 2^31 objects": lambda: good.replace(b"xref\n0 ", b"xref\n0 2147483647 "),
        "a size of 2^31": lambda: good.replace(b"/Size ", b"/Size 2147483647"),
        "a root that is not there": lambda: good.replace(b"/Root 1 0 R", b"/Root 99 0 R"),
        "encrypted by nobody": lambda: good.replace(b"/Root", b"/Encrypt <</Filter /Nobody /V 99>> /Root"),
        "cut in the middle": lambda: good[: len(good) // 2],
        "the end alone": lambda: b"%PDF-1.7\n" + good[good.index(b"trailer") :],
        "programs to be run": lambda: made.page(b"", b"", b"0 0 9 9", extra=script),
        "a dictionary 20,000 deep": lambda: made.document(b"<</A " * 20_000 + b">>" * 20_000),
        "twice the same, one after the other": lambda: good + good,
        "nothing but its name and noise": lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(50_000),
    }


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Honest PDFs with bytes changed, cut out, doubled, or numbers in them made large."""
    chance = random.Random(seed)
    honest = [
        made.words(b"fine"), made.many_pages(3), made.attached(("factur-x.xml", b"<a/>" * 50)),
        made.page(b"q 1 0 0 1 5 5 cm 0 0 50 50 re f Q BT /F 9 Tf (a) Tj ET", _FONT),
        made.page(b"/X Do", b"/XObject <</X 5 0 R>>", b"0 0 9 9", made.stream(b"0 0 9 9 re f", b"/Subtype /Form")),
    ]  # fmt: skip
    for _ in range(count):
        pdf = bytearray(chance.choice(honest))
        for _change in range(chance.randrange(1, 10)):
            at = chance.randrange(9, len(pdf))
            end = min(len(pdf), at + chance.randrange(1, 40))
            match chance.randrange(5):
                case 0:
                    pdf[at] = chance.randrange(256)
                case 1:
                    del pdf[at:end]
                case 2:
                    pdf[at:at] = pdf[at:end]
                case 3:
                    pdf[at] ^= 1 << chance.randrange(8)
                case _:
                    digits = [n for n in range(9, len(pdf)) if 48 <= pdf[n] <= 57]
                    pdf[chance.choice(digits) : end] = chance.choice([b"-1", b"2147483648", b"1e38", b"0", b"5 0 R"])
            if len(pdf) < 40:
                break
        yield bytes(pdf)
