"""Tells which American carrier a name stands for, as far as our rules treat that carrier in its own way."""

from __future__ import annotations

import re
from enum import StrEnum


class Carrier(StrEnum):
    """The carriers whose own customs we know. OTHER is any other, of which we know nothing of its own."""

    VERIZON = "verizon"
    VERIZON_BRAND = "verizonBrand"
    """A prepaid brand of Verizon: its handsets follow US-UNL-06, its transfer PIN is not Verizon's."""
    ATT = "att"
    T_MOBILE = "tMobile"
    OTHER = "other"


_NAMES = {
    "verizon": Carrier.VERIZON,
    "verizonwireless": Carrier.VERIZON,
    "att": Carrier.ATT,
    "attmobility": Carrier.ATT,
    "attwireless": Carrier.ATT,
    "tmobile": Carrier.T_MOBILE,
    "tmobileus": Carrier.T_MOBILE,
    "tmobileusa": Carrier.T_MOBILE,
    "tracfone": Carrier.VERIZON_BRAND,
    "straighttalk": Carrier.VERIZON_BRAND,
    "totalwireless": Carrier.VERIZON_BRAND,
    "totalbyverizon": Carrier.VERIZON_BRAND,
    "visible": Carrier.VERIZON_BRAND,
    "visiblebyverizon": Carrier.VERIZON_BRAND,
    "simplemobile": Carrier.VERIZON_BRAND,
    "net10": Carrier.VERIZON_BRAND,
    "net10wireless": Carrier.VERIZON_BRAND,
    "safelinkwireless": Carrier.VERIZON_BRAND,
    "walmartfamilymobile": Carrier.VERIZON_BRAND,
    "clearway": Carrier.VERIZON_BRAND,
}


def carrier_of(name: str) -> Carrier:
    """The carrier a name stands for; a reseller that only has "AT&T" in its name is another carrier."""
    return _NAMES.get(re.sub(r"[\W_]", "", name.casefold()), Carrier.OTHER)
