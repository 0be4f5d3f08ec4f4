"""The equipment of a contract: which device, locked or not, what is left to pay, and whether it goes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from selfcare.domain.lines import Access, Handset, Line, Ownership, SimLock
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .facts import FactView, TagView, Tone, price_text, stated

_SHOWN = 4


class EquipmentView(Struct, frozen=True):
    """One device as the contract shows it. `tags` are its lock and whose it is, as far as they are stated; `brief` is
    all of it in one line."""

    name: str
    tags: tuple[TagView, ...]
    facts: tuple[FactView, ...]
    line_id: str
    brief: str = ""


def equipment_views(lines: Iterable[Line], words: Words, today: date) -> tuple[EquipmentView, ...]:
    """Every device of some lines, in the order of the lines."""
    return tuple(_view(device, line, words, today) for line in lines for device in line.devices)


def short_serial(serial: str) -> str:
    """A serial number or IMEI by its last characters: enough to tell devices apart, too little to be misused."""
    plain = serial.strip()
    return f"…{plain[-_SHOWN:]}" if len(plain) > _SHOWN else plain


def _view(device: Handset, line: Line, words: Words, today: date) -> EquipmentView:
    has_sim = line.access is Access.MOBILE or device.lock is not SimLock.NOT_STATED
    facts = [
        FactView(words.tr("Line"), line.number or line.name),
        stated(words.tr("Serial number"), short_serial(device.serial), words),
    ]
    if device.since is not None:
        facts.append(FactView(words.tr("Since"), words.day(device.since, today)))
    if has_sim:
        facts.append(_lock(device, words))
    facts += [_left(device, words, today), _at_the_end(device, words)]
    tags = tuple(_tags(device, words))
    parts = (line.number or line.name, short_serial(device.serial), *(tag.text for tag in tags))
    return EquipmentView(
        name=device.name or words.tr("Device without a name"),
        tags=tags,
        facts=tuple(facts),
        line_id=line.id,
        brief=" · ".join(part for part in parts if part),
    )


def _tags(device: Handset, words: Words) -> Iterable[TagView]:
    if device.lock is SimLock.LOCKED:
        yield TagView(words.tr("locked"), Tone.WARN)
    elif device.lock is SimLock.UNLOCKED:
        yield TagView(words.tr("unlocked"), Tone.GOOD)
    if device.ownership is Ownership.LENT:
        yield TagView(words.tr("goes back"), Tone.WARN)
    elif device.ownership is Ownership.OWNED:
        yield TagView(words.trc("device", "yours"), Tone.GOOD)


def _lock(device: Handset, words: Words) -> FactView:
    said = {
        SimLock.LOCKED: words.tr("takes your operator’s SIM only"),
        SimLock.UNLOCKED: words.tr("takes any operator’s SIM"),
    }
    return stated(words.tr("Lock"), said.get(device.lock, ""), words)


def _left(device: Handset, words: Words, today: date) -> FactView:
    """The instalments that the operator states. Where it states a price and a term alone, those stand there: how many
    payments that makes depends on whether they are made before or after each month, which nobody says."""
    name = words.tr("Instalments left")
    each = price_text(device.price, device.period, words, is_net=device.is_net)
    if device.ownership is Ownership.LENT and device.instalments_left is None:
        return stated(words.tr("Rent"), each, words)
    count = device.instalments_left
    if count is None:
        note = (
            words.tr("{price} until {day}", price=each, day=words.day(device.pays_until, today))
            if (each and device.pays_until is not None)
            else each
        )
        return stated(name, "", words, note=note)
    if count == 0:
        return FactView(name, words.tr("none, it is paid"))
    if device.price is None or device.is_net:
        return FactView(name, words.number(count), each)
    total = words.money((device.price * count).rounded())
    return FactView(
        name, words.tr("{count} of {amount}, {total} in all", count=words.number(count), amount=each, total=total)
    )


def _at_the_end(device: Handset, words: Words) -> FactView:
    said = {
        Ownership.OWNED: words.tr("it stays with you"),
        Ownership.LENT: words.tr("it must be returned"),
    }
    return stated(words.tr("When the contract ends"), said.get(device.ownership, ""), words)
