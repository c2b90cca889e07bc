"""`onetoone slots`: when two people could meet, asked of the real command."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.acceptance.conftest import (
    EMPTY,
    ROOT,
    add_people,
    assert_clear,
    bytes_of,
    calendar_file,
    called,
    config,
    with_event,
)

ANN, BO = "ann@example.com", "bo@example.com"
EVERY_MORNING = (
    "UID:1@x",
    "SUMMARY:Secret acquisition",
    "DTSTART;TZID=Europe/London:20261102T090000",
    "DTEND;TZID=Europe/London:20261102T120000",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "ATTENDEE:mailto:ann@example.com",
    "ATTENDEE:mailto:lawyer@example.org",
    "ATTENDEE:mailto:banker@example.org",
)
JSON_KEYS = [
    *(
        "version",
        "generated_at",
        "manager",
        "report",
        "every",
        "minutes",
        "first_minutes",
        "timezone",
        "report_timezone",
    ),
    *("earliest", "counted_to", "present", "options", "counts", "relaxations", "week"),
]


def asked(office: Path, *options: str) -> dict[str, object]:
    """Return the answer for Ann and Bo as JSON."""
    done = called("slots", ANN, BO, *config(office), "--format", "json", *options)
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert isinstance(found, dict)
    return found


def test_ten_times_and_the_week(office: Path) -> None:
    """With local times of both beside each other, and nothing is written but what any look at calendars leaves."""
    assert called("report", *config(office)).code == 0
    before = bytes_of(office)
    done = called("slots", ANN, BO, *config(office))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "Times for a 1-2-1  Mon 23 Nov 2026, 09:00 UTC\nAnn Archer and Bo Berg: every 2 weeks, 30 minutes\n"
    )
    assert "\n10  " in done.out
    assert "London  Berlin" in done.out
    assert "██ free on all dates" in done.out
    assert bytes_of(office) == before


@pytest.mark.parametrize("form", ["table", "json", "html", "markdown"])
def test_titles_and_other_guests_are_not_in_it(office: Path, form: str) -> None:
    """Law 7: the picture is shown of somebody's week, and not what it is filled with."""
    calendar_file(office, "ann").write_text(with_event(*EVERY_MORNING), newline="")
    done = called("slots", ANN, BO, *config(office), "--format", form)
    assert (done.code, done.err) == (0, "")
    assert all(word not in done.out for word in ("Secret", "acquisition", "lawyer", "banker"))


def test_other_meetings_are_in_the_way(office: Path) -> None:
    """No time is offered in what is busy on every date."""
    calendar_file(office, "ann").write_text(with_event(*EVERY_MORNING), newline="")
    options = asked(office)["options"]
    assert isinstance(options, list)
    assert all(one["start"][11:16] >= "12:00" for one in options)


def test_what_if_they_met_otherwise(office: Path) -> None:
    """`--every`, `--minutes` and `--most` ask for another series than the policy has."""
    found = asked(office, "--every", "1 month", "--minutes", "60", "--most", "3")
    assert (found["every"], found["minutes"]) == ("1 month", 60)
    assert isinstance(found["options"], list)
    assert len(found["options"]) == 3


def test_json_has_the_keys_of_the_docs(office: Path) -> None:
    """Every key of docs/best-time.md, in its order."""
    assert list(asked(office)) == JSON_KEYS
    page = (ROOT / "docs" / "best-time.md").read_text()
    assert all(f"`{key}`" in page for key in JSON_KEYS[2:])


def test_the_page_goes_where_it_is_sent(office: Path) -> None:
    """As every page does."""
    told = office / "slots.html"
    done = called("slots", ANN, BO, *config(office), "--format", "html", "--output", told)
    assert (done.code, done.out) == (0, "")
    assert told.read_text().startswith("<!doctype html>")


def test_where_nothing_fits_it_says_what_would_help(office: Path) -> None:
    """Exit code 0: the question was answered."""
    add_people(office, "cy@example.com,Cy Clark,ann@example.com,Asia/Tokyo,Mon-Fri 09:00-18:00")
    done = called("slots", ANN, "cy@example.com", *config(office))
    assert done.code == 0
    assert "No time fits as things are.\nWhat would help, the cheapest first:\n" in done.out
    assert "makes possible: " in done.out


