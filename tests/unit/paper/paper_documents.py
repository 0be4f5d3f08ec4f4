"""Makes PDFs for the tests: honest ones, and ones that want to freeze or blow up whoever opens them."""

from __future__ import annotations

import hashlib
import zlib


def document(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first one is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    return bytes(out) + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def stream(content: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content = zlib.compress(content, 9)
        entries += b"/Filter /FlateDecode"
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def page(
    content: bytes, resources: bytes = b"", box: bytes = b"0 0 200 100", *more: bytes, extra: bytes = b""
) -> bytes:
    """A PDF of one page; `more` are objects from number 5 on."""
    return document(
        b"<</Type /Catalog /Pages 2 0 R %s>>" % extra,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources <<%s>>>>" % (box, resources),
        stream(content),
        *more,
    )


def words(text: bytes, rotate: int = 0, box: bytes = b"0 0 200 100") -> bytes:
    """A page with one line of text in a font that the PDF does not bring along."""
    made = page(
        b"BT /F 12 Tf 20 70 Td (%s) Tj ET" % text,
        b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>",
        box,
    )
    return made.replace(b"/Type /Page /Parent", b"/Type /Page /Rotate %d /Parent" % rotate) if rotate else made


def many_pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    one = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100]>>"
    return document(
        b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count), *[one] * count
    )


def endless() -> bytes:
    """Thirty forms, each drawing the next one ten times: 10^30 drawings in a few kilobytes."""
    draw = b"/X Do " * 10
    forms = [
        stream(
            draw if number < 34 else b"0 0 10 10 re f",
            b"/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources <</XObject <</X %d 0 R>>>>" % (number + 1),
        )
        for number in range(5, 35)
    ]
    return page(draw, b"/XObject <</X 5 0 R>>", b"0 0 200 100", *forms)


def huge_picture() -> bytes:
    """A picture of 30,000 by 30,000 pixels, which takes 2.7 GB, in 2.6 MB of PDF."""
    side = 30_000
    packed = zeros(side * side * 3 >> 20)
    picture = b"<</Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8" % (
        side,
        side,
    )
    picture += b" /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)
    return page(b"200 0 0 100 0 0 cm /I Do", b"/XObject <</I 5 0 R>>", b"0 0 200 100", picture)


def attached(*files: tuple[str, bytes]) -> bytes:
    """A page with these files attached."""
    more: list[bytes] = []
    names = b""
    for index, (name, content) in enumerate(files):
        number = 5 + index * 2
        title = b"<feff%s>" % name.encode("utf-16-be").hex().encode()
        names += b"%s %d 0 R " % (title, number)
        more.append(b"<</Type /Filespec /F %s /UF %s /EF <</F %d 0 R>>>>" % (title, title, number + 1))
        more.append(stream(content, b"/Type /EmbeddedFile /Params <</Size %d>>" % len(content), packed=True))
    return page(b"", b"", b"0 0 200 100", *more, extra=b"/Names <</EmbeddedFiles <</Names [%s]>>>>" % names)


PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted(text: bytes, password: bytes) -> bytes:
    """A page with one line of text that opens with a password only (the first encryption of the standard, RC4)."""
    ident, rights = b"0123456789abcdef", b"\xfc\xff\xff\xff"
    padded = (password + PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + rights + ident).digest()[:5]
    own = hashlib.md5(key + (4).to_bytes(3, "little") + bytes(2)).digest()[:10]
    content = _rc4(own, b"BT /F 12 Tf 20 70 Td (%s) Tj ET" % text)
    lock = b"<</Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>>>" % (
        owner.hex().encode(),
        _rc4(key, PAD).hex().encode(),
    )
    made = document(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources <</Font "
        b"<</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>>",
        stream(content),
        lock,
    )
    return made.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R /ID [<%s> <%s>]" % ((ident.hex().encode(),) * 2))


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for one in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(one ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def zeros(length: int) -> bytes:
    """So many mebibytes of zero bytes, packed; the same piece again and again, without the sum at the end."""
    packer = zlib.compressobj(9)
    packer.compress(bytes(1 << 20))
    first = packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    head = zlib.compressobj(9)
    return head.compress(b"") + first + piece * (length - 1)
