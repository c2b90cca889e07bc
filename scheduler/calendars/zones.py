"""From a TZID to a zone: IANA's name, Windows' name, a vendor's path, or what the file itself defines.

A zone of a file holds for that file alone: the same TZID may mean something else in the next one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from scheduler.calendars.content import content_lines, name_of, property_of
from scheduler.calendars.quirks import outlook

_A_YEAR = {"YEARLY": 1, "MONTHLY": 12}
_LONGEST_DEFINITION, _MOST_CHANGES, _LAST_YEAR = 64_000, 20_000, 2100
_WEEKS_A_YEAR, _MOST_RULES = 53, 50
_EACH_WEEK = re.compile(r"(?<![0-9])(?:MO|TU|WE|TH|FR|SA|SU)")
# A name of IANA's in its own capitals: it need not be looked for among all of them.
_USUAL = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+(?:_[A-Z][a-z]+)*")
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])([01]\d):?([0-5]\d)", re.IGNORECASE)
_LONGEST = 200  # no zone is shown in more letters
# When no zone of a hemisphere has daylight saving: whatever is less far ahead then is its standard time.
_WINTERS = (datetime(2026, 1, 1), datetime(2026, 7, 1))  # noqa: DTZ001 - by the wall of whatever zone is asked
_OF_ZONE = frozenset(
    {"BEGIN", "END", "TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
)
_DEFINITIONS: WeakKeyDictionary[tzinfo, str] = WeakKeyDictionary()


@lru_cache(maxsize=1024)
def known_zone(name: str) -> ZoneInfo | None:
    """Return the zone that IANA or Windows calls by this name, in whatever case, or None.

    A globally unique name such as `/vendor.example/Europe/Berlin` means what it ends in (RFC 5545,
    section 3.2.19).
    """
    if _USUAL.fullmatch(name) is not None:
        with suppress(ZoneInfoNotFoundError, OSError, ValueError):
            return ZoneInfo(name)
    if len(name) > _LONGEST:
        return None
    cleaned = name.strip(" \"'/").casefold()
    found = _named(cleaned) or _named(cleaned.replace(" ", "_"))
    parts = cleaned.split("/") if name.strip(" \"'").startswith("/") else []
    for start in range(1, len(parts)):
        found = found or _named("/".join(parts[start:]))
    return ZoneInfo(found) if found is not None else None


def _named(name: str) -> str | None:
    return _of_iana().get(name) or _of_windows().get(name)


@cache
def _of_iana() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@cache
def _of_windows() -> Mapping[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - slow to load, seldom needed

    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@lru_cache(maxsize=256)
def vendors_zone(name: str) -> tzinfo | None:
    """Return the zone that a TZID means which is no name of a zone, where the file does not define it, or None.

    Exchange's own names, zones as Windows shows them, and bare offsets such as `GMT+0100`.
    """
    cleaned = name.strip(" \"'")
    if len(cleaned) > _LONGEST:
        return None
    meant = outlook.zone_name(cleaned)
    if meant != cleaned:
        return known_zone(meant)
    offset = _OFFSET.fullmatch(cleaned)
    if offset is not None:
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-ahead if offset[1] == "-" else ahead)
    shown = outlook.shown_places(cleaned)
    return _zone_of_places(*shown) if shown is not None else None


def _zone_of_places(standard: timedelta, places: Iterable[str]) -> ZoneInfo | None:
    for place in places:
        wanted = place.casefold().replace(" ", "_")
        for name in sorted(available_timezones()):
            if name.casefold().rpartition("/")[2] == wanted and _standard(ZoneInfo(name)) == standard:
                return ZoneInfo(name)
    return None


def _standard(zone: ZoneInfo) -> timedelta | None:
    offsets = [zone.utcoffset(each) for each in _WINTERS]
    return min((each for each in offsets if each is not None), default=None)


class ZonesOfFile(Mapping[str, tzinfo]):
    """The zones that the VTIMEZONE components of a file define, by TZID; they are read when one is asked for.

    Hardly a file needs its own, as most zones are known by name. A definition that can't be read is left out: its
    TZID is then as unknown as one without any.
    """

    def __init__(self, definitions: Iterable[str]) -> None:
        """Take the texts of the components."""
        self._definitions = tuple(definitions)

    @cached_property
    def _zones(self) -> dict[str, tzinfo]:
        result: dict[str, tzinfo] = {}
        for text in self._definitions:
            found = _defined(text)
            if found is not None:
                name, zone = found
                if result.setdefault(name, zone) is zone:
                    _DEFINITIONS[zone] = text
        return result

    def __getitem__(self, name: str) -> tzinfo:
        """Return the zone of that TZID."""
        return self._zones[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the TZIDs in the order of the file."""
        return iter(self._zones)

    def __len__(self) -> int:
        """Count what can be read."""
        return len(self._zones)


