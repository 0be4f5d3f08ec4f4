"""Writes down what a check of an operator found: a table to read, JSON for machines, or a page for a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from selfcare import __version__
from selfcare.api.limits import Patience
from selfcare.api.probes import Finding
from selfcare.api.speed import SPEED, what_follows
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct

COSTS: Mapping[str, str] = {
    "TMF620": "ordering options from the program",
    "TMF621": "reporting troubles, disputing bills, following tickets",
    "TMF622": "porting codes, unlocking, giving notice from the program",
    "TMF629": "everything: without the customer nothing is asked for",
    "TMF632": "the customer's name and addresses",
    "TMF637": "lines, options and handsets",
    "TMF638": "whether what is charged really works",
    "TMF646": "visits and agreed call-backs, with the hours in which somebody comes",
    "TMF651": "contracts: how long, notice, cost of leaving",
    "TMF656": "known faults and their announced ends",
    "TMF666": "balance, payment plan, direct debit",
    "TMF667": "papers beside the bills",
    "TMF676": "payments",
    "TMF678": "bills and their lines",
    "TMF681": "messages that were sent to the customer",
    "TMF683": "the log of contacts and promises",
}
DEPARTURES: Mapping[str, str] = {
    "paper": "the bill as a PDF",
    "caching": "every look reads the whole list again",
    "counts": "knowing whether a long list is whole, and how far it has come",
    "max-limit": "a long list takes more requests",
    "limit": "a long list takes more requests",
    "offset": "a long list may be read twice before it is believed",
    "owner-filter": "everything is read, and the customer's own is picked out on the customer's computer",
    "copies": "it counts as two bills, unless one of them has the category duplicate",
    "empty-owner": "a list of nothing is told as one that could not be read",
    "open-list": "known faults before the customer has signed in",
    "idempotency": "a request whose answer was lost is not repeated before it was looked for",
    "taken-back": "taking back what was asked for",
    "words": "a state is shown in the operator's own word",
    "prices": "a price is shown as it is stated, which is not what is paid",
    "terms": "how long one is bound, and by when notice is given: shown as not stated",
    "periods": "how often a price is due is shown in the operator's own words, and added up for itself",
    "yes-or-no": "whether it is so: shown as not stated",
    "dates": "an hour is taken to be of the operator's zone",
    "error-body": "the operator's own reason when something is refused",
    "single": "an up-to-date look before something irrevocable is sent",
}
"""What the customer goes without where an operator departs from the standard; what is not named is made up for."""
GUIDE = "resources/api/GUIDE.md"
CHECKS = f"{GUIDE}#the-checks-of-selfcare-check-operator-by-name"
ESSENTIAL = frozenset({"TMF629"})
"""Without these nothing can be read at all."""


class ApiReport(Struct, frozen=True):
    """What was found of one API. `fails` are musts that do not hold, `departs` what is read all the same, `slow` what
    holds and takes long."""

    api: str
    version: str
    is_offered: bool
    fails: tuple[Finding, ...]
    departs: tuple[Finding, ...]
    tried: int
    caching: str
    idempotency: str
    slow: tuple[Finding, ...] = ()

    @property
    def is_conformant(self) -> bool:
        """Nothing was found that departs from the standard."""
        return bool(self.tried) and not self.fails and not self.departs


def report_of(profile: OperatorProfile, findings: Sequence[Finding]) -> tuple[ApiReport, ...]:
    """One row for each API that the program uses."""
    rows = []
    for api in COSTS:
        own = [one for one in findings if one.api == api]
        entry = profile.apis.get(api)
        bad = [one for one in own if not one.ok]
        rows.append(
            ApiReport(
                api,
                entry.version if entry is not None else "",
                entry is not None,
                tuple(one for one in bad if one.is_must),
                tuple(one for one in bad if not one.is_must),
                len(own),
                _held(own, "caching"),
                _held(own, "idempotency"),
                tuple(one for one in own if one.check == SPEED and one.detail),
            )
        )
    return tuple(rows)


def fails(rows: Sequence[ApiReport]) -> bool:
    """Whether something fails that the program cannot do without."""
    return any(row.fails or (row.api in ESSENTIAL and not row.is_offered) for row in rows)


def _held(own: Sequence[Finding], check: str) -> str:
    found = [one.ok for one in own if one.check == check]
    return "not tried" if not found else "honoured" if all(found) else "not honoured"


def as_text(profile: OperatorProfile, rows: Sequence[ApiReport]) -> str:
    """The table, for a terminal."""
    lines = [f"{profile.name} ({profile.id}), {profile.country}", ""]
    lines.append(f"{'API':<8}{'version':<9}{'offered':<9}{'conformant':<12}{'caching':<14}{'keys':<14}")
    for row in rows:
        lines.append(
            f"{row.api:<8}{row.version or '-':<9}{'yes' if row.is_offered else 'no':<9}"
            f"{_verdict(row):<12}{row.caching:<14}{row.idempotency:<14}"
        )
        if not row.is_offered:
            lines.append(f"        costs the customer: {COSTS[row.api]}")
        lines += [f"        FAILS   {_line(one)} ({_told_cost(one)})" for one in row.fails]
        lines += [f"        departs {_line(one)} ({_told_cost(one)})" for one in row.departs]
        lines += [f"        slow    {_line(one)}" for one in row.slow]
    if any(row.slow for row in rows):
        lines += ["", f"Where answers are slow the program goes on: {what_follows(Patience())}."]
    lines += ["", _sentence(rows), f"Every check is described in {GUIDE}, under its name."]
    return "\n".join(lines) + "\n"


def _line(one: Finding) -> str:
    """A finding on one line, whatever the operator's own words in it hold."""
    return f"{one.kind} {one.check}: {' '.join(one.detail.split())}"


