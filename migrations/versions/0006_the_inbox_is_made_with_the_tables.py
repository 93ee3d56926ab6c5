"""The inbox, which was made by whichever process started first; in SQLite it is a file of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.create_table(
        "inbox",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column("once", sa.String(), nullable=False, unique=True),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_index(
        op.f("ix_inbox_workspace_holder_number"), "inbox", ["workspace", "holder", "number"], if_not_exists=True
    )
