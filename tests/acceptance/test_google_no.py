"""What people do with the series that the job made at Google, and what the job makes of it: their word stands."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from tests.acceptance.conftest import NOW
from tests.acceptance.google_company import (
    ANN,
    BO,
    CY,
    EVA,
    FIN,
    MAX,
    Company,
    Saved,
    file_id,
    instance_of,
    open_office,
    seen,
    series_of,
    write_roster,
)
from tests.fake_google.calls import Json
from tests.unit.fake_google_worlds import timed

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TOMORROW = "2026-11-24T09:00:00+00:00"
IN_THREE_WEEKS = "2026-12-14T09:00:00+00:00"
Settled = tuple[Company, Saved]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settled]:
    """Give an office on which the job was done once; never to be changed without being put back."""
    with open_office(tmp_path_factory.mktemp("settled") / "office") as company:
        assert company.call("run").code == 0
        yield company, company.save("settled")


@pytest.fixture
def office(settled: Settled) -> Company:
    """Give that office as the first run left it."""
    company, saved = settled
    company.restore(saved)
    return company


def ran(company: Company, now: str = TOMORROW, code: int = 0) -> Json:
    """Run the job; return what it did, with the gap report that it left as `pairs`."""
    done: Json = company.told("run", now=now, code=code)
    report = json.loads((company.root / "reports" / "gap-report.json").read_text())
    done["pairs"] = {(pair["manager"], pair["report"]): pair for pair in report["pairs"]}
    done["kinds"] = Counter(c["kind"] for c in done["changes"] if c["outcome"] == "done")
    return done


def calendars(company: Company) -> Json:
    """Return all calendars, and the mails about them."""
    found = seen(company)
    return {"calendars": found["calendars"], "mails": found["mails"]}


def assert_left_alone(company: Company, now: str = TOMORROW, *, runs: int = 2) -> Json:
    """Check that runs change no calendar and send no mail; return what the last one did."""
    before = calendars(company)
    for _ in range(runs):
        done = ran(company, now)
        assert calendars(company) == before
    return done


def said_no(done: Json, manager: str, report: str) -> str:
    """Return why the pair gets no series."""
    (reason,) = [s["reason"] for s in done["skipped"] if (s["manager"], s["report"]) == (manager, report)]
    return str(reason)


@pytest.mark.parametrize("more", ["", "full_reports = true"])
@pytest.mark.parametrize(
    ("who", "how"),
    [
        (ANN, "delete_series"),
        (BO, "delete_series"),
        (BO, "decline"),
    ],
)
def test_a_series_that_somebody_does_not_want_is_not_put_back(
    office: Company, who: str, how: str, more: str
) -> None:
    """Deleted by either, or declined: it stays away, and the report says who said no and until when."""
    office.settle(more=more)
    getattr(office.fake.people, how)(who, series_of(office, ANN, BO))
    done = assert_left_alone(office)
    name = "Ann Archer" if who == ANN else "Bo Berg"
    assert said_no(done, ANN, BO).startswith(
        f"{name} deleted, cancelled or declined their series; asked about"
    )
    assert done["pairs"][ANN, BO]["status"] in {"unscheduled", "overdue"}
    assert not done["kinds"]


def test_a_no_stands_where_memory_was_lost(office: Company) -> None:
    """The event's id is taken at Google for ever; what a person deleted is met again there, and left."""
    office.fake.people.delete_series(ANN, series_of(office, ANN, BO))
    for path in (office.root / "state").iterdir():
        path.unlink()
    before = calendars(office)
    done = ran(office)
    assert calendars(office) == before
    outcome = {(c["manager"], c["report"]): c for c in done["changes"] if c["kind"] == "create_series"}
    assert outcome[ANN, BO]["outcome"] == "skipped"
    assert "deleted this series" in outcome[ANN, BO]["reason"]
    assert_left_alone(office)


def test_who_comes_back_to_it_has_it_again(office: Company) -> None:
    """An invitation that was declined and then accepted is a series like any other."""
    series = series_of(office, ANN, BO)
    office.fake.people.decline(BO, series)
    ran(office)
    office.fake.people.accept(BO, series)
    done = assert_left_alone(office)
    assert done["pairs"][ANN, BO]["status"] == "at_risk"
    assert done["skipped"] == []


