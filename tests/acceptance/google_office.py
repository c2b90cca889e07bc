"""An office whose calendars are Google's, for the tests of signing in: a fake Google, and a config that names it."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from tests.acceptance.conftest import PEOPLE
from tests.fake_google.fake import FakeGoogle

SETTINGS = """
[calendars]
provider = "google"

[cadence]
every = "2 weeks"
minutes = 30

[documents]
provider = "folder"
"""


def google_office(root: Path, fake: FakeGoogle, credentials: str, more: str = "") -> Path:
    """Write a config whose `credentials` file is of this kind (`client` or `key`); return its folder's parent."""
    (root / "config").mkdir()
    path = root / "config" / "credentials.json"
    path.touch(mode=0o600)
    (fake.client_secrets_file if credentials == "client" else fake.service_account_file)(path)
    google = f'[google]\ncredentials = "credentials.json"\nendpoint = "{fake.root}"\n'
    (root / "config" / "onetoone.toml").write_text(SETTINGS + google + more)
    (root / "config" / "people.csv").write_text(PEOPLE)
    return root


def visit(address: str) -> str:
    """Open an address as a browser does, on loopback alone; return where it ended."""
    assert urlsplit(address).hostname == "127.0.0.1"
    with urlopen(address, timeout=10) as page:  # noqa: S310 - checked above
        page.read()
        return str(page.url)
