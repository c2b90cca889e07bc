"""The settings, as the rooms use them: plain, frozen, already checked by `scheduler.config`.

Durations are timedeltas, shares are 0 to 1, paths are absolute.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.every import Cadence
from scheduler.hours import WorkingHours


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSettings:
    """Where calendars are kept by default."""

    provider: str
    path: Path | None = None


class Asked(StrEnum):
    """Whose column of the roster a rule looks at."""

    REPORT = "report"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceRule:
    """How often the pairs meet for whom all of its conditions hold; a condition that is None is not asked.

    Conditions: the report's first day is less than `joined_within` ago, or still to come; the manager meets more
    than `span_over`, or up to `span_up_to`, reports; the cell of `column` is one of those it `says`, in lower case.
    `minutes` None: as the config has it for everybody. The first meeting of all takes `first_minutes`, and is held
    within `first_within` of the report's first day.
    """

    name: str
    every: Cadence
    minutes: int | None = None
    first_minutes: int | None = None
    first_within: timedelta | None = None
    joined_within: timedelta | None = None
    span_over: int | None = None
    span_up_to: int | None = None
    column: str | None = None
    says: tuple[str, ...] = ()
    of: Asked = Asked.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class CadenceSettings:
    """How often pairs meet, and for how long, unless the roster says otherwise.

    Of `rules` the first that fits a pair decides; `every` and `minutes` hold where none does.
    """

    every: Cadence
    minutes: int
    tolerance: float = 0.5
    rules: tuple[CadenceRule, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The columns of the roster that the rules look at."""
        return frozenset(rule.column for rule in self.rules if rule.column is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """Where the job keeps things, and the window of its check."""

    state: Path
    agendas: Path
    exports: Path
    reports: Path
    look_back: timedelta = timedelta(weeks=12)
    look_ahead: timedelta = timedelta(weeks=12)


class Days(StrEnum):
    """How a manager's 1-2-1s lie over the week; opinion divides, so it is a setting."""

    SPREAD = "spread"
    TOGETHER = "together"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotWeights:
    """What speaks against a time, in points: a series that is free on all its dates and has none of them is worth 1,000.

    All are of one measure with freedom: of 12 dates a clash costs 111 points on the nearest and 56 on the last. A weight
    of nought switches its preference off.
    """

    week_begins: int = 40  # Monday morning, for either (Manager Tools)
    week_ends: int = 40  # Friday afternoon, for either: no room left in the week to move it (Manager Tools)
    lunch: int = 40  # over 12:00 to 13:00, for either
    off_the_half_hour: int = 20  # people expect meetings at :00 and :30
    no_air: int = 10  # on all its dates another meeting of either is nearer than `air`
    beside_upward: int = (
        20  # on all its dates nearer than half an hour to the manager's own 1-2-1 upward (Manager Tools)
    )
    first_clashes: int = 30  # a series should not begin with a meeting that has to be moved
    unsocial: int = 15  # for each half hour outside `social_hours`, for each of the two
    unsocial_again: int = 15  # more, for each half hour of whoever bore it in the series before
    not_preferred: int = 30  # not in the half of the day that somebody would rather have, for each of the two
    other_time: int = 15  # not a time that a series of the two had before
    off_centre: int = 1  # for each half hour from the middle of what hours the two share
    wait: int = 1  # for each day until the first
    wait_overdue: int = 3  # the same, where the pair is past its limit
    late_first: int = 60  # for each day by which a new joiner's first one is late
    same_day: int = (
        4  # for each other 1-2-1 of the manager's on each of its dates; with `together`, for each that is not
    )
    another_hour: int = 10  # an hour of the manager's week at which there was no 1-2-1 so far


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSettings:
    """What makes a time good enough, and which of those that are is the best.

    `notice` is the least time between now and a first meeting; `free_share` is the least share of a
    series' dates in the look-ahead on which both are free; `step` is the grid of start times. `air` is the time wished for before
    and after, `social_hours` those that bother nobody, by each one's own clock.
    """

    notice: timedelta = timedelta(days=2)
    free_share: float = 0.75
    step: timedelta = timedelta(minutes=30)
    days: Days = Days.SPREAD
    air: timedelta = timedelta(minutes=5)
    social_hours: tuple[time, time] = (time(8), time(18))
    weights: SlotWeights = SlotWeights()


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitSettings:
    """How much one run may do.

    `new_series` caps creations, the rest wait for the next run. A run that would end or change more
    than `touched_share` of the series it made before is refused, unless that is at most
    `touched_floor` series.
    """

    new_series: int = 50
    touched_share: float = 0.25
    touched_floor: int = 3
    mails_per_person: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaSettings:
    """When agendas are written and what is in them.

    `ahead` is how long before a meeting its agenda is written; an opener does not come back to a
    pair within `repeat_after`; an item carried `ask_after_carries` times is asked about.
    """

    ahead: timedelta = timedelta(days=3)
    openers: int = 3
    reserve: int = 3
    repeat_after: timedelta = timedelta(weeks=26)
    ask_after_carries: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSettings:
    """What the created events look like, and how long a person's no stands.

    `title` may hold `{manager}` and `{report}`, which become given names.
    """

    title: str = "1-2-1: {manager} / {report}"
    ask_again_after: timedelta = timedelta(weeks=26)
    joiners_ahead: timedelta = timedelta(weeks=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSettings:
    """Where people come from, and what holds for those whose row leaves a column empty.

    `source` is `people.csv` or `google`. `timezone` None: UTC, with a warning.
    """

    source: str = "people.csv"
    timezone: ZoneInfo | None = None
    hours: WorkingHours = field(default_factory=lambda: WorkingHours.parse("Mon-Fri 09:00-17:00"))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """How Google is reached, and how much of a calendar is read.

    `credentials` is a service account's key (for an organisation) or a client-secrets file (for one manager).
    `subject` is the administrator as whom a service account reads the Directory. `full_reports`: also reports'
    calendars are read in full, not their free/busy alone. `meet` puts a Meet link on new series. `endpoint` is
    one root on loopback that stands in for every API, for tests.
    """

    credentials: Path | None = None
    subject: str | None = None
    full_reports: bool = False
    meet: bool = False
    guests_can_modify: bool = False
    threads: int = 8
    endpoint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything in `onetoone.toml`; `directory` is the folder that it lies in.

    `documents_url` is where the agenda folder is served to people's browsers; None: links are `file:`.
    """

    directory: Path
    calendars: CalendarSettings
    cadence: CadenceSettings
    job: JobSettings
    documents_provider: str = "folder"
    slots: SlotSettings = field(default_factory=SlotSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    agenda: AgendaSettings = field(default_factory=AgendaSettings)
    series: SeriesSettings = field(default_factory=SeriesSettings)
    roster: RosterSettings = field(default_factory=RosterSettings)
    google: GoogleSettings | None = None
    documents_url: str | None = None
