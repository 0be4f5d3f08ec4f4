"""A postcode tells which holidays are kept there."""

from __future__ import annotations

import pytest

from selfcare.domain.customer import ContactMedium, Customer, MediumKind
from selfcare.domain.nations import nation_at
from selfcare.domain.workdays import CALENDARS


@pytest.mark.parametrize(
    ("country", "address", "nation"),
    [
        ("GB", "1 High Street, Edinburgh EH1 1AA, GB", "GB-SCT"),
        ("GB", "2 Byres Road, Glasgow g12 8qq", "GB-SCT"),
        ("GB", "Gloucester Road, Gloucester GL1 1AA", "GB-ENG"),
        ("GB", "Donegall Square, Belfast BT1 5GS", "GB-NIR"),
        ("GB", "Cardiff CF10 1AA", "GB-ENG"),
        ("GB", "Berwick-upon-Tweed TD15 1AA", ""),
        ("GB", "Galashiels TD1 1AA", "GB-SCT"),
        ("GB", "14 Harbour Lane, Whitcombe", ""),
        ("FR", "1 rue du Dôme, 67000 Strasbourg, FR", "FR-57"),
        ("FR", "12345 route de la Mer, 13001 Marseille", "FR"),
        ("FR", "Saint-Denis 97400", "FR-974"),
        ("FR", "Saint-Martin 97150", "FR-MF"),
        ("US", "Main Street, Boston MA 02108", ""),
    ],
)
def test_by_the_postcode(country: str, address: str, nation: str) -> None:
    assert nation_at(country, address) == nation
    assert nation in {"", *CALENDARS}


def test_of_several_addresses_the_preferred_one_tells() -> None:
    old = ContactMedium(MediumKind.POST, "London SW1A 1AA")
    new = ContactMedium(MediumKind.POST, "Aberdeen AB10 1AA", is_preferred=True)
    mail = ContactMedium(MediumKind.EMAIL, "EH1 1AA")
    assert Customer("C", "x", media=(mail, old, new)).nation("GB") == "GB-SCT"
    assert Customer("C", "x", media=(mail,)).nation("GB") == ""
