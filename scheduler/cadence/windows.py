"""The windows of the check: what is read of the calendars, and what is looked at for each pair."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from scheduler.cadence.policy import cadences_for
from scheduler.every import Cadence
from scheduler.people import Pair, Roster
from scheduler.settings import Settings
from scheduler.timespans import DAY, Span, midnight

_MONTHLY_DAYS = 28
_SLOT_SEARCH = timedelta(weeks=26)
_LEAVE_MARGIN = timedelta(weeks=4)


def reading_window(settings: Settings, roster: Roster, now: datetime) -> Span:
    """Return what must be read of every calendar, in whole days of UTC, so that it changes once a day.

    Back: the look-back, and before it the longest interval that is allowed to anybody, with four
    weeks for leave, so that the last meeting is found; what the rules may ask of somebody later is
    among these. Ahead: the look-ahead and as much again
    for the search for slots; half a year where somebody meets monthly or more rarely.
    """
    pairs = roster.pairs(now.date())
    cadences = cadences_for(pairs, settings.cadence) or frozenset({settings.cadence.every})
    longest = max(cadence.limit(settings.cadence.tolerance) for cadence in cadences)
    ahead = max(settings.job.look_ahead, longest) + longest
    if any(cadence.days >= _MONTHLY_DAYS for cadence in cadences):
        ahead = max(ahead, _SLOT_SEARCH)
    first = (now - max(settings.job.look_back, longest) - longest - _LEAVE_MARGIN).astimezone(UTC).date()
    last = (now + ahead).astimezone(UTC).date()
    return Span(midnight(first, UTC), midnight(last + DAY, UTC))


def report_window(settings: Settings, now: datetime) -> Span:
    """Return the window of the gap report: from look-back to look-ahead around now."""
    return Span(now - settings.job.look_back, now + settings.job.look_ahead)


def pair_window(pair: Pair, cadences: Iterable[Cadence], settings: Settings, now: datetime) -> Span:
    """Return the window in which a pair is checked, by the wall clock of the manager.

    It is the window of the report, or longer on either side where the longest of the pair's own cadences, with
    tolerance, is: a quarterly pair has not stopped meeting because 12 weeks hold no meeting.
    """
    local = now.astimezone(pair.manager.tz)
    # The day more lets an interval that began before the window be longer than the limit.
    limits = (cadence.limit(settings.cadence.tolerance) + DAY for cadence in cadences)
    least = max(limits, default=0 * DAY)
    return Span(local - max(settings.job.look_back, least), local + max(settings.job.look_ahead, least))
