"""What is remembered from the first version on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table("about", _text("name", key=True), _text("value"))
    op.create_table(
        "series",
        _text("uid", key=True),
        _text("key"),
        _text("manager"),
        _text("report"),
        _number("generation"),
        _text("start"),
        _text("timezone"),
        _text("rrule"),
        _number("minutes"),
        _text("summary"),
        _text("state"),
        _text("created_at"),
        _text("link", empty=True),
        _text("ended_at", empty=True),
        _text("refused_at", empty=True),
        _text("refused_by", empty=True),
    )
    op.create_table("pairs_seen", _text("manager", key=True), _text("report", key=True), _text("first_seen"))
    op.create_table(
        "openers", *(_text(name, key=True) for name in ("manager", "report", "opener", "used_for"))
    )
    op.create_table("agendas", *(_text(name, key=True) for name in ("manager", "report", "meeting")))
    op.create_table(
        "exported",
        _text("uid", key=True),
        _text("recurrence_id", key=True),
        _text("digest"),
        _number("sequence"),
        _text("stamped"),
    )
    op.create_table(
        "refusals",
        *(_text(name, key=True) for name in ("manager", "report", "uid")),
        _text("noticed"),
        _text("by", empty=True),
    )


def _text(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=empty)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)
