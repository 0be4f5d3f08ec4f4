"""What stands between the start and the first picture is loaded, and nothing that reads, sends, draws or explains."""

from __future__ import annotations

import subprocess
import sys

LOADED = (
    "import selfcare.__main__, selfcare.app.start; from selfcare.ui.toolkit import load_qt; load_qt();"
    "import selfcare.app.early, selfcare.ui.desk, selfcare.app.entrance, selfcare.app.program, selfcare.ui.window,"
    "selfcare.ui.pages.home, selfcare.ui.looks, selfcare.viewmodel.glance, sys; print(*sys.modules)"
)
NOT_YET = frozenset(
    {"httpx", "keyring", "pypdfium2", "joserfc", "typst", "icalendar", "holidays", "phonenumbers", "asyncio", "html"}
    | {"selfcare.api.reading", "selfcare.api.client", "selfcare.domain.bills", "selfcare.domain.tickets"}
    | {"selfcare.domain.lines", "selfcare.domain.waiting", "selfcare.viewmodel.home", "selfcare.case.promises"}
)


def test_what_a_start_loads() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=120, check=True)
    loaded = frozenset(done.stdout.split())
    assert "selfcare.ui.pages.home" in loaded
    assert not loaded & NOT_YET
