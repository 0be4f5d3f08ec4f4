"""What may be done about a thing that is followed: the letter that fits, or taking the notice back."""

from __future__ import annotations

from selfcare.domain.commands import WithdrawNotice
from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.debits import DebitWhy
from selfcare.leaving.refunds import RefundOf
from selfcare.leaving.tracker import Tracked, TrackedKind

from .facts import ConfirmView, FactView
from .leaving_after import debit_of
from .leaving_material import Case
from .leaving_mishaps import claim_matter
from .leaving_parts import ActionView
from .leaving_words import contested_from, day_due
from .letter_facts import LetterKind, LetterMatter, OverdueEnd

_DEBIT = "debit:"
END = "end"
"""What a complaint is about where the line did not end on its day, or the notice was refused."""


def fitting_letter(item: Tracked, case: Case, words: Words) -> tuple[ActionView, ...]:
    """The letter that fits, in the dialog of letters."""
    if item.kind is TrackedKind.DEBIT_AFTER:
        to_bank = ActionView(words.tr("Write about the debit"), target=f"papers/debit/{_DEBIT}{item.about}")
        return (to_bank, _about_bill(words)) if _is_overcharged(item, case) else (to_bank,)
    if item.kind is TrackedKind.REFUND and item.about == RefundOf.OVERCHARGED:
        return (_about_bill(words),)
    if item.kind is TrackedKind.REFUND:
        kind = {RefundOf.OVERPAYMENT: "overpayment", RefundOf.DEPOSIT: "deposit"}.get(RefundOf(item.about), "rentBack")
        return (ActionView(words.tr("Write for the refund"), target=f"papers/{kind}"),)
    checked = case.aftermath().review
    if checked is None or not checked.findings:
        return ()
    return (_about_bill(words),)


def _about_bill(words: Words) -> ActionView:
    return ActionView(words.tr("Write about the final bill"), target="papers/finalBill")


def _is_overcharged(item: Tracked, case: Case) -> bool:
    found = debit_of(item, case.aftermath())
    return found is not None and found.why is DebitWhy.OVERCHARGED


def letter_matter(case: Case, key: str) -> tuple[LetterKind, LetterMatter] | None:
    """What a button fills a letter in with: a debit with its day and amount, or what went wrong; None for neither.

    The bank gives the whole of a debit back whose bill was wrong, not a part of it.
    """
    if key == END:
        return LetterKind.COMPLAINT, LetterMatter(ending=_overdue_end(case))
    if not key.startswith(_DEBIT):
        return claim_matter(case, key)
    found = next((debit for debit in case.aftermath().debits if debit.payment_id == key.removeprefix(_DEBIT)), None)
    if found is None:
        return None
    amount = found.amount if found.why is DebitWhy.OVERCHARGED else found.wrong
    return LetterKind.DEBIT, LetterMatter(due=found.day, amount=amount)


def _overdue_end(case: Case) -> OverdueEnd:
    way = case.way
    given = case.facts.notice_given if way.route.is_notice else None
    asked = given.at.astimezone(case.material.zone).date() if given is not None else None
    refused, withdraws = given is not None and given.refused, way.route is Route.WITHDRAW
    named = way.cut if way.cut >= case.material.today else None
    due = contested_from(case) if named is None else day_due(case)
    if due is None:
        return OverdueEnd(way.cut, asked, refused=refused, is_withdrawal=withdraws)
    return OverdueEnd(due, asked, named, is_withdrawal=withdraws)


def day_complaint(case: Case, words: Words) -> tuple[ActionView, ...]:
    """Asking in writing for the right day, where the operator ends the line on another one."""
    if day_due(case) is None or case.facts.withdrawal is not None:
        return ()
    return (ActionView(words.tr("Complain in writing"), target=f"papers/complaint/{END}"),)


def taking_back(case: Case, words: Words) -> tuple[ActionView, ...]:
    """Taking the notice back, where the operator has it and it is not on its way already; asked once with the facts."""
    given, today, zone = case.facts.notice_given, case.material.today, case.material.zone
    if given is None or not given.order_id or given.done or given.refused or given.unlisted:
        return ()
    if case.facts.withdrawal is not None:
        return ()
    command = WithdrawNotice(given.order_id)
    again = case.facts.withdrawal_refused is not None
    label = words.tr("Ask again to take it back") if again else words.tr("Take the notice back")
    question = ConfirmView(
        title=words.tr("Take the notice back?"),
        text=words.tr("Your operator is asked to cancel the notice. If it agrees, the line goes on as before."),
        facts=(
            FactView(words.tr("Line"), case.number or words.tr("this line")),
            FactView(words.tr("Asked for"), words.instant(given.at, zone, today)),
            FactView(words.tr("This line ends"), words.day_far(given.ends or case.way.cut, today)),
            FactView(words.tr("Operator’s number"), given.order_id),
        ),
        yes=label,
        no=words.tr("Leave it as it is"),
        command=command,
    )
    return (ActionView(label, command, question=question),)
