"""The contracts of the demo operator's customers: commitment, notice, leaving cost, clauses, price changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from .inventory import Named
from .papers import file_paper
from .person import Document
from .shapes import day_stamp, money, period, ref, trait
from .story import Story


def add_agreement(
    story: Story,
    name: str,
    products: Sequence[Named],
    start: date,
    end: date | None,
    *,
    months: int = 0,
    notice: tuple[int, str] | None = None,
    charge: str | None = None,
    renews: bool | None = None,
    clauses: Sequence[str] = (),
    price_change: dict[str, Any] | None = None,
) -> Document:
    """A contract (TMF651) with our published characteristics; what is None is not stated."""
    ident = story.next_id("AG")
    traits = [] if not months else [trait("minimumTerm", {"amount": months, "units": "month"}, "object")]
    if notice:
        traits.append(trait("noticePeriod", {"amount": notice[0], "units": notice[1]}, "object"))
    if charge is not None:
        traits.append(trait("earlyTerminationCharge", money(charge, story.unit), "object"))
        traits.append(trait("earlyTerminationChargeAsOf", day_stamp(story.today), "date-time"))
    if renews is not None:
        traits.append(trait("autoRenewal", renews, "boolean"))
    if price_change:
        traits.append(trait("priceChange", price_change, "object"))
    agreement = story.add(
        "agreement",
        {
            "id": ident,
            "name": name,
            "agreementType": "commercial",
            "documentNumber": story.code * 10 + story.counters["AG"],
            "status": "approved",
            "version": "1",
            "initialDate": day_stamp(start),
            "agreementPeriod": period(start, end),
            "agreementItem": [
                {
                    "product": [ref("product", product[0], "Product", name=product[1]) for product in products],
                    "termOrCondition": [
                        {"id": f"{ident}.{place}", "description": clause, "validFor": period(start)}
                        for place, clause in enumerate(clauses, start=1)
                    ],
                }
            ],
            "engagedParty": [story.customer_ref()],
            "agreementAuthorization": [
                {"date": day_stamp(start), "signatureRepresentation": "Digital Signature", "state": "approved"}
            ],
            "characteristic": traits,
        },
    )
    held = {product[0] for product in products}
    for product in story.resources["product"]:
        if product["id"] in held:
            product["agreement"] = [ref("agreement", ident, name=name)]
    title = f"Contrat {name}" if story.brand.language == "fr" else f"Contract {name}"
    file_paper(story, title, "contract", start, ("agreement", ident))
    return agreement


def price_change(story: Story, told: date, starts: date, before: str, after: str, text: str) -> dict[str, Any]:
    """An announced change of price, as the characteristic carries it."""
    return {
        "told": day_stamp(told),
        "starts": day_stamp(starts),
        "before": money(before, story.unit),
        "after": money(after, story.unit),
        "text": text,
    }
