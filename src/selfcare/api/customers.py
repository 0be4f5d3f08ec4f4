"""Reads who the customer is (TMF629, TMF632) and the billing accounts (TMF666) from an operator's documents."""

from __future__ import annotations

from datetime import UTC, tzinfo

from selfcare.domain.customer import Account, ContactMedium, Customer, DirectDebit, MediumKind, PaymentPlan
from selfcare.domain.money import Money
from selfcare.domain.records import Struct

from .reading import (
    Doc,
    child,
    document,
    first_text,
    identity,
    instant,
    items,
    money,
    period,
    plain_word,
    ref,
    text,
    truth,
    whole,
)

CUSTOMER_KIND = "customer"
ACCOUNT_KIND = "billingAccount"
_DEBIT_WORDS = ("bankaccountdebit", "directdebit", "sepa", "prelevement", "prélèvement")


class Subject(Struct, frozen=True):
    """What a customer document names: the party behind it, whether that is a firm, and its accounts."""

    customer: str
    party: str
    party_kind: str
    accounts: tuple[str, ...]


def read_subject(customer_doc: bytes | Doc) -> Subject:
    """The ids that a TMF629 Customer leads to. `party_kind` is "individual" or "organization". Raises Unreadable."""
    doc = document(customer_doc, CUSTOMER_KIND)
    party = child(doc.get("engagedParty"))
    is_firm = "organi" in first_text(party, "@referredType", "@type", "href").casefold()
    accounts = tuple(found for found in (ref(item) for item in items(doc.get("account"))) if found)
    return Subject(
        identity(doc, CUSTOMER_KIND), ref(party), "organization" if is_firm else "individual", tuple(accounts)
    )


def read_customer(customer_doc: bytes | Doc, party_doc: bytes | Doc | None = None) -> Customer:
    """The customer (TMF629 Customer with its TMF632 Individual or Organization, if that is at hand).

    Raises Unreadable.
    """
    doc = document(customer_doc, CUSTOMER_KIND)
    party = document(party_doc, "party") if party_doc else {}
    engaged = child(doc.get("engagedParty"))
    media = [read_medium(item) for part in (party, doc) for item in items(part.get("contactMedium"))]
    return Customer(
        id=identity(doc, CUSTOMER_KIND),
        name=_party_name(party) or first_text(engaged, "name") or first_text(doc, "name"),
        is_business=read_subject(doc).party_kind == "organization",
        status=first_text(doc, "status", "state"),
        media=tuple(dict.fromkeys(m for m in media if m.text)),
    )


def _party_name(party: Doc) -> str:
    whole_name = first_text(party, "fullName", "formattedName", "tradingName")
    parts = " ".join(p for p in (text(party.get("givenName")), text(party.get("familyName"))) if p)
    return whole_name or parts or first_text(party, "name")


def read_medium(item: Doc) -> ContactMedium:
    """One way to reach a party; what it is stands in its `characteristic`, or in itself (v5 from servers that leave the
    types out)."""
    facts = child(item.get("characteristic")) or item
    kind, shown = MediumKind.OTHER, first_text(facts, "socialNetworkId", "faxNumber")
    if text(facts.get("emailAddress")):
        kind, shown = MediumKind.EMAIL, text(facts.get("emailAddress"))
    elif text(facts.get("phoneNumber")):
        kind, shown = MediumKind.PHONE, text(facts.get("phoneNumber"))
    elif first_text(facts, "street1", "city", "postCode"):
        lines = ("street1", "street2", "postCode", "city", "stateOrProvince", "country")
        kind, shown = MediumKind.POST, ", ".join(p for p in (text(facts.get(n)) for n in lines) if p)
    return ContactMedium(kind, shown, first_text(facts, "contactType"), truth(item.get("preferred")) is True)


def read_account(doc: bytes | Doc, zone: tzinfo = UTC) -> Account:
    """One billing account (TMF666 BillingAccount). Raises Unreadable."""
    doc = document(doc, ACCOUNT_KIND)
    own = identity(doc, ACCOUNT_KIND)
    where = f"{ACCOUNT_KIND}/{own}"
    return Account(
        id=own,
        name=first_text(doc, "name", "description"),
        state=first_text(doc, "state", "status"),
        payment_status=text(doc.get("paymentStatus")),
        balance=_balance(doc, where),
        credit_limit=money(doc.get("creditLimit"), f"{where}.creditLimit"),
        plans=tuple(_plan(item, where, zone) for item in items(doc.get("paymentPlan"))),
        direct_debit=_debit(child(doc.get("defaultPaymentMethod"))),
        is_prepaid={"prepaid": True, "postpaid": False}.get(text(doc.get("ratingType")).casefold()),
        changed=instant(doc.get("lastModified"), zone),
    )


def _balance(doc: Doc, where: str) -> Money | None:
    balances = items(doc.get("accountBalance"))
    owed = [b for b in balances if "receivable" in text(b.get("balanceType")).casefold()]
    return money(child((owed or balances)[:1]).get("amount"), f"{where}.accountBalance")


def _plan(item: Doc, where: str, zone: tzinfo) -> PaymentPlan:
    starts, ends = period(item.get("validFor"), zone)
    return PaymentPlan(
        kind=first_text(item, "planType", "paymentType"),
        payments=whole(item.get("numberOfPayments")) or 0,
        frequency=text(item.get("paymentFrequency")),
        total=money(item.get("totalAmount"), f"{where}.paymentPlan"),
        status=first_text(item, "status", "state"),
        starts=starts,
        ends=ends,
    )


def _debit(method: Doc) -> DirectDebit | None:
    said = plain_word(" ".join(text(method.get(n)) for n in ("@referredType", "@type", "name", "description")))
    if not any(word in said for word in _DEBIT_WORDS):
        return None
    name = first_text(method, "name", "description")
    return DirectDebit(first_text(method, "accountNumber", "maskedAccount") or _masked(name), name)


def _masked(name: str) -> str:
    """The part of "Direct Debit ···· 0189" that tells the account: from the first masked sign on."""
    for at, sign in enumerate(name):
        if sign in "·•*…xX" and name[at : at + 2] in {sign * 2, f"{sign} "}:
            return name[at:].strip()
    return ""
