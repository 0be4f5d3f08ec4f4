"""What the demo operator publishes for anybody, without a sign-in: its known problems, and nothing of a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .documents import Document

OPEN = "serviceProblem"
"""The one list that needs no token."""

_OF_A_CUSTOMER = ("troubleTicket", "affectedService")


@dataclass(frozen=True, slots=True)
class Public:
    """Stands where a list otherwise has its customer."""

    resources: dict[str, list[Document]]
    login: str = ""
    name: str = ""
    customer_id: str = ""


def is_open(kind: str, method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request for a list is answered without asking who it is; a token that is shown is looked at."""
    return kind == OPEN and method in ("GET", "HEAD") and "authorization" not in headers


def open_problem(problem: Document) -> Document:
    """A known problem (TMF656) without the tickets and services of the customers that it touches."""
    return {name: value for name, value in problem.items() if name not in _OF_A_CUSTOMER}
