"""Writes the order by which an option is taken off a line, in the standard's own shape (TMF622)."""

from __future__ import annotations

from typing import Any

from selfcare.domain.commands import DropOption

from .catalogue import SubjectIds

CATEGORY = "option"


def drop_order(command: DropOption, action_id: str, ids: SubjectIds) -> dict[str, Any]:
    """The body of POST productOrder with one item, action delete on the option's product."""
    return {
        "externalId": action_id,
        "category": CATEGORY,
        "description": command.name,
        "relatedParty": [{"id": ids.customer, "role": "customer", "@referredType": "Customer"}],
        "productOrderItem": [
            {"id": "1", "action": "delete", "product": {"id": command.option_id, "@referredType": "Product"}}
        ],
    }
