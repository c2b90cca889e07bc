"""Keeping up with a calendar: what is asked of Google, and that what is read is what there is."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.errors import CalendarUnreadable
from tests.fake_google.fake import NOW, FakeGoogle
from tests.fake_google.faults import answered
from tests.unit.calendars_builders import cancelled, starts
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, Client, invited, timed, weekly
from tests.unit.google_calendar_worlds import LIST, PEOPLE, WEEKS, Nights

__all__ = ["client", "fake"]

pytestmark = on_loopback
DAY = timedelta(days=1)
FIRST = "2026-11-23 10:00"


@pytest.fixture
def nights(fake: FakeGoogle, client: Client, tmp_path: Path) -> Nights:
    """Give runs on a folder; Ann has a series with Bo, and an event of her own."""
    fake.people.create_event(ANN, id="series", **weekly(attendees=invited(ANN, BO)))
    fake.people.create_event(ANN, id="single", **timed("2026-11-25"))
    return Nights(fake, client, tmp_path)


def ids(nights: Nights) -> set[str]:
    """Return the ids of the events that the mirror holds."""
    with closing(sqlite3.connect(nights.mirror)) as base:
        return {row[0] for row in base.execute("SELECT id FROM events")}


def test_after_the_first_night_one_request_is_enough(nights: Nights) -> None:
    """And where nothing changed nothing is written: the token stays good."""
    first = nights.read()
    assert nights.asked() == 1
    before = nights.mirror.read_bytes()
    for night in (1, 2, 3):
        assert nights.read(NOW + night * DAY).series == first.series
        assert nights.asked() == 1
    assert nights.mirror.read_bytes() == before


def test_within_a_run_a_calendar_may_be_looked_at_again_without_asking(nights: Nights) -> None:
    """What was read of it concerned some people; now it is all of it."""
    with nights.run() as calendars:
        window = nights.read().window
        about = calendars.read(PEOPLE[ANN], window, {BO})
        nights.asked()
        whole = calendars.read(PEOPLE[ANN], window, again=False)
    assert nights.asked() == 0
    assert {each.uid for each in about.occurrences} == {"series@google.com"}
    assert {each.uid for each in whole.occurrences} == {"series@google.com", "single@google.com"}


@pytest.mark.parametrize("sizes", [(1,), (0, 1), (0, 0, 2500), (1, 0, 0)], ids=str)
def test_pages_may_be_short_or_empty(nights: Nights, sizes: tuple[int, ...]) -> None:
    """Only the token of a next page says that there is more; at first, and of changes."""
    expected = nights.whole()
    nights.fake.calendar.page_sizes = sizes
    assert nights.read().occurrences == expected.occurrences
    nights.fake.people.create_event(ANN, id="third", **timed("2026-11-26"))
    nights.fake.people.create_event(ANN, id="fourth", **timed("2026-11-27"))
    assert len(nights.read().occurrences) == len(expected.occurrences) + 2


def made_stale(nights: Nights) -> None:
    """Let Google forget the tokens of the calendar."""
    nights.fake.people.forget_tokens(ANN)


def refused(status: int, reason: str) -> Callable[[Nights], None]:
    """Return what lets the next listing be refused so."""
    return lambda nights: nights.fake.faults.add(answered(status, reason), method=LIST, nth=[1])


@pytest.mark.parametrize(
    "happens",
    [
        made_stale,
        refused(410, "fullSyncRequired"),
        refused(410, "updatedMinTooLongAgo"),
        refused(410, "gone"),
        refused(400, "invalidSyncToken"),
    ],
)
def test_a_token_that_is_good_no_more_costs_one_whole_reading(
    nights: Nights, happens: Callable[[Nights], None]
) -> None:
    """Whatever Google calls it; what was deleted meanwhile is gone, and the next night is a plain one."""
    nights.read()
    nights.fake.people.delete_event(ANN, "single")
    happens(nights)
    nights.asked()
    assert nights.read() == nights.whole()
    assert nights.asked() == 3  # refused, whole, and once more to compare with
    nights.read()
    assert nights.asked() == 1
    assert ids(nights) == {"series"}


def test_a_token_refused_on_a_later_page_costs_one_whole_reading(nights: Nights) -> None:
    """What the first pages brought is not half of an update."""
    nights.read()
    for number in range(4):
        nights.fake.people.create_event(ANN, id=f"later{number}", **timed("2026-11-26"))
    nights.fake.calendar.page_sizes = (2,)
    nights.fake.faults.add(answered(410, "fullSyncRequired"), method=LIST, nth=[2])
    assert nights.read() == nights.whole()


def test_what_is_refused_for_another_reason_is_a_problem_and_no_empty_calendar(nights: Nights) -> None:
    """The mirror stays as it was."""
    nights.read()
    before = nights.mirror.read_bytes()
    nights.fake.people.lose_access(ANN, 403, "forbidden")
    with pytest.raises(CalendarUnreadable, match=r"ann@example\.com.*Google does not allow it"):
        nights.read()
    assert nights.mirror.read_bytes() == before


def test_a_listing_without_a_token_at_its_end_is_listed_whole_again(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing says what changed since."""
    monkeypatch.setattr("tests.fake_google.calendars.service.gives_token", lambda _: False)
    first = nights.read()
    nights.fake.people.delete_event(ANN, "single")
    assert len(nights.read().occurrences) == len(first.occurrences) - 1


