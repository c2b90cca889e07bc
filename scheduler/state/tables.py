"""The tables of what is remembered between runs; moments are ISO 8601 text in UTC, with its offset.

No column holds a title of a person's meeting, a note, a question or a follow-up. `summary` is the title
that this program gave to a series of its own.
"""

from sqlalchemy import Column, Integer, MetaData, Table, Text

HEAD = "0001"
KNOWN = frozenset({HEAD})
"""Revisions that this program can read; the newest is HEAD. A test holds them to the migrations."""

metadata = MetaData()


def _text(name: str, *, key: bool = False, empty: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=empty)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


about = Table("about", metadata, _text("name", key=True), _text("value"))

series = Table(
    "series",
    metadata,
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

pairs_seen = Table(
    "pairs_seen",
    metadata,
    _text("manager", key=True),
    _text("report", key=True),
    _text("first_seen"),
)

openers = Table(
    "openers",
    metadata,
    _text("manager", key=True),
    _text("report", key=True),
    _text("opener", key=True),
    _text("used_for", key=True),
)

agendas = Table(
    "agendas",
    metadata,
    _text("manager", key=True),
    _text("report", key=True),
    _text("meeting", key=True),
)

exported = Table(
    "exported",
    metadata,
    _text("uid", key=True),
    _text("recurrence_id", key=True),
    _text("digest"),
    _number("sequence"),
    _text("stamped"),
)

refusals = Table(
    "refusals",
    metadata,
    _text("manager", key=True),
    _text("report", key=True),
    _text("uid", key=True),
    _text("noticed"),
    _text("by", empty=True),
)
