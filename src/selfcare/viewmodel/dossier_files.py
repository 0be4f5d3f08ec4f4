"""The proofs of a dossier: which papers go in, under which name, each with its number and its fingerprint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from selfcare.case.notebook import Notebook
from selfcare.domain.bills import Bill
from selfcare.domain.contract import Contract
from selfcare.domain.papers import Paper
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .dossier_scope import Scope

MOST = 400
"""Papers in one dossier; the newest go in."""


class Proof(Struct, frozen=True):
    """One file of the dossier. `kept_as` is where its bytes are: a paper's id, or a note's file where `is_noted`."""

    what: str
    name: str
    kept_as: str
    is_noted: bool = False


class Marked(Struct, frozen=True):
    """A proof that is here, with its number, its path in the folder, its size in bytes and its SHA-256."""

    number: str
    proof: Proof
    path: str
    size: int
    sha256: str


def proofs_of(
    scope: Scope,
    notebook: Notebook,
    bills: Iterable[Bill],
    contracts: Iterable[Contract],
    letters: Iterable[Paper],
    words: Words,
    zone: ZoneInfo,
) -> tuple[Proof, ...]:
    """Every paper within the scope, in the order of the sections; what is not here is left out later."""
    found: list[Proof] = []
    for noted in notebook.contacts:
        if scope.has_moment(noted.started, zone) and scope.has_own(noted.about, noted.reference):
            day = words.short_day(noted.started.astimezone(zone).date())
            found += [Proof(words.tr("Contact of {day}", day=day), f.name, f.kept_as, True) for f in noted.files]
    for bill in bills:
        if scope.has_day(bill.day) and scope.has_bill(bill.id):
            what = words.tr("Bill {number}", number=bill.number)
            found += [Proof(what, f"{what}.pdf", paper.id) for paper in bill.papers if paper.is_pdf]
    for contract in contracts:
        if scope.has_topic((), contract.id, *contract.product_ids):
            what = words.tr("Contract {number}", number=contract.number or contract.id)
            found += [Proof(what, f"{paper.name or what}.pdf", paper.id) for paper in contract.papers if paper.is_pdf]
    for letter in letters:
        if scope.has_day(letter.day) and scope.has_topic(letter.about, letter.id):
            what = letter.name or words.tr("Letter")
            found += [Proof(what, f"{file.name or what}.pdf", file.id) for file in letter.files if file.is_pdf]
    seen: dict[str, Proof] = {}
    for proof in found:
        seen.setdefault(proof.kept_as, proof)
    return tuple(seen.values())[:MOST]


def marked(here: Sequence[tuple[Proof, int, str]], folder: str) -> tuple[Marked, ...]:
    """The proofs that are here, numbered; each is (proof, size, SHA-256). Names are made safe for any disk."""
    return tuple(
        Marked(f"P{place}", proof, f"{folder}/P{place:03} {safe_name(proof.name)}", size, digest)
        for place, (proof, size, digest) in enumerate(here, start=1)
    )


def safe_name(name: str) -> str:
    """A file's name without anything that a disk or a mail program stumbles over."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    stem, dot, ending = kept.rpartition(".")
    stem, ending = (stem, ending) if dot and re.fullmatch(r"[A-Za-z0-9]{1,8}", ending) else (kept, "")
    if stem.casefold().endswith(f".{ending.casefold()}") and ending:
        stem = stem[: -len(ending) - 1]
    safe = " ".join(re.sub(r"[^A-Za-z0-9._-]+", " ", stem).split()).strip(". ")[:80] or "file"
    return f"{safe}.{ending.lower()}" if ending else safe
