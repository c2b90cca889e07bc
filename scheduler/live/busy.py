"""Facts about busy times: over how long they can be asked for, of the person's own calendar alone."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from scheduler.google.client import Api
from scheduler.google.scopes import Scope
from scheduler.google.trouble import GoogleError
from scheduler.live.finding import Finding, Untried, differs, failed, holds, untried
from scheduler.live.ground import Ground
from scheduler.live.interface import Check

_MOST = 90
_NINETY = "busy times can be asked for over 90 days at once"
_NO_MORE = "over 91 days they are refused"
_FIFTY = "fifty calendars can be asked for at once"
_NOBODY = "no real people are asked about for a test; the program asks for fifty at most"
_BAD_REQUEST = 400


def _asked(ground: Ground) -> Iterable[Finding]:
    ground.need_calendars()
    if Scope.FREE_BUSY not in ground.here.scopes:
        why = "with full_reports no busy times are asked for"
        raise Untried(why)
    return _over_ninety(ground), _over_more(ground)


def _over_ninety(ground: Ground) -> Finding:
    try:
        told = _query(ground, _MOST)
    except GoogleError as error:
        if error.status != _BAD_REQUEST:
            raise
        then = "reports' busy times can't be read; set full_reports = true under [google], and report it"
        return failed(_NINETY, then)
    if told.get(ground.user, {}).get("errors") or ground.user not in told:
        return failed(_NINETY, "one's own busy times are not told; set full_reports = true under [google]")
    return holds(_NINETY)


def _over_more(ground: Ground) -> Finding:
    try:
        _query(ground, _MOST + 1)
    except GoogleError as error:
        if error.status != _BAD_REQUEST:
            raise
        return holds(_NO_MORE)
    return differs(_NO_MORE, "they are told; the program asks for 90 days at a time all the same")


def _query(ground: Ground, days: int) -> dict[str, dict[str, object]]:
    start = ground.here.start.astimezone(UTC)  # a day is 24 hours here, whatever clocks do
    body = {
        "timeMin": start.isoformat(),
        "timeMax": (start + timedelta(days=days)).isoformat(),
        "items": [{"id": ground.user}],
    }
    request = ground.google.collection(Api.CALENDAR, "freebusy").query(body=body, fields="calendars")
    found: dict[str, dict[str, object]] = ground.google.send(request, user=ground.user)["calendars"]
    return found


CHECKS = (Check(_NINETY, _asked), Check(_FIFTY, lambda _: (untried(_FIFTY, _NOBODY),)))
