"""Laws of reading Google's calendars: what people do there, in whatever order, is read as a fresh look would read it."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.fake_google.calls import ApiError
from tests.fake_google.fake import NOW, FakeGoogle
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import ANN, BO, CY, Client, invited, people, timed
from tests.unit.google_calendar_worlds import Nights

pytestmark = on_loopback
DAY = timedelta(days=1)
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"
SERIES = {"alpha": (ANN, MONDAY), "beta0": (BO, TUESDAY)}
_FIRST_DATES = {"alpha": "20261102T100000Z", "beta0": "20261103T100000Z"}


@pytest.fixture(scope="module")
def way() -> Iterator[tuple[FakeGoogle, Client]]:
    """Give one fake for all examples: each adds people of its own."""
    with people(FakeGoogle()) as fake, closing(Client(fake)) as client:
        yield fake, client
    assert fake.violations == []


class Office:
    """Ann and Bo with two series and some more; what they do is named by small numbers."""

    def __init__(self, fake: FakeGoogle) -> None:
        """Begin with a series that each of them arranged."""
        self._people = fake.people
        self._ids = [f"{name}" for name in SERIES]
        self._made = 0
        for calendar in (fake.store.calendar_of(who) for who in (ANN, BO, CY)):
            assert calendar is not None
            calendar.copies.clear()
        for name, (owner, day) in SERIES.items():
            times = timed(day, zone="UTC")
            guests = invited(ANN, BO)
            self._people.create_event(
                owner, id=name, **times, recurrence=["RRULE:FREQ=WEEKLY"], attendees=guests
            )

    def do(self, action: int, which: int, week: int, *, hers: bool) -> None:
        """Let one of the two do something that may be possible."""
        who = ANN if hers else BO
        series = self._ids[which % len(self._ids)]
        first = _FIRST_DATES[series.partition("_R")[0]]
        day = NOW.replace(day=int(first[6:8]), month=11) + week * 7 * DAY
        date = f"{series.partition('_R')[0]}_{day:%Y%m%d}T100000Z"
        actions: list[Callable[[], object]] = [
            lambda: self._single(who, week),
            lambda: self._people.delete_instance(who, date),
            lambda: self._people.move_instance(who, date, day + (week + 1) * DAY),
            lambda: self._people.decline(who, date),
            lambda: self._people.decline(who, series),
            lambda: self._people.accept(who, series),
            lambda: self._people.change_event(who, series, attendees=invited(ANN, BO, CY)),
            lambda: self._people.change_event(who, date, attendees=invited(ANN, CY)),
            lambda: self._people.change_event(who, series, attendees=invited(ANN, BO)),
            lambda: self._people.change_event(who, series, recurrence=["RRULE:FREQ=WEEKLY;COUNT=6"]),
            lambda: self._people.change_event(who, series, transparency="transparent"),
            lambda: self._people.end_series_from(who, date),
            lambda: self._ids.append(self._people.split_series(who, date)),
            lambda: self._people.delete_event(who, f"single{which}"),
            lambda: self._people.move_instance(who, f"single{which}", day),
            lambda: self._people.delete_series(who, series),
            lambda: self._people.forget_tokens(who),
        ]
        with suppress(ApiError, LookupError):
            actions[action % len(actions)]()

    def _single(self, who: str, week: int) -> None:
        day = f"{NOW - 10 * DAY + week * 7 * DAY:%Y-%m-%d}"
        self._people.create_event(who, id=f"single{self._made}", **timed(day), attendees=invited(ANN, BO))
        self._made += 1


ACTIONS = st.tuples(st.integers(0, 16), st.integers(0, 3), st.integers(0, 8), st.booleans())


@effort(max_examples=20)
@given(
    nights=st.lists(st.lists(ACTIONS, min_size=2, max_size=6), min_size=2, max_size=4),
    sizes=st.sampled_from([(), (2,), (0, 3)]),
)
def test_after_each_night_the_mirror_reads_as_a_fresh_look_would(
    way: tuple[FakeGoogle, Client],
    nights: list[list[tuple[int, int, int, bool]]],
    sizes: tuple[int, ...],
) -> None:
    """Whatever people did since, on however many pages it comes, in the calendars of both."""
    fake, client = way
    fake.calendar.page_sizes = ()
    office = Office(fake)
    with TemporaryDirectory() as root:
        runs = Nights(fake, client, Path(root))
        for night, actions in enumerate(nights):
            for action, which, week, hers in actions:
                office.do(action, which, week, hers=hers)
            now = NOW + night * DAY
            for owner in (ANN, BO):
                fake.calendar.page_sizes = sizes
                found = runs.read(now, owner=owner)
                fake.calendar.page_sizes = ()
                assert found == runs.whole(now, owner=owner)
