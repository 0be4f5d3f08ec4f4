"""The warnings of leaving: what is wrong, and what to do about it."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.country import Caution, CostReason
from selfcare.leaving.cut import named_end
from selfcare.leaving.quote import quote_for

from .leaving_asked import is_unconfirmed, is_unlisted, unlisted_text
from .leaving_change_over import change_over
from .leaving_cost import amount_text
from .leaving_material import Case
from .leaving_proofs import orders_over_text
from .leaving_unlock import cautions_left
from .leaving_words import day_is_open
from .notice import Notice


def caution_notice(caution: Caution, case: Case, words: Words) -> Notice:
    """A warning before going on: what is wrong, and what to do."""
    refusal = case.facts.unlock.refusal if case.facts.unlock is not None else ""
    free_from = case.way.unlock_free_from
    free = words.day(free_from, case.material.today) if free_from is not None else ""
    sentences = {
        Caution.SHOULD_NOT_BE_LOCKED: (
            words.tr("This handset should not have been sold locked."),
            words.tr("Since 17 December 2021 locked handsets may not be sold to consumers. Say so when you ask."),
        ),
        Caution.LOCK_NOT_STATED: (
            words.tr("Your operator does not say whether the handset is locked."),
            words.tr("Try another operator’s SIM in it before you use the code."),
        ),
        Caution.UNLOCK_LATE: (
            words.tr("The promised unlock is late."),
            words.tr("Do not use the code yet: the handset would not work with the new SIM. Complain under Help."),
        ),
        Caution.UNLOCK_REFUSED: (
            words.tr("Your operator refused to unlock the handset."),
            words.tr("Ask again, or complain under Help."),
        ),
        Caution.CODE_DEAD: (
            words.tr("This code has expired."),
            words.tr("Nothing is lost: the line goes on, and a new code is free."),
        ),
        Caution.CODE_DIES_FIRST: (
            words.tr("The code expires before your day."),
            words.tr("Choose an earlier day, or ask for a new code later. It is free."),
        ),
        Caution.CODE_DATE_DIFFERS: (
            words.tr("Your operator states another last day for the code than the 30 days of the rule.")
            if case.rules.country == "GB"
            else words.tr("Your operator states another last day for the code than is usual with it."),
            _both_dates(case, words),
        ),
        Caution.MANY_NUMBERS: (
            words.tr("25 numbers and more do not move by code."),
            words.tr("Agree on a day with both operators; ask your account manager."),
        ),
        Caution.NOTICE_IS_LONG: (
            words.tr("Your contract asks for more than ten days of notice."),
            words.tr("Ten days are the most for a consumer (L224-39 of the consumer code); we count with ten."),
        )
        if case.rules.country == "FR"
        else (
            words.tr("Your contract asks for more than a month of notice."),
            words.tr(
                "After the commitment that seems not to be allowed, but we could not prove it. Ask your operator."
            ),
        ),
        Caution.LOCAL_HOLIDAY: (
            words.tr("It may be a day later."),
            words.tr("That day is a bank holiday in Scotland or Northern Ireland."),
        ),
        Caution.UNLOCK_NOT_FREE: (
            words.tr("Unlocking may still cost something: it is generally free from {day} on.", day=free),
            words.tr("Ask what it costs today, or choose a later day. A plan without commitment comes unlocked."),
        ),
        Caution.UNLOCK_AFTER_PAYING: (
            words.tr("The handset is usually unlocked only once it is paid off."),
            words.tr("All instalments left fall due when you leave. Pay them first, then ask for the unlock."),
        ),
        Caution.END_IS_LATE: _late_end(case, words),
        Caution.END_IS_SOONER: _soon_end(case, words),
        Caution.NOTICE_RUNS: _notice_runs(case, words),
        Caution.MOVE_IS_ORDERED: _move_is_ordered(case, words),
        Caution.END_IS_OVERDUE: _overdue(case, words),
        Caution.EXIT_IS_MISSED: _missed_exit(case, words),
        Caution.NO_WITHDRAWAL: _no_withdrawal(case, words),
        Caution.WITHDRAWAL_IS_OPEN: _open_withdrawal(case, words),
        Caution.COMMITMENT_IS_LONG: (
            words.tr("The commitment lasts longer than is allowed."),
            words.tr("24 months from the day the contract was made or changed are the most. Ask your operator why."),
        ),
        Caution.FIRM_RULES: (
            words.tr("For a firm, the contract’s own words count."),
            words.tr("Whether a consumer’s rights reach a firm’s line is not established, so none is shown as yours."),
        ),
        Caution.NO_RULES: (
            words.tr("We do not know the rules of this country: only your contract counts."),
            words.tr(
                "Nothing here is a right. To keep the number, ask the new operator before you end anything yourself."
            ),
        ),
        Caution.ORDERS_ARE_OVER: orders_over_text(case, words),
        Caution.END_BEFORE_START: (
            words.tr("By your operator’s dates the commitment ends before the contract was made."),
            words.tr("One of the two days is wrong. Look into the contract before you rely on the cost shown here."),
        ),
        Caution.PORT_WHILE_LOCKED: (
            words.tr("The handset is still locked: with the new SIM it will be dead."),
            words.tr("You said that it stays behind. If not, have it unlocked while you are still a customer."),
        ),
        Caution.NUMBER_IS_LOST: (
            words.tr("This way gives the number up."),
            words.tr("To keep it, ask the new operator to fetch it before this line ends, and give no notice."),
        ),
        Caution.CREDIT_MAY_BE_LOST: (
            words.tr("What is left on the prepaid card may be lost."),
            words.tr(
                "Use it up before, or ask in writing whether it is paid back: no rule that we know says so. End an "
                "automatic top-up."
            ),
        ),
        Caution.ENDS_WHILE_LOCKED: (
            words.tr("The line would end before the handset is unlocked."),
            words.tr("It is unlocked for customers only. Choose a later day, or say that this handset stays behind."),
        ),
        Caution.INSTALMENTS_LEFT: _instalments(case, words),
        Caution.HOLDER_CHANGES: _holder_changes(case, words),
        Caution.NOTICE_NOT_UNDONE: _not_undone(case, words),
        Caution.SAME_CONTRACT: (
            words.trn("This contract has {count} line.", "This contract has {count} lines.", case.facts.contract_lines),
            words.tr("Only this line ends. The others go on and are billed until each of them has left, too.")
            if case.staying() == case.facts.contract_lines - 1
            else words.tr(
                "Only the lines of this plan end. The others go on and are billed until each of them has left, too."
            ),
        ),
    }
    sentence, advice = sentences[caution]
    undone = case.facts.withdrawal_refused
    reason = undone.refusal if undone is not None and case.facts.withdrawal is None else ""
    quotes = {Caution.UNLOCK_REFUSED: refusal, Caution.NOTICE_NOT_UNDONE: reason, Caution.NOTICE_RUNS: reason}
    return Notice(sentence, advice, kind="warn", quote=quotes.get(caution, ""))


def _instalments(case: Case, words: Words) -> tuple[str, str]:
    """What is left of the handset, of which no rule here says how it goes on."""
    left, each = case.facts.instalments_left or 0, case.facts.instalment
    if each is None:
        said = words.trn("{count} instalment of the handset is left.", "{count} instalments of the handset are left.",
                         left)  # fmt: skip
    else:
        said = words.trn(
            "{count} instalment of the handset is left, {amount}.",
            "{count} instalments of the handset are left, {amount}.",
            left, amount=words.money((each * left).rounded()),
        )  # fmt: skip
    return said, words.tr(
        "Ask your operator in writing before you leave: whether they go on by the month or fall due at once, and how "
        "they are paid then. No rule that we know says so."
    )


def _not_undone(case: Case, words: Words) -> tuple[str, str]:
    """The operator said no to the taking back: the notice stands, and what can still be done."""
    asked, way, today = case.facts.withdrawal_refused, case.way, case.material.today
    said = words.tr("Your operator refused to take the notice back.")
    if asked is not None:
        when = words.instant(asked.at, case.material.zone, today)
        said = words.tr("Your operator refused to take the notice back, which you asked for on {moment}.", moment=when)
    ends = words.day(way.last_day, today)
    if not case.facts.number:
        return said, words.tr("The notice stands, and the line ends on {day}. Ask again in writing.", day=ends)
    return said, words.tr(
        "The notice stands, and the line ends on {day}. Ask again in writing; or, to keep the number, have it moved to "
        "a new operator before that day.", day=ends
    )  # fmt: skip


def _holder_changes(case: Case, words: Words) -> tuple[str, str]:
    """A change of holder that is open: the contract's end could cost the number that is to be taken over."""
    change = case.facts.holder_change
    advice = words.tr(
        "Do not end the contract first: the number may be lost. Leave only if the line is not to be taken over, and "
        "then say in writing that the change is no longer wanted."
    )
    if change is None or change.since is None:
        return words.tr("A change of the holder is open at your operator."), advice
    since = words.day(change.since, case.material.today)
    return words.tr("A change of the holder is open at your operator since {day}, number {number}.", day=since,
                    number=change.ticket_id), advice  # fmt: skip


