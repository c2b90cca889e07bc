"""Settings, credentials files and sign-ins for the tests of Google, without a server."""

import json
from datetime import UTC, datetime
from pathlib import Path

from scheduler.every import Cadence
from scheduler.google.credentials import ClientSecrets, ServiceAccountKey, read_credentials
from scheduler.google.tokens import StoredToken
from scheduler.settings import (
    CadenceSettings,
    CalendarSettings,
    GoogleSettings,
    JobSettings,
    RosterSettings,
    Settings,
)

KEY = {
    "type": "service_account",
    "client_email": "onetoone@project.iam.gserviceaccount.com",
    "client_id": "1001",
    "private_key": "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LWtleQ==\n-----END PRIVATE KEY-----\n",
    "token_uri": "https://oauth2.googleapis.com/token",
}
CLIENT = {
    "client_id": "2002.apps.googleusercontent.com",
    "client_secret": "client-secret-of-the-test",
    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
    "token_uri": "https://oauth2.googleapis.com/token",
}
TOKEN = StoredToken(
    account="ann@example.com",
    client_id=CLIENT["client_id"],
    scopes=("https://www.googleapis.com/auth/calendar.events.owned",),
    expiry=datetime(2026, 11, 23, 10, tzinfo=UTC),
    access_token="ya29.access-of-the-test",  # noqa: S106 - the test's own
    refresh_token="1//refresh-of-the-test",  # noqa: S106 - the test's own
)


def settings(
    root: Path,
    google: GoogleSettings | None = None,
    *,
    documents: str = "google",
    source: str = "people.csv",
) -> Settings:
    """Return settings whose calendars are Google's, with everything kept below a folder."""
    return Settings(
        directory=root / "config",
        calendars=CalendarSettings(provider="google"),
        cadence=CadenceSettings(every=Cadence.parse("2 weeks"), minutes=30),
        job=JobSettings(
            state=root / "state",
            agendas=root / "agendas",
            exports=root / "exports",
            reports=root / "reports",
        ),
        documents_provider=documents,
        roster=RosterSettings(source=source),
        google=google or GoogleSettings(),
    )


def written(path: Path, content: object) -> Path:
    """Write JSON to a file that its owner alone may read; return its path."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(content))
    return path


def key(root: Path) -> ServiceAccountKey:
    """Return the key of a service account, with a private key that is none."""
    found = read_credentials(written(root / "key.json", KEY))
    assert isinstance(found, ServiceAccountKey)
    return found


def client(root: Path) -> ClientSecrets:
    """Return an OAuth client's secrets."""
    found = read_credentials(written(root / "client.json", {"installed": CLIENT}))
    assert isinstance(found, ClientSecrets)
    return found
