"""Facts that contradict each other, are missing or come too late: every page speaks, and what bars the way is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import TrackerView, tracker_view
from tests import samples
from tests.shots.leavers import NOW, TODAY, Scene, american, british, elsewhere, french, material

LINES = {"GB": british, "FR": french, "US": american, "DE": elsewhere}
WORDS = {language: samples.words(language) for language in ("en", "fr")}
LEAP = date(2028, 2, 29)
CHRISTMAS = datetime(2026, 12, 25, 12, tzinfo=UTC)
SPRING = date(2027, 3, 28)
"""The clocks change in Europe."""


def asked(days: int, **more: object) -> Asked:
    return Asked(NOW - timedelta(days=days), sent=True, order_id="PO-1", **more)  # type: ignore[arg-type]


BAD: dict[str, dict[str, object]] = {
    "end before start": {"commitment_ends": date(2024, 1, 1), "concluded": date(2025, 1, 1)},
    "nothing stated": {
        "commitment_ends": None, "concluded": None, "since": None, "notice": None, "monthly": None,
        "operator_charge": None, "fee": None, "contract_ends": None, "number": "",
    },
    "leap day": {"concluded": date(2024, 2, 29), "since": date(2024, 2, 29), "commitment_ends": LEAP},
    "an end against the law": {"notice_given": asked(2, ends=TODAY + timedelta(days=300)), "notice_received": TODAY},
    "received on a holiday": {"notice_given": Asked(CHRISTMAS, sent=True), "notice_received": CHRISTMAS.date()},
    "ends at the change of clocks": {"commitment_ends": SPRING, "contract_ends": SPRING},
    "refused": {"notice_given": asked(2, refused=True, refusal="No.")},
    "silence": {"notice_given": asked(60), "notice_received": TODAY - timedelta(days=60)},
    "code expired yesterday": {
        "code": PortingCode("PAC", "ORV482913", TODAY - timedelta(days=1)), "code_issued": TODAY - timedelta(days=31),
    },
    "locked, and nobody says how long": {"lock": SimLock.LOCKED, "handset_id": "D", "unlock_hours": None},
    "a notice of ten years": {"notice": (3660, "day")},
    "a free price": {"monthly": None, "rent_from": TODAY, "rent_until": TODAY - timedelta(days=1)},
}  # fmt: skip


def case(facts: LeavingFacts, answers: Answers) -> Case:
    found = case_of(material(Scene("bad", (facts,), answers)))
    assert found is not None
    return found


@pytest.mark.parametrize("country", LINES)
@pytest.mark.parametrize("bad", BAD)
def test_every_page_speaks_and_says_what_bars_the_way(country: str, bad: str) -> None:
    for access in (Access.MOBILE, Access.INTERNET):
        facts = LINES[country](access=access, **BAD[bad])
        for wanted in ("keep", "drop", "notice", "withdraw"):
            answers = answer(Answers("PR-1"), "keep", wanted, TODAY)
            language = WORDS["fr" if country == "FR" else "en"]
            assert way_view(case(facts, answers), language).steps
            for screen in Screen:
                if screen in {Screen.WAY, Screen.TRACKER, Screen.REASON}:
                    continue
                view = screen_view(case(facts, replace(answers, at=screen)), language)
                assert view.title
                assert view.may_go_on or view.missing, (screen, wanted)


def tracker(country: str, bad: str, **more: object) -> TrackerView:
    confirmed = NOW - timedelta(days=61)
    answers = Answers("PR-1", False, plain_notice=country != "FR", confirmed=confirmed, at=Screen.TRACKER)
    return tracker_view(case(LINES[country](**BAD[bad]), replace(answers, **more)), WORDS["en"])


@pytest.mark.parametrize("country", LINES)
def test_a_refusal_leads_to_another_notice(country: str) -> None:
    view = tracker(country, "refused", day=TODAY + timedelta(days=40))
    assert view.headline == "The line goes on until this is settled"
    assert view.steps[0].step.title == "Your operator refused the notice"
    assert view.again == "Give notice again"
    assert "“No.”" in view.steps[0].step.text


@pytest.mark.parametrize("country", LINES)
def test_silence_leads_to_a_complaint(country: str) -> None:
    view = tracker(country, "silence", day=TODAY - timedelta(days=5))
    assert view.headline == "Late: end of this line"
    cut = next(item for item in view.steps if item.step.key == "cut")
    assert [action.target for action in cut.actions] == ["papers/complaint/end"]
    assert "has named no day" in view.steps[0].step.text


def test_a_code_that_expired_yesterday_leads_to_a_new_one() -> None:
    facts = british(**BAD["code expired yesterday"])
    answers = Answers("PR-1", True, day=TODAY + timedelta(days=10), confirmed=NOW, at=Screen.TRACKER)
    view = tracker_view(case(facts, answers), WORDS["en"])
    code, over = view.steps[0], view.steps[1]
    assert view.headline.startswith("Next: get the PAC")
    assert [action.label for action in code.actions] == ["Ask for the PAC now"]
    assert over.ticks == (), "a dead code is not given away"