def test_a_token_is_stored_anew_each_week_though_nothing_changed(nights: Nights) -> None:
    """Nobody says for how long one is good that is not used."""
    nights.read()
    before = nights.mirror.read_bytes()
    nights.read(NOW + 6 * DAY)
    assert nights.mirror.read_bytes() == before
    nights.read(NOW + 7 * DAY)
    assert nights.mirror.read_bytes() != before


def test_every_few_weeks_a_calendar_is_read_whole(nights: Nights) -> None:
    """So that nothing that was missed is missed for ever."""
    nights.read()
    with closing(sqlite3.connect(nights.mirror)) as base, base:
        base.execute("DELETE FROM events WHERE id = 'single'")
    assert len({each.uid for each in nights.read(NOW + 27 * DAY).occurrences}) == 1
    assert len({each.uid for each in nights.read(NOW + 42 * DAY).occurrences}) == 2


@pytest.mark.parametrize("how", ["a longer look-back", "an earlier day"])
def test_whoever_looks_further_back_than_was_read_reads_it_whole(nights: Nights, how: str) -> None:
    """What had ended before the first reading was never listed."""
    nights.fake.people.create_event(ANN, id="older", **timed("2026-08-20"))
    nights.read()
    assert "older" not in ids(nights)
    found = nights.read(back=15) if how == "a longer look-back" else nights.read(NOW - 2 * WEEKS)
    assert "2026-08-20 09:00" in starts(found)


def test_the_day_after_what_has_ended_before_the_window_is_let_go(nights: Nights) -> None:
    """The mirror does not grow for ever; series stay."""
    nights.read()
    nights.fake.people.change_event(ANN, "series", summary="x")
    nights.read(NOW + 20 * WEEKS)
    assert ids(nights) == {"series"}


def test_an_event_that_comes_into_the_window_is_read(nights: Nights) -> None:
    """It was long past when the calendar was first read, and a person moved it."""
    nights.fake.people.create_event(ANN, id="moving", **timed("2026-01-12"))
    nights.read()
    assert "moving" not in ids(nights)
    nights.fake.people.move_instance(ANN, "moving", NOW + DAY)
    assert "2026-11-24 09:00" in starts(nights.read())


def test_what_people_deleted_is_gone(nights: Nights) -> None:
    """A single event, one date of a series, the whole series with the date that was changed."""
    nights.read()
    nights.fake.people.delete_event(ANN, "single")
    nights.fake.people.delete_instance(ANN, "series_20261130T100000Z")
    found = nights.read()
    assert cancelled(found) == ["2026-11-30 10:00"]
    assert ids(nights) == {"series", "series_20261130T100000Z"}
    nights.fake.people.delete_series(ANN, "series")
    assert nights.read().occurrences == ()
    assert ids(nights) == set()


