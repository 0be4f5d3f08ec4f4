"""The contract as a line of time: since when, bound until when, notice by when, and what leaving early costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from selfcare.domain.bills import PaperRef
from selfcare.domain.contract import Contract, PriceChange, stated_with_lines
from selfcare.domain.failures import NotOffered
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.noted_contract import ContractNotes
from selfcare.domain.papers import Paper
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.i18n import Words
from selfcare.leaving.departures import Departure, is_part, of_contract

from .ages import Absence, absence_of
from .contract_state import free_sentence, state_sentence, state_tag
from .equipment import EquipmentView, equipment_views
from .facts import FactView, TagView, Tone, freshness_of, price_text, quoted, stated
from .holder import HolderView
from .known_words import contract_word
from .noted_contract import NotedRow, NotedView, noted_on, noted_tag, subjects_of
from .price_rights import RightsGround, how_told, right_sentences
from .timeline import TimeLineView, time_line


class ChangeView(Struct, frozen=True):
    """A price change: what changes, when it was told and how long before, and the operator's words.

    `right` says until when one may leave free, `rule` is the rule's own sentence, `message` how it was told.
    """

    title: str
    sentence: str
    tag: TagView
    text: str
    right: str = ""
    rule: str = ""
    message: str = ""


class TermView(Struct, frozen=True):
    """A clause as it is written, and when it holds."""

    text: str
    note: str


class PaperLink(Struct, frozen=True):
    """A document of the contract, or a letter. `is_here` says that it can be opened without a network."""

    id: str
    name: str
    hint: str
    is_here: bool
    day: str = ""


class ContractCard(Struct, frozen=True):
    """One contract as it is shown."""

    id: str
    title: str
    subtitle: str
    state: TagView
    summary: str
    time: TimeLineView | None
    facts: tuple[FactView, ...]
    charge: FactView
    changes: tuple[ChangeView, ...]
    terms: tuple[TermView, ...]
    papers: tuple[PaperLink, ...]
    no_papers: str = ""
    equipment: tuple[EquipmentView, ...] = ()
    no_equipment: str = ""


class ContractView(Struct, frozen=True):
    """The page: all contracts, the ones that bind longest first, those that are over behind them, and those no longer
    listed last.

    Then come letters and other papers, newest first.

    `no_letters` says why there may be papers that are not shown; None where there are simply none.
    """

    title: str
    subtitle: str
    contracts: tuple[ContractCard, ...]
    absence: Absence | None
    letters: tuple[PaperLink, ...] = ()
    no_letters: Absence | None = None
    holder: HolderView | None = None
    noted: NotedView = NotedView()


class ContractFacts(Struct, frozen=True):
    """Everything the page needs from the store; `here` are the papers that are kept on this computer."""

    zone: ZoneInfo
    contracts: tuple[Contract, ...] = ()
    lines: tuple[Line, ...] = ()
    letters: tuple[Paper, ...] = ()
    here: frozenset[str] = frozenset()
    freshness: tuple[Freshness, ...] = ()
    ground: RightsGround | None = None
    holder: HolderView | None = None
    notes: ContractNotes = ContractNotes()
    departing: Mapping[str, Departure] = {}
    """The lines on their way out, by id."""


def contract_view(facts: ContractFacts, words: Words, today: date) -> ContractView:
    """The whole page from what the store holds."""
    contracts = (*facts.contracts, *stated_with_lines(facts.lines, facts.contracts))
    leaving = {c.id: of_contract(c, facts.lines, facts.departing) for c in contracts}
    over = {key for key, out in leaving.items() if out and out[0].is_over}
    ordered = sorted(
        contracts, key=lambda c: (not c.no_longer_listed, c.id not in over, c.ends or date.min), reverse=True
    )
    cards = tuple(_card(c, facts, leaving[c.id], words, today) for c in ordered)
    missing = None
    if not cards:
        missing = absence_of(
            freshness_of(Topic.CONTRACTS, facts.freshness),
            words.tr("No contract"),
            words,
            words.tr("Your operator lists no contract for you."),
        )
    subtitle = words.trn("{count} contract", "{count} contracts", len(cards)) if len(cards) > 1 else ""
    if cards and not facts.contracts and _is_not_offered(facts):
        subtitle = words.tr("Your operator offers no contracts here. This is what it states with your lines.")
    letters = _letters(facts, words)
    unknown = None
    if cards and not letters:
        found = absence_of(freshness_of(Topic.LETTERS, facts.freshness), "", words)
        unknown = None if found.kind == "nothing" else found
    return ContractView(
        words.tr("Contract"), subtitle, cards, missing, letters, unknown, facts.holder, _noted(facts, words, today)
    )


def _noted(facts: ContractFacts, words: Words, today: date) -> NotedView:
    """What the customer noted by hand, the ends first, then the changes of price, the newest first."""
    subjects = subjects_of(facts.lines, words)
    rows = [
        NotedRow(
            words.tr("Bound until {day}", day=words.day_far(end.ends, today)),
            noted_tag(words),
            (
                free_sentence(end.ends, None, words, today),
                noted_on(end.noted, end.about, subjects, words, today),
            ),
            "",
            end,
        )
        for end in sorted(facts.notes.ends, key=lambda one: one.ends)
    ]
    newest = sorted(facts.notes.changes, key=lambda c: c.change.starts or c.change.told or date.min, reverse=True)
    for note in newest:
        shown = _change(note.change, facts.ground, words, today)
        tag = noted_tag(words)
        said = (shown.sentence, shown.right, shown.text, shown.message)
        rows.append(
            NotedRow(
                shown.title,
                tag,
                (
                    *(part for part in said if part),
                    noted_on(note.noted, note.about, subjects, words, today),
                ),
                shown.rule,
                note,
            )
        )
    explained = words.tr(
        "What your operator does not list here, you can note yourself: an end that your contract names, or a new price "
        "that you were told by letter."
    )
    return NotedView(tuple(rows), subjects, explained)


def _is_not_offered(facts: ContractFacts) -> bool:
    part = freshness_of(Topic.CONTRACTS, facts.freshness)
    return part is not None and (not part.offered or isinstance(part.failure, NotOffered))


def last_notice_day(contract: Contract) -> date | None:
    """The last day on which notice still ends the contract with the commitment, where both are stated and can be."""
    if contract.ends is None or contract.counted_notice is None:
        return None
    amount, unit = contract.counted_notice
    try:
        return months_before(contract.ends, amount) if "month" in unit else contract.ends - timedelta(days=amount)
    except (ValueError, OverflowError):
        return None  # before the calendar begins


def months_before(day: date, months: int) -> date:
    """The same day of the month some months earlier, or the last one that this month has."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _card(
    contract: Contract, facts: ContractFacts, out: Sequence[Departure], words: Words, today: date
) -> ContractCard:
    lines = [line for line in facts.lines if is_part(line, contract)]
    return ContractCard(
        id=contract.id,
        title=contract.name or words.tr("Contract {number}", number=contract.number or contract.id),
        subtitle=_covers(lines, words),
        state=state_tag(contract, words, today, out),
        summary=state_sentence(contract, last_notice_day(contract), words, today, out),
        time=time_line(contract.starts, contract.ends, None if out else last_notice_day(contract), words, today),
        facts=_facts(contract, words, today),
        charge=charge_fact(contract, words, today),
        changes=tuple(_change(c, facts.ground, words, today) for c in _newest(contract.price_changes)),
        terms=tuple(TermView(quoted(t.text, words), _valid(t.starts, t.ends, words)) for t in contract.terms),
        papers=_papers(contract, facts.here, words),
        no_papers=_no_papers(contract, facts, words),
        equipment=equipment_views(lines, words, today),
        no_equipment=_no_equipment(lines, words),
    )


