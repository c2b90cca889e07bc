"""What can be taken out of a series and changed in it, drawn at random in whatever form it is written."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduler.calendars.moments import Moment
from scheduler.timespans import Span
from tests.unit.judge_text import UTC_ZONE, Drawn, Kind, Line, judged, moment_of, same, spelled

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Shape:
    """What kind of series it is; `others` are the zones in which its dates may be named, too."""

    owner: ZoneInfo
    kind: Kind
    often: bool = False
    others: tuple[ZoneInfo, ...] = ()


def slots_of(drawn: Drawn, shape: Shape) -> list[Moment]:
    """Return the dates in and around the window, those that can be taken out or changed."""
    around = Span(drawn.window.start - 3 * _DAY, drawn.window.end + 3 * _DAY)
    found = [moment_of(each, "DTSTART") for each in judged(drawn.meant(), around, drawn.owner)]
    if shape.kind == "floating":
        found = [each.replace(tzinfo=shape.owner) for each in found if isinstance(each, datetime)]
    return sorted(set(found))


@st.composite
def exdates(draw: st.DrawFn, slot: Moment, shape: Shape) -> Line:
    """Draw an EXDATE: in the zone of the series or another, as a date, or one that matches nothing."""
    kind = shape.kind
    own = spelled("EXDATE", slot, kind)
    form = draw(st.sampled_from(("own", "other", "date", "nothing")))
    if not isinstance(slot, datetime):
        if form == "other":
            return Line(f"EXDATE:{slot:%Y%m%d}T100000Z", own, "a time takes out its day of an all-day series")
        return same(spelled("EXDATE", slot + _DAY, kind) if form == "nothing" else own)
    if form == "nothing":
        return same(spelled("EXDATE", slot + 4 * _MINUTE, kind))
    # An added date in another zone has its day there for the judge, and by the clock of the series here.
    if form == "date" and shape.others and kind in {slot.tzinfo, "floating"}:
        return same(f"EXDATE;VALUE=DATE:{slot:%Y%m%d}")
    if form == "other" and shape.others:
        line = spelled("EXDATE", slot, draw(st.sampled_from(shape.others)))
        why = (
            "a floating series is one in its owner's zone, and EXDATE may name another"
            if kind == "floating"
            else ""
        )
        return Line(line, own if why else line, why)
    return same(own)


@st.composite
def overrides(draw: st.DrawFn, slot: Moment, shape: Shape, number: int, *, forward: bool) -> tuple[Line, ...]:
    """Draw an override of one date, or of that and all future ones: moved or in place, or cancelled."""
    kind = shape.kind
    zone: Kind = kind if forward or not shape.others else draw(st.sampled_from((kind, *shape.others)))
    parameters = ";RANGE=THISANDFUTURE" if forward else ""
    named = spelled("RECURRENCE-ID", slot, kind, parameters)
    lines = [same(f"X-ONETOONE-KEY:change-{number}"), same(named)]
    if kind == "floating" and (zone != kind or draw(st.booleans())):
        # Without a zone it would be read by the clock of the override's own DTSTART.
        why = "a floating series is one in its owner's zone, and so is the date that an override names"
        lines[1] = Line(spelled("RECURRENCE-ID", slot, UTC_ZONE, parameters), named, why)
    elif kind not in {"day", "floating"} and shape.others and draw(st.booleans()):
        lines[1] = same(spelled("RECURRENCE-ID", slot, draw(st.sampled_from(shape.others)), parameters))
    lines += draw(_went_to(slot, shape, zone, forward=forward))
    if draw(st.integers(0, 3)) == 0:
        lines.append(same("STATUS:CANCELLED"))
    return tuple(lines)


@st.composite
def _went_to(draw: st.DrawFn, slot: Moment, shape: Shape, zone: Kind, *, forward: bool) -> list[Line]:
    if isinstance(slot, datetime):
        far = 3 if shape.often else 900
        hours = draw(st.sampled_from((0, 0, 1, -1, 5)) | st.integers(-far, far))
        went = slot + timedelta(hours=hours, minutes=draw(st.sampled_from((0, 15))))
        length = draw(st.sampled_from((0, 20, 45, 600)))
        return [same(spelled("DTSTART", went, zone)), same(f"DURATION:PT{length}M")]
    day = slot + timedelta(days=draw(st.integers(-40, 40)))
    if forward or draw(st.integers(0, 3)):
        return [same(spelled("DTSTART", day, "day"))]
    timed = datetime.combine(day, time(9, 30), shape.owner)
    return [same(spelled("DTSTART", timed, draw(st.sampled_from(shape.others)))), same("DURATION:PT45M")]
