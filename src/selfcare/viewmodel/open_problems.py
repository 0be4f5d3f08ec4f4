"""Known problems for somebody who has not signed in: what the operator publishes for everybody, and nothing of mine."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare.domain.failures import Failure, NotOffered, SignedOut
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct

from .ages import Absence
from .notices import as_read, reading_notice
from .problems import ProblemView, problem_views, score_sentence
from .welcome import address_notice

if TYPE_CHECKING:
    from selfcare.i18n import Words


class OpenProblemsFacts(Struct, frozen=True):
    """What the page is told. `is_asking`: the answer is still to come; `failure` is why there is none; `unread` is how
    many problems came that cannot be understood.

    `operator` is "" as long as its profile has not come.
    """

    operator: str = ""
    zone: ZoneInfo = ZoneInfo("UTC")
    problems: tuple[Problem, ...] = ()
    seen: datetime | None = None
    is_asking: bool = False
    failure: Failure | None = None
    unread: int = 0


class OpenProblemsView(Struct, frozen=True):
    """The page. `absence` says why no problem stands there; `hint` what the list cannot say; `unread` what it lacks."""

    title: str
    subtitle: str
    problems: tuple[ProblemView, ...]
    absence: Absence | None
    score: str
    hint: str
    is_asking: bool
    unread: str = ""

    def problem(self, problem_id: str) -> ProblemView | None:
        """A known problem by its number."""
        return next((one for one in self.problems if one.id == problem_id), None)


def open_problems_view(facts: OpenProblemsFacts, words: Words, today: date, now: datetime) -> OpenProblemsView:
    """The whole page."""
    shown = problem_views(facts.problems, {}, (), words, today, now, facts.zone)
    title = words.tr("Known problems of {operator}", operator=facts.operator) if facts.operator else ""
    return OpenProblemsView(
        title=title or words.tr("Known problems"),
        subtitle=_subtitle(facts, words, today),
        problems=shown,
        absence=None if shown else _absence(facts, words),
        score=score_sentence(facts.problems, words),
        hint=words.tr("Which of them touch your own lines is shown under Help once you have signed in.")
        if shown
        else "",
        is_asking=facts.is_asking,
        unread=_unread(facts, words) if shown else "",
    )


def _unread(facts: OpenProblemsFacts, words: Words) -> str:
    if not facts.unread:
        return ""
    return words.trn(
        "{count} known problem could not be understood and is not shown.",
        "{count} known problems could not be understood and are not shown.",
        facts.unread,
    )


def _subtitle(facts: OpenProblemsFacts, words: Words, today: date) -> str:
    if facts.is_asking or facts.seen is None:
        return words.tr("Read without signing in: your operator is told nothing of you.")
    moment = words.instant(facts.seen, facts.zone, today)
    return words.tr("Read without signing in, as your operator said on {moment}", moment=moment)


def _absence(facts: OpenProblemsFacts, words: Words) -> Absence:
    if facts.is_asking:
        return Absence("neverRead", words.tr("Asking your operator…"), words.tr("This takes a moment."))
    if facts.operator and isinstance(facts.failure, NotOffered):
        return Absence(
            "notOffered",
            words.tr("Not published for everybody"),
            words.tr(
                "{operator} does not say that its known problems may be read without signing in. That does not mean "
                "that there are none.",
                operator=facts.operator,
            ),
        )
    if isinstance(facts.failure, SignedOut):
        return Absence(
            "failed",
            words.tr("{operator} wants a sign-in for this", operator=facts.operator),
            words.tr("It describes the list as open to everybody, and then asks who you are. Sign in to read it."),
        )
    if facts.failure is not None:
        notice = address_notice(facts.failure, words) if not facts.operator else None
        notice = notice or as_read(reading_notice(facts.failure, words), has_read=False)
        return Absence("failed", notice.sentence, notice.advice)
    if facts.unread:
        return Absence("failed", words.tr("Could not be understood"), _unread(facts, words))
    return Absence(
        "nothing", words.tr("No known problems"), words.tr("Your operator says that it knows of none at the moment.")
    )
