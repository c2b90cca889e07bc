"""Who called a meeting off: the organizer who cancelled it, or one of the two who said no to it."""

from dataclasses import dataclass

from scheduler.cadence.copies import Copies
from scheduler.cadence.survey import Survey, key_of
from scheduler.cadence.words import called
from scheduler.meetings import Answer, EventStatus
from scheduler.people import Person


@dataclass(frozen=True, slots=True)
class Refusal:
    """Who called it off, None where that is not known or is neither of the two, and how, in words."""

    by: str | None
    told: str


def cancelled(copies: Copies, survey: Survey) -> Refusal | None:
    """Say whether the meeting was cancelled, which is the organizer's to do (RFC 5546, 3.2.5).

    The organizer's copy decides; a date that the organizer took out of the series was cancelled as well. Where the organizer's calendar has nothing of it, every copy must say so.
    """
    organizer = copies.organizer(survey)
    by = organizer.email if organizer is not None else None
    told = f"{called(organizer, copies.pair)} cancelled it" if organizer is not None else "it was cancelled"
    own = copies.of(organizer) if organizer is not None else None
    deciding = copies.all if own is None else (own,)
    if all(copy.status is EventStatus.CANCELLED for copy in deciding):
        return Refusal(by, told)
    if organizer is not None and own is None and _took_out(copies, organizer, survey):
        return Refusal(by, f"{called(organizer, copies.pair)} took this date out of the series")
    return None


def refused(copies: Copies, survey: Survey) -> Refusal | None:
    """Say whether one of the two said no to a meeting that stands: declined it, or took it out."""
    noes = [
        Refusal(person.email, f"{called(person, copies.pair)} {no}")
        for person in (copies.pair.manager, copies.pair.report)
        if (no := _no(copies, person, survey)) is not None
    ]
    return Refusal(noes[0].by, " and ".join(no.told for no in noes)) if noes else None


def _no(copies: Copies, person: Person, survey: Survey) -> str | None:
    answer = copies.answer(person)
    if answer is Answer.DECLINED:
        return "declined it"
    if answer is Answer.DELEGATED:
        return "passed it on to somebody else"
    own = copies.of(person)
    if own is not None:
        return "took it out of their calendar" if own.status is EventStatus.CANCELLED else None
    return "took it out of their calendar" if _took_out(copies, person, survey) else None


def stale(copies: Copies, survey: Survey) -> bool:
    """Say whether all there is of it is a copy of a series that its organizer has since changed or ended."""
    organizer = copies.organizer(survey)
    return (
        organizer is not None
        and copies.of(organizer) is None
        and _left_out(copies, organizer, survey)
        and not _same_shape(copies, organizer, survey)
    )


def _took_out(copies: Copies, person: Person, survey: Survey) -> bool:
    """Say whether somebody holds the same series as the other does, but for this one date (EXDATE)."""
    return _left_out(copies, person, survey) and _same_shape(copies, person, survey)


def _left_out(copies: Copies, person: Person, survey: Survey) -> bool:
    """Say whether a calendar that holds the series, and was read for this date, does not hold the date."""
    diary, occurrence = survey.diaries.get(person.email), copies.all[0]
    return (
        diary is not None
        and occurrence.uid in diary.series
        and diary.window.covers(occurrence.span)
        and diary.window.holds(occurrence.original_start)
        and key_of(occurrence) not in diary.occurrences
    )


def _same_shape(copies: Copies, person: Person, survey: Survey) -> bool:
    """Say whether both calendars hold the series alike; a stale copy of it lacks dates by no one's will."""
    other = copies.pair.manager if person.email == copies.pair.report.email else copies.pair.report
    uid = copies.all[0].uid
    one, two = (survey.diaries[p.email].series.get(uid) for p in (person, other))
    return one is not None and two is not None and (one.start, one.rrule) == (two.start, two.rrule)
