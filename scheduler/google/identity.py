"""Who signs in: one person with a sign-in of their own, or a service account that speaks for a whole domain.

Both give credentials user by user, to many threads at once. The libraries for Google are needed from here on; what
this module is given was read without them.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials as OneUser
from google.oauth2.service_account import Credentials as ServiceAccount

from scheduler.errors import BadConfig, Problem, WriteFailed
from scheduler.google.credentials import ClientSecrets, ServiceAccountKey
from scheduler.google.refusals import delegation_refused, listed, sign_in_refused, told
from scheduler.google.scopes import Scope
from scheduler.google.tokens import LOG_IN, StoredToken, keep_token, read_token
from scheduler.google.trouble import SignInFailed


class SharedCredentials(Credentials):
    """One user's access token, got anew by one thread while the others wait for it.

    It stands before the library's own credentials, which would look up more than a token: for a service account they
    ask a further host of Google's for regions, on the connection of the request. Here a request is preceded by a
    token at most, from the credentials' `token_uri`.
    """

    def __init__(self, inner: Any, renewed: Callable[[Any], None] = lambda _inner: None) -> None:  # noqa: ANN401 - either of the library's two
        """Begin with the inner credentials' token; `renewed` is called with them after each new one."""
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth types only part of itself
        self._inner = inner
        self._renewed = renewed
        self._lock = threading.Lock()
        self._used = threading.local()
        self.token, self.expiry = inner.token, inner.expiry

    def apply(self, headers: dict[str, str], token: str | None = None) -> None:
        """Sign a request, and note with which token: one that is refused afterwards is to be renewed."""
        self._used.token = token or self.token
        super().apply(headers, token)  # type: ignore[no-untyped-call]  # google-auth types only part of itself

    def refresh(self, request: Any) -> None:  # noqa: ANN401 - the library's protocol for a transport
        """Get a new access token, unless another thread just did; raises RefreshError."""
        with self._lock:
            if not (self.valid and self.token != getattr(self._used, "token", None)):
                self._renew(request)

    def renew(self, request: Any) -> None:  # noqa: ANN401 - as above
        """Get a new access token, however good the old one is, to see whether it can be had; raises RefreshError."""
        with self._lock:
            self._renew(request)

    def _renew(self, request: Any) -> None:  # noqa: ANN401 - as above
        self._inner.refresh(request)
        self.token, self.expiry = self._inner.token, self._inner.expiry
        self._renewed(self._inner)


class Delegated:
    """A service account with domain-wide delegation: it speaks for whichever user it is asked for."""

    def __init__(self, key: ServiceAccountKey, scopes: Sequence[Scope]) -> None:
        """Take up the key, for these scopes; raise BadConfig where it is no key."""
        self.key = key
        self.scopes = tuple(scopes)
        self._users: dict[str, SharedCredentials] = {}
        self._lock = threading.Lock()
        try:
            self._account = ServiceAccount.from_service_account_info(  # type: ignore[no-untyped-call]  # google-auth types only part of itself
                key.info, scopes=list(self.scopes)
            )
        except ValueError:
            what = "the private key in it can't be read"
            raise BadConfig(
                Problem(str(key.path), what, "download it anew; docs/google.md says where")
            ) from None

    @property
    def account(self) -> None:
        """No one address: it speaks for the whole domain."""
        return

    def credentials_for(self, user: str) -> SharedCredentials:
        """Return this user's credentials, the same ones each time."""
        with self._lock:
            found = self._users.get(user)
            if found is None:
                found = self._users[user] = SharedCredentials(self._account.with_subject(user))
            return found

    def explained(self, error: RefreshError, user: str) -> SignInFailed:
        """Say what the token endpoint's refusal means, and what mends it."""
        return delegation_refused(*told(error.args), self.key, user, self.scopes)


