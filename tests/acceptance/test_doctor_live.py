"""`onetoone doctor --live` as people call it: who is asked, what is said before, what it leaves, and how it exits."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.clock import read_clock
from scheduler.google.scopes import Scope
from scheduler.live.documents import TO_TICK
from scheduler.lock import single_run
from tests.acceptance.conftest import Done, assert_clear, called, config, onetoone
from tests.acceptance.google_office import google_office, visit
from tests.fake_google.drive_and_docs import DriveAndDocs
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import LOST, answered

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ANN, BO, CY = "ann@example.com", "bo@example.com", "cy@example.com"
LIVE = ("doctor", "--live")


@pytest.fixture
def files() -> DriveAndDocs:
    """Give Drive and Docs, with nothing in them."""
    return DriveAndDocs()


@pytest.fixture
def fake(files: DriveAndDocs, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogle]:
    """Give a Google with Ann, who manages Bo, and Cy, who is not on the roster; nothing is waited for."""
    monkeypatch.setattr("webbrowser.open", lambda address: bool(visit(address)))
    monkeypatch.setattr("time.sleep", lambda _: None)
    with FakeGoogle(files) as started:
        for who in (ANN, BO, CY):
            started.add_account(who)
        started.tokens.consenting = ANN
        started.delegate((Scope.EVENTS_OWNED, Scope.FREE_BUSY, Scope.FILES))
        yield started
    assert started.violations == []
    assert files.library.unsupported == []


@pytest.fixture
def office(tmp_path: Path, fake: FakeGoogle) -> Path:
    """Give an office whose calendars and documents are Google's, with a service account."""
    return all_google(google_office(tmp_path, fake, "key"))


def all_google(office: Path) -> Path:
    """Keep documents at Google, too."""
    settings = office / "config" / "onetoone.toml"
    settings.write_text(settings.read_text().replace('provider = "folder"', 'provider = "google"'))
    return office


def left(fake: FakeGoogle) -> object:
    """Return what is left anywhere; Google remembers deleted events as cancelled."""
    state = fake.state()
    calendars = state["calendars"].values()
    return [event for events in calendars for event in events.values() if event != {"status": "cancelled"}], state[
        "DriveAndDocs"
    ]  # fmt: skip


class Terminal:
    """A terminal at which somebody types these lines, and clicks the box before the second one."""

    def __init__(self, text: str, files: DriveAndDocs | None = None) -> None:
        """Type this."""
        self.lines = iter(text.splitlines(keepends=True))
        self.files = files
        self.asked = 0

    def isatty(self) -> bool:
        """Say that somebody is there."""
        return True

    def readline(self) -> str:
        """Tick the box where it is the second question."""
        self.asked += 1
        if self.asked > 1 and self.files is not None:
            self.files.people.tick(self.files.people.documents()[0], TO_TICK)
        return next(self.lines, "")


def test_the_real_command_proves_it_and_leaves_nothing(office: Path, fake: FakeGoogle) -> None:
    """In a process of its own, without a terminal: one line a fact, 80 columns wide, exit code 0."""
    before = left(fake)
    done = onetoone(*LIVE, "--yes", *config(office))
    assert (done.code, fake.mails) == (0, []), done.err
    assert left(fake) == before
    lines = done.out.splitlines()
    assert {line[:9].strip() for line in lines} == {"", "holds", "untried"}
    assert max(map(len, [*lines, *done.err.splitlines()])) <= 80
    assert "run it again on a terminal" in done.out
    assert "This creates a private series" in done.err
    assert "Nobody else is invited, and no mail is sent." in done.err.replace("\n", " ")
    assert {entry.user for entry in fake.log} == {ANN, ""}
    assert not (office / "state" / "google-scratch.json").exists()


