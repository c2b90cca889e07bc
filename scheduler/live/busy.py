"""Facts about busy times: that a report's are told, and over how long; nothing of what is told is kept or shown."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from scheduler.google.client import Api
from scheduler.google.scopes import Scope
from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, Untried, differs, failed, holds
from scheduler.live.ground import Ground
from scheduler.live.interface import Check

_MOST = 90
_REPORT = "a report's busy times are told to their manager, with the scope that was asked for"
_NINETY = "busy times can be asked for over 90 days at once"
_NO_MORE = "over 91 days they are refused"
_BAD_REQUEST = 400


def _of_report(ground: Ground) -> Iterable[Finding]:
    """Ask about one report as a run would: as their manager, and as the report where the manager may not see it."""
    _need_busy(ground)
    report = ground.here.report
    if report is None:
        why = f"{ground.user} has no report on the roster whose calendar is Google's"
        raise Untried(why)
    wrong = _wrong(ground, ground.user, report.email)
    if wrong is None:
        return (holds(_REPORT),)
    if ground.google.account is None and _wrong(ground, report.email, report.email) is None:
        then = f"that manager is not told ({wrong}); the program then asks as the report, and is told"
        return (differs(_REPORT, then),)
    then = f"they are not told ({wrong}); let colleagues see free/busy, or set full_reports = true under [google]"
    return (failed(_REPORT, then),)


def _asked(ground: Ground) -> Iterable[Finding]:
    _need_busy(ground)
    return _over_ninety(ground), _over_more(ground)


def _need_busy(ground: Ground) -> None:
    ground.need_calendars()
    if Scope.FREE_BUSY not in ground.here.scopes:
        why = "with full_reports no busy times are asked for"
        raise Untried(why)


def _over_ninety(ground: Ground) -> Finding:
    try:
        wrong = _wrong(ground, ground.user, ground.user)
    except GoogleError as error:
        if error.status != _BAD_REQUEST:
            raise
        then = "reports' busy times can't be read; set full_reports = true under [google], and report it"
        return failed(_NINETY, then)
    if wrong is not None:
        return failed(_NINETY, "one's own busy times are not told; set full_reports = true under [google]")
    return holds(_NINETY)


def _over_more(ground: Ground) -> Finding:
    try:
        _query(ground, _MOST + 1, ground.user, ground.user)
    except GoogleError as error:
        if error.status != _BAD_REQUEST:
            raise
        return holds(_NO_MORE)
    return differs(_NO_MORE, "they are told; the program asks for 90 days at a time all the same")


def _wrong(ground: Ground, user: str, calendar: str) -> str | None:
    """Return why a calendar's busy times are not told to a user; None where they are."""
    told = _query(ground, _MOST, user, calendar).get(calendar)
    if told is None:
        return "nothing was answered"
    return next((str(error.get("reason")) for error in told.get("errors", ())), None)


def _query(ground: Ground, days: int, user: str, calendar: str) -> dict[str, Any]:
    start = ground.here.start.astimezone(UTC)  # a day is 24 hours here, whatever clocks do
    body = {
        "timeMin": start.isoformat(),
        "timeMax": (start + timedelta(days=days)).isoformat(),
        "items": [{"id": calendar}],
    }
    request = ground.google.collection(Api.CALENDAR, "freebusy").query(body=body, fields="calendars")
    found: dict[str, Any] = ground.google.send(request, user=user)["calendars"]
    return found


CHECKS = (Check(_REPORT, _of_report), Check(_NINETY, _asked))