def _both_dates(case: Case, words: Words) -> str:
    """The operator's last day of a code beside that of the rule (CV-9)."""
    life, today = case.way.code_dates, case.material.today
    if life is None or life.ours is None:
        return words.tr("Its own date is shown. Use the code well before.")
    theirs, ours = words.day(life.use_by, today), words.day(life.ours, today)
    if case.rules.country == "GB":
        return words.tr("By your operator {theirs}, by the rule {ours}. Use the code before both.", theirs=theirs,
                        ours=ours)  # fmt: skip
    return words.tr("It says {theirs}; usual is {ours}. Use the code before both.", theirs=theirs, ours=ours)


def followed_notices(case: Case, words: Words) -> tuple[Notice, ...]:
    """The warnings of a plan that is followed; first that its cost has changed, or its day cannot be kept any more."""
    return (
        *_unlisted(case, words),
        *change_over(case, words),
        *_lost_day(case, words),
        *(caution_notice(one, case, words) for one in cautions_left(case)),
    )


def _unlisted(case: Case, words: Words) -> tuple[Notice, ...]:
    """The notice has gone from the operator's list, and nothing says what became of it."""
    if not is_unlisted(case):
        return ()
    return (Notice(words.tr("Your operator no longer shows your notice."), unlisted_text(words), kind="bad"),)


