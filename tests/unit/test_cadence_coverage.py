"""What is counted of a pair, what is suggested, and the report of everybody."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.cadence.coverage import check, check_everyone
from scheduler.cadence.elapsed import SharedTime
from scheduler.cadence.facts import Facts
from scheduler.cadence.policy import Decision
from scheduler.cadence.results import MeetingOutcome, PairStatus
from scheduler.errors import Problem
from scheduler.meetings import (
    Attendee,
    Evidence,
    Series,
    Unread,
)
from scheduler.memory import MadeSeries, Memory, PairSeen, SeriesState
from scheduler.people import Roster
from scheduler.timespans import Span
from tests.unit.cadence_builders import (
    BROKEN,
    DECLINED,
    FINE,
    HELD,
    NOW,
    ON_TRACK,
    PAIR,
    UNKNOWN,
    all_day,
    at,
    checked,
    every_days,
    evidence,
    meeting,
    out_of_office,
    pair_of,
    person,
    reading,
    roster_of,
    settings,
)


def test_two_on_one_day_count_once() -> None:
    """A meeting that was continued after lunch covers no second fortnight."""
    found = checked(evidence([meeting(at(-5, 10)), meeting(at(-5, 14)), meeting(at(-12))]))
    assert (found.held, len(found.meetings)) == (2, 3)


def test_coverage_is_the_share_of_what_was_expected() -> None:
    """Five of six, rounded to hundredths; never more than all."""
    assert checked(evidence(FINE[1:])).coverage == 0.83
    assert checked(evidence(every_days(7, -83, 84))).coverage == 1.0


def test_the_longest_gap_reaches_to_both_ends_of_the_look_back() -> None:
    """From the window's start to the first, between them, and from the last to now."""
    assert checked(evidence([meeting(at(-20)), meeting(at(-10))])).longest_gap_days == 64
    assert checked(evidence([meeting(at(-80)), meeting(at(-60))])).longest_gap_days == 60
    assert checked(evidence([meeting(at(-80)), meeting(at(-10))])).longest_gap_days == 70


def test_a_moved_meeting_counts_where_it_went() -> None:
    """It is shown in both places, and held in one."""
    moved = meeting(at(-5), original_start=at(-9), in_series=True, uid="s")
    found = checked(evidence([moved]))
    assert [m.outcome for m in found.meetings] == [MeetingOutcome.MOVED, MeetingOutcome.HELD]
    assert (found.held, found.days_since) == (1, 5)


def test_what_does_not_count_is_told() -> None:
    """With its reason, within the window."""
    three = (Attendee("bo@x.org"), Attendee("cy@x.org"))
    found = checked(evidence([meeting(at(-5), attendees=three), meeting(at(-300), attendees=three)]))
    assert [other.why for other in found.not_counted] == ["3 people are in it, not the two alone."]


def test_absences_are_told_within_the_report_s_window() -> None:
    """With whose they are; public holidays of both countries."""
    pair = pair_of(manager={"country": "DE"}, report={"country": "GB"})
    away = checked(evidence([out_of_office(at(8, 9), at(8, 18))], []), pair=pair).away
    assert away is not None
    assert dict(away) == {
        date(2026, 12, 1): "Ann: out of office",
        date(2026, 12, 25): "Ann: public holiday (DE); Bo: public holiday (GB)",
        date(2026, 12, 28): "Bo: public holiday (GB)",
        date(2027, 1, 1): "Ann: public holiday (DE); Bo: public holiday (GB)",
    }


def test_a_series_of_theirs_that_is_too_rare_is_suggested_about() -> None:
    """It is left alone; the suggestion has both numbers."""
    found = checked(evidence(every_days(21, -83, 84)))
    assert found.status is ON_TRACK
    assert found.suggestions == ("Their own series comes every 3 weeks; the cadence asks for every 2 weeks.",)


def test_a_series_of_ours_that_the_cadence_has_left_behind_is_suggested_about() -> None:
    """The roster asks for another cadence now; until the series is replaced it says why the pair is late."""
    (one,) = checked(evidence(every_days(21, -83, 84, mark="key"))).suggestions
    assert one == (
        "The series that was set up for them comes every 3 weeks; the cadence asks for every 2 weeks: "
        "unless one of the two has changed it, it is replaced as soon as a time fits."
    )


@pytest.mark.parametrize("owner", ["ann@x.org", "bo@x.org"])
def test_a_series_of_theirs_that_runs_out_is_suggested_about(owner: str) -> None:
    """By its own last date, whosever calendar tells it."""
    events = every_days(14, -83, 71)
    ends = Series(
        uid="series", start=at(-83), minutes=30, rrule="FREQ=WEEKLY;INTERVAL=2", last_end=at(71, 11, 30)
    )
    calendars = evidence(events)
    one = replace(calendars.readings[owner], series=(ends,))
    found = checked(Evidence({**calendars.readings, owner: one}, {}))
    assert found.status is ON_TRACK
    assert found.suggestions == ("Their own series runs out on Tue 2 Feb; it is theirs to extend.",)
    endless = replace(one, series=(replace(ends, last_end=None),))
    assert checked(Evidence({**calendars.readings, owner: endless}, {})).suggestions == ()