def test_single_dates_are_peoples_own(office: Company) -> None:
    """A moved one is planned where it went, a deleted and a declined one are missed; the series is not touched."""
    people, series = office.fake.people, series_of(office, ANN, BO)
    people.move_instance(ANN, instance_of(office, ANN, series, 0), datetime(2026, 11, 27, 10, tzinfo=UTC))
    people.delete_instance(ANN, instance_of(office, ANN, series, 1))
    people.decline(BO, instance_of(office, ANN, series, 2))
    done = assert_left_alone(office)
    meetings = done["pairs"][ANN, BO]["meetings"]
    assert [(m["start"][:10], m["outcome"]) for m in meetings][:4] == [
        ("2026-11-26", "moved"),
        ("2026-11-27", "planned"),
        ("2026-12-10", "cancelled"),
        ("2026-12-24", "declined"),
    ]
    assert done["pairs"][ANN, BO]["next_planned"].startswith("2026-11-27T10:00")


def test_a_series_from_which_the_report_was_taken_is_not_put_back(office: Company) -> None:
    """Who is invited is the manager's to say; the report is not invited anew."""
    office.fake.people.change_event(ANN, series_of(office, ANN, BO), attendees=[guest(ANN)])
    done = assert_left_alone(office)
    assert said_no(done, ANN, BO).startswith("Ann Archer deleted, cancelled or declined their series")


def test_a_series_to_which_others_were_invited_is_peoples_own(office: Company) -> None:
    """It is no 1-2-1 any more, so that the two get one; but nobody's meeting is ended for that, nor for a leaver."""
    series = series_of(office, ANN, BO)
    office.fake.people.change_event(ANN, series, attendees=[guest(ANN), guest(BO), guest(CY)])
    before = calendars(office)["calendars"][ANN][series]
    assert ran(office)["kinds"]["create_series"] == 1
    assert ran(office)["kinds"] == {}
    write_roster(office, without=BO)
    done = ran(office)
    assert [c["uid"] != series for c in done["changes"] if c["kind"] == "end_series"] == [True]
    assert "Others take part in their series by now" in said_no(done, ANN, BO)
    assert calendars(office)["calendars"][ANN][series] == before


def test_a_document_that_was_thrown_away_is_made_anew_when_it_is_next_needed(office: Company) -> None:
    """The new one hangs on the series too, beside what hangs there, so that the two find it; nobody gets a mail."""
    people, title = office.files.people, "1-2-1: Ann Archer and Bo Berg"
    (old,) = people.documents(title)
    people.trash(old)
    assert_left_alone(office)
    mails = mails_since(office, lambda: ran(office, "2026-12-07T09:00:00+00:00"))
    new = people.documents(title)[-1]
    event = office.fake.state()["calendars"][ANN][series_of(office, ANN, BO)]
    assert [file_id(each["fileUrl"]) for each in event["attachments"]] == [old, new]
    assert mails == []
    assert_left_alone(office, "2026-12-07T09:00:00+00:00")


def guest(address: str) -> Json:
    """Return a guest who comes."""
    return {"email": address, "responseStatus": "accepted"}


def test_a_series_that_a_person_moved_as_a_whole_stays_where_it_is(office: Company) -> None:
    """Another weekday and time: coverage as good as any, and nothing is put back."""
    series = series_of(office, ANN, BO)
    office.fake.people.change_event(ANN, series, **timed("2026-12-01", "11:00", "11:30"))
    done = assert_left_alone(office)
    assert done["pairs"][ANN, BO]["next_planned"].startswith("2026-12-01T11:00")
    assert done["skipped"] == []


