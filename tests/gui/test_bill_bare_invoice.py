"""An e-invoice of the customer's own that has no PDF is judged on the page of its bill as well."""

from __future__ import annotations

from typing import Any

from selfcare.domain.bills import FILED
from selfcare.domain.einvoices import FoundInvoice
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.records import replace
from selfcare.ui.pages.bill_loading import OneBill
from selfcare.ui.pages.bill_paper_check import Papers
from selfcare.ui.pages.bill_papers import looked
from tests import samples
from tests.samples import words


class Reader:
    """Stands where the PDF process stands."""

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble

    def e_invoice_of(self, xml: bytes) -> FoundInvoice:
        if self.trouble:
            raise PaperTrouble(self.trouble)
        return FoundInvoice("", None, xml.decode())


def seen(xml: bytes, trouble: str = "") -> list[str]:
    view: Any = None
    matter: Any = None
    bill = replace(samples.bills()[0], state_word=FILED)
    one = OneBill(view, None, matter, bill)
    reader: Any = Reader(trouble)
    return [row.text for row in looked(reader, one, Papers(None, None, xml), words()).rows]


def test_an_e_invoice_without_a_pdf_is_read_and_judged() -> None:
    assert seen(b"foreign") == ["The file in the PDF that should be an e-invoice is something else."]
    assert len(seen(b"", "crashed")) == 1
