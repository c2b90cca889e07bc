"""One person's sign-in on the disk: whole, for its owner alone, and never quoted."""

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.errors import WriteFailed
from scheduler.google.tokens import forget_token, keep_token, read_token, token_path
from scheduler.google.trouble import SignInFailed
from tests.unit.google_builders import TOKEN


def test_what_is_kept_is_what_is_read(tmp_path: Path) -> None:
    """Nothing is lost on the way, a token without an end included."""
    for token in (TOKEN, replace(TOKEN, expiry=None, access_token=None)):
        keep_token(tmp_path / "state", token)
        assert read_token(tmp_path / "state") == token
    assert read_token(tmp_path) is None


def test_its_owner_alone_may_read_it_from_the_first_byte_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the umask, in a folder of their own, and also where somebody opened the one before."""
    modes: list[int] = []
    write = os.fdopen

    def watched(handle: int, mode: str) -> object:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, mode)

    monkeypatch.setattr(os, "fdopen", watched)
    before = os.umask(0)
    try:
        path = keep_token(tmp_path / "state", TOKEN)
        path.chmod(0o644)
        keep_token(tmp_path / "state", TOKEN)
    finally:
        os.umask(before)
    assert modes == [0o600, 0o600]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["google-token.json"]


def test_nothing_secret_is_in_what_is_printed_of_it() -> None:
    """Neither token."""
    assert str(TOKEN.access_token) not in repr(TOKEN)
    assert TOKEN.refresh_token not in repr(TOKEN)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"account": ""},
        {"account": None},
        {"refresh_token": 3},
        {"scopes": [1]},
        {"scopes": None},
        {"expiry": "soon"},
        {"expiry": "2026-11-23T10:00:00"},
    ],
)
def test_a_damaged_sign_in_is_no_sign_in(tmp_path: Path, change: dict[str, object]) -> None:
    """It is said, with the command that mends it; nothing of it is quoted."""
    path = keep_token(tmp_path, TOKEN)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(SignInFailed) as refused:
        read_token(tmp_path)
    said = str(refused.value.problem("Google"))
    assert said == f"Google: the sign-in in {path} is damaged; sign in with: onetoone auth login"


@pytest.mark.parametrize("content", ["", "[]", "{}", "x", "[" * 100_000])
def test_what_is_no_sign_in_at_all(tmp_path: Path, content: str) -> None:
    """The same sentence."""
    token_path(tmp_path).write_text(content)
    with pytest.raises(SignInFailed, match="signIn") as refused:
        read_token(tmp_path)
    assert "is damaged" in refused.value.what


def test_where_it_cannot_be_read_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk's trouble is a sentence."""
    keep_token(tmp_path, TOKEN)

    def fail(_path: Path, *_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(SignInFailed) as refused:
        read_token(tmp_path)
    assert "can't be read (Input/output error)" in refused.value.what
    monkeypatch.setattr("scheduler.google.tokens.replace_file", lambda *_a, **_k: fail(tmp_path))
    with pytest.raises(WriteFailed, match=r"google-token\.json: it can't be written \(Input"):
        keep_token(tmp_path, TOKEN)
    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(WriteFailed, match=r"google-token\.json: it can't be deleted \(Input"):
        forget_token(tmp_path)


def test_forgetting_says_whether_there_was_one(tmp_path: Path) -> None:
    """A second time there is none."""
    path = keep_token(tmp_path, TOKEN)
    assert forget_token(tmp_path)
    assert not path.exists()
    assert not forget_token(tmp_path)
