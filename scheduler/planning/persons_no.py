"""A person's no, and how long it stands."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.people import Pair
from scheduler.planning.situation import Situation
from scheduler.planning.wording import named, on_day


@dataclass(frozen=True, slots=True)
class PersonsNo:
    """A no that stands, in the sentence that says whose it is and until when."""

    reason: str


def refused_uids(pair: Pair, known: Situation) -> frozenset[str]:
    """Return the series of ours that one of the two said no to."""
    made = known.made.get(pair.key, ())
    return frozenset(series.uid for series in made if series.refused_at is not None)


def persons_no(pair: Pair, known: Situation) -> PersonsNo | None:
    """Return the no that stands between the pair and a new series; None where there is none, or no longer.

    It stands for `ask_again_after` from when it was first noticed; counted from now, where it is new. A
    no to a series of ours counts only while no newer one was made, and outlasts the ending of its series.
    """
    said: list[tuple[datetime, str | None]] = [
        (no.noticed, no.by) for no in known.memory.refusals if known.key_of(no.manager, no.report) == pair.key
    ]
    said += (
        (made.refused_at, made.refused_by)
        for made in known.made.get(pair.key, ())[-1:]
        if made.refused_at is not None
    )
    span = known.settings.series.ask_again_after
    standing = [no for no in said if no[0] + span > known.now]
    if not standing:
        return None
    at, by = max(standing, key=lambda no: (no[0], no[1] or ""))
    who = named(by, known.roster)
    until = on_day(at + span, pair.manager.tz)
    return PersonsNo(
        f"{who[:1].upper()}{who[1:]} deleted, cancelled or declined their series; asked about again after {until}.",
    )
