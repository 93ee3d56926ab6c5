"""What things are called, so that one kind of name is never handed over as another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
PersonId = NewType("PersonId", str)
FileId = NewType("FileId", str)
RunId = NewType("RunId", str)
CaseId = NewType("CaseId", str)
DecisionId = NewType("DecisionId", str)
CorrectionId = NewType("CorrectionId", str)
Digest = NewType("Digest", str)
"""SHA-256 of some bytes, in hexadecimal: their name in the evidence."""

Clock = Callable[[], datetime]
"""Says what time it is, aware and in UTC."""
NewId = Callable[[], str]
"""Gives a name nothing has had before."""

BOT = PersonId("gapwatch")
"""Who acts when nobody clicked."""

TICK = "tick:"
"""How the cause of what the clock began is named; what people began is named by their file or decision."""


LONGEST_KEY = 120  # PostgreSQL's index holds some 2,700 bytes a row


def client_key(name: str) -> str:
    """Write a client's name as owners, limits and gaps are kept under: `Acme, Ltd.` is `acmeltd`."""
    return short_key("".join(sign for sign in name.casefold() if sign.isalnum()) or name)


def short_key(name: str) -> str:
    """Write a name so that it fits in an index: a very long one as its beginning and its digest."""
    if len(name) <= LONGEST_KEY:
        return name
    return name[:LONGEST_KEY] + hashlib.sha256(name.encode(errors="replace")).hexdigest()[:16]
