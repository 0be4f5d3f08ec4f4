"""An open account: what is kept of it, what was asked for, and the rounds to its operator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from selfcare.api.home_money import ground_of
from selfcare.domain.failures import Failure, NotOffered, SignedOut, VaultLocked
from selfcare.domain.topics import Topic
from selfcare.store.unsent import UnsentList
from selfcare.store.vault import Vault, destroy_vault, open_vault

if TYPE_CHECKING:
    from selfcare.api.login import Tokens
    from selfcare.api.operator import Operator
    from selfcare.domain.commands import Command
    from selfcare.domain.operator import OperatorProfile
    from selfcare.domain.waiting import Waiting

    from .outcome import Outcome
    from .pull import Progress
    from .read import Reader
    from .signin import SignedIn

EVIDENCE_KEPT = timedelta(days=731)
"""How long a settled request and its journal stay, as the customer's evidence: 24 months."""


def _ignore(step: Progress) -> None:
    pass


def _never() -> bool:
    return False


class Session:
    """One account of one customer. Two lanes use it, each with connections of its own to the vault: the store lane
    (`reader`, `submit`, drafts) and the sync lane (`sign_in`, `round`, `push`, `fetch_paper`, `sign_out`).

    `trouble` is what ended the last round early, None if it went through, `unwell` the operator's own trouble with a
    request of the last sending. `lost`: in the last round a list was not where the profile says, for the first time
    since the account was opened. `loss` is the damage of a file of what was read, which was put aside when the account
    was opened.
    """

    loss: Failure | None = None
    unwell: Failure | None = None
    lost: bool = False
    was_lost: bool = False

    def __init__(self, folder: Path, key: bytes, profile: OperatorProfile, now: Callable[[], datetime]) -> None:
        self.profile = profile
        self.trouble: Failure | None = None
        self._folder, self._key, self._now = folder, key, now
        self._run = uuid4().hex
        self._reading = open_vault(folder, key, proves=False)  # the sync lane's opening does, once the page is there
        self._reading.actions.recover(now())
        self._unsent = UnsentList(folder)
        self._is_closed = False
        self._reader: Reader | None = None
        self._syncing: Vault | None = None
        self._operator: Operator | None = None
        self._signed_in: SignedIn | None = None

    @property
    def reader(self) -> Reader:
        """Everything a page may show. For the store lane."""
        if self._reader is None:
            from .read import Reader

            self._reader = Reader(self._reading, self.profile)
        return self._reader

    def seal(self) -> str:
        """A text that is another one once anything a page may show, or its age, is different. For the store lane."""
        return self._reading.cache.seal() + self._reading.actions.seal()

    def keep_note(self, key: str, text: bytes) -> None:
        """Keep something small, encrypted, beside what was read; it goes when that goes. For the store lane."""
        self._reading.cache.keep_note(key, text)

    def note(self, key: str) -> bytes | None:
        """What was kept under a key. For the store lane."""
        return self._reading.cache.note(key)

    @property
    def is_signed_in(self) -> bool:
        """A session with the operator is kept here; whether the operator still takes it, the next round tells."""
        return self._reading.actions.session() is not None

    @property
    def has_owner(self) -> bool:
        """Somebody has signed in here at least once."""
        return self._reading.actions.owner() is not None

    def submit(self, command: Command, confirm: str) -> Waiting:
        """Keep a request of the customer's; it is safe on the disk when this returns. For the store lane.

        `confirm` names the click that asked for it: the same click again gives the same request. Raises NotOffered
        where the operator has no way to be asked this, SignedOut where nobody has ever signed in.
        """
        from .outbox import submit
        from .owner import subject_ids

        subject = self._subject(self._reading)
        ids = subject_ids(self._reading, subject)
        asked = submit(
            self._reading.actions, self.profile, ids, subject, command, confirm, self._now(),
            ahead=last_ahead(self), run=self._run,
        )  # fmt: skip
        self._unsent.keep(self._reading)
        return asked

    def drop(self, waiting_id: str) -> bool:
        """Take a request back; False if it has left already. For the store lane."""
        return self._reading.actions.drop(waiting_id, self._now())

    def retry(self, waiting_id: str) -> bool:
        """Try a request at the next push, whatever its waiting time; where the customer was asked: yes, send it."""
        from .outbox import retry

        return retry(self._reading.actions, waiting_id, self._now(), last_ahead(self), run=self._run)

    def check_again(self, waiting_id: str) -> bool:
        """Where nobody could tell whether a request arrived: ask the operator once more."""
        from .outbox import check_again

        return check_again(self._reading.actions, waiting_id, self._now())

    def save_draft(self, key: str, body: bytes) -> None:
        """Keep what the customer has begun. For the store lane."""
        self._reading.actions.put_draft(key, body)

    def draft(self, key: str) -> bytes | None:
        """What the customer had begun."""
        return self._reading.actions.draft(key)

    def drop_draft(self, key: str) -> None:
        """Forget what had been begun."""
        self._reading.actions.drop_draft(key)

    def sign_in(
        self,
        open_browser: Callable[[str], None],
        *,
        timeout: float = 300,
        cancelled: Callable[[], bool] = _never,
        login_hint: str = "",
        done_page: str = "",
    ) -> None:
        """Sign in through the browser and keep the session, encrypted. For the sync lane.

        `done_page` is the sentence that the browser shows at the end. Raises SignInFailed ("account": another
        customer's login), and every failure of the wire.
        """
        from .signin import sign_in

        sign_in(
            self._vault().actions, self.profile, open_browser, timeout=timeout, cancelled=cancelled,
            login_hint=login_hint, done_page=done_page,
        )  # fmt: skip
        self._vault().agree_on_owner()

    def sign_out(self) -> None:
        """End the session with the operator and forget it; the documents stay. For the sync lane."""
        if not self.profile.is_archive:
            self._keys().leave()

    def forget(self) -> None:
        """End the session and remove everything of this account from this computer."""
        try:
            self.sign_out()
        finally:
            self.close()
            destroy_vault(self._folder)

    def round(
        self,
        progress: Callable[[Progress], None] = _ignore,
        cancelled: Callable[[], bool] = _never,
        topics: Collection[Topic] | None = None,
    ) -> set[Topic]:
        """Send what is waiting, then read everything (or some topics); what may look different now.

        For the sync lane. A trouble that ended the round is in `trouble`, and in the freshness of what it hindered.
        """
        if self._vault().actions.owner() is None:
            self.trouble = SignedOut()
            return set()
        return _read_after(self, self._push(cancelled), topics, progress, cancelled)

    def push(self, cancelled: Callable[[], bool] = _never) -> set[Topic]:
        """Send what is waiting and read again what that touched; what may look different now. For the sync lane."""
        if self._vault().actions.owner() is None:
            self.trouble = SignedOut()
            return set()
        sent = self._push(cancelled)
        self.trouble, self.unwell = sent.trouble, sent.unwell
        touched = sent.changed - {Topic.WAITING}
        if not touched or sent.trouble is not None:
            return set(sent.changed)
        return _read_after(self, sent, touched, _ignore, cancelled)

    def tidy(self, stopped: Callable[[], bool] = _never) -> set[Topic]:
        """Make the search whole, and put what was read in its final place; what may look different then.

        Requests that were settled two years ago by the operator's clock are let go of; by our own nothing is. For a
        quiet moment on the sync lane; what is cut short is done after the next round.
        """
        forget_settled(self)
        cache = self._vault().cache
        changed = {Topic.BILLS} if cache.finish(stopped) else set()
        cache.tidy()
        return changed

    def fetch_paper(self, paper_id: str, bill_id: str = "") -> bytes:
        """A paper that the customer is looking at and that is not here yet; it stays then. For the sync lane.

        Raises PaperTrouble("missing"), Offline and what else the way to the operator may raise.
        """
        from .papers import fetch_one_paper

        zone = ground_of(self.profile)
        return fetch_one_paper(self._desk(), self._vault(), zone, paper_id, bill_id, self._now())

    def gather_papers(self) -> Iterator[int]:
        """Fetch every PDF that is not here yet; see papers.gather_papers. For the sync lane."""
        from .papers import gather_papers

        return gather_papers(self._desk(), self._vault(), ground_of(self.profile), self._now)

    def open_again(self) -> Vault:
        """Connections of one's own to what is kept, for reading it for long; whoever asked closes them."""
        return open_vault(self._folder, self._key)

    def close(self) -> None:
        """Let go of the files, the connections and the key; a second time does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        drop_key(self)
        if self._operator is not None:
            self._operator.wire.close()
            self._operator = None
        if self._syncing is not None:
            self._syncing.close()
            self._syncing = None
        self._signed_in = None

    def _push(self, cancelled: Callable[[], bool]) -> Outcome:
        from .push import push

        vault = self._vault()
        sent = push(
            self._desk(), vault, self.profile, self._subject(vault), self._now, cancelled=cancelled, run=self._run
        )
        self._unsent.keep(vault)
        keep_ahead(self)
        return sent

    def _vault(self) -> Vault:
        """The sync lane's own connections."""
        if self._syncing is None:
            if not self._key:
                raise VaultLocked
            self._syncing = open_vault(self._folder, self._key)
        return self._syncing

    def _keys(self) -> SignedIn:
        if self._signed_in is None:
            from .signin import SignedIn

            self._signed_in = SignedIn(self._vault().actions, self.profile, turn=self._folder / "session.lock")
        return self._signed_in

    def _desk(self) -> Operator:
        """The way to the operator; the network is first touched here, long after the window is up."""
        self._operator = _way(self)
        return self._operator

    def _subject(self, vault: Vault) -> str:
        owner = vault.actions.owner()
        if owner is None:
            raise NotOffered("") if self.profile.is_archive else SignedOut
        return owner[1]


