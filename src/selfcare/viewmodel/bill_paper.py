"""Whether a bill is right, in words, by its PDF: the e-invoice inside it, and what is printed on it."""

from __future__ import annotations

from decimal import Decimal

from selfcare.billing.against_print import Stated, against_print, is_printed, stated_in
from selfcare.billing.einvoice import against_operator, judge
from selfcare.billing.findings import Fault, Finding, Judgement
from selfcare.domain.bills import OWN_STATES, Bill
from selfcare.domain.einvoices import FoundInvoice
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.money import Money
from selfcare.i18n.words import Words

from .bill_check import MOST, CheckRow, right_row, wrong_row
from .facts import quoted
from .notices import notice_of


def paper_rows(
    bill: Bill, found: FoundInvoice | None, text: str | None, words: Words, trouble: PaperTrouble | None = None
) -> tuple[CheckRow, ...]:
    """What the PDF says: its electronic invoice by itself and against the operator's data, and the printed total.

    `text` are the words of the PDF; None for an electronic invoice that is a file of its own.
    """
    if trouble is not None:
        return (CheckRow(notice_of(trouble, words).sentence, words.tr("not checked"), "neutral"),)
    rows: list[CheckRow] = []
    invoice = found.invoice if found is not None else None
    unit = invoice.unit if invoice is not None else bill.total.unit if bill.total is not None else ""
    if found is not None:
        judged = judge(found)
        findings = list(judged.findings)
        is_compared, printed = False, None
        if invoice is not None:
            findings += against_operator(invoice, bill)
            printed = against_print(stated_in(invoice), text or "")
            findings += [one for one in printed.findings if one.fault not in {own.fault for own in findings}]
            is_compared = printed.is_compared or (bill.total is not None and bill.state_word not in OWN_STATES)
            rows += _elsewhere(printed.doubt, unit, words)
        rows += [_finding(one, unit, words) for one in findings[:MOST]]
        more = len(findings) - MOST
        if more > 0:
            rows.append(wrong_row(words.trn("{count} more finding.", "{count} more findings.", more), words))
        rows += [_doubt(one, unit, words) for one in judged.doubts[:MOST]]
        is_wrong = any(one.is_money or one.fault is Fault.OTHER_BILL for one in findings)
        if invoice is not None and not is_wrong and not judged.doubts and not (printed and printed.doubt):
            profile, is_rounded = invoice.profile or invoice.syntax, _is_rounded(judged)
            said = (
                _alone(profile, words, is_rounded=is_rounded)
                if text is None
                else _agrees(profile, words, is_rounded=is_rounded, is_compared=is_compared)
            )
            is_alone = text is None or is_compared
            rows.append(right_row(said, words) if is_alone else CheckRow(said, words.tr("not compared"), "neutral"))
    elif bill.total is not None:
        remaining = bill.remaining.value if bill.remaining else None
        stated = Stated(bill.total.value, remaining, bill.total.unit, bill.is_credit_note)
        printed = against_print(stated, text or "")
        rows += [_finding(one, unit, words) for one in printed.findings]
        rows += _elsewhere(printed.doubt, unit, words)
        if not printed.findings and printed.doubt is None and is_printed(bill.total.value, text or ""):
            rows.append(right_row(words.tr("The total is printed on the PDF as well."), words))
    return tuple(rows)


def _is_rounded(judged: Judgement) -> bool:
    return bool(judged.roundings) or any(one.fault is Fault.ROUNDING for one in judged.findings)


def _alone(profile: str, words: Words, *, is_rounded: bool) -> str:
    if is_rounded:
        return words.tr("The e-invoice ({profile}) adds up, but for roundings.", profile=profile)
    return words.tr("The e-invoice ({profile}) adds up.", profile=profile)


def _agrees(profile: str, words: Words, *, is_rounded: bool, is_compared: bool) -> str:
    if is_rounded:
        return words.tr("The e-invoice in the PDF ({profile}) adds up, but for roundings.", profile=profile)
    if not is_compared:
        return words.tr(
            "The e-invoice in the PDF ({profile}) adds up. No printed total was found to compare it with.",
            profile=profile,
        )
    return words.tr("The e-invoice in the PDF ({profile}) adds up and says the same.", profile=profile)


def _finding(one: Finding, unit: str, words: Words) -> CheckRow:
    if one.is_money:
        return wrong_row(_two_numbers(one, unit, words), words)
    return CheckRow(_form(one, unit, words), words.tr("form"), "warn")


def _doubt(one: Finding, unit: str, words: Words) -> CheckRow:
    text = words.tr(
        "E-invoice, {field}: it says {stated}, quantity and price make {computed}. That is right only if the price has "
        "decimals that are not stated.",
        field=_field(one, words),
        stated=_money(one.stated, unit, words),
        computed=_money(one.computed, unit, words),
    )
    return CheckRow(text, words.tr("not certain"), "neutral")


