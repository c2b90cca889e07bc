"""A zone as a VTIMEZONE (RFC 5545, 3.6.5): rules where its clocks follow rules, dates where they do not.

Derived from what `ZoneInfo` itself says, so that it holds for whichever release of the zone data is installed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

# Weekdays and leap years repeat after 28 years: a rule that held for so long has shown every date it can fall on.
CYCLE_YEARS = 28
# A zone without a rule (Ramadan moves through the year) gets its dates listed for so many years.
LISTED_YEARS = 15
_STEP = timedelta(days=14)
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_LOCAL = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True, order=True)
class _State:
    """What the zone's clocks show: offset from UTC, name, and how much of the offset is daylight saving."""

    offset: timedelta
    name: str
    saving: timedelta


@dataclass(frozen=True, slots=True)
class _Transition:
    """A change of the clocks: the moment in UTC, what they showed before, and after."""

    moment: datetime
    before: _State
    after: _State

    @property
    def onset(self) -> datetime:
        """The wall-clock time at which it happens, by the clocks as they stood before; naive, as DTSTART has it."""
        return (self.moment + self.before.offset).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class _Observance:
    """A STANDARD or DAYLIGHT part: changes of one kind, by a rule or as a list of onsets."""

    before: _State
    after: _State
    onsets: tuple[datetime, ...]
    rule: str | None = None


def vtimezone_lines(zone: ZoneInfo, start: datetime) -> tuple[str, ...]:
    """Return the VTIMEZONE that holds from `start` on, as unfolded content lines; TZID is the IANA key.

    Yearly rules have no end. What follows no rule is listed (RDATE) for 15 years from the year of `start`.
    """
    # the year before, so that equal years give equal lines wherever in the year a series starts
    return _lines(zone, start.astimezone(zone).year - 1)


@lru_cache(maxsize=1024)
def _lines(zone: ZoneInfo, first_year: int) -> tuple[str, ...]:
    observances = _observances(zone, first_year)
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{zone.key}",
        f"X-LIC-LOCATION:{zone.key}",
        *_parts(observances),
        "END:VTIMEZONE",
    )


def _observances(zone: ZoneInfo, first_year: int) -> list[_Observance]:
    """Return the state at the start of `first_year`, what follows no rule, and the rules."""
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    last_listed = first_year + 1 + LISTED_YEARS
    transitions = tuple(_transitions(zone, begin, last_listed + CYCLE_YEARS))
    initial = _before_the_first(zone, begin, transitions)
    for year in range(first_year, last_listed + 1):
        ruled = _ruled(
            [t for t in transitions if t.onset.year >= year], range(year, last_listed + CYCLE_YEARS)
        )
        if ruled is not None:
            single = [t for t in transitions if t.onset.year < year]
            return [*initial, *_listed(single), *ruled]
    return [*initial, *_listed([t for t in transitions if t.onset.year <= last_listed])]


def _before_the_first(
    zone: ZoneInfo, begin: datetime, transitions: Sequence[_Transition]
) -> list[_Observance]:
    """Return what the clocks show at the beginning, unless they change within that first year anyway."""
    if transitions and transitions[0].onset.year == begin.year:
        return []
    state = _state(zone, begin)
    return [_Observance(state, state, (begin.replace(tzinfo=None),))]


def _state(zone: ZoneInfo, moment: datetime) -> _State:
    local = moment.astimezone(zone)
    return _State(
        local.utcoffset() or timedelta(),
        local.tzname() or "UTC",
        local.dst() or timedelta(),
    )


def _transitions(zone: ZoneInfo, begin: datetime, end_year: int) -> Iterator[_Transition]:
    """Yield the changes from `begin` to the start of `end_year`, by their moment to the second.

    Two changes within two weeks that undo each other would be missed; no zone has such.
    """
    end = datetime(end_year, 1, 1, tzinfo=UTC)
    moments = [begin + _STEP * count for count in range(int((end - begin) / _STEP) + 1)]
    for (early, before), (late, after) in pairwise((moment, _state(zone, moment)) for moment in moments):
        if before != after:
            yield _Transition(_change_between(zone, early, late, before), before, after)


def _change_between(zone: ZoneInfo, early: datetime, late: datetime, before: _State) -> datetime:
    seconds = range(int((late - early).total_seconds()))
    low, high = 0, len(seconds)
    while high - low > 1:
        middle = (low + high) // 2
        if _state(zone, early + timedelta(seconds=middle)) == before:
            low = middle
        else:
            high = middle
    return early + timedelta(seconds=high)


