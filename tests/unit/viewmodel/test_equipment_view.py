"""The equipment of a contract: nothing that is not stated becomes yours, paid, or free."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from selfcare.api.products import read_lines, read_product
from selfcare.domain.lines import Access, Handset, Ownership, SimLock
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.viewmodel.equipment import EquipmentView, equipment_views, short_serial
from tests import samples

PHONE = Handset("DV-1", "Lumen X4", "356938035866657", SimLock.LOCKED, "PR-1", since=date(2024, 9, 21))
TWELVE = Money(Decimal("12.50"), "GBP")


def shown(device: Handset, access: Access = Access.MOBILE) -> EquipmentView:
    line = replace(samples.lines()[0], access=access, devices=(device,))
    (view,) = equipment_views([line], samples.words(), samples.TODAY)
    return view


def fact(device: Handset, name: str, access: Access = Access.MOBILE) -> tuple[str, bool]:
    (found,) = [one for one in shown(device, access).facts if one.name == name]
    return found.value, found.is_stated


@pytest.mark.parametrize(("serial", "short"), [("356938035866657", "…6657"), ("AB12", "AB12"), ("", ""), (" 1 ", "1")])
def test_a_serial_number_is_shown_by_its_end(serial: str, short: str) -> None:
    assert short_serial(serial) == short


def test_what_is_stated_is_shown() -> None:
    view = shown(replace(PHONE, ownership=Ownership.OWNED, instalments_left=3, price=TWELVE, period="month"))
    assert [tag.text for tag in view.tags] == ["locked", "yours"]
    facts = {one.name: one.value for one in view.facts}
    assert facts["Serial number"] == "…6657"
    assert "356938035866657" not in str(view)
    assert facts["Lock"] == "takes your operator’s SIM only"
    assert facts["Instalments left"] == "3 of £12.50 a month, £37.50 in all"
    assert facts["When the contract ends"] == "it stays with you"


def test_what_is_not_stated_is_neither_yours_nor_paid() -> None:
    bare = replace(PHONE, lock=SimLock.NOT_STATED, serial="")
    assert shown(bare).tags == ()
    for name in ("Serial number", "Lock", "Instalments left", "When the contract ends"):
        assert fact(bare, name) == ("not stated by your operator", False)
    assert not [one for one in shown(bare, Access.INTERNET).facts if one.name == "Lock"], "a box has no SIM lock"
    term = replace(PHONE, price=TWELVE, period="month", pays_until=date(2027, 3, 1))
    (left,) = [one for one in shown(term).facts if one.name == "Instalments left"]
    assert (left.is_stated, left.note) == (False, "£12.50 a month until Mon 1 Mar 2027")


def test_paid_off_and_lent() -> None:
    assert fact(replace(PHONE, instalments_left=0), "Instalments left") == ("none, it is paid", True)
    lent = replace(PHONE, ownership=Ownership.LENT, price=TWELVE, period="month")
    assert fact(lent, "When the contract ends") == ("it must be returned", True)
    assert fact(lent, "Rent") == ("£12.50 a month", True)


def test_every_device_of_a_line_is_read_with_whose_it_is() -> None:
    def device(own: str, **traits: object) -> dict[str, object]:
        facts = [{"name": name, "value": value} for name, value in traits.items()]
        return {"id": own, "productSerialNumber": f"SN-{own}", "productCharacteristic": facts, "status": "active"}

    products = [
        {"id": "L", "productCharacteristic": [{"name": "lineType", "value": "internet"}], "status": "active"},
        device("A", ownership="On Loan"),
        device("B", ownership="owned", instalmentsLeft=7),
        device("C", ownership="borrowed", instalmentsLeft="some"),
        device("D") | {"status": "cancelled"},
    ]
    (line,) = read_lines([read_product(one) for one in products], ())
    assert [(one.id, one.ownership, one.instalments_left) for one in line.devices] == [
        ("A", Ownership.LENT, None),
        ("B", Ownership.OWNED, 7),
        ("C", Ownership.NOT_STATED, None),
    ]
    assert line.handset == line.devices[0]
