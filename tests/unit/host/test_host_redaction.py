"""What the log must never hold, by sentence; and what it must keep to be of use."""

from __future__ import annotations

import time

import pytest

from selfcare.host.redaction import redact

SECRETS = [
    # tokens and codes of the sign-in
    ("Authorization: Bearer abcDEF123.456", "abcDEF123"),
    ("authorization: DPoP eyJhbGciOiJ", "eyJhbGciOiJ"),
    ("headers {'Authorization': 'Bearer s3cr3t'}", "s3cr3t"),
    ("Set-Cookie: sid=abc; Path=/", "abc"),
    ("Cookie: a=b; c=d", "c=d"),
    ("Proxy-Authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
    ("sent Bearer 8xLOxBtZp8", "8xLOxBtZp8"),
    ("token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "eyJzdWIi"),
    ('{"access_token": "at-1"}', "at-1"),
    ('{"refresh_token":"rt 1"}', "rt 1"),
    ("id_token=abc.def", "abc.def"),
    ("GET http://127.0.0.1:4711/back?code=abc&state=xyz HTTP/1.1", "abc"),
    ("GET http://127.0.0.1:4711/back?code=abc&state=xyz HTTP/1.1", "xyz"),
    ("GET /back?code=splxlOBeZQ HTTP/1.1", "splxlOBeZQ"),
    ("https://id.example/authorize#access_token=q", "access_token"),
    ("https://claire:pw@op.example/x", "claire"),
    ("code=4/P7q7W91a-oMsCeLvIaQm6bTrgtp7", "P7q7"),
    ("code_verifier=dBjftJeZ4CVPmB92K27uhbUJU1p1rwW1gFWFOEjXk", "dBjft"),
    ("state: af0ifjsldkj", "af0ifjsldkj"),
    ("nonce = n-0S6_WzA2Mj", "WzA2Mj"),
    ("login_hint=claire", "claire"),
    ("password=hunter2", "hunter2"),
    ("passphrase: 'correct horse'", "horse"),
    ("password: correct horse battery", "horse"),
    ("password: correct horse battery", "battery"),
    ("passphrase is correct horse battery staple", "staple"),
    ("passphrase is correct horse battery staple", "correct"),
    ("refresh gave dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk", "dBjft"),
    ("key 3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed", "3f786850"),
    ('Idempotency-Key: "8e03978e"', "8e03978e"),
    # codes of a line
    ("PAC ABC123456 valid", "ABC123456"),
    ("PAC: ABC 123456", "ABC 123456"),
    ("code ABC-123456", "123456"),
    ("stac 123ABCDEF", "123ABCDEF"),
    ("RIO 44P012345AB1", "44P012345AB1"),
    ("the code is 44P012345AB1", "44P012345AB1"),
    ("PUK 12345678", "12345678"),
    ("PIN 0042", "0042"),
    ("pin is 0042", "0042"),
    ("puk1=11223344", "11223344"),
    ("puk: 1234 5678", "5678"),
    ("PUK 1234 5678", "1234"),
    ("puk1 is 1234-5678 today", "5678"),
    ("pac=abc 123456", "123456"),
    ("RIO: 02 P 123456 ABC", "123456"),
    ("RIO: 02 P 123456 ABC", "ABC"),
    ("le code 02-p-123456-abc", "abc"),
    ("otp=123456", "123456"),
    ("mot de passe : cheval correct", "cheval"),
    ("mot de passe\u00a0: cheval correct", "correct"),
    ("phrase secrète est cheval correct", "cheval"),
    ("abc123456 was given", "abc123456"),
    ("stac 123abcdef", "123abcdef"),
    ("123abcdef was given", "123abcdef"),
    ("03p123456abc", "03p123456abc"),
    ("a0b1c2d3e4f5a6b7", "a0b1c2d3"),
    ("handle A0b1C2d3E4f5A6b7 open", "A0b1C2d3"),
    # telephone numbers
    ("line +44 7700 900123", "900123"),
    ("line +447700900123", "7700900"),
    ("line 07700 900123", "900123"),
    ("line 0033612345678", "12345678"),
    ("ligne 06 12 34 56 78", "34 56"),
    ("ligne 06.12.34.56.78", "34.56"),
    ("ligne 06-12-34-56-78", "34-56"),
    ("(020) 7946 0018", "7946"),
    ("+48 600 700 800", "700"),
    ("call +33 (0)6 12 34 56 78", "34 56"),
    ("SIM 8944110068012345678", "89441100"),
    ("IMEI 35-209900-176148-1", "176148"),
    # banks
    ("GB29NWBK60161331926819", "NWBK"),
    ("GB29 NWBK 6016 1331 9268 19", "9268"),
    ("FR76 3000 6000 0112 3456 7890 189", "7890"),
    ("FR7630006000011234567890189", "30006"),
    ("DE89 3704 0044 0532 0130 00", "0532"),
    ("PL61109010140000071219812874", "1090"),
    ("Direct Debit ···· 0189", "0189"),
    ("card **** 4242", "4242"),
    ("iban='XX00'", "XX00"),
    # people and places
    ("write to claire.moreau@example.org", "claire"),
    ("a+b@mail.example.co.uk wrote", "example.co.uk"),
    ("/home/claire/.local/share/selfcare/x", "claire"),
    ("/Users/Claire Moreau/x", "Claire"),
    ("C:\\Users\\claire\\AppData", "claire"),
    ("C:\\Users\\Nadia Karim\\x", "Karim"),
    ("'C:\\\\Users\\\\Nadia Karim\\\\x'", "Karim"),
    ("C:/Users/Nadia Karim/x", "Karim"),
    ("lives at SW1A 1AA", "SW1A"),
    ("name=Claire", "Claire"),
    ('{"familyName": "Moreau"}', "Moreau"),
    ('"street": "1 High Street"', "High"),
    # money
    ("paid £42.50", "42.50"),
    ("paid £ 42.50", "42"),
    ("£5", "5"),
    ("45 923,61 € due", "923"),
    ("45\u202f923,61\u00a0€ due", "923"),
    ("EUR 12.00", "12.00"),
    ("12.00 EUR", "12.00"),
    ("GBP 1,234.56", "1,234"),
    ("-12,50 zł", "12,50"),
    ("total 45923.61", "45923"),
    ("total 1.234,56", "234"),
    ("amount=12", "12"),
    # identifiers made of digits
    ("customerBill/780123456 was read", "780123456"),
    ("account 1000 2345 67", "2345"),
]

KEPT = [
    "pulled 200 bills in 35 ms",
    "round of 10000 bills took 12.35 s",
    "used 64.25 MiB",
    "due days from 2026-11-21 to 2027-01-05",
    "action 8e03978e-40d5-43dd-bc93-6894a57f9324 was sent",
    "listening on 127.0.0.1:43521",
    "the operator answered 503, next try in 1800 s",
    "Python 3.11.7, PySide6 6.11.3",
    "customerBill: unchanged (304)",
    "the vault is open; schema 3",
    "NotAnAnswer(html) from customerBillManagement",
    "password was asked for twice in 3 s",
    "the PIN dialog was closed",
    "round 123456 and page 123456 of abc",
    "and 123456 rows in 503 seconds",
    "action 8e03978e-40d5-43dd-bc93-44a012345ab1 and 03978e12-123a-4abc-8123-abc123456abc",
    "thread selfcare_sync_lane_of_this_account started",
]


@pytest.mark.parametrize(("sentence", "secret"), SECRETS, ids=lambda value: value[:40])
def test_a_secret_does_not_reach_the_log(sentence: str, secret: str) -> None:
    assert secret in sentence
    assert secret not in redact(sentence)
    assert secret not in redact(f"before it {sentence}")


@pytest.mark.parametrize("sentence", KEPT)
def test_a_harmless_sentence_stays_as_it_is(sentence: str) -> None:
    assert redact(sentence) == sentence


def test_the_address_of_a_request_stays_without_its_query() -> None:
    assert redact("GET https://op.example/tmf-api/bill?id=1") == "GET https://op.example/tmf-api/bill?‹hidden›"


def test_control_characters_cannot_forge_a_line_of_their_own() -> None:
    assert redact("a\x1b[2Jb\u202ec\x00\ue000") == "a [2Jb c \ue000"


@pytest.mark.parametrize("piece", ["1 ", "12,34 ", "A1", "x@", "GB29 ", "eyJ.", "code=", "/home/", "€1", "a.b-"])
def test_a_long_hostile_sentence_costs_little(piece: str) -> None:
    started = time.process_time()
    redact(piece * 40_000)
    assert time.process_time() - started < 5, "with the square of its length it would take minutes"
