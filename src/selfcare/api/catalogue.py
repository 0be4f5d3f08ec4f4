"""The kinds of document that the program reads: which API has them, what they mean, whose they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo
from typing import Any

from selfcare.domain.customer import Customer
from selfcare.domain.failures import NoAccount
from selfcare.domain.operator import ApiEntry
from selfcare.domain.records import Struct, replace
from selfcare.domain.topics import Topic

from .appointments import read_appointment
from .bills import read_bill, read_bill_line
from .columns import Columns, columns_only
from .contacts import read_contact, read_message
from .contracts import read_contract
from .customers import read_account, read_customer
from .documents import read_paper
from .offers import read_offer
from .orders import read_order
from .payments import read_payment
from .products import read_product
from .services import read_service
from .tickets import read_problem, read_ticket


class SubjectIds(Struct, frozen=True):
    """Who the customer is to the operator: TMF629 customer, TMF632 party, TMF666 account; and all accounts."""

    customer: str
    party: str = ""
    account: str = ""
    accounts: tuple[str, ...] = ()


class Resource(Struct, frozen=True):
    """One kind of document. `kind` is the TMF resource name and the last part of the address.

    `decode(document bytes, zone)` gives the domain's noun or raises Unreadable. `columns(kind, bytes, zone)` gives
    what the store sorts by. `owner` is the filter of kinds whose own differs from their API's ("": the profile's).
    `listed` is False for kinds that are only asked for one by one.
    """

    kind: str
    api: str
    topic: Topic
    decode: Callable[..., Any]
    columns: Callable[..., Columns] = columns_only
    owner: tuple[str, str] = ("", "")
    listed: bool = True


def _customer(doc: bytes, zone: tzinfo = UTC) -> Customer:
    """The customer without the party behind it; read_customer takes both."""
    return read_customer(doc)


def _as_it_is(doc: bytes, zone: tzinfo = UTC) -> bytes:
    """A document that is only read together with another one."""
    return doc


RESOURCES: tuple[Resource, ...] = (
    Resource("customer", "TMF629", Topic.CUSTOMER, _customer, listed=False),
    Resource("individual", "TMF632", Topic.CUSTOMER, _as_it_is, listed=False),
    Resource("organization", "TMF632", Topic.CUSTOMER, _as_it_is, listed=False),
    Resource("billingAccount", "TMF666", Topic.ACCOUNTS, read_account),
    Resource("customerBill", "TMF678", Topic.BILLS, read_bill),
    Resource(
        "appliedCustomerBillingRate",
        "TMF678",
        Topic.BILL_LINES,
        read_bill_line,
        owner=("billingAccount.id", "{accountId}"),
    ),
    Resource("payment", "TMF676", Topic.PAYMENTS, read_payment),
    Resource("document", "TMF667", Topic.LETTERS, read_paper),
    Resource("product", "TMF637", Topic.PRODUCTS, read_product),
    Resource("service", "TMF638", Topic.SERVICES, read_service),
    Resource("agreement", "TMF651", Topic.CONTRACTS, read_contract),
    Resource("troubleTicket", "TMF621", Topic.TICKETS, read_ticket),
    Resource("serviceProblem", "TMF656", Topic.PROBLEMS, read_problem),
    Resource("appointment", "TMF646", Topic.APPOINTMENTS, read_appointment),
    Resource("partyInteraction", "TMF683", Topic.CONTACTS, read_contact),
    Resource("communicationMessage", "TMF681", Topic.MESSAGES, read_message),
    Resource("productOffering", "TMF620", Topic.OFFERS, read_offer),
    Resource("productOrder", "TMF622", Topic.ORDERS, read_order),
    Resource("cancelProductOrder", "TMF622", Topic.ORDERS, _as_it_is, listed=False),
)

BY_KIND: Mapping[str, Resource] = {resource.kind: resource for resource in RESOURCES}

ONE_BY_ONE = frozenset(
    {"customer", "individual", "organization", "customerBill", "product", "agreement", "troubleTicket", "document"}
    | {"productOrder", "productOffering"}
)
"""The kinds that are asked for by their id too: who the customer is, a paper's address, and how things stand before
something irrevocable is asked for."""


NOBODY = "nobody-9f2c1e"
"""An id that no customer has: what a filter by it finds is not filtered."""


def owner_questions(resource: Resource, entry: ApiEntry, ids: SubjectIds) -> tuple[dict[str, str], ...]:
    """The query filters by which the customer's list is asked for, one after the other: where it is by account, one
    for each, since "a,b" for either of them is not read so everywhere. Raises NoAccount as owner_params does."""
    asked = owner_params(resource, entry, ids)
    if not asked or len(ids.accounts) < 2:
        return (asked,)
    each = (owner_params(resource, entry, replace(ids, account=one, accounts=(one,))) for one in ids.accounts)
    found = list(each)
    return tuple(one for place, one in enumerate(found) if one not in found[:place])


def owner_params(resource: Resource, entry: ApiEntry, ids: SubjectIds) -> dict[str, str]:
    """The query filter that names the customer, e.g. {"relatedParty.id": "9176"}; empty if the token alone decides.

    Several accounts are given as "a,b" (TMF630: any of them). Raises NoAccount where the filter would be empty, as
    long as no account is known: an empty filter may mean nobody's, or everybody's.
    """
    param, value = resource.owner if resource.owner[0] and entry.owner_param else (entry.owner_param, entry.owner_value)
    if not param:
        return {}
    accounts = ",".join(ids.accounts) or ids.account
    filled = value.replace("{customerId}", ids.customer).replace("{partyId}", ids.party or ids.customer)
    filled = filled.replace("{accountId}", accounts)
    if not filled:
        raise NoAccount(f"{resource.kind}?{param}")
    return {param: filled}
