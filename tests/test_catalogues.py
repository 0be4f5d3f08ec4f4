"""The French catalogue is complete, current, compiled, and fills in the same facts as the English sentences."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message

from tests.catalogue import collect, compiled, is_whole, language_file, load

FACTS = re.compile(r"\{(\w+)[^}]*\}")


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else list(text)  # type: ignore[call-overload]


def key(message: Message) -> tuple[object, object]:
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


@pytest.fixture(scope="module")
def french() -> dict[tuple[object, object], Message]:
    return {key(m): m for m in load("fr") if m.id}


def test_every_sentence_is_said_in_french(french: dict[tuple[object, object], Message]) -> None:
    missing = [key(m) for m in collect() if m.id and (key(m) not in french or not is_whole(french[key(m)].string))]
    assert missing == []


def test_no_sentence_is_stale_or_uncertain(french: dict[tuple[object, object], Message]) -> None:
    said = {key(m) for m in collect() if m.id}
    assert [k for k in french if k not in said] == []
    assert [k for k, m in french.items() if m.fuzzy] == []


def test_the_same_facts_are_filled_in(french: dict[tuple[object, object], Message]) -> None:
    for message in french.values():
        wanted = {fact for form in forms(message.id) for fact in FACTS.findall(form)}
        for form in forms(message.string):
            given = set(FACTS.findall(form))
            assert given <= wanted, message.id
            assert wanted - given <= {"count"}, message.id


def test_french_typography(french: dict[tuple[object, object], Message]) -> None:
    for message in french.values():
        for form in forms(message.string):
            bare = re.sub(r"https?:\S+|\{[^}]*\}|\d\d:\d\d|HH:MM", "x", form)
            assert not re.search(r"[^\u00a0]:(?:\s|$)|[^\S\u00a0]:", bare), form
            assert not re.search(r"[^\u202f][;!?»](?:\s|$)|[^\S\u202f][;!?»]|«(?!\u202f)", bare), form
            assert "'" not in form, form


def test_no_sentence_is_said_in_the_words_of_another(french: dict[tuple[object, object], Message]) -> None:
    """Where a translation was put in the wrong place it begins as another does, or is far longer than what it says."""
    long = [(m.id, m.string) for m in french.values() if isinstance(m.string, str) and len(str(m.id)) > 20]
    beginnings: dict[str, set[str]] = {}
    for said, form in long:
        if len(form) > 60:
            beginnings.setdefault(form[:50], set()).add(str(said)[:12])
    assert {form: ids for form, ids in beginnings.items() if len(ids) > 1} == {}
    assert [said for said, form in long if len(form) > 2.2 * len(str(said)) + 10] == []


def test_a_button_is_quoted_as_it_is_said(french: dict[tuple[object, object], Message]) -> None:
    """What stands between quotation marks and is a sentence of its own is the French of that sentence."""
    said: dict[str, set[str]] = {}
    for message in french.values():
        for name in forms(message.id):
            said.setdefault(_bare(name), set()).update(_bare(form) for form in forms(message.string))
    wrong, quoted = [], 0
    for message in french.values():
        given = {_bare(name) for form in forms(message.string) for name in re.findall("«([^»]+)»", form)}
        for name in (_bare(name) for form in forms(message.id) for name in re.findall("“([^”]+)”", form)):
            quoted += name in said
            if name in said and not said[name] & given:
                wrong.append((message.id, name))
    assert quoted > 10
    assert wrong == []


def _bare(name: str) -> str:
    return re.sub(r"\s", " ", name).strip(" .?…")


def test_a_number_is_never_torn_from_what_it_counts(french: dict[tuple[object, object], Message]) -> None:
    counted = [form for m in french.values() if isinstance(m.id, tuple) for form in forms(m.string)]
    assert len(counted) > 200
    assert [form for form in counted if re.search(r"\{count\} \w", form)] == []


def test_a_price_is_never_torn_from_what_it_is_for(french: dict[tuple[object, object], Message]) -> None:
    """A line may break behind a stroke and at an ordinary space."""
    for period, name in (("day", "jour"), ("week", "semaine"), ("month", "mois"), ("year", "an")):
        assert french[None, f"{{amount}} a {period}"].string == f"{{amount}}\u00a0par\u00a0{name}"
    assert [m.string for m in french.values() for form in forms(m.string) if re.search(r"\}/[^\W\d]", form)] == []


def test_compiled_catalogue_is_current() -> None:
    assert language_file("fr").with_suffix(".mo").read_bytes() == compiled(load("fr"))


def test_english_has_the_apostrophe_of_print(french: dict[tuple[object, object], Message]) -> None:
    """As its quotation marks are: the straight one belongs to a typewriter."""
    assert [m.id for m in french.values() for form in forms(m.id) if "'" in form] == []
