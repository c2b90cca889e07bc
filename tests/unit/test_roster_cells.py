"""One row of people.csv: what each cell may hold, and the sentence for what it may not."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.every import Cadence, Unit
from scheduler.hours import HalfDay, WorkingHours
from scheduler.people import CalendarSource, Person
from scheduler.roster import RowDefaults
from tests.unit.roster_builders import DEFAULTS, fault, person, read, row_of


def test_a_full_row() -> None:
    """Each column becomes what the rooms use."""
    assert person(
        name="Lee, Cy",
        timezone="Europe/Berlin",
        hours="Mon-Thu 08:00-16:00",
        start_date="2026-01-02",
        end_date="2026-12-31",
        cadence="1 month",
        country="de-by",
        calendar="folder:../c/cy.ics",
        aliases="C.Lee@example.com; cy@example.com;",
        prefers="Mornings",
    ) == Person(
        email="cy@example.com",
        name="Lee, Cy",
        tz=ZoneInfo("Europe/Berlin"),
        hours=WorkingHours.parse("Mon-Thu 08:00-16:00"),
        calendar=CalendarSource("folder", "/c/cy.ics"),
        manager="ann@example.com",
        start_date=date(2026, 1, 2),
        end_date=date(2026, 12, 31),
        cadence=Cadence(1, Unit.MONTH),
        country="DE-BY",
        aliases=frozenset({"c.lee@example.com"}),
        prefers=HalfDay.MORNINGS,
    )


def test_an_empty_row_has_defaults() -> None:
    """Email and manager are enough: the config says the rest."""
    found = person()
    assert (found.name, found.tz, found.hours) == ("cy", ZoneInfo("Europe/London"), DEFAULTS.roster.hours)
    assert (found.calendar, found.cadence, found.no_one_to_one) == (CalendarSource("folder"), None, False)


def test_columns_that_rules_name_are_kept() -> None:
    """Of the other columns a person keeps those that somebody asked for, and can still be told apart in a set."""
    text = (
        "email,manager,Job Level,floor,prefers\nann@example.com,,VP,3,\ncy@example.com,ann@example.com,,2,\n"
    )
    found = read(text, replace(DEFAULTS, columns=frozenset({"job_level", "prefers"})))
    ann, cy = found.roster.people.values()
    assert (dict(ann.columns), dict(cy.columns)) == ({"job_level": "VP"}, {})
    assert [problem.what for problem in found.warnings] == ["the column 'floor' is not read"]
    assert ann != replace(ann, columns={})
    assert len({ann, replace(ann, columns={}), cy}) == 3


def test_no_one_to_one() -> None:
    """The cadence `none` is a decision, not a missing value."""
    assert person(cadence="None").no_one_to_one


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"email": ""}, "this row has no email; fill it, or take the row out"),
        ({"prefers": "morning"}, "prefers: 'morning' is no half of a day; did you mean 'mornings'?"),
        (
            {"prefers": "10:00"},
            "prefers: '10:00' is no half of a day; write mornings or afternoons, or leave it empty",
        ),
        ({"email": "cy"}, "email: 'cy' is not an email address; write it like 'ann@example.com'"),
        ({"email": "a/../b@example.com"}, "email: 'a/../b@example.com' is not an email address"),
        ({"email": "a..b@example.com"}, "email: 'a..b@example.com' is not an email address"),
        ({"email": "=1+1@x.com"}, "email: '=1+1@x.com' is a spreadsheet's formula"),
        (
            {"email": "Cy Lee <Cy@Example.com>"},
            "email: 'Cy Lee <Cy@Example.com>' is not an email address; write only 'cy@",
        ),
        (
            {"email": "mailto:cy@example.com"},
            "email: 'mailto:cy@example.com' is not an email address; write only 'cy@",
        ),
        ({"email": "a" * 250 + "@x.com"}, "email: 'aaaaaaaaaaaaaaaa"),
        ({"email": "a\0b@example.com"}, "email: 'a\\x00b@example.com' is not an email address"),
        ({"aliases": "x@example.com; y"}, "aliases: 'y' is not an email address"),
        (
            {"manager": "an@example.com"},
            "the manager 'an@example.com' is not on the roster; did you mean 'ann@example.c",
        ),
        (
            {"manager": "Bo"},
            "the manager 'bo' is not on the roster; give the manager a row, or mend the address",
        ),
        (
            {"manager": "cy@example.com"},
            "cy@example.com is their own manager; leave 'manager' empty at the top",
        ),
        ({"manager": "c@x.com", "aliases": "c@x.com"}, "cy@example.com is their own manager"),
        (
            {"timezone": "Europe/Lodnon"},
            "timezone: 'Europe/Lodnon' is not a time zone; did you mean 'Europe/London'?",
        ),
        (
            {"timezone": "new york"},
            "timezone: 'new york' is not a time zone; did you mean 'America/New_York'?",
        ),
        ({"timezone": "PST"}, "timezone: 'PST' is not a time zone; did you mean 'America/Los_Angeles'?"),
        (
            {"timezone": "+01:00"},
            "timezone: '+01:00' is not a time zone; write its IANA name, such as 'Europe/London'",
        ),
        ({"timezone": "../etc"}, "timezone: '../etc' is not a time zone"),
        (
            {"hours": "9-5"},
            "hours: '9-5' is not a stretch of working hours; write it like 'Mon-Fri 09:00-17:30'",
        ),
        ({"hours": "Mon 10:00-09:00"}, "hours: 'Mon 10:00-09:00' ends before it starts"),
        ({"hours": ";"}, "hours: no hours given; write them like 'Mon-Fri 09:00-17:30'"),
        ({"start_date": "2026-02-30"}, "start_date: '2026-02-30' is not in the calendar"),
        (
            {"start_date": "20260203"},
            "start_date: '20260203' is not a date; write it as year-month-day, such as 2026",
        ),
        (
            {"end_date": "3/4/2026"},
            "end_date: '3/4/2026' is not a date; write it as year-month-day, 2026-04-03 or 2026-03-04",
        ),
        (
            {"end_date": "9999-12-31"},
            "end_date: '9999-12-31' is not between 1950 and 2100; leave the cell empty",
        ),
        (
            {"start_date": "2026-02-02", "end_date": "2026-02-01"},
            "start_date 2026-02-02 is after end_date 2026-02-01",
        ),
        (
            {"cadence": "daily"},
            "cadence: 'daily' is not a cadence; write '1 week', '2 weeks', '1 month', '1 quarter', or",
        ),
        (
            {"country": "XX"},
            "country: no public holidays are known for 'XX'; write the country's ISO 3166 code",
        ),
        (
            {"country": "United Kingdom"},
            "country: no public holidays are known for 'United Kingdom'; write 'GB'",
        ),
        (
            {"country": "DE-BAY"},
            "country: 'DE-BAY': DE has no part 'BAY' with holidays of its own; did you mean 'DE-BY'?",
        ),
        (
            {"country": "DE-??"},
            "country: 'DE-??': DE has no part '??' with holidays of its own; write 'DE' or DE-BB",
        ),
        ({"country": "IS-1"}, "country: 'IS-1': IS has no part '1' with holidays of its own; write 'IS'"),
        (
            {"calendar": "outlook"},
            "calendar: 'outlook' is not a place of a calendar; write folder:PATH, google, caldav",
        ),
        (
            {"calendar": "caldav:https://x"},
            "calendar: the provider 'caldav' is not in this version of onetoone; 'folder'",
        ),
        (
            {"calendar": "google:work"},
            "calendar: 'google:work': at Google it is the person's own calendar, which has no other name; write google",
        ),
        ({"calendar": "folder:a\0b"}, "calendar: 'folder:a\\x00b' names no path"),
        (
            {"name": "=HYPERLINK(1)"},
            "name: '=HYPERLINK(1)' is a spreadsheet's formula, or what became of one; write the",
        ),
        ({"name": "#REF!"}, "name: '#REF!' is a spreadsheet's formula"),
        ({"name": "a\0b"}, "name: 'a\\x00b' has a control character in it; type the name anew"),
        ({"name": "x" * 201}, "name: 'xxxxx"),
    ],
)
def test_a_bad_cell_has_a_sentence(cells: dict[str, str], sentence: str) -> None:
    """Each says which column, what is wrong, and what to write instead."""
    assert fault(**cells).startswith(sentence)


@pytest.mark.parametrize(
    "name", ["Lee, Ann", 'Ann "Bo" Lee', "שָׂרָה כהן", "李小龍", "O'Brien", "N" * 200, "-x-"]
)
def test_names_of_all_kinds_are_kept(name: str) -> None:
    """Commas, quotes, scripts that run from right to left and long names are names."""
    assert person(name=name).name == name


def test_a_name_over_two_lines_is_one_line() -> None:
    """A spreadsheet's line break is a blank."""
    assert person(name="Cy\nvan der  Lee").name == "Cy van der Lee"


@pytest.mark.parametrize(
    ("calendar", "path"),
    [
        ("folder:cy", "/conf/cy"),
        ("folder: /a/b/../cy.ics", "/a/cy.ics"),
        ("FOLDER:~nobody-of-this-name/cy", "/conf/~nobody-of-this-name/cy"),
        ("folder:~/cy", str(Path.home() / "cy")),
    ],
)
def test_the_path_of_a_calendar_starts_at_the_config(calendar: str, path: str) -> None:
    """`~` is the user's home; somebody unknown has none."""
    assert person(calendar=calendar).calendar == CalendarSource("folder", path)


def test_a_folder_without_a_path_is_the_default() -> None:
    """`folder` says in words what an empty cell means, where that is the default provider."""
    assert person(calendar="folder").calendar == DEFAULTS.calendar
    elsewhere = RowDefaults(DEFAULTS.roster, CalendarSource("google"), DEFAULTS.directory)
    (problem,) = read(row_of({"calendar": "folder"}), elsewhere).problems
    assert "names no path" in problem.what


def test_one_row_may_name_google_whatever_the_default_is() -> None:
    """An organisation that moves from one to the other has people in both."""
    assert person(calendar="Google").calendar == CalendarSource("google")
