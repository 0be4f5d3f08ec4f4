"""Pages that open in any browser, also in twenty years: no script, nothing from elsewhere, read out well, dark too."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from selfcare.domain.records import Struct

_KEPT = frozenset("\n\t\u00ad\u200d")
_STYLE = """
:root{color-scheme:light dark;--back:#fff;--text:#1d2430;--quiet:#596273;--line:#d5dae3;--link:#1d4f91;--card:#f6f7fa}
@media (prefers-color-scheme:dark){
:root{--back:#14181f;--text:#e7eaf0;--quiet:#a6afbf;--line:#39414f;--link:#9cc3ff;--card:#1c222c}}
body{margin:0 auto;max-width:62rem;padding:1.5rem 1.25rem 4rem;background:var(--back);color:var(--text);
font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--link)}h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem;margin:2rem 0 .5rem}
article h2{font-size:1.05rem;margin:0 0 .35rem}
article{border:1px solid var(--line);border-radius:8px;background:var(--card);padding:.9rem 1rem;margin:0 0 .8rem}
dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.2rem 1rem;margin:0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);
overflow-wrap:anywhere}
thead th{color:var(--quiet);font-weight:500}th[scope=row]{font-weight:400}
.sum{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid var(--line);white-space:pre-wrap;
overflow-wrap:anywhere}
summary{cursor:pointer;color:var(--link);padding:.3rem 0}.quiet{color:var(--quiet)}nav ul{padding-left:1.2rem}
a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media (max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
@media print{article{break-inside:avoid}}
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class Html(str):
    """Text that is a piece of a page already; every other text is escaped where it is put into one."""

    __slots__ = ()


class Table(Struct, frozen=True):
    """A table: what it shows, its columns, its rows; the first cell names its row. Amounts stand at the right in the
    columns named in `sums`. With `fold` it is shown on demand under that word."""

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    sums: frozenset[int] = frozenset()
    fold: str = ""


class Entry(Struct, frozen=True):
    """One thing on a page. `text` is somebody's own words; `links` are (path in the pack, words). Things of another
    `group` begin another page; `group` stands in its name."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    tables: tuple[Table, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    group: str = ""


def escaped(text: str) -> Html:
    """A text as it stands on a page; control and direction marks in it become a visible sign."""
    if isinstance(text, Html):
        return text
    if not text.isascii() or not text.isprintable():
        text = "".join(c if c in _KEPT or unicodedata.category(c) not in _TRICKS else "\ufffd" for c in text)
    return Html(html.escape(text))


_TRICKS = frozenset({"Cc", "Cf", "Cs"})


def head(title: str, language: str) -> Html:
    """The start of a page, down to its title."""
    shown = escaped(title)
    return Html(
        f'<!DOCTYPE html>\n<html lang="{escaped(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>{shown}</h1>\n"
    )


FOOT = Html("</main>\n</body>\n</html>\n")


def link(path: str, words: str, up: str = "") -> Html:
    """A way to another file of the pack; `up` leads from the page to the top of the pack ("../")."""
    return Html(f'<a href="{html.escape(quote(up + path))}">{escaped(words)}</a>')


def paragraph(text: str, kind: str = "") -> Html:
    """A paragraph; `kind` "quiet" is for what matters less."""
    return Html(f'<p class="{kind}">{escaped(text)}</p>\n' if kind else f"<p>{escaped(text)}</p>\n")


def fact_list(facts: Iterable[tuple[str, str]]) -> Html:
    """Facts by name; nothing where there are none."""
    rows = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(value)}</dd>\n" for name, value in facts if value)
    return Html(f"<dl>\n{rows}</dl>\n" if rows else "")


def table(content: Table) -> Html:
    """A table with its caption and its headings; wide ones scroll by themselves."""
    if not content.rows:
        return Html("")
    heads = "".join(
        f'<th scope="col"{_kind(content, place)}>{escaped(name)}</th>' for place, name in enumerate(content.columns)
    )
    rows = "".join(f"<tr>{_cells(content, row)}</tr>\n" for row in content.rows)
    made = (
        f"<table>\n<caption>{escaped(content.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n"
    )
    if content.fold:
        made = f"<details>\n<summary>{escaped(content.fold)}</summary>\n{made}</details>\n"
    return Html(made)


def entry(content: Entry, up: str) -> Html:
    """One thing as an article: its title, facts, words, ways to its files, tables."""
    text = f"<blockquote>{escaped(content.text)}</blockquote>\n" if content.text.strip() else ""
    links = "".join(f"<li>{link(path, words, up)}</li>" for path, words in content.links)
    return Html(
        f"<article>\n<h2>{escaped(content.title)}</h2>\n{fact_list(content.facts)}{text}"
        f"{f'<ul>{links}</ul>' if links else ''}{''.join(table(one) for one in content.tables)}</article>\n"
    )


def _cells(content: Table, row: Sequence[str]) -> str:
    first, *others = row
    rest = "".join(f"<td{_kind(content, place)}>{escaped(cell)}</td>" for place, cell in enumerate(others, 1))
    return f'<th scope="row">{escaped(first)}</th>{rest}'


def _kind(content: Table, place: int) -> str:
    return ' class="sum"' if place in content.sums else ""
