"""A seal on each row that people rely on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("of_table", sa.String(), nullable=False),
        sa.Column("its_key", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_seals_workspace")),
        sa.PrimaryKeyConstraint("workspace", "of_table", "its_key", name=op.f("pk_seals")),
    )
