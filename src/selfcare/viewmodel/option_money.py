"""What was paid for an option that does not work or was never ordered, in sentences that go along with a ticket."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from selfcare.billing.option_charges import OptionCharges
from selfcare.domain.money import Money
from selfcare.domain.options import NOT_SERVED, Option, Verdict
from selfcare.i18n import Words

from .facts import price_text


def paid_sentence(charges: OptionCharges | None, words: Words, today: date | None) -> str:
    """What the bills that are here charged, in all and since it is on record as not working, and how much is paid; else
    "". Without `today` every day has its year, as on paper."""
    if charges is None:
        return ""
    total = amounts_text(charges.total, words)
    first = words.day(charges.first, today) if charges.first is not None else ""
    if first:
        said = words.trn(
            "Charged so far: {amount}, on {count} bill, since {day}.",
            "Charged so far: {amount}, on {count} bills, since {day}.",
            charges.bills, amount=total, day=first,
        )  # fmt: skip
    else:
        said = words.trn(
            "Charged so far: {amount}, on {count} bill.", "Charged so far: {amount}, on {count} bills.",
            charges.bills, amount=total,
        )  # fmt: skip
    parts = [said]
    if charges.paid == charges.total:
        parts.append(words.tr("All of it is paid."))
    elif charges.paid:
        parts.append(words.tr("Of that, {amount} is paid.", amount=amounts_text(charges.paid, words)))
    else:
        parts.append(words.tr("None of it is shown as paid."))
    if charges.since is not None and charges.since_total and charges.since_total != charges.total:
        day = words.day(charges.since, today)
        amount = amounts_text(charges.since_total, words)
        said = words.tr("Since {day}, from when it is on record as not working: {amount}.", day=day, amount=amount)
        parts.append(said)
    return " ".join(parts)


def early_sentence(option: Option, charges: OptionCharges, words: Words, today: date) -> str:
    """That bills charged for a time before the option began, by the operator's own day."""
    since = words.day(option.since, today) if option.since is not None else words.tr("day not stated")
    return words.trn(
        "By your operator it began on {day}, yet {count} bill charged {amount} for the time before.",
        "By your operator it began on {day}, yet {count} bills charged {amount} for the time before.",
        charges.bills,
        day=since,
        amount=amounts_text(charges.total, words),
    )


def amounts_text(amounts: Iterable[Money], words: Words) -> str:
    """Amounts, one for each currency."""
    return words.listing([words.money(amount) for amount in amounts])


def unasked_sentence(option: Option, words: Words, today: date) -> str:
    """That an option is there without an order."""
    since = words.day(option.since, today) if option.since is not None else ""
    price = price_text(option.price, option.period, words, is_net=option.is_net)
    first = words.tr("Your operator shows no order for it. It has been on your contract since {day}.", day=since)
    if not price:
        return first
    return words.tr("{first} It costs {price}.", first=first, price=price)


def complaint_text(option: Option, *, is_unasked: bool, words: Words) -> str:
    """The first words of a ticket about an option, as far as the facts carry them."""
    if is_unasked:
        return words.tr("I did not order this. Please show me the order, or take it off and pay back what was charged.")
    if option.verdict in {Verdict.CHARGED_NOT_WORKING, Verdict.CHARGED_NEVER_ON}:
        return words.tr("I pay for this, but it does not work.")
    if option.verdict in NOT_SERVED:
        return words.tr("This does not work.")
    return ""
