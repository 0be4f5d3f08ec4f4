"""Takes tokens, codes, numbers, names of folders and amounts out of a sentence before it is written to the log."""

from __future__ import annotations

import re
from re import Match

HIDDEN, NUMBER, AMOUNT = "‹hidden›", "‹number›", "‹amount›"
LONGEST = 4000

_TELLING = (
    r"access[_-]?token|refresh[_-]?token|id[_-]?token|id_token_hint|token|code|code_verifier|code_challenge|verifier|"
    r"state|nonce|session_state|client_secret|secret|password|passwd|passphrase|key|salt|pac|stac|puk\d?|pin\d?|rio|"
    r"otp|totp|one-time-code|login|login_hint|username|user|sub|name|givenname|familyname|street|address|iban|bic|msisdn|phone|email|amount|"
    r"unlockcode|networkunlockcode|portingauthorisationcode|idempotency-key|dpop|confirm"
)
_CODES = r"(?:pac|stac|puk\d?|pin\d?|rio)"
_PHRASE = r"password|passwd|passphrase|mot de passe|phrase secrète"
_GROUPS = r"(?:[ -][A-Z0-9]*\d[A-Z0-9]*)*"
_CURRENCY = r"(?:£|€|\$|zł|EUR|GBP|USD|PLN|CHF|CZK|SEK|NOK|DKK|HUF|RON)"
_FIGURE = r"[-−+]?\d[\d\u00a0\u202f\u2009 .,'’]{0,30}"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Whole headers, to the end of the line
    (re.compile(r"(?im)\b((?:set-)?cookie2?|(?:proxy-)?authorization|dpop)\b(['\"]?\s*[:=,]\s*).*$"), rf"\1\2{HIDDEN}"),
    (re.compile(r"(?i)\b(bearer|basic|dpop)\s+[A-Za-z0-9._~+/=-]{4,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){1,4}"), HIDDEN),
    # Addresses: nothing of the user part, the query or the fragment
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/?#@\"'<>]*@"), r"\1"),
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://[^\s?#\"'<>]*|(?<=\s)/[^\s?#\"'<>]*)[?#][^\s\"'<>]*"), rf"\1?{HIDDEN}"),
    # A passphrase has words, a code may stand in groups: all of them
    (
        re.compile(
            rf"(?im)(?<![A-Za-z])((?:{_PHRASE})['\"]?(?:\s*[=:]\s*|\s+(?:is|est)\s+))"
            r"(\"[^\"]*\"|'[^']*'|[^\s\"'].*$)"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(?i)(?<![\w-])\d\d[ -]?[A-Z][ -]?\d{6}[ -]?[A-Z0-9]{3}\b(?!-)"), HIDDEN),  # a French RIO
    (
        re.compile(rf"(?i)(?<![A-Za-z])({_CODES}\s*[=:]\s*)[A-Z0-9]+{_GROUPS}"),
        rf"\1{HIDDEN}",
    ),
    # A word that announces a secret, and its value
    (
        re.compile(rf"(?i)(?<![A-Za-z])(['\"]?(?:{_TELLING})['\"]?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&}})\]]+)"),
        rf"\1{HIDDEN}",
    ),
    (
        re.compile(rf"(?i)\b({_CODES}|passphrase|password)\s+(?:is\s+|code\s+)*[A-Z0-9-]*\d[A-Z0-9-]*{_GROUPS}"),
        rf"\1 {HIDDEN}",
    ),
    # People and where they live
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), HIDDEN),
    (re.compile(r"(?i)\b([a-z]:[\\/]{1,2}Users[\\/]{1,2})[^\\/\n\"':<>|]{1,64}(?=[\\/])"), r"\1‹user›"),
    (re.compile(r"(?i)(/home/|/Users/|[a-z]:\\Users\\)[^/\\\s\"'‹]+"), r"\1‹user›"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"), HIDDEN),  # a British postcode
    # Bank accounts, in groups or not
    (re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]{2,4}){3,8}\b"), NUMBER),
    (re.compile(r"[·•*xX]{2,}\s?\d{2,6}\b"), NUMBER),
    # Money
    (re.compile(rf"{_CURRENCY}[\s\u00a0\u202f]?{_FIGURE}\d|{_CURRENCY}[\s\u00a0\u202f]?\d"), AMOUNT),
    (re.compile(rf"(?<![\w.]){_FIGURE}(?<=\d)[\s\u00a0\u202f]?{_CURRENCY}(?![A-Za-z])"), AMOUNT),
    # Porting and other codes: capitals and digits mixed
    (re.compile(r"\b[A-Z]{3}[ -]?\d{6}\b|\b\d{3}[ -]?[A-Z]{6}\b"), HIDDEN),
    (re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,}\b"), HIDDEN),
    # The same in small letters, where nothing else is written so; and keys
    (re.compile(r"(?i)(?<![\w-])(?:[A-Z]{3}-?\d{6}|\d{3}-?[A-Z]{6}|\d\d[A-Z]\d{6}[A-Z0-9]{3})\b(?!-)"), HIDDEN),
    (re.compile(r"(?i)\b(?=[0-9A-F]*\d)(?=[0-9A-F]*[A-F])[0-9A-F]{16,}\b"), HIDDEN),
)
_LONG = re.compile(r"[A-Za-z0-9_+/=-]{20,}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MEASURED = r"(?![\d.,]\d|\d|\s?(?:ms|s|%|kB|KiB|MB|MiB)\b)"
_DECIMAL = re.compile(rf"(?<![\w.,])[-−+]?(?:\d{{1,3}}(?:[ \u00a0\u202f.,'’]\d{{3}}){{1,4}}|\d+)[.,]\d{{2}}{_MEASURED}")
_DIGITS = re.compile(r"(?<![\w.])\+?\(?\d[\d\u00a0\u202f ./()\-]{4,40}\d|\d{7,}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}(?:-\d{2})?)?")
_KEPT = "\0{}\0"
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def redact(text: str) -> str:
    """The sentence without anything secret or personal that can be known by its shape. Names cannot: do not log them.

    Days (2026-11-21), UUIDs, counts up to six digits and measured times stay readable.
    """
    text = _CONTROLS.sub(" ", text[:LONGEST])
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    kept: list[str] = []

    def keep(match: Match[str]) -> str:
        kept.append(match[0])
        return _KEPT.format(chr(0xE000 + len(kept) - 1))

    text = _UUID.sub(keep, text)
    text = _LONG.sub(_long, text)
    text = _DECIMAL.sub(AMOUNT, text)
    text = _DIGITS.sub(_digits, text)
    return re.sub("\0(.)\0", lambda match: kept[ord(match[1]) - 0xE000], text)


def _long(match: Match[str]) -> str:
    word = match[0]
    mixed = any(sign.isdigit() for sign in word) and any(sign.isalpha() for sign in word)
    shouting = sum(sign.isupper() for sign in word) > 2 and any(sign.islower() for sign in word) and "/" not in word
    return HIDDEN if mixed or shouting else word


def _digits(match: Match[str]) -> str:
    run = match[0]
    if sum(sign.isdigit() for sign in run) < 7 or _DAY.fullmatch(run.strip()) or run.startswith("127.0.0.1"):
        return run
    return NUMBER
