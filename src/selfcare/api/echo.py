"""Tells an answer that speaks of what was asked for from one that only looks like a yes: an error told as a success."""

from __future__ import annotations

from collections.abc import Iterator

from .reading import Doc, child, items, plain_word, ref, text
from .strict_json import decode
from .tickets import external_id
from .versions import one_shape

_LONG_ENOUGH = 20
"""Letters of a description that was cut short by the operator, by which it is still known as ours."""


def is_an_error(doc: Doc) -> bool:
    """An error object where a ticket or an order should be (some servers send it with 200), and no id of ours in it."""
    if external_id(doc):
        return False
    told = ("code" in doc and "reason" in doc) or doc.get("error") or doc.get("errors") or doc.get("success") is False
    return bool(told) or plain_word(text(doc.get("status"))) == "error"


def is_echoed(sent: bytes, answer: bytes) -> bool:
    """Whether an answer says anything of what was asked for: an external id, the order that is taken back, the words,
    or the product. A number alone does not. An answer without content says all that it has to by its status."""
    if not answer:
        return True
    asked, doc = _object(sent), _object(answer)
    if external_id(doc):
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
    ours, theirs = " ".join(asked.split()), " ".join(said.split())
    return bool(theirs) and (ours == theirs or (len(theirs) >= _LONG_ENOUGH and ours.startswith(theirs)))


def _things(doc: Doc) -> Iterator[str]:
    """The products, offerings, bills that a request or an answer is about, by their ids."""
    for item in items(doc.get("productOrderItem")):
        for name in ("product", "productOffering"):
            yield ref(child(item.get(name)))
    for about in (*items(doc.get("relatedEntity")), *(child(i.get("item")) for i in items(doc.get("interactionItem")))):
        yield ref(about)
