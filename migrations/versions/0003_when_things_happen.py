"""When things happen, and whom the bot called upon."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("fired_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_schedules_workspace")),
        sa.PrimaryKeyConstraint("workspace", "kind", name=op.f("pk_schedules")),
    )
    op.create_table(
        "calls",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_calls_workspace")),
        sa.PrimaryKeyConstraint("workspace", "to", "day", "subject", name=op.f("pk_calls")),
    )
