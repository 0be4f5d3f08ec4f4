"""The first reading of many bills against bare httpx, and what an unchanged account costs."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import httpx

from selfcare.account.pull import Progress
from selfcare.api.login import sign_in
from selfcare.app.demo import DemoOperator
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.topics import Topic
from selfcare.ui.tasks import TURN
from tests.bench.home_folder import LOGIN, new_account

TOPICS = (Topic.CUSTOMER, Topic.ACCOUNTS, Topic.BILLS, Topic.BILL_LINES)
KINDS = {"customerBill": "relatedParty.id", "appliedCustomerBillingRate": "billingAccount.id"}


def bare_download(
    profile: OperatorProfile, token: str, owners: dict[str, str], kinds: tuple[str, ...]
) -> dict[str, float]:
    """The same pages with httpx alone, each parsed as JSON and thrown away."""
    entry = profile.apis["TMF678"]
    assert entry is not None
    began, count, size = time.perf_counter(), 0, 0
    with httpx.Client(
        headers={"authorization": f"Bearer {token}", "accept": "application/json"}, trust_env=False
    ) as web:
        for kind in kinds:
            offset = 0
            while True:
                params = {KINDS[kind]: owners[KINDS[kind]], "offset": offset, "limit": entry.page_size}
                if kind == "appliedCustomerBillingRate":
                    params["isBilled"] = "true"
                reply = web.get(f"{entry.base_url}/{kind}", params=params, timeout=60)
                reply.raise_for_status()
                page = json.loads(reply.content)
                count, size, offset = count + len(page), size + len(reply.content), offset + len(page)
                if not page or offset >= int(reply.headers["x-total-count"]):
                    break
    return {"seconds": time.perf_counter() - began, "count": count, "bytes": size}


def own_reading(operator: DemoOperator) -> dict[str, float]:
    """The program's own first reading: checked and kept encrypted; seconds for the bills and their lines.

    `tidied`: seconds of what is done afterwards while the bills are already shown: the search index, and moving all
    from beside the file into it. `kept`: bytes on the disk then.
    """
    with tempfile.TemporaryDirectory() as folder:
        filled, _profile = new_account(Path(folder), operator, "bench")
        session = filled.open()
        try:
            session.sign_in(demo_browser_for(LOGIN))
            session.round(topics=TOPICS[:2])
            usual = sys.getswitchinterval()
            sys.setswitchinterval(TURN)  # as in the program, where each lane sets it
            began = time.perf_counter()
            session.round(topics=TOPICS)
            seconds = time.perf_counter() - began
            sys.setswitchinterval(usual)
            began = time.perf_counter()
            session.tidy()
            tidied = time.perf_counter() - began
            counts = session.reader.counts()
            count = counts[Topic.BILLS] + counts[Topic.BILL_LINES]
        finally:
            session.close()
        kept = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        return {"seconds": seconds, "count": count, "tidied": tidied, "kept": kept}


def owners_of(operator: DemoOperator, profile: OperatorProfile) -> tuple[str, dict[str, str]]:
    """A token, and what goes into the filters that name the customer."""
    tokens = sign_in(profile, demo_browser_for(LOGIN))
    with httpx.Client(headers={"authorization": f"Bearer {tokens.access}"}, trust_env=False) as web:
        entry = profile.apis["TMF629"]
        assert entry is not None
        customer = web.get(f"{entry.base_url}/customer/{tokens.subject}").json()
    account = next(a["id"] for a in customer["account"])
    return tokens.access, {"relatedParty.id": customer["id"], "billingAccount.id": account}


def unchanged(operator: DemoOperator, home: Path) -> dict[str, float]:
    """A second reading of an unchanged account: requests and bytes of bodies, as the operator counts them."""
    filled, _profile = new_account(home, operator, "unchanged")
    session = filled.open()
    seen: set[Topic] = set()

    def count(step: Progress) -> None:
        seen.add(step.topic)

    try:
        session.sign_in(demo_browser_for(LOGIN))
        session.round()
        httpx.post(f"{operator.url}/sandbox/log", trust_env=False)
        began = time.perf_counter()
        session.round(count)
        seconds = time.perf_counter() - began
    finally:
        session.close()
    log = httpx.get(f"{operator.url}/sandbox/log", trust_env=False).json()["requests"]
    asked = [r for r in log if not r["path"].startswith("/sandbox")]
    return {
        "requests": sum(r["count"] for r in asked),
        "bodies": sum(r["count"] for r in asked if r["status"] != 304),
        "bytes": sum(r["bytes"] for r in asked),
        "seconds": seconds,
    }
