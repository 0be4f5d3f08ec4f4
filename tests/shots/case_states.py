"""The case file with notes in it: promises of every kind, the way up half gone, a note that runs, and the dossier."""

from __future__ import annotations

from datetime import date, timedelta

from selfcare.account.notebook import attach, change_notebook
from selfcare.app.raising import Raising
from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Notebook, Noted, Outcome, Purpose, Way, Word, with_contact, with_word
from selfcare.case.promises import PromiseOf
from selfcare.domain.complaints import Complaint
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef
from selfcare.domain.topics import Topic
from tests.shots.driving import dialog_of, press, settled, until
from tests.shots.scenes import Stage


def case_notes(stage: Stage, complaint: Complaint) -> None:
    """The page with what a customer writes down in a bad month, its dialogs, and every sheet's beginning."""
    program = stage.program
    fill(stage, complaint)
    stage.page("case-notes", "case")
    page = program.window.page("case")
    scroll = page.findChild(type(page._scroll))
    assert scroll is not None
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    settled(program)
    stage.shoot("case-notes-foot", program.window)
    page.notes.start()  # type: ignore[attr-defined]
    settled(program)
    dialog = page.notes.dialog  # type: ignore[attr-defined]
    dialog.agent.setText("Karim")
    dialog.said.setPlainText("The technician is booked for Monday.")
    dialog.promise.field.setText("a technician comes on Monday")
    settled(program)
    stage.shoot("case-note-running", dialog)
    dialog._toggle()
    dialog.resize(dialog.width(), 1000)
    settled(program)
    stage.shoot("case-note-more", dialog)
    dialog_of(dialog._throw, lambda d: (stage.shoot("case-note-throw", d), d.accept()))
    settled(program)
    words = program.words
    dialog_of(lambda: press(page, words.tr("The days of your complaint")), lambda d: stage.shoot("case-complaint", d))
    page.dossier.open()  # type: ignore[attr-defined]
    until("a dossier", lambda: page.dossier.dialog is not None and bool(page.dossier.dialog.pdf))  # type: ignore[attr-defined]
    settled(program)
    made = page.dossier.dialog  # type: ignore[attr-defined]
    stage.shoot("case-dossier", made)
    made.reject()
    stage.page("case-home", "home")
    Raising(program).look()
    settled(program)
    stage.shoot("case-raised", program.window)
    program.desk.forget("raise")


def fill(stage: Stage, complaint: Complaint) -> None:
    """Write down a bad month."""
    program = stage.program
    session = program.session
    assert session is not None
    now = program.now()
    tickets = session.reader.tickets()
    about = (EntityRef("TroubleTicket", tickets[0].id),) if tickets else ()
    photo = attach(session, "photo of the red light.jpg", b"\xff\xd8 a picture")
    calls = [
        Noted(
            "N-1", Way.PHONE, True, now - timedelta(days=9, hours=2), now - timedelta(days=9, hours=1),
            agent="Marc Dubois",
            said="Level 2 was told.\nHe could read no note of my colleague's call.", transfers=3, about=about,
            reference="R-77120", files=(photo,),
        ),
        Noted(
            "N-2", Way.PHONE, False, now - timedelta(days=6), now - timedelta(days=6) + timedelta(minutes=11),
            purpose=Purpose.SALES, agent="Zoé", said="Said it was about the fault, then offered a bigger plan.",
        ),
        Noted(
            "N-3", Way.REGISTERED, True, now - timedelta(days=40), now - timedelta(days=40),
            said="First complaint, by post.",
        ),
    ]  # fmt: skip
    given = now - timedelta(days=9, hours=1)
    words = [
        Word("W-1", "N-1", "Marc Dubois", PromiseOf.CALL, "Level 2 calls you back within 72 hours", given,
             Term(Unit.HOURS, 72), given + timedelta(hours=72), about),
        Word("W-2", "N-1", "Marc Dubois", PromiseOf.REFUND, "You get it back soon", given, Term(), None, about),
        Word("W-3", "N-2", "Zoé", PromiseOf.OTHER, "I send the offer in writing by Monday", now - timedelta(days=1),
             Term(Unit.WEEKDAY, 0), now + timedelta(days=2, hours=12)),
        Word("W-4", "N-1", "Ines", PromiseOf.CODE, "The code comes within 2 hours", now - timedelta(days=20),
             Term(Unit.HOURS, 2), now - timedelta(days=20) + timedelta(hours=2), outcome=Outcome.KEPT,
             ended=now - timedelta(days=20) + timedelta(hours=1)),
    ]  # fmt: skip

    def write(book: Notebook) -> Notebook:
        for noted in calls:
            book = with_contact(book, noted, now)
        for word in words:
            book = with_word(book, word)
        return replace(book, complaint=complaint)

    change_notebook(session, write)
    program.window.changed(frozenset({Topic.CONTACTS, Topic.TICKETS}))
    settled(program)


BRITISH = Complaint(
    "The EU Roaming Pass does not work", "The pass switched on, and £156.37 back", first=date(2026, 10, 5)
)
FRENCH = Complaint(
    "Les options vendues ne fonctionnent pas", "Le remboursement des options", date(2026, 9, 14), date(2026, 9, 20),
    date(2026, 10, 2), desk=date(2026, 10, 6),
)  # fmt: skip
