"""A process that renews one account's session again and again, on several threads; started and killed by tests."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from selfcare.account import signin
from selfcare.api.profile import read_profile
from selfcare.domain.failures import Failure
from selfcare.store.vault import open_vault

KEY = bytes(range(32))
FAR = datetime.now(UTC) + timedelta(days=1)


def main(folder: Path, profile: Path, threads: int, times: int, dies: str = "") -> None:
    """Renew so many times on so many threads; say each token that came, or the name of the failure."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    keep = signin.keep_renewed

    def keep_or_die(*facts: object) -> bool:
        if dies == "before":
            die()
        is_kept = keep(*facts)  # type: ignore[arg-type]
        if dies == "after":
            die()
        return is_kept

    signin.keep_renewed = keep_or_die

    def renew() -> None:
        vault = open_vault(folder, KEY)
        keys = signin.SignedIn(vault.actions, read_profile(profile.read_bytes()), lambda: FAR, folder / "session.lock")
        for _ in range(times):
            try:
                said = f"token {keys.access()}"
            except Failure as failure:
                said = f"failure {type(failure).__name__}"
            sys.stdout.write(f"{said}\n")
            sys.stdout.flush()
        vault.close()

    with ThreadPoolExecutor(threads) as many:
        for task in [many.submit(renew) for _ in range(threads)]:
            task.result()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])