def _cost(one: Finding) -> str:
    if one.is_read:
        return ""
    if one.check == "version" and one.is_must:
        return "what is sent is refused, or misread"
    return COSTS[one.api] if one.is_must else DEPARTURES.get(one.check, "")


def _told_cost(one: Finding) -> str:
    if one.is_must and one.is_read:
        return "demanded by the standard, read all the same"
    return f"costs: {_cost(one)}" if _cost(one) else "made up for"


def _verdict(row: ApiReport) -> str:
    if not row.is_offered:
        return "-"
    return "no" if row.fails else "in parts" if row.departs else "yes" if row.tried else "not tried"


def _sentence(rows: Sequence[ApiReport]) -> str:
    failing = sum(len(row.fails) for row in rows)
    odd = sum(len(row.departs) for row in rows)
    lacking = [row.api for row in rows if row.api in ESSENTIAL and not row.is_offered]
    if lacking:
        return f"Something mandatory fails: {', '.join(lacking)} is not offered, and without it nothing can be read."
    if fails(rows):
        return f"Something mandatory fails: {failing} findings; {odd} departures from the standard besides."
    if odd:
        return f"The program works with this operator; {odd} departures from the standard are made up for."
    return "Everything that was tried is as the standard says."


def as_json(profile: OperatorProfile, rows: Sequence[ApiReport]) -> str:
    """The same for machines."""
    content = {
        "program": __version__,
        "operator": profile.id,
        "name": profile.name,
        "passes": not fails(rows),
        "apis": [
            {
                "api": row.api,
                "version": row.version or None,
                "offered": row.is_offered,
                "conformant": row.is_conformant,
                "tried": row.tried,
                "caching": row.caching,
                "idempotency": row.idempotency,
                "costs": COSTS[row.api],
                "fails": [_plain(one) for one in row.fails],
                "departs": [_plain(one) for one in row.departs],
                "slow": [{**_plain(one), "costs": what_follows(Patience())} for one in row.slow],
            }
            for row in rows
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _plain(one: Finding) -> dict[str, str]:
    return {"resource": one.kind, "check": one.check, "detail": one.detail, "costs": _cost(one), "guide": CHECKS}


def as_html(profile: OperatorProfile, rows: Sequence[ApiReport]) -> str:
    """The same as a page that loads nothing."""
    body = []
    for row in rows:
        found = "".join(
            f"<li>{'fails' if one.is_must else 'departs'}: {escape(one.kind)} <b>{escape(one.check)}</b> "
            f"{escape(one.detail)} ({escape(_told_cost(one))})</li>"
            for one in (*row.fails, *row.departs)
        ) + "".join(
            f"<li>slow: {escape(one.kind)} {escape(one.detail)} ({escape(what_follows(Patience()))})</li>"
            for one in row.slow
        )
        cost = "" if row.is_offered else f"<p>Costs the customer: {escape(COSTS[row.api])}</p>"
        body.append(
            f"<tr><th scope='row'>{row.api}</th><td>{row.version or '–'}</td>"
            f"<td>{'yes' if row.is_offered else 'no'}</td><td>{_verdict(row)}</td>"
            f"<td>{row.caching}</td><td>{row.idempotency}</td><td>{cost}<ul>{found}</ul></td></tr>"
        )
    heads = "".join(
        f"<th scope='col'>{name}</th>"
        for name in ("API", "Version", "Offered", "Conformant", "Caching", "Idempotency", "Found")
    )
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Check of {escape(profile.name)}</title><style>body{{font:16px/1.5 system-ui;margin:2rem}}"
        "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.4rem;text-align:left;vertical-align:top}"
        f"</style></head><body><h1>Check of {escape(profile.name)}</h1><p>{escape(_sentence(rows))}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        f"<p>Every check is described in {GUIDE}, under its name.</p></body></html>\n"
    )
