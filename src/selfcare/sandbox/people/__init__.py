"""The demo operator's customers, each living one of the stories that real customers told."""

from .person import Document, Person
from .roster import PEOPLE, build

__all__ = ["PEOPLE", "Document", "Person", "build"]
