"""How a request of the leaving way stands, in words: one place, so that no page says more than is known."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.facts import Asked

from .asked_words import forgotten_tag
from .facts import TagView, Tone, quoted
from .leaving_material import Case


def asked_status(asked: Asked | None, case: Case, words: Words) -> tuple[TagView | None, str]:
    """How a request stands: not asked, waiting here, being checked, to be decided, with the operator, refused, done."""
    if asked is None:
        return None, ""
    moment = words.instant(asked.at, case.material.zone, case.material.today)
    if asked.refused:
        said = words.tr("Your operator said no to what you asked on {moment}.", moment=moment)
        if asked.refusal.strip():
            reason = quoted(asked.refusal, words)
            is_sentence = asked.refusal.strip()[-1] in ".!?…"
            said = (
                words.tr("{said} Its reason: {reason}", said=said, reason=reason)
                if is_sentence
                else words.tr("{said} Its reason: {reason}.", said=said, reason=reason)
            )
        return TagView(words.tr("refused"), Tone.BAD), said
    if asked.done:
        return TagView(words.tr("done"), Tone.GOOD), words.tr("Asked for on {moment}.", moment=moment)
    if asked.unlisted:
        return forgotten_tag(words), words.tr("Asked for on {moment}.", moment=moment)
    if asked.sent:
        return TagView(words.tr("with your operator"), Tone.ACCENT), words.tr("Asked for on {moment}.", moment=moment)
    if asked.doubt:
        return TagView(words.tr("being checked"), Tone.WARN), words.tr(
            "Asked for on {moment}. Whether it has arrived is being checked with your operator.", moment=moment
        )
    if asked.asks:
        return TagView(words.tr("needs you"), Tone.WARN), words.tr(
            "Asked for on {moment}. It is not confirmed: decide on the page Waiting what happens next.", moment=moment
        )
    return (
        TagView(words.tr("waiting to be sent"), Tone.WARN),
        words.tr("Asked for on {moment}; it goes out as soon as your operator can be reached.", moment=moment),
    )


def is_unlisted(case: Case) -> bool:
    """The operator has taken the notice off its list without a word of its end, and the line goes on."""
    given = case.facts.notice_given
    return given is not None and given.unlisted and not case.facts.is_over and case.way.route.is_notice


def unlisted_text(words: Words) -> str:
    """What is to be done about it."""
    return words.tr("It was accepted, and nothing says that it was carried out. Ask before you count on the end.")


def is_unconfirmed(case: Case) -> bool:
    """A notice was asked for, and the operator has not said that it has it."""
    given = case.facts.notice_given
    return given is not None and not given.refused and not given.sent and case.facts.notice_received is None