def _way(session: Session) -> Operator:
    """The way to the operator as it is now: another one where the customer has chosen another since."""
    from selfcare.api.addresses import allowed_origins
    from selfcare.api.client import Wire
    from selfcare.api.operator import Operator
    from selfcare.api.route import proxy_to

    operator = session._operator
    if operator is not None and operator.wire.proxy == proxy_to(operator.wire.origins):
        return operator
    if operator is not None:
        operator.wire.close()
        session._operator = None
    keys = session._keys()
    return Operator(session.profile, Wire(allowed_origins(session.profile)), keys.access, keys.renew)


def call_off(session: Session | None, *, also_changes: bool = False) -> None:
    """Nobody waits for the operator any more, for a renewal neither; see api.client.Wire.call_off. From any thread."""
    operator, keys = (session._operator, session._signed_in) if session is not None else (None, None)
    if operator is not None:
        operator.wire.call_off(also_changes=also_changes)
    if keys is not None:
        keys.call_off(also_changes=also_changes)


def drop_key(session: Session) -> None:
    """Let go of the key and of what was read. What the sync lane has begun it ends over its own connections, and begins
    nothing more. For the store lane; a second time does nothing."""
    if session._key:
        session._unsent.keep(session._reading)
        session._reading.close()
        session._key, session._reader = b"", None


