"""What Google answers when it refuses: what may pass, what is used up, and how it is said."""

import json

import pytest

from scheduler.google.trouble import GoogleError, SignInFailed, error_of


def answer(code: int, reason: str, message: str = "") -> bytes:
    """Return an answer as Calendar and Drive word it."""
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return json.dumps({"error": {"errors": errors, "code": code, "message": message}}).encode()


def test_both_forms_of_an_answer_are_read() -> None:
    """Calendar and Drive name a reason, Docs and the newer APIs a status."""
    found = error_of(403, answer(403, "rateLimitExceeded", "slow down"), "7")
    assert (found.status, found.reason, found.message) == (403, "rateLimitExceeded", "slow down")
    assert found.retry_after == 7.0
    newer = json.dumps({"error": {"code": 400, "status": "FAILED_PRECONDITION", "message": "m"}}).encode()
    assert error_of(400, newer).reason == "FAILED_PRECONDITION"


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[]", b"{}", b'{"error": "x"}', b'{"error": {"errors": [3]}}', b"\xff"]
)
def test_an_answer_that_says_nothing_is_read_all_the_same(content: bytes) -> None:
    """By its status alone."""
    found = error_of(502, content)
    assert (found.status, found.reason) == (502, "")
    assert found.passing


@pytest.mark.parametrize(
    ("text", "seconds"), [("0", 0.0), ("-3", 0.0), ("1.5", 1.5), ("Wed, 21 Oct", None), (None, None)]
)
def test_retry_after_is_seconds_or_nothing(text: str | None, seconds: float | None) -> None:
    """Its other form, a date, is passed over."""
    assert error_of(503, b"", text).retry_after == seconds


@pytest.mark.parametrize(
    ("status", "reason", "passing", "spent"),
    [
        (0, "timeout", True, False),
        (429, "rateLimitExceeded", True, False),
        (403, "rateLimitExceeded", True, False),
        (403, "userRateLimitExceeded", True, False),
        (403, "quotaExceeded", False, True),
        (403, "dailyLimitExceeded", False, True),
        (403, "forbidden", False, False),
        *((status, "backendError", True, False) for status in (500, 502, 503, 504)),
        *((status, "x", False, False) for status in (400, 401, 404, 408, 409, 410, 412, 501)),
    ],
)
def test_what_may_pass_and_what_is_used_up(status: int, reason: str, *, passing: bool, spent: bool) -> None:
    """An allowance that comes back in hours is not asked for again."""
    found = GoogleError(status, reason)
    assert (found.passing, found.spent) == (passing, spent)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (GoogleError(0, "TimeoutError"), "Google could not be reached (TimeoutError); look at the network"),
        (GoogleError(503), "Google did not do it, asked several times (503); the next run tries again"),
        (
            GoogleError(403, "quotaExceeded"),
            "Google takes no more for now: an allowance is used up (403 quota",
        ),
        (
            GoogleError(429, "dailyLimitExceeded"),
            "Google takes no more for now: an allowance is used up (429",
        ),
        (GoogleError(401), "Google does not accept the sign-in any more; onetoone auth status says more"),
        (
            GoogleError(404, "notFound"),
            "Google knows no such calendar, document or user; look at the address",
        ),
        (GoogleError(400, "badRequest"), "Google refused it (400 badRequest); run again with --verbose"),
        (
            GoogleError(403, "insufficientPermissions", "Insufficient scopes"),
            "the sign-in lacks a scope (403",
        ),
        (GoogleError(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), "the sign-in lacks a scope (403 ACCESS"),
        (
            GoogleError(403, "accessNotConfigured"),
            "an API is not switched on in the Google Cloud project; docs",
        ),
        (GoogleError(403, "SERVICE_DISABLED"), "an API is not switched on in the Google Cloud project; docs"),
        (GoogleError(403, "forbidden"), "Google does not allow it (403 forbidden); docs/google.md says"),
        (SignInFailed("nobody is signed in", "do so"), "nobody is signed in; do so"),
    ],
)
def test_each_is_said_in_one_sentence(error: GoogleError, sentence: str) -> None:
    """What is wrong, and what to do."""
    assert str(error.problem("the calendar of ann@example.com")).startswith(
        f"the calendar of ann@example.com: {sentence}"
    )
