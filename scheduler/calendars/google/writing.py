"""Creating, ending and attaching, as the organizer and in the organizer's own calendar; Google tells the guests.

Every change may be sent twice. A series has an id of its own, so that a second creation meets the first (409);
a change of what stands is made on the state that was looked at (If-Match). A change is a patch of the one property
that it is about, arrays whole: an update would have to send back every field, those too that are not known here.
https://developers.google.com/calendar/api/v3/reference/events
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from scheduler.calendars.google.bodies import (
    Event,
    attachment,
    body_of,
    ended,
    first_end,
    first_occurrence,
    same_file,
)
from scheduler.calendars.google.event import KEY, moment_of
from scheduler.calendars.google.reach import Reach, writing_reach
from scheduler.calendars.interface import Written
from scheduler.calendars.moments import in_utc, is_day
from scheduler.errors import Problem, WriteFailed
from scheduler.google.client import Api, Google
from scheduler.google.trouble import GoogleError
from scheduler.meetings import Invitation
from scheduler.people import Person
from scheduler.settings import GoogleSettings

_TRIES = 5
_DATES = 250
_DUPLICATE, _GONE, _STALE, _UNKNOWN = 409, 410, 412, 404
_FIELDS = (
    "id,status,start,end,recurrence,organizer(email,self),attendees(email,responseStatus),attachments,"
    "extendedProperties/private,etag"
)


class _Left(NamedTuple):
    """A date of a series from its end on; `by_rule` where it was there before anybody moved it."""

    id: str
    by_rule: bool


class _OneMail:
    """The one mail of a change that takes several writes: it goes with the first, and with that one sent again."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._about: str | None = None

    def about(self, event_id: str) -> str:
        """Return whom Google tells of a write to this event."""
        self._about = self._about or event_id
        return _updates(notify=self._wanted and self._about == event_id)