def test_a_series_that_the_job_made_may_go_elsewhere(office: Path) -> None:
    """Where it stands in the only half hour that two share, it is told where it could go; nothing is moved."""
    assert called("run", *config(office)).code == 0
    plan = json.loads(called("slots", ANN, BO, *config(office), "--format", "json").out)
    start = datetime.fromisoformat(plan["present"][0]["start"])
    hours = f"{start:%a} {start:%H:%M}-{start + timedelta(minutes=30):%H:%M}"
    add_people(office, f"cy@example.com,Cy Clark,ann@example.com,Europe/London,{hours}")
    before = bytes_of(office / "calendars")
    done = called("slots", ANN, "cy@example.com", "--every", "1 week", *config(office))
    assert (done.code, done.err) == (0, "")
    assert "The 1-2-1 of Ann and Bo goes to " in done.out
    assert bytes_of(office / "calendars") == before


def test_a_calendar_that_cannot_be_read(office: Path) -> None:
    """Exit code 4, and which it is: of somebody's time nothing is guessed."""
    calendar_file(office, "bo").write_text("no calendar at all")
    done = called("slots", ANN, BO, *config(office))
    assert_clear(done, 4, "bo@example.com.ics")
    assert done.out == ""


def test_a_calendar_of_somebody_else_does_not_matter(office: Path) -> None:
    """Of a colleague only what the two have with them is asked."""
    add_people(office, "cy@example.com,Cy Clark,ann@example.com,Europe/Berlin,Mon-Fri 09:00-18:00")
    calendar_file(office, "cy").write_text("no calendar at all")
    assert called("slots", ANN, BO, *config(office)).code == 0


def test_no_calendars_are_read_but_those_of_the_people_around(office: Path) -> None:
    """Another team's are not looked at, so that the answer comes at once in a large organisation, too."""
    add_people(
        office,
        "zoe@example.com,Zoe Zander,,Europe/Berlin,Mon-Fri 09:00-18:00",
        "yan@example.com,Yan Yates,zoe@example.com,Europe/Berlin,Mon-Fri 09:00-18:00",
    )
    calendar_file(office, "yan").unlink()
    assert calendar_file(office, "ann").read_text() == EMPTY.replace("\r\n", "\n")
    assert called("slots", ANN, BO, *config(office)).err == ""


def test_who_is_to_have_no_one_to_one_needs_a_cadence(office: Path) -> None:
    """What to write is said; with it the question is answered."""
    people = office / "config" / "people.csv"
    people.write_text(
        people.read_text().replace("hours\n", "hours,cadence\n", 1).replace("17:30\n", "17:30,none\n")
    )
    assert_clear(called("slots", ANN, BO, *config(office)), 2, "--every '1 month'")
    assert asked(office, "--every", "1 month")["every"] == "1 month"


def test_wrong_questions(office: Path) -> None:
    """Exit code 2, each with what to write instead."""
    people = office / "config" / "people.csv"
    people.write_text(
        people.read_text().replace("hours\n", "hours,end_date\n", 1).replace("17:30\n", "17:30,\n")
    )
    add_people(office, "cy@example.com,Cy Clark,ann@example.com,Europe/Berlin,Mon-Fri 09:00-18:00,2026-11-25")
    assert_clear(
        called("slots", ANN, "cy@example.com", *config(office)),
        2,
        "the last day of one of them is Wed 25 Nov",
    )
    add_people(office, "di@example.com,Di Dorn,ann@example.com,Europe/Berlin,Mon-Fri 09:00-18:00,2026-11-20")
    for command in ("slots", "agenda"):
        assert_clear(
            called(command, ANN, "di@example.com", *config(office)), 2, "their last day was Fri 20 Nov 2026"
        )
    assert_clear(called("slots", BO, ANN, *config(office)), 2, "does not report to")
    assert_clear(called("slots", ANN, "nobody@x.org", *config(office)), 2, "nobody on the roster")
    assert_clear(called("slots", ANN, BO, *config(office), "--every", "often"), 2, "'often' is not a cadence")
