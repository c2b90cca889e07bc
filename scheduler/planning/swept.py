"""Calendars from which all of our series are gone at once: swept by a new export, not by a person's no.

Whoever refreshes a calendar file from elsewhere wipes out what was written into it. A person says no to one
series; where three or more are gone at once and none is left, nothing is concluded.
"""

from collections.abc import Iterator

from scheduler.errors import Problem
from scheduler.memory import MadeSeries, SeriesState
from scheduler.people import Person
from scheduler.planning.occurrences import runs_on
from scheduler.planning.situation import Situation

_TOO_MANY_FOR_A_NO = 3


def swept(person: Person, known: Situation) -> bool:
    """Say whether the person's calendar was read and lost all of our series, three or more of them, at once."""
    ours = expected(person, known)
    reading = known.evidence.readings.get(person.email)
    return (
        reading is not None
        and reading.detail.tells_series
        and len(ours) >= _TOO_MANY_FOR_A_NO
        and not any(person.email in known.shelf.copies(made.uid) for made in ours)
    )


def expected(person: Person, known: Situation) -> tuple[MadeSeries, ...]:
    """Return our series that ought to stand in the person's calendar."""
    return tuple(
        made
        for made in known.memory.series
        if made.state is SeriesState.STANDING
        and person.email in known.pair_of(made)
        and runs_on(made.rrule, made.start, known.now)
    )


def swept_calendars(known: Situation) -> Iterator[Problem]:
    """Yield a problem for each calendar that was swept, with what puts our series back."""
    for person in sorted(known.roster.people.values(), key=lambda person: person.email):
        if swept(person, known):
            yield Problem(
                f"the calendar of {person.email}",
                f"none of the {len(expected(person, known))} series that onetoone made is in it any more; it looks as if "
                "another export replaced it",
                f"import people/{person.email}.ics from the export folder into it",
            )
