"""Makes the farewell pack of an account, and reads every file of it back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from selfcare.account.farewell import farewell
from selfcare.account.owned import Owned
from selfcare.account.session import Session
from selfcare.domain.farewell import Pack
from selfcare.viewmodel.farewell import farewell_pack
from selfcare.viewmodel.farewell_index import Tally
from tests import samples
from tests.pack_reading import check_names, check_whole, files_of


def packed(session: Session, target: Path, now: datetime, tally: Tally | None = None) -> dict[str, bytes]:
    """The files of the pack, in English, by their paths; `tally` is given what was counted."""
    counted = Tally() if tally is None else tally

    def make(owned: Owned) -> Pack:
        return farewell_pack(owned, samples.words(), now, languages=(samples.words(),), tally=counted)

    for _step in farewell(session, make, target):
        pass
    return files_of(target)


def whole_pack(session: Session, target: Path, now: datetime) -> dict[str, bytes]:
    """The same; every fingerprint and every name of it holds."""
    files = packed(session, target, now)
    check_whole(files)
    check_names(list(files))
    return files
