"""How the demo operator writes bills: charges become lines, and the lines add up to the bill to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .papers import file_bill
from .person import Document
from .shapes import at_hour, day_stamp, months_back, net_of, period, ref, stamp
from .story import Story

RECURRING = "recurringCharge"
ONE_TIME = "oneTimeCharge"
USAGE = "usageCharge"
CREDIT = "appliedBillingCredit"
PENALTY = "appliedPenaltyCharge"


@dataclass(frozen=True, slots=True)
class Charge:
    """One charge, tax included. `product` is (id, name) of what it pays for; a negative amount is a credit.

    `rate` is what one unit of use costs, and the unit: ("5.00", "MB").
    """

    name: str
    gross: str
    kind: str = RECURRING
    product: tuple[str, str] = ("", "")
    text: str = ""
    is_taxed: bool = True
    rate: tuple[str, str] = ("", "")


def bill_days(story: Story, count: int, newest_ago: int, skip: frozenset[int] = frozenset()) -> list[tuple[int, date]]:
    """The days of monthly bills, oldest first, as (months before the newest, day); skipped months have none."""
    newest = story.today - timedelta(days=newest_ago)
    newest = newest.replace(day=min(newest.day, 28))
    return [(back, months_back(newest, back)) for back in range(count - 1, -1, -1) if back not in skip]


def write_bill(
    story: Story,
    day: date,
    charges: Sequence[Charge],
    *,
    due_days: int = 14,
    category: str = "normal",
    credited: bool = True,
    paid: bool = True,
    state: str = "",
    lines: bool = True,
    paper: bool = True,
    ahead: bool = False,
    span: tuple[date, date] | None = None,
) -> Document:
    """Write one bill with its lines, its PDF and, where paid, its payment.

    `paid` without `credited` is a payment that was taken but never put against the bill. Rent is charged for the month
    before, `ahead` for the one to come, or for a `span` of days.
    """
    ident = story.next_id("B")
    starts, ends = span or (months_back(day, 1), day - timedelta(days=1))
    if ahead:
        starts, ends = day, months_back(day, -1) - timedelta(days=1)
    net_sum = gross_sum = Decimal(0)
    for number, charge in enumerate(charges, start=1):
        gross = Decimal(charge.gross)
        net = net_of(gross, story.brand.vat) if charge.is_taxed else gross
        net_sum, gross_sum = net_sum + net, gross_sum + gross
        if lines:
            story.resources["appliedCustomerBillingRate"].append(
                _line(story, ident, number, day, charge, net, gross, (starts, ends))
            )
    due = day + timedelta(days=due_days)
    is_settled = paid and credited
    bill: Document = {
        "id": ident,
        "billNo": f"{story.code}{story.counters['B']:05d}",
        "billDate": day_stamp(day),
        "paymentDueDate": day_stamp(due),
        "nextBillDate": day_stamp(months_back(day, -1)),
        "billingPeriod": period(starts, ends),
        "category": category,
        "runType": "onCycle" if category == "normal" else "offCycle",
        "state": state or ("settled" if is_settled else "sent"),
        "amountDue": {"unit": story.unit, "value": gross_sum},
        "remainingAmount": {"unit": story.unit, "value": Decimal("0.00") if is_settled else gross_sum},
        "taxExcludedAmount": {"unit": story.unit, "value": net_sum},
        "taxIncludedAmount": {"unit": story.unit, "value": gross_sum},
        "taxItem": [_tax(story, gross_sum - net_sum)],
        "billingAccount": story.account_ref(),
        "relatedParty": [story.customer_ref()],
        "lastUpdate": stamp(min(at_hour(due if is_settled else day, 6), story.now)),
    }
    if paid and gross_sum > 0:
        payment = pay(story, (ident,), gross_sum, due, credited=credited)
        if credited:
            bill["appliedPayment"] = [
                {"appliedAmount": {"unit": story.unit, "value": gross_sum}, "payment": ref("payment", payment["id"])}
            ]
    bill["billDocument"] = [file_bill(story, bill) if paper else bill_paper(story, bill)]
    return story.add("customerBill", bill)


def bill_paper(story: Story, bill: Document) -> Document:
    """The reference to a bill's PDF without an entry in the document store, for archives of thousands."""
    ident = f"D-{bill['id']}"
    name = f"{'facture' if story.brand.language == 'fr' else 'bill'}-{bill['billNo']}.pdf"
    return {"id": ident, "name": name, "mimeType": "application/pdf", "url": f"{{base}}/files/{ident}.pdf"}


def pay(
    story: Story, bill_ids: Sequence[str], amount: Decimal, day: date, *, credited: bool = True, method: str = ""
) -> Document:
    """A payment for some bills (TMF676): captured is taken from the bank, done is also credited."""
    ident = story.next_id("Y")
    french = story.brand.language == "fr"
    name = method or ("Prélèvement SEPA" if french else "Direct Debit")
    sum_ = {"unit": story.unit, "value": amount}
    return story.add(
        "payment",
        {
            "id": ident,
            "name": f"Paiement {name}" if french else f"Payment by {name}",
            "paymentDate": stamp(min(at_hour(day, 5), story.now)),
            "status": "done" if credited else "captured",
            "statusDate": stamp(min(at_hour(day, 9), story.now)),
            "authorizationCode": f"{story.random.randrange(10**8):08d}",
            "amount": sum_,
            "totalAmount": dict(sum_),
            "account": story.account_ref(),
            "payer": story.customer_ref(),
            "paymentMethod": {"id": f"M{story.code}", "name": name, "@referredType": "BankAccountDebit"},
            "paymentItem": [
                {"id": str(place), "item": ref("customerBill", bill, "CustomerBill"), "totalAmount": dict(sum_)}
                for place, bill in enumerate(bill_ids, start=1)
            ],
        },
    )


def _tax(story: Story, amount: Decimal) -> Document:
    return {
        "taxCategory": story.brand.vat_name,
        "taxRate": story.brand.vat,
        "taxAmount": {"unit": story.unit, "value": amount},
    }


def _line(
    story: Story,
    bill_id: str,
    number: int,
    day: date,
    charge: Charge,
    net: Decimal,
    gross: Decimal,
    span: tuple[date, date],
) -> Document:
    ident = f"R{bill_id[1:]}-{number}"
    line: Document = {
        "id": ident,
        "href": "{base}/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate/" + ident,
        "name": charge.name,
        "date": day_stamp(day),
        "isBilled": True,
        "type": charge.kind,
        "taxExcludedAmount": {"unit": story.unit, "value": net},
        "taxIncludedAmount": {"unit": story.unit, "value": gross},
        "appliedTax": [_tax(story, gross - net) if charge.is_taxed else _no_tax(story)],
        "bill": ref("customerBill", bill_id),
        "billingAccount": story.account_ref(),
        "periodCoverage": period(*span),
        "@type": "AppliedCustomerBillingRate",
    }
    if charge.rate[0]:
        price = f"{charge.rate[0]} {story.unit} / {charge.rate[1]}"
        line["characteristic"] = [{"name": "unitPrice", "valueType": "string", "value": price}]
    if charge.text:
        line["description"] = charge.text
    if charge.product[0]:
        line["product"] = ref("product", charge.product[0], "Product", name=charge.product[1])
    return line


def _no_tax(story: Story) -> Document:
    word = "Exonéré" if story.brand.language == "fr" else "Zero rated"
    zero = {"unit": story.unit, "value": Decimal("0.00")}
    return {"taxCategory": word, "taxRate": Decimal(0), "taxAmount": zero}
