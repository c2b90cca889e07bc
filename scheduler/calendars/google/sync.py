"""Reading a calendar's events: all of them once, and from then on what changed (incremental sync).

The rules: https://developers.google.com/calendar/api/guides/sync. Series and their exceptions come unexpanded.
Only `nextPageToken` says that there is more: a page may be short or empty. A sync token that Google does not
take any more (410, whatever the reason) costs one whole reading. A calendar is also read whole every few
weeks, so that nothing that was missed is missed for ever.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from scheduler.calendars.google.event import FIELDS, KEY, GoogleEvent, moment_of, with_addresses
from scheduler.calendars.google.reach import Reach
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError
from scheduler.state.mirror import Mark, Mirror, Row

Hide = Callable[[str], str]
_PAGE = 2500
_WHOLE_AFTER = timedelta(days=28)
_SPREAD_DAYS = 14  # not all calendars on the same night
_RENEW_AFTER = timedelta(days=7)  # an unused token is kept; nobody says for how long it is good
_LEEWAY = timedelta(days=2)
_GONE = (400, 410)
_TIMES_ALONE = frozenset(
    {"none", "freeBusyReader"}
)  # events come without the people in them: nobody meets anybody


@dataclass(slots=True)
class _Pages:
    items: list[Mapping[str, Any]] = field(default_factory=list)
    token: str = ""


def sync(google: Google, mirror: Mirror, reach: Reach, since: datetime, now: datetime, *, hide: Hide) -> None:
    """Bring the mirror of a calendar up to date, from `since` on; `hide` gives what is kept in place of an address.

    One request where nothing or little changed. Raises GoogleError, and MirrorLost.
    """
    owner = reach.owner
    mark = mirror.mark(owner)
    if mark is not None and _still_good(mark, owner, since, now):
        try:
            pages = _asked(google, reach, syncToken=mark.token)
        except GoogleError as error:
            if error.status not in _GONE:
                raise
        else:
            if pages.items or abs(now - mark.renewed) >= _RENEW_AFTER:
                covered = max(mark.since, since - _LEEWAY)
                _take(mirror, owner, Mark(pages.token, covered, mark.read_whole, now), pages.items, hide)
            return  # where nothing changed nothing is written: the token stays good
    pages = _asked(google, reach, timeMin=since.astimezone(UTC).isoformat())
    mirror.replace(owner, Mark(pages.token, since, now, now), _rows(pages.items, owner, hide))


def _still_good(mark: Mark, owner: str, since: datetime, now: datetime) -> bool:
    """Say whether the token covers what is asked, and is not so old that all is to be read again."""
    age = _WHOLE_AFTER + timedelta(days=crc32(owner.encode()) % _SPREAD_DAYS)
    return bool(mark.token) and mark.since <= since and abs(now - mark.read_whole) < age


def _take(mirror: Mirror, owner: str, mark: Mark, items: Iterable[Mapping[str, Any]], hide: Hide) -> None:
    gone = [str(item["id"]) for item in items if _is_gone(item)]
    mirror.change(owner, mark, _rows(items, owner, hide), gone)


def _is_gone(item: Mapping[str, Any]) -> bool:
    """Say whether it is the tombstone of a single event or a whole series; that of one date is an exception."""
    return item.get("status") == "cancelled" and "recurringEventId" not in item


def _asked(google: Google, reach: Reach, **how: str) -> _Pages:
    found = _Pages()
    page: str | None = None
    while True:
        request = google.collection(Api.CALENDAR, "events").list(
            calendarId=reach.calendar,
            maxResults=_PAGE,
            pageToken=page,
            fields=f"accessRole,nextPageToken,nextSyncToken,items({FIELDS})",
            **how,
        )
        answer = google.send(request, user=reach.user)
        if answer.get("accessRole") in _TIMES_ALONE:
            raise GoogleError(403, answer["accessRole"])
        found.items += answer.get("items", ())
        page = answer.get("nextPageToken")
        if not page:
            found.token = str(answer.get("nextSyncToken", ""))
            return found


def _rows(items: Iterable[Mapping[str, Any]], owner: str, hide: Hide) -> Iterator[Row]:
    for item in items:
        if not _is_gone(item):
            event = GoogleEvent(_trimmed(item), owner)
            always = event.mark is not None or event.absence
            people = None if always else frozenset(map(hide, event.people()))
            body = with_addresses(event.body, hide)
            yield Row(str(item["id"]), event.series_id, _ends(event), people, body)


def _trimmed(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the event less what other programs keep with it; what is attached to people's own is nobody's business."""
    body = dict(item)
    private = body.pop("extendedProperties", {}).get("private", {})
    if KEY in private:
        body["extendedProperties"] = {"private": {KEY: private[KEY]}}
    if not str(item["id"]).startswith(
        KEY
    ):  # ours; also in a guest's calendar, where our mark is not to be seen
        body.pop("attachments", None)
    return body


def _ends(event: GoogleEvent) -> datetime | None:
    """Return until when it may matter, None for a series; a day more, as days count in the owner's zone.

    Also None where that can't be told, as of what lasts until the end of time: then it is read, and is a problem by
    itself.
    """
    if event.body.get("recurrence"):
        return None
    try:
        return _last_moment(event)
    except (ValueError, KeyError, OverflowError):
        return None


def _last_moment(event: GoogleEvent) -> datetime | None:
    told = [event.body[name] for name in ("end", "start", "originalStartTime") if name in event.body]
    moments = [moment_of(each, UTC) for each in told]
    times = [m if isinstance(m, datetime) else datetime(m.year, m.month, m.day, tzinfo=UTC) for m in moments]
    return max(times) + timedelta(days=1) if times else None
