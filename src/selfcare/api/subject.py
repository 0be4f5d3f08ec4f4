"""Finds out who the customer is to an operator that is tried: by which numbers, and whether a person or a firm."""

from __future__ import annotations

from contextlib import suppress

from selfcare.domain.failures import Failure

from .catalogue import BY_KIND, SubjectIds, owner_questions
from .customers import read_account, read_subject
from .operator import Operator, fetch_filtered


def ids_kind(ids: SubjectIds, operator: Operator) -> str:
    """Whether the party behind the customer is asked for as a person or a firm."""
    try:
        body = operator.fetch_one("TMF629", "customer", ids.customer).document
        return read_subject(body).party_kind
    except Failure:
        return ""


def subject_of(operator: Operator, subject: str) -> SubjectIds:
    """Who the customer is to the operator. Raises a Failure where that cannot be told."""
    found = read_subject(operator.fetch_one("TMF629", "customer", subject).document)
    accounts = list(found.accounts)
    ids = SubjectIds(subject, found.party, accounts[0] if accounts else "", tuple(accounts))
    if operator.profile.offers("TMF666"):
        entry = operator.entry("TMF666")
        with suppress(Failure):  # the list's own checks say what is wrong with it
            for asked in owner_questions(BY_KIND["billingAccount"], entry, ids):
                listed = fetch_filtered(operator, "TMF666", "billingAccount", asked)
                accounts += [read_account(body).id for body in listed]
    every = tuple(dict.fromkeys(accounts))
    return SubjectIds(subject, found.party, every[0] if every else "", every)
