"""Tells an answer that speaks of what was asked for from one that only looks like a yes: an error told as a success."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from selfcare.domain.same_words import says_the_same

from .reading import Doc, child, first_text, items, plain_word, ref, text
from .strict_json import decode
from .tickets import external_id
from .versions import one_shape


def is_an_error(doc: Doc) -> bool:
    """An error object where a ticket or an order should be (some servers send it with 200). Our own id in it makes it
    none the less; only where it also has a state of its own, a code and a reason may be anything."""
    state = plain_word(first_text(doc, "status", "state"))
    if doc.get("error") or doc.get("errors") or doc.get("success") is False or state == "error":
        return True
    return "code" in doc and "reason" in doc and not (external_id(doc) and state)


def is_of_another(sent: bytes, answer: bytes, customers: Collection[str]) -> bool:
    """Whether an answer names another customer than one of these ids, or things or deeds that were not asked for. What
    it does not say counts for nothing."""
    if not answer:
        return False
    asked, doc = _object(sent), _object(answer)
    named = _customers(doc)
    if named and named.isdisjoint(customers):
        return True
    ours, theirs = (items(one.get("productOrderItem")) for one in (asked, doc))
    return bool(ours and theirs) and not any(_is_the_same(one, other) for one in ours for other in theirs)


def sent_for(sent: bytes) -> set[str]:
    """The ids of the customers that a request names."""
    return _customers(_object(sent))


def _customers(doc: Doc) -> set[str]:
    found = [one for one in items(doc.get("relatedParty")) if plain_word(text(one.get("role"))) == "customer"]
    return {own for one in found for own in (ref(one), ref(child(one.get("partyOrPartyRole")))) if own}


def _is_the_same(asked: Doc, said: Doc) -> bool:
    """An item of an order and what the answer says of it: the deed, the product, the offering, as far as both are
    named. A product that is added gets its id from the operator."""
    deed, told = plain_word(text(asked.get("action"))), plain_word(text(said.get("action")))
    if told and told != deed:
        return False
    pairs = [tuple(ref(child(one.get(name))) for one in (asked, said)) for name in ("product", "productOffering")]
    return all(not mine or not their or mine == their for mine, their in pairs)


def is_echoed(sent: bytes, answer: bytes) -> bool:
    """Whether an answer says anything of what was asked for: an external id where one was given, the order that is
    taken back, the words, or the product. A number alone does not. An answer without content says all that it has to
    by its status."""
    if not answer:
        return True
    asked, doc = _object(sent), _object(answer)
    if external_id(doc) and external_id(asked):
        return True
    taken_back = ref(child(asked.get("productOrder")))
    if taken_back and taken_back == ref(child(doc.get("productOrder"))):
        return True
    if any(_is_said_again(text(asked.get(name)), text(doc.get(name))) for name in ("description", "name")):
        return True
    return not (set(_things(asked)) - {""}).isdisjoint(_things(doc))


def _object(text_of_json: bytes) -> Doc:
    found = decode(text_of_json)
    return one_shape(found, "answer") if isinstance(found, dict) else {}


def _is_said_again(asked: str, said: str) -> bool:
    return bool(said.strip()) and says_the_same(asked, said)


def _things(doc: Doc) -> Iterator[str]:
    """The products, offerings, bills that a request or an answer is about, by their ids."""
    for item in items(doc.get("productOrderItem")):
        for name in ("product", "productOffering"):
            yield ref(child(item.get(name)))
    for about in (*items(doc.get("relatedEntity")), *(child(i.get("item")) for i in items(doc.get("interactionItem")))):
        yield ref(about)
