"""Recurrence rules of every kind, drawn at random so that each comes true (RFC 5545, section 3.3.10)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hypothesis import strategies as st

from scheduler.calendars.moments import Moment
from tests.unit.judge_text import Kind

Parts = dict[str, str]
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class DrawnRule:
    """A rule as a program writes it, and as the judge has to be told what it is taken for."""

    written: str
    meant: str
    why: str = ""


@st.composite
def rules(draw: st.DrawFn, start: Moment, kind: Kind, *, often: bool) -> DrawnRule:
    """Draw a rule for a series that begins at `start`."""
    parts = draw(_often(start) if often else _seldom(start, kind))
    if draw(st.integers(0, 2)) == 0:
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    base = ";".join(f"{name}={text}" for name, text in parts.items())
    end = draw(st.sampled_from(("", "COUNT", "COUNT", "UNTIL", "UNTIL")))
    if end == "COUNT":
        counted = f"{base};COUNT={draw(st.integers(1, 12) | st.integers(1, 60))}"
        return DrawnRule(counted, counted)
    if end == "UNTIL":
        away = (
            timedelta(hours=draw(st.integers(-3, 90)))
            if often
            else timedelta(days=draw(st.integers(-2, 900)))
        )
        return draw(_until(base, start, away, kind))
    return DrawnRule(base, base)


@st.composite
def _until(draw: st.DrawFn, base: str, start: Moment, away: timedelta, kind: Kind) -> DrawnRule:
    """Draw an UNTIL as a date, as a time in UTC, or as one without a zone; near the clock time of the start, or on it."""
    form = draw(st.sampled_from(("date", "local", "utc", "exactly")))
    if not isinstance(start, datetime):
        text = f"{base};UNTIL={start + away:%Y%m%d}" + ("T120000Z" if form == "utc" else "")
        return DrawnRule(text, text)
    local = (start + away).replace(tzinfo=None)
    if form == "date":
        local = datetime.combine(local, time(23, 59, 59))
    elif form != "exactly":
        local += timedelta(hours=draw(st.integers(-3, 3)))
    zulu = local.replace(tzinfo=start.tzinfo).astimezone(UTC)
    meant = (
        f"{base};UNTIL={local:%Y%m%dT%H%M%S}" if kind == "floating" else f"{base};UNTIL={zulu:%Y%m%dT%H%M%SZ}"
    )
    if form == "date":
        why = "an UNTIL without a time means the whole of that day, by the clock of the series"
        return DrawnRule(f"{base};UNTIL={local:%Y%m%d}", meant, why)
    if form == "local":
        why = "an UNTIL without a zone is read by the clock of the series"
        return DrawnRule(f"{base};UNTIL={local:%Y%m%dT%H%M%S}", meant, why)
    return DrawnRule(meant, meant)


@st.composite
def _seldom(draw: st.DrawFn, start: Moment, kind: Kind) -> Parts:
    """Draw a rule that repeats daily or more seldom; INTERVAL and BY parts are such that it comes true."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    by = draw({"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}[frequency](start))
    parts = {"FREQ": frequency}
    alone = {"MONTHLY": "BYMONTH", "YEARLY": "BYYEARDAY"}.get(frequency, "")
    if draw(st.booleans()) and alone not in by:
        parts["INTERVAL"] = str(draw(st.integers(1, 4)))
    parts |= by
    if kind != "day" and draw(st.integers(0, 5)) == 0:
        parts |= draw(_clock())
    if set(by) - {"BYMONTH"} and draw(st.integers(0, 3)) == 0:
        many = frequency in {"MONTHLY", "YEARLY"} and set(by.get("BYDAY", "1")).isdisjoint("123456789")
        many = many and set(by) == {"BYDAY"}
        parts["BYSETPOS"] = draw(st.sampled_from(("1", "-1", "2", "-2", "1,-1") if many else ("1", "-1")))
    return parts


def _some(*values: object, most: int = 3) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)
    return chosen.map(lambda found: ",".join(map(str, found)))


@st.composite
def _clock(draw: st.DrawFn) -> Parts:
    parts = {"BYHOUR": draw(_some(0, 1, 2, 3, 9, 14, 23))} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        parts["BYMINUTE"] = draw(_some(0, 15, 30, 45))
    if draw(st.integers(0, 2)) == 0:
        parts["BYSECOND"] = draw(_some(0, 20, 59))
    return parts


def _daily(_: Moment) -> st.SearchStrategy[Parts]:
    return st.one_of(
        st.just({}),
        st.just({}),
        st.fixed_dictionaries({"BYDAY": _some(*WEEKDAYS)}),
        st.fixed_dictionaries({"BYMONTH": _some(*range(1, 13))}),
        st.fixed_dictionaries({"BYMONTHDAY": _some(1, 13, 28, -1, 31)}),
    )