def ahead_of(session: Session) -> timedelta | None:
    """How far the operator's clock is ahead of ours, if it has said so in this run. For either lane."""
    operator = session._operator
    return operator.ahead() if operator is not None else None


def last_ahead(session: Session) -> timedelta | None:
    """The same, or as it was when it last said so. For the store lane."""
    ahead = ahead_of(session)
    return session._reading.actions.ahead() if ahead is None else ahead


def forget_settled(session: Session) -> None:
    """Let go of requests that were settled two years ago by the operator's clock. For the sync lane."""
    ahead = ahead_of(session)
    if ahead is not None:
        session._vault().actions.forget_settled(session._now() + ahead, EVIDENCE_KEPT)


def keep_ahead(session: Session) -> None:
    """Keep it for the next start. For the sync lane."""
    ahead = ahead_of(session)
    if ahead is not None:
        session._vault().actions.keep_ahead(ahead)


def take_tokens(session: Session) -> Tokens | None:
    """Forget the session with the operator, on the disk too; what it was, for telling the operator. For the store lane.

    None where nobody is signed in. Raises DiskTrouble, VaultDamaged.
    """
    from .signin import take_tokens as taken

    return taken(session._reading.actions)


def _read_after(
    session: Session,
    sent: Outcome,
    topics: Collection[Topic] | None,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> set[Topic]:
    from .ends import keep_ends
    from .follow import follow
    from .pull import pull
    from .trouble import OF_THE_DISK
    from .visits import note_standing

    vault = session._vault()
    outcome = pull(
        session._desk(), vault, session.profile, session._subject(vault), session._now,
        topics=topics, progress=progress, cancelled=cancelled,
    )  # fmt: skip
    session.trouble = outcome.trouble
    session.lost = outcome.lost and not session.was_lost
    session.was_lost = session.was_lost or outcome.lost
    if not isinstance(outcome.trouble, OF_THE_DISK):
        note_standing(vault, ground_of(session.profile))
        keep_ends(vault)
        keep_ahead(session)
    followed = follow(vault, ground_of(session.profile), session._now())
    return set(sent.changed | outcome.changed | outcome.confirmed | followed)


def open_session(folder: Path, key: bytes, profile: OperatorProfile, *, now: Callable[[], datetime]) -> Session:
    """Open the account kept in a folder, making it if it is new. For the store lane; nothing of the network is loaded.

    What was on its way when the program last ended is marked as such. `now` gives the time, in UTC. Raises
    VaultWrongKey, VaultNewer, VaultDamaged, DiskTrouble.
    """
    return Session(folder, key, profile, now)
