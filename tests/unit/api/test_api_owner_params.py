"""Whose documents are asked for: the customer's, the account's, or all that the token may see."""

from __future__ import annotations

import pytest

from selfcare.api.catalogue import BY_KIND, SubjectIds, owner_params
from selfcare.domain.failures import Unreadable
from selfcare.domain.operator import ApiEntry

BASE = "https://api.example.net/tmf"


def test_whose_documents_are_asked_for() -> None:
    ids = SubjectIds("C1", "P1", "A1", ("A1", "A2"))
    party = ApiEntry("TMF678", "v4", BASE, "relatedParty.id", "{customerId}")
    account = ApiEntry("TMF676", "v4", BASE, "account.id", "{accountId}")
    free = ApiEntry("TMF621", "v4", BASE)
    assert owner_params(BY_KIND["customerBill"], party, ids) == {"relatedParty.id": "C1"}
    assert owner_params(BY_KIND["appliedCustomerBillingRate"], party, ids) == {"billingAccount.id": "A1,A2"}
    assert owner_params(BY_KIND["payment"], account, SubjectIds("C1", account="A1")) == {"account.id": "A1"}
    assert owner_params(BY_KIND["troubleTicket"], free, ids) == {}
    with pytest.raises(Unreadable):
        owner_params(BY_KIND["payment"], account, SubjectIds("C1"))
