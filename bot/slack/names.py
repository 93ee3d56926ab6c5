"""What clicks, modals and fields are called; a name that was ever sent to Slack is answered for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping

COMMAND = "/reconcile"
RECONCILE_FILE = "reconcile_file"  # the shortcut on a message
POSTED = "gapwatch_posted"  # the event type in a message's metadata

APPROVE = "gap.approve"
DISMISS = "gap.dismiss"
SAME = "gap.same"
NOT_SAME_CLIENT = "gap.not_same.client"
NOT_SAME_PRODUCT = "gap.not_same.product"
SNOOZE = "gap.snooze"
ASSIGN = "gap.assign"
WHY = "gap.why"
HISTORY = "gap.history"
UNDO = "gap.undo"

ANSWER = "question.answer"  # a button each: `question.answer.0`, `question.answer.1`...
SAY_MONTH = "question.month"  # a button each, as above
CHOOSE = "question.choose"
SEARCH = "question.search"
IGNORE = "question.ignore"  # none of these

TAKE_BACK = "decision.take_back"
SET_OWNER = "owner.set"
OPEN_THRESHOLDS = "open.thresholds"

RECONCILE_FORM = "form.reconcile"
DISMISS_FORM = "form.dismiss"
SAME_FORM = "form.same"
SNOOZE_FORM = "form.snooze"
ASSIGN_FORM = "form.assign"
THRESHOLDS_FORM = "form.thresholds"

REASON, UNTIL, NOTE = "reason", "until", "note"
CANDIDATE, PERSON, MONEY, SEATS = "candidate", "person", "money", "seats"
FILES, MONTH, SIDE, CLIENT = "files", "month", "side", "client"
VALUE = "value"  # the one field of an input block
FIND_NAME, FIND_CLIENT = "find.name", "find.client"  # lists that are looked up, which Slack asks for by these alone

RETIRED: Mapping[str, str] = {}
"""Names that old messages still carry, and what they are called today."""

ANY_ANSWER = re.compile(rf"{re.escape(ANSWER)}\.\d+")
ANY_MONTH = re.compile(rf"{re.escape(SAY_MONTH)}\.\d+")
ANYTHING = re.compile(r".*")


def todays(action: str) -> str:
    """Name a click as it is called today."""
    return RETIRED.get(action, action)