def _elsewhere(one: Finding | None, unit: str, words: Words) -> list[CheckRow]:
    if one is None:
        return []
    text = words.tr(
        "The data says {stated}, which stands on the PDF too; but as “{label}” it has {computed}. Ask your operator "
        "which one counts.",
        stated=_money(one.stated, unit, words),
        computed=_money(one.computed, unit, words),
        label=one.said,
    )
    return [CheckRow(text, words.tr("not certain"), "neutral")]


def _two_numbers(one: Finding, unit: str, words: Words) -> str:
    stated, computed = _money(one.stated, unit, words), _money(one.computed, unit, words)
    if one.fault is Fault.OPERATOR and one.stated is None:
        return words.tr("Your operator’s data and the e-invoice are in two currencies: {units}.", units=one.said)
    if one.fault is Fault.OPERATOR:
        return words.tr(
            "The e-invoice is over {stated}; your operator’s data says {computed}.",
            stated=stated,
            computed=computed,
        )
    if one.fault is Fault.PRINTED and one.stated is None:
        return words.tr("The data and the total printed on the PDF are in two currencies: {units}.", units=one.said)
    if one.fault is Fault.PRINTED:
        return words.tr(
            "The data says {stated}; printed on the PDF is {computed} (“{label}”).",
            stated=stated,
            computed=computed,
            label=one.said,
        )
    return words.tr(
        "E-invoice, {field}: it says {stated}, the sum is {computed} ({rule}).",
        field=_field(one, words),
        stated=stated,
        computed=computed,
        rule=one.rule,
    )


def _form(one: Finding, unit: str, words: Words) -> str:
    match one.fault:
        case Fault.UNREADABLE:
            return words.tr("The e-invoice in the PDF is damaged: it is no well-formed XML.")
        case Fault.FORBIDDEN:
            return words.tr("The e-invoice in the PDF declares entities, which is not safe; it was not read.")
        case Fault.TOO_LARGE:
            return words.tr("The e-invoice in the PDF is too large to be read.")
        case Fault.FOREIGN:
            return words.tr("The file in the PDF that should be an e-invoice is something else.")
        case Fault.NAME:
            return words.tr(
                "The e-invoice is called {name} inside the PDF; the standard wants factur-x.xml.",
                name=quoted(one.said, words),
            )
        case Fault.OTHER_BILL:
            return words.tr("The e-invoice in the PDF is of another bill: {number}.", number=quoted(one.said, words))
        case Fault.MISSING:
            return words.tr("E-invoice, {field}: it is missing ({rule}).", field=_field(one, words), rule=one.rule)
        case Fault.ROUNDING:
            return words.tr(
                "E-invoice, {field}: {computed} rounded to {stated}, which its standard forbids ({rule}).",
                field=_field(one, words),
                computed=_money(one.computed, unit, words),
                stated=_money(one.stated, unit, words),
                rule=one.rule,
            )
        case Fault.DECIMALS:
            return words.tr(
                "E-invoice, {field}: {said} has more than two decimals ({rule}).",
                field=_field(one, words),
                said=one.said,
                rule=one.rule,
            )
    return words.tr(
        "E-invoice, {field}: {said} is not written as the standard wants ({rule}).",
        field=_field(one, words),
        said=quoted(one.said, words),
        rule=one.rule,
    )


def _field(one: Finding, words: Words) -> str:
    names = {
        "BT-1": words.tr("number"),
        "BT-2": words.tr("date"),
        "BT-3": words.tr("kind of invoice"),
        "BT-27": words.tr("name of the operator"),
        "BT-44": words.tr("name of the customer"),
        "BT-92": words.tr("an allowance"),
        "BT-99": words.tr("a charge"),
        "BT-113": words.tr("what was paid before"),
        "BT-114": words.tr("rounding of the total"),
        "BT-119": words.tr("rate of a tax"),
        "BT-129": words.tr("quantity of the line"),
        "BT-136": words.tr("allowance of the line"),
        "BT-141": words.tr("charge of the line"),
        "BT-146": words.tr("price of the line"),
        "BT-152": words.tr("tax rate of the line"),
        "BG-25": words.tr("list of the lines"),
        "BT-5": words.tr("currency"),
        "BT-106": words.tr("sum of the lines"),
        "BT-107": words.tr("sum of the allowances"),
        "BT-108": words.tr("sum of the charges"),
        "BT-109": words.tr("total without tax"),
        "BT-110": words.tr("sum of the taxes"),
        "BT-112": words.tr("total with tax"),
        "BT-115": words.tr("amount to pay"),
        "BT-116": words.tr("base of a tax"),
        "BT-117": words.tr("amount of a tax"),
        "BT-131": words.tr("amount of the line"),
    }
    name = names.get(one.field, one.field)
    if one.line:
        return words.tr("line {number}, {field}", number=one.line, field=name)
    return name


def _money(value: Decimal | None, unit: str, words: Words) -> str:
    if value is None:
        return words.tr("not stated")
    return words.money(Money(value, unit)) if len(unit) == 3 and unit.isalpha() else f"{value:f} {unit}".strip()
