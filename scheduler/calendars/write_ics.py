"""What creating, ending and attaching do to one file: data in, data out.

An event without our mark is never touched. Each of the changes may be asked for again: it is then already so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from scheduler.calendars.content import line_end, property_of
from scheduler.calendars.events import KEY_PROPERTY, RawEvent, facts_of, raw_event, uids_of_block
from scheduler.calendars.interface import Written
from scheduler.calendars.moments import Clock, in_utc
from scheduler.calendars.read_ics import ScannedFile, scan
from scheduler.calendars.reading import reading_of
from scheduler.calendars.splice import Edit, added, edited, folded, insertion, lines_named, removed, replaced
from scheduler.calendars.versions import Version, group_of
from scheduler.calendars.zones import zones_of_file
from scheduler.errors import Problem, WriteFailed
from scheduler.ics.calendar import calendar_bytes
from scheduler.ics.event import attachment_line, invitation_lines
from scheduler.ics.timezones import vtimezone_lines
from scheduler.meetings import EventStatus, Invitation, Occurrence
from scheduler.people import Person
from scheduler.timespans import Span

_UTC = "%Y%m%dT%H%M%SZ"
_YEARS = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Result:
    """What a change found, and the new bytes where there are any to write."""

    written: Written
    data: bytes | None = None


def new_file(invitation: Invitation) -> bytes:
    """Return a file of its own for the series, as a vdir keeps one for each event."""
    return calendar_bytes([invitation_lines(invitation)], [(invitation.zone, invitation.start)])


def with_series(file: ScannedFile, invitation: Invitation) -> bytes:
    """Return the file with the series in it, the rest as it was.

    Where the file holds nothing but messages of other programs, a calendar is begun after them (RFC 5545, 3.4).
    """
    zone = vtimezone_lines(invitation.zone, invitation.start)
    edits = insertion(file, invitation_lines(invitation), zone, invitation.zone.key)
    if edits is None:
        text, end = file.source.text, line_end(file.source.text)
        begun = new_file(invitation).decode("utf-8").replace("\r\n", end)
        edits = [Edit(len(text), len(text), begun if text.endswith(("\n", "\r")) else end + begun)]
    return edited(file, edits)


def standing(file: ScannedFile, uid: str) -> Written | None:
    """Return ALREADY_SO where the UID stands in the file, DELETED where it stands there cancelled, else None."""
    ours = _masters(_events(file, uid))
    if not ours:
        return None
    newest = max(ours, key=lambda raw: raw.version)
    cancelled = facts_of(newest).status is EventStatus.CANCELLED
    return Written.DELETED if cancelled else Written.ALREADY_SO


def with_link(file: ScannedFile, uid: str, link: str, stamped: datetime) -> Result:
    """Attach the link beside what is attached; SEQUENCE stays, since nobody has to answer anew (RFC 5546, 2.1.4)."""
    master = _our_master(file, uid)
    if master is None or facts_of(master).status is EventStatus.CANCELLED:
        return Result(Written.DELETED)
    line = attachment_line(link)
    attached = property_of(line)
    if attached is not None and attached.value in facts_of(master).links:
        return Result(Written.ALREADY_SO)
    # beside the others, or after BEGIN where there is none
    others = lines_named(master.block, "ATTACH")
    text = folded([line], file)
    edit = Edit(others[-1].end, others[-1].end, text) if others else added(file, master.block, text)
    return Result(Written.DONE, edited(file, _with(edit, replaced(file, master.block, _stamps(stamped)))))


def ended(file: ScannedFile, uid: str, owner: Person, at: datetime, stamped: datetime) -> Result:
    """End the series: nothing of it takes place at or after `at`.

    Its rule gets an UNTIL before `at`; where nothing of it has taken place by then the series is cancelled
    instead, so that nothing is left of it in either calendar. Overrides from `at` on go with it.
    """
    master = _our_master(file, uid)
    if master is None:
        return Result(Written.DELETED)
    if facts_of(master).status is EventStatus.CANCELLED:
        return Result(Written.ALREADY_SO)
    before, after = _around(file, uid, owner, at)
    if not after and not _goes_on(file, uid, owner, at):
        return Result(Written.ALREADY_SO)
    values = _stamps(stamped) | {"SEQUENCE": f"SEQUENCE:{master.sequence + 1}"}
    if not before:
        data = edited(
            file,
            replaced(file, master.block, values | {"STATUS": "STATUS:CANCELLED"}) + _gone(file, uid, master),
        )
        return Result(Written.DONE, data)
    rule = _until(master, at)
    edits = replaced(file, master.block, values | {"RRULE": f"RRULE:{rule}"}) + _late_overrides(
        file, uid, owner, at
    )
    data = edited(file, edits)
    _must_have_ended(data, file.where, uid, owner, at)
    return Result(Written.DONE, data)


def _stamps(stamped: datetime) -> dict[str, str]:
    text = stamped.astimezone(UTC).strftime(_UTC)
    return {"DTSTAMP": f"DTSTAMP:{text}", "LAST-MODIFIED": f"LAST-MODIFIED:{text}"}


def _with(edit: Edit, others: Sequence[Edit]) -> list[Edit]:
    """Add an insertion to edits that may hold one at the same place."""
    same = [other for other in others if other.start == other.end == edit.start]
    text = "".join(other.text for other in same) + edit.text
    return [other for other in others if other not in same] + [Edit(edit.start, edit.end, text)]


def _events(file: ScannedFile, uid: str) -> list[RawEvent]:
    zones = zones_of_file(file.source.text[b.start : b.end] for c in file.calendars for b in c.zones)
    clock = Clock(UTC, zones)
    found: list[RawEvent] = []
    for calendar in file.calendars:
        method = calendar.value("METHOD").upper()
        found += [raw_event(block, clock, method) for block in calendar.events if uid in uids_of_block(block)]
    return found


def _masters(raws: Sequence[RawEvent]) -> list[RawEvent]:
    return [raw for raw in raws if "RECURRENCE-ID" not in raw.properties]


def _our_master(file: ScannedFile, uid: str) -> RawEvent | None:
    """Return the newest version of our series; raise WriteFailed for one without our mark."""
    ours = _masters(_events(file, uid))
    if not ours:
        return None
    newest = max(ours, key=lambda raw: raw.version)
    if not newest.text(KEY_PROPERTY):
        what = "the event does not bear the mark of this program, so it is not touched"
        raise WriteFailed(Problem(newest.block.place, what, "change it in the calendar program"))
    if newest.block.fault or newest.broken:
        what = f"the event is broken: {newest.block.fault or newest.broken[0]}"
        raise WriteFailed(Problem(newest.block.place, what, "mend it in the calendar program"))
    return newest


def _around(
    file: ScannedFile, uid: str, owner: Person, at: datetime
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Return what of the series takes place before `at`, and from then on, within some years of it."""
    raws = _masters(_events(file, uid))
    first = min((in_utc(version.times.start, owner.tz) for version in _versions(raws)), default=at)
    window = Span(min(first, at) - _YEARS, at + 2 * _YEARS)
    reading = reading_of([_only(file, uid)], owner, window)
    standing_ones = [each for each in reading.occurrences if each.status is not EventStatus.CANCELLED]
    before = [each for each in standing_ones if each.span.start < at]
    return before, [each for each in standing_ones if each.span.start >= at]


