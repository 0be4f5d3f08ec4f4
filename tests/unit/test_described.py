"""What a package brings beside the program says what the command line has: manual pages and completions."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def describe() -> ModuleType:
    """The script that writes them."""
    spec = importlib.util.spec_from_file_location("describe", ROOT / "installers" / "describe.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_manual_names_every_command_and_what_it_takes(describe: ModuleType, language: str) -> None:
    page = describe.manual(language).replace("\\-", "-")
    parser = describe.parser_in(language)
    for name, (said, reader) in describe.commands_of(parser).items():
        assert f"\n.B {name}" in page
        assert describe.roff(said).replace("\\-", "-") in page
        flags = [flag for one in describe.options_of(reader) for flag in one.option_strings if flag not in "--help"]
        assert [flag for flag in flags if flag not in page] == []
        for one in describe.arguments_of(reader):
            assert f"\n.B {name} {one.metavar}\n" in page
    assert f".SH {describe.HEADINGS[language][-1]}" in page
    assert ".selfcare, .zip, .pdf" in page
    assert describe.EXAMPLE not in page, "a package has the example elsewhere"
    assert f"src: {describe.EXAMPLE}, dst: {describe.EXAMPLE_SHIPPED}" in (
        (ROOT / "installers" / "linux" / "nfpm.yaml").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("selfcare l", {"leave", "licences"}),
        ("selfcare demo --login gar", {"garage"}),
        ("selfcare leave --country ", {"gb", "fr", "us"}),
        ("selfcare sandbox --tmf ", {"v4", "v5", "mixed"}),
        ("selfcare remove-data --y", {"--yes"}),
        ("selfcare export --b", {"--bills"}),
        ("selfcare leave --facts fac", {"facts of mine.toml"}),
        ("selfcare check-operator fac", {"facts of mine.toml"}),
        ("selfcare min", {"mine.selfcare"}),
        ("selfcare fac", {""}),
    ],
)
def test_bash_completes(
    describe: ModuleType, typed: str, offered: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    folder = tmp_path_factory.mktemp("typed")
    (folder / "facts of mine.toml").touch()
    (folder / "mine.selfcare").touch()
    words = re.split(" ", typed)
    asked = f"{describe.bash()}\nCOMP_WORDS=({' '.join(words[:-1])} '{words[-1]}'); COMP_CWORD={len(words) - 1}\n"
    asked += '_selfcare; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", asked], cwd=folder, capture_output=True, text=True, timeout=20, check=False)
    assert set(done.stdout.splitlines()) == offered, done.stderr


def test_zsh_and_fish_know_the_same_commands(describe: ModuleType) -> None:
    zsh, fish = describe.zsh(), describe.fish()
    for name, (_, reader) in describe.readers().items():
        assert f"    '{name}:" in zsh
        assert f"    {name}) _arguments " in zsh
        assert f" -a {name} -d " in fish
        for flag in describe.flags(reader):
            assert f"'{flag}[" in zsh
            assert f" -l {flag[2:]} " in fish
