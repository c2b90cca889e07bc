"""The credentials file: which of the two kinds it is, and what is said of one that is neither."""

from pathlib import Path

import pytest

from scheduler.errors import BadConfig
from scheduler.google.credentials import (
    ClientSecrets,
    ServiceAccountKey,
    exposed,
    is_loopback,
    read_credentials,
)
from tests.unit.google_builders import CLIENT, KEY, client, key, written


def refused(path: Path) -> str:
    """Return the one sentence that a file is refused with, without its path."""
    with pytest.raises(BadConfig) as error:
        read_credentials(path)
    (problem,) = error.value.problems
    assert problem.where == str(path)
    return f"{problem.what}; {problem.remedy}"


def test_the_kinds_are_told_apart_by_content(tmp_path: Path) -> None:
    """A file's name says nothing."""
    account, person = key(tmp_path), client(tmp_path)
    assert isinstance(account, ServiceAccountKey)
    assert (account.email, account.client_id) == (KEY["client_email"], KEY["client_id"])
    assert isinstance(person, ClientSecrets)
    assert person.client_id == CLIENT["client_id"]
    assert (account.token_uri, person.token_uri) == (KEY["token_uri"], CLIENT["token_uri"])


def test_nothing_secret_is_in_what_is_printed_of_them(tmp_path: Path) -> None:
    """Neither the key nor the secret."""
    assert "PRIVATE KEY" not in repr(key(tmp_path))
    assert CLIENT["client_secret"] not in repr(client(tmp_path))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            {"web": CLIENT},
            "this is an OAuth client of the type 'Web application'; make one of the type 'Desktop",
        ),
        ({"type": "authorized_user"}, "this is somebody's own sign-in, as gcloud keeps it; use a service"),
        ({"type": "external_account"}, "this is a workload identity of another cloud; use a service"),
        ({}, "this is no credentials file that is known here; use a service"),
        ([], "this is no credentials file; download it anew"),
        ({"type": []}, "this is no credentials file that is known here; use a service"),
        ({"installed": 1}, "this is no credentials file that is known here; use a service"),
        ({"installed": {}}, "an OAuth client's file without client_id, client_secret, auth_uri, token_uri;"),
        (
            {**KEY, "private_key": 3, "client_id": ""},
            "a service account's key without client_id, private_key;",
        ),
        (
            {**KEY, "token_uri": "http://10.0.0.1/token"},
            "its token_uri is not an https address: secrets would be",
        ),
        ({**KEY, "token_uri": "https://[/token"}, "its token_uri is not an https address: secrets would be"),
        ({"installed": {**CLIENT, "auth_uri": "//example.com/"}}, "its auth_uri is not an https address"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: object, sentence: str) -> None:
    """Each says what it is instead, and what to use."""
    path = written(tmp_path / "c.json", content)
    assert refused(path).startswith(sentence)


@pytest.mark.parametrize("content", ["", "{", "not json", "[" * 100_000, '{"a": \ud800}'])
def test_what_is_not_json_is_refused(tmp_path: Path, content: str) -> None:
    """Whatever else it is, its content is not quoted."""
    path = tmp_path / "c.json"
    path.write_text(content, encoding="utf-8", errors="surrogatepass")
    assert refused(path) == "this is not JSON; download it anew; docs/google.md says where"


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, a folder, forbidden, or on a broken disk."""
    assert refused(tmp_path / "none.json").startswith("there is no such file; docs/google.md says how to get")
    assert refused(tmp_path).startswith("this is a folder, a file is wanted; mend 'credentials'")
    for error, sentence in (
        (PermissionError(13, "Permission denied"), "it may not be read; give the user"),
        (OSError(5, "Input/output error"), "it can't be read (Input/output error); mend the disk"),
    ):

        def fail(_path: Path, error: OSError = error) -> bytes:
            raise error

        monkeypatch.setattr(Path, "read_bytes", fail)
        assert refused(tmp_path / "none.json").startswith(sentence)


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (0o600, None),
        (0o640, None),
        (0o644, "every user of this machine may read it (mode 0644); chmod o= "),
        (0o602, "every user of this machine may change it (mode 0602); chmod o= "),
    ],
)
def test_a_file_that_everybody_may_read_is_told(tmp_path: Path, mode: int, said: str | None) -> None:
    """A group may: services are set up so."""
    path = tmp_path / "key.json"
    path.touch()
    path.chmod(mode)
    found = exposed(path)
    assert (found is None) == (said is None)
    assert found is None or str(found) == f"{path}: {said}{path}"
    assert exposed(tmp_path / "none") is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://localhost/x", "http://[::1]:9/"])
def test_this_machine_is_loopback(address: str) -> None:
    """By any of its names."""
    assert is_loopback(address)


@pytest.mark.parametrize("address", ["https://oauth2.googleapis.com/token", "http://10.0.0.1", "", "x"])
def test_another_machine_is_not(address: str) -> None:
    """Nor is no address."""
    assert not is_loopback(address)
