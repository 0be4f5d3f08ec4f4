"""Who the customer is to the operator: the ids that the operator's lists are asked for by."""

from __future__ import annotations

from selfcare.api.catalogue import SubjectIds
from selfcare.api.customers import read_account, read_subject
from selfcare.domain.failures import Failure, NoAccount, Unreadable
from selfcare.store.vault import Vault

from .wording import read_failure


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


def behind(failure: Failure, vault: Vault) -> Failure:
    """Why a list could not be asked for: where no account is known because the documents that name it could not be
    read, what went wrong there, and not that the operator had not told it."""
    if isinstance(failure, NoAccount):
        states = (vault.cache.state(kind) for kind in ("customer", "billingAccount"))
        causes = (read_failure(state.failure, state.facts) for state in states if state.failure)
        return next((cause for cause in causes if cause is not None), failure)
    return failure
