"""The kit for operators: the demo operator passes wholly, and every habit of sloppy servers is found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from _pytest.capture import CaptureFixture

from selfcare.__main__ import main
from selfcare.api.probes import Finding
from selfcare.api.profile import read_profile
from selfcare.api.route import proxy_to
from selfcare.app import check_operator
from selfcare.app.check_operator import check
from selfcare.app.check_report import as_text, fails, report_of
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.failures import Offline
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.proxy import Proxy
from selfcare.domain.records import replace
from selfcare.host.settings import Settings, save_settings
from selfcare.sandbox.sloppy import HABITS
from tests.plain_client import sign_in
from tests.sandbox_process import Sandbox, start_sandbox

FOUND_BY = {
    "own-words": "wording",
    "misspelt": "spelling",
    "relative-href": "href",
    "no-counts": "counts",
    "error-message": "error-body",
    "no-location": "location",
    "empty-404": "empty-list",
    "role-in-type": "parties",
    "lower-path": "address",
    "invented-dates": "completion",
    "own-names": "names",
    "object-for-list": "lists",
    "foreign-href": "href",
    "zero-total": "counts",
    "error-detail": "error-body",
    "post-200": "created-201",
    "past-end-416": "past-the-end",
    "past-end-404": "past-the-end",
    "no-fields": "fields",
    "bare-dates": "dates",
    "counted-dates": "date-format",
    "comma-amounts": "amounts",
    "bare-references": "references",
    "wrapped-values": "characteristics",
    "status-for-state": "names",
    "empty-objects": "empty",
    "bool-words": "truths",
    "odd-ids": "ids",
    "ignored-filter": "owner-filter",
    "answers-202": "created-201",
    "no-etag": "caching",
    "small-pages": "max-limit",
    "filter-empties": "owner-filter",
    "filter-refused": "owner-filter",
    "patch-ignored": "patch",
    "no-types": "types",
    "no-list": "list",
    "partial": "status-200",
    "no-merge-patch": "patch-types",
}
TOGETHER = (
    "own-words misspelt relative-href no-counts error-message no-location empty-404 role-in-type lower-path",
    "own-names object-for-list foreign-href zero-total error-detail post-200 past-end-416 no-fields bare-dates",
    "status-for-state empty-objects bool-words odd-ids ignored-filter answers-202 no-etag comma-amounts",
    "small-pages patch-ignored partial invented-dates past-end-404 counted-dates bare-references wrapped-values",
    "filter-refused",
    "filter-empties no-merge-patch no-types no-list:productOrder",
)


@pytest.fixture(scope="module")
def desk() -> Iterator[Sandbox]:
    with start_sandbox("--bills", "30") as running:
        order = {"category": "question", "productOrderItem": [{"id": "1", "action": "noChange"}]}
        sign_in(running.issuer(), "claire").post("productOrder", order).raise_for_status()
        yield running


@pytest.fixture
def operator(desk: Sandbox) -> Iterator[Sandbox]:
    desk.set_faults()
    desk.set_tmf("v4")
    yield desk
    desk.set_faults()


def found(sandbox: Sandbox, *, writes: bool = True) -> Sequence[Finding]:
    return check(read_profile(sandbox.profile()), demo_browser_for("claire"), writes=writes)


def test_every_habit_has_a_check_that_finds_it() -> None:
    assert HABITS.keys() | {"partial", "no-etag"} == FOUND_BY.keys()
    assert sorted(FOUND_BY) == sorted(habit.partition(":")[0] for group in TOGETHER for habit in group.split())


@pytest.mark.parametrize("group", TOGETHER, ids=range(len(TOGETHER)))
def test_each_habit_is_found(group: str, operator: Sandbox) -> None:
    if "no-merge-patch" in group:
        operator.set_tmf("v5")
    operator.set_faults(*group.split())
    odd = {one.check for one in found(operator) if not one.ok}
    for habit in group.split():
        assert FOUND_BY[habit.partition(":")[0]] in odd, habit


@pytest.mark.parametrize("tmf", ["v4", "v5", "mixed"])
def test_the_demo_operator_passes_wholly(tmf: str, operator: Sandbox, capsys: CaptureFixture[str]) -> None:
    operator.set_tmf(tmf)
    words = ["check-operator", operator.issuer(), "--demo-login", "--write", "--account", "claire", "--json"]
    assert main(words) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["passes"]
    assert [api["api"] for api in report["apis"] if not api["conformant"]] == []
    assert sum(api["tried"] for api in report["apis"]) > 300
    kept = {api["api"] for api in report["apis"] if api["idempotency"] == "honoured"}
    assert kept == {"TMF621", "TMF622", "TMF683"}


@pytest.mark.parametrize("login", ["margot", "atelier", "lucie", "julien"])
def test_it_passes_wholly_for_its_french_customers_too(
    login: str, operator: Sandbox, capsys: CaptureFixture[str]
) -> None:
    assert main(["check-operator", operator.issuer("orvane-fr"), "--demo-login", "--account", login, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [api["api"] for api in report["apis"] if not api["conformant"]] == []


def test_nothing_is_written_unless_it_is_wanted(operator: Sandbox) -> None:
    operator.reset_log()
    found(operator, writes=False)
    asked = {(r["method"], r["path"].rpartition("/")[2]) for r in operator.log()["requests"] if r["method"] != "GET"}
    assert {name for _, name in asked} <= {"authorize", "token", "revoke"}


def test_a_completion_that_was_invented_is_found_on_the_order_that_was_just_sent(operator: Sandbox) -> None:
    operator.set_faults("invented-dates")
    odd = [
        (one.kind, one.check)
        for one in check(read_profile(operator.profile()), demo_browser_for("edith"), writes=True)
        if not one.ok
    ]
    assert ("productOrder", "completion") in odd


def test_a_list_at_an_address_with_a_slip_fails(operator: Sandbox) -> None:
    said = read_profile(operator.profile())
    entry = said.apis["TMF678"]
    assert entry is not None
    moved = replace(entry, base_url=f"{entry.base_url}x")
    odd = check(replace(said, apis={**said.apis, "TMF678": moved}), demo_browser_for("claire"))
    wrong = [(one.kind, one.check, one.is_must) for one in odd if not one.ok and one.api == "TMF678"]
    assert wrong == [("customerBill", "list", True), ("appliedCustomerBillingRate", "list", True)]


@pytest.mark.parametrize("tmf", ["v4", "v5"])
def test_a_profile_of_the_other_version_is_found(tmf: str, operator: Sandbox) -> None:
    operator.set_tmf(tmf)
    said = read_profile(operator.profile())
    other = "v5" if tmf == "v4" else "v4"
    apis = {api: replace(entry, version=other) if entry else None for api, entry in said.apis.items()}
    odd = check(replace(said, apis=apis), demo_browser_for("claire"))
    wrong = {(one.kind, one.is_must) for one in odd if not one.ok and one.check == "version"}
    assert {("troubleTicket", True), ("product", False), ("billingAccount", False)} <= wrong


def test_an_owner_filter_with_a_slip_is_found(operator: Sandbox) -> None:
    said = read_profile(operator.profile())
    entry = said.apis["TMF621"]
    assert entry is not None
    apis = {**said.apis, "TMF621": replace(entry, owner_param="customerAccount.id")}
    odd = [one for one in check(replace(said, apis=apis), demo_browser_for("claire")) if not one.ok]
    assert [(one.kind, one.check, one.detail) for one in odd] == [
        ("troubleTicket", "owner-filter", "customerAccount.id finds nothing, without it there is some")
    ]


def test_where_the_customer_cannot_be_read_the_party_is_not_tried(operator: Sandbox) -> None:
    operator.set_faults("500:TMF629")
    rows = {row.api: row for row in report_of(read_profile(operator.profile()), found(operator, writes=False))}
    assert (rows["TMF632"].tried, rows["TMF632"].is_conformant) == (0, False)
    assert "TMF632  v4       yes      not tried" in as_text(read_profile(operator.profile()), list(rows.values()))


def test_a_list_that_is_another_one_on_its_second_page_is_found(operator: Sandbox) -> None:
    operator.set_faults("list-changes:customerBill")
    odd = {(one.kind, one.check) for one in found(operator, writes=False) if not one.ok}
    assert odd == {("customerBill", "offset")}


def test_a_count_that_is_too_great_is_found(operator: Sandbox) -> None:
    operator.set_faults("bad-total:product")
    odd = {(one.kind, one.check, one.is_must) for one in found(operator, writes=False) if not one.ok}
    assert odd == {("product", "whole", True), ("product", "counts", False)}


@pytest.mark.parametrize("fault", ["500-after-effect", "lost-response"])
def test_what_was_made_without_a_good_answer_is_named_and_taken_back(fault: str, operator: Sandbox) -> None:
    operator.set_faults(f"{fault}:troubleTicket=1")
    operator.forget_effects()
    odd = [one for one in found(operator) if not one.ok]
    assert [(one.kind, one.check) for one in odd] == [("troubleTicket", "create")]
    assert odd[0].detail.endswith("and it was made 1 times all the same")
    (made,) = {one["id"] for one in operator.effects()["effects"] if one["kind"] == "troubleTicket"}
    ticket = sign_in(operator.issuer(), "claire").get("troubleTicket", made).json()
    assert ticket["status"] == "cancelled"


def test_an_order_that_is_rejected_is_found(operator: Sandbox) -> None:
    operator.set_faults("order-rejected:portOutCode")
    odd = [one for one in found(operator) if not one.ok]
    assert {(one.kind, one.check) for one in odd} == {("productOrder", "create")}
    assert "This cannot be done now" in odd[0].detail


def test_where_the_customer_cannot_be_told_the_lists_say_so(operator: Sandbox) -> None:
    operator.set_faults("500:TMF629", "500:TMF666")
    said = {one.kind: one.detail for one in found(operator, writes=False) if not one.ok}
    assert said["customerBill"] == said["payment"]
    assert said["customerBill"].startswith("cannot be asked for: no account number of the customer is known")


def test_a_bill_whose_pdf_is_none_is_found(operator: Sandbox) -> None:
    operator.set_faults("bad-pdf")
    odd = {(one.kind, one.check) for one in found(operator, writes=False) if not one.ok}
    assert odd == {("customerBill", "paper")}


@pytest.mark.parametrize("fault", ["500:customerBill", "html:product", "no-id:troubleTicket", "unreadable:agreement"])
def test_what_is_broken_fails(fault: str, operator: Sandbox) -> None:
    operator.set_faults(fault)
    rows = report_of(read_profile(operator.profile()), found(operator, writes=False))
    assert fails(rows)
    assert len([row for row in rows if row.fails]) == 1


def test_what_is_not_offered_is_said_with_its_cost(operator: Sandbox, capsys: CaptureFixture[str]) -> None:
    operator.set_faults("not-offered:TMF656")
    assert main(["check-operator", operator.issuer(), "--demo-login"]) == 0
    said = capsys.readouterr().out
    assert "TMF656  -        no" in said
    assert "costs the customer: known faults" in said
    assert main(["check-operator", operator.issuer(), "--demo-login", "--html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "known faults" in page


def test_a_profile_that_cannot_be_used_is_named(tmp_path: Path, capsys: CaptureFixture[str]) -> None:
    file = tmp_path / "profile.json"
    file.write_text('{\n "id": "x",\n "name": 5\n}', encoding="utf-8")
    assert main(["check-operator", str(file)]) == 2
    assert "line 3, name: this is of a wrong type" in capsys.readouterr().err
    assert main(["check-operator", str(file), "--write"]) == 2
    assert "--account" in capsys.readouterr().err


def test_every_check_stands_in_the_guide(operator: Sandbox) -> None:
    guide = (Path(__file__).resolve().parents[2] / "resources" / "api" / "GUIDE.md").read_text(encoding="utf-8")
    for name in {one.check for one in found(operator)}:
        assert f"`{name}`" in guide, name


@pytest.mark.parametrize("way", ["proxy.example.net:8080", "http://proxy.example.net:8080"])
def test_it_takes_the_way_that_is_named(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Proxy | None] = []

    def look(_where: str) -> OperatorProfile:
        taken.append(proxy_to({"https://api.example.net"}))
        raise Offline

    monkeypatch.setattr(check_operator, "profile_at", look)
    assert main(["check-operator", "https://api.example.net", "--proxy", way]) == 2
    assert main(["check-operator", "https://api.example.net"]) == 2
    assert taken == [Proxy("proxy.example.net", 8080), None]
    assert proxy_to({"https://api.example.net"}) is None, "it holds for this command alone"


def test_it_takes_the_way_that_is_chosen_in_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(tmp_path / "settings.json", Settings(proxy="own", proxy_address="office.example.net:3128"))
    monkeypatch.setattr("selfcare.app.start.places", lambda *, demo: (tmp_path, tmp_path / "settings.json"))
    route = check_operator.route_of("program")
    assert route is not None
    assert route("api.example.net") == Proxy("office.example.net", 3128)
    monkeypatch.setenv("https_proxy", "http://usual.example.net:81")
    system = check_operator.route_of("system")
    assert system is not None
    assert system("api.example.net") == Proxy("usual.example.net", 81)


def test_a_way_that_is_none_is_named(capsys: CaptureFixture[str]) -> None:
    assert main(["check-operator", "https://api.example.net", "--proxy", "socks://x:1"]) == 2
    assert "--proxy: 'socks://x:1' is neither" in capsys.readouterr().err
