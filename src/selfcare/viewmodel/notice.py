"""A trouble in words, as it stands above a page."""

from __future__ import annotations

from selfcare.domain.records import Struct


class Notice(Struct, frozen=True):
    """A trouble in words. `sentence` says what happened, `advice` what to do; `kind` is "warn", "bad" or "neutral".

    `action` names a button that helps: "refresh", "signIn", "settings", "waiting", "case", "copy",
    "news" or "".
    `quote` is the operator's own text, shown as a quotation. `unread` stands instead of the advice where nothing has
    been read yet; "" where the advice holds there too. `copies` is what the button "copy" puts on the clipboard.
    `stays`: it tells what became of something that was done, and stays until the page is left; so does good news.
    `waits`: the operator is in trouble or asks for patience, and is asked again by itself.
    """

    sentence: str
    advice: str
    kind: str = "warn"
    action: str = ""
    quote: str = ""
    unread: str = ""
    copies: str = ""
    stays: bool = False
    waits: bool = False
