"""France: when a contract ends after notice, until when one may leave free or withdraw, and when the mediator helps.

The rules are a consumer's. Whether they reach a firm's line is not established: there the contract's own words count
alone (`countries.generic`).
"""

from __future__ import annotations

from datetime import date, timedelta

from selfcare.domain.nations import french_calendar
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months, after_period, after_working_days, same_or_next_working_day
from selfcare.leaving.rules import Rules

_REMIND_AFTER = 3
"""Working days after which a missing confirmation is recalled: our own choice, the law names no number."""


def calendar_for(postcode: str, *, five_day_week: bool = False) -> str:
    """The working-day calendar of a postcode: Alsace-Moselle has two holidays more (FR-CAL-01, L3133-1 C. trav.).

    Overseas the day of the abolition of slavery is one more (L3422-2 C. trav.). Working days are jours ouvrables,
    Saturday included; with a five-day week they are jours ouvrés.
    """
    calendar = french_calendar(postcode)
    return f"{calendar}-OUVRES" if five_day_week else calendar


def notice_ends(
    received: date,
    rules: Rules,
    *,
    wanted: date | None = None,
    accepted: date | None = None,
    stated: tuple[int, str] | None = None,
) -> date:
    """When a contract ends after the operator received the notice (FR-NOT-01, FR-NOT-02, L224-39 C. conso.).

    Ten calendar days at most. `wanted` is the customer's own day and only counts if later; `stated` is the contract's
    notice and `accepted` a day that the operator agrees to: either only counts if sooner. Never before the receipt.
    """
    earliest = received + timedelta(days=rules.get("FR-NOT-01", received).number)
    if stated is not None:
        earliest = min(earliest, after_period(received, *stated))
    if accepted is not None:
        earliest = min(earliest, max(accepted, received))
    return earliest if wanted is None else max(wanted, earliest)


def notice_is_long(received: date, rules: Rules, stated: tuple[int, str]) -> bool:
    """The contract asks for more notice than ten days (FR-NOT-01, L224-39 C. conso.)."""
    return after_period(received, *stated) > notice_ends(received, rules)


def end_notice_window(ends: date, rules: Rules) -> tuple[date, date]:
    """Between which days the operator must announce the end of the commitment (FR-INF-01, L224-40 C. conso.)."""
    rule = rules.get("FR-INF-01", ends)
    return after_months(ends, -rule.number), after_months(ends, -rule.other_number)


def best_price_due(last: date, rules: Rules) -> date:
    """By when the operator must tell its best prices again (FR-INF-02, L224-40 C. conso.)."""
    return after_months(last, rules.get("FR-INF-02", last).number)


def commitment_is_long(concluded: date, ends: date, rules: Rules) -> bool:
    """The commitment is longer than allowed from its conclusion or change (FR-DUR-01, L224-28 I C. conso.)."""
    return ends > after_months(concluded, rules.get("FR-DUR-01", concluded).number)


def earliest_change(told: date, rules: Rules) -> date:
    """From which day a change of the contract may apply after it was announced (FR-MOD-01, L224-33 C. conso.)."""
    return after_months(told, rules.get("FR-MOD-01", told).number)


def change_is_early(told: date, applies: date, rules: Rules) -> bool:
    """A change applies before its month's warning is over (FR-MOD-01, L224-33 C. conso.)."""
    return applies < earliest_change(told, rules)


def free_exit_window(told: date, rules: Rules) -> tuple[date, date]:
    """Between which days one may leave free after a change was announced (FR-MOD-01, L224-33 C. conso.).

    It counts from the announcement, not from the day on which the change applies.
    """
    return told, after_months(told, rules.get("FR-MOD-01", told).other_number)


def confirmation_recalled(sent: date, calendar: str = "FR") -> date:
    """When to ask again for the operator's confirmation (FR-3CL-03, L215-1-1 C. conso. says "reasonable time").

    Three working days are this program's own choice: a silence until then is no breach.
    """
    return after_working_days(sent, _REMIND_AFTER, calendar)


