"""PDFs of bills with one page of plain text, open or locked with a password."""

from __future__ import annotations

import hashlib

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def bill_pdf(*lines: str, password: bytes = b"") -> bytes:
    """A page with these lines; with a password it opens with that alone (ISO 32000-1, 7.6: RC4, 40 bits)."""
    text = b"BT /F 12 Tf 20 180 Td " + b"".join(b"(%s) Tj 0 -14 Td " % line.encode("latin-1") for line in lines) + b"ET"
    rules = b""
    if password:
        padded, number, may = (password + _PAD)[:32], b"0123456789abcdef", (-4).to_bytes(4, "little", signed=True)
        own = _rc4(hashlib.md5(padded).digest()[:5], padded)
        key = hashlib.md5(padded + own + may + number).digest()[:5]
        text = _rc4(hashlib.md5(key + b"\4\0\0\0\0").digest()[:10], text)
        rules = b"/Encrypt <</Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4>> /ID [<%s> <%s>]" % (
            own.hex().encode(), _rc4(key, _PAD).hex().encode(), number.hex().encode(), number.hex().encode(),
        )  # fmt: skip
    font = b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>"
    objects = (
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R /Resources <<%s>>>>" % font,
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
    )
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for count, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (count, content)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    return bytes(out) + b"trailer <</Size 5 /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (rules, start)


def _rc4(key: bytes, content: bytes) -> bytes:
    box, at = list(range(256)), 0
    for place in range(256):
        at = (at + box[place] + key[place % len(key)]) % 256
        box[place], box[at] = box[at], box[place]
    out, one, two = bytearray(), 0, 0
    for byte in content:
        one = (one + 1) % 256
        two = (two + box[one]) % 256
        box[one], box[two] = box[two], box[one]
        out.append(byte ^ box[(box[one] + box[two]) % 256])
    return bytes(out)
