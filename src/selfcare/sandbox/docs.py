"""The operator API as pages to read in a browser: the guide, every request, every shape, every extension."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from .markdown import to_html

DESCRIPTION = "selfcare-operator-api.openapi.json"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
STYLE = """
:root{color-scheme:light dark;--ink:#1d2430;--quiet:#5a6472;--line:#d5dae1;--page:#fff;--soft:#f3f5f8;--link:#0b6e6e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--quiet:#a2abb8;--line:#3a424e;--page:#15181d;
--soft:#1f242b;--link:#5fc9c9}}
*{box-sizing:border-box}body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--page)}
main,nav{max-width:62rem;margin:0 auto;padding:0 1.25rem}nav{padding:1rem 1.25rem;border-bottom:1px solid var(--line)}
nav a{margin-right:1.25rem}a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:3px solid var(--link)}
h1{font-size:2rem;margin:2rem 0 1rem}h2{font-size:1.35rem;margin:2.5rem 0 .75rem}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
code,pre{font:.9em ui-monospace,monospace;background:var(--soft);border-radius:4px}code{padding:.1em .3em}
pre{padding:1rem;overflow:auto}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.75rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line)}
th{color:var(--quiet);font-weight:600}.quiet{color:var(--quiet)}details{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.7rem 0}
summary b{display:inline-block;min-width:4.2rem;font-family:ui-monospace,monospace}
"""


def description_dir(given: Path | None = None) -> Path:
    """Where the published description lies: as given, beside the source tree, in the wheel, or in the bundle.

    Raises FileNotFoundError.
    """
    here = Path(__file__).resolve()
    bundle = getattr(sys, "_MEIPASS", None)
    roots = [here.parents[3], here.parents[1], *([Path(bundle), Path(bundle) / "selfcare"] if bundle else [])]
    for folder in [given] if given else [root / "resources" / "api" for root in roots]:
        if (folder / DESCRIPTION).is_file():
            return folder
    raise FileNotFoundError(DESCRIPTION)


def pages(folder: Path | None = None) -> list[Route]:
    """The routes of the pages: /docs, /docs/api, /docs/extensions and the files themselves under /docs/files."""
    home = description_dir(folder)
    described: dict[str, Any] = json.loads((home / DESCRIPTION).read_text("utf-8"))
    guide, day = (to_html((home / name).read_text("utf-8"), _address) for name in ("GUIDE.md", "DAY.md"))
    shown = {
        "/docs": _page("Guide for operators", guide),
        "/docs/day": _page("From nothing to a passing check in a day", day),
        "/docs/api": _page(described["info"]["title"], _api(described)),
        "/docs/extensions": _page("Extensions", _extensions(home)),
    }
    files = {path.relative_to(home).as_posix(): path.read_bytes() for path in sorted(home.rglob("*.json"))}
    files |= {name: (home / name).read_bytes() for name in ("GUIDE.md", "DAY.md")}
    routes = [Route(path, partial(_html, html), methods=["GET"]) for path, html in shown.items()]
    return [*routes, Route("/docs/files/{name:path}", partial(_file, files), methods=["GET"])]


async def _html(html: str, request: Request) -> Response:
    return HTMLResponse(html, headers=HEADERS)


async def _file(files: Mapping[str, bytes], request: Request) -> Response:
    name = request.path_params["name"]
    if name not in files:
        raise HTTPException(404)
    kind = "application/json" if name.endswith(".json") else "text/markdown;charset=utf-8"
    return Response(files[name], media_type=kind, headers=HEADERS)


def _address(link: str) -> str:
    """An address of the guide as one of this site; other sites stay as they are."""
    if link == DESCRIPTION:
        return "/docs/api"
    if link in ("GUIDE.md", "DAY.md"):
        return "/docs" if link == "GUIDE.md" else "/docs/day"
    if link.rstrip("/") == "extensions":
        return "/docs/extensions"
    return link if link.startswith(("https://", "http://", "#")) else f"/docs/files/{link}"


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body>'
        '<nav aria-label="Pages"><a href="/docs">Guide</a><a href="/docs/api">Requests and shapes</a>'
        f'<a href="/docs/extensions">Extensions</a><a href="/docs/files/{DESCRIPTION}">OpenAPI file</a></nav>'
        f"<main>{body}</main></body></html>\n"
    )


def _api(described: Mapping[str, Any]) -> str:
    info = described["info"]
    parts = [f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>"]
    for tag in described["tags"]:
        parts.append(f"<h2>{escape(tag['name'])}</h2><p class='quiet'>{escape(tag['description'])}</p>")
        parts += [
            _operation(described, path, method, item)
            for path, item in described["paths"].items()
            for method in ("get", "post", "patch")
            if method in item and tag["name"] in item[method]["tags"]
        ]
    parts.append("<h2>Shapes</h2>")
    parts += [_shape(name, shape) for name, shape in described["components"]["schemas"].items()]
    return "".join(parts)


def _operation(described: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> str:
    asked = item[method]
    rows = []
    for given in (*item.get("parameters", ()), *asked["parameters"]):
        parameter = _resolved(described, given)
        rows.append((parameter["name"], parameter["in"], parameter["description"]))
    named = f"<b>{escape(method.upper())}</b> <code>{escape(path)}</code> {escape(asked['summary'])}"
    told = [f"<details><summary>{named}</summary>{_table(('Parameter', 'Where', 'Meaning'), rows)}"]
    if "requestBody" in asked:
        told.append(f"<p>Sends {_content(asked['requestBody'])}</p>")
    answers = []
    for status, given in asked["responses"].items():
        answer = _resolved(described, given)
        answers.append((status, answer["description"], ", ".join(answer.get("headers", ())), _content(answer)))
    head = "".join(f'<th scope="col">{word}</th>' for word in ("Answer", "Meaning", "Headers", "Body"))
    body = "".join(
        f"<tr><td><code>{escape(status)}</code></td><td>{escape(text)}</td><td>{escape(headers)}</td><td>{shape}</td></tr>"
        for status, text, headers, shape in answers
    )
    told.append(f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>')
    return "".join(told)


def _resolved(described: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in given:
        return given
    found: Any = described
    for step in given["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _content(part: Mapping[str, Any]) -> str:
    return ", ".join(_type(media["schema"]) for media in part.get("content", {}).values())


def _type(schema: Mapping[str, Any]) -> str:
    """What kind of value a schema asks for, as HTML with a link to the shape."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2], quote=True)
        return f'<a href="#{name}">{name}</a>'
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return escape(str(schema.get("format") or schema.get("type") or "any value"))