def zones_of_file(definitions: Iterable[str]) -> ZonesOfFile:
    """Return the zones that the texts of VTIMEZONE components define, by TZID."""
    return ZonesOfFile(definitions)


def bare_definition_of(zone: tzinfo) -> str:
    """Return the VTIMEZONE that a zone of a file was defined by, with no more than makes it that zone; nothing for any other.

    Whatever else is in it may name somebody.
    """
    return _bare(_DEFINITIONS.get(zone, ""))


@lru_cache(maxsize=64)
def _bare(definition: str) -> str:
    lines = (line.text for line in content_lines(definition))
    return "".join(f"{text}\r\n" for text in lines if name_of(text) in _OF_ZONE)


@lru_cache(maxsize=256)
def zone_defined_by(definition: str) -> tzinfo:
    """Return the zone that a VTIMEZONE defines, the same each time; raise ValueError for a text that defines none."""
    found = zones_of_file([definition])
    if not found:
        msg = "it defines no time zone"
        raise ValueError(msg)
    return next(iter(found.values()))


def _defined(text: str) -> tuple[str, tzinfo] | None:
    if not _can_be_followed(text):
        return None
    from icalendar import Timezone  # noqa: PLC0415 - as above
    from icalendar.timezone.tzp import TZP  # noqa: PLC0415 - as above

    try:
        component = Timezone.from_ical(text)
        if not isinstance(component, Timezone):
            return None
        name = str(component["TZID"]).strip()
        zone: tzinfo = component.to_tz(TZP(), lookup_tzid=False)
        for part in getattr(zone, "_comps", ()):
            part.rrule = _Onsets(part.rrule)
    except Exception:  # noqa: BLE001 - whatever the library makes of a broken definition, the file is read without it
        return None
    return name, zone


class _Onsets:
    """When a part of a zone begins, in place of dateutil's rule, which is gone through anew for each time asked.

    What is more, that waits for itself for ever after an error or an early end: its lock stays taken.
    """

    def __init__(self, dates: Iterable[datetime]) -> None:
        self._each = dates

    @cached_property
    def _dates(self) -> list[datetime] | None:
        """All of them in order, gone through once; None for a rule that can't be followed."""
        try:
            return sorted(takewhile(lambda each: each.year < _LAST_YEAR, self._each))
        except Exception:  # noqa: BLE001 - whatever the library makes of a broken rule, it is asked but once
            return None

    def before(self, moment: datetime, *, inc: bool) -> datetime | None:
        """Return the last one before a time by the wall clock, or at it where `inc` says so; raise ValueError in words."""
        if self._dates is None:
            msg = "the time zone that the file defines for it has a rule that can't be followed"
            raise ValueError(msg)
        found = (bisect_right if inc else bisect_left)(self._dates, moment)
        return self._dates[found - 1] if found else None


def _can_be_followed(text: str) -> bool:
    """Say whether the library is done with it soon: no rule more often than monthly, and not too many changes.

    What is long, or changes more than `_MOST_CHANGES` times until 2100, is no zone that there is.
    """
    if len(text) > _LONGEST_DEFINITION:
        return False
    lines = [found for line in content_lines(text) if (found := property_of(line.text)) is not None]
    starts = (found.value.strip()[:4] for found in lines if found.name == "DTSTART")
    first = min((int(year) for year in starts if year.isascii() and year.isdigit()), default=1)
    a_year = [_changes_a_year(found.value) for found in lines if found.name == "RRULE"]
    if None in a_year or len(a_year) > _MOST_RULES:
        return False
    return sum(filter(None, a_year)) * (_LAST_YEAR - first) <= _MOST_CHANGES


def _changes_a_year(rule: str) -> int | None:
    """Return how often a rule of a zone comes true in a year, at most; None where it can't be followed."""
    parts = dict(part.strip().partition("=")[::2] for part in rule.upper().split(";"))
    times = _A_YEAR.get(parts.get("FREQ", "").strip())
    if times is None or parts.get("INTERVAL", "1").strip() in {"0", ""}:
        return None
    for name, values in parts.items():
        if name.startswith("BY"):
            times *= len(values.split(","))
    return times * (_WEEKS_A_YEAR if _EACH_WEEK.search(parts.get("BYDAY", "")) else 1)
