"""The names of the facts of a document whose type decides whether it can be understood."""

from __future__ import annotations

_TEXTS = (
    "name description status state category billNo billDate paymentDueDate nextBillDate lastUpdate creationDate type "
    "orderDate startDate terminationDate expectedCompletionDate requestedCompletionDate paymentDate statusDate "
    "ticketType severity expectedResolutionDate requestedResolutionDate resolutionDate paymentStatus lastModified "
    "messageType subject content sendTime reason direction operatingStatus initialDate productSerialNumber"
)
_AMOUNTS = "taxIncludedAmount taxExcludedAmount amountDue remainingAmount totalAmount creditLimit"
ELSEWISE = {
    **dict.fromkeys(("productOffering", "document", "serviceProblem"), frozenset({"category"})),
    "agreement": frozenset({"completionDate"}),
    **dict.fromkeys(("customerBill", "appliedCustomerBillingRate"), frozenset(_AMOUNTS.split())),
}
"""Facts that are of one type everywhere but in these kinds, where the standard, or its own sample, has a list or a
span; and the amounts of a bill and of its lines, which are shown without those that are none."""
SAID = {"troubleTicket": frozenset({"expectedResolutionDate"})}
"""Moments of which operators also write words such as "soon": these are quoted, and the rest is read."""
FACTS = dict.fromkeys(_TEXTS.split(), True) | dict.fromkeys(_AMOUNTS.split(), False)
"""Facts whose type decides whether a document can be understood: True for texts, False for objects."""
MOMENTS = frozenset(
    "billDate paymentDueDate nextBillDate lastUpdate creationDate orderDate startDate terminationDate date "  # noqa: SIM905
    "expectedCompletionDate requestedCompletionDate paymentDate statusDate expectedResolutionDate sendTime initialDate "
    "requestedResolutionDate resolutionDate lastModified completionDate cancellationDate".split()
)
"""Facts that are a moment or a day."""
EDGE_NAMES = ("startDateTime", "endDateTime")
DATED = MOMENTS.union(EDGE_NAMES, ("changeDate", "statusChangeDate", "sendTimeComplete", "scheduledSendTime"))
"""Facts that are a moment, wherever in a document they stand."""
SPANS = frozenset({"billingPeriod", "periodCoverage", "agreementPeriod", "validFor", "interactionDate"})
"""Facts that are a time with a beginning and an end."""
