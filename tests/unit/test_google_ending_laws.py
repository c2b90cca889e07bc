"""The law of ending: whatever people made of a series of ours, nothing of it is left from that moment on, and all before."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import stamina
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from scheduler.calendars.google.provider import GoogleCalendar
from scheduler.calendars.interface import Written
from scheduler.errors import WriteFailed
from scheduler.meetings import EventStatus, Occurrence
from scheduler.settings import GoogleSettings
from scheduler.state.mirror import Mirror
from scheduler.state.mirror_file import MirrorFile
from scheduler.timespans import Span
from tests.fake_google.calls import ApiError
from tests.fake_google.fake import NOW, FakeGoogle
from tests.fake_google.faults import CUT_SHORT, LOST, UNANSWERED
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import Client, invited, people
from tests.unit.google_calendar_builders import ANN, BO, CY, KNOWN, UID, invitation

pytestmark = on_loopback
WINDOW = Span(NOW - timedelta(weeks=1), NOW + timedelta(weeks=16))
FIRST = datetime(2026, 12, 1, 10, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture(scope="module")
def way() -> Iterator[tuple[FakeGoogle, Client]]:
    """Give one fake for all examples."""
    with (
        people(FakeGoogle()) as fake,
        closing(Client(fake)) as client,
        stamina.set_testing(testing=True, attempts=7),
    ):
        yield fake, client
    assert fake.violations == []


def begin_anew(fake: FakeGoogle) -> None:
    """Empty everybody's calendar."""
    for who in (ANN, BO, CY):
        calendar = fake.store.calendar_of(who.email)
        assert calendar is not None
        calendar.copies.clear()
    fake.mails.clear()


def life(fake: FakeGoogle, doing: int, week: int, days: int, parts: list[str]) -> None:
    """Let one of the two do something with the series, named by small numbers, that may be possible."""
    start = FIRST + week * WEEK
    date = f"{UID}_{start:%Y%m%dT%H%M%SZ}"
    part = parts[week % len(parts)]
    act = fake.people
    doings: tuple[Callable[[], object], ...] = (
        lambda: act.move_instance(ANN.email, date, start + timedelta(days=days, hours=1)),
        lambda: act.delete_instance(ANN.email, date),
        lambda: act.decline(BO.email, date),
        lambda: act.delete_instance(BO.email, date),
        lambda: parts.append(act.split_series(ANN.email, date)),
        lambda: act.change_event(ANN.email, part, recurrence=["RRULE:FREQ=WEEKLY;COUNT=5"]),
        lambda: act.change_event(ANN.email, part, recurrence=["RRULE:FREQ=DAILY;INTERVAL=3"]),
        lambda: act.change_event(ANN.email, date, attendees=invited(ANN.email, BO.email, CY.email)),
    )
    with suppress(ApiError, LookupError):
        doings[doing]()


def standing(fake: FakeGoogle, client: Client) -> list[Occurrence]:
    """Return what takes place of the series in Ann's calendar, as a fresh look finds it."""
    with Mirror(MirrorFile(Path("/dev/null"))) as mirror:
        found = GoogleCalendar(client.google, mirror, GoogleSettings(), fake.now(), KNOWN).read(ANN, WINDOW)
    assert found.unread == ()
    return [each for each in found.occurrences if each.status is not EventStatus.CANCELLED]


DOINGS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 9), st.integers(-9, 30)), max_size=5)
FAULTS = st.dictionaries(st.integers(1, 8), st.sampled_from((LOST, UNANSWERED, CUT_SHORT)), max_size=2)


@effort(max_examples=15)
@given(doings=DOINGS, at=st.integers(-1, 10 * 7 * 24), faults=FAULTS)
def test_nothing_is_left_from_the_end_on_and_what_was_before_stays(
    way: tuple[FakeGoogle, Client],
    doings: list[tuple[int, int, int]],
    at: int,
    faults: dict[int, object],
) -> None:
    """Whoever did what, and whatever answers got lost; ended again it is already so; Bo gets one mail."""
    fake, client = way
    fake.faults.clear()
    begin_anew(fake)
    moment = FIRST + timedelta(hours=at)
    with TemporaryDirectory() as root, Mirror(MirrorFile(Path(root))) as mirror:
        calendar = GoogleCalendar(client.google, mirror, GoogleSettings(), NOW, KNOWN)
        calendar.create(invitation(), notify=False)
        parts = [UID]
        for doing, week, days in doings:
            life(fake, doing, week, days, parts)
        before = standing(fake, client)
        for nth, fault in faults.items():
            fake.faults.add(fault, method="calendar.events.*", nth=[nth])  # type: ignore[arg-type]  # of the strategy
        for _ in range(2):
            with suppress(WriteFailed):
                calendar.end(ANN, BO, UID, moment, NOW)
        fake.faults.clear()
        after = standing(fake, client)
        # A date that was to be later than the end, and that a person moved before it, goes with its series.
        kept = [each for each in before if max(each.span.start, each.original_start) < moment]
        early = {each.span.start for each in before if each.span.start < moment <= each.original_start}
        assert [each.span for each in after if each.span.start not in early] == [
            each.span for each in kept if each.span.start not in early
        ]
        mails = [mail for mail in fake.mails if mail.to == BO.email]
        assert len(mails) <= 1
        state = fake.state()
        assert calendar.end(ANN, BO, UID, moment, NOW) in {Written.ALREADY_SO, Written.DELETED}
        assert fake.state() == state