def _no_equipment(lines: Sequence[Line], words: Words) -> str:
    """That no device is listed with the lines of a contract; empty where there is one, or no line to have one."""
    return words.tr("No device is listed with it.") if lines and not any(line.devices for line in lines) else ""


def _covers(lines: Sequence[Line], words: Words) -> str:
    if not lines:
        return ""
    if len(lines) > 3:
        return words.trn("{count} line", "{count} lines", len(lines))
    return " · ".join(line.number or line.name for line in lines)


def _facts(contract: Contract, words: Words, today: date) -> tuple[FactView, ...]:
    ends = words.day_far(contract.ends, today) if contract.ends else ""
    shortest = length_text(contract.minimum_months, contract.minimum_days, words)
    note = words.tr("computed from start and minimum term") if contract.ends and contract.ends_is_computed else ""
    renews = ""
    if contract.renews_itself is not None:
        renews = words.tr("yes, by itself") if contract.renews_itself else words.tr("no")
    return (
        stated(words.tr("Number"), contract.number, words),
        stated(words.tr("State"), contract_word(contract.state_word, words), words),
        stated(words.tr("Signed"), words.day(contract.signed, today) if contract.signed else "", words),
        stated(words.tr("Since"), words.day(contract.starts, today) if contract.starts else "", words),
        stated(words.tr("Minimum term"), shortest or quoted(contract.minimum_word, words), words),
        stated(words.tr("Commitment ends"), ends, words, note=note),
        stated(words.tr("Notice"), notice_text(contract.notice, words) or quoted(contract.notice_word, words), words),
        stated(words.tr("Renewed"), renews, words),
    )


