"""How often whoever had a promise in hand was cut off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("cuts", sa.Integer(), nullable=False, server_default="0"))