def _shape(name: str, shape: Mapping[str, Any]) -> str:
    told = [f'<h3 id="{escape(name, quote=True)}">{escape(name)}</h3><p>{escape(shape.get("description", ""))}</p>']
    if "enum" in shape:
        told.append("<p>" + ", ".join(f"<code>{escape(word)}</code>" for word in shape["enum"]) + "</p>")
    required = set(shape.get("required", ()))
    body = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td>{_type(schema)}</td>"
        f"<td>{'yes' if field in required else ''}</td><td>{escape(schema.get('description', ''))}</td></tr>"
        for field, schema in shape.get("properties", {}).items()
    )
    if body:
        head = "".join(f'<th scope="col">{word}</th>' for word in ("Field", "Kind", "Required", "Meaning"))
        told.append(f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')
    return "".join(told)


def _extensions(home: Path) -> str:
    parts = ["<h1>Extensions</h1><p>What travels as a characteristic, because the standard has no field for it.</p>"]
    for path in sorted((home / "extensions").glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        rows = [(name, part.get("description", "")) for name, part in schema["$defs"].items()]
        example = json.dumps(schema["examples"], indent=1, ensure_ascii=False)
        parts.append(
            f'<h2 id="{escape(path.name.removesuffix(".schema.json"), quote=True)}">{escape(schema["title"])}</h2>'
            f"<p>{escape(schema['description'])}</p>{_table(('Characteristic', 'Meaning'), rows)}"
            f'<pre>{escape(example)}</pre><p><a href="/docs/files/extensions/{escape(path.name, quote=True)}">'
            "The schema</a></p>"
        )
    return "".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(word)}</th>' for word in head)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{f'<code>{escape(cell)}</code>' if place == 0 else escape(cell)}</td>" for place, cell in row)
        + "</tr>"
        for row in (enumerate(cells) for cells in rows)
    )
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>' if body else ""