def test_a_meeting_on_a_day_off_is_to_be_moved_not_dropped() -> None:
    """Public holidays and leave of either; one sentence for each reason, and at most three dates in it."""
    found = checked(evidence(every_days(7, -3, 81)), every="1 week", pair=pair_of(report={"country": "DE"}))
    (holidays,) = found.suggestions
    assert holidays == (
        "The meetings on Fri 25 Dec and Fri 1 Jan fall on days when Bo is away (public holiday (DE)): "
        "move them rather than drop them."
    )
    leave = all_day(date(2026, 12, 1), date(2026, 12, 5))
    (one,) = checked(evidence([*every_days(7, -3, 81), leave])).suggestions
    assert one.startswith("The meeting on Fri 4 Dec falls on a day when Ann is away")
    leave = all_day(date(2026, 12, 1), date(2027, 2, 1))
    (many,) = checked(evidence([*every_days(7, -3, 81), leave])).suggestions
    assert many.startswith("The meetings on Fri 4 Dec, Fri 11 Dec, Fri 18 Dec and 6 more fall on days")


def refused(**details: object) -> Memory:
    """Return what remembers that Bo said no to our series the day before."""
    no = MadeSeries(
        uid="u1",
        key="k1",
        manager="ann@x.org",
        report="bo@x.org",
        generation=1,
        start=at(4),
        timezone="Europe/London",
        rrule="FREQ=WEEKLY;INTERVAL=2",
        minutes=30,
        summary="1-2-1",
        state=SeriesState.REFUSED,
        created_at=at(-3),
        refused_at=at(-1),
        refused_by="bo@x.org",
    )
    return Memory(began=at(-300), series=(replace(no, **details),))  # type: ignore[arg-type]  # tests name the fields


def test_a_no_to_our_series_calls_off_what_still_stands_in_one_calendar() -> None:
    """What the report took out of their calendar is not planned, though the manager's still shows it."""
    ours = [replace(m, uid="u1", mark="k1") for m in every_days(14, 4, 84)]
    found = checked(evidence(ours), memory=refused())
    assert found.status is PairStatus.UNSCHEDULED
    assert {(m.outcome, m.by, m.why) for m in found.meetings} == {
        (MeetingOutcome.DECLINED, "bo@x.org", "Bo said no to the whole series."),
    }


@pytest.mark.parametrize("state", [SeriesState.REFUSED, SeriesState.ENDED])
def test_a_no_stands_when_the_dates_that_it_called_off_have_passed(state: SeriesState) -> None:
    """They were not held, even once what is left of the series was ended; what came before the no was."""
    ours = [replace(m, uid="u1", mark="k1") for m in every_days(14, -42, 84)]
    found = checked(evidence(ours), memory=refused(state=state, refused_at=at(-21)))
    assert (found.status, found.last_held) == (PairStatus.UNSCHEDULED, at(-28, 11))
    assert [m.outcome for m in found.meetings[:4]] == [HELD, HELD, DECLINED, DECLINED]


def test_a_series_with_the_manager_before_is_spoken_of() -> None:
    """Only where the memory knows that the two were a pair; a mentor is nobody's business."""
    with_cy = tuple(replace(m, organizer="cy@x.org", uid="old") for m in every_days(14, -80, 84))
    calendars = evidence(FINE, (*FINE, *with_cy))
    pairs = (
        PairSeen("cy@x.org", "bo@x.org", at(-300)),
        PairSeen("ann@x.org", "bo@x.org", at(-300)),
        PairSeen("gone@x.org", "bo@x.org", at(-300)),
        PairSeen("cy@x.org", "gone@x.org", at(-300)),
    )
    found = checked(calendars, memory=Memory(began=at(-300), pairs_seen=pairs))
    assert found.suggestions == ("Bo still has a series with Cy Roe, who was their manager before.",)
    assert checked(calendars).suggestions == ()
    assert checked(evidence(FINE), memory=Memory(began=at(-300), pairs_seen=pairs)).suggestions == ()


def test_everyone_is_checked_in_the_roster_s_order() -> None:
    """With the problems of every calendar, each once, and the window of the report."""
    dee = person("dee@x.org", "Dee", "ann@x.org")
    gone = person("gone@x.org", "Gone", "ann@x.org", end_date=date(2026, 11, 1))
    roster = roster_of(PAIR, dee, gone)
    calendars = evidence(FINE, cy=reading("cy@x.org", unread=[Unread(BROKEN), Unread(BROKEN)]))
    missing = Problem("dee@x.org.ics", "there is no such file")
    report = check_everyone(
        roster, Evidence(calendars.readings, {"dee@x.org": missing}), settings(), Memory(), NOW
    )
    assert [(c.pair.key, c.status) for c in report.pairs] == [
        (("ann@x.org", "bo@x.org"), ON_TRACK),
        (("ann@x.org", "dee@x.org"), UNKNOWN),
    ]
    assert report.problems == (BROKEN, missing)
    assert report.generated_at == NOW
    assert report.totals["pairs"] == 2
    assert report.pairs[0] == check(PAIR, calendars, roster, settings(), Memory(), NOW)


def test_an_empty_roster_has_an_empty_report() -> None:
    """Nobody, nothing, no fault."""
    assert check_everyone(Roster(), Evidence({}, {}), settings(), Memory(), NOW).pairs == ()


def test_a_pair_without_cadence_has_no_limit() -> None:
    """Asking for one is a mistake of ours, and says so."""
    facts = Facts(
        pair=PAIR,
        decision=Decision(None, 30, "none"),
        tolerance=0.5,
        now=NOW,
        window=Span(NOW, NOW),
        meetings=(),
        began=None,
        shared=SharedTime.of(PAIR),
        away={},
    )
    with pytest.raises(ValueError, match=r"ann@x.org and bo@x.org have no cadence"):
        _ = facts.limit
