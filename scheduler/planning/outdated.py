"""Series of ours that no longer keep the cadence, because the roster or the config asks for another one now."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.cadence.results import MeetingOutcome, PairCoverage, PairStatus
from scheduler.meetings import Series
from scheduler.memory import MadeSeries, SeriesState
from scheduler.people import Pair
from scheduler.planning.beginning import still_asked
from scheduler.planning.persons_no import persons_no
from scheduler.planning.rhythm import cadence_of
from scheduler.planning.situation import Situation
from scheduler.planning.standing import Copies, live
from scheduler.words import every

_CALLED_OFF = frozenset({MeetingOutcome.CANCELLED, MeetingOutcome.DECLINED, MeetingOutcome.MOVED})
_JUDGED = frozenset({PairStatus.UNSCHEDULED, PairStatus.OVERDUE, PairStatus.AT_RISK, PairStatus.ON_TRACK})


@dataclass(frozen=True, slots=True)
class Outdated:
    """A standing series of ours whose interval is not the cadence any more.

    `copy` is how it stands in the manager's calendar. `touched_until` is the end of the last date to come
    that a person moved or called off, None where there is none: what they arranged is left to them.
    """

    made: MadeSeries
    copy: Series
    why: str
    touched_until: datetime | None


def outdated(coverage: PairCoverage, known: Situation) -> Outdated | None:
    """Return the series that is to be replaced; None where there is none, or where it is people's by now.

    It is theirs where they have planned anything else together, where they changed how often it
    repeats or when it ends, where one of them said no, or where all of its dates were called off. Of
    calendars that can't be read nothing is concluded.
    """
    cadence, pair = coverage.cadence, coverage.pair
    made = _standing(pair, known)
    if made is None or cadence is None or coverage.status not in _JUDGED:
        return None
    if still_asked(made.rrule, coverage, known):
        return None
    copies = known.shelf.copies(made.uid)
    was = cadence_of(made.rrule)
    if was is None or not _in_both(copies, pair) or not _as_we_made_it(made, copies, known):
        return None
    if known.unread(pair.manager, pair.report) or persons_no(pair, known) or _meet_otherwise(coverage, known):
        return None
    touched = _touched_until(made, coverage, known)
    if touched is not None and not any(m.outcome is MeetingOutcome.PLANNED for m in coverage.meetings):
        return None
    why = f"The cadence is {every(cadence)} now; the series came {every(was)}."
    return Outdated(made, copies[pair.manager.email], why, touched)


def _standing(pair: Pair, known: Situation) -> MadeSeries | None:
    """Return the newest that stands, if nothing newer was made but what no calendar shows."""
    for made in reversed(known.made.get(pair.key, ())):
        if made.state is SeriesState.STANDING:
            return made
        if known.shelf.copies(made.uid):
            return None
    return None


def _in_both(copies: Copies, pair: Pair) -> bool:
    """Say whether it stands with both; an invitation may not show before it is answered, but from folder to folder."""
    delivered = pair.manager.calendar.provider == pair.report.calendar.provider == "folder"
    shown = pair.report.email in copies or not delivered
    return pair.manager.email in copies and shown


def _as_we_made_it(made: MadeSeries, copies: Copies, known: Situation) -> bool:
    """Say whether nobody but us said how often it repeats and when it ends."""
    if made.start <= made.created_at:
        return False  # taken up from a calendar after memory was lost: whose interval it is, nobody knows
    until = "UNTIL=" in made.rrule.upper()
    return all(
        live(copy, known.now)
        and cadence_of(copy.rrule) == cadence_of(made.rrule)
        and (until or copy.last_end is None)
        for copy in copies.values()
    )


def _meet_otherwise(coverage: PairCoverage, known: Situation) -> bool:
    ours = {made.uid for made in known.made.get(coverage.pair.key, ())}
    planned = {m.uid for m in coverage.meetings if m.outcome is MeetingOutcome.PLANNED}
    theirs = set(known.shelf.of_two.get(frozenset(coverage.pair.key), ())) - ours
    standing = {uid for uid in theirs if any(live(c, known.now) for c in known.shelf.copies(uid).values())}
    return bool(standing or planned - ours)


def _touched_until(made: MadeSeries, coverage: PairCoverage, known: Situation) -> datetime | None:
    ends = (
        m.span.end
        for m in coverage.meetings
        if m.uid == made.uid and (m.outcome in _CALLED_OFF or m.original_start != m.span.start)
    )
    return max((end for end in ends if end > known.now), default=None)
