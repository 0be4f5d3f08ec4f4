"""The rules behind what the tracker says, each shown once under "Rules and sources" with the step it is about."""

from __future__ import annotations

from collections.abc import Iterable

from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.reach import CONTRACT
from selfcare.leaving.tracker import Tracked, TrackedKind

from .leaving_after import debit_of, paying_notes, refund_of
from .leaving_material import Case
from .leaving_parts import CONFIRMATION, awaits_confirmation
from .leaving_titles import tracked_title
from .leaving_words import RuleView, rule_views


def tracker_rules(followed: Iterable[Tracked], case: Case, after: Aftermath, words: Words) -> tuple[RuleView, ...]:
    """The rules by which the steps of the tracker are reckoned, in the order of the steps."""
    shown: dict[str, RuleView] = {}
    for item in followed:
        ids = tuple(dict.fromkeys(name for name in _ids(item, case, after, words) if name and name != CONTRACT))
        for view in rule_views(case.rules, ids, case.material.today, words, tracked_title(item, case, words)):
            shown.setdefault(view.id, view)
    return tuple(shown.values())


def _ids(item: Tracked, case: Case, after: Aftermath, words: Words) -> Iterable[str]:
    match item.kind:
        case TrackedKind.NOTICE:
            return (CONFIRMATION,) if awaits_confirmation(case) else ()
        case TrackedKind.RETURN:
            return [step.deadline.rule_id for step in after.equipment]
        case TrackedKind.CHECKED:
            return [finding.rule_id for finding in after.review.findings] if after.review is not None else ()
        case TrackedKind.FINAL_PAID:
            return [rule_id for rule_id, _ in paying_notes(case, after, words)]
        case TrackedKind.REFUND:
            owed = refund_of(item, after)
            return (owed.rule_id,) if owed is not None else ()
        case TrackedKind.DEBIT_AFTER:
            debit = debit_of(item, after)
            return [right.rule_id for right in debit.rights] if debit is not None else ()
        case TrackedKind.DOOR:
            return (after.door.rule_id,) if after.door is not None else ()
    return ()
