"""What the customer planned and told about leaving is in the farewell pack, and read back from the pack's own files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.account.session import Session, open_session
from selfcare.domain.commands import WithdrawNotice
from selfcare.domain.lines import PortingCode
from selfcare.domain.options import PaperState
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.claims import ClaimOf
from selfcare.leaving.drafts import DRAFT_KEY, Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.mishaps import Mishap, Mishaps
from selfcare.leaving.outage import Spell
from selfcare.leaving.terms import RiseClause, Terms
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.farewell_codes import codes_of
from selfcare.viewmodel.farewell_entries import Telling
from selfcare.viewmodel.farewell_leaving import plans
from selfcare.viewmodel.farewell_papers import PaperNames
from tests import samples
from tests.farewell_packs import whole_pack
from tests.pack_reading import pages, table
from tests.readers import FakeReader

AT = datetime(2026, 11, 21, 10, 50, tzinfo=UTC)
BEGAN = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)
TOLD = Answers(
    "PR-1",
    keep_number=True,
    day=date(2026, 12, 1),
    confirmed=AT,
    typed_code="orv 482913",
    typed_day=date(2026, 11, 20),
    receipt="6A 1234",
    receipt_photo="/home/claire/photos/receipt.jpg",
    returned=date(2026, 11, 19),
    about=Circumstances(Reason.MOVING, listed=True),
    settled=(("claimed:1", date(2026, 11, 20)), ("refund:deposit", date(2026, 11, 21))),
    mishaps=Mishaps(
        (Mishap("1", ClaimOf.MISSED_VISIT, date(2026, 11, 10), hours_ahead=5, by_new=True),), (Spell(BEGAN),), 1
    ),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), samples.profile(), now=lambda: AT)
    yield opened
    opened.close()


def test_the_plan_the_typed_code_the_receipt_and_the_claims_are_read_back(session: Session, tmp_path: Path) -> None:
    session.save_draft(DRAFT_KEY, plans_to_bytes(Plans().with_answers(TOLD)))

    files = whole_pack(session, tmp_path / "pack", AT)

    assert plans_from_bytes(files["leaving/plans.json"]).of("PR-1") == TOLD
    said = {row["what"]: row["said"] for row in table(files, "plans")}
    assert said["receipt"] == "6A 1234"
    assert said["returned"] == "2026-11-19"
    assert (said["keep_number"], said["about.reason"], said["about.listed"]) == ("yes", "moving", "yes")
    assert "deposit_paid" not in said, "what was not answered is no row"
    assert [(row["what"], row["of"], row["day"]) for row in table(files, "plan-settled")] == [
        ("claimed", "1", "2026-11-20"),
        ("refund", "deposit", "2026-11-21"),
    ]
    (mishap,) = table(files, "plan-mishaps")
    assert (mishap["what"], mishap["due"], mishap["hours_ahead"], mishap["new_operator"]) == (
        "missedVisit", "2026-11-10", "5", "yes"
    )  # fmt: skip
    (spell,) = table(files, "plan-outages")
    assert (datetime.fromisoformat(spell["began"]), spell["ended"]) == (BEGAN, "")
    (code,) = table(files, "codes")
    assert (code["scheme"], code["code"], code["state"], code["typed"]) == (
        "PAC", "ORV482913", "typed in", "2026-11-20"
    )  # fmt: skip
    read = pages(files)
    for part in ("6A 1234", "receipt.jpg", "orv 482913", "Compensation asked for", "The technician did not come"):
        assert part in read["pages/plans.html"].words
    assert "/home/claire" not in read["pages/plans.html"].words
    assert "PAC ORV482913" in read["pages/codes.html"].words
    assert "Your plan to leave" in read["index.html"].words


def test_of_a_discreet_plan_there_is_no_trace(session: Session, tmp_path: Path) -> None:
    hidden = replace(TOLD, about=Circumstances(Reason.SAFETY))
    session.save_draft(DRAFT_KEY, plans_to_bytes(Plans().with_answers(hidden)))
    files = whole_pack(session, tmp_path / "pack", AT)
    assert table(files, "plans") == table(files, "codes") == []
    assert not any(b"482913" in content or b"6A 1234" in content for content in files.values())
    assert "pages/plans.html" not in files


def test_nothing_planned_leaves_no_file(session: Session, tmp_path: Path) -> None:
    assert not any(path.startswith("leaving/") for path in whole_pack(session, tmp_path / "pack", AT))


def test_a_typed_code_is_called_what_it_is_in_its_country() -> None:
    typed = replace(TOLD, typed_code="01peroy4p4tr")
    assert [found.code.scheme for found in codes_of((), (), (typed,), "FR")] == ["RIO"]
    (unknown,) = codes_of((), (), (replace(TOLD, typed_code="who knows"),), "GB")
    assert (unknown.code.scheme, unknown.code.code) == ("", "WHOKNOWS")


def test_a_code_is_one_wherever_it_is_known_from() -> None:
    code = PortingCode("PAC", "ORV482913", date(2026, 12, 20))
    line = replace(samples.lines()[0], code=code)
    order = Order("O-1", "", "portOutCode", OrderState.COMPLETED, "completed", AT, None, None, AT, (line.id,), code)
    (found,) = codes_of((line,), (order,), (TOLD,), "GB")
    assert (found.code, found.order_id, found.asked, found.state) == (code, "O-1", AT, "completed")
    assert found.typed == TOLD.typed_day
    later = replace(order, id="O-2", code=replace(code, expires=date(2027, 1, 20)))
    assert [c.order_id for c in codes_of((line,), (order, later))] == ["O-1", "O-2"]
    other = replace(line, id="PR-9", number="+447700900999")
    assert len(codes_of((line, other), (order,))) == 2


class Kept(FakeReader):
    """What a pack is made from, over plain objects."""

    profile = samples.profile()

    def requests(self) -> tuple[Waiting, ...]:
        return self.the_waiting

    def plans(self) -> tuple[Answers, ...]:
        return (replace(TOLD, keep_number=False, plain_notice=True),)


def facts_on_the_page(kept: Kept) -> dict[str, str]:
    (entry,) = plans(kept, Telling(samples.words(), ZoneInfo("Europe/London"), AT, PaperNames(with_pdfs=False)))  # type: ignore[arg-type]
    return {name: said for name, said in entry.facts if said}


def notice(state: OrderState) -> tuple[Order, ...]:
    return (Order("O-1", "", "termination", state, state.value, AT, None, None, None, ("PR-1",)),)


@pytest.mark.parametrize(
    ("orders", "waiting", "stands"),
    [
        (notice(OrderState.IN_PROGRESS), (), None),
        (notice(OrderState.CANCELLED), (), "your operator cancelled the notice, and the line goes on"),
        (
            notice(OrderState.CANCELLED),
            (Waiting("W-2", WithdrawNotice("O-1"), WaitingState.DONE, AT + timedelta(days=9), sent=AT),),
            "the notice was taken back on 30 Nov 2026, and the line goes on",
        ),
        (
            notice(OrderState.IN_PROGRESS),
            (Waiting("W-2", WithdrawNotice("O-1"), WaitingState.NEW, AT + timedelta(days=9), sent=AT),),
            "You asked to take it back. Until your operator agrees, the notice stands.",
        ),
        (notice(OrderState.REJECTED), (), "your operator refused the notice, and the line goes on"),
    ],
)
def test_the_page_of_the_plan_says_what_became_of_the_notice(
    orders: tuple[Order, ...], waiting: tuple[Waiting, ...], stands: str | None
) -> None:
    facts = facts_on_the_page(Kept(the_orders=orders, the_waiting=waiting))
    assert facts["Chosen day"] == "1 Dec 2026"
    assert facts.get("Where it stands") == stands


def test_the_page_of_the_plan_says_that_the_line_has_ended() -> None:
    line = replace(samples.lines()[0], on_paper=PaperState.TERMINATED, ends=date(2026, 11, 20))
    assert facts_on_the_page(Kept(the_lines=(line,)))["Where it stands"] == "the line ended on 20 Nov 2026"


def test_the_page_of_the_plan_has_the_whole_reason(session: Session, tmp_path: Path) -> None:
    debt = Circumstances(Reason.DEBT, filed=date(2026, 7, 1), admitted=True)
    session.save_draft(DRAFT_KEY, plans_to_bytes(Plans().with_answers(replace(TOLD, about=debt))))
    said = pages(whole_pack(session, tmp_path / "pack", AT))["pages/plans.html"].words
    assert "File received by the commission 1 Jul 2026" in said
    assert "The commission has declared my file admissible yes" in said


def test_what_was_read_in_the_contract_is_in_the_tables_and_on_the_page(session: Session, tmp_path: Path) -> None:
    read = replace(
        TOLD, agreed_rise="1.80", terms=Terms(closing=True, closing_fee="25", instalment="19.50", at_distance=False)
    )
    session.save_draft(DRAFT_KEY, plans_to_bytes(Plans().with_answers(read)))
    files = whole_pack(session, tmp_path / "pack", AT)
    said = {row["what"]: row["said"] for row in table(files, "plans")}
    assert {name: value for name, value in said.items() if name.startswith("terms")} == {
        "terms.closing": "yes", "terms.closing_fee": "25", "terms.instalment": "19.50", "terms.at_distance": "no",
    }  # fmt: skip
    assert said["agreed_rise"] == "1.80"
    page = pages(files)["pages/plans.html"].words
    for part in ("a rise in pounds and pence", "1.80", "Monthly instalment of the handset", "19.50"):
        assert part in page
    none = replace(TOLD, terms=Terms(rise_clause=RiseClause.NONE))
    session.save_draft(DRAFT_KEY, plans_to_bytes(Plans().with_answers(none)))
    files = whole_pack(session, tmp_path / "later", AT)
    assert {row["what"]: row["said"] for row in table(files, "plans")}["terms.rise_clause"] == "none"
    assert "no rise at all" in pages(files)["pages/plans.html"].words
