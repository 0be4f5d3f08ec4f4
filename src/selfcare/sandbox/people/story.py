"""A customer's story while it is being written: who it is, and the documents collected so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random

from .offering import offer_options
from .person import Brand, Document, Person
from .shapes import PATHS, at_hour, day_stamp, days, href, money, ref


@dataclass(slots=True)
class Story:
    """Collects one customer's documents. `now` is the moment everything is relative to."""

    login: str
    brand: Brand
    name: str
    code: int
    now: datetime
    random: Random
    is_firm: bool = False
    resources: dict[str, list[Document]] = field(default_factory=lambda: {kind: [] for kind in PATHS})
    counters: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.astimezone(UTC).date()

    @property
    def customer_id(self) -> str:
        """The customer's number with the operator."""
        return f"C{self.code}"

    @property
    def party_id(self) -> str:
        """The person or firm behind the customer."""
        return f"P{self.code}"

    @property
    def account_id(self) -> str:
        """The one billing account."""
        return f"A{self.code}"

    @property
    def unit(self) -> str:
        """The currency."""
        return self.brand.unit

    def next_id(self, prefix: str) -> str:
        """The next number of a kind, like T4471-3."""
        self.counters[prefix] = self.counters.get(prefix, 0) + 1
        return f"{prefix}{self.code}-{self.counters[prefix]}"

    def add(self, kind: str, document: Document) -> Document:
        """Put a document in; its href and type are completed."""
        whole = {"id": document["id"], "href": href(kind, document["id"])} | document
        whole["@type"] = kind[0].upper() + kind[1:]
        self.resources[kind].append(whole)
        return whole

    def moment(self, ago: float, hour: int, minute: int = 0) -> datetime:
        """So many days ago at an hour; a moment that would still be to come today lies shortly before now."""
        moment = at_hour((self.now - days(ago)).date(), hour, minute)
        return moment if moment < self.now or ago <= 0 else self.now - days(0.02)

    def customer_ref(self) -> Document:
        """The customer as a related party."""
        return ref("customer", self.customer_id, "Customer", name=self.name, role="customer")

    def party_ref(self) -> Document:
        """The person or firm as a related party."""
        kind = "organization" if self.is_firm else "individual"
        return ref(kind, self.party_id, kind.capitalize(), name=self.name)

    def account_ref(self) -> Document:
        """The billing account as a reference."""
        return ref("billingAccount", self.account_id, "BillingAccount", name=self.name)

    def person(self) -> Person:
        """The finished customer, newest bills and payments first as operators keep them, and what it may order."""
        offer_options(self)
        for kind, field_name in (("customerBill", "billDate"), ("payment", "paymentDate")):
            self.resources[kind].sort(key=lambda d: (d[field_name], d["id"]), reverse=True)
        return Person(
            self.login, self.brand.id, self.name, self.customer_id, self.party_id, (self.account_id,), self.resources
        )


def medium(kind: str, preferred: bool = False, **facts: str) -> Document:
    """One way to reach somebody (TMF632 ContactMedium)."""
    return {"mediumType": kind, "preferred": preferred, "characteristic": facts}


def introduce(
    story: Story, *, given: str = "", family: str = "", title: str = "", media: Sequence[Document], since: date
) -> None:
    """Write down who the customer is: TMF629 customer and TMF632 person or organisation."""
    story.add(
        "customer",
        {
            "id": story.customer_id,
            "name": story.name,
            "status": "active",
            "engagedParty": story.party_ref() | {"role": "owner"},
            "account": [story.account_ref()],
            "contactMedium": list(media),
            "validFor": {"startDateTime": day_stamp(since)},
            "characteristic": [{"name": "language", "valueType": "string", "value": story.brand.language}],
        },
    )
    if story.is_firm:
        firm: Document = {"id": story.party_id, "name": story.name, "tradingName": story.name, "isLegalEntity": True}
        story.add("organization", firm | {"organizationType": "company", "contactMedium": list(media)})
        return
    person: Document = {"id": story.party_id, "givenName": given, "familyName": family, "fullName": story.name}
    if title:
        person["title"] = title
    story.add("individual", person | {"contactMedium": list(media), "status": "validated"})


def open_account(
    story: Story,
    *,
    since: date,
    status: str = "paid",
    debit: str = "",
    balance: str = "0.00",
    limit: str = "",
    plan: Mapping[str, object] | None = None,
) -> Document:
    """Open the billing account (TMF666). `debit` is the masked end of the bank account of the Direct Debit."""
    account: Document = {
        "id": story.account_id,
        "name": story.name,
        "accountType": "business" if story.is_firm else "residential",
        "state": "Active",
        "paymentStatus": status,
        "lastModified": story.now.astimezone(UTC).strftime("%Y-%m-%dT00:00:00Z"),
        "accountBalance": [
            {
                "balanceType": "receivableBalance",
                "amount": money(balance, story.unit),
                "validFor": {"startDateTime": day_stamp(since)},
            }
        ],
        "relatedParty": [story.customer_ref()],
    }
    if debit:
        word = "Prélèvement SEPA" if story.brand.language == "fr" else "Direct Debit"
        account["defaultPaymentMethod"] = {
            "id": f"M{story.code}",
            "name": f"{word} ···· {debit}",
            "@referredType": "BankAccountDebit",
        }
    if limit:
        account["creditLimit"] = money(limit, story.unit)
    if plan:
        account["paymentPlan"] = [dict(plan)]
    return story.add("billingAccount", account)
