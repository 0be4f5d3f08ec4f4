"""Leaving: the whole way out on one page, then one question after the other, then a tracker until the last refund."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from selfcare.domain.commands import GiveNotice
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.i18n.words import Words
from selfcare.leaving.atlas import rules_file
from selfcare.leaving.codes import check_code
from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import LeavingFacts, facts_of
from selfcare.leaving.mishaps import NOW
from selfcare.leaving.moves import begin, line_chosen, with_confirmed, with_shared
from selfcare.leaving.noted import with_notes
from selfcare.leaving.place import postcode_of, state_of
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.wizard import (
    Answers,
    Screen,
    ahead,
    answer,
    back,
    confirm,
    ended,
    look_at_way,
    reopen,
    screens,
)
from selfcare.ui.clipboard import copy_secret
from selfcare.ui.context import Context, Reading
from selfcare.ui.widgets.card import empty_layout
from selfcare.viewmodel.leaving import way_sentence, way_view
from selfcare.viewmodel.leaving_decision import gives_notice, notice_command
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.leaving_numbers import number_text
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_together import other_notices, other_open
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.leaving_words import code_problem_text, no_lines, scheme_of
from selfcare.viewmodel.noted_contract import KEPT_AS, notes_if_readable

from .leaving_beginning import with_deposits
from .leaving_ended import read_papers
from .leaving_papers import LeavingPapers
from .leaving_pieces import Doors
from .leaving_screen import again_at, screen_panel
from .leaving_tracker import tracker_panel
from .leaving_way import way_panel
from .page import Page
from .pieces import confirmed, empty_card

_BILLS = 36
_SEEN_MS = 500
"""How long the page of facts is up before its button counts: nobody confirms what came up under the finger."""


_TOPICS = frozenset(
    {
        Topic.BILLS,
        Topic.ACCOUNTS,
        Topic.CONTRACTS,
        Topic.PRODUCTS,
        Topic.ORDERS,
        Topic.TICKETS,
        Topic.WAITING,
    }
)


_PLANS = frozenset({Topic.LEAVING})


class LeavingPage(Page):
    """Shows the page that the answers stand on; each answer is kept at once and the page is built anew from it."""

    topics = _TOPICS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._material: LeavingMaterial | None = None
        self._wanted_line = ""
        self._shown: Screen | None = None
        self._since = QElapsedTimer()
        self._is_rendering = self._wants_render = False
        self._frozen: tuple[GiveNotice, ...] = ()
        self.panel: QWidget = QWidget(self)
        self.panel.hide()
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self._holder)
        self.body.addStretch(1)
        self.papers = LeavingPapers(
            self, lambda: self._material.plans if self._material is not None else None, self._turn
        )
        self._doors = Doors(
            answer=self._answer,
            submit=self.submit,
            open=self.papers.open_target,
            forward=self._forward,
            back=self._back,
            whole_way=lambda: self._turn(lambda case: look_at_way(case.answers)),
            begin=self._begin,
            choose_line=self._choose_line,
            copy_code=lambda code: copy_secret(self, code),
            check_code=lambda typed: _problem(self._case(), typed, self.words),
            change_plan=self._change_plan,
            confirmed=lambda question: confirmed(self, question, self.words),
            give_again=self._give_again,
            end_plan=lambda: self._turn(lambda case: ended(case.answers)),
            now=context.now,
            ask_unlock=self.papers.ask_unlock,
        )
        self.set_title(self.words.tr("Leaving"))

    def load(self, reading: Reading) -> LeavingMaterial:
        """Read everything that leaving is planned from."""
        return read_material(reading)

    def show_view(self, view: LeavingMaterial) -> None:
        """Show it; answers given since the reading began are newer than those that were read."""
        kept = self._material
        if kept is not None and kept.profile.id == view.profile.id:
            view = replace(view, plans=kept.plans)
        self._material = view
        wanted, self._wanted_line = self._wanted_line, ""
        if wanted:
            self._choose_line(wanted)
        self._render()

    def go_back(self) -> bool:
        """Esc goes one page back, and from the whole way out of this page."""
        case = self._case()
        if case is None or case.answers.at is screens(case.facts, case.answers)[0]:
            return False
        self._back()
        return True

    def put_away(self) -> None:
        """A discreet plan is gone, as it is when the program ends; where there is none, nothing changes."""
        if self._material is not None and self._material.plans.has_discreet:
            self._material = replace(self._material, plans=plans_from_bytes(plans_to_bytes(self._material.plans)))
            self.papers.put_away()
            self._render()

    def open_at(self, target: str) -> None:
        """Show the way out of one line."""
        if target and self._material is None:
            self._wanted_line = target
        elif target:
            self._choose_line(target)

    def go_to(self, screen: Screen) -> None:
        """Show one page of the wizard, as if everything before it were answered; for pictures and tests."""
        case = self._case()
        if case is not None:
            self._keep(replace(case.answers, at=screen))

    @property
    def answers(self) -> Answers | None:
        """What has been answered for the line looked at."""
        case = self._case()
        return case.answers if case is not None else None

    def _answer(self, question: str, value: str) -> None:
        if question.startswith("mishap:") and self._material is not None:
            now = self.context.now()
            self._material = replace(self._material, now=now)
            value = now.isoformat() if value == NOW else value
        case = self._case()
        if case is None:
            return
        answers = answer(case.answers, question, value, case.material.today)
        plans = with_shared(case.material.plans, question, answers, case.material.same_contract(case.facts))
        self._material = replace(case.material, plans=plans)
        self._keep(answers)

    def _forward(self) -> None:
        case = self._case()
        if case is None:
            return
        if case.answers.at is Screen.CONFIRM:
            if self._since.elapsed() < _SEEN_MS or other_open(case, self.words):
                return
            own = (notice_command(case, self.words),) if gives_notice(case) else ()
            wanted = (*own, *other_notices(case, self.words))
            if wanted != self._frozen:
                self._render()
                self._since.start()
                return
            for notice in wanted:
                self.submit(notice)
            now = self.context.now()
            self._material = replace(case.material, plans=with_confirmed(case.material.plans, case.joint(), now))
            self._keep(confirm(case.answers, now, case.way))
            return
        self._keep(ahead(case.facts, case.answers, case.way, case.rules))
        self.went_on.emit()

    def _back(self) -> None:
        case = self._case()
        if case is not None:
            self._keep(back(case.facts, case.answers))
            self.went_on.emit()

    def _turn(self, change: Callable[[Case], Answers]) -> None:
        case = self._case()
        if case is not None:
            self._keep(change(case))

    def _begin(self, at_first_question: bool) -> None:
        case = self._case()
        if case is not None:
            self._keep(begin(case.facts, case.answers, self.context.now(), at_first_question=at_first_question))

    def _choose_line(self, line_id: str) -> None:
        if self._material is None or line_id not in {f.line_id for f in self._material.facts}:
            return
        case = self._case()
        self._keep(line_chosen(self._material.plans, line_id, case.answers.at if case is not None else Screen.WAY))

    def _change_plan(self) -> None:
        case = self._case()
        if case is not None:
            self._keep(replace(reopen(case.answers), at=Screen.LINE))

    def _give_again(self) -> None:
        case = self._case()
        if case is not None:
            self._keep(replace(reopen(case.answers), at=Screen.DAY, resume_at=Screen.DAY, day=case.way.cut))

    # ---- inside

    def _case(self) -> Case | None:
        return case_of(self._material) if self._material is not None else None

    def _keep(self, answers: Answers) -> None:
        """Keep the answers here and in the vault, and show the page they stand on."""
        material = self._material
        if material is None or (
            material.plans.current
            and material.plans.of(answers.line_id) == answers
            and material.plans.current == answers.line_id
        ):
            return
        before = (material.plans.answers or {}).get(answers.line_id)
        begins = before is None or (before.confirmed is None and answers.confirmed is not None)
        plans = material.plans.with_answers(answers)
        self._material = replace(material, plans=plans)
        session = self.context.session
        if session is not None:
            kept, changed = plans_to_bytes(plans), self.context.changed  # a plan that is followed stands on Home
            self.context.store_lane.ask(
                self, lambda: session.save_draft(DRAFT_KEY, kept), lambda _: changed(_PLANS), self.show_failure
            )
            if begins:
                self.reload()  # what only somebody who leaves is asked for is read now
        self._render()

    def _render(self) -> None:
        """Build the page anew. A field that loses the focus by it may still answer: then it is built once more."""
        self._wants_render = True
        if self._is_rendering:
            return
        self._is_rendering = True
        try:
            while self._wants_render:
                self._wants_render = False
                self._build()
        finally:
            self._is_rendering = False

    def _build(self) -> None:
        self._take_typed()
        self._wants_render = False
        focused = self.focusWidget()
        name = focused.objectName() if focused is not None else ""
        empty_layout(self._holder)
        if self._material is None:
            return
        self.panel = self._panel_of(self._material)
        self.panel.setProperty("line", self._material.line_id)
        self._holder.addWidget(self.panel)
        case = self._case()
        before, self._shown = self._shown, case.answers.at if case is not None else None
        if self._shown is not before:
            self._since.start()
            if before is not None:
                if self._noticed is not None and self._noticed.kind == "good":
                    self.show_notice(None)  # what was saved on the page before
                (self.panel.findChild(QWidget, "heading") or self.panel).setFocus()
            return
        again = again_at(self.panel, name)
        if again is not None:
            again.setFocus()

    def _take_typed(self) -> None:
        """What stands in the field of the code is kept before the field goes."""
        field, case = self.panel.findChild(QLineEdit, "typedCode"), self._case()
        if field is None or case is None or self.panel.property("line") != case.facts.line_id:
            return
        typed = field.text().strip()
        if typed != case.answers.typed_code:
            self._answer("typedCode", typed)

    def _panel_of(self, material: LeavingMaterial) -> QWidget:
        case, words = case_of(material), self.words
        if case is None:
            self.set_title(words.tr("Leaving"))
            return empty_card(self, no_lines(self.part(Topic.PRODUCTS), words))
        self._frozen = ()
        if case.answers.at is Screen.WAY:
            view = way_view(case, words)
            self.set_title(view.title, view.below)
            return way_panel(view, words, self._doors)
        if case.answers.at is Screen.TRACKER:
            tracker = tracker_view(case, words)
            self.set_title(tracker.title, tracker.below)
            return tracker_panel(tracker, words, self._doors)
        self.set_title(words.tr("Leaving"), way_sentence(case, words))
        screen = screen_view(case, words)
        self._frozen = tuple(one for one in (screen.command, *screen.also) if isinstance(one, GiveNotice))
        return screen_panel(screen, words, self._doors)


def _problem(case: Case | None, typed: str, words: Words) -> str:
    """What is wrong with a code that is being typed; empty where nothing is."""
    if case is None:
        return ""
    wanted = scheme_of(case)
    return code_problem_text(check_code(typed, wanted), wanted, words)


def read_material(reading: Reading) -> LeavingMaterial:
    """Everything that leaving is planned from, read on the store lane."""
    reader, profile = reading.reader, reading.profile
    lines = reader.lines()
    bills = reader.bills(_BILLS)
    bill_lines = reader.bill_lines(bills[0].id) if bills else ()
    customer = reader.customer()
    contracts, accounts = reader.contracts(), reader.accounts()
    orders, waiting, tickets = reader.orders(), reader.waiting(), reader.tickets()
    facts: list[LeavingFacts] = [
        facts_of(
            line,
            profile=profile,
            lines=lines,
            contracts=contracts,
            accounts=accounts,
            orders=orders,
            waiting=waiting,
            bills=bills,
            bill_lines=bill_lines,
            tickets=tickets,
            is_business=customer is not None and customer.is_business,
            postcode=postcode_of(customer, profile.country),
            state=state_of(customer, profile.country),
        )
        for line in lines
    ]
    name = rules_file(profile.country)
    plans = plans_from_bytes(reader.draft(DRAFT_KEY))
    facts = with_deposits(reader, lines, facts, bills, plans)
    notes = notes_if_readable(reader.draft(KEPT_AS))
    facts = [with_notes(one, notes) for one in facts]
    return LeavingMaterial(
        profile=profile,
        rules=parse_rules(reading.rules(name)) if name else None,
        facts=tuple(facts),
        plans=plans,
        today=reading.today,
        now=reading.now,
        bills=bills,
        counts=reader.counts(),
        support=reader.support(),
        numbers={line.id: number_text(line.number, profile.country) for line in lines if line.number},
        papers=read_papers(reader, lines, facts, plans, bills),
        appointments=reader.appointments(),
    )
