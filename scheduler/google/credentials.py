"""The file that `credentials` of [google] names: a service account's key, or an OAuth client's secrets.

The two are told apart by what is in them, as the Google Cloud console writes them. Nothing of a key or a secret is in
what is printed of these values, or in an error.
"""

import ipaddress
import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scheduler.errors import BadConfig, Problem

_ANEW = "download it anew; docs/google.md says where"
_KEY_PARTS = ("client_email", "client_id", "private_key", "token_uri")
_CLIENT_PARTS = ("client_id", "client_secret", "auth_uri", "token_uri")
_OTHER_KINDS = {
    "authorized_user": "somebody's own sign-in, as gcloud keeps it",
    "external_account": "a workload identity of another cloud",
    "impersonated_service_account": "an impersonation, as gcloud keeps it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccountKey:
    """A service account's key, with which it speaks for the people of a domain; `client_id` is what is delegated to."""

    path: Path
    email: str
    client_id: str
    token_uri: str
    info: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSecrets:
    """An OAuth client of the type 'Desktop app', with which one person signs in."""

    path: Path
    client_id: str
    auth_uri: str
    token_uri: str
    info: Mapping[str, Any] = field(repr=False)


def read_credentials(path: Path) -> ServiceAccountKey | ClientSecrets:
    """Read a credentials file; raise BadConfig where it is missing, not JSON, incomplete or of another kind."""
    found = _json(path)
    if found.get("type") == "service_account":
        key = _complete(path, found, _KEY_PARTS, "a service account's key")
        return ServiceAccountKey(
            path=path,
            email=key["client_email"],
            client_id=key["client_id"],
            token_uri=key["token_uri"],
            info=found,
        )
    if isinstance(found.get("installed"), dict):
        client = _complete(path, found["installed"], _CLIENT_PARTS, "an OAuth client's file")
        return ClientSecrets(
            path=path,
            client_id=client["client_id"],
            auth_uri=client["auth_uri"],
            token_uri=client["token_uri"],
            info=found,
        )
    raise _bad(path, *_other_kind(found))


def exposed(path: Path) -> Problem | None:
    """Say whether users of this machine who have nothing to do with it may read the file, or change it."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    if not mode & (stat.S_IROTH | stat.S_IWOTH):
        return None
    what = f"every user of this machine may {'read' if mode & stat.S_IROTH else 'change'} it (mode {stat.S_IMODE(mode):04o})"
    return Problem(str(path), what, f"chmod o= {path}")


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise _bad(
            path, "there is no such file", "docs/google.md says how to get one, or mend 'credentials'"
        ) from None
    except IsADirectoryError:
        raise _bad(path, "this is a folder, a file is wanted", "mend 'credentials' of [google]") from None
    except PermissionError:
        raise _bad(path, "it may not be read", "give the user of this program the right to read it") from None
    except OSError as error:
        raise _bad(path, f"it can't be read ({error.strerror})", "mend the disk or the path") from None
    except (ValueError, RecursionError):
        raise _bad(path, "this is not JSON", _ANEW) from None
    if not isinstance(found, dict):
        raise _bad(path, "this is no credentials file", _ANEW)
    return found


def _complete(path: Path, found: Mapping[str, Any], parts: tuple[str, ...], what: str) -> dict[str, str]:
    missing = [name for name in parts if not (isinstance(found.get(name), str) and found[name])]
    if missing:
        raise _bad(path, f"{what} without {', '.join(missing)}", _ANEW)
    for name in ("auth_uri", "token_uri"):
        if name in parts and not _safe(found[name]):
            raise _bad(path, f"its {name} is not an https address: secrets would be sent in the clear", _ANEW)
    return {name: found[name] for name in parts}


def _other_kind(found: Mapping[str, Any]) -> tuple[str, str]:
    wanted = "use a service account's key, or an OAuth client of the type 'Desktop app' (docs/google.md)"
    if "web" in found:
        return "this is an OAuth client of the type 'Web application'", "make one of the type 'Desktop app'"
    kind = _OTHER_KINDS.get(str(found.get("type")))
    return (f"this is {kind}" if kind else "this is no credentials file that is known here"), wanted


def _safe(address: str) -> bool:
    """Say whether a secret may be sent there: over TLS, or no further than this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or is_loopback(address))


def is_loopback(address: str) -> bool:
    """Say whether a web address is on this very machine."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bad(path: Path, what: str, remedy: str) -> BadConfig:
    return BadConfig(Problem(str(path), what, remedy))