class Writing:
    """Changes to the series of one sign-in; the state that was looked at must still stand when it is changed."""

    def __init__(self, google: Google, settings: GoogleSettings) -> None:
        """Write as these settings say."""
        self._google = google
        self._settings = settings
        self._spent: GoogleError | None = None

    def create(self, invitation: Invitation, *, notify: bool) -> Written:
        """Create the series and invite the attendee, with one mail where `notify`; raise WriteFailed.

        DELETED where its id was used by a series that a person deleted, or that the attendee declined. Once Google
        takes no more invitations, none is tried again in this run.
        """
        where = _where(invitation.organizer)
        if self._spent is not None:
            raise WriteFailed(self._spent.problem(where))
        try:
            reach = writing_reach(self._google, invitation.organizer)
            self._send(
                reach,
                "insert",
                body=body_of(invitation, self._settings),
                sendUpdates=_updates(notify=notify),
                supportsAttachments=True,
                conferenceDataVersion=int(self._settings.meet),
                fields="id",
            )
        except GoogleError as error:
            if error.spent:
                self._spent = error
            if error.status != _DUPLICATE:
                raise WriteFailed(error.problem(where)) from error
            met = self._met(invitation, reach)
            return self._lengthened(invitation) or met if met is Written.ALREADY_SO else met
        self._lengthened(invitation)
        return Written.DONE

    def _lengthened(self, invitation: Invitation) -> Written | None:
        """Let the first occurrence take as long as it is to; nobody gets a second mail. Raises WriteFailed.

        One that a person has moved, cut or called off meanwhile stays as they have it. None where nothing was written.
        """
        if invitation.first_minutes is None:
            return None

        def change(reach: Reach, event: Event) -> Written:
            if event.get("status") == "cancelled" or not _as_created(event, invitation):
                return Written.ALREADY_SO
            self._send(
                reach,
                "patch",
                eventId=event["id"],
                body=first_end(invitation),
                sendUpdates=_updates(notify=False),
                fields="id",
                headers=_if_match(event),
            )
            return Written.DONE

        done = self._changed(invitation.organizer, first_occurrence(invitation), change)
        return Written.DONE if done is Written.DONE else None

    def _met(self, invitation: Invitation, reach: Reach) -> Written:
        """Say how the series stands that has the id already: ours, or what a person made of it."""
        try:
            found = self._event(reach, invitation.uid)
        except GoogleError as error:
            raise WriteFailed(error.problem(_where(invitation.organizer))) from error
        if found is None or found.get("status") == "cancelled":
            return Written.DELETED
        _must_be_ours(found, invitation.organizer)
        declined = {
            str(guest.get("email", "")).lower()
            for guest in found.get("attendees", ())
            if guest.get("responseStatus") == "declined"
        }
        return Written.ALREADY_SO if declined.isdisjoint(invitation.attendee.addresses) else Written.DELETED

    def end(self, organizer: Person, ids: Iterable[str], at: datetime, *, notify: bool) -> Written:
        """End the series, all its parts, so that nothing of it takes place at or after `at`; raise WriteFailed.

        With `notify` there is one mail, about the last part that is still written to.
        """
        mail = _OneMail(wanted=notify)

        def change(reach: Reach, event: Event) -> Written:
            if event.get("status") == "cancelled":
                return Written.ALREADY_SO
            return self._end(reach, event, at, organizer.tz, mail)

        return _strongest(self._changed(organizer, each, change) for each in reversed(list(ids)))

    def attach(self, organizer: Person, ids: Iterable[str], link: str) -> Written:
        """Attach the document beside what is attached; nobody gets a mail. Raises WriteFailed."""

        def change(reach: Reach, event: Event) -> Written:
            if event.get("status") == "cancelled":
                return Written.DELETED
            return self._attach(reach, event, link)

        return _strongest(self._changed(organizer, each, change) for each in ids)

    def _changed(
        self, organizer: Person, event_id: str, change: Callable[[Reach, Event], Written]
    ) -> Written:
        """Make a change on the present state of an event; look again where it has changed in between."""
        where = _where(organizer)
        try:
            reach = writing_reach(self._google, organizer)
            for _ in range(_TRIES):
                event = self._event(reach, event_id)
                if event is None:
                    return Written.DELETED
                if event.get("status") != "cancelled":
                    _must_be_ours(event, organizer)
                    _must_be_arranged_by(organizer, event)
                try:
                    return change(reach, event)
                except GoogleError as error:
                    if error.status not in {_STALE, _GONE}:
                        raise
        except GoogleError as error:
            raise WriteFailed(error.problem(where)) from error
        what = "the series keeps being changed by somebody else while it is about to be written"
        raise WriteFailed(Problem(where, what, "the next run tries again"))

    def _end(self, reach: Reach, event: Event, at: datetime, tz: tzinfo, mail: _OneMail) -> Written:
        how = {"eventId": event["id"]}
        start = moment_of(event["start"], tz)
        if in_utc(start, tz) >= at:
            updates = mail.about(event["id"])
            self._send(reach, "delete", **how, sendUpdates=updates, headers=_if_match(event))
            return Written.DONE
        left = self._left(reach, event, at, tz)
        first = next(left, None)
        if first is None:
            return Written.ALREADY_SO
        # Where all that is left was moved there, the rule has ended: to bound it anew could make it longer.
        goes_on = first.by_rule or any(each.by_rule for each in left)
        days_in = tz if is_day(start) else None
        recurrence = [ended(line, at, days_in) for line in event.get("recurrence", ())]
        if goes_on and recurrence != event.get("recurrence"):
            body, updates = {"recurrence": recurrence}, mail.about(event["id"])
            self._send(
                reach, "patch", **how, body=body, sendUpdates=updates, fields="id", headers=_if_match(event)
            )
        for each in list(self._left(reach, event, at, tz)):  # dates that a person had moved there
            self._delete_date(reach, each.id, mail)
        return Written.DONE

    def _delete_date(self, reach: Reach, event_id: str, mail: _OneMail) -> None:
        try:
            self._send(reach, "delete", eventId=event_id, sendUpdates=mail.about(event_id))
        except GoogleError as error:
            if error.status not in {_GONE, _UNKNOWN}:  # somebody was quicker
                raise

    def _left(self, reach: Reach, event: Event, at: datetime, tz: tzinfo) -> Iterator[_Left]:
        """Yield the dates of the series that start at or after `at`, by its rule or since a person moved them there."""
        page: str | None = None
        while True:
            answer = self._send(
                reach,
                "instances",
                eventId=event["id"],
                timeMin=at.astimezone(UTC).isoformat(),
                maxResults=_DATES,
                pageToken=page,
                fields="nextPageToken,items(id,status,start,originalStartTime)",
            )
            for item in answer.get("items", ()):
                # What was called off may be told all the same, and to whoever arranged it with its times.
                stands = item.get("status") != "cancelled" and "start" in item
                if stands and in_utc(moment_of(item["start"], tz), tz) >= at:
                    original = moment_of(item.get("originalStartTime", item["start"]), tz)
                    yield _Left(str(item["id"]), by_rule=in_utc(original, tz) >= at)
            page = answer.get("nextPageToken")
            if not page:
                return

    def _attach(self, reach: Reach, event: Event, link: str) -> Written:
        attached = event.get("attachments", [])
        if any(same_file(str(each.get("fileUrl", "")), link) for each in attached):
            return Written.ALREADY_SO
        self._send(
            reach,
            "patch",
            eventId=event["id"],
            body={"attachments": [*attached, attachment(link)]},
            supportsAttachments=True,
            sendUpdates=_updates(notify=False),
            fields="id",
            headers=_if_match(event),
        )
        return Written.DONE

    def _event(self, reach: Reach, event_id: str) -> Event | None:
        try:
            found: Event = self._send(reach, "get", eventId=event_id, fields=_FIELDS)
        except GoogleError as error:
            if error.status == _UNKNOWN:
                return None
            raise
        return found

    def _send(
        self, reach: Reach, method: str, *, headers: Mapping[str, str] | None = None, **how: object
    ) -> Any:  # noqa: ANN401 - JSON
        request = getattr(self._google.collection(Api.CALENDAR, "events"), method)(
            calendarId=reach.calendar, **how
        )
        return self._google.send(request, user=reach.user, headers=headers)


