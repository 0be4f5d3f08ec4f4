"""Letters: the country's wording in both languages, nothing invented, nothing asserted that is not certain."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import letter_desk as desk
import pypdfium2
import pytest

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.leaving.rules import Standing
from selfcare.paper.letter import BLANK, Form, PrintedLetter
from selfcare.paper.maker import letter_pdf
from selfcare.viewmodel.letter_facts import EndingLine, LetterKind, LetterMatter
from selfcare.viewmodel.letters import WrittenLetter, file_name, usual_language, written_letter
from tests import samples

EN, FR = samples.words(), samples.words("fr")
COUNTRIES = ("GB", "FR", "US")
MATTER = LetterMatter(
    date(2026, 11, 3), date(2026, 11, 9), samples.gbp("12.00"), date(2026, 9, 1), "The line is dead.\n\nNobody calls."
)


def write(kind: LetterKind, country: str, matter: LetterMatter | None = None, **changed: object) -> WrittenLetter:
    language = FR if usual_language(country) == "fr" else EN
    return written_letter(kind, desk.facts(country, **changed), matter or LetterMatter(), language, EN)


def body(written: WrittenLetter) -> str:
    parts = [part if isinstance(part, str) else "\n".join(part) for part in written.letter.paragraphs]
    return "\n".join(parts).replace("\u00a0", " ").replace("\u202f", " ")


def every_text(letter: PrintedLetter) -> str:
    fields = (getattr(letter, name) for name in letter.__struct_fields__)
    return "\n".join(str(field) for field in fields)


@pytest.mark.parametrize("country", [*COUNTRIES, "DE"])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_each_letter_is_whole_in_both_languages(kind: LetterKind, country: str) -> None:
    facts = desk.facts(country) if country != "DE" else replace(desk.facts("GB"), country="DE", rules=None)
    both = [written_letter(kind, facts, MATTER, words, EN) for words in (EN, FR)]
    assert both[0].missing == both[1].missing
    assert both[0].hint == both[1].hint
    english, french = (w.letter for w in both)
    assert len(english.paragraphs) == len(french.paragraphs)
    assert (english.language, french.language) == ("en", "fr")
    for letter in (english, french):
        assert "{" not in every_text(letter)
        assert letter.subject
    assert french.greeting == "Madame, Monsieur,"
    assert set(english.paragraphs) & set(french.paragraphs) <= {"The line is dead.", "Nobody calls."}


def test_french_notice_names_the_law_the_line_and_the_day() -> None:
    written = write(LetterKind.NOTICE, "FR", ends=date(2027, 1, 15))
    said, letter = body(written), written.letter
    assert "article L. 224-39 du code de la consommation" in said
    assert "06 99 00 12 34" in said
    assert "le 15 janvier 2027, ou 10 jours après la réception" in said
    assert letter.sending == "Lettre recommandée avec avis de réception"
    assert letter.place_and_day == "Lyon, le 21 novembre 2026"
    assert letter.recipient == ("Orvane France", "Service résiliation", "TSA 11111", "99998 Exempleville Cedex")
    assert letter.sender == ("Julien Morel", "12 rue de l’Exemple", "69000 Lyon", "julien@example.org")
    assert ("Contrat", "FR-2001") in letter.references
    assert ("Prélèvement", "FR76 xxxx 0189") in letter.references
    assert letter.form is Form.FR
    assert not written.missing


def test_french_notice_without_a_day_runs_ten_days_from_receipt() -> None:
    assert "au plus tard 10 jours après la réception" in body(write(LetterKind.NOTICE, "FR"))


def test_a_firm_is_told_no_consumer_law() -> None:
    for kind in LetterKind:
        said = body(write(kind, "FR", MATTER, is_business=True, switched=True))
        assert "code de la consommation" not in said, kind
        assert "médiateur" not in said, kind
    assert "préavis de 10 jours" in body(write(LetterKind.NOTICE, "FR", is_business=True))


@pytest.mark.parametrize("kind", list(LetterKind))
def test_uncertain_rules_are_beliefs_not_rights(kind: LetterKind) -> None:
    for country in ("GB", "US"):
        said = body(write(kind, country, MATTER))
        for belief in ("Consumer Contracts Regulations 2013", "days of the statement"):
            for paragraph in said.split("\n"):
                if belief in paragraph:
                    assert paragraph.startswith("As I understand")


def test_british_notice_asks_for_what_the_contract_says() -> None:
    said = body(write(LetterKind.NOTICE, "GB"))
    assert "My contract asks for 30 days of notice." in said
    assert "first day that my contract allows" in body(write(LetterKind.NOTICE, "GB", notice=None))
    assert "on 15 January 2027, or on the first day after" in body(
        write(LetterKind.NOTICE, "GB", ends=date(2027, 1, 15))
    )
    assert "equipment" not in said
    assert "equipment" in body(write(LetterKind.NOTICE, "GB", access=Access.FIXED))
    assert "do not give notice" in write(LetterKind.NOTICE, "GB").hint


def test_americans_write_the_month_first_and_name_no_federal_right() -> None:
    written = write(LetterKind.NOTICE, "US", ends=date(2027, 1, 15))
    assert written.letter.place_and_day == "November 21, 2026"
    assert "January 15, 2027" in body(written)
    assert written.letter.recipient == ("Orvane Wireless", "PO Box 500", "New York, NY 10001")
    assert written.letter.closing == "Sincerely,"
    assert written.letter.subject_word == "Re:"
    assert written.letter.form is Form.US


def test_the_industrys_trial_is_claimed_only_of_a_carrier_known_to_keep_its_code() -> None:
    known = write(LetterKind.WITHDRAWAL, "US", operator="Verizon")
    assert "within the trial time of at least 14 days of the wireless industry’s consumer code" in body(known)
    other = body(write(LetterKind.WITHDRAWAL, "US"))
    assert "If you keep the wireless industry’s consumer code" in other
    assert "within the trial time" not in other
    home = body(write(LetterKind.WITHDRAWAL, "US", operator="Verizon", access=Access.INTERNET))
    assert "wireless" not in home
    late = write(LetterKind.WITHDRAWAL, "US", operator="Verizon", concluded=date(2026, 11, 6))
    assert late.hint == "The time to withdraw ended on Fri 20 Nov 2026."


def test_americans_read_their_own_english_and_the_subject_above_the_greeting() -> None:
    facts = desk.facts("US", ended=date(2026, 11, 1))
    for kind in LetterKind:
        written = written_letter(kind, facts, LetterMatter(story="It is so."), EN, EN)
        said = f"{written.letter.subject} {written.letter.references} {body(written)}".casefold()
        for british in ("direct debit", "rent ", "handset", "operator", "instalment"):
            assert british not in said, (kind, said)
    written = write(LetterKind.NOTICE, "US")
    assert ("Automatic payment", "xxxx 0189") in written.letter.references
    assert "Please bill no monthly charge for any day after the end" in body(written)
    assert "I had paid monthly charges in advance" in body(write(LetterKind.RENT_BACK, "US"))
    for country, first in (("US", True), ("GB", False)):
        letter = write(LetterKind.NOTICE, country).letter
        made = letter_pdf(letter, samples.ROOT / "resources" / "letters").pdf
        text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))
        assert (text.index(letter.subject[:20]) < text.index("Dear Sir")) is first


def test_withdrawal_says_when_it_is_too_late() -> None:
    assert "ended" not in write(LetterKind.WITHDRAWAL, "FR", concluded=date(2026, 11, 7)).hint
    assert "ended on Fri 20 Nov" in write(LetterKind.WITHDRAWAL, "FR", concluded=date(2026, 11, 6)).hint
    assert write(LetterKind.WITHDRAWAL, "GB", concluded=date(2026, 11, 7)).hint == ""
    assert "article L. 221-18" in body(write(LetterKind.WITHDRAWAL, "FR"))


def test_a_contract_made_online_is_withdrawn_from_online_too() -> None:
    online = "must also take the withdrawal online"
    first = desk.rules("FR").find("FR-RET-02", date(2026, 11, 7))
    assert first is not None
    assert first.effective_from is not None
    for concluded, told in ((first.effective_from, True), (first.effective_from - timedelta(days=1), False)):
        hint = write(LetterKind.WITHDRAWAL, "FR", concluded=concluded, day=concluded).hint
        assert (online in hint) is told
    assert online not in write(LetterKind.WITHDRAWAL, "FR", concluded=date(2026, 11, 7), is_business=True).hint


def test_a_late_move_in_france_is_worked_out_and_rounded_up() -> None:
    six_days = LetterMatter(date(2026, 11, 3), date(2026, 11, 9))
    said = body(write(LetterKind.LATE_PORT, "FR", six_days))
    assert "Pour 6 jours, à 15,99 € par mois, je vous demande 19,19 €." in said
    assert "dans les 30 jours" in said
    assert "which may be the new one" in write(LetterKind.LATE_PORT, "FR", six_days).hint
    unknown = write(LetterKind.LATE_PORT, "FR", six_days, monthly=None)
    assert f"Je vous demande {BLANK}" in body(unknown)
    assert "the amount" in unknown.missing


def test_a_late_move_in_britain_has_no_set_sum() -> None:
    days = LetterMatter(date(2026, 11, 3), date(2026, 11, 9))
    assert "£" not in body(write(LetterKind.LATE_PORT, "GB", days))
    assert "I claim £12.00." in body(write(LetterKind.LATE_PORT, "GB", MATTER))


def test_automatic_compensation_is_asserted_of_members_only() -> None:
    days = LetterMatter(date(2026, 11, 3), date(2026, 11, 9))
    other = body(write(LetterKind.LATE_REPAIR, "GB", days, access=Access.FIXED))
    assert "You take part" not in other
    assert "I claim £41.36: 4 times £10.34." in other
    agreed = LetterMatter(MATTER.due, MATTER.done, samples.gbp("40.00"))
    assert "I claim £40.00." in body(write(LetterKind.LATE_REPAIR, "GB", agreed, access=Access.INTERNET)), "another sum"
    member = body(write(LetterKind.LATE_REPAIR, "GB", days, access=Access.FIXED, operator="Sky Broadband"))
    assert "You take part in Ofcom’s automatic compensation scheme." in member
    visit = body(write(LetterKind.MISSED_VISIT, "GB", days, access=Access.FIXED))
    assert "I claim £32.31." in visit
    unsure = LetterMatter(date(2025, 11, 3), date(2025, 11, 9))
    assert "£31.19" not in body(write(LetterKind.MISSED_VISIT, "GB", unsure, access=Access.FIXED))
    assert "scheme" not in body(write(LetterKind.LATE_REPAIR, "GB", days, access=Access.MOBILE))


def test_a_french_visit_without_a_switch_has_no_fifth() -> None:
    days = LetterMatter(date(2026, 11, 3), date(2026, 11, 9))
    assert "L. 224-42-1" not in body(write(LetterKind.MISSED_VISIT, "FR", days))
    assert "19,19 €" in body(write(LetterKind.MISSED_VISIT, "FR", days, switched=True))


def test_complaints_climb_the_countrys_own_ladder() -> None:
    assert "within 6 weeks" in body(write(LetterKind.COMPLAINT, "GB"))
    assert "service consommateurs, puis le médiateur" in body(write(LetterKind.COMPLAINT, "FR"))
    assert "FCC" in body(write(LetterKind.COMPLAINT, "US"))
    second = body(write(LetterKind.SECOND_COMPLAINT, "GB", MATTER))
    assert "deadlock letter" in second
    assert "Since 13 October 2026 I can ask" in second
    fresh = LetterMatter(complained=date(2026, 11, 1))
    assert "From 13 December 2026 on" in body(write(LetterKind.SECOND_COMPLAINT, "GB", fresh))


def test_the_second_complaint_goes_to_the_consumer_department_unless_one_is_named() -> None:
    assert "Service réclamations" in write(LetterKind.SECOND_COMPLAINT, "FR").letter.recipient
    unknown = write(LetterKind.SECOND_COMPLAINT, "FR", posts=())
    assert unknown.letter.recipient == ("Orvane France", "Service consommateurs", BLANK, BLANK, BLANK)


def test_unlock_names_the_handset_and_the_ban_only_where_it_holds() -> None:
    assert "17 December 2021" in body(write(LetterKind.UNLOCK, "GB"))
    for changed in ({"bought": date(2021, 12, 16)}, {"bought": None}, {"is_business": True}):
        assert "17 December 2021" not in body(write(LetterKind.UNLOCK, "GB", **changed))
    assert "gratuitement" in body(write(LetterKind.UNLOCK, "FR"))
    assert "gratuitement" not in body(write(LetterKind.UNLOCK, "FR", concluded=date(2026, 10, 1)))
    missing = write(LetterKind.UNLOCK, "GB", handset="", serial="")
    assert body(missing).count(BLANK) == 2
    assert any("IMEI" in gap for gap in missing.missing)
    assert write(LetterKind.UNLOCK, "GB").letter.sending == ""


def test_the_bank_is_told_by_its_own_rules_and_its_address_is_left_open() -> None:
    british = write(LetterKind.DEBIT, "GB", MATTER)
    assert "Under the Direct Debit Guarantee" in body(british)
    assert british.letter.recipient == (BLANK,) * 4
    assert "the name and address of your bank" in british.missing
    assert "sans motif dans les huit semaines" in body(write(LetterKind.DEBIT, "FR", LetterMatter(date(2026, 9, 26))))
    assert "pendant 13 mois" in body(write(LetterKind.DEBIT, "FR", LetterMatter(date(2026, 9, 25))))


@pytest.mark.parametrize("kind", [LetterKind.WITHDRAWAL, LetterKind.DEBIT])
def test_the_wording_is_as_sure_as_the_rule(kind: LetterKind) -> None:
    country = "GB" if kind is LetterKind.WITHDRAWAL else "US"
    hedged = body(write(kind, country, MATTER))
    assert "As I understand" in hedged
    known = desk.rules(country)
    sure = replace(known, rules=tuple(replace(r, standing=Standing.LAW) for r in known.rules))
    said = body(write(kind, country, MATTER, rules=sure))
    assert "As I understand" not in said
    wanted = "Under the Consumer Contracts Regulations 2013" if country == "GB" else "By law such an error is contested"
    assert wanted in said


@pytest.mark.parametrize(
    ("due", "hint", "letter"),
    [
        (date(2026, 9, 26), "", "dans les huit semaines"),
        (date(2026, 9, 25), "The eight weeks ended on Fri 20 Nov 2026.", "pendant 13 mois"),
        (date(2025, 10, 21), "until Sat 21 Nov 2026: send this letter only if that is so.", "pendant 13 mois"),
        (date(2025, 10, 20), "so are the 13 months", "je conteste ce prélèvement"),
    ],
)
def test_a_debit_in_france_says_which_time_is_over(due: date, hint: str, letter: str) -> None:
    written = write(LetterKind.DEBIT, "FR", LetterMatter(due, amount=Money(Decimal(12), "EUR")))
    assert (hint in written.hint) if hint else written.hint == ""
    assert letter in body(written).casefold() or letter in body(written)
    assert ("pendant 13 mois" in body(written)) == (letter == "pendant 13 mois")


def test_a_firm_in_france_is_promised_no_eight_weeks() -> None:
    written = write(LetterKind.DEBIT, "FR", LetterMatter(date(2026, 11, 1)), is_business=True)
    assert "A firm has no eight weeks" in written.hint
    assert "huit semaines" not in body(written)


def test_what_still_lasts_is_claimed_up_to_the_day_of_the_letter() -> None:
    late = LetterMatter(date(2026, 11, 15), lasts=True)
    said = body(write(LetterKind.LATE_PORT, "FR", late))
    assert "Il n’y fonctionne toujours pas." in said
    assert "Pour 6 jours, à 15,99 € par mois, je vous demande 19,19 €." in said
    dead = write(LetterKind.LATE_REPAIR, "GB", replace(late, amount=samples.gbp("31.02")), access=Access.FIXED)
    assert "It does not work yet." in body(dead)
    assert "I claim £31.02." in body(dead)
    assert "within 30 days" not in body(dead), "that time has not begun"


def test_a_lost_number_is_worth_24_months_in_france() -> None:
    said = body(write(LetterKind.LOST_NUMBER, "FR", LetterMatter(date(2026, 11, 3))))
    assert "au moins 24 fois le prix mensuel" in said
    assert "383,76 €" in said
    assert "£" not in body(write(LetterKind.LOST_NUMBER, "GB", LetterMatter(date(2026, 11, 3))))


def test_a_claim_to_the_new_operator_does_not_go_to_the_old_one() -> None:
    start = write(
        LetterKind.LATE_START, "GB", LetterMatter(date(2026, 11, 16), date(2026, 11, 20)), access=Access.FIXED,
        operator="Sky",
    )  # fmt: skip
    assert "the name and address of your new operator" in start.missing
    assert "Sky" not in every_text(start.letter)
    assert "You take part" not in body(start), "nobody knows which code the new operator signed"
    assert "I claim £25.84: 4 times £6.46." in body(start)
    assert "C-1001" not in every_text(start.letter)
    late = write(LetterKind.LATE_PORT, "FR", LetterMatter(date(2026, 11, 3), date(2026, 11, 9), by_new=True))
    assert late.letter.recipient == (BLANK,) * 4
    assert "devait être porté chez vous" in body(late)


def test_a_visit_that_was_called_off_is_not_called_missed() -> None:
    off = LetterMatter(date(2026, 11, 3), hours_ahead=20)
    said = body(write(LetterKind.MISSED_VISIT, "GB", off, access=Access.FIXED))
    assert "It was called off 20 hours before." in said
    assert "I claim £32.31." in said
    early = body(write(LetterKind.MISSED_VISIT, "GB", replace(off, hours_ahead=24), access=Access.FIXED))
    assert "£" not in early


def test_rent_after_the_end_names_the_switch_only_where_there_was_one() -> None:
    facts = {"ended": date(2026, 11, 10), "back": samples.gbp("7.33")}
    said = body(write(LetterKind.RENT_BACK, "GB", switched=True, **facts))
    assert "ended on 10 November 2026" in said
    assert "£7.33" in said
    assert "ended by a switch" in said
    assert "ended by a switch" not in body(write(LetterKind.RENT_BACK, "GB", **facts))
    planned = write(LetterKind.RENT_BACK, "GB", ends=date(2026, 12, 1))
    assert "the day on which the contract ended" in planned.missing


def test_nothing_is_invented_where_nothing_is_stated() -> None:
    from selfcare.viewmodel.letter_facts import LetterFacts

    for country in (*COUNTRIES, "DE"):
        for kind in LetterKind:
            written = written_letter(kind, LetterFacts(country, "Orvane", desk.DAY), LetterMatter(), EN, FR)
            letter = written.letter
            assert letter.name == BLANK
            assert letter.sender == (BLANK,) * 3
            assert BLANK in letter.recipient
            assert "votre nom" in written.missing
            assert any("adresse" in gap for gap in written.missing)
            assert not re.search(r"[£€$]\d", body(written))


def test_a_missing_line_is_a_gap_in_subject_and_body() -> None:
    written = write(LetterKind.NOTICE, "FR", line="")
    assert BLANK in written.letter.subject
    assert "the number of the line" in written.missing


def test_a_story_of_5000_signs_is_cut_there_and_printed() -> None:
    story = "#let x = $1$ \u202e *b* <script> " * 400
    written = write(LetterKind.COMPLAINT, "GB", LetterMatter(story=story))
    assert max(len(str(part)) for part in written.letter.paragraphs) <= 5000
    made = letter_pdf(written.letter, samples.ROOT / "resources" / "letters")
    said = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made.pdf))
    assert said.count("<script>") > 100


def test_a_file_name_is_plain() -> None:
    assert file_name("Résiliation du contrat", desk.DAY) == "2026-11-21 Resiliation du contrat"
    assert file_name("../../etc/passwd\x00 CON:", desk.DAY) == "2026-11-21 etc passwd CON"
    assert file_name("", desk.DAY) == "2026-11-21"


def test_an_amount_in_another_currency_is_written_as_such() -> None:
    dollars = LetterMatter(amount=Money(Decimal("5.00"), "USD"))
    assert "$5.00" in body(write(LetterKind.OVERPAYMENT, "US", dollars))


def test_one_letter_gives_notice_for_several_lines() -> None:
    others = (EndingLine("020 7946 0018", "M-9", date(2026, 12, 31)), EndingLine("07700 900124", "M-77120", None))
    written = write(LetterKind.NOTICE, "GB", ends=date(2026, 12, 31), together=others)
    first, ends = written.letter.paragraphs[0], written.letter.paragraphs[2]
    assert "each of these lines: 07700 900123, 020 7946 0018 and 07700 900124" in str(first).replace("\u00a0", " ")
    assert written.letter.subject == "End of my contracts for 3 lines"
    assert dict(written.letter.references)["Contract"] == "M-77120 and M-9"
    assert isinstance(ends, tuple)
    assert len(ends) == 3
    same = write(LetterKind.NOTICE, "GB", ends=date(2026, 12, 31), together=others[:1])
    assert "Please end it on 31" in str(same.letter.paragraphs[1]).replace("\u00a0", " ")
    french = write(LetterKind.NOTICE, "FR", ends=date(2026, 12, 31), together=others)
    assert "L.\u00a0224-39" in str(french.letter.paragraphs[0])
    assert "10 jours après" in str(french.letter.paragraphs[1])
    other = write(LetterKind.UNLOCK, "GB", together=others)
    assert "900124" not in str(other.letter.references)
