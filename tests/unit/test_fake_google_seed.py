"""The fake in a process of its own, with an organisation from a file."""

import json
import subprocess
import sys
from pathlib import Path

import httplib2

from tests.fake_google.fake import FakeGoogle
from tests.fake_google.seed import load
from tests.unit.fake_google_fixtures import on_loopback
from tests.unit.fake_google_worlds import ANN, BO, invited, weekly

pytestmark = on_loopback
ROOT = Path(__file__).parents[2]


def seed_file(folder: Path) -> Path:
    """Write two people; the first invites the second."""
    event = {"id": "series", **weekly(attendees=invited(BO))}
    people = [{"email": ANN, "time_zone": "Europe/London", "events": [event]}, {"email": BO, "manager": ANN}]
    path = folder / "people.jsonl"
    path.write_text("\n".join(map(json.dumps, people)))
    return path


def test_guests_have_copies_whoever_stands_first_in_the_file(tmp_path: Path) -> None:
    """All people are there before the first event is."""
    with FakeGoogle() as fake:
        assert load(fake, seed_file(tmp_path)) == 1
        assert sorted(fake.state()["calendars"]) == [ANN, BO]
        account = fake.accounts.get(BO)
        assert account
        assert (account.name, account.manager) == ("Bo", ANN)


def test_it_serves_until_its_input_ends(tmp_path: Path) -> None:
    """It says where, and reports what came."""
    key = tmp_path / "key.json"
    options = ["--seed-file", seed_file(tmp_path), "--service-account", key]
    command = [sys.executable, "-m", "tests.fake_google", *map(str, options)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        root = process.stdout.readline().strip()
        http = httplib2.Http(timeout=5)
        _, content = http.request(f"{root}/fake/report")
        http.close()
        process.communicate()
    assert json.loads(content) == {"requests": {}, "violations": []}
    assert json.loads(key.read_text())["token_uri"] == f"{root}/token"
    assert process.returncode == 0