def _updates(*, notify: bool) -> str:
    return "all" if notify else "none"


def _if_match(event: Event) -> Mapping[str, str]:
    return {"If-Match": str(event["etag"])} if event.get("etag") else {}


def _where(organizer: Person) -> str:
    return f"the calendar of {organizer.email}"


def _as_created(event: Event, invitation: Invitation) -> bool:
    """Say whether an occurrence takes place when the rule has it, and for as long as the series does."""
    tz = invitation.zone
    start, end = (in_utc(moment_of(event[edge], tz), tz) for edge in ("start", "end"))
    usual = timedelta(minutes=invitation.minutes)
    return start == invitation.start.astimezone(UTC) and end - start == usual


def _must_be_ours(event: Event, organizer: Person) -> None:
    if not event.get("extendedProperties", {}).get("private", {}).get(KEY):
        what = "the event does not bear the mark of this program, so it is not touched"
        raise WriteFailed(Problem(_where(organizer), what, "change it in the calendar program"))


def _must_be_arranged_by(organizer: Person, event: Event) -> None:
    """Raise WriteFailed where a person handed the series on: a guest's change is answered as done, and is none."""
    if "organizer" in event and not event["organizer"].get("self"):
        what = "somebody else arranges the series by now, so that it can't be changed here"
        raise WriteFailed(Problem(_where(organizer), what, "ask them to change it"))


def _strongest(found: Iterable[Written]) -> Written:
    """Return what was done to any part of a series; a part that is gone says nothing while another stands."""
    every = list(found)
    return next((each for each in (Written.DONE, Written.ALREADY_SO) if each in every), Written.DELETED)
