"""Edith: her husband has died, the bills are paid and proven, and still she is dunned."""

from __future__ import annotations

from datetime import timedelta

from .agreements import add_agreement
from .billing import PENALTY, Charge, bill_days, write_bill
from .care import add_contact, add_message, add_order, add_ticket
from .inventory import Named, add_line, add_option
from .papers import file_paper
from .person import Person
from .shapes import days, months_back
from .story import Story, introduce, medium, open_account


def edith(story: Story) -> Person:
    """Bills paid and never credited, reminders that go on, and a change of holder asked for again and again."""
    since = months_back(story.today, 118)
    introduce(
        story,
        given="Edith",
        family="Marlow",
        title="Mrs",
        media=[
            medium("phone", True, phoneNumber="+441632960271", contactType="private"),
            medium("post", street1="3 Chapel Row", city="Aldworth", postCode="AL9 2QD", country="GB"),
        ],
        since=since,
    )
    home = add_line(
        story, "Orvane Home Phone", "+441632960271", "fixed", "21.00", since, user="George Marlow",
        place="3 Chapel Row, Aldworth, AL9 2QD",
    )  # fmt: skip
    calls = add_option(story, "Evening Calls", home, "6.50", since)
    add_agreement(
        story, "Orvane Home Phone", (home, calls), since, None, notice=(14, "day"), charge="0.00", renews=True,
        clauses=(
            ("On the death of the account holder the account may be taken over by a member of the household without "
            "a new minimum term. A copy of the death certificate is needed once."),
        ),
    )  # fmt: skip
    for back, day in bill_days(story, 26, 20):
        charges = [
            Charge("Orvane Home Phone", "21.00", product=home),
            Charge("Evening Calls", "6.50", product=calls),
            Charge("Line care", "2.75"),
        ]
        if back == 0:
            charges.append(Charge("Late payment fee", "7.50", PENALTY, is_taxed=False))
        write_bill(story, day, charges, credited=back > 3, paid=back > 0)
    open_account(story, since=since, status="in arrears", debit="7731", balance="128.50")
    _care(story, home)
    return story.person()


def _care(story: Story, home: Named) -> None:
    bills = story.resources["customerBill"]
    unpaid = [bill["id"] for bill in bills[-4:-1]]
    first = story.moment(74, 10, 30)
    add_ticket(
        story, "Change of account holder after a death",
        "My husband George died. Please put the line in my name. The certificate is enclosed.", "accountHolderChange",
        (
            (first, "acknowledged", "Received by post"),
            (first + days(9), "pending", "Need more information from the customer: death certificate"),
            (first + days(20), "inProgress", "Certificate received"),
            (first + days(41), "pending", "Need more information from the customer: death certificate, certified copy"),
            (first + days(55), "inProgress", "Certified copy received"),
        ),
        promised=story.moment(5, 17),
        notes=(
            (first + days(9), "Bereavement desk", "Certificate not legible. Please send it again."),
            (first + days(41), "Howard (accounts)", "A certified copy is needed. Please send it again."),
            (first + days(55), "Bereavement desk", "Copy received. Change within 14 days."),
        ),
        about=(("affectedAccount", "billingAccount", story.account_id), ("affectedProduct", "product", home[0])),
    )  # fmt: skip
    dunned = story.moment(31, 11)
    add_ticket(
        story, "Reminders for bills that are paid",
        "Three bills are called unpaid. My bank took all three; I have the statements.", "Bill Dispute",
        (
            (dunned, "acknowledged", "Received by phone"),
            (dunned + days(3), "inProgress", "Payments found, not yet matched"),
        ),
        promised=story.moment(17, 17),
        notes=(
            (dunned + days(3), "Fiona (payments)", "Payments found on a holding account. They will be credited."),
            (story.moment(9, 15), "Customer", "Another reminder came today."),
        ),
        about=tuple(("disputedBill", "customerBill", bill) for bill in unpaid),
    )  # fmt: skip
    for ago, words in ((52, "First reminder"), (33, "Second reminder"), (9, "Final demand before disconnection")):
        sent = story.moment(ago, 8)
        add_message(story, "Letter", words, f"{words}: our records show that your account is in arrears. Please pay "
                    "within 7 days or your line may be disconnected.", sent)  # fmt: skip
        file_paper(story, words, "dunningLetter", sent.date(), ("customerBill", unpaid[0]),
                   "Our records show that these bills are unpaid. If you have paid, disregard this.")  # fmt: skip
    for ago, what, agents, result in (
        (74, "Death of my husband", ("Lynn", "Bereavement desk"), "Send the certificate by post"),
        (60, "Certificate sent twice", ("Howard",), "Wait 14 days"),
        (31, "Reminder for a paid bill", ("Fiona", "Martin"), "Payments will be matched"),
        (9, "Final demand", ("Call centre", "Fiona"), "Disregard the letter"),
    ):
        add_contact(story, what, "Billing", story.moment(ago, 10, 12), 18 + ago % 17, agents, result=result)
    add_contact(story, "Certified copy, by registered letter", "Account", story.moment(20, 9), 0, (), channel="letter",
                notes=("Received and signed for.",))  # fmt: skip
    started = story.moment(74, 11)
    add_order(story, "holderChange", "Change of account holder", home, "modify", started, state="held",
              expected=story.moment(5, 17),
              notes=((started + timedelta(days=9), "Bereavement desk", "On hold."),))  # fmt: skip
