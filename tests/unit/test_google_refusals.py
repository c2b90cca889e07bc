"""What a token endpoint's refusal means: one sentence each, and what mends it."""

from pathlib import Path

import pytest

from scheduler.google.refusals import delegation_refused, sign_in_refused, told
from scheduler.google.scopes import Scope
from tests.unit.google_builders import key

_SCOPES = (Scope.EVENTS_OWNED, Scope.FREE_BUSY)


@pytest.mark.parametrize(
    ("code", "description", "what", "remedy"),
    [
        (
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.",
            "may not speak for bo@example.com: not delegated to it, or not yet, is at least one of calendar.events.owned, calendar.freebusy",
            "in the Admin console, under Domain-wide delegation, grant client 1001 the scopes",
        ),
        (
            "access_denied",
            "Requested client not authorized.",
            "may not speak for bo@example.com",
            "Admin console",
        ),
        (
            "invalid_scope",
            "calendar is not a valid audience string.",
            "may not speak for bo@",
            "Admin console",
        ),
        (
            "invalid_grant",
            "Invalid email or User ID",
            "Google knows no user bo@example.com, or the account is suspended",
            "mend the address in the roster",
        ),
        ("invalid_request", 'Invalid impersonation "sub" field: bo', "Google knows no user bo@", "mend the"),
        (
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.",
            "the clock of this machine is wrong",
            "set the clock (timedatectl set-ntp true)",
        ),
        (
            "invalid_grant",
            "Invalid JWT Signature.",
            "was deleted, or is not of onetoone@project",
            "make a new key",
        ),
        (
            "invalid_grant",
            "Invalid JWT: Could not verify token signature.",
            "was deleted, or is not of onetoone@project",
            "make a new key",
        ),
        ("invalid_grant", "Invalid grant: account not found", "was deleted or switched off", "restore it"),
        ("disabled_client", "The OAuth client was disabled.", "was deleted or switched off", "restore it"),
        (
            "weird",
            "secret-description",
            "gives onetoone@project.iam.gserviceaccount.com no token for bo@example.com (weird)",
            "auth status",
        ),
        (
            "",
            "<html>secret-description",
            "no token for bo@example.com (an answer that is not OAuth's)",
            "auth status",
        ),
    ],
)
def test_why_a_service_account_gets_no_token(
    tmp_path: Path, code: str, description: str, what: str, remedy: str
) -> None:
    """As Google's users report its answers; what it describes is never passed on."""
    found = delegation_refused(code, description, key(tmp_path), "bo@example.com", _SCOPES)
    assert what in found.what
    assert remedy in found.remedy
    assert "secret-description" not in str(found.problem("x"))
    assert not found.passing


@pytest.mark.parametrize(
    ("code", "description", "what", "remedy"),
    [
        ("invalid_grant", "Token has been expired or revoked.", "was revoked, or has run out", "auth login"),
        ("invalid_grant", "Bad Request", "was revoked, or has run out", "auth login"),
        ("invalid_grant", "reauth related error invalid_rapt", "policy asks ann@example.com", "auth login"),
        (
            "invalid_client",
            "The OAuth client was not found.",
            "client of 'credentials' was deleted",
            "make an OAuth",
        ),
        (
            "deleted_client",
            "The OAuth client was deleted.",
            "client of 'credentials' was deleted",
            "make an OAuth",
        ),
        ("unauthorized_client", "Unauthorized", "through another OAuth client", "auth login"),
        ("invalid_scope", "Some requested scopes were invalid", "does not cover every scope", "auth login"),
        (
            "Odd One",
            "secret-description",
            "no token for ann@example.com (an answer that is not OAuth's)",
            "auth login",
        ),
    ],
)
def test_why_a_sign_in_is_not_good_any_more(code: str, description: str, what: str, remedy: str) -> None:
    """Most of it is mended by signing in anew."""
    found = sign_in_refused(code, description, "ann@example.com")
    assert what in found.what
    assert remedy in found.remedy
    assert "secret-description" not in str(found.problem("x"))


def test_what_the_library_tells_of_a_refusal() -> None:
    """OAuth's two words, and Google's own for a session that has to be proved anew; a text where it is no JSON."""
    data = {
        "error": "invalid_grant",
        "error_description": "reauth related error",
        "error_subtype": "invalid_rapt",
    }
    assert told(("invalid_grant: reauth", data)) == ("invalid_grant", "reauth related error invalid_rapt")
    assert told(("<html>",)) == ("", "<html>")
    assert told(("x", {})) == ("", "")
    assert told(()) == ("", "")
