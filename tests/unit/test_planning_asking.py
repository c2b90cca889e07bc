"""When two people could meet: as if they were given a series now, and what would help where nothing fits."""

from datetime import datetime, timedelta

from scheduler.cadence.coverage import check_everyone
from scheduler.cadence.results import PairCoverage
from scheduler.every import Cadence
from scheduler.hours import WorkingHours
from scheduler.meetings import Detail, EventStatus, Evidence
from scheduler.people import Pair, Person
from scheduler.planning.asking import Question, advice, asked, movable, with_moves
from scheduler.planning.situation import Situation
from scheduler.slots.advice import Advice
from scheduler.slots.attempts import Kind
from scheduler.slots.picture import HalfHour, State
from tests.unit.planning_builders import ANN, BERLIN, BO, CY, NOW, changed, roster, series, single
from tests.unit.planning_worlds import World, pair_world


def looked(world: World) -> tuple[tuple[PairCoverage, ...], Situation]:
    """Return how everybody stands, and what is known."""
    known = world.known()
    report = check_everyone(world.roster, known.evidence, world.settings, known.memory, world.now)
    return report.pairs, known


def answered(world: World, report: Person = BO, **question: object) -> Advice:
    """Return the answer for Ann and one of her reports."""
    coverages, known = looked(world)
    wished = changed_question(Question(pair=Pair(ANN, world.roster.people[report.email])), question)
    request = asked(wished, coverages, known)
    assert request is not None
    return advice(request, coverages, known, most=wished.most)


def changed_question(plain: Question, details: dict[str, object]) -> Question:
    """Return the question with other details."""
    return Question(**{"pair": plain.pair} | details)  # type: ignore[arg-type]  # tests name the fields themselves


def test_the_answer_is_for_what_the_policy_asks() -> None:
    """Every two weeks for half an hour, as the config has it, and from the first whole day after the notice."""
    found = answered(pair_world())
    assert (str(found.request.cadence), found.request.minutes) == ("2 weeks", 30)
    assert len(found.options) == 10
    assert found.relaxations == ()
    assert found.options[0].slot.start >= found.request.earliest > NOW


def test_a_question_may_ask_for_another_cadence_and_length() -> None:
    """As `--every` and `--minutes` do; nothing else of the request changes."""
    found = answered(pair_world(), every=Cadence.parse("1 month"), minutes=60, most=3)
    assert (str(found.request.cadence), found.request.minutes, len(found.options)) == ("1 month", 60, 3)


def test_who_is_to_have_no_one_to_one_is_asked_how_often() -> None:
    """There is no cadence to look for, unless the question has one."""
    world = pair_world(no_one_to_one=True)
    coverages, known = looked(world)
    pair = Pair(ANN, world.roster.people[BO.email])
    assert asked(Question(pair=pair), coverages, known) is None
    assert asked(Question(pair=pair, every=Cadence.parse("1 week")), coverages, known) is not None


def test_the_series_that_they_have_is_shown_and_is_not_in_the_way() -> None:
    """The hour in which they meet is as free as it would be without them."""
    world = pair_world(series())
    found = answered(world, most=99)
    (present,) = found.present
    assert present.start == datetime(2026, 11, 24, 11, tzinfo=BERLIN)
    cells = {
        (day, row.start): cell
        for row in found.week.rows
        for day, cell in zip(found.week.headings, row.cells, strict=True)
    }
    assert cells["Tue", "11:00"].present
    assert cells["Tue", "11:00"].state is State.OPEN
    assert cells["Tue", "11:00"].free == cells["Tue", "11:00"].counted
    assert "Tue 11:00" in {f"{option.slot.start:%a %H:%M}" for option in found.options}


def test_a_single_meeting_of_the_two_is_not_in_the_way_either() -> None:
    """It is what they have with each other; only what they have with others is."""
    world = pair_world()
    start = datetime(2026, 12, 1, 11, tzinfo=BERLIN)
    for owner in (ANN.email, BO.email):
        world.calendars.singles[owner] = [single(start)]
    cell = _cell(answered(world), "Tue", "11:00")
    assert cell == _cell(answered(pair_world()), "Tue", "11:00")


def test_a_series_that_is_over_is_not_theirs_now() -> None:
    """What was called off is not shown."""
    assert answered(pair_world(series(status=EventStatus.CANCELLED))).present == ()
    assert answered(pair_world(series(last_end=NOW - timedelta(days=1)))).present == ()


def test_free_busy_is_less_what_the_two_have_with_each_other() -> None:
    """Of a calendar of which only busy times are known, the hour in which they meet is taken out."""
    world = pair_world(series())
    coverages, known = looked(world)
    reading = known.evidence.readings[BO.email]
    bare = changed(reading, {"detail": Detail.BUSY, "series": ()})  # type: ignore[type-var]  # a reading is one too
    evidence = Evidence({**known.evidence.readings, BO.email: bare}, {})
    known = known.with_evidence(evidence)
    request = asked(Question(pair=Pair(ANN, BO)), coverages, known)
    assert request is not None
    assert _cell(advice(request, coverages, known), "Tue", "11:00").state is State.OPEN
    found = _cell(advice(request, coverages, known), "Tue", "11:00")
    assert found.free == found.counted


def test_another_one_to_one_of_ours_may_go_elsewhere() -> None:
    """Where the only hour that two share is taken by a series that the job made, it is told where that could go."""
    narrow = WorkingHours.parse("Tue 11:00-11:30")
    world = World(roster(ANN, BO, CY))
    world.run()
    taken = next(iter(world.calendars.series[CY.email].values()))
    start = taken.start.astimezone(BERLIN)
    narrow = WorkingHours.parse(f"{start:%a} {start:%H:%M}-{start + timedelta(minutes=30):%H:%M}")
    dan = changed(BO, {"email": "dan@x.org", "name": "Dan Doe", "hours": narrow, "aliases": frozenset()})
    world.roster = roster(ANN, BO, CY, dan)
    world.calendars.series[ANN.email][taken.uid] = taken
    found = answered(world, dan, every=Cadence.parse("1 week"))
    assert found.options == ()
    coverages, known = looked(world)
    others = movable(Pair(ANN, dan), coverages, known)
    assert [pair.report.email for pair in others] == ["bo@x.org", "cy@x.org"]
    more = with_moves(found, others, coverages, known)
    moves = [one for one in more.relaxations if one.kind is Kind.MOVE]
    assert len(moves) == 1
    assert moves[0].does.startswith("The 1-2-1 of Ann and Cy goes to ")
    assert moves[0].moved is not None
    assert moves[0].found.start.strftime("%a %H:%M") == f"{start:%a %H:%M}"
    costs = [one.cost for one in more.relaxations]
    assert costs == sorted(costs)


def test_what_people_made_themselves_is_not_ours_to_move() -> None:
    """Law 1: nothing that a person made is changed, not even in a thought that is offered."""
    world = World(roster(ANN, BO, CY))
    world.calendars.put(series(report="cy@x.org"), "ann@x.org", "cy@x.org")
    coverages, known = looked(world)
    assert movable(Pair(ANN, BO), coverages, known) == ()


def _cell(found: Advice, day: str, start: str) -> HalfHour:
    row = next(row for row in found.week.rows if row.start == start)
    return row.cells[found.week.headings.index(day)]
