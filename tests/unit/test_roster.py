"""Reading people.csv: every fault by line, and what spreadsheets do to such a file."""

import time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.every import Cadence, Unit
from scheduler.hours import WorkingHours
from scheduler.people import CalendarSource, Person
from scheduler.roster import ReadRoster, RowDefaults, read_roster
from scheduler.settings import RosterSettings

DEFAULTS = RowDefaults(
    RosterSettings(timezone=ZoneInfo("Europe/London")), CalendarSource("folder"), Path("/conf")
)
PAIR = "email,manager\nann@example.com,\nbo@example.com,ann@example.com\n"


def read(text: str, defaults: RowDefaults = DEFAULTS) -> ReadRoster:
    """Read the text of a roster."""
    return read_roster(text, "people.csv", defaults)


def faults(text: str) -> list[str]:
    """Return the roster's problems as lines, without the file's name."""
    return [str(problem).removeprefix("people.csv:").strip() for problem in read(text).problems]


def person(**cells: str) -> Person:
    """Return the person that a row with these cells gives."""
    found = read(_with(cells))
    assert found.problems == ()
    return found.roster.people["cy@example.com"]


def fault(**cells: str) -> str:
    """Return the one problem that a row with these cells gives; the row is on line 3."""
    (problem,) = faults(_with(cells))
    assert problem.startswith("3: ")
    return problem.removeprefix("3: ")


def _with(cells: dict[str, str]) -> str:
    row = {"email": "cy@example.com", "manager": "ann@example.com"} | cells
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in row.values())
    return f"{','.join(row)}\nann@example.com,{',' * (len(row) - 2)}\n{quoted}\n"


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
    )


def test_an_empty_row_has_defaults() -> None:
    """Email and manager are enough: the config says the rest."""
    found = person()
    assert (found.name, found.tz, found.hours) == ("cy", ZoneInfo("Europe/London"), DEFAULTS.roster.hours)
    assert (found.calendar, found.cadence, found.no_one_to_one) == (CalendarSource("folder"), None, False)


def test_no_one_to_one() -> None:
    """The cadence `none` is a decision, not a missing value."""
    assert person(cadence="None").no_one_to_one


def test_columns_stand_in_any_order_and_capitals() -> None:
    """A header is read as people write it."""
    found = read(
        "Manager,Start Date,E-Mail,EMAIL\n,,,ann@example.com\nAnn@Example.com,2026-01-01,,Bo@Example.COM\n"
    )
    assert found.problems == ()
    assert found.roster.people["bo@example.com"].manager == "ann@example.com"
    assert found.roster.people["bo@example.com"].start_date == date(2026, 1, 1)


def test_unknown_columns_are_a_warning() -> None:
    """They are ignored, and a near name is named."""
    found = read("email,manager,timezon,floor,\nann@example.com,,,3,\nbo@example.com,ann@example.com\n")
    assert found.problems == ()
    assert [str(warning) for warning in found.warnings] == [
        "people.csv:1: the column 'timezon' is not read; did you mean 'timezone'?",
        (
            "people.csv:1: the column 'floor' is not read; the columns that are read: email, name, manager, timezone, "
            "hours, start_date, end_date, cadence, country, calendar or aliases"
        ),
    ]


def test_rows_without_a_timezone_are_warned_of_once() -> None:
    """UTC is nobody's zone by choice."""
    defaults = RowDefaults(RosterSettings(), DEFAULTS.calendar, DEFAULTS.directory)
    (warning,) = read(PAIR, defaults).warnings
    assert str(warning).startswith(
        "people.csv:2: 2 people have no timezone; UTC is taken; fill the column, or set"
    )
    (warning,) = read(
        PAIR.replace("manager\n", "manager,timezone\n").replace("m,\n", "m,,UTC\n"), defaults
    ).warnings
    assert str(warning).startswith("people.csv:3: 1 person has no timezone")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"email": ""}, "this row has no email; fill it, or take the row out"),
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
    (problem,) = read(_with({"calendar": "folder"}), elsewhere).problems
    assert "names no path" in problem.what


