"""The strings behind the demo operator's stage: its clock, its faults, what was asked of it and what came of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .answers import Refusal, json_answer
from .documents import decode, written
from .faults import UnknownFault, UnknownTarget, described
from .grants import Grants
from .traffic import Log
from .world import World

_LONGEST = 366 * 86400


class Stage:
    """The endpoints under /sandbox, for demonstrations, tests and measurements."""

    def __init__(self, world: World, grants: Grants, log: Log) -> None:
        self.world = world
        self.grants = grants
        self.log = log

    def routes(self) -> list[Route]:
        """All of them."""
        both = ["GET", "POST"]
        return [
            Route("/sandbox/clock", self._clock, methods=both),
            Route("/sandbox/faults", self._faults, methods=both),
            Route("/sandbox/tmf", self._tmf, methods=both),
            Route("/sandbox/log", self._log, methods=both),
            Route("/sandbox/effects", self._effects, methods=both),
            Route("/sandbox/tokens", self._tokens, methods=["POST"]),
        ]

    async def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            hours = _number("advanceHours", (await _sent(request)).get("advanceHours"))
            if not 0 <= hours <= 24 * 366 * 10:
                raise Refusal(400, "advanceHours moves forward, ten years at the most")
            try:
                self.world.clock.advance(timedelta(hours=float(hours)))
            except OverflowError:
                raise Refusal(400, "There is no time so late") from None
        return json_answer({"now": written(self.world.clock.now()), "started": written(self.world.clock.started)})

    async def _faults(self, request: Request) -> Response:
        if request.method == "POST":
            named = (await _sent(request)).get("faults")
            if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
                raise Refusal(400, "faults is a list of names")
            try:
                self.world.faults.replace(named)
            except UnknownTarget as unknown:
                raise Refusal(400, str(unknown)) from None
            except UnknownFault as unknown:
                raise Refusal(400, f"There is no fault called {unknown}") from None
        return json_answer({"faults": self.world.faults.spelled(), "known": described()})

    async def _tmf(self, request: Request) -> Response:
        if request.method == "POST":
            tmf = (await _sent(request)).get("tmf")
            if tmf not in ("v4", "v5", "mixed"):
                raise Refusal(400, "tmf is v4, v5 or mixed")
            self.world.tmf = tmf
        return json_answer({"tmf": self.world.tmf})

    async def _log(self, request: Request) -> Response:
        table = self.log.table()
        if request.method == "POST":
            self.log.counts.clear()
        return json_answer(table)

    async def _effects(self, request: Request) -> Response:
        effects = list(self.world.effects)
        if request.method == "POST":
            self.world.effects.clear()
        by_mark: dict[str, list[str]] = {}
        for effect in effects:
            if effect.external_id:
                by_mark.setdefault(effect.external_id, []).append(effect.id)
        rows = [{"kind": one.kind, "id": one.id, "externalId": one.external_id, "login": one.login} for one in effects]
        return json_answer({"effects": rows, "byExternalId": by_mark})

    async def _tokens(self, request: Request) -> Response:
        wanted = await _sent(request)
        for name in ("accessSeconds", "refreshGrace"):
            if name in wanted and not 0 <= _number(name, wanted[name]) <= _LONGEST:
                raise Refusal(400, f"{name} is a number of seconds, a year at the most")
        if not isinstance(wanted.get("expire", False), bool):
            raise Refusal(400, "expire is true or false")
        self.grants.access_seconds = float(wanted.get("accessSeconds", self.grants.access_seconds))
        self.grants.refresh_grace = float(wanted.get("refreshGrace", self.grants.refresh_grace))
        if wanted.get("expire"):
            self.grants.expire_all()
        return json_answer({"accessSeconds": self.grants.access_seconds, "refreshGrace": self.grants.refresh_grace})


def _number(name: str, value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Refusal(400, f"{name} is a number")
    return value


async def _sent(request: Request) -> dict[str, Any]:
    try:
        body = decode(await request.body())
    except (msgspec.DecodeError, ArithmeticError, RecursionError, ValueError):
        raise Refusal(400, "The body is not JSON") from None
    if not isinstance(body, dict):
        raise Refusal(400, "The body is not an object")
    return body
