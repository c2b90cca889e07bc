"""What Google answers when it does not do what it was asked, and how that is said to people.

Which answers mean what: https://developers.google.com/calendar/api/guides/errors
"""

import json
from typing import Any

from scheduler.errors import Problem

_RATE = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_SPENT = frozenset({"quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"})
_LATER = frozenset({500, 502, 503, 504})
_TOO_MANY = 429


class GoogleError(Exception):
    """An answer that is no success: its HTTP status, Google's own word for the reason, its message.

    `status` is 0 where there was no answer at all. `retry_after` is how many seconds Google asked to wait.
    Neither the message nor anything else of it holds a token.
    """

    def __init__(
        self, status: int, reason: str = "", message: str = "", *, retry_after: float | None = None
    ) -> None:
        """Keep what was answered."""
        self.status = status
        self.reason = reason
        self.message = message
        self.retry_after = retry_after
        super().__init__(f"{status} {reason}".strip())

    @property
    def passing(self) -> bool:
        """Say whether the same request may succeed a little later."""
        if self.status in {0, _TOO_MANY} or self.status in _LATER:
            return True
        return self.status == 403 and self.reason in _RATE  # noqa: PLR2004 - an HTTP status is best read as its number

    @property
    def spent(self) -> bool:
        """Say whether an allowance is used up that comes back in hours: asking again is of no use."""
        return self.status in {403, 429} and self.reason in _SPENT

    @property
    def lacks_scope(self) -> bool:
        """Say whether the token is good, but not for this."""
        said = f"{self.reason} {self.message}".lower()
        return self.status == 403 and "scope" in said  # noqa: PLR2004 - as above

    @property
    def switched_off(self) -> bool:
        """Say whether the project has not switched the API on."""
        return self.reason in {"accessNotConfigured", "SERVICE_DISABLED"}

    def problem(self, where: str) -> Problem:
        """Say it to people: where, what is wrong, what to do."""
        return Problem(where, *_words(self))


class SignInFailed(GoogleError):
    """There is no token for this user: the sentence and the remedy say what would mend it."""

    def __init__(self, what: str, remedy: str) -> None:
        """Keep the sentence and its remedy."""
        self.what = what
        self.remedy = remedy
        super().__init__(401, "signIn", what)

    def problem(self, where: str) -> Problem:
        """Say it to people."""
        return Problem(where, self.what, self.remedy)


def error_of(status: int, content: bytes, retry_after: str | None = None) -> GoogleError:
    """Read an answer that is no success; Calendar and Drive name a reason, the newer APIs a status."""
    reason, message = "", ""
    try:
        found: Any = json.loads(content)["error"]
        first = (found.get("errors") or [{}])[0]
        reason = str(first.get("reason") or found.get("status") or "")
        message = str(found.get("message") or "")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        pass
    return GoogleError(status, reason, message, retry_after=_seconds(retry_after))


def _seconds(text: str | None) -> float | None:
    """Read Retry-After in seconds; its other form, a date, is not what these APIs send."""
    try:
        return max(float(text), 0.0) if text is not None else None
    except ValueError:
        return None


_BY_STATUS = {
    401: ("Google does not accept the sign-in any more", "onetoone auth status says more"),
    404: (
        "Google knows no such calendar, document or user",
        "look at the address; is the account still there?",
    ),
}


def _words(error: GoogleError) -> tuple[str, str]:
    said = f"{error.status} {error.reason}".strip()
    if error.spent:
        words = f"Google takes no more for now: an allowance is used up ({said})", "run again in some hours"
    elif error.status == 0:
        words = (
            f"Google could not be reached ({error.reason})",
            "look at the network; the next run tries again",
        )
    elif error.passing:
        words = f"Google did not do it, asked several times ({said})", "the next run tries again"
    elif error.status == 403:  # noqa: PLR2004 - as above
        words = _forbidden(error, said)
    else:
        unusual = f"Google refused it ({said})", "run again with --verbose; if it stays, please report it"
        words = _BY_STATUS.get(error.status, unusual)
    return words


def _forbidden(error: GoogleError, said: str) -> tuple[str, str]:
    if error.lacks_scope:
        return f"the sign-in lacks a scope ({said})", "docs/google.md says which scopes are needed"
    if error.switched_off:
        return "an API is not switched on in the Google Cloud project", "docs/google.md says which, and where"
    return f"Google does not allow it ({said})", "docs/google.md says what has to be granted"