def withdraw_until(concluded: date, rules: Rules, postcode: str = "") -> date:
    """The last day to withdraw from a contract made at a distance or off premises (FR-RET-01, L221-18 C. conso.).

    Fourteen days, carried to the next working day where they end on none (FR-RET-01-WORKDAY, L221-19, 3° C. conso.).
    By the European regulation that it follows no Saturday is one (1182/71, articles 2 and 3).
    """
    last = concluded + timedelta(days=rules.get("FR-RET-01", concluded).number)
    if rules.find("FR-RET-01-WORKDAY", last) is None:
        return last
    return same_or_next_working_day(last, calendar_for(postcode, five_day_week=True))


def withdraws_online(concluded: date, rules: Rules) -> bool:
    """A contract made online on this day comes with an online withdrawal function (FR-RET-02, L221-21 C. conso.)."""
    return rules.find("FR-RET-02", concluded) is not None


def frees_the_indebted(concluded: date, filed: date, rules: Rules) -> bool:
    """An over-indebted customer may leave free (FR-OVR-01, L224-37-1 and R224-59-1 C. conso.).

    `filed` is when the commission received the file, which it must have declared admissible since.
    """
    first = file_counts_from(concluded, rules)
    return first is not None and first <= filed


def file_counts_from(concluded: date, rules: Rules) -> date | None:
    """From which day on a file received by the commission frees from a contract (FR-OVR-01, R224-59-1 C. conso.).

    None for a contract of before that law.
    """
    rule = rules.find("FR-OVR-01", concluded)
    return None if rule is None else after_months(concluded, rule.number)


def indebted_contract_ends(proved: date, rules: Rules) -> date:
    """By when the operator ends an over-indebted customer's contract after the full proofs (FR-OVR-02, L224-37-1)."""
    return proved + timedelta(days=rules.get("FR-OVR-02", proved).number)


def ends_after_death(certificate_received: date, rules: Rules, wanted: date | None = None) -> date:
    """When the contract of a holder who died ends: ordinary notice from the certificate's receipt (FR-DTH-01).

    Whether it is free is for the contract to say (FR-LEG-01): no law was found.
    """
    earliest = certificate_received + timedelta(days=rules.get("FR-DTH-01", certificate_received).number)
    return earliest if wanted is None else max(wanted, earliest)


class Ladder(Struct, frozen=True):
    """The steps of a dispute: from when the consumer desk, from when and until when the mediator can be asked.

    `mediator_from` is None where the consumer desk has to be asked before.
    """

    desk_from: date
    mediator_from: date | None
    mediator_until: date

    def is_open_on(self, day: date) -> bool:
        """The mediator can be asked on a day."""
        return self.mediator_from is not None and self.mediator_from <= day <= self.mediator_until


def mediator_ladder(
    first: date,
    rules: Rules,
    *,
    answered: date | None = None,
    desk_asked: date | None = None,
    desk_answered: date | None = None,
    written: date | None = None,
) -> Ladder:
    """The way to the mediator of electronic communications (FR-MED-01, FR-MED-02, FR-MED-03; service-public F14373).

    `first` is the complaint to customer service; `answered` and `desk_answered` are answers that do not satisfy, None
    is silence. Where customer service answered, the mediator takes no case that the consumer desk was not asked about
    (`desk_asked`); its silence alone opens the mediator after two months. `written` is the written complaint; where it
    is not known, `first` counts, which is the careful reading.
    """
    steps = rules.get("FR-MED-01", first)
    silence = after_months(first, rules.get("FR-MED-02", first).number)
    desk_from = _sooner(after_months(first, steps.number), answered)
    ways = [] if desk_asked is None else [after_months(desk_asked, steps.other_number)]
    if desk_answered is not None:
        ways.append(desk_answered)
    if answered is None or answered > silence:
        ways.append(silence)
    years = rules.get("FR-MED-03", first).number
    return Ladder(desk_from, min(ways, default=None), after_months(written or first, 12 * years))


def _sooner(waited: date, answered: date | None) -> date:
    return waited if answered is None else min(waited, answered)


def mediator_outcome_by(complete: date, rules: Rules) -> date:
    """By when the mediator should have an outcome after the complete file (FR-MED-04, R612-5 C. conso.; uncertain)."""
    return complete + timedelta(days=rules.get("FR-MED-04", complete).number)
