"""Who is only a guest of the workspace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("people", sa.Column("is_guest", sa.Boolean(), nullable=False, server_default=sa.false()))
