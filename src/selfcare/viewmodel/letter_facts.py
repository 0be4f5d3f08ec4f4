"""What a letter is written from: who writes to whom, about which line, and what the customer wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.records import Sealed, Struct, field
from selfcare.domain.support import Channel
from selfcare.i18n import Words
from selfcare.leaving.choices import Reason
from selfcare.leaving.final_findings import Finding
from selfcare.leaving.refunds import RefundOf
from selfcare.leaving.rules import Rules


class LetterKind(StrEnum):
    """The letters that can be written here."""

    SEPARATION = "separation"
    """A survivor's line out of a shared account."""
    NOTICE = "notice"
    WITHDRAWAL = "withdrawal"
    PROOF = "proof"
    """The proof of a special reason, in a letter that is no notice."""
    CHANGE = "change"
    """That the line leaves because of an announced change, in a letter that is no notice."""
    UNLOCK = "unlock"
    COMPLAINT = "complaint"
    SECOND_COMPLAINT = "secondComplaint"
    LATE_PORT = "latePort"
    MISSED_VISIT = "missedVisit"
    LATE_REPAIR = "lateRepair"
    LATE_START = "lateStart"
    LOST_NUMBER = "lostNumber"
    FINAL_BILL = "finalBill"
    RENT_BACK = "rentBack"
    OVERPAYMENT = "overpayment"
    DEPOSIT = "deposit"
    DEBIT = "debit"


class ToldChange(Struct, frozen=True):
    """A change that was announced on `told`, by which one may leave free until `until` (None: for ever).

    `rise` is by how much a month costs more, where that is known. `is_certain`: it is surely not the rise that the
    contract named, which is one of `agreed` (zero: none at all) or `by_percent`; `made` is when it was concluded.
    """

    told: date
    until: date | None
    rule_id: str
    is_certain: bool = False
    rise: Money | None = None
    agreed: Money | None = None
    by_percent: bool = False
    made: date | None = None


class EndingLine(Struct, frozen=True):
    """Another line of the same letter: its number, its contract, the day it is planned to end, and the change that is
    why."""

    line: str
    contract_number: str = ""
    ends: date | None = None
    change: ToldChange | None = None