def length_text(months: int | None, days: int | None, words: Words) -> str:
    """A minimum term in words; empty where it is not stated, or none."""
    if months:
        return words.trn("{count} month", "{count} months", months)
    return words.trn("{count} day", "{count} days", days) if days else ""


def notice_text(notice: tuple[int, str] | None, words: Words) -> str:
    """A notice period in words; empty where it is not stated."""
    if notice is None:
        return ""
    amount, unit = notice
    if "month" in unit:
        return words.trn("{count} month", "{count} months", amount)
    return words.trn("{count} day", "{count} days", amount)


def charge_fact(contract: Contract, words: Words, today: date) -> FactView:
    """What the operator itself says leaving early costs, with the day of that figure."""
    charge, net = contract.early_charge, contract.early_charge_net
    if charge is None and net is None:
        return stated(words.tr("Cost of leaving early"), "", words)
    shown = words.money(charge) if charge is not None else price_text(net, "", words, is_net=True)
    name = words.tr("Leaving early costs, says your operator")
    day = contract.early_charge_day
    note = (
        words.tr("as of {day}", day=words.day(day, today)) if day else words.tr("the day of this figure is not stated")
    )
    return FactView(name, shown, note)


def _newest(changes: Iterable[PriceChange]) -> list[PriceChange]:
    return sorted(changes, key=lambda c: c.starts or c.told or date.min, reverse=True)


def _change(change: PriceChange, ground: RightsGround | None, words: Words, today: date) -> ChangeView:
    right, rule = right_sentences(change, ground, words, today)
    title = words.tr("Price change")
    if change.before is not None and change.after is not None:
        title = words.tr("{before} becomes {after}", before=words.money(change.before), after=words.money(change.after))
        if change.before.unit == change.after.unit:
            step = words.signed(change.after - change.before)
            title = words.tr("{title} ({step})", title=title, step=step)
    elif change.after is not None:
        title = words.tr("New price: {after}", after=words.money(change.after))
    starts = words.tr("From {day}.", day=words.day_far(change.starts, today)) if change.starts else ""
    told = words.tr("Told on {day}.", day=words.day(change.told, today)) if change.told else ""
    return ChangeView(
        title=title,
        sentence=" ".join(part for part in (starts, told) if part),
        tag=_told(change, words),
        text=quoted(change.text, words),
        right=right,
        rule=rule,
        message=how_told(change, ground.messages, words, today) if ground is not None else "",
    )


def _told(change: PriceChange, words: Words) -> TagView:
    if change.told is None:
        return TagView(words.tr("when you were told: not stated"), Tone.WARN)
    if change.starts is None:
        return TagView(words.tr("told, start not stated"), Tone.WARN)
    days = (change.starts - change.told).days
    if days < 0:
        return TagView(words.tr("told after it began"), Tone.BAD)
    return TagView(words.trn("told {count} day before", "told {count} days before", days), Tone.QUIET)


def _valid(starts: date | None, ends: date | None, words: Words) -> str:
    if starts and ends:
        return words.tr("{first} to {last}", first=words.short_day(starts), last=words.short_day(ends))
    if starts:
        return words.tr("since {day}", day=words.short_day(starts))
    return words.tr("until {day}", day=words.short_day(ends)) if ends else ""


def _papers(contract: Contract, here: Collection[str], words: Words) -> tuple[PaperLink, ...]:
    return tuple(_link(paper, here, words) for paper in contract.papers)


def _no_papers(contract: Contract, facts: ContractFacts, words: Words) -> str:
    """That the operator keeps no document of a contract; empty where that is not known."""
    age = freshness_of(Topic.LETTERS, facts.freshness)
    is_known = age is not None and age.offered and age.seen is not None
    is_known = is_known and not contract.papers and contract in facts.contracts
    return words.tr("No document of this contract is listed.") if is_known else ""


def _letters(facts: ContractFacts, words: Words) -> tuple[PaperLink, ...]:
    return tuple(
        _link(file, facts.here, words, words.short_day(letter.day) if letter.day else "")
        for letter in facts.letters
        for file in letter.files
    )


def _link(paper: PaperRef, here: Collection[str], words: Words, day: str = "") -> PaperLink:
    return PaperLink(
        id=paper.id,
        name=paper.name or words.tr("Document without a name"),
        hint=words.tr("here, also offline") if paper.id in here else words.tr("not here yet"),
        is_here=paper.id in here,
        day=day,
    )