def _lost_day(case: Case, words: Words) -> tuple[Notice, ...]:
    """The day that was confirmed has become impossible, because what comes before it was not done in time."""
    planned, cut, today = case.answers.day, case.way.cut, case.material.today
    if planned is None or cut <= planned or case.facts.line_ended is not None or case.answers.handed_over is not None:
        return ()
    if named_end(case.way.ground, case.way.route) is not None or day_is_open(case):
        return ()
    sentence = words.tr("The day of your plan, {planned}, cannot be kept any more.", planned=words.day(planned, today))
    advice = words.tr("If you do what comes next today, it is {day}. A later day is chosen under “Change the plan”.",
                      day=words.day(cut, today))  # fmt: skip
    return (Notice(sentence, advice, kind="warn"),)


def _no_withdrawal(case: Case, words: Words) -> tuple[str, str]:
    """Why a contract cannot be withdrawn from, and that another way is counted instead."""
    facts, exits = case.facts, case.way.country.exits(case.way.ground)
    last = next((free.last for free in exits if free.reason is CostReason.WITHDRAWAL), None)
    counted = words.tr("Another way is counted here.")
    if case.rules.country not in {"GB", "FR"}:
        return words.tr("No rule that we know lets one withdraw from a contract here."), counted
    if facts.is_business:
        return words.tr("Withdrawing is for consumers; a firm’s contract may name a right of its own."), counted
    if facts.at_distance is False:
        return words.tr("A contract made in a shop cannot be withdrawn from."), counted
    if facts.concluded is None or last is None:
        return words.tr(
            "When the contract was made is not stated, so nobody can tell the last day to withdraw."
        ), counted
    ended = words.day(last, case.material.today)
    return words.tr("The days of reflection ended on {day}: it is too late to withdraw.", day=ended), counted


