"""What a planned series looks like as an event, and as a memory; pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.meetings import Invitation
from scheduler.memory import MadeSeries, SeriesState
from scheduler.people import Pair
from scheduler.planning.changes import Change
from scheduler.planning.identity import series_key, series_uid
from scheduler.planning.wording import title
from scheduler.settings import SeriesSettings

_DESCRIPTION = (
    "A regular 1-2-1 of {manager} and {report}. Move single meetings as you like. "
    "If you decline or delete the series, it stays away."
)


def begun_series(change: Change, pair: Pair, settings: SeriesSettings, now: datetime) -> MadeSeries:
    """Return what is remembered of a series before the first calendar is touched.

    Raises ValueError for a change that does not create a series.
    """
    if change.rrule is None or change.minutes is None:
        msg = f"{change.id} has no rule or no length"
        raise ValueError(msg)
    return MadeSeries(
        uid=series_uid(change.manager, change.report, change.generation),
        key=series_key(change.manager, change.report, change.generation),
        manager=change.manager,
        report=change.report,
        generation=change.generation,
        start=change.start.astimezone(ZoneInfo(change.timezone)),
        timezone=change.timezone,
        rrule=change.rrule,
        minutes=change.minutes,
        summary=title(settings.title, pair.manager, pair.report),
        state=SeriesState.BEGUN,
        created_at=now,
    )


def invitation_of(
    made: MadeSeries, pair: Pair, link: str | None, first_minutes: int | None = None
) -> Invitation:
    """Return the event of a series; its stamp is when it was begun, so that a second attempt is the same."""
    return Invitation(
        uid=made.uid,
        key=made.key,
        organizer=pair.manager,
        attendee=pair.report,
        start=made.start,
        minutes=made.minutes,
        rrule=made.rrule,
        summary=made.summary,
        description=_DESCRIPTION.format(manager=pair.manager.given_name, report=pair.report.given_name),
        link=link,
        first_minutes=first_minutes,
        stamped=made.created_at,
    )
