"""Makes honest bills in every way in which operators round, for the tests of the room of bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind, Tax
from selfcare.domain.money import Money

CENT = Decimal("0.01")
MODES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
SCHEMES = ("gross", "net per line", "net per total", "four decimals", "hidden decimals")


def eur(value: Decimal | str) -> Money:
    return Money(Decimal(value), "EUR")


def bill_of(total: Decimal | None, **facts: object) -> Bill:
    base: dict[str, object] = {
        "id": "B2",
        "number": "B2",
        "day": date(2026, 11, 3),
        "due": None,
        "total": eur(total) if total is not None else None,
        "remaining": None,
        "state": BillState.SENT,
    }
    return Bill(**(base | facts))  # type: ignore[arg-type]


def line_of(name: str, gross: str | None, kind: LineKind = LineKind.RECURRING, **facts: object) -> BillLine:
    amount = eur(gross) if gross is not None else None
    return BillLine(name, "B2", name, kind, kind.value, amount, **({"net": None} | facts))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Plan:
    """Prices in ten-thousandths (a line is a cent at least), a tax rate, and how the operator rounds."""

    prices: tuple[int, ...]
    rate: Decimal
    scheme: str
    mode: str
    with_nets: bool


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    return Plan(
        tuple(draw(st.lists(st.integers(-2_000_000, -100) | st.integers(100, 5_000_000), min_size=1, max_size=40))),
        Decimal(draw(st.sampled_from(["20", "0.20", "5.5", "19", "21", "10", "0"]))),
        draw(st.sampled_from(SCHEMES)),
        draw(st.sampled_from(MODES)),
        draw(st.booleans()),
    )


def write(plan: Plan) -> tuple[Bill, tuple[BillLine, ...]]:
    """The bill of a plan, as an honest operator with these habits writes it."""
    rate = plan.rate / 100 if plan.rate > 1 else plan.rate
    exact = [Decimal(price) / 10_000 for price in plan.prices]

    def cents(value: Decimal) -> Decimal:
        return value.quantize(CENT, plan.mode)

    rows: list[tuple[Decimal, Decimal, Decimal]] = []
    if plan.scheme == "gross":
        for price in exact:
            gross = cents(price)
            net = cents(gross / (1 + rate))
            rows.append((net, gross - net, gross))
        total = sum((gross for _, _, gross in rows), Decimal(0))
        tax = cents(total * rate / (1 + rate))
        net_total = total - tax
    elif plan.scheme in ("net per line", "net per total"):
        for price in exact:
            net = cents(price)
            tax_of = cents(net * rate)
            rows.append((net, tax_of, net + tax_of))
        net_total = sum((net for net, _, _ in rows), Decimal(0))
        per_line = sum((one for _, one, _ in rows), Decimal(0))
        tax = per_line if plan.scheme == "net per line" else cents(net_total * rate)
        total = net_total + tax
    else:
        for price in exact:
            net = price if plan.scheme == "four decimals" else cents(price)
            gross = cents(price * (1 + rate))
            tax_of = cents(price * rate)
            rows.append((net, tax_of, gross))
        net_total = cents(sum(exact, Decimal(0)))
        tax = cents(sum(exact, Decimal(0)) * rate)
        total = net_total + tax
    shows_price = plan.scheme in ("gross", "net per line", "net per total") or (
        plan.scheme == "four decimals" and plan.with_nets
    )
    kind = LineKind.RECURRING if shows_price else LineKind.USAGE  # only a product has decimals that nobody prints
    lines = tuple(
        BillLine(
            f"L{place}",
            "B2",
            f"Line {place}",
            kind,
            kind.value,
            eur(gross),
            eur(net) if plan.with_nets else None,
            (Tax("VAT", eur(tax_of), plan.rate),) if plan.with_nets else (),
        )
        for place, (net, tax_of, gross) in enumerate(rows)
    )
    return bill_of(total, net=eur(net_total), taxes=(Tax("VAT", eur(tax), plan.rate),)), lines
