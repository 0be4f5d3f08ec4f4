"""A list whose filter is refused is read without it, as long as it can be one customer's; what is another's is left."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from _pytest.capture import CaptureFixture

from selfcare.__main__ import main
from selfcare.account import asking
from selfcare.account.asking import asked_without
from selfcare.account.desk import Desk
from selfcare.account.looking import _listed
from selfcare.api.operator import Page
from selfcare.api.replies import refuses_filter
from selfcare.domain.failures import Failure, Offline, Refused, ServerTrouble
from tests.sandbox_process import start_sandbox

WHY = ServerTrouble(501)


def a_desk(pages: list[Page | Failure]) -> Desk:
    def read(api: str, kind: str, params: Any) -> Iterator[Page]:
        assert (api, kind, params) == ("TMF678", "customerBill", {})
        for page in pages:
            if isinstance(page, Failure):
                raise page
            yield page

    return cast("Desk", SimpleNamespace(pages=read))


def read(*pages: Page | Failure) -> list[Page]:
    return list(asked_without(a_desk([*pages]), "TMF678", "customerBill", WHY))


def test_it_is_read_without_the_filter() -> None:
    first, second = Page([b"{}"], 1, None), Page([b"[]"], 2, None)
    assert read(first, second) == [first, second]


@pytest.mark.parametrize("answer", [Refused(400), ServerTrouble(500)])
def test_what_is_refused_either_way_is_told_as_it_was_first(answer: Failure) -> None:
    with pytest.raises(ServerTrouble) as told:
        read(answer)
    assert told.value is WHY


def test_what_is_wrong_on_the_way_is_told_as_it_is() -> None:
    with pytest.raises(Offline):
        read(Offline())


def test_a_list_that_cannot_be_one_customers_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "UNFILTERED_ITEMS", 3)
    counted, uncounted = Page([b"{}"], 1, 4), Page([b"{}"], 4, None)
    with pytest.raises(ServerTrouble):
        read(counted)
    with pytest.raises(ServerTrouble):
        read(Page([b"{}"], 3, None), uncounted)
    assert read(Page([b"{}"], 3, 3))


def test_only_what_may_be_about_the_filter_counts_as_its_refusal() -> None:
    assert refuses_filter(Refused(400))
    assert refuses_filter(ServerTrouble(501))
    others = (Refused(403), Refused(404), ServerTrouble(500), ServerTrouble(503), Offline())
    assert not any(map(refuses_filter, others))


def test_what_was_sent_is_found_without_the_filter_too() -> None:
    def pages(api: str, kind: str, filters: Any) -> Iterator[Page]:
        if filters:
            raise ServerTrouble(501)
        yield Page([b"ours", b"theirs"], 2, 2)

    desk = cast("Desk", SimpleNamespace(pages=pages))
    found = _listed(desk, "TMF683", "partyInteraction", {"a.b": "1"}, b"ours".__eq__, may_be_missing=False)
    assert found == [b"ours"]


def test_the_check_writes_and_finds_it_again(capsys: CaptureFixture[str]) -> None:
    with start_sandbox("--faults", "filter-refused") as operator:
        words = ["check-operator", operator.issuer(), "--demo-login", "--write", "--account", "claire"]
        assert main(words) == 0
    said = capsys.readouterr().out
    assert "FAILS" not in said
    assert "customerBill owner-filter: billingAccount.id: answered 501 (costs: everything is read" in said
