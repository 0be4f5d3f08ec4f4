"""The page on which a demo customer signs in: no password, a list of people, works with keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from .brands import Brand

_WORDS = {
    "en": {
        "title": "Sign in to {brand}",
        "lead": "This is a demonstration. Choose whose account to look at; there is no password.",
        "people": "Demo customers",
        "go": "Sign in and allow access",
        "no": "Refuse",
        "asks": "The program “Selfcare” asks to read this customer's account and to send requests in their name.",
        "wrong": "This sign-in request is not right",
    },
    "fr": {
        "title": "Connexion à {brand}",
        "lead": "Ceci est une démonstration. Choisissez le compte à consulter ; il n'y a pas de mot de passe.",
        "people": "Clients de démonstration",
        "go": "Se connecter et autoriser l'accès",
        "no": "Refuser",
        "asks": "Le programme « Selfcare » demande à lire ce compte et à envoyer des demandes en son nom.",
        "wrong": "Cette demande de connexion n'est pas correcte",
    },
}

_STYLE = """
:root { color-scheme: light dark; --accent: %s; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; border-bottom: .25rem solid var(--accent); padding-bottom: .5rem; }
fieldset { border: 1px solid #8888; border-radius: .5rem; padding: .5rem 1rem 1rem; }
label { display: block; padding: .35rem 0; }
button { font: inherit; padding: .6rem 1.2rem; margin: 1rem .5rem 0 0; border-radius: .4rem; border: 1px solid #888; }
button.go { background: var(--accent); color: #fff; border-color: transparent; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
"""


def _page(brand: Brand, title: str, content: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{brand.language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE % brand.colour}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>\n{content}</main></body></html>\n"
    )


def login_page(
    brand: Brand, action: str, hidden: Mapping[str, str], people: Iterable[tuple[str, str]], chosen: str
) -> str:
    """The form; `hidden` is the client's request, `people` are (login, shown name), `chosen` is ticked beforehand."""
    words = _WORDS[brand.language]
    people = list(people)
    if chosen not in {login for login, _ in people}:
        chosen = people[0][0]
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n' for name, value in hidden.items()
    )
    choices = "".join(
        f'<label><input type="radio" name="login" value="{escape(login)}"{" checked" if login == chosen else ""}> '
        f"{escape(name)} ({escape(login)})</label>\n"
        for login, name in people
    )
    return _page(
        brand,
        words["title"].format(brand=brand.name),
        f"<p>{words['lead']}</p>\n"
        f'<form method="post" action="{escape(action)}">\n{kept}'
        f"<fieldset><legend>{words['people']}</legend>\n{choices}</fieldset>\n<p>{words['asks']}</p>\n"
        f'<button class="go" type="submit" name="decision" value="allow">{words["go"]}</button>'
        f'<button type="submit" name="decision" value="refuse">{words["no"]}</button>\n</form>\n',
    )


def wrong_page(brand: Brand, what: str) -> str:
    """A request that names no client of ours or no address we may answer to: told here, never redirected."""
    return _page(brand, _WORDS[brand.language]["wrong"], f"<p>{escape(what)}</p>\n")
