"""When events begin and end: RFC 3339 times with an IANA zone, or whole days.

https://developers.google.com/workspace/calendar/api/v3/reference/events (start, end)
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from tests.fake_google.calls import ApiError, Json

_Kind = TypeVar("_Kind", date, datetime)
STAMP = "%Y%m%dT%H%M%SZ"


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name; raise ApiError for one that is unknown."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise ApiError(400, "invalid", f"Invalid time zone definition: {name}") from None


@dataclass(frozen=True, slots=True)
class When:
    """A time with its zone, or a whole day; `at` is aware and in the zone named `zone`, or a date without one."""

    at: datetime | date
    zone: str | None = None

    @property
    def whole_day(self) -> bool:
        """Say whether this is a day, without a time."""
        return not isinstance(self.at, datetime)

    @property
    def wall(self) -> datetime:
        """Return what the clock on the wall shows, without a zone; midnight for a whole day."""
        if isinstance(self.at, datetime):
            return self.at.replace(tzinfo=None)
        return datetime.combine(self.at, time())

    @property
    def stamp(self) -> str:
        """Return the form in which instances are named: `20250409T120000Z` in UTC, `20250409` for a whole day."""
        if isinstance(self.at, datetime):
            return self.at.astimezone(UTC).strftime(STAMP)
        return self.at.strftime("%Y%m%d")

    def instant(self, zone: tzinfo) -> datetime:
        """Return the moment in UTC; a whole day begins at midnight of `zone`."""
        if isinstance(self.at, datetime):
            return self.at.astimezone(UTC)
        return datetime.combine(self.at, time(), zone).astimezone(UTC)

    def seen_in(self, name: str | None) -> "When":
        """Return the same moment by the clock of another zone; a whole day stays what it is."""
        if name is None or not isinstance(self.at, datetime):
            return self
        return When(self.at.astimezone(zone_of(name)), name)

    def on_wall(self, wall: datetime) -> "When":
        """Return the same kind of time, in the same zone, at another reading of the clock."""
        if self.zone is None:
            return When(wall.date())
        return When(wall.replace(tzinfo=zone_of(self.zone)), self.zone)

    def json(self, zone: ZoneInfo) -> Json:
        """Return it as the API shows it to somebody in `zone`: the offset is theirs, `timeZone` the event's."""
        if isinstance(self.at, datetime):
            return {"dateTime": rfc3339(self.at.astimezone(UTC), zone), "timeZone": self.zone}
        return {"date": self.at.isoformat()}


def read_when(body: Json | None, what: str, default_zone: str) -> When:
    """Read a start or an end (`what`); raise ApiError."""
    if not body:
        raise ApiError(400, "required", f"Missing {what} time.")
    moment, day, zone = body.get("dateTime"), body.get("date"), body.get("timeZone")
    if bool(moment) == bool(day):
        raise ApiError(400, "invalid", f"Invalid {what} time.")
    if day:
        return When(_parsed(date, day, what))
    at = _parsed(datetime, str(moment), what)
    if at.tzinfo is None and not zone:
        raise ApiError(400, "required", f"Missing time zone definition for {what} time.")
    name = zone or default_zone
    found = zone_of(name)
    return When(at.replace(tzinfo=found) if at.tzinfo is None else at.astimezone(found), name)


def moment(text: str) -> datetime:
    """Read an RFC 3339 time with an offset, as parameters have it."""
    return datetime.fromisoformat(text).astimezone(UTC)


def rfc3339(at: datetime, zone: ZoneInfo) -> str:
    """Return a time with the offset of a zone; where that is none, `Z`."""
    return at.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def milliseconds(at: datetime) -> str:
    """Return a time of the server's own, such as `updated`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _parsed(kind: type[_Kind], text: str, what: str) -> _Kind:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        raise ApiError(400, "invalid", f"Invalid {what} time: {text}") from None