def _weekly(_: Moment) -> st.SearchStrategy[Parts]:
    return st.one_of(
        st.just({}),
        st.fixed_dictionaries({"BYDAY": _some(*WEEKDAYS, most=5)}),
        st.fixed_dictionaries({"BYDAY": _some(*WEEKDAYS, most=5)}),
        st.fixed_dictionaries({"BYMONTH": _some(*range(1, 13))}),
    )


def _ordinals(most: int) -> st.SearchStrategy[str]:
    numbers = st.integers(-most, most).filter(bool)
    one = st.tuples(numbers, st.sampled_from(WEEKDAYS)).map(lambda pair: f"{pair[0]}{pair[1]}")
    return st.lists(one, min_size=1, max_size=3, unique=True).map(",".join)


def _months_and(start: Moment) -> st.SearchStrategy[str]:
    """Draw months, that of the start among them: it has the day that others may not have."""
    return _some(*range(1, 13)).map(lambda found: ",".join(sorted({str(start.month), *found.split(",")})))


def _monthly(start: Moment) -> st.SearchStrategy[Parts]:
    return st.one_of(
        st.just({}),
        st.fixed_dictionaries({"BYMONTHDAY": _some(1, 2, 15, 29, 30, 31, -1, -2, -31)}),
        st.fixed_dictionaries({"BYDAY": _ordinals(4)}),
        st.fixed_dictionaries({"BYDAY": _ordinals(5)}),
        st.fixed_dictionaries({"BYDAY": _some(*WEEKDAYS, most=5)}),
        st.fixed_dictionaries({"BYDAY": _some(*WEEKDAYS), "BYMONTHDAY": st.just("13,14,15")}),
        st.fixed_dictionaries({"BYMONTH": _months_and(start)}),
    )


def _yearly(start: Moment) -> st.SearchStrategy[Parts]:
    own = st.just(str(start.month))
    return st.one_of(
        st.just({}),
        st.fixed_dictionaries({"BYMONTH": own, "BYMONTHDAY": st.just(str(start.day))}),
        st.fixed_dictionaries({"BYMONTH": _months_and(start)}),
        st.fixed_dictionaries({"BYMONTH": own | _some(*range(1, 13)), "BYDAY": _ordinals(4)}),
        st.fixed_dictionaries({"BYMONTH": _some(*range(1, 13)), "BYMONTHDAY": _some(1, 28, -1, -3)}),
        st.fixed_dictionaries({"BYMONTHDAY": _some(1, 29, 31, -1)}),
        st.fixed_dictionaries({"BYDAY": _ordinals(52)}),
        st.fixed_dictionaries({"BYDAY": _some(*WEEKDAYS)}),
        st.fixed_dictionaries({"BYYEARDAY": _some(1, 60, 100, 200, 365, 366, -1, -306, -366)}),
        st.fixed_dictionaries({"BYWEEKNO": _some(1, 9, 20, 52, 53, -1), "BYDAY": _some(*WEEKDAYS)}),
        st.fixed_dictionaries({"BYWEEKNO": _some(1, 9, 20, 52, 53, -1)}),
    )


@st.composite
def _often(draw: st.DrawFn, start: Moment) -> Parts:
    """Draw an hourly rule or one that repeats more often; what limits it always lets the start pass."""
    frequency = draw(st.sampled_from(("HOURLY", "MINUTELY", "SECONDLY")))
    least, most = {"HOURLY": (1, 30), "MINUTELY": (5, 700), "SECONDLY": (40, 9000)}[frequency]
    parts = {"FREQ": frequency, "INTERVAL": str(draw(st.integers(least, most)))}
    clock = start if isinstance(start, datetime) else datetime.combine(start, time(), UTC)
    own = {
        "BYHOUR": (clock.hour, (0, 1, 2, 3, 9, 17)),
        "BYMINUTE": (clock.minute, (0, 10, 30, 59)),
        "BYSECOND": (clock.second, (0, 20, 59)),
        "BYDAY": (WEEKDAYS[clock.weekday()], WEEKDAYS),
        "BYMONTH": (clock.month, tuple(range(1, 13))),
        "BYMONTHDAY": (clock.day, (1, 2, 15, -1)),
        "BYYEARDAY": (clock.timetuple().tm_yday, (1, 59, 60, -1)),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(own)), max_size=2, unique=True))
    for name in chosen:
        first, others = own[name]
        more = [
            each for each in draw(st.lists(st.sampled_from(others), max_size=3, unique=True)) if each != first
        ]
        # An hourly rule steps over hours, and would name some that its steps never reach.
        if name == {"HOURLY": "BYHOUR", "MINUTELY": "BYMINUTE", "SECONDLY": "BYSECOND"}[frequency]:
            more = []
        parts[name] = ",".join(map(str, [first, *more]))
    if chosen and draw(st.integers(0, 3)) == 0:
        parts["BYSETPOS"] = draw(st.sampled_from(("1", "-1")))
    return parts
