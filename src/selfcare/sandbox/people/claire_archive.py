"""A large archive of old bills, to see how the program copes with thousands of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from .billing import bill_paper
from .inventory import Named
from .person import Document
from .shapes import day_stamp, months_back, net_of, period, ref
from .story import Story

YEARS = 19
WITH_LINES = 10_000
VARIANTS = 97


def write_archive(story: Story, count: int, before: date, lines: Sequence[Named]) -> None:
    """Write `count` settled bills before a day, oldest first; the newest have three lines each.

    They are monthly; more than 19 years of them are spread evenly over 19 years. Parts that are alike are one shared
    object: nothing in an archive is ever changed.
    """
    if count <= 0:
        return
    menu = [_variant(story, number, lines) for number in range(VARIANTS)]
    party, account = [story.customer_ref()], story.account_ref()
    rates = story.resources["appliedCustomerBillingRate"]
    base = "{base}/tmf-api/customerBillManagement/v4/"
    for number in range(count):
        ident = story.next_id("B")
        day, starts = _day(count, number, before)
        sums, templates = menu[story.random.randrange(VARIANTS)]
        told, due = day_stamp(day), day_stamp(day + timedelta(days=14))
        bill: Document = {
            "id": ident,
            "href": base + "customerBill/" + ident,
            "billNo": f"{story.code}{story.counters['B']:05d}",
            "billDate": told,
            "paymentDueDate": due,
            "billingPeriod": period(starts, day - timedelta(days=1)),
            "category": "normal",
            "runType": "onCycle",
            "state": "settled",
            "billingAccount": account,
            "relatedParty": party,
            "lastUpdate": due,
            "@type": "CustomerBill",
        }
        bill.update(sums)
        bill["billDocument"] = [bill_paper(story, bill)]
        story.resources["customerBill"].append(bill)
        if count - number > WITH_LINES:
            continue
        owner, covered = ref("customerBill", ident), bill["billingPeriod"]
        for place, template in enumerate(templates, start=1):
            line = dict(template)
            line["id"] = key = f"R{ident[1:]}-{place}"
            line["href"] = base + "appliedCustomerBillingRate/" + key
            line["date"], line["bill"], line["periodCoverage"] = told, owner, covered
            rates.append(line)


def _day(count: int, number: int, before: date) -> tuple[date, date]:
    """The day of one of so many old bills, and the first day that it charges."""
    if count <= 12 * YEARS:
        day = months_back(before, count - number)
        return day, months_back(day, 1)
    day = before - timedelta(days=28 + (count - 1 - number) * 365 * YEARS // count)
    return day, day - timedelta(days=30)


def _variant(story: Story, number: int, lines: Sequence[Named]) -> tuple[Document, list[Document]]:
    """One of the ways an old bill may look: its sums, and its lines without what names the bill."""
    prices = (Decimal(2500 + number * 13) / 100, Decimal("10.00"), Decimal(100 + number * 7) / 100)
    kinds = ("recurringCharge", "recurringCharge", "usageCharge")
    names = (lines[0][1], lines[1][1], "Calls outside your allowance")
    templates: list[Document] = []
    net_sum = Decimal(0)
    for place, gross in enumerate(prices):
        net = net_of(gross, story.brand.vat)
        net_sum += net
        owner = lines[place if place < 2 else 0]
        templates.append(
            {
                "id": "",
                "href": "",
                "name": names[place],
                "isBilled": True,
                "type": kinds[place],
                "taxExcludedAmount": _sum(story, net),
                "taxIncludedAmount": _sum(story, gross),
                "appliedTax": [_tax(story, gross - net)],
                "billingAccount": story.account_ref(),
                "product": ref("product", owner[0], "Product", name=owner[1]),
                "@type": "AppliedCustomerBillingRate",
            }
        )
    total = sum(prices, Decimal(0))
    sums: Document = {
        "amountDue": _sum(story, total),
        "remainingAmount": _sum(story, Decimal("0.00")),
        "taxExcludedAmount": _sum(story, net_sum),
        "taxIncludedAmount": _sum(story, total),
        "taxItem": [_tax(story, total - net_sum)],
    }
    return sums, templates


def _sum(story: Story, value: Decimal) -> Document:
    return {"unit": story.unit, "value": value}


def _tax(story: Story, amount: Decimal) -> Document:
    return {"taxCategory": story.brand.vat_name, "taxRate": story.brand.vat, "taxAmount": _sum(story, amount)}
