"""No token, key or code is in anything that the program says, however it fails and however much it is asked to say."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.acceptance.conftest import Done, called, config
from tests.acceptance.google_office import google_office, visit
from tests.fake_google import tokens
from tests.fake_google.fake import FakeGoogle
from tests.fake_google.faults import LOST, Fault, How, answered

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ANN = "ann@example.com"
_FAULTS: tuple[Fault, ...] = (
    *(answered(status, "x") for status in (401, 403, 404, 500)),
    *(answered(400, word) for word in ("invalid_grant", "unauthorized_client", "<html>")),
    LOST,
    Fault(How.CUT_SHORT),
)
_METHODS = ("oauth.token", "oauth.revoke", "calendar.*")


class Ears:
    """Hears all that was said, and knows every secret that was in play."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.said: list[str] = []
        self.secrets: set[str] = {tokens.CLIENT_SECRET}

    def hear(self, done: Done) -> None:
        """Take in what a command said."""
        self.said += [done.out, done.err]

    def learn(self, path: Path) -> None:
        """Learn the secrets in a file: whatever a token, a key or a secret is called."""
        if not path.exists():
            return
        found = json.loads(path.read_text())
        found = found.get("installed", found)
        self.secrets |= {
            str(found[name])
            for name in ("access_token", "refresh_token", "client_secret", "private_key", "private_key_id")
            if found.get(name)
        }

    def check(self) -> None:
        """Find none of them in what was said, nor a part of one that tells it."""
        everything = "\n".join(self.said)
        assert everything
        for secret in self.secrets:
            for part in {secret, *(line for line in secret.splitlines() if not line.startswith("-----"))}:
                assert part not in everything
        for start in ("ya29.", "1//", "4/fake", "Bearer ", "assertion="):
            assert start not in everything
        assert re.search(r"eyJ[\w-]+\.eyJ[\w-]+\.", everything) is None  # a signed request


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[Ears]:
    """Listen to commands, and to all logs at the level at which they ship; stand in for the browser, learn its codes."""
    found = Ears()

    def browse(address: str) -> bool:
        back = visit(address)
        found.secrets |= set(parse_qs(urlsplit(back).query).get("code", []))
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    monkeypatch.setattr("tenacity.nap.time.sleep", lambda _: None)
    with caplog.at_level(logging.INFO):
        yield found
    found.said.append(caplog.text)
    found.check()


@pytest.fixture
def fake() -> Iterator[FakeGoogle]:
    """Give a Google with Ann."""
    with FakeGoogle() as started:
        started.add_account(ANN)
        started.tokens.consenting = ANN
        yield started


@pytest.mark.parametrize("method", _METHODS)
def test_one_persons_sign_in_stays_secret(tmp_path: Path, fake: FakeGoogle, ears: Ears, method: str) -> None:
    """Login, status and logout, with every way to fail at every place, as loud as can be."""
    office = google_office(tmp_path, fake, "client")
    token = office / "state" / "google-token.json"
    ears.learn(office / "config" / "credentials.json")
    for fault in _FAULTS:
        for at in ("auth login", "auth status", "auth logout"):
            fake.faults.clear()
            for name in ("auth login", "auth status", "auth logout"):
                if name == at:
                    fake.faults.add(fault, method=method)
                ears.hear(called(*name.split(), "--verbose", *config(office), env={"ONETOONE_LOG": "json"}))
                ears.learn(token)
            fake.faults.clear()
    assert len(ears.secrets) > 2 * len(_FAULTS)


def test_a_damaged_sign_in_is_not_quoted(tmp_path: Path, fake: FakeGoogle, ears: Ears) -> None:
    """Whatever is wrong with the file, and whatever else is asked of it."""
    office = google_office(tmp_path, fake, "client")
    token = office / "state" / "google-token.json"
    assert called("auth", "login", *config(office)).code == 0
    ears.learn(token)
    whole = token.read_text()
    for damaged in (
        whole[:-20],
        whole.replace('"version"', '"v"'),
        f"[{whole}]",
        whole.replace("account", "x"),
    ):
        token.write_text(damaged)
        for command in ("auth status", "doctor", "run", "plan"):
            ears.hear(called(*command.split(), "--verbose", *config(office)))
    token.write_text(whole)
    ears.hear(called("auth", "logout", "--verbose", *config(office)))


def test_a_key_stays_secret(tmp_path: Path, fake: FakeGoogle, ears: Ears) -> None:
    """Not delegated, damaged in any place, or with a Google that fails."""
    office = google_office(tmp_path, fake, "key")
    path = office / "config" / "credentials.json"
    ears.learn(path)
    whole = path.read_text()
    key = json.loads(whole)
    damages = (
        whole,
        whole[:-9],
        json.dumps(key | {"private_key": key["private_key"][:900]}),
        json.dumps(key | {"private_key": key["private_key"].replace("A", "B")}),
        json.dumps(key | {"token_uri": "http://example.com/token"}),
        json.dumps({**key, "type": "authorized_user"}),
        json.dumps([key]),
    )
    for damaged in damages:
        path.write_text(damaged)
        for command in ("auth login", "auth status", "doctor", "plan"):
            ears.hear(called(*command.split(), "--verbose", *config(office)))
    path.write_text(whole)
    fake.delegate(("https://www.googleapis.com/auth/calendar.events.owned",))
    for fault in _FAULTS:
        fake.faults.add(fault)
        ears.hear(called("auth", "status", "--verbose", *config(office)))
        ears.hear(called("report", "--verbose", *config(office)))
        fake.faults.clear()
