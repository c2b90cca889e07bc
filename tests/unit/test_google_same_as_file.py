"""The law of both ways in: the same meetings, in Google and in a calendar file, are read alike."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from scheduler.calendars.google.reading import reading_of
from scheduler.meetings import CalendarReading
from tests.fake_google.calls import Json
from tests.fake_google.fake import FakeGoogle
from tests.unit.calendars_builders import WINDOW, calendar, event, person
from tests.unit.calendars_builders import read as read_file
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import Client, invited

pytestmark = on_loopback
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata")
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;COUNT=9",
    "FREQ=WEEKLY;UNTIL=20261130T235959Z",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
)
NUMBERS = count()
BO = "bo@example.com"


@dataclass(frozen=True)
class Plan:
    """A series that Ana arranges with Bo, and what happens to some of its dates, numbered from the first."""

    owner: str
    zone: str
    first: datetime
    minutes: int
    rule: str
    called_off: frozenset[int]
    moved: dict[int, timedelta]
    declined: frozenset[int]


PLANS = st.builds(
    Plan,
    owner=st.sampled_from(ZONES),
    zone=st.sampled_from(ZONES),
    first=st.datetimes(datetime(2026, 8, 3), datetime(2026, 12, 7)).map(  # noqa: DTZ001 - by the wall clock
        lambda moment: moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    ),
    minutes=st.sampled_from((15, 30, 60, 1500)),
    rule=st.sampled_from(RULES),
    called_off=st.frozensets(st.integers(0, 12), max_size=2),
    moved=st.dictionaries(
        st.integers(0, 12),
        st.sampled_from((timedelta(hours=1), timedelta(days=-2), timedelta(days=40))),
        max_size=2,
    ),
    declined=st.frozensets(st.integers(0, 12), max_size=2),
)


@pytest.fixture(scope="module")
def way() -> Iterator[tuple[FakeGoogle, Client]]:
    """Give one fake for all examples: each has a calendar of its own."""
    with FakeGoogle() as fake, closing(Client(fake)) as client:
        fake.add_account(BO, "Europe/Berlin")
        yield fake, client
    assert fake.violations == []


def in_google(fake: FakeGoogle, client: Client, plan: Plan) -> tuple[CalendarReading, list[Json]]:
    """Let people do it all in Google; return the reading, and what became of the first dates."""
    owner = f"ana{next(NUMBERS)}@example.com"
    fake.add_account(owner, plan.owner)
    times = (plan.first, plan.first + timedelta(minutes=plan.minutes))
    start, end = ({"dateTime": each.isoformat(), "timeZone": plan.zone} for each in times)
    fake.people.create_event(
        owner,
        id="series",
        start=start,
        end=end,
        recurrence=[f"RRULE:{plan.rule}"],
        attendees=invited(BO),
    )
    dates = client.events("instances", owner, eventId="series", maxResults=13)["items"]
    for number, told in enumerate(dates):
        if number in plan.called_off:
            fake.people.delete_instance(owner, told["id"])
            continue
        if number in plan.moved:
            went = datetime.fromisoformat(told["start"]["dateTime"]) + plan.moved[number]
            fake.people.move_instance(owner, told["id"], went)
        if number in plan.declined:
            fake.people.decline(BO, told["id"])
    calendar_ = fake.store.calendar_of(BO)
    assert calendar_ is not None
    calendar_.copies.clear()
    who = person(owner, tz=ZoneInfo(plan.owner))
    return reading_of(client.listed(owner), who, WINDOW), dates


def in_a_file(plan: Plan, dates: list[Json]) -> CalendarReading:
    """Return the reading of a file that says the same."""
    zone = ZoneInfo(plan.zone)
    people = ("ORGANIZER:mailto:ana@example.com", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bo@example.com")
    length = timedelta(minutes=plan.minutes)
    master = [
        f"DTSTART;TZID={plan.zone}:{plan.first:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={plan.zone}:{plan.first + length:%Y%m%dT%H%M%S}",
        f"RRULE:{plan.rule}",
        *people,
    ]
    exceptions = []
    for number, told in enumerate(dates):
        original = datetime.fromisoformat(told["start"]["dateTime"]).astimezone(zone)
        if number in plan.called_off:
            master.append(f"EXDATE;TZID={plan.zone}:{original:%Y%m%dT%H%M%S}")
        elif number in plan.moved or number in plan.declined:
            went = original.astimezone(UTC) + plan.moved.get(number, timedelta())
            wall = went.astimezone(zone).replace(tzinfo=None)
            answer = "DECLINED" if number in plan.declined else "NEEDS-ACTION"
            exceptions.append(
                event(
                    f"RECURRENCE-ID;TZID={plan.zone}:{original:%Y%m%dT%H%M%S}",
                    f"DTSTART;TZID={plan.zone}:{wall:%Y%m%dT%H%M%S}",
                    f"DTEND;TZID={plan.zone}:{wall + length:%Y%m%dT%H%M%S}",
                    people[0],
                    f"ATTENDEE;PARTSTAT={answer}:mailto:bo@example.com",
                )
            )
    return read_file(calendar(event(*master), *exceptions), person(tz=ZoneInfo(plan.owner)))


def alike(reading: CalendarReading) -> object:
    """Return what has to be the same: all but who it is whose calendar it is, UIDs, and counts of changes."""
    anonymous = [replace(each, uid="", organizer="") for each in reading.occurrences]
    series = [replace(each, uid="", organizer="", sequence=0) for each in reading.series]
    order = sorted(anonymous, key=lambda each: (each.span.start, each.original_start))
    return order, series, [unread.addresses for unread in reading.unread]


@effort(max_examples=40)
@given(plan=PLANS)
def test_a_series_is_read_alike_from_google_and_from_a_file(
    way: tuple[FakeGoogle, Client], plan: Plan
) -> None:
    """In whatever zones, over the changes of clocks, with dates called off, moved and declined."""
    google, dates = in_google(*way, plan)
    assert alike(google) == alike(in_a_file(plan, dates))


@effort(max_examples=20)
@given(
    first=st.dates(date(2026, 8, 3), date(2026, 11, 30)),
    length=st.integers(1, 9),
    rule=st.sampled_from(
        ("", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;UNTIL=20261201")
    ),
    owner=st.sampled_from(ZONES),
    off=st.integers(0, 3),
)
def test_days_are_read_alike_from_google_and_from_a_file(
    way: tuple[FakeGoogle, Client], *, first: date, length: int, rule: str, owner: str, off: int
) -> None:
    """Single ones and series, from the midnight to the midnight of their owner; one of the dates called off."""
    fake, client = way
    address = f"ana{next(NUMBERS)}@example.com"
    fake.add_account(address, owner)
    end = first + timedelta(days=length)
    recurrence = {"recurrence": [f"RRULE:{rule}"]} if rule else {}
    fake.people.create_event(
        address, id="series", start={"date": first.isoformat()}, end={"date": end.isoformat()}, **recurrence
    )
    lines = [
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        "ORGANIZER:mailto:ana@example.com",
    ]
    if rule:
        dates = client.events("instances", address, eventId="series", maxResults=4)["items"]
        told = dates[off % len(dates)]
        fake.people.delete_instance(address, told["id"])
        lines += [f"RRULE:{rule}", f"EXDATE;VALUE=DATE:{told['start']['date'].replace('-', '')}"]
    who = person(address, tz=ZoneInfo(owner))
    google = reading_of(client.listed(address), who, WINDOW)
    assert alike(google) == alike(read_file(calendar(event(*lines)), person(tz=ZoneInfo(owner))))
