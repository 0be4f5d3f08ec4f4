"""The demo operator's papers as PDF: bills with their itemised use, contracts and letters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from .paperwords import LETTERHEAD, WORDS, Letterhead, amount_text, day_text
from .people import Document, Person

TEMPLATES = Path(__file__).parent / "templates"


def file_pdf(person: Person, ident: str) -> bytes | None:
    """The file that stands at `{base}/files/<ident>.pdf`, or None where this customer has no such paper."""
    bills = person.resources["customerBill"]
    bill = next((bill for bill in bills if any(part["id"] == ident for part in bill.get("billDocument", ()))), None)
    if bill is not None:
        lines = [line for line in person.resources["appliedCustomerBillingRate"] if line["bill"]["id"] == bill["id"]]
        return bill_pdf(person, bill, lines)
    document = next((one for one in person.resources["document"] if one["id"] == ident), None)
    if document is None:
        return None
    for about in document.get("relatedEntity", ()):
        for agreement in person.resources["agreement"]:
            if agreement["id"] == about["id"]:
                return contract_pdf(person, agreement)
    return letter_pdf(person, document)


def bill_pdf(person: Person, bill: Document, lines: Sequence[Document]) -> bytes:
    """A bill as a tagged PDF (PDF/UA-1) of two pages or more; the same bill always gives the same bytes."""
    head = LETTERHEAD[person.brand]
    words = WORDS[head.language]
    total = bill["taxIncludedAmount"]
    usage = _usage(head, bill, lines)
    paid = not bill["remainingAmount"]["value"]
    is_credit = total["value"] < 0
    due = day_text(_day(bill["paymentDueDate"]), head.language)
    if is_credit:
        label, note = words["creditTotal"], words["creditNote"]
    else:
        label, note = words["totalDue"], (words["paidOn"] if paid else words["takenOn"]).format(day=due)
    period = bill["billingPeriod"]
    spans = (period["startDateTime"], period["endDateTime"])
    numbered = words["creditTitle" if is_credit else "finalTitle" if bill["category"] == "last" else "title"]
    data = {
        **_frame(person, head, numbered.format(number=bill["billNo"]), bill["billDate"]),
        "facts": [
            [words["number"], bill["billNo"]],
            [words["date"], day_text(_day(bill["billDate"]), head.language)],
            [words["account"], bill["billingAccount"]["id"]],
            [words["period"], " – ".join(day_text(_day(span), head.language) for span in spans)],
            [words["due"], due],
        ],
        "total": {"label": label, "note": note, "amount": amount_text(total, head.language)},
        "groups": _groups(head, lines),
        "taxes": _taxes(head, lines),
        "net": amount_text(bill["taxExcludedAmount"], head.language),
        "tax": amount_text(_minus(total, bill["taxExcludedAmount"]), head.language),
        "lines": [_line(head, line) for line in lines],
        "payment": [note if is_credit or paid else words["payment1"].format(day=due), words["payment2"]],
        "contest": [words["contest1"].format(number=bill["billNo"]), words["contest2"], words["contest3"]],
        "usage": [row for row, _ in usage],
        "usageTotal": amount_text(
            {"unit": total["unit"], "value": sum((cost for _, cost in usage), Decimal("0.00"))}, head.language
        ),
    }
    return _compile("bill.typ", data, bill["billDate"])


def contract_pdf(person: Person, agreement: Document) -> bytes:
    """A contract as a tagged PDF: what it covers, its term and its clauses."""
    head = LETTERHEAD[person.brand]
    words = WORDS[head.language]
    item = agreement["agreementItem"][0]
    covered = [product["id"] for product in item["product"]]
    span = agreement["agreementPeriod"]
    ends = span.get("endDateTime")
    data = {
        **_frame(person, head, words["contract"].format(name=agreement["name"]), agreement["initialDate"]),
        "facts": [
            [words["number"], str(agreement["documentNumber"])],
            [words["starts"], day_text(_day(span["startDateTime"]), head.language)],
            [words["ends"], day_text(_day(ends), head.language) if ends else words["openEnd"]],
            [words["account"], person.account_ids[0]],
        ],
        "opening": [words["between"].format(operator=head.name, customer=person.name)],
        "products": [
            [product["name"], _monthly(head, product)]
            for product in person.resources["product"]
            if product["id"] in covered
        ],
        "clauses": [term["description"] for term in item["termOrCondition"]],
        "closing": [words["signed"].format(day=day_text(_day(agreement["initialDate"]), head.language))],
    }
    return _compile("contract.typ", data, agreement["initialDate"])


def letter_pdf(person: Person, document: Document) -> bytes:
    """A letter as a tagged PDF, with what the document store says of it."""
    head = LETTERHEAD[person.brand]
    words = WORDS[head.language]
    data = {
        **_frame(person, head, document["name"], document["creationDate"]),
        "facts": [
            [words["reference"], document["id"]],
            [words["date"], day_text(_day(document["creationDate"]), head.language)],
        ],
        "opening": [words["dear"].format(customer=person.name), document.get("description") or words["letter"]],
        "products": [],
        "clauses": [],
        "closing": [words["regards"], head.name],
    }
    return _compile("contract.typ", data, document["creationDate"])


def _compile(template: str, data: Document, made: str) -> bytes:
    """Set a template with its data; the data goes in as JSON and is never part of the markup."""
    import typst

    pdf = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=dict)},
        pdf_standards=["ua-1"],
        timestamp=datetime.fromisoformat(made),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _frame(person: Person, head: Letterhead, title: str, made: str) -> Document:
    """What every paper carries: whose it is, to whom, in which language."""
    media = person.resources["customer"][0]["contactMedium"]
    posts = [one["characteristic"] for one in media if one["mediumType"] == "post"]
    address = [person.name]
    if posts:
        town = f"{posts[0]['postCode']} {posts[0]['city']}"
        if head.language == "en":
            town = f"{posts[0]['city']} {posts[0]['postCode']}"
        address += [posts[0]["street1"], town]
    return {
        "lang": head.language,
        "country": head.country,
        "title": title,
        "running": f"{title} · {day_text(_day(made), head.language)}",
        "brand": {"name": head.name, "colour": head.colour, "small": head.small, "tax": head.tax},
        "customer": address,
        "words": WORDS[head.language],
    }


def _groups(head: Letterhead, lines: Sequence[Document]) -> list[list[str]]:
    words = WORDS[head.language]
    sums: dict[str, Document] = {}
    for line in lines:
        word = words.get(line["type"], words["other"])
        amount = line["taxIncludedAmount"]
        value = sums[word]["value"] + amount["value"] if word in sums else amount["value"]
        sums[word] = {"unit": amount["unit"], "value": value}
    return [[word, amount_text(amount, head.language)] for word, amount in sums.items()]


def _taxes(head: Letterhead, lines: Sequence[Document]) -> list[list[str]]:
    rows: dict[tuple[str, Decimal], tuple[Decimal, Decimal, str]] = {}
    for line in lines:
        for tax in line["appliedTax"]:
            key = (tax["taxCategory"], Decimal(tax["taxRate"]))
            net, amount, unit = rows.get(key, (Decimal(0), Decimal(0), tax["taxAmount"]["unit"]))
            rows[key] = (net + line["taxExcludedAmount"]["value"], amount + tax["taxAmount"]["value"], unit)
    percent = " %" if head.language == "fr" else "%"
    return [
        [
            category,
            f"{(rate * 100).normalize():f}{percent}",
            amount_text({"unit": unit, "value": net}, head.language),
            amount_text({"unit": unit, "value": amount}, head.language),
        ]
        for (category, rate), (net, amount, unit) in rows.items()
    ]


def _line(head: Letterhead, line: Document) -> Document:
    gross, net = line["taxIncludedAmount"], line["taxExcludedAmount"]
    return {
        "name": line["name"],
        "text": line.get("description", ""),
        "net": amount_text(net, head.language),
        "tax": amount_text(_minus(gross, net), head.language),
        "gross": amount_text(gross, head.language),
    }


def _usage(head: Letterhead, bill: Document, lines: Sequence[Document]) -> list[tuple[list[str], Decimal]]:
    """The itemised use behind the usage charges: entries whose costs add up to each charge."""
    rows: list[tuple[datetime, list[str], Decimal]] = []
    for line in lines:
        if line["type"] != "usageCharge":
            continue
        random = Random(line["id"])
        cents = int(line["taxIncludedAmount"]["value"] * 100)
        pieces = max(1, min(34, cents // 12))
        cuts = sorted(random.sample(range(1, cents), pieces - 1)) if cents > pieces else []
        start = datetime.fromisoformat(bill["billingPeriod"]["startDateTime"])
        for low, high in zip([0, *cuts], [*cuts, cents], strict=True):
            moment = start + timedelta(seconds=random.randrange(28 * 86400))
            cost = Decimal(high - low) / 100
            quantity = _quantity(line, cost, head.language)
            amount = amount_text({"unit": line["taxIncludedAmount"]["unit"], "value": cost}, head.language)
            cells = [day_text(moment.date(), head.language, short=True), moment.strftime("%H:%M"), line["name"]]
            rows.append((moment, [*cells, quantity, amount], cost))
    return [(cells, cost) for _, cells, cost in sorted(rows, key=lambda row: row[0])]


def _quantity(line: Document, cost: Decimal, language: str) -> str:
    """How much was used for a cost, by the price of a unit that the line states; minutes at 0.15 where it does not."""
    stated = next((one["value"] for one in line.get("characteristic", ()) if one["name"] == "unitPrice"), "0.15 / min")
    price, _, unit = stated.partition(" / ")
    used = cost / Decimal(price.split(" ")[0])
    if unit == "min":
        return f"{max(1, round(used))}\u00a0min"
    written = f"{used:,.2f}"
    if language == "fr":
        written = written.replace(",", "\u202f").replace(".", ",")
    return f"{written}\u00a0{unit}"


def _monthly(head: Letterhead, product: Document) -> str:
    prices: list[Any] = product.get("productPrice", [])
    return amount_text(prices[0]["price"]["taxIncludedAmount"], head.language) if prices else "–"


def _minus(left: Document, right: Document) -> Document:
    return {"unit": left["unit"], "value": left["value"] - right["value"]}


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
