"""The scopes that are asked for: the least for what the config does, each accepted where it is used."""

from pathlib import Path

import pytest

from scheduler.google.scopes import DIRECTORY_SCOPES, Scope, scopes_needed
from scheduler.settings import GoogleSettings
from tests.fake_google.discovery import methods
from tests.unit.google_builders import settings


@pytest.mark.parametrize(
    ("full", "documents", "source", "delegated", "expected"),
    [
        (False, "folder", "people.csv", True, {Scope.EVENTS_OWNED, Scope.FREE_BUSY}),
        (False, "folder", "people.csv", False, {Scope.EVENTS_OWNED, Scope.FREE_BUSY}),
        (True, "folder", "people.csv", True, {Scope.EVENTS_OWNED}),
        (True, "folder", "people.csv", False, {Scope.EVENTS}),
        (False, "google", "people.csv", True, {Scope.EVENTS_OWNED, Scope.FREE_BUSY, Scope.FILES}),
        (True, "google", "google", True, {Scope.EVENTS_OWNED, Scope.FILES}),
        (True, "folder", "google", False, {Scope.EVENTS, Scope.DIRECTORY}),
    ],
)
def test_the_least_scopes(
    tmp_path: Path, *, full: bool, documents: str, source: str, delegated: bool, expected: set[Scope]
) -> None:
    """Each only for what the config does; with delegation the Directory has a token of its own."""
    found = settings(tmp_path, GoogleSettings(full_reports=full), documents=documents, source=source)
    assert set(scopes_needed(found, delegated=delegated)) == expected


@pytest.mark.parametrize(
    ("scope", "accepted_by"),
    [
        *(
            (scope, f"calendar.events.{name}")
            for scope in (Scope.EVENTS, Scope.EVENTS_OWNED)
            for name in ("list", "get", "instances", "insert", "update", "patch", "delete")
        ),
        (Scope.FREE_BUSY, "calendar.freebusy.query"),
        *((Scope.FILES, f"drive.files.{name}") for name in ("create", "get", "list", "update", "export")),
        *((Scope.FILES, f"docs.documents.{name}") for name in ("create", "get", "batchUpdate")),
        (Scope.FILES, "drive.permissions.create"),
        (Scope.FILES, "drive.about.get"),
        (Scope.DIRECTORY, "directory.users.list"),
    ],
)
def test_each_method_accepts_its_scope(scope: Scope, accepted_by: str) -> None:
    """As the discovery documents have it."""
    assert str(scope) in methods()[accepted_by].scopes


def test_each_scope_says_what_it_is_for() -> None:
    """In words that a consent screen does not have, and by a name that fits a line."""
    assert all(scope.what_for for scope in Scope)
    assert Scope.FILES.short == "drive.file"
    assert DIRECTORY_SCOPES == (Scope.DIRECTORY,)
