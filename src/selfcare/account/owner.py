"""Who the customer is to the operator: the ids that the operator's lists are asked for by."""

from __future__ import annotations

from selfcare.api.catalogue import SubjectIds
from selfcare.api.customers import read_account, read_subject
from selfcare.domain.failures import Unreadable
from selfcare.store.vault import Vault


def subject_ids(vault: Vault, subject: str) -> SubjectIds:
    """Who the customer is to the operator, from what has been read; before that, from the sign-in alone."""
    party = ""
    accounts: list[str] = []
    for row in vault.cache.all("customer"):
        try:
            named = read_subject(row.body)
        except Unreadable:
            continue
        party = named.party
        accounts += named.accounts
    for row in vault.cache.all("billingAccount", newest_first=False):
        try:
            accounts.append(read_account(row.body).id)
        except Unreadable:
            continue
    unique = tuple(dict.fromkeys(accounts))
    return SubjectIds(subject, party, unique[0] if unique else "", unique)