def _only(file: ScannedFile, uid: str) -> ScannedFile:
    """Return the file as if it held this one event, so that the others need not be read."""
    wanted = {raw.block.start for raw in _events(file, uid)}
    calendars = tuple(
        replace(calendar, events=[block for block in calendar.events if block.start in wanted], broken=[])
        for calendar in file.calendars
    )
    return replace(file, calendars=calendars)


def _versions(raws: Sequence[RawEvent]) -> list[Version[RawEvent]]:
    group = group_of(raws, UTC)
    return [group.master] if group.master is not None else []


def _goes_on(file: ScannedFile, uid: str, owner: Person, at: datetime) -> bool:
    """Say whether the series has an occurrence from `at` on beyond the years that were looked at."""
    reading = reading_of([file], owner, Span(at, at + _YEARS))
    return any(
        series.uid == uid and (series.last_end is None or series.last_end - at > _YEARS)
        for series in reading.series
    )


def _until(master: RawEvent, at: datetime) -> str:
    parts = [part for part in master.text("RRULE").split(";") if part]
    kept = [part for part in parts if part.partition("=")[0].strip().upper() not in {"UNTIL", "COUNT"}]
    last = at.astimezone(UTC) - timedelta(seconds=1)
    return ";".join([*kept, f"UNTIL={last.strftime(_UTC)}"])


def _late_overrides(file: ScannedFile, uid: str, owner: Person, at: datetime) -> list[Edit]:
    """Return the edits that take out overrides that take place from `at` on.

    One that belongs before `at` and was moved past it is cancelled: taken out, it would be back where it was.
    """
    group = group_of(_events(file, uid), owner.tz)
    edits: list[Edit] = []
    for original, version in group.overrides.items():
        if in_utc(version.times.start, owner.tz) < at:
            continue
        if original >= at:
            edits.append(removed(version.raw.block))
        else:
            edits += replaced(file, version.raw.block, {"STATUS": "STATUS:CANCELLED"})
    return edits


def _gone(file: ScannedFile, uid: str, master: RawEvent) -> list[Edit]:
    """Return the edits that take every override out of a series that is cancelled as a whole."""
    return [removed(raw.block) for raw in _events(file, uid) if raw.block.start != master.block.start]


def _must_have_ended(data: bytes, where: str, uid: str, owner: Person, at: datetime) -> None:
    _, after = _around(scan(data, where), uid, owner, at)
    if after:
        what = f"the series {uid} was changed so that it can't be ended cleanly"
        raise WriteFailed(Problem(where, what, "end it in the calendar program"))
