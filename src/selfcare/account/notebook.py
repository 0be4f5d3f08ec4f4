"""Keeps what the customer writes down, and the files put to it, encrypted in the customer's own file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from selfcare.case import NOTEBOOK
from selfcare.case.notebook import Attached, Notebook, read_notebook, write_notebook
from selfcare.domain.failures import DiskTrouble, PaperTrouble

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


def unfit(path: Path) -> str:
    """Why a file cannot be put to a contact: "large", "unread" (gone, a folder, not allowed); "" where it can.

    For the store lane.
    """
    try:
        if not path.is_file():
            return "unread"
        return "large" if path.stat().st_size > LARGEST_FILE else ""
    except OSError:
        return "unread"


def attach_file(session: _Keeps, path: Path, put: Callable[[Attached], object]) -> str:
    """Keep a file from the disk and let `put` name it in its note; why it was left out, as `unfit` says it, or
    "unkept": the disk refused. For the store lane."""
    why = unfit(path)
    if why:
        return why
    try:
        put(attach(session, path.name, path.read_bytes()))
    except PaperTrouble:
        return "large"
    except OSError:
        return "unread"
    except DiskTrouble:
        return "unkept"
    return ""


def _files(notebook: Notebook) -> set[str]:
    return {file.kept_as for contact in notebook.contacts for file in contact.files}
