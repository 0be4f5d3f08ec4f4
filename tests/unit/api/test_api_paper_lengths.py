"""A PDF whose length nobody told is taken only where it ends as PDFs end."""

from selfcare.domain.failures import NotAnAnswer
from tests.unit.api.test_api_operator import BASE, PDF, bill, files, operator, reply


def test_a_pdf_of_no_told_length_ends_with_its_own_last_word() -> None:
    found: list[bytes] = []
    for body in (PDF, PDF + b"\n%%EOF\n"):
        way = {f"{BASE}/invoice/B%2F1": reply(200, body, content_type="application/pdf")}
        ways = operator(files(way), pdf=(f"template:{BASE}/invoice/{{billId}}",))
        try:
            found.append(ways.fetch_bill_paper(bill()))
        except NotAnAnswer as failure:
            found.append(failure.what.encode())
    assert found == [b"truncated", PDF + b"\n%%EOF\n"]