class SignedIn:
    """One person's own sign-in: it speaks for them alone."""

    def __init__(self, secrets: ClientSecrets, scopes: Sequence[Scope], state: Path) -> None:
        """Speak for whoever's sign-in is kept in the state folder; it is read when it is first needed."""
        self.secrets = secrets
        self.scopes = tuple(scopes)
        self._state = state
        self._token: StoredToken | None = None
        self._credentials: SharedCredentials | None = None
        self._lock = threading.Lock()

    @property
    def account(self) -> str:
        """The address of whoever is signed in; raises SignInFailed where nobody is, or not for all that is needed."""
        return self._signed_in()[0].account

    def credentials_for(self, user: str) -> SharedCredentials:
        """Return the credentials of whoever is signed in; raise SignInFailed where that is not this user."""
        token, credentials = self._signed_in()
        if user.casefold() != token.account.casefold():
            what = f"signed in is {token.account}, whose sign-in reaches nobody else's calendar or documents"
            raise SignInFailed(what, "an organisation needs a service account (docs/google.md)")
        return credentials

    def explained(self, error: RefreshError, user: str) -> SignInFailed:
        """Say what the token endpoint's refusal means, and what mends it."""
        return sign_in_refused(*told(error.args), user)

    def _signed_in(self) -> tuple[StoredToken, SharedCredentials]:
        with self._lock:
            if self._token is None or self._credentials is None:
                self._token = self._usable(read_token(self._state))
                self._credentials = SharedCredentials(_one_user(self.secrets, self._token), self._keep)
            return self._token, self._credentials

    def _usable(self, token: StoredToken | None) -> StoredToken:
        if token is None:
            what = "nobody is signed in to Google"
            raise SignInFailed(what, LOG_IN)
        if token.client_id != self.secrets.client_id:
            raise sign_in_refused(code="unauthorized_client", description="", account=token.account)
        missing = [scope for scope in self.scopes if scope not in token.scopes]
        if missing:
            what = f"the sign-in of {token.account} does not cover {listed(missing)}"
            raise SignInFailed(what, LOG_IN)
        return token

    def _keep(self, renewed: OneUser) -> None:
        """Keep a renewed access token; where the state may not be written, the next command renews it again."""
        if self._token is None:  # pragma: no cover - credentials are made from it
            return
        try:
            keep_token(self._state, _renewed(self._token, renewed))
        except WriteFailed:
            return


class JustSignedIn:
    """A sign-in that was just made; whose it is has still to be asked, so it speaks for whichever user is named."""

    def __init__(self, secrets: ClientSecrets, token: StoredToken) -> None:
        """Speak with this token, which is not kept yet."""
        self._credentials = SharedCredentials(_one_user(secrets, token))

    @property
    def account(self) -> None:
        """Not known yet."""
        return

    def credentials_for(self, user: str) -> SharedCredentials:  # noqa: ARG002 - as the protocol has it
        """Return the credentials of whoever it is."""
        return self._credentials

    def explained(self, error: RefreshError, user: str) -> SignInFailed:  # noqa: ARG002 - as the protocol has it
        """Say what the token endpoint's refusal means, and what mends it."""
        return sign_in_refused(*told(error.args), "this person")


def _one_user(secrets: ClientSecrets, token: StoredToken) -> OneUser:
    return OneUser(  # type: ignore[no-untyped-call]  # google-auth types only part of itself
        token=token.access_token,
        refresh_token=token.refresh_token,
        token_uri=secrets.token_uri,
        client_id=secrets.client_id,
        client_secret=secrets.info["installed"]["client_secret"],
        expiry=token.expiry.astimezone(UTC).replace(tzinfo=None) if token.expiry else None,
    )


def _renewed(token: StoredToken, renewed: OneUser) -> StoredToken:
    """Return a sign-in with the tokens that the library got for it."""
    return StoredToken(
        account=token.account,
        client_id=token.client_id,
        scopes=token.scopes,
        expiry=_aware(renewed.expiry),
        access_token=renewed.token,
        refresh_token=renewed.refresh_token or token.refresh_token,
    )


def _aware(naive: datetime | None) -> datetime | None:
    """Return a time of the library's, which is in UTC and does not say so, as one that does."""
    return naive.replace(tzinfo=UTC) if naive else None
