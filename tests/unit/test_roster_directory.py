"""The roster from the Google Directory alone: who is on it, who manages whom, and what is said where it is odd."""

import time
from dataclasses import replace
from typing import Any

import pytest

from scheduler.roster import RowDefaults
from scheduler.settings import RosterSettings
from tests.unit.directory_builders import ANN, BO, lines, managers, read, user
from tests.unit.roster_builders import DEFAULTS


def test_a_user_becomes_a_person_with_the_defaults_of_the_roster() -> None:
    """Names and addresses are the Directory's; what it does not know is the config's."""
    bo = user(
        "Bo.Berg@Example.com",
        "ann@example.com",
        name={"fullName": "Berg, Bo"},
        aliases=["BO@example.com"],
        nonEditableAliases=["bo.berg@example.com.test-google-a.com"],
    )
    found = read(ANN, bo)
    assert (found.problems, found.warnings) == ((), ())
    person = found.roster.people["bo.berg@example.com"]
    assert (person.name, person.given_name, person.manager) == ("Berg, Bo", "Bo", "ann@example.com")
    assert person.aliases == {"bo@example.com", "bo.berg@example.com.test-google-a.com"}
    assert (person.tz, person.hours) == (DEFAULTS.roster.timezone, DEFAULTS.roster.hours)
    assert person.calendar == DEFAULTS.calendar


def test_a_rule_s_columns_are_the_directory_s_where_the_file_says_nothing() -> None:
    """Title and department are those of the organisation marked as primary; a filled cell counts in their place."""
    bo = user(
        "bo@example.com",
        "ann@example.com",
        organizations=[{"title": "Cook"}, {"title": "Lead", "department": "Sales", "primary": True}, "?"],
        orgUnitPath="/Sales/North",
    )
    cy = user("cy@example.com", "ann@example.com", organizations=[{"title": "Cook"}])
    asked = replace(DEFAULTS, columns=frozenset({"title", "org_unit", "level"}))
    found = read(ANN, bo, cy, people="email,title,level\ncy@example.com,Chef,3\n", defaults=asked)
    assert found.warnings == ()
    assert {email: dict(each.columns) for email, each in found.roster.people.items()} == {
        "ann@example.com": {},
        "bo@example.com": {"title": "Lead", "org_unit": "/Sales/North"},
        "cy@example.com": {"title": "Chef", "level": "3"},
    }
    assert found.columns == ("email", "title", "level", "department", "org_unit")


def test_a_user_without_a_name_is_called_by_the_address() -> None:
    """As somebody is whose row has none."""
    (warning,) = lines(read(ANN, BO, user("cy@example.com", name={"fullName": "=SUM(A1)"})).warnings)
    assert warning == (
        "Google Directory, cy@example.com: the name is not used: '=SUM(A1)' is a spreadsheet's formula, or what "
        "became of one; mend it in the Google Admin console"
    )
    for name in (None, {}, {"fullName": ""}, "Cy"):
        found = read(ANN, BO, user("cy@example.com", name=name))
        assert found.warnings == ()
        assert found.roster.people["cy@example.com"].name == "cy"


@pytest.mark.parametrize(
    "value",
    ["ann@example.com", "ANN@Example.com ", "boss@example.com", "Ann Archer", "ann  ARCHER", "ann@other.org"],
)
def test_a_manager_is_named_by_address_alias_or_full_name(value: str) -> None:
    """Capitals and doubled blanks aside; a second domain is as good as the first."""
    ann = user(
        "ann@example.com",
        name={"fullName": "Ann Archer"},
        aliases=["boss@example.com"],
        nonEditableAliases=["ann@other.org"],
    )
    found = read(ann, user("bo@second.org", value))
    assert managers(found) == {"bo": "ann"}
    assert found.warnings == ()


def test_relations_to_others_are_not_managers() -> None:
    """A family's, an assistant's, and what an organisation made up."""
    relations = [
        {"type": "mother", "value": "ann@example.com"},
        {"type": "custom", "customType": "manager of old", "value": "ann@example.com"},
        {"type": "manager", "value": ""},
        {"type": "manager"},
        "manager",
    ]
    found = read(ANN, BO, user("cy@example.com", relations=relations))
    assert managers(found) == {"bo": "ann"}
    assert found.warnings == ()


def test_a_manager_whom_nobody_knows_is_a_warning() -> None:
    """The others are not held up by it, and nobody is guessed, however near."""
    found = read(ANN, BO, user("cy@example.com", "an@example.com"))
    assert managers(found) == {"bo": "ann"}
    assert lines(found.warnings) == [
        (
            "Google Directory, cy@example.com: the manager 'an@example.com' is neither an address nor a name known here; "
            "name them by email in the Directory, or in the column 'manager' of people.csv"
        ),
    ]


def test_a_name_of_two_people_is_nobody() -> None:
    """Also where one of them has left."""
    for gone in (False, True):
        lees = [user(f"lee{i}@example.com", name={"fullName": "Kim Lee"}) for i in (1, 2)]
        lees[1]["suspended"] = gone
        found = read(ANN, BO, *lees, user("cy@example.com", "Kim Lee"))
        assert managers(found) == {"bo": "ann"}
        (warning,) = lines(found.warnings)
        assert (
            "the manager 'Kim Lee' may be any of 2 people of this name, lee1@example.com and lee2@" in warning
        )


