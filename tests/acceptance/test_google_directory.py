"""The real command with a roster from the Google Directory: a stand-in for Google on loopback, calendars in a folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.google.scopes import Scope
from tests.acceptance.conftest import EMPTY, LEAST, assert_clear, called, config, onetoone
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import UNAVAILABLE, answered

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ADMIN = "admin@example.com"


@pytest.fixture
def fake() -> Iterator[FakeGoogle]:
    """Give a Directory of Ann, her two reports, somebody who has left, and the administrator."""
    with FakeGoogle() as started:
        started.add_account(ADMIN)
        started.add_account("ann@example.com", name="Ann Archer", aliases=("boss@example.com",))
        started.add_account("bo@example.com", name="Bo Berg", manager="boss@example.com")
        started.add_account("cy@example.com", name="Cy Cole", manager="Ann Archer")
        started.add_account("di@example.com", name="Di Dahl", manager="ann@example.com", suspended=True)
        started.directory.admins = frozenset({ADMIN})
        started.delegate([Scope.DIRECTORY])
        yield started
    assert started.violations == []


@pytest.fixture
def office(fake: FakeGoogle, tmp_path: Path) -> Path:
    """Give a config that takes its people from that Directory, and a calendar for each who is in a pair."""
    (tmp_path / "config").mkdir()
    (tmp_path / "calendars").mkdir()
    for name in ("ann", "bo", "cy"):
        (tmp_path / "calendars" / f"{name}@example.com.ics").write_text(EMPTY, newline="")
    fake.service_account_file(tmp_path / "key.json")
    google = f'[google]\ncredentials = "../key.json"\nsubject = "{ADMIN}"\nendpoint = "{fake.root}"\n'
    (tmp_path / "config" / "onetoone.toml").write_text(f'roster = "google"\n{LEAST}{google}')
    return tmp_path


def pairs(office: Path) -> list[tuple[str, str, str]]:
    """Return manager, report and cadence of every pair in the gap report."""
    done = called("report", *config(office), "--format", "json")
    assert done.code == 0, done.err
    found = json.loads(done.out)["pairs"]
    return [(_local(pair["manager"]), _local(pair["report"]), pair["cadence"]) for pair in found]


def _local(address: str) -> str:
    return address.partition("@")[0]


def test_the_gap_report_is_of_the_pairs_in_the_directory(office: Path, fake: FakeGoogle) -> None:
    """A command of its own process, with nothing but the folder of config and a key."""
    done = onetoone("report", *config(office), "--format", "json", "--quiet")
    assert (done.code, done.err) == (0, "")
    found = [(pair["manager"], pair["report"], pair["status"]) for pair in json.loads(done.out)["pairs"]]
    assert found == [
        ("ann@example.com", "bo@example.com", "unscheduled"),
        ("ann@example.com", "cy@example.com", "unscheduled"),
    ]
    assert fake.log.count("directory.users.list", user=ADMIN, status=200) == 1
    assert fake.log.count("calendar.*") == 0


def test_a_rule_may_look_at_what_the_directory_says(office: Path, fake: FakeGoogle) -> None:
    """The organisational unit of everybody is asked for then, and decides how often they meet."""
    cy = fake.accounts.get("cy@example.com")
    assert cy is not None
    cy.org_unit = "/Sales/North"
    rule = '[[cadence.rules]]\nname = "north"\ncolumn = "org_unit"\nis = "/sales/north"\nevery = "1 month"\n'
    with (office / "config" / "onetoone.toml").open("a") as settings:
        settings.write(rule)
    assert pairs(office) == [("ann", "bo", "2 weeks"), ("ann", "cy", "1 month")]
    done = called("policy", "ann@example.com", "cy@example.com", *config(office))
    assert "By the rule 'north': the org unit of Cy is '/Sales/North'." in done.out


def test_a_run_goes_through_without_calendars_of_those_in_no_pair(office: Path) -> None:
    """The administrator's account has none, and nobody waits for one; the second run finds nothing to do."""
    done = called("run", *config(office), "--format", "json")
    assert done.code == 0, done.err
    changes = json.loads(done.out)["changes"]
    made = [(one["manager"], one["report"]) for one in changes if one["kind"] == "create_series"]
    assert sorted(made) == [("ann@example.com", "bo@example.com"), ("ann@example.com", "cy@example.com")]
    again = called("run", *config(office), "--format", "json")
    assert (again.code, json.loads(again.out)["changes"]) == (0, [])


