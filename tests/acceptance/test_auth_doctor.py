"""The doctor where Google is used: the credentials, who may read them, and whose sign-in it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.google.scopes import Scope
from tests.acceptance.conftest import called, config
from tests.acceptance.google_office import google_office, visit
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import LOST, answered
from tests.fake_google.tokens import CLIENT_ID

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ANN, BO = "ann@example.com", "bo@example.com"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    """Give a Google with Ann, at the browser, and Bo; nothing is waited for."""
    monkeypatch.setattr("webbrowser.open", lambda address: bool(visit(address)))
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    with FakeGoogle(DriveAndDocs()) as started:
        started.add_account(ANN)
        started.add_account(BO)
        started.tokens.consenting = ANN
        started.delegate((Scope.EVENTS_OWNED, Scope.FREE_BUSY))
        yield started
    assert started.violations == []


def test_all_is_well(tmp_path: Path, fake: FakeGoogle) -> None:
    """With a key; the folder of agendas is looked at only where agendas are kept in it."""
    office = google_office(tmp_path, fake, "key")
    done = called("doctor", *config(office))
    assert done.code == 0, done.out
    assert "ok    agenda folder" in done.out
    assert "ok    Google sign-in\nok    who may read Google's secrets\n" in done.out
    settings = office / "config" / "onetoone.toml"
    settings.write_text(settings.read_text().replace('provider = "folder"', 'provider = "google"'))
    fake.delegate((Scope.EVENTS_OWNED, Scope.FREE_BUSY, Scope.FILES))
    assert "agenda folder" not in called("doctor", *config(office)).out


@pytest.mark.parametrize("credentials", ["key", "client"])
def test_what_is_wrong_has_its_remedy(tmp_path: Path, fake: FakeGoogle, credentials: str) -> None:
    """A scope that is not delegated, or nobody signed in; that others may read the file is a note beside it."""
    office = google_office(tmp_path, fake, credentials)
    fake.delegate({Scope.EVENTS_OWNED})
    (office / "config" / "credentials.json").chmod(0o644)
    done = called("doctor", *config(office))
    assert done.code == 2
    sentence = {
        "key": "or not yet, is calendar.freebusy; in the",
        "client": "nobody is signed in to Google; sign",
    }
    assert sentence[credentials] in done.out
    assert "note  who may read Google's secrets\n" in done.out
    assert "every user of this machine may read it (mode 0644); chmod o= " in done.out


@pytest.mark.parametrize("credentials", ["key", "client"])
@pytest.mark.parametrize(("method", "name"), [("drive.*", "Google Drive"), ("docs.*", "Google Docs")])
def test_an_api_that_agendas_need_and_that_is_off_is_found_before_a_run(
    tmp_path: Path, fake: FakeGoogle, *, credentials: str, method: str, name: str
) -> None:
    """All calendars can be read, and no agenda could be written; where agendas are files nobody asks."""
    office = google_office(tmp_path, fake, credentials)
    settings = office / "config" / "onetoone.toml"
    fake.delegate((Scope.EVENTS_OWNED, Scope.FREE_BUSY, Scope.FILES))
    fake.faults.add(answered(403, "SERVICE_DISABLED"), method=method)
    off = f"FAIL  Google Drive and Docs\n      {name}: an API is not switched on in the Google Cloud project"
    for documents, code in (("folder", 0), ("google", 4)):
        settings.write_text(settings.read_text().replace('provider = "folder"', f'provider = "{documents}"'))
        if credentials == "client":
            assert called("auth", "login", *config(office)).code == 0
        done = called("doctor", *config(office))
        assert (done.code, off in done.out) == (code, documents == "google"), done.out


def test_what_keeps_every_calendar_from_being_read_is_said_once(tmp_path: Path, fake: FakeGoogle) -> None:
    """An administrator who has not delegated yet is not to scroll through a sentence for each of thousands of people."""
    office = google_office(tmp_path, fake, "key")
    people = (tmp_path / "config" / "people.csv").read_text()
    more = [f"{name}@example.com" for name in ("fi", "gus", "hal")]
    (tmp_path / "config" / "people.csv").write_text(
        people + "".join(f"{email}{_rest(people, BO)}\n" for email in more)
    )
    for email in more:
        fake.add_account(email)
    fake.delegate([])
    told = [
        line
        for line in called("doctor", *config(office)).out.splitlines()
        if line.startswith("      the calendar")
    ]
    assert len(told) == 1
    assert told[0].startswith(
        f"      the calendars of {ANN}, {BO}, fi@example.com and 2 more: onetoone@fake-project.iam.gserviceaccount.com "
        "may not speak for them: not delegated to it"
    )


def _rest(people: str, email: str) -> str:
    """Return a person's row without the address."""
    return next(line.removeprefix(email) for line in people.splitlines() if line.startswith(email))