def test_a_series_that_a_person_splits_is_one_series(office: Company) -> None:
    """Changed from one date on: both parts count, and nothing is made or ended for it; also if the report may not see it."""
    series = series_of(office, ANN, BO)
    at = {"dateTime": "2026-12-10T16:00:00", "timeZone": "Europe/London"}
    end = {"dateTime": "2026-12-10T16:30:00", "timeZone": "Europe/London"}
    office.fake.people.split_series(ANN, instance_of(office, ANN, series, 1), start=at, end=end)
    done = assert_left_alone(office)
    planned = [m["start"][:16] for m in done["pairs"][ANN, BO]["meetings"] if m["outcome"] == "planned"]
    assert planned[:3] == ["2026-11-26T13:00", "2026-12-10T16:00", "2026-12-24T16:00"]
    assert done["skipped"] == []


def test_both_parts_of_a_split_series_end_with_the_leaver(office: Company) -> None:
    """What goes on under another id is still ours to end."""
    series = series_of(office, ANN, BO)
    new = office.fake.people.split_series(
        ANN, instance_of(office, ANN, series, 1), summary="Ann and Bo, renamed"
    )
    assert new != series
    ran(office)
    write_roster(office, f"{BO},Bo Berg,{ANN},Europe/Berlin,Mon-Fri 09:00-17:30,2027-01-08,")
    done = ran(office)
    assert done["kinds"]["end_series"] == 1
    assert dates(office, BO, ANN)[-1] <= "2027-01-08"
    assert dates(office, BO, ANN)[:2] == ["2026-11-26", "2026-12-10"]
    assert_left_alone(office)


def test_a_series_that_a_person_ended_is_not_put_back(office: Company) -> None:
    """Its first meeting takes place; then the two have none, and the report says whose word that was."""
    series = series_of(office, ANN, BO)
    office.fake.people.end_series_from(ANN, instance_of(office, ANN, series, 1))
    assert_left_alone(office)
    done = assert_left_alone(office, IN_THREE_WEEKS)
    assert "Ann Archer deleted, cancelled or declined their series" in said_no(done, ANN, BO)
    assert done["pairs"][ANN, BO]["held"] == 1


def dates(company: Company, who: str, other: str) -> list[str]:
    """Return the days on which two meet, as the calendar of one of them has it."""
    found = company.told("report", now=TOMORROW)["pairs"]
    (pair,) = [p for p in found if {p["manager"], p["report"]} == {who, other}]
    return [m["start"][:10] for m in pair["meetings"] if m["outcome"] in {"planned", "moved"}]


def mails_since(company: Company, act: Callable[[], object]) -> list[tuple[str, str]]:
    """Return the mails that something sends, as receiver and kind."""
    before = len(company.fake.mails)
    act()
    return [(mail.to, mail.kind) for mail in company.fake.mails[before:]]


def test_the_series_of_who_leaves_is_ended(office: Company) -> None:
    """From the last day on, with one mail to the leaver; nothing more is done about it."""
    write_roster(office, f"{BO},Bo Berg,{ANN},Europe/Berlin,Mon-Fri 09:00-17:30,2026-12-31,")
    mails = mails_since(office, lambda: ran(office))
    assert mails == [(BO, "update")]
    assert dates(office, ANN, BO) == ["2026-11-26", "2026-12-10", "2026-12-24"]
    assert_left_alone(office)


def test_the_series_of_who_is_not_on_the_roster_any_more_is_ended(office: Company) -> None:
    """It has not begun: so it is deleted, for both."""
    series = series_of(office, ANN, BO)
    write_roster(office, without=BO)
    mails = mails_since(office, lambda: ran(office))
    assert mails == [(BO, "cancellation")]
    for who in (ANN, BO):
        assert calendars(office)["calendars"][who][series] == {"status": "cancelled"}
    assert_left_alone(office)