def test_a_people_csv_beside_it_counts(office: Path) -> None:
    """It adds what the Directory does not know, and a contractor."""
    people = "email,manager,cadence\nbo@example.com,cy@example.com,1 week\neve@agency.org,bo@example.com,\n"
    (office / "config" / "people.csv").write_text(people)
    (office / "calendars" / "eve@agency.org.ics").write_text(EMPTY, newline="")
    assert pairs(office) == [("ann", "cy", "2 weeks"), ("bo", "eve", "2 weeks"), ("cy", "bo", "1 week")]


def test_the_doctor_tells_what_is_odd_in_the_directory(office: Path, fake: FakeGoogle) -> None:
    """A report of somebody who has left is named, with what to do."""
    fake.add_account("eve@example.com", manager="di@example.com")
    fake.delegate(Scope)
    done = called("doctor", *config(office))
    assert "5 people on the roster" in done.out
    assert done.code == 0
    assert (
        "Google Directory, eve@example.com: the manager di@example.com is suspended, so that there is nobody to meet; "
        "name another in the Directory" in done.out
    )


def test_large_directories_come_in_pages(office: Path, fake: FakeGoogle) -> None:
    """500 at a time; a page that is refused for a moment is asked for again."""
    for number in range(1_200):
        fake.add_account(f"p{number:04}@example.com", manager="ann@example.com", archived=number != 1_199)
    fake.faults.add(UNAVAILABLE, method="directory.users.list", nth={2})
    (office / "calendars" / "p1199@example.com.ics").write_text(EMPTY, newline="")
    assert pairs(office)[-1] == ("ann", "p1199", "2 weeks")
    assert fake.log.count("directory.users.list", status=200) == 3


def test_a_directory_that_may_not_be_read_is_a_sentence(office: Path, fake: FakeGoogle) -> None:
    """Which administrator, which scope, which account: each case its own, and nothing was done."""
    refused = "Google Directory: who works here can't be read: "
    fake.directory.admins = frozenset()
    assert_clear(called("report", *config(office)), 2, refused, f"{ADMIN} must be an administrator")
    fake.delegate([])
    assert_clear(called("report", *config(office)), 2, refused, "admin.directory.user.readonly")
    fake.delegate([Scope.DIRECTORY])
    for fault in (
        answered(403, "accessNotConfigured"),
        answered(400, "invalid"),
        answered(403, "quotaExceeded"),
    ):
        fake.faults.clear()
        fake.faults.add(fault, method="directory.users.list")
        assert_clear(called("run", *config(office)), 2, refused)
    assert not (office / "state").exists()


def test_half_a_directory_stops_the_run(office: Path, fake: FakeGoogle) -> None:
    """Whoever stands on a page that did not come must not seem to have left."""
    for number in range(500):
        fake.add_account(f"p{number:04}@example.com", suspended=True)
    fake.faults.add(answered(400, "invalid"), method="directory.users.list", nth={2})
    assert_clear(
        called("run", *config(office)), 2, "who works here can't be read: Google refused it (400 invalid)"
    )


def test_a_directory_in_which_nobody_works_is_an_error(office: Path, fake: FakeGoogle) -> None:
    """It is listed with what is wrong in the file beside it."""
    for account in fake.accounts:
        account.archived = True
    (office / "config" / "people.csv").write_text("email,timezone\nann@example.org,X/Y\n")
    done = called("run", *config(office))
    assert_clear(
        done, 2, "Google Directory: it lists nobody who works here: of 5 users each", "people.csv:2: timezone"
    )
    assert "2 problems; nothing was done." in done.err


def test_rings_in_the_directory_are_refused(office: Path, fake: FakeGoogle) -> None:
    """As they are in a file; people.csv can open one."""
    ann = fake.accounts.get("ann@example.com")
    assert ann is not None
    ann.manager = "bo@example.com"
    assert_clear(
        called("report", *config(office)),
        2,
        "these people manage one another: ann@example.com (the Directory)",
    )
    (office / "config" / "people.csv").write_text("email,manager\nann@example.com,none\n")
    assert pairs(office) == [("ann", "bo", "2 weeks"), ("ann", "cy", "2 weeks")]
