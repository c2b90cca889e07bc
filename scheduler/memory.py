"""What the program remembers between runs, as plain data; `scheduler.state` keeps it in a database.

No titles, no notes, no follow-ups, no questions: openers are remembered by a fingerprint.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SeriesState(StrEnum):
    """How far a series of ours has come.

    `begun` is written before the first calendar is touched, `standing` after the last: a run that
    was killed between the two is finished by the next. `refused`: a person said no to it.
    """

    BEGUN = "begun"
    STANDING = "standing"
    ENDING = "ending"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSeries:
    """A series that this program created, or was about to.

    `link` is the agenda's address on it. `ended_at` is the moment from which nothing more of it takes
    place. `refused_at` is when a person's no was first noticed; `refused_by` whose it was.
    """

    uid: str
    key: str
    manager: str
    report: str
    generation: int
    start: datetime
    timezone: str
    rrule: str
    minutes: int
    summary: str
    state: SeriesState
    created_at: datetime
    link: str | None = None
    ended_at: datetime | None = None
    refused_at: datetime | None = None
    refused_by: str | None = None


@dataclass(frozen=True, slots=True)
class PairSeen:
    """When a pair was on the roster for the first time."""

    manager: str
    report: str
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class OpenerUse:
    """An opener that a pair was given, by fingerprint, for a meeting on that date."""

    manager: str
    report: str
    opener: str
    used_for: datetime


@dataclass(frozen=True, slots=True)
class AgendaWritten:
    """An agenda that was written, by the meeting's original start; it is not written again."""

    manager: str
    report: str
    meeting: datetime


@dataclass(frozen=True, slots=True)
class Exported:
    """What of an event was last exported: the digest of its content, its SEQUENCE and DTSTAMP.

    `recurrence_id` is empty for the series itself, else the occurrence's original start in ISO 8601.
    """

    uid: str
    recurrence_id: str
    digest: str
    sequence: int
    stamped: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """A person's no to a series that people had made themselves, when it was noticed and whose it was.

    A no to a series of ours stands with the series (`MadeSeries.refused_at`).
    """

    manager: str
    report: str
    uid: str
    noticed: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Everything that is remembered; `began` is when the memory itself was begun, None when new."""

    began: datetime | None = None
    series: tuple[MadeSeries, ...] = ()
    pairs_seen: tuple[PairSeen, ...] = ()
    openers: tuple[OpenerUse, ...] = ()
    agendas: tuple[AgendaWritten, ...] = ()
    exported: tuple[Exported, ...] = field(default=())
    refusals: tuple[Refusal, ...] = ()