def _open_withdrawal(case: Case, words: Words) -> tuple[str, str]:
    """Until when the new contract can be taken back, what that costs, and what it means for the number."""
    free, way, today = case.way.open_withdrawal, case.way, case.material.today
    if free is None or free.last is None:
        return "", ""
    cost = quote_for(way.ground, way.country, Route.WITHDRAW, today)
    day, amount = words.day(free.last, today), amount_text(cost, words)
    if cost.is_free:
        said = words.tr("You can still take the new contract back until {day}: {amount}.", day=day, amount=amount)
        advice = words.tr("You give no reason, and pay only what you have used.")
    else:
        said = words.tr("Perhaps you can still take the new contract back until {day}: {amount}.", day=day,
                        amount=amount)  # fmt: skip
        advice = words.tr(
            "We found no source for the days of reflection: ask your operator before you end the contract another way."
        )
    if way.route is not Route.PORT:
        return said, advice
    lost = words.tr("The number is given up with it.")
    return said, words.tr("{first} {second}", first=advice, second=lost)


def _overdue(case: Case, words: Words) -> tuple[str, str]:
    """A notice met with silence; where the contract's own is not known, only what follows if it asks for none."""
    way, day = case.way, words.day(case.way.cut, case.material.today)
    if any(going.route is way.route and going.is_guess for going in way.departures):
        return (
            words.tr("The notice was received on {day}; how long it runs by your contract is not known here.", day=day),
            words.tr("If it asks for none, rent since then can be contested. Ask for the end in writing."),
        )
    return (
        words.tr("The time of the notice was over on {day}, and your operator has not said that the line ended.",
                 day=day),
        words.tr("Ask for the end in writing, with the proof of its receipt: rent since then can be contested."),
    )  # fmt: skip


def _notice_runs(case: Case, words: Words) -> tuple[str, str]:
    """By when the notice ends the line that is to move, whether the move comes in time, and how it is undone."""
    way, today, ends = case.way, case.material.today, case.way.notice_end
    undo = words.tr("Take the notice back, and have it confirmed, before you count on a later day.")
    if case.facts.withdrawal is not None:
        undo = words.tr("You asked to take it back. Until your operator agrees, the notice stands.")
    elif case.facts.withdrawal_refused is not None:
        undo = words.tr("Your operator refused to take it back: count with this day, or ask again in writing.")
    if ends is None:
        return words.tr("Your notice stands, and on which day it ends this line is not known here."), undo
    day = words.day(ends, today)
    if ends < today:
        return words.tr("The time of your notice was over on {day}: this line can end at any moment.", day=day), undo
    said = words.tr("Your notice ends this line on {day}.", day=day)
    if is_unconfirmed(case):
        said = words.tr("Your notice is not confirmed yet. Once it is, it ends this line on {day}.", day=day)
    if way.cut <= ends:
        moves = words.tr("By this plan it moves in time. If the move is late, the line ends all the same.")
        return said, words.tr("{first} {second}", first=moves, second=undo)
    late = words.tr("The move on {day} would come too late: the line is dead by then, and its number may be lost.",
                    day=words.day(way.cut, today))  # fmt: skip
    soonest = way.without_unlock
    if soonest is not None and soonest <= ends:
        behind = words.tr("Without waiting for the unlock it can move from {day} on, into another handset: say that "
                          "this one stays behind.", day=words.day(soonest, today))  # fmt: skip
        late = words.tr("{first} {second}", first=late, second=behind)
    return said, words.tr("{first} {second}", first=late, second=undo)