def test_guests_who_come_and_go_are_seen_in_every_date(nights: Nights) -> None:
    """Also in those of the people that a calendar is read for."""
    with nights.run() as calendars:
        window = nights.read().window
        assert calendars.read(PEOPLE[ANN], window, {CY}).occurrences == ()
        nights.fake.people.change_event(ANN, "series", attendees=invited(ANN, CY))
        assert len(calendars.read(PEOPLE[ANN], window, {CY}).occurrences) == 12
        assert calendars.read(PEOPLE[ANN], window, {BO}).occurrences == ()


def test_absences_are_read_whoever_the_calendar_is_read_for(nights: Nights) -> None:
    """Out of office, and days that are taken; not where she works, nor what leaves the day free."""
    out = {"eventType": "outOfOffice", "outOfOfficeProperties": {}}
    day = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}
    working = {"eventType": "workingLocation", "workingLocationProperties": {"type": "homeOffice"}}
    create = nights.fake.people.create_event
    create(ANN, id="outofoffice", **timed("2026-12-03", "00:00", "23:00"), **out)
    create(ANN, id="leave", **day)
    create(ANN, id="free1", **day, transparency="transparent")
    create(ANN, id="home1", **day, **working)
    with nights.run() as calendars:
        found = calendars.read(PEOPLE[ANN], nights.read().window, {CY})
    assert {each.uid for each in found.occurrences} == {"outofoffice@google.com", "leave@google.com"}


def test_an_event_without_an_end_in_time_costs_itself(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day in the year 9999, or a time in the first: other programs write them where they know none."""
    strange = [
        {"id": "last", "start": {"date": "9999-12-30"}, "end": {"date": "9999-12-31"}},
        {"id": "first", "start": {"dateTime": "0001-01-01T00:00:00+01:00"}, "end": {"date": "0001-01-02"}},
    ]
    send = nights.client.google.send

    def answer(*request: object, **how: object) -> object:
        found = send(*request, **how)  # type: ignore[arg-type]  # handed on as it came
        found["items"] = [*strange, *found["items"]]
        return found

    monkeypatch.setattr(nights.client.google, "send", answer)
    found = nights.read()
    assert {each.uid for each in found.occurrences} == {"series@google.com", "single@google.com"}
    assert [unread.problem.what[:21] for unread in found.unread] == ["the event 'first' can"]


def test_nothing_that_is_said_in_meetings_is_kept(nights: Nights) -> None:
    """No titles, descriptions, places, names, comments, other programs' properties, or other people's attachments."""
    secrets: dict[str, object] = {
        "summary": "secret1",
        "description": "secret2",
        "location": "secret3",
        "extendedProperties": {"private": {"secret4": "secret5"}, "shared": {"secret6": "secret7"}},
        "attachments": [{"fileUrl": "https://docs.google.com/document/d/secret8/edit", "title": "secret9"}],
        "attendees": [*invited(ANN), {"email": BO, "displayName": "secret0", "comment": "secret10"}],
    }
    nights.fake.people.create_event(ANN, id="telling", **timed("2026-11-26"), **secrets)
    nights.fake.people.change_event(ANN, "series", **secrets)
    nights.fake.people.decline(BO, "telling", "secret11")
    nights.read()
    assert b"secret" not in nights.mirror.read_bytes()
    assert {"telling", "series"} <= ids(nights)


def test_of_our_own_series_the_attachments_are_kept_in_both_calendars(nights: Nights) -> None:
    """The agenda is ours; a guest's copy does not show the mark."""
    link = "https://docs.google.com/document/d/agenda/edit"
    mark = {"private": {"onetoone": "key", "other": "x"}}
    series = weekly(attendees=invited(ANN, BO), attachments=[{"fileUrl": link}], extendedProperties=mark)
    nights.fake.people.create_event(ANN, id="onetoone4f", **series)
    for owner, told in ((ANN, "key"), (BO, None)):
        (ours,) = [each for each in nights.read(owner=owner).series if each.uid == "onetoone4f"]
        assert (ours.links, ours.mark) == ((link,), told)
    with closing(sqlite3.connect(nights.mirror)) as base:
        (body,) = base.execute(
            "SELECT body FROM events WHERE calendar = ? AND id = 'onetoone4f'", (ANN,)
        ).fetchone()
    assert json.loads(body)["extendedProperties"] == {"private": {"onetoone": "key"}}
