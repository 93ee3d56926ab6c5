"""Promises are kept by themselves: where each goes, whether it is in doubt, and which processes keep them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("outbox", sa.Column("place", sa.Text(), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("is_in_doubt", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "instances",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_instances")),
    )
    op.create_index("uq_instances_slot", "instances", ["slot"], unique=True)
