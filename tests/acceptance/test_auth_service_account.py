"""A service account by the real command: it needs no sign-in, and `auth status` tries it and says what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from scheduler.google.scopes import DIRECTORY_SCOPES, Scope
from tests.acceptance.conftest import assert_clear, called, config
from tests.acceptance.google_office import google_office
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import answered

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ANN = "ann@example.com"
WORKING = (Scope.EVENTS_OWNED, Scope.FREE_BUSY)


@pytest.fixture
def fake() -> Iterator[FakeGoogle]:
    """Give a Google where Ann has an account, and everything is delegated."""
    with FakeGoogle() as started:
        started.add_account(ANN, "Europe/London")
        started.add_account("admin@example.com")
        started.delegate((*WORKING, *DIRECTORY_SCOPES))
        yield started
    assert started.violations == []


def test_a_service_account_needs_no_sign_in(tmp_path: Path, fake: FakeGoogle) -> None:
    """Login and logout say so; status has the line for the Admin console, and tries a token for the first manager."""
    office = google_office(tmp_path, fake, "key")
    for name in ("login", "logout"):
        done = called("auth", name, *config(office))
        assert (done.code, done.out) == (0, "")
        assert "is a service account: it needs no sign-in." in done.err
    status = called("auth", "status", *config(office))
    assert (status.code, status.err) == (0, "")
    assert (
        "Service account onetoone@fake-project.iam.gserviceaccount.com, client 100000000000000000001"
        in status.out
    )
    assert ",".join(WORKING) in status.out.splitlines()
    assert f"A token for {ANN} was given; it is good until " in status.out
    assert "Directory" not in status.out


@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        (
            "not delegated",
            2,
            "is at least one of calendar.events.owned, calendar.freebusy; in the Admin console",
        ),
        (
            "one scope missing",
            2,
            "not delegated to it, or not yet, is calendar.freebusy; in the Admin console",
        ),
        (
            "no such user",
            2,
            f"Google: Google knows no user {ANN}, or the account is suspended; mend the address",
        ),
        (
            "key deleted",
            2,
            "was deleted, or is not of onetoone@fake-project.iam.gserviceaccount.com; make a new",
        ),
        ("key damaged", 2, "credentials.json: the private key in it can't be read; download it anew"),
        ("account deleted", 2, "was deleted or switched off; restore it"),
        ("another answer", 2, f"no token for {ANN} (an answer that is not OAuth's)"),
        ("endpoint down", 4, "Google did not do it, asked several times (503 tokenEndpoint)"),
    ],
)
def test_status_says_what_is_wrong_with_a_service_account(
    tmp_path: Path, fake: FakeGoogle, monkeypatch: pytest.MonkeyPatch, *, what: str, code: int, sentence: str
) -> None:
    """Which scope is missing is found out by asking for each alone."""
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    office = google_office(tmp_path, fake, "key")
    path = office / "config" / "credentials.json"
    key = json.loads(path.read_text())
    match what:
        case "not delegated":
            fake.delegate(())
        case "one scope missing":
            fake.delegate({Scope.EVENTS_OWNED})
        case "no such user":
            people = office / "config" / "people.csv"
            people.write_text(people.read_text().replace("ann@", "anne@"))
            sentence = sentence.replace("ann@", "anne@")
        case "key deleted":
            path.write_text(json.dumps(key | {"private_key": other_key()}))
        case "key damaged":
            path.write_text(json.dumps(key | {"private_key": "-----BEGIN PRIVATE KEY-----\nx"}))
        case "account deleted":
            path.write_text(json.dumps(key | {"client_email": "gone@fake-project.iam.gserviceaccount.com"}))
        case "another answer":
            fake.faults.add(answered(400, "<html>"), method="oauth.token")
        case "endpoint down":
            fake.faults.add(answered(503), method="oauth.token")
    assert_clear(called("auth", "status", *config(office)), code, sentence)


def other_key() -> str:
    """Return a private key that is nobody's here."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def test_the_directory_is_tried_as_its_administrator(tmp_path: Path, fake: FakeGoogle) -> None:
    """With a token for it alone; people's scopes are tried as the same person, for the roster is not known yet."""
    office = google_office(
        tmp_path, fake, "key", 'subject = "admin@example.com"\n[roster]\nsource = "google"\n'
    )
    status = called("auth", "status", *config(office))
    assert (status.code, status.err) == (0, "")
    assert "admin.directory.user.readonly  read who works here and who reports to whom" in status.out
    assert status.out.count("A token for admin@example.com was given") == 2
    fake.delegate(WORKING)
    lacking = called("auth", "status", *config(office))
    assert_clear(
        lacking, 2, "not delegated to it, or not yet, is admin.directory.user.readonly; in the Admin"
    )
