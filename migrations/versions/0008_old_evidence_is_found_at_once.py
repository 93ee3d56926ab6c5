"""An index by which evidence past its time is found without reading what is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    kept = sa.text("content IS NOT NULL")
    op.create_index(
        op.f("ix_blobs_workspace_at"), "blobs", ["workspace", "at"], sqlite_where=kept, postgresql_where=kept
    )