def test_all_faults_of_a_roster_in_the_order_of_its_lines() -> None:
    """One pass over the file, not one fault a run."""
    text = (
        "email,manager,timezone\nann@example.com,di@example.com,X/Y\nb,,\nann@example.com,ann@example.com,\n"
    )
    assert [line.split(":")[0] for line in faults(text)] == ["2", "2", "3", "4", "4"]


def test_an_email_stands_once() -> None:
    """Capitals make no other person; the first line is named."""
    assert faults(PAIR + "BO@Example.com,ann@example.com\n") == [
        "4: bo@example.com is on the roster already, in line 3; keep one row a person",
    ]


def test_an_alias_means_one_person() -> None:
    """Neither another's email nor another's alias may be one."""
    text = "email,manager,aliases\nann@example.com,,a@x.com;bo@example.com\nbo@example.com,a@x.com,a@x.com\n"
    assert faults(text) == [
        (
            "2: the alias bo@example.com belongs to bo@example.com, in line 3; "
            "an address means one person: take it out of one row"
        ),
        (
            "3: the alias a@x.com belongs to ann@example.com, in line 2; "
            "an address means one person: take it out of one row"
        ),
    ]


def test_a_manager_may_be_named_by_alias() -> None:
    """Pairs are kept by main address."""
    found = read(
        "email,manager,aliases\nann@example.com,,Boss@example.com\nbo@example.com,boss@EXAMPLE.com,\n"
    )
    assert found.roster.people["bo@example.com"].manager == "ann@example.com"


def test_a_manager_may_be_guessed_by_name() -> None:
    """Whoever writes a name is told the address."""
    text = "email,name,manager\nann@example.com,Ann Lee,\nbo@example.com,,Ann lee\n"
    assert faults(text) == ["3: the manager 'ann lee' is not on the roster; did you mean 'ann@example.com'?"]


def test_a_faulty_manager_is_still_known() -> None:
    """A fault in the manager's row is not told again for each of their reports."""
    text = "email,manager,timezone\nann@example.com,,X/Y\nbo@example.com,ann@example.com,UTC\n"
    assert [line.split(":")[0] for line in faults(text)] == ["2"]
    too_long = "email,manager\nann@example.com,,Lee,x\nbo@example.com,ann@example.com\n"
    assert faults(too_long) == [
        '2: this row has 4 cells, the header names 2; put a cell with a comma in it into quotes: "Lee, Ann"',
    ]


def test_a_ring_of_managers_is_told_once_with_its_lines() -> None:
    """However many people hang on it."""
    text = "email,manager\na@x.com,b@x.com\nb@x.com,c@x.com\nc@x.com,b@x.com\nd@x.com,b@x.com\n"
    assert faults(text) == [
        (
            "3: these people manage one another: b@x.com (line 3) → c@x.com (line 4) → b@x.com (line 3); "
            "mend one of the managers"
        ),
    ]


def test_a_long_ring_is_cut() -> None:
    """A sentence has an end."""
    rows = [f"p{i}@x.com,p{(i + 1) % 500}@x.com" for i in range(500)]
    (found,) = faults("email,manager\n" + "\n".join(rows))
    assert "p18@x.com (line 20) → 481 more → p0@x.com (line 2)" in found