class ContestedBill(Struct, frozen=True):
    """A final bill in which the check found something. `names` are the operator's words for its lines, by their ids.

    `ended` is the day the line ended, `receipt` the number of the receipt for what went back, `unproven` a closing fee
    whose cost the operator has to show.
    """

    number: str
    day: date | None
    ended: date
    findings: tuple[Finding, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    receipt: str = ""
    unproven: Money | None = None


class LetterFacts(Sealed, frozen=True):
    """Who writes about which line. "" and None are "not stated": the letter has dots to write on there.

    `posts` are the operator's postal addresses from its profile. `address` is the customer's, on one line.
    `mandate` names the direct debit. `ended` is the day the line has ended, `ends` the one the customer plans.
    `back` is the rent paid in advance that comes back. `switched`: the line ended by moving to another operator.
    `together` are other lines that are given notice of in the same letter. `contested` is a final bill that is wrong,
    `owed` what is to come back at the end. `reason` is a special one for leaving; `frees` says that it frees from the
    charge by law, or by the contract that lists it; `filed` is when the commission received an over-indebted file, and
    `admitted` that it declared it admissible. `needs_proof`: the reason is believed with a paper only;
    `by_notice`: the line ends by notice. `comes_back`: the number is kept for somebody with orders, who resumes the
    service by `resume_by` (None: not known);
    `holder_change` the number of one that is open. `change` is an announced one by which the planned day is free.
    `separates`: by law a survivor's line leaves this shared account.
    """

    country: str
    operator: str
    day: date
    rules: Rules | None = None
    posts: tuple[Channel, ...] = ()
    name: str = ""
    address: str = ""
    email: str = ""
    is_business: bool = False
    line: str = ""
    access: Access = Access.OTHER
    customer_id: str = ""
    account_id: str = ""
    contract_number: str = ""
    concluded: date | None = None
    notice: tuple[int, str] | None = None
    monthly: Money | None = None
    handset: str = ""
    serial: str = ""
    bought: date | None = None
    mandate: str = ""
    ends: date | None = None
    ended: date | None = None
    back: Money | None = None
    switched: bool = False
    together: tuple[EndingLine, ...] = ()
    contested: ContestedBill | None = None
    owed: Mapping[RefundOf, Money] = field(default_factory=dict)
    reason: Reason = Reason.NONE
    frees: bool = False
    filed: date | None = None
    admitted: bool = False
    needs_proof: bool = False
    comes_back: bool = False
    resume_by: date | None = None
    by_notice: bool = False
    holder_change: str = ""
    change: ToldChange | None = None
    separates: bool = False


class OverdueEnd(Struct, frozen=True):
    """The end of a line that did not come: planned for `due`, asked for on `asked` (None: by moving the number).

    `named` is another day on which the operator says that it ends the line, None where it names none. `refused`: the
    operator said no. `is_withdrawal`: the customer withdrew from the contract.
    """

    due: date
    asked: date | None = None
    named: date | None = None
    refused: bool = False
    is_withdrawal: bool = False


class LetterMatter(Sealed, frozen=True):
    """What one letter is about, as far as the customer says it.

    `due` is the day on which something happened or should have happened, `done` when it was put right; `amount` is
    what is asked for; `complained` is the day of the first complaint; `story` is in the customer's own words.
    `lasts`: it is known not to be put right yet. `hours_ahead` is how long before a visit was called off, None where
    nobody came. `by_new`: the letter goes to the new operator, whose address is not known here. `count` and `each` are
    what the amount is worked out from. `ending` is an end that did not come.
    """

    due: date | None = None
    done: date | None = None
    amount: Money | None = None
    complained: date | None = None
    story: str = ""
    lasts: bool = False
    hours_ahead: int | None = None
    by_new: bool = False
    count: int = 0
    each: Money | None = None
    ending: OverdueEnd | None = None


class Gap(StrEnum):
    """What is missing in a letter and has to be written in by hand."""

    OPERATOR_ADDRESS = "operatorAddress"
    BANK_ADDRESS = "bankAddress"
    NEW_ADDRESS = "newAddress"
    OWN_ADDRESS = "ownAddress"
    OWN_NAME = "ownName"
    LINE = "line"
    CONCLUDED = "concluded"
    DUE = "due"
    DONE = "done"
    AMOUNT = "amount"
    COMPLAINED = "complained"
    STORY = "story"
    HANDSET = "handset"
    ENDED = "ended"


def gap_text(gap: Gap, words: Words) -> str:
    """What is missing, in words."""
    return {
        Gap.OPERATOR_ADDRESS: words.tr("your operator’s postal address, which it does not state"),
        Gap.BANK_ADDRESS: words.tr("the name and address of your bank"),
        Gap.NEW_ADDRESS: words.tr("the name and address of your new operator"),
        Gap.OWN_ADDRESS: words.tr("your own address, which your operator does not state"),
        Gap.OWN_NAME: words.tr("your name"),
        Gap.LINE: words.tr("the number of the line"),
        Gap.CONCLUDED: words.tr("the day on which the contract was made"),
        Gap.DUE: words.tr("the day on which it happened or was due"),
        Gap.DONE: words.tr("the day on which it was put right"),
        Gap.AMOUNT: words.tr("the amount"),
        Gap.COMPLAINED: words.tr("the day of your first complaint"),
        Gap.STORY: words.tr("what happened, in your own words"),
        Gap.HANDSET: words.tr("the handset and its IMEI (dial *#06#)"),
        Gap.ENDED: words.tr("the day on which the contract ended"),
    }[gap]


def kind_text(kind: LetterKind, words: Words, *, by_notice: bool = False) -> str:
    """The name of a letter, for a list to choose from; `by_notice`: a notice goes with it."""
    return {
        LetterKind.SEPARATION: words.tr("Take the line out of the shared account"),
        LetterKind.NOTICE: words.tr("Notice: end the contract"),
        LetterKind.WITHDRAWAL: words.tr("Withdrawal from a new contract"),
        LetterKind.PROOF: words.tr("Proof of your reason, beside the notice")
        if by_notice
        else words.tr("Proof of your reason, no notice"),
        LetterKind.CHANGE: words.tr("Leaving because of a change, beside the notice")
        if by_notice
        else words.tr("Leaving because of a change, no notice"),
        LetterKind.UNLOCK: words.tr("Unlock the handset"),
        LetterKind.COMPLAINT: words.tr("Complaint, first letter"),
        LetterKind.SECOND_COMPLAINT: words.tr("Complaint, second step"),
        LetterKind.LATE_PORT: words.tr("Claim: the number moved late"),
        LetterKind.MISSED_VISIT: words.tr("Claim: the technician did not come"),
        LetterKind.LATE_REPAIR: words.tr("Claim: repaired late"),
        LetterKind.LATE_START: words.tr("Claim: the new service started late"),
        LetterKind.LOST_NUMBER: words.tr("Claim: the number is lost"),
        LetterKind.FINAL_BILL: words.tr("Final bill: what is wrong"),
        LetterKind.RENT_BACK: words.tr("Money back: rent after the end"),
        LetterKind.OVERPAYMENT: words.tr("Money back: overpayment"),
        LetterKind.DEPOSIT: words.tr("Money back: deposit"),
        LetterKind.DEBIT: words.tr("To the bank: a wrong direct debit"),
    }[kind]
