"""An operator that gives a document only within its list fails where the program asks for it alone, and only there."""

from __future__ import annotations

import httpx
import pytest

from selfcare.api.addresses import origin_of
from selfcare.api.catalogue import BY_KIND, ONE_BY_ONE, SubjectIds
from selfcare.api.client import Wire
from selfcare.api.operator import Operator
from selfcare.api.probes import probe
from selfcare.domain.records import replace
from tests import samples
from tests.unit.api.test_api_operator import reply


@pytest.mark.parametrize("kind", ["product", "productOrder", "payment", "serviceProblem"])
def test_a_list_without_its_documents_alone(kind: str) -> None:
    api = BY_KIND[kind].api
    profile = samples.profile()
    entry = profile.apis["TMF637"]
    assert entry is not None

    def hear(request: httpx.Request) -> httpx.Response:
        is_list = request.url.path.endswith(f"/{kind}")
        return reply(200, [{"id": "1"}]) if is_list else reply(404, {"code": "notFound", "reason": "No"})

    only = replace(profile, apis={api: replace(entry, owner_param="", owner_value="")})
    wire = Wire({origin_of(entry.base_url)}, transport=httpx.MockTransport(hear))
    found = {one.check: one for one in probe(Operator(only, wire, lambda: "t"), SubjectIds("C-1")) if one.kind == kind}
    assert (found["single"].ok, found["single"].is_must) == (False, kind in ONE_BY_ONE)
    assert {"product", "productOrder"} <= ONE_BY_ONE
    assert not {"payment", "serviceProblem"} & ONE_BY_ONE
