"""Every failure has its own sentence and says what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from selfcare.domain import failures as f
from selfcare.domain.failures import Failure
from selfcare.viewmodel.notices import as_read, notice_of, reading_notice
from tests.samples import words

PACK = ("exists", "unfinished", "full", "readonly", "gone", "name", "large", "io")
EXAMPLES: tuple[Failure, ...] = (
    f.Offline(),
    *(f.BadProxy(w) for w in ("unreachable", "password", "refused", "unknown")),
    f.TimedOut(),
    f.BadCertificate(),
    f.NotEncrypted(),
    *(
        f.NotAnAnswer(w)
        for w in (
            "html",
            "type",
            "truncated",
            "json",
            "shape",
            "encoding",
            "charset",
            "redirect",
            "closed",
            "foreign",
            "another",
        )
    ),
    f.TooLarge("body"),
    f.ServerTrouble(503),
    f.TooOften(datetime(2026, 11, 21, tzinfo=UTC)),
    f.TooOften(),
    f.Refused(400, "<b>because</b>", "E1"),
    f.SignedOut(),
    *(f.SignInFailed(w) for w in ("declined", "timeout", "state", "issuer", "token", "answer", "pkce")),
    f.SignInFailed("issuer", "https://id.example", "https://other.example"),
    f.PartAway(),
    f.NoAccount("payment?account.id"),
    f.NotOffered("TMF621"),
    f.Unreadable("customerBill/1.billDate"),
    f.ListChanged("customerBill"),
    f.ListShort("customerBill"),
    f.ListBroken("customerBill"),
    *(f.ProfileError("apis.TMF678", w) for w in ("missing", "type", "value", "version", "plain", "size", "another")),
    f.ProfileError("line 3", "json"),
    f.ProfileError("operator.json", "file"),
    f.ListMissing("customerBill"),
    f.ProfileError("apis.TMF678", "missing"),
    f.VaultLocked(),
    f.VaultKeyLost(),
    f.VaultWrongKey(),
    f.VaultNewer(),
    *(f.VaultDamaged(w) for w in ("cache", "papers", "actions", "alone")),
    f.NoKeyring(),
    f.DemoNotKept(),
    *(f.ListRefused(w) for w in ("signature", "expired", "older", "future", "shape")),
    *(f.DiskTrouble(w) for w in ("full", "readonly", "io", "busy")),
    *(f.PackTrouble(w, "A pack") for w in PACK),
    *(
        f.PaperTrouble(w)
        for w in ("not_pdf", "encrypted", "damaged", "too_slow", "too_large", "crashed", "missing", "another")
    ),
)


def every_failure() -> set[type[Failure]]:
    found: set[type[Failure]] = set()
    left = list(Failure.__subclasses__())
    while left:
        one = left.pop()
        found.add(one)
        left += one.__subclasses__()
    return found


def test_no_failure_is_without_an_example() -> None:
    known = {t for t in every_failure() if t.__module__ == f.__name__}
    assert known == {type(e) for e in EXAMPLES}


@pytest.mark.parametrize("failure", EXAMPLES, ids=repr)
def test_every_failure_has_a_sentence_and_an_advice(failure: Failure) -> None:
    notice = notice_of(failure, words())
    assert notice.sentence.endswith(".")
    assert notice.advice.endswith(".")
    assert notice.kind in {"neutral", "warn", "bad"}
    assert notice.action in {"", "refresh", "signIn", "settings"}


def test_kinds_of_failure_are_told_apart() -> None:
    first = {type(e): notice_of(e, words()).sentence for e in reversed(EXAMPLES)}
    assert len(set(first.values())) == len(first)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_problem_of_a_profile_has_a_sentence_of_its_own(language: str) -> None:
    problems = ("json", "missing", "type", "value", "twice", "file", "another")
    said = {notice_of(f.ProfileError("auth.issuer", p), words(language)).sentence for p in problems}
    assert len(said) == len(problems)
    assert all("auth.issuer" in sentence for sentence in said)


def test_two_issuers_are_both_named_and_nobody_is_sent_to_try_again() -> None:
    notice = notice_of(f.SignInFailed("issuer", "https://id.example", "https://other.example"), words())
    assert "“https://id.example”" in notice.sentence
    assert "“https://other.example”" in notice.sentence
    assert "Try again" not in notice.advice
    assert notice.action == ""


def test_a_line_of_a_profile_is_a_line_in_french_too() -> None:
    said = notice_of(f.ProfileError("line 3", "json"), words("fr")).sentence
    assert "ligne 3" in said
    assert "line " not in said
    assert "“line 3”" in notice_of(f.ProfileError("line 3", "json"), words()).sentence
    assert "line of credit" in notice_of(f.ProfileError("line of credit", "value"), words("fr")).sentence


ALIKE = {"json", "shape", "truncated"}
"""Answers that are not whole, for whatever reason: what the customer can do is the same."""


def test_answers_that_are_none_are_told_apart_where_the_customer_can_tell() -> None:
    found = {e.what: notice_of(e, words()).sentence for e in EXAMPLES if isinstance(e, f.NotAnAnswer)}
    assert len({found[what] for what in ALIKE}) == 1
    assert len(set(found.values())) == len(found) - len(ALIKE) + 1
    assert "before any answer" in found["closed"]
    assert "another one" in found["redirect"]


@pytest.mark.parametrize("failure", [None, *EXAMPLES], ids=repr)
def test_where_nothing_was_read_nothing_is_called_read(failure: Failure | None) -> None:
    for notice in (notice_of(failure, words()), reading_notice(failure, words())):
        bare = as_read(notice, has_read=False)
        for claim in ("last read", "last good", "last whole", "You see", "What you see"):
            assert claim not in bare.advice
        assert bare.sentence == notice.sentence
        assert as_read(notice, has_read=True) == notice


def test_who_only_reads_is_not_told_to_change_what_was_asked() -> None:
    notice = reading_notice(f.Refused(403, "Forbidden"), words())
    assert "change what you asked" not in notice.advice
    assert notice.sentence != notice_of(f.Refused(403, "Forbidden"), words()).sentence
    assert notice.quote == "Forbidden"


def test_each_trouble_with_the_pack_has_its_own_sentence() -> None:
    said = {notice_of(f.PackTrouble(what, "A pack"), words()).sentence for what in PACK}
    assert len(said) == len(PACK)


def test_the_operators_reason_is_quoted_not_mixed_in() -> None:
    notice = notice_of(f.Refused(400, "<b>because</b>"), words())
    assert notice.quote == "<b>because</b>"
    assert "because" not in notice.sentence + notice.advice


def test_our_own_mistake_is_called_ours() -> None:
    assert "our mistake" in notice_of(None, words()).sentence


def test_a_failure_of_another_kind_is_our_bug() -> None:
    class Strange(Failure):
        pass

    with pytest.raises(LookupError):
        notice_of(Strange(), words())
