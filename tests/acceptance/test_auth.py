"""Signing in to Google, by the real command, against a Google on loopback."""

import json
import os
import re
import shlex
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.google.scopes import Scope
from tests.acceptance.conftest import EMPTY, ROOT, assert_clear, called, config, onetoone
from tests.acceptance.google_office import google_office, visit
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import LOST, answered

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ANN, BO = "ann@example.com", "bo@example.com"
WORKING = (Scope.EVENTS_OWNED, Scope.FREE_BUSY)


@pytest.fixture
def fake() -> Iterator[FakeGoogle]:
    """Give a Google where Ann and Bo have accounts, and Ann sits at the browser."""
    with FakeGoogle() as started:
        started.add_account(ANN, "Europe/London")
        started.add_account(BO, "Europe/Berlin")
        started.tokens.consenting = ANN
        yield started
    assert started.violations == []


@pytest.fixture
def office(tmp_path: Path, fake: FakeGoogle) -> Path:
    """Give a config for one manager."""
    return google_office(tmp_path, fake, "client")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the browser: what is opened is consented to, or refused, at once."""
    opened: list[str] = []

    def open_it(address: str) -> bool:
        opened.append(address)
        visit(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_it)
    return opened


def token_of(office: Path) -> dict[str, object]:
    """Return the sign-in that is kept."""
    found = json.loads((office / "state" / "google-token.json").read_bytes())
    assert isinstance(found, dict)
    return found


def test_a_manager_signs_in_sees_it_and_signs_out(office: Path, fake: FakeGoogle, tmp_path: Path) -> None:
    """The browser opens by itself; what is kept is for its owner alone; in the end nothing is left at Google or here."""
    script = tmp_path / "browser.py"
    script.write_text("import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=10).read()")
    browser = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} %s"
    signed_in = onetoone("auth", "login", *config(office), env={"BROWSER": browser})
    assert signed_in.code == 0, signed_in.err
    assert signed_in.out == ""
    assert f"Signed in as {ANN}; kept in {office}/state/google-token.json." in signed_in.err
    assert (office / "state" / "google-token.json").stat().st_mode & 0o777 == 0o600
    assert token_of(office)["scopes"] == sorted(WORKING)

    status = called("auth", "status", *config(office))
    assert (status.code, status.err) == (0, "")
    for line in (
        f"Signed in as {ANN}, through the OAuth client 1234567890-fake.apps.googleusercontent.com.",
        "calendar.events.owned  read managers' own calendars and create the 1-2-1s that are missing",
        "calendar.freebusy      see when reports are busy, and nothing else of their calendars",
        "after seven days where the",
        "it is renewed by itself.",
    ):
        assert line in status.out

    access = str(token_of(office)["access_token"])
    assert fake.tokens.grant_of(access) is not None
    signed_out = called("auth", "logout", *config(office))
    assert (signed_out.code, signed_out.err) == (0, f"Signed {ANN} out.\n")
    assert not (office / "state" / "google-token.json").exists()
    assert fake.log.count("oauth.revoke", status=200) == 1
    assert fake.tokens.grant_of(access) is None
    again = called("auth", "logout", *config(office))
    assert (again.code, again.err) == (0, "Nobody was signed in.\n")


@pytest.mark.parametrize("pasted", ["address", "code"])
def test_without_a_browser_the_address_is_printed_and_the_answer_can_be_pasted(
    office: Path, fake: FakeGoogle, pasted: str
) -> None:
    """Also how to tunnel the port; what is no answer is passed over."""
    command = [sys.executable, "-c", "from scheduler.cli.main import main; main()"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "auth", "login", "--no-browser", *map(str, config(office))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    ) as running:
        assert running.stdin
        assert running.stderr
        lines = [running.stderr.readline() for _ in range(7)]
        address = lines[2].strip()
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        port = urlsplit(query["redirect_uri"]).port
        assert f"    ssh -N -L {port}:127.0.0.1:{port} " in lines[5]
        assert (query["access_type"], query["code_challenge_method"]) == ("offline", "S256")
        back = fake.tokens.consent(query)
        code = parse_qs(urlsplit(back).query)["code"][0]
        wrong = back.replace("state=", "state=other")
        running.stdin.write(f"what?\n{wrong}\n{back if pasted == 'address' else code}\n")
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (0, ""), err
    assert f"Signed in as {ANN};" in err
    assert code not in err


def test_the_browser_may_come_back_through_a_tunnel(office: Path, browser: list[str]) -> None:
    """To the port that was named; an account that is wished for is offered there."""
    done = called("auth", "login", "--account", ANN.upper(), *config(office))
    assert done.code == 0, done.err
    query = parse_qs(urlsplit(browser[0]).query)
    assert query["login_hint"] == [ANN.upper()]
    assert query["scope"] == [" ".join(WORKING)]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", query["redirect_uri"][0])


def test_a_port_that_is_taken_is_named(office: Path, fake: FakeGoogle) -> None:
    """Another one is asked for."""
    done = called("auth", "login", "--port", str(urlsplit(fake.root).port), *config(office))
    assert_clear(done, 2, "can't be listened on", "name another port")


@pytest.mark.usefixtures("browser")
def test_consent_that_is_refused_or_given_in_part(office: Path, fake: FakeGoogle) -> None:
    """Both are said, and nothing is kept."""
    fake.tokens.consenting = None
    refused = called("auth", "login", "--quiet", *config(office))
    assert_clear(refused, 2, "auth login: consent was refused in the browser; run onetoone auth login again")
    fake.tokens.consenting = ANN
    fake.tokens.grants = frozenset({str(Scope.EVENTS_OWNED)})
    in_part = called("auth", "login", *config(office))
    assert in_part.code == 2
    assert (
        "consent was given, but not for calendar.freebusy; sign in with: onetoone auth login" in in_part.err
    )
    assert not (office / "state").exists()


@pytest.mark.usefixtures("browser")
def test_somebody_else_than_was_wished_signs_in(office: Path) -> None:
    """It is not kept: their calendar is not the one to be worked on."""
    done = called("auth", "login", "--account", BO, *config(office))
    assert done.code == 2
    assert f"signed in is {ANN}, not {BO}; choose the other account" in done.err
    assert not (office / "state").exists()


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        ("nobody", 2, "Google: nobody is signed in to Google; sign in with: onetoone auth login"),
        ("revoked", 2, f"Google: the sign-in of {ANN} was revoked, or has run out; sign in with: onetoone"),
        ("another scope", 2, f"Google: the sign-in of {ANN} does not cover drive.file; sign in with"),
        ("another client", 2, f"Google: the sign-in of {ANN} was made through another OAuth client"),
        ("client deleted", 2, "Google: the OAuth client of 'credentials' was deleted, or its secret changed"),
        ("damaged", 2, "the sign-in in "),
        ("no network", 4, "Google: Google could not be reached ("),
    ],
)
def test_status_says_what_is_wrong_with_a_sign_in(
    office: Path, fake: FakeGoogle, what: str, code: int, sentence: str
) -> None:
    """One sentence, and the command that mends it."""
    if what != "nobody":
        assert called("auth", "login", *config(office)).code == 0
    settings = office / "config" / "onetoone.toml"
    secrets = office / "config" / "credentials.json"
    match what:
        case "revoked":
            fake.revoke(ANN)
        case "another scope":
            settings.write_text(settings.read_text().replace('provider = "folder"', 'provider = "google"'))
        case "another client":
            secrets.write_text(secrets.read_text().replace("1234567890-fake", "1234567890-new"))
        case "client deleted":
            secrets.write_text(secrets.read_text().replace("fake-client-secret", "fake-other-secret"))
        case "damaged":
            (office / "state" / "google-token.json").write_text("{")
        case "no network":
            fake.faults.add(LOST, method="oauth.token")
    done = called("auth", "status", *config(office))
    assert_clear(done, code, sentence)


@pytest.mark.usefixtures("browser")
def test_a_sign_out_that_google_does_not_hear_is_said(office: Path, fake: FakeGoogle) -> None:
    """It is deleted here all the same, and what is left to do is named."""
    assert called("auth", "login", *config(office)).code == 0
    fake.faults.add(answered(500), method="oauth.revoke")
    done = called("auth", "logout", *config(office))
    assert_clear(
        done, 4, "it is deleted here, but stands at Google: remove it at https://myaccount.google.com/"
    )
    assert not (office / "state" / "google-token.json").exists()


def test_a_damaged_sign_in_can_be_taken_away(office: Path) -> None:
    """Nobody can tell Google whose it was."""
    (office / "state").mkdir()
    (office / "state" / "google-token.json").write_text("{")
    done = called("auth", "logout", *config(office))
    assert_clear(done, 4, "is damaged; it is deleted here")
    assert not (office / "state" / "google-token.json").exists()


@pytest.mark.parametrize("name", ["login", "status", "logout"])
def test_a_config_without_credentials_is_refused(tmp_path: Path, fake: FakeGoogle, name: str) -> None:
    """Where none are asked for by another table, too."""
    office = google_office(tmp_path, fake, "key")
    (office / "calendars").mkdir()
    path = office / "config" / "onetoone.toml"
    folder = 'provider = "folder"\npath = "../calendars"'
    path.write_text(path.read_text().partition("[google]")[0].replace('provider = "google"', folder))
    assert_clear(
        called("auth", name, *config(office)), 2, "[google] has no 'credentials'; add credentials = "
    )


WITHOUT = "import sys; sys.modules.update(dict.fromkeys(('google', 'googleapiclient', 'httplib2', 'requests', 'stamina')))"


def test_a_base_install_does_everything_else(office: Path) -> None:
    """Without the libraries of the extra: calendars in a folder as ever, and for Google the command that adds them."""
    for command in ("auth login", "auth status", "auth logout", "plan"):
        done = onetoone(*command.split(), *config(office), first=WITHOUT)
        assert_clear(done, 2, "the libraries for Google are not installed; pip install 'onetoone[google]'")
    settings = office / "config" / "onetoone.toml"
    folder = 'provider = "folder"\npath = "../calendars"'
    (office / "calendars").mkdir()
    settings.write_text(settings.read_text().replace('provider = "google"', folder))
    for who in (ANN, BO):
        (office / "calendars" / f"{who}.ics").write_text(EMPTY, newline="")
    done = onetoone("run", *config(office), first=WITHOUT)
    assert done.code == 0, done.err