def test_on_a_terminal_it_asks_and_waits_for_the_click(
    office: Path, fake: FakeGoogle, files: DriveAndDocs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Yes goes on; the box is ticked while it waits. With --with that person gets one mail, as was said."""
    before = left(fake)
    monkeypatch.setattr("sys.stdin", Terminal("y\n\n", files))
    done = called(*LIVE, "--with", BO, *config(office))
    assert done.code == 0, done.out + done.err
    assert "Go on? [y/N]" in done.err
    assert f"{BO} is invited and gets ONE invitation mail" in done.err
    assert f"tick the box '{TO_TICK}', and press Enter here." in done.err
    assert "holds    a box that a person ticks is exported as - [x]" in done.out
    assert "holds    a date that the guest declines" in done.out
    assert [(mail.to, mail.kind) for mail in fake.mails] == [(BO, "invitation")]
    assert left(fake) == before


@pytest.mark.parametrize("text", ["n\n", "\n", ""])
def test_anything_but_yes_creates_nothing(
    office: Path, fake: FakeGoogle, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """And is no failure."""
    monkeypatch.setattr("sys.stdin", Terminal(text))
    done = called(*LIVE, *config(office))
    assert (done.code, done.out, len(fake.log)) == (0, "", 0)
    assert done.err.endswith("Nothing was created.\n")


def test_without_a_terminal_somebody_has_to_say_yes(office: Path, fake: FakeGoogle) -> None:
    """So that nothing is created by surprise; it is said what would be."""
    done = onetoone(*LIVE, *config(office))
    assert_clear(done, 2, "nobody is here to agree to it: This creates a private series", "; add --yes")
    assert len(fake.log) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--with", ANN), "can't be the second person, too"),
        (("--with", "bo"), "this is no address"),
        (("--as", "an n@example.com"), "this is no address"),
    ],
)
def test_addresses_that_can_not_be(
    office: Path, fake: FakeGoogle, options: tuple[str, ...], said: str
) -> None:
    """Wrong usage, before anything is asked."""
    assert_clear(called(*LIVE, "--yes", *options, *config(office)), 2, said)
    assert len(fake.log) == 0


def test_as_somebody_who_is_not_on_the_roster(office: Path, fake: FakeGoogle) -> None:
    """An account for tests; quietly, what holds is not said."""
    done = called(*LIVE, "--yes", "--quiet", "--as", CY, *config(office))
    assert (done.code, done.err) == (0, "")
    assert "holds" not in done.out
    assert {entry.user for entry in fake.log} == {CY, ""}


def test_one_persons_sign_in(tmp_path: Path, fake: FakeGoogle) -> None:
    """Nobody signed in is to be mended; signed in it is done on that account, and on no other."""
    office = all_google(google_office(tmp_path, fake, "client"))
    assert_clear(called(*LIVE, "--yes", *config(office)), 2, "nobody is signed in to Google; sign in with")
    assert called("auth", "login", *config(office)).code == 0
    fake.log.clear()
    assert_clear(called(*LIVE, "--yes", "--as", BO, *config(office)), 2, f"signed in is {ANN}, whose sign-in")
    done = called(*LIVE, "--yes", "--as", ANN.upper(), "--with", BO, *config(office))
    assert done.code == 0, done.out
    assert f"one person's sign-in does not see the calendar of {BO}" in done.out
    assert {entry.user for entry in fake.log} == {ANN}


def test_where_nothing_is_googles_there_is_nothing_to_prove(office: Path, fake: FakeGoogle) -> None:
    """One sentence; and the options of the live check are nothing without it."""
    settings = office / "config" / "onetoone.toml"
    (office / "calendars").mkdir()
    whole = settings.read_text()
    folder = whole.replace('provider = "google"', 'provider = "folder"\npath = "../calendars"', 1)
    settings.write_text(folder.replace('provider = "google"', 'provider = "folder"'))
    assert_clear(called(*LIVE, "--yes", *config(office)), 2, "there is nothing to prove live")
    assert_clear(called("doctor", "--yes", *config(office)), 2, "--as, --with and --yes go with --live")
    settings.write_text(folder)
    done = called(*LIVE, "--yes", *config(office))
    assert (done.code, fake.log.count("calendar.*")) == (0, 0), done.err
    assert "nobody else is invited" in done.err.lower().replace("\n", " ")
    assert_clear(
        called(*LIVE, "--yes", "--with", BO, *config(office)), 2, "no calendar of this config is Google's"
    )


def test_killed_in_the_middle_the_next_one_cleans_up(office: Path, fake: FakeGoogle) -> None:
    """The process is gone at its 60th request; its lock fell with it."""
    before = left(fake)
    kill = (
        "import os; from itertools import count; from scheduler.google.client import Google; n, send = count(), Google.send; "
        "Google.send = lambda *a, **k: os._exit(9) if next(n) == 60 else send(*a, **k)"
    )
    assert onetoone(*LIVE, "--yes", *config(office), first=kill).code == 9
    assert left(fake) != before
    done = called(*LIVE, "--yes", *config(office))
    assert done.code == 0
    assert done.out.startswith("holds    what an earlier live check had left is removed\n")
    assert left(fake) == before


def test_after_ctrl_c_all_is_removed(office: Path, fake: FakeGoogle, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it waits for the click; exit code 130."""

    class Interrupted(Terminal):
        def readline(self) -> str:
            if self.asked:
                raise KeyboardInterrupt
            return super().readline()

    before = left(fake)
    monkeypatch.setattr("sys.stdin", Interrupted("y\n"))
    done = called(*LIVE, *config(office))
    assert done.code == 130
    assert done.out.endswith("holds    what was created is removed again\n")
    assert left(fake) == before


def test_what_may_pass_and_what_stays_behind_exit_with_4(office: Path, fake: FakeGoogle) -> None:
    """Each is said with what to do about it."""
    fake.faults.add(LOST)
    done = called(*LIVE, "--yes", "--quiet", *config(office))
    assert_clear(done, 4, "doctor --live: Google could not be reached (")
    fake.faults.clear()
    fake.faults.add(answered(403, "forbidden"), method="drive.files.delete")
    done = called(*LIVE, "--yes", *config(office))
    assert done.code == 4
    assert (
        "FAIL     what was created is removed again\n         https://docs.google.com/document/d/" in done.out
    )


def test_a_scope_that_is_missing_is_named_as_such(office: Path, fake: FakeGoogle) -> None:
    """For all that it was missing for."""
    sentence = "Request had insufficient authentication scopes."
    fault = answered(403, "insufficientPermissions")
    fake.faults.add(type(fault)(fault.how, 403, fault.reason, sentence), method="calendar.freebusy.query")
    done = called(*LIVE, "--yes", *config(office))
    assert done.code == 4
    assert "FAIL     the scopes that were asked for are enough" in done.out
    assert "the sign-in lacks a scope (403" in done.out


def test_another_run_under_way_comes_first(office: Path, fake: FakeGoogle) -> None:
    """No run takes the scratch things for a change in the calendar."""
    with single_run(office / "state", read_clock()):
        assert_clear(called(*LIVE, "--yes", "--quiet", *config(office)), 6, "another run is under way")
    assert len(fake.log) == 0


def test_no_secret_is_said(office: Path, fake: FakeGoogle) -> None:
    """However it fails, and as loud as can be."""
    said: list[Done] = []
    for fault in (answered(401, "authError"), answered(403, "x"), answered(500), LOST):
        for method in ("calendar.*", "drive.*", "docs.*", "oauth.token"):
            fake.faults.add(fault, method=method)
            env = {"ONETOONE_LOG": "json"}
            said.append(called(*LIVE, "--yes", "--verbose", "--with", BO, *config(office), env=env))
            fake.faults.clear()
    key = (office / "config" / "credentials.json").read_text()
    everything = "\n".join(done.out + done.err for done in said)
    for secret in ("ya29.", "1//", "Bearer ", "assertion", *key.split("\\n")[1:-1]):
        assert secret not in everything
    assert "Traceback" not in everything
