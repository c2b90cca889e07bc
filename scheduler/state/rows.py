"""Between rows of the database and the plain data of `scheduler.memory`; pure."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from scheduler.memory import AgendaWritten, Exported, MadeSeries, OpenerUse, PairSeen, Refusal, SeriesState

Remembered = MadeSeries | PairSeen | OpenerUse | AgendaWritten | Exported | Refusal
Row = dict[str, Any]
Kind = TypeVar("Kind", MadeSeries, PairSeen, OpenerUse, AgendaWritten, Exported, Refusal)

_MOMENTS = frozenset(
    {
        "start",
        "created_at",
        "ended_at",
        "refused_at",
        "first_seen",
        "used_for",
        "meeting",
        "stamped",
        "noticed",
    },
)


def row_of(item: Remembered) -> Row:
    """Return what is stored of it; moments as ISO 8601 text in UTC, so that equal ones are stored alike."""
    return {field.name: _stored(getattr(item, field.name)) for field in fields(item)}


def item_of(kind: type[Kind], row: Mapping[Any, Any]) -> Kind:
    """Return the data of a row; a series' start stands in its own zone again, other moments in UTC.

    Raises ValueError or KeyError where a row holds what this program never writes.
    """
    values: Row = {}
    for field in fields(kind):
        value = row[field.name]
        values[field.name] = datetime.fromisoformat(value) if value and field.name in _MOMENTS else value
    if kind is MadeSeries:
        values["state"] = SeriesState(values["state"])
        values["start"] = values["start"].astimezone(ZoneInfo(values["timezone"]))
    return kind(**values)


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, SeriesState) else value
