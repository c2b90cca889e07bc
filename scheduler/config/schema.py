"""What may stand in `onetoone.toml`: a model for each table; what is left out keeps its default.

The defaults themselves stand in `scheduler.settings`, once.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from scheduler.config import values
from scheduler.every import Cadence
from scheduler.hours import Shift, WorkingHours
from scheduler.settings import Asked, Days

FilePath = Annotated[Path, PlainValidator(values.path)]
_NONE, _HOUR, _DAY, _WEEK = timedelta(0), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_Window = Annotated[timedelta, PlainValidator(values.duration(_WEEK, 104 * _WEEK, "12 weeks"))]
_Wait = Annotated[timedelta, PlainValidator(values.duration(_NONE, 520 * _WEEK, "26 weeks"))]


class Section(BaseModel):
    """One table; keys that are not named here are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def given(self) -> dict[str, Any]:
        """The keys that the file has, with their values."""
        return {name: getattr(self, name) for name in self.model_fields_set}

    @classmethod
    def key_names(cls) -> tuple[str, ...]:
        """Return the keys as the file writes them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())


class Calendars(Section):
    """`[calendars]`."""

    provider: Annotated[str, PlainValidator(values.provider("folder", "google", "caldav", "ics"))]
    path: FilePath | None = None


class Documents(Section):
    """`[documents]`."""

    provider: Annotated[str, PlainValidator(values.provider("folder", "google"))] | None = None
    url: Annotated[str, PlainValidator(values.web_address)] | None = None


class Rule(Section):
    """`[[cadence.rules]]`, one of them; what is wrong between its keys and between rules: `scheduler.config.rules`."""

    name: Annotated[str, PlainValidator(values.rule_name)]
    every: Annotated[Cadence, PlainValidator(values.cadence)]
    minutes: Annotated[int, PlainValidator(values.whole(5, 480))] | None = None
    first_minutes: Annotated[int, PlainValidator(values.whole(5, 480))] | None = None
    first_within: Annotated[timedelta, PlainValidator(values.days(_DAY, 52 * _WEEK, "1 week"))] | None = None
    joined_within: Annotated[timedelta, PlainValidator(values.days(_DAY, 520 * _WEEK, "90 days"))] | None = (
        None
    )
    span_over: Annotated[int, PlainValidator(values.whole(1, 1000))] | None = None
    span_up_to: Annotated[int, PlainValidator(values.whole(1, 1000))] | None = None
    column: Annotated[str, PlainValidator(values.column)] | None = None
    says: Annotated[tuple[str, ...], PlainValidator(values.cells)] | None = Field(None, alias="is")
    of: Annotated[Asked, PlainValidator(values.whose)] | None = None


class CadenceSection(Section):
    """`[cadence]`."""

    every: Annotated[Cadence, PlainValidator(values.cadence)]
    minutes: Annotated[int, PlainValidator(values.whole(5, 480))]
    tolerance: Annotated[float, PlainValidator(values.share)] | None = None
    rules: tuple[Rule, ...] = ()


class Job(Section):
    """`[job]`."""

    state: FilePath | None = None
    agendas: FilePath | None = None
    exports: FilePath | None = None
    reports: FilePath | None = None
    look_back: _Window | None = None
    look_ahead: _Window | None = None


class RosterSection(Section):
    """`[roster]`; `roster = "google"` is short for a table with that `source`."""

    source: Annotated[str, PlainValidator(values.choice("people.csv", "google"))] | None = None
    timezone: Annotated[ZoneInfo, PlainValidator(values.timezone)] | None = None
    hours: Annotated[WorkingHours, PlainValidator(values.hours)] | None = None


_Points = Annotated[int, PlainValidator(values.whole(0, 1000))] | None


class Weights(Section):
    """`[slots.weights]`, in points."""

    week_begins: _Points = None
    week_ends: _Points = None
    lunch: _Points = None
    off_the_half_hour: _Points = None
    no_air: _Points = None
    beside_upward: _Points = None
    first_clashes: _Points = None
    unsocial: _Points = None
    unsocial_again: _Points = None
    not_preferred: _Points = None
    other_time: _Points = None
    off_centre: _Points = None
    wait: _Points = None
    wait_overdue: _Points = None
    late_first: _Points = None
    same_day: _Points = None
    another_hour: _Points = None


class Slots(Section):
    """`[slots]`."""

    notice: Annotated[timedelta, PlainValidator(values.duration(_NONE, 12 * _WEEK, "2 days"))] | None = None
    free_share: Annotated[float, PlainValidator(values.share)] | None = None
    step: Annotated[timedelta, PlainValidator(values.step)] | None = None
    days: Annotated[Days, PlainValidator(values.days_over_the_week)] | None = None
    air: Annotated[timedelta, PlainValidator(values.duration(_NONE, _HOUR, "5 minutes"))] | None = None
    social_hours: Annotated[Shift, PlainValidator(values.clock_hours)] | None = None
    weights: Weights | None = None


class Limits(Section):
    """`[limits]`."""

    new_series: Annotated[int, PlainValidator(values.whole(0, 100_000))] | None = None
    touched_share: Annotated[float, PlainValidator(values.share)] | None = None
    touched_floor: Annotated[int, PlainValidator(values.whole(0, 100_000))] | None = None
    mails_per_person: Annotated[int, PlainValidator(values.whole(1, 100))] | None = None


class Agenda(Section):
    """`[agenda]`."""

    ahead: Annotated[timedelta, PlainValidator(values.duration(_NONE, 12 * _WEEK, "3 days"))] | None = None
    openers: Annotated[int, PlainValidator(values.whole(0, 20))] | None = None
    reserve: Annotated[int, PlainValidator(values.whole(0, 20))] | None = None
    repeat_after: _Wait | None = None
    ask_after_carries: Annotated[int, PlainValidator(values.whole(1, 100))] | None = None


class SeriesSection(Section):
    """`[series]`."""

    title: Annotated[str, PlainValidator(values.title)] | None = None
    ask_again_after: _Wait | None = None
    joiners_ahead: (
        Annotated[timedelta, PlainValidator(values.duration(_NONE, 52 * _WEEK, "2 weeks"))] | None
    ) = None


class Google(Section):
    """`[google]`."""

    credentials: FilePath | None = None
    subject: Annotated[str, PlainValidator(values.email)] | None = None
    full_reports: Annotated[bool, PlainValidator(values.switch)] | None = None
    meet: Annotated[bool, PlainValidator(values.switch)] | None = None
    guests_can_modify: Annotated[bool, PlainValidator(values.switch)] | None = None
    threads: Annotated[int, PlainValidator(values.whole(1, 16))] | None = None
    endpoint: Annotated[str, PlainValidator(values.loopback)] | None = None


SECTIONS: Mapping[str, type[Section]] = MappingProxyType(
    {
        "calendars": Calendars,
        "cadence": CadenceSection,
        "job": Job,
        "roster": RosterSection,
        "slots": Slots,
        "limits": Limits,
        "agenda": Agenda,
        "series": SeriesSection,
        "documents": Documents,
        "google": Google,
    },
)
RULES = "cadence.rules"
TABLES: Mapping[str, type[Section]] = MappingProxyType({**SECTIONS, RULES: Rule, "slots.weights": Weights})
"""Every table with keys in it by its name, the repeated `[[cadence.rules]]` among them."""
REQUIRED: Mapping[str, str] = MappingProxyType(
    {
        "calendars": '[calendars] with provider = "folder" and path = "../calendars"',
        "calendars.provider": 'provider = "folder"',
        "calendars.path": 'path = "../calendars"',
        "cadence": '[cadence] with every = "2 weeks" and minutes = 30',
        "cadence.every": 'every = "2 weeks"',
        "cadence.minutes": "minutes = 30",
        "cadence.rules.name": 'name = "new joiners"',
        "cadence.rules.every": 'every = "1 week"',
    },
)
VERSION = 1