def _move_is_ordered(case: Case, words: Words) -> tuple[str, str]:
    """A notice beside an order at the new operator, which ends the line by itself."""
    given, ordered = case.facts.notice_given, case.answers.handed_over
    day = words.day(ordered, case.material.today) if ordered is not None else ""
    stands = given is not None and not given.refused
    return (
        words.tr("A move is under way: you ordered it at the new operator on {day}, and it ends this line.", day=day),
        words.tr("A notice could end the line before the number has moved: take it back.")
        if stands
        else words.tr("Give no notice: it could end the line before the number has moved. If you do not want the "
                      "move any more, cancel it at the new operator first."),
    )  # fmt: skip


def _late_end(case: Case, words: Words) -> tuple[str, str]:
    """The operator names a later end than the notice and the wish of the customer come to: both days are shown."""
    way, today = case.way, case.material.today
    ours = words.day(way.our_end, today) if way.our_end is not None else ""
    said = words.tr("Your operator ends the line on {day}; by the notice and your own wish it would be {ours}.",
                    day=words.day(way.cut, today), ours=ours)  # fmt: skip
    if way.route is Route.WITHDRAW:
        return _late_withdrawal(case, words)
    if case.rules.country == "FR" and not case.facts.is_business:
        return said, words.tr(
            "Ten days after it received the notice, or your own later day, is the latest. Say so in writing."
        )
    return said, words.tr("Ask for {ours} in writing: rent after it can be contested.", ours=ours)


def _late_withdrawal(case: Case, words: Words) -> tuple[str, str]:
    """The operator takes a withdrawal for a notice; where the right to withdraw is not certain it is asked about."""
    way, today = case.way, case.material.today
    ours = words.day(way.our_end, today) if way.our_end is not None else ""
    said = words.tr("You withdrew from the contract, and your operator ends the line only on {day}, as after a notice; "
                    "by your withdrawal it would be {ours}.", day=words.day(way.cut, today), ours=ours)  # fmt: skip
    if way.quote.is_free:
        return said, words.tr(
            "Say so in writing, with the letter of withdrawal: it is no notice. Rent after {ours} can be contested.",
            ours=ours,
        )
    return said, words.tr(
        "Ask why in writing. Where you have the right to withdraw, rent after {ours} can be contested.", ours=ours
    )


def _soon_end(case: Case, words: Words) -> tuple[str, str]:
    """The operator names an end before the day asked for: by it the line is dead."""
    today, asked = case.material.today, case.answers.day
    wanted = words.day(asked, today) if asked is not None else ""
    return (
        words.tr("Your operator ends the line on {day}, and you asked for {wanted}.",
                 day=words.day(case.way.cut, today), wanted=wanted),
        words.tr("Be ready by then. If you need the line until {wanted}, write to your operator at once.",
                 wanted=wanted),
    )  # fmt: skip


def _missed_exit(case: Case, words: Words) -> tuple[str, str]:
    """By which day the move must be ordered for the free exit to count."""
    today, lost = case.material.today, case.way.lost_exit
    if lost is None or lost[0].last is None:
        return "", ""
    last, told = words.day(lost[0].last, today), words.day(lost[1], today)
    said = words.tr("The announced change may free you only until {last}; by this plan the new operator is told on "
                    "{told}.", last=last, told=told)  # fmt: skip
    if lost[0].is_certain:
        said = words.tr("The announced change frees you only until {last}; by this plan the new operator is told on "
                        "{told}.", last=last, told=told)  # fmt: skip
    return said, words.tr(
        "A code ends nothing by itself. Order at the new operator by {last}, or choose an earlier day.", last=last
    )
