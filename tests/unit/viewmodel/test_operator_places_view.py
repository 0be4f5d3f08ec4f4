"""Before anything is sent to servers that the customer did not name, each is named with what would go there."""

from __future__ import annotations

import pytest

from selfcare.api.profile_changes import Place
from selfcare.viewmodel.operator_places import anew_view, places_view
from tests.samples import words

HERE = "care.example"


def test_nothing_is_asked_where_everything_stays_at_one_server() -> None:
    assert places_view(("Orvane",), HERE, (), "", words()) is None


def test_each_server_is_named_with_what_would_go_there() -> None:
    places = (
        Place("id.example", is_login=True),
        Place("api.example:8443", ("TMF621", "TMF678")),
        Place("files.example", is_spare=True),
    )
    view = places_view(("Orvane",), HERE, places, "", words())
    assert view is not None
    assert view.title == "Are these servers those of Orvane?"
    assert view.question.startswith("You named care.example.")
    assert view.question.endswith("Nothing of yours has been sent yet.")
    assert view.facts == (
        ("id.example", "you would sign in there"),
        ("api.example:8443", "bills, lines of the bills and tickets"),
        ("files.example", "files"),
    )


def test_a_file_comes_from_nowhere() -> None:
    view = places_view(("Orvane",), "", (Place("id.example", ("TMF629",), is_login=True),), "", words())
    assert view is not None
    assert view.question.startswith("The file says where you would sign in")
    assert view.facts == (("id.example", "you would sign in there and customer"),)


def test_another_operator_of_the_same_name_is_named() -> None:
    view = places_view(("Orvane",), HERE, (), "other.example", words())
    assert view is not None
    assert view.question.startswith("There is another operator of this name on this computer.")
    assert view.facts == (("other.example", "another operator of this name, to which you signed in before"),)


def test_a_name_without_end_is_cut_and_an_api_that_is_never_asked_is_said_to_be_so() -> None:
    view = places_view(("A" * 190,), HERE, (Place("x.example", ("TMF677", "TMF621")),), "", words())
    assert view is not None
    assert view.title == f"Are these servers those of {'A' * 79}…?"
    assert view.facts == (("x.example", "tickets and TMF677, which this program asks for nothing"),)


def test_a_brand_is_named_with_the_name_behind_it() -> None:
    view = places_view(("Party Mobile", "Zed"), HERE, (), "other.example", words())
    assert view is not None
    assert view.title == "Are these servers those of Party Mobile (Zed)?"


@pytest.mark.parametrize(
    ("asked_at", "source"), [(HERE, f"comes from {HERE}."), ("", "comes from the file that you chose.")]
)
def test_a_description_agreed_to_anew_names_every_server(asked_at: str, source: str) -> None:
    view = anew_view(("Orvane",), asked_at, (Place(HERE, ("TMF629",), is_login=True),), "", words())
    assert source in view.question
    assert view.facts == ((HERE, "you would sign in there and customer"),)