@pytest.mark.parametrize("report_is_read", [False, True])
def test_a_series_with_a_manager_who_is_gone_from_the_roster_is_not_left_in_silence(
    office: Company, *, report_is_read: bool
) -> None:
    """Who gets another manager has a meeting with the old one, whom nobody may ask: it is said, or it is ended."""
    if report_is_read:
        office.settle(more="full_reports = true")
    series = series_of(office, MAX, FIN)
    write_roster(
        office,
        f"{EVA},Eva Ek,{ANN},Europe/Berlin,Mon-Fri 09:00-17:30,,",
        f"{FIN},Fin Fox,{ANN},Europe/London,Mon-Fri 09:00-17:30,,",
        without=MAX,
    )
    done = ran(office)
    if report_is_read:
        assert done["kinds"]["end_series"] == 1
        assert calendars(office)["calendars"][FIN][series] == {"status": "cancelled"}
    else:
        assert said_no(done, MAX, FIN) == (
            f"Their series is to be ended; {MAX} is not on the roster any more, so that the calendar with it is not "
            "read: Fin Fox can delete it."
        )
    assert_left_alone(office)


def test_who_gets_another_manager_gets_another_series(office: Company) -> None:
    """The old one is ended, the new one is made, and nobody gets two mails for it."""
    old = series_of(office, ANN, BO)
    write_roster(office, f"{BO},Bo Berg,{MAX},Europe/Berlin,Mon-Fri 09:00-17:30,,")
    mails = mails_since(office, lambda: ran(office))
    assert mails == [(BO, "invitation")]
    assert calendars(office)["calendars"][ANN][old] == {"status": "cancelled"}
    new = office.fake.state()["calendars"][MAX][series_of(office, MAX, BO)]
    assert new["status"] == "confirmed"
    assert_left_alone(office)


def test_a_stale_sync_token_costs_one_whole_reading(office: Company) -> None:
    """Google forgets tokens as it likes; the run finds the same, and writes nothing at Google."""
    office.fake.people.forget_tokens(ANN)
    office.fake.log.clear()
    done = assert_left_alone(office, NOW, runs=1)
    assert done["changes"] == []
    assert office.fake.log.count("calendar.events.list", user=ANN, status=410) == 1
    assert office.fake.log.count("calendar.events.list", user=ANN, status=200) == 1
    assert office.fake.log.count("calendar.events.list", user=MAX) == 1


def test_a_manager_whose_calendar_is_lost_costs_their_pairs_alone(office: Company) -> None:
    """Unknown, never fine; the others' work is done, and the exit code says that some is left."""
    office.fake.people.lose_access(ANN)
    write_roster(office, f"new@example.com,New Now,{MAX},Europe/Berlin,Mon-Fri 09:00-17:30,,")
    office.fake.add_account("new@example.com", "Europe/Berlin")
    done = ran(office, code=4)
    assert {pair: row["status"] for pair, row in done["pairs"].items()} == {
        (ANN, BO): "unknown",
        (ANN, CY): "unknown",
        (MAX, EVA): "on_track",
        (MAX, FIN): "at_risk",
        (MAX, "new@example.com"): "on_track",
    }
    assert done["kinds"]["create_series"] == 1


@pytest.mark.parametrize("how", ["hide_busy", "lose_access"])
def test_a_hidden_free_busy_is_unknown_and_never_fine(office: Company, how: str) -> None:
    """Who is not on track is looked at; where Google does not say when they are taken, nothing is concluded."""
    getattr(office.fake.people, how)(BO)
    done = ran(office, code=4)
    assert done["pairs"][ANN, BO]["status"] == "unknown"
    assert {row["status"] for pair, row in done["pairs"].items() if pair != (ANN, BO)} == {
        "at_risk",
        "on_track",
    }
    assert "could not be read" in " ".join(done["pairs"][ANN, BO]["reasons"])


def test_a_new_report_with_a_hidden_free_busy_is_not_placed(office: Company) -> None:
    """A time is not guessed; the others get theirs, and the next run, which may look, places the pair."""
    new = "new@example.com"
    office.fake.add_account(new, "Europe/Berlin")
    office.fake.people.hide_busy(new)
    write_roster(office, f"{new},New Now,{MAX},Europe/Berlin,Mon-Fri 09:00-17:30,,")
    done = ran(office, code=4)
    assert done["pairs"][MAX, new]["status"] == "unknown"
    assert not done["kinds"]["create_series"]
    office.fake.people.hide_busy(new, None)
    assert ran(office)["kinds"]["create_series"] == 1
