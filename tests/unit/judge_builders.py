"""Whole calendars as text, drawn at random, to be read by this program and by the judge alike."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduler.calendars.moments import Moment, in_utc
from scheduler.timespans import Span
from tests.unit.judge_changes import Shape, exdates, overrides, slots_of
from tests.unit.judge_rules import rules
from tests.unit.judge_text import SERIES, UTC_ZONE, Drawn, Kind, Line, same, spelled, value

OWNERS = tuple(map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Asia/Kolkata")))
_NAMES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"),
    *("America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Auckland"),
)
ZONES = (*map(ZoneInfo, _NAMES), UTC_ZONE)
# Days on which clocks change in one of them, a day that Apia left out, month ends and leap days.
_ODD_DAYS = (
    *(date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 10, 4)),
    *(date(2011, 12, 28), date(2011, 12, 30), date(2018, 11, 3), date(2018, 2, 17), date(2026, 4, 5)),
    *(date(2024, 2, 29), date(2025, 1, 31), date(2025, 12, 31), date(2024, 5, 31), date(2026, 1, 30)),
)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@st.composite
def calendars(draw: st.DrawFn, *, often: bool = False) -> Drawn:
    """Draw a calendar; `often` has one that repeats within the day: hourly, each minute or second."""
    owner = draw(st.sampled_from(OWNERS))
    kinds: tuple[Kind, ...] = (*ZONES, UTC_ZONE, "floating", *(() if often else ("day",)))
    shape = Shape(owner, draw(st.sampled_from(kinds)), often)
    start = draw(_starts(shape))
    several = draw(st.sampled_from((1, 1, 1, 1, 2)))
    made = [draw(rules(start, shape.kind, often=often)) for _ in range(several)]
    master = [
        same(f"X-ONETOONE-KEY:{SERIES}"),
        same(spelled("DTSTART", start, shape.kind)),
        draw(_ends(start, shape.kind)),
        *(Line(f"RRULE:{each.written}", f"RRULE:{each.meant}", each.why) for each in made),
    ]
    if draw(st.integers(0, 3)) == 0:
        master += draw(_added(start, shape.kind))
    # A rule that names several times of a day is not followed for a decade: it would take more steps than are allowed.
    timed = any(f"BY{unit}" in rule.meant for rule in made for unit in ("HOUR", "MINUTE", "SECOND"))
    window = draw(_windows(in_utc(start, owner), often=often, far=not timed))
    drawn = Drawn(owner, window, timedelta(days=2 if often else 120), tuple(master))
    # The judge tells dates apart by their time in UTC or by the wall clock, whichever fits: see
    # test_the_judge_takes_one_of_a_day_for_another. So several a day are changed in UTC alone.
    crowded = often or several > 1 or timed
    if crowded and shape.kind != UTC_ZONE:
        return drawn
    return draw(_changed(drawn, shape if crowded else replace(shape, others=ZONES)))


@st.composite
def _changed(draw: st.DrawFn, drawn: Drawn, shape: Shape) -> Drawn:
    """Draw what was taken out and changed; perhaps an orphan, whose date the series does not have, or no series at all."""
    slots = slots_of(drawn, shape)
    if not slots:
        return drawn
    touched = draw(st.lists(st.sampled_from(slots), max_size=5, unique=True))
    split = draw(st.integers(0, 2))
    out = tuple(draw(exdates(slot, shape)) for slot in touched[:split])
    forward = draw(st.sampled_from((None, None, 0)))
    changes = [
        draw(overrides(slot, shape, n, forward=n == forward)) for n, slot in enumerate(touched[split:])
    ]
    orphan = slots[0] + (3 * _DAY if shape.kind == "day" else 77 * _MINUTE)
    if draw(st.integers(0, 5)) == 0 and shape.others and orphan not in slots:
        changes.append(draw(overrides(orphan, shape, 9, forward=False)))
    if changes and forward is None and draw(st.integers(0, 15)) == 0:
        return replace(drawn, master=(), changes=tuple(changes))
    return replace(drawn, taken_out=out, changes=tuple(changes))


@st.composite
def _windows(draw: st.DrawFn, begin: datetime, *, often: bool, far: bool) -> Span:
    """Draw a half-open window: before the series, over its start, in its middle, or far behind; on its edges, too."""
    seldom = st.integers(-200, 900 * 24)
    seldom = seldom | st.integers(8 * 365 * 24, 9 * 365 * 24) if far else seldom
    first = begin + timedelta(hours=draw(st.integers(-20, 40) if often else seldom))
    first += draw(st.sampled_from((timedelta(), 15 * _MINUTE, _MINUTE)))
    return Span(first, first + timedelta(hours=draw(st.integers(1, 60 if often else 24 * 200))))


@st.composite
def _starts(draw: st.DrawFn, shape: Shape) -> Moment:
    odd = st.sampled_from(_ODD_DAYS)
    day = draw(odd | odd.map(lambda each: each - 7 * _DAY) | st.dates(date(2008, 1, 1), date(2027, 1, 1)))
    if shape.kind == "day":
        return day
    hour = draw(st.integers(0, 23) | st.integers(0, 3))
    clock = time(hour, draw(st.sampled_from((0, 15, 30, 45))))
    return datetime.combine(day, clock, shape.kind if isinstance(shape.kind, ZoneInfo) else shape.owner)


@st.composite
def _ends(draw: st.DrawFn, start: Moment, kind: Kind) -> Line:
    """Draw DTEND, DURATION or neither; a half hour, a night, some days."""
    form = draw(st.sampled_from(("DTEND", "DURATION", "")))
    days = draw(st.integers(1, 4))
    minutes = draw(st.sampled_from((0, 15, 30, 30, 60, 150, 600, 60 * 24, 60 * 24 * 3 + 30)))
    end = start + (minutes * _MINUTE if isinstance(start, datetime) else days * _DAY)
    # Where clocks change, the end may lie before the start: such an event is broken.
    if not form or in_utc(end, UTC) < in_utc(start, UTC):
        return same("")
    if form == "DTEND":
        return same(spelled("DTEND", end, kind))
    return same(f"DURATION:PT{minutes}M" if isinstance(start, datetime) else f"DURATION:P{days}D")


@st.composite
def _added(draw: st.DrawFn, start: Moment, kind: Kind) -> list[Line]:
    """Draw some RDATEs, each at a minute of its own: as times, periods, or dates."""
    lines = []
    for number in range(draw(st.integers(1, 3))):
        if not isinstance(start, datetime):
            lines.append(same(spelled("RDATE", start + timedelta(days=draw(st.integers(1, 300))), kind)))
            continue
        moment = start + timedelta(hours=draw(st.integers(1, 5000)), minutes=7 + number)
        form = draw(st.sampled_from(("own", "other", "period", "until", "date")))
        floats = kind == "floating"
        zone = UTC_ZONE if form in {"period", "until"} else draw(st.sampled_from(ZONES))
        if form == "date":
            lines.append(same(f"RDATE;VALUE=DATE:{moment:%Y%m%d}"))
        elif form in {"period", "until"}:
            end = (
                "PT45M" if form == "period" or floats else value(moment.astimezone(UTC) + 50 * _MINUTE, zone)
            )
            lines.append(same(f"RDATE;VALUE=PERIOD:{value(moment, kind if floats else zone)}/{end}"))
        else:
            lines.append(same(spelled("RDATE", moment, kind if form == "own" or floats else zone)))
    return lines
