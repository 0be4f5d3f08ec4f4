"""Which TM Forum resources the demo operator serves, under which address, and what may be done with them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One resource: its TMF name, the API it belongs to, and what a customer may do besides reading."""

    name: str
    api: str
    methods: frozenset[str] = frozenset()
    version: str = "v4"


# The basePath of each official v4 specification (TMF676 stands outside /tmf-api).
BASES: dict[str, str] = {
    "TMF620": "/tmf-api/productCatalogManagement/v4",
    "TMF621": "/tmf-api/troubleTicket/v4",
    "TMF622": "/tmf-api/productOrderingManagement/v4",
    "TMF629": "/tmf-api/customerManagement/v4",
    "TMF632": "/tmf-api/party/v4",
    "TMF637": "/tmf-api/productInventory/v4",
    "TMF638": "/tmf-api/serviceInventory/v4",
    "TMF646": "/tmf-api/appointment/v4",
    "TMF651": "/tmf-api/agreementManagement/v4",
    "TMF656": "/tmf-api/serviceProblemManagement/v4",
    "TMF666": "/tmf-api/accountManagement/v4",
    "TMF667": "/tmf-api/document/v4",
    "TMF676": "/payment/v4",
    "TMF678": "/tmf-api/customerBillManagement/v4",
    "TMF681": "/tmf-api/communicationManagement/v4",
    "TMF683": "/tmf-api/partyInteraction/v4",
}

V5 = frozenset(("TMF621", "TMF622", "TMF629", "TMF632", "TMF637", "TMF638", "TMF656", "TMF666", "TMF678", "TMF683"))
"""The APIs that are served in version 5 too, side by side with version 4."""
_V5_BASES = {
    "TMF629": "/tmf-api/customer/v5",
    "TMF632": "/tmf-api/partyManagement/v5",
}

FILED = frozenset({"POST"})
"""What a conformance kit creates before it looks for it; to customers these are only ever listed."""
KEPT = FILED | {"PATCH", "DELETE"}
"""What a conformance kit changes and takes away again too, as far as it put it there."""

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("customer", "TMF629", KEPT),
        Kind("individual", "TMF632", KEPT),
        Kind("organization", "TMF632", KEPT),
        Kind("billingAccount", "TMF666", KEPT),
        Kind("customerBill", "TMF678", frozenset({"PATCH"})),
        Kind("appliedCustomerBillingRate", "TMF678"),
        Kind("payment", "TMF676", FILED),
        Kind("document", "TMF667"),
        Kind("product", "TMF637", KEPT),
        Kind("service", "TMF638"),
        Kind("agreement", "TMF651", KEPT),
        Kind("troubleTicket", "TMF621", frozenset({"POST", "PATCH"})),
        Kind("serviceProblem", "TMF656"),
        Kind("appointment", "TMF646"),
        Kind("partyInteraction", "TMF683", KEPT),
        Kind("communicationMessage", "TMF681", KEPT),
        Kind("productOrder", "TMF622", KEPT),
        Kind("productOffering", "TMF620"),
        Kind("cancelProductOrder", "TMF622", frozenset({"POST"})),
        Kind("customerBillOnDemand", "TMF678", FILED),
        Kind("refund", "TMF676", FILED),
        Kind("agreementSpecification", "TMF651", KEPT),
        Kind("partyAccount", "TMF666", KEPT),
        Kind("settlementAccount", "TMF666", KEPT),
        Kind("financialAccount", "TMF666", KEPT),
        Kind("billingCycleSpecification", "TMF666", KEPT),
        Kind("billFormat", "TMF666", KEPT),
        Kind("billPresentationMedia", "TMF666", KEPT),
    )
}


def base(api: str, version: str = "v4") -> str:
    """Where an API lives below the issuer, in one of its versions."""
    if version == "v4":
        return BASES[api]
    return _V5_BASES.get(api, BASES[api].removesuffix("v4") + "v5")


def address(issuer: str, kind: str, ident: str = "", version: str = "v4") -> str:
    """The address of a resource's list, or of one document of it."""
    from urllib.parse import quote

    listed = f"{issuer}{base(KINDS[kind].api, version)}/{kind}"
    return f"{listed}/{quote(ident, safe='')}" if ident else listed
