"""The order by which an option is taken off a line, as it goes out."""

from __future__ import annotations

import json

from selfcare.api.catalogue import SubjectIds
from selfcare.api.commands import request_for
from selfcare.domain.commands import DropOption
from tests import samples


def test_an_option_is_taken_off_by_one_item_that_deletes_it() -> None:
    command = DropOption("OP-1", "PR-1", "EU Pass")
    action = request_for(command, samples.profile(), "care-1", SubjectIds("9176", "P-9176"), samples.NOW)
    body = json.loads(action.body)
    assert (action.api, action.method, action.path) == ("TMF622", "POST", "productOrder")
    assert body["externalId"] == "care-1"
    (item,) = body["productOrderItem"]
    assert (item["action"], item["product"]["id"]) == ("delete", "OP-1")
