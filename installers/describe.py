"""Writes what goes with the program, from its own command line and libraries: python installers/describe.py FOLDER.

Manual pages in English and French, completions for bash, zsh and fish, the list of what changed, and facts of the
desktop that carry the version. Everything depends on the sources and on SOURCE_DATE_EPOCH alone.
"""

import argparse
import gzip
import os
import re
import sys
import time
from pathlib import Path
from textwrap import fill

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from selfcare import __version__  # noqa: E402
from selfcare.__main__ import _parser  # noqa: E402
from selfcare.app.command_line import spoken  # noqa: E402
from selfcare.domain.intake import TAKEN  # noqa: E402
from selfcare.i18n import load_words  # noqa: E402
from selfcare.sandbox.serve import read_options as sandbox_parser  # noqa: E402

WHEN = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
EXAMPLE, EXAMPLE_SHIPPED = "resources/leave/facts.example.toml", "/usr/share/doc/selfcare/examples/facts.example.toml"
"""Where the example of `selfcare leave` lies in the source, and where a package puts it."""
MAINTAINER = "The Selfcare project <selfcare@selfcare.invalid>"
HEADINGS = {
    "en": ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "FILES", "EXIT STATUS", "EXAMPLES"),
    "fr": ("NOM", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDES", "FICHIERS", "CODE DE SORTIE", "EXEMPLES"),
}
BEGINS = {
    "en": "Without a command it opens its window, or brings the open one to the front. F1 there explains each page.",
    "fr": "Sans commande, le programme ouvre sa fenêtre, ou ramène celle qui est ouverte au premier plan. "
    "F1 y explique chaque page.",
}
FILES = {
    "en": "What is kept: encrypted files. Settings, without any secret. The log, without any secret.",
    "fr": "Ce qui est conservé : des fichiers chiffrés. Les réglages, sans secret. Le journal, sans secret.",
}
STATUS = {
    "en": "0 if all went well, 1 if something failed, 2 if nothing can be answered, 3 if a window is open already and "
    "does not answer.",
    "fr": "0 si tout va bien, 1 en cas d’échec, 2 si rien ne peut être répondu, 3 si une fenêtre est déjà ouverte et "
    "ne répond pas.",
}
PLACES = ("~/.local/share/selfcare", "~/.config/selfcare", "~/.local/state/selfcare/log")
EXAMPLES = (
    "selfcare demo --login sam",
    f"selfcare leave --country fr --facts {EXAMPLE_SHIPPED} --on 2026-12-31",
    "selfcare export ~/Documents --bills --zip",
    "selfcare export my-bills.selfcare --bills",
    "selfcare my-bills.selfcare",
)
SUGGESTED = {"--country": "gb fr us", "--proxy": "none system program"}
"""What may be typed beside what the reader of the command line allows only."""
OF_FILES = {"facts", "profile", "ready_file", "target"}
"""What is the name of a file or folder."""


def parser_in(language: str) -> argparse.ArgumentParser:
    """The command line as it speaks in a language."""
    return spoken(_parser, load_words(language, ROOT / "resources" / "locale").tr)