def test_what_may_pass_is_no_fault_of_the_config(tmp_path: Path, fake: FakeGoogle) -> None:
    """Exit code 4, as where a calendar can't be read."""
    office = google_office(tmp_path, fake, "key")
    fake.faults.add(LOST)
    done = called("doctor", *config(office))
    assert (done.code, "FAIL  Google sign-in\n" in done.out) == (4, True)
    assert "Google could not be reached (" in done.out


def test_a_manager_alone_reads_their_own_calendar(tmp_path: Path, fake: FakeGoogle) -> None:
    """With the sign-in that the command left; an access token that has run out is renewed, and kept."""
    office = google_office(tmp_path, fake, "client")
    assert called("auth", "login", *config(office)).code == 0
    before = (office / "state" / "google-token.json").read_bytes()
    fake.expire_tokens()
    done = called("doctor", *config(office))
    assert done.code == 0, done.out
    assert (office / "state" / "google-token.json").read_bytes() != before
    assert fake.log.count("calendar.events.list", user=ANN, status=200) >= 1
    assert fake.log.count("calendar.events.*", user=BO) == 0


@pytest.mark.parametrize(
    ("how", "account", "code", "said"),
    [
        ("drive", (), 0, f"Signed in as {ANN};"),
        ("drive is off", (), 0, f"Signed in as {ANN};"),
        ("renamed, with events", (), 0, f"Signed in as {ANN};"),
        (
            "renamed",
            (),
            2,
            "whose it is can't be learnt from the calendar; sign in with: onetoone auth login --acc",
        ),
        ("renamed", ("--account", ANN), 0, f"Signed in as {ANN};"),
        ("renamed", ("--account", BO), 2, "whose it is can't be learnt from the calendar"),
    ],
)
def test_whose_sign_in_it_is(
    tmp_path: Path, fake: FakeGoogle, *, how: str, account: tuple[str, ...], code: int, said: str
) -> None:
    """From Drive, from the person's own events, from the calendar's name, or from what they say, if it is true."""
    office = google_office(tmp_path, fake, "client")
    if how.startswith("drive"):
        settings = office / "config" / "onetoone.toml"
        settings.write_text(settings.read_text().replace('provider = "folder"', 'provider = "google"'))
        if how == "drive is off":
            fake.faults.add(answered(403, "accessNotConfigured"), method="drive.*")
    if how.startswith("renamed"):
        calendar = fake.store.calendar_of(ANN)
        assert calendar is not None
        calendar.name = "Ann's days"
    if how.endswith("with events"):
        for who, day in ((ANN, 24), (BO, 25)):
            times = {
                at: {"dateTime": f"2026-11-{day}T{hour}:00:00Z"} for at, hour in (("start", 10), ("end", 11))
            }
            fake.people.create_event(who, attendees=[{"email": ANN}, {"email": BO}], **times)
    done = called("auth", "login", *account, *config(office))
    assert (done.code, said in done.err) == (code, True), done.err
    assert CLIENT_ID not in done.err.partition("Signed in")[2]
