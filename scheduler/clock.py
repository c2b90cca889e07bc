"""The only place that reads a clock; everything else is told what time it is."""

from datetime import UTC, datetime

from scheduler.errors import Problem, WrongUsage


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
