"""OAuth 2.0 as Google's token endpoint speaks it: three grants, access tokens that run out, consent, revocation.

Times here are the real ones, not the fake's clock: the client library signs and expires by the machine's.
https://developers.google.com/identity/protocols/oauth2
"""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from tests.fake_google.calls import Json

AUDIENCE = "https://oauth2.googleapis.com/token"  # in a signed request, whatever address it is sent to
LIFETIME = 3599
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class Refused(Exception):
    """The token endpoint says no: an HTTP status, OAuth's word, a sentence."""

    def __init__(self, status: int, error: str, description: str) -> None:
        """Keep what is to be answered."""
        self.status = status
        self.answer = {"error": error, "error_description": description}
        super().__init__(f"{error}: {description}")


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access token allows: requests as this user, of methods that accept one of the scopes."""

    user: str
    scopes: frozenset[str]
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class _Code:
    grant: Grant
    redirect_uri: str
    challenge: str | None


@dataclass
class Tokens:
    """Who may sign in and with which tokens; `known` says whether an address is an account's, `now` is in seconds.

    `delegated` are the scopes that the domain's administrator delegated to the service account. `consenting` is the
    person at the browser: None refuses, and `grants` (unless None) is the part of the scopes that they agree to.
    """

    known: Callable[[str], bool]
    now: Callable[[], float] = time.time
    delegated: frozenset[str] = frozenset()
    consenting: str | None = None
    grants: frozenset[str] | None = None
    _access: dict[str, Grant] = field(default_factory=dict)
    _refresh: dict[str, Grant] = field(default_factory=dict)
    _codes: dict[str, _Code] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=count)

    def grant_of(self, token: str) -> Grant | None:
        """Return what an access token allows; None if it is unknown, revoked or has run out."""
        grant = self._access.get(token)
        return grant if grant and grant.until > self.now() else None

    def expire(self) -> None:
        """Let all access tokens run out; refresh tokens stay good."""
        self._access.clear()

    def revoke(self, user: str) -> None:
        """Take a user's tokens back, as they do on their account's page; also what an administrator's reset does."""
        for tokens in (self._access, self._refresh):
            for token in [token for token, grant in tokens.items() if grant.user == user]:
                del tokens[token]

    def revoke_token(self, token: str) -> None:
        """Take one token back, and with it all of that user's; raise Refused if there is none."""
        grant = self._refresh.get(token) or self._access.get(token)
        if grant is None:
            raise Refused(400, "invalid_token", "Token expired or revoked")
        self.revoke(grant.user)

    def refresh_token(self, user: str, scopes: Collection[str]) -> str:
        """Return a refresh token, as a user has who consented earlier."""
        token = f"1//fake-refresh-{next(self._numbers)}"
        self._refresh[token] = Grant(user, frozenset(scopes))
        return token

    def answer(self, form: Mapping[str, str]) -> Json:
        """Answer a request of the token endpoint; raise Refused."""
        kind = form.get("grant_type")
        if kind == _JWT:
            return self._signed(form.get("assertion", ""))
        if form.get("client_id") != CLIENT_ID or form.get("client_secret") != CLIENT_SECRET:
            raise Refused(401, "invalid_client", "The OAuth client was not found.")
        if kind == "refresh_token":
            return self._refreshed(form.get("refresh_token", ""))
        if kind == "authorization_code":
            return self._exchanged(form)
        raise Refused(400, "unsupported_grant_type", f"Invalid grant_type: {kind}")

    def consent(self, query: Mapping[str, str]) -> str:
        """Return where the consent page sends the browser: to the redirect URI, with a code or with an error."""
        back = {"state": query["state"]} if "state" in query else {}
        if self.consenting is None:
            back["error"] = "access_denied"
        else:
            asked = frozenset(query["scope"].split())
            scopes = asked if self.grants is None else asked & self.grants
            code = f"4/fake-code-{next(self._numbers)}"
            grant = Grant(self.consenting, scopes)
            self._codes[code] = _Code(grant, query["redirect_uri"], query.get("code_challenge"))
            back |= {"code": code, "scope": " ".join(sorted(scopes))}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def _signed(self, assertion: str) -> Json:
        try:
            claims: Json = jwt.decode(  # type: ignore[no-untyped-call]  # google-auth's jwt has no types
                assertion, certs=_public_key(), audience=AUDIENCE, clock_skew_in_seconds=300
            )
        except ValueError as error:
            raise Refused(400, "invalid_grant", f"Invalid JWT: {error}") from None
        if claims.get("iss") != SERVICE_ACCOUNT:
            raise Refused(400, "invalid_grant", "Invalid grant: account not found")
        user, scopes = claims.get("sub", ""), frozenset(claims.get("scope", "").split())
        if not self.known(user):
            raise Refused(400, "invalid_grant", "Invalid email or User ID")
        if not scopes or not scopes <= self.delegated:
            sentence = "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested."
            raise Refused(401, "unauthorized_client", sentence)
        return self._fresh(Grant(user, scopes))

    def _refreshed(self, token: str) -> Json:
        grant = self._refresh.get(token)
        if grant is None or not self.known(grant.user):
            raise Refused(400, "invalid_grant", "Token has been expired or revoked.")
        return self._fresh(grant)

    def _exchanged(self, form: Mapping[str, str]) -> Json:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.redirect_uri != form.get("redirect_uri"):
            raise Refused(400, "invalid_grant", "Malformed auth code.")
        if code.challenge is not None and code.challenge != _challenge(form.get("code_verifier", "")):
            raise Refused(400, "invalid_grant", "Invalid code verifier.")
        token = self.refresh_token(code.grant.user, code.grant.scopes)
        return self._fresh(code.grant) | {"refresh_token": token}

    def _fresh(self, grant: Grant) -> Json:
        token = f"ya29.fake-access-{next(self._numbers)}"
        self._access[token] = Grant(grant.user, grant.scopes, self.now() + LIFETIME)
        scope = " ".join(sorted(grant.scopes))
        return {"access_token": token, "expires_in": LIFETIME, "scope": scope, "token_type": "Bearer"}


