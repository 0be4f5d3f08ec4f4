"""What is typed is read, what is wrong is said in the system's language, and what works loads no catalogue."""

from __future__ import annotations

import argparse
import io
import re
from pathlib import Path

import pytest

from selfcare.__main__ import _parser, main
from selfcare.api.trouble_words import _NO_ANSWER, _NO_SESSION, describe
from selfcare.app import command_line
from selfcare.app.demo_people import FRENCH as DEMO_FRENCH
from selfcare.domain.failures import NotAnAnswer
from selfcare.host.folders import resource
from selfcare.host.terminal import say
from selfcare.i18n import load_words
from selfcare.sandbox.faults import described
from selfcare.sandbox.people import PEOPLE as ROSTER
from selfcare.selftest import Report, Wrong
from selfcare.selftest import run as self_test
from selfcare.viewmodel.command_line import NOT_FOUND, OF_ARGPARSE, OF_CHECKS, SELF_TEST, self_test_end, step_line
from tests.catalogue import ROOT

FRENCH = load_words("fr", resource("locale"))


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")


@pytest.mark.usefixtures("french")
def test_help_is_in_the_systems_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("utilisation\u00a0: selfcare")
    assert "afficher cette aide" in said
    for english in ("usage", "show this", "positional", "your own computer"):
        assert english not in said


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("command", ["check-operator", "leave"])
def test_the_help_of_a_command_is_french_to_its_foot(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    said = capsys.readouterr().out
    assert "options\u00a0:\n" in said
    for english in ("COUNTRY", "PROFILE", "exit status", "Nothing is kept"):
        assert english not in said
    assert not re.search(r"\w:(?:\s|$)", said)


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["leave"], "il manque les arguments suivants"),
        (["nothing"], "choix impossible"),
        (["demo", "--fast"], "arguments inconnus"),
        (["demo", "--login"], "il faut une valeur"),
        (["self-test", "--json=1"], "ne prend pas de valeur"),
    ],
)
def test_mistakes_are_in_the_systems_language(typed: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_demo_customer_who_is_none_is_refused_and_all_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--login", "nobody"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert all(login in said for login in ROSTER)
    read = [command_line.read_command_line(_parser, ["demo", "--login", login]).login for login in ROSTER]
    assert read == list(ROSTER)
    assert {login for login, (brand, _) in ROSTER.items() if brand == "orvane-fr"} == set(DEMO_FRENCH)


def test_every_command_is_explained_in_french() -> None:
    def texts(parser: argparse.ArgumentParser) -> list[str]:
        found = [one.help or "" for one in parser._actions]
        for one in parser._actions:
            if isinstance(one, argparse._SubParsersAction):
                found += [each.help or "" for each in one._choices_actions]
                found += [text for inner in one.choices.values() for text in texts(inner)]
        return [text for text in found if text]

    english = texts(command_line.spoken(_parser, str))
    french = texts(command_line.spoken(_parser, FRENCH.tr))
    assert len(english) == len(french) > 12
    assert [one for one, other in zip(english, french, strict=True) if one == other] == []


def test_what_is_understood_loads_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_line, "load_words", lambda *_: pytest.fail("a catalogue was loaded"))
    options = command_line.read_command_line(_parser, ["demo", "--login", "sam"])
    assert (options.command, options.login) == ("demo", "sam")
    assert command_line.read_command_line(_parser, []).command is None


def test_argparse_still_says_these_sentences() -> None:
    source = Path(argparse.__file__).read_text("utf-8")
    written = re.sub(r"'\s*\n\s*'", "", source)
    assert [one for one in OF_ARGPARSE if one.replace("\n", "\\n") not in written] == []


def test_the_check_of_an_operator_says_in_french_what_came_instead_of_an_answer() -> None:
    assert {*_NO_ANSWER.values(), *_NO_SESSION.values()} == set(OF_CHECKS)
    assert [one for one in OF_CHECKS if FRENCH.tr(one) == one] == []
    said = describe(NotAnAnswer("html"), FRENCH.tr)
    assert said == "pas une réponse\u00a0: une page web au lieu de JSON"


def test_the_self_test_speaks_french() -> None:
    source = (ROOT / "src" / "selfcare" / "selftest.py").read_text("utf-8")
    assert all(f'"{one}"' in source for one in SELF_TEST)
    assert source.count("report.step(") == len(SELF_TEST)
    assert all(FRENCH.tr(one) != one for one in (*SELF_TEST, *(o for o in NOT_FOUND if o != "tickets")))
    line = step_line(FRENCH, SELF_TEST[0], 1.5, "bills")
    assert line == "ÉCHEC    1.500 s  démarrer l’opérateur de démonstration\u00a0: introuvable\u00a0: factures\n"
    assert step_line(FRENCH, SELF_TEST[3], 0.25, "TimedOut").endswith("se connecter\u00a0: TimedOut\n")
    assert self_test_end(FRENCH, 15, "") == "essai\u00a0: les 15\u00a0étapes sont réussies\n"
    assert self_test_end(FRENCH, 0, SELF_TEST[3]) == "essai\u00a0: arrêté à l’étape «\u202fse connecter\u202f»\n"
    assert self_test_end(FRENCH, 0, "MemoryError") == "essai\u00a0: arrêté par MemoryError\n"


def test_a_self_test_that_fails_names_the_step_and_no_class(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(report: Report, folder: Path) -> None:
        with report.step("sign in"):
            raise Wrong("bills")

    monkeypatch.setattr("selfcare.selftest.harden", lambda: None)
    monkeypatch.setattr("selfcare.selftest.system_words", lambda: load_words("en", resource("locale")))
    monkeypatch.setattr("selfcare.selftest._try", fails)
    assert self_test() == 1
    out, err = capsys.readouterr()
    assert err == "self-test: stopped at the step “sign in”\n"
    assert out.startswith("FAILED")
    assert "Wrong" not in out + err


@pytest.mark.parametrize("coding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_any_terminal_can_print_it(coding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=coding)
    say(stream, "23,61\u202f€\u00a0: l’été\n")
    said = stream.buffer.getvalue().decode(coding)  # type: ignore[attr-defined]
    assert (
        said
        == {
            "ascii": "23,61 ? : l??t?\n",
            "latin-1": "23,61 ? : l?été\n",
            "cp1252": "23,61 € : l’été\n",
            "utf-8": "23,61\u202f€\u00a0: l’été\n",
        }[coding]
    )
    say(None, "nobody hears it")


@pytest.mark.parametrize(
    ("is_source", "named"), [(True, "`make shots`"), (False, "`selfcare --help`")], ids=["source", "installed"]
)
def test_without_a_screen_one_sentence_says_what_works(
    is_source: bool, named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    if not is_source:
        monkeypatch.setattr("selfcare.host.folders.is_source_tree", lambda: False)
    assert main(["demo"]) == 2
    said = capsys.readouterr().err
    assert named in said
    assert said.count("\n") == 1


@pytest.mark.usefixtures("french")
def test_the_demo_operator_explains_itself_in_the_systems_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sandbox", "--help"])
    said = capsys.readouterr().out
    told = described()
    for name, text in told.items():
        (line,) = [line for line in said.splitlines() if line.startswith(f"  {name} ")]
        assert text not in line, name
    assert "own-words, own-names" in said
    assert "{habits}" not in said + str(told)
    with pytest.raises(SystemExit):
        main(["sandbox", "--port", "70000"])
    assert "70000 n’est pas un port" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["sandbox", "--faults", "down:nowhere"])
    assert "down ne peut pas viser nowhere\u202f; il y a customer, " in capsys.readouterr().err
