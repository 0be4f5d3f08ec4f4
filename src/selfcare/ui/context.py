"""What every page is given: the language, the day, the settings, the open account and the lanes that do slow work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from selfcare.domain.records import Struct, replace

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from selfcare.account.read import Reader
    from selfcare.account.session import Session
    from selfcare.domain.operator import OperatorProfile
    from selfcare.domain.topics import Topic
    from selfcare.host.settings import AccountEntry, Settings
    from selfcare.i18n.words import Words
    from selfcare.paper.reader import PaperReader
    from selfcare.ui.tasks import Lane
    from selfcare.viewmodel.updates import UpdateFacts


class Reading(Struct, frozen=True):
    """What a page may use while it loads, on the store lane. `rules` gives the text of a file of resources/rules."""

    reader: Reader
    words: Words
    today: date
    now: datetime
    profile: OperatorProfile
    rules: Callable[[str], bytes]
    is_elsewhere: bool = False
    """This computer's clock shows another hour than the operator's: whose time it is has to be said."""

    @property
    def zone(self) -> ZoneInfo:
        """The operator's time zone, in which its days and hours are said."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.profile.zone)

    def at(self, moment: datetime) -> Reading:
        """The same, as of another instant."""
        return replace(self, now=moment, today=moment.astimezone(self.zone).date())


def _nothing(*_facts: object) -> None:
    pass


class Context(Struct, eq=False):
    """The window's surroundings, built once by `app`. Without a session the window shows the first page.

    `refresh` asks for a round of reading, `push` wakes the outbox, `try_again` says whether a request may be tried
    again now (where not, why is said), `sign_in` starts the sign-in, `save_settings` keeps
    settings; each returns at once. `is_signed_out`: the account is open without a session with the operator.
    `account` is the open account's entry, also where it is not among those of the settings: the demo's, or one of
    which nothing is kept; `home` is the folder of the accounts, None for the usual one.
    `make_paper` builds the PDF reader, on the paper lane, when a PDF is first shown. `changed` tells every page that
    the customer has written something down. `updates` is what is known of new versions, `look_for_updates` looks now.
    `offset_here` is how far this computer's clock is ahead of UTC at an instant, None where that does not matter.
    """

    words: Words
    settings: Settings
    today: Callable[[], date]
    now: Callable[[], datetime]
    store_lane: Lane
    sync_lane: Lane | None = None
    paper_lane: Lane | None = None
    session: Session | None = None
    account: AccountEntry | None = None
    home: Path | None = None
    is_signed_out: bool = False
    rules: Callable[[str], bytes] = lambda name: b""
    make_paper: Callable[[], PaperReader] | None = None
    refresh: Callable[[], None] = _nothing
    push: Callable[[], None] = _nothing
    try_again: Callable[[], bool] = lambda: True
    sign_in: Callable[[], None] = _nothing
    save_settings: Callable[[Settings], None] = _nothing
    changed: Callable[[frozenset[Topic]], None] = _nothing
    updates: Callable[[], UpdateFacts] | None = None
    look_for_updates: Callable[[], None] = _nothing
    offset_here: Callable[[datetime], timedelta | None] = lambda moment: None

    @property
    def profile(self) -> OperatorProfile | None:
        """The operator of the open account."""
        return self.session.profile if self.session is not None else None

    @property
    def zone(self) -> ZoneInfo:
        """The operator's time zone; UTC as long as no account is open."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.profile.zone) if self.profile is not None else ZoneInfo("UTC")

    @property
    def is_elsewhere(self) -> bool:
        """An account is open whose operator's clock shows another hour now than this computer's."""
        here = self.offset_here(self.now()) if self.session is not None else None
        return here is not None and here != self.now().astimezone(self.zone).utcoffset()

    def reading(self) -> Reading | None:
        """What a page loads from, as of now; None as long as no account is open."""
        if self.session is None:
            return None
        return Reading(
            self.session.reader, self.words, self.today(), self.now(), self.session.profile, self.rules,
            self.is_elsewhere,
        )  # fmt: skip
