"""What every rendering of a pair's best times says, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from scheduler.hours import WEEKDAYS
from scheduler.people import Person
from scheduler.reports.order import names_of, plain
from scheduler.reports.words import rule_words
from scheduler.slots.advice import Advice, Present
from scheduler.slots.local_times import local_times
from scheduler.slots.picture import HalfHour, Shade, State
from scheduler.slots.ranking import Option
from scheduler.slots.relaxations import Relaxation
from scheduler.words import city, counted, day_words, every

TITLE = "Times for a 1-2-1"
NOTHING_FITS = "No time fits as things are."
NOTHING_HELPS = "Nothing small helps; one of the two has to free some time or work other hours."
_WORTH_SAYING = 5  # points of 1,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One of the best times, ready to be written; `theirs` is empty where both have one clock."""

    rank: int
    mine: str
    theirs: str
    free: str
    score: int
    first: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """Everything that is shown of an advice, whatever the format."""

    advice: Advice

    @property
    def manager(self) -> Person:
        """The manager of the two."""
        return self.advice.request.pair.manager

    @property
    def report(self) -> Person:
        """The report of the two."""
        return self.advice.request.pair.report

    @cached_property
    def names(self) -> tuple[str, str]:
        """What the two are called."""
        called = names_of((self.manager, self.report))
        return called[self.manager.email], called[self.report.email]

    @property
    def one_clock(self) -> bool:
        """Say whether the two live in one zone."""
        return self.manager.tz.key == self.report.tz.key

    @property
    def cities(self) -> tuple[str, ...]:
        """The places that the clocks are named after: one, or the manager's and the report's."""
        mine, theirs = city(self.manager.tz), city(self.report.tz)
        return (mine,) if self.one_clock else (mine, theirs)

    @property
    def asked(self) -> str:
        """How often and for how long the two are to meet."""
        request = self.advice.request
        first = f", the first one {request.longest}" if request.longest > request.minutes else ""
        return f"{every(request.cadence)}, {counted(request.minutes, 'minute')}{first}"

    @property
    def looked_at(self) -> str:
        """From when a first meeting could be, and on which dates they have to be free."""
        request, tz = self.advice.request, self.manager.tz
        first = max(request.earliest, self.advice.ahead.start).astimezone(tz)
        last = (self.advice.ahead.end - timedelta(seconds=1)).astimezone(tz)
        return f"first meeting from {day_words(first.date())} on; free dates are counted to {day_words(last.date())}"

    @property
    def present(self) -> tuple[str, ...]:
        """What the two have with each other now."""
        return tuple(self._present(series) for series in self.advice.present)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The best times, the best first."""
        return tuple(self._line(rank, option) for rank, option in enumerate(self.advice.options, start=1))

    def relaxed(self, relaxation: Relaxation) -> str:
        """Say what a relaxation makes possible: `Tue 16:50-17:20 in Berlin, free on 12 of 12 dates`."""
        found = relaxation.found
        end = found.start + timedelta(minutes=relaxation.request.minutes)
        theirs = self._theirs(found.start)
        there = f" ({theirs} in {city(self.report.tz)})" if theirs else ""
        return (
            f"{WEEKDAYS[found.start.weekday()]} {_clock(found.start)}-{_clock(end)} in {city(self.manager.tz)}{there}, "
            f"free on {found.free} of {counted(found.counted, 'date')}"
        )

    def cell(self, weekday: int, start: str, cell: HalfHour) -> str:
        """Say in words what a half hour of the picture shows."""
        place = f", number {cell.rank} of the times" if cell.rank is not None else ""
        now = ", where they meet now" if cell.present else ""
        return f"{WEEKDAYS[weekday]} {start}: {_state(cell)}{place}{now}"

    def _present(self, series: Present) -> str:
        theirs = self._theirs(series.start)
        there = f" ({theirs} in {self.cities[1]})" if theirs else ""
        rule, length = _said(with_weekday(series)), counted(series.minutes, "minute")
        return f"They meet {rule} at {_clock(series.start)}{there} now, for {length}; that is not in the way here."

    def _line(self, rank: int, option: Option) -> Line:
        slot = option.slot
        dates = len(slot.dates) - len(slot.away)
        return Line(
            rank=rank,
            mine=f"{WEEKDAYS[slot.start.weekday()]} {_clock(slot.start)}",
            theirs=self._theirs(slot.start),
            free=f"{dates - len(slot.clashes)} of {dates}",
            score=option.score,
            first=day_words(slot.start.date()),
            speaks_for=tuple(plain(remark.words) for remark in option.remarks if remark.points >= 0),
            against=tuple(_against(option)),
        )

    def _theirs(self, start: datetime) -> str:
        """Write a weekly time by the report's clock, `14:30/13:30` as clocks change; nothing where both have one clock.

        The weekday stands before it where it is another one there: before each where they differ.
        """
        if self.one_clock:
            return ""
        times = local_times(start, self.report.tz)
        clocks = [_clock(at) for at in times]
        days = [WEEKDAYS[at.weekday()] for at in times]
        if len(set(days)) > 1:
            return "/".join(f"{day} {clock}" for day, clock in zip(days, clocks, strict=True))
        elsewhere = f"{days[0]} " if times[0].weekday() != start.weekday() else ""
        return elsewhere + "/".join(clocks)


def with_weekday(series: Present) -> str:
    """Return the rule of a weekly series with its weekday in it, which RFC 5545, 3.3.10, lets it leave out."""
    if not series.rrule.startswith("FREQ=WEEKLY") or "BYDAY=" in series.rrule:
        return series.rrule
    return f"{series.rrule};BYDAY={WEEKDAYS[series.start.weekday()][:2].upper()}"


def _said(rrule: str) -> str:
    """Say a rule in words; one that has none as RFC 5545 writes it."""
    words = rule_words(rrule)
    return words if words != rrule else f"by the rule {rrule}"


def shades(enough: float) -> dict[Shade, str]:
    """Say what each shade means; `enough` is the least share of dates on which both must be free."""
    return {
        Shade.ALL: "free on all dates",
        Shade.ENOUGH: f"on {enough:.0%} or more",
        Shade.HALF: "on half or more",
        Shade.FEW: "on fewer",
    }


def _against(option: Option) -> Iterator[str]:
    """Yield what speaks against a time, each with its points; what hardly does is one sum."""
    points = [(-remark.points, plain(remark.words)) for remark in option.remarks if remark.points < 0]
    yield from (f"{words} ({many})" for many, words in points if many >= _WORTH_SAYING)
    small = sum(many for many, _ in points if many < _WORTH_SAYING)
    if small:
        yield f"small things ({small})"


def _state(cell: HalfHour) -> str:
    if cell.state is State.OUTSIDE:
        return "outside the hours of one of the two"
    if cell.state is State.ONE_TO_ONE:
        return "another 1-2-1 is in the way"
    return f"free on {cell.free} of {counted(cell.counted, 'date')}"


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"
