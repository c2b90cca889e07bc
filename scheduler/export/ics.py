"""The ICS export: a file a person and a file a pair, for calendars that the job does not write to.

series of ours ─► SEQUENCE and DTSTAMP settled (revisions.py) ─► people/<email>.ics, pairs/<manager>--<report>.ics
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.export.names import pair_file, person_file
from scheduler.export.revisions import Revision, revised
from scheduler.export.series import ExportedSeries
from scheduler.ics.calendar import calendar_bytes
from scheduler.ics.event import event_lines
from scheduler.meetings import EventStatus
from scheduler.memory import Exported, Memory


@dataclass(frozen=True, slots=True)
class Export:
    """The files by their relative names, and what is to be remembered of them.

    `kept` are the files that stay as they are on disk: a calendar that they need could not be read.
    """

    files: Mapping[str, bytes]
    remembered: tuple[Exported, ...]
    kept: tuple[str, ...] = ()


def build_export(made: Sequence[ExportedSeries], memory: Memory, now: datetime) -> Export:
    """Return every file, and the rows that replace `memory.exported`; save the rows before the files.

    A stop between the two then costs nothing: the next export writes the same bytes. Rows of occurrences that have
    left the window stay, so that nothing ever goes out again under a lower SEQUENCE.
    """
    rows = {(row.uid, row.recurrence_id): row for row in memory.exported}
    revisions = {
        series.uid: revised(series, rows, now)
        for series in made
        if series.known or (series.uid, "") not in rows
    }
    rows |= {
        (each.row.uid, each.row.recurrence_id): each.row for several in revisions.values() for each in several
    }
    files: dict[str, bytes] = {}
    kept: list[str] = []
    for name, series in _by_pair(made).items():
        if series.uid in revisions:
            files[name] = _pair_bytes(series, revisions[series.uid])
        else:
            kept.append(name)
    for name, several in _by_person(made).items():
        if all(series.uid in revisions for series in several):
            files[name] = _person_bytes([(series, revisions[series.uid]) for series in several])
        else:
            kept.append(name)
    return Export(dict(sorted(files.items())), tuple(rows[key] for key in sorted(rows)), tuple(sorted(kept)))


def names_about(
    made: Iterable[ExportedSeries],
    *,
    manager: str | None = None,
    person: str | None = None,
) -> frozenset[str]:
    """Return the names of the files about a manager and their reports, or about one person and their pairs.

    Both together: what the two share. Addresses are main addresses. Files are chosen, never what is in them:
    a person's file is always whole.
    """
    made = tuple(made)
    chosen = {
        name: series
        for name, series in _by_pair(made).items()
        if manager in {None, series.pair[0]} and (person is None or person in series.pair)
    }
    people = {email for series in chosen.values() for email in series.pair if person in {None, email}}
    return frozenset(chosen) | {person_file(email) for email in people}


def _by_pair(made: Iterable[ExportedSeries]) -> Mapping[str, ExportedSeries]:
    """Return a file name for each series; the pair's newest has the plain one, earlier ones are numbered."""
    generations: dict[tuple[str, str], list[ExportedSeries]] = {}
    for series in sorted(made, key=lambda each: (each.generation, each.span.start, each.uid)):
        generations.setdefault(series.pair, []).append(series)
    return {
        pair_file(*pair, earlier=None if series is several[-1] else number): series
        for pair, several in generations.items()
        for number, series in enumerate(several)
    }


def _by_person(made: Iterable[ExportedSeries]) -> Mapping[str, Sequence[ExportedSeries]]:
    """Return everybody's series by the name of their file, in the order of their first meetings."""
    files: dict[str, list[ExportedSeries]] = {}
    for series in sorted(made, key=lambda each: (each.span.start, each.uid)):
        for email in series.pair:
            files.setdefault(person_file(email), []).append(series)
    return files


def _person_bytes(several: Sequence[tuple[ExportedSeries, Sequence[Revision]]]) -> bytes:
    """Return the calendar of one person: every series of theirs, cancelled ones and occurrences among them."""
    events = (event_lines(revision.event) for _, revisions in several for revision in revisions)
    return calendar_bytes(events, [(series.zone, series.span.start) for series, _ in several], name="1-2-1")


def _pair_bytes(series: ExportedSeries, revisions: Sequence[Revision]) -> bytes:
    """Return the iTIP message of one series: REQUEST, or CANCEL where nothing of it takes place.

    A request may not hold what is cancelled (RFC 5546, 3.2.2): such dates are left out of its series (EXDATE).
    """
    master, *overrides = (revision.event for revision in revisions)
    zones = [(series.zone, series.span.start)]
    if series.status is EventStatus.CANCELLED:
        return calendar_bytes([event_lines(master)], zones, method="CANCEL")
    off = [event for event in overrides if event.status is EventStatus.CANCELLED]
    request = replace(master, excluded=tuple(event.original_start for event in off if event.original_start))
    events = [request, *(event for event in overrides if event.status is not EventStatus.CANCELLED)]
    return calendar_bytes(map(event_lines, events), zones, method="REQUEST")
