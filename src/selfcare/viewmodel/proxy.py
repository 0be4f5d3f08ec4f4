"""The words of the way to the internet: what may be chosen, and what is wrong with a proxy's address."""

from __future__ import annotations

from selfcare.domain.proxy import ProxyWay, address_fault
from selfcare.domain.records import Sealed, Struct
from selfcare.host.settings import Settings
from selfcare.i18n import Words

from .notice import Notice

LONGEST_PASSWORD = 250
"""Characters of a proxy's password: so many fit the key store of every system, whatever they are."""


class ProxyChoice(Sealed, frozen=True):
    """What the customer chose; `password` is None where the one of before stays."""

    way: ProxyWay
    address: str = ""
    user: str = ""
    password: str | None = None


class ProxyView(Struct, frozen=True):
    """The card: the ways and the one that is taken, and of a proxy of one's own what is known of it."""

    ways: tuple[tuple[str, str], ...] = ()
    way: str = "none"
    text: str = ""
    address: str = ""
    user: str = ""
    password_hint: str = ""


def proxy_view(settings: Settings, words: Words) -> ProxyView:
    """What the card shows."""
    known = settings.proxy == "own" and settings.proxy_user
    return ProxyView(
        ways=(
            ("none", words.tr("Straight, without a proxy")),
            ("system", words.tr("As this computer is set")),
            ("own", words.tr("Through a proxy of my own")),
        ),
        way=settings.proxy,
        text=words.tr(
            "In a company or a school the internet may only be reached through a proxy. It sees which operator is "
            "asked, but nothing that is said."
        ),
        address=settings.proxy_address,
        user=settings.proxy_user,
        password_hint=words.tr("unchanged") if known else "",
    )


def address_trouble(typed: str, words: Words) -> str:
    """What is wrong with a proxy's address, or ""."""
    example = "proxy.example.net:8080"
    match address_fault(typed):
        case "":
            return ""
        case "empty":
            return words.tr("Type the address of the proxy, as {example}.", example=example)
        case "kind":
            return words.tr("Only HTTP proxies are known here. Type the address without https:// or socks://.")
        case "password":
            return words.tr("Type the name and the password into their own fields below, not into the address.")
        case "port":
            return words.tr("The port is missing or is none: a number from 1 to 65535 after a colon, as {example}.",
                            example=example)  # fmt: skip
        case "path":
            return words.tr("The address ends with the port. Leave out what follows it.")
        case "host":
            return words.tr("This is no name or number of a computer. Type it as {example}.", example=example)


def login_trouble(user: str, password: str, words: Words) -> str:
    """What is wrong with the name and the password for a proxy, or ""."""
    if password and not user:
        return words.tr("Type the name that belongs to the password.")
    if ":" in user:
        return words.tr("The name may not have a colon in it.")
    return ""


def proxy_kept(choice: ProxyChoice, words: Words, *, is_password_kept: bool) -> Notice:
    """What is said once a choice has been taken over."""
    if not is_password_kept:
        return Notice(
            words.tr("The password of the proxy is known until the program ends."),
            words.tr("This computer has no key store that could keep it, and it is never written to a file."),
            "neutral",
        )
    if choice.way == "own":
        sentence = words.tr("The proxy {address} is used from now on.", address=choice.address)
        return Notice(sentence, words.tr("Refresh to see whether it leads to your operator."), "good", "refresh")
    return Notice(words.tr("The new way is taken from now on."), "", "good")
