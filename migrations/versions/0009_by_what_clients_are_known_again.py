"""By what a client is known again when the PSA calls it otherwise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "signs",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("gone", MOMENT),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.workspace"], name=op.f("fk_signs_workspace")),
        sa.PrimaryKeyConstraint("workspace", "sign", name=op.f("pk_signs")),
    )
    op.create_index(op.f("ix_signs_workspace_client"), "signs", ["workspace", "client"])