def test_suspended_and_archived_users_are_no_people_and_no_managers() -> None:
    """Their reports stay, without a manager, and are named; nothing else that is odd in them is told."""
    fay = user(
        "fay@example.com", archived=True, aliases=["no address", "f@example.com"], name={"fullName": "="}
    )
    guy = user("guy@example.com", "ann@example.com", suspended=True)
    found = read(ANN, BO, fay, guy, user("cy@example.com", "f@example.com"), user("di@example.com", "Guy"))
    assert set(found.roster.people) == {
        "ann@example.com",
        "bo@example.com",
        "cy@example.com",
        "di@example.com",
    }
    assert managers(found) == {"bo": "ann"}
    assert lines(found.warnings) == [
        f"Google Directory, {report}@example.com: the manager {manager}@example.com is {gone}, so that there is "
        "nobody to meet; name another in the Directory, or in the column 'manager' of people.csv"
        for report, manager, gone in (("cy", "fay", "archived"), ("di", "guy", "suspended"))
    ]


def test_of_several_managers_the_one_who_is_left_counts() -> None:
    """Twice the same is one; two who work here are one too many."""

    def with_managers(*values: str) -> dict[str, Any]:
        return user("cy@example.com", relations=[{"type": "manager", "value": value} for value in values])

    guy = user("guy@example.com", suspended=True)
    assert managers(read(ANN, BO, with_managers("ann@example.com", "Ann"))) == {"bo": "ann", "cy": "ann"}
    assert managers(read(ANN, BO, guy, with_managers("Guy", "bo@example.com"))) == {"bo": "ann", "cy": "bo"}
    both = read(ANN, BO, with_managers("bo@example.com", "ann@example.com"))
    assert managers(both) == {"bo": "ann"}
    assert lines(both.warnings) == [
        (
            "Google Directory, cy@example.com: there are 2 managers, bo@example.com and ann@example.com, so that none is "
            "taken; leave one in the Directory, or name them in people.csv"
        ),
    ]


def test_rings_and_those_who_manage_themselves_are_refused_as_in_a_file() -> None:
    """All at once, each with the person at whom to look."""
    users = [user(f"{one}@example.com", f"{manager}@example.com") for one, manager in ("ab", "ba", "cc")]
    assert lines(read(*users).problems) == [
        (
            "Google Directory, c@example.com: c@example.com is their own manager; leave 'manager' empty at the top, or "
            "name another person"
        ),
        (
            "Google Directory, a@example.com: these people manage one another: a@example.com (the Directory) → "
            "b@example.com (the Directory) → a@example.com (the Directory); mend one of the managers"
        ),
    ]


def test_what_cannot_be_an_address_costs_its_part_alone() -> None:
    """A user is left out, or an alias; the others are read."""
    found = read(ANN, user("bo@example.com", "ann@example.com", aliases=["b o", 7, "b@x.org"]), user("@"), {})
    assert set(found.roster.people) == {"ann@example.com", "bo@example.com"}
    assert found.roster.people["bo@example.com"].aliases == {"b@x.org"}
    assert [line.partition("; ")[0] for line in lines(found.warnings)] == [
        "Google Directory, bo@example.com: an alias is not used: 'b o' is not an email address",
        "Google Directory, bo@example.com: an alias is not used: '' is not an email address",
        "Google Directory: somebody is left out, for their primary email can't be used: '@' is not an email address",
        "Google Directory: somebody is left out, for their primary email can't be used: '' is not an email address",
    ]


def test_somebody_on_two_pages_is_one_person() -> None:
    """The Directory may change while it is read; what was said first counts."""
    found = read(ANN, BO, user("BO@example.com", "nobody"), user("ann@example.com", suspended=True))
    assert managers(found) == {"bo": "ann"}
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("users", "sentence"),
    [
        ([], "Google Directory: it lists nobody who works here; see whom 'subject' in [google] may read"),
        (
            [user("ann@example.com", suspended=True), user("bo@example.com", archived=True)],
            "Google Directory: it lists nobody who works here: of 2 users each is suspended or archived; see",
        ),
        (
            [ANN, user("bo@example.com")],
            "Google Directory: nobody has a manager there, so there is nobody to meet; fill",
        ),
    ],
)
def test_an_empty_directory_never_means_that_nobody_works_here(
    users: list[dict[str, Any]], sentence: str
) -> None:
    """It means that not all may be read; a run on it would end every series."""
    (problem,) = lines(read(*users).problems)
    assert problem.startswith(sentence)


def test_people_in_pairs_without_a_timezone_are_warned_of_once() -> None:
    """Accounts that belong to nobody are not counted."""
    found = read(ANN, BO, user("info@example.com"), defaults=RowDefaults(RosterSettings(), *_rest()))
    assert lines(found.warnings) == [
        (
            "Google Directory: nothing says the timezone of 2 people; UTC is taken; set 'timezone' in [roster] of "
            "onetoone.toml, or fill the column in people.csv"
        ),
    ]


def test_large_directories_take_seconds() -> None:
    """Time grows with the organisation, not with its square."""
    users = [user(f"p{i}@x.com", f"p{i // 8}@x.com" if i % 2 else f"P{i // 8}") for i in range(1, 10_000)]
    begin = time.perf_counter()
    found = read(user("p0@x.com"), *users)
    assert (len(found.roster.people), found.problems, found.warnings) == (10_000, (), ())
    assert time.perf_counter() - begin < 5


def _rest() -> tuple[Any, Any]:
    return DEFAULTS.calendar, DEFAULTS.directory
