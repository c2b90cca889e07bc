"""The way to Google's APIs: one request at a time, for whichever user, at a pace that Google allows.

Every request may be sent twice: httplib2 itself sends one again when the server closes the connection without
an answer, whatever the method, and so do the retries here. Whoever asks for a change makes sure that a second
one meets the first (an id of its own, a revision that must still stand, a look afterwards).
"""

import ssl
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit

import httplib2
import stamina
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest, set_user_agent

from scheduler import __version__
from scheduler.google.pace import Pace, Pool
from scheduler.google.refusals import is_refusal
from scheduler.google.trouble import GoogleError, SignInFailed, error_of

_TIMEOUT = 60.0
_ATTEMPTS = 7
_LONGEST_WAIT = 60.0
_PATIENCE = 240.0
_NETWORK = (OSError, ssl.SSLError, HTTPException, httplib2.HttpLib2Error, TransportError)
_READS = frozenset({"GET", "HEAD"})
_COSTS = {"calendar.events.patch": 3}  # as events.patch says of itself


class Api(Enum):
    """An API, its version, and the path under which a test's endpoint serves it."""

    CALENDAR = ("calendar", "v3", "/calendar/v3/")
    DRIVE = ("drive", "v3", "/drive/v3/")
    DOCS = ("docs", "v1", "/")
    DIRECTORY = ("admin", "directory_v1", "/")


class Identity(Protocol):
    """Who signs in: one person, or a service account that speaks for a whole domain."""

    @property
    def account(self) -> str | None:
        """The one address that it speaks for; None for a whole domain. Raises SignInFailed where nobody is signed in."""
        ...

    def credentials_for(self, user: str) -> Credentials:
        """Return the credentials with which requests of this user are made; raise SignInFailed."""
        ...

    def explained(self, error: RefreshError, user: str) -> SignInFailed:
        """Say what a token endpoint's refusal means, and what mends it."""
        ...


class Google:
    """Google's APIs, as one identity reaches them; may be used by many threads, each has its own connection."""

    def __init__(
        self, identity: Identity, endpoint: str | None = None, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Reach the APIs as this identity; `endpoint` is a root on loopback that stands in for all of them."""
        self._identity = identity
        self._endpoint = endpoint
        self._sleep = sleep
        self._pace = Pace()
        self._own = threading.local()
        self._lock = threading.Lock()
        self._collections: dict[tuple[Api, str], Any] = {}
        self._connections: list[httplib2.Http] = []
        weakref.finalize(self, _close, self._connections)  # when nobody holds the way any more

    def close(self) -> None:
        """Close every thread's connection; one that is used again is opened anew."""
        with self._lock:
            _close(self._connections)

    @property
    def account(self) -> str | None:
        """The one address that is signed in; None where the sign-in speaks for a whole domain. Raises SignInFailed."""
        return self._identity.account

    def collection(self, api: Api, name: str) -> Any:  # noqa: ANN401 - the library makes these at run time
        """Return a collection of an API, such as the calendar's `events`; made once, for all threads."""
        with self._lock:
            found = self._collections.get((api, name))
            if found is None:
                found = getattr(_service(api, self._endpoint), name)()
                self._collections[api, name] = found
            return found

    def send(self, request: HttpRequest, *, user: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON
        """Send a request as this user and return the JSON of its answer, or bytes where it is none.

        What may pass is tried again: capped, jittered, as late as Retry-After asks. Raises GoogleError.
        """
        for name, value in (headers or {}).items():
            request.headers[name] = value
        pool = _pool(request)
        for attempt in stamina.retry_context(
            on=_in_how_long,
            attempts=_ATTEMPTS,
            timeout=_PATIENCE,
            wait_initial=0.5,
            wait_max=_LONGEST_WAIT,
            wait_jitter=1.0,
        ):
            with attempt:
                pause = self._pace.wait(pool, user, time.monotonic(), _COSTS.get(request.methodId, 1))
                if pause:
                    self._sleep(pause)
                return self._once(request, user)
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _once(self, request: HttpRequest, user: str) -> Any:  # noqa: ANN401 - JSON
        try:
            return request.execute(http=self._http(user), num_retries=0)
        except HttpError as error:
            raise error_of(int(error.resp.status), error.content, error.resp.get("retry-after")) from None
        except RefreshError as error:
            if error.retryable or not is_refusal(error.args):
                raise GoogleError(503, "tokenEndpoint") from None
            raise self._identity.explained(error, user) from None
        except _NETWORK as error:
            raise GoogleError(0, type(error).__name__) from None
        except GoogleAuthError as error:
            what = f"the sign-in does not work ({type(error).__name__})"
            raise SignInFailed(what, "onetoone auth status says more") from None

    def _http(self, user: str) -> AuthorizedHttp:
        """Return this thread's connection, signed for the user; it stays open from user to user."""
        http: httplib2.Http | None = getattr(self._own, "http", None)
        if http is None:
            http = self._own.http = set_user_agent(httplib2.Http(timeout=_TIMEOUT), f"onetoone/{__version__}")
            with self._lock:
                self._connections.append(http)
        return AuthorizedHttp(self._identity.credentials_for(user), http=http)


def _close(connections: list[httplib2.Http]) -> None:
    for http in connections:
        http.close()


def _in_how_long(error: Exception) -> bool | float:
    """Say whether it is worth another attempt, and how late where Google told."""
    if not isinstance(error, GoogleError) or not error.passing or isinstance(error, SignInFailed):
        return False
    if error.retry_after is not None:
        return min(error.retry_after, _LONGEST_WAIT) if error.retry_after else True
    return True


def _pool(request: HttpRequest) -> Pool:
    method = request.methodId or ""
    if method.startswith("docs."):
        return Pool.DOCS_READ if request.method in _READS else Pool.DOCS_WRITE
    if method.startswith("drive."):
        return Pool.DRIVE
    return Pool.DIRECTORY if method.startswith("directory.") else Pool.CALENDAR


@lru_cache(maxsize=8)  # a program reaches four; tests, many more, one after another
def _service(api: Api, endpoint: str | None) -> Any:  # noqa: ANN401 - the library makes these at run time
    """Build the client of an API from the discovery document that the library brings along; no request is sent."""
    name, version, path = api.value
    options = {"api_endpoint": endpoint.rstrip("/") + path} if endpoint else {}
    return build(name, version, http=_NoHttp(), static_discovery=True, client_options=options)


class _NoHttp(httplib2.Http):  # type: ignore[misc]  # httplib2 ships no types
    """Stands where the library wants a connection before there is one; each request brings its own."""

    def request(self, uri: str, *_: object, **__: object) -> Any:  # noqa: ANN401 - never returns
        """Refuse: a request without a user is a bug."""
        msg = f"a request to {urlsplit(uri).path} was made for nobody"
        raise AssertionError(msg)
