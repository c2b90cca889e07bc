"""The doors to Google: which credentials open which, and what is said where none do."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.errors import BadConfig
from scheduler.google import opening
from scheduler.google.checkup import exposed_files, first_manager, sign_in_trouble, uses_google
from scheduler.google.identity import Delegated, SignedIn
from scheduler.google.opening import ensure_libraries, open_directory, open_google, open_identity
from scheduler.google.scopes import Scope
from scheduler.google.tokens import keep_token
from scheduler.google.trouble import SignInFailed
from scheduler.people import CalendarSource
from scheduler.settings import CalendarSettings, GoogleSettings, RosterSettings, Settings
from tests.fake_google import tokens
from tests.unit.google_builders import CLIENT, TOKEN, settings, written
from tests.unit.planning_builders import person, roster

ENDPOINT = "http://127.0.0.1:4901"


def with_key(root: Path, *, subject: str | None = None, source: str = "people.csv") -> Settings:
    """Return settings that name a service account's key, a real one."""
    path = tokens.service_account_file(root / "key.json", ENDPOINT)
    google = GoogleSettings(credentials=path, subject=subject, endpoint=ENDPOINT)
    return settings(root, google, source=source)


def with_client(root: Path, source: str = "people.csv") -> Settings:
    """Return settings that name an OAuth client."""
    google = GoogleSettings(credentials=written(root / "client.json", {"installed": CLIENT}))
    return settings(root, google, source=source)


def test_each_kind_of_file_opens_calendars_and_documents(tmp_path: Path) -> None:
    """Nothing is sent, and nobody has to be signed in yet."""
    assert open_google(with_key(tmp_path)) is not None
    assert open_google(with_client(tmp_path)) is not None
    account, one = open_identity(with_key(tmp_path)), open_identity(with_client(tmp_path))
    assert isinstance(account, Delegated)
    assert isinstance(one, SignedIn)
    assert set(account.scopes) == {Scope.EVENTS_OWNED, Scope.FREE_BUSY, Scope.FILES}


def test_the_directory_has_a_token_of_its_own(tmp_path: Path) -> None:
    """A service account reads it as `subject`; one person as themselves, once they are signed in for it."""
    found = open_directory(with_key(tmp_path, subject="admin@example.com", source="google"))
    assert found.user == "admin@example.com"
    assert found.google._identity.scopes == (Scope.DIRECTORY,)  # type: ignore[attr-defined]  # noqa: SLF001 - a Delegated
    with pytest.raises(BadConfig, match="has no 'subject'; add subject = "):
        open_directory(with_key(tmp_path))
    manager = with_client(tmp_path, "google")
    with pytest.raises(SignInFailed):
        open_directory(manager)
    every = tuple(str(scope) for scope in Scope)
    keep_token(manager.job.state, replace(TOKEN, scopes=every))
    assert open_directory(manager).user == "ann@example.com"


def test_without_credentials_there_is_no_door(tmp_path: Path) -> None:
    """Without [google] there is none to open; with it, the key that is missing is named."""
    found = settings(tmp_path)
    with pytest.raises(
        BadConfig, match=r"onetoone\.toml: \[google\] has no 'credentials'; add credentials = "
    ):
        open_google(found)
    assert open_google(replace(found, google=None)) is None


def test_a_base_install_says_which_extra_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that mends it, and no trace; a module of our own that is missing is a bug."""
    for name in [
        name for name in sys.modules if name.startswith(("scheduler.google.client", "googleapiclient"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "googleapiclient", None)
    with pytest.raises(BadConfig) as error:
        open_google(with_key(tmp_path))
    assert str(error.value) == (
        "[google]: the libraries for Google are not installed; pip install 'onetoone[google]'"
    )
    assert isinstance(sign_in_trouble(with_key(tmp_path), None), BadConfig)

    def missing(_name: str) -> None:
        raise ModuleNotFoundError(name="scheduler.gone")

    monkeypatch.setattr(opening, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        ensure_libraries()


def test_whether_google_is_used_is_said_by_config_and_rows(tmp_path: Path) -> None:
    """By any of its tables, or by one person's row alone."""
    folder = replace(settings(tmp_path, documents="folder"), calendars=CalendarSettings(provider="folder"))
    boss = person("boss@example.com")
    at_google = replace(person("bo@example.com", "boss@example.com"), calendar=CalendarSource("google"))
    assert not uses_google(folder, roster(boss))
    assert uses_google(folder, roster(boss, at_google))
    assert uses_google(replace(folder, documents_provider="google"), roster())
    assert uses_google(replace(folder, roster=RosterSettings(source="google")), roster())
    assert uses_google(settings(tmp_path, documents="folder"), roster())


def test_the_token_is_tried_for_a_manager_whose_calendar_is_googles(tmp_path: Path) -> None:
    """The first of those, by address; of any manager where there is none; for nobody where nobody manages."""
    at_google = CalendarSource("google")
    people = (
        person("ann@example.com"),
        person("bo@example.com", "ann@example.com"),
        replace(person("cy@example.com", "ann@example.com"), calendar=at_google),
        person("di@example.com", "cy@example.com"),
    )
    today = date(2026, 11, 23)
    assert first_manager(roster(*people), today) == "cy@example.com"
    assert first_manager(roster(*people[:2]), today) == "ann@example.com"
    assert first_manager(roster(people[0]), today) is None
    assert exposed_files(settings(tmp_path)) == ()


def test_files_with_secrets_that_everybody_may_read_are_told(tmp_path: Path) -> None:
    """The credentials and the sign-in, each with its remedy."""
    found = with_client(tmp_path)
    token = keep_token(found.job.state, TOKEN)
    assert exposed_files(found) == ()
    for path in (token, tmp_path / "client.json"):
        path.chmod(0o644)
    assert [problem.remedy for problem in exposed_files(found)] == [
        f"chmod o= {tmp_path / 'client.json'}",
        f"chmod o= {token}",
    ]