def _listed(transitions: Iterable[_Transition]) -> list[_Observance]:
    """Return an observance for each kind of change, its onsets as a list."""
    return [
        _Observance(kind[0], kind[1], tuple(t.onset for t in same)) for kind, same in _by_kind(transitions)
    ]


def _by_kind(transitions: Iterable[_Transition]) -> list[tuple[tuple[_State, _State], list[_Transition]]]:
    kinds: dict[tuple[_State, _State], list[_Transition]] = {}
    for transition in transitions:
        kinds.setdefault((transition.before, transition.after), []).append(transition)
    return list(kinds.items())


def _ruled(transitions: Sequence[_Transition], years: range) -> list[_Observance] | None:
    """Return the yearly rules that give exactly these changes in these years, or None where there are none.

    A change that falls in one month in some years and in the next in others (Cairo's end of October)
    gets a rule for each month.
    """
    result: list[_Observance] = []
    for (before, after), same in _by_kind(transitions):
        by_month = sorted((t.onset for t in same), key=lambda onset: (onset.month, onset.weekday(), onset))
        for _, group in groupby(by_month, key=lambda onset: (onset.month, onset.weekday())):
            onsets = tuple(group)
            if not _fits(onsets, years):
                return None
            result.append(_Observance(before, after, onsets[:1], _rule(onsets)))
    return result


def _fits(onsets: Sequence[datetime], years: range) -> bool:
    """Say whether the rule read off these onsets gives these and no others in the years."""
    first = onsets[0]
    days = {onset.day for onset in onsets}
    expected = [
        datetime.combine(day, first.time())
        for year in years
        for day in _dates(year, first.month)
        if day.day in days and day.weekday() == first.weekday()
    ]
    return expected == list(onsets)


def _dates(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += timedelta(days=1)


def _rule(onsets: Sequence[datetime]) -> str:
    first = onsets[0]
    days = sorted({onset.day for onset in onsets})
    weekday = _BYDAY[first.weekday()]
    yearly = f"FREQ=YEARLY;BYMONTH={first.month}"
    if days[0] % _WEEK == 1 and len(days) == _WEEK:
        return f"{yearly};BYDAY={days[0] // _WEEK + 1}{weekday}"
    if all(_is_last_of_month(onset) for onset in onsets) and len(days) >= _WEEK:
        return f"{yearly};BYDAY=-1{weekday}"
    return f"{yearly};BYMONTHDAY={','.join(map(str, days))};BYDAY={weekday}"


def _is_last_of_month(onset: datetime) -> bool:
    return (onset + timedelta(days=_WEEK)).month != onset.month


def _parts(observances: Sequence[_Observance]) -> Iterator[str]:
    """Yield the lines of all observances; the one with more light in the evening is DAYLIGHT.

    Where winter is the saved time (Dublin by law, Morocco) readers that know only summer time would be misled: the
    names are swapped, the offsets stay true.
    """
    states = {observance.after for observance in observances}
    winter = any(state.saving < timedelta() for state in states)
    daylight = {state for state in states if bool(state.saving) != winter}
    if daylight == states:
        daylight = set()
    for observance in sorted(observances, key=lambda each: each.onsets[0]):
        name = "DAYLIGHT" if observance.after in daylight else "STANDARD"
        yield f"BEGIN:{name}"
        yield f"DTSTART:{observance.onsets[0].strftime(_LOCAL)}"
        if observance.rule is not None:
            yield f"RRULE:{observance.rule}"
        elif observance.onsets[1:]:
            # ical.js takes one value from each RDATE and passes over a DTSTART that has RDATEs beside it
            yield from (f"RDATE:{onset.strftime(_LOCAL)}" for onset in observance.onsets)
        yield f"TZNAME:{observance.after.name}"
        yield f"TZOFFSETFROM:{_offset(observance.before.offset)}"
        yield f"TZOFFSETTO:{_offset(observance.after.offset)}"
        yield f"END:{name}"


def _offset(offset: timedelta) -> str:
    """Write a UTC-OFFSET: `+HHMM`, seconds only where there are any (RFC 5545, 3.3.14)."""
    seconds = int(offset.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{rest:02}" if rest else "")
