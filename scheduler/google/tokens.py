"""What one person's sign-in leaves behind: a file in the state folder that its owner alone may read."""

import contextlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from scheduler.errors import Problem, WriteFailed
from scheduler.files import OWNER_ONLY, make_private_folder, replace_file, write_trouble
from scheduler.google.trouble import SignInFailed

TOKEN_FILE = "google-token.json"  # noqa: S105 - a file's name
LOG_IN = "sign in with: onetoone auth login"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredToken:
    """A sign-in: whose, through which OAuth client, for which scopes, and the tokens themselves.

    `account` is the address in lower case. `expiry` is when the access token runs out, aware; a new one is then got
    with the refresh token.
    """

    account: str
    client_id: str
    scopes: tuple[str, ...]
    expiry: datetime | None
    access_token: str | None = field(repr=False)
    refresh_token: str = field(repr=False)


def token_path(state: Path) -> Path:
    """Return where the sign-in is kept, given the state folder."""
    return state / TOKEN_FILE


def read_token(state: Path) -> StoredToken | None:
    """Return the sign-in that is kept in a state folder, None where there is none; raise SignInFailed."""
    path = token_path(state)
    try:
        return _parsed(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"the sign-in in {path} can't be read ({error.strerror})"
        raise SignInFailed(what, "give the user of this program the right to read it") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        what = f"the sign-in in {path} is damaged"
        raise SignInFailed(what, LOG_IN) from None


def keep_token(state: Path, token: StoredToken) -> Path:
    """Keep a sign-in whole, for its owner alone to read from the first byte on; raise WriteFailed."""
    path = token_path(state)
    content = {
        "version": _VERSION,
        "account": token.account,
        "client_id": token.client_id,
        "scopes": list(token.scopes),
        "expiry": token.expiry.isoformat() if token.expiry else None,
        "access_token": token.access_token,
        "refresh_token": token.refresh_token,
    }
    try:
        make_private_folder(state)
        with contextlib.suppress(FileNotFoundError):
            path.chmod(OWNER_ONLY)  # a file that is replaced hands its mode on
        replace_file(path, (json.dumps(content, indent=1) + "\n").encode(), mode_if_new=OWNER_ONLY)
    except OSError as error:
        usual = (f"it can't be written ({error.strerror})", "name another state folder")
        raise WriteFailed(Problem(str(path), *write_trouble(error, usual))) from None
    return path


def forget_token(state: Path) -> bool:
    """Delete the sign-in; return whether there was one. Raises WriteFailed."""
    path = token_path(state)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        usual = (f"it can't be deleted ({error.strerror})", "delete it by hand")
        raise WriteFailed(Problem(str(path), *write_trouble(error, usual))) from None
    return True


def _parsed(found: Any) -> StoredToken:  # noqa: ANN401 - JSON of a file that anybody may have edited
    expiry = datetime.fromisoformat(found["expiry"]) if found["expiry"] else None
    texts = [found["account"], found["client_id"], found["refresh_token"], *found["scopes"]]
    naive = expiry is not None and expiry.tzinfo is None
    if found["version"] != _VERSION or naive or not all(isinstance(text, str) and text for text in texts):
        raise ValueError
    return StoredToken(
        account=found["account"],
        client_id=found["client_id"],
        scopes=tuple(found["scopes"]),
        expiry=expiry,
        access_token=found["access_token"],
        refresh_token=found["refresh_token"],
    )
