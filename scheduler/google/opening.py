"""The doors to Google, as the config names them; its libraries are loaded when a door is opened, and not before.

    open_google(settings)      people's calendars and documents
    open_directory(settings)   who works here

No request is sent here: whether the sign-in works shows with the first one, which raises SignInFailed where it
does not. A base install has none of the libraries, and can open neither door.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from scheduler.errors import BadConfig, Problem
from scheduler.google.credentials import ClientSecrets, ServiceAccountKey, read_credentials
from scheduler.google.scopes import DIRECTORY_SCOPES, scopes_needed
from scheduler.settings import GoogleSettings, Settings

if TYPE_CHECKING:  # these two need the libraries, which a base install lacks
    from scheduler.google.client import Google, Identity
    from scheduler.google.identity import Delegated, SignedIn

_EXTRA = frozenset(
    {"google", "google_auth_httplib2", "google_auth_oauthlib", "googleapiclient", "httplib2", "stamina"}
)
NO_CREDENTIALS = "[google] has no 'credentials'"
ADD_CREDENTIALS = 'add credentials = "../secrets/service-account.json"; docs/google.md says how to get it'


@dataclass(frozen=True, slots=True)
class Directory:
    """The way to the Directory: `google` sends, and `user` is the administrator as whom it is read."""

    google: "Google"
    user: str


def open_google(settings: Settings) -> "Google | None":
    """Return the way to people's calendars and documents; None where the config has no [google].

    Whoever's calendar or document it is goes into `send` as `user`. With a service account that may be anybody of the
    domain; with one person's sign-in every other user gets SignInFailed. Raises BadConfig where the credentials are
    no good or the libraries are not installed.
    """
    if settings.google is None:
        return None
    return _way(open_identity(settings), settings.google)


def open_directory(settings: Settings) -> "Directory":
    """Return the way to the Directory, with a token for it alone where a service account is used.

    It is read as `subject` of [google], or as whoever is signed in. Raises BadConfig, as for `open_google` and where
    a service account has no `subject`; SignInFailed where nobody is signed in.
    """
    google = settings.google or GoogleSettings()
    found = credentials_of(settings)
    if isinstance(found, ClientSecrets):
        signed_in = _signed_in(settings, found)
        return Directory(_way(signed_in, google), signed_in.account)
    if google.subject is None:
        raise BadConfig(Problem(_where(settings), *NO_SUBJECT))
    ensure_libraries()
    from scheduler.google.identity import Delegated  # noqa: PLC0415 - needs the libraries

    return Directory(_way(Delegated(found, DIRECTORY_SCOPES), google), google.subject)


NO_SUBJECT = (
    "a service account reads the Directory as an administrator, and [google] has no 'subject'",
    'add subject = "admin@example.com", the address of one who may read users',
)


def open_identity(settings: Settings) -> "Delegated | SignedIn":
    """Return who signs in for calendars and documents; raises BadConfig."""
    found = credentials_of(settings)
    if isinstance(found, ClientSecrets):
        return _signed_in(settings, found)
    ensure_libraries()
    from scheduler.google.identity import Delegated  # noqa: PLC0415 - needs the libraries

    return Delegated(found, scopes_needed(settings, delegated=True))


def credentials_of(settings: Settings) -> ServiceAccountKey | ClientSecrets:
    """Return the credentials that the config names; raises BadConfig where there are none or they are no good."""
    if settings.google is None or settings.google.credentials is None:
        raise BadConfig(Problem(_where(settings), NO_CREDENTIALS, ADD_CREDENTIALS))
    return read_credentials(settings.google.credentials)


def ensure_libraries() -> None:
    """Raise BadConfig where the libraries for Google are not installed."""
    try:
        for name in ("scheduler.google.client", "google_auth_oauthlib.flow"):
            import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        what = "the libraries for Google are not installed"
        raise BadConfig(Problem("[google]", what, "pip install 'onetoone[google]'")) from None


def _signed_in(settings: Settings, secrets: ClientSecrets) -> "SignedIn":
    ensure_libraries()
    from scheduler.google.identity import SignedIn  # noqa: PLC0415 - needs the libraries

    return SignedIn(secrets, scopes_needed(settings, delegated=False), settings.job.state)


def _way(identity: "Identity", google: GoogleSettings) -> "Google":
    from scheduler.google.client import Google  # noqa: PLC0415 - needs the libraries

    return Google(identity, google.endpoint)


def _where(settings: Settings) -> str:
    return str(settings.directory / "onetoone.toml")
