"""Finds the electronic invoice among the files of a PDF and reads it, in the caged process and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from selfcare.domain.einvoices import STANDARD_NAMES, EInvoice, FoundInvoice

from . import cii, ubl
from .sheet import LARGEST_ATTACHMENT
from .tree import Unreadable, local, parse


def invoice_among(files: Iterable[tuple[str, int, bytes | None]]) -> FoundInvoice | None:
    """The invoice among attached files (name, size, content or None where too large); None where none is one.

    Files with a usual name come first; another XML file counts if it is an invoice.
    """
    known: list[tuple[str, int, bytes | None]] = []
    others: list[tuple[str, int, bytes | None]] = []
    for file in files:
        name = file[0].casefold()
        if name in STANDARD_NAMES:
            known.append(file)
        elif name.endswith(".xml"):
            others.append(file)
    troubled: list[FoundInvoice] = []
    for name, size, content in known:
        if content is None or size > LARGEST_ATTACHMENT:
            troubled.append(FoundInvoice(name, None, "too_large"))
            continue
        found = invoice_in(content, name)
        if found.invoice is not None:
            return found
        troubled.append(found)
    if troubled:
        return troubled[0]
    read = (invoice_in(content, name) for name, _, content in others if content is not None)
    return next((one for one in read if one.invoice is not None), None)


def invoice_in(content: bytes, name: str = "") -> FoundInvoice:
    """The invoice that a piece of XML is."""
    if len(content) > LARGEST_ATTACHMENT:
        return FoundInvoice(name, None, "too_large")
    try:
        return FoundInvoice(name, _invoice(content))
    except Unreadable as trouble:
        return FoundInvoice(name, None, str(trouble))


def _invoice(content: bytes) -> EInvoice:
    root = parse(content)
    if local(root) in cii.ROOTS:
        return cii.read_cii(root)
    if ubl.is_ubl(root):
        return ubl.read_ubl(root)
    raise Unreadable("foreign")
