"""The fake Google: one server on loopback that stands in for Calendar, the directory, sign-in, and more if it is given.

with FakeGoogle(DriveAndDocs()) as fake:
    fake.add_account("ann@example.com", "Europe/London")
    fake.delegate(Scope)
    key = fake.service_account_file(folder / "key.json")
    fake.faults.add(UNANSWERED, method="calendar.events.insert", nth=[1])
    ...  # let the program loose on fake.root
    assert fake.violations == []
    assert fake.log.count("calendar.events.insert") == 2
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from google.oauth2.credentials import Credentials

from tests.fake_google import tokens
from tests.fake_google.accounts import Account, Accounts
from tests.fake_google.calendars.model import Calendar
from tests.fake_google.calendars.people import People
from tests.fake_google.calendars.service import CalendarService
from tests.fake_google.calendars.snapshot import snapshot
from tests.fake_google.calendars.store import Mail, Store
from tests.fake_google.calls import Handler, Json, Service
from tests.fake_google.directory import DirectoryService
from tests.fake_google.faults import Faults
from tests.fake_google.log import Log
from tests.fake_google.quota import Quota
from tests.fake_google.serving import Serving
from tests.fake_google.tokens import Tokens
from tests.fake_google.web import Web

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class FakeGoogle:
    """Google, as far as tests need it; a context manager that closes the server."""

    def __init__(self, *services: Service, now: Callable[[], datetime] = lambda: NOW, port: int = 0) -> None:
        """Begin to serve; `services` come beside Calendar and the directory, `now` is the clock of all of them."""
        self.now = now
        self.accounts = Accounts()
        self.tokens = Tokens(self.accounts.may_sign_in)
        self.store = Store(self.accounts, self._clock)
        self.calendar = CalendarService(self.store)
        self.directory = DirectoryService(self.accounts, "example.com")
        self.people = People(self.store)
        self._services = services
        handlers: dict[str, Handler] = {}
        own: tuple[Service, ...] = (self.calendar, self.directory)
        for service in (*own, *services):
            handlers |= service.handlers
        self.serving = Serving(self.tokens, handlers, self._clock)
        self.serving.default_fields = {
            method: fields
            for service in services
            for method, fields in getattr(service, "default_fields", {}).items()
        }
        self._web = Web(self.serving.serve, port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving; everything can still be looked at."""
        self.serving.stopped.set()
        self._web.close()

    def _clock(self) -> datetime:
        return self.now()

    @property
    def root(self) -> str:
        """Return the address under which all APIs are served, without a slash at its end."""
        return self._web.root

    @property
    def faults(self) -> Faults:
        """Return what is to go wrong."""
        return self.serving.faults

    @property
    def log(self) -> Log:
        """Return which requests came."""
        return self.serving.log

    @property
    def violations(self) -> list[str]:
        """Return what was asked, or answered, that Google's discovery documents do not allow."""
        return self.serving.violations

    @property
    def mails(self) -> list[Mail]:
        """Return the mails that went out because a program asked for them."""
        return self.store.mails

    @property
    def latency(self) -> float:
        """Return how many seconds pass before a request is looked at."""
        return self.serving.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self.serving.latency = seconds

    def limit(self, *quotas: Quota) -> None:
        """Refuse requests beyond these quotas, in place of those before; see `google_quotas`."""
        self.serving.quotas = list(quotas)

    def just_before(self, method: str, happen: Callable[[], None]) -> None:
        """Let something happen once, between a program's last request and its next one of this method."""
        self.serving.hooks.append((method, happen))

    def add_account(self, email: str, time_zone: str = "UTC", name: str = "", **more: Any) -> Account:  # noqa: ANN401 - Account's fields
        """Add a person with an empty calendar; `more` are fields of Account."""
        account = Account(email, name or email.partition("@")[0].title(), Calendar(email, time_zone), **more)
        self.accounts.add(account)
        return account

    def delegate(self, scopes: Iterable[str]) -> None:
        """Delegate scopes of the domain to the service account, in place of those before, as its administrator does."""
        self.tokens.delegated = frozenset(str(scope) for scope in scopes)

    def service_account_file(self, path: Path) -> Path:
        """Write the service account's key file, and return its path."""
        return tokens.service_account_file(path, self.root)

    def client_secrets_file(self, path: Path) -> Path:
        """Write the file of a desktop app's OAuth client, and return its path."""
        return tokens.client_secrets_file(path, self.root)

    def authorized_user(self, user: str, scopes: Collection[str]) -> Credentials:
        """Return credentials of a person who consented to these scopes earlier; their access token is yet to come."""
        wanted = [str(scope) for scope in scopes]
        return Credentials(  # type: ignore[no-untyped-call]  # google-auth's constructor has no types
            None,
            refresh_token=self.tokens.refresh_token(user, wanted),
            token_uri=f"{self.root}/token",
            client_id=tokens.CLIENT_ID,
            client_secret=tokens.CLIENT_SECRET,
            scopes=wanted,
        )

    def expire_tokens(self) -> None:
        """Let all access tokens run out, so that the next request of each is answered 401."""
        with self.serving.lock:
            self.tokens.expire()

    def revoke(self, user: str) -> None:
        """Let a person take back what they consented to."""
        with self.serving.lock:
            self.tokens.revoke(user)

    def state(self) -> Json:
        """Return all that a run leaves behind, in a form that can be compared with another run's.

        See `snapshot` for what is left out; the services' own `state()` says what they hold, by class name.
        """
        with self.serving.lock:
            found: Json = {"calendars": snapshot(self.store), "mails": sorted(self.mails)}
            for service in self._services:
                own = getattr(service, "state", None)
                if own is not None:
                    found[type(service).__name__] = own()
            return found
