"""Keeps the plans of all lines between two starts: every answer, and of a discreet plan nothing at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from selfcare.domain.records import Struct, asdict

from . import PLANS
from .choices import Circumstances, Reason
from .leaning import leaning_document, leaning_from
from .mishaps import mishaps_document, mishaps_from
from .terms import terms_from
from .wizard import Answers, Screen


class Plans(Struct, frozen=True):
    """The plans of all lines, one per line, and the line looked at last."""

    current: str = ""
    answers: Mapping[str, Answers] | None = None

    def of(self, line_id: str) -> Answers:
        """The answers for a line; empty ones where nobody has begun."""
        return (self.answers or {}).get(line_id, Answers(line_id=line_id))

    @property
    def has_discreet(self) -> bool:
        """One of them must not be seen by somebody else on the account."""
        return any(answers.is_discreet for answers in (self.answers or {}).values())

    def with_answers(self, answers: Answers) -> Plans:
        """The same plans with one line's answers replaced."""
        return Plans(answers.line_id, {**(self.answers or {}), answers.line_id: answers})


DRAFT_KEY = PLANS
"""Under which the plans are kept in the vault."""


def plans_to_bytes(plans: Plans) -> bytes:
    """The plans as they are kept: JSON, readable by every later version.

    A plan that somebody else on the account must not see leaves no trace, nor does what was kept of it before.
    """
    kept = {line: answers for line, answers in (plans.answers or {}).items() if not answers.is_discreet}
    lines = {line: _document(answers) for line, answers in kept.items()}
    current = "" if plans.of(plans.current).is_discreet else plans.current
    return json.dumps({"version": 1, "current": current, "lines": lines}, sort_keys=True).encode()


def plans_from_bytes(kept: bytes | None) -> Plans:
    """The plans as kept; empty ones where there is nothing or nothing readable: a draft is never worth a failure."""
    if not kept:
        return Plans()
    try:
        document: dict[str, Any] = json.loads(kept)
        lines = {str(line): _answers(str(line), entry) for line, entry in document["lines"].items()}
        return Plans(str(document.get("current", "")), lines)
    except (ValueError, LookupError, ArithmeticError, TypeError, AttributeError):
        return Plans()


def _document(answers: Answers) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in Answers.__struct_fields__:
        value = getattr(answers, name)
        found[name] = value.isoformat() if isinstance(value, date) else value
    found["mishaps"] = mishaps_document(answers.mishaps)
    found["settled"] = [[key, day.isoformat()] for key, day in answers.settled]
    found["leaning"] = leaning_document(answers.leaning)
    found["terms"] = asdict(answers.terms)
    about = asdict(answers.about)
    found["about"] = {k: v.isoformat() if isinstance(v, date) else v for k, v in about.items()}
    return found


def _answers(line_id: str, entry: dict[str, Any]) -> Answers:
    confirmed = entry.get("confirmed")
    keep = entry.get("keep_number")
    works = entry.get("works")
    return Answers(
        line_id=line_id,
        keep_number=keep if isinstance(keep, bool) else None,
        plain_notice=entry.get("plain_notice") is True,
        accept_locked=entry.get("accept_locked") is True,
        tested=entry.get("tested") is True,
        saved=entry.get("saved") is True,
        typed_code=str(entry.get("typed_code") or ""),
        typed_day=_date(entry.get("typed_day")),
        bank_new=entry.get("bank_new") is True,
        bank_keep=entry.get("bank_keep") is True,
        day=_date(entry.get("day")),
        confirmed=datetime.fromisoformat(confirmed) if confirmed else None,
        handed_over=_date(entry.get("handed_over")),
        debit_ended=_date(entry.get("debit_ended")),
        nation=str(entry.get("nation") or ""),
        at=Screen(entry.get("at", Screen.WAY)),
        resume_at=Screen(entry.get("resume_at", Screen.LINE)),
        withdraw=entry.get("withdraw") is True,
        notice=_notice(entry.get("notice")),
        small=entry.get("small") is True,
        about=_circumstances(entry.get("about") or {}),
        receipt=str(entry.get("receipt") or ""),
        receipt_photo=str(entry.get("receipt_photo") or ""),
        returned=_date(entry.get("returned")),
        works=datetime.fromisoformat(works) if works else None,
        is_critical=_said(entry.get("is_critical")),
        others=tuple(str(line) for line in entry.get("others") or ()),
        deposit=str(entry.get("deposit") or ""),
        deposit_paid=_date(entry.get("deposit_paid")),
        prepaid=entry.get("prepaid") is True,
        agreed_rise=str(entry.get("agreed_rise") or ""),
        terms=terms_from(entry.get("terms") or {}),
        handed_late=entry.get("handed_late") is True,
        leaning=leaning_from(entry.get("leaning")),
        calendar=tuple((str(key), str(starts)) for key, starts in entry.get("calendar") or ()),
        settled=tuple((str(key), date.fromisoformat(day)) for key, day in entry.get("settled") or ()),
        mishaps=mishaps_from(entry.get("mishaps")),
    )


def _notice(raw: Any) -> tuple[int, str] | None:
    return (int(raw[0]), str(raw[1])) if raw else None


def _circumstances(entry: dict[str, Any]) -> Circumstances:
    days = entry.get("orders_days")
    return Circumstances(
        reason=Reason(entry.get("reason", "")),
        listed=_said(entry.get("listed")),
        filed=_date(entry.get("filed")),
        admitted=entry.get("admitted") is True,
        orders_days=days if isinstance(days, int) else None,
        orders_open=entry.get("orders_open") is True,
        stop_move=entry.get("stop_move") is True,
        usable_there=_said(entry.get("usable_there")),
        sent=_date(entry.get("sent")),
        orders_from=_date(entry.get("orders_from")),
    )


def _said(raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _date(raw: Any) -> date | None:
    return date.fromisoformat(raw) if raw else None
