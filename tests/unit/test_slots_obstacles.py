"""Why no time fits, and the cheapest thing that would help."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.settings import SlotSettings
from scheduler.slots.assign import assign
from scheduler.slots.request import NoSlot, PersonTime, SlotRequest
from tests.unit.slots_builders import ANN, LONDON, SETTINGS, WINDOW, person, request, span, times, weekly

HOUR = person("Bo", hours="Tue 16:00-17:00")
HALF_HOUR = person("Bo", hours="Tue 16:00-16:30")


def answer(asked: SlotRequest, ann: PersonTime | None = None, settings: SlotSettings = SETTINGS) -> NoSlot:
    """Return why Ann and this Bo get no time."""
    calendar = ann or PersonTime(person=asked.pair.manager)
    found = assign([asked], times(calendar, asked.pair.report), WINDOW, settings)[asked.pair.key]
    assert isinstance(found, NoSlot)
    return found


def test_no_shared_hours() -> None:
    """People who never work at the same time are told so."""
    night = person("Bo", hours="Sat 01:00-02:00")
    found = answer(request(report=night))
    assert (
        found.reason == "No time fits: Ann and Bo share no working hours that hold on every date of the year."
    )
    assert found.remedy == "Nothing small helps; one of the two has to free some time or work other hours."


def test_hours_that_almost_meet_name_who_would_work_longer() -> None:
    """Half an hour more at the end of one day would do; whose, where and when is said."""
    late = person("Bo", LONDON, "Tue 16:00-18:00")
    found = answer(request(report=late))
    assert found.remedy == "If Ann worked 30 minutes later in Berlin, Tue 17:00 in Berlin would fit."


def test_an_early_start_may_help() -> None:
    """Where later does not help, earlier is tried."""
    early = person("Bo", ZoneInfo("Europe/Berlin"), "Tue 08:30-09:00")
    assert (
        answer(request(report=early)).remedy
        == "If Bo worked 30 minutes later in Berlin, Tue 09:00 in Berlin would fit."
    )
    manager = person("Ann", hours="Tue 09:00-23:50")
    report = person("Bo", hours="Tue 08:00-08:45, Wed 00:00-00:30")
    assert answer(request(manager, report)).remedy == (
        "If Bo worked 60 minutes later in Berlin, Tue 09:00 in Berlin would fit."
    )


def test_a_stretch_that_is_too_short_asks_for_a_shorter_meeting() -> None:
    """Half an hour does not hold an hour; 30 minutes would fit."""
    found = answer(request(report=HALF_HOUR, minutes=60))
    assert found.reason == (
        "No time fits: Ann and Bo share 30 minutes of work a week (Tue 16:00-16:30 in Berlin), "
        "but never 60 minutes in one piece."
    )
    assert found.remedy == "30 minutes in place of 60 would fit: Tue 16:00 in Berlin."


def test_a_last_day_that_is_too_near() -> None:
    """A pair that ends before its first possible date is told the date."""
    found = answer(request(report=HALF_HOUR, until=date(2026, 11, 26)))
    assert found.reason.endswith("but never 30 minutes in one piece up to 26 Nov.")


def test_an_hour_on_another_one_to_one_asks_to_meet_less_often() -> None:
    """Every second week is taken by another 1-2-1; the others are free."""
    every_second = weekly("2026-12-01 16:00", 30, 54)[::2]
    found = answer(request(report=HALF_HOUR), PersonTime(person=ANN, one_to_ones=every_second))
    assert found.reason.endswith("; the only possible time would fall on another 1-2-1.")
    assert found.remedy == "Meeting every 2 weeks would fit: Tue 16:00 in Berlin."


def test_clashes_and_one_to_ones_are_counted() -> None:
    """Each kind of obstacle has its count, and the best of the rest is told."""
    ann = PersonTime(
        person=ANN,
        one_to_ones=weekly("2026-12-01 16:00", 30),
        busy=weekly("2026-12-01 16:30", 30, 9),
    )
    found = answer(request(report=HOUR, minutes=15), ann)
    assert found.reason == (
        "No time fits: Ann and Bo share 1 hour of work a week (Tue 16:00-17:00 in Berlin); of 2 possible times "
        "1 would fall on another 1-2-1 and 1 would clash with other meetings on more than 25% of dates "
        "(the best on 9 of 11)."
    )


def test_all_of_several_times_are_said_as_all() -> None:
    """Where one kind of obstacle takes every time there is one count."""
    ann = PersonTime(person=ANN, busy=weekly("2026-12-01 16:00", 60, 30))
    assert "all 2 possible times would clash with" in answer(request(report=HOUR), ann).reason
    ann = PersonTime(person=ANN, one_to_ones=weekly("2026-12-01 16:00", 60, 30))
    assert "all 2 possible times would fall on" in answer(request(report=HOUR), ann).reason


def test_more_clashes_may_be_accepted() -> None:
    """Where a few clashes more are the cheapest, the share that would do is named, as config writes it."""
    ann = PersonTime(person=ANN, busy=weekly("2026-12-01 16:00", 30, 4))
    found = answer(request(report=HALF_HOUR), ann)
    assert found.reason.endswith("of dates (the best on 4 of 11).")
    assert found.remedy == (
        "Accepting clashes on 4 of 11 dates would do: Tue 16:00 in Berlin (free_share = 0.63 under [slots])."
    )
    settings = replace(SETTINGS, free_share=0.63)
    placed = assign([request(report=HALF_HOUR)], times(ann, HALF_HOUR), WINDOW, settings)
    assert not isinstance(placed[ANN.email, HALF_HOUR.email], NoSlot)


def test_nearly_nothing_but_clashes_is_worse_than_half_an_hour_more() -> None:
    """To have ten of eleven meetings moved by hand costs people more than that one of them stays longer."""
    busy = weekly("2026-12-01 16:00", 30, 30)
    free = span("2026-12-08 16:00", 30)
    ann = PersonTime(person=ANN, busy=tuple(one for one in busy if one != free))
    found = answer(request(report=HALF_HOUR), ann)
    assert found.remedy == "If Bo worked 30 minutes later in Berlin, Tue 16:30 in Berlin would fit."


def test_many_stretches_are_cut_short() -> None:
    """A week of five stretches lists three of them."""
    report = person("Bo", hours="Mon-Fri 16:00-16:30")
    found = answer(request(report=report, minutes=60))
    assert "(Mon 16:00-16:30, Tue 16:00-16:30, Wed 16:00-16:30 and 2 more in Berlin)" in found.reason
