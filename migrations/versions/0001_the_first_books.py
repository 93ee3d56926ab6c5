"""The first books."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("audit", "judgements")


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("billing_owner", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("founded_at", MOMENT, nullable=False),
        sa.Column("audit_end", sa.Integer(), nullable=False),
        sa.Column("audit_seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "audit",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_audit_workspace")),
        sa.PrimaryKeyConstraint("workspace", "number", name=op.f("pk_audit")),
    )
    op.create_table(
        "blobs",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_blobs_workspace")),
        sa.PrimaryKeyConstraint("workspace", "digest", name=op.f("pk_blobs")),
    )
    op.create_table(
        "heard",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_heard_workspace")),
        sa.PrimaryKeyConstraint("workspace", "event", name=op.f("pk_heard")),
    )
    op.create_table(
        "messages",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sent_as", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_messages_workspace")),
        sa.PrimaryKeyConstraint("workspace", "subject", "channel", name=op.f("pk_messages")),
    )
    op.create_index(
        "ix_messages_workspace_channel_sent_as", "messages", ["workspace", "channel", "sent_as"], unique=False
    )

    op.create_table(
        "outbox",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempt_at", MOMENT, nullable=True),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("sent_as", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_outbox_workspace")),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_workspace_state_number", "outbox", ["workspace", "state", "number"], unique=False)
    op.create_index("uq_outbox_workspace_number", "outbox", ["workspace", "number"], unique=True)

    op.create_table(
        "owners",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("manager", sa.String(), nullable=True),
        sa.Column("billing", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_owners_workspace")),
        sa.PrimaryKeyConstraint("workspace", "client_key", name=op.f("pk_owners")),
    )
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_approver", sa.Boolean(), nullable=False),
        sa.Column("limit_units", sa.BigInteger(), nullable=True),
        sa.Column("limit_currency", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_people_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_people")),
    )
    op.create_table(
        "profiles",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_profiles_workspace")),
        sa.PrimaryKeyConstraint("workspace", "fingerprint", name=op.f("pk_profiles")),
    )
    op.create_table(
        "quantities",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_quantities_workspace")),
        sa.PrimaryKeyConstraint("workspace", "month", "side", "client", "product", name=op.f("pk_quantities")),
    )
    op.create_table(
        "secrets",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_secrets_workspace")),
        sa.PrimaryKeyConstraint("workspace", "name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "settings",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_settings_workspace")),
        sa.PrimaryKeyConstraint("workspace", "name", "scope", name=op.f("pk_settings")),
    )
    op.create_table(
        "sources",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_sources_workspace")),
        sa.PrimaryKeyConstraint("workspace", "side", "name", name=op.f("pk_sources")),
    )
    op.create_table(
        "files",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("month", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "digest"], ["blobs.workspace", "blobs.digest"], name=op.f("fk_files_workspace_digest")
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "replaced_by"], ["files.workspace", "files.id"], name=op.f("fk_files_workspace_replaced_by")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_files_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_files")),
    )
    op.create_index("ix_files_workspace_digest", "files", ["workspace", "digest"], unique=False)
    op.create_index("ix_files_workspace_month", "files", ["workspace", "month"], unique=False)

    op.create_table(
        "runs",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("hashes", sa.Text(), nullable=False),
        sa.Column("weights", sa.Text(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "document"], ["blobs.workspace", "blobs.digest"], name=op.f("fk_runs_workspace_document")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_runs_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_runs")),
    )
    op.create_index("uq_runs_workspace_number", "runs", ["workspace", "number"], unique=True)

    op.create_table(
        "gaps",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("client_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("monthly", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("proposal", sa.String(), nullable=True),
        sa.Column("assigned", sa.String(), nullable=True),
        sa.Column("wakes_at", MOMENT, nullable=True),
        sa.Column("times_reopened", sa.Integer(), nullable=False),
        sa.Column("has_spoken", sa.Boolean(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("recovered", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "run"], ["runs.workspace", "runs.id"], name=op.f("fk_gaps_workspace_run")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_gaps_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_gaps")),
    )
    op.create_index("ix_gaps_workspace_identity", "gaps", ["workspace", "identity"], unique=False)
    op.create_index(
        "uq_gaps_identity_unclosed",
        "gaps",
        ["workspace", "identity", "direction"],
        unique=True,
        sqlite_where=sa.text("state != 'closed'"),
        postgresql_where=sa.text("state != 'closed'"),
    )

    op.create_table(
        "decisions",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("gap", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("wakes_at", MOMENT, nullable=True),
        sa.Column("money", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("bought", sa.Text(), nullable=True),
        sa.Column("billed", sa.Text(), nullable=True),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("is_proposed", sa.Boolean(), nullable=False),
        sa.Column("seconded_by", sa.String(), nullable=True),
        sa.Column("seconded_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "gap"], ["gaps.workspace", "gaps.id"], name=op.f("fk_decisions_workspace_gap")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_decisions_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_workspace_gap", "decisions", ["workspace", "gap"], unique=False)
    op.create_index("uq_decisions_workspace_number", "decisions", ["workspace", "number"], unique=True)

    op.create_table(
        "gap_events",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("gap", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happening", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "gap"], ["gaps.workspace", "gaps.id"], name=op.f("fk_gap_events_workspace_gap")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_gap_events_workspace")),
        sa.PrimaryKeyConstraint("workspace", "gap", "number", name=op.f("pk_gap_events")),
    )
    op.create_index("ix_gap_events_workspace_run", "gap_events", ["workspace", "run"], unique=False)

    op.create_table(
        "corrections",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("gap", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.Column("now", sa.String(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("money", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("todo", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "decision"],
            ["decisions.workspace", "decisions.id"],
            name=op.f("fk_corrections_workspace_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "gap"], ["gaps.workspace", "gaps.id"], name=op.f("fk_corrections_workspace_gap")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_corrections_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_corrections")),
    )
    op.create_index("uq_corrections_workspace_decision", "corrections", ["workspace", "decision"], unique=True)

    op.create_table(
        "judgements",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("bought", sa.Text(), nullable=False),
        sa.Column("billed", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "decision"],
            ["decisions.workspace", "decisions.id"],
            name=op.f("fk_judgements_workspace_decision"),
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_judgements_workspace")),
        sa.PrimaryKeyConstraint("workspace", "number", name=op.f("pk_judgements")),
    )
    for table in APPEND_ONLY:
        make_append_only(table)


def make_append_only(table: str) -> None:
    """Refuse to change or delete what is written down for good."""
    if op.get_bind().dialect.name == "sqlite":
        for done in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{done.lower()} BEFORE {done} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is only ever added to'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuses BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()"
    )
