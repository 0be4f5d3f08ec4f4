"""What a customer who leaves is warned of before going on, on whichever page it matters."""

from __future__ import annotations

from enum import StrEnum


class Caution(StrEnum):
    """What the customer is warned of before going on."""

    SHOULD_NOT_BE_LOCKED = "shouldNotBeLocked"
    LOCK_NOT_STATED = "lockNotStated"
    UNLOCK_LATE = "unlockLate"
    UNLOCK_REFUSED = "unlockRefused"
    UNLOCK_NOT_FREE = "unlockNotFree"
    UNLOCK_AFTER_PAYING = "unlockAfterPaying"
    CODE_DEAD = "codeDead"
    CODE_DIES_FIRST = "codeDiesFirst"
    CODE_DATE_DIFFERS = "codeDateDiffers"
    MANY_NUMBERS = "manyNumbers"
    NOTICE_IS_LONG = "noticeIsLong"
    END_IS_LATE = "endIsLate"
    """The operator names an end after the one by the notice and the day asked for."""
    END_IS_SOONER = "endIsSooner"
    """The operator names an end before the day asked for."""
    END_IS_OVERDUE = "endIsOverdue"
    """The notice was received, its time is over, and nothing says that the line has ended."""
    NOTICE_RUNS = "noticeRuns"
    """A notice that was not taken back ends the line, and the plan is to move it."""
    NOTICE_NOT_UNDONE = "noticeNotUndone"
    """The operator refused to take the notice back."""
    MOVE_IS_ORDERED = "moveIsOrdered"
    """The new operator has the order, and the plan is to give notice besides."""
    LOCAL_HOLIDAY = "localHoliday"
    COMMITMENT_IS_LONG = "commitmentIsLong"
    FIRM_RULES = "firmRules"
    NO_WITHDRAWAL = "noWithdrawal"
    """A withdrawal was asked for, and this contract cannot be withdrawn from, or no longer."""
    WITHDRAWAL_IS_OPEN = "withdrawalIsOpen"
    EXIT_IS_MISSED = "exitIsMissed"
    """A free exit is open, and by this plan the new operator is told only after it has closed."""
    NO_RULES = "noRules"
    ORDERS_ARE_OVER = "ordersAreOver"
    END_BEFORE_START = "endBeforeStart"
    SAME_CONTRACT = "sameContract"
    PORT_WHILE_LOCKED = "portWhileLocked"
    NUMBER_IS_LOST = "numberIsLost"
    CREDIT_MAY_BE_LOST = "creditMayBeLost"
    INSTALMENTS_LEFT = "instalmentsLeft"
    """The handset is not paid off, and no rule of the country says how its instalments go on."""
    HOLDER_CHANGES = "holderChanges"
    """A change of holder is open at the operator: the contract's end could cost the number."""
    ENDS_WHILE_LOCKED = "endsWhileLocked"
    """By notice the line ends before the handset can be unlocked, and that is done for customers only."""

    @property
    def is_for_living_line(self) -> bool:
        """It is about something that is still to be done, and says nothing once the line has ended."""
        return self in _BEFORE_THE_END


_BEFORE_THE_END = frozenset({
    Caution.LOCK_NOT_STATED, Caution.CODE_DEAD, Caution.CODE_DIES_FIRST, Caution.CODE_DATE_DIFFERS,
    Caution.MANY_NUMBERS, Caution.LOCAL_HOLIDAY, Caution.PORT_WHILE_LOCKED, Caution.NUMBER_IS_LOST,
    Caution.HOLDER_CHANGES, Caution.NOTICE_NOT_UNDONE, Caution.ORDERS_ARE_OVER,
})  # fmt: skip
