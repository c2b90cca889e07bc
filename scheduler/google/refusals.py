"""What a token endpoint's refusal means, in one sentence, and what mends it.

The words are OAuth's (RFC 6749, section 5.2) and, where that says too little, Google's own descriptions, as its users
report them. A description is matched, never passed on: it may quote what was sent.
"""

from collections.abc import Sequence

from scheduler.google.credentials import ServiceAccountKey
from scheduler.google.scopes import Scope
from scheduler.google.tokens import LOG_IN
from scheduler.google.trouble import SignInFailed

NOT_DELEGATED = frozenset({"unauthorized_client", "access_denied", "invalid_scope"})
_NEW_KEY = "make a new key for it and name that in 'credentials' of [google] (docs/google.md)"
_NEW_CLIENT = "make an OAuth client of the type 'Desktop app' and name its file in 'credentials' of [google]"


def delegation_refused(
    code: str, description: str, key: ServiceAccountKey, user: str, scopes: Sequence[Scope]
) -> SignInFailed:
    """Say why a service account got no token for this user."""
    said = description.lower()
    if code in NOT_DELEGATED:
        return lacking(key, user, scopes)
    if "email or user id" in said or "impersonation" in said:
        what = f"Google knows no user {user}, or the account is suspended"
        return SignInFailed(
            what,
            "mend the address in the roster or have the account restored; whose calendar is elsewhere needs it named in `calendar`, and who is to have no 1-2-1 `none` in `cadence`",
        )
    if "timeframe" in said or "iat and exp" in said or "too early" in said or "expired" in said:
        what = "Google takes the request to be from another time: the clock of this machine is wrong"
        return SignInFailed(what, "set the clock (timedatectl set-ntp true)")
    if "signature" in said or "no certificate" in said or "certificate for key" in said:
        return SignInFailed(f"the key in {key.path} was deleted, or is not of {key.email}", _NEW_KEY)
    if "account not found" in said or code in {"invalid_client", "deleted_client", "disabled_client"}:
        what = f"the service account {key.email} was deleted or switched off"
        return SignInFailed(what, "restore it in the Google Cloud console, or name the key of another")
    return SignInFailed(
        f"Google gives {key.email} no token for {user} ({_word(code)})", "onetoone auth status says more"
    )


def lacking(key: ServiceAccountKey, user: str, scopes: Sequence[Scope]) -> SignInFailed:
    """Say that these scopes are not delegated to the service account."""
    what = f"{key.email} may not speak for {user}: not delegated to it, or not yet, is at least one of {listed(scopes)}"
    if len(scopes) == 1:
        what = f"{key.email} may not speak for {user}: not delegated to it, or not yet, is {listed(scopes)}"
    remedy = (
        f"in the Admin console, under Domain-wide delegation, grant client {key.client_id} the scopes that "
        "`onetoone auth status` lists; it can take a day"
    )
    return SignInFailed(what, remedy)


def sign_in_refused(code: str, description: str, account: str) -> SignInFailed:
    """Say why the sign-in of one person is not good any more."""
    said = description.lower()
    if code in {"invalid_client", "deleted_client", "disabled_client"}:
        return SignInFailed(
            "the OAuth client of 'credentials' was deleted, or its secret changed", _NEW_CLIENT
        )
    if code == "unauthorized_client":
        return SignInFailed(
            f"the sign-in of {account} was made through another OAuth client; it is of no use here", LOG_IN
        )
    if code == "invalid_scope":
        return SignInFailed(f"the sign-in of {account} does not cover every scope that is needed now", LOG_IN)
    if "rapt" in said or "reauth" in said:
        return SignInFailed(f"the organisation's policy asks {account} to sign in anew", LOG_IN)
    if code == "invalid_grant":
        what = f"the sign-in of {account} was revoked, or has run out"
        return SignInFailed(what, LOG_IN)
    return SignInFailed(f"Google gives no token for {account} ({_word(code)})", LOG_IN)


def listed(scopes: Sequence[str]) -> str:
    """Return scopes by their last parts, which are what people know them by."""
    return ", ".join(scope.rpartition("/")[2] for scope in scopes)


def told(arguments: Sequence[object]) -> tuple[str, str]:
    """Read OAuth's word and its description from the arguments of google-auth's RefreshError."""
    for found in arguments:
        if isinstance(found, dict):
            subtype = f" {found['error_subtype']}" if "error_subtype" in found else ""
            return str(found.get("error", "")), f"{found.get('error_description', '')}{subtype}"
    return "", str(arguments[0]) if arguments else ""


def is_refusal(arguments: Sequence[object]) -> bool:
    """Say whether the endpoint refused, in a word of OAuth's; else what answered is a proxy, or an endpoint in trouble."""
    return _is_word(told(arguments)[0])


def _word(code: str) -> str:
    """Return the endpoint's word where it is one: whatever else it sent is not passed on."""
    return code if _is_word(code) else "an answer that is not OAuth's"


def _is_word(code: str) -> bool:
    return code.replace("_", "").isalpha() and code.islower()
