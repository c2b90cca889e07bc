"""Calendars in one place and documents in another; and people whose calendar is kept elsewhere than everybody's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.conftest import EMPTY, by_next_night, bytes_of
from tests.acceptance.google_company import (
    ANN,
    BO,
    CY,
    FIN,
    MAX,
    PLACED,
    ROWS,
    Company,
    open_office,
    series_of,
    write_roster,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@contextmanager
def done_once(root: Path, calendars: str, documents: str) -> Iterator[Company]:
    """Give an office in which the job was done; the files of calendars, where there are any, were empty."""
    (root / "calendars").mkdir(parents=True)
    for row in ROWS:
        (root / "calendars" / f"{row.partition(',')[0]}.ics").write_text(EMPTY, newline="")
    with open_office(root, calendars, documents) as company:
        by_next_night(root)
        done = company.call("run")
        assert done.code == 0, done.err
        yield company


def assert_done(company: Company) -> None:
    """Check that another run has nothing to do, and writes nothing."""
    by_next_night(company.root)
    before = company.fake.state(), bytes_of(company.root)
    assert company.told("run")["changes"] == []
    assert (company.fake.state(), bytes_of(company.root)) == before


def methods(company: Company) -> set[str]:
    """Return the APIs that were asked."""
    return {entry.method.partition(".")[0] for entry in company.fake.log}


def test_calendars_at_google_and_documents_in_a_folder(tmp_path: Path) -> None:
    """Agendas are files; a file is no address for everybody, so that none hangs on an event; Drive and Docs are not asked."""
    with done_once(tmp_path / "office", "google", "folder") as company:
        assert methods(company) == {"oauth", "calendar"}
        for manager, report in PLACED:
            agenda = company.root / "agendas" / f"{manager}--{report}.md"
            assert agenda.read_text().count("\n## ") == 1
            event = company.fake.state()["calendars"][manager][series_of(company, manager, report)]
            assert "attachments" not in event
        assert_done(company)


def test_calendars_in_a_folder_and_documents_at_google(tmp_path: Path) -> None:
    """The events in the files name the documents; Calendar is not asked."""
    with done_once(tmp_path / "office", "folder", "google") as company:
        assert methods(company) == {"oauth", "drive", "docs"}
        assert not company.fake.mails
        assert not company.files.mails
        for manager, report in PLACED:
            for who in (manager, report):
                text = (company.root / "calendars" / f"{who}.ics").read_text().replace("\r\n ", "")
                assert f"mailto:{report}" in text
                assert "https://docs.google.com/document/d/" in text
        assert len(company.files.people.documents()) == len(ROWS) - 2
        assert_done(company)


def test_a_report_whose_calendar_is_a_file(tmp_path: Path) -> None:
    """The series is the manager's at Google, which invites by mail; the file is read for times, and not written."""
    with open_office(tmp_path / "office") as company:
        file = company.root / "bo.ics"
        file.write_text(EMPTY, newline="")
        write_roster(company, f"{BO},Bo Berg,{ANN},Europe/Berlin,Mon-Fri 09:00-17:30,,folder:{file}")
        done = company.told("run")
        created = {(c["manager"], c["report"]) for c in done["changes"] if c["kind"] == "create_series"}
        assert created == set(PLACED)
        assert file.read_text() == EMPTY.replace("\r\n", "\n")
        assert company.fake.log.count("calendar.freebusy.query", user=BO) == 0
        assert_done(company)


def test_a_manager_whose_calendar_is_a_file(tmp_path: Path) -> None:
    """The series is written into the manager's file; the report at Google gets the invitation from the export folder."""
    with open_office(tmp_path / "office") as company:
        file = company.root / "max.ics"
        file.write_text(EMPTY, newline="")
        by_next_night(company.root)
        write_roster(company, f"{MAX},Max Meyer,,Europe/Berlin,Mon-Fri 09:00-17:30,,folder:{file}")
        done = company.told("run")
        created = {(c["manager"], c["report"]) for c in done["changes"] if c["kind"] == "create_series"}
        assert created >= {(ANN, BO), (ANN, CY), (MAX, FIN)}
        assert f"mailto:{FIN}" in file.read_text()
        assert {mail.to for mail in company.fake.mails} == {BO, CY}
        assert_done(company)