CLIENT_ID = "1234567890-fake.apps.googleusercontent.com"
CLIENT_SECRET = "fake-client-secret"  # noqa: S105 - the fake's own
SERVICE_ACCOUNT = "onetoone@fake-project.iam.gserviceaccount.com"
_KEY_ID = "fake-key-1"


def service_account_file(path: Path, root: str) -> Path:
    """Write the key file of the service account, as the Cloud console hands it out; `root` is the fake's address."""
    private = _key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    content = {
        "type": "service_account",
        "project_id": "fake-project",
        "private_key_id": _KEY_ID,
        "private_key": private.decode(),
        "client_email": SERVICE_ACCOUNT,
        "client_id": "100000000000000000001",
        "token_uri": f"{root}/token",
    }
    path.write_text(json.dumps(content))
    return path


def client_secrets_file(path: Path, root: str) -> Path:
    """Write the file of an OAuth client of the type 'desktop app'; `root` is the fake's address."""
    installed = {
        "client_id": CLIENT_ID,
        "project_id": "fake-project",
        "auth_uri": f"{root}/o/oauth2/auth",
        "token_uri": f"{root}/token",
        "client_secret": CLIENT_SECRET,
        "redirect_uris": ["http://localhost"],
    }
    path.write_text(json.dumps({"installed": installed}))
    return path


@cache
def _key() -> rsa.RSAPrivateKey:
    """Return this process's key pair; making one takes a while, and every fake may share it."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _public_key() -> dict[str, bytes]:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return {_KEY_ID: _key().public_key().public_bytes(serialization.Encoding.PEM, form)}


def _challenge(verifier: str) -> str:
    """Turn a PKCE verifier into its S256 challenge (RFC 7636, section 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
