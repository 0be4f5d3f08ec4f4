"""The special reason in a letter of notice: named with its proof, and asserted only as far as it frees."""

from datetime import date

from selfcare.domain.records import replace
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.wizard import Answers
from selfcare.paper.letter import BLANK
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.letter_facts import LetterKind
from selfcare.viewmodel.letter_material import letter_facts
from tests import samples
from tests.shots.leavers import Scene, french, material
from tests.unit.viewmodel.test_letters import body, write


def test_a_notice_names_its_special_reason_and_the_charge_only_where_it_frees() -> None:
    filed = date(2026, 7, 1)
    admitted = write(LetterKind.NOTICE, "FR", reason=Reason.DEBT, frees=True, admitted=True, filed=filed)
    assert "La commission l’a reçu le 1er juillet 2026" in body(admitted)
    assert "article L. 224-37-1" in body(admitted)
    assert admitted.letter.enclosures == (
        "Attestation du dépôt de mon dossier",
        "Décision de recevabilité de mon dossier",
    )
    early = write(LetterKind.PROOF, "FR", reason=Reason.DEBT, filed=filed)
    assert early.letter.enclosures == ("Attestation du dépôt de mon dossier",), "there is no decision yet"
    unsure = write(LetterKind.NOTICE, "FR", reason=Reason.DEBT, filed=date(2026, 7, 1))
    assert "surendettement" not in body(unsure)
    assert unsure.letter.enclosures == ()
    moved = {frees: body(write(LetterKind.NOTICE, "FR", reason=Reason.MOVING, frees=frees)) for frees in (True, False)}
    assert "motif légitime" in moved[True]
    assert "Le motif est mon déménagement." in moved[False]
    assert "légitime" not in moved[False]
    orders = write(LetterKind.NOTICE, "US", reason=Reason.SERVICE, frees=True)
    assert "Servicemembers Civil Relief Act" in body(orders)
    assert "within 60 days" in body(orders)
    assert "Civil Relief" not in body(write(LetterKind.NOTICE, "US", reason=Reason.SERVICE))
    assert "enclosed" not in body(write(LetterKind.NOTICE, "GB"))


def test_the_reason_comes_from_the_plan() -> None:
    about = Circumstances(Reason.DEBT, filed=date(2026, 7, 1), admitted=True)
    who = french(concluded=date(2026, 3, 1), commitment_ends=date(2028, 3, 1))
    answers = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 15), about=about)
    planned = case_of(material(Scene("letter", (who,), answers)))
    assert planned is not None
    line = replace(samples.lines()[0], id="PR-1")
    facts = letter_facts(line, samples.TODAY, profile=planned.material.profile, rules=planned.rules, case=planned)
    assert (facts.reason, facts.frees, facts.filed) == (Reason.DEBT, True, date(2026, 7, 1))
    unsure = replace(answers, about=replace(about, admitted=False))
    planned = case_of(material(Scene("letter", (who,), unsure)))
    assert planned is not None
    facts = letter_facts(line, samples.TODAY, profile=planned.material.profile, rules=planned.rules, case=planned)
    assert facts.frees is False


def test_after_the_holders_death_an_heir_gives_notice_and_signs() -> None:
    written = write(LetterKind.NOTICE, "GB", reason=Reason.DEATH, name="Edith Moran", mandate="1")
    said = body(written)
    assert written.letter.subject == "End of the contract of Edith Moran, line 07700\u00a0900123"
    assert "For the estate of Edith Moran I hereby give you notice" in said
    assert "death certificate is enclosed" in said
    assert " my contract " not in said
    assert "direct debit" not in said
    assert "Edith Moran" not in (*written.letter.sender, written.letter.name)
    assert written.letter.sender[0] == BLANK
    french_one = write(LetterKind.NOTICE, "FR", reason=Reason.DEATH, name="Jeanne Moran", frees=True)
    assert "pour la succession de Jeanne Moran" in body(french_one)
    assert "article L. 224-39" in body(french_one)
    assert french_one.letter.name == BLANK
