"""Time zones by their IANA names, strictly: what works here works on every machine."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from scheduler.wording import Fault, nearest, quoted

_MEANT = {
    "bst": "Europe/London",
    "cest": "Europe/Berlin",
    "cst": "America/Chicago",
    "edt": "America/New_York",
    "est": "America/New_York",
    "gmt standard time": "Europe/London",
    "india": "Asia/Kolkata",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
    "mst": "America/Denver",
    "pacific standard time": "America/Los_Angeles",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "romance standard time": "Europe/Paris",
    "w. europe standard time": "Europe/Berlin",
    "pdt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
}


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone; raise Fault, with the name that was probably meant, where there is none."""
    name = name.strip()
    if name in _names():
        return ZoneInfo(name)
    meant = _MEANT.get(name.casefold()) or _by_city().get(_city(name)) or nearest(name, _names())
    remedy = f"did you mean {meant!r}?" if meant else "write its IANA name, such as 'Europe/London'"
    what = f"{quoted(name)} is not a time zone"
    raise Fault(what, remedy)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _by_city() -> dict[str, str]:
    return {_city(name.rpartition("/")[2]): name for name in sorted(_names(), reverse=True)}


def _city(name: str) -> str:
    return name.casefold().replace(" ", "_")
