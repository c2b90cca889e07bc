"""The only place that reads a clock; everything else is told what time it is."""

from datetime import UTC, datetime
from time import time_ns

from scheduler.errors import Problem, WrongUsage

_A_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system that is in use (FAT's) counts by two seconds


def has_settled(changed: int) -> bool:
    """Say whether a file that was changed then would show if it were changed again; in nanoseconds since 1970.

    Within one tick of the disk's clock two changes look like one.
    """
    return time_ns() - changed > _A_TICK


def read_clock(told: str | None = None) -> datetime:
    """Return the present moment, or the one that was told, as ISO 8601 with an offset.

    Raise WrongUsage where the text is no such time.
    """
    if told is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        what = f"{told!r} is not a time with an offset"
        raise WrongUsage(Problem("--now", what, "write it like 2026-11-23T09:00:00+01:00"))
    return moment
