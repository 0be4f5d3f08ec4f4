"""Where the demo operator is asked to tell of changes is looked at before it is kept."""

from __future__ import annotations

import pytest

from selfcare.sandbox.answers import Refusal
from selfcare.sandbox.hub import Hub


@pytest.mark.parametrize("callback", ["http://[::1", "https://[x]y/", "ftp://127.0.0.1/", "", None])
def test_what_is_no_web_address_is_refused(callback: object) -> None:
    hub = Hub()
    with pytest.raises(Refusal, check=lambda refused: refused.status == 400):
        hub.register("claire", "troubleTicket", "v4", {"callback": callback})
    assert hub.listeners == {}
