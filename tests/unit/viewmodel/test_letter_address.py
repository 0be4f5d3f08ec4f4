"""Addresses on an envelope: line by line, the town as its country writes it, the right desk, none invented."""

import pytest

from selfcare.domain.support import Channel, ChannelKind
from selfcare.viewmodel.letter_address import MOST_LINES, address_lines, operator_lines, town_of


@pytest.mark.parametrize(
    ("text", "country", "lines"),
    [
        ("12 rue de l’Exemple, 69000, Lyon", "FR", ("12 rue de l’Exemple", "69000 Lyon")),
        ("12 rue de l’Exemple, 69000, Lyon, France", "FR", ("12 rue de l’Exemple", "69000 Lyon", "France")),
        ("12 rue de l’Exemple, 69000 Lyon", "FR", ("12 rue de l’Exemple", "69000 Lyon")),
        ("7 Sample Road, N1 9ZZ, London", "GB", ("7 Sample Road", "London", "N1 9ZZ")),
        ("Flat 2, 7 Sample Road, n1 9zz, London, UK", "GB", ("Flat 2", "7 Sample Road", "London", "n1 9zz", "UK")),
        ("1 Sample Street, 11201, Brooklyn, NY", "US", ("1 Sample Street", "Brooklyn, NY 11201")),
        ("1 Sample Street, Brooklyn, 11201-1234", "US", ("1 Sample Street", "Brooklyn 11201-1234")),
        ("Beispielweg 1, 10115, Berlin", "DE", ("Beispielweg 1", "10115", "Berlin")),
        ("PO Box 400\r\nLeeds\n LS1   9ZZ ,", "GB", ("PO Box 400", "Leeds", "LS1 9ZZ")),
        ("69000", "FR", ("69000",)),
        ("", "FR", ()),
        (" , ,\n", "GB", ()),
    ],
)
def test_an_address_becomes_lines(text: str, country: str, lines: tuple[str, ...]) -> None:
    assert address_lines(text, country) == lines


def test_no_part_of_a_long_address_is_lost() -> None:
    text = ", ".join(f"part {n}" for n in range(12))
    lines = address_lines(text, "GB")
    assert len(lines) == MOST_LINES
    assert ", ".join(lines) == text


def post(name: str, address: str, purpose: str = "") -> Channel:
    return Channel(ChannelKind.POST, name, address, "Europe/Paris", purpose=purpose)


def test_the_desk_is_chosen_by_what_it_is_for() -> None:
    posts = (
        post("Siège", "Orvane, 1 rue A, 75001 Paris"),
        post("Résiliation", "2 rue B, 75002 Paris", "lettres recommandées"),
        post("Service réclamations", "3 rue C, 75003 Paris"),
    )
    assert operator_lines("Orvane", posts, "end", "FR") == ("Orvane", "2 rue B", "75002 Paris")
    assert operator_lines("Orvane", posts, "complaint", "FR") == ("Orvane", "3 rue C", "75003 Paris")
    assert operator_lines("Orvane", posts[:1], "end", "FR") == ("Orvane", "1 rue A", "75001 Paris")
    assert operator_lines("Orvane", (), "end", "FR") == ()
    empty = (post("Siège", "  "), Channel(ChannelKind.PHONE, "Résiliation", "+33 1 99 00 01 52", "Europe/Paris"))
    assert operator_lines("Orvane", empty, "end", "FR") == ()


def test_the_town_stands_before_the_day_where_letters_say_so() -> None:
    assert town_of(("12 rue A", "69000 Lyon"), "FR") == "Lyon"
    assert town_of(("TSA 1", "99999 Exempleville Cedex 9"), "FR") == "Exempleville"
    assert town_of(("7 Sample Road", "London", "N1 9ZZ"), "GB") == ""
    assert town_of((), "FR") == ""
