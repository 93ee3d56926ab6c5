"""Every table; each row belongs to a workspace, and its key begins with it."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.sql.schema import SchemaItem

from bot.store.columns import Amount, Exact, Moment

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

workspaces = Table(
    "workspaces",
    metadata,
    Column("workspace", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("billing_owner", String),
    Column("time_zone", String, nullable=False),
    Column("founded_at", Moment, nullable=False),
    Column("audit_end", Integer, nullable=False),
    Column("audit_seal", String, nullable=False),
)


def _table(name: str, *columns: SchemaItem) -> Table:
    belongs = Column("workspace", String, ForeignKey(workspaces.c.workspace), primary_key=True)
    return Table(name, metadata, belongs, *columns)


def _key(name: str) -> Column[str]:
    return Column(name, String, primary_key=True)


def _said(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _refers(column: str, table: str, key: str = "id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace", column], [f"{table}.workspace", f"{table}.{key}"])


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean(create_constraint=False), nullable=False)


people = _table(
    "people",
    _key("id"),
    _said("name"),
    Column("email", String),
    _flag("is_admin"),
    _flag("is_approver"),
    Column("limit_units", Amount),
    Column("limit_currency", String),
    _flag("is_active"),
    Column("is_guest", Boolean(create_constraint=False), nullable=False, server_default=false()),
)
owners = _table(
    "owners",
    _key("client_key"),
    _said("client"),
    Column("manager", String),
    Column("billing", String),
    Column("channel", String),
)
signs = _table(
    "signs",
    _key("sign"),
    _said("client"),
    Column("since", Moment, nullable=False),
    Column("gone", Moment),
    Index("ix_signs_workspace_client", "workspace", "client"),
)
settings = _table("settings", _key("name"), _key("scope"), _said("value"))
secrets = _table(
    "secrets", _key("name"), Column("sealed", LargeBinary, nullable=False), Column("at", Moment, nullable=False)
)
profiles = _table("profiles", _key("fingerprint"), _said("answers"), _said("by"), Column("at", Moment, nullable=False))
blobs = _table(
    "blobs",
    _key("digest"),
    Column("content", LargeBinary),  # compressed; null once its time is over
    Column("size", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index(
        "ix_blobs_workspace_at",
        "workspace",
        "at",
        sqlite_where=text("content IS NOT NULL"),
        postgresql_where=text("content IS NOT NULL"),
    ),
)
files = _table(
    "files",
    _key("id"),
    _said("name"),
    Column("digest", String, nullable=False),
    Column("side", String),
    _said("source"),
    Column("month", String),
    _said("fingerprint"),
    Column("lines", Integer, nullable=False),
    Column("clients", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("channel", String),
    Column("thread", String),
    Column("replaced_by", String),
    _flag("is_accepted"),
    _refers("digest", "blobs", "digest"),
    _refers("replaced_by", "files"),
    Index("ix_files_workspace_month", "workspace", "month"),
    Index("ix_files_workspace_digest", "workspace", "digest"),
)
sources = _table(
    "sources",
    _key("side"),
    _key("name"),
    Column("month", String, nullable=False),
    Column("lines", Integer, nullable=False),
)
runs = _table(
    "runs",
    _key("id"),
    Column("number", Integer, nullable=False),  # in the order they were done
    Column("month", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("inputs", String, nullable=False),
    _said("hashes"),
    _said("weights"),
    Column("document", String, nullable=False),
    Column("at_hand", String, nullable=False),
    _said("figures"),
    _said("missing"),
    _flag("is_applied"),
    Column("because", Text),
    _refers("document", "blobs", "digest"),
    _refers("at_hand", "blobs", "digest"),
    Index("uq_runs_workspace_number", "workspace", "number", unique=True),
)
quantities = _table(
    "quantities",
    _key("month"),
    _key("side"),
    _key("client"),
    _key("product"),
    Column("quantity", Exact, nullable=False),
)
gaps = _table(
    "gaps",
    _key("id"),
    Column("identity", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("client_key", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("month", String, nullable=False),
    Column("run", String, nullable=False),
    Column("monthly", Amount, nullable=False),
    Column("currency", String, nullable=False),
    _said("stated"),
    Column("opened_at", Moment, nullable=False),
    Column("decision", String),
    Column("proposal", String),
    Column("assigned", String),
    Column("wakes_at", Moment),
    Column("times_reopened", Integer, nullable=False),
    _flag("has_spoken"),
    Column("closed_at", Moment),
    _flag("is_verified"),
    Column("recovered", Amount),
    _refers("run", "runs"),
    Index(
        "uq_gaps_identity_unclosed",
        "workspace",
        "identity",
        "direction",
        unique=True,
        sqlite_where=text("state != 'closed'"),
        postgresql_where=text("state != 'closed'"),
    ),
    Index("ix_gaps_workspace_identity", "workspace", "identity"),
)
gap_events = _table(
    "gap_events",
    Column("gap", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("happening", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("run", String),
    Column("decision", String),
    _said("told"),
    _refers("gap", "gaps"),
    Index("ix_gap_events_workspace_run", "workspace", "run"),
)
decisions = _table(
    "decisions",
    _key("id"),
    Column("number", Integer, nullable=False),  # in the order they were taken
    Column("verb", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    Column("gap", String),
    Column("reason", String),
    _said("note"),
    Column("wakes_at", Moment),
    Column("money", Amount),
    Column("currency", String),
    Column("evidence", Text),
    Column("kind", String),
    Column("bought", Text),
    Column("billed", Text),
    Column("assignee", String),
    Column("before", String),
    _flag("is_proposed"),
    Column("seconded_by", String),
    Column("seconded_at", Moment),
    Column("ended_at", Moment),
    Column("ended_by", String),
    _refers("gap", "gaps"),
    Index("uq_decisions_workspace_number", "workspace", "number", unique=True),
    Index("ix_decisions_workspace_gap", "workspace", "gap"),
)
judgements = _table(
    "judgements",
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    _said("bought"),
    _said("billed"),
    Column("verdict", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Moment, nullable=False),
    _said("scope"),
    Column("decision", String, nullable=False),
    _refers("decision", "decisions"),
)
corrections = _table(
    "corrections",
    _key("id"),
    Column("gap", String, nullable=False),
    Column("decision", String, nullable=False),
    _said("client"),
    _said("product"),
    _said("plan"),
    _said("lines"),
    Column("was", Exact, nullable=False),
    Column("now", Exact, nullable=False),
    Column("effective", Date, nullable=False),
    Column("money", Amount, nullable=False),
    Column("currency", String, nullable=False),
    _said("todo"),
    Column("state", String, nullable=False),
    Column("at", Moment, nullable=False),
    _refers("gap", "gaps"),
    _refers("decision", "decisions"),
    Index("uq_corrections_workspace_decision", "workspace", "decision", unique=True),
)
outbox = _table(
    "outbox",
    _key("key"),
    Column("number", Integer, nullable=False),  # in the order they were promised
    Column("kind", String, nullable=False),
    _said("payload"),
    Column("place", Text, nullable=False, server_default=""),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempt_at", Moment),
    Column("not_before", Moment),
    Column("sent_as", String),
    Column("reason", Text),
    Column("is_in_doubt", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("cuts", Integer, nullable=False, server_default="0"),
    Column("at", Moment, nullable=False),
    Index("ix_outbox_workspace_state_number", "workspace", "state", "number"),
    Index("uq_outbox_workspace_number", "workspace", "number", unique=True),
)
messages = _table(
    "messages",
    _key("subject"),
    _key("channel"),
    Column("sent_as", String, nullable=False),
    Index("ix_messages_workspace_channel_sent_as", "workspace", "channel", "sent_as"),
)
schedules = _table(
    "schedules",
    _key("kind"),
    _said("cadence"),
    Column("fired_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)
calls = _table(
    "calls",
    _key("to"),
    Column("day", Date, primary_key=True),
    _key("subject"),
    Column("way", String, nullable=False),
    Column("at", Moment, nullable=False),
)
heard = _table("heard", _key("event"), _said("outcome"), Column("at", Moment, nullable=False))
audit = _table(
    "audit",
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    _said("subject"),
    _said("detail"),
    Column("previous", String, nullable=False),
    Column("seal", String, nullable=False),
)

seals = _table("seals", _key("of_table"), _key("its_key"), Column("seal", String, nullable=False))

SEALED = (
    people,
    owners,
    settings,
    profiles,
    files,
    sources,
    runs,
    gaps,
    gap_events,
    decisions,
    judgements,
    corrections,
)
"""What people rely on. Bytes have their digests, audit its chain, secrets are authentic; the rest is work in hand."""
instances = Table(
    "instances",
    metadata,
    Column("token", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("slot", Integer),  # a worker's number: what it has in hand is known by it
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    Index("uq_instances_slot", "slot", unique=True),
)
"""The processes of this bot, which serve every workspace."""