def commands_of(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Each command: what it is for, and its own reader."""
    group = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    said = {one.dest: one.help or "" for one in group._choices_actions}
    return {name: (said.get(name, ""), one) for name, one in group.choices.items()}


def options_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Its options, without the commands."""
    return [one for one in parser._actions if one.option_strings]


def arguments_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a command wants without an option."""
    return [one for one in parser._actions if not one.option_strings]


def values_of(one: argparse.Action) -> str:
    """The words that may follow an option, "" where any may."""
    known = next((SUGGESTED[flag] for flag in one.option_strings if flag in SUGGESTED), "")
    return known or " ".join(str(each) for each in one.choices or () if each)


def said_of(one: argparse.Action) -> str:
    """What an option is for, with the file of a package where the source has another."""
    return (one.help or "").replace(EXAMPLE, EXAMPLE_SHIPPED)


def value_name(one: argparse.Action) -> str:
    """What stands for its value in the manual; "" where it has none."""
    if one.nargs == 0:
        return ""
    named = one.metavar if isinstance(one.metavar, str) else one.dest.upper()
    return values_of(one).replace(" ", "|") if one.choices else named


def roff(text: str) -> str:
    """Text as troff reads it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("\u00a0", "\\ ").replace("\u202f", "\\ ")
    return "\\&" + text if text[:1] in {".", "'"} else text


def manual(language: str) -> str:
    """The manual page."""
    parser = parser_in(language)
    name, synopsis, description, options, commands, files, status, examples = HEADINGS[language]
    lines = [
        f'.TH SELFCARE 1 "{time.strftime("%Y-%m-%d", WHEN)}" "selfcare {__version__}"',
        f".SH {name}",
        f"selfcare \\- {roff(parser.description or '')}",
        f".SH {synopsis}",
        ".B selfcare",
        roff(re.sub(r"^.*?selfcare ", "", " ".join(parser.format_usage().split()))),
        f".SH {description}",
        roff(f"{parser.description or ''} {BEGINS[language]} {parser.epilog or ''}"),
        f".SH {options}",
        *option_lines(parser),
        f".SH {commands}",
    ]
    for command, (said, reader) in commands_of(parser).items():
        wants = "".join(f" {one.metavar or one.dest.upper()}" for one in arguments_of(reader))
        lines += [".TP", f".B {roff(command + wants)}", roff(said), ".RS", *option_lines(reader), ".RE"]
    lines += [f".SH {files}", roff(FILES[language]), *(f".br\n.I {roff(place)}" for place in PLACES)]
    lines += [f".SH {status}", roff(STATUS[language]), f".SH {examples}", ".nf", *map(roff, EXAMPLES), ".fi"]
    return "\n".join([*lines, ""])


def option_lines(parser: argparse.ArgumentParser) -> list[str]:
    """What a command wants, then each of its options, and what it is for."""
    lines = []
    for one in (*arguments_of(parser), *options_of(parser)):
        if "-h" in one.option_strings or isinstance(one, argparse._SubParsersAction):
            continue
        said = " ".join(filter(None, (", ".join(one.option_strings), value_name(one))))
        lines += [".TP", f".B {roff(said)}", roff(said_of(one))]
    return lines


def readers() -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Each command in English, the demo operator's own reader in its place."""
    found = commands_of(parser_in("en"))
    return {**found, "sandbox": (found["sandbox"][0], sandbox_parser())}


def bash() -> str:
    """Completion for bash."""
    parser = parser_in("en")
    cases, values, files = "", {}, set()
    for name, (_, reader) in readers().items():
        paths = any(one.dest in OF_FILES for one in arguments_of(reader))
        cases += f"    {name}) words='{' '.join(flags(reader))}' files={'yes' if paths else ''} ;;\n"
        for one in options_of(reader):
            known = values_of(one)
            values.update({flag: known for flag in one.option_strings if known})
            files |= {flag for flag in one.option_strings if one.dest in OF_FILES}
    told = "".join(
        f"    {flag}) mapfile -t COMPREPLY < <(compgen -W '{known}' -- \"$current\"); return ;;\n"
        for flag, known in sorted(values.items())
    )
    first = " ".join([*commands_of(parser), *flags(parser)])
    return f"""# Completion of selfcare for bash, written from its command line
_selfcare() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words='{first}' files= word
  case $before in
    {"|".join(sorted(files))})
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return ;;
{told}  esac
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do case $word in
{cases}  esac; done
  if [[ $files && $current != -* ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  elif [[ $COMP_CWORD = 1 && $current != -* ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -d -- "$current"
      compgen -f -- "$current" | grep -iE '[.]({"|".join(one[1:] for one in TAKEN)})$')
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}}
complete -F _selfcare selfcare
"""


def zsh() -> str:
    """Completion for zsh."""
    parser = parser_in("en")
    listed = "".join(f"    {quoted(f'{name}:{said}')}\n" for name, (said, _) in commands_of(parser).items())
    cases = "".join(
        f"    {name}) _arguments {' '.join(map(zsh_option, (*options_of(reader), *arguments_of(reader))))} ;;\n"
        for name, (_, reader) in readers().items()
    )
    own = " ".join(zsh_option(one) for one in options_of(parser))
    return f"""#compdef selfcare
# Completion of selfcare for zsh, written from its command line
local -a commands
commands=(
{listed})
_arguments -C {own} '1:command:->command' '*::argument:->argument'
case $state in
  command) _describe command commands; _files -g '*.({"|".join(one[1:] for one in TAKEN)})' ;;
  argument) case $words[1] in
{cases}  esac ;;
esac
"""


def zsh_option(one: argparse.Action) -> str:
    """An option, or an argument, as zsh describes it."""
    said = said_of(one).replace("[", "(").replace("]", ")").replace(":", "\\:")
    known = f"({values_of(one)})" if values_of(one) else "_files" if one.dest in OF_FILES else ""
    if not one.option_strings:
        return quoted(f":{one.dest}:{known}")
    ending = "" if one.nargs == 0 else f":value:{known}"
    return " ".join(quoted(f"{flag}[{said}]{ending}") for flag in one.option_strings)


def fish() -> str:
    """Completion for fish."""
    parser = parser_in("en")
    lines = ["# Completion of selfcare for fish, written from its command line", "complete -c selfcare -f"]
    lines.append("complete -c selfcare -n __fish_use_subcommand -F")
    lines += [fish_option("__fish_use_subcommand", one) for one in options_of(parser)]
    for name, (said, reader) in readers().items():
        seen = f"__fish_seen_subcommand_from {name}"
        lines.append(f"complete -c selfcare -n __fish_use_subcommand -a {name} -d {quoted(said)}")
        lines += [fish_option(seen, one) for one in options_of(reader)]
        lines += [f"complete -c selfcare -n {quoted(seen)} -F" for one in arguments_of(reader) if one.dest in OF_FILES]
    return "\n".join(lines) + "\n"


def fish_option(when: str, one: argparse.Action) -> str:
    """An option as fish describes it."""
    names = " ".join(f"-l {f[2:]}" if f.startswith("--") else f"-s {f[1:]}" for f in one.option_strings)
    known = f" -x -a {quoted(values_of(one))}" if values_of(one) else " -r -F" if one.dest in OF_FILES else " -x"
    value = "" if one.nargs == 0 else known
    return f"complete -c selfcare -n {quoted(when)} {names}{value} -d {quoted(said_of(one))}"


def quoted(text: str) -> str:
    """A word for a shell, with the typographic apostrophe where a plain one would end it."""
    return "'" + text.replace("'", "’") + "'"


def flags(parser: argparse.ArgumentParser) -> list[str]:
    """The long options."""
    return [flag for one in options_of(parser) for flag in one.option_strings if flag.startswith("--")]


def debian_changelog(release: str) -> str:
    """What changed, as Debian's tools read it: the newest version of CHANGELOG.md."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    part = text.split(f"## {__version__}", 1)[1].split("\n## ", 1)[0]
    points = [" ".join(one.split()) for one in re.split(r"\n- ", part)[1:]]
    wrapped = [fill(one, 76, initial_indent="  * ", subsequent_indent="    ") for one in points]
    listed = "\n".join(wrapped) or "  * See CHANGELOG.md."
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", WHEN)
    return f"selfcare ({__version__}-{release}) stable; urgency=medium\n\n{listed}\n\n -- {MAINTAINER}  {date}\n"


def main(folder: Path, release: str) -> None:
    """Write them all."""
    pack = {
        "man/man1/selfcare.1.gz": manual("en"),
        "man/fr/man1/selfcare.1.gz": manual("fr"),
        "changelog.Debian.gz": debian_changelog(release),
        "changelog.gz": (ROOT / "CHANGELOG.md").read_text("utf-8"),
    }
    plain = {
        "completions/selfcare": bash(),
        "completions/_selfcare": zsh(),
        "completions/selfcare.fish": fish(),
        "io.github.selfcare.metainfo.xml": (ROOT / "installers/linux/io.github.selfcare.metainfo.xml")
        .read_text("utf-8")
        .replace("@VERSION@", __version__)
        .replace("@DATE@", time.strftime("%Y-%m-%d", WHEN)),
    }
    for name, text in plain.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for name, text in pack.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "1")
