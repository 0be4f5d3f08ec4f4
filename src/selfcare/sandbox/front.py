"""The demo operator put together: every endpoint of both brands behind one door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from .answers import Refusal, html_answer, json_answer
from .brands import BRANDS, Brand
from .control import Stage
from .desk import Printer, ServiceDesk, not_offered
from .oidc import LoginDesk
from .profile import profile_of, with_habits
from .traffic import Door, Log
from .v5 import versions_of
from .world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def build_app(world: World, printer: Printer) -> ASGIApp:
    """The whole server as one ASGI application."""
    login = LoginDesk(world)
    desk = ServiceDesk(world, login.grants, printer)
    log = Log()
    routes: list[BaseRoute] = [Route("/", _welcome(world), methods=["GET"]), *Stage(world, login.grants, log).routes()]
    for brand in BRANDS.values():
        own: list[BaseRoute] = [
            Route("/.well-known/selfcare-operator", _profile(world, brand), methods=["GET"]),
            Route("/docs", _to_docs, methods=["GET"]),
            *login.routes(brand),
            *desk.routes(brand),
        ]
        routes.append(Mount(f"/{brand.id}", app=Router(own, redirect_slashes=False)))
    app = Starlette(routes=routes, exception_handlers={Refusal: _refused, HTTPException: _not_served})
    app.router.redirect_slashes = False
    app.router.default = Reading(app.router.default)
    return Door(app, world, log)


class Reading:
    """The description of the APIs, to be read in a browser; put together when first asked for."""

    def __init__(self, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer /docs and what is below it, leave everything else to the next (ASGI)."""
        if scope["type"] != "http" or not f"{scope['path']}/".startswith("/docs/"):
            await self._otherwise(scope, receive, send)
            return
        if self._router is None:
            from .docs import pages

            self._router = Router(pages())
        await self._router(scope, receive, send)


def _welcome(world: World) -> Endpoint:
    async def welcome(request: Request) -> Response:
        people = "".join(
            f"<li><b>{escape(login)}</b>: {escape(name)} ({escape(BRANDS[brand].name)})</li>"
            for login, (brand, name) in world.people.items()
        )
        return html_answer(
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Demo operator</title></head>'
            "<body><main>"
            f"<h1>The demo operator</h1><p>Customers who may sign in:</p><ul>{people}</ul>"
            '<p><a href="/docs">The operator API, described</a></p></main></body></html>\n'
        )

    return welcome


def _profile(world: World, brand: Brand) -> Endpoint:
    async def profile(request: Request) -> Response:
        today, versions = world.clock.started.date(), versions_of(world.tmf)
        document = profile_of(brand, world.issuer(brand.id), today, versions)
        return json_answer(with_habits(not_offered(document, world.faults.hidden_apis()), world.faults.strikes))

    return profile


async def _to_docs(request: Request) -> Response:
    return RedirectResponse("/docs", 302)


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return refusal.response()


async def _not_served(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    status = wrong.status_code if wrong.status_code in (400, 404, 405) else 400
    return Refusal(status, headers=wrong.headers).response()
