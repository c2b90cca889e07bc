"""Openers: from different angles, none too soon again, the same for the same meeting."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduler.agenda.openers import Bank, Chosen, choose, parse_bank, uses
from scheduler.memory import OpenerUse
from scheduler.settings import AgendaSettings
from tests.unit.agenda_builders import BANK, FIRST, PAIR, SETTINGS, WEEK

SMALL = parse_bank("## One\n\n- a?\n- b?\n\n## Two\n\n- c?\n\n## Coaching\n\n- d?\n")
TWO = AgendaSettings(openers=1, reserve=1)
ADVICE = [
    "How's it going?",
    "What have you been working on?",
    "How's the team getting on?",
    "How have you been getting on since the last time we met?",
    "Anyone pissing you off? Are you finding it hard to work with anyone?",
]


def chosen_weekly(
    bank: Bank, weeks: int, settings: AgendaSettings, key: tuple[str, str] = PAIR.key
) -> list[Chosen]:
    """Return the choices of weekly meetings, each remembered for the next."""
    used: tuple[OpenerUse, ...] = ()
    chosen = []
    for week in range(weeks):
        meeting = FIRST + week * WEEK
        chosen.append(choose(bank, key, meeting, used, settings))
        used += uses(chosen[-1], key, meeting)
    return chosen


def texts(chosen: Chosen) -> list[str]:
    """Return the openers and the reserve of a choice."""
    return [question.text for question in (*chosen.openers, *chosen.reserve)]


def angle_of(bank: Bank, text: str) -> str:
    """Return the heading that a question stands under."""
    return next(a.heading for a in bank.angles if any(q.text == text for q in a.questions))


def test_the_advices_five_stand_at_the_head() -> None:
    """The bank that is shipped begins with the five simple ones, and has many more after them."""
    assert [question.text for question in BANK.angles[0].questions] == ADVICE
    assert sum(len(angle.questions) for angle in BANK.openers) >= 156
    assert len(BANK.openers) >= 8
    assert sum(len(angle.questions) for angle in BANK.coaching) >= 20


def test_half_a_year_of_weekly_meetings_repeats_nothing() -> None:
    """With the shipped bank and defaults no opener or reserve comes back to a pair within 26 weeks, each from its own angle."""
    asked = [texts(chosen) for chosen in chosen_weekly(BANK, 26, SETTINGS)]
    flat = [text for six in asked for text in six]
    assert len(flat) == len(set(flat)) == 26 * 6
    assert all(len({angle_of(BANK, text) for text in six}) == 6 for six in asked[:20])


def test_the_next_half_year_keeps_the_distance() -> None:
    """In a second half-year every question rests at least as long as the setting says."""
    last: dict[str, int] = {}
    for week, chosen in enumerate(chosen_weekly(BANK, 52, SETTINGS)):
        for text in texts(chosen):
            assert week - last.get(text, -26) >= 26
            last[text] = week


def test_the_first_opener_of_a_pair_is_a_simple_one() -> None:
    """A new pair begins with the head of the bank."""
    assert chosen_weekly(BANK, 1, SETTINGS)[0].openers[0].text in ADVICE


def test_when_the_bank_runs_out_the_longest_rested_come_back_first() -> None:
    """Three questions, two a week: each comes back as late as it can."""
    weeks = [set(texts(chosen)) for chosen in chosen_weekly(SMALL, 6, TWO)]
    assert all(len(week) == 2 for week in weeks)
    for earlier, later in pairwise(weeks):
        assert {"a?", "b?", "c?"} - earlier <= later


def test_a_small_bank_gives_what_it_has() -> None:
    """Fewer questions than asked for are fewer, never doubled; an empty bank gives none."""
    chosen = choose(SMALL, PAIR.key, FIRST, (), SETTINGS)
    assert sorted(texts(chosen)) == ["a?", "b?", "c?"]
    assert choose(Bank(), PAIR.key, FIRST, (), SETTINGS) == Chosen()


def test_a_second_attempt_chooses_the_same() -> None:
    """Uses that are remembered for this very meeting do not count, nor do those of other pairs."""
    first = choose(BANK, PAIR.key, FIRST, (), SETTINGS)
    own = uses(first, PAIR.key, FIRST)
    others = uses(first, ("cleo@example.org", "dan@example.org"), FIRST - WEEK)
    assert choose(BANK, PAIR.key, FIRST, own + others, SETTINGS) == first
    assert not set(texts(first)) & set(texts(choose(BANK, PAIR.key, FIRST + WEEK, own, SETTINGS)))


def test_an_opener_may_come_back_after_the_span() -> None:
    """At exactly `repeat_after` it is fresh again."""
    bank = parse_bank("## One\n- a?\n- b?\n")
    one = AgendaSettings(openers=1, reserve=0, repeat_after=timedelta(weeks=4))
    first = choose(bank, PAIR.key, FIRST, (), one)
    used = uses(first, PAIR.key, FIRST)
    soon = choose(bank, PAIR.key, FIRST + 3 * WEEK, used, one)
    assert texts(soon) != texts(first)
    used += uses(soon, PAIR.key, FIRST + 3 * WEEK)
    assert texts(choose(bank, PAIR.key, FIRST + 4 * WEEK, used, one)) == texts(first)


def test_what_is_remembered_holds_no_words() -> None:
    """A use is a fingerprint, which survives another case or punctuation of the question."""
    assert all(
        set(use.opener) <= set("0123456789abcdef")
        for use in uses(choose(BANK, PAIR.key, FIRST, (), SETTINGS), PAIR.key, FIRST)
    )
    one, other = (
        parse_bank(f"## A\n- {text}\n").angles[0].questions[0]
        for text in ("How's it going?", "HOW'S IT GOING")
    )
    assert one.fingerprint == other.fingerprint


def test_a_bank_is_headings_and_list_items() -> None:
    """Comments, text, code and nested markup are no questions; the file's title is no angle; lines count from 1."""
    text = "\ufeff# Openers\n\nWords.\n\n<!--\n- no?\n-->\n\n## One\n\n- a\n  b?\n1. c?\n\n```\n- no?\n```\n\n## Two\n* d?\n\n  more\n- \n"
    bank = parse_bank(text)
    assert [(a.heading, a.line, [(q.text, q.line) for q in a.questions]) for a in bank.angles] == [
        ("One", 9, [("a b?", 11), ("c?", 13)]),
        ("Two", 19, [("d?", 20)]),
    ]
    assert [angle.heading for angle in parse_bank("- a?\n\n## One\n- b?\n").angles] == ["", "One"]
    assert parse_bank("").angles == ()
    assert [angle.heading for angle in parse_bank("# One\n- a?\n\n# Two\n- b?\n").angles] == ["One", "Two"]


@given(st.integers(1, 6), st.integers(0, 6), st.lists(st.integers(1, 4), max_size=6))
def test_a_choice_holds_no_question_twice(openers: int, reserve: int, sizes: list[int]) -> None:
    """Whatever the bank, a choice is as long as asked for or as the bank, spread over as many angles as it can be."""
    text = "".join(
        f"## {n}\n" + "".join(f"- {n} {q}?\n" for q in range(size)) for n, size in enumerate(sizes)
    )
    bank = parse_bank(text)
    chosen = texts(choose(bank, PAIR.key, FIRST, (), AgendaSettings(openers=openers, reserve=reserve)))
    count = min(openers + reserve, sum(sizes))
    assert len(chosen) == len(set(chosen)) == count
    assert len({text.split()[0] for text in chosen}) == min(count, len(sizes))
