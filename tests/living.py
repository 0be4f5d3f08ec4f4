"""A process that lives with one account as a customer does, says what is secret as it learns it, and may be killed."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from selfcare.account.notebook import attach, change_notebook
from selfcare.account.noted_desks import keep_desk
from selfcare.account.session import Session
from selfcare.account.signin import kept_tokens
from selfcare.api.profile import read_profile
from selfcare.app.start_demo import demo_browser_for
from selfcare.case.notebook import Noted, Way, with_contact
from selfcare.domain.commands import OpenTicket
from selfcare.domain.support import Channel, ChannelKind
from selfcare.host.folders import data_dir, log_dir, private_dir
from selfcare.host.journal import start_log
from selfcare.host.keychain import passphrase_key
from selfcare.host.process import harden
from selfcare.paper.reader import PaperReader
from tests.canaries import SHORTEST, listening

PASSPHRASE = "Canary-passphrase-Bullfinch"
SALT = bytes(range(16))
KEY = passphrase_key(PASSPHRASE, SALT)
WRITTEN = ("Canary-ticket-Wellington", "Canary-details-Kingfisher", "Canary-draft-Nightingale")
NOTED = (
    "Canary-agent-Fieldfare",
    "Canary-reference-Dunnock",
    "Canary-said-Whinchat",
    "Canary-file-Oystercatcher.pdf",
    "Canary-content-Greenshank",
    "Canary-desk-Sandpiper",
    "Canary-address-Lapwing",
)
"""What the customer writes down by hand: of a talk, a file that goes with it, and a desk."""


def note(session: Session) -> None:
    """Write it all down."""
    agent, reference, said, file, content, desk, address = NOTED
    now = datetime.now(UTC)
    kept = attach(session, file, content.encode())
    talk = Noted("N-1", Way.PHONE, True, now, now, agent=agent, reference=reference, said=said, files=(kept,))
    change_notebook(session, lambda notebook: with_contact(notebook, talk, now))
    assert session.draft(kept.kept_as) == content.encode()
    keep_desk(session, Channel(ChannelKind.EMAIL, desk, address, session.profile.zone))


def say(word: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def live(profile: Path) -> None:
    """Sign in, read, ask, draft, fetch papers and look at one, log at DEBUG; then wait to be killed."""
    harden()
    start_log(log_dir(), debug=True)
    with listening() as heard:
        session = Session(
            private_dir(data_dir()) / "vault", KEY, read_profile(profile.read_bytes()), lambda: datetime.now(UTC)
        )
        session.sign_in(demo_browser_for("claire"))
        tokens = kept_tokens(session._reading.actions)
        assert tokens is not None
        say(f"secret {tokens.access}")
        say(f"secret {tokens.refresh}")
        session.submit(OpenTicket(WRITTEN[0], WRITTEN[1], "Incident"), "click")
        session.save_draft("letter", WRITTEN[2].encode())
        note(session)
        say("asked")
        session.round()
        for secret in sorted(heard.secrets):
            say(f"secret {secret}")
        for fact in sorted(heard.facts):
            say(f"fact {fact!r}")
        say("read")
        reader = PaperReader()
        for _ in session.gather_papers():
            pass
        shown = next(session._reading.papers.ids())
        text = reader.text(session._reading.papers.get(shown) or b"")
        for line in [line.strip() for line in text.splitlines() if len(line.strip()) >= SHORTEST][:10]:
            say(f"fact {line!r}")
        logging.getLogger("selfcare.tests").info("a round for %s", "+44 7700 900123")
        session.tidy()
        say("papers")
        with contextlib.suppress(OSError):
            sys.stdin.read()
        os._exit(0)


if __name__ == "__main__":
    live(Path(sys.argv[1]))
