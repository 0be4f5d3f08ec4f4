"""A remark to which the operator says yes and writes nothing, or answers 200 with an error: told one from the other."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from selfcare.domain.failures import NotAnAnswer
from tests.unit.api.test_api_operator import reply
from tests.unit.api.test_json_patch import HELLO, JSON, Server, desk_of, remark

ERROR = {"code": "20", "reason": "The line is barred", "status": "400"}


class Another(Server):
    """It answers a remark in its own way, and does it or not; a look at the ticket may fail."""

    def __init__(self, answer: httpx.Response, *, does_it: bool, look: int = 200) -> None:
        super().__init__({"id": "T1", "note": [HELLO]}, JSON)
        self.answer, self.does_it, self.look = answer, does_it, look

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH" and self.does_it:
            super().__call__(request)
        if request.method == "PATCH":
            return self.answer
        return reply(self.look, self.ticket if self.look == 200 else b"")


@pytest.mark.parametrize("look", [200, 500])
def test_an_error_in_place_of_the_ticket_is_no_yes(look: int) -> None:
    server = Another(reply(200, ERROR), does_it=False, look=look)
    with pytest.raises(NotAnAnswer) as caught:
        desk_of(server, JSON).send(remark(server, JSON))
    assert caught.value.what == "shape"


@pytest.mark.parametrize("answer", [(204, b""), (200, {"id": "T1", "note": [HELLO]})])
def test_a_yes_by_which_nothing_has_changed_is_a_yes_to_be_waited_for(answer: tuple[int, Any]) -> None:
    server = Another(reply(*answer), does_it=False)
    with pytest.raises(NotAnAnswer) as caught:
        desk_of(server, JSON).send(remark(server, JSON))
    assert caught.value.what == "unchanged"


@pytest.mark.parametrize("answer", [(204, b""), (200, {"id": "T1", "note": [HELLO]})])
def test_a_remark_that_is_found_there_counts_whatever_was_answered(answer: tuple[int, Any]) -> None:
    server = Another(reply(*answer), does_it=True)
    assert desk_of(server, JSON).send(remark(server, JSON)).status == answer[0]