def test_semicolons_and_tabs() -> None:
    """Spreadsheets of many countries write semicolons; a copy from one has tabs; Excel may say `sep=`."""
    for text in (
        PAIR.replace(",", ";"),
        PAIR.replace(",", "\t"),
        "sep=;\n" + PAIR.replace(",", ";"),
        "\n\n" + PAIR,
    ):
        assert read(text).roster == read(PAIR).roster
        assert read(text).problems == ()
    (found,) = faults("sep=;\r\nemail;manager\r\nann;\r\n")
    assert found.startswith("3: email: 'ann'")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(end: str) -> None:
    """Also after cells with line breaks in them, empty rows, and with any line end."""
    text = 'email,name\nann@example.com,"Ann\n\nLee"\n,,\n\nbo,"x\ny"\ncy,\n'.replace("\n", end)
    assert [line.split(":")[0] for line in faults(text)] == ["7", "9"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'email,name\na@x.com,"Ann" Lee\nbo,\n',
            "2: there is text after the closing quote of a cell; write a quote",
        ),
        ('email,name\nbo,\na@x.com,"Ann\nx\n', "3: a quote is opened here and never closed; close the cell"),
        (f'email,name\nbo,\na@x.com,"{"x" * 140_000}"\n', "3: a cell has more than 131072 characters"),
    ],
)
def test_broken_quoting_costs_its_line_alone(text: str, sentence: str) -> None:
    """The other lines are still checked."""
    found = faults(text)
    assert any(line.startswith(sentence) for line in found)
    assert any("'bo' is not an email" in line for line in found)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "there is nothing in it; begin with a line such as email,name,manager,timezone"),
        ("\n,,\n", "there is nothing in it"),
        ('"', "1: a quote is opened here and never closed"),
        (
            "email,manager\n",
            "there is nobody on the roster; write a row for each person below the header",
        ),
        ("email\nann@x.com\n", "nobody on the roster has a manager, so there is nobody to meet"),
        ("ann@x.com,\nbo@x.com,ann@x.com\n", "1: the first line is a person; it must name the columns"),
        ("mail,manager\nx,y\n", "1: the first line has no column 'email'; write 'email' in place of 'mail'"),
        ("name,manager\nx,y\n", "1: the first line has no column 'email'; begin with a line such as email,"),
        ("email,Manager,manager\nx,y,z\n", "1: there are 2 columns 'manager'; keep the one that is meant"),
    ],
)
def test_a_file_without_people_says_what_to_write(text: str, sentence: str) -> None:
    """An empty file, a missing header and a doubled column are one sentence."""
    assert faults(text)[0].startswith(sentence)


def test_a_hundred_thousand_rows_take_seconds() -> None:
    """Time grows with the file, not with its square; a tenth is tried here."""
    rows = [f"p{i}@x.com,p{i // 8}@x.com,q{i}@x.com" for i in range(1, 10_000)]
    begin = time.perf_counter()
    found = read("email,manager,aliases\np0@x.com,,\n" + "\n".join(rows))
    assert (len(found.roster.people), found.problems) == (10_000, ())
    assert time.perf_counter() - begin < 5


def test_of_very_many_unknown_managers_the_first_are_guessed() -> None:
    """Guessing is slow; every one is still reported."""
    rows = [f"p{i}@x.com,q{i}@x.com" for i in range(3_000)]
    found = faults("email,manager\n" + "\n".join(rows))
    assert len(found) == 3_000
    assert found[-1].endswith("give the manager a row, or mend the address")


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the file holds, the answer is people or sentences, never a crash."""
    found = read("email,manager,name,timezone,hours,start_date,cadence,calendar\n" + text)
    assert found.problems or found.roster.people


@settings(max_examples=50)
@given(st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_a_roster_without_problems_has_no_ring(managers: list[int]) -> None:
    """Going up from anybody ends at somebody without a manager; else a problem was named."""
    rows = [f"p{i}@x.com,p{manager}@x.com" for i, manager in enumerate(managers)] + ["top@x.com,"]
    found = read("email,manager\n" + "\n".join(rows))
    assert found.problems, "eight people who all have managers among themselves hold a ring"
    shifted = [
        f"p{i}@x.com,p{min(manager, i - 1)}@x.com" if i else "p0@x.com," for i, manager in enumerate(managers)
    ]
    assert read("email,manager\n" + "\n".join(shifted)).problems == ()
