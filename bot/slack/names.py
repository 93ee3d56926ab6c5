"""What clicks, modals and fields are called; a name that was ever sent to Slack is answered for ever."""

from __future__ import annotations

import re
from collections.abc import Mapping

COMMAND = "/reconcile"
RECONCILE_FILE = "reconcile_file"  # the shortcut on a message
POSTED = "gapwatch_posted"  # the event type in a message's metadata

APPROVE = "gap.approve"
SIGN = "gap.sign"  # beside another person
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
MORE_NAMES = "question.more"

SET_RIGHT = "file.set_right"
WHOLE_FILE = "file.whole"
LEAVE_OUT, COUNT_AGAIN = "file.leave_out", "file.count_again"
NO_MORE = "source.no_more"  # a button each: `source.no_more.0`...

TAKE_BACK = "decision.take_back"
ALLOW_CHANNEL, FORBID_CHANNEL = "channel.allow", "channel.forbid"
SET_OWNER = "owner.set"
ASK_TO_BE_LET, LET = "wish.ask", "wish.let"
OPEN_OWNER, OPEN_BILLING = "open.owner", "open.billing"
OPEN_ROLE, OPEN_SECOND = "open.role", "open.second"
OPEN_THRESHOLDS = "open.thresholds"
BEHIND = "week.behind"  # a button each, as above; its value names the week and the heading
BEHIND_PAGE = "behind.page"
OPEN_SCHEDULE, OPEN_HOURS, OPEN_REMINDERS = "open.schedule", "open.hours", "open.reminders"
PREVIEW = "schedule.preview"
PUT_BACK = "manner.put_back"
TAKE_ADVICE, LEAVE_ADVICE = "advice.take", "advice.leave"
STATEMENT_FILE = "statement.file"
OPEN_GAP = "open.gap"
OPEN_WORKPLACE = "open.workplace"
HOME_CLIENT, HOME_KIND, HOME_OWNER, HOME_QUIET = "home.client", "home.kind", "home.owner", "home.quiet"
HOME_PAGE, HOME_CLEAR = "home.page", "home.clear"  # a button each way: `home.page.open.1`
OPEN_WHAT_IF = "open.what_if"
OPEN_AGREEMENTS, AGREE, END_AGREEMENT = "open.agreements", "agreement.kind", "agreement.end"

RECONCILE_FORM = "form.reconcile"
NAME_FORM = "form.name"
OWNER_FORM, BILLING_FORM = "form.owner", "form.billing"
ROLE_FORM, SECOND_FORM = "form.role", "form.second"
SET_RIGHT_FORM = "form.set_right"
DISMISS_FORM = "form.dismiss"
SAME_FORM, SAME_SURE_FORM = "form.same", "form.same_sure"
SNOOZE_FORM = "form.snooze"
ASSIGN_FORM = "form.assign"
THRESHOLDS_FORM = "form.thresholds"
SCHEDULE_FORM, HOURS_FORM, REMINDERS_FORM = "form.schedule", "form.hours", "form.reminders"
WHAT_IF_FORM = "form.what_if"
WORKPLACE_FORM = "form.workplace"
AGREEMENT_FORM = "form.agreement"

REASON, UNTIL, NOTE = "reason", "until", "note"
CANDIDATE, PERSON, MONEY, SEATS = "candidate", "person", "money", "seats"
BOUGHT, BILLED, MONTH, WHOLE, CLIENT = "bought", "billed", "month", "whole", "client"
SIDE, ROLE, BILLING, CHANNEL, DIRECT = "side", "role", "billing", "channel", "direct"
CURRENCY, GRACE, KEEP, LOOK = "currency", "grace", "keep", "look"
VALUE = "value"  # the one field of an input block
AT, FIRST_DAYS, LAST_DAYS, WEEKDAYS = "at", "first_days", "last_days", "weekdays"
BEGINS, ENDS, DAYS_OFF, MOST, USUAL = "begins", "ends", "days_off", "most", "usual"
SUMMARY_DAYS, SUMMARY_AT, ZONE = "summary_days", "summary_at", "zone"
UNIT, CONTAINS, PRODUCT, DAYS, STARTS = "unit", "contains", "product", "days", "starts"
ALERTS, ALOUD = "alerts", "aloud"
NUDGE_AFTER, ESCALATE_AFTER = "nudge_after", "escalate_after"
FIND_ZONE = "find.zone"
FIND_OTHER = "find.other"
FIND_NAME, FIND_CLIENT = "find.name", "find.client"  # lists that are looked up, which Slack asks for by these alone

RETIRED: Mapping[str, str] = {}
"""Names that old messages still carry, and what they are called today."""

ANY_ANSWER = re.compile(rf"{re.escape(ANSWER)}\.\d+")
ANY_HOURS = re.compile(rf"{re.escape(OPEN_HOURS)}\.\w+")  # `open.hours.mine`: whose
ANY_MONTH = re.compile(rf"{re.escape(SAY_MONTH)}\.\d+")
ANY_SOURCE = re.compile(rf"{re.escape(NO_MORE)}\.\d+")
ANY_BEHIND = re.compile(rf"{re.escape(BEHIND)}\.\d+")
ANY_BEHIND_PAGE = re.compile(rf"{re.escape(BEHIND_PAGE)}\.\d+")
ANY_PAGE = re.compile(rf"{re.escape(HOME_PAGE)}\.\w+\.\d+")
ANYTHING = re.compile(r".*")


def seen(case: str, version: int) -> str:
    """Name a row of buttons by what is shown above it, so that nobody signs for what they have not seen."""
    return f"seen/{version}/{case}"


def seen_version(row: str) -> int | None:
    """Read which version of a gap was shown above a row of buttons; old rows do not say."""
    kind, _, rest = row.partition("/")
    version = rest.partition("/")[0]
    return int(version) if kind == "seen" and version.isdecimal() else None


def todays(action: str) -> str:
    """Name a click as it is called today."""
    return RETIRED.get(action, action)
