"""Asking the Google Directory for everybody: what is asked, page by page, and what is said where it fails."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from googleapiclient.http import HttpRequest

from scheduler.errors import BadConfig
from scheduler.every import Cadence
from scheduler.google.client import Google
from scheduler.google.directory import directory_users, read_users
from scheduler.google.trouble import GoogleError, SignInFailed
from scheduler.settings import CadenceSettings, CalendarSettings, GoogleSettings, JobSettings, Settings

ADMIN = "admin@example.com"


class Answers(Google):
    """Google's client with the requests that it would send, and answers in place of the network's."""

    def __init__(self, *answers: dict[str, Any] | GoogleError) -> None:
        """Answer one request with each, in order."""
        super().__init__(identity=_nobody())
        self._answers = iter(answers)
        self.sent: list[tuple[str, dict[str, list[str]]]] = []

    def send(self, request: HttpRequest, *, user: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - as its parent
        """Return the next answer; raise it where it is an error."""
        assert headers is None
        parts = urlsplit(request.uri)
        assert (request.method, parts.path) == ("GET", "/admin/directory/v1/users")
        self.sent.append((user, parse_qs(parts.query)))
        answer = next(self._answers)
        if isinstance(answer, GoogleError):
            raise answer
        return answer


def _nobody() -> Any:  # noqa: ANN401 - nothing is signed here
    return None


def settings_with(google: GoogleSettings | None) -> Settings:
    """Return settings that reach Google so."""
    home = Path("/conf")
    return Settings(
        directory=home,
        calendars=CalendarSettings(provider="folder"),
        cadence=CadenceSettings(every=Cadence.parse("2 weeks"), minutes=30),
        job=JobSettings(state=home, agendas=home, exports=home, reports=home),
        google=google,
    )


def refused(*answers: dict[str, Any] | GoogleError) -> str:
    """Return the one line with which the reading is refused."""
    with pytest.raises(BadConfig) as error:
        read_users(Answers(*answers), ADMIN)
    (problem,) = error.value.problems
    return str(problem)


def test_all_domains_are_asked_for_and_only_what_is_used() -> None:
    """No address of a home, no telephone number, no photograph comes over the network."""
    google = Answers({"users": [{"primaryEmail": "ann@example.com"}]})
    assert read_users(google, ADMIN) == [{"primaryEmail": "ann@example.com"}]
    ((user, query),) = google.sent
    assert user == ADMIN
    fields = "nextPageToken,users(primaryEmail,name/fullName,aliases,nonEditableAliases,relations,suspended,archived)"
    assert query == {
        "customer": ["my_customer"],
        "maxResults": ["500"],
        "orderBy": ["email"],
        "projection": ["basic"],
        "fields": [fields],
        "alt": ["json"],
    }


@pytest.mark.parametrize(
    ("columns", "more"),
    [
        ({"level"}, ""),
        ({"title", "department"}, ",organizations"),
        ({"org_unit"}, ",orgUnitPath"),
        ({"org_unit", "title", "level"}, ",orgUnitPath,organizations"),
    ],
)
def test_what_a_rule_looks_at_is_asked_for_too(columns: set[str], more: str) -> None:
    """A title or a department comes over the network only where a rule for how often names it."""
    google = Answers({})
    read_users(google, ADMIN, frozenset(columns))
    ((_, query),) = google.sent
    assert query["fields"][0].endswith(f"relations,suspended,archived{more})")


def test_pages_are_followed_to_the_last_also_through_empty_ones() -> None:
    """Only the token says whether there is more."""
    google = Answers(
        {"users": [{"primaryEmail": "a"}], "nextPageToken": "two"},
        {"nextPageToken": "three"},
        {"users": [{"primaryEmail": "b"}]},
    )
    assert [user["primaryEmail"] for user in read_users(google, ADMIN)] == ["a", "b"]
    assert [query.get("pageToken") for _, query in google.sent] == [None, ["two"], ["three"]]


def test_half_a_directory_is_none() -> None:
    """A page that can't be had costs all: whoever stands on it would seem to have left."""
    page = {"users": [{"primaryEmail": "a"}], "nextPageToken": "two"}
    assert refused(page, GoogleError(503, "backendError")) == (
        "Google Directory: who works here can't be read: Google did not do it, asked several times "
        "(503 backendError); the next run tries again"
    )
    assert "the same page again and again" in refused(page, page)


def test_whoever_may_not_read_it_is_told_who_may() -> None:
    """The scope is one thing, the administrator's role another."""
    assert refused(GoogleError(403, "forbidden", "Not Authorized to access this resource/api")) == (
        "Google Directory: who works here can't be read: Google does not allow it (403 forbidden); docs/google.md "
        "says what has to be granted; admin@example.com must be an administrator who may read users"
    )
    for passing in (GoogleError(403, "rateLimitExceeded"), GoogleError(403, "quotaExceeded")):
        assert "administrator" not in refused(passing)


def test_a_sign_in_that_fails_keeps_its_own_remedy() -> None:
    """It knows better what would mend it."""
    assert refused(SignInFailed("nobody is signed in", "sign in")) == (
        "Google Directory: who works here can't be read: nobody is signed in; sign in"
    )


def test_settings_that_do_not_say_how_are_refused() -> None:
    """Before anything is sent."""
    with pytest.raises(BadConfig, match="has no 'credentials'"):
        directory_users(settings_with(None))


def test_a_sign_in_that_is_not_there_is_told(tmp_path: Path) -> None:
    """One manager's client, and nobody signed in yet."""
    installed = {
        "client_id": "i",
        "client_secret": "s",
        "auth_uri": "https://a.org",
        "token_uri": "https://a.org",
    }
    (tmp_path / "client.json").write_text(json.dumps({"installed": installed}))
    with pytest.raises(BadConfig, match="who works here can't be read: nobody is signed in to Google; "):
        directory_users(settings_with(GoogleSettings(credentials=tmp_path / "client.json")))
