"""Signing in: the three grants, what is refused in which words, and what a token is good for."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httplib2
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2 import service_account
from google_auth_httplib2 import Request
from google_auth_oauthlib.flow import InstalledAppFlow

from scheduler.google.scopes import Scope
from scheduler.google.trouble import GoogleError
from tests.fake_google.fake import FakeGoogle
from tests.unit.fake_google_fixtures import client, fake, on_loopback
from tests.unit.fake_google_worlds import ANN, BO, Client, timed

__all__ = ["client", "fake"]

pytestmark = on_loopback


def signed(fake: FakeGoogle, folder: Path, user: str, *scopes: str) -> Any:  # noqa: ANN401 - untyped library
    """Return the service account's credentials for a user, with a token got by a signed request."""
    path = fake.service_account_file(folder / "key.json")
    account: Any = service_account.Credentials
    credentials = account.from_service_account_file(str(path), scopes=scopes, subject=user)
    http = httplib2.Http()
    try:
        credentials.refresh(Request(http))
    finally:
        http.close()
    return credentials


def test_a_delegated_service_account_gets_a_token_for_a_user(fake: FakeGoogle, tmp_path: Path) -> None:
    """The token is that user's, with these scopes."""
    fake.delegate([Scope.EVENTS, Scope.FREE_BUSY])
    token = signed(fake, tmp_path, ANN, Scope.EVENTS).token
    grant = fake.tokens.grant_of(token)
    assert grant
    assert (grant.user, *grant.scopes) == (ANN, Scope.EVENTS)


@pytest.mark.parametrize(
    ("user", "scope", "words"),
    [(ANN, Scope.DIRECTORY, "unauthorized_client"), ("nobody@example.com", Scope.EVENTS, "invalid_grant")],
)
def test_what_was_not_delegated_and_who_is_not_known_is_refused(
    fake: FakeGoogle, tmp_path: Path, user: str, scope: Scope, words: str
) -> None:
    """In OAuth's words, as Google says them."""
    fake.delegate([Scope.EVENTS])
    with pytest.raises(RefreshError, match=words):
        signed(fake, tmp_path, user, scope)


def test_a_token_of_a_suspended_account_is_not_had(fake: FakeGoogle, tmp_path: Path) -> None:
    """Suspended accounts cannot be impersonated."""
    fake.delegate([Scope.EVENTS])
    fake.add_account("old@example.com", suspended=True)
    with pytest.raises(RefreshError, match="invalid_grant"):
        signed(fake, tmp_path, "old@example.com", Scope.EVENTS)


def test_an_expired_token_is_renewed_by_the_client(client: Client, fake: FakeGoogle) -> None:
    """A 401, another token, and the same request again."""
    client.listed()
    fake.expire_tokens()
    client.listed()
    assert [entry.status for entry in fake.log if entry.method == "calendar.events.list"] == [200, 401, 200]


def test_a_revoked_sign_in_is_over(client: Client, fake: FakeGoogle) -> None:
    """Neither the access token nor the refresh token is good any more."""
    client.listed()
    fake.revoke(ANN)
    with pytest.raises(GoogleError, match="401"):
        client.listed()
    client.listed(BO)


def test_a_token_is_good_for_its_scopes_alone(fake: FakeGoogle) -> None:
    """403 insufficientPermissions otherwise; 'owned' does not reach the calendars of others."""
    fake.people.share(BO, ANN, "writer")
    reader = Client(fake, [Scope.EVENTS_OWNED])
    assert reader.listed() == []
    for attempt in (lambda: reader.busy(ANN), lambda: reader.listed(calendarId=BO)):
        with pytest.raises(GoogleError) as caught:
            attempt()
        assert (caught.value.status, caught.value.reason) == (403, "insufficientPermissions")
    reader.close()


def test_a_calendar_that_is_switched_off(client: Client, fake: FakeGoogle) -> None:
    """The account signs in, and has no calendar."""
    fake.people.lose_access(ANN, 403, "notACalendarUser")
    with pytest.raises(GoogleError, match="403 notACalendarUser"):
        client.events("insert", body=timed("2026-11-23"))


@pytest.fixture
def flow(fake: FakeGoogle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - untyped library
    """Give the dance of an installed app."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    path = fake.client_secrets_file(tmp_path / "client.json")
    flow = InstalledAppFlow.from_client_secrets_file(str(path), [Scope.EVENTS])
    flow.redirect_uri = "http://127.0.0.1:1/"
    return flow


def browser(address: str) -> dict[str, list[str]]:
    """Open the consent page; return what it sends back to the program."""
    http = httplib2.Http()
    http.follow_redirects = False
    try:
        answer, _ = http.request(address)
    finally:
        http.close()
    return parse_qs(urlsplit(answer["location"]).query)


def test_a_person_consents_and_the_code_becomes_tokens(fake: FakeGoogle, flow: Any) -> None:  # noqa: ANN401 - untyped library
    """The code is good once, for whoever asked for it (PKCE)."""
    fake.tokens.consenting = ANN
    address, state = flow.authorization_url()
    back = browser(address)
    assert back["state"] == [state]
    with flow.oauth2session:
        token = flow.fetch_token(code=back["code"][0])["access_token"]
        with pytest.raises(Exception, match="invalid_grant"):
            flow.fetch_token(code=back["code"][0])
    grant = fake.tokens.grant_of(token)
    assert grant
    assert grant.user == ANN


def test_a_person_who_does_not_consent(flow: Any) -> None:  # noqa: ANN401 - untyped library
    """The program is told access_denied."""
    address, _ = flow.authorization_url()
    assert browser(address)["error"] == ["access_denied"]
