"""Keeps what the customer writes down, and the files put to it, encrypted in the customer's own file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from selfcare.case import NOTEBOOK
from selfcare.case.notebook import Attached, Notebook, read_notebook, write_notebook
from selfcare.domain.failures import PaperTrouble

LARGEST_FILE = 25 << 20
"""Bytes of one file at the most."""

_LONGEST_NAME = 120


class _Reads(Protocol):
    def draft(self, key: str) -> bytes | None: ...


class _Keeps(_Reads, Protocol):
    def save_draft(self, key: str, body: bytes) -> None: ...

    def drop_draft(self, key: str) -> None: ...


def notebook_of(kept: _Reads) -> Notebook:
    """What the customer has written down so far. For the store lane. Raises ValueError if it cannot be read."""
    return read_notebook(kept.draft(NOTEBOOK))


def change_notebook(session: _Keeps, change: Callable[[Notebook], Notebook]) -> Notebook:
    """Change the notebook; it is on the disk when this returns. For the store lane, the only one that writes it.

    Raises what `change` raises (BadNote); then nothing is different.
    """
    before = notebook_of(session)
    after = change(before)
    if after != before:
        session.save_draft(NOTEBOOK, write_notebook(after))
        for lost in _files(before) - _files(after):
            session.drop_draft(lost)
    return after


def attach(session: _Keeps, name: str, content: bytes) -> Attached:
    """Keep a file for a contact; the note must name it afterwards. Raises PaperTrouble("too_large")."""
    if len(content) > LARGEST_FILE:
        raise PaperTrouble("too_large")
    kept_as = f"{NOTEBOOK}:{uuid4()}"
    session.save_draft(kept_as, content)
    return Attached(name[-_LONGEST_NAME:], kept_as, len(content), hashlib.sha256(content).hexdigest())


def _files(notebook: Notebook) -> set[str]:
    return {file.kept_as for contact in notebook.contacts for file in contact.files}
