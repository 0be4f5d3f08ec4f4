"""The little of Markdown that the operator guide uses, as escaped HTML: headings, lists, tables, code, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

Link = Callable[[str], str]

_INLINE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)")
_BULLET = re.compile(r"(?:\*|\d+\.) (.*)")


def slug(title: str) -> str:
    """A heading as an anchor: lower-case words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")


def inline_html(text: str, link: Link) -> str:
    """One line of text with code, bold and links; `link` turns an address of the guide into one of the site."""
    parts: list[str] = []
    place = 0
    for found in _INLINE.finditer(text):
        parts.append(escape(text[place : found.start()]))
        code, bold, words, address = found.groups()
        if code is not None:
            parts.append(f"<code>{escape(code)}</code>")
        elif bold is not None:
            parts.append(f"<strong>{escape(bold)}</strong>")
        else:
            parts.append(f'<a href="{escape(link(address), quote=True)}">{escape(words)}</a>')
        place = found.end()
    parts.append(escape(text[place:]))
    return "".join(parts)


def to_html(text: str, link: Link) -> str:
    """A whole page of the guide as HTML; everything that is not markup of ours is escaped."""
    parts: list[str] = []
    blocks = re.split(r"\n{2,}", re.sub(r"```\w*\n(.*?)```", _kept, text, flags=re.DOTALL).strip())
    for block in blocks:
        lines = block.split("\n")
        if block.startswith("\x01"):
            parts.append(f"<pre>{escape(block[1:].replace(_GAP, chr(10) * 2))}</pre>")
        elif lines[0].startswith("#"):
            depth = len(lines[0]) - len(lines[0].lstrip("#"))
            title = lines[0][depth:].strip()
            parts.append(f'<h{depth} id="{slug(title)}">{inline_html(title, link)}</h{depth}>')
            if len(lines) > 1:
                parts.append(f"<p>{inline_html(' '.join(lines[1:]), link)}</p>")
        elif lines[0].startswith("|"):
            parts.append(_table(lines, link))
        elif _BULLET.match(lines[0]):
            tag = "ul" if lines[0].startswith("*") else "ol"
            items = "".join(f"<li>{inline_html(item, link)}</li>" for item in _items(lines))
            parts.append(f"<{tag}>{items}</{tag}>")
        else:
            parts.append(f"<p>{inline_html(' '.join(lines), link)}</p>")
    return "\n".join(parts)


_GAP = "\x02"


def _kept(found: re.Match[str]) -> str:
    return "\x01" + found.group(1).rstrip().replace("\n\n", _GAP) + "\n\n"


def _items(lines: Iterable[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        found = _BULLET.match(line)
        if found:
            items.append(found.group(1))
        else:
            items[-1] += " " + line.strip()
    return items


def _table(lines: list[str], link: Link) -> str:
    rows = [[inline_html(cell.strip(), link) for cell in line.strip().strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2:])
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
